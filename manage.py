"""Django's own commands for developers: makemigrations, shell, test server. Operators use `anyue`.

In a fresh checkout the Chinese is compiled first; without it every page would be half English.
"""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def compile_translations() -> None:
    """What was translated a minute ago is what pages say."""
    try:
        from scripts.translations import compile_all  # noqa: PLC0415 - not in an installation without Babel
    except ImportError as error:
        sys.stderr.write(f"The Chinese is not compiled anew: {error}. make setup installs what is missing.\n")
        return
    compile_all()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anyue.config.settings")
    compile_translations()
    execute_from_command_line(sys.argv)
