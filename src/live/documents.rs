//! What an organiser publishes beside the results: results as they stand now, and everybody's votes as rows.

use super::background::{self, GIVES_WAY};
use super::kept::kept_without_words;
use super::{RoomError, RoomHandle, RoomResult};
use crate::clock::random_bytes;
use crate::conversation::{RowsDocument, SnapshotDocument};
use crate::disclosure::{Uniqueness, VoteRows};
use crate::domain::{ChainHash, Seq};
use crate::store::StoreError;

impl RoomHandle {
    /// The results as everybody may read them now, to be kept. Words stand beside them: they may go.
    pub async fn snapshot_document(&self) -> RoomResult<SnapshotDocument> {
        let board = self.board().await?;
        let kept = kept_without_words(&board).await;
        let results = serde_json::to_string(&kept).map_err(|error| StoreError::damaged(error.to_string()));
        let results = results.map_err(RoomError::NotSaved)?;
        let sha256 = ChainHash::of_text(&results).to_string();
        Ok(SnapshotDocument { version: board.published.version, results, sha256 })
    }

    /// Everybody's votes as rows, to be released.
    pub async fn rows_document(&self) -> RoomResult<RowsDocument> {
        let (at, rows) = self.vote_rows().await?;
        let write = move || {
            let csv = rows.csv(&mut || u64::from_be_bytes(random_bytes()));
            let sha256 = ChainHash::of_text(&csv).to_string();
            let people = u32::try_from(rows.people()).unwrap_or(u32::MAX);
            RowsDocument { at, people, csv, sha256 }
        };
        background::run("rows", GIVES_WAY, write).await.map_err(|_| RoomError::Stopped)
    }

    /// How easily somebody's row would be found.
    pub async fn rows_uniqueness(&self) -> RoomResult<Uniqueness> {
        let (_, rows) = self.vote_rows().await?;
        let computed = background::run("rows", GIVES_WAY, move || rows.uniqueness());
        computed.await.map_err(|_| RoomError::Stopped)
    }

    async fn vote_rows(&self) -> RoomResult<(Seq, VoteRows)> {
        let may = self.read(|state| {
            state.desk.check_rows()?;
            let record = &state.desk.record;
            // The map that everybody saw last has every vote.
            if state.map.version < record.votes_seq {
                return Err(crate::domain::Rejection::ChangedMeanwhile);
            }
            Ok((record.seq, VoteRows::of(record, &state.map.map)))
        });
        Ok(may.await??)
    }
}
