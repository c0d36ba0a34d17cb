"""Before sensitive acts the person shows once more that it is she."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required

from anyue.platform.pages.access import Request


def ask_again(request: Request) -> None:
    """Hold a POST back until she has given her password or factor within the last quarter of an hour; then it goes on.

    Stands behind the loader of the view: a stranger gets her 404 and is asked nothing.
    """
    if request.method == "POST":
        raise_if_reauthentication_required(request, app="")
