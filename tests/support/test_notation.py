import zipfile
from io import BytesIO

import docx
import pytest
from docx.document import Document

from .notation import docx_from


def opened(text: str) -> Document:
    return docx.Document(BytesIO(docx_from(text)))


def xml_of(text: str) -> str:
    with zipfile.ZipFile(BytesIO(docx_from(text))) as package:
        return package.read("word/document.xml").decode()


def test_a_line_is_a_paragraph_and_an_empty_line_is_none() -> None:
    document = opened("""
        各社区：

        请于6月20日前报送。
        .
        联系人：
    """)
    assert [p.text for p in document.paragraphs] == ["各社区：", "请于6月20日前报送。", "", "联系人："]


def test_title_date_and_headings_have_their_place_and_level() -> None:
    document = opened("""
        = 关于开展活动的通知
        # 一、总体要求
        ## （一）主题
        > 2026年5月20日
    """)
    title, first, second, signed = document.paragraphs
    assert (title.text, title.alignment, title.style and title.style.name) == ("关于开展活动的通知", 1, "Title")
    assert 'w:outlineLvl w:val="0"' in first._p.xml
    assert 'w:outlineLvl w:val="1"' in second._p.xml
    assert (signed.text, signed.alignment) == ("2026年5月20日", 2)


def test_word_numbers_the_paragraphs_that_begin_with_a_plus() -> None:
    first, second = opened("""
        + 总体要求
        ++ 主题
    """).paragraphs
    assert first.text == "总体要求"
    assert 'w:ilvl w:val="0"' in first._p.xml
    assert 'w:ilvl w:val="1"' in second._p.xml


def test_rows_make_a_table_with_merged_cells() -> None:
    (table,) = opened("""
        | 项目 | 进展 | <    |
        | 宣讲 | 场次 | 人次 |
        | ^    | （  ） | （  ） |
    """).tables
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(2, 2).text == "（  ）"
    assert len(table.columns) == 3


def test_an_empty_line_parts_two_tables_and_a_pilcrow_two_paragraphs() -> None:
    first, second = opened("""
        | 甲 | 乙¶丙 |

        | 丁 | |
    """).tables
    assert [p.text for p in first.cell(0, 1).paragraphs] == ["乙", "丙"]
    assert second.cell(0, 1).text == ""


def test_a_gap_is_underlined_spaces() -> None:
    (paragraph,) = opened("开展[____]场").paragraphs
    gap = paragraph.runs[1]
    assert (paragraph.text, gap.text, gap.underline) == ("开展    场", "    ", True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{check}是", "w14:checkbox"),
        ("{text:请填写}", "w:showingPlcHdr"),
        ("{date}", "w:dateFormat"),
        ("{choice:甲/乙}", 'w:displayText="乙"'),
        ("{field}", "FORMTEXT"),
        ("{ins:12}", "<w:ins "),
        ("{del:12}", "<w:delText"),
        ("{hidden:密}", "<w:vanish/>"),
        ("{box:盖章}", "<w:txbxContent>"),
        ("说明{foot:注}", '<w:footnoteReference w:id="1"/>'),
        ("甲{br}乙{tab}丙", "<w:br/>"),
    ],
)
def test_braces_make_what_word_makes(written: str, expected: str) -> None:
    assert expected in xml_of(written)


def test_a_new_run_begins_where_told() -> None:
    (paragraph,) = opened("开展（{run}  {run}）场").paragraphs
    assert [run.text for run in paragraph.runs] == ["开展（", "  ", "）场"]


def test_other_braces_and_markup_characters_stay() -> None:
    (paragraph,) = opened("{甲} {unknown:x} <a> & [2026]").paragraphs
    assert paragraph.text == "{甲} {unknown:x} <a> & [2026]"


def test_pages_turn_and_break() -> None:
    document = opened("""
        甲
        --- portrait
        | 乙 | 丙 |
        --- landscape
        丁
        ---
        戊
    """)
    assert [section.orientation for section in document.sections] == [0, 1, 0]
    assert 'w:type="page"' in document.paragraphs[-2]._p.xml


def test_the_same_text_gives_the_same_bytes() -> None:
    assert docx_from("甲") == docx_from("甲")
