//! Backups: one file that holds everything, made while the server runs, and the way back from it.

mod archive;
mod backup;
mod copy;
mod erase_again;
mod restore;

pub(super) use backup::Backup;
pub(super) use copy::Copy;
pub(super) use restore::Restore;
