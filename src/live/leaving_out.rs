//! Whose votes a moderator can leave out of what is published, without ever seeing who they are.

use std::ops::RangeInclusive;

use super::handle::RoomHandle;
use super::{RoomResult, Saved};
use crate::conversation::{Actor, Channel, ConversationRecord, ExclusionAct, ExclusionBasis, Participant};
use crate::disclosure::{SetName, told_people};
use crate::domain::{ParticipantNumber, Rejection, StatementNumber, Timestamp};

/// Who is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whom {
    /// A set of people whose votes are the same.
    Copies(SetName),
    /// Those who give the same answer to everything.
    StraightLine,
    /// Those who came at once, from this moment on.
    Burst(Timestamp),
    /// Those who came by a channel.
    Channel(Channel),
    /// Those who wrote any of these statements.
    Writers(Vec<StatementNumber>),
}

/// How those who are meant are found.
enum Found {
    These(Vec<ParticipantNumber>),
    Numbered(RangeInclusive<u32>),
    By(Channel),
    Writers(Vec<StatementNumber>),
}

impl Whom {
    /// By what they are found.
    pub fn basis(&self) -> ExclusionBasis {
        match self {
            Whom::Copies(_) => ExclusionBasis::Copies,
            Whom::StraightLine => ExclusionBasis::StraightLine,
            Whom::Burst(_) => ExclusionBasis::Burst,
            Whom::Channel(_) => ExclusionBasis::Channel,
            Whom::Writers(_) => ExclusionBasis::ByHand,
        }
    }
}

impl Found {
    /// Those of them whose votes count.
    fn people(self, record: &ConversationRecord) -> Vec<ParticipantNumber> {
        let mut people: Vec<ParticipantNumber> = match self {
            Found::These(people) => people,
            Found::Numbered(numbers) => numbers.map(ParticipantNumber).collect(),
            Found::By(channel) => {
                let came_by = |own: &Participant| {
                    own.particulars().is_some_and(|own| own.channel.as_ref() == Some(&channel))
                };
                let people = record.participants.iter().filter(|(_, own)| came_by(own));
                people.map(|(number, _)| *number).collect()
            }
            Found::Writers(statements) => {
                let written = statements.iter().filter_map(|number| record.statements.get(number));
                written.filter_map(|statement| statement.author).collect()
            }
        };
        people.sort_unstable();
        people.dedup();
        let excluded = record.excluded();
        let has_voted = |number: &ParticipantNumber| {
            record.participants.get(number).is_some_and(|own| !own.votes.is_empty())
        };
        people.retain(|number| has_voted(number) && !excluded.contains(number));
        people
    }
}

impl RoomHandle {
    /// At least how many people these are, whose votes count now; `None` for too few to tell.
    pub async fn how_many(&self, whom: &Whom) -> RoomResult<Option<u32>> {
        let people = self.people(whom).await?.len();
        Ok(told_people(people, self.latest().settings.privacy_min))
    }

    /// Leaves their votes out.
    pub async fn leave_out(&self, by: Actor, whom: &Whom, reason: String) -> RoomResult<Saved> {
        let people = self.people(whom).await?;
        self.act(by, ExclusionAct::Exclude { people, basis: whom.basis(), reason }).await
    }

    async fn people(&self, whom: &Whom) -> RoomResult<Vec<ParticipantNumber>> {
        let found = self.find(whom).ok_or(Rejection::ChangedMeanwhile)?;
        self.read(move |state| found.people(&state.desk.record)).await
    }

    /// What a page named; `None` where it is not there any more.
    fn find(&self, whom: &Whom) -> Option<Found> {
        let oddities = &self.latest().oddities;
        Some(match whom {
            Whom::Copies(name) => {
                let set = oddities.copies.iter().find(|set| self.activity.name_of(set) == *name)?;
                Found::These(set.clone())
            }
            Whom::StraightLine => Found::These(oddities.straight_liners.clone()),
            Whom::Burst(from) => Found::Numbered(self.activity.who_came(*from)?),
            Whom::Channel(channel) => Found::By(channel.clone()),
            Whom::Writers(statements) => Found::Writers(statements.clone()),
        })
    }
}
