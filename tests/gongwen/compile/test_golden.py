"""The example notice, whole: every key of the contract as it was looked at and found right."""

from __future__ import annotations

import json
from pathlib import Path

from gongwen import compile_notice
from gongwen.spec import SCHEMA

from .conftest import Check

KEYS = [
    *("schema", "source", "classification", "title", "doc_no", "issuer", "issued_on", "addressees", "campaign"),
    *("key_dates", "references", "outline", "deadlines", "contacts", "attachments", "tasks", "forms", "warnings"),
]


def test_the_example_notice_compiles_to_its_golden_file(root: Path, golden: Check) -> None:
    golden("district-2026", compile_notice(root / "examples" / "district-2026" / "通知.docx").to_dict())


def test_the_json_holds_every_key_of_the_contract(root: Path) -> None:
    spec = compile_notice(root / "examples" / "district-2026" / "通知.docx")
    said = json.loads(spec.to_json())
    assert set(KEYS) <= set(said)
    assert said["schema"] == SCHEMA == "anyue/notice@1"
    assert said == json.loads(json.dumps(spec.to_dict()))
