//! What everybody may read of the votes: the results.

mod download;
mod findings;
mod left_out;
mod page;
mod reader;
mod rows;
mod snapshot;
mod standings;
mod statements;
mod timeline;

pub(super) use download::{__path_list_results, VotesPart, list_results, send_csv, send_json};
pub(super) use findings::Whole;
pub(super) use page::{show_map, show_results};
pub(super) use reader::only_read;
pub(super) use reader::{may_read, own};
pub(super) use rows::{Bar, GroupBar, ResultRows, Row};
pub(super) use snapshot::{send_rows, show_snapshot};
pub(super) use standings::{Standing, standings};
pub(super) use statements::show_statements;
