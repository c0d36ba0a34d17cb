"""What tests of the platform share. Rows come from ``tests.anyue.factories``: plain functions, imported where needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.anyue.factories import Tree, make_tree
from tests.support.append_only import let_tests_empty_tables

Limit = Callable[[int], AbstractContextManager[None]]


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        let_tests_empty_tables(patch)
        yield


@pytest.fixture
def tree(db: None) -> Tree:
    """A small district, and another one."""
    return make_tree()


@pytest.fixture
def assert_queries_at_most(db: None) -> Limit:
    """``with assert_queries_at_most(15): client.get(…)``: what the page asks the database, whatever the data."""

    @contextmanager
    def limit(most: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as asked:
            yield
        said = "\n".join(f"{number}. {query['sql'][:300]}" for number, query in enumerate(asked.captured_queries, 1))
        assert len(asked) <= most, f"{len(asked)} queries, at most {most} allowed:\n{said}"

    return limit
