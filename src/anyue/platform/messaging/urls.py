"""Messages."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "messaging"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>", views.read, name="read"),
    path("unread", views.unread, name="unread"),
    path("read-all", views.read_all, name="read_all"),
    path("sent/", views.outbox, name="outbox"),
    path("sent/<int:pk>", views.message, name="message"),
    path("sent/<int:pk>/<slug:what>", views.act, name="act"),
    path("settings", views.channels, name="channels"),
    path("settings/hours", views.hours, name="hours"),
    path("settings/<slug:kind>/try", views.channel_try, name="channel-try"),
    path("settings/<slug:kind>", views.channel, name="channel"),
]
