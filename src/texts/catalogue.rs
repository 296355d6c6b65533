//! The words of pages, from Fluent files. A missing message shows its key, and a test finds it.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

const ENGLISH: &str = include_str!("../../web/i18n/en.ftl");

/// The rules that a policy begins with.
const DEFAULT_POLICY: [&str; 7] =
    ["off-topic", "duplicate", "unclear", "several-ideas", "attack", "personal-data", "advertising"];

/// The messages of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
    /// The language's tag, for `lang`.
    pub language: &'static str,
}

impl Texts {
    /// The English messages, read once: an error page must cost no more than any other.
    pub fn english() -> &'static Self {
        static MESSAGES: LazyLock<Texts> = LazyLock::new(Texts::read_english);
        &MESSAGES
    }

    fn read_english() -> Self {
        // A broken line loses that message only; a test reads the file strictly.
        let resource = match FluentResource::try_new(ENGLISH.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let mut bundle = FluentBundle::new_concurrent(vec!["en".parse().unwrap_or_default()]);
        // What people wrote stands in elements of its own with dir=auto.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { bundle, language: "en" }
    }

    /// A message without arguments.
    pub fn get(&self, key: &str) -> String {
        self.msg(key).to_string()
    }

    /// A message whose arguments follow: `t.msg("votes").num("n", 3)`.
    pub fn msg<'a>(&'a self, key: &'a str) -> Message<'a> {
        Message { texts: self, key, args: FluentArgs::new() }
    }

    /// The rules that a new conversation's policy begins with, for its organiser to change.
    pub fn default_policy(&self) -> Vec<String> {
        DEFAULT_POLICY.iter().map(|rule| self.get(&format!("policy-{rule}"))).collect()
    }

    /// Whether there is such a message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }
}

/// A whole number that a message counts. Templates hand them over by reference.
pub trait Count {
    /// The number; counts of people and votes are far below 2^53.
    fn count(&self) -> f64;
}

macro_rules! counts {
    ($($kind:ty),*) => {$(
        impl Count for $kind {
            fn count(&self) -> f64 {
                *self as f64
            }
        }
    )*};
}
counts!(i32, u32, u64, usize);

impl<T: Count + ?Sized> Count for &T {
    fn count(&self) -> f64 {
        T::count(self)
    }
}

/// A message and its arguments; displays as text.
pub struct Message<'a> {
    texts: &'a Texts,
    key: &'a str,
    args: FluentArgs<'a>,
}

impl<'a> Message<'a> {
    /// A number.
    #[must_use]
    pub fn num(mut self, name: &'a str, value: impl Count) -> Self {
        self.args.set(name, FluentValue::from(value.count()));
        self
    }

    /// A text.
    #[must_use]
    pub fn text(mut self, name: &'a str, value: &str) -> Self {
        self.args.set(name, FluentValue::from(value.to_owned()));
        self
    }
}

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bundle = &self.texts.bundle;
        let pattern = bundle.get_message(self.key).and_then(|message| message.value());
        let Some(pattern) = pattern else { return f.write_str(self.key) };
        let mut errors = Vec::new();
        f.write_str(&bundle.format_pattern(pattern, Some(&self.args), &mut errors))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn every_message_that_a_template_names_is_there() {
        let texts = Texts::english();
        let mut seen = 0;
        for file in files(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/web/templates"))) {
            let template = std::fs::read_to_string(&file).unwrap();
            for start in ["t.get(\"", "t.msg(\""] {
                for rest in template.split(start).skip(1) {
                    let key = rest.split('"').next().unwrap();
                    assert!(texts.has(key), "{}: no message {key}", file.display());
                    seen += 1;
                }
            }
        }
        assert!(seen > 100, "only {seen} messages were found in the templates");
        for rule in DEFAULT_POLICY {
            assert!(texts.has(&format!("policy-{rule}")));
        }
    }

    #[test]
    fn the_file_reads_without_an_error() {
        let mistakes = FluentResource::try_new(ENGLISH.to_owned()).err().map(|(_, mistakes)| mistakes);
        assert_eq!(mistakes, None);
    }

    #[test]
    fn a_plural_and_a_missing_message_show() {
        let texts = Texts::english();
        assert_eq!(texts.msg("people").num("n", 1).to_string(), "1 person");
        assert_eq!(texts.msg("people").num("n", 7).to_string(), "7 people");
        assert_eq!(texts.get("no-such-message"), "no-such-message");
    }

    fn files(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
        }
        found
    }
}
