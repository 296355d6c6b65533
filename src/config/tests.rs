//! Where settings come from, and what is said of bad ones.

use std::path::Path;

use super::*;

fn read(file: Option<&str>, environment: &[(&str, &str)], flags: ConfigLayer) -> Result<Config, ConfigError> {
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
    let error = read(Some("data = \"a\"\nport = 1"), &[], ConfigLayer::default()).unwrap_err().to_string();
    assert!(error.contains("line 2") && error.contains("port"), "{error}");
    let error = read(None, &[("BOULE_PORT", "1")], ConfigLayer::default()).unwrap_err().to_string();
    assert!(error.contains("BOULE_PORT"), "{error}");
}

#[test]
fn the_package_s_configuration_names_every_setting_and_sets_only_where_data_is() {
    let text = include_str!("../../packaging/debian/boule.toml");
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
        store,
        bind,
        public_url,
        trusted_proxies,
        metrics,
        node,
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
        site_name,
        crest,
        band_colour,
        accent_colour,
        accent_colour_dark,
        licence,
        embed_sites,
    } = shown_layer;
    assert!(
        data.is_some()
            && store.is_some()
            && trusted_proxies.is_some()
            && erasures.is_some()
            && smtp.is_some()
    );
    assert!(oidc_client_secret.is_some() && crest.is_some() && embed_sites.is_some());
    let texts = [
        bind,
        public_url,
        metrics,
        node,
        log,
        contact,
        language,
        mail_from,
        oidc_issuer,
        oidc_client_id,
        oidc_name,
        site_name,
        band_colour,
        accent_colour,
        accent_colour_dark,
        licence,
    ];
    assert!(texts.iter().all(Option::is_some));
    read(Some(&shown), &[], ConfigLayer::default()).unwrap();
}

fn line_shown(line: &str) -> &str {
    line.strip_prefix('#').filter(|rest| rest.starts_with(|first: char| first.is_lowercase())).unwrap_or(line)
}

#[test]
fn bad_values_say_what_was_wanted() {
    for (name, value) in [
        ("BOULE_BIND", "8080"),
        ("BOULE_BIND", "localhost:80"),
        ("BOULE_PUBLIC_URL", "vote.example.org"),
        ("BOULE_PUBLIC_URL", "https://a/b"),
        ("BOULE_EMBED_SITES", "news.example.org"),
        ("BOULE_EMBED_SITES", "https://news.example.org; script-src *"),
    ] {
        let error = read(None, &[(name, value)], ConfigLayer::default()).unwrap_err().to_string();
        assert!(error.contains(value) && error.contains("such as"), "{error}");
    }
}
