//! First statements from an organiser, one or many; while the conversation is a draft, they can be worded
//! anew, put into another order and taken out.
//!
//! Many are looked at before they are added, and are added all or none: what is there already is passed
//! over, and anything else that can't be taken stops all of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::{Deserialize, Serialize};

use super::actor::{Actor, RecordedActor};
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::Effects;
use super::moderation::StatementModerated;
use super::payload::{ApplyResult, Header, Payload, by_staff, words_in};
use super::record::ConversationRecord;
use super::settings::ConversationState;
use super::statement::{Statement, clean_statement_text};
use super::statements::{StatementAuthor, StatementReworded, StatementSubmitted, StatementWithdrawn};
use crate::domain::{Moderation, PersonalText, Rejection, StatementNumber, twin_key};

/// What an organiser can ask of first statements.
#[derive(Clone, Debug)]
pub enum SeedsAct {
    /// To add one.
    Add {
        /// Its words.
        text: String,
        /// About the person, and kept out of the map.
        meta: bool,
    },
    /// To add many: all that are new, or none.
    AddMany(Vec<String>),
    /// To word one anew.
    Edit {
        /// Which.
        statement: StatementNumber,
        /// Its new words.
        text: String,
    },
    /// To move one by one position.
    Move {
        /// Which.
        statement: StatementNumber,
        /// Towards the beginning.
        earlier: bool,
    },
    /// To take one out.
    Remove {
        /// Which.
        statement: StatementNumber,
    },
}

/// The organiser's statements were put into another order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedsReordered {
    /// All of them, in their order.
    pub order: Vec<StatementNumber>,
}

impl Payload for SeedsReordered {
    by_staff!(InDraft);

    fn apply(self, record: &mut ConversationRecord, _: Header, effects: &mut Effects) -> ApplyResult {
        if self.order.iter().any(|seed| !record.statements.contains_key(seed)) {
            return Err("a statement");
        }
        record.seed_order = self.order;
        effects.statements = true;
        Ok(())
    }

    words_in!();
}

/// What would become of one of many statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedVerdict {
    /// It would be added, in these words.
    New(String),
    /// A statement that says the same is there already.
    Here(StatementNumber),
    /// Another one of the same list says the same: its place in the list.
    Repeats(usize),
    /// It can't be taken.
    Bad(Rejection),
}

pub(super) fn decide<B>(
    desk: &Desk,
    actor: &Actor,
    act: &SeedsAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection>
where
    B: From<StatementSubmitted>
        + From<StatementModerated>
        + From<StatementReworded>
        + From<StatementWithdrawn>
        + From<SeedsReordered>,
{
    let by = actor.in_charge()?;
    match act {
        SeedsAct::Add { text, meta } => {
            desk.check_seedable()?;
            let text = desk.check_seed(text, || desk.room_for(StatementAuthor::Organiser))?;
            add(actor, by, (desk.record.next_statement(), text, *meta), pending, given)?;
        }
        SeedsAct::AddMany(texts) => return add_many(desk, actor, by, texts, pending, given),
        SeedsAct::Edit { statement, text } => {
            let seed = desk.draft_seed(*statement)?;
            let text = clean_statement_text(text, desk.record.conversation.settings.max_characters)?;
            let twins = desk.twins.of_text(&desk.record, &text);
            if let Some(twin) = twins.iter().find(|twin| twin.number != *statement) {
                return Err(Rejection::StatementExists(twin.number));
            }
            if text == seed.text.text() {
                return Ok(Decided::changed(0));
            }
            pending.forgotten.push(seed.text.commitment().to_owned());
            let text = PersonalText::new(text, (given.salt)());
            pending.push(actor, given, by, StatementReworded { statement: *statement, text })?;
        }
        SeedsAct::Move { statement, earlier } => {
            desk.draft_seed(*statement)?;
            let mut order: Vec<_> = desk.record.seeds().iter().map(|seed| seed.number).collect();
            let at = order.iter().position(|seed| seed == statement).ok_or(Rejection::UnknownStatement)?;
            let to = if *earlier { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < order.len()) };
            let Some(to) = to else { return Ok(Decided::changed(0)) };
            order.swap(at, to);
            pending.push(actor, given, by, SeedsReordered { order })?;
        }
        SeedsAct::Remove { statement } => {
            let seed = desk.draft_seed(*statement)?;
            pending.forgotten.push(seed.text.commitment().to_owned());
            pending.push(actor, given, by, StatementWithdrawn { statement: *statement })?;
        }
    }
    Ok(Decided::changed(1))
}

fn add_many<B: From<StatementSubmitted> + From<StatementModerated>>(
    desk: &Desk,
    actor: &Actor,
    by: RecordedActor,
    texts: &[String],
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let mut new = Vec::new();
    let mut passed_over = 0;
    for verdict in desk.judge_seeds(texts) {
        match verdict {
            SeedVerdict::New(text) => new.push(text),
            SeedVerdict::Here(_) | SeedVerdict::Repeats(_) => passed_over += 1,
            SeedVerdict::Bad(rejection) => return Err(rejection),
        }
    }
    let mut next = desk.record.next_statement();
    let mut changed = 0;
    for text in new {
        add(actor, by, (next, text, false), pending, given)?;
        next = StatementNumber(next.0 + 1);
        changed += 1;
    }
    Ok(Decided::Changed { changed, passed_over })
}

/// A new one, accepted at once.
fn add<B: From<StatementSubmitted> + From<StatementModerated>>(
    actor: &Actor,
    by: RecordedActor,
    (statement, text, meta): (StatementNumber, String, bool),
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<(), Rejection> {
    let text = PersonalText::new(text, (given.salt)());
    let submitted = StatementSubmitted { seed: true, meta, ..StatementSubmitted::new(statement, text) };
    let accepted = StatementModerated { statement, to: Moderation::Accepted, rule: None };
    pending.push(actor, given, by, submitted)?;
    pending.push(actor, given, by, accepted)
}

impl Desk {
    /// What would become of each of these statements, in their order.
    pub fn judge_seeds(&self, texts: &[String]) -> Vec<SeedVerdict> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut left = self.room_for(StatementAuthor::Organiser);
        let seedable = self.check_seedable();
        let judge = |(index, text): (usize, &String)| match seedable
            .clone()
            .and_then(|()| self.check_seed(text, || left))
        {
            Ok(text) => match seen.entry(twin_key(&text)) {
                Entry::Occupied(first) => SeedVerdict::Repeats(*first.get()),
                Entry::Vacant(first) => {
                    first.insert(index);
                    left -= 1;
                    SeedVerdict::New(text)
                }
            },
            Err(Rejection::StatementExists(number)) => SeedVerdict::Here(number),
            Err(rejection) => SeedVerdict::Bad(rejection),
        };
        texts.iter().enumerate().map(judge).collect()
    }

    /// A seed's words as they would be taken, where there is room for `left()` more. An organiser may know
    /// which words wait.
    fn check_seed(&self, text: &str, left: impl FnOnce() -> usize) -> Result<String, Rejection> {
        let text = clean_statement_text(text, self.record.conversation.settings.max_characters)?;
        match self.twins.of_text(&self.record, &text).first() {
            Some(twin) => Err(Rejection::StatementExists(twin.number)),
            None if left() == 0 => Err(Rejection::TooManyStatements),
            None => Ok(text),
        }
    }

    fn check_seedable(&self) -> Result<(), Rejection> {
        match self.record.conversation.state {
            ConversationState::Draft | ConversationState::Open => Ok(()),
            ConversationState::Closed | ConversationState::Deleted => Err(Rejection::NotOpen),
        }
    }

    /// A seed that can still be changed: nobody has seen it.
    fn draft_seed(&self, number: StatementNumber) -> Result<&Statement, Rejection> {
        self.check_draft()?;
        let seed = self.record.statements.get(&number).filter(|s| s.seed && !s.withdrawn);
        seed.ok_or(Rejection::UnknownStatement)
    }
}
