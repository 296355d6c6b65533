//! One change of an agenda by hand. What it is made of is the same whether somebody asks for it, in plain words, or it is in
//! the log, in words that can be erased.

use serde::{Deserialize, Serialize};

use super::words::{MAX_EVIDENCE, MAX_MINUTES, MAX_NAME, MAX_REASON, Words, checked_plan};
use crate::domain::{
    Agenda, AgendaItem, BackedStatement, Background, Field, Goal, ItemNumber, ItemReason, PersonalText, Plan,
    Rejection, Session, StatementNumber,
};

/// The longest question of an item, in characters.
pub const MAX_ITEM_QUESTION: usize = 140;
/// The most items of an agenda.
pub const MAX_ITEMS: usize = 100;

/// A change.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum AgendaEdit<T> {
    /// A statement becomes an item, the last one.
    Add {
        /// The statement with its votes.
        backed: BackedStatement,
    },
    /// Items that are not from the votes, the last ones.
    AddOwn {
        /// The items, in their order.
        items: Vec<OwnItem<T>>,
        /// Where they come from.
        origin: T,
    },
    /// An item goes to another place.
    Move {
        /// Which.
        item: ItemNumber,
        /// The place where it is then, from 1.
        to: u32,
    },
    /// An item is taken off.
    Remove {
        /// Which.
        item: ItemNumber,
        /// Why, for everybody to read.
        #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
        reason: Option<T>,
    },
    /// All statements of an item join another one, which goes on.
    Join {
        /// Which.
        item: ItemNumber,
        /// The one that goes on.
        into: ItemNumber,
    },
    /// Some statements of an item become an item of their own, right after it.
    Split {
        /// Which.
        item: ItemNumber,
        /// Its statements that go.
        statements: Vec<StatementNumber>,
    },
    /// The statements of an item do belong together.
    Confirm {
        /// Which.
        item: ItemNumber,
    },
    /// An item asks something else, or nothing of its own.
    Question {
        /// Which.
        item: ItemNumber,
        /// The question.
        #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
        text: Option<T>,
    },
    /// An item has another goal or time.
    Plan {
        /// Which.
        item: ItemNumber,
        /// What is to come of it, and in which time.
        plan: Plan,
    },
    /// There is something else to know of an item.
    Background {
        /// Which.
        item: ItemNumber,
        /// What.
        background: Background<T>,
    },
    /// The meeting is longer or shorter, or at another time.
    Session {
        /// How long and when.
        session: Session,
    },
    /// The last change that counts no longer does.
    Undo,
    /// It counts again.
    Redo,
}

/// An item that is not from the votes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnItem<T> {
    /// Its question.
    pub question: T,
    /// What is to come of it, and in which time.
    pub plan: Plan,
}

impl<T> AgendaEdit<T> {
    /// The item that it is about, where it is there already.
    pub fn item(&self) -> Option<ItemNumber> {
        match self {
            Self::Move { item, .. }
            | Self::Remove { item, .. }
            | Self::Join { item, .. }
            | Self::Split { item, .. }
            | Self::Confirm { item }
            | Self::Question { item, .. }
            | Self::Plan { item, .. }
            | Self::Background { item, .. } => Some(*item),
            Self::Add { .. } | Self::AddOwn { .. } | Self::Session { .. } | Self::Undo | Self::Redo => None,
        }
    }
}

impl<T> AgendaEdit<T> {
    /// Whether it comes by a rule that was set before, and from no organiser's hand.
    pub(super) fn comes_by_itself(&self) -> bool {
        matches!(self, Self::Add { backed } if matches!(backed.reason, ItemReason::Threshold { .. }))
    }
}

impl AgendaEdit<String> {
    /// Checks the words, and commits to them.
    pub(super) fn committed(
        &self,
        salt: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<AgendaEdit<PersonalText>, Rejection> {
        let mut words = Words(salt);
        Ok(match self {
            Self::Add { backed } => AgendaEdit::Add { backed: backed.clone() },
            Self::AddOwn { items, origin } => {
                let item = |item: &OwnItem<String>| {
                    let question = words.needed(Field::Question, &item.question, MAX_ITEM_QUESTION)?;
                    Ok(OwnItem { question, plan: checked_plan(item.plan)? })
                };
                let items = items.iter().map(item).collect::<Result<Vec<_>, _>>()?;
                AgendaEdit::AddOwn { items, origin: words.needed(Field::Origin, origin, MAX_NAME)? }
            }
            Self::Move { item, to } => AgendaEdit::Move { item: *item, to: *to },
            Self::Remove { item, reason } => AgendaEdit::Remove {
                item: *item,
                reason: words.maybe(Field::Reason, reason.as_deref(), MAX_REASON)?,
            },
            Self::Join { item, into } => AgendaEdit::Join { item: *item, into: *into },
            Self::Split { item, statements } => {
                AgendaEdit::Split { item: *item, statements: statements.clone() }
            }
            Self::Confirm { item } => AgendaEdit::Confirm { item: *item },
            Self::Question { item, text } => AgendaEdit::Question {
                item: *item,
                text: words.maybe(Field::Question, text.as_deref(), MAX_ITEM_QUESTION)?,
            },
            Self::Plan { item, plan } => AgendaEdit::Plan { item: *item, plan: checked_plan(*plan)? },
            Self::Background { item, background } => {
                AgendaEdit::Background { item: *item, background: words.background(background)? }
            }
            Self::Session { session } => {
                if session.minutes.is_some_and(|minutes| minutes > MAX_MINUTES) {
                    return Err(Rejection::TooManyMinutes { max: MAX_MINUTES });
                }
                AgendaEdit::Session { session: *session }
            }
            Self::Undo => AgendaEdit::Undo,
            Self::Redo => AgendaEdit::Redo,
        })
    }
}

/// The words of an edit: `words` or `words_mut` of what has several.
macro_rules! words_of {
    ($edit:expr, $words:ident, $question:expr) => {
        match $edit {
            Self::AddOwn { items, origin } => items.into_iter().map($question).chain([origin]).collect(),
            Self::Remove { reason: text, .. } | Self::Question { text, .. } => text.into_iter().collect(),
            Self::Background { background, .. } => background.$words().collect(),
            Self::Add { .. }
            | Self::Move { .. }
            | Self::Join { .. }
            | Self::Split { .. }
            | Self::Confirm { .. }
            | Self::Plan { .. }
            | Self::Session { .. }
            | Self::Undo
            | Self::Redo => Vec::new(),
        }
    };
}

impl AgendaEdit<PersonalText> {
    /// Its words.
    pub fn words(&self) -> Vec<&PersonalText> {
        words_of!(self, words, |item| &item.question)
    }

    /// The same, to put stored words back.
    pub fn words_mut(&mut self) -> Vec<&mut PersonalText> {
        words_of!(self, words_mut, |item| &mut item.question)
    }

    /// Makes the change. [`Self::Undo`] and [`Self::Redo`] are changes of the history, and change nothing here.
    pub(super) fn apply(&self, agenda: &mut Agenda) -> Result<(), Rejection> {
        match self {
            Self::Add { backed } => add(agenda, backed.clone())?,
            Self::AddOwn { items, origin } => {
                if items.is_empty() {
                    return Err(Rejection::BadText { field: Field::Question, max: MAX_ITEM_QUESTION });
                }
                items.iter().try_for_each(|item| add_own(agenda, item, origin))?;
            }
            Self::Move { item, to } => {
                let from = position(agenda, *item)?;
                let to = (*to as usize).checked_sub(1).filter(|to| *to < agenda.items.len());
                let to = to.ok_or(Rejection::AgendaItem)?;
                let item = agenda.items.remove(from);
                agenda.items.insert(to, item);
            }
            Self::Remove { item, .. } => {
                let at = position(agenda, *item)?;
                agenda.items.remove(at);
            }
            Self::Join { item, into } => join(agenda, *item, *into)?,
            Self::Split { item, statements } => split(agenda, *item, statements)?,
            Self::Confirm { item } => {
                let item = item_mut(agenda, *item)?;
                if !item.unconfirmed {
                    return Err(Rejection::AgendaItem);
                }
                item.unconfirmed = false;
            }
            Self::Question { item, text } => {
                let item = item_mut(agenda, *item)?;
                // What is not from the votes is nothing without its question.
                if text.is_none() && item.statements.is_empty() {
                    return Err(Rejection::BadText { field: Field::Question, max: MAX_ITEM_QUESTION });
                }
                item.question.clone_from(text);
            }
            Self::Plan { item, plan } => item_mut(agenda, *item)?.plan = *plan,
            Self::Background { item, background } => {
                item_mut(agenda, *item)?.background.clone_from(background);
            }
            Self::Session { session } => agenda.session = *session,
            Self::Undo | Self::Redo => {}
        }
        Ok(())
    }
}

fn position(agenda: &Agenda, item: ItemNumber) -> Result<usize, Rejection> {
    agenda.position(item).ok_or(Rejection::AgendaItem)
}

fn item_mut(agenda: &mut Agenda, item: ItemNumber) -> Result<&mut AgendaItem, Rejection> {
    agenda.items.iter_mut().find(|one| one.number == item).ok_or(Rejection::AgendaItem)
}

fn check_room(agenda: &Agenda) -> Result<(), Rejection> {
    if agenda.items.len() < MAX_ITEMS { Ok(()) } else { Err(Rejection::TooManyItems { max: MAX_ITEMS }) }
}

fn add(agenda: &mut Agenda, backed: BackedStatement) -> Result<(), Rejection> {
    check_room(agenda)?;
    if agenda.place_of(backed.statement).is_some() {
        return Err(Rejection::OnAgendaAlready);
    }
    let item = item_of(agenda, vec![backed]);
    agenda.items.push(item);
    Ok(())
}

fn add_own(
    agenda: &mut Agenda,
    item: &OwnItem<PersonalText>,
    origin: &PersonalText,
) -> Result<(), Rejection> {
    check_room(agenda)?;
    let number = agenda.new_item();
    agenda.items.push(AgendaItem {
        number,
        statements: Vec::new(),
        unconfirmed: false,
        origin: Some(origin.clone()),
        question: Some(item.question.clone()),
        quotes: Vec::new(),
        plan: item.plan,
        background: Background::default(),
    });
    Ok(())
}

/// A new item of these statements. Those that only seem alike are to be confirmed.
pub(super) fn item_of(agenda: &mut Agenda, statements: Vec<BackedStatement>) -> AgendaItem {
    let is_agreed =
        statements.first().is_some_and(|backed| matches!(backed.reason, ItemReason::Bridging { .. }));
    AgendaItem {
        number: agenda.new_item(),
        unconfirmed: statements.iter().any(|backed| backed.reason == ItemReason::Alike),
        statements,
        origin: None,
        question: None,
        quotes: Vec::new(),
        // What all groups agree on can be decided; what one of them wants is to be talked about first.
        plan: Plan { goal: if is_agreed { Goal::Decide } else { Goal::Deliberate }, minutes: 0 },
        background: Background::default(),
    }
}

fn join(agenda: &mut Agenda, item: ItemNumber, into: ItemNumber) -> Result<(), Rejection> {
    let (from, to) = (position(agenda, item)?, position(agenda, into)?);
    let has_statements = |at: usize| agenda.items.get(at).is_some_and(|item| !item.statements.is_empty());
    if from == to || !has_statements(from) || !has_statements(to) {
        return Err(Rejection::AgendaItem);
    }
    let joining = agenda.items.remove(from);
    let numbers: Vec<StatementNumber> = joining.numbers().collect();
    let into = item_mut(agenda, into)?;
    let there: Vec<StatementNumber> = into.numbers().collect();
    if into.background.evidence.len() + joining.background.evidence.len() > MAX_EVIDENCE {
        return Err(Rejection::TooMuchToRead { max: MAX_EVIDENCE });
    }
    into.statements.extend(joining.statements);
    into.background.evidence.extend(joining.background.evidence);
    // What was written for the one that joins is not lost where the other one has nothing of the kind.
    if into.question.is_none() {
        (into.question, into.quotes) = (joining.question, joining.quotes);
    }
    into.background.notes = into.background.notes.take().or(joining.background.notes);
    let is_between = |pair: &[StatementNumber; 2]| {
        let [a, b] = pair;
        (numbers.contains(a) && there.contains(b)) || (numbers.contains(b) && there.contains(a))
    };
    agenda.apart.retain(|pair| !is_between(pair));
    Ok(())
}

fn split(agenda: &mut Agenda, item: ItemNumber, statements: &[StatementNumber]) -> Result<(), Rejection> {
    check_room(agenda)?;
    let at = position(agenda, item)?;
    let item = item_mut(agenda, item)?;
    let is_going = |backed: &BackedStatement| statements.contains(&backed.statement);
    let going: Vec<BackedStatement> = item.statements.iter().filter(|one| is_going(one)).cloned().collect();
    // Something goes, and something stays.
    if going.len() != statements.len() || going.is_empty() || going.len() == item.statements.len() {
        return Err(Rejection::AgendaItem);
    }
    item.statements.retain(|one| !is_going(one));
    // What is left is what whoever split it takes for one.
    item.unconfirmed = false;
    let stay: Vec<StatementNumber> = item.numbers().collect();
    for gone in going.iter().map(|backed| backed.statement) {
        agenda.apart.extend(stay.iter().map(|other| [gone.min(*other), gone.max(*other)]));
    }
    agenda.apart.sort_unstable();
    agenda.apart.dedup();
    let mut new = item_of(agenda, going);
    new.unconfirmed = false;
    agenda.items.insert(at + 1, new);
    Ok(())
}
