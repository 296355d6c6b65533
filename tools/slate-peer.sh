#!/usr/bin/env bash
# Prints how long abcvoting takes for Equal Shares on a Polis export, beside Boule, and whether both choose the same.
# tools/slate-peer.sh [--from DIR] [--k PLACES] [--rounds N] [--repeat N]   (vtaiwan.uberx, 12 places, without any)
# Build first: cargo build --release --workspace. It needs Python 3.10 or later with venv, and puts abcvoting and what
# it depends on (1.2 GB) under target/tools.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)

version=2.19.2
venv=$top/target/tools/abcvoting
for program in boule boule-bench; do
    if [ ! -x "$top/target/release/$program" ]; then
        echo "target/release/$program is missing. Build it with: cargo build --release --workspace" >&2
        exit 2
    fi
done
if [ "$(cat "$venv/version" 2>/dev/null)" != "$version" ]; then
    echo "installing abcvoting $version" >&2
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install -qq --disable-pip-version-check "abcvoting==$version"
    echo "$version" >"$venv/version"
fi
exec "$venv/bin/python" "$top/tools/slate_peer.py" "$@"
