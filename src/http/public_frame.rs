//! The head of every public page of a conversation: what is asked, by whom, until when, how many took part, and
//! where one can go.

use super::work_frame::Tab;
use crate::conversation::ConversationState;
use crate::live::Board;
use crate::texts::Texts;

/// What stands above a page.
pub(super) struct PublicFrame {
    pub slug: String,
    pub question: String,
    organiser: String,
    state: ConversationState,
    /// When it closes, where that is said.
    closes: Option<String>,
    people: u32,
    here: Option<PublicTab>,
    /// Whether the question is the page's own heading.
    leads: bool,
}

/// Where one can go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PublicTab {
    Vote,
    Results,
    Agenda,
    Mine,
}

/// Who asks; a word for them where they have given no name.
pub(super) fn organiser_or(name: &str, texts: &Texts) -> String {
    if name.is_empty() { texts.get("the-organiser") } else { name.to_owned() }
}

impl PublicFrame {
    /// The head of a conversation's page, which is behind one of the tabs or behind none.
    pub fn of(slug: &str, board: &Board, here: Option<PublicTab>, texts: &Texts) -> Self {
        let conversation = &board.contents.conversation;
        Self {
            slug: slug.to_owned(),
            question: conversation.text.question.text().to_owned(),
            organiser: conversation.text.organiser.text().to_owned(),
            state: conversation.state,
            closes: conversation.schedule.closes_at.map(|at| texts.moment(&at)),
            people: board.published.counts.participants,
            here,
            leads: here == Some(PublicTab::Vote),
        }
    }

    /// The head of a page behind the tab, which has a heading of its own.
    pub fn within(self) -> Self {
        Self { leads: false, ..self }
    }

    /// Whether people can vote.
    pub fn is_open(&self) -> bool {
        self.state == ConversationState::Open
    }

    /// Until when people can vote, where they can and that is said.
    pub fn open_until(&self) -> Option<&str> {
        self.closes.as_deref().filter(|_| self.is_open())
    }

    /// Whether the question is the page's own heading.
    pub fn leads(&self) -> bool {
        self.leads
    }

    /// Who asks; a word for them where they have given no name.
    pub fn organiser_or(&self, texts: &Texts) -> String {
        organiser_or(&self.organiser, texts)
    }

    /// Who asks, until when, how many took part: each where there is something to say.
    pub fn asks(&self, texts: &Texts) -> Vec<String> {
        let mut asks = Vec::new();
        if !self.organiser.is_empty() {
            asks.push(texts.msg("asked-by").text("organiser", &self.organiser).to_string());
        }
        asks.push(match (self.state, &self.closes) {
            (ConversationState::Open, Some(closes)) => {
                texts.msg("frame-open-until").text("when", closes).to_string()
            }
            (ConversationState::Open, None) => texts.get("state-open"),
            (ConversationState::Draft, _) => texts.get("state-draft"),
            (ConversationState::Closed | ConversationState::Deleted, _) => texts.get("state-closed"),
        });
        if self.people > 0 {
            asks.push(texts.msg("frame-took-part").num("n", self.people).to_string());
        }
        asks
    }

    /// The tabs, the same on every page.
    pub fn tabs(&self) -> Vec<Tab> {
        let slug = &self.slug;
        let tab = |tab, path: &str, name| Tab {
            href: format!("/c/{slug}{path}"),
            name,
            is_here: self.here == Some(tab),
        };
        vec![
            tab(PublicTab::Vote, "", "tab-vote"),
            tab(PublicTab::Results, "/results", "nav-results"),
            tab(PublicTab::Agenda, "/agenda", "nav-agenda"),
            tab(PublicTab::Mine, "/mine", "nav-mine"),
        ]
    }
}
