//! The word that somebody may do more or less than before: open sockets look again at once.
//!
//! The store counts such changes. The number is looked at four times a second, so that changes by another
//! process (`boule link`, another node) are seen as soon.

use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clock::Ticks;
use crate::store::Store;

/// How often it is looked at.
const EVERY: Duration = Duration::from_millis(250);

/// A way to wait for the next change; cheap to clone.
#[derive(Clone)]
pub struct RightsChanges(watch::Receiver<i64>);

impl RightsChanges {
    /// Looks at the store until the server ends.
    pub fn watch(store: Store, closing: CancellationToken) -> Self {
        let (sender, receiver) = watch::channel(0);
        tokio::spawn(async move {
            let mut ticks = Ticks::new(EVERY, closing);
            while ticks.next().await {
                // A store that can't be read says nothing new.
                if let Ok(version) = store.rights_version().await {
                    sender.send_if_modified(|last| std::mem::replace(last, version) != version);
                }
            }
        });
        Self(receiver)
    }

    /// What comes from now on.
    pub fn news(&self) -> watch::Receiver<i64> {
        let mut news = self.0.clone();
        news.mark_unchanged();
        news
    }
}
