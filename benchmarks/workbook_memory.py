"""How long and how much memory the workbook of many replies takes.

    python -m benchmarks.workbook_memory [REPLIES] [FIELDS]

The limit of 250 MB is for the whole process: the collection, the program and the writer together.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from gongwen.collection import Collection, Issue, Reply, RosterUnit
from gongwen.outputs import write_workbook
from gongwen.spec import Evidence, Field, Form

LIMIT_MB = 250
NOWHERE = Evidence(0, 0, None, None, 0, 0, "")


def many(replies: int, fields: int) -> Collection:
    """A collection with every kind of value and a doubt in every tenth reply."""
    form = Form(
        "form-1",
        "统计表",
        "附件2",
        "statistics",
        [
            Field(id=f"f{n}", section=f"第{n // 10}部分", subject=None, label=f"指标{n}", type="integer", unit="场", aggregate="sum", evidence=NOWHERE)
            for n in range(fields)
        ],
    )  # fmt: skip
    kinds = (0, None, "n/a", 7, 120, 3456)
    found = []
    for number in range(replies):
        values = {f"f{n}": kinds[(number + n) % 6] for n in range(fields)}
        doubts = [Issue("R101", "f3", "写的是约数，请核实", "约7")] if number % 10 == 0 else []
        status = "doubtful" if doubts else "accepted"
        found.append(Reply(f"回复/单位{number}.docx", f"单位{number}", "form", status, dict(values), doubts))  # type: ignore[arg-type]
    totals: dict[str, int | float] = {
        f"f{n}": sum(v for r in found if isinstance(v := r.values[f"f{n}"], int)) for n in range(fields)
    }
    return Collection(
        form="form-1",
        replies=found,
        totals=totals,
        missing=[],
        duplicates=[],
        counted=[one.file for one in found],
        roster=[RosterUnit(f"单位{number}") for number in range(replies)],
        form_spec=form,
    )


def peak_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> int:
    """Write one and say what it took."""
    replies, fields = (int(text) for text in (sys.argv[1:] + ["10000", "60"][len(sys.argv) - 1 :])[:2])
    collection = many(replies, fields)
    before = peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "汇总.xlsx"
        files = {one.file: Path(folder) / one.file for one in collection.replies}
        start = time.perf_counter()
        write_workbook(collection, path, title="统计表分单位汇总", files=files)
        seconds = time.perf_counter() - start
        size = path.stat().st_size / (1 << 20)
    peak = peak_mb()
    print(f"{replies:,} replies × {fields} fields: {seconds:.1f} s, {size:.1f} MB on disk")
    print(f"memory: {before:.0f} MB with the collection alone, {peak:.0f} MB at most (limit {LIMIT_MB})")
    return 0 if peak < LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main())
