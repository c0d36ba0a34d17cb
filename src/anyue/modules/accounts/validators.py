"""Rules for passwords: Django's in our own words, which are whole in Chinese, and two of our own."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.contrib.auth import password_validation as django_rules
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from .models import User


def _kind(sign: str) -> str:
    if sign.isdigit():
        return "digit"
    if sign.isalpha():
        return "capital" if sign.isupper() else "small"
    return "other"


class _Asks(Protocol):
    """A rule that says what it asks."""

    def get_help_text(self) -> str:
        """What the rule asks."""
        ...


class _OneSentence:
    """What the rule asks is also what is said when it is broken."""

    def get_error_message(self: _Asks) -> str:
        """The same sentence."""
        return self.get_help_text()


class LongEnough(_OneSentence, django_rules.MinimumLengthValidator):
    """So many characters at least."""

    def get_help_text(self) -> str:
        """What the rule asks."""
        count = self.min_length
        return ngettext("Use at least %(count)s character.", "Use at least %(count)s characters.", count) % {
            "count": count
        }


class UnlikeThePerson(_OneSentence, django_rules.UserAttributeSimilarityValidator):
    """Not close to a name, user name or number of hers."""

    def get_help_text(self) -> str:
        """What the rule asks."""
        return gettext("Do not use your name, user name, phone number or e-mail.")


class NotCommon(_OneSentence, django_rules.CommonPasswordValidator):
    """None of the passwords that everybody tries first."""

    def get_help_text(self) -> str:
        """What the rule asks."""
        return gettext("Do not use a password that many people use.")


class NotFiguresAlone(_OneSentence, django_rules.NumericPasswordValidator):
    """Not digits alone."""

    def get_help_text(self) -> str:
        """What the rule asks."""
        return gettext("Do not use digits alone.")


class KindsOfCharacters:
    """At least three of: small letters, capital letters, digits, other signs (GB/T 22239-2019 8.1.4.1)."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's interface
        """Raises ``ValidationError``."""
        if len({_kind(sign) for sign in password}) < 3:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        """What the rule asks."""
        return gettext("Use at least three of: small letters, capital letters, digits, other signs.")


class NotOneOfTheLast:
    """None of the passwords that the person had last, the present one included."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ``ValidationError``."""
        if not isinstance(user, User) or user.pk is None:
            return
        past = [user.password, *user.past_passwords.values_list("password", flat=True)[: settings.PASSWORDS_REMEMBERED]]
        if any(check_password(password, old) for old in past):
            raise ValidationError(self.get_help_text(), code="password_used")

    def get_help_text(self) -> str:
        """What the rule asks."""
        count = settings.PASSWORDS_REMEMBERED
        return ngettext(
            "Do not take your last password again.", "Do not take one of your last %(count)s passwords again.", count
        ) % {"count": count}
