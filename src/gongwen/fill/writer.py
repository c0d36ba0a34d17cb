"""Changes of characters to edits of the file: text goes into the run that held the blank, or into a run of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..readers.docx.styles import VAL, W
from .blanks import Change, Look
from .dress import dressed, of_empty, of_prompt
from .fonts import Fonts
from .ink import SPACES
from .trace import Control, Spot, Trace, TracedDocx
from .xmltext import Edits, Node, escape

_T = W + "t"
_KEEPS = 'xml:space="preserve"'


@dataclass
class Writer:
    """Edits being gathered for one copy of a stretch of the file."""

    docx: TracedDocx
    fonts: Fonts
    edits: Edits = field(default_factory=Edits)
    _touched: dict[int, Node] = field(default_factory=dict)

    def again(self) -> Writer:
        """Another copy of the same file, no edits made yet."""
        return Writer(self.docx, self.fonts)

    def look(self, trace: Trace, start: int, end: int, debt: float = 0.0) -> Look:
        """What a blank's surroundings say."""
        low, high = (start, end) if start < end else (max(0, start - 1), start)
        lined = any(mark.kind == "underline" and mark.start < high and mark.end > low for mark in trace.marks)
        spot = next((one for one in trace.spots[low : max(high, low + 1)] if one is not None), None)
        space = self._space(spot.run if spot else None, trace)
        if "\t" not in trace.text[start:end]:
            return Look(lined, space, debt)
        return Look(lined, space, debt, *self._stops(trace))

    def _stops(self, trace: Trace) -> tuple[tuple[float, ...], float]:
        """The tab stops of a paragraph and the step behind them, in characters of its size."""
        size = trace.paragraph.size if trace.paragraph is not None else None
        character = 20 * (size or 16)
        found = [
            int(tab.get(W + "pos", "0")) / character
            for tab in trace.element.iterfind(f"{W}pPr/{W}tabs/{W}tab")
            if tab.get(VAL) not in ("clear", "bar") and tab.get(W + "pos", "").isdigit()
        ]
        return tuple(sorted(found)), self.docx.tab_step / character

    def write(self, trace: Trace, change: Change, dress: str | None = None) -> None:
        """Make a change; ``dress`` is the run properties of the new text where they are not the blank's own."""
        change = self._parted(trace, change)
        doomed = trace.spots[change.start : change.end]
        anchor = next((spot for spot in doomed if spot is not None), None)
        if anchor is not None:
            self._swap(doomed, anchor, change, dress)
            return
        before = trace.spots[change.start - 1] if 0 < change.start <= len(trace.spots) else None
        after = trace.spots[change.start] if change.start < len(trace.spots) else None
        in_blank = after is not None and trace.text[change.start] in SPACES + "_＿"
        if before is not None and before.node.name != W + "fldChar" and not in_blank:
            self._beside(before, change, dress, behind=True)
        elif after is not None and after.node.name != W + "fldChar":
            self._beside(after, change, dress, behind=False)
        elif change.text:
            self._into_paragraph(trace.node, change.text, dress, parted=change.parted)

    def finish(self) -> Edits:
        """The edits, with white space at the edges of changed text protected."""
        xml = self.docx.xml
        for node in self._touched.values():
            tag = xml.tag(node)
            inside = self.edits.apply(xml.text, node.inner, node.close)
            ends = [piece for piece in re.split(r"<[^>]*>", inside) if piece]
            if "preserve" not in tag and any(piece[0] in " \t\n" or piece[-1] in " \t\n" for piece in ends):
                self.edits.replace(node.start, node.inner, f"{tag[:-1]} {_KEEPS}>")
        return self.edits

    # -- text

    def _swap(self, doomed: list[Spot | None], anchor: Spot, change: Change, dress: str | None) -> None:
        """Take the blank's characters out and put the text where the first of them stood."""
        groups: list[list[Spot]] = []
        for spot in doomed:
            if spot is None:
                continue
            if groups and groups[-1][-1].node is spot.node:
                groups[-1].append(spot)
            else:
                groups.append([spot])
        for group in groups:
            node, first = group[0].node, group[0] is anchor
            if node.name == _T:
                places = self.docx.xml.places(node)
                low, high = places[group[0].at][0], places[group[-1].at][1]
                self._touched[node.start] = node
                self.edits.replace(low, high, self._in_text(anchor, change, dress) if first else "")
            elif node.name != W + "fldChar":
                self.edits.replace(node.start, node.end, self._as_text(anchor, change, dress) if first else "")

    def _beside(self, spot: Spot, change: Change, dress: str | None, *, behind: bool) -> None:
        if not change.text:
            return
        node = spot.node
        if node.name == _T:
            at = self.docx.xml.places(node)[spot.at][1 if behind else 0]
            self._touched[node.start] = node
            self.edits.replace(at, at, self._in_text(spot, change, dress))
        else:
            at = node.end if behind else node.start
            self.edits.replace(at, at, self._as_text(spot, change, dress))

    def _in_text(self, spot: Spot, change: Change, dress: str | None) -> str:
        """Markup for new text inside a ``w:t``: as it is, or in a run of its own formatting."""
        if not change.text:
            return ""
        p = self.docx.xml.prefix(spot.node)
        own = self._own_dress(spot.run, change, dress, p)
        inner = self._lines(spot, change, own, p)
        if own is None:
            return inner
        plain = dressed(self.docx.xml, spot.run.child("rPr"), prefix=p)
        opened = f"<{p}t {_KEEPS}>"
        return f"</{p}t></{p}r><{p}r>{own}{opened}{inner}</{p}t></{p}r><{p}r>{plain}{opened}"

    def _parted(self, trace: Trace, change: Change) -> Change:
        """Lines become paragraphs in a justified cell, where a mere break would stretch the line before it."""
        spot = next((one for one in trace.spots if one is not None), None)
        properties = trace.node.child("pPr")
        fits = (
            "\n" in change.text
            and change.end >= len(trace.spots)
            and trace.paragraph is not None
            and trace.paragraph.align == "justify"
            and trace.node.above("tc") is not None
            and (spot is None or all(one is None or one.run.parent is trace.node for one in trace.spots))
            and (properties is None or properties.child("numPr") is None)
        )
        return change._replace(parted=fits)

    def _border(self, paragraph: Node, dress: str, p: str) -> str:
        """What stands between two lines that are paragraphs of the same form."""
        form = self.docx.xml.raw(known) if (known := paragraph.child("pPr")) is not None else ""
        return f"</{p}t></{p}r></{p}p><{p}p>{form}<{p}r>{dress}<{p}t {_KEEPS}>"

    def _lines(self, spot: Spot, change: Change, dress: str | None, p: str) -> str:
        if not change.parted or spot.run.parent is None:
            return self.text(change.text, p)
        plain = dressed(self.docx.xml, spot.run.child("rPr"), prefix=p) if dress is None else dress
        return self.text(change.text, p, self._border(spot.run.parent, plain, p))

    def _as_text(self, spot: Spot, change: Change, dress: str | None) -> str:
        """Markup for new text beside a tab or break of a run."""
        if not change.text:
            return ""
        p = self.docx.xml.prefix(spot.node)
        own = self._own_dress(spot.run, change, dress, p)
        inner = f"<{p}t {_KEEPS}>{self._lines(spot, change, own, p)}</{p}t>"
        if own is None:
            return inner
        plain = dressed(self.docx.xml, spot.run.child("rPr"), prefix=p)
        return f"</{p}r><{p}r>{own}{inner}</{p}r><{p}r>{plain}"

    def _own_dress(self, run: Node, change: Change, dress: str | None, prefix: str) -> str | None:
        """Run properties that differ from the run's, None where they are the same."""
        if dress is not None:
            return dress
        properties = run.child("rPr")
        if not change.line or (properties is not None and properties.child("u") is not None):
            return None
        return dressed(self.docx.xml, properties, underlined=True, prefix=prefix)

    def text(self, value: str, prefix: str, border: str = "") -> str:
        """A value as content of a ``w:t``, its line ends as breaks, or as the ``border`` given."""
        opened = f"<{prefix}t {_KEEPS}>"
        tabbed = escape(value).replace("\t", f"</{prefix}t><{prefix}tab/>{opened}")
        return tabbed.replace("\n", border or f"</{prefix}t><{prefix}br/>{opened}")

    # -- where no text is

    def _into_paragraph(self, paragraph: Node, value: str, dress: str | None, *, parted: bool = False) -> None:
        """Text in an empty paragraph: in the empty run it has, else in a new one."""
        xml = self.docx.xml
        p = xml.prefix(paragraph)
        harmless = {W + name for name in ("rPr", "t", "lastRenderedPageBreak")}
        run = next(
            (
                one
                for one in paragraph.children
                if one.name == W + "r" and all(child.name in harmless for child in one.children)
            ),
            None,
        )
        used = run if run is not None and not run.is_empty and run.child("rPr") is not None and dress is None else None
        own = (
            dressed(xml, used.child("rPr"), prefix=p)
            if used is not None
            else (of_empty(xml, paragraph) if dress is None else dress)
        )
        text = f"<{p}t {_KEEPS}>{self.text(value, p, self._border(paragraph, own, p) if parted else '')}</{p}t>"
        if used is not None:
            self.edits.replace(used.close, used.close, text)
        else:
            self.into(paragraph, f"<{p}r>{own}{text}</{p}r>")

    def into(self, node: Node, markup: str) -> None:
        """Markup at the end of an element, opened first where it is written as one tag."""
        if node.is_empty:
            tag = self.docx.xml.tag(node)
            name = tag[1:].split()[0].rstrip("/>")
            self.edits.replace(node.start, node.end, f"{tag[:-2].rstrip()}>{markup}</{name}>")
        else:
            self.edits.replace(node.close, node.close, markup)

    # -- controls

    def write_control(self, trace: Trace, control: Control, value: str) -> None:
        """Text in a content control or form field, its prompt gone."""
        if control.is_field:
            self._write_field(trace, control, value)
            return
        properties, content = control.node.child("sdtPr"), control.node.child("sdtContent")
        prompt = properties.child("showingPlcHdr") if properties is not None else None
        self.edits.drop(prompt)
        spot = next((one for one in trace.spots[control.start : control.end] if one is not None), None)
        change = Change(control.start, control.end, value)
        if spot is not None:
            if prompt is not None:
                self._redress(spot.run, of_prompt(self.docx.xml, spot.run, control.node))
            self.write(trace, change)
        elif content is not None and not content.within(W + "p") and trace.node.start < content.start:
            p = self.docx.xml.prefix(content)
            wanted = properties.child("rPr") if properties is not None else None
            dress = dressed(self.docx.xml, wanted, prefix=p) or of_empty(self.docx.xml, trace.node)
            self.into(content, f"<{p}r>{dress}<{p}t {_KEEPS}>{self.text(value, p)}</{p}t></{p}r>")
        else:
            self._into_paragraph(trace.node, value, None)

    def _redress(self, run: Node, dress: str) -> None:
        properties = run.child("rPr")
        if properties is not None:
            self.edits.replace(properties.start, properties.end, dress)
        elif dress:
            self.edits.replace(run.inner, run.inner, dress)

    def _write_field(self, trace: Trace, control: Control, value: str) -> None:
        if any(spot is not None for spot in trace.spots[control.start : control.end]):
            self.write(trace, Change(control.start, control.end, value))
            return
        marker = control.separate or control.ended
        run = marker.parent if marker is not None else None
        if run is None:
            return
        xml = self.docx.xml
        p = xml.prefix(run)
        dress = dressed(xml, run.child("rPr"), prefix=p)
        made = f"<{p}r>{dress}<{p}t {_KEEPS}>{self.text(value, p)}</{p}t></{p}r>"
        if control.separate is None:
            made = f'<{p}r>{dress}<{p}fldChar {p}fldCharType="separate"/></{p}r>{made}'
            self.edits.replace(run.start, run.start, made)
        else:
            self.edits.replace(run.end, run.end, made)

    def _space(self, run: Node | None, trace: Trace) -> float:
        elements = self.docx.elements
        fonts, character = None, ""
        if run is not None:
            fonts = elements[run.index].find(f"{W}rPr/{W}rFonts")
            style = elements[run.index].find(f"{W}rPr/{W}rStyle")
            character = style.get(VAL, "") if style is not None else ""
        named = trace.element.find(f"{W}pPr/{W}pStyle")
        return self.fonts.space(fonts, character, named.get(VAL, "") if named is not None else "")
