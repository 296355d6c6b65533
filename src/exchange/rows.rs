//! Votes as rows, as a conversation releases them after its end: reads them for the same map to be computed.

use std::path::Path;

use super::csv::SheetRow;
use super::polis::{ImportedStatement, ImportedVote, PolisExport, Summary};
use super::table_file::{TableError, TableFile};
use crate::domain::{Choice, Moderation, ModerationRule, ParticipantNumber, StatementNumber};

/// The largest file that is read.
const MAX_BYTES: u64 = 512 << 20;

/// A column that holds votes.
struct Column {
    at: usize,
    number: StatementNumber,
    meta: bool,
}

/// Reads a file of rows. People get numbers in the order of the file.
pub fn read(path: &Path) -> Result<PolisExport, TableError> {
    let table = TableFile::read(path, MAX_BYTES, |name| name == "id")?;
    let columns = columns(table.sheet.rows.first()).map_err(|problem| table.unreadable(problem))?;
    let mut votes = Vec::new();
    for (participant, row) in (0..).map(ParticipantNumber).zip(table.sheet.rows.iter().skip(1)) {
        for column in &columns {
            let choice = match row.cell(column.at) {
                "" => continue,
                "agree" => Choice::Agree,
                "pass" => Choice::Pass,
                "disagree" => Choice::Disagree,
                _ => {
                    let problem = "a vote is agree, pass, disagree or nothing".to_owned();
                    return Err(table.wrong(row.line, problem));
                }
            };
            votes.push(ImportedVote {
                statement: column.number,
                participant,
                choice,
                at_ms: None,
                important: false,
            });
        }
    }
    let statement = |column: &Column| ImportedStatement {
        number: column.number,
        author: None,
        moderation: Moderation::Accepted,
        meta: column.meta,
        seed: false,
        text: String::new(),
        submitted_at_ms: None,
    };
    Ok(PolisExport {
        summary: Summary { topic: path.display().to_string(), ..Summary::default() },
        statements: columns.iter().map(statement).collect(),
        votes,
        groups: Default::default(),
        xids: Default::default(),
        moderation: ModerationRule::Before,
        notes: Vec::new(),
    })
}

fn columns(head: Option<&SheetRow>) -> Result<Vec<Column>, String> {
    let head = head.ok_or("it is empty")?;
    if head.cell(0) != "id" {
        return Err("its first column should be called “id”".into());
    }
    let mut columns: Vec<Column> = Vec::new();
    for (at, name) in head.cells.iter().enumerate().skip(1) {
        let (kind, number) = name.rsplit_once('_').ok_or_else(|| format!("it has a column “{name}”"))?;
        let meta = match kind {
            "statement" => false,
            "about_the_person" => true,
            _ => return Err(format!("it has a column “{name}”")),
        };
        let number = number.parse().map_err(|_| format!("“{name}” should end with a number"))?;
        let number = StatementNumber(number);
        if columns.iter().any(|column| column.number == number) {
            return Err(format!("statement {number} is there twice"));
        }
        columns.push(Column { at, number, meta });
    }
    columns.sort_by_key(|column| column.number);
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<PolisExport, TableError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rows.csv");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn rows_are_read_and_what_is_wrong_is_told_with_its_place() {
        let export = read_text("id,statement_3,about_the_person_2\nab,agree,\ncd,,disagree\n").unwrap();
        let statements: Vec<_> = export.statements.iter().map(|s| (s.number.0, s.meta)).collect();
        assert_eq!(statements, [(2, true), (3, false)]);
        let votes: Vec<_> = export.votes.iter().map(|v| (v.participant.0, v.statement.0, v.choice)).collect();
        assert_eq!(votes, [(0, 3, Choice::Agree), (1, 2, Choice::Disagree)]);
        for (text, expected) in [
            ("", "can't be read"),
            ("who,statement_1\na,agree\n", "its first column should be called “id”"),
            ("id,statement_1,statement_1\n", "statement 1 is there twice"),
            ("id,statement_x\n", "should end with a number"),
            ("id,age\n", "it has a column “age”"),
            ("id,statement_1\na,agree\nb,maybe\n", "line 3: a vote is agree, pass, disagree or nothing"),
        ] {
            let error = read_text(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
