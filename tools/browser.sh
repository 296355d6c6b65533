#!/usr/bin/env bash
# Makes sure that Chromium and fonts for many scripts are there; installs them with apt when it
# may, else says the line that does.
set -euo pipefail

packages=(chromium fonts-noto-core)
browser=${CHROMIUM:-/usr/bin/chromium}

if [ -x "$browser" ]; then
    exit 0
fi
install="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Chromium is not at $browser. Install it with: sudo sh -c '$install' (or set CHROMIUM)"
    exit 1
fi
echo "installing ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
[ -x "$browser" ]
