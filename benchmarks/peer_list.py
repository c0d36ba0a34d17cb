"""The peer of reading: python-docx listing the text and the cells of a document.

python -m benchmarks.peer_list FILE.docx
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import docx
from lxml import etree

TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def listed(path: Path) -> list[str]:
    """Paragraphs, then cells row by row, as the documentation of python-docx shows it."""
    document = docx.Document(str(path))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            found.extend(cell.text for cell in row.cells)
    return found


def parsed(path: Path) -> list[str]:
    """The bound below which nothing that reads the body can go: unzip, parse, collect the text."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return [node.text or "" for node in root.iter(TEXT)]


if __name__ == "__main__":
    print("\n".join(listed(Path(sys.argv[1]))))
