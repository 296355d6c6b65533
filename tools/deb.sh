#!/usr/bin/env bash
# Builds the Debian package: the program, its manual, its completions, and target/debian/….deb from them.
# Whatever follows goes to cargo-deb, such as `--deb-version 0.1.0-2` or `--output DIR`. With --no-build the
# program and the manual are taken as they were built last; --ready only installs what this needs.
set -euo pipefail
cd "$(dirname "$0")/.."

version=3.8.0
most_bytes=$((30 * 1024 * 1024))

cargo_deb=target/tools/bin/cargo-deb
if [ "$("$cargo_deb" --version 2>/dev/null)" != "cargo-deb $version" ]; then
    # Without optimisation: xz does the work, and it is C.
    cargo install cargo-deb --version "$version" --locked --debug --quiet --root target/tools
fi
# It finds the libraries that the program needs.
if ! command -v dpkg-shlibdeps >/dev/null; then
    echo "dpkg-shlibdeps is missing. Install it with: apt-get install dpkg-dev"
    exit 1
fi
case "${1:-}" in
--ready) exit ;;
--no-build) shift ;;
*)
    # In one go, so that the library is built once.
    cargo build --locked --release -p boule -p boule-manual
    rm -rf target/manual
    cargo run --locked --release --quiet -p boule-manual -- target/manual
    ;;
esac

# The same commit gives the same bytes.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
package=$("$cargo_deb" --quiet --locked --no-build --strip --no-dbgsym "$@" | tail -1)
bytes=$(stat -c %s "$package")
echo "$package: $(awk "BEGIN { printf \"%.1f\", $bytes / 1048576 }") MiB"
if [ "$bytes" -gt "$most_bytes" ]; then
    echo "that is more than $((most_bytes / 1048576)) MiB"
    exit 1
fi
