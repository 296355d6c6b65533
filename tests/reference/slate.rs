//! Slates against abcvoting's: `civic/slate_golden.json` (ASSEMBLY §1).
//!
//! The goldens count observed votes only: voters with at least 7 votes and an agreement among the
//! candidates, candidates not moderated out, no filter by group.

use std::collections::BTreeSet;
use std::path::Path;

use boule::assembly::{Approvals, audit, equal_shares, sequential_pav, top_by_agrees};
use boule::domain::{Moderation, StatementNumber};
use boule::exchange::polis::read_export;
use serde_json::Value;

const PLACES: usize = 7;
const LEAST_VOTES: usize = 7;

/// The approvals that the golden was made from.
fn approvals(export: &Path) -> Approvals {
    let votes =
        read_export(export).unwrap_or_else(|e| panic!("{} can't be read: {e}", export.display())).votes();
    let candidates: BTreeSet<StatementNumber> = votes
        .statements
        .iter()
        .filter(|statement| statement.moderation != Moderation::Rejected)
        .map(|statement| statement.number)
        .collect();
    let among = candidates.clone();
    Approvals::observed(&votes, candidates, move |participant| {
        participant.votes.iter().filter(|(statement, _)| among.contains(statement)).count() >= LEAST_VOTES
    })
}

fn numbers(golden: &Value) -> Vec<StatementNumber> {
    let texts = golden.as_array().expect("a list of statement numbers");
    texts
        .iter()
        .map(|n| StatementNumber(n.as_str().and_then(|n| n.parse().ok()).expect("a number")))
        .collect()
}

fn sorted(mut slate: Vec<StatementNumber>) -> Vec<StatementNumber> {
    slate.sort();
    slate
}

/// Whether the slate's audit says what abcvoting's does.
fn assert_audit(name: &str, approvals: &Approvals, slate: &[StatementNumber], golden: [&Value; 3]) {
    let found = audit(approvals, slate, PLACES);
    let [jr, extended, covered] = golden;
    assert_eq!(found.justified_representation.is_none(), jr.as_bool().expect("a verdict"), "{name}: JR");
    assert_eq!(found.extended.is_none(), extended.as_bool().expect("a verdict"), "{name}: EJR+");
    let served = 1.0 - found.unserved_share();
    assert!((served - covered.as_f64().expect("a share")).abs() < 1e-4, "{name}: {served} have something");
}

#[test]
fn slates_and_their_audits_are_those_of_abcvoting() {
    let Some(data) = crate::data_dir() else { return };
    let text = std::fs::read_to_string(data.join("civic/slate_golden.json")).expect("the goldens");
    let goldens: Value = serde_json::from_str(&text).expect("JSON");
    for (name, golden) in goldens.as_object().expect("one entry an export") {
        let approvals = approvals(&data.join("polis").join(name));
        assert_eq!(golden["k"], PLACES);
        assert_eq!(golden["with_any_agree"], approvals.voters(), "{name}: voters");

        let agrees = top_by_agrees(&approvals, PLACES);
        assert_eq!(agrees, numbers(&golden["top_by_raw_agrees"]), "{name}: raw agrees");
        let verdicts = ["top_by_raw_agrees_jr", "top_by_raw_agrees_ejr+", "top_by_raw_agrees_covered"];
        assert_audit(name, &approvals, &agrees, verdicts.map(|key| &golden[key]));

        let pav = sequential_pav(&approvals, PLACES);
        let shares = equal_shares(&approvals, PLACES).into_iter().map(|choice| choice.statement).collect();
        for (rule, slate) in [("seqpav", pav), ("equal-shares", shares)] {
            let (slate, expected) = (sorted(slate), &golden[rule]);
            assert_eq!(slate, numbers(&expected["slate"]), "{name}: {rule}");
            assert_audit(name, &approvals, &slate, ["jr", "ejr+", "covered"].map(|key| &expected[key]));
        }
    }
}
