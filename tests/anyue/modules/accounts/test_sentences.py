"""Every act of this module has its own sentence in the trail."""

from __future__ import annotations

import re
from pathlib import Path

import anyue.modules.accounts as module
from anyue.modules.accounts.sentences import SENTENCES


def test_every_action_that_is_written_down_has_a_sentence() -> None:
    folder = Path(module.__file__).parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py") if file.name != "sentences.py")
    written = set(
        re.findall(
            r'"((?:person|people|post|grant|invitation|installation|password|session|token|sign_in|sign_out|sign_on|factor)\.[a-z_]+)"',
            code,
        )
    )

    assert written == set(SENTENCES)
