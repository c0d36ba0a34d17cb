"""Codes, credit codes, kinds and names by their rules alone."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from anyue.modules.orgs.models import Kind
from anyue.modules.orgs.rules import codes, kinds, names, uscc

PROVINCES = ["11", "12", "22", "31", "44", "65"]
numbers = st.integers(0, 99).map("{:02d}".format)
parts = st.integers(0, 599).map("{:03d}".format)
any_code = st.builds(
    lambda a, b, c, d, e: a + b + c + d + e, st.sampled_from(PROVINCES), numbers, numbers, parts, parts
).filter(codes.is_code)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("120000000000", codes.Level.PROVINCE, None),
        ("120100000000", codes.Level.PREFECTURE, "120000000000"),
        ("120105000000", codes.Level.COUNTY, "120100000000"),
        ("120105002000", codes.Level.TOWNSHIP, "120105000000"),
        ("120105002001", codes.Level.COMMUNITY, "120105002000"),
        # Dongguan: a street right below a prefecture.
        ("441900003000", codes.Level.TOWNSHIP, "441900000000"),
        ("429004000000", codes.Level.COUNTY, "429000000000"),
    ],
)
def test_a_code_says_its_level_and_what_is_above_it(code: str, level: codes.Level, parent: str | None) -> None:
    codes.check(code)
    assert codes.level(code) is level
    assert codes.parent(code) == parent


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("12010500000", "length"),
        ("1201050020011", "length"),
        ("１２０１０５００２００１", "length"),
        ("12010500200a", "length"),
        ("990105002001", "province"),
        ("000000000000", "province"),
        ("120005000000", "gap"),
        ("120105000001", "gap"),
        ("120105600000", "township"),
        ("120105002600", "village"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(code: str, reason: str) -> None:
    with pytest.raises(codes.Fault) as fault:
        codes.check(code)
    assert fault.value.reason == reason


@given(any_code)
def test_going_up_from_a_code_ends_at_its_province_and_every_step_is_shorter(code: str) -> None:
    above = codes.ancestors(code)
    levels = [codes.level(each) for each in [code, *above]]

    assert all(codes.is_code(each) for each in above)
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) == len(levels)
    assert ([code, *above][-1]) == code[:2].ljust(12, "0")


@given(st.text())
def test_tidying_a_code_twice_is_tidying_it_once(written: str) -> None:
    assert codes.tidy(codes.tidy(written)) == codes.tidy(written)


@pytest.mark.parametrize("written", ["120105", "１２０１０５", "120105000000.0", " 1201 0500 0000 "])
def test_a_code_is_read_as_people_and_workbooks_write_it(written: str) -> None:
    assert codes.tidy(written) == "120105000000"


def test_development_zones_are_told_by_their_codes() -> None:
    assert codes.is_functional("220171000000")
    assert codes.is_functional("110115403000")
    assert not codes.is_functional("120105000000")
    assert not codes.is_functional("120105002000")


def test_the_credit_code_vector_of_the_standard() -> None:
    assert uscc.check_character("91350100M000100Y4") == "3"
    assert uscc.is_uscc("91350100M000100Y43")
    assert not uscc.is_uscc("91350100M000100Y4Z")


@given(
    st.text(uscc.ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(uscc.ALPHABET, min_size=9, max_size=9),
    st.integers(0, 17),
    st.sampled_from(uscc.ALPHABET),
)
def test_one_character_changed_makes_a_credit_code_wrong(
    kind: str, area: str, body: str, place: int, other: str
) -> None:
    first = kind + area + body
    whole = first + uscc.check_character(first)
    assert uscc.is_uscc(whole)
    changed = whole[:place] + other + whole[place + 1 :]
    assert uscc.is_uscc(changed) == (changed == whole)


@given(st.text())
def test_tidying_a_name_twice_is_tidying_it_once(written: str) -> None:
    assert names.tidy(names.tidy(written)) == names.tidy(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  石 塘 街 道 ", "石塘街道"),
        ("石塘街道(筹)", "石塘街道（筹）"),
        ("第１社区\u200b", "第1社区"),
        ("石塘　Ｔech  Park 公司", "石塘Tech Park公司"),
    ],
)
def test_a_name_is_kept_as_an_office_would_write_it(written: str, kept: str) -> None:
    assert names.tidy(written) == kept


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("河北区", "hbq"),
        ("重庆市", "cqs"),
        ("长安街道", "cajd"),
        ("第3社区居委会", "d3sqjwh"),
        ("石塘（东）村委会", "stdcwh"),
    ],
)
def test_initials_are_those_that_people_type(name: str, initials: str) -> None:
    assert names.initials(name) == initials


@given(st.text(max_size=300))
def test_initials_are_small_letters_and_digits_that_fit(name: str) -> None:
    found = names.initials(name)
    assert len(found) <= 120
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("120105002000", "石塘街道", Kind.TOWNSHIP),
        ("120105002001", "长安园社区", Kind.COMMUNITY),
        ("220171000000", "东江经济技术开发区", Kind.ZONE),
        ("110115403000", "云汀经济技术开发区", Kind.ZONE),
        ("120113500000", "红云农场", Kind.TOWNSHIP),
        ("", "石塘街道综合执法大队", Kind.INSTITUTION),
        ("", "云汀区应急管理局", Kind.DEPARTMENT),
        ("K-07", "党政办公室", Kind.DEPARTMENT),
        ("", "石塘小学", Kind.SCHOOL),
        ("", "石塘派出所", Kind.STATIONED),
        ("", "云汀精密机械有限公司", Kind.ENTERPRISE),
        ("", "云汀", None),
    ],
)
def test_a_kind_is_guessed_from_the_code_and_else_from_the_name(code: str, name: str, kind: Kind | None) -> None:
    assert kinds.guess(code=code, name=name) is kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("科室", Kind.DEPARTMENT),
        ("街道/乡镇", Kind.TOWNSHIP),
        ("直属事业单位", Kind.INSTITUTION),
        ("Enterprise", Kind.ENTERPRISE),
        ("驴", None),
    ],
)
def test_a_kind_is_read_from_the_words_of_a_table(word: str, kind: Kind | None) -> None:
    assert kinds.read(word) is kind


def test_every_kind_is_read_from_its_own_name() -> None:
    assert [kinds.read(kind.value) for kind in Kind] == list(Kind)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_is_read_from_the_label_that_our_own_tables_write(language: str) -> None:
    with override(language):
        assert [kinds.read(str(kind.label)) for kind in Kind] == list(Kind)


def test_areas_never_stand_below_offices_and_nothing_above_itself_but_zones_and_offices() -> None:
    areas = [kind for kind in Kind if kinds.is_area(kind)]
    offices = [kind for kind in Kind if not kinds.is_area(kind)]
    assert not any(kinds.may_stand_below(area, office) for area in areas for office in offices)
    assert all(kinds.may_stand_below(office, above) for office in offices for above in Kind)
    assert [area for area in areas if kinds.may_stand_below(area, area)] == [Kind.ZONE]


def test_a_zone_is_like_a_county_or_like_a_township() -> None:
    assert kinds.notice_level(Kind.ZONE, "220171000000") == "county"
    assert kinds.notice_level(Kind.ZONE, "110115403000") == "township"
    assert kinds.notice_level(Kind.ZONE, "", Kind.COUNTY) == "township"
    assert kinds.notice_level(Kind.ZONE) == "county"
    assert kinds.notice_level(Kind.STATIONED) == "department"
