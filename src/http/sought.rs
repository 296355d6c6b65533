//! Words that somebody looks for in a list. PURE.

use crate::domain::clean_line;

/// The longest text that is looked for.
const MOST_SOUGHT: usize = 100;

/// What is looked for, as it was typed.
pub(super) fn sought_words(typed: &str) -> String {
    clean_line(typed).chars().take(MOST_SOUGHT).collect()
}

/// Whether a text has all these words, however they are written.
pub(super) fn has_words(text: &str, sought: &str) -> bool {
    let text = text.to_lowercase();
    sought.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_and_case() {
        assert!(has_words("More Bicycle lanes in town", "LANES bicycle"));
        assert!(!has_words("More bicycle lanes", "lanes cars"));
        assert!(has_words("Anything", ""));
    }
}
