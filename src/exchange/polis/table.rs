//! A CSV file with a header: columns by name, in any order.
//!
//! It knows no format beyond that. Invariant: every record has as many fields as the header, but
//! for free text at the end of a line, where newer Polis exports forget to quote.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use super::error::{Column, ImportError, Place, Problem};
use super::note::Note;
use super::rows::{Progress, Row, Rows};
use crate::domain::{ParticipantNumber, StatementNumber};

/// A file with a header.
pub(super) struct Table<'a> {
    pub file: &'static str,
    rows: Rows<'a>,
    header: Row,
    names: Vec<String>,
    row: Row,
    /// The last column is free text, and unquoted commas belong to it.
    loose_end: bool,
    loose: u64,
}

impl<'a> Table<'a> {
    /// Opens a file of an export and reads its header. `loose` is a column of free text that takes
    /// unquoted commas if it is the last one.
    pub fn open<'p: 'a>(
        dir: &Path,
        file: &'static str,
        loose: Option<&str>,
        progress: &'a mut Progress<'p>,
    ) -> Result<Self, ImportError> {
        let mut rows = Rows::open(dir, file, progress)?;
        let mut header = Row::default();
        if !rows.next_row(&mut header)? {
            return Err(rows.wrong(1, 0, Problem::Empty));
        }
        if let Some(broken) = header.broken {
            return Err(rows.wrong(header.line, broken, Problem::TextAfterQuote));
        }
        let names: Vec<String> = (0..header.len()).map(|at| header.field(at).trim().to_owned()).collect();
        let loose_end = loose.is_some() && names.last().map(String::as_str) == loose;
        let table = Self { file, rows, header, names, row: Row::default(), loose_end, loose: 0 };
        table.check_names()?;
        Ok(table)
    }

    fn check_names(&self) -> Result<(), ImportError> {
        let mut seen = HashSet::new();
        match self.names.iter().position(|name| !seen.insert(name)) {
            Some(at) => Err(self.wrong_name(&self.names[at], Problem::DuplicateColumn)),
            None => Ok(()),
        }
    }

    /// The column's names, in the order of the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The header as a record, for names that are numbers.
    pub fn header(&self) -> Line<'_> {
        Line { file: self.file, names: &self.names, row: &self.header, loose_from: None }
    }

    /// Where a column is.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// Where a column is that must be there.
    pub fn require(&self, name: &str) -> Result<usize, ImportError> {
        self.column(name).ok_or_else(|| self.wrong_name(name, Problem::MissingColumn))
    }

    fn wrong_name(&self, name: &str, problem: Problem) -> ImportError {
        let column = Column::Named(name.to_owned());
        let place = Place { file: self.file, line: self.header.line, column };
        ImportError::Wrong { place, problem }
    }

    /// The next record.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, ImportError> {
        if !self.rows.next_row(&mut self.row)? {
            return Ok(None);
        }
        let last = self.names.len() - 1;
        let surplus = self.row.len() > self.names.len();
        let torn = surplus || self.row.broken == Some(last);
        // Free text over several lines was quoted: there, a loose end is a mistake.
        let loose = torn
            && self.loose_end
            && self.row.broken.is_none_or(|field| field >= last)
            && !self.row.rest(last).contains('\n');
        if loose {
            self.loose += 1;
        } else {
            self.check_row()?;
        }
        let loose_from = loose.then_some(last);
        Ok(Some(Line { file: self.file, names: &self.names, row: &self.row, loose_from }))
    }

    fn check_row(&self) -> Result<(), ImportError> {
        let (found, expected, line) = (self.row.len(), self.names.len(), self.row.line);
        if let Some(broken) = self.row.broken {
            return Err(self.rows.wrong(line, broken, Problem::TextAfterQuote));
        }
        if found == expected {
            return Ok(());
        }
        // The first field that is missing or too many.
        Err(self.rows.wrong(line, found.min(expected), Problem::Ragged { found, expected }))
    }

    /// What to tell of the file's shape, given the columns that we know.
    pub fn notes(&self, known: impl Fn(&str) -> bool, notes: &mut Vec<Note>) {
        let names: Vec<String> = self.names.iter().filter(|name| !known(name)).cloned().collect();
        if !names.is_empty() {
            notes.push(Note::ColumnsIgnored { file: self.file, names });
        }
        if self.loose > 0 {
            notes.push(Note::LooseCommas { file: self.file, rows: self.loose });
        }
    }
}

/// One record of a table.
pub(super) struct Line<'t> {
    file: &'static str,
    names: &'t [String],
    row: &'t Row,
    loose_from: Option<usize>,
}

impl Line<'_> {
    /// A field's text.
    pub fn text(&self, column: usize) -> Cow<'_, str> {
        if self.loose_from == Some(column) {
            Cow::Borrowed(self.row.rest(column))
        } else {
            self.row.field(column)
        }
    }

    /// An error in this record.
    pub fn wrong(&self, column: usize, problem: Problem) -> ImportError {
        let column = match self.names.get(column) {
            Some(name) if !name.is_empty() => Column::Named(name.clone()),
            _ => Column::Number(column + 1),
        };
        ImportError::Wrong { place: Place { file: self.file, line: self.row.line, column }, problem }
    }

    /// A whole number from 0 to `max`.
    pub fn integer(&self, column: usize, max: i64) -> Result<i64, ImportError> {
        whole_number(&self.text(column), max).map_err(|problem| self.wrong(column, problem))
    }

    /// A number that fits everywhere.
    pub fn number(&self, column: usize) -> Result<u32, ImportError> {
        let number = self.integer(column, i64::from(ParticipantNumber::MAX))?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX)) // never: the maximum is below 2^31
    }

    pub fn statement(&self, column: usize) -> Result<StatementNumber, ImportError> {
        self.number(column).map(StatementNumber)
    }

    pub fn participant(&self, column: usize) -> Result<ParticipantNumber, ImportError> {
        self.number(column).map(ParticipantNumber)
    }

    /// A number from a short list, like a vote; anything else is a `problem`.
    pub fn one_of<T>(
        &self,
        column: usize,
        meaning: impl Fn(i64) -> Option<T>,
        problem: impl Fn(String) -> Problem,
    ) -> Result<T, ImportError> {
        let text = self.text(column);
        // "+1" and "01" parse, but nobody writes them: they hint at a damaged file.
        let number = match &*text {
            "-1" => Some(-1),
            "0" => Some(0),
            "1" => Some(1),
            _ => None,
        };
        number.and_then(meaning).ok_or_else(|| self.wrong(column, problem(text.into_owned())))
    }

    /// True or false; nothing is false.
    pub fn flag(&self, column: Option<usize>) -> Result<bool, ImportError> {
        let Some(column) = column else { return Ok(false) };
        let text = self.text(column);
        match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "1" => Ok(true),
            "false" | "f" | "0" | "" => Ok(false),
            _ => Err(self.wrong(column, Problem::NotAFlag(text.into_owned()))),
        }
    }
}

/// A whole number from 0 to `max`, in plain digits.
pub(super) fn whole_number(text: &str, max: i64) -> Result<i64, Problem> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::NotANumber(text.to_owned()));
    }
    if digits.len() < text.len() {
        return Err(Problem::Negative(text.to_owned()));
    }
    let too_large = || Problem::TooLarge { found: text.to_owned(), max };
    digits.parse().ok().filter(|number| *number <= max).ok_or_else(too_large)
}
