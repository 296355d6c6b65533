//! `boule slate` and `boule audit`: an agenda from the files of an export, without any server.

mod json;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::assembly::{Audit, Candidate, Candidates, Choosing, Rule, SlateItem, choosing, statements};
use crate::cli::printed::print_result;
use crate::cli::reading::{ModerationArg, Sign};
use crate::domain::StatementNumber;
use crate::exchange::polis::{self, PolisExport, ReadOptions};
use crate::opinion::{self, CheckedParams, OpinionMap, VoteMatrix, Work};

/// Resamples behind how often an item would be chosen again.
const RESAMPLES: u32 = 200;
/// Places of an agenda where neither places nor minutes were asked for.
const DEFAULT_PLACES: u32 = 7;

/// Choose statements for an agenda from a Polis export, and check whom the agenda leaves out
///
/// Voters are the people on the map who agree with at least one candidate; candidates are statements that enough
/// people of every group saw. Votes that were not cast are read in two ways, and the audit is given for each
/// (docs/OPINION.md).
#[derive(Args)]
pub(super) struct Slate {
    #[command(flatten)]
    source: Source,
    /// How statements are chosen
    #[arg(long, value_enum, default_value_t = RuleArg::Balanced)]
    rule: RuleArg,
}

/// Audit an agenda, also one picked by hand: whom does it leave out?
#[derive(Args)]
pub(super) struct AuditSlate {
    #[command(flatten)]
    source: Source,
    /// The statements on it, by number
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', required = true)]
    items: Vec<u32>,
}

#[derive(Args)]
struct Source {
    /// The export's directory
    dir: PathBuf,
    /// How many places the agenda has [default: 7; for an audit, as many as it has items]
    #[arg(long = "k", value_name = "PLACES", value_parser = clap::value_parser!(u32).range(1..=1000), conflicts_with = "minutes")]
    places: Option<u32>,
    /// How many minutes it has, instead of places
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    minutes: Option<u32>,
    /// How many minutes an item takes
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=1000), requires = "minutes")]
    each: u32,
    /// Items that take longer or shorter, such as 16=30,7=10
    #[arg(long, value_name = "NUMBER=MINUTES", value_delimiter = ',', value_parser = own_minutes, requires = "minutes")]
    minutes_of: Vec<(StatementNumber, u32)>,
    /// When statements are shown: “before” means a moderator decides before they are shown, “after” means they are
    /// shown at once and a moderator decides after
    #[arg(long, value_name = "RULE")]
    moderation: Option<ModerationArg>,
    #[command(flatten)]
    sign: Sign,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum RuleArg {
    /// What the least convinced group agrees with most surely
    Bridging,
    /// Each person's share counts alike (Method of Equal Shares)
    Proportional,
    /// Half bridging, the rest proportional
    Balanced,
    /// Sequential PAV, to compare with
    Pav,
}

impl RuleArg {
    fn rule(self) -> Rule {
        match self {
            Self::Bridging => Rule::Bridging,
            Self::Proportional => Rule::Proportional,
            Self::Balanced => Rule::Balanced,
            Self::Pav => Rule::Pav,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For programs
    Json,
    /// For people
    Table,
}

fn own_minutes(text: &str) -> Result<(StatementNumber, u32), String> {
    let (number, minutes) = text.split_once('=').ok_or("it must be NUMBER=MINUTES")?;
    let number =
        number.parse().map(StatementNumber).map_err(|_| format!("{number} is not a statement's number"))?;
    match minutes.parse() {
        Ok(minutes @ 1..=1000) => Ok((number, minutes)),
        _ => Err(format!("{minutes} is not a number of minutes from 1 to 1000")),
    }
}

/// What both commands print.
struct Report {
    export: PolisExport,
    map: OpinionMap,
    candidates: Candidates,
    choosing: Choosing,
    /// How the items were chosen; `None` where people picked them.
    rule: Option<Rule>,
    chosen: Vec<SlateItem>,
    /// The items in their order.
    items: Vec<StatementNumber>,
    audits: [Audit; 2],
    inclusion: BTreeMap<StatementNumber, u32>,
    budget: Budget,
}

#[derive(Clone, Copy)]
enum Budget {
    Places(u32),
    Minutes(u32),
}

impl Budget {
    fn units(self) -> u32 {
        let (Self::Places(units) | Self::Minutes(units)) = self;
        units
    }
}

impl Slate {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let public = Public::read(&self.source)?;
        let budget = self.source.budget(DEFAULT_PLACES);
        let choosing = public.choosing(&self.source, self.rule.rule(), budget);
        let chosen = choosing.slate();
        let report = Report {
            rule: Some(self.rule.rule()),
            inclusion: choosing.inclusion(RESAMPLES),
            ..Report::new(public, choosing, statements(&chosen), budget)
        };
        Report { chosen, ..report }.print(self.source.format)
    }
}

impl AuditSlate {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let public = Public::read(&self.source)?;
        let mut items = Vec::new();
        for number in self.items.iter().map(|number| StatementNumber(*number)) {
            public.check(number, "--items")?;
            anyhow::ensure!(!items.contains(&number), "--items {number}: it is there twice");
            items.push(number);
        }
        let budget = self.source.budget(items.len() as u32);
        let choosing = public.choosing(&self.source, Rule::Balanced, budget);
        Report::new(public, choosing, items, budget).print(self.source.format)
    }
}

impl Source {
    fn budget(&self, places: u32) -> Budget {
        self.minutes.map_or(Budget::Places(self.places.unwrap_or(places)), Budget::Minutes)
    }

    fn cost(&self, statement: StatementNumber) -> u32 {
        if self.minutes.is_none() {
            return 1;
        }
        let own = self.minutes_of.iter().find(|(number, _)| *number == statement);
        own.map_or(self.each, |(_, minutes)| *minutes)
    }
}

/// A public, its map, and what of its statements can be on an agenda.
struct Public {
    export: PolisExport,
    map: OpinionMap,
    candidates: Candidates,
}

impl Public {
    fn read(source: &Source) -> anyhow::Result<Self> {
        anyhow::ensure!(source.dir.is_dir(), "{} is not a directory", source.dir.display());
        let options = ReadOptions {
            moderation: source.moderation.map(ModerationArg::rule),
            agree_is: source.sign.agree_is(),
        };
        let export = polis::read_export_with(&source.dir, options, &mut |_, _| {})?;
        let matrix = VoteMatrix::new(&export.votes());
        let map =
            opinion::compute_with(&matrix, &CheckedParams::default(), &Work::on(super::analyse::cores()))?
                .map;
        let candidates = Candidates::of(&map, export.moderation, &[]);
        let public = Self { export, map, candidates };
        for (number, _) in &source.minutes_of {
            public.check(*number, "--minutes-of")?;
        }
        Ok(public)
    }

    /// Whether there is such a statement.
    fn check(&self, number: StatementNumber, flag: &str) -> anyhow::Result<()> {
        anyhow::ensure!(self.map.statement(number).is_some(), "{flag} {number}: there is no such statement");
        Ok(())
    }

    fn choosing(&self, source: &Source, rule: Rule, budget: Budget) -> Choosing {
        let cost = |statement| source.cost(statement);
        choosing(&self.export.votes(), &self.map, &self.candidates, rule, budget.units(), cost)
    }
}

impl Report {
    /// An agenda that was picked by hand.
    fn new(public: Public, choosing: Choosing, items: Vec<StatementNumber>, budget: Budget) -> Self {
        let Public { export, map, candidates } = public;
        Self {
            rule: None,
            chosen: Vec::new(),
            audits: choosing.audit(&items),
            inclusion: BTreeMap::new(),
            items,
            choosing,
            budget,
            export,
            map,
            candidates,
        }
    }

    fn print(&self, format: Format) -> anyhow::Result<ExitCode> {
        let text = match format {
            Format::Json => format!("{}\n", serde_json::to_string_pretty(&json::json(self))?),
            Format::Table => table::table(self),
        };
        print_result(&text, &self.export.notes)?;
        Ok(ExitCode::SUCCESS)
    }

    fn text(&self, number: StatementNumber) -> &str {
        let stored = self.export.statements.iter().find(|statement| statement.number == number);
        stored.map_or("", |statement| statement.text.as_str())
    }

    /// Statements that could have been chosen and were not.
    fn not_chosen(&self) -> Vec<StatementNumber> {
        let open = self.candidates.open.iter().map(Candidate::number);
        open.filter(|number| !self.items.contains(number)).collect()
    }
}
