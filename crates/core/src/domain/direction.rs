//! In which direction words run, so that words of others leave a sentence around them as it is (UAX 9).

use std::borrow::Cow;

use icu_properties::CodePointMapData;
use icu_properties::props::BidiClass;

/// Begins words whose direction is their own, and ends them: both take no space.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// Words to be put into a sentence, set apart where they run the other way than the sentence does. An address
/// of a page stays as it is: it is copied.
pub fn isolated(words: &str, sentence_is_right_to_left: bool) -> Cow<'_, str> {
    let is_address = words.starts_with("https://") || words.starts_with("http://");
    let runs_otherwise = |c: char| match CodePointMapData::<BidiClass>::new().get(c) {
        BidiClass::LeftToRight => sentence_is_right_to_left,
        BidiClass::RightToLeft | BidiClass::ArabicLetter => !sentence_is_right_to_left,
        _ => false,
    };
    if is_address || !words.chars().any(runs_otherwise) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(format!("{FIRST_STRONG_ISOLATE}{words}{POP_DIRECTIONAL_ISOLATE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_other_direction_are_set_apart_and_others_stay() {
        for (words, is_right_to_left, set) in [
            ("Riverside, 12", false, "Riverside, 12"),
            ("ضفة", false, "\u{2068}ضفة\u{2069}"),
            ("Park פארק 2", false, "\u{2068}Park פארק 2\u{2069}"),
            ("ضفة 12", true, "ضفة 12"),
            ("Riverside", true, "\u{2068}Riverside\u{2069}"),
            ("12 %", true, "12 %"),
            ("https://boule.example/enter?key=ab", true, "https://boule.example/enter?key=ab"),
        ] {
            assert_eq!(isolated(words, is_right_to_left), set);
        }
    }
}
