//! Rates that sockets and forms share: those of a participant, and those of a network.
//!
//! A participant's comes first and is what a person needs. A network's is only a ceiling: a school
//! behind one address votes, a flood from one address is held back.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::clock::Clock;
use crate::domain::TokenHash;
use crate::texts::Texts;

use super::buckets::{Buckets, give_back, take_one};
use super::network::Network;
use super::rate_limit::Rate;

/// The shared rates.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Messages and forms of one participant, over all their sockets.
    pub participant: Rate,
    /// Messages and forms from one network.
    pub network: Rate,
    /// New participants from one network.
    pub newcomers: Rate,
    /// Statements of one participant. Each takes a moderator's time, and a place that all share.
    pub submissions: Rate,
    /// Statements from one network.
    pub network_submissions: Rate,
    /// Sockets from one network at once.
    pub sockets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            participant: Rate { burst: 60.0, per_second: 20.0 },
            network: Rate { burst: 20_000.0, per_second: 1_000.0 },
            newcomers: Rate { burst: 2_000.0, per_second: 50.0 },
            // Ten in an hour, and five at once; a hall full of people behind one address writes too.
            submissions: Rate { burst: 5.0, per_second: 10.0 / 3600.0 },
            network_submissions: Rate { burst: 500.0, per_second: 72.0 / 3600.0 },
            sockets: 10_000,
        }
    }
}

/// What is left of the shared rates; cheap to clone.
#[derive(Clone)]
pub struct Limiter(Arc<LimiterState>);

struct LimiterState {
    limits: Limits,
    clock: Clock,
    began: Instant,
    participants: Buckets<TokenHash>,
    networks: Buckets<Network>,
    newcomers: Buckets<Network>,
    submissions: Buckets<TokenHash>,
    network_submissions: Buckets<Network>,
    sockets: Mutex<HashMap<Network, usize>>,
}

/// A socket's permit among those of its network.
pub struct SocketPermit {
    limiter: Limiter,
    network: Network,
}

impl Limiter {
    /// Full buckets for everybody.
    pub fn new(limits: Limits, clock: Clock) -> Self {
        Self(Arc::new(LimiterState {
            limits,
            began: clock.instant(),
            clock,
            participants: Mutex::default(),
            networks: Mutex::default(),
            newcomers: Mutex::default(),
            submissions: Mutex::default(),
            network_submissions: Mutex::default(),
            sockets: Mutex::default(),
        }))
    }

    /// Takes one message or form, or says how long to wait.
    pub fn take(&self, participant: Option<TokenHash>, network: Network) -> Result<(), Duration> {
        let LimiterState { limits, participants, networks, .. } = &*self.0;
        self.take_both((networks, network, limits.network), (participants, participant, limits.participant))
    }

    /// Takes one statement, or says how long to wait.
    pub fn take_submission(&self, participant: Option<TokenHash>, network: Network) -> Result<(), Duration> {
        let LimiterState { limits, submissions, network_submissions, .. } = &*self.0;
        self.take_both(
            (network_submissions, network, limits.network_submissions),
            (submissions, participant, limits.submissions),
        )
    }

    /// Gives back what was taken for a statement that was not taken.
    pub fn give_back_submission(&self, participant: Option<TokenHash>, network: Network) {
        let LimiterState { limits, submissions, network_submissions, .. } = &*self.0;
        give_back(network_submissions, &network, limits.network_submissions);
        if let Some(participant) = participant {
            give_back(submissions, &participant, limits.submissions);
        }
    }

    /// Takes one of a network's and one of a participant's, or none.
    fn take_both(
        &self,
        (networks, network, of_network): (&Buckets<Network>, Network, Rate),
        (participants, participant, of_participant): (&Buckets<TokenHash>, Option<TokenHash>, Rate),
    ) -> Result<(), Duration> {
        // The network's first: what it refuses leaves no trace of the participants it names.
        self.take_from(networks, network, of_network)?;
        let Some(participant) = participant else { return Ok(()) };
        let taken = self.take_from(participants, participant, of_participant);
        if taken.is_err() {
            give_back(networks, &network, of_network);
        }
        taken
    }

    /// Takes one newcomer from the network's bucket, or says how long to wait.
    pub fn take_newcomer(&self, network: Network) -> Result<(), Duration> {
        self.take_from(&self.0.newcomers, network, self.0.limits.newcomers)
    }

    /// A permit for one more socket; `None` when its network has too many.
    pub fn open_socket(&self, network: Network) -> Option<SocketPermit> {
        let mut sockets = self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        let open = sockets.entry(network).or_default();
        if *open >= self.0.limits.sockets {
            return None;
        }
        *open += 1;
        Some(SocketPermit { limiter: self.clone(), network })
    }

    fn take_from<K: Hash + Eq>(&self, buckets: &Buckets<K>, key: K, rate: Rate) -> Result<(), Duration> {
        take_one(buckets, key, rate, self.0.clock.since(self.0.began))
    }
}

/// What to tell somebody who submits faster than statements can be read.
pub fn too_many_statements(wait: Duration, texts: &Texts) -> String {
    texts.msg("error-too-many-at-once").num("minutes", wait.as_secs().div_ceil(60).max(1)).to_string()
}

impl Drop for SocketPermit {
    fn drop(&mut self) {
        let mut sockets = self.limiter.0.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = sockets.get_mut(&self.network) {
            *open -= 1;
            if *open == 0 {
                sockets.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::super::buckets::{MOST_BUCKETS, WHILE_FULL};
    use super::*;

    fn limiter() -> Limiter {
        limiter_by(Clock::system())
    }

    fn limiter_by(clock: Clock) -> Limiter {
        let limits = Limits {
            participant: Rate { burst: 5.0, per_second: 1e-6 },
            network: Rate { burst: 50.0, per_second: 1e-6 },
            newcomers: Rate { burst: 3.0, per_second: 1e-6 },
            submissions: Rate { burst: 2.0, per_second: 0.5 },
            network_submissions: Rate { burst: 3.0, per_second: 0.5 },
            sockets: 2,
        };
        Limiter::new(limits, clock)
    }

    fn network(last: u8) -> Network {
        Network::of(std::net::IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn a_participant_has_one_rate_over_all_sockets_and_a_network_a_ceiling() {
        let limiter = limiter();
        let person = |n: usize| Some(TokenHash::of(&format!("person {n}")));
        let taken = (0..9).filter(|_| limiter.take(person(0), network(1)).is_ok()).count();
        assert_eq!(taken, 5);
        let others = (1..99).filter(|n| limiter.take(person(*n), network(1)).is_ok()).count();
        assert_eq!(others, 45, "the rest of what the network has");
        assert!(limiter.take(person(200), network(2)).is_ok(), "another network has its own");
    }

    #[test]
    fn statements_have_rates_of_their_own() {
        let limiter = limiter();
        let taken =
            |who: usize, network| limiter.take_submission(Some(TokenHash::of(&who.to_string())), network);
        assert!((0..2).all(|_| taken(1, network(1)).is_ok()));
        assert!(taken(1, network(1)).is_err_and(|wait| wait > Duration::from_secs(1)), "one participant");
        assert!(taken(2, network(1)).is_ok(), "what they were refused is their network's again");
        assert!(taken(3, network(1)).is_err(), "one network");
        assert!(taken(3, network(2)).is_ok());
        assert!(limiter.take(Some(TokenHash::of("1")), network(1)).is_ok(), "votes are not held back");
    }

    #[test]
    fn time_alone_gives_back_and_no_more_than_its_rate() {
        let (began, passed) = (Clock::system().instant(), Arc::new(AtomicU64::new(0)));
        let held = Arc::clone(&passed);
        let now = move || began + Duration::from_millis(held.load(Ordering::Relaxed));
        let limiter = limiter_by(Clock::system().passing(now));
        let taken = || limiter.take_submission(Some(TokenHash::of("somebody")), network(1)).is_ok();
        assert_eq!((0..9).filter(|_| taken()).count(), 2);
        passed.store(1_999, Ordering::Relaxed);
        assert!(!taken(), "half a statement a second: none in less than two");
        passed.store(2_000, Ordering::Relaxed);
        assert!(taken() && !taken());
    }

    #[test]
    fn newcomers_and_sockets_have_ceilings_and_places_come_back() {
        let limiter = limiter();
        assert_eq!((0..9).filter(|_| limiter.take_newcomer(network(1)).is_ok()).count(), 3);
        let first = limiter.open_socket(network(1)).unwrap();
        let _second = limiter.open_socket(network(1)).unwrap();
        assert!(limiter.open_socket(network(1)).is_none() && limiter.open_socket(network(2)).is_some());
        drop(first);
        assert!(limiter.open_socket(network(1)).is_some());
    }

    #[test]
    fn a_school_behind_one_address_can_vote() {
        let limiter = Limiter::new(Limits::default(), Clock::system());
        for pupil in 0..1_000 {
            let pupil = TokenHash::of(&format!("pupil {pupil}"));
            assert!(limiter.take_newcomer(network(1)).is_ok());
            assert!((0..15).all(|_| limiter.take(Some(pupil), network(1)).is_ok()));
        }
    }

    #[test]
    fn what_is_remembered_has_a_bound() {
        let limiter = limiter();
        let participants = &limiter.0.participants;
        let rate = limiter.0.limits.participant;
        let person = |n: usize| TokenHash::of(&n.to_string());
        let all = (0..MOST_BUCKETS).all(|n| limiter.take_from(participants, person(n), rate).is_ok());
        assert!(all, "as many as are remembered");
        assert_eq!(limiter.take_from(participants, person(MOST_BUCKETS), rate), Err(WHILE_FULL));
        assert!(limiter.take_from(participants, person(0), rate).is_ok(), "who is known goes on");
        assert_eq!(participants.lock().unwrap().len(), MOST_BUCKETS);
    }
}
