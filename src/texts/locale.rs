//! Which language somebody reads.

use std::cmp::Reverse;

/// A language that there is a catalogue of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Locale {
    /// English, where nothing else is asked for.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Arabic.
    Arabic,
}

/// Which way a language is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// The value of `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

tokio::task_local! {
    static CURRENT: RequestLocale;
}

/// In which language somebody is answered, and where.
#[derive(Clone, Debug, Default)]
pub struct RequestLocale {
    /// The language.
    pub locale: Locale,
    /// The address of this page, ready for one more key of its query; `None` where it can't be read again.
    pub here: Option<String>,
}

impl RequestLocale {
    /// What this task answers; in English, and nowhere, where it answers nobody.
    pub fn current() -> Self {
        CURRENT.try_with(Self::clone).unwrap_or_default()
    }

    /// Answers somebody.
    pub async fn by<F: Future>(self, answer: F) -> F::Output {
        CURRENT.scope(self, answer).await
    }
}

impl Locale {
    /// Every language.
    pub const ALL: [Locale; 4] = [Locale::English, Locale::German, Locale::French, Locale::Arabic];
    /// Those in which Boule brings pages about the site; a page that is missing in another is read in the first.
    pub const WITH_SITE_PAGES: [Locale; 2] = [Locale::English, Locale::German];

    /// Its place in [`Locale::ALL`].
    pub(super) fn place(self) -> usize {
        Self::ALL.iter().position(|locale| *locale == self).unwrap_or_default()
    }

    /// Its tag, as in `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::English => "en",
            Locale::German => "de",
            Locale::French => "fr",
            Locale::Arabic => "ar",
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Locale::English => "English",
            Locale::German => "Deutsch",
            Locale::French => "Français",
            Locale::Arabic => "العربية",
        }
    }

    /// The tag of a page in it, for `lang`: it also says by which digits numbers are written.
    pub fn page_tag(self) -> &'static str {
        match self {
            Locale::Arabic => "ar-u-nu-arab",
            other => other.tag(),
        }
    }

    /// Which way it is written.
    pub fn direction(self) -> Direction {
        match self {
            Locale::English | Locale::German | Locale::French => Direction::LeftToRight,
            Locale::Arabic => Direction::RightToLeft,
        }
    }

    /// Whether somebody whose language it is has read the words.
    pub fn is_reviewed(self) -> bool {
        matches!(self, Locale::English | Locale::German)
    }

    /// The language in which pages about the site are read.
    pub fn of_site_pages(self) -> Self {
        if Self::WITH_SITE_PAGES.contains(&self) { self } else { Self::default() }
    }

    /// The language of a tag, whatever region it names: `de-CH` is German.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// The language of a visitor: a link says it, or else what they chose before, or else their browser.
    pub fn negotiate(link: Option<&str>, chosen: Option<&str>, accepted: Option<&str>) -> Self {
        let said = link.and_then(Self::of_tag).or_else(|| chosen.and_then(Self::of_tag));
        said.or_else(|| accepted.and_then(Self::best_of)).unwrap_or_default()
    }

    /// The language that an `Accept-Language` header likes best, of those that there are (RFC 9110, 12.5.4).
    fn best_of(accepted: &str) -> Option<Self> {
        let ranges = accepted.split(',').filter_map(|range| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight: f64 = weight.trim().strip_prefix("q=")?.trim().parse().ok()?;
            let locale = if tag.trim() == "*" { Self::default() } else { Self::of_tag(tag)? };
            (weight > 0.0).then_some((locale, (weight * 1000.0) as u32))
        });
        let mut ranges: Vec<(Self, u32)> = ranges.collect();
        // Stable: of equals the one that is named first.
        ranges.sort_by_key(|(_, weight)| Reverse(*weight));
        ranges.first().map(|(locale, _)| *locale)
    }

    /// The language of whoever this task answers; English where it answers nobody.
    pub fn current() -> Self {
        CURRENT.try_with(|answer| answer.locale).unwrap_or_default()
    }

    /// Answers somebody in this language.
    pub async fn speaking<F: Future>(self, answer: F) -> F::Output {
        RequestLocale { locale: self, here: None }.by(answer).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_goes_before_a_choice_and_a_choice_before_the_browser() {
        let german = Some("de-CH,de;q=0.9,en;q=0.8");
        assert_eq!(Locale::negotiate(Some("en"), Some("de"), german), Locale::English);
        assert_eq!(Locale::negotiate(Some("tlh"), Some("de"), None), Locale::German);
        assert_eq!(Locale::negotiate(None, None, german), Locale::German);
        assert_eq!(Locale::negotiate(None, None, None), Locale::English);
        for (accepted, locale) in [
            ("en-GB,de;q=0.9", Locale::English),
            ("it, de;q=0.5, en;q=0.4", Locale::German),
            ("de;q=0, en", Locale::English),
            ("it", Locale::English),
            ("fr-CA", Locale::French),
            ("ar-EG,en;q=0.1", Locale::Arabic),
            ("*, de;q=0.1", Locale::English),
            (";;,q=", Locale::English),
        ] {
            assert_eq!(Locale::negotiate(None, None, Some(accepted)), locale, "{accepted}");
        }
    }

    #[tokio::test]
    async fn a_task_speaks_the_language_of_whom_it_answers() {
        assert_eq!(Locale::current(), Locale::English);
        assert_eq!(Locale::German.speaking(async { Locale::current() }).await, Locale::German);
    }
}
