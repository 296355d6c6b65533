//! What becomes of what moderators ask for.

use super::acts::CurationAct;
use super::events::{AuthorHeld, StatementClassified, StatementMerged, StatementPinned, SubmissionsPaused};
use crate::conversation::actor::{Actor, RecordedActor};
use crate::conversation::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use crate::conversation::moderation::StatementModerated;
use crate::conversation::statement::{Decision, Statement, clean_statement_text};
use crate::conversation::statements::{StatementAuthor, StatementSubmitted, StatementWithdrawn};
use crate::domain::{Moderation, PersonalText, Rejection, Seq, StatementNumber, twin_key};

/// A statement is split into so many at most.
pub const MAX_PARTS: usize = 5;
/// The longest that a statement is shown to more people first: two weeks.
const MAX_HOURS: u32 = 336;

/// What is written of these acts.
pub(in crate::conversation) trait CurationBody:
    From<StatementMerged>
    + From<StatementClassified>
    + From<StatementPinned>
    + From<SubmissionsPaused>
    + From<AuthorHeld>
    + From<StatementSubmitted>
    + From<StatementWithdrawn>
    + From<StatementModerated>
{
}

impl<B> CurationBody for B where
    B: From<StatementMerged>
        + From<StatementClassified>
        + From<StatementPinned>
        + From<SubmissionsPaused>
        + From<AuthorHeld>
        + From<StatementSubmitted>
        + From<StatementWithdrawn>
        + From<StatementModerated>
{
}

/// The same asked for again makes no event.
pub(in crate::conversation) fn decide<B: CurationBody>(
    desk: &Desk,
    actor: &Actor,
    act: &CurationAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let by = actor.in_charge()?;
    let event: Option<B> = match act {
        CurationAct::Derive { from, seen, texts } => {
            return derive(desk, (actor, by), (*from, *seen), texts, pending, given);
        }
        CurationAct::Restore { from } => return restore(desk, (actor, by), *from, pending, given),
        CurationAct::Merge { statement, into } => {
            merged(desk, *statement, *into)?.map(|merged| B::from(merged))
        }
        CurationAct::Classify { statement, meta } => {
            let is_new = desk.kept(*statement)?.meta != *meta;
            is_new.then(|| StatementClassified { statement: *statement, meta: *meta }.into())
        }
        CurationAct::Pin { statement, hours } => {
            let pinned = desk.kept(*statement)?;
            if *hours > MAX_HOURS {
                return Err(Rejection::BadHours { max: MAX_HOURS });
            }
            if *hours > 0 && !desk.record.is_asked(pinned) {
                return Err(Rejection::StatementNotShown);
            }
            // The same once more begins anew.
            let is_new = *hours > 0 || pinned.pin.is_some();
            is_new.then(|| StatementPinned { statement: *statement, hours: *hours }.into())
        }
        CurationAct::Pause { paused } => {
            let is_new = desk.record.conversation.submissions_paused != *paused;
            is_new.then(|| SubmissionsPaused { paused: *paused }.into())
        }
        CurationAct::Hold { statement, held } => {
            let participant = desk.kept(*statement)?.author.ok_or(Rejection::UnknownStatement)?;
            let is_new = desk.record.held_authors.contains(&participant) != *held;
            is_new.then(|| AuthorHeld { participant, held: *held }.into())
        }
    };
    let Some(event) = event else { return Ok(Decided::changed(0)) };
    pending.push(actor, given, by, event)?;
    Ok(Decided::changed(1))
}

/// A statement is asked in the place of others; none of those is asked in the place of one more.
fn merged(
    desk: &Desk,
    number: StatementNumber,
    into: Option<StatementNumber>,
) -> Result<Option<StatementMerged>, Rejection> {
    let statement = desk.kept(number)?;
    if statement.same_as == into {
        return Ok(None);
    }
    if let Some(into) = into {
        let other = desk.kept(into)?;
        let stands_for_others = desk.record.kept().any(|one| one.same_as == Some(number));
        if into == number || desk.record.asked_instead_of(other).is_some() || stands_for_others {
            return Err(Rejection::MergedAlready);
        }
        if !desk.record.is_shown(other) {
            return Err(Rejection::StatementNotShown);
        }
    }
    Ok(Some(StatementMerged { statement: number, into }))
}

fn derive<B: CurationBody>(
    desk: &Desk,
    (actor, by): (&Actor, RecordedActor),
    (from, seen): (StatementNumber, Seq),
    texts: &[String],
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    desk.check_open()?;
    let source = desk.kept(from)?;
    if source.decision.map_or(Seq(0), |decision| decision.seq) != seen || !desk.made_from(from).is_empty() {
        return Err(Rejection::ChangedMeanwhile);
    }
    if texts.is_empty() || texts.len() > MAX_PARTS {
        return Err(Rejection::BadParts { max: MAX_PARTS });
    }
    if desk.room_for(StatementAuthor::Organiser) < texts.len() {
        return Err(Rejection::TooManyStatements);
    }
    let texts = new_words(desk, source, texts)?;
    let mut number = desk.record.next_statement();
    let count = texts.len();
    for text in texts {
        let text = PersonalText::new(text, (given.salt)());
        let submitted = StatementSubmitted {
            meta: source.meta,
            language: source.language.clone(),
            derived_from: Some(from),
            ..StatementSubmitted::new(number, text)
        };
        pending.push(actor, given, by, submitted)?;
        let accepted = StatementModerated { statement: number, to: Moderation::Accepted, rule: None };
        pending.push(actor, given, by, accepted)?;
        number = StatementNumber(number.0 + 1);
    }
    if source.moderation != Moderation::Rejected {
        let replaced = StatementModerated { statement: from, to: Moderation::Rejected, rule: None };
        pending.push(actor, given, by, replaced)?;
    }
    Ok(Decided::changed(count))
}

/// New words for a statement, cleaned: none of them is there already, or twice.
fn new_words(desk: &Desk, source: &Statement, texts: &[String]) -> Result<Vec<String>, Rejection> {
    let mut words: Vec<String> = Vec::new();
    let mut keys = vec![twin_key(source.text.text())];
    for text in texts {
        let text = clean_statement_text(text, desk.record.conversation.settings.max_characters)?;
        let twins = desk.twins.of_text(&desk.record, &text);
        if let Some(twin) =
            twins.iter().find(|twin| desk.record.is_shown(twin) && twin.number != source.number)
        {
            return Err(Rejection::StatementExists(twin.number));
        }
        let key = twin_key(&text);
        if keys.contains(&key) {
            return Err(Rejection::StatementExists(source.number));
        }
        keys.push(key);
        words.push(text);
    }
    Ok(words)
}

fn restore<B: CurationBody>(
    desk: &Desk,
    (actor, by): (&Actor, RecordedActor),
    from: StatementNumber,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let source = desk.kept(from)?;
    let derived = desk.made_from(from);
    if derived.is_empty() {
        return Ok(Decided::changed(0));
    }
    if derived.iter().any(|one| one.tally.seen() > 0) {
        return Err(Rejection::OthersVoted);
    }
    for one in &derived {
        pending.push(actor, given, by, StatementWithdrawn { statement: one.number })?;
        pending.forgotten.push(one.text.commitment().to_owned());
    }
    let numbers: Vec<_> = derived.iter().map(|one| one.number).collect();
    pending.forgotten.extend(desk.record.words_quoting(&numbers));
    // Only where it was rejected together with that, and nobody decided on it since.
    let made = |one: &&Statement| one.derived_from == Some(from) && one.author.is_none();
    let last = desk.record.statements.values().filter(made).map(|one| one.submitted.0).max().unwrap_or(0);
    let with_that = |made: &Decision| made.seq.0 == last + 2 && made.before != Moderation::Rejected;
    let rejected =
        source.decision.filter(|made| source.moderation == Moderation::Rejected && with_that(made));
    if let Some(decision) = rejected {
        let back = StatementModerated { statement: from, to: decision.before, rule: None };
        pending.push(actor, given, by, back)?;
    }
    Ok(Decided::changed(derived.len()))
}

impl Desk {
    /// What moderators made from a statement.
    fn made_from(&self, from: StatementNumber) -> Vec<&Statement> {
        let made = |one: &&Statement| one.derived_from == Some(from) && one.author.is_none();
        self.record.kept().filter(made).collect()
    }

    /// A statement that was not taken back.
    fn kept(&self, number: StatementNumber) -> Result<&Statement, Rejection> {
        let statement = self.record.statements.get(&number).filter(|statement| !statement.withdrawn);
        statement.ok_or(Rejection::UnknownStatement)
    }
}
