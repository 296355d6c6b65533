//! A log as a file: RFC 4180, and no cell that a spreadsheet would compute.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::entry::Entry;
use crate::edge::{HttpError, PageError};

/// Sends entries as a file with this name.
pub(super) fn send(name: &str, entries: &[Entry]) -> Result<Response, PageError> {
    let failed = |error: String| HttpError::BadInput(error);
    let mut rows = csv::Writer::from_writer(Vec::new());
    let written = rows.write_record(["seq", "at", "who", "what", "why"]);
    written.map_err(|error| failed(error.to_string()))?;
    for entry in entries {
        let at = jiff::Timestamp::from_microsecond(entry.at.0).unwrap_or_default().to_string();
        let row = [entry.seq.to_string(), at, plain(&entry.who), plain(&entry.what), plain(&entry.why)];
        rows.write_record(row).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = rows.into_inner().map_err(|error| failed(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    Ok((headers, bytes).into_response())
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
    }
}
