"""Sign-in and the pages of the shell."""

from __future__ import annotations

from django.urls import include, path, re_path

from . import views

# Of allauth's pages those that are not ours do not exist: nobody registers alone or connects accounts herself, a new password
# comes by an administrator's link (people:invitation), and devices stand on a person's own page (people:profile).
CLOSED = (
    r"accounts/(signup|email|confirm-email|password/(reset|set)|login/code|3rdparty/signup|3rdparty/$|social|sessions)"
)

urlpatterns = [
    re_path(f"^{CLOSED}", views.closed),
    path("accounts/", include("allauth.urls")),
    path("shell/", include("anyue.surfaces.console.shell_urls")),
]
