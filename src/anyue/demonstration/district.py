"""The tree of the fictional district: 10 streets, 120 communities, 60 departments, 300 enterprises."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.services import group_add, units_import
from anyue.platform.authz import Actor

from . import names

Row = tuple[str, str, str, str]
"""Code, name, code of the unit above, kind."""


def district_make(*, by: Actor, times: int = 1) -> Unit:
    """The whole tree by the same import that an office would use, and the lists that its notices are addressed to."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("代码", "名称", "上级代码", "类型"))
    writer.writerows(_rows(times))
    done = units_import(by=by, file=io.BytesIO(table.getvalue().encode("utf-8-sig")), name="云汀区组织机构.csv")
    if done.faults:
        raise RuntimeError(f"the table of the demonstration is wrong: {done.faults[0]}")
    district = Unit.objects.get(code=names.DISTRICT_CODE)
    offices = Unit.objects.filter(parent=district, kind="department")
    group_add(by=by, owner=district, name="区安委会成员单位", units=offices)
    group_add(by=by, owner=district, name="全区社区", below=district, kinds=("community",))
    return district


def _rows(times: int) -> Iterator[Row]:
    yield (names.DISTRICT_CODE, names.DISTRICT, "", "county")
    for number, office in enumerate(names.OFFICES, 1):
        yield (f"YT-{number:03}", f"{names.DISTRICT}{office}", names.DISTRICT_CODE, "department")
    for number, (street, communities) in enumerate(names.streets(times), 1):
        code = f"379901{number:03}000"
        yield (code, street, names.DISTRICT_CODE, "township")
        for each, office in enumerate(names.STREET_OFFICES, 1):
            yield (f"YT-{number:03}-{each}", f"{street}{office}", code, "department")
        for each, community in enumerate(communities, 1):
            yield (f"379901{number:03}{each:03}", community, code, "community")
        for each, enterprise in enumerate(names.enterprises(number), 1):
            yield (f"YT-Q{number:03}{each:02}", enterprise, code, "enterprise")
