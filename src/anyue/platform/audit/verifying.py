"""Does the chain still hold? Reads every seal with its entry and names the first link that is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from . import chain
from .checkpoints import Mark, marks
from .models import Entry, Seal, Sealer

WINDOW = 2000


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken link. ``kind`` is one of missing, altered, seal, either, gap, checkpoint, signature, slipped; ``sentence``
    says it in the language that is active.
    """

    kind: str
    number: int
    entry: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """``sealed`` links were read; ``unsealed`` entries are not in the chain yet, which is normal for the last second."""

    sealed: int
    unsealed: int
    broken: Broken | None


def verify_chain() -> Generator[tuple[int, int], None, Outcome]:
    """Yields (links read, links there are) as it goes and returns the outcome.

    It may run while entries are written: links that are added meanwhile are left for the next time.
    """
    # Read first: what is settled now is sealed now, so an entry below it without a seal was put there by somebody else.
    settled = getattr(Sealer.objects.filter(pk=1).first(), "settled", 0)
    last = Seal.objects.order_by("-number").first()
    total = last.number if last else 0
    noted: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks():
        noted[mark.number].append(mark)
    broken = yield from _walk(total, noted)
    unsealed = Entry.objects.filter(~Exists(Seal.objects.filter(entry=OuterRef("id"))))
    broken = broken or _beyond(total, noted) or _slipped(unsealed.filter(id__lte=settled))
    return Outcome(total, unsealed.filter(id__gt=settled).count(), broken)


def outcome_of(check: Generator[tuple[int, int], None, Outcome]) -> Outcome:
    """Run a check to its end without looking at its progress."""
    while True:
        try:
            next(check)
        except StopIteration as end:
            found: Outcome = end.value
            return found


def _walk(total: int, noted: dict[int, list[Mark]]) -> Generator[tuple[int, int], None, Broken | None]:
    number, digest = 0, chain.BEGINNING
    while number < total:
        seals = list(Seal.objects.filter(number__gt=number, number__lte=total).order_by("number")[:WINDOW])
        ids = [seal.entry for seal in seals]
        entries: dict[int, tuple[Any, ...]] = {
            row[0]: row for row in Entry.objects.filter(id__in=ids).order_by().values_list(*chain.FIELDS)
        }
        for seal in seals:
            broken = _judge(seal, number, digest, entries.get(seal.entry)) or _marked(seal, noted.pop(seal.number, ()))
            if broken:
                return broken
            number, digest = seal.number, seal.digest
        yield number, total
    return None


def _judge(seal: Seal, number: int, before: str, entry: tuple[Any, ...] | None) -> Broken | None:
    if seal.number != number + 1:
        return Broken("gap", number + 1, None, _gap(number + 1, seal.number - 1))
    if entry is None:
        sentence = _("Link %(number)s: entry %(entry)s is missing. It was deleted from the database.")
        return Broken("missing", seal.number, seal.entry, sentence % {"number": seal.number, "entry": seal.entry})
    return None if chain.link(before, entry) == seal.digest else _altered(seal, before, entry)


def _gap(first: int, last: int) -> str:
    if first == last:
        return _("Link %(first)s is missing from the chain. It was deleted from the database.") % {"first": first}
    sentence = _("Links %(first)s to %(last)s are missing from the chain. They were deleted from the database.")
    return sentence % {"first": first, "last": last}


def _altered(seal: Seal, before: str, entry: tuple[Any, ...]) -> Broken:
    """Which of the two it was: the next link was made from the true digest of this one."""
    details = {"number": seal.number, "entry": seal.entry}
    following = Seal.objects.filter(number=seal.number + 1).first()
    behind = Entry.objects.filter(id=following.entry).values_list(*chain.FIELDS).first() if following else None
    if following and behind and chain.link(seal.digest, behind) == following.digest:
        sentence = _("Link %(number)s: entry %(entry)s was altered after it was sealed.")
        return Broken("altered", seal.number, seal.entry, sentence % details)
    if following and behind and chain.link(chain.link(before, entry), behind) == following.digest:
        sentence = _("Link %(number)s: the seal of entry %(entry)s was altered; the entry itself is as it was.")
        return Broken("seal", seal.number, seal.entry, sentence % details)
    sentence = _("Link %(number)s: entry %(entry)s or its seal was altered after it was sealed.")
    return Broken("either", seal.number, seal.entry, sentence % details)


def _marked(seal: Seal, found: Iterable[Mark]) -> Broken | None:
    for mark in found:
        if not mark.sound:
            return _unsigned(mark)
        if mark.digest != seal.digest:
            sentence = _("Link %(number)s does not match checkpoint %(name)s. The chain was rewritten up to there.")
            return Broken("checkpoint", seal.number, seal.entry, sentence % {"number": seal.number, "name": mark.name})
    return None


def _beyond(total: int, noted: dict[int, list[Mark]]) -> Broken | None:
    """Checkpoints of links that are not there."""
    for number in sorted(noted):
        for mark in noted[number]:
            if not mark.sound:
                return _unsigned(mark)
            sentence = _(
                "The chain ends at link %(total)s, but checkpoint %(name)s was taken at link %(number)s. Its end is missing."
            )
            details = {"total": total, "name": mark.name, "number": number}
            return Broken("checkpoint", number, None, sentence % details)
    return None


def _unsigned(mark: Mark) -> Broken:
    sentence = _(
        "Checkpoint %(name)s bears no signature of this installation. It was altered, or its key is not in the keys folder."
    )
    return Broken("signature", mark.number, None, sentence % {"name": mark.name})


def _slipped(among: Any) -> Broken | None:
    entry = among.order_by("id").values_list("id", flat=True).first()
    if entry is None:
        return None
    sentence = _(
        "Entry %(entry)s has no link although later ones have. Its link was deleted, or it was put in from outside."
    )
    return Broken("slipped", 0, entry, sentence % {"entry": entry})
