//! Everybody's votes as rows, one a participant: released once, after the end, where that had been promised. PURE.
//!
//! Here the suppression of small cells ends. Who somebody is can't be read off a row, but whoever knows enough of
//! somebody's votes finds their row, and with it the rest: so the organiser is told first how easily.

use std::fmt::Write;

use crate::conversation::ConversationRecord;
use crate::domain::{Choice, ParticipantNumber, StatementNumber};
use crate::opinion::{MapParticipant, OpinionMap};

/// People whose row is looked for, to tell how easily that is done.
const LOOKED_FOR: usize = 500;
/// Votes that somebody else might know.
const KNOWN: [usize; 3] = [3, 5, 10];

/// The votes of everybody on the map, without times, authors or numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteRows {
    /// Each column: a statement, and whether it is about the person.
    statements: Vec<(StatementNumber, bool)>,
    /// Each row, in the order of the columns.
    rows: Vec<Vec<Option<Choice>>>,
}

/// How easily somebody's row is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uniqueness {
    /// How many rows.
    pub people: usize,
    /// Rows that no other equals.
    pub unique: usize,
    /// For so many votes that somebody else knows: the percent of people whose row is then the only one left.
    pub found: Vec<(usize, u32)>,
}

impl VoteRows {
    /// The rows of a record: those on this map, and the statements that are shown.
    pub fn of(record: &ConversationRecord, map: &OpinionMap) -> Self {
        let statements: Vec<_> = record.shown().map(|statement| (statement.number, statement.meta)).collect();
        let mut people: Vec<ParticipantNumber> = record.participants.keys().copied().collect();
        let is_placed = |own: &MapParticipant| own.placement.is_some();
        people.retain(|participant| map.participant(*participant).is_some_and(is_placed));
        people.sort_unstable();
        let row = |participant: &ParticipantNumber| {
            let own = record.participants.get(participant);
            let choice = |(number, _): &(StatementNumber, bool)| own.and_then(|own| own.votes.on(*number));
            statements.iter().map(choice).collect()
        };
        Self { rows: people.iter().map(row).collect(), statements }
    }

    /// How many rows.
    pub fn people(&self) -> usize {
        self.rows.len()
    }

    /// The file: rows in an order that says nothing, each with an id that says nothing.
    pub fn csv(&self, random: &mut dyn FnMut() -> u64) -> String {
        let mut order: Vec<(u64, &Vec<Option<Choice>>)> =
            self.rows.iter().map(|row| (random(), row)).collect();
        order.sort_unstable_by_key(|(key, _)| *key);
        let mut csv = String::from("id");
        // Writing to a String does not fail.
        for (number, meta) in &self.statements {
            let _ = write!(csv, ",{}_{number}", if *meta { "about_the_person" } else { "statement" });
        }
        csv.push('\n');
        for (_, row) in order {
            let _ = write!(csv, "{:016x}", random());
            for choice in row {
                let _ = write!(csv, ",{}", choice.map_or("", |choice| choice.as_str()));
            }
            csv.push('\n');
        }
        csv
    }

    /// How easily somebody's row is found by whoever knows some of their votes.
    pub fn uniqueness(&self) -> Uniqueness {
        let mut sorted: Vec<&Vec<Option<Choice>>> = self.rows.iter().collect();
        sorted.sort_unstable_by_key(|row| row.iter().map(|c| c.map_or(2, Choice::value)).collect::<Vec<_>>());
        let alone = |at: usize| {
            let is_same =
                |other: Option<usize>| other.is_some_and(|other| sorted.get(other) == sorted.get(at));
            !is_same(at.checked_sub(1)) && !is_same(at.checked_add(1))
        };
        let unique = (0..sorted.len()).filter(|at| alone(*at)).count();
        let found = KNOWN.iter().filter_map(|known| Some((*known, self.found_by(*known)?)));
        Uniqueness { people: self.rows.len(), unique, found: found.collect() }
    }

    /// The percent of people whose row is the only one left once so many of their votes are known; nothing where
    /// nobody has cast so many. The votes are spread over their own, from a place that differs for each.
    fn found_by(&self, known: usize) -> Option<u32> {
        let step = self.rows.len().div_ceil(LOOKED_FOR).max(1);
        let (mut asked, mut found) = (0_u64, 0_u64);
        for (place, row) in self.rows.iter().enumerate().step_by(step) {
            let own: Vec<usize> = (0..row.len()).filter(|column| row[*column].is_some()).collect();
            if own.len() < known {
                continue;
            }
            let columns: Vec<usize> =
                (0..known).map(|n| own[(place * 7 + n * own.len() / known) % own.len()]).collect();
            let fits =
                |other: &&Vec<Option<Choice>>| columns.iter().all(|column| other[*column] == row[*column]);
            asked += 1;
            found += u64::from(self.rows.iter().filter(fits).take(2).count() == 1);
        }
        (asked > 0).then(|| u32::try_from(found * 100 / asked).unwrap_or(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(drawn: &[&str]) -> VoteRows {
        let choice = |c: char| match c {
            '+' => Some(Choice::Agree),
            '-' => Some(Choice::Disagree),
            '0' => Some(Choice::Pass),
            _ => None,
        };
        let width = drawn.first().map_or(0, |row| row.len());
        let statements = (1..).take(width).map(|n| (StatementNumber(n), n == 2)).collect();
        VoteRows { statements, rows: drawn.iter().map(|row| row.chars().map(choice).collect()).collect() }
    }

    #[test]
    fn a_row_has_an_id_of_its_own_and_stands_anywhere() {
        let mut next = 9;
        let mut random = || {
            next = (next * 7 + 3) % 101;
            next
        };
        let csv = rows(&["+-", "0.", "--"]).csv(&mut random);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], "id,statement_1,about_the_person_2");
        let mut votes: Vec<&str> = lines[1..].iter().map(|line| line.split_once(',').unwrap().1).collect();
        assert_ne!(votes, ["agree,disagree", "pass,", "disagree,disagree"], "in another order");
        votes.sort_unstable();
        assert_eq!(votes, ["agree,disagree", "disagree,disagree", "pass,"]);
    }

    #[test]
    fn who_votes_as_others_do_is_not_found() {
        let same = rows(&["+++", "+++", "+++", "++-"]).uniqueness();
        assert_eq!((same.people, same.unique), (4, 1));
        assert_eq!(same.found, [(3, 25)]);
        assert_eq!(rows(&["+++", "---", "+-+"]).uniqueness().found, [(3, 100)]);
    }
}
