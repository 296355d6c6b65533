//! A table as a file: RFC 4180, and no cell that a spreadsheet would compute.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::edge::{HttpError, PageError};

/// Sends a table as a file with this name.
pub(super) fn send(
    name: &str,
    head: &[String],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Response, PageError> {
    let bytes = written(head, rows).map_err(|error| HttpError::BadInput(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    Ok((headers, bytes).into_response())
}

fn written(head: &[String], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(head)?;
    for row in rows {
        file.write_record(row.iter().map(|cell| plain(cell)))?;
    }
    file.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that no spreadsheet takes for a formula (ASVS 1.2.10).
fn plain(text: &str) -> String {
    let first = text.chars().next();
    let computes = first.is_some_and(|c| "=+-@\t\r＝＋－＠".contains(c));
    if computes { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-1", "'-1"),
            ("@me", "'@me"),
            ("\tx", "'\tx"),
            ("＝1", "'＝1"),
            ("clerk@town.example", "clerk@town.example"),
            ("", ""),
        ] {
            assert_eq!(plain(text), cell);
        }
        let rows = vec![vec!["1".to_owned(), "a, \"b\"".to_owned()]];
        let file = written(&["number".to_owned(), "words".to_owned()], rows.into_iter()).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), "number,words\n1,\"a, \"\"b\"\"\"\n");
    }
}
