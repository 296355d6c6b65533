//! `boule analyse`: the map of files, without any server.

mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::cli::printed::print_result;
use crate::cli::reading::{ModerationArg, Sign};
use crate::domain::{ParticipantNumber, StatementNumber};
use crate::exchange::groups::{self, NamedGroups};
use crate::exchange::polis::{self, PolisExport, ReadOptions};
use crate::exchange::polis_math;
use crate::exchange::rows;
use crate::opinion::numeric::compare::adjusted_rand;
use crate::opinion::numeric::geometry::rounded;
use crate::opinion::polis::{GroupSource, PolisResult};
use crate::opinion::validation::methods::{Method, NoGroups, OtherGroups, other_groups};
use crate::opinion::{self, CheckedParams, ComputedMap, OpinionMap, VoteMatrix, Work};

/// Compute the opinion map of a Polis export, without any server
///
/// The JSON is a public format (docs/OPINION.md). Nothing is hidden in it: groups below the
/// publication minimum are marked `below_threshold`.
#[derive(Args)]
pub(super) struct Analyse {
    /// The export's directory
    #[arg(required_unless_present_any = ["math_votes", "rows"], conflicts_with_all = ["math_votes", "rows"])]
    dir: Option<PathBuf>,
    /// Votes as JSON, as Polis's mathematics takes them, instead of a directory
    #[arg(long, value_name = "FILE", requires = "math_comments")]
    math_votes: Option<PathBuf>,
    /// The statements to those votes, as JSON
    #[arg(long, value_name = "FILE", requires = "math_votes")]
    math_comments: Option<PathBuf>,
    /// Votes as rows, as a conversation of Boule releases them after its end, instead of a directory
    #[arg(long, value_name = "FILE", conflicts_with = "math_votes")]
    rows: Option<PathBuf>,
    /// The named set of formulas
    #[arg(long, value_enum, default_value_t = Preset::Boule)]
    preset: Preset,
    /// Use these groups instead of finding groups, and report on them: a table with a column
    /// “participant” (their numbers) or “xid” (their ids elsewhere), and one with their groups
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
    /// The column of that table with the groups, where it has several
    #[arg(long, value_name = "NAME", requires = "groups")]
    column: Option<String>,
    /// Whether statements that were neither accepted nor rejected are shown: after a moderator accepted
    /// them (before), or at once (after) [default: after, if people other than the authors voted on
    /// at least half of them; otherwise before]
    #[arg(long, value_name = "RULE")]
    moderation: Option<ModerationArg>,
    #[command(flatten)]
    sign: Sign,
    /// Find the groups again by other methods (linfa’s k-means and Gaussian mixture on the map, k-means
    /// on the votes themselves), and say how far each agrees with the map’s, and who moves
    #[arg(long, conflicts_with = "groups")]
    methods: bool,
    /// Only the map: nothing on whether its groups are real, and no bridging scores
    #[arg(long)]
    quick: bool,
    /// Let c identical rows of 7 votes or more count as √c people in the map's geometry
    #[arg(long)]
    weigh_copies: bool,
    /// Leave these participants out, by number; can be given more than once
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    exclude: Vec<u32>,
    /// Threads [default: one a core]; the result does not depend on them
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Preset {
    /// Boule's own formulas
    Boule,
    /// Polis's formulas, computed cold
    Polis,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The whole map, for programs
    Json,
    /// The main findings, for people
    Table,
}

/// A map, and what was asked for beside it.
struct Analysis {
    map: OpinionMap,
    plain: Option<Baseline>,
    methods: Option<[(Method, Result<OtherGroups, NoGroups>); 3]>,
}

impl Analysis {
    fn of(map: OpinionMap) -> Self {
        Self { map, plain: None, methods: None }
    }
}

/// The same votes without what `--weigh-copies` and `--exclude` changed.
struct Baseline {
    k: u32,
    sizes: Vec<u32>,
    /// Of the people who are placed on both maps.
    adjusted_rand: f64,
}

impl Analyse {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        if self.preset == Preset::Polis && (self.weigh_copies || !self.exclude.is_empty() || self.methods) {
            anyhow::bail!("--weigh-copies, --exclude and --methods belong to the preset boule");
        }
        let export = self.read()?;
        let groups = self.groups.as_deref();
        let groups = groups.map(|file| read_groups(file, self.column.as_deref(), &export)).transpose()?;
        let analysed = match self.preset {
            Preset::Polis => Analysis::of(polis_map(&export, groups.as_ref())?),
            Preset::Boule => self.boule_map(&export, groups.as_ref())?,
        };
        let text = match self.format {
            Format::Json => {
                format!("{}\n", serde_json::to_string_pretty(&public_json(&analysed, &export)?)?)
            }
            Format::Table => table::table(&analysed, &export),
        };
        print_result(&text, &export.notes)?;
        Ok(ExitCode::SUCCESS)
    }

    fn read(&self) -> anyhow::Result<PolisExport> {
        let options = ReadOptions {
            moderation: self.moderation.map(ModerationArg::rule),
            agree_is: self.sign.agree_is(),
        };
        if let Some(rows) = &self.rows {
            return Ok(rows::read(rows)?);
        }
        match (&self.dir, &self.math_votes, &self.math_comments) {
            (_, Some(votes), Some(comments)) => Ok(polis_math::read(votes, comments, options)?),
            (Some(dir), ..) => {
                anyhow::ensure!(dir.is_dir(), "{} is not a directory", dir.display());
                Ok(polis::read_export_with(dir, options, &mut |_, _| {})?)
            }
            _ => anyhow::bail!("name a directory, or --math-votes and --math-comments"),
        }
    }

    fn boule_map(&self, export: &PolisExport, groups: Option<&NamedGroups>) -> anyhow::Result<Analysis> {
        let excluded = self.exclude.iter().map(|number| ParticipantNumber(*number)).collect();
        let params = CheckedParams::default().of_people(self.weigh_copies, excluded);
        let threads = self.threads.unwrap_or_else(cores);
        let work = Work::on(threads);
        let matrix = VoteMatrix::new(&export.votes());
        check_excluded(&params, &matrix)?;
        let spinner = spinner();
        spinner.set_message("the map");
        let mut computed = match groups {
            Some(groups) => opinion::compute_given(&matrix, &groups.of, &groups.names, &params, &work)?,
            None => opinion::compute_with(&matrix, &params, &work)?,
        };
        let plain = (params != CheckedParams::default())
            .then(|| plain(&matrix, &computed, groups, &work))
            .transpose()?;
        if !self.quick && groups.is_none() {
            spinner.set_message("whether its groups are real");
            computed.map.validation = Some(opinion::validate(&matrix, &computed, &params, &work)?);
        }
        let methods = self.methods.then(|| {
            spinner.set_message("the groups by other methods");
            let found =
                |method| (method, other_groups(&matrix, &computed.stages, method, params.grouping.seed));
            Method::ALL.map(found)
        });
        spinner.finish_and_clear();
        Ok(Analysis { map: computed.map, plain, methods })
    }
}

/// Threads where none were asked for: one a core.
pub(in crate::cli) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
}

fn check_excluded(params: &CheckedParams, matrix: &VoteMatrix) -> anyhow::Result<()> {
    let known = |p: &&ParticipantNumber| matrix.participants().binary_search(p).is_err();
    match params.people.excluded.iter().find(known) {
        Some(unknown) => anyhow::bail!("--exclude {unknown}: nobody with that number has voted"),
        None => Ok(()),
    }
}

fn read_groups(file: &Path, column: Option<&str>, export: &PolisExport) -> anyhow::Result<NamedGroups> {
    let (mut groups, unknown_xids) = groups::read(file, column, &export.xids)?;
    if unknown_xids > 0 {
        let _ = writeln!(
            std::io::stderr(),
            "note: the export does not know {unknown_xids} of the external ids of {}.",
            file.display()
        );
    }
    let voters: BTreeSet<_> = export.votes().participants.iter().map(|person| person.number).collect();
    let unknown = groups.keep_only(|participant| voters.contains(&participant));
    anyhow::ensure!(!groups.of.is_empty(), "{}: none of its participants has voted here", file.display());
    if unknown > 0 {
        let _ = writeln!(
            std::io::stderr(),
            "note: {unknown} participants of {} have not voted here.",
            file.display()
        );
    }
    Ok(groups)
}

fn polis_map(export: &PolisExport, groups: Option<&NamedGroups>) -> anyhow::Result<OpinionMap> {
    let votes = export.votes();
    let source = groups.map_or(GroupSource::Clustering, |groups| GroupSource::Given(&groups.of));
    let mut map = PolisResult::new(&votes, &source, &Work::alone())?.map(&votes);
    for (group, name) in map.groups.iter_mut().zip(groups.iter().flat_map(|groups| &groups.names)) {
        group.label.clone_from(name);
    }
    Ok(map)
}

fn plain(
    matrix: &VoteMatrix,
    weighed: &ComputedMap,
    groups: Option<&NamedGroups>,
    work: &Work<'_>,
) -> anyhow::Result<Baseline> {
    let plain = match groups {
        Some(groups) => {
            opinion::compute_given(matrix, &groups.of, &groups.names, &CheckedParams::default(), work)?
        }
        None => opinion::compute_with(matrix, &CheckedParams::default(), work)?,
    };
    let both = weighed.map.participants.iter().zip(&plain.map.participants);
    let both = both.filter_map(|(a, b)| Some((a.group()? as u8, b.group()? as u8)));
    let (ours, theirs): (Vec<u8>, Vec<u8>) = both.unzip();
    Ok(Baseline {
        k: plain.map.k.chosen,
        sizes: plain.map.groups.iter().map(|group| group.size).collect(),
        adjusted_rand: adjusted_rand(&ours, &theirs),
    })
}

/// Says what takes so long, on a terminal; nothing where there is none.
fn spinner() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} computing {msg} ({elapsed})");
    let spinner =
        ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    spinner.enable_steady_tick(Duration::from_millis(200));
    spinner
}

/// The public format: the map, with the statements' words and the number of vote events.
fn public_json(analysed: &Analysis, export: &PolisExport) -> anyhow::Result<Value> {
    let Analysis { map, plain, methods } = analysed;
    let mut value = serde_json::to_value(map).context("the map is no JSON")?;
    let texts = texts(export);
    if let Some(counts) = value.get_mut("counts").and_then(Value::as_object_mut) {
        counts.insert("events".into(), json!(export.vote_events()));
    }
    if let Some(statements) = value.get_mut("statements").and_then(Value::as_array_mut) {
        for (statement, stored) in statements.iter_mut().zip(&map.statements) {
            if let Some(statement) = statement.as_object_mut() {
                statement.insert("text".into(), json!(texts.get(&stored.id).copied().unwrap_or_default()));
            }
        }
    }
    if let (Some(value), Some(Baseline { k, sizes, adjusted_rand })) = (value.as_object_mut(), plain) {
        let rounded = rounded(*adjusted_rand);
        value.insert("plain".into(), json!({ "k": k, "sizes": sizes, "adjusted_rand": rounded }));
    }
    if let (Some(value), Some(methods)) = (value.as_object_mut(), methods) {
        value.insert("methods".into(), methods.iter().map(method_json).collect());
    }
    Ok(value)
}

fn method_json((method, found): &(Method, Result<OtherGroups, NoGroups>)) -> Value {
    let name = match method {
        Method::KMeans => "k_means",
        Method::GaussianMixture => "gaussian_mixture",
        Method::KMeansOnVotes => "k_means_on_votes",
    };
    match found {
        Ok(found) => json!({
            "method": name, "adjusted_rand": rounded(found.agreement), "moved": found.moved, "reason": null,
        }),
        Err(reason) => {
            json!({ "method": name, "adjusted_rand": null, "moved": null, "reason": reason.to_string() })
        }
    }
}

/// The statements' words by their numbers.
fn texts(export: &PolisExport) -> BTreeMap<StatementNumber, &str> {
    export.statements.iter().map(|statement| (statement.number, statement.text.as_str())).collect()
}
