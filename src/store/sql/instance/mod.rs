//! Who runs the instance, and its own log.

mod accounts;
mod departments;
mod grants;
mod identities;
mod journal;
mod links;
mod log;
mod open_link;
mod sessions;
mod site_pages;

pub use journal::JournalFilter;
pub(super) use log::{RightsChange, append};
