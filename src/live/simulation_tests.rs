//! A conversation under every kind of trouble at once, simulated: clients that lose their connection
//! and send again, frames that arrive late and twice, a disk that is slow, full or gone, rooms that
//! crash, rest and stand in each other's way. One seed decides everything.
//!
//! The decisions are those of the real `RoomState`; the log has the real chain; what is promised is
//! written down once more in `simulation_model`. A run that breaks a promise says its seed and how it
//! came to that; `BOULE_TEST_SEED=… BOULE_TEST_INTERLEAVINGS=1` repeats it.
//! `BOULE_TEST_INTERLEAVINGS=1000000` is the long run.

mod clients;
mod disk;
mod end;
mod room;

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::conversation::Identity;
use crate::domain::{Choice, Moderation, ParticipantNumber};

use super::simulation_model::{
    Answer, Check, Conn, Device, Fixture, Frame, Log, MOST_OPS, ModelAct, ModelMessage, OperationFate,
    PEOPLE, QueuedVote, RareAct, STATEMENTS, Vote,
};
use room::Room;

/// What can happen in a run.
#[derive(Clone, Copy, Debug)]
enum RunEvent {
    Steps,
    Events,
    Acks,
    Refusals,
    NotSaved,
    Crashes,
    CrashesBeforeTheAnswer,
    Conflicts,
    Repeats,
    Sames,
    ReusedNames,
    Duplicates,
    LateFrames,
    Replaced,
    Newcomers,
    Joins,
    Rests,
    SecondRooms,
    Moderations,
    SharedBatches,
    CellsCheckedToTheEnd,
    /// Votes that counted after their client had given them up.
    Ghosts,
    /// Answers of a room that did not know yet that another one had written.
    StaleAnswers,
}

const ALL: [RunEvent; 23] = [
    RunEvent::Steps,
    RunEvent::Events,
    RunEvent::Acks,
    RunEvent::Refusals,
    RunEvent::NotSaved,
    RunEvent::Crashes,
    RunEvent::CrashesBeforeTheAnswer,
    RunEvent::Conflicts,
    RunEvent::Repeats,
    RunEvent::Sames,
    RunEvent::ReusedNames,
    RunEvent::Duplicates,
    RunEvent::LateFrames,
    RunEvent::Replaced,
    RunEvent::Newcomers,
    RunEvent::Joins,
    RunEvent::Rests,
    RunEvent::SecondRooms,
    RunEvent::Moderations,
    RunEvent::SharedBatches,
    RunEvent::CellsCheckedToTheEnd,
    RunEvent::Ghosts,
    RunEvent::StaleAnswers,
];

/// How many of [`ALL`] must have happened in a run of many seeds; the rest are too rare to insist on.
const MUST_HAPPEN: usize = 21;

type Counts = [u64; ALL.len()];

/// Mistakes of the room's task and of the store, which stand here in the simulation's own words: it
/// has to find each of them.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Flaw {
    None,
    /// Answers before the commit.
    AnswersEarly,
    /// The store does not look whether its writer knows the whole log.
    TakesAnyWriter,
    /// A batch that could not be written is acknowledged all the same.
    HidesFullDisk,
}

struct Simulation<'a> {
    fixture: &'a Fixture,
    flaw: Flaw,
    rng: Xoshiro256PlusPlus,
    step: i64,
    log: Log,
    /// The room that everybody comes to, and one that was let go and still has something to do.
    rooms: [Option<Room>; 2],
    devices: Vec<Device>,
    connections: u64,
    /// Frames of sockets that their clients have given up, which may still arrive.
    strays: Vec<(usize, Frame)>,
    /// Everybody's operations, by person and number.
    told: Vec<Vec<OperationFate>>,
    /// Cells whose end their client can't know: a vote counted that it had given up.
    haunted: [[bool; STATEMENTS]; PEOPLE],
    seen: Counts,
    trace: Option<Vec<String>>,
}

impl<'a> Simulation<'a> {
    fn new(fixture: &'a Fixture, seed: u64, flaw: Flaw) -> Self {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let people = rng.gen_range(2..=PEOPLE);
        let mut devices = Vec::new();
        for person in 0..people {
            let joins = rng.gen_ratio(1, 3);
            devices.push(Device::new(person, joins));
            if rng.gen_ratio(1, 3) {
                devices.push(Device::new(person, joins));
            }
        }
        Self {
            fixture,
            flaw,
            rng,
            step: 0,
            log: fixture.log(),
            rooms: [None, None],
            devices,
            connections: 0,
            strays: Vec::new(),
            told: (0..people).map(|_| Vec::new()).collect(),
            haunted: [[false; STATEMENTS]; PEOPLE],
            seen: [0; ALL.len()],
            trace: None,
        }
    }

    fn run(&mut self) -> Check {
        for _ in 0..self.rng.gen_range(60..150) {
            self.act()?;
        }
        self.come_to_rest()?;
        self.check_the_end()
    }

    fn see(&mut self, what: RunEvent) {
        self.seen[what as usize] += 1;
    }

    fn note(&mut self, text: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>4}  {}", self.step, text()));
        }
    }

    /// The first device from this one on that `may`.
    fn device(&self, from: usize, may: impl Fn(&Device) -> bool) -> usize {
        let count = self.devices.len();
        let found = (0..count).map(|more| (from + more) % count).find(|at| may(&self.devices[*at]));
        found.unwrap_or(from)
    }

    fn act(&mut self) -> Check {
        self.step += 1;
        self.see(RunEvent::Steps);
        let any = self.rng.gen_range(0..self.devices.len());
        let which = usize::from(self.second_rooms_turn());
        match self.rng.gen_range(0..100) {
            0..20 => self.cast(any),
            20..34 => {
                for _ in 0..3 {
                    let device = self.device(any, |own| own.conn.is_none());
                    self.connect(device)?;
                }
            }
            34..56 => {
                for _ in 0..2 {
                    let may = |conn: &Conn| !conn.busy && !conn.up.is_empty();
                    let device = self.device(any, |own| own.conn.as_ref().is_some_and(may));
                    self.up(device);
                }
            }
            56..66 => {
                let device = self.device(any, |own| own.conn.as_ref().is_some_and(|c| !c.down.is_empty()));
                self.down(device)?;
            }
            66..78 => self.work(which)?,
            78..87 => self.disk(which)?,
            87 => self.flush(any),
            88..92 => self.stray()?,
            _ => self.trouble(any)?,
        }
        Ok(())
    }

    /// Whether it is the second room's turn, if there is one.
    fn second_rooms_turn(&mut self) -> bool {
        self.rooms[1].is_some() && self.rng.gen_ratio(1, 2)
    }

    fn trouble(&mut self, any: usize) -> Check {
        match self.rng.gen_range(0..14) {
            0..5 => {
                let device = self.device(any, |own| own.conn.is_some());
                self.disconnect(device);
            }
            5 => self.crash(),
            6 => self.rest()?,
            7 | 8 => self.let_go_of_a_busy_room()?,
            9..12 => self.ask_something_rare(),
            _ => self.reuse_a_name(),
        }
        Ok(())
    }
}

/// A run's end, and what it has seen. A panic of the code under test breaks a promise too.
fn simulate(fixture: &Fixture, seed: u64, flaw: Flaw) -> (Check, Counts) {
    let mut simulation = Simulation::new(fixture, seed, flaw);
    let result = catch_unwind(AssertUnwindSafe(|| simulation.run()));
    (result.unwrap_or_else(|_| Err("it panics".to_owned())), simulation.seen)
}

/// The same, step by step.
fn trace(fixture: &Fixture, seed: u64) -> Vec<String> {
    let mut simulation = Simulation::new(fixture, seed, Flaw::None);
    simulation.trace = Some(Vec::new());
    let _ = catch_unwind(AssertUnwindSafe(|| simulation.run()));
    simulation.trace.unwrap_or_default()
}

fn number_from_env(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn any_interleaving_of_retries_crashes_and_slow_disks_keeps_every_promise() {
    let first = number_from_env("BOULE_TEST_SEED", 1);
    let runs = number_from_env("BOULE_TEST_INTERLEAVINGS", 10_000);
    let fixture = Fixture::new();
    let mut seen: Counts = [0; ALL.len()];
    for seed in first..first.saturating_add(runs) {
        let (result, counts) = simulate(&fixture, seed, Flaw::None);
        if let Err(why) = result {
            let trace = trace(&fixture, seed);
            let last = trace[trace.len().saturating_sub(40)..].join("\n");
            panic!("BOULE_TEST_SEED={seed} BOULE_TEST_INTERLEAVINGS=1: {why}\n{last}");
        }
        seen.iter_mut().zip(counts).for_each(|(all, one)| *all += one);
    }
    println!("{runs} runs from seed {first}:");
    for what in ALL {
        println!("{:>12}  {what:?}", seen[what as usize]);
    }
    if runs >= 1_000 {
        let missing: Vec<_> = ALL[..MUST_HAPPEN].iter().filter(|what| seen[**what as usize] == 0).collect();
        assert!(missing.is_empty(), "these never happened: {missing:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let fixture = Fixture::new();
    let hash = |seed| {
        let trace = trace(&fixture, seed);
        assert!(trace.len() >= 20, "{} steps", trace.len());
        let mut hasher = DefaultHasher::new();
        trace.hash(&mut hasher);
        hasher.finish()
    };
    for seed in 1..=50 {
        let (once, again, other) = (hash(seed), hash(seed), hash(seed + 1));
        assert!(once == again && once != other, "seed {seed}");
    }
}

#[test]
fn a_room_or_a_store_with_a_flaw_is_found_out() {
    let fixture = Fixture::new();
    for flaw in [Flaw::AnswersEarly, Flaw::TakesAnyWriter, Flaw::HidesFullDisk] {
        let found = (1..=5_000).find(|seed| simulate(&fixture, *seed, flaw).0.is_err());
        assert!(found.is_some(), "{flaw:?} breaks no promise");
    }
}
