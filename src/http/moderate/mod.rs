//! What moderators do: read what waits, decide on it by the published policy, and watch the live groups.

mod alike;
mod arrivals;
mod curate;
mod decide;
mod extras;
mod flags;
mod leave_out;
mod listed;
mod many;
mod page;
mod place;
mod rows;
mod watch;

pub(super) use curate::curate_statement;
pub(super) use decide::moderate_statement;
pub(super) use leave_out::{ask_to_leave_out, count_again, leave_out};
pub(super) use many::{moderate_many, preview_many};
pub(super) use page::{show_conversations, show_desk};
pub(super) use watch::show_watch;
