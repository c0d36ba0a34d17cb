"""发文字号: document numbers as written and as GB/T 9704-2012, 7.2.5 writes them."""

from __future__ import annotations

import re

DOC_NO = re.compile(
    r"(?P<head>[\u4e00-\u9fffA-Za-z]{1,16}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?[\u4e00-\u9fff]{0,8})?\s*[〔［\[【﹝（(〖]\s*(?P<year>(?:19|20)\d{2})\s*(?:年)?\s*[〕］\]】﹞）)〗]\s*(?P<ord>第)?\s*(?P<n>\d{1,5})\s*号"
)


def join_number(match: re.Match[str]) -> str:
    """A document number with 〔〕 and no blanks, as GB/T 9704-2012, 7.2.5 writes it."""
    head = re.sub(r"\s", "", match.group("head") or "")
    return f"{head}〔{match.group('year')}〕{match.groupdict().get('ord') or ''}{match.group('n')}号"
