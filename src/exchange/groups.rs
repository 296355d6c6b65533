//! Groups from outside: a CSV file that says which group each participant is in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::domain::ParticipantNumber;

/// The largest file that is read.
const MAX_BYTES: u64 = 256 << 20;
/// The most groups: as many as a map can have letters for and pages can show.
const MAX_GROUPS: usize = 100;

/// The longest name of a group.
const MAX_NAME_BYTES: usize = 200;

/// Why it can't be read.
#[derive(Debug, thiserror::Error)]
pub enum GroupsError {
    /// The system does not let us read it, or it is no CSV.
    #[error("{file} can't be read: {problem}")]
    Unreadable {
        /// Its path.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// A line is wrong.
    #[error("{file}, line {line}: {problem}")]
    Line {
        /// Its path.
        file: String,
        /// Counted from 1.
        line: u64,
        /// What is wrong.
        problem: String,
    },
}

/// Groups by their names, and who is in which.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Groups {
    /// The names in order: by number where all are numbers, else by letters.
    pub names: Vec<String>,
    /// Each participant's place among the names.
    pub of: BTreeMap<ParticipantNumber, usize>,
}

impl Groups {
    /// Leaves out everybody else, and groups that nobody is left in. Answers how many were left out.
    pub fn keep_only(&mut self, is_known: impl Fn(ParticipantNumber) -> bool) -> usize {
        let before = self.of.len();
        self.of.retain(|participant, _| is_known(*participant));
        let filled: BTreeSet<usize> = self.of.values().copied().collect();
        let places: BTreeMap<usize, usize> = filled.iter().copied().zip(0..).collect();
        self.of.values_mut().for_each(|place| *place = places[place]);
        let mut place = 0..;
        self.names.retain(|_| place.next().is_some_and(|place| filled.contains(&place)));
        before - self.of.len()
    }
}

/// Reads `participant,group`, with or without that header; people without a group are left out.
pub fn read(path: &Path) -> Result<Groups, GroupsError> {
    let file = path.display().to_string();
    let unreadable = |problem: String| GroupsError::Unreadable { file: file.clone(), problem };
    let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > MAX_BYTES {
        return Err(unreadable(format!("it is larger than {MAX_BYTES} bytes")));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_path(path)
        .map_err(|error| unreadable(error.to_string()))?;
    let mut said: BTreeMap<ParticipantNumber, String> = BTreeMap::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| unreadable(error.to_string()))?;
        let line = record.position().map_or(index as u64 + 1, csv::Position::line);
        let wrong =
            |problem: &str| GroupsError::Line { file: file.clone(), line, problem: problem.to_owned() };
        if record.len() != 2 {
            return Err(wrong("there should be two fields: participant and group"));
        }
        let (participant, name) = (record[0].trim_start_matches('\u{feff}'), &record[1]);
        if index == 0 && participant.eq_ignore_ascii_case("participant") {
            continue;
        }
        let Ok(participant) = participant.parse() else {
            return Err(wrong("the participant should be a whole number"));
        };
        if name.len() > MAX_NAME_BYTES || name.contains(char::is_control) {
            return Err(wrong(
                "the group's name is too long or goes over a line; is a quotation mark never closed?",
            ));
        }
        if said.insert(ParticipantNumber(participant), name.to_owned()).is_some() {
            return Err(wrong("this participant is there twice"));
        }
    }
    said.retain(|_, name| !name.is_empty());
    let names: BTreeSet<&String> = said.values().collect();
    let mut names: Vec<String> = names.into_iter().cloned().collect();
    if names.len() > MAX_GROUPS {
        return Err(unreadable(format!("it has {} groups, and {MAX_GROUPS} are the most", names.len())));
    }
    if names.iter().all(|name| name.parse::<u64>().is_ok()) {
        names.sort_by_key(|name| name.parse::<u64>().unwrap_or_default());
    }
    let place = |name: &String| names.iter().position(|known| known == name).unwrap_or_default();
    let of = said.iter().map(|(participant, name)| (*participant, place(name))).collect();
    Ok(Groups { names, of })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Groups, GroupsError> {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("groups.csv");
        std::fs::write(&path, text).expect("it is written");
        read(&path)
    }

    #[test]
    fn names_stand_in_order_and_people_without_one_are_left_out() {
        let groups = read_text("participant,group\n5,10\n2,9\n7,\n").expect("it is fine");
        assert_eq!(groups.names, ["9", "10"]);
        assert_eq!(groups.of, [(ParticipantNumber(2), 0), (ParticipantNumber(5), 1)].into());
        let places = read_text("1,\"North, upper\"\n2,East\n").expect("it is fine");
        assert_eq!(places.names, ["East", "North, upper"]);
        assert_eq!(read_text("").expect("nothing is fine"), Groups::default());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, expected) in [
            ("participant,group\n5\n", "line 2: there should be two fields"),
            ("participant,group\nx,1\n", "line 2: the participant should be a whole number"),
            ("1,a\n1,b\n", "line 2: this participant is there twice"),
        ] {
            let error = read_text(text).expect_err("it is wrong").to_string();
            assert!(error.contains(expected), "{error}");
        }
        let many: String = (0..101).map(|n| format!("{n},g{n}\n")).collect();
        assert!(read_text(&many).expect_err("too many").to_string().contains("101 groups"));
    }
}
