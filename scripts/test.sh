#!/bin/sh
# Everything that must hold before a change is kept, the quickest first; what does not wait for another runs beside it.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
beside=$(mktemp)
trap 'rm -f "$beside"' EXIT
step() { printf '\n── %s\n' "$*" >&2; "$@"; }

# side_by_side "FIRST" "SECOND": both are run, the second in silence until it ends; fails where one does.
side_by_side() {
    sh -c "$2" >"$beside" 2>&1 &
    other=$!
    failed=0
    step sh -c "$1" || failed=1
    wait "$other" || failed=1
    printf '\n── %s\n' "$2" >&2
    cat "$beside"
    return "$failed"
}

step "$bin/ruff" check .
step "$bin/ruff" format --check .
side_by_side "$bin/pytest tests/unit" "$bin/mypy && $bin/lint-imports"
# These mostly wait for servers of their own.
side_by_side "$bin/pytest tests/component" "$bin/pytest tests/contract --ignore tests/contract/store"
side_by_side "$bin/pytest tests/acceptance" "$bin/pytest tests/contract/store"
