"""Our side of collecting, as a program: the library's ``collect`` and its workbook.

python -m benchmarks.own_collect NOTICE FOLDER ROSTER WORKBOOK.xlsx
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from gongwen import collect
from gongwen.outputs.workbook import write_workbook


def main() -> int:
    """Collect a folder into a workbook, and leave the totals beside it."""
    notice, folder, roster, out = map(Path, sys.argv[1:5])
    collection = collect(notice, [folder], roster)
    write_workbook(collection, out, title="分单位汇总")
    out.with_suffix(".json").write_text(json.dumps(list(collection.totals.values())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
