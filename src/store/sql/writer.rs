//! The group commit: every batch of events that waits, of all conversations, goes into one
//! transaction and one fsync. An answer is given only after the commit (I2).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tracing::Instrument;

use super::commit::commit;
use super::heads::Heads;
use super::queue::{BatchResult, QueuedBatch};
use super::write_access::WriteAccess;
use crate::store::error::StoreError;
use crate::store::meters::StoreMeters;
use crate::store::postgres::append::Appender;

/// How many waiting batches one transaction takes.
const BATCHES_PER_COMMIT: usize = 512;

/// How soon the write-ahead log is emptied again where somebody was reading it.
const EMPTY_AGAIN: Duration = Duration::from_secs(1);

/// What writes batches.
pub(in crate::store) struct Writer {
    pub access: Arc<WriteAccess>,
    /// The way past explicit transactions that PostgreSQL has.
    pub appender: Option<Appender>,
    pub meters: Arc<StoreMeters>,
    pub saves: Arc<AtomicBool>,
}

impl Writer {
    /// Takes waiting batches until every [`super::store::Store`] is dropped.
    pub async fn run(mut self, mut waiting: mpsc::Receiver<QueuedBatch>) {
        let mut batch = Vec::with_capacity(BATCHES_PER_COMMIT);
        let mut heads = Heads::default();
        loop {
            let taken = if self.access.holds_words() {
                // Somebody else was reading when words were to go out of the write-ahead log: again, soon.
                match tokio::time::timeout(EMPTY_AGAIN, waiting.recv_many(&mut batch, BATCHES_PER_COMMIT))
                    .await
                {
                    Ok(taken) => taken,
                    Err(_) => {
                        self.access.drop_words().await;
                        continue;
                    }
                }
            } else {
                tokio::select! {
                    biased;
                    taken = waiting.recv_many(&mut batch, BATCHES_PER_COMMIT) => taken,
                    () = self.access.left_words() => continue,
                }
            };
            if taken == 0 {
                return;
            }
            #[expect(clippy::disallowed_methods, reason = "a meter of the disk: nothing is decided by it")]
            let began = Instant::now();
            let span = tracing::debug_span!("commit", batches = batch.len());
            let results = self.write(&batch, &mut heads).instrument(span).await;
            #[expect(clippy::disallowed_methods, reason = "the same")]
            self.meters.commit_seconds.observe(began.elapsed().as_secs_f64());
            self.note(&results);
            // Before anybody is told that words are gone; and again, where somebody else was reading.
            let is_written = results.iter().any(Result::is_ok);
            let forgets =
                batch.iter().zip(&results).any(|(pending, result)| result.is_ok() && pending.new.forgets());
            if is_written && (self.access.holds_words() || forgets) {
                self.access.drop_words().await;
            }
            for (pending, result) in batch.drain(..).zip(results) {
                // A receiver that is gone loses only its answer: the events are recorded.
                let _ = pending.reply.send(result);
            }
        }
    }

    /// What became of each batch.
    async fn write(&mut self, batch: &[QueuedBatch], heads: &mut Heads) -> Vec<BatchResult> {
        if let Some(appender) = &mut self.appender {
            return appender.commit(&self.access, batch, heads).await;
        }
        match commit(&self.access, batch, heads).await {
            Ok(results) => results,
            Err(error) => {
                heads.forget_all();
                batch.iter().map(|_| Err(error.clone())).collect()
            }
        }
    }

    /// Counts what was written, and remembers whether anything can be.
    fn note(&self, results: &[BatchResult]) {
        let fails = |result: &&BatchResult| matches!(result, Err(error) if !matches!(error, StoreError::Outdated(_) | StoreError::Taken(_)));
        let failed = results.iter().filter(fails).count();
        self.saves.store(failed == 0, Ordering::Relaxed);
        if failed > 0 {
            self.meters.failures.inc();
        }
        if failed < results.len() {
            let events = results.iter().flatten().map(Vec::len).sum::<usize>();
            self.meters.events.inc_by(events as u64);
            self.meters.commit_events.observe(events as f64);
        }
    }
}
