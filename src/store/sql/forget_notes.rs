//! What is noted elsewhere of what goes out of the database: outside the data directory, and in the instance's log.

use sqlx::AnyConnection;

use super::instance::{RightsChange, append};
use crate::conversation::{EventBody, RecordedActor};
use crate::domain::{ConversationId, ParticipantNumber, TokenHash};
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::batch::NewEvents;
use crate::store::erasures::{Erasure, ErasureRecord};
use crate::store::error::StoreError;

/// Notes outside the data directory who is erased, before anything of it is written: without the note, a
/// restored backup would bring them back.
pub(super) async fn note_outside(
    connection: &mut AnyConnection,
    new: &NewEvents,
    record: &ErasureRecord,
) -> Result<(), StoreError> {
    let noted = |who| Erasure { who, ..Erasure::of_conversation(new.at, new.conversation) };
    let mut erasures = Vec::new();
    for participant in new.erased() {
        let hashes = tokens_of(connection, new.conversation, participant).await?;
        erasures.extend(hashes.into_iter().map(|token| noted(Some(token.erasure_id()))));
    }
    if new.is_deleted() {
        erasures.push(noted(None));
    } else if new.links_go() {
        erasures.push(Erasure { links: true, ..noted(None) });
    }
    if erasures.is_empty() {
        return Ok(());
    }
    write_outside(record, erasures).await
}

/// Writes lines into the note.
pub(super) async fn write_outside(record: &ErasureRecord, erasures: Vec<Erasure>) -> Result<(), StoreError> {
    let record = record.clone();
    let written = tokio::task::spawn_blocking(move || record.add(&erasures)).await;
    let written = written.map_err(std::io::Error::other).flatten();
    written
        .map_err(|error| StoreError::failed("the erasure can't be noted outside the data directory", error))
}

async fn tokens_of(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    participant: ParticipantNumber,
) -> Result<Vec<TokenHash>, StoreError> {
    let hashes: Vec<String> = sqlx::query_scalar(
        "SELECT token_hash FROM participant_token WHERE conversation = $1 AND participant = $2",
    )
    .bind(conversation.stored())
    .bind(i64::from(participant.0))
    .fetch_all(connection)
    .await?;
    Ok(hashes.iter().filter_map(|hash| TokenHash::parse(hash)).collect())
}

/// Notes in the instance's log that something was forgotten, in the same transaction.
pub(super) async fn note_in_instance(
    connection: &mut AnyConnection,
    new: &NewEvents,
) -> Result<(), StoreError> {
    for what in &new.events {
        let Some(act) = act_of(new.conversation, &what.body) else { continue };
        let by = match what.by {
            RecordedActor::Staff(number) => InstanceActor::Staff(number),
            // Numbers of participants are in no log but their conversation's.
            RecordedActor::Participant(_) | RecordedActor::System | RecordedActor::Import => {
                InstanceActor::System
            }
        };
        append(connection, new.at, by, act, RightsChange::None).await?;
    }
    Ok(())
}

/// What the instance's log says of an event with which something was forgotten.
fn act_of(conversation: ConversationId, body: &EventBody) -> Option<InstanceAct> {
    match body {
        EventBody::ParticipantErased(_) => Some(InstanceAct::PersonErased { conversation }),
        EventBody::LinksDestroyed(_) => Some(InstanceAct::LinksDestroyed { conversation }),
        EventBody::DeletionPlanned(planned) => {
            Some(InstanceAct::DeletionPlanned { conversation, at: planned.at })
        }
        EventBody::ConversationDeleted(_) => Some(InstanceAct::ConversationDeleted { conversation }),
        _ => None,
    }
}
