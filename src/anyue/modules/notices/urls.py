"""Notices."""

from __future__ import annotations

from django.urls import path

from .views import items, listing, one, review

app_name = "notices"
urlpatterns = [
    path("", listing.index, name="index"),
    path("new/", listing.upload, name="upload"),
    path("<int:pk>/", one.notice, name="one"),
    path("<int:pk>/state/", one.state, name="state"),
    path("<int:pk>/links/", one.links, name="links"),
    path("<int:pk>/compare/", one.compare, name="compare"),
    path("<int:pk>/versions/<int:number>/", one.version, name="version"),
    path("<int:pk>/read-again/", one.read_again, name="read-again"),
    path("<int:pk>/withdraw/", one.withdraw, name="withdraw"),
    path("<int:pk>/review/", review.page, name="review"),
    path("<int:pk>/review/pages/", review.pages, name="pages"),
    path("<int:pk>/review/finish/", review.finish, name="finish"),
    path("<int:pk>/review/reopen/", review.reopen, name="reopen"),
    path("<int:pk>/review/accept/<slug:section>/", review.accept_section, name="accept-section"),
    path("<int:pk>/review/add/<slug:kind>/", items.add, name="add"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/accept/", items.accept, name="accept"),
    path("items/<int:pk>/drop/", items.drop, name="drop"),
    path("items/<int:pk>/reset/", items.reset, name="reset"),
    path("items/<int:pk>/remove/", items.remove, name="remove"),
    path("items/<int:pk>/edit/", items.edit, name="edit"),
]
