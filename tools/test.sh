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

# Tests that break things on purpose: kills, power losses, hostile sockets, random interleavings,
# parallel votes, a soak, several nodes. Their sizes in CI; a longer run sets its own (see `make test-long`).
faults="kill:: hostile:: parallel:: soak:: cluster:: simulation_tests::"
export BOULE_TEST_KILLS="${BOULE_TEST_KILLS:-15}"
export BOULE_TEST_SOAK_SECONDS="${BOULE_TEST_SOAK_SECONDS:-60}"
export BOULE_TEST_ROUNDS="${BOULE_TEST_ROUNDS:-1000}"

# nextest runs tests side by side and is optional.
has_nextest() { command -v cargo-nextest >/dev/null; }

rust_tests() {
    if has_nextest; then
        cargo nextest run --locked --workspace --no-fail-fast --status-level fail --final-status-level fail \
            -E "not ($(fault_filter))"
        # The documentation's examples are not nextest's.
        cargo test --locked --workspace --doc --quiet
    else
        local skips=()
        for name in $faults i2_no_acknowledged_event; do skips+=(--skip "$name"); done
        cargo test --locked --workspace --quiet -- "${skips[@]}"
    fi
}

fault_tests() {
    if has_nextest; then
        cargo nextest run --locked --workspace --no-fail-fast --status-level fail --final-status-level fail \
            --no-capture -E "$(fault_filter)" 2>&1 | grep -vE "^(running|test |$)"
    else
        cargo test --locked --quiet --lib simulation_tests::
        # shellcheck disable=SC2086 # one filter a word
        cargo test --locked --quiet --test it -- $faults
        cargo test --locked --quiet --test power_loss
    fi
}

fault_filter() {
    local filter="binary(power_loss)"
    for name in $faults; do filter+=" | test($name)"; done
    echo "$filter"
}

docs() { RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --document-private-items --quiet; }

scripts() { (cd web/e2e && npm ci --no-audit --no-fund --loglevel=error && npm run --silent check); }

browser_tests() { (cd web/e2e && npm test); }

if ! tools/postgres.sh --ready; then
    skipped+=("the tests on PostgreSQL: the line above installs it")
fi

stage "formatting" cargo fmt --all --check
stage "build" cargo build --locked --workspace --tests --bins
stage "clippy" cargo clippy --locked --workspace --all-targets --quiet -- -D warnings
stage "documentation" docs
stage "Rust tests" rust_tests
stage "faults" fault_tests

if tools/deny.sh --ready; then
    stage "dependencies" tools/deny.sh
else
    skipped+=("licences, bans and sources of dependencies: cargo-deny could not be installed")
fi

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

if tools/deb-test.sh --ready; then
    stage "Debian package" make --silent deb-test
else
    skipped+=("installing the Debian package: the line above says why")
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
