//! Opening a store on the engine that was chosen.

use super::data_dir::DataDir;
use super::error::StoreError;
use super::sql::dialect::Dialect;
use super::sql::store::Store;
use super::sqlite::SyncMode;

impl Store {
    /// Opens the database to write: makes or upgrades it.
    pub async fn open(dir: &DataDir) -> Result<Self, StoreError> {
        match dir.server() {
            Some(address) => Self::open_server(dir, address).await,
            None => Self::open_with_synchronous(dir, SyncMode::Full).await,
        }
    }

    /// Opens a database that exists and is up to date, beside the process that writes it.
    pub async fn open_beside(dir: &DataDir) -> Result<Self, StoreError> {
        match dir.server() {
            Some(address) => Self::open_server_beside(dir, address).await,
            None => Self::open_file_beside(dir).await,
        }
    }

    /// Whether the database is on a server, and not in a file of the data directory.
    pub fn is_on_server(&self) -> bool {
        self.writer.dialect() == Dialect::Postgres
    }

    /// Looks once at every page of a database that is small enough for that, and remembers if one is
    /// damaged: else nobody would know before somebody needs it. A server looks after its own.
    pub async fn look_for_damage(&self) {
        if self.writer.dialect() == Dialect::Sqlite {
            self.look_into_file().await;
        }
    }

    /// What is wrong with the database itself: damaged pages, rows that refer to nothing, a log that
    /// is no longer protected.
    pub async fn file_problems(&self) -> Result<Vec<String>, StoreError> {
        match self.writer.dialect() {
            Dialect::Sqlite => self.problems_of_file().await,
            Dialect::Postgres => self.problems_of_server().await,
        }
    }
}
