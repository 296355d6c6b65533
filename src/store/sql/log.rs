//! Reading the event log back.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use crate::conversation::{ConversationRecord, Event, NewEvent};
use crate::domain::{ChainHash, ConversationId, ParticipantNumber, Seq, Slug, Timestamp};

use super::numbers::{read_seq, stored_seq};
use super::store::Store;
use crate::store::error::StoreError;

/// A row of the log as it is stored, for the check that trusts nothing.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the columns of the table")]
pub struct StoredEvent {
    pub seq: Seq,
    pub at: Timestamp,
    pub kind: String,
    pub payload: String,
    pub hash: String,
}

/// Where a log ends.
#[derive(Clone, Debug)]
pub struct LogEnd {
    /// The last event, by the conversation's row.
    pub head: Seq,
    /// That event's hash, by the conversation's row.
    pub hash: String,
    /// The last event that is there.
    pub last_event: Seq,
    /// What the list of conversations says of it: its slug (none once it is deleted), its state, whether
    /// it is listed.
    pub listing: (Option<String>, String, bool),
}

impl Store {
    /// The id of the conversation with this slug.
    pub async fn conversation(&self, slug: &Slug) -> Result<Option<ConversationId>, StoreError> {
        let id = sqlx::query_scalar::<_, i64>("SELECT id FROM conversation WHERE slug = $1")
            .bind(slug.as_str())
            .fetch_optional(&self.readers)
            .await?;
        Ok(id.map(ConversationId::from_stored))
    }

    /// A conversation's whole log, words put back.
    pub async fn events(&self, conversation: ConversationId) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::new();
        self.each_event(conversation, |event| {
            events.push(event);
            Ok(())
        })
        .await?;
        Ok(events)
    }

    /// A conversation's record: its whole log, folded without keeping the events.
    pub async fn record_of(
        &self,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRecord>, StoreError> {
        let mut record: Option<ConversationRecord> = None;
        self.each_event(conversation, |event| {
            match record.as_mut() {
                None => ConversationRecord::created(conversation, event).map(|new| record = Some(new)),
                Some(record) => record.apply(event),
            }
            .map_err(|error| StoreError::damaged(error.to_string()))
        })
        .await?;
        Ok(record)
    }

    /// Gives every event of a log to `each`, in order, from one consistent view.
    pub async fn each_event(
        &self,
        conversation: ConversationId,
        mut each: impl FnMut(Event) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut view = self.readers.begin().await?;
        let words = words_of(&mut view, conversation).await?;
        each_event_after(&mut view, conversation, Seq(0), |mut event| {
            words.put_back(&mut event)?;
            each(event)
        })
        .await
    }

    /// The events that may be about one participant, in order, words put back. It reads the whole log.
    pub async fn events_of(
        &self,
        conversation: ConversationId,
        participant: ParticipantNumber,
    ) -> Result<Vec<Event>, StoreError> {
        let mut view = self.readers.begin().await?;
        let words = words_of(&mut view, conversation).await?;
        let rows = sqlx::query(
            "SELECT seq, at, kind, payload, hash FROM event
             WHERE conversation = $1 AND (instr(payload, $2) > 0 OR instr(payload, $3) > 0 OR instr(payload, $4) > 0)
             ORDER BY seq",
        )
        .bind(conversation.stored())
        .bind(format!("\"participant\":{participant},"))
        .bind(format!("\"participant\":{participant}}}"))
        .bind(format!("\"author\":{participant},"))
        .fetch_all(&mut *view)
        .await?;
        let event = |row: &sqlx::any::AnyRow| {
            let mut event = StoredEvent::read(row)?.parse()?;
            words.put_back(&mut event)?;
            Ok(event)
        };
        rows.iter().map(event).collect()
    }

    /// A conversation's words, for who reads its rows.
    pub async fn words(&self, conversation: ConversationId) -> Result<Words, StoreError> {
        let mut connection = self.readers.acquire().await?;
        words_of(&mut connection, conversation).await
    }

    /// The rows of a log after `after`, as they are stored, at most `limit`.
    pub async fn stored_events(
        &self,
        conversation: ConversationId,
        after: Seq,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, at, kind, payload, hash FROM event
             WHERE conversation = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .bind(conversation.stored())
        .bind(stored_seq(after))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(StoredEvent::read).collect()
    }

    /// Where a conversation's log ends, by its row and by its events, from one consistent view.
    pub async fn log_end(&self, conversation: ConversationId) -> Result<LogEnd, StoreError> {
        let row = sqlx::query(
            "SELECT seq, head, slug, state, listed, (SELECT coalesce(max(e.seq), 0) FROM event e WHERE e.conversation = c.id) AS last
             FROM conversation c WHERE id = $1",
        )
        .bind(conversation.stored())
        .fetch_one(&self.readers)
        .await?;
        Ok(LogEnd {
            head: read_seq(row.try_get("seq")?),
            hash: row.try_get("head")?,
            last_event: read_seq(row.try_get("last")?),
            listing: (row.try_get("slug")?, row.try_get("state")?, row.try_get::<i64, _>("listed")? != 0),
        })
    }
}

impl StoredEvent {
    /// Reads a row of a log.
    pub(super) fn read(row: &sqlx::any::AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            seq: read_seq(row.try_get("seq")?),
            at: Timestamp(row.try_get("at")?),
            kind: row.try_get("kind")?,
            payload: row.try_get("payload")?,
            hash: row.try_get("hash")?,
        })
    }

    /// The event, without the words that stand beside the log.
    pub fn parse(&self) -> Result<Event, StoreError> {
        parse_event(self)
    }
}

fn parse_event(stored: &StoredEvent) -> Result<Event, StoreError> {
    parse(stored.seq, stored.at, &stored.kind, &stored.payload, &stored.hash)
}

fn parse(seq: Seq, at: Timestamp, kind: &str, payload: &str, hash: &str) -> Result<Event, StoreError> {
    let corrupt = |why: String| StoreError::damaged(format!("event {seq}: {why}"));
    let what = NewEvent::parse(kind, payload).map_err(|e| corrupt(e.to_string()))?;
    let hash = ChainHash::parse(hash).ok_or_else(|| corrupt("its hash is no hash".into()))?;
    Ok(Event { seq, at, what, hash })
}

/// Events that come as one row: a row each costs more in handing it over than in reading it.
const EVENTS_PER_ROW: u64 = 2_000;

/// Gives the events after `after` to `each`, in order, without their words.
pub(super) async fn each_event_after(
    view: &mut AnyConnection,
    conversation: ConversationId,
    mut after: Seq,
    mut each: impl FnMut(Event) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    loop {
        let until = Seq(after.0 + EVENTS_PER_ROW);
        // Neither kinds nor payloads have line breaks in them, nor kinds spaces.
        let lines: Option<String> = sqlx::query_scalar(
            "SELECT string_agg(seq || ' ' || at || ' ' || kind || ' ' || hash || ' ' || payload, '\n')
             FROM (SELECT * FROM event WHERE conversation = $1 AND seq > $2 AND seq <= $3 ORDER BY seq) AS page",
        )
        .bind(conversation.stored())
        .bind(stored_seq(after))
        .bind(stored_seq(until))
        .fetch_one(&mut *view)
        .await?;
        // Places in a log have no gaps: where a page is empty, it ends (a head that is further says
        // that it should not).
        let Some(lines) = lines else { return Ok(()) };
        for line in lines.lines() {
            each(read_line(line)?)?;
        }
        after = until;
    }
}

fn read_line(line: &str) -> Result<Event, StoreError> {
    let corrupt = || StoreError::damaged("a line of the log can't be read");
    let mut fields = line.splitn(5, ' ');
    let mut field = || fields.next().ok_or_else(corrupt);
    let seq = read_seq(field()?.parse().map_err(|_| corrupt())?);
    let at = Timestamp(field()?.parse().map_err(|_| corrupt())?);
    let (kind, hash, payload) = (field()?, field()?, field()?);
    parse(seq, at, kind, payload, hash)
}

/// The words of a conversation, by commitment. Few: statements are thousands at most.
pub struct Words(HashMap<String, (String, String)>);

impl Words {
    /// The salt and the words under a commitment.
    pub(super) fn of(&self, commitment: &str) -> Option<(&str, &str)> {
        self.0.get(commitment).map(|(salt, words)| (salt.as_str(), words.as_str()))
    }

    /// Whether there are words under a commitment.
    pub fn has(&self, commitment: &str) -> bool {
        self.0.contains_key(commitment)
    }

    /// Puts an event's words back. Words that are gone stay gone; words that its log does not commit
    /// to are damage.
    pub fn put_back(&self, event: &mut Event) -> Result<(), StoreError> {
        for text in event.what.words_mut() {
            let Some((salt, words)) = self.of(text.commitment()) else { continue };
            if !text.restore(salt.to_owned(), words.to_owned()) {
                return Err(StoreError::damaged(format!(
                    "the words of event {} are not those that its log commits to",
                    event.seq
                )));
            }
        }
        Ok(())
    }
}

pub(super) async fn words_of(
    connection: &mut AnyConnection,
    conversation: ConversationId,
) -> Result<Words, StoreError> {
    let rows = sqlx::query("SELECT commitment, salt, text FROM personal_text WHERE conversation = $1")
        .bind(conversation.stored())
        .fetch_all(connection)
        .await?;
    let words: Result<_, StoreError> = rows
        .iter()
        .map(|row| Ok((row.try_get("commitment")?, (row.try_get("salt")?, row.try_get("text")?))))
        .collect();
    Ok(Words(words?))
}
