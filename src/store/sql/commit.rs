//! One explicit transaction that writes batches: all that SQLite does, and on PostgreSQL what is rare.

use sqlx::{AnyConnection, Row};

use crate::conversation::{ConversationState, Event, EventBody, ListingChange};
use crate::domain::{ChainHash, Seq, Slug};

use super::documents::keep_documents;
use super::followers::part_with_followers;
use super::forget::{delete_texts, delete_tokens};
use super::forget_notes::{note_in_instance, note_outside};
use super::heads::{Heads, NewHeads, chain};
use super::inserts::{EventRows, insert_events, insert_grants, insert_staff_acts, insert_texts};
use super::kept_results::keep_results;
use super::numbers::{read_seq, stored_seq};
use super::queue::{BatchResult, QueuedBatch};
use super::write_access::WriteAccess;
use crate::store::batch::NewEvents;
use crate::store::error::StoreError;

/// More events than this are chained for a while before they are written.
const MANY_EVENTS: usize = 10_000;

/// One transaction. `Err` means that nothing of any batch was written; a batch that contradicts
/// what is stored has its own error and leaves the others alone.
pub(in crate::store) async fn commit(
    access: &WriteAccess,
    batch: &[QueuedBatch],
    heads: &mut Heads,
) -> Result<Vec<BatchResult>, StoreError> {
    let mut transaction = access.begin().await?;
    if batch.iter().map(|pending| pending.new.events.len()).sum::<usize>() > MANY_EVENTS {
        transaction.takes_its_time().await?;
    }
    let mut written = NewHeads::after(heads);
    let mut results = Vec::with_capacity(batch.len());
    for pending in batch {
        results.push(match write_batch(transaction.connection(), access, pending, &mut written).await {
            Ok(events) => Ok(events),
            Err(BatchError::Refused(error)) => Err(error),
            Err(BatchError::Failed(error)) => return Err(error),
        });
    }
    let new = written.new;
    for (conversation, head) in &new {
        let updated = sqlx::query(
            "UPDATE conversation SET seq = $1, head = $2 WHERE id = $3 AND seq = $4 AND epoch = COALESCE($5, epoch)",
        )
            .bind(stored_seq(head.seq))
            .bind(head.hash.to_string())
            .bind(conversation.stored())
            .bind(stored_seq(head.from.0))
            .bind(head.epoch.map(|epoch| epoch.0))
            .execute(transaction.connection())
            .await?;
        if updated.rows_affected() != 1 {
            let why = "another program wrote this conversation";
            // Of several, the others did nothing that would have to be looked at anew.
            let is_alone = batch.len() == 1;
            return Err(if is_alone {
                StoreError::Outdated(why.into())
            } else {
                StoreError::unavailable(why)
            });
        }
    }
    transaction.commit().await?;
    heads.remember(new);
    Ok(results)
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
    let from = match written.of(new.conversation) {
        Some(known) => known,
        None => begin_conversation(connection, new).await?,
    };
    if let Some(outdated) = written.outdated(new, from.0) {
        return Err(BatchError::Refused(outdated));
    }
    for what in &new.events {
        if let Some(ListingChange::Renamed(slug)) = what.body.listing() {
            check_free(connection, slug).await?;
        }
    }
    // The last thing that can refuse it: from here on it is written, or nothing of the transaction is.
    note_outside(connection, new, &access.erasures).await.map_err(BatchError::Refused)?;
    let (events, payloads) = chain(new, from)?;
    written.moved(new, from, &events);
    let rows = EventRows { new, events: &events, payloads: &payloads };
    insert_events((connection, access.dialect()), &rows, pending.progress.as_deref()).await?;
    insert_staff_acts(connection, new.conversation, &events).await?;
    insert_texts(connection, new).await?;
    delete_texts(connection, new).await?;
    keep_results(connection, new).await?;
    keep_documents(connection, new).await?;
    part_with_followers(connection, new).await?;
    insert_grants((connection, access.dialect()), new).await?;
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
    let row = sqlx::query("SELECT seq, head FROM conversation WHERE id = $1")
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
         VALUES ($1, $2, 'draft', $3, $4, $5, 0, $6, $7, $8, $9, $10, $11)",
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
        "SELECT 1 FROM conversation WHERE slug = $1 UNION SELECT 1 FROM kept_results WHERE slug = $2",
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

/// What the list of conversations shows changes with its event.
async fn update_summary(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    for change in new.events.iter().filter_map(|what| what.body.listing()) {
        let query = match change {
            ListingChange::State(ConversationState::Open) => {
                sqlx::query("UPDATE conversation SET state = $1, opened_at = $2, deletes_at = NULL WHERE id = $3")
                    .bind(ConversationState::Open.as_str())
                    .bind(new.at.0)
            }
            ListingChange::State(state) => {
                sqlx::query("UPDATE conversation SET state = $1 WHERE id = $2").bind(state.as_str())
            }
            ListingChange::Deleted => {
                sqlx::query("UPDATE conversation SET state = $1, slug = NULL WHERE id = $2")
                    .bind(ConversationState::Deleted.as_str())
            }
            ListingChange::LinksDestroyed => {
                sqlx::query("UPDATE conversation SET links_destroyed = 1 WHERE id = $1")
            }
            ListingChange::DeletionPlanned(at) => {
                sqlx::query("UPDATE conversation SET deletes_at = $1 WHERE id = $2").bind(at.map(|at| at.0))
            }
            ListingChange::AgendaDue(at) => {
                sqlx::query("UPDATE conversation SET agenda_due_at = $1 WHERE id = $2").bind(at.map(|at| at.0))
            }
            ListingChange::Renamed(slug) => {
                sqlx::query("UPDATE conversation SET slug = $1 WHERE id = $2").bind(slug.as_str())
            }
            ListingChange::Words { question, listed, schedule, moderated_within_hours } => sqlx::query(
                "UPDATE conversation SET question = $1, listed = $2, opens_at = $3, closes_at = $4, forgets_at = $5,
                    moderated_within = $6
                 WHERE id = $7",
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
