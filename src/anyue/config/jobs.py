"""Jobs of what stands below jobs in the layers and cannot name them itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.audit.services import entries_seal
from anyue.platform.jobs.job import job
from anyue.platform.jobs.schedules import every

PORTIONS = 20
"""A backlog is worked off in portions, so that writers on SQLite get their turn between them."""


@every(seconds=1)
@job("audit.seal", label=_("Seal the audit trail"), retries=0)
def seal() -> int:
    """Chain what was written since the last second."""
    total = 0
    for _portion in range(PORTIONS):
        sealed = entries_seal()
        if not sealed:
            break
        total += sealed
    return total
