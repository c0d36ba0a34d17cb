"""A notice in a few lines, compiled, and what it says in short."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from msgspec import UNSET

from gongwen.compile import compile_documents
from gongwen.model import Document
from gongwen.readers.docx import read_docx
from gongwen.spec import Deadline, Evidence, Field, Form, Heading, NoticeSpec
from tests.support.notation import docx_from

HEAD = """
= 云汀区应急管理局关于开展2026年“安全生产月”活动的通知
各街道、各社区：
"""
FOOT = """
> 云汀区应急管理局
> 2026年5月20日
"""


def read(text: str, name: str = "通知.docx") -> Document:
    """The document that the notation describes."""
    return read_docx(docx_from(text), name)


def compiled(*texts: str) -> NoticeSpec:
    """What files in the notation compile to; the first is the notice."""
    return compile_documents([read(text, "通知.docx" if not n else f"{n}.docx") for n, text in enumerate(texts)])


def notice(body: str, behind: str = "", foot: str = FOOT) -> NoticeSpec:
    """A whole notice of 20 May 2026 around the paragraphs of ``body``; ``behind`` follows the signature."""
    return compiled("\n".join(dedent(part) for part in (HEAD, body, foot, behind)))


def duty(deadline: Deadline) -> tuple[str | None, list[str], list[str], str | None]:
    """When, who, what, to whom."""
    return deadline.due, deadline.who, deadline.deliverables, deadline.recipient


def duties(body: str, foot: str = FOOT) -> list[tuple[str | None, list[str], list[str], str | None]]:
    """The deadlines of a notice around ``body``."""
    return [duty(one) for one in notice(body, foot=foot).deadlines]


def outline(headings: Iterable[Heading], depth: int = 0) -> list[str]:
    """The outline as indented lines."""
    lines: list[str] = []
    for one in headings:
        lines.append(f"{'  ' * depth}{one.number}{one.title}")
        lines.extend(outline(one.children, depth + 1))
    return lines


def only_form(spec: NoticeSpec) -> Form:
    (form,) = spec.forms
    return form


def form(text: str) -> Form:
    """The one form of an attachment in the notation."""
    return only_form(compiled(text))


def blanks(text: str) -> list[tuple[str, str, str | None]]:
    """Label, type and unit of every field of the one form."""
    return [(one.label, one.type, one.unit) for one in form(text).fields]


def field(spec_form: Form, label: str) -> Field:
    """The one field with a label."""
    (one,) = [one for one in spec_form.fields if one.label == label]
    return one


def spans(evidence: Evidence) -> list[Evidence]:
    """An evidence with its further spans."""
    return [evidence, *([] if evidence.also is UNSET else evidence.also)]
