//! What everybody may read: the results, and the published agenda.

mod agenda;
mod agenda_view;
mod download;
mod findings;
mod page;
mod reader;
mod rows;
mod snapshot;
mod standings;
mod statements;
mod timeline;

pub(super) use agenda::{__path_list_agenda, list_agenda, show_agenda};
pub(super) use agenda_view::AgendaView;
pub(super) use download::{__path_list_results, list_results, send_csv, send_json};
pub(super) use findings::Whole;
pub(super) use page::{show_map, show_results};
pub(super) use reader::may_read;
pub(super) use reader::only_read;
pub(super) use rows::{ResultRows, Row};
pub(super) use snapshot::{send_rows, show_snapshot};
pub(super) use statements::show_statements;
