//! What is due to be written without anybody's act: statements that wait too long, conversations that close soon,
//! and once a day where all logs end.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::addresses::{people_in, people_of};
use super::messages::MailWords;
use crate::clock::{Clock, Ticks};
use crate::conversation::ConversationState;
use crate::domain::{Rights, Slug, Timestamp};
use crate::instance::Scope;
use crate::live::{RoomHandle, Rooms};
use crate::store::{MailKind, Store, StoreError};
use crate::texts::{Locale, Texts};

/// How often it is looked what is due.
const EVERY: Duration = Duration::from_secs(300);
const HOUR_US: i64 = 3600 * 1_000_000;
const DAY_US: i64 = 24 * HOUR_US;
const ALARMS_APART_US: i64 = 6 * HOUR_US;

/// What writing needs.
#[derive(Clone)]
pub struct Notifier {
    /// The conversations.
    pub rooms: Rooms,
    /// The outbox, and people's addresses.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The address of the site, without a slash at the end.
    pub site: String,
    /// The language of mail that nobody's act causes.
    pub locale: Locale,
}

/// Writes what is due until the server ends.
pub async fn keep_notifying(notifier: Notifier, closing: CancellationToken) {
    let mut ticks = Ticks::new(EVERY, closing);
    while ticks.next().await {
        if let Err(error) = notifier.write_what_is_due().await {
            tracing::warn!(%error, "mail that is due could not be written; later again");
        }
    }
}

impl Notifier {
    /// Writes what is due now.
    pub async fn write_what_is_due(&self) -> Result<(), StoreError> {
        self.write_heads().await?;
        self.write_to_followers().await?;
        self.write_alarms().await?;
        let now = self.clock.now();
        for slug in self.store.conversations_to_write_about(now, Timestamp(now.0 + DAY_US)).await? {
            let Ok(room) = self.rooms.room(&slug).await else { continue };
            self.write_about(&slug, &room).await?;
        }
        Ok(())
    }

    fn words(&self) -> MailWords<'_> {
        MailWords::new(Texts::of(self.locale), &self.site)
    }

    /// Once a day, to overseers and owners.
    async fn write_heads(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let people = people_in(&self.store, Scope::Instance, Rights::may_oversee).await?;
        if people.is_empty() {
            return Ok(());
        }
        let heads: Vec<String> = self.store.log_heads().await?.iter().map(ToString::to_string).collect();
        let heads = heads.join("\n");
        let mails: Vec<_> = people.into_iter().map(|to| self.words().heads(to, &heads)).collect();
        let since = Timestamp(now.0 - DAY_US);
        self.store.post_once((MailKind::Heads, "all"), since, &mails, now).await?;
        Ok(())
    }

    /// About what stands out, at most once in six hours for a conversation. What is not open has nothing that happens.
    async fn write_alarms(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        for room in self.rooms.open() {
            let Ok(board) = room.board().await else { continue };
            let conversation = &board.contents.conversation;
            if conversation.state != ConversationState::Open || !room.watch().alarms(&conversation.settings) {
                continue;
            }
            let people = people_of(&self.store, room.conversation, Rights::may_moderate).await?;
            let about = (conversation.slug.as_str(), conversation.text.question.text());
            let mails: Vec<_> = people.into_iter().map(|to| self.words().alarm(to, about)).collect();
            let subject = room.conversation.to_string();
            let since = Timestamp(now.0 - ALARMS_APART_US);
            self.store.post_once((MailKind::Alarm, &subject), since, &mails, now).await?;
        }
        Ok(())
    }

    async fn write_about(&self, slug: &Slug, room: &RoomHandle) -> Result<(), StoreError> {
        let now = self.clock.now();
        let looked_at = room.read(move |state| {
            let record = &state.desk.record;
            let conversation = &record.conversation;
            let hours = conversation.text.terms.moderated_within_hours;
            let latest_ms = now.as_ms() - i64::from(hours) * 3_600_000;
            let is_late = |at: Option<i64>| hours > 0 && at.is_some_and(|at| at < latest_ms);
            Looked {
                question: conversation.text.question.text().to_owned(),
                late: record.waiting().filter(|waiting| is_late(waiting.submitted_at_ms)).count(),
                hours,
                closes_at: conversation.schedule.closes_at,
                is_open: conversation.state == ConversationState::Open,
            }
        });
        let Ok(looked) = looked_at.await else { return Ok(()) };
        self.write_waiting(slug, room, &looked).await?;
        self.write_closing(slug, room, &looked).await
    }

    /// At most once a day for a conversation.
    async fn write_waiting(&self, slug: &Slug, room: &RoomHandle, looked: &Looked) -> Result<(), StoreError> {
        if looked.late == 0 {
            return Ok(());
        }
        let now = self.clock.now();
        let people = people_of(&self.store, room.conversation, Rights::may_moderate).await?;
        let about = (slug.as_str(), looked.question.as_str());
        let mails: Vec<_> = people
            .into_iter()
            .map(|to| self.words().waiting(to, about, (looked.late, looked.hours)))
            .collect();
        let subject = room.conversation.to_string();
        self.store.post_once((MailKind::Waiting, &subject), Timestamp(now.0 - DAY_US), &mails, now).await?;
        Ok(())
    }

    /// Once for each moment to close, a day before.
    async fn write_closing(&self, slug: &Slug, room: &RoomHandle, looked: &Looked) -> Result<(), StoreError> {
        let now = self.clock.now();
        let Some(closes) = looked.closes_at.filter(|at| at.0 > now.0 && at.0 - now.0 < DAY_US) else {
            return Ok(());
        };
        if !looked.is_open {
            return Ok(());
        }
        let people = people_of(&self.store, room.conversation, Rights::may_organise).await?;
        let when = Texts::of(self.locale).moment(&closes);
        let about = (slug.as_str(), looked.question.as_str());
        let mails: Vec<_> = people.into_iter().map(|to| self.words().closing(to, about, &when)).collect();
        let subject = format!("{} {}", room.conversation, closes.0);
        self.store.post_once((MailKind::Closing, &subject), Timestamp(0), &mails, now).await?;
        Ok(())
    }
}

/// What mail about a conversation rests on.
struct Looked {
    question: String,
    late: usize,
    hours: u32,
    closes_at: Option<Timestamp>,
    is_open: bool,
}
