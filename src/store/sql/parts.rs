//! The parts that a store is put together from, on either engine.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyPool, Executor};
use tokio::sync::mpsc;

use super::store::Store;
use super::write_access::WriteAccess;
use super::writer::Writer;
use crate::store::beside::Beside;
use crate::store::error::StoreError;
use crate::store::meters::StoreMeters;
use crate::store::postgres::append::Appender;
use crate::store::postgres::register::Register;

/// Batches that may wait for the writer: beyond that, rooms wait, and their mailboxes fill (I9).
const WAITING_BATCHES: usize = 1024;
const READERS: u32 = 4;

/// What an engine brings.
pub(in crate::store) struct Parts {
    pub writer: WriteAccess,
    pub readers: AnyPool,
    pub appender: Option<Appender>,
    pub beside: Beside,
    pub register: Option<Register>,
}

impl Parts {
    /// A store whose writer has begun.
    pub fn assembled(self) -> Store {
        let Self { writer, readers, appender, beside, register } = self;
        let (writer, meters) = (Arc::new(writer), Arc::new(StoreMeters::default()));
        let (batches, waiting) = mpsc::channel(WAITING_BATCHES);
        let saves = Arc::new(AtomicBool::new(true));
        let (access, counts, is_saving) = (Arc::clone(&writer), Arc::clone(&meters), Arc::clone(&saves));
        tokio::spawn(Writer { access, appender, meters: counts, saves: is_saving }.run(waiting));
        Store {
            writer,
            readers,
            batches,
            beside: Arc::new(beside),
            register,
            snapshots: Arc::default(),
            meters,
            saves,
            keeping_letters: Arc::default(),
            damaged: Arc::default(),
        }
    }
}

/// Connections that read, each of them begun with these words. Whoever finds none free waits so long.
pub(in crate::store) async fn readers(
    options: AnyConnectOptions,
    begin: &'static str,
    wait: Duration,
) -> Result<AnyPool, StoreError> {
    let pool = AnyPoolOptions::new()
        .max_connections(READERS)
        .min_connections(1)
        .acquire_timeout(wait)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(begin).await?;
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}
