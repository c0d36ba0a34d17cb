"""The generator keeps its own promises: what it says it wrote is there, and the same seed writes it again."""

from collections import Counter
from pathlib import Path

import docx
import pytest

from .notation import docx_from
from .untidy import Form, ReplyTruth, generate, missing_units, read_form, roster, totals, write_roster

FORM = """
    = 关于开展2026年“安全生产月”活动的通知
    请于6月20日前报送附件2。
    ---
    附件2
    = 活动进展情况统计表
    填报单位：        联系人：      电话：      填报日期：
    | 活动项目 | 活动进展情况 |
    | 宣讲 | 组织开展宣讲（    ）场，参与（    ）人次；制作短视频（    ）条；¶开展观影（   ）场。参与（   ）人次； |
    | 咨询日 | 现场咨询活动(   )场、参与(   )人次，发放资料（   ）份，传播量（   ）条。 |
    | 其他 | 活动名称（   ），组织(  )场/次，参与(  )人次。¶活动简要情况：¶ |
    注：请于6月20日前报送
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    path = tmp_path_factory.mktemp("form") / "通知.docx"
    path.write_bytes(docx_from(FORM))
    return read_form(path)


@pytest.fixture(scope="module")
def replies(form: Form, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[ReplyTruth]]:
    out = tmp_path_factory.mktemp("replies")
    return out, generate(form.path, out, 60, seed=7)


def test_blanks_have_section_unit_and_partner(form: Form) -> None:
    assert [blank.unit for blank in form.blanks.values()] == [
        *("场", "人次", "条", "场", "人次", "场", "人次", "份", "条"),
        *(None, "场/次", "人次"),
    ]
    assert form.pairs == ((1, 2), (4, 5), (6, 7))
    assert form.repeating == [10, 11, 12]
    assert form.blanks[8].section == "咨询日"


def test_every_reply_is_a_file_of_its_own(replies: tuple[Path, list[ReplyTruth]]) -> None:
    out, truths = replies
    assert len({truth.file for truth in truths}) == len(truths) == 60
    assert {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()} == {truth.file for truth in truths}


def test_every_kind_of_fault_is_planted(replies: tuple[Path, list[ReplyTruth]]) -> None:
    kinds = Counter(fault.kind for truth in replies[1] for fault in truth.faults)
    assert set(kinds) == {
        *("approximate", "words", "outlier", "includes_subordinates"),
        *("attendance_without_session", "session_without_attendance"),
        *("same_numbers", "duplicate", "unreadable", "wrong_form"),
    }


def test_the_words_of_a_fault_stand_in_its_file(replies: tuple[Path, list[ReplyTruth]]) -> None:
    out, truths = replies
    for truth in truths:
        if truth.status == "rejected" or not truth.file.endswith(".docx"):
            continue
        text = accepted_text(out / truth.file)
        assert all(fault.found in text for fault in truth.faults if fault.blank), truth


def test_each_unit_counts_once(replies: tuple[Path, list[ReplyTruth]]) -> None:
    counted = Counter(truth.unit for truth in replies[1] if truth.counted)
    assert set(counted.values()) == {1}


def test_totals_add_numbers_and_nothing_else() -> None:
    truths = [
        ReplyTruth("a", "甲", "form", values={1: 2, 2: None}, rows=[{3: "活动", 4: 5}, {3: "活动", 4: 6}]),
        ReplyTruth("b", "乙", "form", values={1: 3, 2: "n/a"}),
        ReplyTruth("c", "乙", "form", counted=False, values={1: 100}),
    ]
    assert totals(truths) == {1: 5, 2: 0, 4: 11}


def test_the_same_seed_writes_the_same_files(form: Form, tmp_path: Path) -> None:
    once, again = generate(form.path, tmp_path / "1", 20, 3), generate(form.path, tmp_path / "2", 20, 3)
    assert once == again
    for truth in once:
        assert (tmp_path / "1" / truth.file).read_bytes() == (tmp_path / "2" / truth.file).read_bytes()


def test_a_roster_names_those_who_replied_and_those_who_did_not(
    replies: tuple[Path, list[ReplyTruth]], tmp_path: Path
) -> None:
    absent = missing_units(replies[1], 3)
    names = [*dict.fromkeys(truth.unit for truth in replies[1]), *absent]
    write_roster(tmp_path / "单位名单.csv", names)
    assert len(absent) == 3
    assert len(set(names)) == len(names)
    assert (tmp_path / "单位名单.csv").read_text("utf-8-sig").startswith("单位名称,代码\n")


def test_no_unit_name_hides_in_another() -> None:
    names = roster(600, seed=1)
    assert not [(a, b) for a in names for b in names if a != b and a in b]


def accepted_text(path: Path) -> str:
    document = docx.Document(str(path))
    body = document.element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
