"""How stylesheets and scripts are served: each under the name of its content, so that a browser may keep it for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """What our modules import is named by its content too, so that after an upgrade no page mixes old and new.

    Django can do so for every script, but trips over text that only looks like an import; ours write it in one way.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r'(?P<matched>from "(?P<url>\./[\w-]+\.js)")', 'from "%(url)s"'),)),
    )
