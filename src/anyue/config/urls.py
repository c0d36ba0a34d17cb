"""All addresses. Each module's own stand in the module."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("anyue.modules.desk.urls")),
    path("api/", include("anyue.surfaces.api.urls")),
    path("campaigns/", include("anyue.modules.campaigns.urls")),
    path("calendar/", include("anyue.modules.campaigns.calendar_urls")),
    path("door/", include("anyue.modules.campaigns.door_urls")),
    path("notices/", include("anyue.modules.notices.urls")),
    path("people/", include("anyue.modules.accounts.urls")),
    path("units/", include("anyue.modules.orgs.urls")),
    path("messages/", include("anyue.platform.messaging.urls")),
    path("jobs/", include("anyue.platform.jobs.urls")),
    path("files/", include("anyue.platform.files.urls")),
    path("audit/", include("anyue.platform.audit.urls")),
    path("", include("anyue.platform.pages.urls")),
    path("", include("anyue.surfaces.metrics.urls")),
    path("", include("anyue.surfaces.console.urls")),
]

handler400 = "anyue.surfaces.console.views.not_understood"
handler404 = "anyue.surfaces.console.views.not_found"
handler403 = "anyue.surfaces.console.views.not_allowed"
handler500 = "anyue.surfaces.console.views.broken"
