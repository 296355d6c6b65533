//! Where a server is, as an operator writes it.

use std::fmt;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// What may stand behind the database's name.
const QUERY_KEYS: [&str; 5] = ["sslmode", "sslrootcert", "sslcert", "sslkey", "options"];

/// Why an address can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServerAddressError {
    /// It is of nothing that Boule can use.
    #[error("the store must begin with postgres://, such as postgres://boule@db.example.org/boule")]
    NotPostgres,
    /// It can't be read. What stands in it is not repeated: it may be a password.
    #[error(
        "the address of the store can't be read; it is written postgres://USER:PASSWORD@HOST:PORT/DATABASE, several hosts with commas, letters that mean something else as %2F and the like; after ? only sslmode, sslrootcert, sslcert, sslkey and options are known"
    )]
    Unreadable,
}

/// One or more hosts with the same database. It is never shown with its password.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerAddress {
    /// An address for each host.
    hosts: Vec<String>,
    shown: String,
}

impl ServerAddress {
    /// Reads `postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?sslmode=verify-full`.
    pub fn parse(text: &str) -> Result<Self, ServerAddressError> {
        let text = text.trim();
        let is_ours = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
        let (scheme, rest) =
            text.split_once("://").filter(|_| is_ours).ok_or(ServerAddressError::NotPostgres)?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (login, names) = authority.rsplit_once('@').map_or((None, authority), |(a, b)| (Some(a), b));
        let before = login.map_or_else(String::new, |login| format!("{login}@"));
        let (database, query) = path.split_once('?').unwrap_or((path, ""));
        let keys = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split('=').next().unwrap_or(pair));
        // A password with a / or an @ in it would be taken for something else, and shown.
        if database.contains('@') || keys.into_iter().any(|key| !QUERY_KEYS.contains(&key)) {
            return Err(ServerAddressError::Unreadable);
        }
        let hosts: Vec<String> =
            names.split(',').map(|host| format!("{scheme}://{before}{}{path}", host.trim())).collect();
        if hosts.iter().any(|host| PgConnectOptions::from_str(host).is_err()) {
            return Err(ServerAddressError::Unreadable);
        }
        let user = login.map_or_else(String::new, |login| {
            format!("{}@", login.split_once(':').map_or(login, |(user, _)| user))
        });
        Ok(Self { hosts, shown: format!("postgres://{user}{names}{database}") })
    }

    /// The address of each host, with the password.
    pub(super) fn hosts(&self) -> &[String] {
        &self.hosts
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_host_or_more_and_is_shown_without_its_password() {
        let address = ServerAddress::parse("postgres://boule:s3cret@a:5433,b/votes?sslmode=require").unwrap();
        assert_eq!(
            address.hosts(),
            [
                "postgres://boule:s3cret@a:5433/votes?sslmode=require",
                "postgres://boule:s3cret@b/votes?sslmode=require"
            ]
        );
        assert_eq!(
            format!("{address} {address:?}"),
            "postgres://boule@a:5433,b/votes postgres://boule@a:5433,b/votes"
        );
        for bad in ["mysql://a/b", "/var/lib/boule", "", "postgres:/a"] {
            assert_eq!(ServerAddress::parse(bad), Err(ServerAddressError::NotPostgres), "{bad}");
        }
        for bad in ["u:s3cret@a:notaport/b", "u:1234/s3cret@a/b", "u@a/b?sslpassword=s3cret"] {
            let bad = ServerAddress::parse(&format!("postgres://{bad}")).unwrap_err();
            assert!(bad == ServerAddressError::Unreadable && !bad.to_string().contains("s3cret"));
        }
    }
}
