//! A slate and its audit as JSON: a public format (docs/OPINION.md).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Budget, RESAMPLES, Report};
use crate::assembly::{Audit, Blocking};
use crate::opinion::numeric::geometry::rounded;

/// The form: it grows, and what is there keeps its meaning.
const FORMAT: u32 = 1;

pub(super) fn json(report: &Report) -> Value {
    let (unit, units) = match report.budget {
        Budget::Places(places) => ("places", places),
        Budget::Minutes(minutes) => ("minutes", minutes),
    };
    let items: Vec<Value> = (0..report.items.len()).map(|at| item(report, at)).collect();
    let [observed, imputed] = report.audits.each_ref().map(|audit| audit_json(audit, report));
    json!({
        "format": FORMAT,
        "rule": report.rule,
        unit: units,
        "candidates": report.candidates.open.len(),
        "groups": report.map.groups.iter().map(|group| json!({ "label": group.label, "people": group.size })).collect::<Vec<_>>(),
        "items": items,
        "audit": { "observed": observed, "imputed": imputed },
        "not_chosen": report.not_chosen(),
        "not_candidates": not_candidates(report),
    })
}

fn item(report: &Report, at: usize) -> Value {
    let number = report.items[at];
    let map = &report.map;
    let statement = map.statement(number);
    let votes = statement.map(|statement| {
        json!({ "agree": statement.agree, "disagree": statement.disagree, "pass": statement.pass })
    });
    let groups =
        statement.map(|statement| statement.groups.iter().map(|tally| json!(tally)).collect::<Vec<_>>());
    let support = report
        .choosing
        .readings()
        .map(|approvals| approvals.index(number).map_or(0, |index| approvals.support(index)));
    let observed = report.choosing.readings()[0];
    let cost = observed.index(number).map(|index| observed.cost(index));
    json!({
        "statement": number,
        "text": report.text(number),
        "chosen_by": report.chosen.get(at).map(|chosen| chosen.phase),
        "candidate": cost.is_some(),
        "cost": cost,
        "votes": votes,
        "groups": groups,
        "lowest_bound": statement.map(|statement| statement.lowest_group_bound),
        "supporters": { "observed": support[0], "imputed": support[1] },
        "chosen_again": report.rule.map(|_| {
            rounded(f64::from(report.inclusion.get(&number).copied().unwrap_or(0)) / f64::from(RESAMPLES))
        }),
    })
}

fn audit_json(audit: &Audit, report: &Report) -> Value {
    let verdict = &audit.verdict;
    let blocking = |blocking: Option<Blocking>| {
        blocking.map(|found| {
        json!({ "statement": found.statement, "people": found.people, "have_at_most": found.have })
    })
    };
    let labels = report.map.groups.iter().map(|group| group.label.as_str());
    json!({
        "people": verdict.people,
        "with_nothing": verdict.unserved,
        "share_with_nothing": rounded(verdict.unserved_share()),
        "justified_representation": verdict.justified_representation.is_none(),
        "jr_blocked_by": blocking(verdict.justified_representation),
        "ejr_plus": verdict.extended.is_none(),
        "ejr_plus_blocked_by": blocking(verdict.extended),
        "blocking_by_group": labels.zip(&audit.blocking_by_group).collect::<BTreeMap<_, _>>(),
        "groups": audit.groups.iter().map(|group| json!({
            "label": group.label,
            "people": group.people,
            "with_nothing": group.unserved,
            "items_each": rounded(group.mean),
        })).collect::<Vec<_>>(),
    })
}

fn not_candidates(report: &Report) -> serde_json::Map<String, Value> {
    let mut by_reason = serde_json::Map::new();
    for (number, why) in &report.candidates.barred {
        let numbers = by_reason.entry(json!(why).as_str().unwrap_or_default()).or_insert_with(|| json!([]));
        if let Some(numbers) = numbers.as_array_mut() {
            numbers.push(json!(number));
        }
    }
    by_reason
}
