//! Two wordings beside each other, with the words marked that one has and the other has not.

use similar::{ChangeTag, TextDiff};

/// A part of a wording; marked where the other one does not have it.
pub(in crate::http) struct Piece {
    pub text: String,
    pub is_marked: bool,
}

/// So much of two wordings is compared, in characters.
const MOST_COMPARED: usize = 5_000;

/// Two wordings, each with what the other one does not have marked.
pub(in crate::http) fn both_wordings(first: &str, second: &str) -> [Vec<Piece>; 2] {
    let cut = |text: &str| text.chars().take(MOST_COMPARED).collect::<String>();
    let (first, second) = (cut(first), cut(second));
    let diff = TextDiff::from_words(&first, &second);
    let side = |own: ChangeTag, other: ChangeTag| {
        let kept = diff.iter_all_changes().filter(|change| change.tag() != other);
        kept.map(|change| Piece { text: change.value().to_owned(), is_marked: change.tag() == own }).collect()
    };
    [side(ChangeTag::Delete, ChangeTag::Insert), side(ChangeTag::Insert, ChangeTag::Delete)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_the_other_wording_lacks_are_marked() {
        let [theirs, yours] = both_wordings("When should officials abstain?", "When should officials vote?");
        let marked = |pieces: &[Piece]| {
            pieces.iter().filter(|piece| piece.is_marked).map(|piece| piece.text.as_str()).collect::<String>()
        };
        assert_eq!((marked(&theirs).as_str(), marked(&yours).as_str()), ("abstain?", "vote?"));
        let whole: String = yours.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(whole, "When should officials vote?");
    }
}
