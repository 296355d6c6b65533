//! Lines that stand in two places.

use std::collections::HashMap;

/// So many lines in a row that are letter by letter the same are a copy.
const RUN: usize = 6;

/// How many copies there are: runs of lines that stand in two places, each counted once, however long it is.
/// Imports, comments and lone brackets don't count as lines.
pub fn copies<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut seen: HashMap<Vec<&str>, (&str, usize)> = HashMap::new();
    let mut found = Vec::new();
    for (path, text) in files {
        let lines: Vec<(usize, &str)> = text
            .lines()
            .enumerate()
            .map(|(number, line)| (number + 1, line.trim()))
            .filter(|(_, line)| says_something(line))
            .collect();
        let mut copied_until = 0;
        for (at, run) in lines.windows(RUN).enumerate() {
            let words: Vec<&str> = run.iter().map(|(_, line)| *line).collect();
            let here = (path, run[0].0);
            match seen.get(&words) {
                Some((other, line)) => {
                    if at >= copied_until {
                        found.push(format!("{other}:{line} ~ {path}:{}", here.1));
                    }
                    copied_until = at + RUN;
                }
                None => drop(seen.insert(words, here)),
            }
        }
    }
    found
}

fn says_something(line: &str) -> bool {
    let is_bracket = line.chars().all(|c| "{}()[];,".contains(c));
    !is_bracket && !["//", "use ", "pub use ", "mod ", "#["].iter().any(|start| line.starts_with(start))
}

#[test]
fn a_copy_is_found_once_and_only_where_it_is_long_enough() {
    let lines = |from: u32, to: u32| (from..to).map(|n| format!("let x = {n};\n")).collect::<String>();
    let (one, two) = (lines(0, 20), lines(5, 13));
    assert_eq!(copies([("a", one.as_str()), ("b", two.as_str())].into_iter()), ["a:6 ~ b:1"]);
    let short = lines(5, 10);
    assert!(copies([("a", one.as_str()), ("b", short.as_str())].into_iter()).is_empty());
}
