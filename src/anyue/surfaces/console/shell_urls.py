"""What the shell itself asks for."""

from __future__ import annotations

from django.urls import path

from . import choosing

app_name = "console"
urlpatterns = [
    path("elderly/", choosing.elderly, name="elderly"),
    path("appearance/", choosing.appearance, name="appearance"),
    path("language/", choosing.language, name="language"),
    path("campaign/", choosing.campaign, name="campaign"),
]
