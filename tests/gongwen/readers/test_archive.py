"""Folders and .zip files to the files in them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from gongwen.readers import expand, read, read_all
from gongwen.readers.archive import member_name, natural
from tests.support.containers import docx, zipped


def test_folders_are_walked_in_a_persons_order_without_litter(tmp_path: Path) -> None:
    folder = tmp_path / "回复"
    (folder / "街道").mkdir(parents=True)
    for name in ("附件10.txt", "附件2.txt", "~$附件2.docx", ".DS_Store", "街道/a.txt", "Thumbs.db"):
        (folder / name).write_text("x", encoding="utf-8")
    assert [source.name for source in expand([folder])] == ["回复/街道/a.txt", "回复/附件2.txt", "回复/附件10.txt"]


def test_a_zip_is_opened_and_one_in_it_too(tmp_path: Path) -> None:
    path = tmp_path / "通知.zip"
    path.write_bytes(zipped({"附件1.docx": docx("附件"), "内/更多.zip": zipped({"附件2.txt": "附件二"})}))
    sources = expand([path])
    assert [source.name for source in sources] == ["通知.zip/内/更多.zip/附件2.txt", "通知.zip/附件1.docx"]
    assert [read(source).format for source in sources] == ["text", "docx"]


def test_members_are_read_when_they_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"甲.docx": docx("甲")}))
    (source,) = expand([path])
    assert source.data is None


def test_names_written_by_chinese_windows_are_read() -> None:
    info = zipfile.ZipInfo("附件1.docx".encode("gb18030").decode("cp437"))
    assert member_name(info) == "附件1.docx"
    info = zipfile.ZipInfo("附件1.docx".encode().decode("cp437"))
    assert member_name(info) == "附件1.docx"


def test_a_name_cannot_leave_the_archive() -> None:
    assert member_name(zipfile.ZipInfo("../../etc/passwd")) == "etc/passwd"
    assert member_name(zipfile.ZipInfo("/etc\\passwd")) == "etc/passwd"


def test_numbers_sort_as_numbers() -> None:
    assert sorted(["附件10", "附件2", "A", "附件"], key=natural) == ["A", "附件", "附件2", "附件10"]


def test_a_damaged_zip_stays_in_the_list_and_refuses_when_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(zipped({"x.txt": "x" * 1000})[:40])
    results = [(source.name, type(result).__name__) for source, result in read_all(expand([tmp_path]))]
    assert results == [(f"{tmp_path.name}/a.txt", "Document"), (f"{tmp_path.name}/b.zip", "Unreadable")]


def test_files_of_one_name_are_told_apart_by_their_folders_and_none_is_taken_twice(tmp_path: Path) -> None:
    for unit in ("甲村", "乙村"):
        (tmp_path / unit).mkdir()
        (tmp_path / unit / "统计表.txt").write_text(unit)
    given = [tmp_path / "甲村" / "统计表.txt", tmp_path / "乙村" / "统计表.txt", tmp_path / "甲村" / "统计表.txt"]
    found = expand(given)
    assert [source.name for source in found] == ["甲村/统计表.txt", "乙村/统计表.txt"]
    assert [source.read().decode() for source in found] == ["甲村", "乙村"]
