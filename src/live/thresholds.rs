//! What comes on the agenda by itself: statements that as many people agree with as organisers said would be enough.

use tokio::sync::oneshot;

use super::drafts::DraftRequest;
use super::message::Wanted;
use super::room::{Room, RoomEnd};
use super::turn::Request;
use crate::assembly::Bench;
use crate::conversation::{Actor, AgendaAct, AgendaEdit, ConversationRecord, MAX_ITEMS};
use crate::domain::{BackedStatement, ItemReason, StatementNumber};

impl Room {
    /// Looks whether a statement passes the threshold on the map that is shown now, and asks for what an agenda is made of.
    pub(super) fn look_at_threshold(&mut self) {
        let Some(needed) = needed(&self.state.desk.record) else { return };
        // One look at each map is enough: what passes follows from it.
        let this = Some((self.state.map.version, needed));
        if self.looked_at == this {
            return;
        }
        self.looked_at = this;
        let map = &self.state.map.map;
        // Those in no group count too, so this is a first look: the bench has the number that is told.
        let may_pass = map.statements.iter().filter(|statement| statement.tally().agree >= needed);
        let is_new = |number: StatementNumber| is_new(&self.state.desk.record, number);
        let is_wanted = |waiting: &DraftRequest| matches!(waiting.wants, Wanted::Threshold);
        if self.drafts.0.iter().any(is_wanted) || !may_pass.map(|statement| statement.id).any(is_new) {
            return;
        }
        let votes_seq = self.state.map.version;
        self.drafts.0.push_back(DraftRequest {
            wants: Wanted::Threshold,
            votes_seq,
            stop: Default::default(),
        });
    }

    /// Puts on the agenda what passes the threshold. Where there is no agenda yet, it begins one.
    pub(super) async fn add_what_passed(&mut self, bench: &Bench) -> Result<(), RoomEnd> {
        let Some(needed) = needed(&self.state.desk.record) else { return Ok(()) };
        let is_new = |one: &&BackedStatement| is_new(&self.state.desk.record, one.statement);
        let passed: Vec<BackedStatement> = bench
            .all_backed()
            .filter(|one| one.overall.agree >= needed)
            .filter(is_new)
            .map(|one| BackedStatement { reason: ItemReason::Threshold { needed }, ..one.clone() })
            .collect();
        if passed.is_empty() {
            return Ok(());
        }
        if self.state.desk.record.agenda.draft.is_none() {
            self.act_by_itself(AgendaAct::Draft(Box::new(bench.propose_nothing()))).await?;
        }
        for backed in passed {
            let edit = Box::new(AgendaEdit::Add { backed });
            self.act_by_itself(AgendaAct::Edit { was: None, edit, op: None }).await?;
        }
        Ok(())
    }

    async fn act_by_itself(&mut self, act: AgendaAct) -> Result<(), RoomEnd> {
        let (reply, done) = oneshot::channel();
        self.do_now(Request { actor: Actor::System, act: act.into() }, reply).await?;
        if let Ok(Err(error)) = done.await {
            let conversation = self.state.desk.record.conversation.id;
            tracing::warn!(%conversation, %error, "what passed the threshold is not on the agenda; later again");
        }
        Ok(())
    }
}

fn needed(record: &ConversationRecord) -> Option<u32> {
    record.agenda.triggers.threshold.as_ref().map(crate::conversation::Threshold::needed)
}

/// Whether a statement can come on the agenda by itself: it is shown, about the matter, not on it, and never came by itself.
fn is_new(record: &ConversationRecord, number: StatementNumber) -> bool {
    let agenda = &record.agenda;
    let is_on_it = || agenda.draft.as_ref().is_some_and(|draft| draft.agenda.place_of(number).is_some());
    let statement = record.statements.get(&number);
    statement.is_some_and(|statement| record.is_asked(statement) && !statement.meta)
        && !agenda.reached.contains(&number)
        && !is_on_it()
        && agenda.draft.as_ref().is_none_or(|draft| draft.agenda.items.len() < MAX_ITEMS)
}
