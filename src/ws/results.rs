//! What a session shows of the results: the map for those who may see it, the counts for others.

use crate::conversation::ResultsRule;

use super::end::SessionResult;
use super::protocol::ServerFrame;
use super::session::Session;
use super::view;

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
        self.send_results().await
    }

    async fn send_results(&mut self) -> SessionResult {
        let published = self.visitor.room.latest();
        if !published.settings.shows_results(published.state, self.visitor.rights, self.voted) {
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
