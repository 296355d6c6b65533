#!/usr/bin/env bash
# Makes sure that Chromium, fonts for many scripts and libfaketime (a server some days later) are there; installs
# them with apt when it may, else says the line that does.
set -euo pipefail

packages=(chromium fonts-noto-core libfaketime)
browser=${CHROMIUM:-/usr/bin/chromium}

if [ -x "$browser" ] && compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1" >/dev/null; then
    exit 0
fi
install="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    if [ -x "$browser" ]; then
        echo "libfaketime is missing: what happens days later is not tested. Install it with: sudo sh -c '$install'"
        exit 0
    fi
    echo "Chromium is not at $browser. Install it with: sudo sh -c '$install' (or set CHROMIUM)"
    exit 1
fi
echo "installing ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
[ -x "$browser" ]
