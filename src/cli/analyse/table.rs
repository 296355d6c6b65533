//! The findings of a map in words, for people who know no statistics.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Analysis, Baseline, texts};
use crate::domain::StatementNumber;
use crate::exchange::polis::PolisExport;
use crate::opinion::validation::methods::{Method, NoGroups, OtherGroups};
use crate::opinion::{ConsensusStatement, Direction, Group, MapNote, OpinionMap, Preset, Status, Validation};

/// Statements listed by how far they bridge.
const BRIDGING_LISTED: usize = 5;

/// The whole table. (Writing to a String does not fail: `let _`.)
pub(super) fn table(analysed: &Analysis, export: &PolisExport) -> String {
    let Analysis { map, plain, methods } = analysed;
    let texts = texts(export);
    let mut out = String::new();
    head(&mut out, map, plain.as_ref(), export);
    for group in &map.groups {
        group_section(&mut out, map, group, &texts);
    }
    if map.engine.preset == Preset::Polis {
        let _ = writeln!(out, "\nWhat most people agree or disagree with (Polis: consensus)");
    } else {
        let _ = writeln!(out, "\nWhat every group agrees or disagrees with");
        if map.consensus.agree.iter().chain(&map.consensus.disagree).any(|s| s.margin.is_some()) {
            let _ = writeln!(out, "  (Newcomers are counted as long as the others stay in their groups.)");
        }
    }
    if map.consensus.agree.is_empty() && map.consensus.disagree.is_empty() {
        let _ = writeln!(out, "  Nothing that is certain.");
    }
    for statement in map.consensus.agree.iter().chain(&map.consensus.disagree) {
        consensus_line(&mut out, map, statement, &texts);
    }
    if let Some(validation) = &map.validation {
        bridging_section(&mut out, map, validation, &texts);
    }
    for (at, (method, found)) in methods.iter().flatten().enumerate() {
        if at == 0 {
            let _ = writeln!(out, "\nThe groups by other methods (1 is the same groups, 0 is chance)");
        }
        method_line(&mut out, map, *method, found);
    }
    out
}

/// People who are named before the rest is counted.
const MOVED_NAMED: usize = 12;

fn method_line(out: &mut String, map: &OpinionMap, method: Method, found: &Result<OtherGroups, NoGroups>) {
    let name = match method {
        Method::KMeans => "k-means by linfa, on the map",
        Method::GaussianMixture => "Gaussian mixture by linfa, on the map",
        Method::KMeansOnVotes => "k-means by linfa, on the votes themselves",
    };
    let found = match found {
        Ok(found) => found,
        Err(reason) => {
            let _ = writeln!(out, "  {name}: {reason}.");
            return;
        }
    };
    let placed = map.counts.placed;
    let _ = write!(out, "  {name}: {:.2}; {} of {placed} people move", found.agreement, found.moved.len());
    let named: Vec<String> = found.moved.iter().take(MOVED_NAMED).map(ToString::to_string).collect();
    let more = found.moved.len().saturating_sub(MOVED_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let _ =
        if named.is_empty() { writeln!(out, ".") } else { writeln!(out, ": {}{more}.", named.join(", ")) };
}

fn head(out: &mut String, map: &OpinionMap, plain: Option<&Baseline>, export: &PolisExport) {
    let c = &map.counts;
    let _ = writeln!(out, "{}", one_line(&export.summary.topic));
    let _ = writeln!(
        out,
        "{} cast {} votes on {} statements ({} agree, {} disagree, {} pass).",
        counted(c.participants, "person"),
        c.votes,
        c.statements,
        c.agree,
        c.disagree,
        c.pass
    );
    let overwritten = (export.vote_events() as u64).saturating_sub(c.votes);
    if overwritten > 0 {
        let _ = writeln!(out, "Votes that were changed later are not counted: {overwritten}.");
    }
    let _ = writeln!(out, "{} of them voted on enough to be placed on the map.", c.placed);
    if c.excluded > 0 {
        let _ = writeln!(out, "{} people were left out by hand.", c.excluded);
    }
    if c.straight_liners > 0 {
        let _ = writeln!(
            out,
            "{} gave nearly always the same answer; they are counted, and marked.",
            c.straight_liners
        );
    }
    let [first, second] = map.pca.explained_variance_ratio;
    let _ = writeln!(
        out,
        "The map's two directions show {:.0} % and {:.0} % of what sets people apart.",
        first * 100.0,
        second * 100.0
    );
    let silhouettes: Vec<String> = map.k.silhouette.iter().map(|(k, s)| format!("{k}: {s:.2}")).collect();
    let silhouettes = if silhouettes.is_empty() {
        String::new()
    } else {
        format!(" (silhouettes {})", silhouettes.join(", "))
    };
    let _ = writeln!(out, "{}{silhouettes}", counted(map.k.chosen, "group"));
    if let Some(note) = map.note {
        let _ = writeln!(out, "Note: {}", note_words(note));
    }
    // One group is no division that could be doubted.
    if let Some(validation) = map.validation.as_ref().filter(|_| map.k.chosen > 1) {
        status_lines(out, map, validation);
    }
    if let Some(plain) = plain {
        let sizes: Vec<String> = plain.sizes.iter().map(u32::to_string).collect();
        let _ = writeln!(
            out,
            "Without weights and exclusions there are {} (of {} people); the two agree to {:.2} (adjusted Rand index).",
            counted(plain.k, "group"),
            sizes.join(", "),
            plain.adjusted_rand
        );
    }
}

fn status_lines(out: &mut String, map: &OpinionMap, validation: &Validation) {
    let verdict = match validation.status {
        Status::Clear => "The groups are clear",
        Status::Fragile => "The groups are fragile",
        Status::NoClearGroups => "There are no clear groups",
    };
    let (bootstrap, null) = (&validation.bootstrap, &validation.null);
    let again = bootstrap.k.get(&map.k.chosen).copied().unwrap_or(0.0);
    let _ = writeln!(
        out,
        "{verdict}: {:.0} of {} other samples of this public have as many, and agree with them to {:.2}; \
         {:.0} of {} shuffles of the votes separate as well.",
        again * f64::from(bootstrap.resamples),
        bootstrap.resamples,
        bootstrap.median_ari,
        null.share_at_least * f64::from(null.shuffles),
        null.shuffles
    );
}

fn group_section(out: &mut String, map: &OpinionMap, group: &Group, texts: &BTreeMap<StatementNumber, &str>) {
    let hidden = if group.below_threshold { ", too few to be published" } else { "" };
    let people = counted(group.size, "person");
    let _ = writeln!(out, "\nGroup {}: {people}{hidden}", one_line(&group.label));
    if group.representative.is_empty() && map.groups.len() > 1 {
        let _ = writeln!(out, "  Nothing sets it apart that is more than chance.");
    }
    for representative in &group.representative {
        let s = &representative.statistics;
        let after = map.validation.iter().flat_map(|validation| &validation.representative);
        let again = after
            .filter(|r| r.group == group.id && r.statement == s.statement && r.direction == s.direction)
            .map(|r| {
                let chance = if r.strong { "" } else { ", and chance could make it" };
                format!("; listed in {:.0} % of samples{chance}", r.inclusion * 100.0)
            });
        let _ = writeln!(
            out,
            "  {:.0} % of {} {} ({:.0}–{:.0} %{}): #{} {}",
            s.share * 100.0,
            s.seen,
            verb(s.direction),
            (s.interval[0] * 100.0).floor(),
            (s.interval[1] * 100.0).ceil(),
            again.collect::<String>(),
            s.statement,
            text(texts, s.statement)
        );
    }
}

fn consensus_line(
    out: &mut String,
    map: &OpinionMap,
    consensus: &ConsensusStatement,
    texts: &BTreeMap<StatementNumber, &str>,
) {
    let s = &consensus.statistics;
    let _ = writeln!(out, "  #{} {}", s.statement, text(texts, s.statement));
    let _ = write!(out, "    {} of {} people", s.direction.of(&s.tally()), s.seen);
    if map.engine.preset == Preset::Boule && map.groups.len() > 1 {
        let _ = write!(out, ", and most of every group,");
    }
    let _ = write!(out, " {}", verb(s.direction));
    if let Some(margin) = consensus.margin {
        let newcomers = counted(margin.newcomers, "organised newcomer");
        let _ = write!(out, "; at least {newcomers} would be needed to change that");
    }
    let _ = writeln!(out, ".");
}

fn bridging_section(
    out: &mut String,
    map: &OpinionMap,
    validation: &Validation,
    texts: &BTreeMap<StatementNumber, &str>,
) {
    let bridges = map.bridges(validation);
    if !bridges.is_empty() {
        let _ = writeln!(out, "\nWhat bridges best, whatever the groups (bridging score)");
    }
    for statement in bridges.iter().take(BRIDGING_LISTED) {
        let _ = writeln!(out, "  {:+.2} #{} {}", statement.bridging, statement.id, text(texts, statement.id));
    }
    let mut statements = validation.well_known();
    if statements.is_empty() {
        return;
    }
    statements.sort_by(|a, b| b.divisiveness.total_cmp(&a.divisiveness).then(a.id.cmp(&b.id)));
    let _ = writeln!(out, "\nWhat divides most, whatever the groups (divisiveness)");
    for statement in statements.iter().take(BRIDGING_LISTED) {
        let _ =
            writeln!(out, "  {:.2} #{} {}", statement.divisiveness, statement.id, text(texts, statement.id));
    }
}

fn verb(direction: Direction) -> &'static str {
    match direction {
        Direction::Agree => "agree",
        Direction::Disagree => "disagree",
    }
}

fn counted(n: u32, noun: &str) -> String {
    match (n, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "person") => format!("{n} people"),
        _ => format!("{n} {noun}s"),
    }
}

fn note_words(note: MapNote) -> &'static str {
    match note {
        MapNote::NoVotes => "nobody has voted on a statement that counts.",
        MapNote::TooFewPeople => "too few people are placed to form two groups.",
        MapNote::IdenticalVotes => "everybody voted alike, as far as they voted.",
        MapNote::PcaNotConverged => "the directions are not exact: the search for them was cut off.",
        MapNote::NoClearGroups => "no division into groups holds; everybody placed is one group.",
        MapNote::OneDimension => "all differences lie along one direction.",
        MapNote::ArbitraryAxes => "two directions explain equally much; the map could be turned.",
    }
}

fn text(texts: &BTreeMap<StatementNumber, &str>, number: StatementNumber) -> String {
    one_line(texts.get(&number).copied().unwrap_or_default())
}

/// A text on one line of a table, without what a terminal would obey.
fn one_line(text: &str) -> String {
    crate::domain::clean_line(text)
}
