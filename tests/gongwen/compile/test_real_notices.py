"""The two real notices, in every format they came in: what they say is read exactly."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from lxml import etree

from gongwen import load
from gongwen.readers import office
from gongwen.spec import NoticeSpec, Task
from tests.support.untidy import read_form

from .said import duty, only_form, outline

pytestmark = pytest.mark.needs_shared
needs_office = pytest.mark.skipif(office.program() is None, reason="needs LibreOffice")
FORMATS = ["docx", pytest.param("doc", marks=needs_office), "pdf", "txt"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def notices(shared: Path) -> Path:
    return shared / "data" / "notices"


@pytest.fixture(scope="module")
def compiled(notices: Path) -> Callable[[str], NoticeSpec]:
    """Compile a file of the notices, each once."""
    known: dict[str, NoticeSpec] = {}

    def get(name: str) -> NoticeSpec:
        if name not in known:
            known[name] = load(notices / name).spec
        return known[name]

    return get


Compiled = Callable[[str], NoticeSpec]
THEME = "人人讲安全、个个会应急——查找身边安全隐患"

# --- Tianjin

MATRIX = [
    # whom the column makes responsible, and how the task begins
    ("county township department", "积极推送“习语安声”短视频"),
    ("enterprise", "组织开展安全生产微课堂"),
    ("county", "组织全区应急管理大讲堂"),
    ("township department", "组织观看安全生产月警示教育片"),
    ("county", "开展“安全隐患排查行动”"),
    ("township department", "组织开展“应急有我安全同行”志愿服务"),
    ("township department", "采取专家解读、骨干宣讲"),
    ("enterprise", "落实企业内部隐患举报奖励制度"),
    ("county township department enterprise", "积极参与“隐患辨识科普行动”"),
    ("county", "紧盯危险化学品、消防"),
    ("township department", "聚焦危险化学品、工贸"),
    ("township department", "区消防救援支队针对居委会工作人员"),
    ("enterprise", "邀请安全生产等专业应急救援力量"),
    ("county", "组织区级安全宣传咨询日活动"),
    ("township department", "突出地域、行业特色"),
    ("enterprise", "企业要将“安全宣传咨询日”作为"),
    ("county", "围绕“查找身边安全隐患”"),
    ("township department", "重点组织危险化学品、金属冶炼"),
    ("enterprise", "围绕“人人讲安全，个个会应急”"),
    ("township department", "指导学校开展宿舍、实验室"),
    ("township department", "加强社区安全宣传阵地建设"),
    ("township department", "号召家庭开展居家安全自查"),
    ("county township department enterprise", "结合安全生产月主题"),
]
CHAPTERS = [
    "深入宣传贯彻习近平总书记关于安全生产的重要论述和重要指示批示精神",
    "组织开展“查找身边安全隐患”系列行动",
    "认真开展“安全宣传咨询日”活动",
    "抓好安全宣传“五进”末端落实",
    "持续推进常态化应急科普",
]


def assert_is_tianjin(spec: NoticeSpec, form_source: Path) -> None:
    """Everything that the notice says."""
    assert spec.title == "关于开展2025年“安全生产月”活动的通知"
    assert (spec.doc_no, spec.issuer, spec.classification) == (None, None, None)
    assert spec.addressees == ["各科室", "各社区"]
    campaign = spec.campaign
    assert (campaign.name, campaign.year, campaign.edition, campaign.theme) == ("安全生产月", 2025, 24, THEME)
    assert [(day.date, day.name) for day in spec.key_dates] == [("2025-06-16", "安全宣传咨询日")]
    assert [duty(one) for one in spec.deadlines] == [
        ("2025-06-20", ["各社区"], ["特色活动", "典型经验做法", "活动进展统计表"], "公共安全办公室")
    ]
    assert outline(spec.outline) == [
        f"一、{CHAPTERS[0]}",
        f"二、{CHAPTERS[1]}",
        "  （一）开展“安全隐患排查行动”",
        "  （二）开展“隐患辨识科普行动”",
        "  （三）开展“消除隐患演练行动”",
        *(f"{number}、{title}" for number, title in zip("三四五", CHAPTERS[2:], strict=True)),
    ]
    assert sorted((one.label, one.title, one.present) for one in spec.attachments) == [
        ("附件1", "2025年河北区“安全生产月”活动任务清单", True),
        ("附件2", "“安全生产月”活动进展情况统计表", True),
    ]
    assert_is_matrix(spec.tasks[-len(MATRIX) :])
    assert_is_form(spec, form_source)


def assert_is_matrix(tasks: list[Task]) -> None:
    found = [(" ".join(task.levels), task.text) for task in tasks]
    assert [levels for levels, _ in found] == [levels for levels, _ in MATRIX]
    for (_, text), (_, beginning) in zip(found, MATRIX, strict=True):
        assert words(text).startswith(words(beginning))
    assert next(task.responsible for task in tasks if task.responsible) == ["区消防救援支队"]
    assert [words(task.section or "") for task in tasks][:: len(tasks) - 1] == [
        words(f"一、{CHAPTERS[0]}"),
        words(f"五、{CHAPTERS[4]}"),
    ]


def words(text: str) -> str:
    """Without punctuation, which a scan may turn."""
    return re.sub(r"[^\u4e00-\u9fff0-9]", "", text)


def assert_is_form(spec: NoticeSpec, form_source: Path) -> None:
    """The contract's count, and every unit as a reading of the file with other means has it."""
    form = only_form(spec)
    assert (form.title, form.attachment, form.kind) == ("“安全生产月”活动进展情况统计表", "附件2", "statistics")
    heading, rest = form.fields[:4], form.fields[4:]
    assert [(one.label, one.type) for one in heading] == [
        ("填报单位", "unit"),
        ("联系人", "person"),
        ("电话", "phone"),
        ("填报日期", "date"),
    ]
    numbers, group, story = rest[:37], rest[37:40], rest[40:]
    truth = read_form(form_source)
    assert [one.unit for one in numbers] == [truth.blanks[n].unit for n in truth.numbers]
    assert {(one.type, one.aggregate, one.group) for one in numbers} == {("integer", "sum", None)}
    assert list(dict.fromkeys(one.section for one in numbers)) == CHAPTERS
    assert [(one.label, one.type, one.unit) for one in group] == [
        ("活动名称", "text", None),
        ("组织", "integer", "场/次"),
        ("参与", "integer", "人次"),
    ]
    assert len({one.group for one in group} - {None}) == 1
    assert [(one.label, one.type) for one in story] == [("活动简要情况", "longtext")]
    assert {one.section for one in (*group, *story)} == {"其他特色活动"}


@pytest.mark.parametrize("extension", FORMATS)
def test_the_tianjin_notice_says_the_same_in_every_format(compiled: Compiled, notices: Path, extension: str) -> None:
    assert_is_tianjin(compiled(f"tianjin-hebei-2025.{extension}"), notices / "tianjin-hebei-2025.docx")


@pytest.mark.timeout(300)
def test_the_scanned_tianjin_notice_says_the_same(compiled: Compiled, notices: Path) -> None:
    spec = compiled("tianjin-hebei-2025-scan.pdf")
    assert_is_tianjin(spec, notices / "tianjin-hebei-2025.docx")
    assert spec.source[0].reader == "ocr"


@pytest.mark.parametrize("extension", FORMATS)
def test_the_ids_of_its_fields_are_the_same_in_every_format(compiled: Compiled, extension: str) -> None:
    def ids(name: str) -> list[str]:
        form = only_form(compiled(name))
        return [form.id, *(one.id for one in form.fields)]

    assert ids(f"tianjin-hebei-2025.{extension}") == ids("tianjin-hebei-2025.docx")


# --- Tianjin, split into files of their own


def attachment(docx: Path, first: int, last: int | None) -> bytes:
    """A Word file of the blocks of the body from ``first`` up to ``last``; the other parts stay."""
    out = BytesIO()
    with zipfile.ZipFile(docx) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                body = root.find(f"{W}body")
                assert body is not None
                blocks = [block for block in body if block.tag != f"{W}sectPr"]
                for number, block in enumerate(blocks):
                    if not (first <= number and (last is None or number < last)):
                        body.remove(block)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(name, data)
    return out.getvalue()


def pages(pdf: Path, count: int) -> bytes:
    """The first pages of a PDF."""
    source, target, out = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new(), BytesIO()
    target.import_pages(source, list(range(count)))
    target.save(out)
    return out.getvalue()


def worksheet(docx: Path, first: int) -> bytes:
    """The lines and the table of a form, from block ``first`` on, typed into a worksheet."""
    with zipfile.ZipFile(docx) as source:
        body = etree.fromstring(source.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for block in [one for one in body if one.tag in (f"{W}p", f"{W}tbl")][first:]:
        if block.tag == f"{W}p":
            if said(block):
                sheet.append([said(block)])
            continue
        for row in block.iter(f"{W}tr"):
            sheet.append(["\n".join(said(line) for line in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def said(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


@pytest.fixture(scope="module")
def split(notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The body as a .pdf, 附件1 as .docx, 附件2 as .xlsx."""
    docx = notices / "tianjin-hebei-2025.docx"
    with zipfile.ZipFile(docx) as source:
        body = etree.fromstring(source.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    starts = [n for n, block in enumerate(body) if re.fullmatch(r"附件\s*\d", said(block).strip())]
    assert len(starts) == 2
    home = tmp_path_factory.mktemp("split")
    (home / "关于开展2025年“安全生产月”活动的通知.pdf").write_bytes(pages(notices / "tianjin-hebei-2025.pdf", 4))
    (home / "附件1.docx").write_bytes(attachment(docx, starts[0], starts[1]))
    (home / "附件2.xlsx").write_bytes(worksheet(docx, starts[1]))
    return home


def test_the_tianjin_notice_in_three_loose_files_says_the_same(split: Path, notices: Path) -> None:
    notice, first, second = sorted(split.iterdir())
    assert_is_tianjin(load(notice, first, second).spec, notices / "tianjin-hebei-2025.docx")


def test_the_attachments_may_be_named_in_any_order(split: Path, notices: Path) -> None:
    notice, first, second = sorted(split.iterdir())
    assert_is_tianjin(load(notice, second, first).spec, notices / "tianjin-hebei-2025.docx")


def test_the_tianjin_notice_as_a_folder_says_the_same(split: Path, notices: Path) -> None:
    assert_is_tianjin(load(split).spec, notices / "tianjin-hebei-2025.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_tianjin_notice_in_a_zip_says_the_same(split: Path, notices: Path, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(split.iterdir()):
            name = file.name if encoding == "utf-8" else file.name.replace("“", "").replace("”", "")
            info = zipfile.ZipInfo(name if encoding == "utf-8" else name.encode(encoding).decode("cp437"))
            archive.writestr(info, file.read_bytes())
    assert_is_tianjin(load(path).spec, notices / "tianjin-hebei-2025.docx")


# --- Changchun

JOINT = "国务院安委会办公室应急管理部关于开展2025年全国“安全生产月”活动的通知"
OWED = [
    # who is asked under which heading
    ("department", "二、全区“安全生产月”活动主要内容"),
    ("department enterprise", "（一）深入宣传贯彻习近平总书记关于安全生产的重要论述和重要指示批示精神"),
    ("department", "（二）开展“安全隐患排查行动”"),
    ("department enterprise", "（三）开展“隐患辨识科普行动”"),
    ("department", "（四）开展“消除隐患演练行动”"),
    ("department", "（五）创新开展“安全宣传咨询日”活动"),
    ("department", "（六）大力开展安全宣传“五进”"),
    ("department", "三、全区“白山松水安全行”活动主要内容"),
    ("department", "（一）强化组织领导"),
    ("department", "（二）确保活动实效"),
    ("department", "（三）建立长效机制"),
]


@pytest.mark.parametrize("extension", FORMATS)
def test_the_changchun_notice_says_the_same_in_every_format(compiled: Compiled, extension: str) -> None:
    spec = compiled(f"changchun-jingkai-2025.{extension}")
    assert spec.title == "关于开展2025年“安全生产月”和“白山松水安全行”活动的通知"
    assert (spec.doc_no, spec.issuer, spec.issued_on) == (
        "长经技应急字〔2025〕28号",
        "长春经济技术开发区应急管理局",
        "2025-05-29",
    )
    assert spec.addressees == ["机关各部门", "四街一镇", "直属事业单位", "各驻区机构"]
    campaign = spec.campaign
    assert (campaign.year, campaign.edition, campaign.theme) == (2025, 24, THEME)
    assert (campaign.start, campaign.end) == ("2025-06-01", "2025-06-30")
    assert [(day.date, day.name) for day in spec.key_dates] == [("2025-06-16", "安全宣传咨询日")]
    assert [duty(one) for one in spec.deadlines] == [
        ("2025-05-30T14:00", ["各有关部门和单位"], ["联络员"], None),
        ("2025-06-20", ["各有关部门和单位"], ["活动总结"], "区应急局"),
    ]
    assert [(one.title or "")[:10] for one in spec.references] == [
        JOINT[:10],
        "吉林省安委会办公室吉",
        "长春市关于开展202",
    ]
    assert [one.doc_no for one in spec.references] == ["安委办〔2025〕1号", None, None]
    assert [(one.name, one.phone) for one in spec.contacts] == [("李佳彤", "84630013"), ("王翔", "84630013")]
    assert [(one.label, one.title) for one in spec.attachments] == [("附件", "全区“安全生产月”活动联络员反馈表")]
    owed = list(dict.fromkeys((" ".join(task.levels), task.heads[-1]) for task in spec.tasks))
    assert owed == OWED


@pytest.mark.parametrize("extension", ["docx", pytest.param("doc", marks=needs_office), "pdf"])
def test_the_slip_of_the_changchun_notice_is_a_roster_of_six_columns(compiled: Compiled, extension: str) -> None:
    spec = compiled(f"changchun-jingkai-2025.{extension}")
    assert [one.present for one in spec.attachments] == [True]
    form = only_form(spec)
    assert form.kind == "roster"
    assert [(one.label, one.type) for one in form.fields] == [
        ("单位", "unit"),
        ("姓名", "person"),
        ("职务", "text"),
        ("办公电话", "phone"),
        ("手机", "phone"),
        ("邮箱", "email"),
    ]


def test_the_text_of_the_changchun_notice_lacks_its_attachment(compiled: Compiled) -> None:
    spec = compiled("changchun-jingkai-2025.txt")
    assert ([one.present for one in spec.attachments], spec.forms) == ([False], [])
