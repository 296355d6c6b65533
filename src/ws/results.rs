//! What a session shows of the results: the map for those who may see it, the counts for others.

use crate::conversation::ResultsRule;
use crate::domain::Moderation;
use crate::live::PublishedMap;
use crate::texts::Texts;

use super::end::SessionResult;
use super::protocol::{OwnDecisionFrame, ServerFrame};
use super::session::Session;
use super::shown::ShownResults;
use super::view;

fn own_decision(moderation: Moderation) -> String {
    Texts::current().get(match moderation {
        Moderation::Accepted => "decided-own-accepted",
        Moderation::Rejected => "decided-own-rejected",
        Moderation::Pending => "decided-own-pending",
    })
}

impl Session {
    /// Own votes may have been cast elsewhere, or their statements hidden. Results that are open now
    /// are sent.
    pub(super) async fn count_own_votes(&mut self) -> SessionResult {
        let voted = self.own_votes().await;
        let (before, now) = self.may_see_results(self.voted, voted);
        self.voted = voted;
        if now && !before { self.send_results().await } else { Ok(()) }
    }

    async fn own_votes(&mut self) -> u32 {
        let Some(participant) = self.participant else { return self.voted };
        let read = self.visitor.room.read(move |state| state.progress(Some(participant)).voted);
        read.await.unwrap_or(self.voted)
    }

    /// Whether results may be seen with so many own votes, and with so many.
    pub(super) fn may_see_results(&self, before: u32, now: u32) -> (bool, bool) {
        self.visitor.room.peek(|published| {
            let may = |voted| published.settings.shows_results(published.state, self.visitor.rights, voted);
            (may(before), may(now))
        })
    }

    /// P13: the map for those who may see it, the counts for everybody else; and where they are.
    pub(super) async fn send_published(&mut self) -> SessionResult {
        let number = self.visitor.room.publications();
        let overtaken = number.saturating_sub(std::mem::replace(&mut self.publication, number) + 1);
        self.gateway.meters.dropped.inc_by(overtaken);
        let (may, rule) = self.visitor.room.peek(|published| {
            let may = published.settings.shows_results(published.state, self.visitor.rights, self.voted);
            (may, published.settings.results)
        });
        if !may && rule == ResultsRule::AfterN {
            // Perhaps enough were cast on another socket, or by form.
            self.voted = self.own_votes().await;
        }
        let published = self.visitor.room.latest();
        // Published again only for what moderators decided: the map is there already.
        let sees_results = self.sees_results_of(&published);
        if !self.shown.as_ref().is_some_and(|shown| shown.is(&published, sees_results)) {
            self.send_results().await?;
        }
        self.send_decisions(&published).await
    }

    /// P27: what moderators decided since this socket last heard of it.
    async fn send_decisions(&mut self, published: &PublishedMap) -> SessionResult {
        let seen = self.decided;
        let new = || published.decided.iter().filter(|decided| decided.seq > seen);
        self.decided = new().map(|decided| decided.seq).max().unwrap_or(seen);
        // The number of what nobody saw would tell that it was there.
        let hidden: Vec<_> = new().filter(|d| d.was_shown && !d.is_shown).map(|d| d.number).collect();
        let own = new().filter(|d| self.participant.is_some_and(|own| d.is_of(own)));
        let yours = own.map(|d| OwnDecisionFrame {
            moderation: d.moderation,
            statement: d.is_shown.then_some(d.number),
            message: own_decision(d.moderation),
        });
        let yours: Vec<_> = yours.collect();
        if hidden.is_empty() && yours.is_empty() {
            return Ok(());
        }
        let message = Texts::current().get("decided-taken-down");
        self.send(ServerFrame::Decided { hidden, message, yours }).await
    }

    fn sees_results_of(&self, published: &PublishedMap) -> bool {
        published.settings.shows_results(published.state, self.visitor.rights, self.voted)
    }

    async fn send_results(&mut self) -> SessionResult {
        let published = self.visitor.room.latest();
        let with_map = self.sees_results_of(&published);
        self.shown = Some(ShownResults::of(&published, with_map));
        if !with_map {
            let (version, state) = (published.version, published.state);
            return self.send(ServerFrame::Counts { version, state, counts: published.counts.into() }).await;
        }
        self.send_text(view::map_frame(&published)).await?;
        match self.participant.and_then(|participant| view::you(&published, participant)) {
            Some(you) => self.send(you).await,
            None => Ok(()),
        }
    }

    pub(super) async fn send_queue(&mut self) -> SessionResult {
        let queue = self.visitor.room.current_queue();
        self.send(ServerFrame::Queue { seq: queue.seq, pending: queue.pending }).await
    }
}
