//! The configuration that a server runs with: every source, read in one place.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;

use super::brand::Brand;
use super::error::ConfigError;
use super::layer::{ConfigLayer, Secret};

/// Where `boule serve` listens unless told otherwise.
pub const DEFAULT_BIND: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);
/// Where data is kept unless told otherwise.
pub const DEFAULT_DATA: &str = "boule-data";

/// The configuration that a server runs with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data directory.
    pub data: PathBuf,
    /// The server that holds the database; a file in the data directory without one.
    pub store: Option<Secret>,
    /// The address to listen on.
    pub bind: SocketAddr,
    /// Whether `bind` was asked for by anybody, or is the default.
    pub bind_is_default: bool,
    /// The address under which people reach this server.
    pub public_url: Option<String>,
    /// Other sites that may show conversations in frames.
    pub embed_sites: Vec<String>,
    /// Proxies that are believed about where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// Where metrics and readiness are served; nowhere unless asked for.
    pub metrics: Option<SocketAddr>,
    /// Where other nodes reach this one; there are none unless it is said.
    pub node: Option<SocketAddr>,
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
    /// How the site looks, and whose it is.
    pub brand: Brand,
}

/// Variables that only our tests read.
const TEST_VARIABLES: [&str; 15] = [
    "BOULE_REFERENCE_DATA",
    "BOULE_REQUIRE_REFERENCE",
    "BOULE_BIN",
    "BOULE_TEST_CUTS",
    "BOULE_TEST_DROPS",
    "BOULE_TEST_HISTORIES",
    "BOULE_TEST_INTERLEAVINGS",
    "BOULE_TEST_KILLS",
    "BOULE_TEST_NODE_CUTS",
    "BOULE_TEST_NODE_KILLS",
    "BOULE_TEST_NODE_PAUSES",
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
            brand: Brand::read(&merged)?,
            data: merged.data.unwrap_or_else(|| default_data.into()),
            store: merged.store,
            bind_is_default: bind.is_none(),
            bind: bind.unwrap_or(DEFAULT_BIND),
            trusted_proxies: parse_proxies(merged.trusted_proxies.unwrap_or_default())?,
            metrics: merged.metrics.as_deref().map(|text| parse_address("metrics", text)).transpose()?,
            node: merged.node.as_deref().map(|text| parse_address("node", text)).transpose()?,
            public_url: merged.public_url.map(parse_public_url).transpose()?,
            embed_sites: parse_embed_sites(merged.embed_sites.unwrap_or_default())?,
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

fn read_environment(
    environment: impl Iterator<Item = (String, String)>,
) -> Result<(ConfigLayer, Option<PathBuf>), ConfigError> {
    let mut settings = ConfigLayer::default();
    let mut file = None;
    for (name, value) in environment.filter(|(name, _)| name.starts_with("BOULE_")) {
        match name.as_str() {
            "BOULE_DATA" => settings.data = Some(value.into()),
            "BOULE_STORE" => settings.store = Some(Secret(value)),
            "BOULE_BIND" => settings.bind = Some(value),
            "BOULE_PUBLIC_URL" => settings.public_url = Some(value),
            "BOULE_TRUSTED_PROXIES" => {
                settings.trusted_proxies = Some(value.split(',').map(str::to_owned).collect());
            }
            "BOULE_METRICS" => settings.metrics = Some(value),
            "BOULE_NODE" => settings.node = Some(value),
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
            "BOULE_SITE_NAME" => settings.site_name = Some(value),
            "BOULE_CREST" => settings.crest = Some(value.into()),
            "BOULE_BAND_COLOUR" => settings.band_colour = Some(value),
            "BOULE_ACCENT_COLOUR" => settings.accent_colour = Some(value),
            "BOULE_ACCENT_COLOUR_DARK" => settings.accent_colour_dark = Some(value),
            "BOULE_LICENCE" => settings.licence = Some(value),
            "BOULE_EMBED_SITES" => {
                settings.embed_sites = Some(value.split(',').map(str::to_owned).collect());
            }
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

fn parse_embed_sites(texts: Vec<String>) -> Result<Vec<String>, ConfigError> {
    let parse = |text: String| {
        let site = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://"));
        let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        match host {
            Some(host) if !host.is_empty() && host.chars().all(is_host) => Ok(site),
            _ => Err(ConfigError::BadValue {
                name: "embed_sites",
                value: text,
                wanted: "a scheme and host such as https://news.example.org",
            }),
        }
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
