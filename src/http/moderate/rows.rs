//! The statements of one page of a list, each in a line or two.

use crate::domain::{StatementNumber, Timestamp};
use crate::http::paging::Pages;
use crate::live::{BoardStatement, FoundLanguage};
use crate::texts::Texts;

use super::flags::Flag;
use super::listed::{Known, pass_percent, writer_name};
use super::place::{Order, Place, Show};

/// A statement of the list.
pub(super) struct RowView {
    pub number: StatementNumber,
    pub text: String,
    pub when: String,
    pub writer: Option<String>,
    /// How many in a hundred pass, where that is what the list is about.
    pub pass: Option<u32>,
    /// What asks for care, where that is what the list is about.
    pub flags: Vec<Flag>,
    /// Its language, where it is another one than that of most.
    pub language: Option<&'static str>,
    /// It is like the one above it, where that is the order.
    pub is_like_above: bool,
    pub href: String,
    pub is_here: bool,
    /// A colleague has it before them.
    pub is_looked_at: bool,
}

/// What rows are made with.
pub(super) struct Rows<'a> {
    pub place: &'a Place,
    /// The statement that is shown in full.
    pub at: Option<StatementNumber>,
    pub known: &'a Known,
    pub slug: &'a str,
    pub now: Timestamp,
    pub texts: &'a Texts,
}

impl Rows<'_> {
    /// The statements of one page of a list.
    pub fn of(
        &self,
        all: &[&BoardStatement],
        pages: &Pages,
        languages: &[(FoundLanguage, usize)],
    ) -> Vec<RowView> {
        let most = languages.first().map(|(language, _)| *language);
        let mut last = None;
        let shown = all.iter().skip(pages.skip()).take(pages.take());
        let rows = shown.map(|one| {
            let first = self.known.first_of(one);
            let is_like_above = self.place.order == Order::Alike && last.replace(first) == Some(first);
            RowView { is_like_above, ..self.row(one, most) }
        });
        rows.collect()
    }

    fn row(&self, one: &BoardStatement, most: Option<FoundLanguage>) -> RowView {
        let show = self.place.show;
        let language = self.known.languages.get(&one.number).filter(|found| most != Some(**found));
        RowView {
            number: one.number,
            text: one.text.to_string(),
            when: one.submitted_at.map(|moment| when(moment, self.now, self.texts)).unwrap_or_default(),
            writer: one.writer.map(|writer| writer_name(writer, self.texts)),
            pass: pass_percent(one.number, self.known.results.as_deref()).filter(|_| show == Show::Unclear),
            flags: if show == Show::Flagged { Flag::of(&one.text) } else { Vec::new() },
            language: language.map(|found| found.name),
            is_like_above: false,
            href: self.place.href(self.slug, &[("at", one.number.to_string())]),
            is_here: self.at == Some(one.number),
            is_looked_at: false,
        }
    }
}

/// The time of something of today, the day of what is older.
fn when(at: Timestamp, now: Timestamp, texts: &Texts) -> String {
    let day = texts.day(&at);
    if day == texts.day(&now) { texts.time(&at) } else { day }
}

/// The languages to choose from; none where there is no choice.
pub(super) fn several(languages: &[(FoundLanguage, usize)]) -> Vec<(&'static str, &'static str, usize)> {
    let all = languages.iter().filter(|_| languages.len() > 1);
    all.map(|(found, count)| (found.code, found.name, *count)).collect()
}
