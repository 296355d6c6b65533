//! The rare commands of a room: everything but votes and joins, one at a time.

use std::sync::Arc;

use crate::clock::random_bytes;
use crate::domain::{
    EventBody, Moderation, OperationId, ParticipantNumber, Rejection, Seq, StatementNumber, TokenHash,
};

use super::command::{Rare, Reply};
use super::room::{MustRestart, Room};
use super::room_state::Undecided;
use super::{Identity, Live, ModeratedMany, Queue, Saved, SeedsAdded, Submitted, organising};

/// Events that are on disk.
struct Events {
    count: u32,
    /// The place of the last one.
    last: Seq,
}

impl Room {
    pub(super) async fn rare(&mut self, rare: Rare) -> Result<(), MustRestart> {
        match rare {
            Rare::Submit { identity, text, op, reply } => {
                let answer = self.submit(identity, &text, op.as_ref()).await?;
                let _ = reply.send(answer);
            }
            Rare::Seed { text, meta, reply } => {
                let decided = self.state.decide_seed(&text, meta, random_bytes());
                self.save(decided, reply).await?;
            }
            Rare::Seeds { texts, reply } => {
                let decided = self.state.decide_seeds(&texts, random_bytes);
                let here = decided.as_ref().map_or(0, |(_, here)| *here);
                let saved = self.saved(decided.map(|(bodies, _)| bodies)).await?;
                // Each is two events.
                let answer = saved.map(|Events { count, .. }| SeedsAdded { added: count / 2, here });
                let _ = reply.send(answer);
            }
            Rare::ModerateMany { which, to, reason, reply } => {
                let after = self.state.record.seq;
                let saved = self.saved(self.state.decide_moderations(which, to, reason)).await?;
                let answer =
                    saved.map(|Events { count, last }| ModeratedMany { changed: count, after, last });
                let _ = reply.send(answer);
            }
            Rare::Moderate { statement, to, reason, reply } => {
                let decided = self.state.decide_moderation(statement, to, reason);
                self.save(decided, reply).await?;
            }
            Rare::Open { reply } => {
                let decided = Ok(self.state.decide_open());
                self.save(decided, reply).await?;
                self.publish_rules();
            }
            Rare::Close { reply } => {
                let decided = self.state.decide_close();
                self.save(decided, reply).await?;
                self.publish_rules();
                // The last map covers every vote, however few came since the one before.
                self.start_computing();
            }
            Rare::Change { new, reply } => {
                let salts = [random_bytes(), random_bytes(), random_bytes()];
                let settings = organising::checked_settings(new.settings);
                let text =
                    organising::conversation_text(&new.question, &new.description, &new.organiser, salts);
                let decided = text.map(|text| vec![EventBody::ConversationChanged { text, settings }]);
                self.save(decided, reply).await?;
                self.publish_rules();
            }
            Rare::Agenda { change, reply } => {
                let decided = self.state.decide_agenda(change);
                self.save(decided, reply).await?;
            }
        }
        self.queue.send_if_modified(|queue| {
            let now = Queue::of(&self.state.record);
            let changed = *queue != now;
            *queue = now;
            changed
        });
        Ok(())
    }

    async fn submit(
        &mut self,
        identity: Identity,
        text: &str,
        op: Option<&OperationId>,
    ) -> Result<Live<Submitted>, MustRestart> {
        let participant = match identity {
            Identity::Participant(participant) => participant,
            Identity::Token(token) => match self.state.participant_of(&token) {
                Some(participant) => participant,
                None => match self.admit_author(token, text).await? {
                    Ok(participant) => participant,
                    Err(error) => return Ok(Err(error)),
                },
            },
        };
        if let Some(done) = op.and_then(|op| self.state.submission_of(participant, op)) {
            return Ok(Ok(self.submitted(participant, done)));
        }
        let statement = self.state.record.next_statement();
        let bodies = match self.state.decide_submission(participant, text, op, random_bytes()) {
            Ok(bodies) => bodies,
            Err(rejection) => return Ok(Err(rejection.into())),
        };
        let result = self.record(bodies, Vec::new()).await?;
        if result.is_ok() {
            self.changed.insert(participant);
            self.stale.changed(self.opened.elapsed(), self.changed.len() as u64);
        }
        Ok(result.map(|()| self.submitted(participant, statement)))
    }

    /// Admits a newcomer who submits a statement; nobody is admitted by one that can't be taken.
    async fn admit_author(
        &mut self,
        token: TokenHash,
        text: &str,
    ) -> Result<Live<ParticipantNumber>, MustRestart> {
        if let Err(rejection) = self.state.check_submittable(text) {
            return Ok(Err(rejection.into()));
        }
        let mut batch = Undecided::default();
        let participant = self.state.decide_join(token, &mut batch);
        let result = self.record(batch.bodies, batch.admitted.into_iter().collect()).await?;
        Ok(result.map(|()| participant))
    }

    fn submitted(&self, participant: ParticipantNumber, statement: StatementNumber) -> Submitted {
        let stored = self.state.record.statements.get(&statement);
        let moderation = stored.map_or(Moderation::Pending, |stored| stored.moderation);
        Submitted { participant, statement, moderation, seq: self.state.record.seq }
    }

    async fn save(
        &mut self,
        decided: Result<Vec<EventBody>, Rejection>,
        reply: Reply<Saved>,
    ) -> Result<(), MustRestart> {
        let saved = self.saved(decided).await?;
        let _ = reply.send(saved.map(|Events { last, .. }| Saved { seq: last }));
        Ok(())
    }

    /// Stores what was decided.
    async fn saved(
        &mut self,
        decided: Result<Vec<EventBody>, Rejection>,
    ) -> Result<Live<Events>, MustRestart> {
        Ok(match decided {
            Err(rejection) => Err(rejection.into()),
            Ok(bodies) => {
                let count = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
                let rule = self.state.record.conversation.settings.moderation;
                let stale = bodies.iter().any(|body| match body {
                    EventBody::StatementModerated { .. } => true,
                    EventBody::ConversationChanged { settings, .. } => settings.moderation != rule,
                    _ => false,
                });
                let result = self.record(bodies, Vec::new()).await?;
                if stale && result.is_ok() {
                    self.stale.changed(self.opened.elapsed(), self.changed.len() as u64);
                }
                result.map(|()| Events { count, last: self.state.record.seq })
            }
        })
    }

    /// Says at once that the conversation was opened, closed or given other rules.
    fn publish_rules(&mut self) {
        self.state.map = Arc::new(self.state.map.under_the_rules_of(&self.state.record));
        self.published.send_replace(Arc::clone(&self.state.map));
    }
}
