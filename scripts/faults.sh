#!/bin/sh
# Makes sure the tools of the fault suite are there; where they cannot be, says so, and what needs them is skipped.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

missing=
for program in iptables ip unshare mkfs.ext4; do
    command -v "$program" >/dev/null 2>&1 || missing=yes
done
[ -z "$missing" ] || install_packages iptables iproute2 util-linux e2fsprogs ||
    note "thiếu công cụ, một số thử lỗi bị bỏ qua" "tools are missing, some faults are skipped"
[ "$(id -u)" = 0 ] ||
    note "không có quyền root: không thử mạng nuốt gói và đĩa đầy" "without root no network is cut and no disk fills up"
