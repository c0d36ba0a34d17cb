"""Campaigns, tasks and duties."""

from __future__ import annotations

from django.urls import path

from .views import campaigns, duties, editing, office, publishing, reissuing, units

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.index, name="index"),
    path("start/<int:notice>/", campaigns.start, name="start"),
    path("<int:pk>/", campaigns.show, name="show"),
    path("<int:pk>/edit/", campaigns.edit, name="edit"),
    path("<int:pk>/close/", campaigns.close, name="close"),
    path("<int:pk>/withdraw/", campaigns.withdraw, name="withdraw"),
    path("<int:pk>/names/", publishing.names, name="names"),
    path("<int:pk>/names/confirm/", publishing.names_confirm, name="names-confirm"),
    path("<int:pk>/names/<int:target>/", publishing.name_choose, name="name-choose"),
    path("<int:pk>/publish/", publishing.publish, name="publish"),
    path("<int:pk>/add/<slug:what>/", editing.asked_add, name="add"),
    path("asked/<slug:what>/<int:pk>/", editing.asked_edit, name="asked"),
    path("asked/<slug:what>/<int:pk>/drop/", editing.asked_drop, name="asked-drop"),
    path("<int:pk>/units/<int:unit>/", units.mine, name="mine"),
    path("<int:pk>/units/<int:unit>/sign/", units.sign, name="sign"),
    path("<int:pk>/units/<int:unit>/liaison/", units.liaison, name="liaison"),
    path("<int:pk>/units/<int:unit>/reissue/", reissuing.reissue, name="reissue"),
    path("<int:pk>/draft/", reissuing.draft_make, name="draft"),
    path("drafts/<int:pk>/", reissuing.draft_file, name="draft-file"),
    path("drafts/<int:pk>/signed/", reissuing.draft_signed, name="draft-signed"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/<slug:act>/", duties.duty_act, name="duty-act"),
    path("extensions/<int:pk>/", duties.extension_answer, name="extension"),
    path("evidence/<int:pk>/remove/", duties.evidence_remove, name="evidence-remove"),
    path("<int:pk>/office/", office.office, name="office"),
    path("<int:pk>/office/accept/", office.accept_all, name="accept-all"),
    path("<int:pk>/roster/", office.roster, name="roster"),
    path("<int:pk>/links/", office.links, name="links"),
    path("<int:pk>/links/switch/", office.links_switch, name="links-switch"),
    path("links/<int:pk>/<slug:act>/", office.link_act, name="link-act"),
]
