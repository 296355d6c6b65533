//! What is worked out of the words of statements for moderators, once for each: its language, and which older one it is like.
//! Kept beside the room; nobody's vote waits for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashMap;

use super::background::{self, GIVES_WAY, GIVES_WAY_TO_ALL};
use super::similar::{SharedIndex, is_for_moderators};
use super::{Board, Contents, RoomHandle};
use crate::domain::StatementNumber;

/// A language, by its name in itself and its ISO 639-3 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FoundLanguage {
    /// Such as `deu`.
    pub code: &'static str,
    /// Such as `Deutsch`.
    pub name: &'static str,
}

/// The languages of statements, where they are sure.
pub type Languages = FxHashMap<StatementNumber, FoundLanguage>;
/// For each statement that is like an older one, the oldest of those that are alike.
pub type FirstAlike = FxHashMap<StatementNumber, StatementNumber>;

/// Whoever asks what is alike waits no longer for it than this: then the rest is found out while they read.
const WAITED_FOR: Duration = Duration::from_millis(700);
/// Statements that are looked at between two looks at whether others want the index.
const AT_ONCE: usize = 20;

/// What is known of each statement, and the words that it is known of.
struct Known<T>(FxHashMap<StatementNumber, (Arc<str>, T)>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<T> Known<T> {
    /// The statements of which nothing is known yet, or of other words. What was known of those that are gone is let go.
    fn unknown(&mut self, contents: &Contents) -> Vec<(StatementNumber, Arc<str>)> {
        if self.0.len() > contents.statements.len() {
            self.0.retain(|number, _| contents.statement(*number).is_some());
        }
        let is_known = |number: &StatementNumber, text: &Arc<str>| {
            self.0.get(number).is_some_and(|(of, _)| Arc::ptr_eq(of, text))
        };
        let all = contents.statements.iter().filter(|one| !is_known(&one.number, &one.text));
        all.map(|one| (one.number, Arc::clone(&one.text))).collect()
    }
}

/// What is known of the words of a conversation's statements.
#[derive(Default)]
pub(super) struct WordsKnown {
    languages: Mutex<(Known<Option<FoundLanguage>>, Arc<Languages>)>,
    alike: Mutex<Known<Option<StatementNumber>>>,
    /// Held by whoever finds out what is alike.
    finds_alike: Arc<tokio::sync::Mutex<()>>,
}

impl WordsKnown {
    fn languages_of(&self, contents: &Contents) -> Arc<Languages> {
        let mut held = self.languages.lock().unwrap_or_else(PoisonError::into_inner);
        let unknown = held.0.unknown(contents);
        if !unknown.is_empty() {
            for (number, text) in unknown {
                let language = language_of(&text);
                held.0.0.insert(number, (text, language));
            }
            let found = held.0.0.iter().filter_map(|(number, (_, found))| Some((*number, (*found)?)));
            held.1 = Arc::new(found.collect());
        }
        Arc::clone(&held.1)
    }

    /// Finds out which of the unknown statements are like an older one, the oldest first.
    fn find_alike(&self, contents: &Arc<Contents>, index: &SharedIndex) {
        let unknown = self.alike.lock().unwrap_or_else(PoisonError::into_inner).unknown(contents);
        for some in unknown.chunks(AT_ONCE) {
            let found: Vec<_> =
                some.iter().map(|(_, text)| index.numbers_like(contents, is_for_moderators, text)).collect();
            let mut held = self.alike.lock().unwrap_or_else(PoisonError::into_inner);
            for ((number, text), like) in some.iter().zip(found) {
                let older = like.into_iter().filter(|other| other < number).min();
                // That one may itself be like an older one.
                let first =
                    older.map(|older| held.0.get(&older).and_then(|(_, first)| *first).unwrap_or(older));
                held.0.insert(*number, (Arc::clone(text), first));
            }
        }
    }

    fn first_alike(&self) -> FirstAlike {
        let held = self.alike.lock().unwrap_or_else(PoisonError::into_inner);
        held.0.iter().filter_map(|(number, (_, first))| Some((*number, (*first)?))).collect()
    }
}

/// The language of a text, where that is sure.
fn language_of(text: &str) -> Option<FoundLanguage> {
    let found = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    Some(FoundLanguage { code: found.lang().code(), name: found.lang().name() })
}

impl RoomHandle {
    /// The languages of the statements of this board.
    pub async fn languages(&self, board: &Board) -> Arc<Languages> {
        let (known, contents) = (Arc::clone(&self.words), Arc::clone(&board.contents));
        let found = background::run("languages", GIVES_WAY, move || known.languages_of(&contents));
        // Reading words does not panic; if it did, no language would be known.
        found.await.unwrap_or_default()
    }

    /// Which statements of this board are like an older one, as far as that is known by now.
    pub async fn first_alike(&self, board: &Board) -> FirstAlike {
        if let Ok(turn) = Arc::clone(&self.words.finds_alike).try_lock_owned() {
            let (known, contents) = (Arc::clone(&self.words), Arc::clone(&board.contents));
            let index = Arc::clone(&self.similar);
            let found = background::run("alike", GIVES_WAY_TO_ALL, move || {
                let _turn = turn;
                known.find_alike(&contents, &index);
            });
            let _ = tokio::time::timeout(WAITED_FOR, found).await;
        }
        self.words.first_alike()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_only_where_it_is_sure() {
        let name = |text: &str| language_of(text).map(|found| found.name);
        assert_eq!(
            name("Die Stadt soll mehr Bäume an der Straße pflanzen, damit es im Sommer kühler ist."),
            Some("Deutsch")
        );
        assert_eq!(
            name("We should plant more trees along the street to keep it cool in summer."),
            Some("English")
        );
        assert_eq!(name("Πρέπει να φυτέψουμε περισσότερα δέντρα στους δρόμους"), Some("Ελληνικά"));
        assert_eq!(name("OK"), None);
        assert_eq!(name(""), None);
    }
}
