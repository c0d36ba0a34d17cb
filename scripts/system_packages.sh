#!/usr/bin/env bash
# The Debian packages that Anyue works with beside its Python packages. What is missing is installed where that is
# allowed (root or sudo without a password, and apt-get), otherwise named, with what does not work without it.
# With CI=true a missing package is an error. ANYUE_NO_APT=1: never install, only name. Quick when all is there.
set -euo pipefail

# package, another package that serves as well (or -), what is skipped without it. Later parts of the project add
# their lines here.
packages() {
  cat <<'LIST'
libreoffice-writer-nogui|libreoffice-writer|.doc, .wps, .rtf and .odt files; .pdf of what is written
libreoffice-calc-nogui|libreoffice-calc|.xlsx opened as a check of the workbooks; old spreadsheets
poppler-utils|-|page pictures in the tests of what is written
fontconfig|-|finding the fonts of official documents
fonts-noto-cjk|-|Chinese text in .pdf and page pictures
chromium|chromium-browser|browser, accessibility and screenshot tests
postgresql|-|the tests on PostgreSQL
gettext|-|finding new sentences to translate (scripts/translations.py)
fonts-liberation|-|Latin letters and digits in .pdf, in the widths of Times New Roman
LIST
}

installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing() {
  local package other without
  while IFS='|' read -r package other without; do
    if ! installed "$package" && { [ "$other" = - ] || ! installed "$other"; }; then
      echo "$package|$without"
    fi
  done < <(packages)
}

if ! command -v dpkg-query >/dev/null; then
  echo "This is not Debian or Ubuntu. Anyue also works with these, under the names your system has for them:"
  packages | while IFS='|' read -r package other without; do echo "  $package: for $without"; done
  if [ "${CI:-}" = true ]; then
    exit 1
  fi
  exit 0
fi

lacking=$(missing)
if [ -z "$lacking" ]; then
  exit 0
fi
names=$(cut -d '|' -f 1 <<<"$lacking" | paste -s -d ' ')

as_root=none
if [ -z "${ANYUE_NO_APT:-}" ] && command -v apt-get >/dev/null; then
  if [ "$(id -u)" = 0 ]; then
    as_root=''
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
  fi
fi

if [ "$as_root" != none ]; then
  echo "Installing Debian packages: $names"
  apt=($as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -qq)
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  # shellcheck disable=SC2086 # names are words
  if ! { "${apt[@]}" update && "${apt[@]}" install --yes --no-install-recommends $names; } </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
  fi
  lacking=$(missing)
  if [ -z "$lacking" ]; then
    exit 0
  fi
  names=$(cut -d '|' -f 1 <<<"$lacking" | paste -s -d ' ')
fi

{
  echo
  echo "These Debian packages are missing. Without them:"
  while IFS='|' read -r package without; do
    printf '  %-26s %s\n' "$package" "$without"
  done <<<"$lacking"
  echo "The rest works, and tests that need them are skipped. To add them:"
  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends $names"
  echo
} >&2
if [ "${CI:-}" = true ]; then
  echo "CI skips nothing: a missing package is an error here." >&2
  exit 1
fi
