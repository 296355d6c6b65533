//! Power loss: what was acknowledged is on a disk that stopped at any moment (I2).
//!
//! Kill −9 leaves the kernel alive, and with it every write that was never synced; only a power
//! loss shows whether SQLite was told to wait for the disk. So the store runs on a VFS that writes
//! down what the disk is asked to do, and from that any disk that a power loss at any moment may
//! leave is made:
//!
//! - What a sync of the same file covers is there.
//! - Of what came after the file's last sync anything may be there and anything missing: each write,
//!   truncation and deletion by itself, a write also in part, by sectors of 512 bytes. (A later one
//!   may so be there without an earlier one; reordering can do no more than that.) A file may have
//!   grown for a write whose bytes are missing.
//! - Syncs of one file say nothing of the other. Sectors that nobody wrote are as they were: SQLite
//!   takes that for granted too (“powersafe overwrite”).
//!
//! Two controls say that this bites and that it is fair: with `synchronous=NORMAL` acknowledged
//! events are lost but no file is damaged, as SQLite's documentation has it; with `OFF` all may go.
//!
//! `BOULE_TEST_CUTS` sets how many disks are made, `BOULE_TEST_SEED` which chance makes them. (How
//! tasks meet in a commit differs between runs all the same; a disk that failed is kept.)

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends by panicking")]

mod recorder;

use std::path::Path;
use std::process::Command;

use rand::seq::SliceRandom;
use rand::{Rng, RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use boule::conversation::{
    Brief, ConversationCreated, ConversationOpened, EventBody, NewEvent, ParticipantJoined, RecordedActor,
    Schedule, Settings, StatementSubmitted, VoteCast,
};
use boule::domain::{
    Choice, ConversationId, ModerationRule, ParticipantNumber, PersonalText, Seq, Slug, StatementNumber,
    Timestamp,
};
use boule::store::{DataDir, NewEvents, Store, StoreError, SyncMode};

use recorder::{Entry, Part, What};

/// Each has a conversation of its own, so that their batches meet in the writer's commits.
const TASKS: i64 = 4;
const PEOPLE: u32 = 12;
const STATEMENTS: u32 = 20;
/// Checkpoints to wait for, and batches that each task records after them.
const CHECKPOINTS: usize = 2;
const BATCHES_AFTERWARDS: usize = 20;
/// Every so many batches a big one: commits of very different sizes.
const BIG_EVERY: usize = 40;
/// Far more than the checkpoints need: the end of a run that has none.
const MOST_BATCHES: usize = 3_000;
const SECTOR: usize = 512;
/// One disk in so many is given to `boule check` too.
const CHECKED_EVERY: usize = 8;

/// The database and its WAL, where they exist; by [`Part`].
type Disk = [Option<Vec<u8>>; 2];
type Chance = Xoshiro256PlusPlus;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[tokio::test(flavor = "multi_thread")]
async fn i2_no_acknowledged_event_is_lost_by_a_power_loss() {
    recorder::register();
    let seed = setting("BOULE_TEST_SEED").unwrap_or_else(|| {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).unwrap();
        u64::from_le_bytes(bytes)
    });
    println!("BOULE_TEST_SEED={seed}");
    let mut chance = Chance::seed_from_u64(seed);
    let cuts = setting("BOULE_TEST_CUTS").unwrap_or(50).max(4) as usize;

    let run = Run::record(SyncMode::Full, &mut chance).await;
    for number in 0..cuts {
        let cut = run.draw_cut(&mut chance);
        let disk = run.disk_after(cut, &mut chance);
        if let Err(harm) = judge(&disk, &run, cut, number % CHECKED_EVERY == 0).await {
            let kept = tempfile::tempdir().unwrap().keep();
            write(&disk, &kept);
            panic!("power lost after {cut} requests: {harm:?}; the disk is in {}", kept.display());
        }
    }
    println!("FULL: {cuts} power losses, nothing lost, nothing damaged");

    for synchronous in [SyncMode::Normal, SyncMode::Off] {
        let run = Run::record(synchronous, &mut chance).await;
        let (mut lost, mut damaged) = (0, 0);
        let cuts = cuts / 4;
        for _ in 0..cuts {
            let cut = run.draw_cut(&mut chance);
            match judge(&run.disk_after(cut, &mut chance), &run, cut, false).await {
                Ok(()) => {}
                Err(Harm::Loss(_)) => lost += 1,
                Err(Harm::Damage(_)) => damaged += 1,
            }
        }
        println!("{synchronous:?}: of {cuts} power losses {lost} lost events, {damaged} damaged the file");
        assert!(lost + damaged > 0, "{synchronous:?} keeps its promises: the test sees nothing");
        assert!(
            synchronous == SyncMode::Off || damaged == 0,
            "{synchronous:?} damages files: the test is too hard"
        );
    }
}

/// A conversation as its task knows it.
struct Log {
    id: ConversationId,
    /// Of every event that was recorded, in order.
    hashes: Vec<String>,
    acks: Vec<Ack>,
}

/// An answer: so many events are recorded, and by then so much was asked of the disk.
struct Ack {
    events: usize,
    position: usize,
}

impl Log {
    async fn record(&mut self, store: &Store, bodies: Vec<EventBody>) {
        let (conversation, at, after) = (self.id, Timestamp(1), Seq(self.hashes.len() as u64));
        let events = bodies.into_iter().map(|body| NewEvent::new(RecordedActor::System, body)).collect();
        let new = NewEvents::new(conversation, after, at, events);
        let events = store.record(new).await.unwrap();
        let position = recorder::position();
        self.hashes.extend(events.iter().map(|event| event.hash.to_string()));
        self.acks.push(Ack { events: self.hashes.len(), position });
    }
}

/// An open conversation that people have joined.
async fn prepare(store: &Store, id: i64) -> Log {
    let text = |text: &str| PersonalText::new(text, [0; 16]);
    let brief = Brief {
        question: "?".into(),
        organiser: "me".into(),
        settings: Settings { moderation: ModerationRule::After, ..Settings::default() },
        ..Brief::default()
    };
    let slug = Slug::parse(&format!("c{id}")).unwrap();
    let created = ConversationCreated::new(slug, &brief, &mut || [0; 16]).unwrap();
    let opened = ConversationOpened {
        promise: text(""),
        terms: Default::default(),
        policy: Vec::new(),
        schedule: Schedule::default(),
    };
    let mut bodies: Vec<EventBody> = vec![created.into(), opened.into()];
    bodies.extend((0..STATEMENTS).map(|number| {
        let text = text(&format!("statement {number}"));
        StatementSubmitted { seed: true, ..StatementSubmitted::new(StatementNumber(number), text) }.into()
    }));
    bodies.extend((0..PEOPLE).map(|number| ParticipantJoined::new(ParticipantNumber(number)).into()));
    let mut log = Log { id: ConversationId::from_stored(id), hashes: Vec::new(), acks: Vec::new() };
    log.record(store, bodies).await;
    log
}

/// Votes in one conversation, until there were enough checkpoints.
async fn vote(store: Store, mut log: Log, mut chance: Chance) -> Log {
    let mut left = BATCHES_AFTERWARDS;
    for batch in 1..=MOST_BATCHES {
        if recorder::checkpoints() >= CHECKPOINTS {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        let big = batch % BIG_EVERY == 0;
        let size = if big { chance.gen_range(100..250) } else { chance.gen_range(1..6) };
        let votes = (0..size).map(|_: u32| {
            let participant = ParticipantNumber(chance.gen_range(0..PEOPLE));
            let statement = StatementNumber(chance.gen_range(0..STATEMENTS));
            VoteCast::new(participant, statement, Choice::ALL[chance.gen_range(0..Choice::ALL.len())]).into()
        });
        let votes = votes.collect();
        log.record(&store, votes).await;
    }
    log
}

/// What was asked of the disk, and what was promised meanwhile.
struct Run {
    /// The files before.
    base: Disk,
    entries: Vec<Entry>,
    logs: Vec<Log>,
    /// Moments at which a power loss is more telling than at others, by kind.
    telling: [Vec<usize>; 3],
}

impl Run {
    /// A store at work, from its opening to its end.
    async fn record(synchronous: SyncMode, chance: &mut Chance) -> Run {
        let temporary = tempfile::tempdir().unwrap();
        let dir = DataDir::lock(temporary.path()).unwrap();
        let store = Store::open(&dir).await.unwrap();
        let mut prepared = Vec::new();
        for id in 1..=TASKS {
            prepared.push(prepare(&store, id).await);
        }
        store.close().await;
        drop(store);
        // Read while no connection is open: closing a file drops SQLite's locks on it.
        let base = ["boule.sqlite", "boule.sqlite-wal"].map(|name| std::fs::read(dir.path().join(name)).ok());

        recorder::start();
        let store = Store::open_with_synchronous(&dir, synchronous).await.unwrap();
        let mut tasks = Vec::new();
        for log in prepared {
            let own = Chance::seed_from_u64(chance.next_u64());
            tasks.push(tokio::spawn(vote(store.clone(), log, own)));
        }
        let mut logs = Vec::new();
        for task in tasks {
            logs.push(task.await.unwrap());
        }
        let checkpoints = recorder::checkpoints();
        // The end, with its checkpoint and the WAL's deletion, is a part of it.
        store.close().await;
        let entries = recorder::stop();

        assert!(checkpoints >= CHECKPOINTS, "{synchronous:?}: only {checkpoints} checkpoints");
        let acks: Vec<usize> = logs.iter().flat_map(|log| &log.acks).map(|ack| ack.position).collect();
        let (answers, requests) = (acks.len(), entries.len());
        println!(
            "{synchronous:?}: {requests} requests to the disk, {checkpoints} checkpoints, {answers} acks"
        );
        let around = |wanted: fn(&Entry) -> bool| -> Vec<usize> {
            let found = entries.iter().enumerate().filter(|(_, entry)| wanted(entry));
            found.flat_map(|(at, _)| [at, at + 1]).collect()
        };
        let syncs = around(|entry| matches!(entry.what, What::Sync));
        let in_checkpoints = around(|entry| entry.part == Part::Database);
        Run { base, logs, telling: [syncs, in_checkpoints, acks], entries }
    }

    /// How many entries the disk saw before the power went.
    fn draw_cut(&self, chance: &mut Chance) -> usize {
        let kind = chance.gen_range(0..=self.telling.len());
        match self.telling.get(kind).and_then(|moments| moments.choose(chance)) {
            Some(cut) => *cut,
            None => chance.gen_range(0..=self.entries.len()),
        }
    }

    /// A disk that a power loss after `cut` entries may leave.
    fn disk_after(&self, cut: usize, chance: &mut Chance) -> Disk {
        let mut disk = self.base.clone();
        let luck = Luck::draw(chance);
        let seen = &self.entries[..cut];
        for part in [Part::Database, Part::Wal] {
            let file = &mut disk[part as usize];
            let synced = seen.iter().rposition(|e| e.part == part && matches!(e.what, What::Sync));
            for (at, entry) in seen.iter().enumerate().filter(|(_, entry)| entry.part == part) {
                if synced.is_some_and(|synced| at < synced) {
                    apply(file, &entry.what);
                } else {
                    apply_perhaps(file, &entry.what, &luck, chance);
                }
            }
        }
        disk
    }
}

/// What becomes of writes that were never synced. It differs between disks, from all to none of them
/// being there: neither is found by throwing a coin for each.
struct Luck {
    whole: f64,
    torn: f64,
    grown: f64,
}

impl Luck {
    fn draw(chance: &mut Chance) -> Luck {
        let mut one_of = |from: [f64; 5]| from[chance.gen_range(0..from.len())];
        Luck {
            whole: one_of([0.0, 0.2, 0.5, 0.9, 1.0]),
            torn: one_of([0.0, 0.0, 0.05, 0.2, 0.5]),
            grown: one_of([0.0, 0.0, 0.0, 0.2, 1.0]),
        }
    }
}

fn apply(file: &mut Option<Vec<u8>>, what: &What) {
    match what {
        What::Write { offset, bytes } => put(file, *offset, bytes),
        What::Truncate(size) => file.get_or_insert_default().resize(*size, 0),
        What::Delete => *file = None,
        What::Sync => {}
    }
}

fn apply_perhaps(file: &mut Option<Vec<u8>>, what: &What, luck: &Luck, chance: &mut Chance) {
    let What::Write { offset, bytes } = what else {
        if chance.gen_bool(luck.whole) {
            apply(file, what);
        }
        return;
    };
    let end = offset + bytes.len();
    if chance.gen_bool(luck.torn) {
        let mut from = *offset;
        while from < end {
            let to = ((from / SECTOR + 1) * SECTOR).min(end);
            if chance.gen_bool(0.5) {
                put(file, from, &bytes[from - offset..to - offset]);
            }
            from = to;
        }
    } else if chance.gen_bool(luck.whole) {
        put(file, *offset, bytes);
    } else if chance.gen_bool(luck.grown) {
        put(file, end, &[]);
    }
}

/// Writes, making the file longer where it must be.
fn put(file: &mut Option<Vec<u8>>, offset: usize, bytes: &[u8]) {
    let file = file.get_or_insert_default();
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[offset..end].copy_from_slice(bytes);
}

fn write(disk: &Disk, dir: &Path) {
    for (content, name) in disk.iter().zip(["boule.sqlite", "boule.sqlite-wal"]) {
        if let Some(content) = content {
            std::fs::write(dir.join(name), content).unwrap();
        }
    }
}

/// A broken promise.
#[derive(Debug)]
#[allow(dead_code, reason = "what it says is read only where a failure prints it")]
enum Harm {
    /// Acknowledged events are gone.
    Loss(String),
    /// What is there is not what was written.
    Damage(String),
}

impl From<StoreError> for Harm {
    fn from(error: StoreError) -> Self {
        Harm::Damage(error.to_string())
    }
}

/// Starts again on a disk and compares it with what was promised before the cut.
async fn judge(disk: &Disk, run: &Run, cut: usize, checked: bool) -> Result<(), Harm> {
    let dir = tempfile::tempdir().unwrap();
    write(disk, dir.path());
    if checked {
        // Before we open it, so that it is this process that recovers the files.
        let mut check = Command::new(env!("CARGO_BIN_EXE_boule"));
        let check = check.args(["check", "--data"]).arg(dir.path()).output().unwrap();
        if !check.status.success() {
            return Err(Harm::Damage(String::from_utf8_lossy(&check.stdout).into_owned()));
        }
    }
    let store = Store::open_beside(&DataDir::beside(dir.path()).unwrap()).await?;
    let verdict = compare(&store, run, cut).await;
    store.close().await;
    verdict
}

async fn compare(store: &Store, run: &Run, cut: usize) -> Result<(), Harm> {
    let problems = store.file_problems().await?;
    if !problems.is_empty() {
        return Err(Harm::Damage(problems.join("; ")));
    }
    for log in &run.logs {
        let stored = store.stored_events(log.id, Seq(0), u32::MAX).await?;
        for (index, event) in stored.iter().enumerate() {
            if event.seq.0 != index as u64 + 1 || log.hashes.get(index) != Some(&event.hash) {
                return Err(Harm::Damage(format!("event {} was never recorded so", event.seq)));
            }
        }
        let kept = stored.len();
        let promised = log.acks.iter().filter(|ack| ack.position <= cut).map(|ack| ack.events).max();
        if promised > Some(kept) {
            return Err(Harm::Loss(format!("{promised:?} events were promised, {kept} are there")));
        }
        if log.acks.iter().all(|ack| ack.events != kept) {
            return Err(Harm::Damage(format!("the log ends at {kept}, in the midst of a batch")));
        }
    }
    Ok(())
}
