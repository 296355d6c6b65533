//! Who somebody is in a frame of another site, where the browser keeps no cookie: a token in the form, good for one
//! conversation and one day. What it says of itself is part of it: whoever changes that is somebody else.

use crate::clock::random_token;
use crate::domain::{ConversationId, Timestamp, TokenHash};

const DAY_S: i64 = 24 * 3600;
const SECOND_US: i64 = 1_000_000;

/// A new token for this conversation.
pub fn new_day_token(conversation: ConversationId, now: Timestamp) -> String {
    format!("day-{conversation}-{}-{}", now.0.div_euclid(SECOND_US) + DAY_S, random_token())
}

/// Who holds a token; nobody where its day is over, or it is of another conversation.
pub fn read_day_token(text: &str, conversation: ConversationId, now: Timestamp) -> Option<TokenHash> {
    let rest = text.strip_prefix("day-")?.strip_prefix(&conversation.to_string())?.strip_prefix('-')?;
    let (until, secret) = rest.split_once('-')?;
    let until: i64 = until.parse().ok()?;
    let now = now.0.div_euclid(SECOND_US);
    let is_secret = secret.len() == 32 && secret.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    (is_secret && (now..=now + DAY_S).contains(&until)).then(|| TokenHash::of(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_conversation_and_a_day() {
        let [here, there] = [1, 2].map(ConversationId::from_stored);
        let at = |seconds: i64| Timestamp(seconds * SECOND_US);
        let token = new_day_token(here, at(1_000));
        let who = read_day_token(&token, here, at(1_000));
        assert!(who.is_some() && who == read_day_token(&token, here, at(1_000 + DAY_S)));
        assert_eq!(read_day_token(&token, here, at(1_001 + DAY_S)), None, "its day is over");
        assert_eq!(read_day_token(&token, there, at(1_000)), None);
        let longer = token.replacen(&(1_000 + DAY_S).to_string(), &(900 + DAY_S).to_string(), 1);
        assert_ne!(read_day_token(&longer, here, at(1_000)), who, "whoever changes it is somebody else");
        for bad in ["", "day-", &token[..token.len() - 1], &format!("{token}0"), "day-x-1-2"] {
            assert_eq!(read_day_token(bad, here, at(1_000)), None, "{bad}");
        }
    }
}
