"""A library that answers at once with one invented notice, or behaves as the name of the notice says.

The tests of the command line are about the command line: the library has its own.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gongwen
from gongwen.collection import Collection, Duplicate, Issue, Reply
from gongwen.errors import Unreadable
from gongwen.spec import (
    Attachment,
    Campaign,
    Contact,
    Deadline,
    Evidence,
    Field,
    Form,
    Fuzzy,
    KeyDate,
    NoticeSpec,
    Reference,
    SourceSpec,
    Task,
    Warning_,
)

Tick = Callable[[int, int, str], None]


class NoSuchForm(Exception):
    """As the library's."""

    def __init__(self, available: list[tuple[str, str]]) -> None:
        super().__init__(available)
        self.available = available

    def line(self, language: str = "zh") -> str:
        names = ", ".join(number for number, _ in self.available)
        return f"没有这张表，可选：{names}" if language == "zh" else f"there is no such form; there are {names}"


def evidence(text: str) -> Evidence:
    return Evidence(0, 0, None, None, 0, len(text), text)


FORM = Form(
    "form-1",
    "活动统计表",
    "附件2",
    "statistics",
    [
        Field(id="held", section="一、宣讲", subject="宣讲活动", label="开展", type="integer", unit="场", aggregate="sum", evidence=evidence("（ ）场")),
        Field(id="came", section="一、宣讲", subject="宣讲活动", label="参与", type="decimal", unit="万人次", aggregate="sum", evidence=evidence("（ ）万人次")),
        Field(id="seen", section="六、特色", subject=None, label="参与人数", type="integer", unit="人", group="特色活动", aggregate="sum", evidence=evidence("（ ）人")),
    ],
)  # fmt: skip


def spec(name: str = "通知.docx", classification: str | None = None) -> NoticeSpec:
    return NoticeSpec(
        source=[SourceSpec(name, "docx", "0" * 64, "docx")],
        classification=classification,
        title="关于开展安全生产月活动的通知",
        doc_no="安办〔2026〕1号",
        issuer="某区应急管理局",
        issued_on="2026-05-20",
        addressees=["各街道", "各社区"],
        campaign=Campaign("安全生产月", 2026, 25, "人人讲安全", "2026-06-01", "2026-06-30"),
        key_dates=[KeyDate("2026-06-16", "宣传咨询日", evidence("6月16日"))],
        references=[Reference("上级通知", "国安办〔2026〕2号", None, evidence("上级通知"))],
        deadlines=[
            Deadline("2026-06-20", ["各社区"], ["活动统计表", "总结"], "安全办", evidence("6月20日前")),
            Deadline("2026-06-05T14:00", [], ["联络员名单"], None, evidence("6月5日14点前")),
            Deadline(
                None,
                ["各街道"],
                ["进展"],
                "安全办",
                evidence("各街道于每周四12:00前报进展，遇节假日顺延"),
                recurs="FREQ=WEEKLY;BYDAY=TH",
            ),
            Deadline("2026-06-20", [], [], None, evidence("6月中旬"), fuzzy=Fuzzy("2026-06-11", "2026-06-20")),
        ],
        contacts=[Contact("张三", "010-00000000")],
        attachments=[Attachment("附件1", "任务清单", present=False), Attachment("附件2", "活动统计表", present=True)],
        tasks=[
            Task("t1", ["township", "community"], [], [], "开展宣讲", None, evidence("开展宣讲")),
            Task("t2", ["township"], [], [], "组织演练", None, evidence("组织演练")),
            Task("t3", [], [], [], "发动群众", None, evidence("发动群众")),
        ],
        forms=[FORM],
        warnings=[
            Warning_(
                "N206",
                "正文列出的附件1《任务清单》不在所给文件中",
                None,
                {"label": "附件1", "title": "任务清单"},
            )
        ],
    )


def compile_notice(path: str | Path, *attachments: str | Path, progress: Tick | None = None) -> NoticeSpec:
    """What the name of the notice asks for."""
    path = Path(path)
    tick = progress or (lambda *_: None)
    tick(0, 1 + len(attachments), path.name)
    match path.name:
        case "missing.docx":
            raise Unreadable(path.name, "U001")
        case "bug.docx":
            raise KeyError("two\nlines")
        case "short.docx":
            raise EOFError("the file ends too soon")
        case "pipe.docx":
            raise BrokenPipeError(32, "Broken pipe")
        case "secret.docx":
            return spec(path.name, classification="秘密★1年")
        case "inner.docx":
            return spec(path.name, classification="工作秘密")
        case "noisy.docx":
            print("printed by a library")
            os.write(1, b"written by native code\n")
            subprocess.run(["echo", "printed by a child"], check=True)
        case "slow.docx":
            _wait(path)
        case "many.docx":
            _many(tick)
        case "long.docx":
            many = spec(path.name)
            many.warnings.extend(many.warnings * 20_000)
            return many
    tick(1 + len(attachments), 1 + len(attachments), path.name)
    return spec(path.name)


def _many(tick: Tick) -> None:
    """Go on until progress has been drawn for a moment, however slow the machine."""
    drawn = 0
    for number in range(1000):
        tick(number, 1000, "回复.docx")
        time.sleep(0.02)
        drawn += getattr(tick, "bar", None) is not None
        if drawn > 20:
            return


def _wait(path: Path) -> None:
    """Say that work has begun, wait, and leave a trace of having been ended in order."""
    try:
        path.with_name("begun").touch()
        time.sleep(60)
    finally:
        path.with_name("tidied").touch()


def collection() -> Collection:
    doubt = Issue("R999", "came", "数字不明确", "约200", "一、宣讲")
    return Collection(
        form="form-1",
        form_spec=FORM,
        replies=[
            Reply(
                "甲社区.docx", "甲社区", "form", "accepted", {"held": 3, "came": 1.5, "特色活动": [{"seen": 20}]}, []
            ),
            Reply("乙社区.docx", "乙社区", "file", "doubtful", {"held": 2, "came": 200, "特色活动": []}, [doubt]),
            Reply("乙社区旧.docx", "乙社区", "file", "doubtful", {"held": 1, "came": None}, []),
            Reply("丙.docx", None, None, "rejected", {}, [Issue("U004", None, "文件已损坏", None)]),
        ],
        totals={"held": 5, "came": 201.5, "seen": 20},
        missing=["丁社区", "戊社区"],
        duplicates=[Duplicate("乙社区", "乙社区.docx", ["乙社区旧.docx"], "填报日期较晚")],
        counted=["甲社区.docx", "乙社区.docx"],
    )


@dataclass
class Loaded:
    """A notice as the library loads it."""

    name: str
    attachments: list[str | Path]
    spec: NoticeSpec


def load(path: str | Path, *attachments: str | Path, progress: Tick | None = None) -> Loaded:
    return Loaded(Path(path).name, list(attachments), compile_notice(path, *attachments, progress=progress))


def choose_form(loaded: Loaded, wanted: str | None = None) -> Form:
    if loaded.name == "formless.docx":
        raise NoSuchForm([])
    if wanted not in (None, "form-1", FORM.title):
        raise NoSuchForm([("form-1", "活动统计表")])
    return FORM


def collect(
    loaded: Loaded,
    replies: Sequence[str | Path],
    units: str | Path | None = None,
    *,
    form: str | None = None,
    progress: Tick | None = None,
) -> Collection:
    choose_form(loaded, form)
    if units is not None and not Path(units).exists():
        raise Unreadable(str(units), "U001")
    whole = collection()
    for number, reply in enumerate(replies):
        if progress is not None:
            progress(number + 1, len(replies), Path(reply).name)
    if all(Path(reply).name == "good.docx" for reply in replies):
        return Collection(
            form="form-1", form_spec=FORM, replies=whole.replies[:1], totals={"held": 3}, missing=[], duplicates=[]
        )
    return whole


calls: list[tuple[str, Any]] = []


def write_outputs(
    collected: Collection,
    loaded: Loaded,
    attachments: Sequence[Path],
    out: Path,
    progress: Tick | None = None,
    *,
    replies: Sequence[Path] = (),
) -> list[Path]:
    calls.append(("outputs", (collected.form, loaded.name, loaded.attachments, out, list(replies))))
    assert not attachments  # they were loaded with the notice
    if progress is not None:
        progress(0, 1, "汇总表.docx")
    if loaded.name == "large.docx":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    out.mkdir(parents=True, exist_ok=True)
    (out / "汇总表.docx").write_bytes(b"")
    return [out / "汇总表.docx"]


def write_forms(
    loaded: Loaded,
    attachments: Sequence[Path],
    out: Path,
    kinds: Sequence[str],
    form: str | None = None,
    progress: Tick | None = None,
) -> list[Path]:
    assert not attachments
    choose_form(loaded, form)
    if progress is not None:
        progress(0, len(kinds), "活动统计表")
    calls.append(("forms", (loaded.name, loaded.attachments, out, list(kinds), form)))
    return [out / f"活动统计表.{kind}" for kind in kinds]


LIBRARY = {"compile_notice": compile_notice, "load": load, "collect": collect, "NoSuchForm": NoSuchForm}


def modules() -> dict[str, types.ModuleType]:
    """The modules of the library that commands import only when they need them."""
    outputs = types.ModuleType("gongwen.outputs")
    vars(outputs).update(write_outputs=write_outputs, write_forms=write_forms)
    return {"gongwen.outputs": outputs}


def install() -> None:
    """Put this library in the place of the real one, for good: for a process of its own."""
    vars(gongwen).update(LIBRARY)
    sys.modules.update(modules())


PROGRAM = """
import sys
from tests.anyue.cli.fakes import install
install()
from anyue.surfaces.cli import main
sys.exit(main())
"""
