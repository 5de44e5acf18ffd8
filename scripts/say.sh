# Shared by the scripts beside it: one clear sentence, Vietnamese then English; rights; bounded tries.

fail() { # fail "câu tiếng Việt" "English sentence"
    printf '\n✗ %s\n  %s\n' "$1" "$2" >&2
    exit 1
}

note() {
    printf '• %s / %s\n' "$1" "$2" >&2
}

as_root() { # run a command with root's rights; fails where there are none without a password
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

thrice() { # try a command up to three times, with a pause that grows
    for pause in 3 10 0; do
        "$@" && return 0
        [ "$pause" = 0 ] || sleep "$pause"
    done
    return 1
}

# Installs Debian packages; each try ends within 10 minutes. RUNLEVEL=1 and the policy of invoke-rc.d keep
# a package's own service from starting where there is no systemd; where it starts, we do not use it.
install_packages() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root true || return 1
    note "đang cài $*" "installing $*"
    once() {
        as_root timeout 600 env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get \
            -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 -o Acquire::http::Timeout=30 "$@" >&2
    }
    once install -y --no-install-recommends "$@" && return 0
    thrice once update && thrice once install -y --no-install-recommends "$@"
}
