//! How many people marked each statement as important.

use std::collections::BTreeMap;

use crate::conversation::{ConversationRecord, ConversationState};
use crate::domain::StatementNumber;

/// Of each statement that anybody marked: how many did, and how many voted on it.
#[derive(Default, Debug)]
pub(super) struct Marks(pub BTreeMap<StatementNumber, (u32, u32)>);

impl Marks {
    /// Those of a record that is closed: none is told before, and while people vote, every map would count them.
    pub fn of(record: &ConversationRecord) -> Self {
        let conversation = &record.conversation;
        if !conversation.settings.important || conversation.state != ConversationState::Closed {
            return Self::default();
        }
        let excluded = record.excluded();
        let counted = record.participants.iter().filter(|(number, _)| !excluded.contains(number));
        let mut marks = BTreeMap::new();
        for number in counted.filter_map(|(_, own)| own.particulars()).flat_map(|own| &own.important) {
            marks.entry(*number).or_insert((0, 0)).0 += 1;
        }
        let mut left_out: BTreeMap<StatementNumber, u32> = BTreeMap::new();
        let people = excluded.iter().filter_map(|person| record.participants.get(person));
        for vote in people.flat_map(|own| own.votes.iter()) {
            *left_out.entry(vote.statement).or_default() += 1;
        }
        marks.retain(|number, (_, voted)| {
            let all = record.statements.get(number).map_or(0, |statement| statement.tally.seen());
            *voted = all.saturating_sub(left_out.get(number).copied().unwrap_or(0));
            *voted > 0
        });
        Self(marks)
    }
}
