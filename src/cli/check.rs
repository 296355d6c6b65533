//! `boule check`

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;

use crate::domain::{ChainHash, ConversationRecord, EventBody, Seq};
use crate::store::{ConversationSummary, DataDir, Store};

use super::DataArgs;

/// Check the invariants of a data directory
///
/// For every conversation: the log has no gap, its hash chain is unbroken and ends in the stored
/// head, every event refers to something that is there, the words are those that the log commits
/// to, tallies equal a recount, and the table of current votes is the fold of the log. It works
/// beside a running server. Exit code 1 when anything is wrong.
#[derive(Args)]
pub(super) struct Check {
    #[command(flatten)]
    data: DataArgs,
}

/// Rows that are read at a time.
const CHUNK: u32 = 10_000;

impl Check {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = DataDir::beside(&self.data.dir()?)?;
        let store = Store::open_beside(&dir).await?;
        let conversations = store.every_conversation().await?;
        let mut wrong = 0;
        for conversation in &conversations {
            let found = check_conversation(&store, conversation).await?;
            wrong += found.problems.len();
            say!(
                "{}: {} events, {} votes: {}",
                conversation.slug,
                found.events,
                found.votes,
                found.verdict()
            );
            for problem in &found.problems {
                say!("  {problem}");
            }
        }
        store.close().await;
        match (conversations.len(), wrong) {
            (n, 0) => {
                say!("checked {n} conversations: nothing is wrong");
                Ok(ExitCode::SUCCESS)
            }
            (n, wrong) => {
                say!("checked {n} conversations: {wrong} things are wrong");
                Ok(ExitCode::from(1))
            }
        }
    }
}

#[derive(Default)]
struct Found {
    events: u64,
    votes: u64,
    problems: Vec<String>,
}

impl Found {
    fn verdict(&self) -> &'static str {
        if self.problems.is_empty() { "ok" } else { "WRONG" }
    }

    /// The first problems are enough: one broken link breaks everything behind it.
    fn note(&mut self, problem: String) {
        if self.problems.len() < 20 {
            self.problems.push(problem);
        }
    }
}

async fn check_conversation(store: &Store, conversation: &ConversationSummary) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let id = conversation.id;
    // Beside a server that writes: first what was folded, then the head, which is no shorter, then
    // the log up to that head, which no longer changes.
    let (folded_to, stored_votes) = store.stored_votes(id).await?;
    let (head_seq, head) = store.head(id).await?.unwrap_or_default();
    let (mut last, mut hash) = (Seq(0), ChainHash::genesis(id));
    let mut record: Option<ConversationRecord> = None;
    let mut current = BTreeMap::new();
    let mut projection = BTreeMap::new();
    while last < head_seq {
        let chunk = store.stored_events(id, last, CHUNK).await?;
        if chunk.is_empty() {
            found.note(format!("the log ends at event {last}, its head is event {head_seq}"));
            break;
        }
        for stored in chunk.into_iter().take_while(|stored| stored.seq <= head_seq) {
            if stored.seq != last.next() {
                found.note(format!("event {} follows event {last}: a gap", stored.seq));
            }
            hash = ChainHash::of_event(hash, id, stored.seq, stored.at, &stored.kind, &stored.payload);
            if hash.to_string() != stored.hash {
                found.note(format!("event {} does not have the hash that it should have", stored.seq));
                // Go on from what is stored, to find further breaks.
                hash = ChainHash::parse(&stored.hash).unwrap_or(hash);
            }
            last = stored.seq;
            found.events += 1;
            match stored.parse() {
                Err(error) => found.note(error.to_string()),
                Ok(event) => {
                    if let EventBody::VoteCast { participant, statement, choice, .. } = event.body {
                        found.votes += 1;
                        current.insert((participant, statement), choice);
                        if stored.seq <= folded_to {
                            projection.insert((participant, statement), choice);
                        }
                    }
                    let applied = match record.as_mut() {
                        None => ConversationRecord::created(id, event).map(|new| record = Some(new)),
                        Some(record) => record.apply(event),
                    };
                    if let Err(error) = applied {
                        found.note(error.to_string());
                    }
                }
            }
        }
    }
    if last == head_seq && hash.to_string() != head {
        found.note(format!("the head's hash is not that of event {last}"));
    }
    if let Some(record) = &record {
        check_tallies(record, &current, &mut found);
    }
    let stored: BTreeMap<_, _> =
        stored_votes.iter().map(|v| ((v.participant, v.statement), v.choice)).collect();
    if stored != projection {
        found.note(format!("the table of current votes is not the fold of the log up to event {folded_to}"));
    }
    // Reading the words checks them against their commitments.
    if let Err(error) = store.record_of(id).await {
        found.note(error.to_string());
    }
    Ok(found)
}

type Current =
    BTreeMap<(crate::domain::ParticipantNumber, crate::domain::StatementNumber), crate::domain::Choice>;

fn check_tallies(record: &ConversationRecord, current: &Current, found: &mut Found) {
    let mut recount: BTreeMap<_, crate::domain::Tally> = BTreeMap::new();
    for ((_, statement), choice) in current {
        recount.entry(*statement).or_default().add(*choice);
    }
    for statement in record.statements.values() {
        let counted = recount.get(&statement.number).copied().unwrap_or_default();
        if statement.tally != counted {
            found.note(format!(
                "statement {} has the tally {:?}, a recount gives {counted:?}",
                statement.number, statement.tally
            ));
        }
    }
}
