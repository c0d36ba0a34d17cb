"""The audit trail."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("export.xlsx", views.export, name="export"),
    path("<int:pk>/", views.entry, name="entry"),
]
