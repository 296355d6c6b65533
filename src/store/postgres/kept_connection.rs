//! A connection for one purpose, that is kept for the next time it is needed.

use std::sync::Arc;
use std::time::Duration;

use sqlx::Executor;
use sqlx::postgres::PgConnection;
use tokio::sync::Mutex;

use super::hosts::Hosts;
use crate::store::error::{Cause, StoreError};
use crate::store::sql::dialect::is_open;

/// One that connects when it is first needed, and anew when something did not go well.
pub(in crate::store) struct KeptConnection {
    hosts: Arc<Hosts>,
    /// What it begins with.
    begin: &'static str,
    /// What takes longer is given up, and its connection with it.
    within: Duration,
    kept: Mutex<Option<PgConnection>>,
}

impl KeptConnection {
    /// One to the host that is written, begun with these words.
    pub fn new(hosts: Arc<Hosts>, begin: &'static str, within: Duration) -> Self {
        Self { hosts, begin, within, kept: Mutex::default() }
    }

    /// Does something on it.
    pub async fn run<T>(
        &self,
        doing: impl AsyncFnOnce(&mut PgConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, StoreError> {
        let waits = tokio::time::timeout(self.within, self.kept.lock()).await;
        let mut kept = waits.map_err(|_| StoreError::unavailable("a connection is not free in time"))?;
        let mut connection = match kept.take() {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        match self.in_time(doing(&mut connection)).await {
            Ok(done) => {
                *kept = Some(connection);
                Ok(done)
            }
            Err(error) if is_open(&error) => Err(StoreError::Unknown(Cause::new(error))),
            Err(error) => Err(error.into()),
        }
    }

    async fn connect(&self) -> Result<PgConnection, StoreError> {
        let mut connection = self.hosts.connect_native().await?;
        self.in_time(connection.execute(self.begin)).await?;
        Ok(connection)
    }

    async fn in_time<T>(
        &self,
        doing: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let done = tokio::time::timeout(self.within, doing).await;
        done.unwrap_or_else(|_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())))
    }
}
