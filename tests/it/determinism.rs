//! I7: a published map is a function of the votes and the parameters, byte for byte.

use std::process::Command;

use boule::conversation::Identity;
use boule::conversation::{ResultsRule, Settings};
use boule::domain::{Choice, StatementNumber, TokenHash};
use boule::opinion::votes::synthetic::SyntheticPublic;
use boule::opinion::{CheckedParams, Votes, Work, compute_cold, compute_with, validate};
use sha2::{Digest, Sha256};

use crate::app::{Asks, PATIENCE, TestApp};

/// Of the map below, from a release build. A change of formulas changes it, and nothing else may.
const GOLDEN: &str = "293751899ded911eda34b4a0e17b8dcdecf09c59189c6b7b238e3bcb7846f1f7";

fn map_of(public: SyntheticPublic, threads: usize) -> String {
    let params = CheckedParams::default().validated_by(10, 10).unwrap();
    let (matrix, work) = (public.matrix(), Work::on(threads));
    let mut computed = compute_with(&matrix, &params, &work).unwrap();
    computed.map.validation = Some(validate(&matrix, &computed, &params, &work).unwrap());
    serde_json::to_string(&computed.map).unwrap()
}

#[test]
fn i7_builds_and_threads_give_the_same_bytes() {
    let small = SyntheticPublic { participants: 400, statements: 40, density: 0.4, seed: 11 };
    let map = map_of(small, 1);
    // The hash is older than two names in the JSON; its numbers are the same. (Its map has no consensus, which
    // had two keys then that were always null.)
    let as_it_was = map
        .replace("\"validation\":", "\"afterwork\":")
        .replace("\"version\":\"0.2.0\"", "\"version\":\"0.1.0\"");
    let hash = hex::encode(Sha256::digest(as_it_was));
    assert_eq!(hash, GOLDEN, "the map of this build is not that of a release build");
    assert!(map_of(small, 2) == map, "two threads");
    // Enough people for the grid, and enough votes for threads to share.
    let large = SyntheticPublic { participants: 8000, statements: 120, density: 0.5, seed: 12 };
    assert!(map_of(large, 1) == map_of(large, 3), "three threads, a crowd");
}

fn analyse(dir: &std::path::Path, more: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boule"));
    let output = command.arg("analyse").arg(dir).args(["--format", "json"]).args(more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// An export of a made-up public, its votes in this order.
fn export(dir: &std::path::Path, public: SyntheticPublic, reversed: bool) {
    std::fs::create_dir_all(dir).unwrap();
    let matrix = public.matrix();
    let comments: String =
        (0..public.statements).map(|n| format!("{n},,{n},0,0,0,1,Statement {n}\n")).collect();
    let head = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n";
    std::fs::write(dir.join("comments.csv"), format!("{head}{comments}")).unwrap();
    let mut lines: Vec<String> = Vec::new();
    for (row, person) in matrix.participants().iter().enumerate() {
        for (column, value) in matrix.row(row) {
            lines.push(format!(
                "{},,{column},{person},{}",
                1_600_000_000_000 + lines.len(),
                value as i64 - 1
            ));
        }
    }
    if reversed {
        lines.reverse();
    }
    let text = format!("timestamp,datetime,comment-id,voter-id,vote\n{}\n", lines.join("\n"));
    std::fs::write(dir.join("votes.csv"), text).unwrap();
    std::fs::write(dir.join("summary.csv"), "topic,A made-up public\n").unwrap();
}

#[test]
fn i7_shuffled_lines_and_any_number_of_threads_print_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let public = SyntheticPublic { participants: 150, statements: 20, density: 0.5, seed: 5 };
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    export(&a, public, false);
    export(&b, public, true);
    for preset in [&["--preset", "boule"][..], &["--preset", "polis"]] {
        let first = analyse(&a, &[preset, &["--threads", "1"]].concat());
        assert!(
            first == analyse(&b, &[preset, &["--threads", "1"]].concat()),
            "{preset:?}: other lines first"
        );
        assert!(first == analyse(&a, &[preset, &["--threads", "2"]].concat()), "{preset:?}: two threads");
    }
}

#[tokio::test]
async fn i7_a_live_database_and_its_export_have_the_same_map() {
    let app = TestApp::spawn().await;
    let settings = Settings { results: ResultsRule::Always, ..Settings::default() };
    let room = app.conversation("c", 12, settings).await;
    for person in 0..40u32 {
        for statement in 0..12u32 {
            if (person * 5 + statement * 7) % 9 == 0 {
                continue;
            }
            let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
            let own = (person % 2 == 0) == (statement % 2 == 0);
            let choice = if (person + statement) % 7 == 0 {
                Choice::Pass
            } else if own {
                Choice::Agree
            } else {
                Choice::Disagree
            };
            // Everybody changes their mind once.
            if statement == person % 12 {
                room.cast_vote(identity, StatementNumber(statement), Choice::Pass, None).await.unwrap();
            }
            room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
        }
    }
    let votes: Votes = room.read(boule::live::RoomState::votes).await.unwrap();
    let live = room.read(|state| state.desk.record.seq).await.unwrap();
    // The room's own map, which is computed from kept sums, comes to the same.
    let mut published = room.published();
    let covering = published.wait_for(|map| map.version == live);
    let shown = tokio::time::timeout(PATIENCE, covering).await.unwrap().unwrap().clone();
    drop(room);
    app.app.stop().await;
    let out = app.dir.path().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_boule"));
    let command = command.args(["export", "c", "--out"]).arg(&out).arg("--data").arg(app.dir.path());
    assert!(command.output().unwrap().status.success());
    let exported = boule::exchange::polis::read_export(&out).unwrap().votes();
    let maps = [votes, exported].map(|votes| {
        let matrix = boule::opinion::VoteMatrix::new(&votes);
        serde_json::to_string(&compute_cold(&matrix, &CheckedParams::default())).unwrap()
    });
    assert!(maps[0] == maps[1]);
    assert_eq!(
        serde_json::to_string(shown.map_for_tests()).unwrap(),
        maps[0],
        "the live map, before anything continued"
    );
}
