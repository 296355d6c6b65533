//! Files that were read wrongly once: each is read as it should be, or asked about.

use std::path::{Path, PathBuf};

use boule::domain::{Choice, Moderation, ModerationRule};
use boule::exchange::groups;
use boule::exchange::polis::{self, AgreeSign, Note, PolisExport, ReadOptions};
use boule::exchange::seeds::{SeedPart, SeedsError, read_seeds};
use boule::opinion::{self, CheckedParams};

fn faults(kind: &str) -> Option<PathBuf> {
    crate::data_dir().map(|dir| dir.join("faults").join(kind))
}

fn export(dir: &Path) -> PolisExport {
    polis::read_export(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()))
}

/// Agrees, passes and disagrees of one statement.
fn counted(export: &PolisExport, statement: u32) -> [usize; 3] {
    let votes = export.votes();
    let on = || votes.participants.iter().flat_map(|p| &p.votes).filter(|(s, _)| s.0 == statement);
    [Choice::Agree, Choice::Pass, Choice::Disagree].map(|choice| on().filter(|(_, c)| *c == choice).count())
}

#[test]
fn exports_in_other_hands_writing_hold_the_same_votes() {
    let Some(dir) = faults("polis") else { return };
    for name in [
        "excel-semicolon",
        "flipped-sign",
        "is_meta-underscore",
        "pandas-index-floats",
        "prefixed-names",
        "unknown-statement",
        "unquoted-newline",
    ] {
        let export = export(&dir.join(name));
        assert_eq!((counted(&export, 0), counted(&export, 1)), ([2, 0, 0], [1, 0, 1]), "{name}");
        assert_eq!(export.summary.topic, "Riverside", "{name}");
        let texts: Vec<&str> = export.statements.iter().map(|s| s.text.as_str()).collect();
        let [first, second] = match name {
            "is_meta-underscore" => ["I live here", "Fewer cars"],
            "unquoted-newline" => ["More trees, please", "Fewer cars\nand a \"tram\", too"],
            _ => ["More trees, please", "Fewer cars"],
        };
        assert_eq!(texts, [first, second], "{name}");
        assert_eq!(export.statements[0].meta, name == "is_meta-underscore", "{name}");
        let mirrored =
            export.notes.iter().any(|note| matches!(note, Note::VotesMirrored { by_counts: true, .. }));
        assert_eq!(mirrored, name == "flipped-sign", "{name}: {:?}", export.notes);
        let unknown = export
            .notes
            .iter()
            .any(|note| matches!(note, Note::VotesUnknown { votes: 1, statements: 1, .. }));
        assert_eq!(unknown, name == "unknown-statement", "{name}");
        let blamed = export.notes.iter().any(|note| note.to_string().contains("overwritten votes too"));
        assert!(!blamed, "{name}: {:?}", export.notes);
    }
}

#[test]
fn words_that_no_moderator_accepted_wait() {
    let Some(dir) = faults("polis") else { return };
    let dir = dir.join("strict-pending-published");
    let export = export(&dir);
    assert_eq!(export.moderation, ModerationRule::Before);
    assert_eq!(export.statements[1].moderation, Moderation::Pending);
    let told =
        export.notes.iter().map(ToString::to_string).find(|note| note.contains("waits for a moderator"));
    assert!(
        told.is_some_and(|note| note.contains("Nobody but the authors voted on it")),
        "{:?}",
        export.notes
    );
    let asked = ReadOptions { moderation: Some(ModerationRule::After), ..ReadOptions::default() };
    let asked = polis::read_export_with(&dir, asked, &mut |_, _| {}).unwrap();
    assert_eq!(asked.moderation, ModerationRule::After);
}

#[test]
fn a_sign_that_is_asked_for_is_obeyed() {
    let Some(dir) = faults("polis") else { return };
    let asked = ReadOptions { agree_is: Some(AgreeSign::Plus), ..ReadOptions::default() };
    let export = polis::read_export_with(&dir.join("flipped-sign"), asked, &mut |_, _| {}).unwrap();
    assert_eq!(counted(&export, 0), [0, 0, 2]);
    assert!(
        export.notes.iter().any(|note| matches!(note, Note::SignAgainstCounts { .. })),
        "{:?}",
        export.notes
    );
}

#[test]
fn lists_of_statements_are_read_or_asked_about() {
    let Some(dir) = faults("seeds") else { return };
    let read = |name: &str| {
        let bytes = std::fs::read(dir.join(name)).unwrap();
        let list = read_seeds(&bytes, SeedPart::Known)?;
        Ok::<_, SeedsError>(list.seeds.into_iter().map(|s| (s.line, s.text)).collect::<Vec<_>>())
    };
    let long = || "x".repeat(300);
    for (name, expected) in [
        ("comment-header.csv", vec![(2, "More trees".to_owned())]),
        (
            "duplicate-line.csv",
            vec![(2, "More trees".into()), (3, "More trees".into()), (4, "Fewer cars".into())],
        ),
        (
            "no-header-multiline.csv",
            vec![(1, "A statement, quoted\nover two lines".into()), (3, "Second, statement".into())],
        ),
        ("no-header-trailing-commas.csv", vec![(1, "More trees".into()), (2, "Fewer cars".into())]),
        (
            "polis-bulk-header.csv",
            vec![(2, "First statement, with a comma".into()), (3, "Another great idea".into())],
        ),
        ("semicolon-bom-crlf.csv", vec![(2, "Mehr Bäume, bitte".into())]),
        (
            "semicolon.csv",
            vec![(2, "More trees by the river".into()), (3, "Fewer cars in the old town".into())],
        ),
        ("too-long-line3.csv", vec![(2, "Good one".into()), (3, long()), (4, "Good two".into())]),
        (
            "too-long-line3-mended.csv",
            vec![(2, "Good one".into()), (3, "Mended line three".into()), (4, "Good two".into())],
        ),
    ] {
        let found = read(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found, expected, "{name}");
    }
    for name in ["bad-inner-quotes.csv", "unclosed-quote.csv"] {
        let error = read(name).expect_err(name).to_string();
        assert!(error.starts_with("Line 2: ") && error.contains("quotation mark"), "{name}: {error}");
    }
}

#[test]
fn groups_are_read_from_tables_as_people_have_them() {
    let Some(dir) = faults("groups") else { return };
    let xids = [("A12", 0), ("B77", 1)].map(|(xid, n)| (xid.to_owned(), boule::domain::ParticipantNumber(n)));
    let xids = xids.into_iter().collect();
    for (file, column, names) in [
        ("by-xid.csv", None, ["North", "South"]),
        ("demographics-wide.csv", Some("district"), ["North", "South"]),
        ("demographics-wide.csv", Some("age"), ["18-30", "31-60"]),
        ("semicolon.csv", None, ["North", "South"]),
    ] {
        let (groups, unknown) = groups::read(&dir.join(file), column, &xids).unwrap();
        assert_eq!((groups.names, unknown), (names.map(str::to_owned).to_vec(), 0), "{file}");
        assert_eq!(groups.of.values().copied().collect::<Vec<_>>(), [0, 1], "{file}");
    }
    let error = groups::read(&dir.join("demographics-wide.csv"), None, &xids).unwrap_err().to_string();
    assert!(error.contains("--column") && error.contains("“district”") && error.contains("“age”"), "{error}");
}

/// What the script in faults/map writes: everybody voted on everything that is shown, and `waiting`
/// statements wait with their authors' votes.
fn with_waiting(waiting: u32) -> PolisExport {
    let dir = tempfile::tempdir().unwrap();
    let head = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n";
    let mut comments: String = (0..20).map(|s| format!("1700000000000,,{s},,0,0,1,Accepted {s}\n")).collect();
    let mut votes = String::new();
    for (p, s) in (0..60u32).flat_map(|p| (0..20u32).map(move |s| (p, s))) {
        let draw = (p * 7919 + s * 104_729 + p * s * 31) % 100;
        let agrees = draw < if p % 2 == s % 2 { 70 } else { 30 };
        votes += &format!("1700000000000,,{s},{p},{}\n", if agrees { 1 } else { -1 });
    }
    for n in 0..waiting {
        comments += &format!("1700000000000,,{},{},1,0,0,Waiting {n}\n", 20 + n, n % 20);
        votes += &format!("1700000000000,,{},{},1\n", 20 + n, n % 20);
    }
    std::fs::write(dir.path().join("comments.csv"), format!("{head}{comments}")).unwrap();
    std::fs::write(
        dir.path().join("votes.csv"),
        format!("timestamp,datetime,comment-id,voter-id,vote\n{votes}"),
    )
    .unwrap();
    export(dir.path())
}

#[test]
fn statements_that_wait_move_nobody() {
    let placements = |waiting| {
        let map = opinion::compute(&with_waiting(waiting).votes(), &CheckedParams::default());
        map.participants
            .iter()
            .map(|p| p.placement.map(|placement| (placement.at, placement.radius, placement.group)))
            .collect::<Vec<_>>()
    };
    let without = placements(0);
    assert!(without.iter().all(|placement| placement.is_some_and(|(_, radius, _)| radius == 0.0)));
    assert_eq!(placements(60), without);
}
