//! Groups from outside: a table that says which group each participant is in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::csv::{Encoding, Problem, Sheet, SheetRow, quoted};
use super::table_file::{TableError, TableFile};
use crate::domain::ParticipantNumber;

/// The largest file that is read.
const MAX_BYTES: u64 = 64 << 20;
/// The most groups: as many as a map can have letters for and pages can show.
const MAX_GROUPS: usize = 100;

/// The longest name of a group.
const MAX_NAME_BYTES: usize = 200;

/// What a column of participants' numbers is called.
const NUMBERS: [&str; 5] = ["participant", "participant-id", "voter-id", "voter", "pid"];
/// What a column of their ids in another system is called.
const XIDS: [&str; 3] = ["xid", "external-id", "externalid"];

/// Groups by their names, and who is in which.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NamedGroups {
    /// The names in order: by number where all are numbers, else by letters.
    pub names: Vec<String>,
    /// Each participant's group, as an index into the names.
    pub of: BTreeMap<ParticipantNumber, usize>,
}

impl NamedGroups {
    /// Leaves out everybody else, and groups that nobody is left in. Answers how many were left out.
    pub fn keep_only(&mut self, is_known: impl Fn(ParticipantNumber) -> bool) -> usize {
        let before = self.of.len();
        self.of.retain(|participant, _| is_known(*participant));
        let filled: BTreeSet<usize> = self.of.values().copied().collect();
        let renumbered: BTreeMap<usize, usize> = filled.iter().copied().zip(0..).collect();
        self.of.values_mut().for_each(|index| *index = renumbered[index]);
        let mut index = 0..;
        self.names.retain(|_| index.next().is_some_and(|index| filled.contains(&index)));
        before - self.of.len()
    }

    fn of_names(said: &BTreeMap<ParticipantNumber, String>) -> Self {
        let names: BTreeSet<&String> = said.values().collect();
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        if names.iter().all(|name| name.parse::<u64>().is_ok()) {
            names.sort_by_key(|name| name.parse::<u64>().unwrap_or_default());
        }
        let index = |name: &String| names.iter().position(|known| known == name).unwrap_or_default();
        let of = said.iter().map(|(participant, name)| (*participant, index(name))).collect();
        Self { names, of }
    }
}

/// Reads a table of participants and their groups; people without a group are left out. `column` names
/// the one with the groups, which is not needed where there is no other. `xids` are the export's ids
/// from elsewhere. Answers too how many such ids the export does not know.
pub fn read(
    path: &Path,
    column: Option<&str>,
    xids: &BTreeMap<String, ParticipantNumber>,
) -> Result<(NamedGroups, usize), TableError> {
    let is_known = |name: &str| [&NUMBERS[..], &XIDS].concat().contains(&key(name).as_str());
    let table = TableFile::read(path, MAX_BYTES, is_known)?;
    let unreadable = |problem: String| table.unreadable(problem);
    let columns = Columns::of(&table.sheet, column).map_err(unreadable)?;
    let mut said: BTreeMap<ParticipantNumber, String> = BTreeMap::new();
    let mut unknown = 0;
    for row in table.sheet.rows.iter().skip(usize::from(columns.has_header)) {
        let wrong = |problem: String| table.wrong(row.line, problem);
        let Some((participant, name)) = columns.read(row, xids).map_err(wrong)? else {
            unknown += 1;
            continue;
        };
        if said.insert(participant, name).is_some() {
            return Err(wrong("this participant is there twice".into()));
        }
    }
    said.retain(|_, name| !name.is_empty());
    let groups = NamedGroups::of_names(&said);
    if groups.names.len() > MAX_GROUPS {
        let many = groups.names.len();
        return Err(unreadable(format!("it has {many} groups; at most {MAX_GROUPS} are allowed")));
    }
    Ok((groups, unknown))
}

fn key(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

/// Which columns are read.
struct Columns {
    has_header: bool,
    is_text: bool,
    /// How many columns have a name.
    width: usize,
    person: usize,
    by_xid: bool,
    group: usize,
}

impl Columns {
    fn of(sheet: &Sheet, wanted: Option<&str>) -> Result<Self, String> {
        let is_text = sheet.encoding != Encoding::Workbook;
        let head: Vec<String> = sheet.rows.first().map_or(Vec::new(), |row| row.cells.clone());
        let find = |names: &[&str]| head.iter().position(|name| names.contains(&key(name).as_str()));
        let number = find(&NUMBERS);
        let Some(person) = number.or_else(|| find(&XIDS)) else {
            return match (sheet.columns(), wanted) {
                (0 | 2, None) => {
                    Ok(Self { has_header: false, is_text, width: 2, person: 0, by_xid: false, group: 1 })
                }
                _ => Err("no column is called “participant” or “xid”".into()),
            };
        };
        let people = [&NUMBERS[..], &XIDS].concat();
        let others: Vec<usize> =
            (0..head.len()).filter(|at| !people.contains(&key(&head[*at]).as_str())).collect();
        let names = || others.iter().map(|at| quoted(head[*at].trim())).collect::<Vec<_>>().join(", ");
        let group = match wanted {
            Some(wanted) => others.iter().find(|at| key(&head[**at]) == key(wanted)).copied(),
            None if others.len() == 1 => others.first().copied(),
            None if others.is_empty() => return Err("there is no column with groups".into()),
            None => {
                return Err(format!(
                    "it has several columns; say with --column which has the groups: {}",
                    names()
                ));
            }
        };
        let group = group.ok_or_else(|| {
            format!(
                "it has no column {}; its other columns are {}",
                quoted(wanted.unwrap_or_default()),
                names()
            )
        })?;
        Ok(Self { has_header: true, is_text, width: head.len(), person, by_xid: number.is_none(), group })
    }

    /// A row's participant and group; nothing for an id that the export does not know.
    fn read(
        &self,
        row: &SheetRow,
        xids: &BTreeMap<String, ParticipantNumber>,
    ) -> Result<Option<(ParticipantNumber, String)>, String> {
        if !self.has_header && row.cells.len() != 2 {
            return Err("there should be two fields: participant and group".into());
        }
        // In a workbook no comma can have moved anything.
        if self.has_header && self.is_text && row.cells.len() > self.width {
            let problem = Problem::Ragged { found: row.cells.len(), expected: self.width };
            return Err(problem.to_string());
        }
        let (person, name) = (row.cell(self.person).trim(), row.cell(self.group).trim());
        if name.len() > MAX_NAME_BYTES || name.contains(char::is_control) {
            return Err(
                "the group's name is too long or goes over a line; is a closing quotation mark missing?"
                    .into(),
            );
        }
        let participant = if self.by_xid {
            xids.get(person).copied()
        } else {
            let number = person.strip_suffix(".0").unwrap_or(person).parse();
            Some(ParticipantNumber(number.map_err(|_| "the participant should be a whole number")?))
        };
        Ok(participant.map(|participant| (participant, name.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_column(text: &str, column: Option<&str>) -> Result<NamedGroups, TableError> {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("groups.csv");
        std::fs::write(&path, text).expect("it is written");
        let xids = [("A12".to_owned(), ParticipantNumber(4)), ("B77".to_owned(), ParticipantNumber(9))];
        read(&path, column, &xids.into()).map(|(groups, _)| groups)
    }

    fn read_text(text: &str) -> Result<NamedGroups, TableError> {
        read_column(text, None)
    }

    #[test]
    fn names_stand_in_order_and_people_without_one_are_left_out() {
        let groups = read_text("participant,group\n5,10\n2,9\n7,\n").expect("it is fine");
        assert_eq!(groups.names, ["9", "10"]);
        assert_eq!(groups.of, [(ParticipantNumber(2), 0), (ParticipantNumber(5), 1)].into());
        let ragged = read_text("participant,group\n2,East\n5,North, upper\n").expect_err("it has too many");
        assert!(ragged.to_string().contains("3: the line should have 2 fields, but has 3"), "{ragged}");
        let places = read_text("1,\"North, upper\"\n2,East\n").expect("it is fine");
        assert_eq!(places.names, ["East", "North, upper"]);
        assert_eq!(read_text("").expect("nothing is fine"), NamedGroups::default());
    }

    #[test]
    fn semicolons_several_columns_and_external_ids_are_read() {
        let semicolons = read_text("Participant;group\n0;North\n1;South\n").expect("it is fine");
        assert_eq!(semicolons.of, [(ParticipantNumber(0), 0), (ParticipantNumber(1), 1)].into());
        let wide = "participant,xid,district,age\n0,a1,North,18-30\n1,a2,South,31-60\n";
        let ages = read_column(wide, Some("Age")).expect("it is fine");
        assert_eq!(ages.names, ["18-30", "31-60"]);
        let by_xid = read_text("xid,group\nA12,North\nB77,South\nC99,South\n").expect("it is fine");
        assert_eq!(by_xid.of, [(ParticipantNumber(4), 0), (ParticipantNumber(9), 1)].into());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let wide = "participant,district,age\n0,North,18-30\n";
        for (text, column, expected) in [
            ("participant,group\nx,1\n", None, "line 2: the participant should be a whole number"),
            ("1,a\n1,b\n", None, "line 2: this participant is there twice"),
            (wide, None, "say with --column which has the groups: “district”, “age”"),
            (wide, Some("colour"), "it has no column “colour”; its other columns are “district”, “age”"),
            ("1,a,b\n2,c,d\n", None, "no column is called “participant” or “xid”"),
            ("participant\n5\n", None, "there is no column with groups"),
            ("participant,group\n1,\"a\n", None, "line 2: a quotation mark is opened here and never closed"),
        ] {
            let error = read_column(text, column).expect_err("it is wrong").to_string();
            assert!(error.contains(expected), "{error}");
        }
        let many: String = (0..101).map(|n| format!("{n},g{n}\n")).collect();
        assert!(read_text(&many).expect_err("too many").to_string().contains("101 groups"));
    }
}
