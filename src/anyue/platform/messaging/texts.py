"""The texts of messages: each has a code, named places, and stands in English with its Chinese in the app's catalogue.

TEXTS = register(Text("campaigns.late", _("%(task)s is late"), _("%(unit)s: %(task)s was due %(due)s."), ("unit", "task", "due")))
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import RefusedError

from . import problems

_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Text:
    """A text. ``subject`` and ``body`` are msgids with places ``%(name)s``; ``places`` lists them all, and nothing else."""

    code: str
    subject: str
    body: str
    places: tuple[str, ...]

    def written(self, words: Mapping[str, object], language: str = "") -> tuple[str, str]:
        """Subject and body in ``language`` (Chinese if none is named). Refuses missing words."""
        missing = [place for place in self.places if place not in words]
        if missing:
            raise RefusedError(problems.MISSING_WORDS, template=self.code, words="、".join(missing))
        with translation.override(language or settings.LANGUAGE_CODE):
            filled = {name: str(value) for name, value in words.items()}
            return gettext(self.subject) % filled, gettext(self.body) % filled


_TEXTS: dict[str, Text] = {}


def register(*texts: Text) -> None:
    """Make texts known. Raises ``ValueError`` for two of one code, and for places that are not those in the sentences."""
    for text in texts:
        if set(_PLACE.findall(text.subject + text.body)) != set(text.places):
            raise ValueError(f"the places of {text.code} are not those in its sentences")
        if _TEXTS.setdefault(text.code, text) != text:
            raise ValueError(f"two texts are called {text.code}")


def texts() -> list[Text]:
    """All that are known, by code."""
    return [_TEXTS[code] for code in sorted(_TEXTS)]


def text_named(code: str) -> Text:
    """The text called ``code``. Refuses one that is not there."""
    if code not in _TEXTS:
        raise RefusedError(problems.NO_TEMPLATE, template=code)
    return _TEXTS[code]


DIGEST = Text(
    "messaging.digest",
    _("%(count)s messages: %(first)s and more"),
    _("%(count)s messages:\n%(lines)s"),
    ("count", "first", "lines"),
)
TRIAL = Text(
    "messaging.trial",
    _("Trial message"),
    _("This is a trial message, sent by %(name)s. If you can read it, the channel works; nothing need be done."),
    ("name",),
)
register(DIGEST, TRIAL)
