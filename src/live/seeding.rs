//! First statements from an organiser, one or many. PURE.
//!
//! Many are looked at before they are added, and are added all or none: what is there already is passed
//! over, and anything else that can't be taken stops all of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::domain::{
    ConversationState, EventBody, Moderation, PersonalText, Rejection, Source, StatementNumber, twin_key,
};

use super::room_state::{By, RoomState};

/// What would become of one of many statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedVerdict {
    /// It would be added, in these words.
    New(String),
    /// A statement that says the same is there already.
    Here(StatementNumber),
    /// Another one of the same list says the same: its place in the list.
    Repeats(usize),
    /// It can't be taken.
    Bad(Rejection),
}

/// Many statements that were decided: the events, and how many were there already.
pub(super) type Decided = Result<(Vec<EventBody>, u32), Rejection>;

impl RoomState {
    /// An organiser's statement, accepted at once.
    pub fn decide_seed(&self, text: &str, meta: bool, salt: [u8; 16]) -> Result<Vec<EventBody>, Rejection> {
        self.check_seedable()?;
        let text = self.check_new_statement(text, || self.room_for(By::Organiser))?;
        Ok(seed(self.record.next_statement(), text, meta, salt).to_vec())
    }

    /// What would become of each of these statements, in their order.
    pub fn judge_seeds(&self, texts: &[String]) -> Vec<SeedVerdict> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut left = self.room_for(By::Organiser);
        let seedable = self.check_seedable();
        let judge = |(place, text): (usize, &String)| match seedable
            .clone()
            .and_then(|()| self.check_new_statement(text, || left))
        {
            Ok(text) => match seen.entry(twin_key(&text)) {
                Entry::Occupied(first) => SeedVerdict::Repeats(*first.get()),
                Entry::Vacant(first) => {
                    first.insert(place);
                    left -= 1;
                    SeedVerdict::New(text)
                }
            },
            Err(Rejection::StatementExists(number)) => SeedVerdict::Here(number),
            Err(rejection) => SeedVerdict::Bad(rejection),
        };
        texts.iter().enumerate().map(judge).collect()
    }

    /// All of them that are new, or none.
    pub fn decide_seeds(&self, texts: &[String], mut salt: impl FnMut() -> [u8; 16]) -> Decided {
        let (mut bodies, mut here) = (Vec::new(), 0);
        let mut next = self.record.next_statement();
        for verdict in self.judge_seeds(texts) {
            match verdict {
                SeedVerdict::New(text) => {
                    bodies.extend(seed(next, text, false, salt()));
                    next = StatementNumber(next.0 + 1);
                }
                SeedVerdict::Here(_) | SeedVerdict::Repeats(_) => here += 1,
                SeedVerdict::Bad(rejection) => return Err(rejection),
            }
        }
        Ok((bodies, here))
    }

    fn check_seedable(&self) -> Result<(), Rejection> {
        match self.record.conversation.state {
            ConversationState::Closed => Err(Rejection::NotOpen),
            ConversationState::Draft | ConversationState::Open => Ok(()),
        }
    }
}

fn seed(statement: StatementNumber, text: String, meta: bool, salt: [u8; 16]) -> [EventBody; 2] {
    let text = PersonalText::new(text, salt);
    let (author, source) = (None, Source::Live);
    [
        EventBody::StatementSubmitted { statement, author, seed: true, meta, text, source, op: None },
        EventBody::StatementModerated { statement, to: Moderation::Accepted, reason: None },
    ]
}
