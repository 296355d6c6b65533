//! What the organiser asks people to read before they vote.

use crate::live::Board;
use crate::texts::Texts;

/// The latest version of it.
pub(super) struct InformationView {
    /// Its version; votes name it.
    pub version: u32,
    /// Its words.
    pub text: String,
    /// The day on which it was written.
    pub day: String,
}

impl InformationView {
    /// What there is to read; nothing where nothing was written.
    pub fn of(board: &Board, texts: &Texts) -> Option<Self> {
        let information = board.contents.conversation.published.to_read()?;
        let text = information.text.as_ref()?.text().to_owned();
        Some(Self { version: information.version, text, day: texts.day(&information.at) })
    }

    /// How many minutes it takes to read: at 200 words a minute, and at least one.
    pub fn minutes(&self) -> usize {
        self.text.split_whitespace().count().div_ceil(200).max(1)
    }
}
