//! `boule-bench views`: do the views that should agree agree?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::Format;
use boule::exchange::polis;
use boule::opinion::numeric::compare::spearman;
use boule::opinion::{self, CheckedParams, VoteMatrix, Work};

/// Do the views of agreement agree: bridging with group-informed consensus, divisiveness with gaps
///
/// Rank correlations (Spearman) over the live statements of public votes, and over those that every
/// group was asked often enough.
#[derive(Args)]
pub(crate) struct Views {
    /// Directories of Polis exports
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Serialize)]
struct Line {
    data: String,
    statements: usize,
    bridging_and_consensus: f64,
    divisiveness_and_gap: f64,
    asked_enough: usize,
    bridging_and_consensus_asked_enough: f64,
    divisiveness_and_gap_asked_enough: f64,
    sweeps: u32,
}

impl Views {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let lines = self.dirs.iter().map(|dir| line(dir)).collect::<anyhow::Result<Vec<_>>>()?;
        if self.format == Format::Json {
            boule::say!("{}", serde_json::to_string_pretty(&lines)?);
            return Ok(ExitCode::SUCCESS);
        }
        boule::say!(
            "{:<34} {:>10} {:>10} {:>8}   {:>10} {:>10} {:>8} {:>7}",
            "data",
            "statements",
            "bridging ~",
            "divides ~",
            "asked",
            "bridging ~",
            "divides ~",
            "sweeps"
        );
        boule::say!(
            "{:<34} {:>10} {:>10} {:>8}   {:>10} {:>10} {:>8}",
            "",
            "",
            "consensus",
            "gap",
            "enough",
            "consensus",
            "gap"
        );
        for l in &lines {
            boule::say!(
                "{:<34} {:>10} {:>10.3} {:>8.3}   {:>10} {:>10.3} {:>8.3} {:>7}",
                l.data,
                l.statements,
                l.bridging_and_consensus,
                l.divisiveness_and_gap,
                l.asked_enough,
                l.bridging_and_consensus_asked_enough,
                l.divisiveness_and_gap_asked_enough,
                l.sweeps
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn line(dir: &Path) -> anyhow::Result<Line> {
    let (params, work) = (CheckedParams::default(), Work::alone());
    let matrix = VoteMatrix::new(&polis::read_export(dir)?.votes());
    let computed = opinion::compute_with(&matrix, &params, &work)?;
    let stages = &computed.stages;
    let factors =
        opinion::findings::bridging::factorise(&matrix, &stages.projection, None, &params.bridging, &work)?;
    let sizes: Vec<u32> = computed.map.groups.iter().map(|group| group.size).collect();
    let mut all = [const { Vec::new() }; 4];
    let mut enough = [const { Vec::new() }; 4];
    for (index, &column) in stages.projection.centring.live.iter().enumerate() {
        let statement = &computed.map.statements[column];
        let values = [
            factors.intercepts[index],
            statement.group_informed_consensus,
            factors.factors[index].abs(),
            opinion::validation::validate::gap(&statement.groups),
        ];
        let asked = opinion::findings::consensus::seen_by_every_group(
            &statement.groups,
            &sizes,
            params.findings.exposure_votes,
        );
        for (at, value) in values.into_iter().enumerate() {
            all[at].push(value);
            if asked {
                enough[at].push(value);
            }
        }
    }
    Ok(Line {
        data: dir.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned()),
        statements: all[0].len(),
        bridging_and_consensus: spearman(&all[0], &all[1]),
        divisiveness_and_gap: spearman(&all[2], &all[3]),
        asked_enough: enough[0].len(),
        bridging_and_consensus_asked_enough: spearman(&enough[0], &enough[1]),
        divisiveness_and_gap_asked_enough: spearman(&enough[2], &enough[3]),
        sweeps: factors.sweeps,
    })
}
