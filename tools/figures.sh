#!/usr/bin/env bash
# Prints the figures of the live engine: each on a fresh server, in a directory that goes with it.
# closed, polis and newcomers first put a server without anything in it under the same load: what this
# machine gives now.
# tools/figures.sh [closed polis newcomers idle map vote-to-map readers slow restart]…   (all without a name)
# tools/postgres.sh run tools/figures.sh engines   SQLite and PostgreSQL in turns, on the same cores
# tools/postgres.sh run tools/figures.sh hop       the node that has the conversation, and another one, in turns
# tools/postgres.sh run tools/figures.sh distant   the same server, and half a millisecond away
# tools/postgres.sh run tools/figures.sh takeover  nodes that are killed, and that hang, with a million votes
# tools/postgres.sh run tools/figures.sh upgrade   three nodes replaced one after the other while a thousand people vote
# tools/postgres.sh run tools/figures.sh soak      340 votes a second for 30 minutes, with autovacuum and checkpoints
# Build first: cargo build --release --workspace. It needs `ulimit -n 20000` or more for ten thousand sockets.
set -euo pipefail
cd "$(dirname "$0")/.."
boule=$PWD/target/release/boule
load=$PWD/target/release/boule-load
bench=$PWD/target/release/boule-bench
ulimit -n "$(ulimit -Hn)"

server=
delay=
dir=
stop() {
    # One process, or several.
    # shellcheck disable=SC2086
    [ -z "$server" ] || { kill $server && wait $server || true; }
    [ -z "$dir" ] || rm -rf "$dir"
    server=
    dir=
}
trap 'stop; [ -z "$delay" ] || kill "$delay" 2>/dev/null || true' EXIT

# address_in FILE: where a server listens that writes this file, once it does.
address_in() {
    local url
    until url=$(grep -o 'http://.*' "$1" | head -1) && [ -n "$url" ]; do sleep 0.05; done
    echo "$url"
}

# load FLAG…: on a server of its own.
load() {
    dir=$(mktemp -d)
    BOULE_LOG=error "$boule" serve --data "$dir/data" --bind 127.0.0.1:0 >"$dir/out" &
    server=$!
    local url
    url=$(address_in "$dir/out")
    "$load" --url "$url" --data "$dir/data" "$@" 2>/dev/null
    stop
}

# with_bound FLAG…: what a bare server gives, and then what Boule gives.
with_bound() {
    "$load" --bare "$@" || echo "(a bare server could not be measured)"
    load "$@"
}

number() { grep -o "\"$1\": [0-9.]*" | head -1 | grep -o '[0-9.]*$'; }
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

closed() { with_bound --sockets 1000 --duration 15s; }
polis() { with_bound --sockets 256 --rate 340 --duration 15s; }
newcomers() { with_bound --newcomers 64 --duration 15s; }
# in_turns ONE OTHER: one after the other, five times, by `measure ONE FLAG…`: times of acks at 340 a second, and the most votes.
in_turns() {
    local way result lost=0
    local -A most=() half=() slow=()
    for _ in 1 2 3 4 5; do
        for way in "$@"; do
            result=$(measure "$way" --sockets 256 --rate 340 --duration 8s --format json)
            half[$way]+="$(number p50_ms <<<"$result")"$'\n'
            slow[$way]+="$(number p99_ms <<<"$result")"$'\n'
            lost=$((lost + $(number lost <<<"$result")))
        done
    done
    # Afterwards: a server is busy for minutes with what a closed loop has written.
    for _ in 1 2 3 4 5; do
        for way in "$@"; do
            result=$(measure "$way" --sockets 1000 --duration 8s --format json)
            most[$way]+="$(number rate_per_s <<<"$result")"$'\n'
            lost=$((lost + $(number lost <<<"$result")))
        done
    done
    for way in "$@"; do
        echo "$way: $(printf %s "${most[$way]}" | median) votes a second in a closed loop;" \
            "340 a second: p50 $(printf %s "${half[$way]}" | median) ms, p99 $(printf %s "${slow[$way]}" | median) ms"
        echo "  all runs: $(printf %s "${most[$way]}" | tr '\n' ' ')| $(printf %s "${half[$way]}" | tr '\n' ' ')| $(printf %s "${slow[$way]}" | tr '\n' ' ')"
    done
    echo "lost: $lost"
}
engines() {
    local store=${BOULE_STORE:?run it beside a server: tools/postgres.sh run tools/figures.sh engines}
    measure() {
        if [ "$1" = SQLite ]; then unset BOULE_STORE; else export BOULE_STORE=$store; fi
        load "${@:2}"
    }
    in_turns SQLite PostgreSQL
    export BOULE_STORE=$store
}
# Two nodes: votes at the one that has the conversation, and through the other one.
hop() {
    : "${BOULE_STORE:?run it beside a server: tools/postgres.sh run tools/figures.sh hop}"
    local a b node
    dir=$(mktemp -d)
    for node in a b; do
        BOULE_LOG=error "$boule" serve --data "$dir/$node" --bind 127.0.0.1:0 --node 127.0.0.1:0 >"$dir/$node.out" &
        server="$server $!"
    done
    a=$(address_in "$dir/a.out")
    b=$(address_in "$dir/b.out")
    measure() {
        local through=()
        [ "$1" = direct ] || through=(--through "$b" --through-key "$dir/b/operator.key")
        "$load" --url "$a" --data "$dir/a" "${through[@]}" "${@:2}" 2>/dev/null
    }
    in_turns direct passed
    stop
}
# The database at hand, and behind a way that takes longer.
distant() {
    local store=${BOULE_STORE:?run it beside a server: tools/postgres.sh run tools/figures.sh distant} out address
    out=$(mktemp)
    address=$(grep -o '127.0.0.1:[0-9]*' <<<"$store")
    "$bench" delay --to "$address" >"$out" &
    delay=$!
    until grep -q 'round trip' "$out"; do sleep 0.05; done
    tail -n 1 "$out"
    local away
    away=$(grep -o '127.0.0.1:[0-9]*' "$out")
    measure() {
        if [ "$1" = near ]; then export BOULE_STORE=$store; else export BOULE_STORE=${store/$address/$away}; fi
        load "${@:2}"
    }
    in_turns near distant
    export BOULE_STORE=$store
    kill "$delay"
    delay=
    rm "$out"
}
takeover() { "$bench" takeover --votes 1000000; }
upgrade() { "$bench" upgrade --votes 100000 --statements 200; }
# Minute by minute, and what the database did meanwhile. SOAK_MINUTES sets another time.
soak() {
    local store=${BOULE_STORE:?run it beside a server: tools/postgres.sh run tools/figures.sh soak} minute
    ask() { psql "$store" -Atc "$1"; }
    ask "ALTER SYSTEM SET checkpoint_timeout = '5min'" >/dev/null
    ask "ALTER SYSTEM SET log_autovacuum_min_duration = 0" >/dev/null
    ask "SELECT pg_reload_conf()" >/dev/null
    dir=$(mktemp -d)
    BOULE_LOG=error "$boule" serve --data "$dir/data" --bind 127.0.0.1:0 --node 127.0.0.1:0 >"$dir/out" &
    server=$!
    local url
    url=$(address_in "$dir/out")
    local checkpoints="SELECT num_timed + num_requested FROM pg_stat_checkpointer"
    ask "$checkpoints" >/dev/null 2>&1 || checkpoints="SELECT checkpoints_timed + checkpoints_req FROM pg_stat_bgwriter"
    local before result lost=0
    before=$(ask "$checkpoints")
    local slow=()
    for ((minute = 1; minute <= ${SOAK_MINUTES:-30}; minute++)); do
        result=$("$load" --url "$url" --data "$dir/data" --sockets 256 --rate 340 --duration 60s --format json 2>/dev/null)
        slow+=("$(number p99_ms <<<"$result")")
        lost=$((lost + $(number lost <<<"$result")))
    done
    echo "p99 of acks in ms, minute by minute: ${slow[*]}; median $(printf '%s\n' "${slow[@]}" | median), lost: $lost"
    echo "checkpoints: $(($(ask "$checkpoints") - before)); autovacuums: $(ask "SELECT sum(autovacuum_count) FROM pg_stat_user_tables")"
    echo "rows, dead rows, autovacuums of each table:"
    ask "SELECT relname, n_live_tup, n_dead_tup, autovacuum_count FROM pg_stat_user_tables
        WHERE n_live_tup + n_dead_tup > 0 ORDER BY n_live_tup DESC LIMIT 8" | sed 's/^/  /'
    echo "the database takes $(ask "SELECT pg_size_pretty(pg_database_size(current_database()))")"
    stop
}
idle() { load --sockets 0 --watchers 10000 --duration 2s; }
map() { load --sockets 100 --rate 100 --watchers 9900 --duration 15s --warm-up 5000; }
vote_to_map() { load --sockets 1000 --rate 100 --duration 15s --warm-up 10000; }
restart() {
    "$bench" restart --votes 1000000
    "$bench" restart --votes 10000000 --people 100000
}

# p99 of acks at a thousand votes a second, with and without 200 readers a second of the results of ten thousand
# statements; three pairs.
readers() {
    local with=() without=() result
    for _ in 1 2 3; do
        result=$(load --sockets 200 --rate 1000 --duration 10s --statements 10000 --warm-up 20000 --format json)
        without+=("$(number p99_ms <<<"$result")")
        result=$(load --sockets 200 --rate 1000 --duration 10s --statements 10000 --warm-up 20000 --readers 200 --format json)
        with+=("$(number p99_ms <<<"$result")")
    done
    echo "p99 of acks in ms without readers: ${without[*]}; median $(printf '%s\n' "${without[@]}" | median)"
    echo "with 200 readers a second: ${with[*]}; median $(printf '%s\n' "${with[@]}" | median)"
}

# Ten thousand sockets, of which a tenth never reads, and ten thousand that all read; five pairs.
slow() {
    local with=() without=() result
    for _ in 1 2 3 4 5; do
        result=$(load --sockets 100 --rate 100 --watchers 8900 --slow 1000 --duration 20s --warm-up 5000 --format json)
        with+=("$(number p99_ms <<<"$result")")
        result=$(load --sockets 100 --rate 100 --watchers 9900 --duration 20s --warm-up 5000 --format json)
        without+=("$(number p99_ms <<<"$result")")
    done
    echo "p99 of acks in ms, 1,000 of 10,000 never read: ${with[*]}; median $(printf '%s\n' "${with[@]}" | median)"
    echo "the same where these 1,000 read: ${without[*]}; median $(printf '%s\n' "${without[@]}" | median)"
}

for figure in "${@:-closed polis newcomers idle map vote-to-map readers slow restart}"; do
    for name in $figure; do
        echo "== $name"
        "${name//-/_}"
    done
done
