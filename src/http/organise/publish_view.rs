//! What stands on the page of a conversation of what its organiser publishes.

use crate::conversation::{Conversation, ConversationState, ResultsRule};
use crate::domain::PersonalText;
use crate::texts::Texts;

/// The headline and the information as they can be changed, and what is out.
pub(super) struct PublishView {
    pub headline: String,
    pub information: String,
    pub snapshots: Vec<(u32, String)>,
    /// Whether results can be kept now.
    pub can_keep: bool,
    /// Whether everybody's votes can be released now.
    pub can_release: bool,
    /// The day on which they were.
    pub released: Option<String>,
}

impl PublishView {
    /// What there is now.
    pub fn of(conversation: &Conversation, texts: &Texts) -> Self {
        let published = &conversation.published;
        let text =
            |words: Option<&PersonalText>| words.map_or_else(String::new, |words| words.text().to_owned());
        let is_closed = conversation.state == ConversationState::Closed;
        Self {
            headline: text(published.headline.as_ref().map(|headline| &headline.text)),
            information: text(published.to_read().and_then(|information| information.text.as_ref())),
            snapshots: published.snapshots.iter().map(|s| (s.number, texts.day(&s.at))).collect(),
            can_keep: match conversation.state {
                ConversationState::Draft | ConversationState::Deleted => false,
                ConversationState::Open => conversation.settings.results != ResultsRule::AtClose,
                ConversationState::Closed => true,
            },
            can_release: is_closed && published.rows_promised && published.rows.is_none(),
            released: published.rows.as_ref().map(|rows| texts.day(&rows.at)),
        }
    }
}
