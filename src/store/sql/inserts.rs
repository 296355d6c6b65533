//! Rows of a commit, many with one statement: each statement is a way to SQLite's thread, or to a server, and back.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AnyConnection, SqlStr};

use crate::conversation::{Event, NewEvent};
use crate::domain::ConversationId;

use super::dialect::Dialect;
use super::numbers::stored_seq;
use crate::store::batch::NewEvents;
use crate::store::error::StoreError;
use crate::store::staff::IndexedAct;

macro_rules! twice {
    ($row:expr) => {
        concat!($row, ",", $row)
    };
}
macro_rules! four {
    ($row:expr) => {
        twice!(twice!($row))
    };
}
macro_rules! eight {
    ($row:expr) => {
        twice!(four!($row))
    };
}
macro_rules! insert_rows {
    ($rows:expr) => {
        concat!("INSERT INTO event (conversation, seq, at, kind, payload, hash) VALUES ", $rows)
    };
}

/// Statement texts of a few lengths, so that SQLite prepares each only once, and so close to each
/// other that the dozen rows of a small commit take three. `?` and not `$n`: long lists of
/// numbered parameters are slow on SQLite.
const INSERTS: [(usize, &str); 7] = [
    (256, insert_rows!(four!(eight!(eight!("(?,?,?,?,?,?)"))))),
    (64, insert_rows!(eight!(eight!("(?,?,?,?,?,?)")))),
    (16, insert_rows!(twice!(eight!("(?,?,?,?,?,?)")))),
    (8, insert_rows!(eight!("(?,?,?,?,?,?)"))),
    (4, insert_rows!(four!("(?,?,?,?,?,?)"))),
    (2, insert_rows!(twice!("(?,?,?,?,?,?)"))),
    (1, insert_rows!("(?,?,?,?,?,?)")),
];

/// Those texts with numbered parameters, as PostgreSQL wants them.
static NUMBERED: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let texts = INSERTS.iter().chain(&GRANTS).map(|(_, text)| *text);
    texts.map(|text| (text, numbered(text))).collect()
});

fn numbered(text: &str) -> String {
    let mut parts = text.split('?');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.zip(1..).fold(first, |text, (part, number)| format!("{text}${number}{part}"))
}

fn text_for(dialect: Dialect, text: &'static str) -> SqlStr {
    match dialect {
        Dialect::Sqlite => SqlStr::from_static(text),
        Dialect::Postgres => SqlStr::from_static(NUMBERED.get(text).map_or(text, String::as_str)),
    }
}

/// Events with their places, and their payloads as they are stored.
pub(super) struct EventRows<'a> {
    pub new: &'a NewEvents,
    pub events: &'a [Event],
    pub payloads: &'a [String],
}

pub(super) async fn insert_events(
    (connection, dialect): (&mut AnyConnection, Dialect),
    rows: &EventRows<'_>,
    progress: Option<&AtomicU64>,
) -> Result<(), StoreError> {
    let EventRows { new, events, payloads } = rows;
    let mut rows = events.iter().zip(*payloads);
    let mut left = events.len();
    for (size, sql) in INSERTS {
        while left >= size {
            let mut query = sqlx::query(text_for(dialect, sql));
            for (event, payload) in rows.by_ref().take(size) {
                query = query
                    .bind(new.conversation.stored())
                    .bind(stored_seq(event.seq))
                    .bind(event.at.0)
                    .bind(event.what.body.kind())
                    .bind(payload.as_str())
                    .bind(event.hash.to_string());
            }
            query.execute(&mut *connection).await?;
            left -= size;
            if let Some(progress) = progress {
                progress.fetch_add(size as u64, Ordering::Relaxed);
            }
        }
    }
    Ok(())
}

/// Which events are acts of staff, or decisions on statements, to be searched by.
pub(super) async fn insert_staff_acts(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    events: &[Event],
) -> Result<(), StoreError> {
    for act in events.iter().filter_map(IndexedAct::of) {
        sqlx::query("INSERT INTO staff_act (conversation, seq, staff, kind) VALUES ($1, $2, $3, $4)")
            .bind(conversation.stored())
            .bind(stored_seq(act.seq))
            .bind(act.staff.map(|staff| i64::from(staff.0)))
            .bind(act.kind)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(super) async fn insert_texts(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    for text in new.events.iter().flat_map(NewEvent::words) {
        sqlx::query(
            "INSERT INTO personal_text (conversation, commitment, salt, text) VALUES ($1, $2, $3, $4)
             ON CONFLICT (conversation, commitment) DO NOTHING",
        )
        .bind(new.conversation.stored())
        .bind(text.commitment())
        .bind(text.salt())
        .bind(text.text())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

macro_rules! grant_rows {
    ($rows:expr) => {
        concat!("INSERT INTO participant_token (conversation, token_hash, participant) VALUES ", $rows)
    };
}

const GRANTS: [(usize, &str); 6] = [
    (64, grant_rows!(eight!(eight!("(?,?,?)")))),
    (16, grant_rows!(twice!(eight!("(?,?,?)")))),
    (8, grant_rows!(eight!("(?,?,?)"))),
    (4, grant_rows!(four!("(?,?,?)"))),
    (2, grant_rows!(twice!("(?,?,?)"))),
    (1, grant_rows!("(?,?,?)")),
];

pub(super) async fn insert_grants(
    (connection, dialect): (&mut AnyConnection, Dialect),
    new: &NewEvents,
) -> Result<(), StoreError> {
    let mut grants = new.grants.iter();
    for (size, sql) in GRANTS {
        while grants.len() >= size {
            let mut query = sqlx::query(text_for(dialect, sql));
            for grant in grants.by_ref().take(size) {
                query = query
                    .bind(new.conversation.stored())
                    .bind(grant.token.to_string())
                    .bind(i64::from(grant.participant.0));
            }
            query.execute(&mut *connection).await?;
        }
    }
    Ok(())
}
