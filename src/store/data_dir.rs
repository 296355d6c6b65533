//! A data directory: the database, the operator's key, and the lock of the one process that
//! writes events into it.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::erasures::ErasureRecord;
use super::postgres::address::ServerAddress;
use crate::private;

const DATABASE: &str = "boule.sqlite";
/// The process that has the directory.
const HOLDER: &str = "boule.lock";

/// Why a data directory can't be used: each a sentence for the person who named it.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// It can't be made or written.
    #[error("the data directory {path} can't be used: {why}")]
    Unusable {
        /// The directory.
        path: PathBuf,
        /// The system's reason.
        why: std::io::Error,
    },
    /// Another process has it.
    #[error(
        "the data directory {0} is in use by another boule process; stop it first, or name another one with --data"
    )]
    Locked(PathBuf),
    /// There is no database in it.
    #[error("there is no Boule database in {0}; name the right directory with --data")]
    Empty(PathBuf),
}

impl fmt::Display for DataDir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.server {
            Some(server) => server.fmt(f),
            None => self.path.display().fmt(f),
        }
    }
}

/// A data directory, opened.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    erasures: ErasureRecord,
    /// The server that holds the database, where it is not in a file here.
    server: Option<ServerAddress>,
    /// Held as long as this value lives; the system lets go of it even on kill −9.
    _lock: Option<[File; 2]>,
}

impl DataDir {
    /// Opens a directory to write events, making it when it is missing. One process at a time.
    pub fn lock(path: &Path) -> Result<Self, DataDirError> {
        Self::lock_for(path, None)
    }

    /// The same, where the database may be on a server: the directory has what stands beside it.
    pub fn lock_for(path: &Path, server: Option<ServerAddress>) -> Result<Self, DataDirError> {
        let unusable = |why| DataDirError::Unusable { path: path.to_owned(), why };
        private::dir(path).map_err(unusable)?;
        // The directory itself is locked: a file in it could be deleted under a running server. (Not the
        // database: closing it here would let go of SQLite's own locks.)
        let lock = File::open(path).map_err(unusable)?;
        // An older Boule locks this file and not the directory: neither may run beside the other.
        let holder = private::open(&path.join(HOLDER)).map_err(unusable)?;
        match lock.try_lock().and_then(|()| holder.try_lock()) {
            Ok(()) => {
                // For whoever wants to know which process it is; the lock is what counts.
                let _ = holder.set_len(0);
                let _ = (&holder).write_all(std::process::id().to_string().as_bytes());
                if server.is_none() {
                    // SQLite gives its other files the rights of this one.
                    private::file_if_missing(&path.join(DATABASE)).map_err(unusable)?;
                }
                let erasures = ErasureRecord::beside(path);
                Ok(Self { path: path.to_owned(), erasures, server, _lock: Some([lock, holder]) })
            }
            Err(TryLockError::WouldBlock) => Err(DataDirError::Locked(path.to_owned())),
            Err(TryLockError::Error(why)) => Err(unusable(why)),
        }
    }

    /// Opens a directory that has a database, beside the process that may be writing it.
    pub fn beside(path: &Path) -> Result<Self, DataDirError> {
        Self::beside_for(path, None)
    }

    /// The same, where the database may be on a server.
    pub fn beside_for(path: &Path, server: Option<ServerAddress>) -> Result<Self, DataDirError> {
        let dir = Self { path: path.to_owned(), erasures: ErasureRecord::beside(path), server, _lock: None };
        let is_there = dir.server.is_some() || dir.database().is_file();
        if is_there { Ok(dir) } else { Err(DataDirError::Empty(path.to_owned())) }
    }

    /// The server that holds the database, where it is not in a file here.
    pub fn server(&self) -> Option<&ServerAddress> {
        self.server.as_ref()
    }

    /// Whether others than its owner may look into it, which was so before Boule came.
    pub fn is_open_to_others(&self) -> bool {
        private::is_open_to_others(&self.path)
    }

    /// The same, with the note of who was erased in another file than the one beside it.
    #[must_use]
    pub fn noting_erasures_in(self, record: ErasureRecord) -> Self {
        Self { erasures: record, ..self }
    }

    /// Where it is noted who was erased.
    pub fn erasures(&self) -> &ErasureRecord {
        &self.erasures
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// The process that locked the directory last.
    pub fn holder(&self) -> Option<u32> {
        fs::read_to_string(self.path.join(HOLDER)).ok()?.trim().parse().ok()
    }

    /// The operator's key of a directory that a server was started on.
    pub fn existing_operator_key(&self) -> Result<String, DataDirError> {
        let path = self.path.join("operator.key");
        match fs::read_to_string(&path) {
            Ok(key) => Ok(key.trim().to_owned()),
            Err(why) => Err(DataDirError::Unusable { path, why }),
        }
    }

    /// The operator's key, made from `fresh` when there is none: who can read it is exempt from
    /// rate limits.
    pub fn operator_key(&self, fresh: [u8; 32]) -> Result<String, DataDirError> {
        let path = self.path.join("operator.key");
        let unusable = |why| DataDirError::Unusable { path: path.clone(), why };
        let mut key = String::new();
        match File::open(&path) {
            Ok(mut file) => {
                file.read_to_string(&mut key).map_err(unusable)?;
            }
            Err(_) => {
                key = hex::encode(fresh);
                private::file(&path).and_then(|mut file| file.write_all(key.as_bytes())).map_err(unusable)?;
            }
        }
        Ok(key.trim().to_owned())
    }
}
