#!/usr/bin/env bash
# make_venv.sh VENV REQUIREMENTS: makes VENV with Python 3.11 or newer and installs the pinned requirements and this
# project into it. Runs again without harm. PYTHON names an interpreter; otherwise the first fit one on the PATH is taken.
set -euo pipefail

venv=$1
requirements=$2
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14 python}; do
    # A name on the PATH may be a shim that leads nowhere, so run it.
    if "$candidate" -c "$new_enough" 2>/dev/null </dev/null; then
      echo "$candidate"
      return
    fi
  done
  {
    echo "Anyue needs Python 3.11 or newer."
    for candidate in ${PYTHON:-python3 python}; do
      echo "  found $candidate: $("$candidate" --version 2>/dev/null || echo 'nothing that runs')"
    done
    echo "Install a newer one (on Debian 12 or Ubuntu 24.04: apt-get install python3 python3-venv), or name it:"
    echo "  make setup PYTHON=/path/to/python3.12"
  } >&2
  return 1
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1 || ! "$venv/bin/python" -c "$new_enough" 2>/dev/null; then
  python=$(find_python)
  echo "Making $venv with $("$python" --version)"
  "$python" -m venv --clear "$venv" || {
    echo "$python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2
    exit 1
  }
fi

echo "Installing $requirements"
pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input -qq install)
"${pip[@]}" --require-hashes -r "$requirements"
# hatchling is among the requirements, so nothing is installed here that has no hash.
"${pip[@]}" --no-deps --no-build-isolation --editable .
