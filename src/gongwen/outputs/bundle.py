"""All files of a collection in one folder, and all empty forms of a notice in one folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from ..collecting import choose_form
from ..collection import Collection
from ..errors import Unreadable
from ..fill import form_docx, form_xlsform, form_xlsx, official_table
from ..notice import LoadedNotice, load
from ..readers import expand
from ..spec import Form
from ..write import write_summary_report
from .naming import area_of, file_name, one_line, stem_of, today_here
from .place import landing
from .reminder import reminder_text
from .report import summary_report
from .workbook import write_workbook

FormFile = Literal["docx", "xlsx", "xlsform"]
FORM_FILES: tuple[FormFile, ...] = ("docx", "xlsx", "xlsform")
JSON_NAME = "汇总.json"
Progress = Callable[[int, int, str], None]
"""Called before each file with how many are done, how many there will be, and its name."""


def write_outputs(
    collection: Collection,
    notice: str | Path | LoadedNotice,
    attachments: Sequence[str | Path],
    out: str | Path,
    progress: Progress | None = None,
    *,
    replies: Sequence[str | Path] = (),
    today: date | None = None,
) -> list[Path]:
    """Write what a collection gives into ``out``: the official table in the issuer's layout, the workbook, the
    reminder, the covering report and the JSON. Gives their paths in this order.

    ``replies`` are the paths that were collected, so that the workbook links to the files. Files of an earlier run on
    the same day are replaced, everything else in ``out`` stays. Raises ``Unreadable``, ``NoSuchForm`` and ``OSError``.
    """
    loaded = notice if isinstance(notice, LoadedNotice) else load(notice, *attachments)
    out, day, spec = Path(out), today or today_here(), loaded.spec
    form = collection.form_spec or choose_form(loaded, collection.form)
    area, stem, until = area_of(spec, form), stem_of(form, spec), f"截至{day:%Y%m%d}"
    table = file_name(area, stem, until, extension=".docx")
    workbook = file_name(area, stem, "分单位汇总", until, extension=".xlsx")
    reminder = file_name(area, stem, "催报", until, extension=".txt")
    report = file_name(area, stem, "情况报告", until, extension=".docx")
    names = [table, workbook, reminder, report, JSON_NAME]
    title = f"{one_line(form.title) if form.title else stem}分单位汇总"
    files = _files_of(replies)
    with landing(out) as folder:
        _tell(progress, names, table)
        (folder / table).write_bytes(_official_table(loaded, form, collection))
        _tell(progress, names, workbook)
        write_workbook(collection, folder / workbook, title=title, files=files, home=out, notice=spec.title, today=day)
        _tell(progress, names, reminder)
        # An old Notepad needs the mark and the line ends.
        text = reminder_text(collection, spec, today=day)
        (folder / reminder).write_text(text, encoding="utf-8-sig", newline="\r\n")
        _tell(progress, names, report)
        attached = (f"{stem}（汇总）", f"{stem}分单位汇总")
        write_summary_report(summary_report(collection, spec, today=day, attachments=attached), folder / report)
        _tell(progress, names, JSON_NAME)
        with (folder / JSON_NAME).open("wb") as file:
            collection.write_json(file)
            file.write(b"\n")
    return [out / name for name in names]


def write_forms(
    notice: str | Path | LoadedNotice,
    attachments: Sequence[str | Path],
    out: str | Path,
    kinds: Iterable[FormFile] = FORM_FILES,
    form: str | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write each form of the notice as an empty file for units: Word, Excel with validation, XLSForm.

    ``form`` chooses one by its id, title or attachment. Raises ``Unreadable``, ``NoSuchForm`` and ``OSError``.
    """
    loaded = notice if isinstance(notice, LoadedNotice) else load(notice, *attachments)
    out, first = Path(out), choose_form(loaded, form)
    chosen = [first] if form is not None else loaded.spec.forms
    asked = frozenset(kinds)
    wanted = [
        (one, kind, f"{stem}{'_XLSForm' if kind == 'xlsform' else ''}.{'docx' if kind == 'docx' else 'xlsx'}")
        for one, stem in zip(chosen, _form_stems(chosen), strict=True)
        for kind in FORM_FILES
        if kind in asked
    ]
    names = [name for _, _, name in wanted]
    with landing(out) as folder:
        for one, kind, name in wanted:
            _tell(progress, names, name)
            (folder / name).write_bytes(_form_file(loaded, one, kind))
    return [out / name for name in names]


def _tell(progress: Progress | None, names: Sequence[str], name: str) -> None:
    if progress is not None:
        progress(names.index(name), len(names), name)


def _form_stems(forms: Sequence[Form]) -> list[str]:
    """附件2_安全生产月活动进展情况统计表; with a number where two forms would be called alike."""
    stems = [file_name(one.attachment or "", one.title or one.id, extension="") for one in forms]
    often = Counter(stems)
    seen: Counter[str] = Counter()
    found = []
    for stem in stems:
        seen[stem] += 1
        found.append(f"{stem}_{seen[stem]}" if often[stem] > 1 else stem)
    return found


def _official_table(loaded: LoadedNotice, form: Form, collection: Collection) -> bytes:
    number = _source_of(form)
    return official_table(loaded.docx_of(number), loaded.documents[number], loaded.spec, form, collection)


def _form_file(loaded: LoadedNotice, form: Form, kind: FormFile) -> bytes:
    if kind == "xlsx":
        return form_xlsx(form, loaded.spec)
    if kind == "xlsform":
        return form_xlsform(form, loaded.spec)
    number = _source_of(form)
    return form_docx(loaded.docx_of(number), loaded.documents[number], loaded.spec, form)


def _source_of(form: Form) -> int:
    """The number of the file that the form stands in."""
    return form.fields[0].evidence.source if form.fields else 0


def _files_of(replies: Sequence[str | Path]) -> dict[str, Path]:
    """Where each reply lies, by its name in the collection; names that two files share are left out."""
    try:
        sources = expand(replies)
    except (Unreadable, OSError):
        return {}
    often = Counter(source.name for source in sources)
    return {source.name: source.path for source in sources if source.path is not None and often[source.name] == 1}
