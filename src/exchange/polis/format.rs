//! format.json: what newer exports declare that their votes mean.

use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use super::agree_is::AgreeSign;
use crate::exchange::csv::{Column, Location, Problem, ReadError};

/// The most that is read of it.
const MAX_BYTES: u64 = 64 << 10;

#[derive(Deserialize)]
struct Format {
    #[serde(rename = "vote-convention")]
    convention: Option<String>,
}

/// The number that means agree, where the file says it.
pub(super) fn read(dir: &Path, file: &str) -> Result<Option<AgreeSign>, ReadError> {
    let unreadable = |source| ReadError::Unreadable { file: file.to_owned(), source };
    let mut text = String::new();
    let opened = std::fs::File::open(dir.join(file)).map_err(unreadable)?;
    opened.take(MAX_BYTES).read_to_string(&mut text).map_err(unreadable)?;
    let wrong = |line: usize, found: String| ReadError::Wrong {
        location: Location {
            file: file.to_owned(),
            line: line as u64,
            column: Column::Named("vote-convention".into()),
        },
        problem: Problem::NotAConvention(found),
    };
    let format: Format =
        serde_json::from_str(&text).map_err(|error| wrong(error.line(), error.to_string()))?;
    let Some(convention) = format.convention else { return Ok(None) };
    AgreeSign::parse(&convention).map(Some).ok_or_else(|| wrong(1, convention))
}
