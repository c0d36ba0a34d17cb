"""A trail to look at, and hands that reach into the database behind the program's back."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from anyue.platform.audit.models import Entry
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, ActorKind
from tests.support.append_only import unguarded

HER = Actor(ActorKind.PERSON, "7", "测试人员", address="10.0.0.7", device="Firefox")


def write(number: int = 1, **more: Any) -> list[Entry]:
    """So many entries."""
    about = {"action": "unit.renamed", "after": {"name": "望榆街道"}, "before": {"name": "望榆镇"}} | more
    return [record(by=HER, subject=Subject("orgs.unit", str(n), f"单位{n}"), **about) for n in range(1, number + 1)]


def tamper(statement: str, *values: Any) -> None:
    """What somebody with the database's own password could do."""
    with transaction.atomic(), unguarded(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)
