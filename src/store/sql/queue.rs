//! Batches of events that wait for the writer, and the way their answers go back.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tokio::sync::oneshot;

use super::store::Store;
use crate::conversation::Event;
use crate::store::batch::NewEvents;
use crate::store::error::StoreError;

/// What becomes of a batch.
pub(in crate::store) type BatchResult = Result<Vec<Event>, StoreError>;

/// A batch and the way its answer goes back.
pub(in crate::store) struct QueuedBatch {
    pub new: NewEvents,
    pub progress: Option<Arc<AtomicU64>>,
    pub reply: oneshot::Sender<BatchResult>,
}

impl Store {
    /// Records events. When this returns `Ok`, they are on disk.
    pub async fn record(&self, new: NewEvents) -> BatchResult {
        self.send(new, None).await
    }

    /// Records many events in one transaction, counting them in `progress` as they are written.
    pub async fn record_with_progress(&self, new: NewEvents, progress: Arc<AtomicU64>) -> BatchResult {
        self.send(new, Some(progress)).await
    }

    async fn send(&self, new: NewEvents, progress: Option<Arc<AtomicU64>>) -> BatchResult {
        let gone = || StoreError::unavailable("the writer has stopped");
        let (reply, answer) = oneshot::channel();
        self.batches.send(QueuedBatch { new, progress, reply }).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}
