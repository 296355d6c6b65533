//! Preset `polis` against results that real Polis servers computed: stage by stage, then end to end
//! against the group ids of public exports.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use boule::domain::{ParticipantNumber, StatementNumber, Tally};
use boule::exchange::{polis, polis_math};
use boule::opinion::numeric::compare::adjusted_rand;
use boule::opinion::polis::clusters::{BaseClusters, PolisGroups};
use boule::opinion::polis::{GroupSource, PolisResult};
use boule::opinion::{Direction, Work};
use serde_json::Value;

/// Every stored result: the three that OPINION names, and whatever else lies beside them.
fn each_result(check: impl Fn(&str, &Value, &polis::PolisExport)) {
    let Some(data) = crate::data_dir() else { return };
    let mut seen = 0;
    let mut entries: Vec<_> = std::fs::read_dir(data.join("polis-math")).unwrap().flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let dir = entry.path();
        let stored = std::fs::read_to_string(dir.join("math-pca2.json")).unwrap();
        let export =
            polis_math::read(&dir.join("votes.json"), &dir.join("comments.json"), Default::default())
                .unwrap();
        check(&entry.file_name().to_string_lossy(), &serde_json::from_str(&stored).unwrap(), &export);
        seen += 1;
    }
    assert!(seen >= 3, "only {seen} results were found");
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

/// The people of each of Polis's own groups, by group.
fn polis_groups(stored: &Value) -> BTreeMap<ParticipantNumber, usize> {
    let base = &stored["base-clusters"];
    let members: HashMap<u64, &Value> = base["id"]
        .as_array()
        .unwrap()
        .iter()
        .zip(base["members"].as_array().unwrap())
        .map(|(id, members)| (id.as_u64().unwrap(), members))
        .collect();
    let mut of = BTreeMap::new();
    for (index, group) in stored["group-clusters"].as_array().unwrap().iter().enumerate() {
        for base in group["members"].as_array().unwrap() {
            for person in members[&base.as_u64().unwrap()].as_array().unwrap() {
                of.insert(ParticipantNumber(person.as_u64().unwrap() as u32), index);
            }
        }
    }
    of
}

fn with_polis_groups(stored: &Value, export: &polis::PolisExport) -> PolisResult {
    let given = polis_groups(stored);
    PolisResult::new(&export.votes(), &GroupSource::Given(&given), &Work::alone()).unwrap()
}

/// One participant's votes are missing there: components can't be compared.
fn is_complete(name: &str) -> bool {
    name != "50ptpt-3gp-strict-no-meta"
}

fn column(result: &PolisResult, tid: &Value) -> usize {
    let number = StatementNumber(tid.as_u64().unwrap() as u32);
    result.votes.statements.binary_search(&number).unwrap()
}

#[test]
fn centres_components_and_extremities_are_those_of_polis() {
    each_result(|name, stored, export| {
        if !is_complete(name) {
            return;
        }
        let result = with_polis_groups(stored, export);
        let pca = &stored["pca"];
        let tids = stored["tids"].as_array().unwrap();
        let centres = numbers(&pca["center"]);
        let index_of: HashMap<usize, usize> = result
            .projection
            .centring
            .live
            .iter()
            .enumerate()
            .filter_map(|(index, live)| Some((result.votes.live_column(*live)?, index)))
            .collect();
        let ours =
            |values: &[f64], tid: &Value| index_of.get(&column(&result, tid)).map_or(0.0, |at| values[*at]);
        for (tid, centre) in tids.iter().zip(&centres) {
            let mean = ours(&result.projection.centring.means, tid);
            assert!((mean + centre).abs() <= 1e-12, "{name}: centre of {tid}: {mean} and {centre}");
        }
        for (axis, stored) in pca["comps"].as_array().unwrap().iter().take(2).enumerate() {
            let stored = numbers(stored);
            let component = &result.projection.components[axis];
            let dot: f64 = tids.iter().zip(&stored).map(|(tid, x)| x * ours(component, tid)).sum();
            let length: f64 = stored.iter().map(|x| x * x).sum::<f64>().sqrt();
            assert!((dot / length).abs() >= 1.0 - 1e-9, "{name}: component {axis}: {dot}");
        }
        for (tid, extremity) in tids.iter().zip(numbers(&pca["comment-extremity"])) {
            let [x, y] = result.statement_positions[column(&result, tid)];
            let found = (x * x + y * y).sqrt();
            assert!((found - extremity).abs() <= 1e-9, "{name}: extremity of {tid}: {found} and {extremity}");
        }
        let expected = match name {
            "150ptpt-3gp-no-strict-no-meta" => Some([0.105541, 0.052749]),
            "above-100-ptpts" => Some([0.155760, 0.130838]),
            _ => None,
        };
        if let Some(expected) = expected {
            let found = result.projection.explained;
            assert!((0..2).all(|axis| (found[axis] - expected[axis]).abs() < 1e-6), "{name}: {found:?}");
        }
    });
}

#[test]
fn base_cluster_centres_are_the_means_of_our_positions() {
    each_result(|name, stored, export| {
        if !is_complete(name) {
            return;
        }
        let result = with_polis_groups(stored, export);
        let row: HashMap<u64, usize> =
            result.votes.participants.iter().enumerate().map(|(row, p)| (u64::from(p.0), row)).collect();
        let base = &stored["base-clusters"];
        for axis in 0..2 {
            let centres = numbers(&base[["x", "y"][axis]]);
            let mut signs = [0.0f64; 2];
            for (centre, members) in centres.iter().zip(base["members"].as_array().unwrap()) {
                let members = members.as_array().unwrap();
                let all: f64 =
                    members.iter().map(|m| result.positions[row[&m.as_u64().unwrap()]][axis]).sum();
                let mean = all / members.len() as f64;
                // Up to the sign of the axis, which is the same for all.
                signs[0] = signs[0].max((mean - centre).abs());
                signs[1] = signs[1].max((mean + centre).abs());
            }
            assert!(signs[0].min(signs[1]) <= 1e-9, "{name}: axis {axis}: {signs:?}");
        }
    });
}

#[test]
fn group_votes_consensus_across_groups_and_priorities_are_those_of_polis() {
    each_result(|name, stored, export| {
        let result = with_polis_groups(stored, export);
        let groups = stored["group-clusters"].as_array().unwrap();
        for (index, group) in groups.iter().enumerate() {
            let votes = &stored["group-votes"][group["id"].to_string()];
            let members = result.group_of_row.iter().filter(|group| **group == Some(index)).count();
            if is_complete(name) {
                assert_eq!(
                    Some(members as u64),
                    votes["n-members"].as_u64(),
                    "{name}: people of group {index}"
                );
            }
            for (tid, counts) in votes["votes"].as_object().unwrap() {
                let Tally { agree, disagree, pass } =
                    result.group_votes[index][column(&result, &tid.parse().unwrap())];
                let found = [agree, disagree, agree + disagree + pass].map(u64::from);
                let expected = ["A", "D", "S"].map(|key| counts[key].as_u64().unwrap());
                if is_complete(name) {
                    assert_eq!(found, expected, "{name}: votes of group {index} on {tid}");
                }
            }
        }
        for (tid, expected) in stored["group-aware-consensus"].as_object().unwrap() {
            let found = result.group_informed[column(&result, &tid.parse().unwrap())];
            if is_complete(name) {
                assert!((found - expected.as_f64().unwrap()).abs() <= 1e-12, "{name}: {tid}");
            }
        }
        // One result has 49 everywhere: a Polis bug of its time.
        let priorities = stored["comment-priorities"].as_object().unwrap();
        if is_complete(name) && priorities.values().any(|priority| priority != &Value::from(49)) {
            for (tid, expected) in priorities {
                let found = result.priorities[column(&result, &tid.parse().unwrap())];
                assert!((found - expected.as_f64().unwrap()).abs() <= 1e-9, "{name}: priority of {tid}");
            }
        }
    });
}

#[test]
fn representative_statements_are_those_of_polis_in_their_order() {
    each_result(|name, stored, export| {
        let result = with_polis_groups(stored, export);
        for (index, group) in stored["group-clusters"].as_array().unwrap().iter().enumerate() {
            let listed = stored["repness"][group["id"].to_string()].as_array().unwrap();
            let found = &result.repness[index];
            let tids =
                |entries: &[Value]| entries.iter().map(|e| e["tid"].as_u64().unwrap()).collect::<Vec<_>>();
            let ours: Vec<u64> = found.iter().map(|e| u64::from(result.statement(e.column).0)).collect();
            assert_eq!(ours, tids(listed), "{name}: group {index}");
            for (entry, expected) in found.iter().zip(listed) {
                let side = if entry.direction == Direction::Agree { "agree" } else { "disagree" };
                assert_eq!(expected["repful-for"], side, "{name}: group {index}");
                assert_eq!(expected["best-agree"].as_bool().unwrap_or(false), entry.best_agree, "{name}");
                assert_eq!(expected["n-success"].as_u64(), Some(u64::from(entry.n_success)), "{name}");
                assert_eq!(expected["n-trials"].as_u64(), Some(u64::from(entry.n_trials)), "{name}");
                for (key, value) in [
                    ("p-success", entry.p_success),
                    ("p-test", entry.p_test),
                    ("repness", entry.repness),
                    ("repness-test", entry.repness_test),
                ] {
                    let expected = expected[key].as_f64().unwrap();
                    assert!((value - expected).abs() <= 1e-6, "{name}: {key}: {value} and {expected}");
                }
            }
        }
    });
}

#[test]
fn the_majoritys_consensus_is_that_of_polis() {
    each_result(|name, stored, export| {
        let result = with_polis_groups(stored, export);
        for (side, found) in ["agree", "disagree"].iter().zip(&result.consensus) {
            let listed = stored["consensus"][side].as_array().unwrap();
            let expected: Vec<[u64; 3]> = listed
                .iter()
                .map(|e| ["tid", "n-success", "n-trials"].map(|key| e[key].as_u64().unwrap()))
                .collect();
            let ours: Vec<[u64; 3]> = found
                .iter()
                .map(|e| [result.statement(e.column).0, e.n_success, e.n_trials].map(u64::from))
                .collect();
            assert_eq!(ours, expected, "{name}: {side}");
        }
    });
}

#[test]
fn from_polis_own_base_clusters_its_groups_follow_exactly() {
    each_result(|name, stored, _| {
        let base = &stored["base-clusters"];
        let (x, y) = (numbers(&base["x"]), numbers(&base["y"]));
        let clusters = BaseClusters {
            centres: x.into_iter().zip(y).map(|(x, y)| [x, y]).collect(),
            sizes: numbers(&base["count"]).into_iter().map(|count| count as usize).collect(),
            cluster_of: Vec::new(),
        };
        let groups = PolisGroups::new(&clusters);
        let mut theirs = vec![0u8; clusters.centres.len()];
        let ids = base["id"].as_array().unwrap();
        for (index, group) in stored["group-clusters"].as_array().unwrap().iter().enumerate() {
            for member in group["members"].as_array().unwrap() {
                theirs[ids.iter().position(|id| id == member).unwrap()] = index as u8;
            }
        }
        let ours: Vec<u8> = groups.group_of.iter().map(|group| *group as u8).collect();
        assert_eq!(groups.k, stored["group-clusters"].as_array().unwrap().len(), "{name}");
        assert_eq!(adjusted_rand(&ours, &theirs), 1.0, "{name}");
        let expected = match name {
            "150ptpt-3gp-no-strict-no-meta" => Some(0.334527),
            "50ptpt-3gp-strict-no-meta" => Some(0.397174),
            "above-100-ptpts" => Some(0.381564),
            _ => None,
        };
        if let Some(expected) = expected {
            assert!(
                (groups.silhouettes[&groups.k] - expected).abs() < 1e-6,
                "{name}: {:?}",
                groups.silhouettes
            );
        }
    });
}

/// End to end against what the exports say of groups, over people who have both.
fn against_the_export(data: &Path, name: &str) -> (usize, f64) {
    let export = polis::read_export(&data.join("polis").join(name)).unwrap();
    let result = PolisResult::new(&export.votes(), &GroupSource::Clustering, &Work::alone()).unwrap();
    let both = result
        .votes
        .participants
        .iter()
        .zip(&result.group_of_row)
        .filter_map(|(person, group)| Some(((*group)? as u8, *export.groups.get(person)? as u8)));
    let (ours, theirs): (Vec<u8>, Vec<u8>) = both.unzip();
    assert!(ours.len() > 100, "{name}: {} people have both", ours.len());
    (result.groups.k, adjusted_rand(&ours, &theirs))
}

#[test]
fn end_to_end_the_groups_are_nearly_those_of_the_exports() {
    let Some(data) = crate::data_dir() else { return };
    for (name, least) in [("scoop-hivemind.biodiversity", 0.97), ("vtaiwan.uberx", 0.91)] {
        let (k, agreement) = against_the_export(&data, name);
        println!("{name}: k = {k}, adjusted Rand index {agreement:.4}");
        assert_eq!(k, 2, "{name}");
        assert!(agreement >= least, "{name}: {agreement}");
    }
}

#[test]
fn the_order_of_the_lines_of_a_file_does_not_matter() {
    let Some(data) = crate::data_dir() else { return };
    let mut export = polis::read_export(&data.join("polis/scoop-hivemind.biodiversity")).unwrap();
    let map = |export: &polis::PolisExport| {
        let votes = export.votes();
        let result = PolisResult::new(&votes, &GroupSource::Clustering, &Work::alone()).unwrap();
        serde_json::to_string(&result.map(&votes)).unwrap()
    };
    let before = map(&export);
    // Overwritten votes have earlier moments: which line comes first says nothing.
    export.votes.reverse();
    assert!(map(&export) == before);
}
