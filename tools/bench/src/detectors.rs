//! `boule-bench detectors`: how many of those that are put into public votes the workbench finds, and whom it names wrongly.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;
use serde::Serialize;

use super::Format;
use boule::domain::{Choice, ParticipantNumber, StatementInput, StatementNumber};
use boule::exchange::polis;
use boule::opinion::VoteMatrix;
use boule::opinion::watch::{BurstParams, CopyParams, StraightParams, bursts, copies, straight_liners};

/// How well copies, answers that are all the same and bursts are found
///
/// Into public votes, which are taken to be honest, accounts are put: one in twenty of the people there are, and 20 at
/// least. Copies vote like one random person, with that person's votes or half of them. Straight-liners give one answer to
/// thirty random statements. A burst is so many newcomers within ten minutes, at a random moment. Recall is the share of
/// them that is found. False alarms are the share of the people, or of the stretches of ten minutes in which anybody came,
/// that are named in the votes as they are.
#[derive(Args)]
pub(crate) struct Detectors {
    /// Directories of Polis exports
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// Attacks of each kind
    #[arg(long, default_value_t = 50)]
    seeds: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Serialize)]
struct Line {
    data: String,
    detector: &'static str,
    accounts: usize,
    recall: f64,
    false_alarms: f64,
}

struct Public {
    name: String,
    matrix: VoteMatrix,
    /// When people voted first, in microseconds.
    arrivals: Vec<i64>,
}

impl Public {
    fn read(dir: &Path) -> anyhow::Result<Self> {
        let export = polis::read_export(dir)?;
        let mut first: BTreeMap<ParticipantNumber, i64> = BTreeMap::new();
        for vote in &export.votes {
            let Some(at) = vote.at_ms else { continue };
            let known = first.entry(vote.participant).or_insert(at);
            *known = at.min(*known);
        }
        let name = dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let arrivals = first.into_values().map(|ms| ms * 1_000).collect();
        Ok(Self { name, matrix: VoteMatrix::new(&export.votes()), arrivals })
    }

    fn accounts(&self) -> usize {
        (self.matrix.rows() / 20).max(20)
    }

    fn number(&self, account: usize) -> ParticipantNumber {
        let highest = self.matrix.participants().last().map_or(0, |person| person.0);
        ParticipantNumber(highest + 1 + u32::try_from(account).unwrap_or(u32::MAX))
    }

    /// The share of accounts with these votes that a detector names.
    fn recall(
        &self,
        votes: impl Fn(&mut Xoshiro256Plus) -> Vec<(StatementNumber, Choice)>,
        one_for_all: bool,
        named: fn(&VoteMatrix) -> HashSet<ParticipantNumber>,
        seed: u64,
    ) -> f64 {
        let mut random = Xoshiro256Plus::seed_from_u64(seed);
        let mut more = self.matrix.clone();
        let first = votes(&mut random);
        for account in 0..self.accounts() {
            let row = if one_for_all { first.clone() } else { votes(&mut random) };
            more.add_person(self.number(account), row);
        }
        let named = named(&more);
        let found = (0..self.accounts()).filter(|account| named.contains(&self.number(*account)));
        found.count() as f64 / self.accounts() as f64
    }

    fn row(&self, row: usize) -> Vec<(StatementNumber, Choice)> {
        let columns = self.matrix.statements();
        let vote = |(column, value): (usize, usize)| {
            let choice = Choice::from_value(i64::try_from(value).ok()? - 1)?;
            Some((columns.get(column)?.number, choice))
        };
        self.matrix.row(row).filter_map(vote).collect()
    }

    /// The votes of somebody who has enough of them to be copied.
    fn copied(&self, random: &mut Xoshiro256Plus) -> Vec<(StatementNumber, Choice)> {
        let enough = CopyParams::default().votes as usize;
        let live: Vec<bool> = self.matrix.statements().iter().map(StatementInput::is_live).collect();
        let is_enough =
            |row: &usize| self.matrix.row(*row).filter(|(column, _)| live[*column]).count() >= 2 * enough;
        let rows: Vec<usize> = (0..self.matrix.rows()).filter(is_enough).collect();
        let Some(row) = rows.get(random.gen_range(0..rows.len().max(1))) else { return Vec::new() };
        let whole = self.row(*row);
        if random.gen_bool(0.5) { whole } else { whole.into_iter().step_by(2).collect() }
    }

    fn straight(&self, random: &mut Xoshiro256Plus) -> Vec<(StatementNumber, Choice)> {
        let choice = Choice::from_value(random.gen_range(-1..=1)).unwrap_or(Choice::Pass);
        let mut live: Vec<StatementNumber> =
            self.matrix.statements().iter().filter(|one| one.is_live()).map(|one| one.number).collect();
        while live.len() > 30 {
            live.swap_remove(random.gen_range(0..live.len()));
        }
        live.sort_unstable();
        live.into_iter().map(|number| (number, choice)).collect()
    }

    fn of_copies(&self, seeds: u64) -> Line {
        let named =
            |matrix: &VoteMatrix| copies(matrix, CopyParams::default()).into_iter().flatten().collect();
        let found = (0..seeds).map(|seed| self.recall(|random| self.copied(random), true, named, seed));
        self.line("copies", mean(found), named(&self.matrix).len() as f64 / self.matrix.rows().max(1) as f64)
    }

    fn of_straight_liners(&self, seeds: u64) -> Line {
        let named =
            |matrix: &VoteMatrix| straight_liners(matrix, StraightParams::default()).into_iter().collect();
        let found = (0..seeds).map(|seed| self.recall(|random| self.straight(random), false, named, seed));
        let falsely: HashSet<ParticipantNumber> = named(&self.matrix);
        self.line("straight-liners", mean(found), falsely.len() as f64 / self.matrix.rows().max(1) as f64)
    }

    fn of_bursts(&self, seeds: u64) -> Option<Line> {
        let params = BurstParams::default();
        let (first, last) = (self.arrivals.iter().min()?, self.arrivals.iter().max()?);
        let found = (0..seeds).map(|seed| {
            let mut random = Xoshiro256Plus::seed_from_u64(seed);
            // Not in the first hour, when nothing is usual yet.
            let from =
                random.gen_range(*first + 6 * params.stretch..=(*last).max(*first + 7 * params.stretch));
            let from = from.div_euclid(params.stretch) * params.stretch;
            let mut arrivals = self.arrivals.clone();
            arrivals.extend((0..self.accounts()).map(|_| from + random.gen_range(0..params.stretch)));
            let is_found = bursts(&arrivals, params).iter().any(|burst| burst.from == from);
            f64::from(u8::from(is_found))
        });
        let stretches: HashSet<i64> =
            self.arrivals.iter().map(|arrival| arrival.div_euclid(params.stretch)).collect();
        let falsely = bursts(&self.arrivals, params).len() as f64 / stretches.len().max(1) as f64;
        Some(self.line("bursts", mean(found), falsely))
    }

    fn line(&self, detector: &'static str, recall: f64, false_alarms: f64) -> Line {
        Line { data: self.name.clone(), detector, accounts: self.accounts(), recall, false_alarms }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

impl Detectors {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let mut lines = Vec::new();
        for dir in &self.dirs {
            let public = Public::read(dir)?;
            lines.extend([public.of_copies(self.seeds), public.of_straight_liners(self.seeds)]);
            lines.extend(public.of_bursts(self.seeds));
        }
        if self.format == Format::Json {
            boule::say!("{}", serde_json::to_string_pretty(&lines)?);
            return Ok(ExitCode::SUCCESS);
        }
        boule::say!(
            "{:<34} {:<16} {:>8} {:>8} {:>13}",
            "data",
            "detector",
            "accounts",
            "recall",
            "false alarms"
        );
        for line in &lines {
            boule::say!(
                "{:<34} {:<16} {:>8} {:>8.3} {:>11.2} %",
                line.data,
                line.detector,
                line.accounts,
                line.recall,
                line.false_alarms * 100.0
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}
