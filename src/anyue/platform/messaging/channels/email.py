"""E-mail, by the server that the operator set (``ANYUE_SMTP_HOST`` and the others)."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from ..models import Kind, Message
from ..outgoing import SendError
from .base import Adapter, Setting


class EmailAdapter(Adapter):
    """Plain text."""

    kind = Kind.EMAIL

    def is_set_up(self, setting: Setting) -> bool:
        del setting
        return bool(settings.EMAIL_HOST)

    def send(self, message: Message, setting: Setting) -> None:
        del setting
        text = f"{message.body}\n\n{settings.PUBLIC_ADDRESS}{message.link}" if message.link else message.body
        subject = " ".join(message.subject.split())
        try:
            EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [message.address]).send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise SendError(str(error), is_final=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise SendError(f"{type(error).__name__}: {error}") from error
