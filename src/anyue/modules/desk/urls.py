"""Home pages, overview, wall, search, the quick desk."""

from __future__ import annotations

from django.urls import path

from .views import duties, home, overview, quick, quick_files, quick_run, search

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("overview/", overview.overview, name="overview"),
    path("wall/", overview.wall, name="wall"),
    path("search/", search.search, name="search"),
    path("duties/", duties.duties, name="duties"),
    path("quick/", quick.index, name="quick"),
    path("quick/<int:pk>/", quick_run.page, name="quick-run"),
    path("quick/<int:pk>/progress/", quick_run.progress, name="quick-progress"),
    path("quick/<int:pk>/start/", quick_run.start, name="quick-start"),
    path("quick/<int:pk>/remove/", quick_run.remove, name="quick-remove"),
    path("quick/<int:pk>/notice/", quick_run.to_notice, name="quick-notice"),
    path("quick/<int:pk>/figures/<str:field>/", quick_run.figure, name="quick-figure"),
    path("quick/<int:pk>/files/", quick_files.listing, name="quick-files"),
    path("quick/<int:pk>/files/add/", quick_files.add, name="quick-add"),
    path("quick/<int:pk>/files/<int:file>/drop/", quick_files.drop, name="quick-drop"),
]
