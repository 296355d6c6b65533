//! Who gets one mail when there is something new in a conversation.

use crate::domain::{ConversationId, EmailAddress, Timestamp, TokenHash};

/// An address that was not confirmed is forgotten after this long.
pub const CONFIRM_WITHIN_US: i64 = 48 * 3600 * 1_000_000;

/// An address is forgotten after this long, whatever it waited for.
pub const WAIT_AT_MOST_US: i64 = 366 * 24 * 3600 * 1_000_000;

/// What somebody waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FollowTopic {
    /// The results, at the end.
    Results,
    /// What becomes of them: an agenda, or an answer of the organiser.
    Answers,
    /// A moderator's decision on a statement of theirs.
    Decision,
}

impl FollowTopic {
    /// All of them.
    pub const ALL: [FollowTopic; 3] = [FollowTopic::Results, FollowTopic::Answers, FollowTopic::Decision];

    /// Its word in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            FollowTopic::Results => "results",
            FollowTopic::Answers => "answers",
            FollowTopic::Decision => "decision",
        }
    }

    /// The topic with this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == word)
    }
}

/// Somebody who waits for a mail. `Debug` shows neither address nor statement.
#[derive(Clone, PartialEq, Eq)]
pub struct Follower {
    /// The hash of what stands in the links of the mails.
    pub key: TokenHash,
    /// The conversation.
    pub conversation: ConversationId,
    /// What they wait for.
    pub topic: FollowTopic,
    /// The commitment of the words of a statement, where a decision on it is waited for; nothing else.
    pub words: String,
    /// Where the mail goes.
    pub address: EmailAddress,
    /// The tag of its language.
    pub language: String,
    /// When they asked for it.
    pub created_at: Timestamp,
    /// When they confirmed that the address is theirs.
    pub confirmed_at: Option<Timestamp>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Follower({} of {})", self.topic.as_str(), self.conversation)
    }
}
