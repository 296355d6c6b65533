//! Whether statements that no moderator accepted were shown. It decides which words become public, so
//! only what somebody else than the author did is evidence: Polis records an author's agreement with
//! their own statement by itself.

use std::collections::BTreeMap;

use super::note::Note;
use super::{ImportedStatement, ImportedVote};
use crate::domain::{Moderation, ModerationRule, ParticipantNumber, StatementNumber};

/// The rule under which the votes were evidently cast, or the one that is asked for. Statements are
/// taken to have been shown where others than their authors voted on at least half of those that are
/// undecided.
pub fn rule(
    statements: &[ImportedStatement],
    votes: &[ImportedVote],
    asked: Option<ModerationRule>,
    notes: &mut Vec<Note>,
) -> ModerationRule {
    let undecided = statements.iter().filter(|s| s.moderation == Moderation::Pending);
    let mut others: BTreeMap<StatementNumber, Voters> =
        undecided.map(|s| (s.number, Voters { author: s.author, first: None, others: false })).collect();
    for vote in votes {
        if let Some(voters) = others.get_mut(&vote.statement) {
            voters.add(vote.participant);
        }
    }
    let undecided = others.len() as u64;
    let voted_on = others.values().filter(|voters| voters.others).count() as u64;
    let shown = voted_on > 0 && 2 * voted_on >= undecided;
    let rule = asked.unwrap_or(if shown { ModerationRule::After } else { ModerationRule::Before });
    if undecided > 0 {
        notes.push(Note::Undecided { rule, undecided, voted_on, asked: asked.is_some() });
    }
    rule
}

/// Who voted on a statement.
struct Voters {
    author: Option<ParticipantNumber>,
    first: Option<ParticipantNumber>,
    others: bool,
}

impl Voters {
    fn add(&mut self, voter: ParticipantNumber) {
        // Where the author is unknown, the first voter may be the author, and a second one is not.
        self.others |= match self.author {
            Some(author) => author != voter,
            None => self.first.is_some_and(|first| first != voter),
        };
        self.first.get_or_insert(voter);
    }
}
