//! The board: what pages that are the same for everybody are drawn from. Events replace its `Arc`, so that
//! no reader costs a voter anything.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::OnceCell;

use super::PublishedMap;
use super::background::{self, GIVES_WAY};
use crate::conversation::{AgendaRecord, Conversation, ConversationRecord, Decision, Pin, Statement};
use crate::disclosure::{ImportantFinding, LeftOutSet, ListedStatement, Results};
use crate::domain::{Moderation, ParticipantNumber, PersonalText, Seq, StatementNumber, Timestamp};

/// Everything that pages for all draw from, at one moment.
pub struct Board {
    /// The conversation's words, rules, statements and agendas.
    pub contents: Arc<Contents>,
    /// The map, and the counts.
    pub published: Arc<PublishedMap>,
    results: OnceCell<Arc<Results>>,
    drawn: PageCache,
}

/// The part of a record that pages for all show. It holds no votes.
pub struct Contents {
    /// Words, rules and state.
    pub conversation: Conversation,
    /// Statements that were not taken back, by number.
    pub statements: Vec<BoardStatement>,
    /// Within how many hours, rounded up, half of the last statements were decided on; 0 for within one. Nothing of few.
    pub moderation_takes_hours: Option<u32>,
    /// Whether any is asked in the place of another.
    has_merged: bool,
    /// The organiser's statements, in their order.
    pub seeds: Vec<StatementNumber>,
    /// The agendas.
    pub agenda: Arc<AgendaRecord>,
    /// Sets of people whose votes moderators left out.
    pub left_out: Vec<LeftOutSet>,
}

/// A statement without its votes.
#[derive(Clone, Debug)]
pub struct BoardStatement {
    /// Its number.
    pub number: StatementNumber,
    /// Its words.
    pub text: Arc<str>,
    /// From the organiser.
    pub seed: bool,
    /// About the person.
    pub meta: bool,
    /// What moderators said of it.
    pub moderation: Moderation,
    /// Whether participants see it and vote on it.
    pub is_shown: bool,
    /// The statement that was made from which by a moderator.
    pub derived_from: Option<StatementNumber>,
    /// Another one that a moderator found to say the same, whether or not it is shown now.
    pub merged_into: Option<StatementNumber>,
    /// Another one that says the same and is asked in its place.
    pub same_as: Option<StatementNumber>,
    /// It is shown to more people first.
    pub pin: Option<Pin>,
    /// Whether what its author writes is shown only after a moderator has read it.
    pub is_held: bool,
    /// The rule that it was rejected by, in its words.
    pub reason: Option<Arc<str>>,
    /// The latest decision on it.
    pub decision: Option<Decision>,
    /// When it was submitted, where that is known.
    pub submitted_at: Option<Timestamp>,
    /// Who wrote it, as moderators know them.
    pub writer: Option<Writer>,
}

/// Who wrote a statement, as moderators know them: a place in the order in which people first wrote something here. It is no
/// participant's number, and is made anew for each conversation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Writer(pub u32);

impl BoardStatement {
    /// Whether people are asked it: not where another one that says the same is asked in its place.
    pub fn is_asked(&self) -> bool {
        self.is_shown && self.same_as.is_none()
    }

    /// Whether a moderator worded it, from what somebody else had written.
    pub fn is_worded(&self) -> bool {
        self.derived_from.is_some() && self.writer.is_none() && !self.seed
    }

    fn of(statement: &Statement, writer: Option<Writer>, record: &ConversationRecord) -> Self {
        Self {
            submitted_at: statement.submitted_at_ms.map(|ms| Timestamp(ms.saturating_mul(1_000))),
            writer,
            number: statement.number,
            text: statement.text.shared(),
            seed: statement.seed,
            meta: statement.meta,
            moderation: statement.moderation,
            is_shown: record.is_shown(statement),
            derived_from: statement.derived_from,
            merged_into: statement.same_as,
            same_as: record.asked_instead_of(statement),
            pin: statement.pin,
            is_held: statement.author.is_some_and(|author| record.held_authors.contains(&author)),
            reason: statement.reason.as_ref().map(PersonalText::shared),
            decision: statement.decision,
        }
    }
}

fn statements(record: &ConversationRecord) -> Vec<BoardStatement> {
    let mut writers: HashMap<ParticipantNumber, Writer> = HashMap::new();
    // Also those who took theirs back: nobody's letter goes to somebody else.
    for author in record.statements.values().filter_map(|statement| statement.author) {
        let next = Writer(u32::try_from(writers.len()).unwrap_or(u32::MAX));
        writers.entry(author).or_insert(next);
    }
    let writer = |statement: &Statement| writers.get(&statement.author?).copied();
    record.kept().map(|statement| BoardStatement::of(statement, writer(statement), record)).collect()
}

/// So many of the last decisions say how long they take.
const LAST_DECISIONS: usize = 20;
const HOUR_US: i64 = 3_600_000_000;
/// Of fewer nothing is told.
const FEW_DECISIONS: usize = 5;

impl Contents {
    /// What pages show of a record.
    pub fn of(record: &ConversationRecord) -> Self {
        let mut contents = Self::without_times(record);
        contents.moderation_takes_hours = contents.moderation_takes();
        contents
    }

    fn without_times(record: &ConversationRecord) -> Self {
        let has_merged = record.statements.values().any(|statement| statement.same_as.is_some());
        Self {
            has_merged,
            moderation_takes_hours: None,
            conversation: record.conversation.clone(),
            statements: statements(record),
            seeds: record.seeds().iter().map(|seed| seed.number).collect(),
            agenda: Arc::clone(&record.agenda),
            left_out: LeftOutSet::all(&record.exclusions, record.conversation.settings.privacy_min),
        }
    }

    /// A statement by its number.
    pub fn statement(&self, number: StatementNumber) -> Option<&BoardStatement> {
        let at = self.statements.binary_search_by_key(&number, |statement| statement.number).ok()?;
        self.statements.get(at)
    }

    /// Statements that this one is asked in the place of, with their words.
    pub fn standing_for(&self, number: StatementNumber) -> Vec<(StatementNumber, String)> {
        if !self.has_merged {
            return Vec::new();
        }
        let same = self.shown().filter(|one| one.same_as == Some(number));
        same.map(|one| (one.number, one.text.to_string())).collect()
    }

    /// What moderators made from a statement.
    pub fn made_from(&self, source: StatementNumber) -> impl Iterator<Item = &BoardStatement> {
        self.statements.iter().filter(move |one| one.derived_from == Some(source) && one.writer.is_none())
    }

    /// Statements that participants see, by number.
    pub fn shown(&self) -> impl Iterator<Item = &BoardStatement> {
        self.statements.iter().filter(|statement| statement.is_shown)
    }

    /// Statements that wait for a moderator, by number.
    pub fn waiting(&self) -> impl Iterator<Item = &BoardStatement> {
        self.statements.iter().filter(|statement| statement.moderation == Moderation::Pending)
    }

    /// Statements that were rejected. What waits is not counted in public: its number would tell when
    /// somebody submits something new.
    pub fn rejected(&self) -> impl Iterator<Item = &BoardStatement> {
        self.statements.iter().filter(|statement| statement.moderation == Moderation::Rejected)
    }

    /// See the field.
    fn moderation_takes(&self) -> Option<u32> {
        // An import knows when something was written, and not when it was decided on.
        if !self.conversation.source_url.is_empty() {
            return None;
        }
        let took = |one: &BoardStatement| {
            let is_first =
                |made: &Decision| made.before == Moderation::Pending && one.moderation != Moderation::Pending;
            let decision = one.decision.filter(|made| one.writer.is_some() && is_first(made))?;
            Some((decision.seq, decision.at.0.saturating_sub(one.submitted_at?.0).max(0)))
        };
        let mut all: Vec<(Seq, i64)> = self.statements.iter().filter_map(took).collect();
        all.sort_unstable_by_key(|(seq, _)| std::cmp::Reverse(*seq));
        let mut last: Vec<i64> = all.into_iter().take(LAST_DECISIONS).map(|(_, took)| took).collect();
        last.sort_unstable();
        let half = last.get(last.len() / 2).filter(|_| last.len() >= FEW_DECISIONS)?;
        let hours = u32::try_from((half + HOUR_US - 1) / HOUR_US).unwrap_or(u32::MAX);
        Some(if hours <= 1 { 0 } else { hours })
    }

    /// Statements that were decided so in this part of the log, and still are.
    pub fn decided_between(&self, was: Moderation, after: Seq, last: Seq) -> usize {
        let is_there = |seq: Seq| after < seq && seq <= last;
        let decided = self.statements.iter().filter(|statement| statement.moderation == was);
        decided.filter(|s| s.decision.is_some_and(|decision| is_there(decision.seq))).count()
    }
}

impl Board {
    /// A board of these contents and what is published.
    pub fn new(contents: Arc<Contents>, published: Arc<PublishedMap>) -> Self {
        Self { contents, published, results: OnceCell::new(), drawn: PageCache::default() }
    }

    /// The results as everybody may read them; computed once, off the tasks that serve others.
    pub async fn results(self: &Arc<Self>) -> Arc<Results> {
        let compute = || async {
            let board = Arc::clone(self);
            let computed = background::run("results", GIVES_WAY, move || Arc::new(board.compute_results()));
            // Computing doesn't panic; if it did, the same would be tried here, and told to the reader.
            computed.await.unwrap_or_else(|_| Arc::new(self.compute_results()))
        };
        Arc::clone(self.results.get_or_init(compute).await)
    }

    fn compute_results(&self) -> Results {
        self.published.results(&self.listed())
    }

    /// What people marked as important, where that is told.
    pub fn important(&self) -> Vec<ImportantFinding> {
        self.published.important(&self.listed())
    }

    fn listed(&self) -> Vec<ListedStatement> {
        let listed = |s: &BoardStatement| ListedStatement {
            number: s.number,
            meta: s.meta,
            is_merged: s.same_as.is_some(),
        };
        self.contents.shown().map(listed).collect()
    }

    /// A page of this board that is the same for everybody, drawn once.
    pub async fn page<E>(
        &self,
        name: &str,
        draw: impl AsyncFnOnce() -> Result<Page, E>,
    ) -> Result<Arc<Page>, E> {
        let slot = self.drawn.slot(name);
        let drawn = slot.get_or_try_init(|| async { draw().await.map(Arc::new) });
        drawn.await.map(Arc::clone)
    }
}

/// Pages that are kept of one board; one more, and all are drawn anew.
const KEPT_PAGES: usize = 64;

type PageSlot = Arc<OnceCell<Arc<Page>>>;

/// What was drawn of a board.
#[derive(Default)]
struct PageCache(Mutex<HashMap<String, PageSlot>>);

impl PageCache {
    fn slot(&self, name: &str) -> PageSlot {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(name) {
            Some(slot) => Arc::clone(slot),
            None => {
                if kept.len() >= KEPT_PAGES {
                    kept.clear();
                }
                Arc::clone(kept.entry(name.to_owned()).or_default())
            }
        }
    }
}

/// A page that was drawn for everybody, in parts: between them goes what is one visitor's own.
pub struct Page {
    parts: Vec<String>,
    /// Of a visitor who has nothing of their own in it: as it is sent, and compressed.
    plain: Bytes,
    compressed: OnceCell<Bytes>,
}

impl Page {
    /// A page in parts, with what stands between them for a visitor who has nothing of their own.
    pub fn new(parts: Vec<String>, nobody: &[String]) -> Self {
        let plain = Bytes::from(join(&parts, nobody));
        Self { parts, plain, compressed: OnceCell::new() }
    }

    /// The page of somebody who has nothing of their own in it.
    pub fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// The same, as `compress` makes it: once.
    pub async fn compressed(&self, compress: fn(&[u8]) -> io::Result<Vec<u8>>) -> io::Result<Bytes> {
        let compressed = self.compressed.get_or_try_init(|| async {
            let plain = self.plain.clone();
            let compressed = tokio::task::spawn_blocking(move || compress(&plain)).await;
            compressed.map_err(io::Error::other)?.map(Bytes::from)
        });
        compressed.await.cloned()
    }

    /// The page with one visitor's own parts put in, in the order of its slots.
    pub fn with(&self, own: &[String]) -> String {
        join(&self.parts, own)
    }
}

fn join(parts: &[String], own: &[String]) -> String {
    let own = own.iter().map(String::as_str).chain(std::iter::repeat(""));
    parts.iter().zip(own).flat_map(|(part, own)| [part.as_str(), own]).collect()
}
