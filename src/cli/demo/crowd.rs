//! The crowd: each person of the simulated public comes over a WebSocket of their own, votes,
//! perhaps submits a statement, and leaves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::cli::client::{Client, Site};
use crate::clock::random_token;
use crate::domain::Choice;

use super::opinions::Person;
use super::statements::{self, SUBMISSIONS};

/// What the crowd has done so far.
#[derive(Default)]
pub(super) struct CrowdCounts {
    pub arrived: AtomicU64,
    pub votes: AtomicU64,
    pub refused: AtomicU64,
    /// How often somebody's socket broke, and they came back with what was not answered.
    pub came_back: AtomicU64,
    pub failed: AtomicU64,
}

/// Sends the crowd, and waits until everybody has left. Statements that people submit are told to
/// `submitted`, for the moderator.
pub(super) async fn send(
    site: Site,
    people: u32,
    seconds: f64,
    seed: u64,
    tally: Arc<CrowdCounts>,
    submitted: mpsc::UnboundedSender<&'static str>,
) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut crowd = JoinSet::new();
    for number in 0..people {
        let person = Person::draw(&mut rng);
        // People arrive during the first three quarters; the last ones still have time to vote.
        let arrival = Duration::from_secs_f64(seconds * 0.75 * rng.gen_range(0.0..1.0));
        let stay = Duration::from_secs_f64(seconds * 0.25);
        let writes = spread(number, people).map(|index| SUBMISSIONS[index].text);
        let visit = Visit {
            site: site.clone(),
            person,
            arrival,
            stay,
            writes,
            rng: StdRng::seed_from_u64(rng.r#gen()),
            tally: Arc::clone(&tally),
            submitted: submitted.clone(),
            token: None,
        };
        crowd.spawn(visit.run());
    }
    while let Some(left) = crowd.join_next().await {
        if !matches!(left, Ok(Ok(()))) {
            tally.failed.fetch_add(1, Ordering::Relaxed);
            tracing::warn!("a simulated person could not take part");
        }
    }
}

/// Which of the submissions person `number` of `people` writes: they are spread evenly.
fn spread(number: u32, people: u32) -> Option<usize> {
    let writers = SUBMISSIONS.len().min(people as usize);
    (0..writers).find(|index| (index * people as usize + people as usize / 2) / writers == number as usize)
}

struct Visit {
    site: Site,
    person: Person,
    arrival: Duration,
    stay: Duration,
    writes: Option<&'static str>,
    rng: StdRng,
    tally: Arc<CrowdCounts>,
    submitted: mpsc::UnboundedSender<&'static str>,
    /// Who they are, when they come back.
    token: Option<String>,
}

/// How often somebody tries to come back, and how long they wait in between.
const TRIES: u32 = 60;
const AGAIN_AFTER: Duration = Duration::from_millis(500);
/// Who is not answered within this time comes back.
const PATIENCE: Duration = Duration::from_secs(5);

impl Visit {
    async fn run(mut self) -> anyhow::Result<()> {
        tokio::time::sleep(self.arrival).await;
        let mut client = self.come().await?;
        self.tally.arrived.fetch_add(1, Ordering::Relaxed);
        let patience = self.person.patience;
        let pause = self.stay.as_secs_f64() / f64::from(patience);
        let mut next = client.welcome.get("next").cloned();
        for vote in 0..patience {
            let Some(statement) = next.take().filter(|next| !next.is_null()) else { break };
            next = self.vote(&mut client, &statement).await?;
            if vote == patience / 2 {
                self.write(&mut client).await?;
            }
            let pause = pause * self.rng.gen_range(0.5..1.5);
            tokio::time::sleep(Duration::from_secs_f64(pause)).await;
        }
        client.leave().await;
        Ok(())
    }

    /// Votes on a statement; the next one comes with the answer.
    async fn vote(&mut self, client: &mut Client, statement: &Value) -> anyhow::Result<Option<Value>> {
        let text = statement.get("text").and_then(Value::as_str).unwrap_or_default();
        let number = statement.get("number").and_then(Value::as_u64).unwrap_or_default();
        // Of what a visitor wrote, the simulated public thinks nothing.
        let choice = match statements::by_text(text) {
            Some(drafted) => self.person.choice(drafted, &mut self.rng),
            None => Choice::Pass,
        };
        let answer = self.vote_until_answered(client, number, choice).await?;
        if answer.get("t").and_then(Value::as_str) == Some("ack") {
            self.tally.votes.fetch_add(1, Ordering::Relaxed);
            return Ok(answer.get("next").cloned());
        }
        self.tally.refused.fetch_add(1, Ordering::Relaxed);
        Ok(None)
    }

    /// Joins, as whom they are known already, and opens a socket; again and again where nobody answers.
    async fn come(&mut self) -> anyhow::Result<Client> {
        for _ in 1..TRIES {
            match self.try_to_come().await {
                Ok(client) => return Ok(client),
                Err(error) => tracing::debug!(%error, "a simulated person tries to come again"),
            }
            tokio::time::sleep(AGAIN_AFTER.mul_f64(self.rng.gen_range(0.5..1.5))).await;
        }
        self.try_to_come().await
    }

    async fn try_to_come(&mut self) -> anyhow::Result<Client> {
        tokio::time::timeout(PATIENCE, self.site.come_as(&mut self.token)).await?
    }

    /// Votes, and comes back with the same vote where the socket breaks: it counts once.
    async fn vote_until_answered(
        &mut self,
        client: &mut Client,
        statement: u64,
        choice: Choice,
    ) -> anyhow::Result<Value> {
        let op = random_token();
        for _ in 1..TRIES {
            let answered = tokio::time::timeout(PATIENCE, client.vote_as(&op, statement, choice)).await;
            match answered {
                Ok(Ok(answer)) if answer.get("retry") == Some(&Value::Bool(true)) => {
                    tokio::time::sleep(AGAIN_AFTER).await;
                }
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(_)) | Err(_) => {
                    self.tally.came_back.fetch_add(1, Ordering::Relaxed);
                    *client = self.come().await?;
                }
            }
        }
        anyhow::bail!("nobody answers")
    }

    async fn write(&mut self, client: &mut Client) -> anyhow::Result<()> {
        let Some(text) = self.writes.take() else { return Ok(()) };
        let answer = client.submit(text).await?;
        if answer.get("t").and_then(Value::as_str) == Some("submitted") {
            let _ = self.submitted.send(text);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_submission_is_written_once_whatever_the_size_of_the_crowd() {
        for people in [12, 60, 300, 1000] {
            let written: Vec<usize> = (0..people).filter_map(|number| spread(number, people)).collect();
            assert_eq!(written, (0..SUBMISSIONS.len()).collect::<Vec<_>>(), "{people} people");
        }
        assert_eq!((0..5).filter_map(|number| spread(number, 5)).count(), 5);
    }
}
