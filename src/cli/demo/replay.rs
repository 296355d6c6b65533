//! `boule demo --from DIR`: a Polis export, played again over real WebSockets.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::cli::client::Site;
use crate::clock::Clock;
use crate::conversation::{Act, Actor};
use crate::domain::{ParticipantNumber, StatementNumber};
use crate::exchange::polis::{self, ImportedVote, PolisExport};
use crate::live::{RoomError, RoomHandle};

/// An export, ready to be played.
pub(super) struct Replay {
    export: PolisExport,
}

/// Votes that may wait for one person's socket.
const WAITING: usize = 1024;

impl Replay {
    /// Reads the export that is replayed.
    pub fn read(dir: &Path) -> anyhow::Result<Self> {
        Ok(Self { export: polis::read_export(dir)? })
    }

    /// What it asked.
    pub fn question(&self) -> &str {
        &self.export.summary.topic
    }

    /// What it said of itself.
    pub fn description(&self) -> &str {
        &self.export.summary.description
    }

    /// Adds the statements, opens the conversation and plays the votes, evenly over `seconds`.
    pub async fn run(self, room: &RoomHandle, site: Site, seconds: f64) -> anyhow::Result<()> {
        let numbers = self.add_statements(room).await?;
        room.act(Actor::System, Act::open()).await?;
        let votes: Vec<(u64, &ImportedVote)> = self
            .in_order()
            .into_iter()
            .filter_map(|vote| Some((u64::from(numbers.get(&vote.statement)?.0), vote)))
            .collect();
        say!(
            "replaying {} votes of {} people on {} statements",
            votes.len(),
            self.export.participants().len(),
            numbers.len()
        );
        let step = seconds / votes.len().max(1) as f64;
        let began = tokio::time::Instant::from_std(Clock::system().instant());
        let mut people: HashMap<ParticipantNumber, mpsc::Sender<(u64, crate::domain::Choice)>> =
            HashMap::new();
        let mut sockets = JoinSet::new();
        for (index, (statement, vote)) in votes.iter().enumerate() {
            tokio::time::sleep_until(began + Duration::from_secs_f64(step * index as f64)).await;
            let person = people.entry(vote.participant).or_insert_with(|| {
                let (sender, inbox) = mpsc::channel(WAITING);
                sockets.spawn(attend(site.clone(), inbox));
                sender
            });
            let _ = person.send((*statement, vote.choice)).await;
        }
        drop(people);
        let (mut acked, mut failed) = (0, 0);
        while let Some(left) = sockets.join_next().await {
            match left {
                Ok(Ok(votes)) => acked += votes,
                _ => failed += 1,
            }
        }
        say!("the crowd has left: {acked} votes were acknowledged, {failed} people failed");
        Ok(())
    }

    /// Adds every statement that the export's rule shows; gives their new numbers.
    async fn add_statements(
        &self,
        room: &RoomHandle,
    ) -> anyhow::Result<BTreeMap<StatementNumber, StatementNumber>> {
        let mut numbers = BTreeMap::new();
        let mut left_out = 0;
        for statement in &self.export.statements {
            if !self.export.moderation.shows(statement.moderation) {
                continue;
            }
            let next = room.read(|state| state.desk.record.next_statement()).await?;
            match room.act(Actor::System, Act::seed(statement.text.clone(), statement.meta)).await {
                Ok(_) => {
                    numbers.insert(statement.number, next);
                }
                Err(RoomError::Rejected(_)) => left_out += 1,
                Err(error) => return Err(error.into()),
            }
        }
        if left_out > 0 {
            say!("{left_out} statements are left out: too long, or said twice");
        }
        Ok(numbers)
    }

    /// Votes by time; those without one come last, in file order.
    fn in_order(&self) -> Vec<&ImportedVote> {
        let mut votes: Vec<&ImportedVote> = self.export.votes.iter().collect();
        votes.sort_by_key(|vote| vote.at_ms.unwrap_or(i64::MAX));
        votes
    }
}

/// One person: joins with the first vote, and leaves when there are no more.
async fn attend(site: Site, mut inbox: mpsc::Receiver<(u64, crate::domain::Choice)>) -> anyhow::Result<u64> {
    let (ticket, _) = site.join(None).await?;
    let mut client = site.connect(Some(&ticket)).await?;
    let mut acked = 0;
    while let Some((statement, choice)) = inbox.recv().await {
        let answer = client.vote(statement, choice).await?;
        acked += u64::from(answer.get("t").and_then(serde_json::Value::as_str) == Some("ack"));
    }
    client.leave().await;
    Ok(acked)
}
