//! A small file as rows and columns, whatever program wrote it: text with commas, semicolons or tabs,
//! in any of the usual encodings, or a workbook.
//!
//! It is told which names of columns are known, and finds the delimiter by them. Where there are
//! none, a delimiter counts only if it gives every row the same number of fields: else each line is
//! one cell. Invariant: nothing of the file is left out but rows and columns without any text.

use super::encoding::{self, Encoding};
use super::problem::{Problem, ReadError};
use super::rows::{Delimiter, Row, Rows};
use super::sheet_row::{SheetError, SheetRow};
use super::workbook;

/// A file's rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// The rows that hold anything.
    pub rows: Vec<SheetRow>,
    /// How its letters are written.
    pub encoding: Encoding,
    /// What parts its columns; `None` in a workbook, and where there is one column.
    pub delimiter: Option<Delimiter>,
}

impl Sheet {
    /// Reads a file. `known` says which names of columns mean something.
    pub fn read(bytes: &[u8], known: impl Fn(&str) -> bool) -> Result<Self, SheetError> {
        if workbook::is_old(bytes) {
            return Err(SheetError::NotAWorkbook);
        }
        if workbook::is_archive(bytes) {
            let rows = workbook::read(bytes)?;
            return Ok(Self { rows, encoding: Encoding::Workbook, delimiter: None }.tidy());
        }
        let (text, encoding) = encoding::decode(bytes).ok_or(SheetError::NotText)?;
        let delimiter = delimiter(&text, known);
        let rows = rows(&text, delimiter)?;
        Ok(Self { rows, encoding, delimiter }.tidy())
    }

    /// Whether a text is read in several columns.
    pub fn has_columns(bytes: &[u8], known: impl Fn(&str) -> bool) -> bool {
        encoding::decode(bytes).is_some_and(|(text, _)| delimiter(&text, known).is_some())
    }

    /// Reads a text as a list in which each line is one cell, quotation marks and all.
    pub fn of_lines(bytes: &[u8]) -> Result<Self, SheetError> {
        let (text, encoding) = encoding::decode(bytes).ok_or(SheetError::NotText)?;
        let row = |(text, line): (&str, u64)| SheetRow { line, cells: vec![text.to_owned()] };
        let rows = text.lines().zip(1..).map(row).collect();
        Ok(Self { rows, encoding, delimiter: None }.tidy())
    }

    /// A file as text that is read as the same rows again: itself, where it is text.
    pub fn content(&self, bytes: &[u8]) -> String {
        match self.encoding {
            Encoding::Workbook => self.to_text(),
            _ => encoding::decode(bytes).map_or_else(|| self.to_text(), |(text, _)| text),
        }
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// A cell's text; empty where its row is shorter.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).map_or("", |row| row.cell(column))
    }

    /// The same sheet as a text with commas, from which it is read again with the same lines.
    fn to_text(&self) -> String {
        let mut out = String::new();
        let mut line = 1;
        for row in &self.rows {
            while line < row.line {
                out.push('\n');
                line += 1;
            }
            // All rows have all cells, or the commas would not count as a delimiter.
            let quoted = |column| format!("\"{}\"", row.cell(column).replace('"', "\"\""));
            let cells: Vec<String> = (0..self.columns()).map(quoted).collect();
            out.push_str(&cells.join(","));
            out.push('\n');
            line += 1 + row.cells.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        }
        out
    }

    /// Without rows and columns that hold nothing.
    fn tidy(mut self) -> Self {
        self.rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        let filled: Vec<bool> = (0..self.columns())
            .map(|column| self.rows.iter().any(|row| !row.cell(column).trim().is_empty()))
            .collect();
        for row in &mut self.rows {
            let mut column = 0..;
            row.cells.retain(|_| column.next().is_some_and(|column: usize| filled[column]));
        }
        self
    }
}

/// Which delimiter a text is written with; `None` where it has one column.
fn delimiter(text: &str, known: impl Fn(&str) -> bool) -> Option<Delimiter> {
    let fields_of_head = |delimiter: Delimiter| -> Vec<String> {
        let head = parse(text, Some(delimiter)).next();
        head.and_then(Result::ok).map_or(Vec::new(), |row| row.cells)
    };
    let heads: Vec<(Delimiter, Vec<String>)> =
        Delimiter::ALL.into_iter().map(|delimiter| (delimiter, fields_of_head(delimiter))).collect();
    let named = heads.iter().filter(|(_, head)| head.iter().any(|name| known(name)));
    if let Some((delimiter, head)) = named.max_by_key(|(_, head)| head.len()) {
        return (head.len() > 1).then_some(*delimiter);
    }
    // Semicolons and tabs are rare in sentences, and commas are not.
    let order = [Delimiter::Tab, Delimiter::Semicolon, Delimiter::Comma];
    let is_even = |delimiter: &Delimiter| {
        let rows: Vec<_> = parse(text, Some(*delimiter)).collect();
        let count = |row: &Result<SheetRow, SheetError>| row.as_ref().map_or(0, |row| row.cells.len());
        let first = rows.first().map_or(0, count);
        first > 1 && rows.iter().all(|row| row.is_err() || count(row) == first)
    };
    // Quotation marks that make sense only in columns, and are wrong there: that is told.
    let is_broken = |delimiter: &Delimiter| {
        parse(text, Some(*delimiter)).any(|row| row.is_err()) && parse(text, None).all(|row| row.is_ok())
    };
    order.into_iter().find(is_even).or_else(|| order.into_iter().find(is_broken))
}

/// All rows, or what is wrong with the first that can't be read.
fn rows(text: &str, delimiter: Option<Delimiter>) -> Result<Vec<SheetRow>, SheetError> {
    parse(text, delimiter).collect()
}

/// The rows of a text that are not blank; ends after the first that can't be read.
fn parse(text: &str, delimiter: Option<Delimiter>) -> impl Iterator<Item = Result<SheetRow, SheetError>> {
    let mut rows = Some(Rows::new("", delimiter, text.as_bytes()));
    let mut row = Row::default();
    std::iter::from_fn(move || {
        let found = match rows.as_mut()?.next_row(&mut row) {
            Ok(false) => return None,
            Ok(true) => match row.broken {
                Some(_) => Err(SheetError::Row { line: row.line, problem: Problem::TextAfterQuote }),
                None => {
                    let cells = (0..row.len()).map(|at| row.field(at).into_owned()).collect();
                    Ok(SheetRow { line: row.line, cells })
                }
            },
            Err(ReadError::Wrong { location, problem }) => {
                Err(SheetError::Row { line: location.line, problem })
            }
            Err(_) => Err(SheetError::NotText),
        };
        if found.is_err() {
            rows = None;
        }
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Sheet, SheetError> {
        Sheet::read(text.as_bytes(), |name| name == "text")
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text).expect("it can be read").rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn a_known_name_finds_the_delimiter() {
        for (text, delimiter) in [
            ("no;text\n1;a, b\n", Some(Delimiter::Semicolon)),
            ("no\ttext\n1\ta, b; c\n", Some(Delimiter::Tab)),
            ("no,text\n1,\"a, b\"\n", Some(Delimiter::Comma)),
            ("text\na, b\nc\n", None),
        ] {
            assert_eq!(read(text).map(|sheet| sheet.delimiter), Ok(delimiter), "{text}");
        }
        assert_eq!(cells("text\na, b\nc;d\n"), [["text"], ["a, b"], ["c;d"]]);
    }

    #[test]
    fn without_one_only_even_columns_are_columns() {
        assert_eq!(cells("a;b\nc;d\n"), [["a", "b"], ["c", "d"]]);
        assert_eq!(cells("a, b\nc\n"), [["a, b"], ["c"]]);
        assert_eq!(cells("a,,\nb,,\n"), [["a"], ["b"]], "columns without any text");
        assert_eq!(cells("\"a, b\nc\"\n\"d\"\n"), [["a, b\nc"], ["d"]]);
    }

    #[test]
    fn quotation_marks_are_strict_and_their_line_is_told() {
        for (text, line, problem) in [
            ("text,x\n\"a \"b\" c\",x\n", 2, Problem::TextAfterQuote),
            ("text\n\"a\nb\nc\n", 2, Problem::QuoteNeverClosed),
            ("a\n\"b\" c\n", 2, Problem::TextAfterQuote),
        ] {
            assert_eq!(read(text), Err(SheetError::Row { line, problem }), "{text}");
        }
    }

    #[test]
    fn as_a_text_it_is_read_again_with_the_same_lines() {
        let sheet = read("text;x\n\n\"a \"\"b\"\"\nc\";1\n\nd;2\n").expect("it can be read");
        let again = read(&sheet.to_text()).expect("it can be read");
        assert_eq!(again.rows, sheet.rows);
        assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 3, 6]);
    }

    #[test]
    fn lines_stay_as_they_are() {
        let sheet = Sheet::of_lines(b"\"a\", b\n\nc\n").expect("it can be read");
        let lines: Vec<_> = sheet.rows.iter().map(|row| (row.line, row.cell(0))).collect();
        assert_eq!(lines, [(1, "\"a\", b"), (3, "c")]);
    }
}
