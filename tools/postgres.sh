#!/usr/bin/env bash
# PostgreSQL for tests and figures.
#   tools/postgres.sh --ready        it is there; installs Debian's package with apt when it may, else says the line that does
#   tools/postgres.sh run CMD…       runs a command beside a server of its own on loopback, whose database is in BOULE_STORE
set -euo pipefail

programs() {
    local newest
    newest=$(find /usr/lib/postgresql -maxdepth 1 -mindepth 1 2>/dev/null | sort -V | tail -n 1)
    [ -n "$newest" ] && [ -x "$newest/bin/postgres" ] && echo "$newest/bin"
}

ready() {
    programs >/dev/null && return
    local install="apt-get update && apt-get install -y --no-install-recommends postgresql"
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "PostgreSQL is missing. Install it with: sudo sh -c '$install'"
        return 1
    fi
    echo "installing postgresql"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null
    programs >/dev/null
}

# It refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }

run() {
    local bin dir port=5599
    bin=$(programs) || { ready; bin=$(programs); }
    dir=$(mktemp -d)
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    # shellcheck disable=SC2064 # the directory of now
    trap "as_postgres '$bin/pg_ctl' -D '$dir/data' -m immediate stop >/dev/null 2>&1; rm -rf '$dir'" EXIT
    (
        cd "$dir"
        as_postgres "$bin/initdb" -A trust -U boule -E UTF8 --locale=C.UTF-8 -D "$dir/data" >/dev/null
        as_postgres "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" \
            -o "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=512MB -c max_wal_size=4GB -p $port" \
            start >/dev/null
    )
    BOULE_STORE="postgres://boule@127.0.0.1:$port/postgres?sslmode=disable" "$@"
}

case "${1:-}" in
--ready) ready ;;
run) shift && run "$@" ;;
*) sed -n '2,4s/^# //p' "$0" && exit 2 ;;
esac
