//! The hosts of a server, and the one of them that can be written.

use std::str::FromStr;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{OnceLock, Weak};
use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};

use super::address::ServerAddress;
use crate::store::error::StoreError;

/// A host that says nothing for so long is passed over.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// How often it is looked whether whoever reads is still where is written.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(1);

/// What every connection that writes begins with. A commit is on disk before it is answered (I2), on the standby too where the
/// server has a synchronous one. Whoever stops in the middle of a transaction soon loses it, nobody waits for a lock without an end,
/// and a server notices that whoever asked is gone.
const BEGIN_WRITING: &str = "SET synchronous_commit = on; SET default_transaction_isolation = 'read committed'; \
    SET idle_in_transaction_session_timeout = '3s'; SET lock_timeout = '5s'; \
    SET client_connection_check_interval = '2s'; SET plan_cache_mode = force_generic_plan";

/// The server's age: it grows with every fail-over. And whether it is a standby.
const WHO_ARE_YOU: &str = "SELECT pg_is_in_recovery(), CASE WHEN pg_is_in_recovery() THEN 0
    ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END";

struct Host {
    native: PgConnectOptions,
    any: AnyConnectOptions,
}

/// The hosts of a server.
pub(in crate::store) struct Hosts {
    hosts: Vec<Host>,
    shown: String,
    /// The one that was written last.
    current: AtomicUsize,
    /// The highest timeline that was seen: an old primary that comes back is refused.
    timeline: AtomicI64,
    /// Who reads goes where is written.
    readers: OnceLock<AnyPool>,
}

impl Hosts {
    /// The hosts of an address.
    pub fn new(address: &ServerAddress) -> Result<Self, StoreError> {
        let host = |url: &String| -> Result<Host, StoreError> {
            let native = PgConnectOptions::from_str(url)?
                .application_name("boule")
                .log_statements(tracing::log::LevelFilter::Trace);
            Ok(Host { native, any: url.parse()? })
        };
        Ok(Self {
            hosts: address.hosts().iter().map(host).collect::<Result<_, _>>()?,
            shown: address.to_string(),
            current: AtomicUsize::new(0),
            timeline: AtomicI64::new(0),
            readers: OnceLock::new(),
        })
    }

    /// Where the host is that is written now, for who reads.
    pub fn options(&self) -> AnyConnectOptions {
        self.host(self.current.load(Ordering::Acquire)).any.clone()
    }

    /// These readers are led along when another host is written.
    pub fn lead(&self, readers: &AnyPool) {
        let _ = self.readers.set(readers.clone());
    }

    fn host(&self, at: usize) -> &Host {
        // Never empty, and the index is one of theirs: an address has at least one host.
        &self.hosts[at % self.hosts.len()]
    }

    /// A connection to the host that can be written: of those that are no standby, the one with the highest timeline.
    pub async fn connect_native(&self) -> Result<PgConnection, StoreError> {
        let tries = (0..self.hosts.len()).map(|at| async move {
            let answer = tokio::time::timeout(ANSWERS_WITHIN, self.try_host(at)).await;
            answer
                .unwrap_or_else(|_| Err("it does not answer".to_owned()))
                .map(|(timeline, connection)| (timeline, at, connection))
        });
        let mut newest: Option<(i64, usize, PgConnection)> = None;
        let mut reasons = Vec::new();
        for tried in futures_util::future::join_all(tries).await {
            match tried {
                Ok(found) if newest.as_ref().is_none_or(|newest| found.0 > newest.0) => newest = Some(found),
                Ok(_) => reasons.push("another server has taken its place".to_owned()),
                Err(why) => reasons.push(why),
            }
        }
        match newest {
            Some((timeline, at, connection))
                if timeline >= self.timeline.fetch_max(timeline, Ordering::AcqRel) =>
            {
                self.note(at);
                Ok(connection)
            }
            Some(_) => Err(self.refused("another server has taken its place")),
            None => {
                reasons.dedup();
                Err(self.refused(&reasons.join("; ")))
            }
        }
    }

    fn refused(&self, why: &str) -> StoreError {
        StoreError::unavailable(format!("{} can't be written: {why}", self.shown))
    }

    async fn try_host(&self, at: usize) -> Result<(i64, PgConnection), String> {
        let said = |error: sqlx::Error| error.to_string();
        let mut connection = PgConnection::connect_with(&self.host(at).native).await.map_err(said)?;
        let (is_standby, timeline): (bool, i64) =
            sqlx::query_as(WHO_ARE_YOU).fetch_one(&mut connection).await.map_err(said)?;
        if is_standby {
            return Err("it is a standby".to_owned());
        }
        connection.execute(BEGIN_WRITING).await.map_err(said)?;
        Ok((timeline, connection))
    }

    /// Looks again and again whether whoever reads is where is written, as long as anybody has these hosts: nobody may be there
    /// to write, and find out.
    pub async fn look(hosts: Weak<Self>) {
        loop {
            tokio::time::sleep(LOOKED_AT_EVERY).await;
            let Some(hosts) = hosts.upgrade() else { return };
            let Some(readers) = hosts.readers.get().filter(|readers| !readers.is_closed()) else { return };
            let asked = sqlx::query_scalar("SELECT CAST(pg_is_in_recovery() AS INT)").fetch_one(readers);
            let is_there = matches!(tokio::time::timeout(ANSWERS_WITHIN, asked).await, Ok(Ok(0_i32)));
            if !is_there && let Err(error) = hosts.connect_native().await {
                tracing::debug!(%error, "no host can be written");
            }
        }
    }

    fn note(&self, at: usize) {
        if self.current.swap(at, Ordering::AcqRel) != at
            && let Some(readers) = self.readers.get()
        {
            readers.set_connect_options(self.host(at).any.clone());
        }
    }

    /// The same for the texts that both engines speak.
    pub async fn connect(&self) -> Result<AnyConnection, StoreError> {
        // Finds out which host it is.
        self.connect_native().await?.close().await?;
        let mut connection = AnyConnection::connect_with(&self.options()).await?;
        connection.execute(BEGIN_WRITING).await?;
        Ok(connection)
    }
}
