"""The door for units without accounts: what a link in a chase text opens."""

from __future__ import annotations

from django.urls import path

from .views import door

app_name = "door"
urlpatterns = [
    path("<str:token>/", door.door_open, name="open"),
    path("<str:token>/sign/", door.door_sign, name="sign"),
    path("<str:token>/liaison/", door.door_liaison, name="liaison"),
    path("<str:token>/duties/<int:pk>/", door.door_duty, name="duty"),
]
