//! Which agenda is drawn, and the words for what its items are to come to.

use crate::conversation::{AgendaChange, AgendaDraft, PublishedAgenda};
use crate::domain::{Agenda, AgendaAudit, Goal, Proposal};
use crate::texts::Texts;

/// An agenda in the making or a published one, whichever is drawn.
#[derive(Clone, Copy)]
pub(in crate::http) struct AgendaSource<'a> {
    pub agenda: &'a Agenda,
    pub proposal: &'a Proposal,
    /// What was changed by hand since the draft, the earliest first.
    pub changes: &'a [AgendaChange],
    /// Whom it leaves out, where that is known.
    pub audit: Option<&'a AgendaAudit>,
}

impl<'a> From<&'a PublishedAgenda> for AgendaSource<'a> {
    fn from(published: &'a PublishedAgenda) -> Self {
        let PublishedAgenda { agenda, proposal, changes, audit, .. } = published;
        Self { agenda, proposal, changes, audit: audit.as_ref() }
    }
}

impl<'a> AgendaSource<'a> {
    /// The agenda in the making, as it would be published now.
    pub fn of_draft(draft: &'a AgendaDraft, changes: &'a [AgendaChange]) -> Option<Self> {
        Some(Self { agenda: &draft.agenda, proposal: draft.proposal()?, changes, audit: None })
    }
}

/// What is to come of an item, in words.
pub(in crate::http) fn goal(goal: Goal, texts: &Texts) -> String {
    texts.get(match goal {
        Goal::Decide => "goal-decide",
        Goal::Deliberate => "goal-deliberate",
        Goal::Inform => "goal-inform",
    })
}
