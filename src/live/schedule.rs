//! Conversations that open, close and forget by themselves, at the moments that were promised.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Rooms;
use super::kept::keep_and_delete;
use crate::clock::{Clock, Ticks};
use crate::conversation::{Act, Actor, ForgettingAct};
use crate::domain::Slug;
use crate::store::{DueAct, Store, StoreError};

/// How often it is looked what is due.
const EVERY: Duration = Duration::from_secs(1);

/// Opens, closes and forgets what is due, until the server ends.
pub async fn keep_schedules(rooms: Rooms, store: Store, clock: Clock, closing: CancellationToken) {
    let mut ticks = Ticks::new(EVERY, closing);
    while ticks.next().await {
        do_what_is_due(&rooms, &store, &clock).await;
    }
}

/// What is due now. What can't be undone is due only where a server's clock and this machine's own say so.
async fn due(store: &Store, clock: &Clock) -> Result<Vec<(Slug, DueAct)>, StoreError> {
    let (now, surely) = (clock.now(), clock.surely());
    let mut due = store.due_conversations(surely).await?;
    if surely < now {
        let more = store.due_conversations(now).await?.into_iter();
        let more = more.filter(|(_, act)| !matches!(act, DueAct::DestroyLinks | DueAct::Delete));
        let more: Vec<_> = more.filter(|(slug, _)| due.iter().all(|(one, _)| one != slug)).collect();
        due.extend(more);
    }
    Ok(due)
}

/// Opens, closes and forgets what is due now. What fails is tried again a second later.
pub async fn do_what_is_due(rooms: &Rooms, store: &Store, clock: &Clock) {
    let Ok(due) = due(store, clock).await else { return };
    for (slug, act) in due {
        let Ok(room) = rooms.room(&slug).await else { continue };
        let act = match act {
            DueAct::Open => Act::open(),
            DueAct::Close => Act::close(),
            DueAct::FreezeAgenda => {
                if let Err(error) = room.freeze_agenda().await {
                    tracing::warn!(%slug, %error, "what is due could not be done; later again");
                }
                continue;
            }
            DueAct::DestroyLinks => ForgettingAct::Links.into(),
            DueAct::Delete => {
                if let Err(error) = keep_and_delete(&room, store).await {
                    tracing::warn!(%slug, %error, "what is due could not be done; later again");
                }
                continue;
            }
        };
        if let Err(error) = room.act(Actor::System, act).await {
            tracing::warn!(%slug, %error, "what is due could not be done; later again");
        }
    }
}
