//! What a room does with a map that is there, or late: it shows it to all, and keeps its letters.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;

use crate::domain::ParticipantNumber;

use super::PublishedMap;
use super::published::ValidationAt;
use super::room::Room;

/// The letters of groups are kept at most so often.
const LETTERS_APART: Duration = Duration::from_secs(60);

impl Room {
    /// The map is late. It is computed again after the pause that its cost asks for; until then the
    /// last map is published as one that is older than it should be.
    pub(super) fn is_late(&mut self, people: FxHashSet<ParticipantNumber>) {
        self.changed.extend(people);
        self.stale.changed(self.clock.since(self.opened), self.changed.len() as u64);
        if !self.state.map.late {
            let late =
                PublishedMap { late: true, ..self.state.map.under_the_rules_of(&self.state.desk.record) };
            self.send(late);
        }
    }

    /// Publishes the map again, with what was found out about its groups.
    pub(super) fn publish_validation(&mut self, validation: Option<ValidationAt>) {
        if let Some(validation) = validation {
            let mut published = self.state.map.under_the_rules_of(&self.state.desk.record);
            published.validation = Some(Arc::new(validation));
            self.send(published);
        }
    }

    /// Says at once that the conversation was opened, closed or given other rules.
    pub(super) fn publish_rules(&mut self) {
        self.state.map = Arc::new(self.state.map.under_the_rules_of(&self.state.desk.record));
        self.show();
    }

    /// Tells pages that are open at once what moderators have decided.
    pub(super) fn publish_decisions(&mut self) {
        self.state.map = Arc::new(self.state.map.with_decisions(&self.state.desk.record));
        self.show();
    }

    pub(super) fn send(&mut self, published: PublishedMap) {
        self.activity.note_map(&published);
        let published = Arc::new(published);
        self.state.set_map(published);
        self.show();
        match self.letters {
            Some((kept, _)) if self.clock.since(kept) < LETTERS_APART => {
                self.keep_letters_later(kept + LETTERS_APART);
            }
            _ => drop(tokio::spawn(self.keep_letters())),
        }
    }

    /// Keeps the letters of the map that is shown then, so that those of the first map of many do not
    /// stay when no other comes.
    fn keep_letters_later(&mut self, then: Instant) {
        if self.letters_later.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        let (published, store, epoch) = (self.published.subscribe(), self.store.clone(), self.epoch);
        let conversation = self.state.desk.record.conversation.id;
        self.letters_later = Some(tokio::spawn(async move {
            tokio::time::sleep_until(then.into()).await;
            let shown = Arc::clone(&published.borrow());
            // A room that has ended keeps its own, and a map of nobody has none.
            if published.has_changed().is_err() || shown.map.counts.placed == 0 {
                return;
            }
            if let Err(error) = store.keep_letters(conversation, epoch, shown.map.letters()).await {
                tracing::warn!(%conversation, %error, "the letters of groups can't be kept");
            }
        }));
    }

    /// Keeps the letters of the groups that are shown, so that they are the same after a restart and in
    /// an export. Without them only that is lost.
    pub(super) fn keep_letters(&mut self) -> impl Future<Output = ()> + use<> {
        let (shown, store, epoch) = (Arc::clone(&self.state.map), self.store.clone(), self.epoch);
        let conversation = self.state.desk.record.conversation.id;
        let this = (shown.version, shown.map.groups.len());
        let is_new = self.letters.is_none_or(|(_, kept)| kept != this);
        let wanted = is_new && shown.map.counts.placed > 0;
        if wanted {
            self.letters = Some((self.clock.instant(), this));
        }
        async move {
            if wanted && let Err(error) = store.keep_letters(conversation, epoch, shown.map.letters()).await {
                tracing::warn!(%conversation, %error, "the letters of groups can't be kept");
            }
        }
    }
}
