//! Guards the house: who may know whom (I1), where libraries may be named, how large a file and a
//! function may grow. It reads the sources.

#![allow(clippy::unwrap_used, clippy::panic, clippy::collapsible_if)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may use. `clock` is for every room that is not pure.
const ROOMS: [(&str, &[&str]); 16] = [
    ("domain", &[]),
    ("conversation", &["domain"]),
    ("opinion", &["domain"]),
    ("assembly", &["domain", "opinion"]),
    ("disclosure", &["domain", "conversation", "opinion", "assembly"]),
    ("exchange", &["domain", "conversation", "opinion", "store", "private"]),
    ("store", &["domain", "conversation", "private"]),
    ("live", &["domain", "conversation", "opinion", "assembly", "disclosure", "store", "clock"]),
    ("ws", &["domain", "conversation", "opinion", "disclosure", "store", "live", "exchange", "clock"]),
    (
        "http",
        &["domain", "conversation", "opinion", "disclosure", "store", "live", "exchange", "ws", "clock"],
    ),
    ("clock", &["domain"]),
    ("config", &[]),
    ("telemetry", &[]),
    ("private", &[]),
    (
        "app",
        &[
            "domain",
            "conversation",
            "opinion",
            "assembly",
            "disclosure",
            "store",
            "live",
            "exchange",
            "ws",
            "http",
            "clock",
            "config",
            "telemetry",
            "private",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "conversation",
            "opinion",
            "assembly",
            "disclosure",
            "store",
            "live",
            "exchange",
            "ws",
            "http",
            "clock",
            "config",
            "telemetry",
            "private",
            "app",
            "cli",
        ],
    ),
];
/// Rooms, and single files, that are pure: no async, no I/O, no clock, no global chance.
const PURE: [&str; 13] = [
    "src/domain/",
    "src/conversation/",
    "src/opinion/",
    "src/assembly/",
    "src/disclosure/",
    "src/live/room_state.rs",
    "src/live/routing.rs",
    "src/live/recompute.rs",
    "src/live/turn.rs",
    "src/ws/protocol.rs",
    "src/ws/rate_limit.rs",
    "src/ws/origin.rs",
    "src/ws/network.rs",
];
const MAX_FILE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 70;

struct Source {
    path: String,
    /// Without tests at the end, comments and strings' contents.
    code: String,
    whole: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    let found: Vec<Source> = files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let whole = std::fs::read_to_string(&file).unwrap();
            let code = whole.split("\n#[cfg(test)]").next().unwrap();
            let code =
                code.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n");
            Source { path, code, whole }
        })
        .collect();
    assert!(found.len() > 50, "only {} sources were found", found.len());
    found
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
}

fn room_of(path: &str) -> &str {
    let rest = path.strip_prefix("src/").unwrap();
    rest.split('/').next().unwrap().trim_end_matches(".rs")
}

fn is_test_file(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("_tests.rs") || path.ends_with("/tests.rs")
}

/// The rooms that code names as `crate::room`, also in `use crate::{a, b}`.
fn rooms_used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if ROOMS.iter().any(|(room, _)| *room == word) {
                used.insert(word);
            }
        }
    }
    used
}

#[test]
fn i1_rooms_use_only_the_rooms_that_they_may_know() {
    let mut checked = 0;
    for source in sources() {
        let room = room_of(&source.path);
        if ["lib", "main"].contains(&room) {
            continue;
        }
        let (_, allowed) = ROOMS
            .iter()
            .find(|(name, _)| *name == room)
            .unwrap_or_else(|| panic!("{}: a room that the house does not have", source.path));
        for used in rooms_used(&source.code) {
            assert!(
                used == room || allowed.contains(&used.as_str()),
                "{} uses {used}, which {room} may not know",
                source.path
            );
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} uses were seen");
}

#[test]
fn i1_libraries_are_named_only_where_they_belong() {
    let belongs: [(&str, &[&str]); 9] = [
        ("axum::", &["ws", "http"]),
        ("hyper", &["http"]),
        ("linfa::", &["opinion"]),
        ("linfa_", &["opinion"]),
        ("ndarray", &["opinion"]),
        ("anyhow", &["cli", "main"]),
        ("clap::", &["cli"]),
        ("calamine", &["exchange"]),
        ("encoding_rs", &["exchange"]),
    ];
    const SQL: [&str; 5] = ["sqlx", "PRAGMA ", "SELECT ", "INSERT INTO", "UPDATE "];
    for source in sources() {
        let room = room_of(&source.path);
        let is_sql = SQL.iter().find(|sql| source.code.contains(**sql));
        assert!(
            is_sql.is_none() || source.path.starts_with("src/store/sqlite/"),
            "{} speaks SQL: {is_sql:?}",
            source.path
        );
        for (library, rooms) in belongs {
            assert!(
                !source.code.contains(library) || rooms.contains(&room),
                "{} names {library}",
                source.path
            );
        }
    }
}

/// What pages and frames may name of the opinion core: words without numbers of people.
const WORDS_OF_OPINION: [&str; 4] = ["MapNote", "Status", "{MapNote, Status}", "findings::priority::Chance"];

#[test]
fn i10_pages_and_frames_take_what_they_show_from_disclosure() {
    const BEHIND: [&str; 5] = ["Tally", ".tally", "OpinionMap", "map_for_tests", "Validation"];
    let mut seen = 0;
    for source in sources().iter().filter(|source| ["http", "ws"].contains(&room_of(&source.path))) {
        seen += 1;
        for word in BEHIND {
            let mut uses =
                source.code.match_indices(word).map(|(at, _)| source.code[..at].chars().next_back());
            let is_used = uses.any(|before| before.is_none_or(|before| !before.is_alphanumeric()));
            assert!(!is_used, "{} reads votes past disclosure: {word}", source.path);
        }
        for rest in source.code.split("opinion::").skip(1) {
            let is_word = WORDS_OF_OPINION.iter().any(|word| rest.starts_with(word));
            assert!(is_word, "{} names opinion::{}", source.path, rest.lines().next().unwrap());
        }
    }
    assert!(seen > 40, "only {seen} files were read");
}

#[test]
fn pure_rooms_have_no_async_no_io_no_clock_and_no_global_chance() {
    let impure = [
        "async ",
        ".await",
        "tokio::",
        "std::fs",
        "std::net",
        "std::env",
        "SystemTime",
        "Instant::now",
        "thread_rng",
        "getrandom",
        "random_bytes",
        "println!",
        "std::io",
    ];
    for source in sources()
        .iter()
        .filter(|s| PURE.iter().any(|pure| s.path.starts_with(pure)) && !is_test_file(&s.path))
    {
        for word in impure {
            assert!(!source.code.contains(word), "{} is pure and has {word}", source.path);
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_stays_small() {
    for source in sources() {
        assert!(
            source.whole.starts_with("//!") || is_test_file(&source.path),
            "{} has no //! at its head",
            source.path
        );
        let lines = source.whole.lines().count();
        // The list of one protocol's or one table's cases may be long; code may not.
        let limit = if is_test_file(&source.path) { 2 * MAX_FILE_LINES } else { MAX_FILE_LINES };
        assert!(lines <= limit, "{} has {lines} lines", source.path);
    }
}

#[test]
fn functions_stay_short_and_handlers_shorter() {
    for source in sources().iter().filter(|source| !is_test_file(&source.path)) {
        let mut open: Option<(String, usize, usize)> = None;
        for (number, line) in source.code.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let starts = ["fn ", "pub fn ", "async fn ", "pub async fn "]
                .iter()
                .any(|s| line.trim_start().starts_with(s))
                || line.trim_start().starts_with("pub(") && line.contains(" fn ");
            if starts && open.is_none() {
                open = Some((line.trim().to_owned(), number, indent));
            }
            if let Some((name, from, depth)) = &open {
                if line == format!("{}}}", " ".repeat(*depth)) || (number == *from && line.ends_with('}')) {
                    let lines = number - from + 1;
                    assert!(
                        lines <= MAX_FUNCTION_LINES,
                        "{}:{}: {name} has {lines} lines",
                        source.path,
                        from + 1
                    );
                    open = None;
                }
            }
        }
    }
}

#[test]
fn templates_hold_no_inline_script_or_style() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/templates");
    let mut dirs = vec![root];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for bad in ["style=\"", "onclick", "<style", "javascript:", "|safe"] {
                assert!(!text.contains(bad), "{} has {bad}", path.display());
            }
        }
    }
}
