//! The one mail that somebody asked for: when results, answers or a decision are there.

use super::duties::Notifier;
use super::messages::MailWords;
use crate::conversation::{ConversationRecord, ConversationState};
use crate::domain::Moderation;
use crate::store::{FollowTopic, Follower, StoreError};
use crate::texts::{Locale, Texts};

/// Mails that are written in one transaction.
const AT_ONCE: usize = 200;

impl Notifier {
    /// Writes to everybody whose mail is due, and forgets them.
    pub(super) async fn write_to_followers(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.store.forget_followers(now).await?;
        for (conversation, slug) in self.store.followed_conversations().await? {
            let Ok(room) = self.rooms.room(&slug).await else { continue };
            let followers = self.store.followers_of(conversation).await?;
            let due = room.read(move |state| {
                let record = &state.desk.record;
                let question = record.conversation.text.question.text().to_owned();
                (
                    question,
                    followers.into_iter().filter(|follower| is_due(follower, record)).collect::<Vec<_>>(),
                )
            });
            let Ok((question, due)) = due.await else { continue };
            let mails: Vec<_> = due
                .into_iter()
                .map(|follower| {
                    let locale = Locale::of_tag(&follower.language).unwrap_or(self.locale);
                    let words = MailWords::new(Texts::of(locale), &self.site);
                    let about = (slug.as_str(), question.as_str());
                    (follower.key, words.follow_due(follower.address, follower.topic, about))
                })
                .collect();
            // Votes wait for each of these transactions.
            for some in mails.chunks(AT_ONCE) {
                self.store.write_to_followers(some, now).await?;
            }
        }
        Ok(())
    }
}

/// Whether what somebody waits for is there.
fn is_due(follower: &Follower, record: &ConversationRecord) -> bool {
    let since = follower.confirmed_at.unwrap_or(follower.created_at);
    match follower.topic {
        FollowTopic::Results => record.conversation.state == ConversationState::Closed,
        FollowTopic::Answers => {
            let agenda = record.agenda.published.iter().map(|published| published.at);
            let mut answers = record.conversation.answers.iter().map(|answer| answer.at).chain(agenda);
            answers.any(|at| at > since)
        }
        FollowTopic::Decision => {
            let has_words = |statement: &&crate::conversation::Statement| {
                let seconds = statement.seconds.iter().map(|second| &second.text);
                std::iter::once(&statement.text).chain(seconds).any(|t| t.commitment() == follower.words)
            };
            let decided = record.statements.values().find(has_words);
            decided.is_some_and(|statement| statement.moderation != Moderation::Pending)
        }
    }
}
