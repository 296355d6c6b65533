#!/usr/bin/env bash
# Installs the Debian package in a small Debian of its own and lives with it as an administrator would:
# install, run, vote, upgrade, remove, purge, and install again. It takes the newest package in
# target/debian, or the one that it is given. --ready only installs what this needs.
#
# There is no systemd in there: the unit's command is started by hand, as the unit's user and without
# rights, in the unit's directory. What the unit locks is looked at by systemd-analyze.
set -euo pipefail
cd "$(dirname "$0")/.."

most_exposure=20 # of 100

ready() {
    local why=""
    if [ "$(id -u)" != 0 ]; then
        why="only root can change into it"
    elif ! unshare --mount true 2>/dev/null; then
        why="nothing can be mounted here"
    elif ! command -v apt-get >/dev/null; then
        why="this is no Debian"
    elif ! { command -v debootstrap && command -v curl && command -v readelf; } >/dev/null; then
        echo "installing debootstrap, curl and binutils"
        export DEBIAN_FRONTEND=noninteractive
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap curl binutils; } \
            >/dev/null || why="debootstrap can't be installed"
    fi
    [ -z "$why" ] || echo "a small Debian can't be made: $why"
    [ -z "$why" ]
}

if ! ready; then
    [ "${1:-}" != --ready ] || exit 1
    echo "SKIPPED: the Debian package was not installed anywhere"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
[ "${1:-}" != --ready ] || exit 0
# Whatever is mounted is gone when this ends, however it ends.
[ "${1:-}" = --inside ] || exec unshare --mount "$0" --inside "$@"
shift

began=$SECONDS
checks=0
server=""
mkdir -p target/deb-test
work=$(mktemp -d "$PWD/target/deb-test/run.XXXXXX")
root=$work/root
log=$work/server.log
unit=$root/usr/lib/systemd/system/boule.service
config=/etc/boule/boule.toml
data=/var/lib/boule

end() {
    if [ -n "$server" ]; then
        kill -KILL "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    ! mountpoint -q "$root/proc" || umount "$root/proc"
    rm -rf --one-file-system "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

fail() {
    [ ! -s "$log" ] || sed 's/^/  server: /' "$log" >&2
    echo "FAILED: $*" >&2
    exit 1
}

# check SENTENCE COMMAND…: the sentence holds if the command succeeds.
check() {
    local sentence=$1
    shift
    "$@" >/dev/null 2>&1 || fail "$sentence"
    checks=$((checks + 1))
}

# is SENTENCE EXPECTED ACTUAL
is() {
    [ "$2" = "$3" ] || fail "$1: '$3' instead of '$2'"
    checks=$((checks + 1))
}

gone() { [ ! -e "$1" ] && [ ! -L "$1" ]; }

# -- a small Debian

# The release of this machine, from where this machine's apt has it: the program is linked against its libraries.
# shellcheck disable=SC1091 # every Debian has it
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
base=$PWD/target/deb-test/base-$codename
make_base() {
    local mirror
    # shellcheck disable=SC2016 # apt's own variables
    mirror=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        sed -n "s/^$codename main //p" | head -1)
    [ -n "$mirror" ] || fail "apt knows no source of $codename"
    echo "making a small Debian ($codename); it is kept for the next time"
    rm -rf --one-file-system "$base.part"
    debootstrap --variant=minbase "$codename" "$base.part" "$mirror" >"$work/debootstrap.log" 2>&1 ||
        { tail -5 "$work/debootstrap.log" >&2 && fail "debootstrap"; }
    rm -f "$base.part"/var/cache/apt/archives/*.deb
    mv "$base.part" "$base"
}

in_root() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" chroot "$root" "$@"
}

# As the unit's user, with what the unit leaves it: nothing.
as_service() {
    in_root setpriv --reuid "$(of_unit User)" --regid "$(of_unit Group)" --init-groups --no-new-privs \
        --bounding-set=-all --inh-caps=-all "$@"
}

# dpkg can't fetch what a package depends on; apt does it afterwards. Where the administrator and the
# package have both changed the configuration, dpkg asks: the answer here is the one it proposes.
install_package() {
    cp "$1" "$root/tmp/boule.deb"
    in_root dpkg --force-confdef --force-confold --install /tmp/boule.deb >"$work/dpkg.log" 2>&1 ||
        in_root apt-get --fix-broken install -y -qq >>"$work/dpkg.log" 2>&1 ||
        { cat "$work/dpkg.log" >&2 && fail "the package could not be installed"; }
    is "dpkg has configured it" "install ok installed" "$(status_of_package)"
}

# shellcheck disable=SC2016 # dpkg's own variable
status_of_package() { in_root dpkg-query --show --showformat='${Status}' boule 2>/dev/null; }
# shellcheck disable=SC2016
version_of_package() { in_root dpkg-query --show --showformat='${Version}' boule; }
owner_and_mode() { in_root stat --format='%U:%G %a' "$1"; }

# -- the unit's command

of_unit() { sed -n "s/^$1=//p" "$unit"; }

start() {
    local command
    read -ra command <<<"$(of_unit ExecStart)"
    : >"$log"
    # in_root can't be used: what starts here has to be the server's own process.
    # shellcheck disable=SC2016 # the inner shell's
    (
        umask "$(of_unit UMask)"
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" \
            /bin/sh -c 'cd "$1" && shift && exec "$@"' - "$(of_unit WorkingDirectory)" \
            setpriv --reuid "$(of_unit User)" --regid "$(of_unit Group)" --init-groups --no-new-privs \
            --bounding-set=-all --inh-caps=-all "${command[@]}"
    ) >"$log" 2>&1 &
    server=$!
    for _ in $(seq 300); do
        site=$(sed -n 's/^listening on //p' "$log")
        [ -z "$site" ] || break
        kill -0 "$server" 2>/dev/null || fail "the server ended"
        sleep 0.1
    done
    [ -n "$site" ] || fail "the server does not listen after 30 s"
    check "it answers" curl -fsS "$site/health"
    is "it runs as the unit's user" boule "$(in_root getent passwd "$(stat --format=%u "/proc/$server")" | cut -d: -f1)"
}

stop() {
    local within code=0
    within=$(of_unit TimeoutStopSec)
    kill "-$(of_unit KillSignal)" "$server"
    for _ in $(seq $((${within%s} * 10))); do
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    ! kill -0 "$server" 2>/dev/null || fail "the server did not stop within $within"
    wait "$server" || code=$?
    server=""
    is "an orderly stop ends with 0" 0 "$code"
}

# -- one voter, without scripts

field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" | head -1; }

vote() {
    local page
    page=$(curl -fsS "$site/c/riverside")
    statement=$(field statement <<<"$page")
    is "a vote is answered" 303 "$(curl -sS -o /dev/null -w '%{http_code}' -c "$work/cookies" \
        -H "Origin: $site" --data "choice=agree&statement=$statement&op=$(field op <<<"$page")" \
        "$site/c/riverside/vote")"
}

voted() {
    local page
    page=$(curl -fsS -b "$work/cookies" "$site/c/riverside/s/$statement")
    grep -q 'value="agree"[^>]*aria-pressed="true"' <<<"$page"
}

# The votes of whoever voted here: all but those of the import, as statement,choice.
votes_in_the_log() {
    as_service rm -rf /tmp/out
    as_service boule export riverside --out /tmp/out --config "$config" >/dev/null
    tail -n +2 "$root/tmp/out/votes.csv" | awk -F, '$4 != 1 { print $3 "," $5 }'
}

import() {
    mkdir "$root/tmp/export"
    cat >"$root/tmp/export/comments.csv" <<-CSV
	timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
	1403054214196,Wed Jun 18 01:16:54 UTC 2014,0,1,1,0,1,More trees
	CSV
    printf 'timestamp,datetime,comment-id,voter-id,vote\n1403054215000,,0,1,1\n' >"$root/tmp/export/votes.csv"
    printf 'topic,Trees\n' >"$root/tmp/export/summary.csv"
    as_service boule import polis /tmp/export --slug riverside --open --config "$config" >"$work/import.log" 2>&1 ||
        { cat "$work/import.log" >&2 && fail "nothing was imported"; }
}

# An administrator's own setting. Port 0 is one that is free.
set_port() { echo 'bind = "127.0.0.1:0"' >>"$root$config"; }

# -- what the package brings

files_are_right() {
    is "the program" "root:root 755" "$(owner_and_mode /usr/bin/boule)"
    is "the configuration" "root:boule 640" "$(owner_and_mode $config)"
    is "the data directory" "boule:boule 700" "$(owner_and_mode $data)"
    is "the user" "$data:/usr/sbin/nologin" "$(in_root getent passwd boule | cut -d: -f6,7)"
    check "the user can't sign in" grep -q '^boule:[!*]' "$root/etc/shadow"
    check "the unit starts with the machine" test -L "$root/etc/systemd/system/multi-user.target.wants/boule.service"
    check "dpkg knows the configuration as such" grep -qx "$config" "$root/var/lib/dpkg/info/boule.conffiles"
    check "the program is stripped" not grep -qE '\.(symtab|debug_(info|line))' <(readelf --sections --wide "$root/usr/bin/boule")
    check "the program starts" as_service boule --version
    for page in boule boule-{serve,import,export,analyse,link,check,demo,import-polis}; do
        check "manual page $page" grep -q '^\.TH' <(zcat "$root/usr/share/man/man1/$page.1.gz")
    done
    check "the manual says where things are" grep -q 'boule\.toml' <(zcat "$root/usr/share/man/man1/boule.1.gz")
    # shellcheck disable=SC2016 # the inner shell's
    is "bash completes a command" serve "$(in_root bash -c '. /usr/share/bash-completion/completions/boule
        COMP_WORDS=(boule ser) COMP_CWORD=1; _boule boule ser boule; echo "${COMPREPLY[@]}"' 2>/dev/null)"
    check "completions for zsh" grep -q '^#compdef boule' "$root/usr/share/zsh/vendor-completions/_boule"
    check "completions for fish" grep -q '^complete -c boule' "$root/usr/share/fish/vendor_completions.d/boule.fish"
    check "the licence" grep -q 'AFFERO' "$root/usr/share/doc/boule/copyright"
}

not() { ! "$@"; }

unit_is_locked() {
    if ! command -v systemd-analyze >/dev/null; then
        echo "SKIPPED: what the unit locks: systemd-analyze is missing"
        return
    fi
    systemd-analyze security --offline=true --threshold="$most_exposure" "$unit" >"$work/exposure" 2>/dev/null ||
        fail "the unit leaves too much open: $(grep -a Overall "$work/exposure")"
    grep -a Overall "$work/exposure" | sed 's/.*Overall/  overall/'
    checks=$((checks + 1))
}

data_is_private() {
    is "nothing in the data directory is anybody else's" "" \
        "$(in_root find $data ! -user boule -o -type f ! -perm 600 -o -type d ! -perm 700)"
}

# The same package under a lower number, with a configuration that had one line less.
make_older() {
    dpkg-deb --raw-extract "$newer" "$work/older"
    sed -i 's/^Version: .*/Version: 0.0.1-1/' "$work/older/DEBIAN/control"
    sed -i '/^#log = /d' "$work/older$config"
    rm -f "$work/older/DEBIAN/md5sums"
    dpkg-deb --root-owner-group -Zgzip --build "$work/older" "$older" >/dev/null
}

# -- the story

newer=${1:-$(find target/debian -name 'boule_*.deb' -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2)}
[ -f "$newer" ] || fail "there is no package; make deb builds it"
older=$work/older.deb
[ -d "$base" ] || make_base
cp -a "$base" "$root"
mount -t proc proc "$root/proc"
make_older

echo "an older package is installed and run"
install_package "$older"
is "the older version" 0.0.1-1 "$(version_of_package)"
files_are_right
unit_is_locked
set_port
import
start
check "the first start prints a link for the owner" grep -q '^to set it up: http.*/enter?key=' "$log"
check "another user can't read the data" not in_root setpriv --reuid nobody --regid nogroup --clear-groups ls $data
vote
check "the voter sees the vote" voted
is "the vote is in the log" "$statement,1" "$(votes_in_the_log)"

echo "it is upgraded while it runs"
install_package "$newer"
check "the newer version" in_root dpkg --compare-versions "$(version_of_package)" gt 0.0.1-1
check "the server still answers" curl -fsS "$site/health"
stop
start
files_are_right
data_is_private
check "the administrator's setting is still there" grep -q '^bind' "$root$config"
check "the package's configuration is laid beside it" grep -q '^#log' "$root$config.dpkg-dist"
check "the voter still sees the vote" voted
is "the vote is still in the log" "$statement,1" "$(votes_in_the_log)"
check "the data is sound" as_service boule check --config $config
stop

echo "it is removed"
in_root dpkg --remove boule >"$work/dpkg.log" 2>&1 || fail "remove: $(cat "$work/dpkg.log")"
check "the program is gone" gone "$root/usr/bin/boule"
check "the unit is gone" gone "$unit"
check "the configuration stays" grep -q '^bind' "$root$config"
check "the data stays" test -s "$root$data/boule.sqlite"

echo "it is purged"
in_root dpkg --purge boule >"$work/dpkg.log" 2>&1 || fail "purge: $(cat "$work/dpkg.log")"
check "the configuration is gone" gone "$root/etc/boule"
check "the unit's link is gone" gone "$root/etc/systemd/system/multi-user.target.wants/boule.service"
check "what people voted stays" test -s "$root$data/boule.sqlite"
check "it says so, and how to delete it" grep -q "rm -r $data" "$work/dpkg.log"
check "the data is still the service's" test "$(owner_and_mode $data)" = "boule:boule 700"

echo "it comes back, and goes with nothing left to keep"
install_package "$newer"
set_port
start
check "the vote is back" voted
stop
rm -r "${root:?}$data"
install_package "$newer"
is "an empty data directory" "boule:boule 700" "$(owner_and_mode $data)"
in_root dpkg --purge boule >"$work/dpkg.log" 2>&1 || fail "purge: $(cat "$work/dpkg.log")"
check "nothing is left" gone "$root$data"
check "and nothing is said of data" not grep -q "rm -r" "$work/dpkg.log"

echo "ok: $checks checks of $(basename "$newer") in $((SECONDS - began)) s"
