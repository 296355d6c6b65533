//! `boule backup`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::archive::{self, Manifest, SECRETS};
use crate::cli::DataArgs;
use crate::clock::Clock;
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::{DataDir, Store};
use crate::texts::iso_moment;

/// Write everything to one file, while the server runs
///
/// The file is a zip archive that only you can read. It holds the database as it was at one moment, with
/// checksums and the ends of all logs. It is as secret as the database: keep it on another machine.
#[derive(Args)]
pub(in crate::cli) struct Backup {
    /// The file to write; it must not be there yet
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

/// How much a backup gives way, a niceness.
#[cfg(target_os = "linux")]
const GIVES_WAY: i32 = 10;

impl Backup {
    pub(in crate::cli) async fn run(self) -> anyhow::Result<ExitCode> {
        // A server on the same machine goes first.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::nice(GIVES_WAY);
        let to = &self.file;
        anyhow::ensure!(!to.exists(), "{} is there already; name another file", to.display());
        let dir = self.data.beside()?;
        let store = Store::open_beside(&dir).await?;
        // Before the log says that there was a backup.
        anyhow::ensure!(
            !store.is_on_server(),
            "the database is on a server: back it up by the server's own means, or copy it with boule copy"
        );
        // Before the copy, so that the copy says so as well.
        let now = Clock::system().now();
        store.note(now, InstanceActor::CommandLine, InstanceAct::BackedUp {}).await?;
        let written = write(&store, &dir, to, Manifest::new(iso_moment(now), Vec::new())).await;
        store.close().await;
        let (bytes, heads) = written.inspect_err(|_| {
            let _ = std::fs::remove_file(to);
        })?;
        say!("wrote {} ({:.1} MB), readable by you alone", to.display(), bytes as f64 / 1e6);
        say!("it holds: {SECRETS}");
        say!("where its logs end:");
        for head in heads {
            say!("{head}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn write(
    store: &Store,
    dir: &DataDir,
    to: &Path,
    manifest: Manifest,
) -> anyhow::Result<(u64, Vec<String>)> {
    let mut name = to.file_name().context("a file has to be named")?.to_owned();
    name.push(".database");
    let copy = to.with_file_name(name);
    let copied = store.copy_to(&copy).await;
    let written = copied.map_err(anyhow::Error::from).and_then(|heads| {
        let heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
        let manifest = Manifest { heads: heads.clone(), ..manifest };
        Ok((archive::write(to, &copy, &dir.path().join("letters"), manifest)?, heads))
    });
    let _ = std::fs::remove_file(&copy);
    written
}
