"""Who may call an endpoint. Every one says it by one of these (tests/anyue/api holds it)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from anyue.kernel.errors import RefusedError
from anyue.platform.authz import Permission, can_anywhere
from anyue.platform.pages.access import Access

from . import problems

P = ParamSpec("P")
R = TypeVar("R")


def needs(*permissions: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only with one of ``permissions`` somewhere, by the person and by the token; what is then done to one subject is asked
    again by ``authz.fetch`` and by the service. Stands below the router's own decorator.
    """

    def decorate(endpoint: Callable[P, R]) -> Callable[P, R]:
        @wraps(endpoint)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            request: Any = args[0]
            if not request.actor.is_known:
                raise RefusedError(problems.NO_TOKEN)
            if permissions and not can_anywhere(request.actor, *permissions):
                raise RefusedError(problems.NOT_ALLOWED)
            return endpoint(*args, **kwargs)

        # Ninja reads the types of the parameters where the function that it is given was written: that is here.
        guarded.__signature__ = inspect.signature(endpoint, eval_str=True)  # type: ignore[attr-defined]
        guarded.access = Access(permissions=permissions)  # type: ignore[attr-defined]
        return guarded

    return decorate


def of_any_token(endpoint: Callable[P, R]) -> Callable[P, R]:
    """With any valid token."""
    return needs()(endpoint)
