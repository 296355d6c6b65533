//! A conversation with many votes, written into a directory; and a server that runs on it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use boule::clock::{Clock, random_bytes};
use boule::conversation::{
    Brief, ConversationCreated, ConversationOpened, EventBody, NewEvent, ParticipantJoined, RecordedActor,
    ResultsRule, Settings, StatementModerated, StatementSubmitted, VoteCast,
};
use boule::domain::{
    Choice, ConversationId, Moderation, OperationId, ParticipantNumber, PersonalText, Seq, Slug,
    StatementNumber,
};
use boule::store::{DataDir, NewEvents, Store};

/// The conversation's address.
pub(super) const SLUG: &str = "restart";
/// Events of one commit while the log is written.
const BATCH: usize = 20_000;

/// How large the conversation is.
#[derive(Args)]
pub(super) struct Filled {
    /// Votes in the log
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..=50_000_000))]
    pub votes: u64,
    /// People who cast them
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub people: u32,
    /// Statements
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub statements: u32,
    /// Statements that wait for a moderator
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub waiting: u32,
}

impl Filled {
    /// Writes its log into an empty directory.
    pub async fn write_log(&self, dir: &Path) -> anyhow::Result<()> {
        let data = DataDir::lock(dir)?;
        let store = Store::open(&data).await?;
        self.write_into(&store).await?;
        store.close().await;
        Ok(())
    }

    /// The same into a store that has none of it.
    pub async fn write_into(&self, store: &Store) -> anyhow::Result<()> {
        let conversation = ConversationId::from_random(random_bytes());
        let mut after = Seq(0);
        let mut waiting = self.beginning()?;
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        for number in 0..self.votes {
            waiting.push(self.vote(number, &mut rng));
            if waiting.len() >= BATCH || number + 1 == self.votes {
                let (at, events) = (Clock::system().now(), std::mem::take(&mut waiting));
                let new = NewEvents::new(conversation, after, at, events);
                let events = store.record(new).await?;
                after = events.last().map_or(after, |event| event.seq);
            }
        }
        Ok(())
    }

    fn beginning(&self) -> anyhow::Result<Vec<NewEvent>> {
        let brief = Brief {
            question: "How long does a restart take?".into(),
            organiser: "boule-bench".into(),
            settings: Settings { results: ResultsRule::Always, ..Settings::default() },
            ..Brief::default()
        };
        let created = ConversationCreated::new(Slug::parse(SLUG)?, &brief, &mut random_bytes)?;
        let (promise, policy) = (created.text.promise.clone(), created.text.policy.clone());
        let opened =
            ConversationOpened { promise, terms: Default::default(), policy, schedule: created.schedule };
        let mut bodies: Vec<EventBody> = vec![created.into()];
        for number in 0..self.statements {
            let statement = StatementNumber(number);
            let text = format!("Statement number {number}, about as long as people write them.");
            let submitted = StatementSubmitted::new(statement, PersonalText::new(text, random_bytes()));
            bodies.push(StatementSubmitted { seed: true, ..submitted }.into());
            bodies.push(StatementModerated { statement, to: Moderation::Accepted, rule: None }.into());
        }
        bodies.push(opened.into());
        bodies.extend((0..self.people).map(|n| ParticipantJoined::new(ParticipantNumber(n)).into()));
        for number in 0..self.waiting {
            let statement = StatementNumber(self.statements + number);
            let text =
                format!("Statement number {number} of those that wait, about as long as people write them.");
            let author = Some(ParticipantNumber(number % self.people));
            let submitted = StatementSubmitted::new(statement, PersonalText::new(text, random_bytes()));
            bodies.push(StatementSubmitted { author, ..submitted }.into());
        }
        Ok(bodies.into_iter().map(|body| NewEvent::new(RecordedActor::System, body)).collect())
    }

    /// Everybody votes in turn, each time on another statement, in three groups with noise.
    fn vote(&self, number: u64, rng: &mut Xoshiro256PlusPlus) -> NewEvent {
        let person = (number % u64::from(self.people)) as u32;
        let round = (number / u64::from(self.people)) as u32;
        // A step that visits every statement once before any twice.
        let statement = person.wrapping_mul(37).wrapping_add(round) % self.statements;
        let leaning = (statement.wrapping_mul(0x9e37_79b9) >> (person % 3)) & 1;
        let choice = match rng.gen_range(0..10) {
            0 => Choice::Pass,
            1..3 => Choice::ALL[rng.gen_range(0..3)],
            _ if leaning == 0 => Choice::Agree,
            _ => Choice::Disagree,
        };
        let (participant, statement) = (ParticipantNumber(person), StatementNumber(statement));
        let vote = VoteCast {
            op: OperationId::parse(&format!("op-{round}")),
            offered_ppm: Some(rng.gen_range(100..10_000)),
            ..VoteCast::new(participant, statement, choice)
        };
        NewEvent::new(vote.by(), vote)
    }
}

/// A server that ends with this value.
pub(super) struct Server {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// Nobody reads on, but it must stay open.
    _output: BufReader<ChildStdout>,
}

impl Server {
    /// Starts the product that was built beside this tool.
    pub fn start(dir: &Path, more: &[&str]) -> anyhow::Result<Self> {
        Self::start_program(&boule_measure::product()?, dir, more)
    }

    /// Starts this program.
    pub fn start_program(program: &Path, dir: &Path, more: &[&str]) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(["serve", "--bind", "127.0.0.1:0", "--data"]).arg(dir).args(more).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut output = BufReader::new(child.stdout.take().context("the server has no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on http://").context("the server did not start")?;
        Ok(Self { address: address.to_owned(), child, _output: output })
    }

    /// Ends it at once, and nobody else knows.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) -> anyhow::Result<()> {
        let done = Command::new("kill").args([&format!("-{name}"), &self.id().to_string()]).status()?;
        if done.success() { Ok(()) } else { bail!("a server could not be sent {name}") }
    }

    /// Waits until it has ended.
    pub fn wait(&mut self) -> anyhow::Result<()> {
        self.child.wait()?;
        Ok(())
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
