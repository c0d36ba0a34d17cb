"""Runs of the quick desk as their owner sees them, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When
from django.http import Http404
from django.utils.translation import get_language, gettext
from django_tasks import TaskResultStatus

from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, scopes
from anyue.platform.files.selectors import link_to
from anyue.platform.jobs.models import Progress
from gongwen import NoSuchForm, Unreadable
from gongwen.collection import NOT_APPLICABLE
from gongwen.messages import Language

from .. import problems
from ..models import QuickFile, QuickOutput, QuickRun
from ..permissions import DeskPermission
from ..rules.figures import issue_said

State, Role = QuickFile.State, QuickFile.Role
PROBLEMS = (State.SECRET, State.REJECTED, State.DOUBTFUL)
SHOWN = 20
"""Files with problems on the page of the run itself; all of them stand in the list of its files."""


def runs_of(actor: Actor) -> QuerySet[QuickRun]:
    """Her own runs, newest first."""
    mine = QuickRun.objects.filter(owner=actor.key).exclude(state=QuickRun.State.REMOVED)
    return mine.select_related("unit", "notice")


def the_run(actor: Actor, pk: int) -> QuickRun:
    """One of her own. Raises ``Http404`` for anybody else's."""
    found = runs_of(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def units_for(actor: Actor) -> QuerySet[Unit]:
    """Units for which she may use the desk."""
    return Unit.objects.filter(scopes(actor, DeskPermission.QUICK).q(), closed_on=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many files of a run are where. ``new`` wait to be read; ``dropped`` are left out from the next start on."""

    notices: int
    rosters: int
    replies: int
    states: Mapping[str, int]
    new: int
    dropped: int

    @property
    def is_changed(self) -> bool:
        """What was made does not rest on the files as they are now."""
        return bool(self.new or self.dropped)

    @property
    def problems(self) -> int:
        """Files that a person has to look at."""
        return sum(self.states.get(state, 0) for state in PROBLEMS)

    @property
    def unusable(self) -> int:
        """Files that count for nothing."""
        return self.states.get(State.REJECTED, 0) + self.states.get(State.SECRET, 0)

    @property
    def fine(self) -> int:
        """Files that are just so."""
        return self.states.get(State.ACCEPTED, 0)

    @property
    def read(self) -> int:
        """Files that nothing is known against so far."""
        return self.states.get(State.READ, 0) + self.fine


def standing(run: QuickRun) -> Standing:
    """One query, whatever the number of files."""
    rows = (
        run.files.order_by()
        .values("role", "state")
        .annotate(
            count=Count("pk"),
            new=Count("pk", filter=~Q(held="") & Q(is_dropped=False)),
            dropped=Count("pk", filter=Q(is_dropped=True)),
        )
    )
    roles, states, new, dropped = dict.fromkeys(Role.values, 0), dict.fromkeys(State.values, 0), 0, 0
    for row in rows:
        roles[row["role"]] += row["count"] - row["dropped"]
        new, dropped = new + row["new"], dropped + row["dropped"]
        if row["role"] == Role.REPLY:
            states[row["state"]] += row["count"]
    return Standing(roles[Role.NOTICE], roles[Role.ROSTER], roles[Role.REPLY], states, new, dropped)


def replies_of(run: QuickRun) -> QuerySet[QuickFile]:
    """Its replies, in the order in which they came."""
    return run.files.filter(role=Role.REPLY).select_related("stored__blob")


def problems_of(run: QuickRun, most: int = SHOWN) -> list[QuickFile]:
    """The first files that a person has to look at: refused ones, useless ones, doubtful ones."""
    first = Case(*(When(state=state, then=place) for place, state in enumerate(PROBLEMS)), output_field=IntegerField())
    return list(replies_of(run).filter(state__in=PROBLEMS).order_by(first, "order", "pk")[:most])


def documents_of(run: QuickRun) -> list[QuickFile]:
    """The notice and the list of units."""
    return list(run.files.exclude(role=Role.REPLY).filter(is_dropped=False).select_related("stored__blob"))


def issues_said(file: QuickFile) -> list[dict[str, Any]]:
    """The issues of a file in the reader's language, with their codes."""
    chinese = is_chinese()
    if file.state == State.SECRET:
        mark = file.issues[0]["details"].get("mark", "") if file.issues else ""
        said = gettext("It bears the mark “%(mark)s”. It was refused and wiped, and its name forgotten.") % {
            "mark": mark
        }
        return [{"code": "U016", "said": said, "doubt": True}]
    return [
        {"code": one["code"], "said": issue_said(one, chinese=chinese), "doubt": one["doubt"]} for one in file.issues
    ]


def downloads(run: QuickRun, actor: Actor) -> list[tuple[QuickOutput, str]]:
    """What she takes away, each with its address."""
    outputs = run.outputs.select_related("file__blob")
    return [(one, link_to(one.file, for_=actor)) for one in outputs]


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part in a total. ``value`` None: left blank; ``is_na``: does not apply."""

    file: QuickFile
    value: float | int | None
    is_na: bool
    link: str


def parts_of(run: QuickRun, field: str, actor: Actor) -> list[Part]:
    """The replies that a total rests on, the largest numbers first. One query. Raises ``Http404`` for no field of it."""
    if not any(one["field"] == field for one in run.summary.get("totals", ())):
        raise Http404
    rows = run.files.filter(role=Role.REPLY, is_counted=True).select_related("stored__blob").defer("issues")
    parts = [_part(row, row.numbers.get(field), actor) for row in rows]
    return sorted(parts, key=lambda part: (part.value is None, -(part.value or 0)))


def _part(row: QuickFile, value: Any, actor: Actor) -> Part:
    is_na = value == NOT_APPLICABLE
    link = link_to(row.stored, for_=actor) if row.stored is not None else ""
    return Part(row, None if is_na else value, is_na, link)


def trouble_words(run: QuickRun) -> str:
    """Why it failed and what to do, in the reader's language."""
    trouble = run.trouble
    language: Language = "zh" if is_chinese() else "en"
    match trouble.get("kind"):
        case "unreadable":
            return Unreadable(trouble["file"], trouble["code"], **trouble["details"]).line(language)
        case "form":
            available = [(key, title) for key, title in trouble["available"]]
            return NoSuchForm(trouble["file"], trouble["wanted"], available).line(language)
        case "problem":
            return str(gettext(problems.named(trouble["code"]).text) % trouble["details"])
    return gettext(problems.STOPPED.text)


def is_abandoned(run: QuickRun) -> bool:
    """It waits or is being read, and its job has failed for good. One query, and none for a run that is not busy."""
    if not run.is_busy:
        return False
    about = Progress.objects.filter(subject_kind=run._meta.label_lower, subject_id=str(run.pk), job="desk.quick_read")
    last = about.select_related("task").order_by("-task__enqueued_at").first()
    return last is not None and last.task.status == TaskResultStatus.FAILED


def is_chinese() -> bool:
    """The language of whoever reads."""
    return (get_language() or "zh").startswith("zh")
