"""What changes a published campaign makes a version of it, so that everybody can see what was asked when."""

from __future__ import annotations

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.models import Entry

from .. import problems
from ..models import Campaign, CampaignVersion


def version_make(campaign: Campaign, entry: Entry) -> None:
    """One more version of a published campaign; a draft has none. The caller holds the row of ``campaign``."""
    if campaign.state != Campaign.State.RUNNING:
        return
    campaign.version += 1
    Campaign.objects.filter(pk=campaign.pk).update(version=campaign.version)
    CampaignVersion.objects.create(campaign=campaign, number=campaign.version, entry=entry)


def check_version(campaign: Campaign, seen: int | None) -> None:
    """Refuse what was decided before somebody else's change was seen; ``seen`` None: whoever asks has not looked at it."""
    if seen is None or seen == campaign.version:
        return
    last = campaign.versions.select_related("entry").first()
    who = last.entry.actor_label if last else "—"
    raise RefusedError(problems.CHANGED_MEANWHILE, name=campaign.name, who=who)
