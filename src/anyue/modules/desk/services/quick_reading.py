"""The reading of a run in a job: secrecy first, then everything read and added up, kept, and made into files.

Killed in the middle it begins anew: what was kept stays kept, what waited still waits, the folder it worked in is wiped.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from anyue.platform.files import holding
from gongwen import LoadedNotice, NoSuchForm, Unreadable, collect, load
from gongwen.collecting import ReadReply, choose_form
from gongwen.compile import mark_of_secrecy
from gongwen.outputs.naming import labels
from gongwen.readers import read

from .. import problems
from ..models import QuickFile, QuickRun
from .quick_access import owner_of
from .quick_files import FOLDERS, Laid, keep_all, lay_out
from .quick_gathering import discard_held, wipe
from .quick_making import make_outputs
from .quick_progress import Progress, Report, StoppedError
from .quick_results import write_results
from .quick_runs import quick_run_fail, quick_run_purge, trouble_of

State, Role, File = QuickRun.State, QuickFile.Role, QuickFile.State


class SecretError(Exception):
    """A mark of secrecy on the notice or the list of units."""

    def __init__(self, role: QuickFile.Role, mark: str) -> None:
        super().__init__(role)
        self.role, self.mark = role, mark


def quick_run_read(*, by: Actor, run: QuickRun, report: Report = lambda _done, _total: None) -> None:
    """Do the run that waits; ``report`` hears how far it is. Why it cannot be done is said on its page; a fault of ours is
    raised for the job to try again.
    """
    row = _taken(run)
    if row is None:
        return
    try:
        _do(row, Progress(row, report), holding.folder(row.work))
    except Unreadable as error:
        _wipe(row.files.filter(role__in=(Role.NOTICE, Role.ROSTER), path__in=_paths_of(row, error.file)))
        quick_run_fail(run=row, trouble=trouble_of(error))
    except NoSuchForm as error:
        quick_run_fail(run=row, trouble=trouble_of(error))
    except RefusedError as error:
        quick_run_fail(run=row, trouble=trouble_of(error))
    except SecretError as error:
        _turn_away(by, row, error)
    except StoppedError:
        # Removed by its owner, or taken over by another worker, which has wiped our folder.
        if QuickRun.objects.filter(pk=row.pk, state=State.REMOVED).exists():
            quick_run_purge(by=by, run=row)
    finally:
        holding.discard(row.work)
        QuickRun.objects.filter(pk=row.pk, work=row.work).update(work="")


def _taken(run: QuickRun) -> QuickRun | None:
    """The run for this job alone; None if there is nothing to do. What a killed job left is wiped."""
    with transaction.atomic():
        row = QuickRun.objects.select_for_update(of=("self",)).select_related("unit").get(pk=run.pk)
        if not row.is_busy:
            return None
        holding.discard(row.work)
        row.work = holding.hold(())
        row.state, row.stage, row.done, row.total = State.READING, "notice", 0, 0
        row.save(update_fields=("work", "state", "stage", "done", "total"))
    return row


def _do(run: QuickRun, progress: Progress, work: Path) -> None:
    laid = lay_out(run, work)
    loaded = _notice(laid)
    roster = _roster(laid)
    names = labels(choose_form(loaded, run.form or None))
    replies = {one.name: one.file for one in laid if one.file.role == Role.REPLY}
    progress.begins("replies", len(replies))

    def seen(reply: ReadReply) -> bool:
        file = replies[reply.file]
        if reply.secret is None:
            progress.tell(file, reply, names)
        else:
            _refuse(run, file, reply.secret)
            progress.step()
        return reply.secret is None

    collection = collect(loaded, [work / FOLDERS[Role.REPLY]], roster, form=run.form or None, seen=seen)
    write_results(run, collection, loaded, laid)
    progress.begins("making", 7)
    make_outputs(run, collection, loaded, work, progress)
    progress.begins("keeping", len(laid))
    keep_all(run, laid, progress)
    with transaction.atomic():
        row = QuickRun.objects.select_for_update().get(pk=run.pk)
        if row.state == State.REMOVED or row.work != run.work:
            raise StoppedError
        row.state, row.stage, row.finished_at = State.DONE, "", now()
        row.save(update_fields=("state", "stage", "finished_at"))


def _notice(laid: Sequence[Laid]) -> LoadedNotice:
    paths = [one.path for one in laid if one.file.role == Role.NOTICE]
    if not paths:
        raise RefusedError(problems.NO_NOTICE)
    # A folder, so that an attachment that cannot be read does not cost the notice.
    folder = next(folder for folder in paths[0].parents if folder.name == FOLDERS[Role.NOTICE])
    loaded = load(paths[0] if len(paths) == 1 else folder)
    mark = next((mark for document in loaded.documents if (mark := mark_of_secrecy(document))), None)
    if mark is not None:
        raise SecretError(Role.NOTICE, mark)
    return loaded


def _roster(laid: Sequence[Laid]) -> Path | None:
    path = next((one.path for one in laid if one.file.role == Role.ROSTER), None)
    mark = mark_of_secrecy(read(path)) if path is not None else None
    if mark is not None:
        raise SecretError(Role.ROSTER, mark)
    return path


def _refuse(run: QuickRun, file: QuickFile, mark: str) -> None:
    """A reply with a mark of secrecy: wiped, and its name forgotten; its place in the list says that there was one."""
    wipe(file.held if file.member is None else "")
    file.state, file.path, file.unit, file.held, file.member = File.SECRET, "", "", "", None
    file.issues = [{"code": "U016", "doubt": False, "text": "", "place": "", "found": "", "details": {"mark": mark}}]
    file.numbers, file.is_counted = {}, False
    file.save()
    _record_refusal(run, mark)


def _turn_away(by: Actor, run: QuickRun, error: SecretError) -> None:
    """A secret notice takes the whole run with it; a secret list only itself. Nothing of either stays."""
    if error.role == Role.NOTICE:
        quick_run_purge(by=by, run=run)
        problem = problems.NOTICE_SECRET
    else:
        _wipe(run.files.filter(role=Role.ROSTER))
        problem = problems.ROSTER_SECRET
    _record_refusal(run, error.mark)
    quick_run_fail(run=run, trouble=trouble_of(RefusedError(problem, mark=error.mark)))


def _wipe(files: QuerySet[QuickFile]) -> None:
    """Files that cannot be used: nobody knows what they are."""
    places = set(files.values_list("held", flat=True))
    files.delete()
    discard_held(places)


def _paths_of(run: QuickRun, said: str) -> list[str]:
    """The files that the library means by a name."""
    return [file.path for file in run.files.exclude(role=Role.REPLY) if said.endswith(file.name)]


def _record_refusal(run: QuickRun, mark: str) -> None:
    """Written down without a word of what it is about."""
    record(
        by=owner_of(run),
        action="quick_run.refused_secret",
        subject=Subject("desk.quickrun", str(run.pk), mark),
        place=run.unit.path,
        after={"mark": mark},
    )
