//! `boule demo`

mod crowd;
mod elsewhere;
mod opinions;
mod replay;
mod statements;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::sync::mpsc;

use crate::app::{App, SiteConfig, asked_to_stop, bind};
use crate::config;
use crate::conversation::{Act, Actor, Brief, RecordedActor, ResultsRule, Settings};
use crate::domain::{Moderation, Role, Slug};
use crate::live::{LiveConfig, RoomHandle, RoomState};
use crate::store::{DataDir, Store};
use crate::texts::Texts;

use super::client::Site;
use super::{DataArgs, link};

/// The demo's own data directory.
const DEMO_DATA: &str = "boule-demo";
/// Submissions that the simulated moderator leaves for a human one.
const LEFT_FOR_A_HUMAN: usize = 3;

/// Start a server with a conversation and a simulated public, and join in
///
/// A town decides about its riverside. Three hundred simulated people with hidden leanings arrive
/// over real WebSockets during about three minutes; they vote, a few write statements, some leave
/// early. A simulated moderator accepts what they write, but for the last three and anything that
/// you write: you find those in the queue. Open the addresses that are printed, vote along, and
/// watch the map move. The server keeps serving until Ctrl-C.
#[derive(Args)]
pub(super) struct Demo {
    #[command(flatten)]
    data: DataArgs,
    /// The address and port to listen on [default: 127.0.0.1:8080, or a free port when it is taken]
    #[arg(long, value_name = "ADDR:PORT")]
    bind: Option<String>,
    /// How many people come
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    people: u32,
    /// How long they take, in seconds
    #[arg(long, default_value_t = 180, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    seconds: u32,
    /// The seed of their leanings and votes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// End when everybody has left, instead of serving on
    #[arg(long)]
    exit: bool,
    /// Replay a Polis export instead: its statements, its people and their votes, in the order of
    /// their times, evenly spread over --seconds
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Start no server: make the conversation in the database of --store, and send the people to the servers on
    /// it, or to the balancer before them, at this address
    #[arg(long, value_name = "ADDR:PORT", conflicts_with_all = ["from", "bind"])]
    at: Option<String>,
}

impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(at) = &self.at {
            return self.send_elsewhere(at).await;
        }
        let flags = config::ConfigLayer { bind: self.bind.clone(), ..config::ConfigLayer::default() };
        let config = self.data.config(flags, DEMO_DATA)?;
        super::start_logging(&config.log)?;
        // Read before anything is started: a bad export is said at once.
        let replay = self.from.as_deref().map(replay::Replay::read).transpose()?;
        let dir = DataDir::lock_for(&config.data, config.server()?)?;
        let reserved = bind(config.bind, config.bind_is_default)?;
        let outside = SiteConfig { public_url: config.public_url.clone(), ..SiteConfig::default() };
        let app = App::start(dir, reserved, &outside, LiveConfig::default()).await?;
        say!("listening on http://{}", app.address);
        let ended = tokio::select! {
            done = self.show(&app, replay) => Some(done),
            () = asked_to_stop() => None,
        };
        match ended {
            Some(Ok(())) if !self.exit => {
                say!("serving on; Ctrl-C ends it");
                asked_to_stop().await;
            }
            Some(Err(error)) => {
                app.stop().await;
                return Err(error);
            }
            _ => {}
        }
        say!("stopping");
        app.stop().await;
        Ok(ExitCode::SUCCESS)
    }

    async fn show(&self, app: &App, replay: Option<replay::Replay>) -> anyhow::Result<()> {
        let (slug, room) = match &replay {
            Some(replay) => {
                create(
                    app,
                    "replay",
                    replay.question(),
                    replay.description(),
                    "A replayed Polis conversation",
                )
                .await?
            }
            None => {
                create(app, "riverside", statements::QUESTION, statements::DESCRIPTION, statements::ORGANISER)
                    .await?
            }
        };
        let site = Site::new(app.address.to_string(), slug.as_str(), Some(app.operator_key.clone()));
        match replay {
            Some(replay) => {
                print_addresses(&app.store, &format!("http://{}", app.address), &slug).await?;
                replay.run(&room, site, f64::from(self.seconds)).await?;
            }
            None => {
                for seed in statements::SEEDS {
                    room.act(Actor::System, Act::seed(seed.text, false)).await?;
                }
                room.act(Actor::System, Act::open()).await?;
                print_addresses(&app.store, &format!("http://{}", app.address), &slug).await?;
                let (submitted, inbox) = mpsc::unbounded_channel();
                let moderator = tokio::spawn(moderate(room.clone(), inbox));
                let groups = || Some(room.peek(|published| published.shared_map().groups.len()));
                self.send_crowd(site, submitted, groups).await;
                let _ = moderator.await;
            }
        }
        say_result(&room).await
    }

    /// Sends the crowd to servers that run already.
    async fn send_elsewhere(&self, at: &str) -> anyhow::Result<ExitCode> {
        let store = Store::open_beside(&self.data.beside()?).await?;
        let slug = free_slug(&store, "riverside").await?;
        elsewhere::record(&store, &slug).await?;
        print_addresses(&store, &format!("http://{at}"), &slug).await?;
        let (submitted, _) = mpsc::unbounded_channel();
        self.send_crowd(Site::new(at, slug.as_str(), None), submitted, || None).await;
        let id = store.conversation(&slug).await?.context("the conversation is gone")?;
        let record = store.record_of(id).await?.context("the conversation is gone")?;
        let (votes, participants) = record.totals();
        say!("in the log now: {participants} participants, {votes} votes");
        Ok(ExitCode::SUCCESS)
    }

    async fn send_crowd(
        &self,
        site: Site,
        submitted: mpsc::UnboundedSender<&'static str>,
        groups: impl Fn() -> Option<usize>,
    ) {
        let tally = Arc::new(crowd::CrowdCounts::default());
        let seconds = f64::from(self.seconds);
        let mut crowd =
            std::pin::pin!(crowd::send(site, self.people, seconds, self.seed, Arc::clone(&tally), submitted));
        let mut every = tokio::time::interval(Duration::from_secs(5));
        every.tick().await;
        loop {
            tokio::select! {
                () = &mut crowd => break,
                _ = every.tick() => {
                    let groups = groups().map(|groups| format!(", {groups} groups on the map"));
                    let came_back = tally.came_back.load(Ordering::Relaxed);
                    let came_back = (came_back > 0).then(|| format!(", {came_back} times somebody came back"));
                    say!(
                        "{} of {} people have come, {} votes saved{}{}",
                        tally.arrived.load(Ordering::Relaxed),
                        self.people,
                        tally.votes.load(Ordering::Relaxed),
                        groups.unwrap_or_default(),
                        came_back.unwrap_or_default()
                    );
                }
            }
        }
        say!(
            "the crowd has left: {} people came, {} votes were acknowledged, {} were refused, {} people failed",
            tally.arrived.load(Ordering::Relaxed),
            tally.votes.load(Ordering::Relaxed),
            tally.refused.load(Ordering::Relaxed),
            tally.failed.load(Ordering::Relaxed)
        );
    }
}

/// Accepts what the crowd wrote, one behind the other, and always leaves the last three.
async fn moderate(room: RoomHandle, mut inbox: mpsc::UnboundedReceiver<&'static str>) {
    let mut written = std::collections::VecDeque::new();
    while let Some(text) = inbox.recv().await {
        written.push_back(text);
        if written.len() <= LEFT_FOR_A_HUMAN {
            continue;
        }
        let Some(oldest) = written.pop_front() else { continue };
        let find = move |state: &RoomState| {
            state
                .desk
                .record
                .waiting()
                .find(|waiting| waiting.text.text() == oldest)
                .map(|found| found.number)
        };
        let Ok(Some(number)) = room.read(find).await else { continue };
        let accept = Act::moderate(number, Moderation::Accepted, None);
        if let Err(error) = room.act(Actor::System, accept).await {
            tracing::warn!(%error, "the simulated moderator could not accept a statement");
        }
    }
}

/// Makes a conversation under the first free address of this name.
async fn create(
    app: &App,
    name: &str,
    question: &str,
    description: &str,
    organiser: &str,
) -> anyhow::Result<(Slug, RoomHandle)> {
    let slug = free_slug(&app.store, name).await?;
    let brief = brief(question, description, organiser);
    let created = app.rooms.create(RecordedActor::System, slug.clone(), &brief).await;
    Ok((slug, created.context("the demo's conversation can't be made")?))
}

/// The first free of `name`, `name-2`, `name-3`, …
async fn free_slug(store: &Store, name: &str) -> anyhow::Result<Slug> {
    for number in 1..10_000 {
        let slug = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let slug = Slug::parse(&slug)?;
        if store.conversation(&slug).await?.is_none() {
            return Ok(slug);
        }
    }
    anyhow::bail!("this data directory is full of demos; start with an empty one")
}

fn brief(question: &str, description: &str, organiser: &str) -> Brief {
    Brief {
        question: question.to_owned(),
        description: description.to_owned(),
        organiser: organiser.to_owned(),
        policy: Texts::english().default_policy(),
        // The demo is there to be watched: its results are always open.
        settings: Settings { results: ResultsRule::Always, ..Settings::default() },
        ..Brief::default()
    }
}

async fn print_addresses(store: &Store, base: &str, slug: &Slug) -> anyhow::Result<()> {
    say!("");
    say!("  vote along   {base}/c/{slug}");
    say!("  the results  {base}/c/{slug}/results");
    say!("  the agenda   {base}/c/{slug}/agenda");
    say!(
        "  moderate     {}   (then {base}/m/{slug})",
        link::make_demo_account(store, Role::Moderator, "moderator@demo.invalid", base).await?
    );
    say!(
        "  organise     {}   (then {base}/o/{slug})",
        link::make_demo_account(store, Role::Organiser, "organiser@demo.invalid", base).await?
    );
    say!("");
    say!("  the two links sign you in once, without a password: only the demo does that");
    say!("");
    Ok(())
}

async fn say_result(room: &RoomHandle) -> anyhow::Result<()> {
    // The last votes are on the map a moment later, unless they are too few for a batch.
    let seq = room.read(|state| state.desk.record.votes_seq).await?;
    let mut published = room.published();
    let covered = published.wait_for(|published| published.version >= seq);
    let _ = tokio::time::timeout(Duration::from_secs(6), covered).await;
    let (participants, votes, groups) = room
        .read(|state| {
            let (votes, participants) = state.desk.record.totals();
            (participants, votes, state.map.shared_map().groups.len())
        })
        .await?;
    say!("in the conversation now: {participants} participants, {votes} votes, {groups} groups");
    Ok(())
}
