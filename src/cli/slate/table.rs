//! A slate and its audit in words, for people who know no statistics.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Budget, RESAMPLES, Report};
use crate::assembly::{Audit, Blocking, Phase, Reading, SlateItem};
use crate::domain::OmissionReason;
use crate::domain::StatementNumber;

/// The whole table. (Writing to a String does not fail: `let _`.)
pub(super) fn table(report: &Report) -> String {
    let mut out = String::new();
    head(&mut out, report);
    for (at, number) in report.items.iter().enumerate() {
        item(&mut out, report, at, *number);
    }
    if report.items.is_empty() {
        let _ = writeln!(out, "  Nothing: of these statements, none fits, or nobody agrees with any.");
    }
    let _ = writeln!(out, "\nWho finds nothing on it");
    report.audits.iter().for_each(|audit| verdict(&mut out, report, audit));
    left_out(&mut out, report);
    out
}

fn head(out: &mut String, report: &Report) {
    let people: u32 = report.map.groups.iter().map(|group| group.size).sum();
    let room = match report.budget {
        Budget::Places(places) => counted(places, "place"),
        Budget::Minutes(minutes) => counted(minutes, "minute"),
    };
    let _ = writeln!(
        out,
        "{}: {room}, {} to choose from, {} on the map in {}",
        if report.rule.is_some() { "An agenda" } else { "An agenda that was picked by hand" },
        counted(report.candidates.open.len(), "statement"),
        if people == 1 { "1 person".to_owned() } else { format!("{people} people") },
        counted(report.map.groups.len(), "group"),
    );
}

fn item(out: &mut String, report: &Report, at: usize, number: StatementNumber) {
    let words = report.text(number).split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "\n{:>3}  No. {number}  {words}", at + 1);
    let Some(statement) = report.map.statement(number) else { return };
    let groups = report.map.groups.iter().zip(&statement.groups);
    let shares: Vec<String> =
        groups.map(|(group, tally)| format!("{} {} of {}", group.label, tally.agree, tally.seen())).collect();
    let _ = writeln!(out, "     agree: {}", shares.join(", "));
    if let Some(why) = report.candidates.barred.get(&number) {
        let _ =
            writeln!(out, "     could not have been chosen ({}): nobody counts as having it", why_not(*why));
    }
    if let Some(chosen) = report.chosen.get(at) {
        let again = 100 * report.inclusion.get(&number).copied().unwrap_or(0) / RESAMPLES;
        let _ = writeln!(
            out,
            "     {}; chosen in {again}% of {RESAMPLES} repeats with people drawn by lot",
            why(chosen, statement.lowest_group_bound)
        );
    }
}

fn why(chosen: &SlateItem, bound: f64) -> String {
    let payers = chosen.payers;
    match chosen.phase {
        Phase::Bridging => {
            format!("allowing for chance, at least {}% of each group agree", (bound * 100.0).floor())
        }
        Phase::EqualShares => format!("{payers} people together are enough for it"),
        Phase::Completion => format!("fills what is left over: {payers} people came closest to earning it"),
        Phase::Thiele => format!("adds most for the {payers} who agree, after what they already have"),
    }
}

fn verdict(out: &mut String, report: &Report, audit: &Audit) {
    let found = &audit.verdict;
    let _ = writeln!(
        out,
        "  {}: {} of {} people who agree with anything ({:.1}%) agree with nothing on it",
        match audit.reading {
            Reading::Observed => "By the votes cast",
            Reading::Imputed => "If people think like most of their group about what they did not see",
        },
        found.unserved,
        found.people,
        found.unserved_share() * 100.0,
    );
    let line = match (found.justified_representation, found.extended) {
        (Some(blocking), _) => format!(
            "{} have nothing on it, though they are enough for an item",
            group(report, audit, &blocking)
        ),
        (None, Some(blocking)) => format!(
            "{} have at most {} each, though they are enough for more; no such people have nothing at all",
            group(report, audit, &blocking),
            amount(report, blocking.have),
        ),
        (None, None) => {
            "nobody is owed more: no people who share a statement are enough for more than they have"
                .to_owned()
        }
    };
    let _ = writeln!(out, "    {line}");
    for group in &audit.groups {
        let _ = writeln!(
            out,
            "    group {}: {} people, {} with nothing, {:.1} items each",
            group.label, group.people, group.unserved, group.mean
        );
    }
}

fn group(report: &Report, audit: &Audit, blocking: &Blocking) -> String {
    let labels = report.map.groups.iter().map(|group| group.label.as_str());
    let members = labels.zip(&audit.blocking_by_group).filter(|(_, count)| **count > 0);
    let members: Vec<String> = members.map(|(label, count)| format!("{label} {count}")).collect();
    let agree = match audit.reading {
        Reading::Observed => "agree",
        Reading::Imputed => "would agree",
    };
    format!("{} people who {agree} with No. {} ({})", blocking.people, blocking.statement, members.join(", "))
}

fn amount(report: &Report, units: u32) -> String {
    match report.budget {
        Budget::Places(_) => counted(units, "item"),
        Budget::Minutes(_) => counted(units, "minute"),
    }
}

/// “1 item”, “2 items”.
fn counted(n: impl std::fmt::Display, what: &str) -> String {
    let n = n.to_string();
    let plural = if n == "1" { "" } else { "s" };
    format!("{n} {what}{plural}")
}

fn left_out(out: &mut String, report: &Report) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, why) in report.candidates.barred.iter().filter(|(number, _)| !report.items.contains(*number)) {
        *counts.entry(why_not(*why)).or_default() += 1;
    }
    let not_chosen = report.not_chosen().len();
    let _ = writeln!(out, "\nNot on it");
    let _ = writeln!(out, "  {not_chosen} could have been chosen and were not");
    for (why, count) in counts {
        let _ = writeln!(out, "  {count} {why}");
    }
}

/// Why a statement is not a candidate, after "statement 5 could not have been chosen" and "12".
fn why_not(why: OmissionReason) -> &'static str {
    match why {
        OmissionReason::Rejected => "rejected by a moderator",
        OmissionReason::NotAccepted => "waiting for a moderator",
        OmissionReason::Meta => "about the person, not the matter",
        OmissionReason::TooFewVotes => "seen by too few people in at least one group",
        OmissionReason::NotChosen => "not chosen",
        OmissionReason::NoSupport => "agreed with by nobody on the map",
    }
}
