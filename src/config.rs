//! Configuration: defaults, then a file, then `BOULE_*` from the environment, then flags; read in
//! one place. An unknown key is an error.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use serde::Deserialize;

/// Where `boule serve` listens unless told otherwise.
pub const DEFAULT_BIND: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
/// Where data is kept unless told otherwise.
pub const DEFAULT_DATA: &str = "boule-data";

/// Why a configuration can't be used: each a sentence for whoever wrote it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("the configuration file {path} can't be read: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        why: std::io::Error,
    },
    /// The file has an unknown key or a bad value.
    #[error("the configuration file {path} is not right: {why}")]
    BadFile {
        /// The file.
        path: PathBuf,
        /// The first problem, with its line.
        why: String,
    },
    /// An environment variable begins with BOULE_ and is none of ours.
    #[error(
        "the environment variable {0} is not known; known are BOULE_DATA, BOULE_BIND, BOULE_PUBLIC_URL, BOULE_TRUSTED_PROXIES, BOULE_METRICS, BOULE_LOG, BOULE_CONTACT, BOULE_ERASURES, BOULE_LANGUAGE, BOULE_SMTP, BOULE_MAIL_FROM, BOULE_OIDC_ISSUER, BOULE_OIDC_CLIENT_ID, BOULE_OIDC_CLIENT_SECRET, BOULE_OIDC_NAME and BOULE_CONFIG"
    )]
    UnknownVariable(String),
    /// A value can't be read.
    #[error("{name} is “{value}”, which is not {wanted}")]
    BadValue {
        /// The key, variable or flag.
        name: &'static str,
        /// What it holds.
        value: String,
        /// What it should hold.
        wanted: &'static str,
    },
}

/// What can be set, each of them optional. Later sources win over earlier ones.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigLayer {
    /// The data directory.
    pub data: Option<PathBuf>,
    /// The address to listen on, as `ADDR:PORT`.
    pub bind: Option<String>,
    /// The address under which people reach this server, as `https://host`.
    pub public_url: Option<String>,
    /// Proxies that are believed about where a request comes from: addresses or networks.
    pub trusted_proxies: Option<Vec<String>>,
    /// The address for metrics and readiness, as `ADDR:PORT`.
    pub metrics: Option<String>,
    /// What is logged, such as `info` or `boule=debug`.
    pub log: Option<String>,
    /// How people reach whoever runs this, for the pages about the site.
    pub contact: Option<String>,
    /// The file that notes who was erased, outside the data directory.
    pub erasures: Option<PathBuf>,
    /// The language of mail that nobody's act causes, as `en` or `de`.
    pub language: Option<String>,
    /// The server that sends mail: `smtps://user:password@host` or `smtp://host:587?tls=required`.
    pub smtp: Option<Secret>,
    /// The address that mail comes from: `Boule <boule@example.org>`.
    pub mail_from: Option<String>,
    /// The provider that signs staff in (OpenID Connect): its issuer, such as `https://login.example.org`.
    pub oidc_issuer: Option<String>,
    /// By which it knows this site.
    pub oidc_client_id: Option<String>,
    /// With what this site shows that it is itself.
    pub oidc_client_secret: Option<Secret>,
    /// What the button to it says.
    pub oidc_name: Option<String>,
}

/// A setting that no log shows.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

/// The configuration that a server runs with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data directory.
    pub data: PathBuf,
    /// The address to listen on.
    pub bind: SocketAddr,
    /// Whether `bind` was asked for by anybody, or is the default.
    pub bind_is_default: bool,
    /// The address under which people reach this server.
    pub public_url: Option<String>,
    /// Proxies that are believed about where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// Where metrics and readiness are served; nowhere unless asked for.
    pub metrics: Option<SocketAddr>,
    /// What is logged.
    pub log: String,
    /// How people reach whoever runs this.
    pub contact: Option<String>,
    /// The file that notes who was erased; beside the data directory unless it is said.
    pub erasures: Option<PathBuf>,
    /// The language of mail that nobody's act causes.
    pub language: Option<String>,
    /// The server that sends mail, and the address that it comes from.
    pub smtp: Option<Secret>,
    /// The same.
    pub mail_from: Option<String>,
    /// The provider that signs staff in, by which it knows this site, with what that is shown, and its name.
    pub oidc: (Option<String>, Option<String>, Option<Secret>, Option<String>),
}

/// Variables that only our tests read.
const TEST_VARIABLES: [&str; 10] = [
    "BOULE_REFERENCE_DATA",
    "BOULE_REQUIRE_REFERENCE",
    "BOULE_BIN",
    "BOULE_TEST_CUTS",
    "BOULE_TEST_INTERLEAVINGS",
    "BOULE_TEST_KILLS",
    "BOULE_TEST_ROUNDS",
    "BOULE_TEST_SEED",
    "BOULE_TEST_SLOW",
    "BOULE_TEST_SOAK_SECONDS",
];

impl Config {
    /// Reads every source; `environment` and the file's name come from the caller.
    pub fn read(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: ConfigLayer,
        default_data: &str,
    ) -> Result<Self, ConfigError> {
        let (from_environment, named_file) = read_environment(environment)?;
        let from_file = match file.map(Path::to_owned).or(named_file) {
            Some(path) => read_file(&path)?,
            None => ConfigLayer::default(),
        };
        let merged = flags.or(from_environment).or(from_file);
        let bind = merged.bind.as_deref().map(|text| parse_address("bind", text)).transpose()?;
        Ok(Self {
            data: merged.data.unwrap_or_else(|| default_data.into()),
            bind_is_default: bind.is_none(),
            bind: bind.unwrap_or(DEFAULT_BIND),
            trusted_proxies: parse_proxies(merged.trusted_proxies.unwrap_or_default())?,
            metrics: merged.metrics.as_deref().map(|text| parse_address("metrics", text)).transpose()?,
            public_url: merged.public_url.map(parse_public_url).transpose()?,
            log: merged.log.unwrap_or_else(|| "info".into()),
            contact: merged.contact,
            erasures: merged.erasures,
            language: merged.language,
            smtp: merged.smtp,
            mail_from: merged.mail_from,
            oidc: (merged.oidc_issuer, merged.oidc_client_id, merged.oidc_client_secret, merged.oidc_name),
        })
    }
}

impl ConfigLayer {
    fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            bind: self.bind.or(other.bind),
            public_url: self.public_url.or(other.public_url),
            trusted_proxies: self.trusted_proxies.or(other.trusted_proxies),
            metrics: self.metrics.or(other.metrics),
            log: self.log.or(other.log),
            contact: self.contact.or(other.contact),
            erasures: self.erasures.or(other.erasures),
            language: self.language.or(other.language),
            smtp: self.smtp.or(other.smtp),
            mail_from: self.mail_from.or(other.mail_from),
            oidc_issuer: self.oidc_issuer.or(other.oidc_issuer),
            oidc_client_id: self.oidc_client_id.or(other.oidc_client_id),
            oidc_client_secret: self.oidc_client_secret.or(other.oidc_client_secret),
            oidc_name: self.oidc_name.or(other.oidc_name),
        }
    }
}

fn read_environment(
    environment: impl Iterator<Item = (String, String)>,
) -> Result<(ConfigLayer, Option<PathBuf>), ConfigError> {
    let mut settings = ConfigLayer::default();
    let mut file = None;
    for (name, value) in environment.filter(|(name, _)| name.starts_with("BOULE_")) {
        match name.as_str() {
            "BOULE_DATA" => settings.data = Some(value.into()),
            "BOULE_BIND" => settings.bind = Some(value),
            "BOULE_PUBLIC_URL" => settings.public_url = Some(value),
            "BOULE_TRUSTED_PROXIES" => {
                settings.trusted_proxies = Some(value.split(',').map(str::to_owned).collect());
            }
            "BOULE_METRICS" => settings.metrics = Some(value),
            "BOULE_LOG" => settings.log = Some(value),
            "BOULE_CONTACT" => settings.contact = Some(value),
            "BOULE_ERASURES" => settings.erasures = Some(value.into()),
            "BOULE_LANGUAGE" => settings.language = Some(value),
            "BOULE_SMTP" => settings.smtp = Some(Secret(value)),
            "BOULE_MAIL_FROM" => settings.mail_from = Some(value),
            "BOULE_OIDC_ISSUER" => settings.oidc_issuer = Some(value),
            "BOULE_OIDC_CLIENT_ID" => settings.oidc_client_id = Some(value),
            "BOULE_OIDC_CLIENT_SECRET" => settings.oidc_client_secret = Some(Secret(value)),
            "BOULE_OIDC_NAME" => settings.oidc_name = Some(value),
            "BOULE_CONFIG" => file = Some(value.into()),
            name if TEST_VARIABLES.contains(&name) => {}
            _ => return Err(ConfigError::UnknownVariable(name)),
        }
    }
    Ok((settings, file))
}

fn read_file(path: &Path) -> Result<ConfigLayer, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|why| ConfigError::Unreadable { path: path.to_owned(), why })?;
    toml::from_str(&text).map_err(|error| {
        let line =
            error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        ConfigError::BadFile { path: path.to_owned(), why: format!("line {line}: {}", error.message()) }
    })
}

fn parse_address(name: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    text.parse().map_err(|_| ConfigError::BadValue {
        name,
        value: text.to_owned(),
        wanted: "an address and port such as 127.0.0.1:8080",
    })
}

fn parse_proxies(texts: Vec<String>) -> Result<Vec<IpNet>, ConfigError> {
    let parse = |text: String| {
        let trimmed = text.trim();
        let net = trimmed.parse().ok().or_else(|| trimmed.parse::<IpAddr>().ok().map(IpNet::from));
        net.ok_or(ConfigError::BadValue {
            name: "trusted_proxies",
            value: text,
            wanted: "an address or network such as 127.0.0.1 or 10.0.0.0/8",
        })
    };
    texts.into_iter().map(parse).collect()
}

fn parse_public_url(text: String) -> Result<String, ConfigError> {
    let trimmed = text.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(trimmed.to_owned()),
        _ => Err(ConfigError::BadValue {
            name: "public_url",
            value: text,
            wanted: "a scheme and host such as https://vote.example.org",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        file: Option<&str>,
        environment: &[(&str, &str)],
        flags: ConfigLayer,
    ) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("boule.toml");
        if let Some(text) = file {
            std::fs::write(&path, text).unwrap();
        }
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::read(file.map(|_| path.as_path()), environment, flags, DEFAULT_DATA)
    }

    #[test]
    fn flags_win_over_the_environment_and_that_over_the_file() {
        let file = Some("data = \"a\"\nbind = \"127.0.0.1:1\"\npublic_url = \"https://a.example\"");
        let flags = ConfigLayer { data: Some("c".into()), ..ConfigLayer::default() };
        let config = read(file, &[("BOULE_DATA", "b"), ("BOULE_BIND", "127.0.0.1:2")], flags).unwrap();
        assert_eq!(config.data, Path::new("c"));
        assert_eq!(config.bind.port(), 2);
        assert_eq!(config.public_url.as_deref(), Some("https://a.example"));
    }

    #[test]
    fn an_unknown_key_or_variable_is_named_in_one_sentence() {
        let error =
            read(Some("data = \"a\"\nport = 1"), &[], ConfigLayer::default()).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("port"), "{error}");
        let error = read(None, &[("BOULE_PORT", "1")], ConfigLayer::default()).unwrap_err().to_string();
        assert!(error.contains("BOULE_PORT"), "{error}");
    }

    #[test]
    fn the_package_s_configuration_names_every_setting_and_sets_only_where_data_is() {
        let text = include_str!("../packaging/debian/boule.toml");
        let set: ConfigLayer = toml::from_str(text).unwrap();
        assert_eq!(set.data.as_deref(), Some(Path::new("/var/lib/boule")));
        assert_eq!(set.erasures.as_deref(), Some(Path::new("/var/lib/boule-erasures/erasures")));
        assert!(set.bind.or(set.public_url).or(set.metrics).or(set.log).is_none());
        assert!(set.contact.or(set.language).or(set.mail_from).is_none());
        assert!(set.trusted_proxies.is_none() && set.smtp.is_none());
        // Examples begin right after the #; words begin after a space.
        let shown: String = text.lines().map(|line| format!("{}\n", line_shown(line))).collect();
        let shown_layer: ConfigLayer = toml::from_str(&shown).unwrap();
        let ConfigLayer {
            data,
            bind,
            public_url,
            trusted_proxies,
            metrics,
            log,
            contact,
            erasures,
            language,
            smtp,
            mail_from,
            oidc_issuer,
            oidc_client_id,
            oidc_client_secret,
            oidc_name,
        } = shown_layer;
        assert!(data.is_some() && trusted_proxies.is_some() && erasures.is_some() && smtp.is_some());
        assert!(oidc_client_secret.is_some());
        let texts = [
            bind,
            public_url,
            metrics,
            log,
            contact,
            language,
            mail_from,
            oidc_issuer,
            oidc_client_id,
            oidc_name,
        ];
        assert!(texts.iter().all(Option::is_some));
        read(Some(&shown), &[], ConfigLayer::default()).unwrap();
    }

    fn line_shown(line: &str) -> &str {
        line.strip_prefix('#')
            .filter(|rest| rest.starts_with(|first: char| first.is_lowercase()))
            .unwrap_or(line)
    }

    #[test]
    fn bad_values_say_what_was_wanted() {
        for (name, value) in [
            ("BOULE_BIND", "8080"),
            ("BOULE_BIND", "localhost:80"),
            ("BOULE_PUBLIC_URL", "vote.example.org"),
            ("BOULE_PUBLIC_URL", "https://a/b"),
        ] {
            let error = read(None, &[(name, value)], ConfigLayer::default()).unwrap_err().to_string();
            assert!(error.contains(value) && error.contains("such as"), "{error}");
        }
    }
}
