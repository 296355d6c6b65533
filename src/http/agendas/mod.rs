//! The agenda as everybody reads it.

mod changes;
mod files;
mod left_out;
mod page;
mod source;
mod view;

pub(super) use changes::change_words;
pub(super) use files::{
    send_calendar, send_draft_openslides, send_draft_word, send_markdown, send_openslides, send_word,
};
pub(super) use left_out::{by_reason, shown_groups};
pub(super) use page::{__path_list_agenda, list_agenda, show_agenda, show_version};
pub(super) use source::{AgendaSource, goal};
pub(super) use view::{AgendaView, ItemView};
