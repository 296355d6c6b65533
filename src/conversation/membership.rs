//! Who takes part, and what is known of them.

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Identity, RecordedActor};
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::Effects;
use super::participant::{Channel, Particulars, Tier};
use super::payload::{
    ApplyResult, Entry, Header, Payload, Permission, Phase, VoteEffect, by_staff, words_in,
};
use super::provenance::is_false;
use super::record::ConversationRecord;
use super::settings::ConversationState;
use crate::domain::{Field, ParticipantNumber, PersonalText, Rejection, TokenHash, clean_line};

/// The longest name of a cohort or a place, in characters.
const MAX_NAME: usize = 120;

/// How somebody comes in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Admission {
    /// How they were admitted.
    pub tier: Tier,
    /// How they found the conversation.
    pub channel: Option<Channel>,
    /// Whether they had opened the results before their first vote.
    pub read_first: bool,
}

/// What can be asked about those who take part.
#[derive(Clone, Debug)]
pub enum MembershipAct {
    /// To take part.
    Join(Admission),
    /// To put somebody in a cohort, such as those who were drawn by lot.
    AssignCohort {
        /// Who.
        participant: ParticipantNumber,
        /// The cohort's name.
        cohort: String,
    },
    /// To say in which district one lives.
    StatePlace {
        /// The district's name.
        place: String,
    },
}

/// Somebody takes part from now on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticipantJoined {
    /// Their number.
    pub participant: ParticipantNumber,
    /// How they were admitted.
    #[serde(default, skip_serializing_if = "Tier::is_open")]
    pub tier: Tier,
    /// How they found the conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Whether they had opened the results before their first vote.
    #[serde(default, skip_serializing_if = "is_false")]
    pub read_first: bool,
}

impl ParticipantJoined {
    /// Somebody who came in as anybody does.
    pub fn new(participant: ParticipantNumber) -> Self {
        Self { participant, tier: Tier::Open, channel: None, read_first: false }
    }
}

/// Somebody was put in a cohort.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CohortAssigned {
    /// Who.
    pub participant: ParticipantNumber,
    /// The cohort's name.
    pub cohort: PersonalText,
}

/// Somebody said in which district they live.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceStated {
    /// Who.
    pub participant: ParticipantNumber,
    /// The district's name.
    pub place: PersonalText,
}

impl Payload for ParticipantJoined {
    const WHO: Permission = Permission::Anybody;
    const WHEN: Phase = Phase::AnyTime;

    fn apply(self, record: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        let Self { participant, tier, channel, read_first } = self;
        record.next_participant = record.next_participant.max(participant.0 + 1);
        let own = record.participants.entry(participant).or_default();
        if !tier.is_open() || channel.is_some() || read_first {
            let particulars = own.particulars.get_or_insert_default();
            (particulars.tier, particulars.channel, particulars.read_first) = (tier, channel, read_first);
        }
        Ok(())
    }

    fn implied_by(&self) -> Option<RecordedActor> {
        Some(RecordedActor::Participant(self.participant))
    }

    fn on_votes(&self) -> VoteEffect {
        VoteEffect::Nothing
    }

    words_in!();

    /// It is about one person, and no page that all see names anybody.
    fn is_on_pages(&self) -> bool {
        false
    }
}

impl Payload for CohortAssigned {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        let own = record.participants.get_mut(&self.participant).ok_or("a participant")?;
        own.particulars.get_or_insert_default().cohort = Some(self.cohort);
        Ok(())
    }

    words_in!(cohort);

    /// It is about one person, and no page that all see names anybody.
    fn is_on_pages(&self) -> bool {
        false
    }
}

impl Payload for PlaceStated {
    const WHO: Permission = Permission::Anybody;
    const WHEN: Phase = Phase::AnyTime;

    fn apply(self, record: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        let own = record.participants.get_mut(&self.participant).ok_or("a participant")?;
        own.particulars.get_or_insert_default().place = Some(self.place);
        Ok(())
    }

    fn implied_by(&self) -> Option<RecordedActor> {
        Some(RecordedActor::Participant(self.participant))
    }

    fn on_votes(&self) -> VoteEffect {
        VoteEffect::Nothing
    }

    words_in!(place);

    /// It is about one person, and no page that all see names anybody.
    fn is_on_pages(&self) -> bool {
        false
    }
}

pub(super) fn decide<B>(
    desk: &Desk,
    actor: &Actor,
    act: &MembershipAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection>
where
    B: From<ParticipantJoined> + From<CohortAssigned> + From<PlaceStated>,
{
    match act {
        MembershipAct::Join(admission) => {
            let participant = match desk.known(actor.visitor()?) {
                Ok(participant) => participant,
                // Whoever only looks at a draft changes nothing in it.
                Err(_) if desk.record.conversation.state == ConversationState::Draft => {
                    return Err(Rejection::NotOpen);
                }
                // It is about to go: nobody new comes in, and nobody holds it up by coming in.
                Err(_) if desk.record.conversation.deletes_at.is_some() => return Err(Rejection::NotOpen),
                Err(token) => decide_join(desk, token, admission, pending),
            };
            Ok(Decided::Joined { participant })
        }
        MembershipAct::AssignCohort { participant, cohort } => {
            let by = actor.in_charge()?;
            let cohort = PersonalText::new(name(cohort)?, (given.salt)());
            check_participant(desk, *participant)?;
            let before = desk.particulars_of(*participant).and_then(|own| own.cohort.as_ref());
            pending.forgotten.extend(before.map(|words| words.commitment().to_owned()));
            let assigned = CohortAssigned { participant: *participant, cohort };
            pending.push(actor, given, by, assigned)?;
            Ok(Decided::changed(1))
        }
        MembershipAct::StatePlace { place } => {
            let Identity::Participant(participant) = actor.visitor()? else {
                return Err(Rejection::UnknownParticipant);
            };
            let place = PersonalText::new(name(place)?, (given.salt)());
            check_participant(desk, participant)?;
            let before = desk.particulars_of(participant).and_then(|own| own.place.as_ref());
            pending.forgotten.extend(before.map(|words| words.commitment().to_owned()));
            pending.events.push(Entry::new(
                RecordedActor::Participant(participant),
                PlaceStated { participant, place },
            ));
            Ok(Decided::changed(1))
        }
    }
}

impl Desk {
    fn particulars_of(&self, participant: ParticipantNumber) -> Option<&Particulars> {
        self.record.participants.get(&participant)?.particulars()
    }
}

fn name(text: &str) -> Result<String, Rejection> {
    let clean = clean_line(text);
    let fits = (1..=MAX_NAME).contains(&clean.chars().count());
    if fits { Ok(clean) } else { Err(Rejection::BadText { field: Field::Name, max: MAX_NAME }) }
}

fn check_participant(desk: &Desk, participant: ParticipantNumber) -> Result<(), Rejection> {
    if desk.record.participants.contains_key(&participant) {
        Ok(())
    } else {
        Err(Rejection::UnknownParticipant)
    }
}

/// Who acts; a newcomer is admitted with their act, in the same batch, but only if the act passes
/// its check: a refused one admits nobody.
pub(super) fn known_or_admitted<B: From<ParticipantJoined>>(
    desk: &Desk,
    identity: Identity,
    pending: &mut PendingEvents<B>,
    check: impl FnOnce() -> Result<(), Rejection>,
) -> Result<ParticipantNumber, Rejection> {
    match desk.known(identity) {
        Ok(participant) => Ok(participant),
        Err(token) => {
            check()?;
            Ok(decide_join(desk, token, &Admission::default(), pending))
        }
    }
}

/// Admits the holder of a token, who may be known already.
fn decide_join<B: From<ParticipantJoined>>(
    desk: &Desk,
    token: TokenHash,
    admission: &Admission,
    pending: &mut PendingEvents<B>,
) -> ParticipantNumber {
    let stored = token.within(desk.record.conversation.id);
    if let Some(participant) = desk.holder_of(&stored).or_else(|| pending.admitted.get(&stored).copied()) {
        return participant;
    }
    let new = u32::try_from(pending.admitted.len()).unwrap_or(u32::MAX);
    let participant = ParticipantNumber(desk.record.next_participant().0 + new);
    let Admission { tier, channel, read_first } = admission.clone();
    let joined = ParticipantJoined { participant, tier, channel, read_first };
    pending.events.push(Entry::new(RecordedActor::Participant(participant), joined));
    pending.admitted.insert(stored, participant);
    participant
}
