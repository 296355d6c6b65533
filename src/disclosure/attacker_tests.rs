//! A differencing attacker: reads what everybody may read, knows the rules by which cells are hidden, and
//! works out what it can of the votes of few people (I10). A new surface or breakdown has to be added here.
//!
//! Everything public is a function of the table, the sizes of groups and the counts (`results.rs`), and of the
//! agenda (`agenda.rs`), which is a surface of its own: what could be chosen tells how many have seen it.
//! Orders, lists, sentences, pages and frames add nothing to those. `tests/it/privacy.rs` holds the pages,
//! frames and the API against this.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::public_tests::{PublicView, SamplePublic};
use super::puzzle_tests::Puzzle;
use super::{Cells, ListedStatement, PublicReason, PublicTally, ResultSource, Results};
use crate::domain::OmissionReason;
use crate::domain::{Choice, ParticipantNumber, StatementNumber, Tally};

/// Conversations that are attacked.
const CONVERSATIONS: u32 = 1_000;

fn parts(tally: Tally) -> [u32; 3] {
    [tally.agree, tally.pass, tally.disagree]
}

/// The cells of one statement in one version, as counts of a puzzle: one a group that is shown, the people on the
/// map in none of these, and the people off the map.
struct Board {
    cells: Vec<[usize; 3]>,
    /// Whether the people off the map are left out of everybody's votes.
    without_off_map: bool,
}

impl Board {
    /// The cells that everybody's votes are the sum of.
    fn counted(&self) -> &[[usize; 3]] {
        let without = usize::from(self.without_off_map);
        &self.cells[..self.cells.len() - without]
    }
}

/// What the attacker knows of one version, and what is so.
struct Version<'a> {
    seen: &'a PublicView,
    own: &'a [ParticipantNumber],
}

impl Version<'_> {
    fn results(&self) -> &Results {
        &self.seen.results
    }

    /// The votes of some people on a statement, by cell: the truth.
    fn truth(&self, statement: StatementNumber, of: impl Fn(ParticipantNumber) -> bool) -> Vec<Tally> {
        let groups = &self.results().groups;
        let mut cells = vec![Tally::default(); groups.len() + 2];
        for person in self.seen.votes.participants.iter().filter(|person| of(person.number)) {
            let label = self.seen.map.group_of(person.number).map(|group| group.label.as_str());
            let on_map = self.seen.map.participant(person.number).is_some_and(|own| own.placement.is_some());
            let in_none = groups.len() + usize::from(!on_map);
            let cell = groups.iter().position(|group| Some(group.label.as_str()) == label).unwrap_or(in_none);
            let counts = |voted| voted == statement && !self.seen.withheld.holds(statement, person.number);
            for (_, choice) in person.votes.iter().filter(|(voted, _)| counts(*voted)) {
                match choice {
                    Choice::Agree => cells[cell].agree += 1,
                    Choice::Pass => cells[cell].pass += 1,
                    Choice::Disagree => cells[cell].disagree += 1,
                }
            }
        }
        cells
    }

    /// Writes down what the attacker reads of a statement.
    fn read(&self, statement: StatementNumber, puzzle: &mut Puzzle) -> Option<Board> {
        let results = self.results();
        let cells = &results.statement(statement)?.cells;
        let most = self.seen.map.counts.participants;
        let own = self.truth(statement, |person| self.own.contains(&person));
        let sizes = results.groups.iter().map(|group| group.size);
        let placed = self.seen.map.counts.placed;
        let hidden = placed - sizes.clone().sum::<u32>();
        let sizes: Vec<u32> = sizes.chain([hidden, most - placed]).collect();
        let shown = cells.groups.iter().copied().chain([None, None]);
        let smallest = cells.groups.iter().flatten().map(PublicTally::n).min().unwrap_or(u32::MAX);
        let mut board = Board { cells: Vec::new(), without_off_map: false };
        for (at, (shown, size)) in shown.zip(&sizes).enumerate() {
            let known = shown.map(|cell| parts(cell.votes()));
            let mine = parts(own[at]);
            let bounds = |part: usize| known.map_or((mine[part], *size), |known| (known[part], known[part]));
            let cell = [0, 1, 2].map(|part| {
                let (low, high) = bounds(part);
                puzzle.count(low, high)
            });
            // Of the groups, the smallest are hidden first.
            let is_group = at < results.groups.len();
            let cap = if is_group && known.is_none() { smallest.min(*size) } else { *size };
            puzzle.sum(&cell, 0, cap);
            board.cells.push(cell);
        }
        // Few people off the map are left out of everybody's votes. The attacker is told where that is so.
        let off_map = self.truth(statement, |_| true).last().map_or(0, Tally::seen);
        board.without_off_map = (1..results.min).contains(&off_map);
        let all: Vec<usize> = board.counted().iter().flatten().copied().collect();
        if board.without_off_map {
            let off_map = board.cells.last().expect("people off the map have one");
            puzzle.sum(off_map, 0, results.min - 1);
        }
        match cells.overall {
            Some(overall) => {
                for (part, told) in parts(overall.votes()).into_iter().enumerate() {
                    let column: Vec<usize> = board.counted().iter().map(|cell| cell[part]).collect();
                    puzzle.sum(&column, told, told);
                }
            }
            None => puzzle.sum(&all, 0, results.min - 1),
        }
        self.read_agenda(statement, &sizes, &board, puzzle);
        Some(board)
    }

    /// Writes down what the agenda tells of a statement: its votes, those of groups, the least of a reason, and
    /// that it could be chosen at all, for which every group has to have seen it.
    fn read_agenda(&self, statement: StatementNumber, sizes: &[u32], board: &Board, puzzle: &mut Puzzle) {
        let agenda = &self.seen.agenda;
        let groups = &self.results().groups;
        let item = agenda.statements().find(|backed| backed.number == statement);
        let not_chosen = |(left, why): &(StatementNumber, OmissionReason)| {
            *left == statement && *why == OmissionReason::NotChosen
        };
        let exposure = self.seen.map.engine.params.findings.exposure_votes;
        // What the organiser added tells nothing of who has seen it; that it was left out of the draft, and why, may.
        let chosen = item.is_some_and(|item| item.reason != PublicReason::ByHand);
        let could_be_chosen = chosen || agenda.left_out.iter().any(not_chosen);
        let mut least = if could_be_chosen { exposure } else { 0 };
        if let Some(PublicReason::Bridging((_, fewest))) = item.map(|item| item.reason) {
            least = least.max(fewest);
        }
        if self.seen.map.groups.len() > 1 {
            for (cell, size) in board.cells.iter().zip(sizes).take(groups.len()) {
                puzzle.sum(cell, least.min(*size), *size);
            }
            self.read_candidacy(statement, could_be_chosen, (sizes, exposure), board, puzzle);
        }
        let Some(item) = item else { return };
        if let Some(overall) = item.votes {
            for (part, told) in parts(overall.votes()).into_iter().enumerate() {
                let column: Vec<usize> = board.counted().iter().map(|cell| cell[part]).collect();
                puzzle.sum(&column, told, told);
            }
        }
        for (label, told) in item.groups.iter().filter_map(|(label, cell)| Some((label, (*cell)?))) {
            let at = groups.iter().position(|group| group.label == *label).expect("the page has the group");
            for (count, told) in board.cells[at].iter().zip(parts(told.votes())) {
                puzzle.sum(&[*count], told, told);
            }
        }
    }

    /// Who reads that a statement could be chosen knows that everybody in a hidden group, which is smaller than
    /// any that is shown, has seen it; and that it could not, because a group has seen it too seldom, that it
    /// was the one hidden group, where all that are shown have seen it often enough.
    fn read_candidacy(
        &self,
        statement: StatementNumber,
        could_be_chosen: bool,
        (sizes, exposure): (&[u32], u32),
        board: &Board,
        puzzle: &mut Puzzle,
    ) {
        let (groups, placed) = (&self.results().groups, self.seen.map.counts.placed);
        let hidden_people = placed - groups.iter().map(|group| group.size).sum::<u32>();
        let hidden_groups = self.results().hidden_groups as u32;
        let outside = &board.cells[groups.len()];
        if could_be_chosen && !groups.is_empty() && self.results().min <= exposure + 1 {
            // Each hidden group is smaller than the minimum, so at most `exposure`: all of it has seen it.
            puzzle.sum(outside, hidden_people, u32::MAX);
        }
        let too_few = |(left, why): &(StatementNumber, OmissionReason)| {
            *left == statement && *why == OmissionReason::TooFewVotes
        };
        if hidden_groups == 0 && self.seen.agenda.left_out.iter().any(too_few) {
            let row = self.results().statement(statement).expect("it was read");
            let seldom = |(at, size): (usize, &u32)| match row.cells.groups[at] {
                Some(cell) => (cell.n() < exposure.min(*size)).then_some(at),
                None => Some(at),
            };
            let may_be: Vec<usize> = sizes.iter().take(groups.len()).enumerate().filter_map(seldom).collect();
            if let [only] = may_be[..] {
                puzzle.sum(&board.cells[only], 0, exposure.min(sizes[only]) - 1);
            }
        }
    }
}

/// What came of an attack.
#[derive(Clone, Copy, Default, Debug)]
struct AttackResult {
    /// Cells in which one to four others voted.
    few: u32,
    /// Those of them whose votes the attacker knows.
    known: u32,
    /// Those that follow from a published count of enough people who all said the same.
    alike: u32,
}

impl AttackResult {
    fn add(&mut self, other: AttackResult) {
        self.few += other.few;
        self.known += other.known;
        self.alike += other.alike;
    }
}

/// Counts what is known of the cells of few others in a version.
fn count(version: &Version<'_>, statement: StatementNumber, board: &Board, puzzle: &Puzzle) -> AttackResult {
    let others = version.truth(statement, |person| !version.own.contains(&person));
    let results = version.results();
    let cells = &results.statement(statement).expect("it was read").cells;
    let mut found = AttackResult::default();
    for (at, _) in others.iter().enumerate().filter(|(_, others)| (1..results.min).contains(&others.seen())) {
        found.few += 1;
        if board.cells[at].iter().any(|count| {
            let (low, high) = puzzle.range(*count);
            low < high
        }) {
            continue;
        }
        if is_alike(cells, version.own.is_empty()) { found.alike += 1 } else { found.known += 1 }
    }
    found
}

/// Whether all whose cells are hidden, at least the publication minimum of people, said the same: that is what
/// is published of them.
fn is_alike(cells: &Cells, is_passive: bool) -> bool {
    let Some(overall) = cells.overall.filter(|_| is_passive) else { return false };
    let shown = cells.groups.iter().flatten().map(|cell| parts(cell.votes()));
    let left = shown.fold(parts(overall.votes()), |left, told| [0, 1, 2].map(|part| left[part] - told[part]));
    left.iter().filter(|part| **part > 0).count() == 1
}

/// Attacks one version by itself.
fn attack(version: &Version<'_>) -> AttackResult {
    let mut found = AttackResult::default();
    for row in &version.results().statements {
        let mut puzzle = Puzzle::default();
        let board = version.read(row.number, &mut puzzle).expect("it is in the table");
        assert!(puzzle.may_be_solved(), "what is published is true");
        found.add(count(version, row.number, &board, &puzzle));
    }
    found
}

/// Attacks two versions together, believing that nobody changed a vote or a group between them. Only what is
/// believed rightly counts: where it leads to a contradiction, nothing was found.
fn attack_both(before: &Version<'_>, after: &Version<'_>) -> AttackResult {
    let mut found = AttackResult::default();
    let labels = |version: &Version<'_>| -> Vec<String> {
        version.results().groups.iter().map(|group| group.label.clone()).collect()
    };
    if labels(before) != labels(after) {
        return found;
    }
    for row in &before.results().statements {
        let mut puzzle = Puzzle::default();
        let earlier = before.read(row.number, &mut puzzle).expect("it is in the table");
        let Some(later) = after.read(row.number, &mut puzzle) else { continue };
        for (less, more) in earlier.cells.iter().flatten().zip(later.cells.iter().flatten()) {
            puzzle.at_most(*less, *more);
        }
        if puzzle.may_be_solved() {
            for (version, board) in [(before, &earlier), (after, &later)] {
                found.add(right(
                    count(version, row.number, board, &puzzle),
                    version,
                    row.number,
                    board,
                    &puzzle,
                ));
            }
        }
    }
    found
}

/// Leaves out what the attacker believes to know and that is not so.
fn right(
    found: AttackResult,
    version: &Version<'_>,
    statement: StatementNumber,
    board: &Board,
    puzzle: &Puzzle,
) -> AttackResult {
    let truth = version.truth(statement, |_| true);
    let is_wrong = |(cell, truth): (&[usize; 3], &Tally)| {
        let pairs = cell.iter().zip(parts(*truth));
        pairs
            .map(|(count, truth)| (puzzle.range(*count), i64::from(truth)))
            .any(|((low, high), truth)| low == high && low != truth)
    };
    let wrong = board.cells.iter().zip(&truth).any(is_wrong);
    if wrong { AttackResult { known: 0, ..found } } else { found }
}

/// The people of whom most is known: the attacker votes on as much as there is.
fn browsers(seen: &PublicView, most: usize) -> Vec<ParticipantNumber> {
    let mut people: Vec<_> = seen.votes.participants.iter().collect();
    people.sort_by_key(|person| (std::cmp::Reverse(person.votes.len()), person.number));
    people.into_iter().take(most).map(|person| person.number).collect()
}

/// A public at two moments, five or more people apart.
fn publics() -> impl Iterator<Item = (PublicView, PublicView)> {
    let mut runner = TestRunner::deterministic();
    let strategy = (SamplePublic::any(60), 5u32..9, 5u32..12);
    (0..CONVERSATIONS).map(move |_| {
        let (public, min, batch) = strategy.new_tree(&mut runner).expect("a public").current();
        let first = PublicView::of(&public, public.people, min);
        let next = PublicView::after(&public, public.people + batch, min, Some(&first));
        (first, next)
    })
}

#[test]
fn i10_everybodys_votes_are_the_same_whichever_groups_are_shown() {
    let mut left_out = 0;
    for (first, _) in publics() {
        let of = |divided: bool| {
            let source =
                ResultSource { map: &first.map, divided, min: first.results.min, withheld: &first.withheld };
            let listed = first.results.statements.iter();
            let listed: Vec<_> = listed
                .map(|row| ListedStatement { number: row.number, meta: false, is_merged: false })
                .collect();
            Results::new(source, &listed).statements
        };
        for (with, without) in of(true).iter().zip(of(false)) {
            assert_eq!(with.cells.overall, without.cells.overall);
            let all = first.map.statement(with.number).map_or(0, |statement| statement.tally().seen());
            left_out += u32::from(with.cells.overall.is_some_and(|told| told.n() < all));
        }
        for item in first.agenda.statements() {
            let told = first.results.statement(item.number).and_then(|row| row.cells.overall);
            assert_eq!(item.votes.is_some(), told.is_some());
            assert!(item.votes.is_none_or(|votes| Some(votes) == told), "the agenda and the results");
        }
    }
    assert!(left_out > 50, "only {left_out} times somebody was left out");
}

#[test]
fn i10_who_only_reads_learns_of_nobody_in_a_small_cell() {
    let mut table = Vec::new();
    for browsers_held in [0, 1, 5, 10] {
        let (mut one, mut both) = (AttackResult::default(), AttackResult::default());
        for (first, next) in publics() {
            let own = browsers(&first, browsers_held);
            let [first, next] = [&first, &next].map(|seen| Version { seen, own: &own });
            one.add(attack(&first));
            one.add(attack(&next));
            both.add(attack_both(&first, &next));
        }
        table.push((browsers_held, one, both));
    }
    println!(
        "| browsers of the attacker | cells of few others | known, from one version | known, from two |"
    );
    println!("|---|---|---|---|");
    for (held, one, both) in &table {
        println!("| {held} | {} | {} | {} of {} |", one.few, one.known, both.known, both.few);
    }
    let (_, one, both) = table[0];
    println!("alike, and published as such: {} and {}", one.alike, both.alike);
    assert!(one.few > 1_000, "only {} cells were small", one.few);
    assert_eq!(one.known, 0, "what is in one table has one reading only");
    // Nobody can know that votes and groups stayed as they were, which this rests on.
    assert!(100 * both.known < both.few, "{both:?}");
}
