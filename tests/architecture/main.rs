//! Guards the house: who may know whom (I1), where libraries may be named, how large a file and a
//! function may grow. It reads the sources.

#![allow(clippy::unwrap_used, clippy::panic, clippy::collapsible_if, reason = "a test ends by panicking")]

mod conventions;
mod copies;
mod imports;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each module and the modules that it may use. `clock` is for every module that is not pure.
const MODULES: [(&str, &[&str]); 24] = [
    ("domain", &[]),
    ("conversation", &["domain"]),
    ("opinion", &["domain"]),
    ("assembly", &["domain", "opinion"]),
    ("disclosure", &["domain", "conversation", "opinion", "assembly"]),
    ("drawing", &["disclosure"]),
    ("similar", &["domain"]),
    ("exchange", &["domain", "conversation", "opinion", "store", "private"]),
    ("instance", &["domain"]),
    ("store", &["domain", "conversation", "instance", "private"]),
    (
        "live",
        &[
            "domain",
            "conversation",
            "opinion",
            "assembly",
            "disclosure",
            "drawing",
            "similar",
            "store",
            "clock",
        ],
    ),
    ("texts", &["domain"]),
    ("notify", &["domain", "conversation", "instance", "store", "texts", "live", "clock"]),
    ("access", &["domain", "instance", "store", "clock"]),
    ("edge", &["domain", "conversation", "instance", "access", "texts", "store", "live", "clock"]),
    // All but `exchange`: sockets take no files.
    ("ws", FOR_PEOPLE.split_at(FOR_PEOPLE.len() - 1).0),
    ("http", &FOR_PEOPLE),
    ("peer", &["domain", "edge", "live", "store", "clock"]),
    ("clock", &["domain"]),
    ("config", &[]),
    ("telemetry", &[]),
    ("private", &[]),
    ("app", &[]),
    ("cli", &[]),
];
/// What pages and sockets may use: all but each other.
const FOR_PEOPLE: [&str; 14] = [
    "domain",
    "conversation",
    "instance",
    "opinion",
    "disclosure",
    "drawing",
    "store",
    "live",
    "access",
    "texts",
    "edge",
    "clock",
    "notify",
    "exchange",
];
/// Modules that may use every other.
const KNOW_ALL: [&str; 2] = ["app", "cli"];
/// Modules, and single files, that are pure: no async, no I/O, no clock, no global randomness.
const PURE: [&str; 17] = [
    "src/similar.rs",
    "src/drawing/",
    "src/domain/",
    "src/instance/",
    "src/conversation/",
    "src/opinion/",
    "src/assembly/",
    "src/disclosure/",
    "src/live/place.rs",
    "src/live/room_state.rs",
    "src/live/routing.rs",
    "src/live/recompute.rs",
    "src/live/turn.rs",
    "src/ws/protocol.rs",
    "src/edge/rate_limit.rs",
    "src/edge/origin.rs",
    "src/edge/network.rs",
];
const MAX_FILE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 70;
const MAX_COPIES: usize = 5;
const MEDIAN_LINES: usize = 120;

struct Source {
    path: String,
    /// Without tests at the end, comments and strings' contents.
    code: String,
    whole: String,
}

/// The sources of the product. Those of `crates/core` are named as if they stood in `src/`: its modules are the
/// house's, and only the compiler sees two crates.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    collect(&root.join("crates/core/src"), &mut files);
    let found: Vec<Source> = files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let path = path.strip_prefix("crates/core/").unwrap_or(&path).to_owned();
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

fn module_of(path: &str) -> &str {
    let rest = path.strip_prefix("src/").unwrap();
    rest.split('/').next().unwrap().trim_end_matches(".rs")
}

fn is_test_file(path: &str) -> bool {
    ["/tests/", "src/live/simulation_"].iter().any(|part| path.contains(part))
        || ["_tests.rs", "/tests.rs"].iter().any(|end| path.ends_with(end))
}

/// The modules that code names as `crate::module`, also in `use crate::{a, b}`.
fn modules_used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if MODULES.iter().any(|(module, _)| *module == word) {
                used.insert(word);
            }
        }
    }
    used
}

#[test]
fn i1_modules_use_only_the_modules_that_they_may_know() {
    let mut checked = 0;
    for source in sources() {
        let module = module_of(&source.path);
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let (_, allowed) = MODULES
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{}: a module that the house does not have", source.path));
        for used in modules_used(&source.code) {
            assert!(
                used == module
                    || KNOW_ALL.contains(&module) && used != "cli"
                    || allowed.contains(&used.as_str()),
                "{} uses {used}, which {module} may not know",
                source.path
            );
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} uses were seen");
}

#[test]
fn i1_libraries_are_named_only_where_they_belong() {
    let belongs: [(&str, &[&str]); 12] = [
        ("axum::", &["edge", "ws", "http", "app", "peer"]),
        ("hyper::", &["edge", "peer"]),
        ("hyper_util", &["edge", "peer"]),
        ("docx_rs", &["http"]),
        ("use ics::", &["http"]),
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
        let module = module_of(&source.path);
        let is_sql = SQL.iter().find(|sql| source.code.contains(**sql));
        let speaks = |folder: &str| source.path.starts_with(&format!("src/store/{folder}/"));
        assert!(
            is_sql.is_none() || ["sql", "sqlite", "postgres"].into_iter().any(speaks),
            "{} speaks SQL: {is_sql:?}",
            source.path
        );
        // What both engines read has no word of one of them alone.
        let own = ["PRAGMA ", "pragma_", "sqlite_", "unnest(", "::bigint"]
            .into_iter()
            .find(|word| source.code.contains(word));
        assert!(own.is_none() || !speaks("sql"), "{} is for both engines: {own:?}", source.path);
        for (library, modules) in belongs {
            assert!(
                !source.code.contains(library) || modules.contains(&module),
                "{} names {library}",
                source.path
            );
        }
    }
}

/// What pages and frames may name of the opinion core: words without numbers of people.
const WORDS_OF_OPINION: [&str; 4] = ["MapNote", "Status", "{MapNote, Status}", "findings::priority::DrawRng"];

#[test]
fn i10_pages_and_frames_take_what_they_show_from_disclosure() {
    const BEHIND: [&str; 5] = ["Tally", ".tally", "OpinionMap", "map_for_tests", "Validation"];
    let mut seen = 0;
    for source in sources().iter().filter(|source| ["http", "ws"].contains(&module_of(&source.path))) {
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
    assert!(seen > 30, "only {seen} files were read");
}

#[test]
fn pure_modules_have_no_async_no_io_no_clock_and_no_global_randomness() {
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

/// The module path of a source file, and whether it is a face.
fn module(path: &str) -> (String, bool) {
    let name = path.strip_prefix("src/").unwrap().strip_suffix(".rs").unwrap();
    match name.strip_suffix("/mod") {
        Some(folder) => (folder.to_owned(), true),
        None => (name.to_owned(), false),
    }
}

#[test]
fn no_files_import_from_each_other() {
    let sources = sources();
    let code = sources.iter().filter(|source| !is_test_file(&source.path));
    let imports = imports::Imports::of(code.map(|source| {
        let (module, is_face) = module(&source.path);
        (module, is_face, source.code.as_str())
    }));
    let circles = imports.circles();
    println!("{} arrows from file to file, {} circles", imports.arrows(), circles.len());
    assert!(circles.is_empty(), "{circles:?}");
}

#[test]
fn the_house_in_numbers() {
    let sources = sources();
    let mut lengths: Vec<usize> =
        sources.iter().filter(|s| !is_test_file(&s.path)).map(|s| s.whole.lines().count()).collect();
    lengths.sort_unstable();
    let (median, longest) = (lengths[lengths.len() / 2], lengths[lengths.len() - 1]);
    println!("{} files, median {median} lines, longest {longest}", lengths.len());
    assert!(median <= MEDIAN_LINES, "median {median}");
    // `name[…]` with a name before it: not a type, an attribute, a macro or an array.
    let indexes: usize =
        sources.iter().filter(|s| !is_test_file(&s.path)).map(|s| index_expressions(&s.code)).sum();
    let proofs: usize = sources.iter().map(|s| s.whole.matches("// In range:").count()).sum();
    println!("{indexes} index expressions outside tests, {proofs} proofs of those in hot loops");
    let (public, bare) = sources
        .iter()
        .filter(|s| !is_test_file(&s.path))
        .map(|s| public_items(&s.whole))
        .fold((0, Vec::new()), |(all, mut bare), (some, more)| {
            bare.extend(more);
            (all + some, bare)
        });
    println!("{public} public items, {} without documentation", bare.len());
    assert!(bare.is_empty(), "{bare:#?}");
    let copies = copies::copies(
        sources.iter().filter(|s| !is_test_file(&s.path)).map(|s| (s.path.as_str(), s.code.as_str())),
    );
    println!("{} runs of six lines or more stand in two places of src/", copies.len());
    assert!(copies.len() <= MAX_COPIES, "{copies:#?}");
}

/// Items that other crates and tests can name, and those without a word on what they are.
fn public_items(whole: &str) -> (usize, Vec<String>) {
    let starts =
        ["pub fn ", "pub async fn ", "pub const ", "pub struct ", "pub enum ", "pub trait ", "pub type "];
    let (mut all, mut bare) = (0, Vec::new());
    let mut in_attribute = false;
    let (mut documented, code) = (false, whole.split("\n#[cfg(test)]").next().unwrap());
    for line in code.lines().map(str::trim) {
        if starts.iter().any(|start| line.starts_with(start)) {
            all += 1;
            if !documented {
                bare.push(line.to_owned());
            }
        }
        // Attributes stand between an item and its words; `$doc` is a macro's for them.
        in_attribute = (in_attribute || line.starts_with("#[")) && !line.ends_with(']');
        let is_passed = in_attribute || line.starts_with("#[") || line.ends_with(")]");
        documented = line.starts_with("///") || line.contains("#[$doc") || documented && is_passed;
    }
    (all, bare)
}

/// Expressions that take an element or a part by its place, and panic where there is none.
fn index_expressions(code: &str) -> usize {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ')' || c == ']';
    let at = code.match_indices('[').map(|(at, _)| code[..at].chars().next_back());
    at.filter(|before| before.is_some_and(is_name)).count()
}

#[test]
fn templates_are_laid_out_for_reading() {
    const LONGEST_LINE: usize = 160;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/templates");
    let (mut dirs, mut long, mut seen) = (vec![root], Vec::new(), 0);
    while let Some(dir) = dirs.pop() {
        for path in std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                dirs.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().enumerate();
            let lines = lines.filter(|(_, line)| line.chars().count() > LONGEST_LINE);
            long.extend(lines.map(|(number, _)| format!("{}:{}", path.display(), number + 1)));
            seen += text.lines().count();
        }
    }
    println!("{seen} lines of templates, {} longer than {LONGEST_LINE} columns", long.len());
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn functions_stay_short_and_handlers_shorter() {
    let mut longest = 0;
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
                    longest = longest.max(lines);
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
    println!("the longest function has {longest} lines");
}

#[test]
fn templates_hold_no_inline_script_or_style() {
    // Our own style sheet, in the first page alone (decision 42).
    const FIRST_STYLE: &str = "<style>{{ within|safe }}</style>";
    let mut first_styles = 0;
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
            first_styles += text.matches(FIRST_STYLE).count();
            let text = text.replace(FIRST_STYLE, "");
            for bad in ["style=\"", "onclick", "<style", "javascript:", "|safe"] {
                assert!(!text.contains(bad), "{} has {bad}", path.display());
            }
        }
    }
    assert_eq!(first_styles, 1);
}
