//! Where the load goes: only to this machine, unless that is said twice.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::{Context, bail};

/// A server to put under load.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub address: SocketAddr,
    /// As the `Host` and `Origin` headers name it.
    pub host: String,
}

impl Target {
    /// Resolves `http://HOST:PORT`. Anything that is not this machine is refused unless `elsewhere`
    /// was said twice.
    pub async fn resolve(url: &str, elsewhere: u8) -> anyhow::Result<Self> {
        let trimmed = url.trim().trim_end_matches('/');
        let Some(host) = trimmed.strip_prefix("http://") else {
            bail!(
                "--url is “{url}”; it must begin with http://, as load speaks to Boule itself and not to a proxy"
            )
        };
        if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
            bail!("--url is “{url}”, which is not an address such as http://127.0.0.1:8080");
        }
        let with_port = if has_port(host) { host.to_owned() } else { format!("{host}:80") };
        let mut found = tokio::net::lookup_host(&with_port)
            .await
            .with_context(|| format!("the host of --url, “{host}”, can't be found"))?;
        let address = found.next().with_context(|| format!("the host of --url, “{host}”, has no address"))?;
        if !address.ip().is_loopback() && elsewhere < 2 {
            bail!(
                "{url} is not this machine, and load is what an attack looks like; if the server is yours, say --not-loopback twice"
            );
        }
        Ok(Self { address, host: host.to_owned() })
    }

    /// The server's address as a URL.
    pub fn base(&self) -> String {
        format!("http://{}", self.host)
    }

    /// The local address for connection number `number`. One address has about 28,000 ports, each of
    /// which rests for a while after its connection has ended; the loopback has many addresses.
    pub fn local(&self, number: usize) -> Option<IpAddr> {
        let IpAddr::V4(ip) = self.address.ip() else { return None };
        let last = u8::try_from(number % 200).unwrap_or(0) + 2;
        ip.is_loopback().then_some(IpAddr::V4(Ipv4Addr::new(127, 0, 0, last)))
    }
}

fn has_port(host: &str) -> bool {
    host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_this_machine_unless_it_is_said_twice() {
        for url in ["http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://[::1]:1", "http://127.0.0.9:1"]
        {
            assert!(Target::resolve(url, 0).await.is_ok(), "{url}");
        }
        for url in ["http://192.0.2.1:8080", "http://[2001:db8::1]:80"] {
            for said in 0..2 {
                let refused = Target::resolve(url, said).await.map_err(|error| error.to_string());
                assert!(refused.is_err_and(|why| why.contains("--not-loopback twice")), "{url}");
            }
            assert!(Target::resolve(url, 2).await.is_ok(), "{url}");
        }
        for url in ["127.0.0.1:8080", "https://127.0.0.1", "http://", "http://127.0.0.1:1/c/x"] {
            assert!(Target::resolve(url, 2).await.is_err(), "{url}");
        }
    }
}
