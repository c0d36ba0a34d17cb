"""The outbox is emptied by a job: at once when something is written, and each minute for what waited."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from anyue.kernel.clock import now
from anyue.platform.authz import Actor
from anyue.platform.jobs.job import job
from anyue.platform.jobs.schedules import every

from . import delivery
from .models import Message


@job("messaging.deliver", label=_("Send messages"), retries=0, timeout=900)
def deliver() -> dict[str, int]:
    """Send all that is due."""
    return {"sent": delivery.deliver()}


@every(seconds=30)
@job("messaging.wake", label=_("Look for messages that are due"), retries=0)
def wake() -> None:
    """Enqueue the sending only where there is something to send."""
    if Message.objects.filter(state=Message.State.WAITING, not_before__lte=now()).exists():
        deliver_soon()


def deliver_soon() -> None:
    """One sending in the queue is enough for all messages that are there when it begins."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=deliver.module_path)
    if not waiting.exists():
        deliver.by(Actor.system("messaging")).enqueue()
