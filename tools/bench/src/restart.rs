//! How soon a server takes votes after a restart, and what a large conversation weighs.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use boule::cli::client::Site;
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
use boule_measure::resident;

const SLUG: &str = "restart";
/// Events of one commit while the log is written.
const BATCH: usize = 20_000;

/// A conversation with many votes, and a server that is started on it
///
/// It writes a log of its own into an empty directory, starts `boule serve` on it and asks it over
/// its sockets: from the start of the process to the first acknowledged vote, and to the first map.
/// Once from the log alone, and once with the snapshot that a running server keeps.
#[derive(Args)]
pub(super) struct RestartBench {
    /// Votes in the log
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..=50_000_000))]
    votes: u64,
    /// People who cast them
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    people: u32,
    /// Statements
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    statements: u32,
    /// An empty directory for it [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    data: Option<std::path::PathBuf>,
}

/// What one start took.
struct Start {
    listening: Duration,
    first_vote: Duration,
    first_map: Duration,
    memory_mb: Option<f64>,
}

impl RestartBench {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let random = format!("boule-restart-{}", std::process::id());
        let dir = self.data.clone().unwrap_or_else(|| std::env::temp_dir().join(random));
        if std::fs::read_dir(&dir).is_ok_and(|mut files| files.next().is_some()) {
            bail!("{} is not empty", dir.display());
        }
        let measured = self.measure(&dir).await;
        if self.data.is_none() {
            // What can't be removed is only left behind.
            let _ = std::fs::remove_dir_all(&dir);
        }
        measured.map(|()| ExitCode::SUCCESS)
    }

    async fn measure(&self, dir: &Path) -> anyhow::Result<()> {
        eprintln!("restart: writes a log of {} votes", self.votes);
        self.write_log(dir).await?;
        boule::say!("{} votes by {} people on {} statements", self.votes, self.people, self.statements);
        boule::say!(
            "{:<24} {:>12} {:>12} {:>12} {:>10}",
            "",
            "listening",
            "first vote",
            "first map",
            "memory"
        );
        report("from the log alone", &start(dir).await?);
        let data = DataDir::lock(dir)?;
        let store = Store::open(&data).await?;
        let slug = Slug::parse(SLUG)?;
        let id = store.conversation(&slug).await?.context("the conversation is gone")?;
        let began = Instant::now();
        let kept = store.keep_snapshot(id).await?;
        let took = began.elapsed();
        store.close().await;
        drop((store, data));
        if !kept {
            boule::say!("a log as short as this has no snapshot");
            return Ok(());
        }
        report("with a snapshot", &start(dir).await?);
        let size = std::fs::read_dir(dir.join("snapshots"))?.flatten().filter_map(|f| f.metadata().ok());
        let bytes: u64 = size.map(|file| file.len()).sum();
        boule::say!(
            "the snapshot has {:.1} MB and took {:.2} s to make",
            bytes as f64 / 1e6,
            took.as_secs_f64()
        );
        Ok(())
    }

    async fn write_log(&self, dir: &Path) -> anyhow::Result<()> {
        let data = DataDir::lock(dir)?;
        let store = Store::open(&data).await?;
        let conversation = ConversationId::from_random(random_bytes());
        let mut after = Seq(0);
        let mut waiting = self.beginning()?;
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        for number in 0..self.votes {
            waiting.push(self.vote(number, &mut rng));
            if waiting.len() >= BATCH || number + 1 == self.votes {
                let (at, events) = (Clock::system().now(), std::mem::take(&mut waiting));
                let (forgotten, grants) = (Vec::new(), Vec::new());
                let new = NewEvents { conversation, at, events, forgotten, grants, after };
                let events = store.record(new).await?;
                after = events.last().map_or(after, |event| event.seq);
            }
        }
        store.close().await;
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
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn start(dir: &Path) -> anyhow::Result<Start> {
    let began = Instant::now();
    let mut command = Command::new(boule_measure::product()?);
    command.args(["serve", "--bind", "127.0.0.1:0", "--data"]).arg(dir).stdout(Stdio::piped());
    let mut server = Server(command.spawn()?);
    let output = server.0.stdout.take().context("the server has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address = line.trim().strip_prefix("listening on http://").context("the server did not start")?;
    let listening = began.elapsed();
    let site = Site::new(address, SLUG, None);
    let (ticket, _) = site.join(None).await?;
    let mut client = site.connect(Some(&ticket)).await?;
    let next = client.welcome.pointer("/next/number").and_then(serde_json::Value::as_u64);
    let answer = client.vote(next.context("no statement was offered")?, Choice::Agree).await?;
    if answer.get("t").and_then(serde_json::Value::as_str) != Some("ack") {
        bail!("the first vote was answered with {answer}");
    }
    let first_vote = began.elapsed();
    // The socket that voted may have had it before the ack: another one asks.
    site.connect(None).await?.wait_for("map").await?;
    let first_map = began.elapsed();
    // What was needed to start is given back by then.
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(Start {
        listening,
        first_vote,
        first_map,
        memory_mb: resident(server.0.id()).map(|bytes| bytes as f64 / 1e6),
    })
}

fn report(what: &str, start: &Start) {
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let memory = start.memory_mb.map_or("?".into(), |mb| format!("{mb:.0} MB"));
    boule::say!(
        "{what:<24} {:>12} {:>12} {:>12} {memory:>10}",
        seconds(start.listening),
        seconds(start.first_vote),
        seconds(start.first_map)
    );
}
