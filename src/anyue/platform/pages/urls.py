"""Pages about pages."""

from __future__ import annotations

from django.urls import path, register_converter

from . import components, views


class KeyConverter:
    """The key of a list or a form: letters, digits, dots, dashes, colons."""

    regex = r"[\w.:-]{1,120}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "key")

app_name = "pages"
urlpatterns = [
    path("components/", components.components, name="components"),
    path("components/drawer/", components.component_drawer, name="component-drawer"),
    path("components/progress/", components.component_progress, name="component-progress"),
    path("components/toast/", components.component_toast, name="component-toast"),
    path("views/<key:list_key>/", views.view_keep, name="view-keep"),
    path("views/<int:pk>/delete/", views.view_drop, name="view-drop"),
    path("drafts/<key:form_key>/", views.draft_keep, name="draft-keep"),
]
