//! An agenda, ready to be drawn: what `disclosure` tells of it beside the words of the board.

use crate::disclosure::{PublicAgenda, PublicBacked, PublicFirmness, PublicReason, Results, ToldCoverage};
use crate::domain::{AgendaItem, Choice, Timestamp};
use crate::http::results::{Bar, GroupBar, Row};
use crate::live::{BoardStatement, Contents};
use crate::texts::Texts;

use super::changes::{change_words, is_listed, shown_question};
use super::coverage::CoverageView;
use super::left_out::{LeftOut, by_reason, left_out};
use super::source::{AgendaSource, goal};

/// An agenda as a page shows it.
pub(in crate::http) struct AgendaView {
    /// What is told of it.
    pub told: PublicAgenda,
    /// Whether votes are shown to this visitor now.
    pub has_numbers: bool,
    pub items: Vec<ItemView>,
    pub left_out: Vec<LeftOut>,
    /// What was changed by hand, with the day.
    pub changes: Vec<(String, String)>,
    /// Whom it leaves out, where that is known and may be told.
    pub coverage: Option<CoverageView>,
    /// The same in numbers.
    pub left: Option<ToldCoverage>,
    /// When the meeting begins.
    pub begins: Option<String>,
    /// How many minutes its items take together; 0 where none is set.
    pub minutes: u32,
}

pub(in crate::http) struct ItemView {
    pub number: u32,
    /// When it begins.
    pub time: Option<String>,
    /// How long it takes; 0 where that is not set.
    pub minutes: u32,
    pub goal: String,
    /// The question; where there is none, the first statement stands for it.
    pub question: Option<String>,
    /// Where an item that is not from the votes comes from.
    pub origin: Option<String>,
    /// The statement behind it.
    pub head: Option<BackedView>,
    /// The others that belong to it.
    pub others: Vec<BackedView>,
    pub evidence: Vec<EvidenceView>,
}

impl ItemView {
    /// All its statements, the first one included.
    pub fn statements(&self) -> impl Iterator<Item = &BackedView> {
        self.head.iter().chain(&self.others)
    }
}

/// A statement on an agenda.
pub(in crate::http) struct BackedView {
    /// Its words, and its votes where they are told.
    pub row: Row,
    pub why: String,
    /// How sure it is that people agree, and how firmly it stands.
    pub sure: Vec<String>,
    /// Whether its own page is there.
    pub has_page: bool,
}

/// Something to read.
pub(in crate::http) struct EvidenceView {
    pub title: String,
    pub by: String,
    pub link: String,
}

impl AgendaView {
    /// Draws an agenda with the words of its conversation; with its votes for those who may see results
    /// now, which are then given.
    pub fn new(
        source: AgendaSource<'_>,
        contents: &Contents,
        results: Option<&Results>,
        texts: &Texts,
    ) -> Self {
        let has_numbers = results.is_some();
        let AgendaSource { agenda, proposal, changes, audit } = source;
        let min = contents.conversation.settings.privacy_min;
        let told = PublicAgenda::new(agenda, proposal, min, has_numbers);
        let left = audit.filter(|_| has_numbers).map(|audit| ToldCoverage::new(audit, min));
        let mut begins = agenda.session.starts_at;
        let items = agenda.items.iter().zip(&told.items).map(|(item, told)| {
            let mut backed = told.statements.iter().map(|one| BackedView::new(one, contents, texts));
            let is_counted_together = told.statements.iter().any(|one| one.reason == PublicReason::Alike);
            let head = backed.next();
            let head = head.map(|head| if is_counted_together { head.together(texts) } else { head });
            let view =
                ItemView { head, others: backed.collect(), ..item_view(item, begins, contents, texts) };
            begins = begins.map(|at| after(at, item.plan.minutes));
            view
        });
        Self {
            has_numbers,
            items: items.collect(),
            left_out: left_out(&by_reason(source, &told, contents, results), results, texts),
            changes: changes
                .iter()
                .rev()
                .filter(|change| is_listed(change))
                .filter_map(|change| Some((texts.day(&change.at), change_words(change, contents, texts)?)))
                .collect(),
            coverage: left.as_ref().map(|left| CoverageView::new(left, contents, texts)),
            left,
            begins: agenda.session.starts_at.map(|at| texts.moment(&at)),
            minutes: agenda.minutes(),
            told,
        }
    }

    /// How many statements are not on it.
    pub fn left_out_count(&self) -> usize {
        self.left_out.iter().map(|left| left.count).sum()
    }
}

fn after(at: Timestamp, minutes: u32) -> Timestamp {
    Timestamp(at.0 + i64::from(minutes) * 60_000_000)
}

/// An item without its statements.
fn item_view(item: &AgendaItem, begins: Option<Timestamp>, contents: &Contents, texts: &Texts) -> ItemView {
    let words = |text: &Option<crate::domain::PersonalText>| {
        text.as_ref().map(|text| text.text().to_owned()).unwrap_or_default()
    };
    let evidence = item.background.evidence.iter().map(|one| EvidenceView {
        title: one.title.text().to_owned(),
        by: words(&one.by),
        link: words(&one.link),
    });
    ItemView {
        number: item.number.0,
        time: begins.filter(|_| item.plan.minutes > 0).map(|at| texts.time(&at)),
        minutes: item.plan.minutes,
        goal: goal(item.plan.goal, texts),
        question: shown_question(item, contents),
        origin: item.origin.as_ref().map(|origin| origin.text().to_owned()),
        head: None,
        others: Vec::new(),
        evidence: evidence.collect(),
    }
}

impl BackedView {
    /// The same where others were counted with it.
    fn together(mut self, texts: &Texts) -> Self {
        self.why = format!("{} {}", self.why, texts.get("why-together"));
        self
    }

    fn new(told: &PublicBacked, contents: &Contents, texts: &Texts) -> Self {
        // What a moderator has not accepted, or took back later, is not repeated in public.
        let shown = contents.statement(told.number).filter(|statement| statement.is_shown);
        Self {
            row: row(told, shown, texts),
            why: why(told, texts),
            sure: sure(told.reason, texts).into_iter().chain(firm(told.firmness, texts)).collect(),
            has_page: shown.is_some(),
        }
    }
}

fn row(item: &PublicBacked, statement: Option<&BoardStatement>, texts: &Texts) -> Row {
    let groups = item.groups.iter();
    Row {
        number: item.number,
        text: statement.map_or_else(|| texts.get("no-longer-shown"), |statement| statement.text.to_string()),
        seed: statement.is_some_and(|statement| statement.seed),
        worded: statement.is_some_and(BoardStatement::is_worded),
        stands_for: Vec::new(),
        answer: Choice::Agree,
        overall: item.votes.map(Bar::from),
        groups: groups
            .map(|(label, cell)| GroupBar { label: label.clone(), bar: cell.map(Bar::from) })
            .collect(),
    }
}

fn why(item: &PublicBacked, texts: &Texts) -> String {
    // Of everybody: beside “a majority of every group” fewer than half would read like a mistake.
    let percent = item.votes.map(|votes| votes.percents()[0]).filter(|percent| *percent > 50);
    let share = |key: &str, plain: &str| match percent {
        Some(percent) => texts.msg(key).num("percent", percent).to_string(),
        None => texts.get(plain),
    };
    let unserved = |key: &str, unserved: Option<u32>, plain: &str| match unserved {
        Some(unserved) => texts.msg(key).num("unserved", unserved).to_string(),
        None => texts.get(plain),
    };
    match item.reason {
        PublicReason::Bridging(_) => share("why-bridging", "why-bridging-plain"),
        PublicReason::Agreed(_) => share("why-agreed", "why-agreed-plain"),
        PublicReason::Proportional(n) => unserved("why-proportional-unserved", n, "why-proportional"),
        PublicReason::Completion(n) => unserved("why-completion-unserved", n, "why-completion"),
        PublicReason::Alike => texts.get("why-alike"),
        PublicReason::ByHand => texts.get("why-by-hand"),
        PublicReason::Threshold(needed) => texts.msg("why-threshold").num("needed", needed).to_string(),
        PublicReason::Chosen => texts.get("why-chosen"),
        PublicReason::Later => texts.get("why-later"),
    }
}

fn sure(reason: PublicReason, texts: &Texts) -> Option<String> {
    let told =
        |key: &str, (percent, n): (u32, u32)| texts.msg(key).num("percent", percent).num("n", n).to_string();
    match reason {
        PublicReason::Bridging(numbers) => Some(told("why-sure", numbers)),
        PublicReason::Agreed(numbers) => Some(told("why-sure-one", numbers)),
        PublicReason::Proportional(_)
        | PublicReason::Completion(_)
        | PublicReason::Chosen
        | PublicReason::Alike
        | PublicReason::Threshold(_)
        | PublicReason::ByHand
        | PublicReason::Later => None,
    }
}

/// How firmly a statement stands on the agenda.
fn firm(firmness: Option<PublicFirmness>, texts: &Texts) -> Vec<String> {
    let Some(PublicFirmness { tenths, newcomers }) = firmness else { return Vec::new() };
    let again = texts.msg("why-firm").num("tenths", tenths).to_string();
    let newcomers = newcomers.map(|n| texts.msg("why-newcomers").num("n", n).to_string());
    std::iter::once(again).chain(newcomers).collect()
}
