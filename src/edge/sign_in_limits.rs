//! How often somebody may try to sign in: so that a password or a code can't be guessed. Whoever mistypes on one
//! network locks nobody out on another; whoever has many networks can keep an address busy, as docs/SECURITY.md
//! says.

use std::time::{Duration, Instant};

use super::buckets::{Buckets, take_one};
use super::network::Network;
use super::rate_limit::Rate;
use crate::clock::Clock;
use crate::domain::{StaffNumber, TokenHash};

/// Of one address from one network: somebody who mistypes.
const FROM_ONE_NETWORK: Rate = Rate { burst: 10.0, per_second: 1.0 / 30.0 };
/// Of one address from everywhere.
const OF_ONE_ADDRESS: Rate = Rate { burst: 100.0, per_second: 1.0 / 10.0 };
/// From one network: a town hall behind one address on a Monday morning.
const OF_ONE_NETWORK: Rate = Rate { burst: 1_000.0, per_second: 10.0 };
/// Codes of one account. There are a million, and three are right: at this rate a guess needs years, on the
/// average.
const CODES: Rate = Rate { burst: 10.0, per_second: 1.0 / 300.0 };
/// Those who come back from the provider, from one network: it is asked who they are. As many as may try passwords.
const BACK: Rate = OF_ONE_NETWORK;
/// What whoever is in tries with their own password and codes: nobody else can use it up.
const OWN: Rate = Rate { burst: 10.0, per_second: 1.0 / 60.0 };

/// What is left of these rates.
pub struct SignInLimits {
    clock: Clock,
    began: Instant,
    pairs: Buckets<(TokenHash, Network)>,
    addresses: Buckets<TokenHash>,
    networks: Buckets<Network>,
    back: Buckets<Network>,
    codes: Buckets<StaffNumber>,
    own: Buckets<TokenHash>,
}

impl SignInLimits {
    /// Full buckets for everybody.
    pub fn new(clock: Clock) -> Self {
        Self {
            began: clock.instant(),
            clock,
            pairs: Buckets::default(),
            addresses: Buckets::default(),
            networks: Buckets::default(),
            back: Buckets::default(),
            codes: Buckets::default(),
            own: Buckets::default(),
        }
    }

    /// Takes one attempt to sign in with this address, or says how long to wait. It is the same whether there is
    /// such an account.
    pub fn take(&self, address: &str, network: Network) -> Result<(), Duration> {
        let now = self.clock.since(self.began);
        let address = TokenHash::of(address);
        take_one(&self.networks, network, OF_ONE_NETWORK, now)?;
        take_one(&self.pairs, (address, network), FROM_ONE_NETWORK, now)?;
        take_one(&self.addresses, address, OF_ONE_ADDRESS, now)
    }

    /// Takes one way back from the provider, or says how long to wait.
    pub fn take_provider(&self, network: Network) -> Result<(), Duration> {
        take_one(&self.back, network, BACK, self.clock.since(self.began))
    }

    /// Takes one attempt of somebody who is in at their own password or code.
    pub fn take_own(&self, session: TokenHash) -> Result<(), Duration> {
        take_one(&self.own, session, OWN, self.clock.since(self.began))
    }

    /// Takes one attempt at a code of an account whose password was right.
    pub fn take_code(&self, account: StaffNumber) -> Result<(), Duration> {
        take_one(&self.codes, account, CODES, self.clock.since(self.began))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(last: u8) -> Network {
        Network::of(std::net::IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn who_guesses_waits_and_who_is_guessed_at_still_comes_in_from_elsewhere() {
        let limits = SignInLimits::new(Clock::system());
        let tries = |who: &str, from| limits.take(who, network(from)).is_ok();
        assert_eq!((0..50).filter(|_| tries("clerk@town.example", 1)).count(), 10);
        assert!(tries("clerk@town.example", 2), "the clerk herself");
        assert!(tries("mayor@town.example", 1), "a colleague behind the same address");
        let codes = (0..50).filter(|_| limits.take_code(StaffNumber(1)).is_ok()).count();
        assert_eq!(codes, 10);
        assert!(limits.take_code(StaffNumber(2)).is_ok());
    }
}
