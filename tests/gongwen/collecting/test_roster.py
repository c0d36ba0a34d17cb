"""Units by their names as people write them: never one taken for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongwen.collecting import Roster, read_roster
from gongwen.collection import RosterUnit
from gongwen.errors import Unreadable
from gongwen.model import Document
from gongwen.readers.docx import read_docx
from tests.support.notation import docx_from
from tests.support.untidy import roster as some_names

NAMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "东", "南", "新"]),
        st.text("石塘松桥临湖云门柳岸", min_size=2, max_size=3),
        st.sampled_from(["社区", "街道", "村", "镇", "有限公司", "小学", "派出所"]),
    ),
)
ROSTERS = st.lists(NAMES, min_size=1, max_size=12, unique=True)


def of(names: list[str]) -> Roster:
    return Roster([RosterUnit(name) for name in names])


@given(ROSTERS)
def test_an_exact_name_is_its_own_unit(names: list[str]) -> None:
    assert [of(names).match(name) for name in names] == names


@given(ROSTERS)
def test_no_two_names_of_a_roster_are_one_unit(names: list[str]) -> None:
    found = [of(names).match(name) for name in names]
    assert len(set(found)) == len(names)


@given(ROSTERS, st.sampled_from(["{}（盖章）", "{}(公章)", " {} ", "{}：", "{}。", "　{}　"]))
def test_a_seal_a_blank_or_a_stop_changes_no_unit(names: list[str], dress: str) -> None:
    assert [of(names).match(dress.format(name)) for name in names] == names


@given(ROSTERS)
def test_an_exact_name_in_the_name_of_a_file_is_its_unit(names: list[str]) -> None:
    for name in names:
        assume(not any(name != other and other in f"{name}统计表" for other in names))
        assert of(names).in_path(f"回复/{name}统计表.docx", "活动统计表") == (name, "file")


@given(ROSTERS, st.text("石塘松桥南北社区街道村办0", max_size=8))
def test_whatever_is_written_is_a_unit_of_the_roster_or_none(names: list[str], written: str) -> None:
    assert of(names).match(written) in [*names, None]


WRITTEN = [
    ("石塘社区居委会", "石塘社区"),
    ("石塘社区居民委员会", "石塘社区"),
    ("石塘", "石塘社区"),
    ("云汀区石塘社区", "石塘社区"),
    ("临湖街道办事处", "临湖街道"),
    ("临湖街道（云汀区）", "临湖街道"),
    ("石 塘 社 区", "石塘社区"),
]


@pytest.mark.parametrize(("written", "unit"), WRITTEN)
def test_a_name_is_known_as_people_write_it(written: str, unit: str) -> None:
    assert of(["石塘社区", "松桥社区", "临湖街道"]).match(written) == unit


OTHERS = [
    ("石塘街道", ["石塘社区", "松桥社区"]),
    ("石塘社区", ["石塘街道", "松桥街道"]),
    ("东风街道第二社区", ["东风街道第一社区", "松桥社区"]),
    ("第二实验小学", ["第一实验小学", "松桥小学"]),
    ("云汀区长安里社区", ["云汀区长安园社区", "松桥社区"]),
    ("石塘", ["石塘社区", "石塘街道"]),
    ("社区", ["石塘社区"]),
    ("街道办事处", ["临湖街道办事处"]),
]


@pytest.mark.parametrize(("written", "names"), OTHERS, ids=[f"{one[0]} is not {one[1][0]}" for one in OTHERS])
def test_another_unit_that_is_not_on_the_roster_is_nobody(written: str, names: list[str]) -> None:
    assert of(names).match(written) is None


@given(st.integers(0, 10**6), st.integers(1, 20))
def test_units_that_are_not_on_the_roster_are_never_taken_for_one_that_is(seed: int, count: int) -> None:
    names = some_names(2 * count, seed)
    known, strangers = of(names[:count]), names[count:]
    assert [known.match(name) for name in strangers] == [None] * count


def test_a_longer_name_that_holds_a_shorter_one_is_the_longer() -> None:
    known = of(["石塘社区", "南石塘社区", "石塘社区卫生站"])
    assert known.match("云汀区南石塘社区") == "南石塘社区"
    assert known.in_path("南石塘社区统计表.docx", "活动统计表") == ("南石塘社区", "file")
    assert known.match("石塘社区卫生站") == "石塘社区卫生站"


# --- the head of a reply


def headed(text: str) -> Document:
    return read_docx(docx_from(text), "回复.docx")


NAMES_ALL = ["石塘社区", "松桥社区", "临湖街道"]
LINES = [
    ("= 情况反馈表\n填报单位（盖章）：石塘社区", "石塘社区"),
    ("= 情况反馈表\n单位名称：石塘社区　　联系人：某某", "石塘社区"),
    ("= 情况反馈表\n单　位：石塘社区 填报日期：6月1日", "石塘社区"),
    ("= 情况反馈表\n报送社区:石塘", "石塘社区"),
    ("= 情况反馈表\n| 单位名称 | 松桥社区 |\n| 人数 | 3 |", "松桥社区"),
    ("= 情况反馈表\n| 填报单位：松桥社区 | 日期：6月1日 |\n| 人数 | 3 |", "松桥社区"),
    ("= 情况反馈表\n联系人：某某", None),
    ("= 情况反馈表\n主管单位：临湖街道\n填报单位：", None),
    ("= 情况反馈表\n主送单位：临湖街道\n填报单位：石塘社区", "石塘社区"),
    ("= 情况反馈表\n填报单位：石塘社区\n所在社区：松桥社区", None),
    ("= 情况反馈表\n填报单位：子虚社区", None),
    ("= 情况反馈表\n| 石塘社区 | 松桥社区 |\n| 3 | 4 |", None),
    ("= 情况反馈表\n" + "工作情况。\n" * 14 + "合建单位：石塘社区", None),
]


@pytest.mark.parametrize(("text", "unit"), LINES, ids=[text[6:40] for text, _ in LINES])
def test_a_unit_line_at_the_head_names_the_unit_whatever_its_label(text: str, unit: str | None) -> None:
    assert of(NAMES_ALL).in_head(headed(text)) == unit


def test_without_a_roster_no_line_is_taken_for_a_unit() -> None:
    assert Roster(None).in_head(headed("填报单位：石塘社区")) is None


# --- reading a roster


def test_a_roster_with_heads_brings_codes_people_and_phones(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "序号,单位名称,代码,联系人,电话,上级\n1,石塘社区,D01,安小宁,0000-1234567,临湖街道\n2,松桥社区,D02,,,\n",
        "utf-8-sig",
    )
    first, second = read_roster(path).units
    assert first == RosterUnit("石塘社区", "D01", "安小宁", "0000-1234567", "临湖街道")
    assert second == RosterUnit("松桥社区", "D02")


@pytest.mark.parametrize("head", ["单位名称", "name", "NAME"])
def test_a_roster_in_gb18030_is_read_as_well(tmp_path: Path, head: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(f"{head}\r\n石塘社区\r\n松桥社区\r\n".encode("gb18030"))
    assert [unit.name for unit in read_roster(path).units] == ["石塘社区", "松桥社区"]


def test_one_bare_column_is_names(tmp_path: Path) -> None:
    path = tmp_path / "名单.txt"
    path.write_text("石塘社区\n松桥社区\n\n临湖街道\n", "utf-8")
    assert [unit.name for unit in read_roster(path).units] == ["石塘社区", "松桥社区", "临湖街道"]


def test_a_name_that_stands_twice_is_one_unit(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("单位名称\n石塘社区\n石塘社区\n", "utf-8")
    assert [unit.name for unit in read_roster(path).units] == ["石塘社区"]


def test_a_roster_without_names_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("单位名称\n", "utf-8")
    with pytest.raises(Unreadable, match="单位名称"):
        read_roster(path)


def test_quotes_of_a_csv_are_not_part_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text('单位名称，联系人\n"柳岸社区",安某\n"桃园、东社区",\n石塘街道，宁某\n', encoding="utf-8")
    assert [(unit.name, unit.contact) for unit in read_roster(path).units] == [
        ("柳岸社区", "安某"),
        ("桃园、东社区", None),
        ("石塘街道", "宁某"),
    ]
