//! A participant's current votes: at most one on each statement.

use super::id::StatementNumber;
use super::vote::Choice;

/// A participant's current vote on one statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CurrentVote {
    /// The statement.
    pub statement: StatementNumber,
    /// What was said last.
    pub choice: Choice,
}

/// Current votes in the order of their statements.
///
/// A few are a list. Where two bits for every statement up to the last one take less, they are that:
/// a million votes of people who saw a tenth of the statements take a quarter of the memory, and a
/// vote is found with one look instead of a search through memory that no cache holds.
#[derive(Clone, Debug)]
pub struct CurrentVotes(Layout);

#[derive(Clone, Debug)]
enum Layout {
    /// Sorted by statement.
    Listed(Vec<CurrentVote>),
    /// Two bits for each statement, 32 statements a word: 0 for no vote, else the choice's value + 2.
    Packed { cells: Vec<u64>, len: usize },
}

const PER_WORD: usize = 32;
/// The lower bit of each cell.
const LOWER: u64 = 0x5555_5555_5555_5555;

impl Default for CurrentVotes {
    fn default() -> Self {
        Self(Layout::Listed(Vec::new()))
    }
}

impl CurrentVotes {
    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Layout::Listed(votes) => votes.len(),
            Layout::Packed { len, .. } => *len,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The choice on a statement.
    pub fn on(&self, statement: StatementNumber) -> Option<Choice> {
        match &self.0 {
            Layout::Listed(votes) => {
                let at = votes.binary_search_by_key(&statement, |vote| vote.statement).ok()?;
                votes.get(at).map(|vote| vote.choice)
            }
            Layout::Packed { cells, .. } => {
                let (word, shift) = cell_of(statement);
                choice(*cells.get(word)? >> shift)
            }
        }
    }

    /// Sets the vote on a statement; the choice before it, if any, is given back.
    pub fn set(&mut self, statement: StatementNumber, choice: Choice) -> Option<Choice> {
        self.unpack_before_a_far_one(statement);
        match &mut self.0 {
            Layout::Listed(votes) => {
                let before = set_listed(votes, statement, choice);
                self.pack_if_smaller();
                before
            }
            Layout::Packed { cells, len } => set_packed(cells, len, statement, choice),
        }
    }

    /// Takes the vote on a statement away, and gives it back.
    pub fn remove(&mut self, statement: StatementNumber) -> Option<Choice> {
        match &mut self.0 {
            Layout::Listed(votes) => {
                let at = votes.binary_search_by_key(&statement, |vote| vote.statement).ok()?;
                Some(votes.remove(at).choice)
            }
            Layout::Packed { cells, len } => {
                let (word, shift) = cell_of(statement);
                let cell = cells.get_mut(word)?;
                let before = choice(*cell >> shift)?;
                *cell &= !(0b11 << shift);
                *len -= 1;
                Some(before)
            }
        }
    }

    /// All of them, in the order of their statements.
    pub fn iter(&self) -> impl Iterator<Item = CurrentVote> {
        let (listed, packed) = match &self.0 {
            Layout::Listed(votes) => (votes.as_slice(), [].as_slice()),
            Layout::Packed { cells, .. } => ([].as_slice(), cells.as_slice()),
        };
        let packed = packed.iter().enumerate().flat_map(|(at, word)| unpacked(at, *word));
        listed.iter().copied().chain(packed)
    }

    /// A vote and a word take the same memory. A list is packed when that halves it, and unpacked
    /// when that would double: no vote makes them go back and forth.
    fn pack_if_smaller(&mut self) {
        let Layout::Listed(votes) = &self.0 else { return };
        let words = votes.last().map_or(0, |vote| cell_of(vote.statement).0 + 1);
        if words == 0 || 2 * words > votes.len() {
            return;
        }
        let mut cells = vec![0; words];
        // In range: the last vote is on the highest statement, and `words` reaches to that.
        for vote in votes {
            let (word, shift) = cell_of(vote.statement);
            cells[word] |= code(vote.choice) << shift;
        }
        self.0 = Layout::Packed { cells, len: votes.len() };
    }

    fn unpack_before_a_far_one(&mut self, statement: StatementNumber) {
        let Layout::Packed { cells, len } = &self.0 else { return };
        let words = cell_of(statement).0 + 1;
        if words > cells.len() && words > 2 * (len + 1) {
            self.0 = Layout::Listed(self.iter().collect());
        }
    }
}

impl FromIterator<CurrentVote> for CurrentVotes {
    fn from_iter<I: IntoIterator<Item = CurrentVote>>(votes: I) -> Self {
        let mut all = Self::default();
        for vote in votes {
            all.set(vote.statement, vote.choice);
        }
        all
    }
}

fn set_listed(votes: &mut Vec<CurrentVote>, statement: StatementNumber, choice: Choice) -> Option<Choice> {
    // In range: a vote that was found is at `at`.
    match votes.binary_search_by_key(&statement, |vote| vote.statement) {
        Ok(at) => Some(std::mem::replace(&mut votes[at].choice, choice)),
        Err(at) => {
            votes.insert(at, CurrentVote { statement, choice });
            None
        }
    }
}

fn set_packed(
    cells: &mut Vec<u64>,
    len: &mut usize,
    statement: StatementNumber,
    new: Choice,
) -> Option<Choice> {
    let (word, shift) = cell_of(statement);
    if word >= cells.len() {
        // Seldom: once in 32 statements.
        cells.reserve_exact(word + 1 - cells.len());
        cells.resize(word + 1, 0);
    }
    // In range: `cells` reaches to `word` by now.
    let before = choice(cells[word] >> shift);
    cells[word] = cells[word] & !(0b11 << shift) | code(new) << shift;
    *len += usize::from(before.is_none());
    before
}

/// The word of a statement's cell, and how far up in it the cell is.
fn cell_of(statement: StatementNumber) -> (usize, u32) {
    let number = statement.0 as usize;
    (number / PER_WORD, 2 * (number % PER_WORD) as u32)
}

fn code(choice: Choice) -> u64 {
    match choice {
        Choice::Disagree => 1,
        Choice::Pass => 2,
        Choice::Agree => 3,
    }
}

/// What the lowest cell says.
fn choice(cell: u64) -> Option<Choice> {
    match cell & 0b11 {
        1 => Some(Choice::Disagree),
        2 => Some(Choice::Pass),
        3 => Some(Choice::Agree),
        _ => None,
    }
}

/// The votes in one word.
fn unpacked(at: usize, word: u64) -> impl Iterator<Item = CurrentVote> {
    let mut left = (word | word >> 1) & LOWER;
    std::iter::from_fn(move || {
        let shift = (left != 0).then(|| left.trailing_zeros())?;
        left &= left - 1;
        let statement = StatementNumber((at * PER_WORD) as u32 + shift / 2);
        choice(word >> shift).map(|choice| CurrentVote { statement, choice })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn is_packed(votes: &CurrentVotes) -> bool {
        matches!(votes.0, Layout::Packed { .. })
    }

    fn words(votes: &CurrentVotes) -> usize {
        match &votes.0 {
            Layout::Listed(votes) => votes.len(),
            Layout::Packed { cells, .. } => cells.len(),
        }
    }

    proptest! {
        #[test]
        fn they_are_what_a_map_would_hold(
            cast in prop::collection::vec((prop_oneof![0..40u32, 0..400u32, 0..9000u32], 0..3usize), 0..300),
        ) {
            let mut votes = CurrentVotes::default();
            let mut expected = BTreeMap::new();
            for (number, choice) in cast {
                let (statement, choice) = (StatementNumber(number), Choice::ALL[choice]);
                prop_assert_eq!(votes.on(statement), expected.get(&statement).copied());
                prop_assert_eq!(votes.set(statement, choice), expected.insert(statement, choice));
                prop_assert_eq!(votes.on(statement), Some(choice));
                prop_assert_eq!(votes.len(), expected.len());
                prop_assert!(words(&votes) <= 2 * votes.len(), "it takes more than it must");
            }
            let all: Vec<_> = votes.iter().map(|vote| (vote.statement, vote.choice)).collect();
            prop_assert_eq!(&all, &expected.iter().map(|(s, c)| (*s, *c)).collect::<Vec<_>>());
            let taken: Vec<_> = expected.keys().copied().step_by(3).collect();
            for statement in taken {
                prop_assert_eq!(votes.remove(statement), expected.remove(&statement));
                prop_assert_eq!(votes.remove(statement), None);
                prop_assert_eq!(votes.len(), expected.len());
            }
            let again: CurrentVotes = votes.iter().collect();
            prop_assert!(again.iter().eq(votes.iter()));
            for number in 0..9100 {
                let statement = StatementNumber(number);
                prop_assert_eq!(votes.on(statement), expected.get(&statement).copied());
            }
        }
    }

    #[test]
    fn many_votes_are_packed_and_a_far_one_unpacks_few() {
        let mut votes: CurrentVotes = (0..10)
            .map(|number| CurrentVote { statement: StatementNumber(number), choice: Choice::Pass })
            .collect();
        assert!(is_packed(&votes) && words(&votes) == 1);
        votes.set(StatementNumber(u32::MAX), Choice::Agree);
        assert!(!is_packed(&votes) && votes.len() == 11);
        assert_eq!(votes.on(StatementNumber(9)), Some(Choice::Pass));
        assert_eq!(votes.on(StatementNumber(u32::MAX)), Some(Choice::Agree));
    }
}
