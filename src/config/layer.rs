//! What can be set, from one source.

use std::path::PathBuf;

use serde::Deserialize;

/// What can be set, each of them optional. Later sources win over earlier ones.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigLayer {
    /// The data directory.
    pub data: Option<PathBuf>,
    /// The server that holds the database, as `postgres://user:password@host/database`; a file without one.
    pub store: Option<Secret>,
    /// The address to listen on, as `ADDR:PORT`.
    pub bind: Option<String>,
    /// The address under which people reach this server, as `https://host`.
    pub public_url: Option<String>,
    /// Proxies that are believed about where a request comes from: addresses or networks.
    pub trusted_proxies: Option<Vec<String>>,
    /// The address for metrics and readiness, as `ADDR:PORT`.
    pub metrics: Option<String>,
    /// The address at which other nodes reach this one, as `ADDR:PORT`.
    pub node: Option<String>,
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
    /// The name of this site, such as that of the town.
    pub site_name: Option<String>,
    /// Its crest: a PNG file.
    pub crest: Option<PathBuf>,
    /// The colour of the band above every public page, as `#1d2f63`.
    pub band_colour: Option<String>,
    /// The colour of links and buttons.
    pub accent_colour: Option<String>,
    /// The same on a dark ground.
    pub accent_colour_dark: Option<String>,
    /// Under which licence results may be used.
    pub licence: Option<String>,
    /// Other sites that may show conversations in frames, as `https://news.example`.
    pub embed_sites: Option<Vec<String>>,
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

impl ConfigLayer {
    /// These, and where one is not set, that of the others.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            store: self.store.or(other.store),
            bind: self.bind.or(other.bind),
            public_url: self.public_url.or(other.public_url),
            trusted_proxies: self.trusted_proxies.or(other.trusted_proxies),
            metrics: self.metrics.or(other.metrics),
            node: self.node.or(other.node),
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
            licence: self.licence.or(other.licence),
            embed_sites: self.embed_sites.or(other.embed_sites),
            accent_colour_dark: self.accent_colour_dark.or(other.accent_colour_dark),
            accent_colour: self.accent_colour.or(other.accent_colour),
            band_colour: self.band_colour.or(other.band_colour),
            crest: self.crest.or(other.crest),
            site_name: self.site_name.or(other.site_name),
        }
    }
}
