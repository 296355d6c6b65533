#!/usr/bin/env bash
# Holds what the product is made of against deny.toml: licences, what is banned, and where it comes from.
# With --advisories also known weaknesses; their list is fetched from the network. With --ready it only
# installs what it needs.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.20.2
deny=target/tools/bin/cargo-deny
if [ "$("$deny" --version 2>/dev/null)" != "cargo-deny $version" ]; then
    # Without optimisation: it runs for two seconds, and would take minutes more to build.
    cargo install cargo-deny --version "$version" --locked --debug --quiet --root target/tools
fi
if [ "${1:-}" = "--ready" ]; then
    exit
fi

checks=(bans licenses sources)
if [ "${1:-}" = "--advisories" ]; then
    checks+=(advisories)
fi
"$deny" --locked --workspace check --hide-inclusion-graph "${checks[@]}"
