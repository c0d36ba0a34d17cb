"""Many replies to one form: read, matched to their units, checked, added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..collection import Collection
from ..messages import Language, parts
from ..notice import LoadedNotice, load
from ..readers import expand
from ..replies import build
from ..spec import Form
from .judging import Judge, ReadReply
from .roster import Roster, read_roster
from .workers import read_replies

Progress = Callable[[int, int, str], None]
Seen = Callable[[ReadReply], bool]


class NoSuchForm(Exception):
    """The notice has no such form; ``available`` are the ids and titles of those it has."""

    def __init__(self, file: str, wanted: str | None, available: list[tuple[str, str]]) -> None:
        self.file, self.wanted, self.available = file, wanted, available
        super().__init__(self.line("zh"))

    def line(self, language: Language = "zh") -> str:
        """One line for a person."""
        names = "；".join(f"{key}（{title}）" for key, title in self.available)
        code = "U020" if not self.available else "U021"
        reason, advice = parts(code, language, wanted=self.wanted or "", forms=names)
        return f"{self.file}：{reason}。{advice}。" if language == "zh" else f"{self.file}: {reason}. {advice}."


def choose_form(notice: LoadedNotice, wanted: str | None = None) -> Form:
    """The form that replies fill: the one asked for, else the statistics form with the most fields."""
    forms = notice.spec.forms
    available = [(form.id, form.title or "") for form in forms]
    if wanted is not None:
        for form in forms:
            if wanted in (form.id, form.title, form.attachment):
                return form
        raise NoSuchForm(notice.name, wanted, available)
    if not forms:
        raise NoSuchForm(notice.name, None, available)
    return max(
        forms,
        key=lambda form: (
            form.kind == "statistics",
            sum(one.aggregate == "sum" for one in form.fields),
            len(form.fields),
        ),
    )


def collect(
    notice: str | Path | LoadedNotice,
    replies: Sequence[str | Path],
    units: str | Path | None = None,
    *,
    attachments: Sequence[str | Path] = (),
    form: str | None = None,
    progress: Progress | None = None,
    seen: Seen | None = None,
) -> Collection:
    """Read the replies to a notice's form and add them up (contract ``anyue/collection@1``).

    A reply may be a file, a folder or a .zip. One that cannot be read is a rejected reply, never the end of the run.
    ``seen`` is shown each as soon as it has been read, judged by itself, with the mark of secrecy that it bears; where it
    answers False the reply is left out as if it had never come.
    Raises ``Unreadable`` for the notice or the roster, ``NoSuchForm`` where there is nothing to fill.
    """
    loaded = notice if isinstance(notice, LoadedNotice) else load(notice, *attachments)
    chosen = choose_form(loaded, form)
    roster = read_roster(units) if units is not None else Roster(None)
    template = build(chosen, loaded.documents, loaded.spec.campaign.year)
    sources = expand(replies)
    judge = Judge(chosen, template, roster, screening=seen is not None)
    read: list[ReadReply] = []
    for number, reply in enumerate(read_replies(judge, sources), 1):
        if seen is None or seen(reply):
            read.append(reply)
        if progress:
            progress(number, len(sources), reply.file)
    return judge.together(read)


__all__ = ["Collection", "NoSuchForm", "Progress", "ReadReply", "Roster", "choose_form", "collect", "read_roster"]
