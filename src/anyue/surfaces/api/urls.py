"""The addresses of the REST doors."""

from __future__ import annotations

from django.urls import path

from .site import api

urlpatterns = [path("v1/", api.urls)]
