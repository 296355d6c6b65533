//! A voter: one socket, one person, one vote in flight.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use boule::domain::Choice;

use super::ledger::{Fate, Ledger};
use super::maps::Arrivals;
use super::wire::{FOR_MAPS, ServerMessage, Socket, Wire};

/// An answer that does not come within this time is counted as none.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// After a refusal, as a client that was told to try again later.
const AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// What all voters do.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub statements: u32,
    /// Votes of which one in this many, in percent, changes an earlier one.
    pub revotes: u32,
    pub seed: u64,
}

/// What the voters do now; each phase is told to all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// Nobody votes yet.
    Wait,
    /// Each casts this many votes, as fast as they are answered.
    WarmUp { votes: u32 },
    /// Each votes as fast as it is answered.
    Closed { until: Instant },
    /// Each votes when told.
    Open,
    /// Nobody votes any more; maps are still looked at.
    Linger,
    /// Everybody leaves.
    Leave,
}

/// One voter.
pub(super) struct Voter {
    socket: Socket,
    plan: Arc<Plan>,
    ledger: Ledger,
    rng: Xoshiro256PlusPlus,
    next: Option<u32>,
    /// Own current choices, by statement.
    current: Vec<Option<Choice>>,
    voted: Vec<u32>,
    arrivals: Arrivals,
    refusals: Vec<String>,
    is_gone: bool,
}

/// What a voter brings home.
pub(super) struct VoterReport {
    pub ledger: Ledger,
    pub arrivals: Arrivals,
    pub refusals: Vec<String>,
    /// Whether the server ended the socket.
    pub is_gone: bool,
}

impl Voter {
    /// Joins and opens a socket.
    pub async fn join(wire: &Wire, number: usize, plan: Arc<Plan>) -> anyhow::Result<Self> {
        let mut stream = wire.connect(number).await?;
        let joined = wire.join(&mut stream).await?;
        let (socket, next) = wire.open(stream, Some(&joined.ticket), FOR_MAPS).await?;
        Ok(Self {
            socket,
            rng: Xoshiro256PlusPlus::seed_from_u64(plan.seed.wrapping_add(number as u64)),
            ledger: Ledger::new('s', number),
            next,
            current: vec![None; plan.statements as usize],
            voted: Vec::new(),
            arrivals: Arrivals::default(),
            refusals: Vec::new(),
            is_gone: false,
            plan,
        })
    }

    /// Follows the phases until everybody leaves. `due` brings the moments at which to vote in an
    /// open loop.
    pub async fn run(
        mut self,
        mut phases: watch::Receiver<Phase>,
        mut due: mpsc::UnboundedReceiver<Instant>,
        ready: mpsc::UnboundedSender<()>,
    ) -> VoterReport {
        while !self.is_gone {
            let phase = *phases.borrow_and_update();
            match phase {
                Phase::Leave => break,
                Phase::WarmUp { votes } => {
                    for _ in 0..votes {
                        // Too many for the time that there is.
                        if phases.has_changed().unwrap_or(true) {
                            break;
                        }
                        self.vote(Instant::now(), false).await;
                    }
                    let _ = ready.send(());
                    self.listen(&mut phases).await;
                }
                Phase::Closed { until } => {
                    while Instant::now() < until && !self.is_gone {
                        self.vote(Instant::now(), true).await;
                    }
                    self.listen(&mut phases).await;
                }
                Phase::Open => tokio::select! {
                    _ = phases.changed() => {}
                    Some(moment) = due.recv() => self.vote(moment, true).await,
                    heard = self.socket.hear() => self.news(&heard),
                },
                Phase::Wait | Phase::Linger => self.listen(&mut phases).await,
            }
        }
        let Self { ledger, arrivals, refusals, is_gone, .. } = self;
        if !is_gone {
            self.socket.leave().await;
        }
        VoterReport { ledger, arrivals, refusals, is_gone }
    }

    /// Looks at maps until the next phase.
    async fn listen(&mut self, phases: &mut watch::Receiver<Phase>) {
        while !self.is_gone {
            tokio::select! {
                _ = phases.changed() => return,
                heard = self.socket.hear() => self.news(&heard),
            }
        }
    }

    fn news(&mut self, heard: &anyhow::Result<ServerMessage>) {
        match heard {
            Ok(ServerMessage::Map { version }) => self.arrivals.note(*version),
            Ok(ServerMessage::Gone) | Err(_) => self.is_gone = true,
            Ok(_) => {}
        }
    }

    /// Casts one vote that was due at this moment, and waits for the answer.
    async fn vote(&mut self, due: Instant, measured: bool) {
        if self.is_gone {
            return;
        }
        let (statement, choice) = self.choose();
        let op = self.ledger.note(statement, choice, measured);
        let frame = format!(r#"{{"t":"vote","op":"{op}","statement":{statement},"choice":"{choice}"}}"#);
        if !matches!(timeout(ANSWER_WITHIN, self.socket.send(frame)).await, Ok(Ok(()))) {
            self.is_gone = true;
            return;
        }
        // One timer for an answer, not one for each frame before it.
        if timeout(ANSWER_WITHIN, self.answer(due, statement, choice)).await.is_err() {
            self.is_gone = true;
        }
    }

    async fn answer(&mut self, due: Instant, statement: u32, choice: Choice) {
        while !self.is_gone {
            match self.socket.hear().await {
                Ok(ServerMessage::Ack { seq, next }) => {
                    self.ledger.answered(Fate::Acked, seq, due.elapsed());
                    self.next = next;
                    if let Some(own) = self.current.get_mut(statement as usize)
                        && own.replace(choice).is_none()
                    {
                        self.voted.push(statement);
                    }
                    return;
                }
                Ok(ServerMessage::Refused { code }) => {
                    self.ledger.answered(Fate::Refused, 0, due.elapsed());
                    self.refusals.push(code);
                    tokio::time::sleep(AFTER_REFUSAL).await;
                    return;
                }
                other => self.news(&other),
            }
        }
    }

    /// The statement that the server offered, or now and then an earlier one again: with another
    /// choice, or it would be no vote.
    fn choose(&mut self) -> (u32, Choice) {
        let again = self.rng.gen_range(0..100) < self.plan.revotes;
        let offered = self.next.filter(|_| !again || self.voted.is_empty());
        let statement = offered.unwrap_or_else(|| match self.voted.as_slice() {
            [] => 0,
            voted => voted[self.rng.gen_range(0..voted.len())],
        });
        let wanted = opinion(self.ledger.owner, statement, &mut self.rng);
        let before = self.current.get(statement as usize).copied().flatten();
        let other = Choice::ALL.into_iter().find(|choice| Some(*choice) != before);
        let choice = if before == Some(wanted) { other.unwrap_or(wanted) } else { wanted };
        (statement, choice)
    }
}

/// What a simulated person says: three groups that lean differently on each statement, and noise.
pub(super) fn opinion(person: usize, statement: u32, rng: &mut impl Rng) -> Choice {
    let group = person as u64 % 3;
    let mut mixed = (u64::from(statement) << 2 | group).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^= mixed >> 31;
    match rng.gen_range(0..100) {
        0..10 => Choice::Pass,
        10..30 => Choice::ALL[rng.gen_range(0..3)],
        _ if mixed & 1 == 0 => Choice::Agree,
        _ => Choice::Disagree,
    }
}
