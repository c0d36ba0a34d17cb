"""What the collection says, written down for the page: the run's summary and each file's own part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from anyue.modules.notices.rules import is_internal
from gongwen import LoadedNotice
from gongwen.collection import Collection, Reply
from gongwen.outputs.naming import labels, today_here
from gongwen.outputs.reminder import reminder_text

from ..models import QuickFile, QuickRun
from ..rules import figures
from .quick_files import Laid

State, Role = QuickFile.State, QuickFile.Role
REMINDER_SHOWN = 20_000
"""Characters of the reminder that the page itself holds; the whole of it is a file."""
_NOT_READ = {"code": "U007", "doubt": False, "place": "", "found": "", "details": {}}


def write_results(run: QuickRun, collection: Collection, loaded: LoadedNotice, laid: Sequence[Laid]) -> None:
    """States, units, issues and numbers of all files, and the summary of the run."""
    replies = {reply.file: reply for reply in collection.replies}
    counted = set(collection.counted)
    names, fields = labels(collection.form_spec), figures.summed_fields(collection.form_spec)
    sources = {source.name for source in loaded.sources}
    for one in laid:
        file = one.file
        if file.role == Role.REPLY and file.state != State.SECRET:
            _reply(one, replies.get(one.name))
            reply = replies.get(one.name)
            if reply is not None:
                file.issues = figures.issues_of(reply, names)
                file.numbers = figures.numbers_of(reply, fields)
                file.is_counted = reply.file in counted
        elif file.role != Role.REPLY:
            one.readable = file.role == Role.ROSTER or bool({one.name, file.name} & sources)
            file.state = State.READ if one.readable else State.REJECTED
    changed = [one.file for one in laid]
    QuickFile.objects.bulk_update(changed, ("state", "unit", "issues", "numbers", "is_counted", "size"), batch_size=100)
    run.title = (loaded.spec.title or "")[:300]
    run.summary = _summary(collection, loaded)
    run.save(update_fields=("title", "summary"))


def _reply(one: Laid, reply: Reply | None) -> None:
    file = one.file
    if reply is None:
        file.state, file.unit, file.numbers, file.is_counted = State.REJECTED, "", {}, False
        file.issues = [{**_NOT_READ, "text": "不认识的文件格式，请转换为 .docx、.pdf、.xlsx 或 .txt"}]
        one.readable = False
        return
    file.state, file.unit = State(reply.status), (reply.unit or "")[:200]
    one.readable = not any(issue.code == "R001" for issue in reply.issues)


def _summary(collection: Collection, loaded: LoadedNotice) -> dict[str, Any]:
    states = [reply.status for reply in collection.replies]
    form = collection.form_spec
    reminder = reminder_text(collection, loaded.spec, today=today_here())
    return {
        "form": collection.form,
        "form_title": (form.title if form else None) or collection.form,
        "forms": figures.forms_of(loaded.spec.forms),
        "replies": len(states),
        **{state: states.count(state) for state in ("accepted", "doubtful", "rejected")},
        "counted": len(collection.counted),
        "units": len(collection.roster),
        "missing": figures.missing_of(collection),
        "totals": figures.totals_of(collection),
        "duplicates": [
            {
                "unit": one.unit,
                "counted": _base(one.counted),
                "others": [_base(other) for other in one.others],
                "why": one.why,
            }
            for one in collection.duplicates
        ],
        "reminder": reminder[:REMINDER_SHOWN],
        "reminder_is_cut": len(reminder) > REMINDER_SHOWN,
        "internal": is_internal(loaded.spec.classification),
    }


def _base(file: str) -> str:
    return file.partition("/")[2] or file
