//! A slate and its audit in words, for people who know no statistics.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Budget, RESAMPLES, Report};
use crate::assembly::{Audit, Blocking, Phase, Reading, SlateItem};
use crate::domain::StatementNumber;
use crate::domain::agenda::OmissionReason;

/// The whole table. (Writing to a String does not fail: `let _`.)
pub(super) fn table(report: &Report) -> String {
    let mut out = String::new();
    head(&mut out, report);
    for (at, number) in report.items.iter().enumerate() {
        item(&mut out, report, at, *number);
    }
    if report.items.is_empty() {
        let _ = writeln!(out, "  Nothing: no statement was seen by every group and agreed with.");
    }
    let _ = writeln!(out, "\nWhom it leaves out");
    report.audits.iter().for_each(|audit| verdict(&mut out, report, audit));
    left_out(&mut out, report);
    out
}

fn head(out: &mut String, report: &Report) {
    let people: u32 = report.map.groups.iter().map(|group| group.size).sum();
    let room = match report.budget {
        Budget::Places(places) => format!("{places} places"),
        Budget::Minutes(minutes) => format!("{minutes} minutes"),
    };
    let candidates = report.candidates.open.len();
    let _ = writeln!(
        out,
        "{}: {room}, {candidates} statements to choose from, {people} people in {} groups",
        if report.rule.is_some() { "An agenda" } else { "An agenda that was picked by hand" },
        report.map.groups.len(),
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
    if let Some(chosen) = report.chosen.get(at) {
        let again = 100 * report.inclusion.get(&number).copied().unwrap_or(0) / RESAMPLES;
        let _ = writeln!(
            out,
            "     {}; chosen again in {again} % of {RESAMPLES} resamples",
            why(chosen, statement.lowest_group_bound)
        );
    }
}

fn why(chosen: &SlateItem, bound: f64) -> String {
    let payers = chosen.payers;
    match chosen.phase {
        Phase::Bridging => {
            format!("bridges: at least {} % in every group agree", (bound * 100.0).floor())
        }
        Phase::EqualShares => format!("{payers} people's shares pay for it"),
        Phase::Completion => format!("fills the agenda: {payers} people's shares come next"),
        Phase::Thiele => format!("adds most to what the {payers} who agree have already"),
    }
}

fn verdict(out: &mut String, report: &Report, audit: &Audit) {
    let found = &audit.verdict;
    let _ = writeln!(
        out,
        "  {}: {} of {} people ({:.1} %) have nothing on it",
        match audit.reading {
            Reading::Observed => "By the votes that were cast",
            Reading::Imputed => "With unseen statements read as most of the group voted",
        },
        found.unserved,
        found.people,
        found.unserved_share() * 100.0,
    );
    let line = match (found.justified_representation, found.extended) {
        (Some(blocking), _) => format!("{} have nothing", group(report, audit, &blocking)),
        (None, Some(blocking)) => format!(
            "{} have {} or less, and could claim more; nobody who could claim an item has nothing",
            group(report, audit, &blocking),
            amount(report, blocking.have),
        ),
        (None, None) => "no group could claim more than it has".to_owned(),
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
    format!("{} people who agree with No. {} ({})", blocking.people, blocking.statement, members.join(", "))
}

fn amount(report: &Report, units: u32) -> String {
    match report.budget {
        Budget::Places(_) => format!("{units} items"),
        Budget::Minutes(_) => format!("{units} minutes"),
    }
}

fn left_out(out: &mut String, report: &Report) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for why in report.candidates.barred.values() {
        *counts.entry(why_not(*why)).or_default() += 1;
    }
    let not_chosen = report.not_chosen().len();
    let _ = writeln!(out, "\nNot on it");
    let _ = writeln!(out, "  {not_chosen} could have been chosen");
    for (why, count) in counts {
        let _ = writeln!(out, "  {count} {why}");
    }
}

/// Why a statement is not a candidate, after "statement 5 could not have been chosen" and "12".
pub(super) fn why_not(why: OmissionReason) -> &'static str {
    match why {
        OmissionReason::Rejected => "rejected by a moderator",
        OmissionReason::NotAccepted => "not accepted by a moderator",
        OmissionReason::Meta => "about the person, not the matter",
        OmissionReason::TooFewVotes => "seen too seldom in at least one group",
        OmissionReason::NotChosen => "not chosen",
        OmissionReason::NoSupport => "agreed with by nobody on the map",
        OmissionReason::RemovedByHand => "taken off by hand",
    }
}

/// The same for programs.
pub(super) fn code(why: OmissionReason) -> &'static str {
    match why {
        OmissionReason::Rejected => "rejected",
        OmissionReason::NotAccepted => "not_accepted",
        OmissionReason::Meta => "meta",
        OmissionReason::TooFewVotes => "too_few_votes",
        OmissionReason::NotChosen => "not_chosen",
        OmissionReason::NoSupport => "no_support",
        OmissionReason::RemovedByHand => "removed_by_hand",
    }
}
