"""Keeps the Chinese of the platform complete: finds sentences, checks their translations, makes what Django reads.

Usage: translations.py --update [APP…] | --check | --compile

--update   finds the sentences of every app (GNU gettext) and writes its locale/zh_Hans/LC_MESSAGES/django.po: sorted, without line
           numbers or dates, nothing guessed, nothing that is no longer said.
--check    says what --update would change, what has no Chinese, whose places differ; status 1 if there is anything.
--compile  makes the .mo files that are older than their .po (Babel; no gettext needed).
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "anyue"
CATALOG = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")
HEADER = """msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
    "open_to_all",  # why a page is public: printed in docs/permissions.md
)
PLACE = re.compile(r"%\((\w+)\)[sd]")
Key = tuple[str | None, str]


def apps(source: Path = SOURCE) -> list[Path]:
    """The folders of the Django apps."""
    return sorted(file.parent for file in source.rglob("apps.py"))


def key_of(message: Message) -> Key:
    """Context and msgid; of a plural the singular."""
    return message.context, message.id[0] if isinstance(message.id, tuple) else str(message.id)


def found_in(app: Path) -> dict[Key, Message]:
    """Every sentence in the code and the templates of an app, by GNU gettext as Django calls it."""
    with tempfile.TemporaryDirectory() as folder:
        files = [file for file in sorted(app.rglob("*.py")) if "migrations" not in file.relative_to(app).parts]
        for number, file in enumerate(sorted([*app.rglob("templates/**/*.html"), *app.rglob("templates/**/*.txt")])):
            plain = Path(folder, f"{number}.py")
            plain.write_text(templatize(file.read_text("utf-8"), origin=str(file.relative_to(app))), "utf-8")
            files.append(plain)
        command = [
            "xgettext",
            "--language=Python",
            "--from-code=UTF-8",
            "--no-location",
            "--output=-",
            "--no-wrap",
        ]
        command += [f"--keyword={word}" for word in KEYWORDS]
        done = subprocess.run(
            [*command, "--files-from=-"], input="\n".join(map(str, files)), text=True, capture_output=True, check=True
        )
    # Asked for its header, which is cut off here: without it xgettext drops every character that is not ASCII, such as “.
    catalog = read_po(io.StringIO(done.stdout.partition("\n\n")[2]))
    return {key_of(message): message for message in catalog if message.id}


def kept(app: Path) -> Catalog:
    """The translations of an app as they stand."""
    file = app / CATALOG
    return read_po(io.BytesIO(file.read_bytes()), locale="zh_Hans") if file.exists() else Catalog(locale="zh_Hans")


def updated(app: Path) -> str | None:
    """The text that the app's django.po should have; None for an app that says nothing."""
    before = {key_of(message): message for message in kept(app) if message.id}
    fresh = Catalog(locale="zh_Hans")
    for key, message in found_in(app).items():
        old = before.get(key)
        same = old is not None and isinstance(old.id, tuple) == isinstance(message.id, tuple)
        fresh.add(
            message.id,
            old.string if same and old and not old.fuzzy else "",
            context=message.context,
            user_comments=old.user_comments if old else (),
        )
    if not len(fresh):
        return None
    out = io.BytesIO()
    write_po(out, fresh, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER + out.getvalue().decode().strip() + "\n"


def update(only: list[str] | None = None) -> int:
    """Write every django.po anew (of the apps named ``only``), and say how many sentences wait for their Chinese."""
    for app in apps():
        if only and app.name not in only:
            continue
        text, file = updated(app), app / CATALOG
        if text is None:
            file.unlink(missing_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
        waiting = [message for message in kept(app) if message.id and not _says(message)]
        if waiting:
            print(f"{file.relative_to(ROOT)}: {len(waiting)} without Chinese")
    return 0


def _says(message: Message) -> bool:
    strings = _strings(message)
    return bool(strings) and all(string.strip() for string in strings)


def _strings(message: Message) -> list[str]:
    return [s or "" for s in (message.string if isinstance(message.string, (tuple, list)) else [message.string])]


def faults_of(catalog: Catalog) -> list[str]:
    """What is wrong with translations as they stand: empty, guessed, left over, other places."""
    faults = [f"left over: {key_of(message)[1]!r}" for message in catalog.obsolete.values()]
    for message in catalog:
        if not message.id:
            continue
        said = key_of(message)[1]
        if message.fuzzy:
            faults.append(f"guessed (fuzzy): {said!r}")
        if not _says(message):
            faults.append(f"no Chinese: {said!r}")
            continue
        wanted = set(PLACE.findall(message.id[-1] if isinstance(message.id, tuple) else str(message.id)))
        faults += [
            f"other places than in {said!r}: {string!r}"
            for string in _strings(message)
            if set(PLACE.findall(string)) != wanted
        ]
    return faults


def differing(catalogs: dict[str, Catalog]) -> list[str]:
    """Sentences that two apps translate differently: Django knows one translation of a msgid, so give them a context."""
    said: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, catalog in catalogs.items():
        for message in catalog:
            if message.id and _says(message):
                said[key_of(message)][str(message.string)].append(name)
    return [
        f"{key[1]!r} is said differently: "
        + ", ".join(f"{text} in {' and '.join(where)}" for text, where in ways.items())
        for key, ways in said.items()
        if len(ways) > 1
    ]


def check() -> int:
    """Say every fault; 1 if there is one."""
    faults: list[str] = []
    has_gettext = shutil.which("xgettext") is not None
    catalogs = {app.name: kept(app) for app in apps()}
    for app in apps():
        name = app.relative_to(ROOT)
        faults += [f"{name}: {fault}" for fault in faults_of(catalogs[app.name])]
        if has_gettext and (text := updated(app)) != (old := _text(app)):
            wanted, there = _ids(text), _ids(old)
            faults += [f"{name}: not in its django.po: {said!r}" for said in sorted(wanted - there)]
            faults += [f"{name}: no longer said: {said!r}" for said in sorted(there - wanted)]
            if wanted == there:
                faults.append(f"{name}: its django.po is not as scripts/translations.py --update writes it")
    faults += differing(catalogs)
    for fault in faults:
        print(fault, file=sys.stderr)
    if not has_gettext:
        print(
            "GNU gettext is not installed: new sentences were not looked for (apt-get install gettext)", file=sys.stderr
        )
    sentences = sum(len(catalog) for catalog in catalogs.values())
    print(f"Translations: {sentences} sentences, {len(faults)} faults")
    return 1 if faults or (not has_gettext and os.environ.get("CI") == "true") else 0


def _text(app: Path) -> str | None:
    file = app / CATALOG
    return file.read_text("utf-8") if file.exists() else None


def _ids(text: str | None) -> set[str]:
    catalog = read_po(io.StringIO(text or ""))
    return {key_of(message)[1] for message in catalog if message.id}


def compile_all(source: Path = SOURCE) -> int:
    """Make every .mo that is older than its .po. Several at once do no harm."""
    for app in apps(source):
        file = app / CATALOG
        target = file.with_suffix(".mo")
        if not file.exists():
            target.unlink(missing_ok=True)
        elif not target.exists() or target.stat().st_mtime_ns < file.stat().st_mtime_ns:
            fresh = target.with_name(f".django-{os.getpid()}.mo")
            with fresh.open("wb") as out:
                write_mo(out, kept(app))
            fresh.replace(target)
    return 0


def main() -> int:
    """As the module says."""
    way, *only = sys.argv[1:] or [""]
    if way == "--update":
        return update(only)
    ways = {"--check": check, "--compile": compile_all}
    if way not in ways or only:
        print(__doc__, file=sys.stderr)
        return 2
    return ways[way]()


if __name__ == "__main__":
    sys.exit(main())
