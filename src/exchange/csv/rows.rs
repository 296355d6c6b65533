//! The records of a CSV file (RFC 4180), one at a time, with a bound on everything. Fields are parted
//! by commas, semicolons or tabs, whichever comes first in the file.
//!
//! It does not know columns. We read them ourselves because the csv crate's reader takes what must
//! be refused here (a quotation mark that is never closed, text after a closing one, a record of
//! any size) and can't give back a field's original text, which unquoted bodies need.
//!
//! Invariant: at most [`MAX_ROW_BYTES`] of a file are in memory, and a record that is handed out
//! is UTF-8 without NUL.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::limits::{MAX_FIELD_BYTES, MAX_FIELDS, MAX_FILE_BYTES, MAX_ROW_BYTES};
use super::problem::{Column, Location, Problem, ReadError};

const BOM: &[u8] = b"\xef\xbb\xbf";
/// How much of a file is looked at to find its delimiter.
const HEAD_BYTES: u64 = 16 << 10;

/// What parts the fields of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`, as spreadsheets write where the comma is the decimal sign.
    Semicolon,
    /// A tab.
    Tab,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Delimiter; 3] = [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab];

    /// The byte in the file.
    pub fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }

    /// The one that comes first in a file's first line, outside quotation marks: names of columns hold
    /// none of them. A comma where there is none.
    fn first_in(head: &[u8]) -> Self {
        let mut quoted = false;
        for byte in head {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => break,
                byte if !quoted => {
                    if let Some(found) = Self::ALL.into_iter().find(|delimiter| delimiter.byte() == *byte) {
                        return found;
                    }
                }
                _ => {}
            }
        }
        Delimiter::Comma
    }
}

/// Counts the bytes of all files, and tells somebody.
pub struct ReadProgress<'p> {
    /// Bytes so far.
    pub read: u64,
    /// Bytes in all.
    pub total: u64,
    /// Whom to tell.
    pub report: &'p mut dyn FnMut(u64, u64),
}

/// A file that counts what is read of it and ends with an error at [`MAX_FILE_BYTES`].
struct CountingReader<'a, 'p> {
    file: File,
    left: u64,
    progress: &'a mut ReadProgress<'p>,
}

impl Read for CountingReader<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        // The size was looked at before, but a file can grow while it is read.
        self.left = self.left.checked_sub(n as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        self.progress.read += n as u64;
        (self.progress.report)(self.progress.read, self.progress.total);
        Ok(n)
    }
}

/// One record: its text as it stands in the file, and where its fields are in it.
#[derive(Default)]
pub struct Row {
    text: String,
    fields: Vec<FieldSpan>,
    /// The line of the file on which it begins.
    pub line: u64,
    /// The first field with text after its closing quotation mark. What it says is not certain.
    pub broken: Option<usize>,
}

struct FieldSpan {
    start: usize,
    end: usize,
    quoted: bool,
}

impl Row {
    /// The number of fields.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether the last field is in quotation marks, as it should be where it may hold anything.
    pub fn ends_quoted(&self) -> bool {
        self.fields.last().is_some_and(|field| field.quoted)
    }

    /// Takes a line in that belongs to this record's last field.
    pub fn append_line(&mut self, line: &Row) {
        self.text.push('\n');
        self.text.push_str(line.rest(0));
        if let Some(last) = self.fields.last_mut() {
            last.end = self.text.len();
        }
    }

    /// A field's text, without its quotation marks; empty beyond the last field.
    pub fn field(&self, at: usize) -> Cow<'_, str> {
        let Some(field) = self.fields.get(at) else { return Cow::Borrowed("") };
        let raw = self.text.get(field.start..field.end).unwrap_or_default();
        match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(inner) if field.quoted && inner.contains('"') => Cow::Owned(inner.replace("\"\"", "\"")),
            Some(inner) if field.quoted => Cow::Borrowed(inner),
            _ => Cow::Borrowed(raw),
        }
    }

    /// Everything from a field on, exactly as it stands in the file, without the line's end.
    pub fn rest(&self, at: usize) -> &str {
        let start = self.fields.get(at).map_or(self.text.len(), |field| field.start);
        let end = self.fields.last().map_or(start, |field| field.end);
        self.text.get(start..end).unwrap_or_default()
    }

    fn field_at_byte(&self, byte: usize) -> usize {
        self.fields.iter().take_while(|field| field.end < byte).count()
    }
}

/// Where in a record the scan is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a quotation mark inside a quoted field: its end, or the first half of a doubled one.
    QuoteSeen,
    /// As before, and then a carriage return: the line must end here.
    QuoteThenReturn,
}

/// The records of one file.
pub struct Rows<'a> {
    file: String,
    /// `None` where there is one column.
    delimiter: Option<u8>,
    input: Box<dyn BufRead + 'a>,
    /// Lines and bytes before the next record.
    lines: u64,
    bytes: u64,
}

impl<'a> Rows<'a> {
    /// Opens a file. Only plain files: a pipe could wait for ever.
    pub fn open<'p: 'a>(
        dir: &Path,
        file: &str,
        progress: &'a mut ReadProgress<'p>,
    ) -> Result<Self, ReadError> {
        let unreadable = |source| ReadError::Unreadable { file: file.to_owned(), source };
        let opened = File::open(dir.join(file)).map_err(unreadable)?;
        let counted = CountingReader { file: opened, left: MAX_FILE_BYTES, progress };
        Self::detecting(file, BufReader::with_capacity(64 << 10, counted)).map_err(unreadable)
    }

    /// Reads records from anywhere, with the delimiter that comes first. A byte-order mark at the start
    /// is skipped.
    fn detecting(file: &str, mut input: impl BufRead + 'a) -> io::Result<Self> {
        let mut head = Vec::new();
        input.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
        let bytes = if head.starts_with(BOM) { head.drain(..BOM.len()).len() as u64 } else { 0 };
        let delimiter = Some(Delimiter::first_in(&head));
        let input = io::Cursor::new(head).chain(input);
        Ok(Self { bytes, ..Self::new(file, delimiter, input) })
    }

    /// Reads records from anywhere, with this delimiter or none.
    pub fn new(file: &str, delimiter: Option<Delimiter>, input: impl BufRead + 'a) -> Self {
        let delimiter = delimiter.map(Delimiter::byte);
        Self { file: file.to_owned(), delimiter, input: Box::new(input), lines: 0, bytes: 0 }
    }

    /// Reads the next record that is not a blank line into `row`. `false` at the end.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, ReadError> {
        loop {
            row.line = self.lines + 1;
            row.fields.clear();
            row.broken = None;
            let mut text = std::mem::take(&mut row.text).into_bytes();
            text.clear();
            let begin = self.bytes;
            if !self.scan(&mut text, row)? {
                return Ok(false);
            }
            self.check(text, row, begin)?;
            if row.len() > 1 || !row.rest(0).is_empty() {
                return Ok(true);
            }
        }
    }

    /// An error in a field (counted from 0) of a record that begins on this line.
    pub fn wrong(&self, line: u64, field: usize, problem: Problem) -> ReadError {
        let location = Location { file: self.file.clone(), line, column: Column::Number(field + 1) };
        ReadError::Wrong { location, problem }
    }

    /// Copies the bytes of one record and finds its fields.
    fn scan(&mut self, text: &mut Vec<u8>, row: &mut Row) -> Result<bool, ReadError> {
        let mut cursor = Cursor { state: State::FieldStart, start: 0 };
        loop {
            let input = self.input.fill_buf().map_err(|source| match source.kind() {
                io::ErrorKind::FileTooLarge => ReadError::TooBig { file: self.file.clone() },
                _ => ReadError::Unreadable { file: self.file.clone(), source },
            })?;
            if input.is_empty() {
                return self.end_of_file(text, row, cursor);
            }
            let (used, fed) = feed(input, self.delimiter, text, row, &mut cursor);
            self.input.consume(used);
            match fed {
                FeedOutcome::All => {}
                FeedOutcome::Wrong(problem) => return Err(self.wrong(row.line, row.fields.len(), problem)),
                FeedOutcome::LineEnd => {
                    self.end_record(text, row, cursor);
                    self.bytes += 1;
                    self.lines += 1;
                    return Ok(true);
                }
            }
        }
    }

    fn end_of_file(&mut self, text: &[u8], row: &mut Row, cursor: Cursor) -> Result<bool, ReadError> {
        if cursor.state == State::Quoted {
            return Err(self.wrong(row.line, row.fields.len(), Problem::QuoteNeverClosed));
        }
        if text.is_empty() {
            return Ok(false);
        }
        self.end_record(text, row, cursor);
        Ok(true)
    }

    /// Ends the last field, without the carriage return of a CRLF.
    fn end_record(&mut self, text: &[u8], row: &mut Row, cursor: Cursor) {
        let end = if text.ends_with(b"\r") { text.len() - 1 } else { text.len() };
        row.fields.push(cursor.field(end));
        self.bytes += text.len() as u64;
        self.lines += text.iter().filter(|byte| **byte == b'\n').count() as u64;
    }

    /// Makes text of the bytes of a record that begins at this byte of the file, or says where they
    /// are none.
    fn check(&self, bytes: Vec<u8>, row: &mut Row, begin: u64) -> Result<(), ReadError> {
        let wrong = |at: usize, problem| Err(self.wrong(row.line, row.field_at_byte(at), problem));
        if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
            return wrong(at, Problem::Nul { byte: begin + at as u64 });
        }
        match String::from_utf8(bytes) {
            Ok(text) => row.text = text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                return wrong(at, Problem::NotUtf8 { byte: begin + at as u64 });
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Cursor {
    state: State,
    /// Where the field began.
    start: usize,
}

impl Cursor {
    fn field(self, end: usize) -> FieldSpan {
        let quoted = matches!(self.state, State::QuoteSeen | State::QuoteThenReturn);
        FieldSpan { start: self.start, end: end.max(self.start), quoted }
    }
}

/// How far a piece of the file went.
enum FeedOutcome {
    All,
    LineEnd,
    Wrong(Problem),
}

/// Takes bytes up to the record's end, and says how many.
fn feed(
    input: &[u8],
    delimiter: Option<u8>,
    text: &mut Vec<u8>,
    row: &mut Row,
    cursor: &mut Cursor,
) -> (usize, FeedOutcome) {
    for (at, &byte) in input.iter().enumerate() {
        let separates = cursor.state != State::Quoted;
        if byte == b'\n' && separates {
            return (at + 1, FeedOutcome::LineEnd);
        }
        if Some(byte) == delimiter && separates {
            if cursor.state == State::QuoteThenReturn {
                row.broken.get_or_insert(row.fields.len());
            }
            row.fields.push(cursor.field(text.len()));
            *cursor = Cursor { state: State::FieldStart, start: text.len() + 1 };
        } else {
            cursor.state = step(cursor.state, byte, row);
        }
        text.push(byte);
        if let Some(problem) = too_much(text.len(), cursor.start, row.fields.len()) {
            return (at + 1, FeedOutcome::Wrong(problem));
        }
    }
    (input.len(), FeedOutcome::All)
}

/// The state after a byte that does not part fields.
fn step(state: State, byte: u8, row: &mut Row) -> State {
    match (state, byte) {
        (State::FieldStart, b'"') => State::Quoted,
        (State::FieldStart | State::Plain, _) => State::Plain,
        (State::Quoted, b'"') => State::QuoteSeen,
        (State::Quoted, _) | (State::QuoteSeen, b'"') => State::Quoted,
        (State::QuoteSeen, b'\r') => State::QuoteThenReturn,
        (State::QuoteSeen | State::QuoteThenReturn, _) => {
            row.broken.get_or_insert(row.fields.len());
            State::Plain
        }
    }
}

fn too_much(row: usize, field_start: usize, fields: usize) -> Option<Problem> {
    if row - field_start > MAX_FIELD_BYTES {
        return Some(Problem::FieldTooLong);
    }
    if fields >= MAX_FIELDS {
        return Some(Problem::TooManyFields);
    }
    (row > MAX_ROW_BYTES).then_some(Problem::RowTooLong)
}
