//! What everybody may read: the results, and the published agenda.

mod agenda;
mod page;
mod rows;

pub(super) use agenda::show_agenda;
pub(super) use page::{show_map, show_results};
