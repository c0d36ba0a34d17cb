"""Stored bytes once by content, and what each upload said of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError

from . import problems


class Blob(models.Model):
    """Bytes, stored once. ``kind`` is what the content is, not what its name says; ``shown`` is stripped of EXIF.

    ``emptied_at``: the last file that used it was removed and its bytes are gone; digests and size stay as the record of it.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    sm3 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=100)
    stored = models.CharField(max_length=120, blank=True)
    shown = models.CharField(max_length=120, blank=True)
    thumbnail = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(emptied_at=None) & ~Q(stored="")) | Q(emptied_at__isnull=False, stored=""),
                name="blob_has_bytes_or_none",
            ),
        )

    @property
    def names(self) -> list[str]:
        """Under which names its bytes and copies lie in the storage."""
        return [name for name in (self.stored, self.shown, self.thumbnail) if name]


class StoredFile(models.Model):
    """One upload under its name. ``place`` is the path of the unit it belongs to and follows it
    (``authz.places``); owner and uploader by value.

    ``taken_at``, ``longitude``, ``latitude`` come from the photograph and are evidence: they are kept here and stripped from
    what others see. Coordinates as captured, in ``crs`` (WGS84 from a camera).

    A file that was sent and cannot be looked at for a mark of secrecy at once waits in the folder ``held`` (``holding``) without a
    blob; then it has one, or was refused (``refused``: the problem's code and the mark; a marked one has no name any more).
    ``unseen``: it was accepted without having been looked at to the end, and why (``secrecy.UNSEEN``).
    """

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files", null=True, blank=True)
    held = models.CharField(max_length=48, blank=True, db_index=True)
    unseen = models.CharField(max_length=20, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused = models.JSONField(default=dict, blank=True)
    name = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=64, blank=True, db_index=True)
    owner_kind = models.CharField(max_length=40, blank=True)
    owner_id = models.CharField(max_length=64, blank=True)
    uploaded_by = models.CharField(max_length=80)
    uploaded_label = models.CharField(max_length=120, blank=True)
    uploaded_at = models.DateTimeField(default=now)
    taken_at = models.DateTimeField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    crs = models.CharField(max_length=10, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["owner_kind", "owner_id"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None) | Q(longitude__isnull=False, latitude__isnull=False),
                name="file_coordinates_pair",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False, held="")
                | Q(blob__isnull=False, held="", refused_at=None)
                | (Q(blob=None, refused_at=None) & ~Q(held=""))
                | Q(blob=None, held="", refused_at__isnull=False),
                name="file_kept_waiting_or_refused",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Nobody may open it yet."""
        return bool(self.held)

    @property
    def kept(self) -> Blob:
        """Its bytes. Refuses where there are none: it waits to be looked at, or was refused."""
        if self.blob is None:
            raise RefusedError(problems.WAITING if self.is_waiting else problems.TURNED_AWAY, name=self.name)
        return self.blob
