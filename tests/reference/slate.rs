//! Slates against abcvoting's: `civic/slate_golden.json` (ASSEMBLY §1).
//!
//! The goldens count observed votes only: voters with at least 7 votes and an agreement among the
//! candidates, candidates not moderated out, no filter by group.

use std::collections::BTreeSet;
use std::path::Path;

use boule::assembly::{
    Approvals, Ballots, Candidate, Candidates, Choosing, Reading, Rule, Verdict, choosing, equal_shares,
    sequential_pav, statements, top_by_agrees,
};
use boule::domain::{Choice, Moderation, StatementNumber};
use boule::exchange::polis::read_export;
use boule::opinion::findings::consensus::group_informed;
use boule::opinion::{CheckedParams, Direction, compute};
use serde_json::Value;

const PLACES: u32 = 7;
const LEAST_VOTES: usize = 7;
const EXPORTS: [&str; 6] = [
    "15-per-hour-seattle",
    "american-assembly.bowling-green",
    "football-concussions",
    "london.youth.policing",
    "scoop-hivemind.biodiversity",
    "vtaiwan.uberx",
];

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
    let voters = votes.participants.iter().filter_map(|participant| {
        let own = participant.votes.iter().filter(|(statement, _)| candidates.contains(statement));
        let own: Vec<_> = own.collect();
        let agreed =
            own.iter().filter(|(_, choice)| *choice == Choice::Agree).map(|(statement, _)| *statement);
        (own.len() >= LEAST_VOTES).then(|| agreed.collect())
    });
    Approvals::of_lists(candidates.iter().copied(), voters.collect::<Vec<_>>())
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
    let found = Verdict::of(approvals, slate, PLACES);
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
        assert_eq!(golden["with_any_agree"], approvals.people(), "{name}: voters");

        let agrees = top_by_agrees(&approvals, PLACES as usize);
        assert_eq!(agrees, numbers(&golden["top_by_raw_agrees"]), "{name}: raw agrees");
        let verdicts = ["top_by_raw_agrees_jr", "top_by_raw_agrees_ejr+", "top_by_raw_agrees_covered"];
        assert_audit(name, &approvals, &agrees, verdicts.map(|key| &golden[key]));

        let pav = statements(&sequential_pav(&approvals, PLACES));
        let shares = statements(&equal_shares(&approvals, PLACES));
        for (rule, slate) in [("seqpav", pav), ("equal-shares", shares)] {
            let (slate, expected) = (sorted(slate), &golden[rule]);
            assert_eq!(slate, numbers(&expected["slate"]), "{name}: {rule}");
            assert_audit(name, &approvals, &slate, ["jr", "ejr+", "covered"].map(|key| &expected[key]));
        }
    }
}

/// A public of the exports as a draft sees it.
fn of_map(export: &Path) -> impl Fn(Rule, u32) -> Choosing + use<> {
    let export = read_export(export).expect("an export");
    let votes = export.votes();
    let map = compute(&votes, &CheckedParams::default());
    let candidates = Candidates::of(&map, export.moderation, &[]);
    move |rule, places| choosing(&votes, &map, &candidates, rule, places, |_| 1)
}

/// The finding that makes the audit matter (ASSEMBLY §1): by the groups that Polis published, the statements that
/// they agree on most leave a quarter of the people with nothing, and proportional rules next to nobody.
#[test]
fn in_seattle_what_the_groups_agree_on_most_leaves_a_quarter_of_the_people_with_nothing() {
    let Some(data) = crate::data_dir() else { return };
    let export = read_export(&data.join("polis/15-per-hour-seattle")).expect("an export");
    let votes = export.votes();
    let open = votes.statements.iter().filter(|statement| statement.moderation != Moderation::Rejected);
    let candidates: Vec<Candidate> = open.map(|statement| Candidate::alone(statement.number)).collect();
    let labels = vec!["0".to_owned(), "1".to_owned()];
    let ballots = Ballots::new(&votes, &candidates, labels, |number| {
        export.groups.get(&number).map(|group| *group as usize)
    });
    let imputed = ballots.approvals(Reading::Imputed);
    let consensus = |row: usize| group_informed(&ballots.tallies(row, |_| 1), Direction::Agree);
    let mut order: Vec<_> = imputed.candidates().iter().copied().enumerate().collect();
    order.sort_by(|(a, _), (b, _)| consensus(*b).total_cmp(&consensus(*a)).then(a.cmp(b)));
    let audits = |places: u32| {
        let agreed: Vec<_> = order.iter().take(places as usize).map(|(_, number)| *number).collect();
        let slates = [
            agreed,
            statements(&equal_shares(&imputed, places)),
            statements(&sequential_pav(&imputed, places)),
        ];
        slates.map(|slate| Verdict::of(&imputed, &slate, places))
    };
    let [agreed, shares, pav] = audits(5);
    println!("nothing on an agenda of five: {agreed:?}, Equal Shares {shares:?}, PAV {pav:?}");
    assert_eq!(agreed.people, 138);
    assert!(agreed.justified_representation.is_some() && agreed.extended.is_some());
    assert_eq!([agreed, shares, pav].map(|found| found.unserved), [32, 2, 2]);
    let [agreed, shares, pav] = audits(10);
    assert!(agreed.justified_representation.is_none() && agreed.extended.is_some());
    assert!(shares.extended.is_none() && pav.extended.is_none());
}

/// Every slate of the default rule is just in both readings.
#[test]
fn balanced_slates_of_all_exports_are_just_in_both_readings() {
    let Some(data) = crate::data_dir() else { return };
    println!("export, places: items; left out as voted, as imputed; with nothing as voted, as imputed");
    for name in EXPORTS {
        let choosing = of_map(&data.join("polis").join(name));
        for places in 3..=15 {
            let choosing = choosing(Rule::Balanced, places);
            let slate = statements(&choosing.slate());
            let audits = choosing.audit(&slate);
            for (audit, reading) in audits.iter().zip(Reading::ALL) {
                assert_eq!(audit.reading, reading);
                assert_eq!(audit.verdict.justified_representation, None, "{name}, {places}, {reading:?}");
            }
            let [observed, imputed] = audits.map(|audit| audit.verdict);
            println!(
                "{name}, {places}: {:?}; {:?}, {:?}; {:.1} %, {:.1} %",
                slate.iter().map(|number| number.0).collect::<Vec<_>>(),
                observed.justified_representation,
                imputed.justified_representation,
                100.0 * observed.unserved_share(),
                100.0 * imputed.unserved_share(),
            );
        }
    }
}
