"""Documents that the system drafts for signature."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import now
from anyue.platform.files.models import StoredFile

from .campaigns import Campaign


class DraftDocument(models.Model):
    """A document that the system drafted for signature: the re-issued notice, a circular on progress.

    Number, signer and seal are left open and entered afterwards with the signed copy; no seal is ever drawn.
    """

    class Kind(models.TextChoices):
        """Which."""

        NOTICE = "notice", _("Re-issued notice")
        CIRCULAR = "circular", _("Circular on progress")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # The same printed, made by a job; None until then, and where there is no LibreOffice.
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=120)
    doc_no = models.CharField(_("document number"), max_length=80, blank=True)
    signer = models.CharField(_("signer"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-made_at",)
