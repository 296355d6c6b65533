//! The words of pages, from Fluent files. A missing message shows its key, and a test finds it.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::brand::SiteBrand;
use super::locale::{Direction, Locale, RequestLocale};
use super::numbers;
use crate::domain::isolated;

const ENGLISH: &str = include_str!("../../web/i18n/en.ftl");
const GERMAN: &str = include_str!("../../web/i18n/de.ftl");
const FRENCH: &str = include_str!("../../web/i18n/fr.ftl");
const ARABIC: &str = include_str!("../../web/i18n/ar.ftl");

/// The file of a language.
fn source(locale: Locale) -> &'static str {
    match locale {
        Locale::English => ENGLISH,
        Locale::German => GERMAN,
        Locale::French => FRENCH,
        Locale::Arabic => ARABIC,
    }
}

/// The rules that a policy begins with.
const DEFAULT_POLICY: [&str; 7] =
    ["off-topic", "duplicate", "unclear", "several-ideas", "attack", "personal-data", "advertising"];

/// The messages of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
    locale: Locale,
    /// The language's tag, for `lang`.
    pub language: &'static str,
}

impl Texts {
    /// The messages of a language, read once: an error page must cost no more than any other.
    pub fn of(locale: Locale) -> &'static Self {
        static ALL: LazyLock<[Texts; Locale::ALL.len()]> = LazyLock::new(|| Locale::ALL.map(Texts::read));
        ALL.iter().find(|texts| texts.locale == locale).unwrap_or(&ALL[0])
    }

    /// The messages of whoever this task answers.
    pub fn current() -> &'static Self {
        Self::of(Locale::current())
    }

    /// The English messages.
    pub fn english() -> &'static Self {
        Self::of(Locale::English)
    }

    fn read(locale: Locale) -> Self {
        // A broken line loses that message only; a test reads the file strictly.
        let resource = match FluentResource::try_new(source(locale).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let mut bundle = FluentBundle::new_concurrent(vec![locale.tag().parse().unwrap_or_default()]);
        // What people wrote stands in elements of its own with dir=auto, or is set apart by `Message::text`.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::English => |value, _| number(Locale::English, value),
            Locale::German => |value, _| number(Locale::German, value),
            Locale::French => |value, _| number(Locale::French, value),
            Locale::Arabic => |value, _| number(Locale::Arabic, value),
        }));
        bundle.add_resource_overriding(resource);
        Self { bundle, locale, language: locale.page_tag() }
    }

    /// The same page in the other languages: each with its address. None where it can't be read again, as
    /// after a form.
    pub fn elsewhere(&self) -> Vec<(Locale, String)> {
        let Some(here) = RequestLocale::current().here else { return Vec::new() };
        let others = Locale::ALL.into_iter().filter(|locale| *locale != self.locale);
        others.map(|locale| (locale, format!("{here}lang={}", locale.tag()))).collect()
    }

    /// How this site is called, and how it looks.
    pub fn brand(&self) -> &'static SiteBrand {
        SiteBrand::current()
    }

    /// The value of `dir` of a page.
    pub fn direction(&self) -> &'static str {
        self.locale.direction().as_str()
    }

    /// Whether somebody whose language it is has read the words.
    pub fn is_reviewed(&self) -> bool {
        self.locale.is_reviewed()
    }

    /// The address that a printed page names, where the site has one.
    pub fn printed_from(&self) -> Option<String> {
        let here = RequestLocale::current().here?;
        let path = here.split('?').next().unwrap_or_default();
        Some(format!("{}{path}", self.brand().address.as_ref()?))
    }

    /// A message without arguments.
    pub fn get(&self, key: &str) -> String {
        self.msg(key).to_string()
    }

    /// A message whose arguments follow: `t.msg("votes").num("n", 3)`.
    pub fn msg<'a>(&'a self, key: &'a str) -> Message<'a> {
        Message { texts: self, key, args: FluentArgs::new() }
    }

    /// An amount: `225,524`.
    pub fn amount(&self, number: impl Count) -> String {
        numbers::amount(self.locale, number.count() as i64)
    }

    /// A text with its digits as this language writes them.
    pub fn digits(&self, text: &str) -> String {
        numbers::digits(self.locale, text)
    }

    /// A share in whole percent: `84%`.
    pub fn percent(&self, percent: impl Count) -> String {
        self.msg("percent").num("n", percent).to_string()
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

/// An amount in a message, as this language writes it.
fn number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(numbers::amount(locale, number.value as i64)),
        _ => None,
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

    /// A number that names something, such as a statement: written without marks between thousands.
    #[must_use]
    pub fn id(mut self, name: &'a str, value: impl Count) -> Self {
        let written = numbers::name(self.texts.locale, value.count() as i64);
        self.args.set(name, FluentValue::from(written));
        self
    }

    /// A text. Where it runs the other way than the sentence, it leaves the sentence as it is.
    #[must_use]
    pub fn text(mut self, name: &'a str, value: &str) -> Self {
        let value = isolated(value, self.texts.locale.direction() == Direction::RightToLeft).into_owned();
        self.args.set(name, FluentValue::from(value));
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
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

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
    fn the_files_read_without_an_error() {
        for locale in Locale::ALL {
            let mistakes =
                FluentResource::try_new(source(locale).to_owned()).err().map(|(_, mistakes)| mistakes);
            assert_eq!(mistakes, None);
        }
    }

    /// Each message's key and the arguments that it names.
    fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| line.starts_with(char::is_alphabetic)) {
                name.clone_into(&mut key);
                assert!(found.insert(key.clone(), BTreeSet::new()).is_none(), "{key} is there twice");
            }
            let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let arguments = line.split('$').skip(1).map(name);
            found.entry(key.clone()).or_default().extend(arguments);
        }
        found
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_arguments() {
        let english = messages(ENGLISH);
        assert!(english.len() > 350);
        for locale in Locale::ALL {
            let other = messages(source(locale));
            for (key, arguments) in &english {
                assert_eq!(other.get(key), Some(arguments), "{key} in {}", locale.name());
            }
            let more: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(more.is_empty(), "{more:?} in {}", locale.name());
        }
    }

    #[test]
    fn every_message_is_used() {
        let all = sources();
        // Made of a code or a word: refusals, fields, rules of a policy, roles, months, groups of kinds.
        let made = ["error-", "field-", "policy-", "role-", "may-", "month-", "log-group-", "influence-"];
        let unused: Vec<String> = messages(ENGLISH)
            .into_keys()
            .filter(|key| !made.iter().any(|start| key.starts_with(start)))
            .filter(|key| !all.contains(&format!("\"{key}\"")))
            .collect();
        assert_eq!(unused, Vec::<String>::new());
    }

    /// Else people would read the argument's name where a word or a number stands.
    #[test]
    fn a_message_with_arguments_is_not_asked_for_without_them() {
        let all = sources();
        let bare: Vec<String> = messages(ENGLISH)
            .into_iter()
            .filter(|(key, arguments)| !arguments.is_empty() && all.contains(&format!(".get(\"{key}\")")))
            .map(|(key, _)| key)
            .collect();
        assert_eq!(bare, Vec::<String>::new());
    }

    #[test]
    fn a_plural_and_a_missing_message_show() {
        let texts = Texts::english();
        assert_eq!(texts.msg("people").num("n", 1).to_string(), "1 person");
        assert_eq!(texts.msg("people").num("n", 7).to_string(), "7 people");
        assert_eq!(texts.get("no-such-message"), "no-such-message");
    }

    /// Everything that asks for messages.
    fn sources() -> String {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let all = [root.join("web/templates"), root.join("src")];
        all.iter().flat_map(|dir| files(dir)).map(|f| std::fs::read_to_string(f).unwrap()).collect()
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
