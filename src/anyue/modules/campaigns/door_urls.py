"""The door for units without accounts: what a link in a chase text opens."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "door"
urlpatterns: list[URLPattern] = []
