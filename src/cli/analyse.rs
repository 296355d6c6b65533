//! `boule analyse`

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::exchange::polis::{self, PolisExport};
use crate::opinion::{self, OpinionMap};

/// Compute the opinion map of a Polis export, without any server
///
/// The JSON is a public format (docs/OPINION.md). Nothing is hidden in it: groups below the
/// publication minimum are marked `below_threshold`.
#[derive(Args)]
pub(super) struct Analyse {
    /// The export's directory
    dir: PathBuf,
    /// The named set of formulas
    #[arg(long, value_enum, default_value_t = Preset::Boule)]
    preset: Preset,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Preset {
    /// Boule's own formulas
    Boule,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The whole map, for programs
    Json,
    /// The main findings, for people
    Table,
}

impl Analyse {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let export = polis::read_export(&self.dir)?;
        let Preset::Boule = self.preset;
        let map = opinion::compute(&export.votes(), &opinion::Params::default());
        let text = match self.format {
            Format::Json => format!("{}\n", serde_json::to_string_pretty(&public_json(&map, &export)?)?),
            Format::Table => table(&map, &export),
        };
        // A reader that has seen enough (`| head`) is no error.
        match std::io::stdout().lock().write_all(text.as_bytes()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(ExitCode::SUCCESS),
        }
    }
}

/// The public format: the map, with the statements' words and the number of vote events.
fn public_json(map: &OpinionMap, export: &PolisExport) -> anyhow::Result<Value> {
    let mut value = serde_json::to_value(map)?;
    if let Some(counts) = value.get_mut("counts").and_then(Value::as_object_mut) {
        counts.insert("events".into(), json!(export.vote_events()));
    }
    if let Some(statements) = value.get_mut("statements").and_then(Value::as_array_mut) {
        for (statement, stored) in statements.iter_mut().zip(&map.statements) {
            if let Some(statement) = statement.as_object_mut() {
                statement.insert("text".into(), json!(text_of(export, stored.id)));
            }
        }
    }
    Ok(value)
}

fn text_of(export: &PolisExport, number: crate::domain::StatementNumber) -> &str {
    let statement = export.statements.iter().find(|statement| statement.number == number);
    statement.map_or("", |statement| &statement.text)
}

/// A text on one line of a table.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn table(map: &OpinionMap, export: &PolisExport) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    // Writing to a String does not fail.
    let c = &map.counts;
    let _ = writeln!(out, "{}", export.summary.topic);
    let _ = writeln!(
        out,
        "{} participants ({} placed), {} statements with votes, {} votes ({} events)",
        c.participants,
        c.placed,
        c.statements,
        c.votes,
        export.vote_events()
    );
    let _ = writeln!(out, "{} agree, {} pass, {} disagree", c.agree, c.pass, c.disagree);
    let [first, second] = map.pca.explained_variance_ratio;
    let _ = writeln!(
        out,
        "explained variance {first:.4}, {second:.4}; k = {}; silhouettes {:?}",
        map.k.chosen, map.k.silhouette
    );
    if let Some(note) = map.note {
        let _ = writeln!(out, "note: {note:?}");
    }
    for group in &map.groups {
        let _ = writeln!(
            out,
            "\ngroup {}: {} people{}",
            group.label,
            group.size,
            if group.below_threshold { " (below the publication threshold)" } else { "" }
        );
        for representative in &group.representative {
            let s = &representative.statistics;
            let _ = writeln!(
                out,
                "  {:?} {:.0} % [{:.0}–{:.0} %], n = {:<4} #{} {}",
                s.direction,
                s.share * 100.0,
                s.interval[0] * 100.0,
                s.interval[1] * 100.0,
                s.seen,
                s.statement,
                one_line(text_of(export, s.statement))
            );
        }
    }
    let _ = writeln!(out, "\nagreement across groups (lowest group bound):");
    for side in [&map.consensus.agree, &map.consensus.disagree] {
        for consensus in side {
            let s = &consensus.statistics;
            let _ = writeln!(
                out,
                "  {:?} {:.0} %, n = {:<4} #{} {}",
                s.direction,
                consensus.lowest_group_bound * 100.0,
                s.seen,
                s.statement,
                one_line(text_of(export, s.statement))
            );
        }
    }
    out
}
