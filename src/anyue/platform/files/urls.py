"""Files."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("open/<str:token>", views.open_file, name="open"),
    path("thumbnail/<str:token>", views.thumbnail, name="thumbnail"),
    path("upload", views.upload, name="upload"),
    path("drop", views.drop, name="drop"),
]
