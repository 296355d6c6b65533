//! The agenda as everybody reads it.

mod api;
mod changes;
mod coverage;
mod files;
mod left_out;
mod page;
mod source;
mod triggers;
mod versions;
mod view;
mod wordings;

pub(super) use api::{__path_list_agenda, list_agenda};
pub(super) use changes::change_words;
pub(super) use coverage::CoverageView;
pub(super) use files::{
    send_calendar, send_draft_openslides, send_draft_word, send_markdown, send_openslides, send_word,
};
pub(super) use left_out::{by_reason, shown_groups};
pub(super) use page::{show_agenda, show_version};
pub(super) use source::{AgendaSource, goal};
pub(super) use triggers::{parse_share, promises, share_text};
pub(super) use view::{AgendaView, ItemView};
pub(super) use wordings::{Piece, both_wordings};
