//! Statements of an organiser from a file: a table with a column of statements, or a plain list.
//!
//! Invariant: nothing is guessed. A table whose columns have no name that is known, or two of them,
//! is a [`Question`] to whoever sent it.

use super::csv::{Delimiter, Encoding, Problem, Sheet, SheetError, SheetRow, quoted};

/// A statement and the line of the file on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// 1 for the first line.
    pub line: u64,
    /// The statement, as it stands in the file.
    pub text: String,
}

/// The statements of a file, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedList {
    /// The statements.
    pub seeds: Vec<Seed>,
    /// How the letters of the file are written.
    pub encoding: Encoding,
    /// What parts its columns; `None` where there is one.
    pub delimiter: Option<Delimiter>,
    /// The name of the column that was read, where it has one.
    pub column: Option<String>,
}

/// Which part of a file holds the statements.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SeedPart {
    /// The only column, or the one whose name is known.
    #[default]
    Known,
    /// This column, counted from 0; whether the first line is its heading.
    Column(usize, bool),
    /// Each line as it is.
    Lines,
}

/// The most statements that one file may bring.
pub const MAX_SEEDS: usize = 1_000;

/// What a column of statements is called, in the languages that organisers write.
const NAMES: [&str; 40] = [
    "text",
    "txt",
    "statement",
    "statements",
    "statement-text",
    "comment",
    "comments",
    "comment-text",
    "comment-body",
    "body",
    "proposition",
    "propositions",
    "opinion",
    "opinions",
    "seed",
    "seeds",
    "aussage",
    "aussagen",
    "these",
    "thesen",
    "kommentar",
    "kommentare",
    "énoncé",
    "énoncés",
    "affirmation",
    "affirmations",
    "commentaire",
    "texte",
    "afirmación",
    "afirmaciones",
    "declaración",
    "comentario",
    "texto",
    "affermazione",
    "affermazioni",
    "commento",
    "testo",
    "stelling",
    "stellingen",
    "uitspraak",
];

/// Why a file brings no statements.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SeedsError {
    /// It is not a table or a list.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// Nothing in it.
    #[error("There are no statements in this file.")]
    Empty,
    /// More than a conversation begins with.
    #[error("There are more than {MAX_SEEDS} statements in this file.")]
    TooMany,
    /// It does not say which column holds the statements.
    #[error("Which column holds the statements? The columns are {}.", .0.names())]
    Which(Question),
}

/// A table of which it is not known where the statements are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The columns, each with its first cells.
    pub columns: Vec<Vec<String>>,
    /// The whole file as text, to be sent again with the answer.
    pub content: String,
    /// How the file itself was written.
    pub encoding: Encoding,
}

impl Question {
    fn names(&self) -> String {
        let first = |column: &Vec<String>| quoted(column.first().map_or("", |cell| cell.trim()));
        self.columns.iter().map(first).collect::<Vec<_>>().join(", ")
    }
}

/// How many cells of a column show what is in it.
const SHOWN_CELLS: usize = 3;

/// Reads a file's statements; cells without text are passed over.
pub fn read_seeds(bytes: &[u8], part: SeedPart) -> Result<SeedList, SeedsError> {
    let sheet = match part {
        SeedPart::Lines => Sheet::of_lines(bytes)?,
        _ => read_sheet(bytes)?,
    };
    let head: Vec<&str> =
        sheet.rows.first().map_or(Vec::new(), |row| row.cells.iter().map(String::as_str).collect());
    let known: Vec<usize> = (0..head.len()).filter(|column| is_known(head[*column])).collect();
    let (column, has_header) = match (part, &known[..]) {
        (SeedPart::Column(column, has_header), _) => (column, has_header),
        (SeedPart::Lines, _) => (0, false),
        (SeedPart::Known, [column]) => (*column, true),
        (SeedPart::Known, []) if sheet.columns() <= 1 => (0, false),
        (SeedPart::Known, _) => return Err(SeedsError::Which(question(&sheet, bytes))),
    };
    // In a workbook no comma can have moved anything.
    let is_text = sheet.encoding != Encoding::Workbook;
    if has_header
        && is_text
        && let Some(long) = sheet.rows.iter().find(|row| row.cells.len() > head.len())
    {
        let problem = Problem::Ragged { found: long.cells.len(), expected: head.len() };
        return Err(SheetError::Row { line: long.line, problem }.into());
    }
    let name = has_header.then(|| head.get(column).map(|name| name.trim().to_owned())).flatten();
    let rows = sheet.rows.iter().skip(usize::from(has_header));
    let seeds: Vec<Seed> = rows
        .map(|row| Seed { line: row.line, text: row.cell(column).trim().to_owned() })
        .filter(|seed| !seed.text.is_empty())
        .collect();
    match seeds.len() {
        0 => Err(SeedsError::Empty),
        n if n > MAX_SEEDS => Err(SeedsError::TooMany),
        _ => Ok(SeedList { seeds, encoding: sheet.encoding, delimiter: sheet.delimiter, column: name }),
    }
}

/// A file as a table, or as a list in which a line begins with a word in quotation marks. Where columns
/// have names, what is wrong with quotation marks is told and not guessed.
fn read_sheet(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let read = Sheet::read(bytes, is_known);
    if !matches!(read, Err(SheetError::Row { problem: Problem::TextAfterQuote, .. })) {
        return read;
    }
    let lines = Sheet::of_lines(bytes)?;
    let has_name = lines.rows.first().is_some_and(|row| is_known(row.cell(0).trim().trim_matches('"')));
    // A quotation over several lines is more than a word.
    let is_whole = |row: &SheetRow| row.cell(0).matches('"').count().is_multiple_of(2);
    let is_list = !has_name && !Sheet::has_columns(bytes, is_known) && lines.rows.iter().all(is_whole);
    if is_list { Ok(lines) } else { read }
}

fn is_known(name: &str) -> bool {
    NAMES.contains(&name.trim().to_lowercase().replace(['_', ' '], "-").as_str())
}

fn question(sheet: &Sheet, bytes: &[u8]) -> Question {
    let cells =
        |column| (0..sheet.rows.len().min(SHOWN_CELLS)).map(move |row| sheet.cell(row, column).to_owned());
    Question {
        columns: (0..sheet.columns()).map(|column| cells(column).collect()).collect(),
        content: sheet.content(bytes),
        encoding: sheet.encoding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Result<Vec<String>, SeedsError> {
        read_seeds(bytes, SeedPart::Known).map(|list| list.seeds.into_iter().map(|seed| seed.text).collect())
    }

    fn columns(bytes: &[u8]) -> usize {
        match read_seeds(bytes, SeedPart::Known) {
            Err(SeedsError::Which(question)) => question.columns.len(),
            _ => 0,
        }
    }

    #[test]
    fn a_known_column_and_a_plain_list_both_read() {
        let csv = "\u{feff}id,Text\r\n1,\"More trees, please\"\r\n2,Fewer cars\r\n3,\r\n";
        let expected = || Ok(vec!["More trees, please".to_owned(), "Fewer cars".to_owned()]);
        assert_eq!(texts(csv.as_bytes()), expected());
        assert_eq!(texts(b"More trees, please\n\nFewer cars"), expected());
        assert_eq!(
            texts("Nr;Aussage;Thema\n1;More trees, please;a\n2;Fewer cars;b\n".as_bytes()),
            expected()
        );
        assert_eq!(texts(b"comment\n\"More trees, please\"\nFewer cars\n"), expected());
        assert_eq!(
            texts(b"More trees,,\nFewer cars,,\n"),
            Ok(vec!["More trees".into(), "Fewer cars".into()])
        );
    }

    #[test]
    fn several_columns_without_a_known_name_are_a_question_and_its_answer_is_read() {
        for file in [&b"a;b\nc;d\n"[..], b"More trees, please\nFewer cars, thanks\n", b"text,comment\na,b\n"]
        {
            assert_eq!(columns(file), 2, "{}", String::from_utf8_lossy(file));
        }
        let Err(SeedsError::Which(question)) = read_seeds(b"no;what\n1;a, b\n\n2;c\n", SeedPart::Known)
        else {
            panic!("no question is asked");
        };
        assert_eq!(question.columns[1], ["what", "a, b", "c"]);
        let answer = read_seeds(question.content.as_bytes(), SeedPart::Column(1, true)).expect("it is read");
        let found: Vec<_> = answer.seeds.iter().map(|seed| (seed.line, seed.text.as_str())).collect();
        assert_eq!((found, answer.column.as_deref()), (vec![(2, "a, b"), (4, "c")], Some("what")));
        let lines =
            read_seeds(b"More trees, please\nFewer cars, thanks\n", SeedPart::Lines).expect("it is read");
        assert_eq!(lines.seeds[1].text, "Fewer cars, thanks");
    }

    #[test]
    fn rows_with_more_cells_than_names_are_told_and_not_cut() {
        let ragged = |line, found, expected| {
            let problem = Problem::Ragged { found, expected };
            Err(SeedsError::Sheet(SheetError::Row { line, problem }))
        };
        assert_eq!(texts(b"no,text\n1,Fewer cars\n2,More trees, please\n"), ragged(3, 3, 2));
        assert!(texts(b"no,text\n1,Fewer cars,,\n").is_ok(), "cells without text are none");
    }

    #[test]
    fn a_list_may_begin_a_line_with_a_word_in_quotation_marks() {
        let list = "\"Tempo 30\" everywhere\nMore trees\n".as_bytes();
        assert_eq!(texts(list), Ok(vec!["\"Tempo 30\" everywhere".into(), "More trees".into()]));
        assert!(texts(b"text\n\"Tempo 30\" everywhere\n").is_err(), "in a table it is a mistake");
        assert!(texts(b"\"Tempo 30\nMore trees\n").is_err(), "it is never closed");
        assert!(texts(b"\"Tempo\n30\"\n\"More\" trees\n").is_err(), "one is over two lines");
        assert!(
            texts(b"Nr;Idea\n1;\"Tempo 30\neverywhere\"\n2;\"More \"green\" trees\"\n").is_err(),
            "a table"
        );
    }

    #[test]
    fn a_file_without_statements_says_so() {
        assert_eq!(texts(b""), Err(SeedsError::Empty));
        assert_eq!(texts(b"text\n"), Err(SeedsError::Empty));
        assert_eq!(texts(b"\x89PNG\0"), Err(SeedsError::Sheet(SheetError::NotText)));
        assert_eq!(texts("a\n".repeat(MAX_SEEDS + 1).as_bytes()), Err(SeedsError::TooMany));
    }
}
