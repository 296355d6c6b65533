#!/usr/bin/env bash
# Runs every test there is and says how long each stage took. Installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

began=$SECONDS
summary=()
skipped=()

stage() {
    local name=$1 from=$SECONDS
    shift
    echo "== $name"
    "$@"
    summary+=("$(printf '%5d s  %s' $((SECONDS - from)) "$name")")
}

rust_tests() {
    # nextest runs them side by side and is optional; the documentation's examples are not its.
    if command -v cargo-nextest >/dev/null; then
        cargo nextest run --locked --no-fail-fast --status-level fail --final-status-level fail
        cargo test --locked --doc --quiet
    else
        cargo test --locked --quiet
    fi
}

docs() { RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items --quiet; }

scripts() { (cd web/e2e && npm ci --no-audit --no-fund --loglevel=error && npm run --silent check); }

browser_tests() { (cd web/e2e && npm test); }

stage "formatting" cargo fmt --check
stage "build" cargo build --locked --tests --bins
stage "clippy" cargo clippy --locked --all-targets --quiet -- -D warnings
stage "documentation" docs
stage "Rust tests" rust_tests

if command -v npm >/dev/null; then
    stage "types of the scripts" scripts
    if tools/browser.sh; then
        stage "browser tests" browser_tests
    else
        skipped+=("the browser tests: Chromium is missing, and the line above installs it")
    fi
else
    skipped+=("the scripts and the browser tests: Node.js 20 with npm is missing")
fi

echo "== times"
printf '%s\n' "${summary[@]}"
printf '%5d s  in all\n' $((SECONDS - began))
for what in "${skipped[@]:-}"; do
    [ -z "$what" ] || echo "SKIPPED: $what"
done
if [ "${#skipped[@]}" -gt 0 ] && [ "${CI:-}" = "true" ]; then
    echo "nothing may be skipped in CI"
    exit 1
fi
