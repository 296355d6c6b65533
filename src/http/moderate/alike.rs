//! Statements that say nearly the same, with the words marked that both have.

use std::collections::HashSet;

use crate::domain::{Moderation, StatementNumber, twin_key};
use crate::http::agendas::Piece;
use crate::live::BoardStatement;
use crate::texts::Texts;

use super::listed::writer_name;

/// A statement that says nearly the same as the one that is shown in full.
pub(super) struct Alike {
    /// Its words; `is_marked` where the other one has them, too.
    pub pieces: Vec<Piece>,
    pub moderation: Moderation,
    pub writer: Option<String>,
    /// Whether the same person wrote both.
    pub same_writer: bool,
    /// How many voted on it.
    pub votes: u32,
    pub href: String,
    pub number: StatementNumber,
    /// Whether one of the two can be asked for both.
    pub can_stand: bool,
}

impl Alike {
    /// A statement beside the one that is shown in full.
    pub fn new(one: &BoardStatement, to: &BoardStatement, votes: u32, href: String, texts: &Texts) -> Self {
        Self {
            pieces: shared(&one.text, &to.text),
            moderation: one.moderation,
            writer: one.writer.map(|writer| writer_name(writer, texts)),
            same_writer: one.writer.is_some() && one.writer == to.writer,
            votes,
            href,
            number: one.number,
            can_stand: one.is_asked() && to.same_as.is_none() && to.moderation != Moderation::Rejected,
        }
    }
}

/// Words shorter than this say little by themselves.
const SHORTEST: usize = 4;

/// A text in pieces, with the words marked that another one has, too.
fn shared(text: &str, other: &str) -> Vec<Piece> {
    let words: HashSet<String> = other.split_whitespace().map(folded).collect();
    let piece = |word: &str| {
        let plain = folded(word);
        let is_marked = plain.chars().count() >= SHORTEST && words.contains(&plain);
        Piece { text: word.to_owned(), is_marked }
    };
    text.split_inclusive(char::is_whitespace).map(piece).collect()
}

/// A word without its marks and capitals.
fn folded(word: &str) -> String {
    twin_key(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_both_have_are_marked_whatever_stands_around_them() {
        let pieces = shared("“Electrical” wires, in the Downtown.", "Wires (electrical) in downtown");
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(whole, "“Electrical” wires, in the Downtown.");
        let marked: Vec<&str> =
            pieces.iter().filter(|piece| piece.is_marked).map(|piece| piece.text.trim()).collect();
        assert_eq!(marked, ["“Electrical”", "wires,", "Downtown."]);
    }
}
