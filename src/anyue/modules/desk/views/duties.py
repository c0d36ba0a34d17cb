"""The list behind every figure of the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.modules.campaigns.selectors import duties_for
from anyue.platform.pages.access import Request, requires
from anyue.platform.pages.lists import list_answer

from ..selectors.duties import duties_list


@requires(CampaignPermission.VIEW)
@require_safe
def duties(request: Request) -> HttpResponse:
    """Duties that she sees in running and closed campaigns, without what is no longer asked."""
    rows = (
        duties_for(request.actor, running=False)
        .exclude(state="dropped")
        .filter(campaign__state__in=("running", "closed"))
    )
    unit = request.unit or None
    answer: HttpResponse = list_answer(request, duties_list(request.actor, unit), rows, "desk/duties.html")
    return answer
