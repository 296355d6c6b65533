//! Every test that `docs/EXPERIENCE.md` names is there.

use std::path::Path;

fn read_all(dir: &Path, kind: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(read_all(&path, kind));
        } else if path.extension().is_some_and(|extension| extension == kind) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

#[test]
fn each_convention_of_pages_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("docs/EXPERIENCE.md")).unwrap();
    let browser = read_all(&root.join("web/e2e/tests"), "mjs");
    let rust: Vec<_> =
        ["src", "crates/core/src", "tests"].iter().flat_map(|dir| read_all(&root.join(dir), "rs")).collect();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| **")).collect();
    assert!(rows.len() >= 20, "{} rows", rows.len());
    for row in rows {
        let named: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test: {row}");
        for name in named {
            let is_there = match name.split_once(": ") {
                Some((file, title)) => {
                    let file = format!("{file}.test.mjs");
                    let title = [format!("test(\"{title}"), format!("test(`{title}")];
                    browser
                        .iter()
                        .any(|(at, text)| *at == file && title.iter().any(|title| text.contains(title)))
                }
                None => rust.iter().any(|(_, text)| text.contains(&format!("fn {name}"))),
            };
            assert!(is_there, "docs/EXPERIENCE.md names “{name}”, which is no test");
        }
    }
}
