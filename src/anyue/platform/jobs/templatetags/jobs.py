"""``{% load jobs %}``: how far a job is, in any page."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("jobs/waiting.html")
def job_progress(task: Any) -> dict[str, Any]:
    """Shows and keeps showing how far the job ``task`` (its id) is, to who started it or may see jobs.

    When it has ended the page hears the event ``job:done``: ``hx-trigger="job:done from:body"``.
    """
    return {"task": task}
