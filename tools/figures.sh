#!/usr/bin/env bash
# Prints the figures of the live engine: each on a fresh server, in a directory that goes with it.
# closed, polis and newcomers first put a server without anything in it under the same load: what this
# machine gives now.
# tools/figures.sh [closed polis newcomers idle map vote-to-map readers slow restart]…   (all without a name)
# tools/postgres.sh run tools/figures.sh engines   SQLite and PostgreSQL in turns, on the same cores
# tools/postgres.sh run tools/figures.sh hop       the node that has the conversation, and another one, in turns
# tools/postgres.sh run tools/figures.sh takeover  nodes that are killed, and that hang, with a million votes
# Build first: cargo build --release --workspace. It needs `ulimit -n 20000` or more for ten thousand sockets.
set -euo pipefail
cd "$(dirname "$0")/.."
boule=$PWD/target/release/boule
load=$PWD/target/release/boule-load
bench=$PWD/target/release/boule-bench
ulimit -n "$(ulimit -Hn)"

server=
dir=
stop() {
    # One process, or several.
    # shellcheck disable=SC2086
    [ -z "$server" ] || { kill $server && wait $server || true; }
    [ -z "$dir" ] || rm -rf "$dir"
    server=
    dir=
}
trap stop EXIT

# load FLAG…: on a server of its own.
load() {
    dir=$(mktemp -d)
    BOULE_LOG=error "$boule" serve --data "$dir/data" --bind 127.0.0.1:0 >"$dir/out" &
    server=$!
    local url=
    until url=$(grep -o 'http://.*' "$dir/out" | head -1) && [ -n "$url" ]; do sleep 0.05; done
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
    until a=$(grep -o 'http://.*' "$dir/a.out" | head -1) && [ -n "$a" ]; do sleep 0.05; done
    until b=$(grep -o 'http://.*' "$dir/b.out" | head -1) && [ -n "$b" ]; do sleep 0.05; done
    measure() {
        local through=()
        [ "$1" = direct ] || through=(--through "$b" --through-key "$dir/b/operator.key")
        "$load" --url "$a" --data "$dir/a" "${through[@]}" "${@:2}" 2>/dev/null
    }
    in_turns direct passed
    stop
}
takeover() { "$bench" takeover --votes 1000000; }
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
