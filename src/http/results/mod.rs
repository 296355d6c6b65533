//! What everybody may read: the results, and the published agenda.

mod agenda;
mod download;
mod findings;
mod page;
mod reader;
mod rows;
mod statements;

pub(super) use agenda::show_agenda;
pub(super) use download::{send_csv, send_json};
pub(super) use findings::Whole;
pub(super) use page::{show_map, show_results};
pub(super) use reader::may_read;
pub(super) use reader::only_read;
pub(super) use rows::{ResultRows, Row};
pub(super) use statements::show_statements;
