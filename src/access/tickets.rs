//! One-time tickets: a program without a cookie shows one in its first frame.

use std::collections::{HashMap, VecDeque};
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

/// Tickets that one participant may have out: one more and their oldest is void.
const MAX_PER_IDENTITY: usize = 8;

/// Tickets that are out; cheap to clone.
#[derive(Clone, Default)]
pub struct Tickets(Arc<Mutex<IssuedTickets>>);

#[derive(Default)]
struct IssuedTickets {
    by_secret: HashMap<TokenHash, (Ticket, Timestamp)>,
    by_identity: HashMap<TokenHash, VecDeque<TokenHash>>,
    swept_at: Timestamp,
}

impl Tickets {
    /// Makes a ticket; `None` when too many are out.
    pub fn issue(&self, ticket: Ticket, now: Timestamp) -> Option<String> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.sweep(now);
        if out.by_secret.len() >= MAX_TICKETS {
            return None;
        }
        let secret = random_token();
        let key = TokenHash::of(&secret);
        let own = out.by_identity.entry(ticket.identity).or_default();
        own.push_back(key);
        let oldest = if own.len() > MAX_PER_IDENTITY { own.pop_front() } else { None };
        if let Some(oldest) = oldest {
            out.by_secret.remove(&oldest);
        }
        out.by_secret.insert(key, (ticket, Timestamp(now.0 + LIFE_US)));
        Some(secret)
    }

    /// Takes a ticket for a conversation. It is used up, whether it was good or not.
    pub fn take(&self, secret: &str, slug: &Slug, now: Timestamp) -> Option<Ticket> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = TokenHash::of(secret);
        let (ticket, expires) = out.by_secret.remove(&key)?;
        if let Some(own) = out.by_identity.get_mut(&ticket.identity) {
            own.retain(|other| *other != key);
            if own.is_empty() {
                out.by_identity.remove(&ticket.identity);
            }
        }
        (expires > now && ticket.slug == *slug).then_some(ticket)
    }
}

impl IssuedTickets {
    /// Forgets what has expired, at most once in a ticket's life: a sweep costs what is out.
    fn sweep(&mut self, now: Timestamp) {
        if now.0 - self.swept_at.0 < LIFE_US {
            return;
        }
        self.swept_at = now;
        self.by_secret.retain(|_, (_, expires)| *expires > now);
        let by_secret = &self.by_secret;
        self.by_identity.retain(|_, own| {
            own.retain(|key| by_secret.contains_key(key));
            !own.is_empty()
        });
    }
}

#[cfg(test)]
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

    #[test]
    fn one_participant_can_not_take_all_tickets() {
        let slug = Slug::parse("a").unwrap();
        let ticket = Ticket { slug: slug.clone(), identity: TokenHash::of("t"), exempt: false };
        let tickets = Tickets::default();
        let secrets: Vec<String> =
            (0..MAX_TICKETS + 10).map(|_| tickets.issue(ticket.clone(), Timestamp(0)).unwrap()).collect();
        let good = secrets.iter().filter(|secret| tickets.take(secret, &slug, Timestamp(1)).is_some());
        assert_eq!(good.count(), MAX_PER_IDENTITY);
    }
}
