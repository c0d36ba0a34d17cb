"""Where every unit stands: which of its files counts, and what to call its state. Used by all outputs alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..collection import Collection, Issue, Reply, RosterUnit
from .naming import Label, place_of, quoted

State = Literal["已报送", "待核实", "无法采用", "未报送"]
"""One word for a state, the same in every output."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with the reply that stands for it; ``counted``: its numbers are in the totals."""

    unit: str
    state: State
    reply: Reply | None = None
    counted: bool = False
    known: RosterUnit | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everybody: ``units`` in the roster's order, then ``loose`` files whose unit is not known, none of them counted."""

    units: list[Standing]
    loose: list[Standing]
    spare: list[Reply]

    def counted(self) -> list[Reply]:
        """The replies that the totals rest on."""
        return [one.reply for one in self.units if one.counted and one.reply is not None]

    def in_state(self, state: State) -> list[Standing]:
        """The units in one state."""
        return [one for one in self.units if one.state == state]

    def everyone(self) -> Iterable[Standing]:
        """Units, files without a unit, and the spare files of units that sent several, each with its reply."""
        yield from self.units
        yield from self.loose
        for reply in self.spare:
            yield Standing(reply.unit or "", "待核实" if reply.status != "rejected" else "无法采用", reply)


def picture(collection: Collection) -> Picture:
    """Sort the replies of a collection by unit."""
    counted_files = _counted_files(collection)
    counted: dict[str, Reply] = {}
    unusable: dict[str, Reply] = {}
    loose: list[Standing] = []
    spare: list[Reply] = []
    for reply in collection.replies:
        if reply.unit is None:
            loose.append(Standing("", "无法采用" if reply.status == "rejected" else "待核实", reply))
        elif reply.status == "rejected":
            if reply.unit in unusable:
                spare.append(reply)
            else:
                unusable[reply.unit] = reply
        elif reply.file in counted_files and reply.unit not in counted:
            counted[reply.unit] = reply
        else:
            spare.append(reply)
    spare += [reply for unit, reply in unusable.items() if unit in counted]
    known = {unit.name: unit for unit in collection.roster}
    names = dict.fromkeys([*known, *counted, *unusable, *collection.missing])
    units = [_standing(name, counted.get(name), unusable.get(name), known.get(name)) for name in names]
    return Picture(units, loose, spare)


def _standing(name: str, counted: Reply | None, unusable: Reply | None, known: RosterUnit | None) -> Standing:
    if counted is not None:
        return Standing(name, "待核实" if counted.status == "doubtful" else "已报送", counted, True, known)
    if unusable is not None:
        return Standing(name, "无法采用", unusable, False, known)
    return Standing(name, "未报送", None, False, known)


def _counted_files(collection: Collection) -> frozenset[str]:
    """The files that count, worked out from the duplicates where the collection does not list them."""
    if collection.counted:
        return frozenset(collection.counted)
    others = {file for one in collection.duplicates for file in one.others}
    return frozenset(
        reply.file for reply in collection.replies if reply.status != "rejected" and reply.file not in others
    )


def sentence(issue: Issue, names: Mapping[str, Label]) -> str:
    """An issue as a clause that stands alone: where, what was found, what is wrong. No full stop at its end."""
    message = _readable(issue)
    label = names.get(issue.field or "")
    section = issue.section or (label.section if label else "")
    where = label.full if label else ""
    place = ""
    if where and _plain(where) not in _plain(message):
        place = Label(section, where, "").alone()
    elif section and section != where and f"“{section}”" not in message:
        place = place_of(section, "")
    found = " ".join((issue.found or "").split())
    if not all(word in message for word in re.findall(r"[\d.,]+|[^\W\d]+", found)):
        place += f"{'填写为' if place else '写有'}{quoted(_short(found))}"
    return f"{place}，{message}" if place else message


def _readable(issue: Issue) -> str:
    """The message as part of a sentence: names in quotes, files without the folder they were collected in."""
    message = issue.message.strip().rstrip("。；; ").replace("。", "，")
    for key in ("label", "whole_label"):
        name = issue.details.get(key, "")
        if name and f"“{name}”" not in message:
            message = message.replace(name, quoted(re.sub(r"\s+", "：", name)), 1)
    file = issue.details.get("counted", "")
    return message.replace(file, base_name(file)) if file else message


def base_name(file: str) -> str:
    """A file without its folders."""
    return file.rsplit("/", 1)[-1]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
