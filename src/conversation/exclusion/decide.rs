//! What becomes of the wish to leave people's votes out.

use rustc_hash::FxHashSet;

use super::events::{PeopleExcluded, PeopleIncluded};
use super::set::ExclusionBasis;
use crate::conversation::actor::Actor;
use crate::conversation::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use crate::domain::{Field, ParticipantNumber, PersonalText, Rejection, Seq, clean_line};

/// The longest reason, in characters.
pub const MAX_EXCLUSION_REASON: usize = 300;

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum ExclusionAct {
    /// To count the votes of these people no more.
    Exclude {
        /// Who.
        people: Vec<ParticipantNumber>,
        /// By what they were found.
        basis: ExclusionBasis,
        /// Why, for everybody to read.
        reason: String,
    },
    /// To count the votes of a set again.
    Include {
        /// The place in the log at which it was left out.
        set: Seq,
    },
}

pub(in crate::conversation) fn decide<B: From<PeopleExcluded> + From<PeopleIncluded>>(
    desk: &Desk,
    actor: &Actor,
    act: &ExclusionAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let by = actor.in_charge()?;
    // The rows that are out are those of the published map.
    if desk.record.conversation.published.rows.is_some() {
        return Err(Rejection::RowsReleased);
    }
    match act {
        ExclusionAct::Exclude { people, basis, reason } => {
            let (people, reason) = (desk.new_set(people)?, clean_line(reason));
            if reason.is_empty() {
                return Err(Rejection::ReasonNeeded);
            }
            if reason.chars().count() > MAX_EXCLUSION_REASON {
                return Err(Rejection::TextTooLong { field: Field::Reason, max: MAX_EXCLUSION_REASON });
            }
            let reason = PersonalText::new(reason, (given.salt)());
            pending.push(actor, given, by, PeopleExcluded { people, basis: *basis, reason })?;
        }
        ExclusionAct::Include { set } => {
            if !desk.record.exclusions.iter().any(|one| one.set == *set) {
                return Ok(Decided::changed(0));
            }
            pending.push(actor, given, by, PeopleIncluded { set: *set })?;
        }
    }
    Ok(Decided::changed(1))
}

impl Desk {
    /// Those of these people whose votes count now, by number: enough of them have voted.
    fn new_set(&self, people: &[ParticipantNumber]) -> Result<Vec<ParticipantNumber>, Rejection> {
        let record = &self.record;
        let excluded = record.excluded();
        let is_there = |number: &ParticipantNumber| {
            record.participants.contains_key(number) && !excluded.contains(number)
        };
        let mut people: Vec<ParticipantNumber> = people.iter().copied().filter(is_there).collect();
        people.sort_unstable();
        people.dedup();
        let atoms = whole_sets(&mut people, &record.counted_again);
        let has_voted = |number: &&ParticipantNumber| {
            record.participants.get(number).is_some_and(|own| !own.votes.is_empty())
        };
        let min = record.conversation.settings.privacy_min;
        let new = people.iter().filter(|number| !atoms.contains(number)).filter(has_voted).count();
        // Those who were never in a set would be told by the difference from one.
        let are_few = people.iter().filter(has_voted).count() < min as usize;
        if are_few || !atoms.is_empty() && (1..min as usize).contains(&new) {
            return Err(Rejection::TooFewPeople { min });
        }
        Ok(people)
    }
}

/// Takes out those of earlier sets that are not there as a whole, and returns those that are: two sets that differ by few people
/// would tell how these voted.
fn whole_sets(
    people: &mut Vec<ParticipantNumber>,
    earlier: &[Vec<ParticipantNumber>],
) -> FxHashSet<ParticipantNumber> {
    loop {
        let is_there = |number: &ParticipantNumber| people.binary_search(number).is_ok();
        let is_part = |set: &&Vec<ParticipantNumber>| set.iter().any(is_there) && !set.iter().all(is_there);
        let Some(part) = earlier.iter().find(is_part) else { break };
        people.retain(|number| part.binary_search(number).is_err());
    }
    let whole = earlier.iter().flatten().filter(|number| people.binary_search(number).is_ok());
    whole.copied().collect()
}
