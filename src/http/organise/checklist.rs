//! What is still to be done before a conversation is opened. Nothing of it is forced.

use crate::conversation::Conversation;

/// First statements that people should find.
const ENOUGH_SEEDS: usize = 10;

/// One thing to do.
pub(super) struct ChecklistItem {
    /// The message that names it.
    pub name: &'static str,
    pub is_done: bool,
    /// Where it is done, after the conversation's address.
    pub at: &'static str,
}

/// The list, for a conversation with so many first statements and colleagues of its own.
pub(super) fn checklist(conversation: &Conversation, seeds: usize, colleagues: usize) -> Vec<ChecklistItem> {
    let text = &conversation.text;
    let terms = &text.terms;
    let has = |words: &str| !words.is_empty();
    let item = |name, is_done, at| ChecklistItem { name, is_done, at };
    vec![
        item("check-question", has(text.question.text()) && has(text.organiser.text()), "/prepare#words"),
        item("check-promise", terms.decides.is_some() && terms.influence.is_some(), "/prepare#promise"),
        item("check-steps", !terms.steps.is_empty(), "/prepare#steps"),
        item("check-policy", !text.policy.is_empty(), "/prepare#rules"),
        item("check-closes", conversation.schedule.closes_at.is_some(), "/prepare#rules"),
        item("check-forgets", conversation.schedule.forgets_at.is_some(), "/prepare#rules"),
        item("check-seeds", seeds >= ENOUGH_SEEDS, "#seeds"),
        item("check-colleagues", colleagues > 0, "/people"),
    ]
}
