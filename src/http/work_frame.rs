//! What every page of staff has around it: where one is, which pages there are beside it, and who is signed in.

use super::assets;
use crate::access::{rights_anywhere, rights_on_instance};
use crate::conversation::ConversationState;
use crate::domain::Rights;
use crate::edge::{Access, SignedIn, Visitor};
use crate::live::{Board, RoomResult};

/// The frame of a page of staff.
pub(super) struct WorkFrame {
    /// The style sheet that all pages have, and the one of these.
    pub style: String,
    pub work_style: String,
    /// Who is signed in.
    pub who: String,
    /// What they may do somewhere, and to the instance.
    pub anywhere: Rights,
    pub instance: Rights,
    /// The conversation that it is about.
    pub conversation: Option<FrameConversation>,
    /// The name of this page among the tabs.
    here: &'static str,
}

/// The conversation that a page of staff is about.
pub(super) struct FrameConversation {
    pub slug: String,
    pub question: String,
    pub state: ConversationState,
    /// What the visitor may do in it.
    pub rights: Rights,
    pub people: u32,
    pub votes: u64,
    pub shown: usize,
}

/// A page beside this one.
pub(super) struct Tab {
    pub href: String,
    /// The message that names it.
    pub name: &'static str,
    pub is_here: bool,
}

impl WorkFrame {
    /// Around a page that is about no single conversation.
    pub fn of(person: &SignedIn, here: &'static str) -> Self {
        Self::of_visitor(&person.visitor, here)
    }

    fn of_visitor(visitor: &Visitor, here: &'static str) -> Self {
        Self {
            style: assets::url("boule.css"),
            work_style: assets::url("work.css"),
            who: visitor.signed_in().map(|staff| staff.session.name.clone()).unwrap_or_default(),
            anywhere: rights_anywhere(visitor.grants()),
            instance: rights_on_instance(visitor.grants()),
            conversation: None,
            here,
        }
    }

    /// Around a page about one conversation.
    pub async fn around<C>(access: &Access<C>, here: &'static str) -> RoomResult<Self> {
        Ok(Self::with(access, &*access.room.board().await?, here))
    }

    /// The same, from a board that is there already.
    pub fn with<C>(access: &Access<C>, board: &Board, here: &'static str) -> Self {
        let counts = board.published.counts;
        let conversation = FrameConversation {
            slug: access.slug.to_string(),
            question: board.contents.conversation.text.question.text().to_owned(),
            state: board.contents.conversation.state,
            rights: access.rights,
            people: counts.participants,
            votes: counts.votes,
            shown: board.contents.shown().count(),
        };
        Self { conversation: Some(conversation), ..Self::of_visitor(&access.visitor, here) }
    }

    /// The pages beside this one that its visitor may see.
    pub fn tabs(&self) -> Vec<Tab> {
        let all: Vec<(String, &'static str, bool)> = match &self.conversation {
            Some(FrameConversation { slug, rights, .. }) => {
                let (queue, desk) = (rights.may_see_moderation(), rights.may_see_organising());
                vec![
                    (format!("/o/{slug}/prepare"), "tab-prepare", desk),
                    (format!("/o/{slug}"), "tab-run", desk),
                    (format!("/m/{slug}"), "tab-moderate", queue),
                    (format!("/c/{slug}/results"), "tab-results", true),
                    (format!("/o/{slug}/agenda"), "tab-agenda", desk),
                    (format!("/o/{slug}/people"), "tab-people", desk),
                    (format!("/o/{slug}/log"), "tab-log", desk),
                ]
            }
            None => vec![
                ("/o".to_owned(), "tab-conversations", self.anywhere.may_see_organising()),
                ("/m".to_owned(), "tab-moderate", self.anywhere.may_see_moderation()),
                ("/people".to_owned(), "tab-people", self.instance.may_oversee()),
                ("/log".to_owned(), "tab-log", self.instance.may_oversee()),
                ("/pages".to_owned(), "tab-pages", self.instance.may_oversee()),
                ("/account".to_owned(), "tab-account", true),
            ],
        };
        let seen = all.into_iter().filter(|(_, _, may_see)| *may_see);
        seen.map(|(href, name, _)| Tab { href, name, is_here: name == self.here }).collect()
    }
}
