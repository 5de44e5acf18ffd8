#!/bin/sh
# Everything that must hold before a change is kept, the quickest first.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
step() { printf '\n── %s\n' "$*" >&2; "$@"; }

step "$bin/ruff" check .
step "$bin/ruff" format --check .
step "$bin/mypy"
step "$bin/lint-imports"
step "$bin/pytest" tests/unit

# These two mostly wait for servers of their own, so they run side by side.
beside=$(mktemp)
trap 'rm -f "$beside"' EXIT
"$bin/pytest" tests/contract >"$beside" 2>&1 &
contract=$!
component_failed=0 contract_failed=0
step "$bin/pytest" tests/component || component_failed=1
wait "$contract" || contract_failed=1
printf '\n── %s\n' "$bin/pytest tests/contract" >&2
cat "$beside"
[ "$component_failed$contract_failed" = 00 ]

step "$bin/pytest" tests/acceptance
