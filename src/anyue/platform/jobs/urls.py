"""Jobs."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<uuid:task>/", views.job, name="job"),
    path("<uuid:task>/retry", views.retry, name="retry"),
    path("<uuid:task>/progress", views.progress, name="progress"),
]
