//! An agenda as organisers make it: items, in the order in which they are talked about. Plain data.

use serde::{Deserialize, Serialize};

use super::id::{ItemNumber, StatementNumber, Timestamp};
use super::personal_text::PersonalText;
use super::proposal::BackedStatement;

/// An agenda in the making, or as it was published.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agenda {
    /// Which draft from the votes it was made of: 1, 2, 3, …
    pub proposal: u32,
    /// How long the meeting is, and when it begins.
    pub session: Session,
    /// The items in their order.
    pub items: Vec<AgendaItem>,
    /// The number that the next item gets.
    pub next_item: u32,
    /// Pairs of statements that say nearly the same, as it seemed, and do not mean the same: the lower number first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<[StatementNumber; 2]>,
}

/// The meeting that an agenda is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// How many minutes it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// When it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
}

/// One item: something to talk about, the statements behind it, and the time for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// Its number, which no other item of this conversation ever has.
    pub number: ItemNumber,
    /// The statements behind it, the one that stands for all of them first; none behind an item that is not from the votes.
    pub statements: Vec<BackedStatement>,
    /// Whether its statements were put together because their words and votes are alike, and nobody has said yet that they
    /// belong together.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
    /// Where an item without statements comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<PersonalText>,
    /// The question that is put to the meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<PersonalText>,
    /// Its statements whose words the question repeats: where one is not shown any more, neither is the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<StatementNumber>,
    /// What the meeting is to do about it, and in which time.
    pub plan: Plan,
    /// What its members should know.
    #[serde(default, skip_serializing_if = "Background::is_empty")]
    pub background: Background<PersonalText>,
}

/// What a meeting is to do about an item, and in which time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What is to come of it.
    pub goal: Goal,
    /// The time for it; 0 where none is set.
    pub minutes: u32,
}

/// What is to come of an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// A decision.
    Decide,
    /// A discussion.
    Deliberate,
    /// That everybody knows.
    Inform,
}

impl Goal {
    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Deliberate => "deliberate",
            Self::Inform => "inform",
        }
    }

    /// The goal of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Decide, Self::Deliberate, Self::Inform].into_iter().find(|goal| goal.as_str() == name)
    }
}

/// What members should know of an item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background<T> {
    /// What to read, with who says it.
    pub evidence: Vec<Evidence<T>>,
    /// For whoever leads the talk; not public.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub notes: Option<T>,
}

/// Something to read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence<T> {
    /// What it is.
    pub title: T,
    /// Who says it.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub by: Option<T>,
    /// Where it is to be found.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub link: Option<T>,
}

impl Agenda {
    /// Whether another one is the same to whoever reads it: numbers that were given out since do not matter.
    pub fn reads_as(&self, other: &Self) -> bool {
        let Self { proposal, session, items, next_item: _, apart } = self;
        *proposal == other.proposal
            && *session == other.session
            && *items == other.items
            && *apart == other.apart
    }

    /// Where an item stands, from 0.
    pub fn position(&self, item: ItemNumber) -> Option<usize> {
        self.items.iter().position(|one| one.number == item)
    }

    /// An item.
    pub fn item(&self, item: ItemNumber) -> Option<&AgendaItem> {
        self.items.iter().find(|one| one.number == item)
    }

    /// Where the item stands that a statement belongs to, from 0.
    pub fn place_of(&self, statement: StatementNumber) -> Option<usize> {
        self.items.iter().position(|item| item.statements.iter().any(|backed| backed.statement == statement))
    }

    /// Sets of statements that organisers say belong together.
    pub fn together(&self) -> Vec<Vec<StatementNumber>> {
        let confirmed = self.items.iter().filter(|item| !item.unconfirmed && item.statements.len() > 1);
        confirmed.map(|item| item.numbers().collect()).collect()
    }

    /// How many minutes its items take.
    pub fn minutes(&self) -> u32 {
        self.items.iter().map(|item| item.plan.minutes).sum()
    }

    /// The number of a new item.
    pub fn new_item(&mut self) -> ItemNumber {
        self.next_item += 1;
        ItemNumber(self.next_item)
    }

    /// Its words.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        self.items.iter_mut().flat_map(AgendaItem::words_mut)
    }
}

impl AgendaItem {
    /// Its words.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        self.origin.iter_mut().chain(&mut self.question).chain(self.background.words_mut())
    }

    /// The numbers of its statements.
    pub fn numbers(&self) -> impl Iterator<Item = StatementNumber> {
        self.statements.iter().map(|backed| backed.statement)
    }
}

impl<T> Default for Background<T> {
    fn default() -> Self {
        Self { evidence: Vec::new(), notes: None }
    }
}

impl<T> Background<T> {
    /// Whether there is nothing to know.
    pub fn is_empty(&self) -> bool {
        self.evidence.is_empty() && self.notes.is_none()
    }

    /// Its words, each in its place, also where there are none.
    pub fn parts(&self) -> impl Iterator<Item = Option<&T>> {
        let evidence = self.evidence.iter();
        let parts = evidence.flat_map(|one| [Some(&one.title), one.by.as_ref(), one.link.as_ref()]);
        parts.chain([self.notes.as_ref()])
    }

    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = &T> {
        self.parts().flatten()
    }

    /// The same, to put stored words back.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let evidence = self.evidence.iter_mut();
        let words =
            evidence.flat_map(|one| [&mut one.title].into_iter().chain(&mut one.by).chain(&mut one.link));
        words.chain(&mut self.notes)
    }
}
