//! Cleans what people write: one form for what looks the same, and nothing that can't be seen and
//! could mislead a reader, or let a copy pass for something new.
//!
//! Properties of characters come from Unicode's tables. Joiners are kept only where a script or an
//! emoji needs them (RFC 5892, appendix A; UTS 51).

use icu_properties::props::{
    DefaultIgnorableCodePoint, Emoji, EmojiModifier, ExtendedPictographic, GeneralCategory, Ideographic,
    IndicSyllabicCategory, JoiningType, NoncharacterCodePoint, VariationSelector,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;

/// Marks on one character beyond this are dropped ("zalgo" text): so many that are stacked above or
/// below it, and so many that take space of their own, as in Burmese.
const MAX_COMBINING_MARKS: usize = 4;
const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';
const TEXT_STYLE: char = '\u{fe0e}';
const EMOJI_STYLE: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';
/// Cleaning brings characters together, which can clean more; it never took more rounds than two.
const MAX_ROUNDS: usize = 8;

/// NFC, one line, single spaces, nothing invisible that could mislead a reader. Idempotent.
pub fn clean_line(text: &str) -> String {
    let mut clean = clean_once(text);
    for _ in 0..MAX_ROUNDS {
        let again = clean_once(&clean);
        if again == clean {
            break;
        }
        clean = again;
    }
    clean
}

fn clean_once(text: &str) -> String {
    let visible: Vec<char> = text.nfc().filter(|c| !is_hidden(*c) || is_contextual(*c)).collect();
    let mut out = String::with_capacity(text.len());
    let (mut stacked, mut spacing) = (0, 0);
    for (at, &c) in visible.iter().enumerate() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        if is_contextual(c) && !is_needed(c, &visible[..at], &visible[at + 1..]) {
            continue;
        }
        match CodePointMapData::<GeneralCategory>::new().get(c) {
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark => stacked += 1,
            GeneralCategory::SpacingMark => spacing += 1,
            _ => (stacked, spacing) = (0, 0),
        }
        if stacked.max(spacing) <= MAX_COMBINING_MARKS {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out.nfc().collect()
}

/// Two texts are the same when these are: in NFC, without capitals, without styles of emoji and
/// letters, with single spaces, and without a final stop.
pub fn twin_key(text: &str) -> String {
    let folded = caseless::default_case_fold_str(&clean_line(text));
    let plain: String =
        folded.chars().filter(|c| !CodePointSetData::new::<VariationSelector>().contains(*c)).nfc().collect();
    let end = plain.trim_end();
    let end = end.strip_suffix(['.', '。', '．', '｡', '।', '۔', '።']).unwrap_or(end);
    end.trim_end().to_owned()
}

/// Characters that are never seen and can only mislead: controls, fillers, marks of direction, joiners
/// without anything to join, tags, private ones, and what is no character at all. White space is not
/// among them.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_control() && !c.is_whitespace();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    matches!(category, GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse)
        && !c.is_whitespace()
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        || CodePointSetData::new::<NoncharacterCodePoint>().contains(c)
}

/// Hidden characters that some neighbours need.
fn is_contextual(c: char) -> bool {
    matches!(c, ZWNJ | ZWJ | TEXT_STYLE | EMOJI_STYLE | '\u{e0100}'..='\u{e01ef}')
}

fn is_needed(c: char, before: &[char], after: &[char]) -> bool {
    let Some(&last) = before.last() else { return false };
    let beside_virama = || is_virama(last) || after.first().is_some_and(|next| is_virama(*next));
    match c {
        ZWNJ => beside_virama() || parts_joined_letters(before, after),
        ZWJ => beside_virama() || joins_emoji(before, after),
        TEXT_STYLE | EMOJI_STYLE => {
            let is_emoji = CodePointSetData::new::<Emoji>().contains(last);
            is_emoji && (!last.is_ascii() || after.first() == Some(&KEYCAP))
        }
        // Forms of ideographs, as in names.
        _ => CodePointSetData::new::<Ideographic>().contains(last),
    }
}

/// A sign that takes a consonant's vowel away: joiners beside it say how the next one is written.
fn is_virama(c: char) -> bool {
    let category = CodePointMapData::<IndicSyllabicCategory>::new().get(c);
    [IndicSyllabicCategory::Virama, IndicSyllabicCategory::PureKiller].contains(&category)
}

/// Between two letters that would be joined, as in Persian.
fn parts_joined_letters(before: &[char], after: &[char]) -> bool {
    let joining = CodePointMapData::<JoiningType>::new();
    let is_transparent = |c: &&char| joining.get(**c) == JoiningType::Transparent;
    let left = before.iter().rev().find(|c| !is_transparent(c)).map(|c| joining.get(*c));
    let right = after.iter().find(|c| !is_transparent(c)).map(|c| joining.get(*c));
    let joins_left = [Some(JoiningType::LeftJoining), Some(JoiningType::DualJoining)].contains(&left);
    let joins_right = [Some(JoiningType::RightJoining), Some(JoiningType::DualJoining)].contains(&right);
    joins_left && joins_right
}

/// Between two emoji that make one, such as a family.
fn joins_emoji(before: &[char], after: &[char]) -> bool {
    let pictures = CodePointSetData::new::<ExtendedPictographic>();
    let modifiers = CodePointSetData::new::<EmojiModifier>();
    let is_style = |c: &&char| **c == EMOJI_STYLE || modifiers.contains(**c);
    let left = before.iter().rev().find(|c| !is_style(c));
    left.is_some_and(|c| pictures.contains(*c)) && after.first().is_some_and(|c| pictures.contains(*c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scripts_and_emoji_survive() {
        for text in [
            "ความคิดเห็น",
            "လျှို့ဝှက်ချက်",
            "क्षत्रिय हैं",
            "مرحبا بالعالم",
            "👩‍👩‍👧 welcome",
            "Zażółć gęślą jaźń",
            // Persian, Sinhala, Malayalam, Bengali and Kannada with the joiners that they need.
            "می‌خواهم",
            "ශ්‍රී ලංකාව",
            "അവന്‍",
            "র‌্যাব",
            "ರಾಜ್‌ಕುಮಾರ್",
            "🏳️‍🌈",
            "👩🏽‍🚀",
            "❤️ this",
            "press 1️⃣",
            "葛󠄀城",
            "한국어",
            "日本語",
            "Tiếng Việt",
        ] {
            let nfc: String = text.nfc().collect();
            assert_eq!(clean_line(text), nfc, "{text:?}");
        }
    }

    #[test]
    fn what_is_never_seen_does_not_survive() {
        let hidden = "\u{3164}\u{ffa0}\u{115f}\u{1160}\u{200c}\u{200d}\u{34f}\u{fe0f}\u{fe00}\u{ffff}\u{e000}\
            \u{f0000}\u{e0041}\u{e0100}\u{180e}\u{ad}\u{61c}\u{202e}\u{2066}\u{feff}\u{fff9}\u{1d173}\u{0}\u{fdd0}";
        for c in hidden.chars() {
            assert_eq!(clean_line(&format!("a{c}b")), "ab", "{c:?}");
            assert_eq!(clean_line(&c.to_string()), "", "{c:?}");
        }
        assert_eq!(clean_line(" a\r\n\u{202e}b\u{0}\u{feff}  c "), "a b c");
        assert_eq!(clean_line("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}").chars().count(), 5);
    }

    #[test]
    fn twins_are_equal_and_what_is_only_near_is_not() {
        let base = twin_key("More trees by the river");
        for twin in [
            "more TREES by the river.",
            " More  trees\nby the river ",
            "More trees by\u{2003}the river。",
            "M\u{200d}ore t\u{3164}rees by the river",
            "More trees by the river .",
        ] {
            assert_eq!(twin_key(twin), base, "{twin:?}");
        }
        for other in [
            "More trees by a river",
            "More trees by the river?",
            "More trees by the river!",
            "More trees, by the river",
        ] {
            assert_ne!(twin_key(other), base, "{other:?}");
        }
        assert_eq!(twin_key("Straße"), twin_key("STRASSE"));
        assert_eq!(twin_key("❤️ it"), twin_key("❤ it"));
        assert_ne!(twin_key("می‌خواهم"), twin_key("میخواهم"));
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(
            text in "\\PC{0,80}|.{0,60}|[a\u{301}\u{200c}\u{200d}\u{fe0f}\u{1f469}\u{1f3fd}\u{94d}\u{915}\u{628}]{0,20}",
        ) {
            let once = clean_line(&text);
            prop_assert_eq!(clean_line(&once), once.clone());
            prop_assert_eq!(twin_key(&text), twin_key(&once));
        }
    }
}
