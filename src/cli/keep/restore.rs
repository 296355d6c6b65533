//! `boule restore`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use clap::Args;

use super::archive;
use super::erase_again::erase_again;
use crate::cli::DataArgs;
use crate::clock::Clock;
use crate::instance::{InstanceAct, InstanceActor};
use crate::private;
use crate::store::{DataDir, Erasure, ErasureRecord, Store};

/// Bring a backup back into an empty directory
///
/// Whoever was erased after the backup was made is erased once more, by the file that notes erasures outside the
/// data directory. Sessions are not in a backup: everybody signs in again.
#[derive(Args)]
pub(in crate::cli) struct Restore {
    /// The backup
    file: PathBuf,
    /// The file that notes who was erased [default: beside the data directory, with .erasures added to its name]
    #[arg(long, value_name = "FILE", conflicts_with = "without_erasures")]
    erasures: Option<PathBuf>,
    /// Restore although no note of erasures is left: people who were erased after the backup come back
    #[arg(long)]
    without_erasures: bool,
    #[command(flatten)]
    data: DataArgs,
}

impl Restore {
    pub(in crate::cli) async fn run(self) -> anyhow::Result<ExitCode> {
        let config = self.data.config(crate::config::ConfigLayer::default(), crate::config::DEFAULT_DATA)?;
        let dir = config.data.clone();
        let kept = config.erasures.as_ref().map_or_else(|| ErasureRecord::beside(&dir), ErasureRecord::at);
        let erasures = self.erasures(&kept)?;
        let is_empty = std::fs::read_dir(&dir).map_or(true, |mut entries| entries.next().is_none());
        ensure!(is_empty, "{} is not empty; a backup is restored into an empty directory", dir.display());
        // Aside until everybody who was erased is erased again: nobody serves half of it.
        let aside = aside(&dir)?;
        let restored = restore(&self.file, &aside, kept, &erasures).await;
        if restored.is_err() {
            // What can't be removed is nobody's data directory, and is named so.
            let _ = std::fs::remove_dir_all(&aside);
        }
        let (conversations, erased) = restored?;
        if dir.exists() {
            std::fs::remove_dir(&dir)?;
        }
        std::fs::rename(&aside, &dir)
            .with_context(|| format!("{} can't be put in its place", aside.display()))?;
        say!("restored {conversations} conversations into {}", dir.display());
        say!("erased once more: {erased} of {} that are noted", erasures.len());
        say!("boule check looks through all of it");
        Ok(ExitCode::SUCCESS)
    }

    fn erasures(&self, kept: &ErasureRecord) -> anyhow::Result<Vec<Erasure>> {
        if self.without_erasures {
            return Ok(Vec::new());
        }
        let record = self.erasures.as_ref().map_or_else(|| kept.clone(), ErasureRecord::at);
        record.read().with_context(|| {
            format!(
                "{}, the note of who was erased, can't be read; name it with --erasures, or say --without-erasures if nobody was erased",
                record.path().display()
            )
        })
    }
}

/// How many conversations there are, and how many erasures were done once more.
async fn restore(
    file: &Path,
    dir: &Path,
    kept: ErasureRecord,
    erasures: &[Erasure],
) -> anyhow::Result<(usize, usize)> {
    let (mut archive, manifest) = archive::open(file)?;
    private::dir(dir)?;
    archive::unpack(&mut archive, &manifest, dir)?;
    let data = DataDir::lock(dir)?.noting_erasures_in(kept.clone());
    let store = Store::open(&data).await?;
    let heads: Vec<String> = store.log_heads().await?.iter().map(ToString::to_string).collect();
    ensure!(heads == manifest.heads, "the logs of the backup do not end where its manifest says");
    let erased = erase_again(&store, erasures).await?;
    kept.take_over(erasures).with_context(|| format!("{} can't be written", kept.path().display()))?;
    let now = Clock::system().now();
    store.note(now, InstanceActor::CommandLine, InstanceAct::Restored {}).await?;
    let conversations = store.stored_conversations().await?.len();
    store.close().await;
    Ok((conversations, erased))
}

/// A directory beside the one that is restored.
fn aside(dir: &Path) -> anyhow::Result<PathBuf> {
    let mut name = dir.file_name().context("the data directory has no name of its own")?.to_owned();
    name.push(".restoring");
    let aside = dir.with_file_name(name);
    ensure!(!aside.exists(), "{} is left from another restore; delete it first", aside.display());
    Ok(aside)
}
