//! What organisers do: make conversations, add seeds, open and close, draft and publish agendas.

mod answers;
mod builder;
mod checklist;
mod conversations;
mod deletion;
mod draft;
mod form;
mod keep;
mod one;
mod prepare;
mod publish;
mod publish_view;
mod requests;
mod seeds;

pub(super) use answers::answer_step;
pub(super) use builder::{
    change_agenda, comment_on_agenda, confirm_agenda, draft_agenda, preview_agenda, publish_agenda,
    set_agenda_triggers, show_agenda,
};
pub(super) use conversations::{create_conversation, show_conversations};
pub(super) use deletion::plan_deletion;
pub(super) use draft::{change_seed, delete_draft, rename_draft};
pub(super) use keep::{archive_conversation, copy_conversation};
pub(super) use one::{close_conversation, open_conversation, show_conversation};
pub(super) use prepare::{change_conversation, change_step, show_prepare};
pub(super) use publish::{keep_snapshot, release_rows, show_rows, write_headline, write_information};
pub(super) use requests::{erase_asker, send_asked_data, show_requests};
pub(super) use seeds::{add_seed, add_seeds, preview_seeds};
