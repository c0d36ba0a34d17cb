"""Jobs that the tests run. What they did stands in ``DONE``."""

from __future__ import annotations

import threading
import time

from django.utils.translation import gettext_noop

from anyue.kernel.errors import Problem, RefusedError
from anyue.platform.jobs.job import job
from anyue.platform.jobs.reporting import progress
from anyue.platform.jobs.schedules import daily, every

DONE: list[str] = []
GO = threading.Event()
BEGUN = threading.Event()
FULL = Problem("samples.full", 422, gettext_noop("“%(name)s” cannot be used: %(reason)s. %(advice)s."))


@job("samples.note", label="记一笔", retries=0)
def note(word: str, times: int = 1) -> dict[str, int]:
    """Does what it says."""
    DONE.extend([word] * times)
    return {"times": times}


@job("samples.fail", label="总是失败", retries=2)
def fail_always() -> None:
    """Fails each time."""
    DONE.append("tried")
    raise ConnectionError("网关无应答")


@job("samples.recover", label="第二次成功", retries=2)
def fail_once() -> None:
    """Fails the first time."""
    DONE.append("tried")
    if len(DONE) == 1:
        raise LookupError("first")


@job("samples.refuse", label="被拒绝", retries=5)
def refuse() -> None:
    """Is refused."""
    raise RefusedError(FULL, name="a.docx", reason="文件已损坏", advice="请重新发送")


@job("samples.steps", label="逐个处理")
def steps(total: int) -> None:
    """Says how far it is, then waits."""
    with progress(total) as said:
        for number in range(total):
            said.step(f"{number + 1}/{total} 第{number + 1}份.docx")
        said.write()
        BEGUN.set()
        GO.wait(20)


@job("samples.busy", label="没完没了", retries=0, timeout=0.5)
def busy() -> None:
    """Never ends by itself."""
    BEGUN.set()
    while not GO.is_set():
        time.sleep(0.01)
    DONE.append("ended by itself")


@job("samples.long", label="很久", retries=1, timeout=60)
def long() -> None:
    """As the one before, with time."""
    DONE.append("begun")
    BEGUN.set()
    while not GO.is_set():
        time.sleep(0.01)
    DONE.append("ended")


@job("samples.odd", label="结果不是 JSON", retries=0)
def odd() -> object:
    """Its result cannot be kept."""
    return object()


@every(seconds=3600)
@job("samples.hourly", label="每小时")
def hourly() -> None:
    """Each hour."""
    DONE.append("hourly")


@every(seconds=1)
@job("samples.secondly", label="每秒")
def secondly() -> None:
    """Each second."""
    DONE.append("secondly")
    if "break" in DONE:
        raise ValueError("每秒也会坏")


@daily(hour=3, minute=30)
@job("samples.nightly", label="每天")
def nightly() -> None:
    """Each night."""
    DONE.append("nightly")
