//! Which list of the workbench is shown, in which order, and where in it one is: what its addresses and forms say.

use serde::Deserialize;

use crate::domain::{Moderation, Seq, StatementNumber};
use crate::http::sought::sought_words;

/// Which statements are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::http) enum Show {
    #[default]
    Waiting,
    Accepted,
    Rejected,
    /// Waiting ones that ask for care.
    Flagged,
    /// Shown ones on which many pass.
    Unclear,
}

impl Show {
    /// All lists, as they stand on the page.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Flagged, Self::Accepted, Self::Rejected, Self::Unclear];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Flagged => "flagged",
            Self::Unclear => "unclear",
        }
    }
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::http) enum Order {
    /// Those that came first; of decided ones, those that were decided on last.
    #[default]
    Oldest,
    /// Those that came last.
    Newest,
    /// Those of one author beside each other, the author of most of them first.
    Writer,
    /// Those that are alike beside each other, the most first.
    Alike,
}

impl Order {
    /// All orders, as they stand on the page.
    pub const ALL: [Self; 4] = [Self::Oldest, Self::Newest, Self::Writer, Self::Alike];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Writer => "author",
            Self::Alike => "alike",
        }
    }
}

/// A list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::http) struct Place {
    pub show: Show,
    pub order: Order,
    /// Words that a statement has.
    pub sought: String,
    /// The language that it is in, by its ISO 639-3 code; empty for any.
    pub language: String,
}

impl Place {
    /// As an address or a form says it; what it does not know is as if it had not been said.
    pub fn of([show, order, sought, language]: [&str; 4]) -> Self {
        Self {
            show: Show::ALL.into_iter().find(|one| one.as_str() == show).unwrap_or_default(),
            order: Order::ALL.into_iter().find(|one| one.as_str() == order).unwrap_or_default(),
            sought: sought_words(sought),
            language: if is_code(language) { language.to_owned() } else { String::new() },
        }
    }

    /// The address of this list, with more to say.
    pub fn href(&self, slug: &str, more: &[(&str, String)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let own = [
            ("show", if self.show == Show::default() { "" } else { self.show.as_str() }),
            ("order", if self.order == Order::default() { "" } else { self.order.as_str() }),
            ("q", self.sought.as_str()),
            ("written", self.language.as_str()),
        ];
        let more = more.iter().map(|(name, value)| (*name, value.as_str()));
        for (name, value) in own.into_iter().filter(|(_, value)| !value.is_empty()).chain(more) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { format!("/m/{slug}") } else { format!("/m/{slug}?{query}") }
    }
}

fn is_code(language: &str) -> bool {
    language.len() == 3 && language.bytes().all(|b| b.is_ascii_lowercase())
}

/// What the address of the workbench says.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::http) struct DeskQuery {
    #[serde(default)]
    show: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    q: String,
    /// The language of statements; `lang` says in which one the page is.
    #[serde(default)]
    written: String,
    pub page: Option<usize>,
    /// The statement that is shown in full.
    pub at: Option<StatementNumber>,
    /// Only that one is shown in full, and none in its place where it is gone: something was typed for it.
    #[serde(skip)]
    pub is_strict: bool,
    /// The statement that was decided on last, so that it can be undone,
    pub done: Option<StatementNumber>,
    /// and the decision, by its place in the log.
    pub seq: Option<u64>,
    /// What was done with the statement that is shown, beside accepting and rejecting.
    #[serde(default)]
    did: String,
    /// A colleague had decided on it meanwhile.
    pub late: Option<StatementNumber>,
    /// Many were decided on at once: after this position in the log,
    after: Option<u64>,
    /// up to this one,
    last: Option<u64>,
    /// so.
    #[serde(default)]
    was: String,
}

impl DeskQuery {
    /// A list with one of its statements in full.
    pub fn at(place: &Place, at: Option<StatementNumber>) -> Self {
        let (show, order) = (place.show.as_str().to_owned(), place.order.as_str().to_owned());
        let (q, written, is_strict) = (place.sought.clone(), place.language.clone(), at.is_some());
        Self { show, order, q, written, at, is_strict, ..Self::default() }
    }

    /// The list.
    pub fn place(&self) -> Place {
        Place::of([&self.show, &self.order, &self.q, &self.written])
    }

    /// What takes back what was done last beside accepting and rejecting, in the form's words.
    pub fn reverse(&self) -> Option<&'static str> {
        match self.did.as_str() {
            "derive" => Some("restore"),
            "merge" => Some("unmerge"),
            "meta" => Some("matter"),
            "matter" => Some("meta"),
            "pin" => Some("unpin"),
            "hold" => Some("unhold"),
            "unhold" => Some("hold"),
            "pause" => Some("unpause"),
            "unpause" => Some("pause"),
            _ => None,
        }
    }

    /// The decision on many that was made last.
    pub fn many(&self) -> Option<ManyDecided> {
        let (after, last) = self.after.zip(self.last)?;
        let was = if self.was == "accepted" { Moderation::Accepted } else { Moderation::Rejected };
        Some(ManyDecided { was, after: Seq(after), last: Seq(last) })
    }
}

/// A decision on many: what it was, and where it stands in the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::http) struct ManyDecided {
    pub was: Moderation,
    pub after: Seq,
    pub last: Seq,
}

impl ManyDecided {
    /// Whether there was none to decide on.
    pub fn is_of_none(self) -> bool {
        self.after == self.last
    }

    /// What it was, as a form says it.
    pub fn was_word(self) -> &'static str {
        if self.was == Moderation::Accepted { "accepted" } else { "rejected" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_list() {
        for (show, order) in Show::ALL.into_iter().flat_map(|show| Order::ALL.map(|order| (show, order))) {
            let place =
                Place { show, order, sought: "trees & “lanes”".to_owned(), language: "deu".to_owned() };
            let href = place.href("c", &[("at", "7".to_owned())]);
            let query = href.strip_prefix("/m/c?").unwrap();
            let said: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let one = |name: &str| {
                said.iter()
                    .find(|(said, _)| said == name)
                    .map(|(_, value)| value.as_str())
                    .unwrap_or_default()
            };
            assert_eq!(Place::of(["show", "order", "q", "written"].map(one)), place);
            assert_eq!(one("at"), "7");
        }
        assert_eq!(Place::of(["?", "?", "", "no code"]).href("c", &[]), "/m/c");
    }
}
