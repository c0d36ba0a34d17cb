"""Whom the words of a notice mean among the units: proposals with the reason why, which a person confirms.

``各街道`` are all streets below the office, ``区教育局`` is the unit whose name ends so, a group of the office goes before
the general meaning of its name, and a word that fits nothing is said to fit nothing. Nothing is guessed by likeness alone:
an abbreviation (区应急局) is proposed as unsure, and only where one unit fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

NOBODY = "*"
"""The words of tasks that name nobody."""
LEVEL = "level:"
"""In front of a level of ``gongwen.spec.LEVELS`` where a task has a column and no names."""

REASONS = (
    "exact",
    "short",
    "end",
    "kind",
    "group",
    "own",
    "level",
    "addressed",
    "abbreviation",
    "parts",
    "none",
    "nobody",
)


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as far as names go. ``is_child``: directly under the office."""

    id: int
    name: str
    short_name: str
    kind: str
    is_child: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """The units that ``words`` seem to mean. ``why`` is one of ``REASONS``; ``details`` fill its sentence."""

    words: str
    units: tuple[int, ...]
    why: str
    details: Mapping[str, object] = field(default_factory=dict)
    is_sure: bool = False


# Kinds of units by the words that notices use for them, most telling first.
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"村\(?居|村\(?社区|社区|居委会|居民委员会|村委会|村民委员会|居\)委会|各村|行政村|村级|^村", ("community",)),
    (r"街道|乡镇|街镇|镇街|办事处|各镇|各乡|[二两三四五六七八九十]+[街镇乡]", ("township",)),
    (r"直属(?:事业)?单位|事业单位", ("institution",)),
    (r"驻区|驻街|驻地|派驻|垂直管理", ("stationed",)),
    (r"学校|各校|中小学|幼儿园", ("school",)),
    (r"企业|公司|生产经营单位|商户|工地|经营主体", ("enterprise",)),
    (r"科室|处室", ("department",)),
    (r"部门|成员单位|委办局|机关|各局", ("department", "institution", "stationed")),
    (r"功能区|开发区|园区|管委会", ("zone",)),
    (r"各(?:有关|相关)?[县区](?!域)|县\(?市|市、?区|区县|县区|旗县", ("county", "zone")),
    (r"各(?:有关|相关)?[市州](?!场|民|政)|地市|盟市", ("prefecture",)),
    (r"各(?:有关|相关)?省", ("province",)),
)  # fmt: skip
_LEVELS: dict[str, tuple[str, ...]] = {
    "nation": ("nation",),
    "province": ("province",),
    "prefecture": ("prefecture",),
    "county": ("county", "zone"),
    "township": ("township",),
    "community": ("community",),
    "department": ("department", "institution", "stationed"),
    "enterprise": ("enterprise",),
    "school": ("school",),
    "household": (),
}
_OFFICES = frozenset({"department", "institution", "stationed"})
_ALL = re.compile(
    r"^(?:各|有关|相关|所有|全体|上述)+(?:责任)?单位$|^各(?:级|地)?各?(?:有关|相关)?(?:部门|地区)?(?:和|及|、)(?:有关|相关)?单位$"
)
_GENERAL = re.compile(
    r"^(?:各|每个|每|所有|全体|辖区(?:内)?|属地|有关|相关|本|全)"
    r"|^(?:街道|社区|乡镇|街镇|村|村?\(?[居社区]+\)?|居民|村民|企业|学校|科室|部门)(?:办事处|[居村]?委会|居民委员会|委员会)?$"
)
_INSIDE = re.compile(
    r"^[二两三四五六七八九十]|^[省市区县旗街镇乡]?(?:直|属|里|内|级)|^机关|^驻|^直属|^[省市区县]?安委会?(?:有关|各)?成员"
)
_SPLIT = re.compile(r"[、，,；;]|(?<=[道区位室校业局镇村])(?:和|及|以及|与)")
_PARENS = str.maketrans("（）", "()")


def propose(
    words: str,
    *,
    own: UnitName,
    units: Sequence[UnitName],
    groups: Mapping[str, Iterable[int]],
    addressed: Iterable[int] = (),
) -> Proposal:
    """Whom ``words`` mean for the office ``own`` with ``units`` below it, its ``groups`` and the units ``addressed`` so far."""
    if words == NOBODY:
        return Proposal(words, (), "nobody")
    if words.startswith(LEVEL):
        return _of_level(words, own, units)
    found = _whole(words, own, units, groups, tuple(addressed))
    if found is not None:
        return found
    parts = [part.strip() for part in _SPLIT.split(words) if part.strip()]
    if len(parts) > 1:
        pieces = [_whole(part, own, units, groups, tuple(addressed)) for part in parts]
        known = [piece for piece in pieces if piece is not None]
        if known:
            ids = tuple(dict.fromkeys(id_ for piece in known for id_ in piece.units))
            missing = "、".join(part for part, piece in zip(parts, pieces, strict=True) if piece is None)
            sure = not missing and all(piece.is_sure for piece in known)
            return Proposal(words, ids, "parts", {"count": len(ids), "missing": missing}, sure)
    return Proposal(words, (), "none")


def _whole(
    words: str,
    own: UnitName,
    units: Sequence[UnitName],
    groups: Mapping[str, Iterable[int]],
    addressed: tuple[int, ...],
) -> Proposal | None:
    plain = _plain(words)
    return (
        _named(words, plain, own, units)
        or _of_group(words, plain, units, groups)
        or _all(words, plain, addressed)
        or _of_kind(words, plain, units)
        or _by_end(words, plain, own, units)
    )


def _plain(words: str) -> str:
    return re.sub(r"[\s　“”\"]", "", words.translate(_PARENS))


def _named(words: str, plain: str, own: UnitName, units: Sequence[UnitName]) -> Proposal | None:
    if plain in (_plain(own.name), _plain(own.short_name)):
        return Proposal(words, (own.id,), "own", {"name": own.name}, True)
    for reason, column in (("exact", "name"), ("short", "short_name")):
        fits = [unit for unit in units if _plain(getattr(unit, column)) == plain != ""]
        if fits:
            details = {"name": fits[0].name, "count": len(fits)}
            return Proposal(words, tuple(unit.id for unit in fits), reason, details, len(fits) == 1)
    return None


def _of_group(
    words: str, plain: str, units: Sequence[UnitName], groups: Mapping[str, Iterable[int]]
) -> Proposal | None:
    core = re.sub(r"^(?:各|有关|相关|全体|所有)+|(?:有关|相关)", "", plain)
    if len(core) < 3:
        return None
    known = {unit.id for unit in units}
    is_list = re.search(r"(?:单位|部门|科室|名单|企业|学校)$", core) is not None
    fits = [name for name in groups if core == _plain(name) or (is_list and core in _plain(name))]
    if len(fits) != 1:
        return None
    ids = tuple(id_ for id_ in groups[fits[0]] if id_ in known)
    vague = "有关" in plain or "相关" in plain
    return Proposal(words, ids, "group", {"group": fits[0], "count": len(ids)}, bool(ids) and not vague)


def _all(words: str, plain: str, addressed: tuple[int, ...]) -> Proposal | None:
    if not _ALL.match(plain) or not addressed:
        return None
    vague = "有关" in plain or "相关" in plain
    return Proposal(words, addressed, "addressed", {"count": len(addressed)}, not vague)


def _of_kind(words: str, plain: str, units: Sequence[UnitName]) -> Proposal | None:
    if not _GENERAL.match(plain) and not _INSIDE.match(plain):
        return None
    if len(_SPLIT.split(plain)) > 1:
        return None  # each part for itself: 各街道、各社区
    kinds: tuple[str, ...] = ()
    for pattern, meant in _KINDS:
        if re.search(pattern, plain):
            kinds += tuple(kind for kind in meant if kind not in kinds)
            if "、" not in plain and not re.match(r"^[二两三四五六七八九十]", plain):
                break
    if not kinds:
        return None
    # Offices are those of this house; streets, communities and enterprises are all of them below.
    fits = [unit for unit in units if unit.kind in kinds and (unit.is_child or unit.kind not in _OFFICES)]
    vague = any(word in plain for word in ("有关", "相关", "重点", "部分"))
    details = {"kinds": list(kinds), "count": len(fits)}
    return Proposal(words, tuple(unit.id for unit in fits), "kind", details, bool(fits) and not vague)


def _by_end(words: str, plain: str, own: UnitName, units: Sequence[UnitName]) -> Proposal | None:
    if len(plain) < 2:
        return None
    fits = [unit for unit in units if len(plain) > 2 and _plain(unit.name).endswith(plain)]
    if len(fits) == 1:
        return Proposal(words, (fits[0].id,), "end", {"name": fits[0].name}, True)
    bare = re.sub(r"^[省市区县旗州街镇乡]", "", plain)
    named = [unit for unit in units if len(bare) >= 3 and bare in (_plain(unit.name), _plain(unit.short_name))]
    if not fits and len(named) == 1:
        return Proposal(words, (named[0].id,), "end", {"name": named[0].name}, True)
    names = _plain(own.name)
    if len(plain) >= 4 and names and (names.endswith(plain) or plain.startswith(names)):
        return Proposal(words, (own.id,), "own", {"name": own.name}, False)
    if not fits:
        fits = [unit for unit in units if _abbreviates(bare or plain, _plain(unit.name))]
    if not fits:
        fits = [unit for unit in units if _plain(unit.name).startswith(plain)]
    if len(fits) == 1:
        return Proposal(words, (fits[0].id,), "abbreviation", {"name": fits[0].name}, False)
    return None


def _abbreviates(short: str, name: str) -> bool:
    """Every character of ``short`` stands in ``name`` in this order and the last is the last: 应急局, 应急管理局."""
    if len(short) < 3 or not name or short[-1] != name[-1]:
        return False
    letters = iter(name)
    return all(char in letters for char in short)


def _of_level(words: str, own: UnitName, units: Sequence[UnitName]) -> Proposal:
    kinds = _LEVELS.get(words.removeprefix(LEVEL), ())
    if own.kind in kinds:
        return Proposal(words, (own.id,), "own", {"name": own.name}, True)
    fits = [unit for unit in units if unit.kind in kinds and (unit.is_child or unit.kind not in _OFFICES)]
    details = {"kinds": list(kinds), "count": len(fits)}
    return Proposal(words, tuple(unit.id for unit in fits), "level" if fits else "none", details, bool(fits))


def words_of(responsible: Iterable[str], levels: Iterable[str]) -> tuple[str, ...]:
    """The names by which a task's owers are looked up: its own names, else its levels, else ``NOBODY``."""
    names = tuple(dict.fromkeys(name for name in responsible if name))
    return names or tuple(LEVEL + level for level in levels) or (NOBODY,)


def owers(words: Iterable[str], targets: Mapping[str, Iterable[int]]) -> frozenset[int]:
    """The units that owe what is asked of ``words``, by what was decided for each of them."""
    return frozenset(id_ for word in words for id_ in targets.get(word, ()))
