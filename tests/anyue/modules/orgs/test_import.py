"""Units from tables: headings as offices write them, order free, all or nothing, twice is once."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.kernel import paths
from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs import selectors
from anyue.modules.orgs.models import Change, PastUnit, Trunk, Unit
from anyue.modules.orgs.services import ImportResult, unit_rename, units_import
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, ActorKind, Held

from .trees import LONG_AGO, SYSTEM, grown

pytestmark = pytest.mark.django_db
LATER = date(2025, 3, 1)
HEAD = "单位代码,单位名称,上级代码,类型"
DISTRICT = (
    "120105002001,长安园社区,,",
    "K1,党政办公室,120105002000,科室",
    "120105002000,石塘街道,120105000000,街道",
    "120105000000,云汀区,,区",
)


def table(*lines: str, head: str = HEAD) -> io.BytesIO:
    return io.BytesIO("\n".join([head, *lines]).encode())


def brought(
    *lines: str, head: str = HEAD, under: Unit | None = None, on: date = LONG_AGO, dry: bool = False
) -> ImportResult:
    return units_import(by=SYSTEM, file=table(*lines, head=head), name="单位表.csv", under=under, on=on, dry_run=dry)


def shape() -> dict[str, str]:
    return {unit.name: unit.parent.name if unit.parent else "" for unit in Unit.objects.filter(closed_on=None)}


def faults(result: ImportResult) -> list[tuple[int, str, str]]:
    assert all(fault.sentence for fault in result.faults)
    return [(fault.row, fault.column, fault.problem.code) for fault in result.faults]


def sound() -> None:
    """Paths fit parents, and numbers are not given twice."""
    for unit in Unit.objects.select_related("parent"):
        assert unit.path[: -paths.STEP] == (unit.parent.path if unit.parent else "")
        last = Unit.objects.filter(parent=unit).order_by("-path").first()
        assert last is None or unit.next_child > paths.number_of(last.path)


def test_rows_in_any_order_become_a_tree() -> None:
    result = brought(*DISTRICT)

    assert (result.done, result.rows, result.added, result.faults) == (True, 4, 4, [])
    assert shape() == {"云汀区": "", "石塘街道": "云汀区", "党政办公室": "石塘街道", "长安园社区": "石塘街道"}
    assert Unit.objects.get(name="长安园社区").initials == "caysq"
    assert Entry.objects.get(action="units.imported").after["add"] == 4
    sound()


def test_the_same_file_twice_changes_nothing() -> None:
    brought(*DISTRICT)
    before = list(Unit.objects.values())
    again = brought(*DISTRICT, on=LATER)

    assert (again.done, again.touches, again.unchanged) == (True, 0, 4)
    assert list(Unit.objects.values()) == before
    assert Entry.objects.filter(action="units.imported").count() == 1


def test_a_changed_name_is_a_rename_and_a_changed_parent_a_move_with_their_past() -> None:
    brought(*DISTRICT, "120105003000,柳湾街道,120105000000,街道")
    result = brought("120105002001,长安里社区,120105003000,", "K1,党政综合办公室,,", on=LATER)

    assert (result.moved, result.renamed, result.added) == (1, 1, 0)
    assert shape()["长安里社区"] == "柳湾街道"
    assert shape()["党政综合办公室"] == "石塘街道"
    then = {node.name for node in selectors.tree_on(LATER - timedelta(days=1)).nodes.values()}
    assert {"长安园社区", "党政办公室"} <= then
    assert Change.objects.filter(what="renamed").count() == 2
    sound()


def test_a_street_moves_with_its_communities_below_a_unit_that_is_new_in_the_table() -> None:
    brought(*DISTRICT)
    result = brought(
        "120105002000,石塘街道,120171000000,",
        "120171000000,云汀开发区,,开发区",
        "120105002002,新里社区,120105002000,",
        on=LATER,
    )

    assert result.faults == []
    assert shape()["石塘街道"] == "云汀开发区"
    assert shape()["新里社区"] == "石塘街道"
    assert Unit.objects.get(name="长安园社区").path.startswith(Unit.objects.get(name="云汀开发区").path)
    sound()


def test_headings_are_read_in_common_words_any_order_and_below_a_title() -> None:
    head = "云汀区单位一览表\n填表日期：2025年3月,,,\n序号,所属单位（全称）,单 位 名 称*,统一社会信用代码"
    result = brought(
        "1,,云汀区,",
        "2,云汀区,应急管理局,",
        "3,应急管理局,安全生产科,",
        "4,云汀区,榆光公司,91350100M000100Y43",
        head=head,
    )

    assert result.faults == []
    assert result.ignored == ("序号",)
    assert shape() == {"云汀区": "", "应急管理局": "云汀区", "安全生产科": "应急管理局", "榆光公司": "云汀区"}
    assert Unit.objects.get(name="榆光公司").kind == "enterprise"
    assert Unit.objects.get(name="榆光公司").uscc == "91350100M000100Y43"


def test_a_workbook_keeps_codes_that_excel_made_numbers() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("说明").write(0, 0, "请看第二张表")
    sheet = book.add_worksheet("单位")
    sheet.write_row(1, 0, ["名称", "代码"])
    sheet.write_row(2, 0, ["云汀区", 120105000000])
    sheet.write_row(4, 0, ["石塘街道", 120105002000])
    book.close()
    target.seek(0)
    result = units_import(by=SYSTEM, file=target, name="单位.xlsx")

    assert (result.added, result.faults) == (2, [])
    assert Unit.objects.get(code="120105002000").parent == Unit.objects.get(code="120105000000")


def test_every_fault_names_row_and_column_and_nothing_is_written() -> None:
    result = brought(
        "120105000000,云汀区,,",
        "120105000000,云汀区二,,",
        "12010500200,石塘街道,,街道",
        "120105003000,,120105000000,街道",
        "K1,甲科,999,科室",
        "K2,乙科,云汀,科室",
        "K3,丙,120105000000,驴",
        "K4,丁,120105000000,",
        "K5,戊厂,120105000000,社区",
        "120105004001,无街社区,,社区",
    )

    assert not result.done
    assert not Unit.objects.exists()
    assert faults(result) == [
        (3, "单位代码", "orgs.row_code_twice"),
        (4, "单位代码", "orgs.code_length"),
        (5, "单位名称", "orgs.name_missing"),
        (6, "上级代码", "orgs.row_parent_missing"),
        (7, "上级代码", "orgs.row_parent_missing"),
        (8, "类型", "orgs.row_kind_unknown"),
        (9, "类型", "orgs.row_kind_missing"),
        (10, "单位代码", "orgs.code_length"),
        (11, "上级代码", "orgs.row_parent_missing"),
    ]


def test_circles_are_found_and_shown() -> None:
    result = brought("A,甲局,C,部门", "B,乙局,A,部门", "C,丙局,B,部门", "D,丁局,C,部门")
    assert {(row, code) for row, _, code in faults(result)} == {(n, "orgs.row_cycle") for n in (2, 3, 4)}
    assert "甲局" in result.faults[0].sentence
    own = brought("A,甲局,A,部门")
    assert faults(own) == [(2, "上级代码", "orgs.row_cycle")]


def test_a_circle_by_way_of_units_that_the_table_leaves_alone_is_found() -> None:
    brought("A,甲局,,部门", "B,乙局,A,部门", "C,丙局,B,部门")
    result = brought("A,甲局,C,部门", on=LATER)
    assert faults(result) == [(2, "上级代码", "orgs.row_cycle")]


def test_two_of_one_name_at_one_place_need_codes() -> None:
    result = brought("A,甲局,,部门", ",乙科,A,科室", ",乙科,A,科室", "X1,丙科,A,科室", "X2,丙科,A,科室")
    assert faults(result) == [(4, "单位名称", "orgs.row_name_twice")]


def test_a_unit_without_a_code_is_known_by_its_name_at_its_place_and_takes_a_code_later() -> None:
    brought("A,甲局,,部门", ",乙科,A,科室")
    assert brought(",乙科,A,科室").unchanged == 1
    result = brought("A-2,乙科,A,科室", on=LATER)
    assert (result.changed, result.added) == (1, 0)
    assert PastUnit.objects.get().code is None


def test_what_lies_outside_of_what_one_imports_into_is_refused() -> None:
    units = grown("county 甲区 120101000000", "  township 甲街道 120101001000", "county 乙区 120102000000")
    outside = brought("120101001000,甲街道,120102000000,", "120101002000,新街道,120101000000,", under=units["乙区"])
    assert faults(outside) == [(2, "单位代码", "orgs.row_outside"), (3, "上级代码", "orgs.row_outside")]
    inside = brought("120102001000,乙街道,,", under=units["乙区"])
    assert inside.done
    assert shape()["乙街道"] == "乙区"


def test_only_who_may_import_there_imports() -> None:
    units = grown("county 甲区", "county 乙区")
    by = Actor(ActorKind.PERSON, "1", "管理员", (Held("unit_admin", units["甲区"].path),))
    assert units_import(by=by, file=table("甲科", head="名称"), name="x.csv", under=units["甲区"]).added == 1
    for under in (units["乙区"], None):
        with pytest.raises(RefusedError) as error:
            units_import(by=by, file=table("甲科", head="名称"), name="x.csv", under=under)
        assert error.value.problem.code == "orgs.import_not_allowed"


def test_a_table_never_dates_back_and_never_reopens() -> None:
    units = grown("county 甲区", "  department 甲科 K1")
    unit_rename(by=SYSTEM, unit=units["甲科"], name="乙科", on=LATER)
    late = brought("K1,丙科,,", on=LATER - timedelta(days=1))
    assert faults(late) == [(2, "单位名称", "orgs.too_early")]
    Unit.objects.filter(code="K1").update(closed_on=today())
    assert faults(brought("K1,丙科,,", on=today())) == [(2, "单位代码", "orgs.row_closed")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "orgs.file_unreadable"),
        (b"\x00\x01\x02" * 900, "orgs.file_unreadable"),
        ("姓名,电话\n张三,1".encode(), "orgs.file_heads"),
        (HEAD.encode(), "orgs.file_empty"),
        (b"%PDF-1.4\n%%EOF", "orgs.file_kind"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as error:
        units_import(by=SYSTEM, file=io.BytesIO(data), name="什么.csv")
    assert error.value.problem.code == code
    assert error.value.problem.text % error.value.details


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_is_read_in_the_encodings_that_offices_save(encoding: str) -> None:
    text = "\n".join([HEAD, *DISTRICT])
    assert units_import(by=SYSTEM, file=io.BytesIO(text.encode(encoding)), name="a.csv").added == 4


def test_trying_out_writes_nothing_and_says_the_same() -> None:
    tried = brought(*DISTRICT, dry=True)
    assert not Unit.objects.exists()
    assert not Trunk.objects.exists()
    assert tried.added == 4
    assert {plan.name for plan in tried.preview} == {"云汀区", "石塘街道", "党政办公室", "长安园社区"}


def test_queries_do_not_grow_with_the_table_and_progress_is_told(tmp_path: Path) -> None:
    counts = []
    for size in (50, 1500):
        Unit.objects.update(parent=None)
        Unit.objects.all().delete()
        Trunk.objects.get_or_create(pk=1)
        file = tmp_path / f"{size}.csv"
        with file.open("w", newline="", encoding="utf-8") as target:
            writer = csv.writer(target)
            writer.writerow(["代码", "名称", "上级代码", "类型"])
            writer.writerow(["T", "总公司", "", "企业"])
            writer.writerows([f"T{number}", f"第{number}分公司", "T", "企业"] for number in range(size))
        told: list[tuple[int, int]] = []
        with CaptureQueriesContext(connection) as queries:
            units_import(by=SYSTEM, file=file, progress=lambda done, total, told=told: told.append((done, total)))  # type: ignore[misc]
        inserts = sum('INSERT INTO "orgs_unit"' in query["sql"] for query in queries)
        counts.append(len(queries) - inserts)
        assert told[-1][0] == told[-1][1]
        assert told == sorted(told)
    assert counts[0] == counts[1]


rows_of_tree = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["科", "所", "组"])), min_size=1, max_size=30)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_of_tree, st.randoms(use_true_random=False))
def test_any_tree_in_any_order_comes_in_as_it_is_and_comes_in_once(rows: list[tuple[int, str]], random: object) -> None:
    Change.objects.all().delete()
    PastUnit.objects.all().delete()
    Unit.objects.update(parent=None)
    Unit.objects.all().delete()
    parents: dict[str, str] = {}
    depth: dict[str, int] = {}
    for number, (parent, _) in enumerate(rows):
        code = f"c{number}"
        above = f"c{parent % number}" if number and parent else ""
        parents[code] = above if depth.get(above, 0) < 15 else ""
        depth[code] = depth.get(parents[code], 0) + 1
    lines = [f"c{number},第{number}{word},{parents[f'c{number}']},部门" for number, (_, word) in enumerate(rows)]
    random.shuffle(lines)  # type: ignore[attr-defined]

    result = brought(*lines)

    assert result.faults == []
    found = {unit.code: unit.parent.code if unit.parent else "" for unit in Unit.objects.select_related("parent")}
    assert found == parents
    sound()
    assert brought(*lines).touches == 0
