//! Newcomers: each joins, connects, casts a first vote and leaves.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use tokio::task::JoinSet;

use super::ledger::{Fate, Ledger};
use super::voter::{Plan, opinion};
use super::wire::{FOR_ANSWERS, ServerMessage, Wire};

/// A newcomer who has no answer within this time goes away.
const WITHIN: Duration = Duration::from_secs(20);
/// Nobody comes at once where the last one could not.
const AFTER_FAILURE: Duration = Duration::from_millis(50);

/// What the newcomers did.
#[derive(Default)]
pub(super) struct NewcomerReport {
    pub ledgers: Vec<Ledger>,
    /// Came, and could not cast a vote.
    pub turned_away: u64,
    /// Why, and the codes of refusals.
    pub refusals: Vec<String>,
}

/// Sends newcomers, `at_once` at a time, until then.
pub(super) async fn send(wire: Wire, plan: Arc<Plan>, at_once: usize, until: Instant) -> NewcomerReport {
    let mut workers = JoinSet::new();
    for number in 0..at_once {
        workers.spawn(come(wire.clone(), Arc::clone(&plan), number, until));
    }
    let mut all = NewcomerReport::default();
    while let Some(done) = workers.join_next().await {
        let Ok(one) = done else { continue };
        all.ledgers.extend(one.ledgers);
        all.turned_away += one.turned_away;
        all.refusals.extend(one.refusals);
    }
    all
}

/// One after the other, until then.
async fn come(wire: Wire, plan: Arc<Plan>, number: usize, until: Instant) -> NewcomerReport {
    let mut arrived = NewcomerReport::default();
    let mut ledger = Ledger::new('n', number);
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(plan.seed ^ (number as u64) << 32);
    for visit in 0.. {
        if Instant::now() >= until {
            break;
        }
        let vote = first_vote(&wire, number * 7919 + visit, &mut ledger, &mut rng);
        let done = match tokio::time::timeout(WITHIN, vote).await {
            Ok(done) => done,
            Err(_) => Err(anyhow::anyhow!("no answer within {} s", WITHIN.as_secs())),
        };
        match done {
            Ok(None) => {}
            Ok(Some(code)) => arrived.refusals.push(code),
            Err(error) => {
                arrived.turned_away += 1;
                arrived.refusals.push(format!("{error:#}"));
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
    arrived.ledgers.push(ledger);
    arrived
}

/// The code of a refusal, if the vote was refused.
async fn first_vote(
    wire: &Wire,
    number: usize,
    ledger: &mut Ledger,
    rng: &mut Xoshiro256PlusPlus,
) -> anyhow::Result<Option<String>> {
    let began = Instant::now();
    let mut stream = wire.connect(number).await?;
    let joined = wire.join(&mut stream).await?;
    let (mut socket, next) = wire.open(stream, Some(&joined.ticket), FOR_ANSWERS).await?;
    let statement = next.unwrap_or_default();
    let choice = opinion(number, statement, rng);
    let op = ledger.note(statement, choice, true);
    let frame = format!(r#"{{"t":"vote","op":"{op}","statement":{statement},"choice":"{choice}"}}"#);
    socket.send(frame).await?;
    loop {
        match socket.hear().await? {
            ServerMessage::Ack { seq, .. } => {
                ledger.answered(Fate::Acked, seq, began.elapsed());
                socket.leave().await;
                return Ok(None);
            }
            ServerMessage::Refused { code } => {
                ledger.answered(Fate::Refused, 0, began.elapsed());
                return Ok(Some(code));
            }
            ServerMessage::Gone => anyhow::bail!("the socket ended before the answer to a first vote"),
            _ => {}
        }
    }
}
