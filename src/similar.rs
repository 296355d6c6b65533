//! Which statements say nearly the same: cosine similarity of TF-IDF weights of character n-grams, from an
//! inverted index that takes statements in and out. PURE.
//!
//! Character n-grams need no dictionary of any language, forgive typing errors and endings, and find
//! "bicycle lanes" for "a bicycle lane". They know nothing of meaning: "yes" and "no" to the same thing are
//! nearly the same to them, so people decide what to make of what is found. Source: Salton & Buckley 1988 for the
//! weights, Cavnar & Trenkle 1994 for the n-grams.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

use crate::domain::{StatementNumber, twin_key};

/// The lengths of n-grams, within words.
const LENGTHS: [usize; 2] = [3, 4];
/// What is as similar as this says nearly the same more often than not.
pub const NEARLY_THE_SAME: f32 = 0.35;
/// What is as similar as this stands beside each other in a moderator's list.
pub const ALIKE: f32 = 0.5;
/// What is as similar as this says the same in other spelling, other order or with a word more.
pub const SAME_BUT_FOR_SPELLING: f32 = 0.65;

/// An n-gram, hashed.
type Gram = u64;

/// Statements by what they are made of.
#[derive(Default)]
pub struct SimilarIndex {
    /// For each n-gram, the statements that have it, with its weight there.
    postings: FxHashMap<Gram, Vec<(StatementNumber, f32)>>,
    /// The words of each statement that is in, by which it is taken out.
    words: FxHashMap<StatementNumber, String>,
}

/// A statement that says nearly the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similar {
    /// The statement.
    pub number: StatementNumber,
    /// How similar it is, from 0 to 1.
    pub score: f32,
}

/// How often each n-gram is in a text: with 1 + ln of it as its weight, as one repetition tells little.
fn grams(text: &str) -> FxHashMap<Gram, f32> {
    let mut counted: FxHashMap<Gram, f32> = FxHashMap::default();
    for word in twin_key(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // The ends of a word are told from its middle.
        let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
        for length in LENGTHS {
            for gram in letters.windows(length.min(letters.len())) {
                let mut hasher = FxHasher::default();
                gram.hash(&mut hasher);
                *counted.entry(hasher.finish()).or_default() += 1.0;
            }
        }
    }
    counted.values_mut().for_each(|count| *count = 1.0 + count.ln());
    counted
}

impl SimilarIndex {
    /// Statements that are in.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Takes a statement in; whatever it said before is forgotten.
    pub fn set(&mut self, number: StatementNumber, text: &str) {
        if self.words.get(&number).is_some_and(|words| words == text) {
            return;
        }
        self.remove(number);
        for (gram, weight) in grams(text) {
            self.postings.entry(gram).or_default().push((number, weight));
        }
        self.words.insert(number, text.to_owned());
    }

    /// Takes a statement out.
    pub fn remove(&mut self, number: StatementNumber) {
        let Some(words) = self.words.remove(&number) else { return };
        for gram in grams(&words).into_keys() {
            if let Entry::Occupied(mut entry) = self.postings.entry(gram) {
                entry.get_mut().retain(|(other, _)| *other != number);
                if entry.get().is_empty() {
                    entry.remove();
                }
            }
        }
    }

    /// Makes it hold these statements and no others.
    pub fn hold<'a>(&mut self, statements: impl Iterator<Item = (StatementNumber, &'a str)>) {
        let mut gone: FxHashMap<StatementNumber, ()> =
            self.words.keys().map(|number| (*number, ())).collect();
        for (number, text) in statements {
            gone.remove(&number);
            self.set(number, text);
        }
        gone.into_keys().for_each(|number| self.remove(number));
    }

    /// The statements most similar to a text, the nearest first: at most so many, and none less similar than
    /// `least`. Of equals, the lower number comes first.
    pub fn nearest(&self, text: &str, most: usize, least: f32) -> Vec<Similar> {
        let all = self.words.len() as f32;
        let rarity = |statements: usize| ((1.0 + all) / (1.0 + statements as f32)).ln() + 1.0;
        let mut length = 0.0;
        let mut shared: FxHashMap<StatementNumber, f32> = FxHashMap::default();
        for (gram, weight) in grams(text) {
            let with_it = self.postings.get(&gram).map_or(&[][..], Vec::as_slice);
            let idf = rarity(with_it.len());
            length += (weight * idf).powi(2);
            for (number, other) in with_it {
                *shared.entry(*number).or_default() += weight * other * idf * idf;
            }
        }
        if length == 0.0 {
            return Vec::new();
        }
        let mut candidates: Vec<Similar> =
            shared.into_iter().map(|(number, score)| Similar { number, score }).collect();
        // What shares most comes first; only the front is worth its exact length.
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
        candidates.truncate(CANDIDATES.max(most));
        let score = |similar: Similar| {
            let own = self.words.get(&similar.number).map_or(0.0, |words| self.length(words, rarity));
            Similar { score: similar.score / (length.sqrt() * own.max(f32::MIN_POSITIVE)), ..similar }
        };
        let mut found: Vec<Similar> = candidates.into_iter().map(score).collect();
        found.retain(|similar| similar.score >= least);
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
        found.truncate(most);
        found
    }

    /// The length of a statement's weights.
    fn length(&self, words: &str, rarity: impl Fn(usize) -> f32) -> f32 {
        let weights = grams(words)
            .into_iter()
            .map(|(gram, weight)| (weight * rarity(self.postings.get(&gram).map_or(0, Vec::len))).powi(2));
        weights.sum::<f32>().sqrt()
    }
}

/// Statements whose similarity is computed exactly.
const CANDIDATES: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAID: [&str; 8] = [
        "Build a bicycle lane along the river",
        "We need more bicycle lanes by the riverside",
        "The library should open on Sundays",
        "Open the libraries on Sunday, too",
        "Parking in the old town should cost more",
        "Der Marktplatz soll autofrei werden",
        "Autofreier Marktplatz!",
        "公園にもっと木を植えるべきだ",
    ];

    fn index() -> SimilarIndex {
        let mut index = SimilarIndex::default();
        index.hold((0..).map(StatementNumber).zip(SAID));
        index
    }

    fn found(text: &str) -> Vec<u32> {
        index().nearest(text, 3, NEARLY_THE_SAME).iter().map(|similar| similar.number.0).collect()
    }

    #[test]
    fn what_says_nearly_the_same_is_found_in_any_language() {
        assert_eq!(found("bicycle lanes along the river")[..2], [0, 1]);
        assert_eq!(found("Librarys should be open on sundays"), [2, 3], "with a mistake in it");
        assert_eq!(found("Ein autofreier Marktplatz"), [6, 5]);
        assert_eq!(found("公園に木を植えるべきだ"), [7]);
        assert_eq!(found("Teach children to swim"), [0; 0]);
        assert_eq!(found("?!"), [0; 0]);
    }

    #[test]
    fn the_same_words_are_the_most_similar() {
        for (number, text) in SAID.iter().enumerate() {
            let nearest = index().nearest(text, 1, 0.0)[0];
            assert_eq!(nearest.number.0 as usize, number);
            assert!((nearest.score - 1.0).abs() < 1e-4, "{nearest:?}");
        }
    }

    #[test]
    fn an_index_holds_what_it_is_told_and_no_more() {
        let mut index = index();
        let two = [(StatementNumber(1), "Plant trees"), (StatementNumber(9), "Plant more trees")];
        index.hold(two.into_iter());
        assert_eq!(index.len(), 2);
        assert_eq!(index.nearest("bicycle lane river", 5, 0.1), []);
        assert_eq!(index.nearest("plant trees", 5, 0.3).len(), 2);
        index.hold(std::iter::empty());
        assert!(index.is_empty() && index.postings.is_empty());
    }

    proptest! {
        #[test]
        fn similarity_is_between_nothing_and_all_of_it(texts in prop::collection::vec(".{0,60}", 1..20), asked in ".{0,60}") {
            let mut index = SimilarIndex::default();
            index.hold((0..).map(StatementNumber).zip(texts.iter().map(String::as_str)));
            let found = index.nearest(&asked, 20, 0.0);
            prop_assert!(found.iter().all(|similar| (0.0..=1.001).contains(&similar.score)), "{found:?}");
            prop_assert!(found.is_sorted_by(|a, b| a.score >= b.score));
        }
    }
}
