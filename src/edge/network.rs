//! Which network a request comes from, and which proxies are believed about that. PURE.
//!
//! A proxy appends the address it was asked from to `X-Forwarded-For`; what stands before that is
//! whatever the client wrote. So the list is read from the right, and the first address that is no
//! trusted proxy's is the client's.

use core::net::{IpAddr, Ipv6Addr, SocketAddr};

use ipnet::IpNet;

/// Hops that are looked at: no honest chain of proxies is longer.
const MOST_HOPS: usize = 32;

/// Where a connection comes from, kept with each of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// A network: an IPv4 address, or the 64 bits of an IPv6 address that one subscriber has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(IpAddr::V4(v4)),
            IpAddr::V6(v6) => {
                let prefix = u128::from(v6) & !u128::from(u64::MAX);
                Self(IpAddr::V6(Ipv6Addr::from(prefix)))
            }
        }
    }
}

/// The client's network, from its connection and what trusted proxies say (`X-Forwarded-For`, all of
/// its values in order).
pub fn client_network<'a>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[IpNet],
) -> Network {
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut client = peer.to_canonical();
    let hops = forwarded.flat_map(|value| value.split(',')).rev().take(MOST_HOPS);
    for hop in hops {
        if !is_trusted(client) {
            break;
        }
        // What can't be read is nobody's: the proxy that wrote it is all that is known.
        let Some(address) = address_of(hop.trim()) else { break };
        client = address;
    }
    Network::of(client)
}

/// An address, with a port or in brackets where somebody wrote it so.
fn address_of(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(address, _)| address);
    let parsed = bare.unwrap_or(text).parse().ok();
    parsed
        .or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
        .map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(peer: &str, forwarded: &[&str], trusted: &[&str]) -> Network {
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        client_network(peer.parse().unwrap(), forwarded.iter().copied(), &trusted)
    }

    fn of(text: &str) -> Network {
        Network::of(text.parse().unwrap())
    }

    #[test]
    fn without_trusted_proxies_only_the_connection_counts() {
        for forwarded in [&[][..], &["203.0.113.9"], &["203.0.113.9, 198.51.100.1"], &["garbage"]] {
            assert_eq!(network("192.0.2.1", forwarded, &[]), of("192.0.2.1"));
        }
    }

    #[test]
    fn the_right_most_hop_that_is_not_ours_is_the_client() {
        let ours = ["10.0.0.0/8", "127.0.0.1/32", "fd00::/8"];
        let long = vec!["10.0.0.2"; 1_000].join(",");
        for (peer, forwarded, client) in [
            ("127.0.0.1", vec!["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", vec!["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", vec!["1.1.1.1", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
            ("127.0.0.1", vec!["1.1.1.1, 203.0.113.9,10.0.0.2 , 10.0.0.3"], "203.0.113.9"),
            ("::ffff:127.0.0.1", vec!["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", vec!["::ffff:203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", vec!["203.0.113.9:5123"], "203.0.113.9"),
            ("127.0.0.1", vec!["[2001:db8::7]:5123"], "2001:db8::"),
            ("127.0.0.1", vec!["2001:db8::7"], "2001:db8::99"),
            ("fd00::1", vec!["203.0.113.9"], "203.0.113.9"),
            // Not believed: it does not come from a proxy of ours.
            ("203.0.113.5", vec!["1.1.1.1"], "203.0.113.5"),
            ("127.0.0.1", vec!["1.1.1.1, 203.0.113.9, garbage"], "127.0.0.1"),
            ("127.0.0.1", vec!["1.1.1.1, "], "127.0.0.1"),
            ("127.0.0.1", vec![""], "127.0.0.1"),
            ("127.0.0.1", vec![], "127.0.0.1"),
            ("127.0.0.1", vec!["10.0.0.2"], "10.0.0.2"),
            ("127.0.0.1", vec![&long], "10.0.0.2"),
        ] {
            assert_eq!(network(peer, &forwarded, &ours), of(client), "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn a_subscriber_can_not_be_many_by_their_own_addresses() {
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
