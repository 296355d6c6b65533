//! What a session has sent of the results last, so that it does not send it again.

use std::sync::{Arc, OnceLock};

use crate::live::PublishedMap;

/// The map, or the counts alone.
pub(super) struct ShownResults {
    frame: Arc<OnceLock<bytes::Bytes>>,
    with_map: bool,
}

impl ShownResults {
    /// What is sent now.
    pub fn of(published: &PublishedMap, with_map: bool) -> Self {
        Self { frame: Arc::clone(&published.frame), with_map }
    }

    /// Whether that is the same.
    pub fn is(&self, published: &PublishedMap, with_map: bool) -> bool {
        self.with_map == with_map && Arc::ptr_eq(&self.frame, &published.frame)
    }
}
