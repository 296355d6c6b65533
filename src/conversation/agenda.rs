//! The agenda: drafted, changed by hand, and published, after which it no longer changes.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::Effects;
use super::payload::{ApplyResult, Header, Payload, by_staff, words_in};
use super::record::{AgendaRecord, ConversationRecord};
use crate::domain::agenda::{Agenda, ItemChange, Omission, OmissionReason};
use crate::domain::{PersonalText, Rejection, StatementNumber};

/// A change of the drafted agenda.
#[derive(Clone, Debug)]
pub enum AgendaAct {
    /// Keeps a new draft, which the assembly module has made; it gets the next version.
    Draft(Box<Agenda>),
    /// Moves an item by one position.
    Move {
        /// The item.
        statement: StatementNumber,
        /// Which way.
        change: ItemChange,
    },
    /// Takes an item off.
    Remove {
        /// The item.
        statement: StatementNumber,
    },
    /// Publishes the draft, which then no longer changes.
    Publish,
}

/// An agenda was drafted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaDrafted {
    /// The draft.
    pub agenda: Agenda,
}

/// An item of the draft was moved by one position.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItemMoved {
    /// The draft's version.
    pub version: u32,
    /// The item.
    pub statement: StatementNumber,
    /// Which way.
    pub change: ItemChange,
}

/// An item was taken off the draft.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItemRemoved {
    /// The draft's version.
    pub version: u32,
    /// The item.
    pub statement: StatementNumber,
}

/// The draft was published.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaPublished {
    /// Its version.
    pub version: u32,
}

impl Payload for AgendaDrafted {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        record.agenda.draft = Some(self.agenda);
        Ok(())
    }

    words_in!();
}

impl Payload for AgendaItemMoved {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        let draft = record.agenda.draft.as_mut().ok_or("an agenda")?;
        draft.move_item(self.statement, self.change).ok_or("an agenda item")
    }

    words_in!();
}

impl Payload for AgendaItemRemoved {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        let draft = record.agenda.draft.as_mut().ok_or("an agenda")?;
        let at = draft.position(self.statement).ok_or("an agenda item")?;
        draft.items.remove(at);
        draft.left_out.push(Omission { statement: self.statement, why: OmissionReason::RemovedByHand });
        Ok(())
    }

    words_in!();
}

impl Payload for AgendaPublished {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let draft = record.agenda.draft.clone().ok_or("an agenda")?;
        record.agenda.published = Some((draft, header.at));
        Ok(())
    }

    words_in!();
}

pub(super) fn decide<B>(
    desk: &Desk,
    actor: &Actor,
    act: &AgendaAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection>
where
    B: From<AgendaDrafted> + From<AgendaItemMoved> + From<AgendaItemRemoved> + From<AgendaPublished>,
{
    let by = actor.in_charge()?;
    let AgendaRecord { draft, published } = &desk.record.agenda;
    if let AgendaAct::Draft(agenda) = act {
        let version = draft.as_ref().map_or(1, |draft| draft.version + 1);
        let agenda = Agenda { version, ..Agenda::clone(agenda) };
        pending.push(actor, given, by, AgendaDrafted { agenda })?;
        return Ok(Decided::changed(1));
    }
    let draft = draft.as_ref().ok_or(Rejection::NoAgenda)?;
    let version = draft.version;
    if published.as_ref().is_some_and(|(agenda, _)| agenda.version == version) {
        return Err(Rejection::AgendaFrozen);
    }
    let item = |statement| draft.position(statement).ok_or(Rejection::AgendaItem);
    match *act {
        AgendaAct::Move { statement, change } => {
            let at = item(statement)?;
            let is_stuck = match change {
                ItemChange::MovedUp => at == 0,
                ItemChange::MovedDown => at + 1 == draft.items.len(),
            };
            if is_stuck {
                return Err(Rejection::AgendaItem);
            }
            pending.push(actor, given, by, AgendaItemMoved { version, statement, change })?;
        }
        AgendaAct::Remove { statement } => {
            item(statement)?;
            pending.push(actor, given, by, AgendaItemRemoved { version, statement })?;
        }
        AgendaAct::Publish | AgendaAct::Draft(_) => {
            pending.push(actor, given, by, AgendaPublished { version })?;
        }
    }
    Ok(Decided::changed(1))
}
