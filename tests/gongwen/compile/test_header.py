"""The fixed places of a notice: mark of secrecy, number, title, issuer, day of issue, addressees."""

from __future__ import annotations

import pytest

from .said import compiled

TEXT = "现将开展2026年“安全生产月”活动有关事项通知如下，请认真组织实施，确保活动取得实效。"
WHOLE = """
    云汀区应急管理局文件
    云应急〔2026〕17号
    = 云汀区应急管理局关于开展2026年“安全生产月”活动的通知
    各街道、各社区，区安委会有关成员单位：
    现将开展2026年“安全生产月”活动有关事项通知如下，请认真组织实施，确保活动取得实效。
    > 云汀区应急管理局
    > 2026年5月20日
    （此件公开发布）
    云汀区应急管理局办公室　　　　2026年5月21日印发
"""


def test_every_fixed_place_is_read() -> None:
    spec = compiled(WHOLE)
    assert spec.title == "云汀区应急管理局关于开展2026年“安全生产月”活动的通知"
    assert spec.doc_no == "云应急〔2026〕17号"
    assert spec.issuer == "云汀区应急管理局"
    assert spec.issued_on == "2026-05-20"
    assert spec.addressees == ["各街道", "各社区", "区安委会有关成员单位"]
    assert spec.classification is None


def test_a_text_without_any_of_them_has_none() -> None:
    spec = compiled(TEXT)
    assert (spec.title, spec.doc_no, spec.issuer, spec.issued_on, spec.addressees, spec.classification) == (
        *(None, None, None, None),
        [],
        None,
    )


# --- title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("= 关于开展活动的通知", "关于开展活动的通知"),
        ("= 关于开展2026年“安全生产月”\n= 活动的通知", "关于开展2026年“安全生产月”活动的通知"),
        ("= 云汀区应急管理局\n= 关于开展活动的通知", "云汀区应急管理局关于开展活动的通知"),
        ("= 关 于 开 展 活 动 的 通 知", "关于开展活动的通知"),
        ("= 关于开展活动的通知（试行）", "关于开展活动的通知（试行）"),
        ("= 关于印发《安全生产月活动方案》的通知", "关于印发《安全生产月活动方案》的通知"),
        ("= 2026年安全生产月活动方案", "2026年安全生产月活动方案"),
        ("= 关于举办安全知识竞赛的函", "关于举办安全知识竞赛的函"),
        ("{box:云汀区应急管理局文件}\n= 关于开展活动的通知", "关于开展活动的通知"),
    ],
)
def test_the_title_is_joined_from_its_lines(lines: str, title: str) -> None:
    assert compiled(f"{lines}\n各街道：\n{TEXT}\n> 2026年5月20日").title == title


# --- number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("云应急〔2026〕17号", "云应急〔2026〕17号"),
        ("云应急[2026]17号", "云应急〔2026〕17号"),
        ("云应急【2026】17号", "云应急〔2026〕17号"),
        ("云应急（2026）17号", "云应急〔2026〕17号"),
        ("云应急 〔 2026 〕 17 号", "云应急〔2026〕17号"),
        ("云应急〔２０２６〕１７号", "云应急〔2026〕17号"),
        ("云安委办函〔2026〕第3号", "云安委办函〔2026〕第3号"),
        ("云应急〔2026〕17号　　　　签发人：某某某", "云应急〔2026〕17号"),
        ("特急　云安办〔2026〕3号", "云安办〔2026〕3号"),
        ("| 云应急〔2026〕17号 | 签发人：某某某 |", "云应急〔2026〕17号"),
        ("{box:云应急〔2026〕17号}", "云应急〔2026〕17号"),
    ],
)
def test_the_number_is_printed_with_its_proper_brackets(line: str, number: str) -> None:
    assert compiled(f"{line}\n= 关于开展活动的通知\n各街道：\n{TEXT}").doc_no == number


def test_the_number_of_a_document_that_is_only_cited_is_not_its_own() -> None:
    spec = compiled(
        "= 关于开展活动的通知\n各街道：\n根据《关于开展活动的通知》（沧安办〔2026〕9号）要求，请认真组织实施。"
    )
    assert spec.doc_no is None
    assert [one.doc_no for one in spec.references] == ["沧安办〔2026〕9号"]


# --- issuer and day


@pytest.mark.parametrize(
    ("foot", "issuer", "day"),
    [
        ("> 云汀区应急管理局\n> 2026年5月20日", "云汀区应急管理局", "2026-05-20"),
        ("> 云汀区应急管理局\n> 二〇二六年五月二十日", "云汀区应急管理局", "2026-05-20"),
        ("> 云汀区应急管理局\n> 2026 年 5 月 20 日", "云汀区应急管理局", "2026-05-20"),
        ("> 云汀区安委办\n> 云汀区应急管理局\n> 2026年5月20日", "云汀区安委办;云汀区应急管理局", "2026-05-20"),
        ("> 云汀区安委办　　云汀区应急管理局\n> 2026年5月20日", "云汀区安委办;云汀区应急管理局", "2026-05-20"),
        ("> 云汀区应急管理局（盖章）\n> 2026年5月20日", "云汀区应急管理局", "2026-05-20"),
        ("> 云汀区应急管理局　2026年5月20日", "云汀区应急管理局", "2026-05-20"),
        ("云汀区应急管理局办公室　2026年5月20日印发", "云汀区应急管理局办公室", "2026-05-20"),
        ("> 2026年5月20日", None, "2026-05-20"),
    ],
)
def test_the_signature_gives_issuer_and_day(foot: str, issuer: str | None, day: str) -> None:
    spec = compiled(f"= 关于开展活动的通知\n各街道：\n{TEXT}\n{foot}")
    assert (spec.issuer, spec.issued_on) == (issuer, day)


def test_a_notice_without_signature_is_from_whom_its_title_says() -> None:
    assert compiled(f"= 云汀区应急管理局关于开展活动的通知\n各街道：\n{TEXT}").issuer == "云汀区应急管理局"


def test_a_notice_without_a_day_says_which_year_is_assumed() -> None:
    spec = compiled(f"= 关于开展2026年活动的通知\n各街道：\n{TEXT * 2}")
    assert [one.details for one in spec.warnings if one.code == "N211"] == [{"year": "2026"}]


# --- addressees


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ("各科室、各社区：", ["各科室", "各社区"]),
        ("各市、州卫生局：", ["各市、州卫生局"]),
        ("主送：各街道，有关企业：", ["各街道", "有关企业"]),
        ("各街道办事处，区安委会有关成员单位，\n有关企业：", ["各街道办事处", "区安委会有关成员单位", "有关企业"]),
        ("各科室、各社区:", ["各科室", "各社区"]),
        ("各镇（街道、园区），区级有关部门：", ["各镇（街道、园区）", "区级有关部门"]),
    ],
)
def test_addressees_stand_below_the_title(line: str, bodies: list[str]) -> None:
    spec = compiled(f"= 关于开展活动的通知\n{line}\n{TEXT}\n> 2026年5月20日")
    assert spec.addressees == bodies


@pytest.mark.parametrize(
    "line", ["现将有关事项通知如下：", "时间：2026年6月16日", "为深入贯彻落实有关要求，特制定本方案："]
)
def test_other_lines_with_a_colon_are_no_addressees(line: str) -> None:
    assert compiled(f"= 关于开展活动的通知\n{line}\n{TEXT}\n> 2026年5月20日").addressees == []


# --- secrecy


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("秘密★1年", "秘密★1年"),
        ("机 密 ★ 6个月", "机密★6个月"),
        ("绝密★长期", "绝密★长期"),
        ("秘密", "秘密"),
        ("内部资料", "内部"),
        ("内部", "内部"),
        ("内部资料　注意保存", "内部"),
        ("工作秘密", "工作秘密"),
        ("不予公开", "不予公开"),
        ("（此件不公开）", "不予公开"),
        ("{box:机密★1年}", "机密★1年"),
    ],
)
def test_a_mark_of_secrecy_is_read_as_printed(line: str, mark: str) -> None:
    assert compiled(f"{line}\n= 关于开展活动的通知\n各街道：\n{TEXT}").classification == mark


def test_a_mark_below_the_signature_counts_too() -> None:
    assert (
        compiled(f"= 关于开展活动的通知\n各街道：\n{TEXT}\n> 2026年5月20日\n（此件不予公开）").classification
        == "不予公开"
    )


@pytest.mark.parametrize(
    "line",
    [
        "（此件公开发布）",
        "要严守国家秘密和工作秘密。",
        "秘密级以上文件请勿上传。",
        "事故隐患内部报告奖励机制要落实。",
        "（依申请公开）",
    ],
)
def test_words_about_secrecy_are_no_mark(line: str) -> None:
    assert compiled(f"= 关于开展活动的通知\n各街道：\n{TEXT}\n{line}\n> 2026年5月20日").classification is None
