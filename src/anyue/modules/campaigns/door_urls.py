"""The door for units without accounts: what a link in a chase text opens."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "door"
urlpatterns = [path("<str:token>/", views.door_open, name="open")]
