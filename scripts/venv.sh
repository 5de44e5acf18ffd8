#!/bin/sh
# Makes .venv from requirements.lock, every file checked against its hash; again only when the lock changed.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

is_311() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in python3.11 /usr/bin/python3.11 python3 /usr/bin/python3; do
        if command -v "$candidate" >/dev/null 2>&1 && is_311 "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

make_venv() { rm -rf .venv && "$python" -m venv .venv >/dev/null 2>&1 && .venv/bin/python -m pip --version >/dev/null 2>&1; }

sum_of() { sha256sum "$1" | cut -d' ' -f1; }
same() { [ "$(cat ".venv/$1" 2>/dev/null)" = "$2" ]; }

locked="$(sum_of requirements.lock) $PWD"   # a moved .venv does not work
project="$(sum_of pyproject.toml)"
install_project() {
    .venv/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation \
        --no-index -e . || fail "Không cài được chính dự án vào .venv." \
        "The project itself cannot be installed into .venv."
    echo "$project" >.venv/.project
}

if [ -x .venv/bin/python ] && is_311 .venv/bin/python && same .locked "$locked"; then
    same .project "$project" || install_project
    exit 0
fi

if ! python=$(find_python); then
    install_packages python3 python3-venv || true
    python=$(find_python) || fail "Cần Python 3.11: hãy cài gói python3.11 rồi chạy lại." \
        "Python 3.11 is needed: install it and run again."
fi
note "đang dựng .venv theo requirements.lock" "making .venv from requirements.lock"
if ! make_venv; then
    install_packages python3-venv || true
    make_venv || fail "Không tạo được môi trường Python: hãy cài gói python3-venv (apt-get install python3-venv)." \
        "A Python environment cannot be made: install the package python3-venv."
fi

thrice .venv/bin/python -m pip --disable-pip-version-check install --quiet --retries 5 --timeout 60 \
    --require-hashes -r requirements.lock ||
    fail "Không tải được các thư viện trong requirements.lock; hãy xem lỗi của pip ở trên." \
        "The libraries of requirements.lock cannot be installed; see pip's message above."
install_project
echo "$locked" >.venv/.locked
