//! What organisers do: make conversations, add seeds, open and close, draft and publish agendas.

mod agenda;
mod conversations;
mod draft;
mod one;
mod seeds;

pub(super) use agenda::{change_agenda, draft_agenda, publish_agenda, show_agenda};
pub(super) use conversations::{create_conversation, show_conversations};
pub(super) use draft::{change_seed, delete_draft, rename_draft};
pub(super) use one::{change_conversation, close_conversation, open_conversation, show_conversation};
pub(super) use seeds::{add_seed, add_seeds, preview_seeds};
