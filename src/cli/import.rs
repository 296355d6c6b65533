//! `boule import`

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use crate::clock::{Clock, random_bytes};
use crate::conversation::{EventBody, NewEvent};
use crate::domain::{ConversationId, Moderation, Seq, Slug};
use crate::exchange::polis::{self, PolisExport, ReadOptions};
use crate::store::{NewEvents, Store};

use super::DataArgs;
use super::reading::{ModerationArg, Sign};

/// Bring a conversation from another system
#[derive(Args)]
pub(super) struct Import {
    #[command(subcommand)]
    from: ImportSource,
}

#[derive(Subcommand)]
enum ImportSource {
    Polis(Polis),
}

/// From a Polis export: a directory with comments.csv, votes.csv (or, when that is missing,
/// participants-votes.csv) and summary.csv
///
/// Everything is read and checked first, and then written in one transaction: after an error the
/// database is as before. Statement and participant numbers and every vote are kept. The server
/// must not be running on the same data directory.
#[derive(Args)]
struct Polis {
    /// The export's directory
    dir: PathBuf,
    /// The address of the new conversation, as in /c/SLUG
    #[arg(long)]
    slug: String,
    /// Whether statements that were neither accepted nor rejected are shown: they wait for a moderator
    /// (before), or are shown at once (after) [default: after, if people other than the authors voted on at
    /// least half of them; otherwise before]
    #[arg(long, value_name = "RULE")]
    moderation: Option<ModerationArg>,
    #[command(flatten)]
    sign: Sign,
    /// Leave the conversation open for votes; otherwise it is closed, and can be opened later
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    data: DataArgs,
}

impl Import {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let ImportSource::Polis(polis) = self.from;
        polis.run().await
    }
}

impl Polis {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let slug = Slug::parse(&self.slug)?;
        let dir = self.data.lock()?;
        let store = Store::open(&dir).await?;
        if store.conversation(&slug).await?.is_some() {
            anyhow::bail!("there is a conversation “{slug}” already; choose another --slug");
        }
        let options = ReadOptions {
            moderation: self.moderation.map(ModerationArg::rule),
            agree_is: self.sign.agree_is(),
        };
        let export = read(&self.dir, options)?;
        let mut events = polis::to_events(&export, &slug, &mut random_bytes);
        if self.open {
            events.retain(|event| !matches!(event.body, EventBody::ConversationClosed(_)));
        }
        let conversation = ConversationId::from_random(random_bytes());
        write(&store, conversation, events).await?;
        // So that its first visitor need not wait for the whole log. Without it only that is slower.
        if let Err(error) = store.keep_snapshot(conversation).await {
            tracing::warn!(%error, "no snapshot could be made");
        }
        store.close().await;
        report(&export, &slug);
        Ok(ExitCode::SUCCESS)
    }
}

fn read(dir: &std::path::Path, options: ReadOptions) -> anyhow::Result<PolisExport> {
    let bar = bar("reading", "{bytes} of {total_bytes}");
    let export = polis::read_export_with(dir, options, &mut |read, all| {
        bar.set_length(all);
        bar.set_position(read);
    });
    bar.finish_and_clear();
    Ok(export?)
}

async fn write(store: &Store, conversation: ConversationId, events: Vec<NewEvent>) -> anyhow::Result<()> {
    let bar = bar("writing", "{human_pos} of {human_len} events");
    bar.set_length(events.len() as u64);
    let progress = Arc::new(AtomicU64::new(0));
    let (at, after) = (Clock::system().now(), Seq(0));
    let new = NewEvents::new(conversation, after, at, events);
    let mut writing = std::pin::pin!(store.record_with_progress(new, Arc::clone(&progress)));
    let result = loop {
        tokio::select! {
            result = &mut writing => break result,
            () = tokio::time::sleep(Duration::from_millis(100)) => bar.set_position(progress.load(Ordering::Relaxed)),
        }
    };
    bar.finish_and_clear();
    result?;
    Ok(())
}

/// A bar on a terminal; nothing where there is none.
fn bar(what: &'static str, counts: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(&format!("{what} {{wide_bar}} {counts}"));
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn report(export: &PolisExport, slug: &Slug) {
    let current = export.votes();
    let votes: usize = current.participants.iter().map(|participant| participant.votes.len()).sum();
    let of = |state| export.statements.iter().filter(|s| s.moderation == state).count();
    say!("imported into /c/{slug}:");
    say!("  {} participants, {} of whom voted", export.participants().len(), current.participants.len());
    say!(
        "  {} statements: {} accepted, {} pending, {} rejected",
        export.statements.len(),
        of(Moderation::Accepted),
        of(Moderation::Pending),
        of(Moderation::Rejected)
    );
    say!("  {votes} current votes, from {} votes in the log", export.vote_events());
    for note in &export.notes {
        say!("  note: {note}");
    }
}
