//! `boule doctor`

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use crate::clock::Clock;
use crate::config::{Config, ConfigLayer, DEFAULT_DATA};
use crate::domain::Timestamp;
use crate::notify::Mailer;
use crate::private;
use crate::store::{DataDir, ErasureRecord, Store};
use crate::texts::{Locale, SitePage, has_gaps};

use super::DataArgs;

/// Say what an administrator should fix: https, proxy, limits, time, disk, mail, backups, file permissions
///
/// It works beside a running server and changes nothing. It reads the same configuration as the server, so name
/// the same --config and set the same variables. Exit code 1 when anything needs fixing.
#[derive(Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    data: DataArgs,
}

/// Open files that a server with thousands of people needs.
const ENOUGH_FILES: u64 = 8_192;
/// Free space that is enough, whatever the database's size.
const ENOUGH_SPACE: u64 = 1 << 30;
const DAY_US: i64 = 24 * 3600 * 1_000_000;
/// How old a backup may be.
const BACKUP_US: i64 = 2 * DAY_US;
/// How long a mail may wait.
const MAIL_US: i64 = DAY_US / 24;

/// What was found: whether it is well, and a sentence.
type Finding = (bool, String);

fn fine(said: impl Into<String>) -> Finding {
    (true, said.into())
}

fn fix(said: impl Into<String>) -> Finding {
    (false, said.into())
}

impl Doctor {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let config = self.data.config(ConfigLayer::default(), DEFAULT_DATA)?;
        let mut findings = vec![https(&config), proxy(&config), limits()];
        findings.extend(self.data.config_file().as_deref().map(config_file));
        match DataDir::beside_for(&config.data, config.server()?) {
            Err(error) => findings.push(fix(error.to_string())),
            Ok(dir) => {
                findings.extend([disk(&dir), rights(&dir), erasures(&config)]);
                match Store::open_beside(&dir).await {
                    Err(error) => findings.push(fix(error.to_string())),
                    Ok(store) => {
                        findings.extend(inside(&store).await?);
                        store.close().await;
                    }
                }
            }
        }
        findings.push(mail(&config).await?);
        for (is_fine, said) in &findings {
            say!("{} {said}", if *is_fine { "fine:" } else { "fix: " });
        }
        let wrong = findings.iter().filter(|(is_fine, _)| !is_fine).count();
        if wrong == 0 {
            say!("nothing needs fixing");
            return Ok(ExitCode::SUCCESS);
        }
        say!("{wrong} of {} things need fixing", findings.len());
        Ok(ExitCode::from(1))
    }
}

fn https(config: &Config) -> Finding {
    match &config.public_url {
        Some(url) if url.starts_with("https://") => fine(format!("people come by {url}")),
        Some(url) => fix(format!("public_url is {url}: without https, votes and passwords travel in clear")),
        None => {
            fix("public_url is not set: mail and links name the wrong address, and cookies are not secure")
        }
    }
}

fn proxy(config: &Config) -> Finding {
    let is_outside = config.public_url.as_ref().is_some_and(|url| url.starts_with("https://"));
    if is_outside && config.trusted_proxies.is_empty() {
        return fix(
            "trusted_proxies is empty although people come by https: all of them share one address's rates",
        );
    }
    if !config.bind.ip().is_loopback() && !config.trusted_proxies.is_empty() {
        return fix(format!("it listens on {}: whoever reaches that bypasses the proxy", config.bind));
    }
    fine(format!("it listens on {}, and {} proxies are trusted", config.bind, config.trusted_proxies.len()))
}

fn limits() -> Finding {
    match rlimit::getrlimit(rlimit::Resource::NOFILE) {
        Ok((_, hard)) if hard >= ENOUGH_FILES => fine(format!("{hard} files may be open at once")),
        Ok((_, hard)) => {
            fix(format!("only {hard} files may be open at once: few people can be connected (LimitNOFILE)"))
        }
        Err(error) => fix(format!("it is not known how many files may be open: {error}")),
    }
}

/// A configuration with passwords in it is nobody else's to read.
fn config_file(path: &Path) -> Finding {
    match private::is_readable_by_all(path) {
        false => fine(format!("{} is not for everybody to read", path.display())),
        true => fix(format!("{} can be read by everybody on this machine: chmod 640 it", path.display())),
    }
}

fn disk(dir: &DataDir) -> Finding {
    let size = std::fs::metadata(dir.database()).map_or(0, |found| found.len());
    let needed = ENOUGH_SPACE.max(2 * size);
    let as_gb = |bytes: u64| bytes as f64 / 1e9;
    match private::free_space(dir.path()) {
        Ok(free) if free >= needed => fine(format!("{:.1} GB of disk are free", as_gb(free))),
        Ok(free) => fix(format!(
            "{:.1} GB of disk are free; {:.1} are wanted, as much as a backup and some more",
            as_gb(free),
            as_gb(needed)
        )),
        Err(error) => fix(format!("it is not known how much disk is free: {error}")),
    }
}

fn rights(dir: &DataDir) -> Finding {
    let path = dir.path().display();
    if dir.is_open_to_others() {
        return fix(format!("others on this machine can look into {path}: chmod 700 it"));
    }
    fine(format!("{path} is its owner's alone"))
}

fn erasures(config: &Config) -> Finding {
    let beside = ErasureRecord::beside(&config.data);
    let record = config.erasures.as_ref().map_or(beside, ErasureRecord::at);
    let path = record.path().display();
    let Ok(data) = std::path::absolute(&config.data) else { return fix("the data directory has no path") };
    match std::path::absolute(record.path()) {
        Ok(noted) if noted.starts_with(&data) => {
            fix(format!("{path} notes who was erased, and is lost with the data directory it is in"))
        }
        _ => fine(format!("who was erased is noted in {path}: keep it with the backups")),
    }
}

async fn inside(store: &Store) -> anyhow::Result<Vec<Finding>> {
    let now = Clock::system().now();
    let mut findings = Vec::new();
    findings.push(match store.has_owner().await? {
        true => fine("somebody owns this instance"),
        false => fix("nobody owns this instance: boule link owner prints a link"),
    });
    findings.push(match store.last_event_at().await? {
        Some(last) if last.0 > now.0 + DAY_US => {
            fix("this machine's clock is behind what was recorded last: set it (timedatectl)")
        }
        _ => fine("this machine's clock is not behind what was recorded last"),
    });
    let warnings = store.server_warnings().await?;
    findings.extend(warnings.into_iter().map(|warning| fix(format!("the database: {warning}"))));
    findings.push(match store.last_backup().await? {
        _ if store.is_on_server() => fine("the server's backups are made by its own means (OPERATIONS)"),
        None => fix("there never was a backup: boule backup FILE makes one"),
        Some(at) if now.0 - at.0 > BACKUP_US => {
            fix(format!("the last backup is {} days old", (now.0 - at.0) / DAY_US))
        }
        Some(_) => fine("the last backup is less than two days old"),
    });
    findings.push(waiting_mail(store, now).await?);
    findings.push(site_pages(store).await?);
    findings.extend(
        store.file_problems().await?.into_iter().map(|problem| fix(format!("the database: {problem}"))),
    );
    Ok(findings)
}

async fn waiting_mail(store: &Store, now: Timestamp) -> anyhow::Result<Finding> {
    Ok(match store.mail_waiting().await? {
        (n, Some(since)) if now.0 - since.0 > MAIL_US => {
            fix(format!("{n} mails wait, the oldest for {} hours", (now.0 - since.0) / MAIL_US))
        }
        (n, _) => fine(format!("{n} mails wait")),
    })
}

async fn site_pages(store: &Store) -> anyhow::Result<Finding> {
    let mut gaps = Vec::new();
    for (page, locale) in
        SitePage::ALL.into_iter().flat_map(|page| Locale::WITH_SITE_PAGES.map(|locale| (page, locale)))
    {
        let own = store.site_page(page.as_str(), locale.tag()).await?;
        if own.as_deref().is_none_or(has_gaps) {
            gaps.push(format!("{} ({})", page.as_str(), locale.tag()));
        }
    }
    Ok(match gaps.is_empty() {
        true => fine("the pages about the site have no gaps"),
        false => fix(format!(
            "pages about the site have gaps: {}; /pages is where to fill them in",
            gaps.join(", ")
        )),
    })
}

async fn mail(config: &Config) -> anyhow::Result<Finding> {
    let Some(mail) = config.mail()? else {
        return Ok(fix("no mail is sent: set smtp and mail_from, or hand over links by yourself"));
    };
    Ok(match Mailer::new(&mail)?.test().await {
        Ok(true) => fine("the mail server answers"),
        Ok(false) => fix("the mail server does not answer as it should"),
        Err(why) => fix(format!("the mail server can't be reached: {why}")),
    })
}
