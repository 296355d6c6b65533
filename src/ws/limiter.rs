//! Rates that sockets and forms share: those of a participant, and those of a network.
//!
//! A participant's comes first and is what a person needs. A network's is only a ceiling: a school
//! behind one address votes, a flood from one address is held back.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::TokenHash;

use super::network::Network;
use super::rate_limit::{Bucket, Rate};

/// Buckets that are remembered of each kind (I9). A full one says nothing and is forgotten first.
const MOST_BUCKETS: usize = 100_000;

/// The shared rates.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Messages and forms of one participant, over all their sockets.
    pub participant: Rate,
    /// Messages and forms from one network.
    pub network: Rate,
    /// New participants from one network.
    pub newcomers: Rate,
    /// Sockets from one network at once.
    pub sockets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            participant: Rate { burst: 60.0, per_second: 20.0 },
            network: Rate { burst: 20_000.0, per_second: 1_000.0 },
            newcomers: Rate { burst: 2_000.0, per_second: 50.0 },
            sockets: 10_000,
        }
    }
}

/// Buckets by who they are of.
type Buckets<K> = Mutex<HashMap<K, Bucket>>;

/// What is left of the shared rates; cheap to clone.
#[derive(Clone)]
pub struct Limiter(Arc<Shared>);

struct Shared {
    limits: Limits,
    began: Instant,
    participants: Buckets<TokenHash>,
    networks: Buckets<Network>,
    newcomers: Buckets<Network>,
    sockets: Mutex<HashMap<Network, usize>>,
}

/// A socket's place among those of its network.
pub struct NetworkPlace {
    limiter: Limiter,
    network: Network,
}

impl Limiter {
    /// Full buckets for everybody.
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(Shared {
            limits,
            began: Instant::now(),
            participants: Mutex::default(),
            networks: Mutex::default(),
            newcomers: Mutex::default(),
            sockets: Mutex::default(),
        }))
    }

    /// Takes one message or form, or says how long to wait.
    pub fn take(&self, participant: Option<TokenHash>, network: Network) -> Result<(), Duration> {
        let Shared { limits, participants, networks, .. } = &*self.0;
        if let Some(participant) = participant {
            self.take_from(participants, participant, limits.participant)?;
        }
        self.take_from(networks, network, limits.network)
    }

    /// Takes one place for a newcomer, or says how long to wait.
    pub fn take_newcomer(&self, network: Network) -> Result<(), Duration> {
        self.take_from(&self.0.newcomers, network, self.0.limits.newcomers)
    }

    /// A place for one more socket; `None` when its network has too many.
    pub fn open_socket(&self, network: Network) -> Option<NetworkPlace> {
        let mut sockets = self.0.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        let open = sockets.entry(network).or_default();
        if *open >= self.0.limits.sockets {
            return None;
        }
        *open += 1;
        Some(NetworkPlace { limiter: self.clone(), network })
    }

    fn take_from<K: Hash + Eq>(&self, buckets: &Buckets<K>, key: K, rate: Rate) -> Result<(), Duration> {
        let now = self.0.began.elapsed();
        let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS && !buckets.contains_key(&key) {
            buckets.retain(|_, bucket| !bucket.is_full(rate, now));
            if buckets.len() >= MOST_BUCKETS {
                // More are active than are remembered: the rates of all together still hold.
                buckets.clear();
            }
        }
        buckets.entry(key).or_insert_with(|| Bucket::full(rate)).take(rate, now)
    }
}

impl Drop for NetworkPlace {
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn limiter() -> Limiter {
        let limits = Limits {
            participant: Rate { burst: 5.0, per_second: 1e-6 },
            network: Rate { burst: 50.0, per_second: 1e-6 },
            newcomers: Rate { burst: 3.0, per_second: 1e-6 },
            sockets: 2,
        };
        Limiter::new(limits)
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
        let limiter = Limiter::new(Limits::default());
        for pupil in 0..1_000 {
            let pupil = TokenHash::of(&format!("pupil {pupil}"));
            assert!(limiter.take_newcomer(network(1)).is_ok());
            assert!((0..15).all(|_| limiter.take(Some(pupil), network(1)).is_ok()));
        }
    }

    #[test]
    fn what_is_remembered_has_a_bound() {
        let limiter = limiter();
        for n in 0..MOST_BUCKETS + 10 {
            assert!(
                limiter.take(Some(TokenHash::of(&n.to_string())), network((n % 250) as u8)).is_ok() || n > 50
            );
        }
        assert!(limiter.0.participants.lock().unwrap().len() <= MOST_BUCKETS);
    }
}
