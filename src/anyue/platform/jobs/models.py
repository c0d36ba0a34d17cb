"""What is known of each job beside its task, and when each schedule is next due."""

from __future__ import annotations

from django.db import models
from django_tasks_db.models import DBTaskResult

from anyue.kernel.clock import now


class Progress(models.Model):
    """A job as people see it: which, about what, for whom, how far, and why it failed. The task itself holds its state.

    ``worker`` and ``beat_at`` are the lease: who runs it, and when that was last certain. ``trouble`` is a sentence of a
    catalogue (a msgid) and ``trouble_details`` what belongs into it.
    """

    task = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="progress")
    job = models.CharField(max_length=64, db_index=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject_label = models.CharField(max_length=240, blank=True)
    place = models.CharField(max_length=64, blank=True, db_index=True)
    started_by = models.CharField(max_length=80, blank=True)
    started_label = models.CharField(max_length=120, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=240, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True, db_index=True)
    trouble = models.TextField(blank=True)
    trouble_details = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=["subject_kind", "subject_id"]), models.Index(fields=["started_by"]))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(worker="", beat_at=None) | (~models.Q(worker="") & models.Q(beat_at__isnull=False)),
                name="progress_lease_pair",
            ),
        )

    def __str__(self) -> str:
        return self.subject_label or self.job


class Schedule(models.Model):
    """A job that runs by itself. Whoever moves ``next_at`` under its lock is the one process that runs this tick."""

    job = models.CharField(max_length=64, primary_key=True)
    next_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(null=True, blank=True)
    last_task = models.UUIDField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)
