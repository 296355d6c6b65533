//! Why a configuration can't be used.

use std::path::PathBuf;

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
        "the environment variable {0} is not known; known are BOULE_DATA, BOULE_STORE, BOULE_BIND, BOULE_PUBLIC_URL, BOULE_TRUSTED_PROXIES, BOULE_METRICS, BOULE_NODE, BOULE_LOG, BOULE_CONTACT, BOULE_ERASURES, BOULE_LANGUAGE, BOULE_SMTP, BOULE_MAIL_FROM, BOULE_OIDC_ISSUER, BOULE_OIDC_CLIENT_ID, BOULE_OIDC_CLIENT_SECRET, BOULE_OIDC_NAME, BOULE_SITE_NAME, BOULE_CREST, BOULE_BAND_COLOUR, BOULE_ACCENT_COLOUR, BOULE_ACCENT_COLOUR_DARK, BOULE_LICENCE and BOULE_CONFIG"
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
