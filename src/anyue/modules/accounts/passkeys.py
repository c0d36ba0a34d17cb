"""The form that keeps a passkey, in our words: the library's are half English."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """What it is called, and whether it stands for the password too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What this key is called")
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Sign in with this key alone, without the password")
            self.fields["passwordless"].help_text = _(
                "The device then asks for its PIN, fingerprint or face each time."
            )
