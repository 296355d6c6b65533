//! What a socket asks for: votes and statements, and their answers.

use tracing::Instrument;

use crate::conversation::{Act, Ballot, Identity};
use crate::domain::{Moderation, OperationId, Seq};
use crate::edge::words_of;
use crate::live::{RoomError, RoomResult, Saved};
use crate::texts::Texts;

use super::end::SessionResult;
use super::meters::CodeLabel;
use super::protocol::{ProgressFrame, ServerFrame, StatementFrame};
use super::session::Session;
use crate::edge::limiter::too_many_statements;

impl Session {
    /// Casts a vote, and says so when it is on disk.
    pub(super) async fn vote(&mut self, ballot: Ballot, op: OperationId) -> SessionResult {
        let Some(identity) = self.identity() else { return self.refuse_watcher(op).await };
        self.wait_as_newcomer().await;
        let began = self.gateway.clock.instant();
        let span = tracing::debug_span!("vote", slug = %self.visitor.slug);
        let saved = self.visitor.room.act(identity, ballot).instrument(span).await;
        let was_cast = saved.is_ok();
        self.answer_vote(op, saved).await?;
        if was_cast {
            self.gateway.meters.ack_seconds.observe(self.gateway.clock.since(began).as_secs_f64());
        }
        Ok(())
    }

    pub(super) async fn submit(&mut self, op: OperationId, text: String) -> SessionResult {
        let Some(identity) = self.identity() else { return self.refuse_watcher(op).await };
        self.wait_as_newcomer().await;
        let room = &self.visitor.room;
        // What is refused, or sent again because its answer was lost, is no other statement.
        let is_known = match room.look_at_submission(Some(identity), text.clone(), Some(op.clone())).await {
            Ok(is_known) => is_known,
            Err(error) => return self.refuse(op, &error).await,
        };
        if !is_known && let Err(wait) = self.take_submission() {
            let (code, message, retry) =
                ("too_many_statements_at_once", too_many_statements(wait, Texts::current()), false);
            return self.send(ServerFrame::Refused { op, code, message, retry }).await;
        }
        let saved = match self.visitor.room.act(identity, Act::submit(text, Some(op.clone()))).await {
            Ok(saved) => saved,
            Err(error) => {
                self.give_back_submission(&error, is_known);
                return self.refuse(op, &error).await;
            }
        };
        self.participant = saved.participant().or(self.participant);
        let (seq, submitted) = (self.order_of(saved.seq), saved.submitted);
        let statement = submitted.and_then(|submitted| submitted.shown);
        let moderation = submitted.map_or(Moderation::Pending, |submitted| submitted.moderation);
        self.send(ServerFrame::Submitted { op, seq, statement, moderation }).await?;
        // The author's own agreement is a vote, and may open the results.
        self.count_own_votes().await
    }

    /// The order of what this socket did. Not the position in the log, whose growth would tell how much
    /// others do; only operators, who can read the log, are told that.
    fn order_of(&mut self, seq: Seq) -> Seq {
        self.acknowledged += 1;
        if self.visitor.exempt { seq } else { Seq(self.acknowledged) }
    }

    async fn answer_vote(&mut self, op: OperationId, saved: RoomResult<Saved>) -> SessionResult {
        let saved = match saved {
            Ok(saved) => saved,
            Err(error) => return self.refuse(op, &error).await,
        };
        self.participant = saved.participant().or(self.participant);
        let (next, progress) = match saved.route {
            Some(route) => (route.next, route.progress),
            None => Default::default(),
        };
        let (before, now) = self.may_see_results(self.voted, progress.voted);
        self.voted = progress.voted;
        let progress = ProgressFrame::new(progress, now);
        let next = next.map(StatementFrame::from);
        let seq = self.order_of(saved.seq);
        self.send(ServerFrame::Ack { op, seq, next, progress }).await?;
        // The vote that opens the results brings them.
        if now && !before { self.send_published().await } else { Ok(()) }
    }

    fn identity(&self) -> Option<Identity> {
        self.participant.map(Identity::Participant).or(self.visitor.identity.map(Identity::Token))
    }

    async fn refuse(&mut self, op: OperationId, error: &RoomError) -> SessionResult {
        let code = error.code();
        self.gateway.meters.refusals.get_or_create(&CodeLabel::of(code)).inc();
        let message = words_of(error, Texts::current());
        self.send(ServerFrame::refused(op, error, message)).await
    }

    async fn refuse_watcher(&mut self, op: OperationId) -> SessionResult {
        let message = Texts::current().error("not_joined");
        self.send(ServerFrame::Refused { op, code: "not_joined", message, retry: false }).await
    }
}
