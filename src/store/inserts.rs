//! Rows of a commit, many with one statement: each statement is a way to SQLite's thread and back.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::AnyConnection;

use crate::domain::{Choice, ConversationId, Event, EventBody, ParticipantNumber, Seq, StatementNumber};

use super::StoreError;
use super::writer::{NewEvents, stored_seq};

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

pub(super) async fn insert_events(
    connection: &mut AnyConnection,
    new: &NewEvents,
    events: &[Event],
    payloads: &[String],
    progress: Option<&AtomicU64>,
) -> Result<(), StoreError> {
    let mut rows = events.iter().zip(payloads);
    let mut left = events.len();
    for (size, sql) in INSERTS {
        while left >= size {
            let mut query = sqlx::query(sql);
            for (event, payload) in rows.by_ref().take(size) {
                query = query
                    .bind(new.conversation.stored())
                    .bind(stored_seq(event.seq))
                    .bind(event.at.0)
                    .bind(event.body.kind())
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

pub(super) async fn insert_texts(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    for text in new.bodies.iter().flat_map(EventBody::personal_texts) {
        sqlx::query(
            "INSERT INTO personal_text (conversation, commitment, salt, text) VALUES (?, ?, ?, ?)
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

pub(super) async fn insert_grants(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    let mut grants = new.grants.iter();
    for (size, sql) in GRANTS {
        while grants.len() >= size {
            let mut query = sqlx::query(sql);
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

macro_rules! fold_rows {
    ($rows:expr) => {
        concat!(
            "INSERT INTO vote (conversation, participant, statement, choice, seq) VALUES ",
            $rows,
            " ON CONFLICT (conversation, participant, statement)
              DO UPDATE SET choice = excluded.choice, seq = excluded.seq"
        )
    };
}

const FOLDS: [(usize, &str); 3] = [
    (64, fold_rows!(eight!(eight!("(?,?,?,?,?)")))),
    (8, fold_rows!(eight!("(?,?,?,?,?)"))),
    (1, fold_rows!("(?,?,?,?,?)")),
];

/// Puts current votes in the place of earlier ones.
pub(super) async fn fold_into_table(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    votes: &BTreeMap<(ParticipantNumber, StatementNumber), (Choice, Seq)>,
) -> Result<(), StoreError> {
    let mut votes = votes.iter();
    for (size, sql) in FOLDS {
        while votes.len() >= size {
            let mut query = sqlx::query(sql);
            for (&(participant, statement), &(choice, seq)) in votes.by_ref().take(size) {
                query = query
                    .bind(conversation.stored())
                    .bind(i64::from(participant.0))
                    .bind(i64::from(statement.0))
                    .bind(i64::from(choice.value()))
                    .bind(stored_seq(seq));
            }
            query.execute(&mut *connection).await?;
        }
    }
    Ok(())
}
