#!/usr/bin/env bash
# Three nodes on one PostgreSQL server, behind a balancer, all on this machine. A simulated public votes while every 20 seconds
# one node is killed, and a new one takes its place: the page goes on. In the end the log is checked.
#   tools/cluster-demo.sh [SECONDS]      how long people come and vote; 180 without it
# It needs PostgreSQL and HAProxy (apt-get install postgresql haproxy); BOULE_BIN names the program.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-180}
boule=${BOULE_BIN:-$here/target/release/boule}
balancer=8480
kill_every=20

command -v haproxy >/dev/null || { echo "HAProxy is missing. Install it with: sudo apt-get install -y --no-install-recommends haproxy"; exit 1; }
[ -x "$boule" ] || { echo "$boule is missing: cargo build --release"; exit 1; }
[ -n "${BOULE_STORE:-}" ] || exec "$here/tools/postgres.sh" run "$0" "$@"

dir=$(mktemp -d)
declare -a nodes=()
haproxy_pid=
clean_up() {
    [ -z "$haproxy_pid" ] || kill "$haproxy_pid" 2>/dev/null || true
    for pid in "${nodes[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$dir"
}
trap clean_up EXIT

# A node listens for people on 848N and for other nodes on 858N.
start_node() {
    "$boule" serve --data "$dir/node$1" --bind "127.0.0.1:848$1" --node "127.0.0.1:858$1" \
        --trusted-proxies 127.0.0.1 >>"$dir/node$1.log" 2>&1 &
    nodes[$1]=$!
}

# Each conversation goes to one node as long as that is there, so that few requests are passed on.
cat >"$dir/haproxy.cfg" <<END
global
    maxconn 4000
defaults
    mode http
    timeout connect 2s
    timeout client 90s
    timeout server 90s
    timeout tunnel 1h
    retries 3
    option redispatch
    retry-on conn-failure
frontend people
    bind 127.0.0.1:$balancer
    http-request set-var(txn.conversation) 'path,regsub("^/(c|m|o|preview|ws/v1|api/v1/c)/([^/]+).*","\\2")'
    default_backend nodes
backend nodes
    balance hash var(txn.conversation)
    hash-type consistent
    option forwardfor
    option httpchk GET /health
    default-server check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
    server node1 127.0.0.1:8481
    server node2 127.0.0.1:8482
    server node3 127.0.0.1:8483
END

for number in 1 2 3; do start_node $number; done
for number in 1 2 3; do
    until grep -q "data in" "$dir/node$number.log" 2>/dev/null; do sleep 0.1; done
done
haproxy -f "$dir/haproxy.cfg" &
haproxy_pid=$!

"$boule" demo --at "127.0.0.1:$balancer" --data "$dir/demo" --seconds "$seconds" &
crowd=$!
victim=1
while sleep $kill_every && kill -0 "$crowd" 2>/dev/null; do
    echo "killing node $victim"
    kill -KILL "${nodes[$victim]}"
    wait "${nodes[$victim]}" 2>/dev/null || true
    sleep 2
    start_node $victim
    victim=$((victim % 3 + 1))
done
wait "$crowd"
echo "checking the log"
"$boule" check --data "$dir/node1"
