//! `boule-bench sybils`: how far identical accounts move the groups of honest people.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;
use serde::Serialize;

use super::{Format, median};
use boule::domain::{Choice, ParticipantNumber, StatementNumber};
use boule::exchange::polis;
use boule::opinion::numeric::compare::adjusted_rand;
use boule::opinion::{self, CheckedParams, OpinionMap, VoteMatrix, Work};

/// How far identical accounts move the groups of honest people
///
/// Accounts that all vote alike are added to public votes. The adjusted Rand index of the honest
/// people's groups before and after is printed, with copies weighed and not; beside it a control, in
/// which as many copies of random honest people are added. 1 means that nothing moved.
#[derive(Args)]
pub(crate) struct Sybils {
    /// Directories of Polis exports
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// Seeds of the control and of the random attack
    #[arg(long, default_value_t = 5)]
    seeds: u64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// What the accounts vote, all of them the same, on every live statement.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Attack {
    /// Agree with everything.
    AllAgree,
    /// The opposite of the majority.
    AgainstTheMajority,
    /// Something random.
    Random,
}

const ATTACKS: [Attack; 3] = [Attack::AllAgree, Attack::AgainstTheMajority, Attack::Random];
/// Accounts in hundredths of the people there are.
const SHARES: [usize; 3] = [5, 10, 20];

#[derive(Serialize)]
struct Line {
    data: String,
    share_percent: usize,
    attack: Attack,
    accounts: usize,
    plain: f64,
    weighed: f64,
    /// The same copies of random honest people instead.
    control: f64,
}

impl Sybils {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let mut lines = Vec::new();
        for dir in &self.dirs {
            let name = dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
            let matrix = VoteMatrix::new(&polis::read_export(dir)?.votes());
            for share in SHARES {
                lines.extend(self.of_share(&name, &matrix, share)?);
            }
        }
        if self.format == Format::Json {
            boule::say!("{}", serde_json::to_string_pretty(&lines)?);
            return Ok(ExitCode::SUCCESS);
        }
        boule::say!(
            "{:<34} {:>6} {:<22} {:>8} {:>8} {:>8}",
            "data",
            "share",
            "accounts vote",
            "plain",
            "weighed",
            "control"
        );
        for line in &lines {
            let attack = serde_json::to_value(line.attack)?;
            boule::say!(
                "{:<34} {:>4} % {:<22} {:>8.3} {:>8.3} {:>8.3}",
                line.data,
                line.share_percent,
                attack.as_str().unwrap_or_default().replace('_', " "),
                line.plain,
                line.weighed,
                line.control
            );
        }
        Ok(ExitCode::SUCCESS)
    }

    fn of_share(&self, name: &str, matrix: &VoteMatrix, share: usize) -> anyhow::Result<Vec<Line>> {
        let accounts = (matrix.rows() * share).div_ceil(100);
        let honest = maps(matrix)?;
        let control = (0..self.seeds.max(1)).map(|seed| {
            let mut random = Xoshiro256Plus::seed_from_u64(seed);
            let mut more = matrix.clone();
            for account in 0..accounts {
                let row = random.gen_range(0..matrix.rows().max(1));
                more.add_person(new_number(matrix, account), row_votes(matrix, row));
            }
            Ok(moved(&honest[0], &maps(&more)?[0]))
        });
        let control = median(control.collect::<anyhow::Result<Vec<f64>>>()?);
        let lines = ATTACKS.map(|attack| {
            let seeds = if matches!(attack, Attack::Random) { self.seeds.max(1) } else { 1 };
            let (mut plain, mut weighed) = (Vec::new(), Vec::new());
            for seed in 0..seeds {
                let row = attack.votes(matrix, &honest[0], seed);
                let mut more = matrix.clone();
                for account in 0..accounts {
                    more.add_person(new_number(matrix, account), row.iter().copied());
                }
                let [after_plain, after_weighed] = maps(&more)?;
                plain.push(moved(&honest[0], &after_plain));
                weighed.push(moved(&honest[1], &after_weighed));
            }
            Ok(Line {
                data: name.to_owned(),
                share_percent: share,
                attack,
                accounts,
                plain: median(plain),
                weighed: median(weighed),
                control,
            })
        });
        lines.into_iter().collect()
    }
}

/// The map of votes as they are, and with copies weighed.
fn maps(matrix: &VoteMatrix) -> anyhow::Result<[OpinionMap; 2]> {
    let of = |weigh_copies| {
        let params = CheckedParams::default().of_people(weigh_copies, Vec::new());
        Ok(opinion::compute_with(matrix, &params, &Work::alone())?.map)
    };
    let [plain, weighed]: [anyhow::Result<OpinionMap>; 2] = [of(false), of(true)];
    Ok([plain?, weighed?])
}

/// The agreement of two maps on the people who are on both.
fn moved(before: &OpinionMap, after: &OpinionMap) -> f64 {
    let both = before
        .participants
        .iter()
        .filter_map(|person| Some((person.group()? as u8, after.participant(person.id)?.group()? as u8)));
    let (a, b): (Vec<u8>, Vec<u8>) = both.unzip();
    adjusted_rand(&a, &b)
}

/// Accounts are numbered after everybody.
fn new_number(matrix: &VoteMatrix, account: usize) -> ParticipantNumber {
    let last = matrix.participants().last().map_or(0, |last| last.0);
    ParticipantNumber(last + 1 + account as u32)
}

fn row_votes(matrix: &VoteMatrix, row: usize) -> Vec<(StatementNumber, Choice)> {
    let vote = |(column, value): (usize, usize)| {
        Some((matrix.statements()[column].number, Choice::from_value(value as i64 - 1)?))
    };
    matrix.row(row).filter_map(vote).collect()
}

impl Attack {
    /// One account's votes.
    fn votes(self, matrix: &VoteMatrix, map: &OpinionMap, seed: u64) -> Vec<(StatementNumber, Choice)> {
        let mut random = Xoshiro256Plus::seed_from_u64(seed);
        let live = matrix.statements().iter().filter(|statement| statement.is_live());
        live.map(|statement| {
            let tally =
                map.statement(statement.number).map(boule::opinion::MapStatement::tally).unwrap_or_default();
            let choice = match self {
                Attack::AgainstTheMajority if tally.agree >= tally.disagree => Choice::Disagree,
                Attack::AgainstTheMajority | Attack::AllAgree => Choice::Agree,
                Attack::Random => Choice::ALL[random.gen_range(0..3)],
            };
            (statement.number, choice)
        })
        .collect()
    }
}
