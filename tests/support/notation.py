"""A few lines of indented Chinese become a real .docx in memory, so that a test shows its notice.

    docx_from('''
        = 关于开展2026年“安全生产月”活动的通知
        各社区：
        # 一、总体要求
        请于6月20日前报送统计表（附件2）。
        > 2026年5月20日
        ---
        附件2
        | 活动项目 | 进展情况          |         |
        | 宣讲     | 开展（  ）场      | <       |
        | ^        | 参与[____]人次    | {check}是 |
    ''')

A line is a paragraph. What it begins with says which kind:

    ``= ``     title, centred            ``# ``, ``## ``   heading with outline level 1, 2, …
    ``> ``     set to the right          ``+ ``, ``++ ``   numbered by Word itself: 一、 and （一）
    ``| ``     a row of a table          ``.`` alone       an empty paragraph
    ``---``    page break                ``--- landscape``, ``--- portrait``   the pages up to here, a new section after

An empty line stands for nothing, except that it ends a table. In a row ``^`` belongs to the cell above, ``<`` to the
cell on the left, and ``¶`` starts a new paragraph within the cell.

Within a line:

    ``[____]``        as many underlined spaces       ``{u:字}`` ``{b:字}``       underlined, bold
    ``{check}``       check box, content control      ``{check:on}``            the same, ticked
    ``{text:提示}``   text control with a prompt      ``{date:提示}``           date control
    ``{choice:甲/乙}`` drop-down list                 ``{field}`` ``{field:字}``  legacy form field, empty or filled
    ``{ins:字}`` ``{del:字}``  tracked changes        ``{hidden:字}``           hidden text
    ``{box:字}``      text box, with its fallback     ``{foot:字}``             footnote
    ``{br}`` ``{tab}``  line break, tab               ``{run}``                 a new run begins, nothing else

Anything else in braces is left as it is.
"""

from __future__ import annotations

import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CHANGED = 'w:id="1" w:author="填报人" w:date="2026-06-01T09:00:00Z"'
TABLE_WIDTH = 8800
FIELD_ROOM = "\u2002" * 5
LINE_KIND = re.compile(r"(?P<mark>=|>|#{1,9}|\+{1,2}) (?P<text>.*)", re.DOTALL)
INLINE = re.compile(r"\[(?P<gap>_+)\]|\{(?P<name>[a-z]+)(?::(?P<words>[^{}]*))?\}")
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def docx_from(text: str) -> bytes:
    """The .docx that ``text`` describes; see the module for the notation."""
    document = _Document()
    body = "".join(document.blocks(textwrap.dedent(text).strip("\n").split("\n")))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relationships(
            [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")]
        ),
        "word/document.xml": f"<w:document {DECLARED}><w:body>{body}{_section('portrait')}</w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/footnotes.xml": _footnotes(document.footnotes),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 5, 20, 9, 0, 0)), HEADER + content)
    return out.getvalue()


@dataclass
class _Document:
    footnotes: list[str] = field(default_factory=list)
    controls: int = 0

    def blocks(self, lines: list[str]) -> Iterator[str]:
        rows: list[list[str]] = []
        for line in [*lines, ""]:
            if line.lstrip(" ").startswith("|"):
                rows.append([cell.strip(" ") for cell in line.strip().removeprefix("|").removesuffix("|").split("|")])
                continue
            if rows:
                yield self._table(rows)
                rows = []
            if line.strip(" "):
                yield self._line(line.lstrip(" "))

    def _line(self, line: str) -> str:
        if line.startswith("---"):
            orientation = line.removeprefix("---").strip()
            inside = f"<w:pPr>{_section(orientation)}</w:pPr>" if orientation else '<w:r><w:br w:type="page"/></w:r>'
            return f"<w:p>{inside}</w:p>"
        if line.strip() == ".":
            return "<w:p/>"
        found = LINE_KIND.match(line)
        if not found:
            return self._paragraph(line)
        mark, text = found["mark"], found["text"]
        if mark == "=":
            return self._paragraph(text, '<w:pStyle w:val="Title"/><w:jc w:val="center"/>')
        if mark == ">":
            return self._paragraph(text, '<w:jc w:val="right"/>')
        if mark[0] == "#":
            return self._paragraph(text, f'<w:outlineLvl w:val="{len(mark) - 1}"/>')
        numbered = f'<w:numPr><w:ilvl w:val="{len(mark) - 1}"/><w:numId w:val="1"/></w:numPr>'
        return self._paragraph(text, numbered)

    def _paragraph(self, text: str, properties: str = "") -> str:
        opening = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{opening}{self._runs(text)}</w:p>"

    def _table(self, rows: list[list[str]]) -> str:
        columns = max(len(row) for row in rows)
        grid = [row + [""] * (columns - len(row)) for row in rows]
        width = TABLE_WIDTH // columns
        xml = "".join(f"<w:tr>{self._cells(grid, r, width)}</w:tr>" for r in range(len(grid)))
        columns_xml = f'<w:gridCol w:w="{width}"/>' * columns
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{columns_xml}</w:tblGrid>{xml}</w:tbl>"
        )

    def _cells(self, grid: list[list[str]], r: int, width: int) -> str:
        row, xml, c = grid[r], "", 0
        while c < len(row):
            span = 1
            while c + span < len(row) and row[c + span] == "<":
                span += 1
            is_below = row[c] == "^"
            is_above = r + 1 < len(grid) and grid[r + 1][c] == "^"
            properties = f'<w:tcW w:w="{width * span}" w:type="dxa"/>'
            properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            properties += "<w:vMerge/>" if is_below else '<w:vMerge w:val="restart"/>' if is_above else ""
            inside = "<w:p/>" if is_below else "".join(self._paragraph(part) for part in row[c].split("¶"))
            xml += f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"
            c += span
        return xml

    # --- within a line

    def _runs(self, text: str) -> str:
        xml, at = "", 0
        for found in INLINE.finditer(text):
            special = self._special(found)
            if special is None:
                continue
            xml += _run(text[at : found.start()]) + special
            at = found.end()
        return xml + _run(text[at:])

    def _special(self, found: re.Match[str]) -> str | None:
        if found["gap"]:
            return _run(" " * len(found["gap"]), '<w:u w:val="single"/>')
        words = found["words"] or ""
        if found["name"] in CONTROLS:
            self.controls += 1
            return CONTROLS[found["name"]](words, self.controls)
        if found["name"] == "foot":
            self.footnotes.append(words)
            return f'<w:r><w:footnoteReference w:id="{len(self.footnotes)}"/></w:r>'
        simple = SIMPLE.get(found["name"])
        return simple(words) if simple else None


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    dress = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{dress}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _inserted(words: str) -> str:
    return f"<w:ins {CHANGED}>{_run(words)}</w:ins>"


def _deleted(words: str) -> str:
    return f'<w:del {CHANGED}><w:r><w:delText xml:space="preserve">{escape(words)}</w:delText></w:r></w:del>'


def _form_field(words: str) -> str:
    data = '<w:ffData><w:name w:val="文字"/><w:enabled/><w:textInput/></w:ffData>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{_run(words or FIELD_ROOM)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _text_box(words: str) -> str:
    content = f"<w:txbxContent><w:p>{_run(words)}</w:p></w:txbxContent>"
    size = '<a:off x="0" y="0"/><a:ext cx="2400000" cy="360000"/>'
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="2400000" cy="360000"/><wp:wrapNone/><wp:docPr id="9" name="文本框 9"/>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["wps"]}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm>{size}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        '</mc:Choice><mc:Fallback><w:pict><v:shape id="box9" style="position:absolute;width:190pt;height:28pt">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


SIMPLE: dict[str, Callable[[str], str]] = {
    "u": lambda words: _run(words, '<w:u w:val="single"/>'),
    "b": lambda words: _run(words, "<w:b/>"),
    "hidden": lambda words: _run(words, "<w:vanish/>"),
    "ins": _inserted,
    "del": _deleted,
    "field": _form_field,
    "box": _text_box,
    "br": lambda words: "<w:r><w:br/></w:r>",
    "tab": lambda words: "<w:r><w:tab/></w:r>",
    "run": lambda words: "",
}


def _control(number: int, kind: str, content: str, *, is_empty: bool) -> str:
    prompt = "<w:showingPlcHdr/>" if is_empty else ""
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/>{prompt}{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _check_box(words: str, number: int) -> str:
    ticked = words == "on"
    kind = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return _control(number, kind, _run("☒" if ticked else "☐"), is_empty=False)


def _text_control(words: str, number: int) -> str:
    return _control(number, "<w:text/>", _run(words or "单击此处输入文字。"), is_empty=True)


def _date_control(words: str, number: int) -> str:
    kind = '<w:date><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/></w:date>'
    return _control(number, kind, _run(words or "单击此处输入日期。"), is_empty=True)


def _choice_control(words: str, number: int) -> str:
    items = "".join(f'<w:listItem w:displayText="{escape(o)}" w:value="{escape(o)}"/>' for o in words.split("/"))
    return _control(number, f"<w:dropDownList>{items}</w:dropDownList>", _run("选择一项。"), is_empty=True)


CONTROLS: dict[str, Callable[[str, int], str]] = {
    "check": _check_box,
    "text": _text_control,
    "date": _date_control,
    "choice": _choice_control,
}


# --- the other parts of the package


def _section(orientation: str) -> str:
    width, height = (16838, 11906) if orientation == "landscape" else (11906, 16838)
    turned = ' w:orient="landscape"' if orientation == "landscape" else ""
    return (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="720" w:footer="720" w:gutter="0"/>'
        "</w:sectPr>"
    )


def _content_types() -> str:
    parts = {"document": "document.main", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/>'
    return (
        f"<w:styles {DECLARED}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        '<w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/></w:rPr></w:style></w:styles>'
    )


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{text}"/>'
        '<w:suff w:val="nothing"/></w:lvl>'
        for i, text in enumerate(("%1、", "（%2）"))
    )
    return (
        f'<w:numbering {DECLARED}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _footnotes(notes: list[str]) -> str:
    lines = "".join(f'<w:footnote w:id="{i}"><w:p>{_run(text)}</w:p></w:footnote>' for i, text in enumerate(notes, 1))
    edges = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    return f"<w:footnotes {DECLARED}>{edges}{lines}</w:footnotes>"
