"""What is seen of notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from anyue.platform.authz import Actor, scopes

from . import rules
from .deciding import decided_spec
from .models import Item, Notice, Version
from .permissions import NoticePermission

__all__ = [
    "Section",
    "Standing",
    "chain",
    "decided_spec",
    "latest_version",
    "notices_for",
    "possible_parents",
    "sections",
    "standing",
]


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """The notices that ``actor`` may see, latest first."""
    return Notice.objects.filter(scopes(actor, NoticePermission.VIEW).q("unit__path")).select_related("unit")


def latest_version(notice: Notice) -> Version | None:
    """The reading under review, without its HTML."""
    return notice.versions.defer("html", "spec").first()


def chain(notice: Notice) -> list[Notice]:
    """The notices above it, topmost first, and itself. At most as many queries as there are levels."""
    found = [notice]
    while found[0].parent is not None and found[0].parent not in found:
        found.insert(0, found[0].parent)
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a review is."""

    total: int
    left: int
    unsure: int

    @property
    def decided(self) -> int:
        """How many are done."""
        return self.total - self.left

    @property
    def percent(self) -> int:
        """Of all, rounded down: 100 means that nothing is left."""
        return 100 * self.decided // self.total if self.total else 100


def standing(version: Version) -> Standing:
    """One query. Warnings are read, not decided."""
    open_ = Q(state=Item.State.PROPOSED)
    counted = version.items.exclude(kind__in=rules.NOTES).aggregate(
        total=Count("pk"), left=Count("pk", filter=open_), unsure=Count("pk", filter=open_ & Q(is_sure=False))
    )
    return Standing(**counted)


@dataclass(frozen=True, slots=True)
class Section:
    """Items that stand together on the review page, unsure and undecided ones first."""

    code: str
    items: list[Item]

    @property
    def left(self) -> int:
        """Still to be decided."""
        return sum(item.state == Item.State.PROPOSED for item in self.items if item.kind not in rules.NOTES)


def sections(items: Iterable[Item]) -> list[Section]:
    """All items by section; empty sections are left out."""
    by_kind: dict[str, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item)
    found = []
    for code, kinds in rules.SECTIONS:
        inside = [item for kind in kinds for item in by_kind.get(kind, ())]
        if code == "forms":
            inside = _forms_first(inside)
        elif inside:
            inside.sort(key=lambda item: (item.is_sure or item.state != Item.State.PROPOSED, item.order))
        if inside:
            found.append(Section(code, inside))
    return found


def _forms_first(items: list[Item]) -> list[Item]:
    """Each form with its fields below it, in the order of the paper."""
    return sorted(items, key=lambda item: (item.kind == "attachment", item.order))


def possible_parents(notice: Notice, actor: Actor) -> list[Notice]:
    """Notices that this one cites by number or title, best first; then others of the years around."""
    version = notice.versions.defer("html").first()
    cited = version.spec.get("references", []) if version else []
    numbers = {one["doc_no"] for one in cited if one.get("doc_no")}
    titles = {one["title"] for one in cited if one.get("title")}
    others = list(notices_for(actor).exclude(pk=notice.pk)[:200])
    return sorted(others, key=lambda one: (one.doc_no not in numbers, one.title not in titles, -one.pk))
