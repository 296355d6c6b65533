//! The group commit: every batch of events that waits, of all conversations, goes into one
//! transaction and one fsync. An answer is given only after the commit (I2).

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Row};
use tokio::sync::{mpsc, oneshot};
use tracing::Instrument;

use crate::conversation::{ConversationState, Event, EventBody, ListingChange};
use crate::domain::{ChainHash, ConversationId, Seq, Slug};

use super::Store;
use super::documents::keep_documents;
use super::followers::part_with_followers;
use super::forget::{delete_texts, delete_tokens};
use super::forget_notes::{note_in_instance, note_outside};
use super::inserts::{insert_events, insert_grants, insert_staff_acts, insert_texts};
use super::kept_results::keep_results;
use super::numbers::{read_seq, stored_seq};
use super::write_access::WriteAccess;
use crate::store::batch::NewEvents;
use crate::store::error::StoreError;
use crate::store::meters::StoreMeters;

/// How many waiting batches one transaction takes.
const BATCHES_PER_COMMIT: usize = 512;

/// How soon the write-ahead log is emptied again where somebody was reading it.
const EMPTY_AGAIN: Duration = Duration::from_secs(1);

/// A batch and the way its answer goes back.
pub(super) struct QueuedBatch {
    new: NewEvents,
    progress: Option<Arc<AtomicU64>>,
    reply: oneshot::Sender<Result<Vec<Event>, StoreError>>,
}

impl Store {
    /// Records events. When this returns `Ok`, they are on disk.
    pub async fn record(&self, new: NewEvents) -> Result<Vec<Event>, StoreError> {
        self.send(new, None).await
    }

    /// Records many events in one transaction, counting them in `progress` as they are written.
    pub async fn record_with_progress(
        &self,
        new: NewEvents,
        progress: Arc<AtomicU64>,
    ) -> Result<Vec<Event>, StoreError> {
        self.send(new, Some(progress)).await
    }

    async fn send(&self, new: NewEvents, progress: Option<Arc<AtomicU64>>) -> Result<Vec<Event>, StoreError> {
        let gone = || StoreError::unavailable("the writer has stopped");
        let (reply, answer) = oneshot::channel();
        self.batches.send(QueuedBatch { new, progress, reply }).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// Takes waiting batches until every [`Store`] is dropped.
pub(super) async fn run(
    access: Arc<WriteAccess>,
    mut waiting: mpsc::Receiver<QueuedBatch>,
    meters: Arc<StoreMeters>,
    saves: Arc<AtomicBool>,
) {
    let mut batch = Vec::with_capacity(BATCHES_PER_COMMIT);
    let mut heads = Heads::new();
    loop {
        let taken = if access.holds_words() {
            // Somebody else was reading when words were to go out of the write-ahead log: again, soon.
            match tokio::time::timeout(EMPTY_AGAIN, waiting.recv_many(&mut batch, BATCHES_PER_COMMIT)).await {
                Ok(taken) => taken,
                Err(_) => {
                    access.drop_words().await;
                    continue;
                }
            }
        } else {
            tokio::select! {
                biased;
                taken = waiting.recv_many(&mut batch, BATCHES_PER_COMMIT) => taken,
                () = access.left_words() => continue,
            }
        };
        if taken == 0 {
            return;
        }
        #[expect(clippy::disallowed_methods, reason = "a meter of the disk: nothing is decided by it")]
        let began = Instant::now();
        let span = tracing::debug_span!("commit", batches = batch.len());
        let committed = commit(&access, &batch, &mut heads).instrument(span).await;
        #[expect(clippy::disallowed_methods, reason = "the same")]
        meters.commit_seconds.observe(began.elapsed().as_secs_f64());
        saves.store(committed.is_ok(), Ordering::Relaxed);
        match committed {
            Ok(results) => {
                let events = results.iter().flatten().map(Vec::len).sum::<usize>();
                meters.events.inc_by(events as u64);
                meters.commit_events.observe(events as f64);
                // Before anybody is told that words are gone; and again, where somebody else was reading.
                if access.holds_words() || batch.iter().any(|pending| pending.new.forgets()) {
                    access.drop_words().await;
                }
                for (pending, result) in batch.drain(..).zip(results) {
                    // A receiver that is gone loses only its answer: the events are recorded.
                    let _ = pending.reply.send(result);
                }
            }
            Err(error) => {
                // What is stored may not be what was believed.
                heads.clear();
                meters.failures.inc();
                for pending in batch.drain(..) {
                    let _ = pending.reply.send(Err(error.clone()));
                }
            }
        }
    }
}

type BatchResult = Result<Vec<Event>, StoreError>;

/// One transaction. `Err` means that nothing of any batch was written; a batch that contradicts
/// what is stored has its own error and leaves the others alone.
async fn commit(
    access: &WriteAccess,
    batch: &[QueuedBatch],
    heads: &mut Heads,
) -> Result<Vec<BatchResult>, StoreError> {
    let mut transaction = access.begin().await?;
    let mut written = NewHeads { known: heads, new: HashMap::new() };
    let mut results = Vec::with_capacity(batch.len());
    for pending in batch {
        results.push(match write_batch(transaction.connection(), access, pending, &mut written).await {
            Ok(events) => Ok(events),
            Err(BatchError::Refused(error)) => Err(error),
            Err(BatchError::Failed(error)) => return Err(error),
        });
    }
    for (conversation, Head { from, seq, hash }) in &written.new {
        let updated = sqlx::query("UPDATE conversation SET seq = ?, head = ? WHERE id = ? AND seq = ?")
            .bind(stored_seq(*seq))
            .bind(hash.to_string())
            .bind(conversation.stored())
            .bind(stored_seq(*from))
            .execute(transaction.connection())
            .await?;
        if updated.rows_affected() != 1 {
            return Err(StoreError::unavailable("another program wrote this conversation"));
        }
    }
    transaction.commit().await?;
    let new = written.new.into_iter().map(|(conversation, head)| (conversation, (head.seq, head.hash)));
    if heads.len() > MOST_HEADS {
        heads.clear();
    }
    heads.extend(new);
    Ok(results)
}

/// Heads that are remembered between transactions (I9).
const MOST_HEADS: usize = 10_000;

/// Where the logs end that were written by this process. One writer at a time has the directory; if
/// another program writes all the same, the row of its conversation says so before the commit.
type Heads = HashMap<ConversationId, (Seq, ChainHash)>;

/// The heads that one transaction moves.
struct NewHeads<'a> {
    known: &'a Heads,
    new: HashMap<ConversationId, Head>,
}

struct Head {
    /// Where the log ended before this transaction.
    from: Seq,
    seq: Seq,
    hash: ChainHash,
}

/// Why a batch was not written.
enum BatchError {
    /// It contradicts what is stored. That was found before anything of it was written, so the
    /// other batches of the transaction are not touched.
    Refused(StoreError),
    /// Writing failed, perhaps half-way: the whole transaction is given up.
    Failed(StoreError),
}

impl<E: Into<StoreError>> From<E> for BatchError {
    fn from(error: E) -> Self {
        BatchError::Failed(match error.into() {
            // What only the database found is no answer to who asked.
            StoreError::Outdated(why) => StoreError::unavailable(why),
            other => other,
        })
    }
}

fn refuse<T>(why: impl Into<String>) -> Result<T, BatchError> {
    Err(BatchError::Refused(StoreError::Outdated(why.into())))
}

async fn write_batch(
    connection: &mut AnyConnection,
    access: &WriteAccess,
    pending: &QueuedBatch,
    written: &mut NewHeads<'_>,
) -> Result<Vec<Event>, BatchError> {
    let new = &pending.new;
    let moved = written.new.get(&new.conversation).map(|head| (head.seq, head.hash));
    let (last, head) = match moved.or_else(|| written.known.get(&new.conversation).copied()) {
        Some(known) => known,
        None => begin_conversation(connection, new).await?,
    };
    if last != new.after {
        return refuse(format!(
            "somebody else wrote this conversation: its log is at {last}, not at {}",
            new.after
        ));
    }
    for what in &new.events {
        if let Some(ListingChange::Renamed(slug)) = what.body.listing() {
            check_free(connection, slug).await?;
        }
    }
    // The last thing that can refuse it: from here on it is written, or nothing of the transaction is.
    note_outside(connection, new, &access.erasures).await.map_err(BatchError::Refused)?;
    let (events, payloads) = chain(new, last, head)?;
    if let Some(event) = events.last() {
        let moved = Head { from: last, seq: event.seq, hash: event.hash };
        let head = written.new.entry(new.conversation).or_insert(moved);
        (head.seq, head.hash) = (event.seq, event.hash);
    }
    insert_events(connection, new, &events, &payloads, pending.progress.as_deref()).await?;
    insert_staff_acts(connection, new.conversation, &events).await?;
    insert_texts(connection, new).await?;
    delete_texts(connection, new).await?;
    keep_results(connection, new).await?;
    keep_documents(connection, new).await?;
    part_with_followers(connection, new).await?;
    insert_grants(connection, new).await?;
    delete_tokens(connection, new).await?;
    note_in_instance(connection, new).await?;
    update_summary(connection, new).await?;
    Ok(events)
}

/// The head of a stored conversation; a new one gets its row here.
async fn begin_conversation(
    connection: &mut AnyConnection,
    new: &NewEvents,
) -> Result<(Seq, ChainHash), BatchError> {
    let row = sqlx::query("SELECT seq, head FROM conversation WHERE id = ?")
        .bind(new.conversation.stored())
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = row {
        let head: String = row.try_get("head")?;
        let head =
            ChainHash::parse(&head).ok_or_else(|| StoreError::damaged("a conversation's head is no hash"))?;
        return Ok((read_seq(row.try_get("seq")?), head));
    }
    let Some(EventBody::ConversationCreated(created)) = new.events.first().map(|first| &first.body) else {
        return refuse("there is no such conversation");
    };
    if new.after != Seq(0) {
        return refuse("there is no such conversation");
    }
    check_free(connection, &created.slug).await?;
    let genesis = ChainHash::genesis(new.conversation);
    sqlx::query(
        "INSERT INTO conversation
            (id, slug, state, listed, question, format, seq, head, created_at, opens_at, closes_at, forgets_at,
             moderated_within)
         VALUES (?, ?, 'draft', ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.conversation.stored())
    .bind(created.slug.as_str())
    .bind(i64::from(created.settings.listed))
    .bind(created.text.question.commitment())
    .bind(i64::from(created.format))
    .bind(genesis.to_string())
    .bind(new.at.0)
    .bind(created.schedule.opens_at.map(|at| at.0))
    .bind(created.schedule.closes_at.map(|at| at.0))
    .bind(created.schedule.forgets_at.map(|at| at.0))
    .bind(i64::from(created.text.terms.moderated_within_hours))
    .execute(&mut *connection)
    .await?;
    Ok((Seq(0), genesis))
}

/// Nobody else has this address.
async fn check_free(connection: &mut AnyConnection, slug: &Slug) -> Result<(), BatchError> {
    // What is kept of a deleted conversation keeps its address.
    let taken = sqlx::query(
        "SELECT 1 FROM conversation WHERE slug = ? UNION SELECT 1 FROM kept_results WHERE slug = ?",
    )
    .bind(slug.as_str())
    .bind(slug.as_str())
    .fetch_optional(&mut *connection)
    .await?;
    match taken {
        Some(_) => Err(BatchError::Refused(StoreError::Taken(slug.clone()))),
        None => Ok(()),
    }
}

/// Gives each event its place and its hash.
fn chain(
    new: &NewEvents,
    mut last: Seq,
    mut head: ChainHash,
) -> Result<(Vec<Event>, Vec<String>), StoreError> {
    let mut events = Vec::with_capacity(new.events.len());
    let mut payloads = Vec::with_capacity(new.events.len());
    for what in &new.events {
        let payload = what
            .payload()
            .map_err(|error| StoreError::Outdated(format!("an event can't be written: {error}")))?;
        last = last.next();
        head = ChainHash::of_event(head, new.conversation, last, new.at, what.body.kind(), &payload);
        events.push(Event { seq: last, at: new.at, what: what.clone(), hash: head });
        payloads.push(payload);
    }
    Ok((events, payloads))
}

/// What the list of conversations shows changes with its event.
async fn update_summary(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    for change in new.events.iter().filter_map(|what| what.body.listing()) {
        let query = match change {
            ListingChange::State(ConversationState::Open) => {
                sqlx::query("UPDATE conversation SET state = ?, opened_at = ?, deletes_at = NULL WHERE id = ?")
                    .bind(ConversationState::Open.as_str())
                    .bind(new.at.0)
            }
            ListingChange::State(state) => {
                sqlx::query("UPDATE conversation SET state = ? WHERE id = ?").bind(state.as_str())
            }
            ListingChange::Deleted => {
                sqlx::query("UPDATE conversation SET state = ?, slug = NULL WHERE id = ?")
                    .bind(ConversationState::Deleted.as_str())
            }
            ListingChange::LinksDestroyed => {
                sqlx::query("UPDATE conversation SET links_destroyed = 1 WHERE id = ?")
            }
            ListingChange::DeletionPlanned(at) => {
                sqlx::query("UPDATE conversation SET deletes_at = ? WHERE id = ?").bind(at.map(|at| at.0))
            }
            ListingChange::AgendaDue(at) => {
                sqlx::query("UPDATE conversation SET agenda_due_at = ? WHERE id = ?").bind(at.map(|at| at.0))
            }
            ListingChange::Renamed(slug) => {
                sqlx::query("UPDATE conversation SET slug = ? WHERE id = ?").bind(slug.as_str())
            }
            ListingChange::Words { question, listed, schedule, moderated_within_hours } => sqlx::query(
                "UPDATE conversation SET question = ?, listed = ?, opens_at = ?, closes_at = ?, forgets_at = ?,
                    moderated_within = ?
                 WHERE id = ?",
            )
            .bind(question)
            .bind(i64::from(listed))
            .bind(schedule.opens_at.map(|at| at.0))
            .bind(schedule.closes_at.map(|at| at.0))
            .bind(schedule.forgets_at.map(|at| at.0))
            .bind(i64::from(moderated_within_hours)),
        };
        query.bind(new.conversation.stored()).execute(&mut *connection).await?;
    }
    Ok(())
}
