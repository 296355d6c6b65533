//! The statements that are not on the agenda: by reason, with words to find, a page at a time.

use serde::Deserialize;

use crate::disclosure::{PublicAgenda, Results};
use crate::domain::Choice;
use crate::http::agendas::{AgendaSource, by_reason, shown_groups};
use crate::http::paging::Pages;
use crate::http::results::{ResultRows, Row};
use crate::http::sought::{has_words, sought_words};
use crate::live::{Board, BoardStatement};
use crate::texts::Texts;

/// Candidates on a page.
const ON_A_PAGE: usize = 12;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct PoolQuery {
    /// Words that a statement has.
    #[serde(default)]
    q: String,
    /// Of which reason; all where it is empty.
    #[serde(default)]
    show: String,
    page: Option<usize>,
}

impl PoolQuery {
    /// What the form of the agenda brings of the list that stands beside it.
    pub fn of_form(q: Option<&str>, show: Option<&str>, page: Option<&str>) -> Self {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Self { q: text(q), show: text(show), page: page.and_then(|page| page.parse().ok()) }
    }

    /// The address of the page with this list, which ends before the number of a page.
    fn address_of(slug: &str, sought: &str, show: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("q", sought), ("show", show)].into_iter().filter(|(_, value)| !value.is_empty())
        {
            query.append_pair(name, value);
        }
        query.append_pair("page", "");
        format!("/o/{slug}/agenda?{}", query.finish())
    }

    /// The address of the page with this list.
    pub fn address(&self, slug: &str) -> String {
        let is_plain = self.q.is_empty() && self.show.is_empty() && self.page.is_none_or(|page| page <= 1);
        if is_plain {
            return format!("/o/{slug}/agenda");
        }
        format!("{}{}", Self::address_of(slug, &self.q, &self.show), self.page.unwrap_or(1))
    }
}

/// What there is to add.
pub(super) struct Pool {
    pub sought: String,
    pub reasons: Vec<Reason>,
    pub rows: Vec<Candidate>,
    pub pages: Pages,
    /// How many are not on the agenda in all.
    pub total: usize,
    /// Which reason is shown.
    pub show: String,
}

/// A reason why statements are not on it.
pub(super) struct Reason {
    pub code: &'static str,
    pub why: String,
    pub count: usize,
}

pub(super) struct Candidate {
    pub row: Row,
    pub why: String,
}

impl Pool {
    /// The address of this list, to which the number of a page is added.
    pub fn address(&self, slug: &str) -> String {
        PoolQuery::address_of(slug, &self.sought, &self.show)
    }

    /// What is found of what is not on an agenda.
    pub fn new(
        asked: &PoolQuery,
        source: AgendaSource<'_>,
        told: &PublicAgenda,
        (board, results): (&Board, &Results),
        texts: &Texts,
    ) -> Self {
        let sought = sought_words(&asked.q);
        let is_found = |statement: &&BoardStatement| has_words(&statement.text, &sought);
        let all = by_reason(source, told, &board.contents, Some(results));
        let groups = shown_groups(Some(results));
        let mut reasons = Vec::new();
        let mut found: Vec<(&BoardStatement, String)> = Vec::new();
        let show = all.keys().map(|why| why.code()).find(|code| *code == asked.show);
        for (why, statements) in &all {
            let code = why.code();
            let (why, matching) = (why.words(groups, texts), statements.iter().copied().filter(is_found));
            let count = matching.clone().count();
            if show.is_none_or(|show| show == code) {
                found.extend(matching.map(|statement| (statement, why.clone())));
            }
            reasons.push(Reason { code, why, count });
        }
        reasons.retain(|reason| reason.count > 0);
        let pages = Pages::new(asked.page, found.len(), ON_A_PAGE);
        let rows = ResultRows::of(board, results);
        let candidate = |(statement, why): (&BoardStatement, String)| Candidate {
            row: row_of(statement, results, &rows),
            why,
        };
        Self {
            total: all.values().map(Vec::len).sum(),
            rows: found.into_iter().skip(pages.skip()).take(pages.take()).map(candidate).collect(),
            reasons,
            pages,
            show: show.unwrap_or_default().to_owned(),
            sought,
        }
    }
}

/// A statement with its votes, where the results tell them.
fn row_of(statement: &BoardStatement, results: &Results, rows: &ResultRows<'_>) -> Row {
    let told = results.statement(statement.number).and_then(|told| rows.row(told, Choice::Agree));
    told.unwrap_or_else(|| Row {
        number: statement.number,
        text: statement.text.to_string(),
        seed: statement.seed,
        worded: statement.is_worded(),
        stands_for: Vec::new(),
        answer: Choice::Agree,
        overall: None,
        groups: Vec::new(),
    })
}
