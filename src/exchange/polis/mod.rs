//! Polis exports: reading a directory of CSV files, and writing one.
//!
//! It does not know the database, the map or any page. Invariants: nothing is guessed and nothing
//! is left out without a [`Note`] that says so; what can't be understood is an [`ImportError`]
//! with its file, line and column; and an export that is imported and exported again is the same,
//! byte by byte.
//!
//! In these files agree is +1, as everywhere in Boule. (Only inside Polis is it −1.)

mod agree_is;
mod comments;
mod current;
mod error;
mod events;
mod files;
mod format;
mod matrix;
mod moderation;
mod note;
mod order;
mod read;
mod sign;
mod summary;
mod table;
mod times;
mod votes;
mod write;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Choice, Moderation, ModerationRule, ParticipantNumber, StatementNumber};
use crate::opinion::{ParticipantVotes, StatementInput, Votes};

pub use agree_is::AgreeSign;
pub use current::write_current;
pub use error::{ExportError, ImportError};
pub use events::{to_events, vote_log};
pub use note::Note;
pub use read::{ReadOptions, read_export, read_export_with};
pub use sign::{Contradiction, Evidence};

pub(super) use moderation::rule as moderation_rule;
pub(super) use order::current as current_votes;
pub(super) use sign::settle_by_hand as settle;
pub use summary::Summary;
pub use write::{group_ids, write_export};

/// A Polis export as it was read.
#[derive(Clone, Debug)]
pub struct PolisExport {
    /// What summary.csv says of the conversation.
    pub summary: Summary,
    /// The statements, by number.
    pub statements: Vec<ImportedStatement>,
    /// Every vote event in the order of its file, overwritten ones included.
    pub votes: Vec<ImportedVote>,
    /// The opinion groups that the export published: Polis's, never used for our own map.
    pub groups: BTreeMap<ParticipantNumber, u32>,
    /// What other systems call the participants; known for groups from outside, and never stored.
    pub xids: BTreeMap<String, ParticipantNumber>,
    /// Whether statements that nobody accepted or rejected are shown.
    pub moderation: ModerationRule,
    /// What was left out or assumed, and why.
    pub notes: Vec<Note>,
}

/// A statement of an export.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportedStatement {
    /// Its number, kept.
    pub number: StatementNumber,
    /// Who wrote it, when the export says so.
    pub author: Option<ParticipantNumber>,
    /// Whether it was accepted or rejected.
    pub moderation: Moderation,
    /// About the person, kept out of the map.
    pub meta: bool,
    /// From the organiser.
    pub seed: bool,
    /// Its words, exactly as they stand in the file.
    pub text: String,
    /// When it was submitted, in milliseconds since 1970.
    pub submitted_at_ms: Option<i64>,
}

/// One vote event: somebody chose something, perhaps not for the last time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportedVote {
    /// The statement.
    pub statement: StatementNumber,
    /// The voter.
    pub participant: ParticipantNumber,
    /// What was chosen.
    pub choice: Choice,
    /// When, in milliseconds since 1970.
    pub at_ms: Option<i64>,
    /// Marked as important.
    pub important: bool,
}

impl PolisExport {
    /// Current votes: the latest event per voter and statement; events of the same or an unknown
    /// moment count in the order of the file. People stand in the order of their first appearance in
    /// the votes sorted by statement, person and moment, because k-means starts from the first rows
    /// (OPINION §2). Statements stand by number, those without a vote included.
    pub fn votes(&self) -> Votes {
        let input =
            |s: &ImportedStatement| StatementInput::new(s.number, s.moderation, s.meta, self.moderation);
        let mut rows: BTreeMap<ParticipantNumber, usize> = BTreeMap::new();
        let mut participants: Vec<ParticipantVotes> = Vec::new();
        for vote in order::current(&self.votes) {
            let row = *rows.entry(vote.participant).or_insert_with(|| {
                participants.push(ParticipantVotes { number: vote.participant, votes: Vec::new() });
                participants.len() - 1
            });
            participants[row].votes.push((vote.statement, vote.choice));
        }
        Votes { statements: self.statements.iter().map(input).collect(), participants }
    }

    /// Everybody the export names as a voter or an author.
    pub fn participants(&self) -> BTreeSet<ParticipantNumber> {
        let voters = self.votes.iter().map(|vote| vote.participant);
        voters.chain(self.statements.iter().filter_map(|statement| statement.author)).collect()
    }

    /// How many vote events there are, overwritten ones included.
    pub fn vote_events(&self) -> usize {
        self.votes.len()
    }
}
