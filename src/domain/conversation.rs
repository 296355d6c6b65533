//! A conversation: its question, who asks, and the rules it is held under.

use serde::{Deserialize, Serialize};

use super::id::{ConversationId, Slug};
use super::personal_text::PersonalText;
use super::role::Role;
use super::statement::Moderation;

/// Whether votes and statements are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// Being prepared: seeds can be added, nobody votes.
    Draft,
    /// Votes and statements are taken.
    Open,
    /// Over: everything can be read, nothing added.
    Closed,
}

/// When a participant sees the results.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultsRule {
    /// At any time.
    Always,
    /// After this many own votes ([`Settings::after_n`]), so that results don't sway the first ones.
    AfterN,
    /// When the conversation is closed.
    AtClose,
}

/// What happens to a submitted statement before a moderator has read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModerationRule {
    /// It waits: only accepted statements are shown.
    Before,
    /// It is shown at once, and may be rejected later.
    After,
}

impl ModerationRule {
    /// Whether a statement in this state is shown to those who vote.
    pub fn shows(self, moderation: Moderation) -> bool {
        match moderation {
            Moderation::Accepted => true,
            Moderation::Pending => self == ModerationRule::After,
            Moderation::Rejected => false,
        }
    }
}

/// How soon a vote shows in the published counts and the live map.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveUpdates {
    /// At once when results are open to all and at least 50 people are placed; else batched.
    Auto,
    /// At once.
    Immediate,
    /// In batches of at least 5 seconds and 5 new votes, so that nobody can read single votes
    /// off the difference.
    Batched,
}

/// The rules of one conversation. All integers and words, so that they can go into the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// When participants see results.
    pub results: ResultsRule,
    /// Own votes before results are shown, under [`ResultsRule::AfterN`].
    pub after_n: u32,
    /// Whether statements wait for a moderator.
    pub moderation: ModerationRule,
    /// How soon votes show.
    pub live: LiveUpdates,
    /// The smallest group, and the smallest cell (group × statement), that is published.
    pub privacy_min: u32,
    /// Listed on the instance's first page.
    pub listed: bool,
}

/// The least publication minimum: it may be raised, never lowered.
pub const PRIVACY_MIN: u32 = 5;

impl Default for Settings {
    fn default() -> Self {
        Self {
            results: ResultsRule::AfterN,
            after_n: 7,
            moderation: ModerationRule::Before,
            live: LiveUpdates::Auto,
            privacy_min: PRIVACY_MIN,
            listed: true,
        }
    }
}

/// The words of a conversation, written by its organiser.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ConversationText {
    /// The question that people answer.
    pub question: PersonalText,
    /// What they should know before they answer.
    pub description: PersonalText,
    /// Who asks.
    pub organiser: PersonalText,
}

/// The longest question, in characters.
pub const MAX_QUESTION: usize = 300;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 10_000;
/// The longest name of an organiser, in characters.
pub const MAX_ORGANISER: usize = 120;

/// A conversation as the log makes it, without its statements and votes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Conversation {
    /// Its random id.
    pub id: ConversationId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its words.
    pub text: ConversationText,
    /// Its rules.
    pub settings: Settings,
    /// Whether it takes votes.
    pub state: ConversationState,
    /// The address an imported conversation came from, or nothing.
    pub source_url: String,
    /// People an imported conversation counted who neither voted nor wrote.
    pub onlookers: u32,
}

impl Settings {
    /// Whether somebody with this role and this many own votes may see the results now.
    pub fn shows_results(&self, state: ConversationState, role: Role, own_votes: u32) -> bool {
        if role.may_see_moderation() {
            return true;
        }
        match (self.results, state) {
            (ResultsRule::Always, _) | (_, ConversationState::Closed) => true,
            (ResultsRule::AfterN, _) => own_votes >= self.after_n,
            (ResultsRule::AtClose, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_shown_by_the_rule_and_to_everybody_at_the_end() {
        let shows = |results, state, votes| {
            Settings { results, ..Settings::default() }.shows_results(state, Role::Participant, votes)
        };
        use {ConversationState as S, ResultsRule as R};
        assert!(shows(R::Always, S::Open, 0));
        assert!(!shows(R::AfterN, S::Open, 6) && shows(R::AfterN, S::Open, 7));
        assert!(!shows(R::AtClose, S::Open, 999));
        assert!(shows(R::AtClose, S::Closed, 0) && shows(R::AfterN, S::Closed, 0));
        assert!(Settings::default().shows_results(S::Draft, Role::Overseer, 0));
    }
}
