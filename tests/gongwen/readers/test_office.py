"""The .doc family: batches, bad neighbours, a program that hangs or dies, files that point outside."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongwen.errors import Unreadable
from gongwen.model import Document
from gongwen.readers import office, read, read_all
from gongwen.readers.source import Source
from tests.support.containers import ole, zipped

needs_office = pytest.mark.skipif(office.program() is None, reason="needs LibreOffice")
RTF = b"{\\rtf1\\ansi work safety month\\par}"


@needs_office
def test_the_word_97_files_agree_with_the_word_files(shared: Path) -> None:
    for stem in ("tianjin-hebei-2025", "changchun-jingkai-2025"):
        old, new = (read(shared / "data" / "notices" / f"{stem}.{extension}") for extension in ("doc", "docx"))
        assert (old.format, old.reader) == ("doc", "office")
        assert words(old) == words(new)
        assert [[(c.row, c.column, c.rows, c.columns) for c in table.cells] for table in old.tables()] == [
            [(c.row, c.column, c.rows, c.columns) for c in table.cells] for table in new.tables()
        ]


def words(document: Document) -> list[str]:
    paragraphs = [paragraph.text.strip() for paragraph in document.paragraphs()]
    return [text for text in paragraphs if text] + [cell.text for table in document.tables() for cell in table.cells]


@needs_office
def test_a_wps_file_is_read(shared: Path) -> None:
    data = (shared / "data" / "notices" / "changchun-jingkai-2025.doc").read_bytes()
    document = read(Source("通知.wps", data=data))
    assert (document.format, document.warnings) == ("wps", ())
    assert "长春经济技术开发区应急管理局文件" in words(document)


@needs_office
def test_a_bad_file_costs_its_neighbours_nothing() -> None:
    bad = office.Item("bad.doc", ole({"WordDocument": b"\xec\xa5" + bytes(3000)}), "doc")
    results = office.convert([office.Item("a.rtf", RTF, "rtf"), bad, office.Item("b.rtf", RTF, "rtf")])
    assert [type(result) for result in results] == [bytes, Unreadable, bytes]


@needs_office
def test_a_batch_takes_one_start() -> None:
    start = time.monotonic()
    results = list(read_all([Source(f"{n}.rtf", data=RTF) for n in range(30)]))
    assert time.monotonic() - start < 30
    assert all(isinstance(result, Document) for _, result in results)


def fake(folder: Path, body: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="ascii")
    path.chmod(0o755)
    return str(path)


def test_a_program_that_hangs_is_ended_and_each_file_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: fake(tmp_path, "sleep 600 & sleep 600"))
    monkeypatch.setattr(office, "STALL", 0.3)
    start = time.monotonic()
    results = office.convert([office.Item(f"{n}.rtf", RTF, "rtf") for n in range(2)])
    assert time.monotonic() - start < 5
    assert [result.code for result in results if isinstance(result, Unreadable)] == ["U011", "U011"]


def test_a_program_that_dies_is_tried_again_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: fake(tmp_path, "kill -9 $$"))
    results = office.convert([office.Item(f"{n}.rtf", RTF, "rtf") for n in range(3)])
    assert [result.code for result in results if isinstance(result, Unreadable)] == ["U004"] * 3


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(Unreadable) as refusal:
        read(Source("通知.rtf", data=RTF))
    assert refusal.value.code == "U010"


@pytest.fixture
def visits() -> Iterator[list[str]]:
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            seen.append(self.client_address[0])
            return False

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    seen.append(f"http://127.0.0.1:{server.server_port}")
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


@needs_office
def test_what_a_file_points_at_is_never_fetched_and_said(visits: list[str], tmp_path: Path) -> None:
    base = visits.pop()
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="ascii")
    rtf = (
        f'{{\\rtf1{{\\*\\template {base}/t.dot}}{{\\field{{\\*\\fldinst INCLUDEPICTURE "{base}/a.png"}}{{\\fldrslt x}}}} '
        f'{{\\field{{\\*\\fldinst INCLUDETEXT "{secret}"}}{{\\fldrslt y}}}} hello\\par}}'
    )
    space = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    odt = (
        f'<office:document-content {space} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        f'<text:p>正文</text:p><text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}" xlink:type="simple" '
        f'xlink:show="embed"/><text:p>old</text:p></text:section><text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image '
        f'xlink:href="{base}/b.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    entries = ((kind, "/"), ("text/xml", "content.xml"))
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        + "".join(f'<m:file-entry m:media-type="{a}" m:full-path="{b}"/>' for a, b in entries)
        + "</m:manifest>"
    )
    files = {
        "a.rtf": rtf.encode(),
        "b.odt": zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": odt}),
    }
    for name, data in files.items():
        document = read(Source(name, data=data))
        assert not any("SECRET" in paragraph.text for paragraph in document.paragraphs())
        assert [warning.code for warning in document.warnings] == ["N143"]
    assert visits == []
