"""Units."""

from __future__ import annotations

from django.urls import path

from .views import changes, groups, importing, options, tree, unit, workbooks

app_name = "orgs"
urlpatterns = [
    path("", tree.index, name="index"),
    path("top/", tree.top, name="top"),
    path("options/", options.options, name="options"),
    path("add/", changes.add_top, name="add-top"),
    path("export/", workbooks.export, name="export"),
    path("import/", importing.choose, name="import"),
    path("import/template/", workbooks.template, name="import-template"),
    path("import/<int:pk>/", importing.one, name="import-one"),
    path("import/<int:pk>/state/", importing.state, name="import-state"),
    path("import/<int:pk>/confirm/", importing.confirm, name="import-confirm"),
    path("import/<int:pk>/withdraw/", importing.withdraw, name="import-withdraw"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/change/", groups.group_change, name="group-change"),
    path("groups/<int:pk>/remove/", groups.group_remove, name="group-remove"),
    path("<int:pk>/", unit.unit, name="unit"),
    path("<int:pk>/children/", tree.children, name="children"),
    path("<int:pk>/add/", changes.add, name="add"),
    path("<int:pk>/rename/", changes.rename, name="rename"),
    path("<int:pk>/edit/", changes.edit, name="edit"),
    path("<int:pk>/move/", changes.move, name="move"),
    path("<int:pk>/merge/", changes.merge, name="merge"),
    path("<int:pk>/split/", changes.split, name="split"),
    path("<int:pk>/close/", changes.close, name="close"),
    path("<int:pk>/groups/add/", groups.group_add, name="group-add"),
]
