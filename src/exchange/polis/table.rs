//! A CSV file with a header: columns by name, in any order.
//!
//! It knows no format beyond that. Names of columns are the same with dashes or underscores, in capital
//! or small letters; columns without a name are passed over. Invariant: every record has as many fields
//! as the header, but for free text at the end of a line, where newer Polis exports forget to quote.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use super::note::Note;
use crate::domain::{ParticipantNumber, StatementNumber};
use crate::exchange::csv::{Column, Location, MAX_FIELD_BYTES, Problem, ReadError, ReadProgress, Row, Rows};

/// A file with a header.
pub(super) struct Table<'a> {
    pub file: String,
    rows: Rows<'a>,
    header: Row,
    /// As they stand in the file.
    names: Vec<String>,
    /// As they are compared.
    keys: Vec<String>,
    row: Row,
    /// The record after it, where it had to be read to find the end of this one.
    ahead: Option<Row>,
    /// The last column is free text, and unquoted commas and line breaks belong to it.
    loose_end: bool,
    loose: u64,
    torn: u64,
}

impl<'a> Table<'a> {
    /// Opens a file of an export and reads its header. `loose` is a column of free text that takes
    /// unquoted commas if it is the last one.
    pub fn open<'p: 'a>(
        dir: &Path,
        file: &str,
        loose: Option<&str>,
        progress: &'a mut ReadProgress<'p>,
    ) -> Result<Self, ReadError> {
        let mut rows = Rows::open(dir, file, progress)?;
        let mut header = Row::default();
        if !rows.next_row(&mut header)? {
            return Err(rows.wrong(1, 0, Problem::Empty));
        }
        if let Some(broken) = header.broken {
            return Err(rows.wrong(header.line, broken, Problem::TextAfterQuote));
        }
        let names: Vec<String> = (0..header.len()).map(|at| header.field(at).trim().to_owned()).collect();
        let keys: Vec<String> = names.iter().map(|name| name.to_lowercase().replace('_', "-")).collect();
        let loose_end = loose.is_some() && keys.last().map(String::as_str) == loose;
        let (file, row) = (file.to_owned(), Row::default());
        let table = Self { file, rows, header, names, keys, row, ahead: None, loose_end, loose: 0, torn: 0 };
        table.check_names()?;
        Ok(table)
    }

    fn check_names(&self) -> Result<(), ReadError> {
        let mut seen = HashSet::new();
        match self.keys.iter().position(|key| !key.is_empty() && !seen.insert(key)) {
            Some(at) => Err(self.wrong_name(&self.names[at], Problem::DuplicateColumn)),
            None => Ok(()),
        }
    }

    /// The columns' names, in the order of the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The header as a record, for names that are numbers.
    pub fn header(&self) -> Line<'_> {
        Line { file: &self.file, names: &self.names, row: &self.header, loose_from: None }
    }

    /// Where a column is.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.keys.iter().position(|key| key == name)
    }

    /// Where a column is that must be there.
    pub fn require(&self, name: &str) -> Result<usize, ReadError> {
        self.column(name).ok_or_else(|| self.wrong_name(name, Problem::MissingColumn))
    }

    fn wrong_name(&self, name: &str, problem: Problem) -> ReadError {
        let column = Column::Named(name.to_owned());
        let location = Location { file: self.file.clone(), line: self.header.line, column };
        ReadError::Wrong { location, problem }
    }

    /// The next record.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, ReadError> {
        match self.ahead.take() {
            Some(ahead) => self.row = ahead,
            None if self.rows.next_row(&mut self.row)? => {}
            None => return Ok(None),
        }
        let last = self.names.len() - 1;
        let is_torn = self.loose_end && self.take_torn_lines()?;
        let surplus = self.row.len() > self.names.len();
        let broken_end = surplus || self.row.broken == Some(last);
        // Free text over several lines that was quoted: there, a loose end is a mistake.
        let loose = broken_end
            && self.loose_end
            && self.row.broken.is_none_or(|field| field >= last)
            && (is_torn || !self.row.rest(last).contains('\n'));
        if loose {
            self.loose += 1;
        } else if !is_torn {
            self.check_row()?;
        }
        self.torn += u64::from(is_torn);
        let loose_from = (loose || is_torn).then_some(last);
        Ok(Some(Line { file: &self.file, names: &self.names, row: &self.row, loose_from }))
    }

    /// Takes in lines that belong to unquoted text at the end of this record. Whether there were any.
    fn take_torn_lines(&mut self) -> Result<bool, ReadError> {
        let mut torn = false;
        loop {
            let mut next = Row::default();
            if !self.rows.next_row(&mut next)? {
                return Ok(torn);
            }
            // A record that is complete and begins no quotation, and a line that can't be a record.
            let open = self.row.len() >= self.names.len() && !self.row.ends_quoted();
            if !open || next.len() >= self.names.len() || begins_a_record(&next.field(0)) {
                self.ahead = Some(next);
                return Ok(torn);
            }
            // What looks like a quotation over several lines would take other records in.
            if next.rest(0).contains('\n') {
                return Err(self.rows.wrong(next.line, 0, Problem::QuoteNeverClosed));
            }
            self.row.append_line(&next);
            if self.row.rest(self.names.len() - 1).len() > MAX_FIELD_BYTES {
                return Err(self.rows.wrong(self.row.line, self.names.len() - 1, Problem::FieldTooLong));
            }
            torn = true;
        }
    }

    fn check_row(&self) -> Result<(), ReadError> {
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
        let unknown = self.keys.iter().zip(&self.names).filter(|(key, _)| !key.is_empty() && !known(key));
        let names: Vec<String> = unknown.map(|(_, name)| name.clone()).collect();
        let file = || self.file.clone();
        if !names.is_empty() {
            notes.push(Note::ColumnsIgnored { file: file(), names });
        }
        if self.loose > 0 {
            notes.push(Note::LooseCommas { file: file(), rows: self.loose });
        }
        if self.torn > 0 {
            notes.push(Note::LooseLines { file: file(), rows: self.torn });
        }
    }
}

/// Whether a first field is what the first columns of exports hold: a moment, a number, or nothing.
fn begins_a_record(field: &str) -> bool {
    let field = field.trim();
    field.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// One record of a table.
pub(super) struct Line<'t> {
    file: &'t str,
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
    pub fn wrong(&self, column: usize, problem: Problem) -> ReadError {
        let column = match self.names.get(column) {
            Some(name) if !name.is_empty() => Column::Named(name.clone()),
            _ => Column::Number(column + 1),
        };
        ReadError::Wrong {
            location: Location { file: self.file.to_owned(), line: self.row.line, column },
            problem,
        }
    }

    /// A whole number from 0 to `max`.
    pub fn integer(&self, column: usize, max: i64) -> Result<i64, ReadError> {
        whole_number(&self.text(column), max).map_err(|problem| self.wrong(column, problem))
    }

    /// A number that fits everywhere.
    pub fn number(&self, column: usize) -> Result<u32, ReadError> {
        let number = self.integer(column, i64::from(ParticipantNumber::MAX))?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX)) // never: the maximum is below 2^31
    }

    /// A field as the number of a statement.
    pub fn statement(&self, column: usize) -> Result<StatementNumber, ReadError> {
        self.number(column).map(StatementNumber)
    }

    /// A field as the number of a participant.
    pub fn participant(&self, column: usize) -> Result<ParticipantNumber, ReadError> {
        self.number(column).map(ParticipantNumber)
    }

    /// A number from a short list, like a vote; anything else is a `problem`.
    pub fn one_of<T>(
        &self,
        column: usize,
        meaning: impl Fn(i64) -> Option<T>,
        problem: impl Fn(String) -> Problem,
    ) -> Result<T, ReadError> {
        let text = self.text(column);
        // "+1" and "01" parse, but nobody writes them: they hint at a damaged file.
        let number = match without_fraction(&text) {
            "-1" => Some(-1),
            "0" => Some(0),
            "1" => Some(1),
            _ => None,
        };
        number.and_then(meaning).ok_or_else(|| self.wrong(column, problem(text.into_owned())))
    }

    /// True or false; nothing is false.
    pub fn flag(&self, column: Option<usize>) -> Result<bool, ReadError> {
        let Some(column) = column else { return Ok(false) };
        let text = self.text(column);
        match without_fraction(text.trim()).to_ascii_lowercase().as_str() {
            "true" | "t" | "1" => Ok(true),
            "false" | "f" | "0" | "" => Ok(false),
            _ => Err(self.wrong(column, Problem::NotAFlag(text.into_owned()))),
        }
    }
}

/// A whole number from 0 to `max`, in plain digits.
pub(super) fn whole_number(text: &str, max: i64) -> Result<i64, Problem> {
    let number = without_fraction(text);
    let digits = number.strip_prefix('-').unwrap_or(number);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::NotANumber(text.to_owned()));
    }
    if digits.len() < number.len() {
        return Err(Problem::Negative(text.to_owned()));
    }
    let too_large = || Problem::TooLarge { found: text.to_owned(), max };
    digits.parse().ok().filter(|number| *number <= max).ok_or_else(too_large)
}

/// A number without the `.0` that programs add which know no whole numbers beside missing ones.
fn without_fraction(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}
