//! What an address says of a page that somebody is sent back to.

use serde::Deserialize;

/// Whether what was asked for was done a moment ago.
#[derive(Default, Deserialize)]
pub(super) struct DoneQuery {
    done: Option<u32>,
}

impl DoneQuery {
    /// Something was done.
    pub fn is_done(&self) -> bool {
        self.done.is_some()
    }
}
