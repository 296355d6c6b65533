//! What moderators do: read what waits, decide on it by the published policy, and watch the live groups.

mod alike;
mod arrivals;
mod decide;
mod listed;
mod many;
mod page;
mod place;

pub(super) use decide::moderate_statement;
pub(super) use many::{moderate_many, preview_many};
pub(super) use page::{show_conversations, show_desk};
