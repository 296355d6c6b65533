//! Pages about the site itself, which every public body has to have: what Boule brings of them, for whoever
//! runs it to fill in, and the small format they are written in.

use super::locale::Locale;

/// A page about the site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SitePage {
    /// What happens to people's data.
    Privacy,
    /// What people with disabilities can expect.
    Accessibility,
    /// Who runs the site.
    Imprint,
    /// The record of processing activities.
    Processing,
}

impl SitePage {
    /// All of them, in the order of the footer.
    pub const ALL: [SitePage; 4] = [Self::Privacy, Self::Accessibility, Self::Imprint, Self::Processing];

    /// Its word in addresses and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            SitePage::Privacy => "privacy",
            SitePage::Accessibility => "accessibility",
            SitePage::Imprint => "imprint",
            SitePage::Processing => "processing",
        }
    }

    /// The page with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.as_str() == word)
    }

    /// The text that Boule brings, with gaps to fill in.
    pub fn template(self, locale: Locale) -> &'static str {
        let [english, german] = match self {
            SitePage::Privacy => [
                include_str!("../../web/pages/privacy.en.txt"),
                include_str!("../../web/pages/privacy.de.txt"),
            ],
            SitePage::Accessibility => [
                include_str!("../../web/pages/accessibility.en.txt"),
                include_str!("../../web/pages/accessibility.de.txt"),
            ],
            SitePage::Imprint => [
                include_str!("../../web/pages/imprint.en.txt"),
                include_str!("../../web/pages/imprint.de.txt"),
            ],
            SitePage::Processing => [
                include_str!("../../web/pages/processing.en.txt"),
                include_str!("../../web/pages/processing.de.txt"),
            ],
        };
        if locale == Locale::German { german } else { english }
    }
}

/// Whether a text has gaps that nobody has filled in: `[who you are]`.
pub fn has_gaps(text: &str) -> bool {
    text.split('[').skip(1).any(|rest| rest.contains(']'))
}

/// A part of such a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// `# `: what the page is called.
    Title(String),
    /// `## `: a part begins.
    Heading(String),
    /// Lines up to the next empty one.
    Paragraph(String),
    /// Lines that begin with `- `.
    List(Vec<String>),
}

/// Reads the format: titles, headings, lists and paragraphs.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut goes_on = false;
    for line in text.lines().map(str::trim) {
        let last = if goes_on { blocks.last_mut() } else { None };
        goes_on = !line.is_empty();
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading.to_owned()));
        } else if let Some(title) = line.strip_prefix("# ") {
            blocks.push(Block::Title(title.to_owned()));
        } else if let Some(item) = line.strip_prefix("- ") {
            match last {
                Some(Block::List(items)) => items.push(item.to_owned()),
                _ => blocks.push(Block::List(vec![item.to_owned()])),
            }
        } else if !line.is_empty() {
            match last {
                Some(Block::Paragraph(text)) => {
                    text.push(' ');
                    text.push_str(line);
                }
                _ => blocks.push(Block::Paragraph(line.to_owned())),
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_into_its_parts() {
        let read = blocks("# Imprint\r\n\n## Who\nOne\ntwo\n\nthree\n- a\n- b\n\n- c\n");
        let p = |text: &str| Block::Paragraph(text.into());
        let list = |items: &[&str]| Block::List(items.iter().map(|item| (*item).to_owned()).collect());
        assert_eq!(
            read,
            [
                Block::Title("Imprint".into()),
                Block::Heading("Who".into()),
                p("One two"),
                p("three"),
                list(&["a", "b"]),
                list(&["c"])
            ]
        );
    }

    #[test]
    fn every_page_has_a_template_in_every_language_with_one_title_and_gaps() {
        for (page, locale) in
            SitePage::ALL.into_iter().flat_map(|page| Locale::WITH_SITE_PAGES.map(|l| (page, l)))
        {
            let text = page.template(locale);
            let titles = blocks(text).iter().filter(|block| matches!(block, Block::Title(_))).count();
            assert_eq!(titles, 1, "{page:?} {locale:?}");
            assert!(has_gaps(text), "{page:?} {locale:?}");
            assert_eq!(SitePage::parse(page.as_str()), Some(page));
        }
        assert!(!has_gaps("] nothing [") && !has_gaps(""));
    }
}
