"""Equal Shares by abcvoting and by Boule on the same approvals, in turn: times, and whether the committees agree.

`tools/slate-peer.sh` runs it. Boule says who votes (the people on its map) and what can be chosen; approvals are the
agreements of the export's participants-votes.csv. They are held against Boule's own count of each candidate's
supporters, and against the size of what its bench timed. Both times begin with approvals in memory.
"""

import argparse
import csv
import json
import os
import re
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from statistics import median
from time import perf_counter

from abcvoting import abcrules
from abcvoting.preferences import Profile

TOP = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BOULE_REFERENCE_DATA") or TOP / "../shared/data")
ALGORITHMS = {
    "float-fractions": "floats",
    "gmpy2-fractions": "exact, by GMP",
    "standard-fractions": "exact, Python's own",
}
LONGEST_S = 60
MOST_TIED = 1000


class TooLong(Exception):
    """A calculation that took longer than LONGEST_S."""


def too_long(*_):
    raise TooLong


def run(program, *arguments):
    """What a program of Boule prints."""
    command = [TOP / "target/release" / program, *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if ended.returncode:
        sys.exit(ended.stderr.strip())
    return ended.stdout


def of_boule(*arguments):
    return json.loads(run("boule", *arguments, "--format", "json"))


def approvals(directory, candidates):
    """Of each person on Boule's map who agrees with a candidate: the candidates that they agree with."""
    people = of_boule("analyse", directory, "--quick")["participants"]
    placed = {person["id"] for person in people if person["group"] is not None}
    with open(directory / "participants-votes.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if int(row["participant"]) in placed]
    ballots = ([number for number in candidates if row[str(number)] == "1"] for row in rows)
    return [ballot for ballot in ballots if ballot]


def check(ballots, candidates, directory):
    """Ends where these are not the approvals that Boule chooses from."""
    listed = ",".join(map(str, candidates))
    for item in of_boule("audit", directory, "--items", listed)["items"]:
        supporters = sum(item["statement"] in ballot for ballot in ballots)
        if supporters != item["supporters"]["observed"]:
            sys.exit(f"statement {item['statement']}: {supporters} agree, by Boule {item['supporters']['observed']}")


def time_of_boule(directory, places, repeat, size):
    """The median of Boule's bench in milliseconds; ends where it timed something of another size."""
    printed = run("boule-bench", "slate", "--from", directory, "--k", places, "--repeat", repeat)
    if not printed.startswith(size):
        sys.exit(f"Boule's bench timed {printed.splitlines()[0]}, and these are {size}")
    return float(re.search(r"^Equal Shares, as voted +([0-9.]+) ms$", printed, re.MULTILINE)[1])


def committees(profile, places, algorithm="gmpy2-fractions", **options):
    """Committees by abcvoting, each a set of statements; TooLong after LONGEST_S."""
    signal.alarm(LONGEST_S)
    try:
        found = abcrules.compute_equal_shares(profile, places, algorithm=algorithm, **options)
    finally:
        signal.alarm(0)
    return [{int(profile.cand_names[index]) for index in committee} for committee in found]


def compared(what, ours, theirs, tied):
    """A line on whether a committee of Boule's is abcvoting's, and whether it may be called the same."""
    if ours == theirs:
        return f"{what}: the same {len(ours)} statements", True
    differ = f"only Boule {sorted(ours - theirs)}, only abcvoting {sorted(theirs - ours)}"
    try:
        others = tied()
    except TooLong:
        return f"{what}: DIFFERENT, and ties took too long to look at; {differ}", False
    if ours in others:
        return f"{what}: tied, one of {len(others)} that abcvoting finds; {differ}", True
    return f"{what}: DIFFERENT, and none of {len(others)} that are tied; {differ}", False


def arguments():
    parser = argparse.ArgumentParser(prog="tools/slate-peer.sh", description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="directory", metavar="DIR", type=Path, default=DATA / "polis/vtaiwan.uberx")
    parser.add_argument("--k", dest="places", metavar="PLACES", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed, in turn")
    parser.add_argument("--repeat", type=int, default=101, help="how often Boule's bench runs it in a round")
    asked = parser.parse_args()
    if asked.rounds < 1:
        parser.error("--rounds should be at least 1")
    if not (asked.directory / "participants-votes.csv").is_file():
        parser.error("there is no Polis export there; --from DIR or BOULE_REFERENCE_DATA says where one is")
    return asked


def main():
    asked = arguments()
    signal.signal(signal.SIGALRM, too_long)
    directory, places = asked.directory, asked.places

    slate = of_boule("slate", directory, "--k", places, "--rule", "proportional")
    items = slate["items"]
    candidates = sorted([item["statement"] for item in items] + slate["not_chosen"])
    ballots = approvals(directory, candidates)
    check(ballots, candidates, directory)
    size = f"{len(ballots)} people, {len(candidates)} candidates, {places} places"
    index = {number: at for at, number in enumerate(candidates)}
    profile = Profile(len(candidates), cand_names=[str(number) for number in candidates])
    profile.add_voters([[index[number] for number in ballot] for ballot in ballots])

    ours, theirs, chosen = [], {algorithm: [] for algorithm in ALGORITHMS}, {}
    for _ in range(asked.rounds):
        ours.append(time_of_boule(directory, places, asked.repeat, size))
        for algorithm, times in theirs.items():
            if times is None:
                continue
            started = perf_counter()
            try:
                [chosen[algorithm]] = committees(profile, places, algorithm)
                times.append((perf_counter() - started) * 1e3)
            except TooLong:
                theirs[algorithm] = None

    print(f"{directory.name}: {size}. Equal Shares, completed by sequential Phragmén, from approvals in memory")
    print(f"abcvoting {version('abcvoting')} on Python {python_version()}, resolute; {asked.rounds} rounds in turn")
    print(f"Of Boule each round counts by its median of {asked.repeat}\n")
    print(f"{'':<42} {'median':>12} {'least':>12} {'most':>12} {'ratio':>8}")
    default = abcrules.Rule("equal-shares").fastest_available_algorithm()
    rows = [("Boule", ours)]
    for algorithm, times in theirs.items():
        is_default = ", its default" if algorithm == default else ""
        rows.append((f"abcvoting, {ALGORITHMS[algorithm]}{is_default}", times))
    for name, times in rows:
        if times is None:
            print(f"{name:<42} {f'> {LONGEST_S} s':>12}")
            continue
        figures = " ".join(f"{figure:>9.2f} ms" for figure in (median(times), min(times), max(times)))
        print(f"{name:<42} {figures} {median(times) / median(ours):>8.0f}")

    def tied(**options):
        return committees(profile, places, resolute=False, max_num_of_committees=MOST_TIED, **options)

    first = {item["statement"] for item in items if item["chosen_by"] == "equal_shares"}
    whole = {item["statement"] for item in items}
    [paid] = committees(profile, places, completion=None)
    verdicts = [compared("before the completion", first, paid, lambda: tied(completion=None))]
    for algorithm, committee in chosen.items():
        verdicts.append(compared(f"completed, {ALGORITHMS[algorithm]}", whole, committee, tied))
    print("\ncommittees, as sets, of `boule slate --rule proportional` and of abcvoting:")
    for line, _ in verdicts:
        print(f"  {line}")
    return 0 if all(same for _, same in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
