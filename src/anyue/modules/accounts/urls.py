"""People and what they may do."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("first/<str:token>/", views.first, name="first"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("stay/", views.stay, name="stay"),
    path("work-as/", views.work_as, name="work-as"),
]
