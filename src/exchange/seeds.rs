//! Seed statements from a CSV file: a column named `text` (or `statement`, `comment-body`), or a
//! plain list, one statement a line.

/// A statement and the line of the file on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// 1 for the first line.
    pub line: u64,
    /// The statement, as it stands in the file.
    pub text: String,
}

/// The most statements that one file may bring.
const MAX_SEEDS: usize = 1_000;

/// Why a file brings no seeds.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SeedsError {
    /// Not text.
    #[error("The file is not UTF-8 text. Save it as “CSV UTF-8” and send it again.")]
    NotUtf8,
    /// Nothing in it.
    #[error("The file holds no statements.")]
    Empty,
    /// More than a conversation begins with.
    #[error("The file holds more than {MAX_SEEDS} statements.")]
    TooMany,
    /// A row that is no CSV.
    #[error("Line {0} can't be read as CSV.")]
    BadRow(u64),
}

/// Reads a file's statements; empty lines are passed over.
pub fn read_seeds(bytes: &[u8]) -> Result<Vec<Seed>, SeedsError> {
    let text = std::str::from_utf8(bytes).map_err(|_| SeedsError::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = text.lines().next().unwrap_or_default();
    let names: Vec<String> =
        header.split(',').map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let column = names.iter().position(|name| ["text", "statement", "comment-body"].contains(&name.as_str()));
    let seeds = match column {
        Some(column) => from_column(text, column)?,
        None => from_lines(text),
    };
    match seeds.len() {
        0 => Err(SeedsError::Empty),
        n if n > MAX_SEEDS => Err(SeedsError::TooMany),
        _ => Ok(seeds),
    }
}

fn from_column(text: &str, column: usize) -> Result<Vec<Seed>, SeedsError> {
    let mut seeds = Vec::new();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| SeedsError::BadRow(error.position().map_or(0, csv::Position::line)))?;
        let line = row.position().map_or(0, csv::Position::line);
        let text = row.get(column).unwrap_or_default().trim();
        if !text.is_empty() {
            seeds.push(Seed { line, text: text.to_owned() });
        }
    }
    Ok(seeds)
}

fn from_lines(text: &str) -> Vec<Seed> {
    let lines = text.lines().zip(1..);
    lines
        .map(|(text, line)| Seed { line, text: text.trim().trim_matches('"').to_owned() })
        .filter(|seed| !seed.text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Result<Vec<String>, SeedsError> {
        read_seeds(bytes).map(|seeds| seeds.into_iter().map(|seed| seed.text).collect())
    }

    #[test]
    fn a_column_named_text_and_a_plain_list_both_read() {
        let csv = "\u{feff}id,Text\r\n1,\"More trees, please\"\r\n2,Fewer cars\r\n3,\r\n";
        assert_eq!(texts(csv.as_bytes()), Ok(vec!["More trees, please".into(), "Fewer cars".into()]));
        assert_eq!(
            texts(b"More trees, please\n\nFewer cars"),
            Ok(vec!["More trees, please".into(), "Fewer cars".into()])
        );
    }

    #[test]
    fn a_file_without_statements_says_so() {
        assert_eq!(texts(b""), Err(SeedsError::Empty));
        assert_eq!(texts(b"text\n"), Err(SeedsError::Empty));
        assert_eq!(texts(b"\xff\xfe\x00"), Err(SeedsError::NotUtf8));
        assert_eq!(texts("a\n".repeat(MAX_SEEDS + 1).as_bytes()), Err(SeedsError::TooMany));
    }
}
