//! Appending to logs with one statement: it moves the heads of conversations from where they were believed to be, and writes
//! events, words and tokens of those that were there. No lock is held while something goes to the server or comes back, so that a
//! process that hangs keeps nobody from taking its place.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Row;
use sqlx::postgres::{PgConnection, PgRow};

use super::hosts::Hosts;
use crate::conversation::{Event, NewEvent};
use crate::domain::{ChainHash, ConversationId, Seq};
use crate::store::batch::NewEvents;
use crate::store::error::{Cause, StoreError};
use crate::store::place::Epoch;
use crate::store::sql::commit::commit;
use crate::store::sql::dialect::is_open;
use crate::store::sql::heads::{Head, Heads, NewHeads, chain};
use crate::store::sql::numbers::{read_seq, stored_seq};
use crate::store::sql::queue::{BatchResult, QueuedBatch};
use crate::store::sql::write_access::WriteAccess;
use crate::store::staff::IndexedAct;

/// Without an answer for so long, nobody knows what became of it. No cancel is sent: a commit that waits for a standby and is
/// cancelled answers as if it were there.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// More events than these are an import, which counts them as they are written.
const MOST_EVENTS: usize = 20_000;

const APPEND: &str = "WITH moved AS (
    UPDATE conversation c SET seq = h.seq, head = h.head
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $23::bigint[])
        AS h (id, old_seq, old_head, seq, head, epoch)
    WHERE c.id = h.id AND c.seq = h.old_seq AND c.head = h.old_head AND c.epoch = COALESCE(h.epoch, c.epoch)
    RETURNING c.id
), events AS (
    INSERT INTO event (conversation, seq, at, kind, payload, hash)
    SELECT * FROM unnest($6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[])
        AS e (conversation, seq, at, kind, payload, hash)
    WHERE e.conversation IN (SELECT id FROM moved)
), tokens AS (
    INSERT INTO participant_token (conversation, token_hash, participant)
    SELECT * FROM unnest($12::bigint[], $13::text[], $14::bigint[]) AS t (conversation, token_hash, participant)
    WHERE t.conversation IN (SELECT id FROM moved)
), words AS (
    INSERT INTO personal_text (conversation, commitment, salt, text)
    SELECT * FROM unnest($15::bigint[], $16::text[], $17::text[], $18::text[]) AS w (conversation, commitment, salt, text)
    WHERE w.conversation IN (SELECT id FROM moved)
    ON CONFLICT (conversation, commitment) DO NOTHING
), acts AS (
    INSERT INTO staff_act (conversation, seq, staff, kind)
    SELECT * FROM unnest($19::bigint[], $20::bigint[], $21::bigint[], $22::text[]) AS a (conversation, seq, staff, kind)
    WHERE a.conversation IN (SELECT id FROM moved)
)
SELECT id FROM moved";

/// The connection that appends.
pub(in crate::store) struct Appender {
    hosts: Arc<Hosts>,
    connection: Option<PgConnection>,
    /// Nobody knows what became of something, and nothing was saved since: it may still be saved while nothing else can be.
    is_unsettled: bool,
}

/// A batch that is appended, or why not.
type Prepared<'a> = Result<(&'a NewEvents, Vec<Event>), StoreError>;

impl Appender {
    /// One that connects when it is first needed.
    pub fn new(hosts: Arc<Hosts>) -> Self {
        Self { hosts, connection: None, is_unsettled: false }
    }

    /// What becomes of each batch: many together with one statement, and what is rare in a transaction of its own.
    pub async fn commit(
        &mut self,
        access: &WriteAccess,
        batch: &[QueuedBatch],
        heads: &mut Heads,
    ) -> Vec<BatchResult> {
        let mut results = Vec::with_capacity(batch.len());
        let mut rest = batch;
        while !rest.is_empty() {
            let plain = rest.iter().take_while(|pending| is_plain(pending)).count();
            let (now, later) = rest.split_at(plain.max(1));
            let written =
                if plain > 0 { self.append(now, heads).await } else { transact(access, now, heads).await };
            results.extend(written.into_iter().map(|result| self.settled(result)));
            rest = later;
        }
        results
    }

    /// What is sent again may be what nobody knows of: it is not said to be “not saved” until something was.
    fn settled(&mut self, result: BatchResult) -> BatchResult {
        match result {
            Ok(events) => {
                self.is_unsettled &= events.is_empty();
                Ok(events)
            }
            Err(error @ StoreError::Unknown(_)) => {
                self.is_unsettled = true;
                Err(error)
            }
            Err(error @ StoreError::Unavailable { .. }) if self.is_unsettled => {
                Err(StoreError::Unknown(Cause::new(error)))
            }
            Err(error) => Err(error),
        }
    }

    async fn append(&mut self, batch: &[QueuedBatch], heads: &mut Heads) -> Vec<BatchResult> {
        if let Err(error) = self.find_heads(batch, heads).await {
            return batch.iter().map(|_| Err(error.clone())).collect();
        }
        let mut written = NewHeads::after(heads);
        let mut rows = Rows::default();
        let prepared: Vec<Prepared<'_>> =
            batch.iter().map(|one| prepare(&one.new, &mut written, &mut rows)).collect();
        let new = written.new;
        // What was believed of these may be what is wrong.
        for (one, prepared) in batch.iter().zip(&prepared) {
            if prepared.is_err() && !new.contains_key(&one.new.conversation) {
                heads.forget(one.new.conversation);
            }
        }
        for (conversation, head) in &new {
            rows.head(*conversation, head);
        }
        let moved = if new.is_empty() { Ok(Vec::new()) } else { self.send(rows).await };
        let moved = match moved {
            Ok(moved) => moved,
            Err(error) => {
                heads.forget_all();
                return prepared
                    .into_iter()
                    .map(|one| Err(one.err().unwrap_or_else(|| error.clone())))
                    .collect();
            }
        };
        let is_moved = |id: ConversationId| moved.contains(&id.stored());
        new.keys().filter(|id| !is_moved(**id)).for_each(|id| heads.forget(*id));
        heads.remember(new.into_iter().filter(|(id, _)| is_moved(*id)));
        let result = |one: Prepared<'_>| {
            let (new, events) = one?;
            let is_written = events.is_empty() || is_moved(new.conversation);
            let elsewhere = || StoreError::Outdated("somebody else wrote this conversation".into());
            if is_written { Ok(events) } else { Err(elsewhere()) }
        };
        prepared.into_iter().map(result).collect()
    }

    /// Looks up where logs end that were not written by this process before.
    async fn find_heads(&mut self, batch: &[QueuedBatch], heads: &mut Heads) -> Result<(), StoreError> {
        let unknown: HashMap<i64, Option<Epoch>> = batch
            .iter()
            .filter(|one| !heads.knows(one.new.conversation, one.new.epoch))
            .map(|one| (one.new.conversation.stored(), one.new.epoch))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = unknown.keys().copied().collect();
        let query = sqlx::query("SELECT id, seq, head FROM conversation WHERE id = ANY($1)").bind(ids);
        let found = tokio::time::timeout(ANSWERS_WITHIN, query.fetch_all(self.connected().await?)).await;
        let found = match found.unwrap_or_else(|_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())))
        {
            Ok(found) => found,
            Err(error) => {
                self.connection = None;
                return Err(error.into());
            }
        };
        for row in &found {
            let (id, head) = read_head(row)?;
            heads.found(id, head, unknown.get(&id.stored()).copied().flatten());
        }
        Ok(())
    }

    /// Sends it. The conversations that it moved.
    async fn send(&mut self, rows: Rows) -> Result<Vec<i64>, StoreError> {
        let connection = self.connected().await?;
        let sent = rows.query().fetch_all(connection);
        let error = match tokio::time::timeout(ANSWERS_WITHIN, sent).await {
            Ok(Ok(moved)) => {
                return Ok(moved.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?);
            }
            Ok(Err(error)) => error,
            Err(_) => sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()),
        };
        // Dropped and not closed: nothing more is said on it.
        self.connection = None;
        Err(if is_open(&error) { StoreError::Unknown(Cause::new(error)) } else { error.into() })
    }

    async fn connected(&mut self) -> Result<&mut PgConnection, StoreError> {
        if self.connection.is_none() {
            self.connection = Some(self.hosts.connect_native().await?);
        }
        self.connection.as_mut().ok_or_else(|| StoreError::unavailable("there is no connection"))
    }
}

fn is_plain(pending: &QueuedBatch) -> bool {
    pending.progress.is_none() && pending.new.events.len() <= MOST_EVENTS && pending.new.is_plain()
}

/// What is rare, by the texts that both engines speak.
async fn transact(access: &WriteAccess, one: &[QueuedBatch], heads: &mut Heads) -> Vec<BatchResult> {
    // Another node may have written since: what its row says counts.
    one.iter().for_each(|pending| heads.forget(pending.new.conversation));
    match commit(access, one, heads).await {
        Ok(results) => results,
        Err(error) => one.iter().map(|_| Err(error.clone())).collect(),
    }
}

fn prepare<'a>(new: &'a NewEvents, written: &mut NewHeads<'_>, rows: &mut Rows) -> Prepared<'a> {
    let missing = || StoreError::Outdated("there is no such conversation".into());
    let from = written.of(new.conversation).ok_or_else(missing)?;
    if let Some(outdated) = written.outdated(new, from.0) {
        return Err(outdated);
    }
    let (events, payloads) = chain(new, from)?;
    written.moved(new, from, &events);
    rows.add(new, &events, payloads);
    Ok((new, events))
}

fn read_head(row: &PgRow) -> Result<(ConversationId, (Seq, ChainHash)), StoreError> {
    let head: String = row.try_get("head")?;
    let head =
        ChainHash::parse(&head).ok_or_else(|| StoreError::damaged("a conversation's head is no hash"))?;
    Ok((ConversationId::from_stored(row.try_get("id")?), (read_seq(row.try_get("seq")?), head)))
}

/// The columns of what is appended, each an array: a row is at the same place in all columns of a table.
#[derive(Default)]
struct Rows {
    heads: HeadColumns,
    events: EventColumns,
    tokens: TokenColumns,
    words: WordColumns,
    acts: ActColumns,
}

#[derive(Default)]
struct HeadColumns {
    ids: Vec<i64>,
    old_seqs: Vec<i64>,
    old_heads: Vec<String>,
    seqs: Vec<i64>,
    heads: Vec<String>,
    epochs: Vec<Option<i64>>,
}

#[derive(Default)]
struct EventColumns {
    conversations: Vec<i64>,
    seqs: Vec<i64>,
    ats: Vec<i64>,
    kinds: Vec<&'static str>,
    payloads: Vec<String>,
    hashes: Vec<String>,
}

#[derive(Default)]
struct TokenColumns {
    conversations: Vec<i64>,
    hashes: Vec<String>,
    participants: Vec<i64>,
}

#[derive(Default)]
struct WordColumns {
    conversations: Vec<i64>,
    commitments: Vec<String>,
    salts: Vec<String>,
    texts: Vec<String>,
}

#[derive(Default)]
struct ActColumns {
    conversations: Vec<i64>,
    seqs: Vec<i64>,
    staff: Vec<Option<i64>>,
    kinds: Vec<String>,
}

impl Rows {
    fn head(&mut self, of: ConversationId, head: &Head) {
        let heads = &mut self.heads;
        heads.ids.push(of.stored());
        heads.old_seqs.push(stored_seq(head.from.0));
        heads.old_heads.push(head.from.1.to_string());
        heads.seqs.push(stored_seq(head.seq));
        heads.heads.push(head.hash.to_string());
        heads.epochs.push(head.epoch.map(|epoch| epoch.0));
    }

    fn add(&mut self, new: &NewEvents, events: &[Event], payloads: Vec<String>) {
        let id = new.conversation.stored();
        for (event, payload) in events.iter().zip(payloads) {
            self.events.conversations.push(id);
            self.events.seqs.push(stored_seq(event.seq));
            self.events.ats.push(event.at.0);
            self.events.kinds.push(event.what.body.kind());
            self.events.payloads.push(payload);
            self.events.hashes.push(event.hash.to_string());
        }
        for grant in &new.grants {
            self.tokens.conversations.push(id);
            self.tokens.hashes.push(grant.token.to_string());
            self.tokens.participants.push(i64::from(grant.participant.0));
        }
        for words in new.events.iter().flat_map(NewEvent::words) {
            self.words.conversations.push(id);
            self.words.commitments.push(words.commitment().to_owned());
            self.words.salts.push(words.salt().to_owned());
            self.words.texts.push(words.text().to_owned());
        }
        for act in events.iter().filter_map(IndexedAct::of) {
            self.acts.conversations.push(id);
            self.acts.seqs.push(stored_seq(act.seq));
            self.acts.staff.push(act.staff.map(|staff| i64::from(staff.0)));
            self.acts.kinds.push(act.kind);
        }
    }

    fn query(self) -> sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments> {
        let Self { heads, events, tokens, words, acts } = self;
        sqlx::query(APPEND)
            .bind(heads.ids)
            .bind(heads.old_seqs)
            .bind(heads.old_heads)
            .bind(heads.seqs)
            .bind(heads.heads)
            .bind(events.conversations)
            .bind(events.seqs)
            .bind(events.ats)
            .bind(events.kinds)
            .bind(events.payloads)
            .bind(events.hashes)
            .bind(tokens.conversations)
            .bind(tokens.hashes)
            .bind(tokens.participants)
            .bind(words.conversations)
            .bind(words.commitments)
            .bind(words.salts)
            .bind(words.texts)
            .bind(acts.conversations)
            .bind(acts.seqs)
            .bind(acts.staff)
            .bind(acts.kinds)
            .bind(heads.epochs)
    }
}
