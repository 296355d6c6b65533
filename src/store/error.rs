//! What can go wrong in the store, for the layer above to act on.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::domain::Slug;

/// What went wrong in the store. Each variant needs a different response from the caller.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Another conversation has this address.
    #[error("another conversation already has the address “{0}”")]
    Taken(Slug),
    /// The log is not where its writer believes: somebody else has written it.
    #[error("{0}")]
    Outdated(String),
    /// Disk full, I/O error, busy: nothing was written; trying again later may work.
    #[error("the store can't be read or written right now: {what}")]
    Unavailable {
        /// What could not be done.
        what: String,
        /// The underlying error, if another library reported one.
        #[source]
        source: Option<Cause>,
    },
    /// The connection broke after something was sent: it may be written, or may not. Whoever reads it again finds out.
    #[error("the connection to the database broke; whether this was saved is not known: {0}")]
    Unknown(#[source] Cause),
    /// The stored data is not what this program writes.
    #[error("the database is damaged: {what}")]
    Damaged {
        /// What is wrong.
        what: String,
        /// The underlying error, if another library reported one.
        #[source]
        source: Option<Cause>,
    },
    /// The database was written by a newer program.
    #[error("the database was written by a newer Boule (schema version {0}); use that version")]
    Newer(i64),
    /// The database was written by an older program, and this one may only read.
    #[error("the database is from an older Boule; start `boule serve` on it once to upgrade it")]
    Older,
    /// The database was written before the first log format.
    #[error(
        "this data was written by a development build of Boule, before log format 1, and can't be read; choose another directory with --data"
    )]
    Unreleased,
    /// This SQLite has a bug that can lose committed data.
    #[error("{0}")]
    UnsafeEngine(String),
}

/// What another library said; shared, since many wait for the same transaction.
#[derive(Clone)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    /// Keeps an error.
    pub(super) fn new(error: impl Error + Send + Sync + 'static) -> Self {
        Self(Arc::new(error))
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl StoreError {
    /// Something can't be done now.
    pub fn unavailable(what: impl Into<String>) -> Self {
        StoreError::Unavailable { what: what.into(), source: None }
    }

    /// The same, since another library says so.
    pub(super) fn failed(what: &str, error: impl Error + Send + Sync + 'static) -> Self {
        StoreError::Unavailable { what: format!("{what}: {error}"), source: Some(Cause::new(error)) }
    }

    /// Something stored is not what this program writes.
    pub fn damaged(what: impl Into<String>) -> Self {
        StoreError::Damaged { what: what.into(), source: None }
    }
}
