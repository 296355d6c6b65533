//! What is recorded of people whose votes are left out, and what follows from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::set::{Exclusion, ExclusionBasis};
use crate::conversation::effects::{Effects, MapChange};
use crate::conversation::payload::{ApplyResult, Header, Payload, by_staff, words_in};
use crate::conversation::record::ConversationRecord;
use crate::domain::{CurrentVotes, ParticipantNumber, PersonalText, Seq, StatementNumber, Tally};

/// The votes of these people count no more.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleExcluded {
    /// Who, by number.
    pub people: Vec<ParticipantNumber>,
    /// By what they were found.
    pub basis: ExclusionBasis,
    /// Why, for everybody to read.
    pub reason: PersonalText,
}

/// The votes of a set of people count again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleIncluded {
    /// The place in the log at which it was left out.
    pub set: Seq,
}

impl ConversationRecord {
    /// The set that somebody is in, where their votes are left out.
    pub fn exclusion_of(&self, participant: ParticipantNumber) -> Option<&Exclusion> {
        let set = self.exclusions.iter().find(|one| one.people.binary_search(&participant).is_ok());
        set.map(|set| &**set)
    }

    /// Whether somebody's votes are left out.
    pub fn is_excluded(&self, participant: ParticipantNumber) -> bool {
        self.exclusion_of(participant).is_some()
    }

    /// Everybody whose votes are left out.
    pub fn excluded(&self) -> FxHashSet<ParticipantNumber> {
        self.exclusions.iter().flat_map(|one| one.people.iter().copied()).collect()
    }

    /// What was left out of them is told no more beside what is counted.
    pub(in crate::conversation) fn forget_excluded_votes_of(&mut self, participant: ParticipantNumber) {
        let theirs = self.exclusions.iter_mut().filter(|one| one.people.binary_search(&participant).is_ok());
        theirs.for_each(|one| Arc::make_mut(one).votes = None);
    }

    fn votes_of(&self, participant: ParticipantNumber) -> Result<&CurrentVotes, &'static str> {
        self.participants.get(&participant).map(|own| &own.votes).ok_or("a participant")
    }
}

impl Payload for PeopleExcluded {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let Self { people, basis, reason } = self;
        let mut tallies: BTreeMap<StatementNumber, Tally> = BTreeMap::new();
        for participant in &people {
            for vote in record.votes_of(*participant)?.iter() {
                tallies.entry(vote.statement).or_default().add(vote.choice);
                effects.on_map(MapChange::Excluded(*participant, vote.statement));
            }
        }
        let votes = Some(tallies.into_iter().collect());
        let set = Exclusion { set: header.seq, at: header.at, people, basis, reason, votes };
        record.exclusions.push(Arc::new(set));
        record.votes_seq = header.seq;
        effects.queue = true;
        Ok(())
    }

    words_in!(reason);
}

impl Payload for PeopleIncluded {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let at = record.exclusions.iter().position(|one| one.set == self.set).ok_or("a set of people")?;
        let set = record.exclusions.remove(at);
        for participant in &set.people {
            for vote in record.votes_of(*participant)?.iter() {
                effects.on_map(MapChange::Included(*participant, vote.statement, vote.choice));
            }
        }
        if !record.counted_again.contains(&set.people) {
            record.counted_again.push(set.people.clone());
        }
        record.votes_seq = header.seq;
        effects.queue = true;
        Ok(())
    }

    words_in!();
}
