"""People and what they may do."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("import/", views.import_people, name="import"),
    path("import/sheet/", views.import_sheet, name="import-sheet"),
    path("roles/", views.roles, name="roles"),
    path("who/", views.who, name="who"),
    path("me/", views.profile, name="profile"),
    path("me/devices/<int:pk>/end/", views.device_end, name="device-end"),
    path("me/tokens/add/", views.token_add, name="token-add"),
    path("me/tokens/<int:pk>/end/", views.token_end, name="token-end"),
    path("me/delegate/", views.delegate, name="delegate"),
    path("me/delegate/<int:pk>/end/", views.undelegate, name="undelegate"),
    path("stay/", views.stay, name="stay"),
    path("work-as/", views.work_as, name="work-as"),
    path("first/<str:token>/", views.first, name="first"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/suspend/", views.suspend, name="suspend"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/unlock/", views.unlock, name="unlock"),
    path("<int:pk>/invite/", views.invite, name="invite"),
    path("<int:pk>/rights/", views.rights, name="rights"),
    path("<int:pk>/posts/add/", views.post_add, name="post-add"),
    path("<int:pk>/roles/give/", views.grant_give, name="grant-give"),
    path("posts/<int:pk>/end/", views.post_end, name="post-end"),
    path("roles/<int:pk>/end/", views.grant_end, name="grant-end"),
]
