#!/bin/sh
# Writes requirements.lock anew from pyproject.toml: every package with its version and hashes.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    uv=.venv/lock-tool/bin/uv
    [ -x "$uv" ] || { .venv/bin/python -m venv .venv/lock-tool && .venv/lock-tool/bin/pip install --quiet uv; } ||
        fail "Không cài được uv để khóa phiên bản." "uv, which writes the lock file, cannot be installed."
fi
"$uv" pip compile --quiet --upgrade --generate-hashes --python-version 3.11 --extra dev --no-emit-index-url \
    --no-emit-find-links --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
