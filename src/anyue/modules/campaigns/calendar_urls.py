"""A person's calendar for her own calendar program."""

from __future__ import annotations

from django.urls import path

from .views import calendars

app_name = "calendar"
urlpatterns = [
    path("open/", calendars.calendar_open, name="open"),
    path("close/", calendars.calendar_close, name="close"),
    path("<str:secret>.ics", calendars.calendar_file, name="file"),
]
