"""The trail of the demonstration, which people made as people do: every entry reads as a person would say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from anyue.demonstration import demo_load
from anyue.platform.audit import sentences, values
from anyue.platform.audit.differences import differences
from anyue.platform.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
# Keys whose numbers are counts; any other whole number would be the key of a row.
COUNTS = {"duties", "files", "files_waiting", "rows", "add", "rename", "move", "change", "keep", "version", "items"}
COUNTS |= {"count", "progress", "year", "units", "size"}
CODE = re.compile(r"[a-z][a-z0-9_]*(?:[.:][a-z0-9_.:-]+|_[a-z0-9_]+)?|\d{4}-\d\d-\d\dT.*")
# What a person typed or a program wrote for another: names to sign in, digests, addresses.
PLAIN = {"username", "sha256", "sm3", "email"}


@pytest.fixture
def entries(settings: Any, tmp_path: Path) -> list[Entry]:
    settings.DATA = tmp_path
    demo_load()
    found: dict[tuple[object, ...], Entry] = {}
    for entry in Entry.objects.order_by("pk").iterator():
        found.setdefault((entry.action, *sorted(entry.before), "", *sorted(entry.after)), entry)
    return list(found.values())


def said(entry: Entry) -> Iterator[tuple[str, str, Any, str]]:
    """Key, label, value and what is shown of it, for every field that is shown."""
    for side in (entry.before, entry.after):
        for name in values.in_order(entry.subject_kind, side):
            label = values.field_named(entry.subject_kind, name)
            yield name, label, side[name], values.value_said(entry.subject_kind, name, side[name])


def test_no_entry_shows_a_key_of_a_row_or_a_code(entries: list[Entry]) -> None:
    faults = []
    with translation.override("zh-hans"):
        for entry in entries:
            sentence = sentences.sentence(entry)
            if re.search(r"\b\d{2,}\b(?!年)", re.sub(r"“.*”|[（(].*?[）)]|\d{4}-\d+", "", sentence)):
                faults.append(f"{entry.action}: {sentence}")
            for name, label, value, shown in said(entry):
                if re.search("[A-Za-z]{4}", label.replace("SHA-256", "")):
                    faults.append(f"{entry.action}: the label of {name} is {label}")
                numbers = [one for one in (value if isinstance(value, list) else [value]) if type(one) is int]
                if numbers and name not in COUNTS:
                    faults.append(f"{entry.action}: {name} shows {shown}")
                words = shown.split("、") if isinstance(value, list) else [shown]
                if name not in PLAIN and any(CODE.fullmatch(word) for word in words):
                    faults.append(f"{entry.action}: {name} shows {shown}")

    assert len(entries) > 15
    assert not faults, "\n".join(faults)


def test_the_fields_of_an_entry_are_shown_in_one_order_however_the_database_keeps_them(entries: list[Entry]) -> None:
    with translation.override("zh-hans"):
        for entry in entries:
            forwards = [one.label for one in differences(entry)]
            entry.before = dict(reversed(entry.before.items()))
            entry.after = dict(reversed(entry.after.items()))
            assert [one.label for one in differences(entry)] == forwards


def test_publishing_and_passing_on_name_the_units_the_tasks_and_the_campaign_above(entries: list[Entry]) -> None:
    published = next(entry for entry in entries if entry.action == "campaign.published")
    reissued = next(entry for entry in entries if entry.action == "campaign.reissued")

    assert all(isinstance(name, str) and not name.isdigit() for name in published.after["units"])
    assert isinstance(reissued.after["parent"], str)
    assert all(len(text) > 3 for text in [*reissued.after["tasks"], *reissued.after["requirements"]])
