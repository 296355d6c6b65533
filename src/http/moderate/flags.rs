//! What in a statement asks to be read with care before others: it may name or advertise somebody. Found by the letters, which knows
//! nothing of meaning.

/// Digits in a row, with a few signs between them, that may be somebody's number.
const NUMBER_DIGITS: usize = 7;
/// Letters from which on capitals are loud.
const LOUD_LETTERS: usize = 12;

/// Something that asks for care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flag {
    /// An address on the web.
    Link,
    /// An address for mail, or a name on a network.
    Address,
    /// A telephone number.
    Number,
    /// Nearly all in capitals.
    Loud,
}

impl Flag {
    /// The message that names it.
    pub fn key(self) -> &'static str {
        match self {
            Flag::Link => "flag-link",
            Flag::Address => "flag-address",
            Flag::Number => "flag-number",
            Flag::Loud => "flag-loud",
        }
    }

    /// All that a text has.
    pub fn of(text: &str) -> Vec<Self> {
        type Looks = fn(&str) -> bool;
        let all: [(Flag, Looks); 4] = [
            (Flag::Link, has_link),
            (Flag::Address, has_address),
            (Flag::Number, has_number),
            (Flag::Loud, is_loud),
        ];
        all.into_iter().filter(|(_, is_there)| is_there(text)).map(|(flag, _)| flag).collect()
    }
}

fn has_link(text: &str) -> bool {
    let is_link = |word: &str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = word.get(..8).unwrap_or(word).to_ascii_lowercase();
        start.starts_with("http://") || start.starts_with("https://") || start.starts_with("www.")
    };
    text.split_whitespace().any(is_link)
}

fn has_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let Some((before, after)) = word.split_once('@') else { return false };
        let is_name = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count() > 1;
        // `@name`, or `name@place.org`.
        is_name(after) && (before.is_empty() || after.contains('.'))
    })
}

fn has_number(text: &str) -> bool {
    let (mut digits, mut between) = (0, 0);
    for c in text.chars() {
        if c.is_numeric() {
            (digits, between) = (digits + 1, 0);
            if digits >= NUMBER_DIGITS {
                return true;
            }
        } else if matches!(c, ' ' | '-' | '/' | '(' | ')' | '+') && between < 2 {
            between += 1;
        } else {
            (digits, between) = (0, 0);
        }
    }
    false
}

fn is_loud(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_uppercase() || c.is_lowercase()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= LOUD_LETTERS && capitals * 5 > letters * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_or_advertise_somebody_is_found_and_ordinary_words_are_not() {
        for (text, expected) in [
            ("Look at https://example.org for lamps", vec![Flag::Link]),
            ("(www.example.org)", vec![Flag::Link]),
            ("Write to ada@example.org, please", vec![Flag::Address]),
            ("Ask @mayor", vec![Flag::Address]),
            ("Call me: 030 / 123-45 67", vec![Flag::Number]),
            ("CARS OUT OF THE CENTRE NOW", vec![Flag::Loud]),
            ("CALL 0301234567 OR WRITE TO ME@EXAMPLE.ORG", vec![Flag::Address, Flag::Number, Flag::Loud]),
        ] {
            assert_eq!(Flag::of(text), expected, "{text}");
        }
        for text in [
            "Plant 100 trees by 2030",
            "Between 1990 and 2000, 300 flats were built",
            "From 20.5.2024 on, 3 or 4 buses an hour",
            "USA and EU",
            "Meet @ the park",
            "يجب أن نزرع المزيد من الأشجار",
            "",
        ] {
            assert_eq!(Flag::of(text), [], "{text}");
        }
    }
}
