"""As much of the OLE2 container (.doc, .xls, .wps) as it takes to tell what is inside and whether it is encrypted."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""


class BadContainer(ValueError):
    """The container contradicts itself or ends too early."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream of the container."""

    name: str
    start: int
    size: int


class Container:
    """The directory and the streams of an OLE2 file held in memory. Raises ``BadContainer`` for a damaged one."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise BadContainer("header")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
        if shift not in (9, 12) or mini_shift > shift:
            raise BadContainer("sector size")
        self._size = 1 << shift
        self._mini_size = 1 << mini_shift
        (first_directory,) = struct.unpack_from("<I", data, 0x30)
        self._cutoff, first_mini = struct.unpack_from("<II", data, 0x38)
        self._fat = self._read_fat()
        directory = self._chain(first_directory)
        self._mini_fat = _numbers(self._chain(first_mini)) if first_mini < _END else ()
        self.entries, root = _entries(directory)
        self._mini_stream = self._chain(root.start)[: root.size] if root and root.start < _END and root.size else b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise BadContainer("sector out of file")
        return self._data[start : start + self._size]

    def _read_fat(self) -> tuple[int, ...]:
        table, count = struct.unpack_from("<II", self._data, 0x44)
        sectors = list(struct.unpack_from("<109I", self._data, 0x4C))
        for _ in range(min(count, len(self._data) // self._size)):
            if table >= _END:
                break
            *more, table = _numbers(self._sector(table))
            sectors += more
        return _numbers(b"".join(self._sector(number) for number in sectors if number < _END))

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(self._fat, start))

    def stream(self, name: str, limit: int | None = None) -> bytes | None:
        """The bytes of the stream ``name``, at most ``limit`` of them; None where there is no such stream."""
        entry = next((entry for entry in self.entries if entry.name == name), None)
        if entry is None:
            return None
        size = entry.size if limit is None else min(entry.size, limit)
        if entry.size >= self._cutoff:
            return self._pick(self._fat, entry.start, size, self._size, self._sector)
        return self._pick(self._mini_fat, entry.start, size, self._mini_size, self._mini_sector)

    def _mini_sector(self, number: int) -> bytes:
        return self._mini_stream[number * self._mini_size : (number + 1) * self._mini_size]

    @staticmethod
    def _pick(fat: tuple[int, ...], start: int, size: int, step: int, sector: object) -> bytes:
        assert callable(sector)
        parts: list[bytes] = []
        for number in _follow(fat, start):
            if len(parts) * step >= size:
                break
            parts.append(sector(number))
        return b"".join(parts)[:size]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _follow(fat: tuple[int, ...], start: int) -> list[int]:
    """The sectors of a chain in order; a loop or a jump out of the table is damage."""
    chain: list[int] = []
    number = start
    while number < _END:
        if number >= len(fat) or len(chain) > len(fat):
            raise BadContainer("sector chain")
        chain.append(number)
        number = fat[number]
    return chain


def _entries(directory: bytes) -> tuple[tuple[Entry, ...], Entry | None]:
    """The streams and storages named in the directory, and its root."""
    found: list[Entry] = []
    root: Entry | None = None
    for position in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, position + 0x40)
        if kind not in (1, 2, 5) or not 2 <= length <= 64:
            continue
        name = directory[position : position + length - 2].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, position + 0x74)
        entry = Entry(name, start, size)
        if kind == 5:
            root = entry
        else:
            found.append(entry)
    return tuple(found), root
