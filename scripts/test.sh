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
for suite in unit component contract acceptance; do
    step "$bin/pytest" "tests/$suite"
done
