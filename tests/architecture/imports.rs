//! Which file imports from which, and where that goes in a circle.

use std::collections::{BTreeMap, BTreeSet};

/// Files by their module path (`live/room`), each with those that it imports from.
pub struct Imports(BTreeMap<String, BTreeSet<String>>);

impl Imports {
    /// From sources: the module path of each, whether it is a face (`mod.rs`), and its code.
    pub fn of<'a>(sources: impl Iterator<Item = (String, bool, &'a str)> + Clone) -> Self {
        let files: BTreeSet<String> = sources.clone().map(|(module, ..)| module).collect();
        let imports = |module: &str, is_face: bool, code: &str| {
            let paths =
                code.split("use ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(tree, _)| tree);
            let paths = paths.flat_map(|tree| leaves(Vec::new(), tree));
            let found = paths.filter_map(|path| file_of(&files, module, is_face, &path));
            found.filter(|file| file != module).collect()
        };
        Self(
            sources
                .map(|(module, is_face, code)| (module.clone(), imports(&module, is_face, code)))
                .collect(),
        )
    }

    /// How many arrows there are.
    pub fn arrows(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }

    /// Files that import from each other, directly or by others.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            self.0.keys().map(|file| (file.as_str(), self.reached_from(file))).collect();
        let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
        for (file, reached) in &reach {
            let with: Vec<&str> =
                reached.iter().copied().filter(|other| reach[other].contains(file)).collect();
            if with.len() > 1 {
                circles.insert(with);
            }
        }
        circles.into_iter().collect()
    }

    fn reached_from(&self, file: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = self.0[file].iter().map(String::as_str).collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(self.0.get(next).into_iter().flatten().map(String::as_str));
            }
        }
        reached
    }
}

/// Every path that a `use` tree names.
fn leaves(before: Vec<String>, tree: &str) -> Vec<Vec<String>> {
    let words = |path: &str| -> Vec<String> {
        path.split(" as ").next().unwrap().split("::").map(|word| word.trim().to_owned()).collect()
    };
    let Some((head, inner)) = tree.split_once('{') else {
        return vec![before.into_iter().chain(words(tree)).filter(|word| !word.is_empty()).collect()];
    };
    let head: Vec<String> = before.into_iter().chain(words(head)).filter(|word| !word.is_empty()).collect();
    let (mut depth, mut part, mut parts) = (0, String::new(), Vec::new());
    for letter in inner.rsplit_once('}').map_or(inner, |(inner, _)| inner).chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(letter);
    }
    parts.push(part);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| leaves(head.clone(), &part)).collect()
}

/// The file in which what a path names stands: the longest part of it that is a file.
fn file_of(files: &BTreeSet<String>, module: &str, is_face: bool, path: &[String]) -> Option<String> {
    let mut at: Vec<&str> = module.split('/').collect();
    let (first, rest) = path.split_first()?;
    let whole: Vec<&str> = match first.as_str() {
        "crate" => rest.iter().map(String::as_str).collect(),
        "super" | "self" => {
            let supers = path.iter().take_while(|word| *word == "super").count();
            at.truncate(at.len().saturating_sub(supers));
            let rest = path.iter().skip_while(|word| *word == "super" || *word == "self");
            at.into_iter().chain(rest.map(String::as_str)).collect()
        }
        _ if is_face => at.into_iter().chain(path.iter().map(String::as_str)).collect(),
        _ => return None,
    };
    (1..=whole.len()).rev().map(|length| whole[..length].join("/")).find(|path| files.contains(path))
}

#[test]
fn a_circle_is_found() {
    let sources = [
        ("a", true, "use b::B;"),
        ("a/b", false, "use super::c::{self, C};"),
        ("a/c", false, "use crate::a::{b::{B, D}, e::E};"),
        ("a/e", false, ""),
    ];
    let imports =
        Imports::of(sources.into_iter().map(|(module, face, code)| (module.to_owned(), face, code)));
    assert_eq!((imports.circles(), imports.arrows()), (vec![vec!["a/b", "a/c"]], 4));
}
