//! `boule check`

mod instance_audit;
mod log_audit;
mod noted;
mod provenance;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::domain::{ConversationId, Slug};
use crate::store::Store;

use super::DataArgs;
use log_audit::LogAudit;
use noted::NotedHeads;

/// Check the invariants of a data directory
///
/// The database file is whole, and the log is protected against changes. For every conversation:
/// the log has no gap, its hash chain is unbroken and ends in the stored head, every payload is written
/// in the one way that its format allows, every event refers to something that is there and says who
/// did it, votes were cast by admitted people on statements that were shown, staff are known by name,
/// what was promised did not change after the opening, the words are those that the log commits to,
/// tallies equal a recount, and the tables beside the log (tokens, the list of conversations) agree
/// with it. The same for the instance's own log, and the roles that it gives. With the heads that somebody
/// noted, it finds any change of what came before them, whoever made it. It works beside a running
/// server. Exit code 1 when anything is wrong.
#[derive(Args)]
pub(super) struct Check {
    #[command(flatten)]
    data: DataArgs,
    /// A file of heads that were noted before, a line each: `LOG SEQ HASH`
    #[arg(long, value_name = "FILE")]
    heads: Option<PathBuf>,
}

/// Rows that are read at a time.
const CHUNK: u32 = 10_000;

impl Check {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = self.data.beside()?;
        let noted = self.heads.as_deref().map(NotedHeads::read).transpose()?.unwrap_or_default();
        let store = Store::open_beside(&dir).await?;
        let mut wrong = check_instance(&store, &noted).await?;
        for problem in store.file_problems().await? {
            say!("the database: {problem}");
            wrong += 1;
        }
        let conversations = store.stored_conversations().await?;
        for gone in noted.missing(|id| conversations.iter().any(|(one, _)| *one == id)) {
            say!("{gone}: WRONG\n  the head of its log was noted, and it is not there any more");
            wrong += 1;
        }
        for (id, slug) in &conversations {
            let is_name = slug.as_ref().is_none_or(|slug| Slug::parse(slug).is_ok());
            let slug = slug.as_deref().unwrap_or("(a deleted draft)");
            // What can't be read of one is said, and the others are checked all the same.
            let audit = match audit(&store, *id, &noted).await {
                Ok(audit) => audit,
                Err(error) => {
                    say!("{slug}: WRONG\n  it can't be read: {error}");
                    wrong += 1;
                    continue;
                }
            };
            if !is_name {
                say!("{slug}: WRONG\n  its name is not one that an address can have");
                wrong += 1;
            }
            wrong += audit.problems.len();
            let verdict = if audit.problems.is_empty() { "ok" } else { "WRONG" };
            say!("{slug}: {} events, {} votes: {verdict}", audit.events, audit.votes);
            for problem in &audit.problems {
                say!("  {problem}");
            }
        }
        store.close().await;
        if wrong == 0 {
            say!("checked {} conversations: nothing is wrong", conversations.len());
            return Ok(ExitCode::SUCCESS);
        }
        say!("checked {} conversations: {wrong} things are wrong", conversations.len());
        Ok(ExitCode::from(1))
    }
}

/// The instance's own log. How many things are wrong.
async fn check_instance(store: &Store, noted: &NotedHeads) -> anyhow::Result<usize> {
    let (events, problems) = instance_audit::audit(store, &noted.of(None)).await?;
    let verdict = if problems.is_empty() { "ok" } else { "WRONG" };
    say!("the instance: {events} events: {verdict}");
    for problem in &problems {
        say!("  {problem}");
    }
    Ok(problems.len())
}

async fn audit(store: &Store, id: ConversationId, noted: &NotedHeads) -> anyhow::Result<LogAudit> {
    // Beside a server that writes: first what is made from the log, then the log's end, which is no
    // shorter, then the log up to that end, which no longer changes.
    let snapshot = store.snapshot(id).await?;
    let stored = store.stored_tokens(id).await?;
    let end = store.log_end(id).await?;
    let words = store.words(id).await?;
    let last_staff = store.last_staff_number().await?;
    let mut audit = LogAudit::new(id, (words, last_staff), snapshot, noted.of(Some(id)));
    let mut tokens = Vec::with_capacity(stored.len());
    for token in stored {
        token.map_or_else(|problem| audit.note(problem), |token| tokens.push(token));
    }
    while audit.last < end.head {
        let rows = store.stored_events(id, audit.last, CHUNK).await?;
        if rows.is_empty() {
            audit.note(format!("the log ends at event {}, its head is event {}", audit.last, end.head));
            break;
        }
        rows.iter().take_while(|row| row.seq <= end.head).for_each(|row| audit.row(row));
    }
    if end.last_event > end.head {
        audit.note(format!("the log goes on to event {}, its head is event {}", end.last_event, end.head));
    }
    audit.check_acts(&store.staff_act_index(id, end.head).await?);
    audit.finish(&end, &tokens);
    Ok(audit)
}
