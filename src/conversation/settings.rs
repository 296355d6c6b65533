//! The rules that a conversation is held under.

use serde::{Deserialize, Serialize};

use super::provenance::{is_false, is_zero};
use crate::domain::{ModerationRule, Rights, Timestamp};

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
    /// Deleted: nothing is left of it but its log, without words.
    Deleted,
}

impl ConversationState {
    /// The state's word in the list of conversations.
    pub fn as_str(self) -> &'static str {
        match self {
            ConversationState::Draft => "draft",
            ConversationState::Open => "open",
            ConversationState::Closed => "closed",
            ConversationState::Deleted => "deleted",
        }
    }
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
    /// How long a statement may be.
    #[serde(default = "usual_characters", skip_serializing_if = "is_usual")]
    pub max_characters: u32,
    /// Whether people can mark what is important to them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub important: bool,
    /// Whether people with the same votes count less when the map is made (OPINION, “Copies”).
    #[serde(default, skip_serializing_if = "is_false")]
    pub weigh_copies: bool,
    /// Moderators get a mail when at least so many come within an hour; 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub alarm_newcomers: u32,
    /// Moderators get a mail when at least so many people have the same votes; 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub alarm_copies: u32,
}

/// How long a statement may be in a conversation that says nothing of it.
pub const STATEMENT_CHARACTERS: u32 = 280;
/// The longest that a conversation may allow, and the shortest that it may ask for.
pub const MAX_STATEMENT_CHARACTERS: u32 = 400;
const MIN_STATEMENT_CHARACTERS: u32 = 80;

fn usual_characters() -> u32 {
    STATEMENT_CHARACTERS
}

fn is_usual(characters: &u32) -> bool {
    *characters == STATEMENT_CHARACTERS
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
            max_characters: STATEMENT_CHARACTERS,
            important: false,
            weigh_copies: false,
            alarm_newcomers: 0,
            alarm_copies: 0,
        }
    }
}

/// When a conversation is meant to open and to close. What happens is in the log's events.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// It is meant to open then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// It is meant to close then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
    /// The links to everybody who took part, and words that were never shown, are destroyed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgets_at: Option<Timestamp>,
}

impl Schedule {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A threshold of counts that are told in steps of five: 0 for none, and no lower than the least that is told.
fn threshold(count: u32, least: u32) -> u32 {
    if count == 0 { 0 } else { count.min(100_000).next_multiple_of(5).max(least) }
}

impl Settings {
    /// Settings that may be used: the publication minimum is never lowered.
    pub(super) fn checked(self) -> Self {
        Self {
            privacy_min: self.privacy_min.clamp(PRIVACY_MIN, 1000),
            after_n: self.after_n.min(1000),
            max_characters: self.max_characters.clamp(MIN_STATEMENT_CHARACTERS, MAX_STATEMENT_CHARACTERS),
            alarm_newcomers: threshold(self.alarm_newcomers, 5),
            alarm_copies: threshold(self.alarm_copies, 15),
            ..self
        }
    }
}

impl Settings {
    /// Whether somebody with these rights and this many own votes may see the results now.
    pub fn shows_results(&self, state: ConversationState, rights: Rights, own_votes: u32) -> bool {
        if rights.may_see_moderation() {
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
    use crate::domain::Role;

    #[test]
    fn results_are_shown_by_the_rule_and_to_everybody_at_the_end() {
        let shows = |results, state, votes| {
            Settings { results, ..Settings::default() }.shows_results(state, Rights::NONE, votes)
        };
        use {ConversationState as S, ResultsRule as R};
        assert!(shows(R::Always, S::Open, 0));
        assert!(!shows(R::AfterN, S::Open, 6) && shows(R::AfterN, S::Open, 7));
        assert!(!shows(R::AtClose, S::Open, 999));
        assert!(shows(R::AtClose, S::Closed, 0) && shows(R::AfterN, S::Closed, 0));
        assert!(Settings::default().shows_results(S::Draft, Role::Overseer.into(), 0));
    }
}
