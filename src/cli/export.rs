//! `boule export`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::clock::Clock;
use crate::conversation::ConversationRecord;
use crate::domain::Slug;
use crate::exchange::polis;
use crate::instance::{InstanceAct, InstanceActor};
use crate::live::map_params;
use crate::opinion::{self, Votes};

use super::DataArgs;

/// Write a conversation as the files of a Polis export
///
/// The faithful copy is read by “boule import polis” and comes back the same; a README beside it says
/// what each column is. The files of a current Polis are for other programs. Both contain every
/// participant's id number and every vote: keep them as you keep the database. It works beside a running server.
#[derive(Args)]
pub(super) struct Export {
    /// The conversation, as in /c/SLUG
    slug: String,
    /// The directory to write into; it must not hold an export yet
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Which program the files are for
    #[arg(long, value_enum, default_value_t = Format::Faithful)]
    format: Format,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// For Boule: the old exporter's columns with is-meta and is-seed, and times in milliseconds
    Faithful,
    /// For other programs: the five files of a current Polis, and nothing else
    Polis,
}

impl Export {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let slug = Slug::parse(&self.slug)?;
        let (store, id) = self.data.conversation(&slug).await?;
        let events = store.events(id).await?;
        let letters = store.letters(id).await.unwrap_or_default();
        let (now, taken) = (Clock::system().now(), InstanceAct::ConversationExported { conversation: id });
        store.note(now, InstanceActor::CommandLine, taken).await?;
        store.close().await;
        let record = ConversationRecord::fold(id, events.iter().cloned())?;
        let record = record.ok_or_else(|| anyhow::anyhow!("the conversation “{slug}” has no events"))?;
        let log = polis::vote_log(events.iter());
        // Computed cold, the same on every machine; with the letters that people see.
        let map = opinion::compute(&Votes::of_record(&record), &map_params(&record.conversation.settings));
        let map = map.continued_from_letters(&letters);
        match self.format {
            Format::Faithful => polis::write_export(&self.out, &record, &log, &polis::group_ids(&map))?,
            Format::Polis => polis::write_current(&self.out, &record, &events, &map)?,
        }
        say!(
            "wrote {} statements, {} participants and {} votes to {}",
            record.statements.len(),
            record.participants.len(),
            log.len(),
            self.out.display()
        );
        let left_out = record.excluded().len();
        if left_out > 0 {
            say!(
                "{left_out} participants in these files have votes that moderators left out of the results; they are in no group"
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}
