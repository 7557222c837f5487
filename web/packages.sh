#!/bin/sh
# Put the packages of web/package-lock.json into web/node_modules, once for each lock file:
# `packages.sh NPM`. Nothing of a package runs while it is installed (.npmrc: ignore-scripts). On a
# machine without a network this ends with status 1 soon, and the page is built without charts.
set -eu
npm=${1:?usage: packages.sh NPM}
cd "$(dirname "$0")"

wanted="$(cksum <package-lock.json) $(uname -sm)"
if [ "$(cat node_modules/.parley 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "$npm" ci --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=2000 \
    --fetch-timeout=20000 >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    exit 1
fi
printf '%s\n' "$wanted" >node_modules/.parley
