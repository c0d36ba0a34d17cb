"""Figures for monitoring."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("metrics", views.metrics, name="metrics")]
