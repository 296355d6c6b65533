//! One tolerant reader for every file with rows that people bring: exports of other programs, lists
//! of statements, lists of groups.
//!
//! It finds out how a file is written (delimiter, encoding, line ends) and is strict about what that
//! leaves open: a quotation mark that is never closed, or text after a closing one, is an error with
//! its line. It does not know what the columns mean. Large files are read row by row (`rows`),
//! small ones whole (`sheet`).

mod encoding;
mod limits;
mod problem;
mod rows;
mod sheet;
mod sheet_row;
mod workbook;

pub use encoding::Encoding;
pub use limits::{MAX_FIELD_BYTES, MAX_FIELDS, MAX_FILE_BYTES, MAX_ROW_BYTES};
pub use problem::{Column, Location, Problem, ReadError, quoted};
pub use rows::{Delimiter, ReadProgress, Row, Rows};
pub use sheet::Sheet;
pub use sheet_row::{SheetError, SheetRow};
