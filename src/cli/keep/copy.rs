//! `boule copy`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::store::{DataDir, ServerAddress, Store};

/// Copy everything from one store to another: from a directory to a PostgreSQL server, or back
///
/// Stop the server first. The logs, words, accounts and links are copied as they are, and the ends of all logs are compared.
/// The copy is whole or not there: a store that holds anything already is not written. What stands beside the database
/// (the note of who was erased, the operator's key) stays in the data directory; go on with the same one.
#[derive(Args)]
pub(in crate::cli) struct Copy {
    /// A data directory, or postgres://…
    #[arg(long, value_name = "PLACE")]
    from: String,
    /// An empty or missing data directory, or postgres://… with an empty database
    #[arg(long, value_name = "PLACE")]
    to: String,
}

impl Copy {
    pub(in crate::cli) async fn run(self) -> anyhow::Result<ExitCode> {
        let (from, to) = (place(&self.from)?, place(&self.to)?);
        anyhow::ensure!(
            from.server().is_some() || from.database().is_file(),
            "there is no Boule database in {from}"
        );
        let source = Store::open(&from).await.with_context(|| format!("{from} can't be read"))?;
        let target = Store::open(&to).await.with_context(|| format!("{to} can't be written"))?;
        let copied = source.copy_all_to(&target).await;
        source.close().await;
        target.close().await;
        let heads = copied.with_context(|| format!("nothing was written to {to}"))?;
        say!("copied to {to}; the logs end as they did:");
        for head in heads {
            say!("{head}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A directory is locked, so that nobody writes it meanwhile.
fn place(text: &str) -> anyhow::Result<DataDir> {
    if text.contains("://") {
        return Ok(DataDir::beside_for(Path::new("."), Some(ServerAddress::parse(text)?))?);
    }
    Ok(DataDir::lock(Path::new(text))?)
}
