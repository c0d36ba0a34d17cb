"""Text boxes without a frame, at a fixed place of the page: the 版记, and the page number of a page on its side."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from .ooxml import NAMESPACES, Element, run, tag

_EMU_PER_TWIP = 635


@dataclass(frozen=True, slots=True)
class Box:
    """Size and place in twips. ``left`` and ``top`` count from the edge of the sheet; None means along the 版心: as wide as
    it, and at its lower edge. The text of a ``turned`` box runs downwards.
    """

    wide: int
    high: int
    left: int | None = None
    top: int | None = None
    turned: bool = False


def text_box(box: Box, name: str, *content: Element) -> Element:
    """A run that holds the box. Text flows as if the box were not there: whoever sets it leaves the room.

    A box in the margin is in nobody's way; it says that text goes around it, as LibreOffice loses the place of one that does not.
    """
    wrap = '<wp:wrapSquare wrapText="bothSides"/>' if box.turned else "<wp:wrapNone/>"
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    cx, cy = box.wide * _EMU_PER_TWIP, box.high * _EMU_PER_TWIP
    xml = f"""
<mc:AlternateContent {namespaces}><mc:Choice Requires="wps"><w:drawing>
  <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
    <wp:simplePos x="0" y="0"/>
    <wp:positionH {_place(box.left, "left")}</wp:positionH>
    <wp:positionV {_place(box.top, "bottom")}</wp:positionV>
    <wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}
    <wp:docPr id="1" name="{name}"/><wp:cNvGraphicFramePr/>
    <a:graphic><a:graphicData uri="{NAMESPACES["wps"]}"><wps:wsp>
      <wps:cNvSpPr txBox="1"/>
      <wps:spPr>
        <a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>
      </wps:spPr>
      <wps:txbx><w:txbxContent/></wps:txbx>
      <wps:bodyPr vert="{"vert" if box.turned else "horz"}" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{"t" if box.turned else "b"}"><a:noAutofit/></wps:bodyPr>
    </wps:wsp></a:graphicData></a:graphic>
  </wp:anchor>
</w:drawing></mc:Choice></mc:AlternateContent>"""
    drawing = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    next(drawing.iter(tag("w:txbxContent"))).extend(content)
    holder = run("")
    holder.append(drawing)
    return holder


def _place(distance: int | None, edge: str) -> str:
    if distance is None:
        return f'relativeFrom="margin"><wp:align>{edge}</wp:align>'
    return f'relativeFrom="page"><wp:posOffset>{distance * _EMU_PER_TWIP}</wp:posOffset>'
