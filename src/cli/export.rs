//! `boule export`

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::domain::{ConversationRecord, Slug};
use crate::exchange::polis;
use crate::opinion::{self, Votes};
use crate::store::{DataDir, Store};

use super::DataArgs;

/// Write the owner's faithful copy of a conversation, in the files of a Polis export
///
/// comments.csv, votes.csv, participants-votes.csv and summary.csv: the old exporter's columns
/// and is-meta, is-seed; times in milliseconds and UTC. It holds participants' numbers and every
/// vote: keep it as you keep the database. It works beside a running server.
#[derive(Args)]
pub(super) struct Export {
    /// The conversation, as in /c/SLUG
    slug: String,
    /// The directory to write into; it must not hold an export yet
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

impl Export {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let slug = Slug::parse(&self.slug)?;
        let dir = DataDir::beside(&self.data.dir()?)?;
        let store = Store::open_beside(&dir).await?;
        let Some(id) = store.conversation(&slug).await? else {
            anyhow::bail!("there is no conversation “{slug}” in {}", dir.path().display());
        };
        let events = store.events(id).await?;
        store.close().await;
        let log = polis::vote_log(events.iter());
        let record = ConversationRecord::fold(id, events)?;
        let record = record.ok_or_else(|| anyhow::anyhow!("the conversation “{slug}” has no events"))?;
        // Computed cold, as a published map is: the same groups on every machine.
        let map = opinion::compute(&Votes::of_record(&record), &opinion::Params::default());
        let groups: HashMap<_, _> =
            map.participants.iter().filter_map(|p| Some((p.id, p.group()?))).collect();
        polis::write_export(&self.out, &record, &log, &groups)?;
        say!(
            "wrote {} statements, {} participants and {} votes to {}",
            record.statements.len(),
            record.participants.len(),
            log.len(),
            self.out.display()
        );
        Ok(ExitCode::SUCCESS)
    }
}
