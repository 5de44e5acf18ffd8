#!/bin/sh
# Makes sure PostgreSQL's programs are there for the tests; where they cannot be, says so and goes on.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

installed() {
    for program in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
        [ -x "$program" ] && return 0
    done
    return 1
}

installed && exit 0
install_packages postgresql || true
installed && exit 0
cat >&2 <<'NOTE'
==========================================================================================
 CHÚ Ý: không có PostgreSQL, các kiểm thử trên PostgreSQL BỊ BỎ QUA (apt-get install postgresql).
 NOTE: there is no PostgreSQL, its tests ARE SKIPPED (apt-get install postgresql).
==========================================================================================
NOTE
