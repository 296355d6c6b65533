//! One-time tickets: a program without a cookie shows one in its first frame.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::random_token;
use crate::domain::{Slug, Timestamp, TokenHash};

/// A ticket's life, in microseconds: 60 seconds.
const LIFE_US: i64 = 60_000_000;
/// Tickets that may be out at once (I9).
const MAX_TICKETS: usize = 100_000;

/// What a ticket stands for.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The conversation.
    pub slug: Slug,
    /// The participant's token there.
    pub identity: TokenHash,
    /// Given to the holder of the operator's key: no rate limits.
    pub exempt: bool,
}

/// Tickets that are out; cheap to clone.
#[derive(Clone, Default)]
pub struct Tickets(Arc<Mutex<HashMap<TokenHash, (Ticket, Timestamp)>>>);

impl Tickets {
    /// Makes a ticket; `None` when too many are out.
    pub fn issue(&self, ticket: Ticket, now: Timestamp) -> Option<String> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if out.len() >= MAX_TICKETS {
            out.retain(|_, (_, expires)| *expires > now);
        }
        if out.len() >= MAX_TICKETS {
            return None;
        }
        let secret = random_token();
        out.insert(TokenHash::of(&secret), (ticket, Timestamp(now.0 + LIFE_US)));
        Some(secret)
    }

    /// Takes a ticket for a conversation. It is used up, whether it was good or not.
    pub fn take(&self, secret: &str, slug: &Slug, now: Timestamp) -> Option<Ticket> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (ticket, expires) = out.remove(&TokenHash::of(secret))?;
        (expires > now && ticket.slug == *slug).then_some(ticket)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_works_once_in_its_conversation_within_its_life() {
        let slug = Slug::parse("a").unwrap();
        let ticket = Ticket { slug: slug.clone(), identity: TokenHash::of("t"), exempt: false };
        let tickets = Tickets::default();
        let now = Timestamp(0);
        let issue = || tickets.issue(ticket.clone(), now).unwrap();
        let secret = issue();
        assert!(tickets.take(&secret, &slug, now).is_some());
        assert!(tickets.take(&secret, &slug, now).is_none(), "used up");
        assert!(tickets.take(&issue(), &Slug::parse("b").unwrap(), now).is_none(), "another's");
        assert!(tickets.take(&issue(), &slug, Timestamp(LIFE_US)).is_none(), "too late");
    }
}
