//! The command line: one file a subcommand. Only here are files, the environment and flags read.

/// Prints a line on standard output. Who listens there may have left (`boule serve | head -1`): that
/// is no reason to stop serving, so an error is passed over, where `println!` would panic.
#[macro_export]
macro_rules! say {
    ($($line:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($line)*);
    }};
}

mod allocator;
mod analyse;
mod check;
pub mod client;
mod demo;
mod doctor;
mod export;
mod import;
mod keep;
mod link;
mod printed;
mod reading;
mod serve;
mod shares;
mod slate;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::access::{Provider, ProviderConfig};
use crate::config::{Config, ConfigLayer, Secret};
use crate::domain::{ConversationId, Slug};
use crate::notify::MailConfig;
use crate::store::{DataDir, ServerAddress, Store};
use crate::telemetry;
use crate::texts::Locale;

/// A deliberation engine: people vote on short statements, live; Boule shows the opinion groups,
/// what people agree on across them, and drafts an assembly's agenda from it.
///
/// New here? `boule demo` starts a conversation with a simulated public that you can join.
#[derive(Parser)]
#[command(name = "boule", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    subcommand: Subcommands,
}

#[derive(Subcommand)]
enum Subcommands {
    Serve(serve::Serve),
    Demo(demo::Demo),
    Import(import::Import),
    Export(export::Export),
    Analyse(analyse::Analyse),
    Slate(slate::Slate),
    Audit(slate::AuditSlate),
    Shares(shares::Shares),
    Link(link::Link),
    Check(check::Check),
    Backup(keep::Backup),
    Restore(keep::Restore),
    Copy(keep::Copy),
    Doctor(doctor::Doctor),
}

/// Where data is kept.
#[derive(Args)]
pub struct DataArgs {
    /// The data directory [default: boule-data, and boule-demo for the demo]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The PostgreSQL server that holds the database, as `postgres://boule@db.example.org/boule`; several hosts with commas.
    /// The data directory holds what stands beside it. BOULE_STORE keeps the password out of the list of processes
    /// [default: a file in the data directory]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// A configuration file (TOML): data, store, bind, public_url, trusted_proxies, metrics, log, contact,
    /// erasures, language, smtp, mail_from and oidc_…. Variables such as BOULE_PUBLIC_URL win over it, and flags
    /// over those
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl DataArgs {
    /// The configuration, with what other flags say.
    fn config(&self, flags: ConfigLayer, default_data: &str) -> anyhow::Result<Config> {
        let store = self.store.clone().map(Secret);
        let flags = ConfigLayer { data: self.data.clone(), store, ..flags };
        Ok(Config::read(self.config.as_deref(), readable_environment(), flags, default_data)?)
    }

    /// The configuration file that was named.
    fn config_file(&self) -> Option<PathBuf> {
        self.config.clone().or_else(|| std::env::var_os("BOULE_CONFIG").map(PathBuf::from))
    }

    /// Where data is kept, to be read or added to beside the process that writes it.
    pub fn beside(&self) -> anyhow::Result<DataDir> {
        let config = self.config(ConfigLayer::default(), crate::config::DEFAULT_DATA)?;
        Ok(DataDir::beside_for(&config.data, config.server()?)?)
    }

    /// The store beside the process that writes it, and the conversation with this slug.
    async fn conversation(&self, slug: &Slug) -> anyhow::Result<(Store, ConversationId)> {
        let dir = self.beside()?;
        let store = Store::open_beside(&dir).await?;
        match store.conversation(slug).await? {
            Some(id) => Ok((store, id)),
            None => anyhow::bail!("there is no conversation “{slug}” in {dir}"),
        }
    }

    /// Where data is kept, to write it.
    pub fn lock(&self) -> anyhow::Result<DataDir> {
        let config = self.config(ConfigLayer::default(), crate::config::DEFAULT_DATA)?;
        Ok(DataDir::lock_for(&config.data, config.server()?)?)
    }
}

impl Config {
    /// The server that holds the database, where one was set.
    fn server(&self) -> anyhow::Result<Option<ServerAddress>> {
        let address = self.store.as_ref().map(|Secret(address)| ServerAddress::parse(address));
        Ok(address.transpose()?)
    }

    /// How mail is sent, where that was set.
    fn mail(&self) -> anyhow::Result<Option<MailConfig>> {
        let Some(Secret(server)) = &self.smtp else { return Ok(None) };
        Ok(Some(MailConfig::check(server, self.mail_from.as_deref())?))
    }

    /// The provider that signs staff in, where one was set.
    fn provider(&self) -> anyhow::Result<Option<Provider>> {
        let (issuer, client, secret, name) = &self.oidc;
        let Some(issuer) = issuer else { return Ok(None) };
        let secret = secret.as_ref().map(|Secret(secret)| secret.as_str());
        let config = ProviderConfig::check(issuer, client.as_deref(), secret, name.as_deref())?;
        Ok(Some(Provider::new(config)?))
    }

    /// The language of mail that nobody's act causes.
    fn locale(&self) -> anyhow::Result<Locale> {
        let Some(tag) = &self.language else { return Ok(Locale::default()) };
        Locale::of_tag(tag).with_context(|| format!("language is “{tag}”; there are en and de"))
    }
}

/// The definition of the command line, from which manual pages and completions are made.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command that the process was started with.
pub fn run() -> anyhow::Result<ExitCode> {
    let command = Cli::parse();
    match command.subcommand {
        Subcommands::Analyse(analyse) => analyse.run(),
        Subcommands::Slate(slate) => slate.run(),
        Subcommands::Audit(audit) => audit.run(),
        Subcommands::Serve(serve) => {
            allocator::settle();
            block_on(serve.run())
        }
        Subcommands::Demo(demo) => block_on(demo.run()),
        Subcommands::Import(import) => block_on(import.run()),
        Subcommands::Export(export) => block_on(export.run()),
        Subcommands::Shares(shares) => block_on(shares.run()),
        Subcommands::Link(link) => block_on(link.run()),
        Subcommands::Check(check) => block_on(check.run()),
        Subcommands::Backup(backup) => block_on(backup.run()),
        Subcommands::Restore(restore) => block_on(restore.run()),
        Subcommands::Copy(copy) => block_on(copy.run()),
        Subcommands::Doctor(doctor) => block_on(doctor.run()),
    }
}

fn block_on(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(work);
    // A command that has printed its result is over: a blocking thread may not hold it.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    result
}

/// The environment, but for variables that are no text: none of ours is one of those.
fn readable_environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

fn start_logging(filter: &str) -> anyhow::Result<()> {
    telemetry::start(filter).map_err(anyhow::Error::msg)
}
