//! `boule serve`

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::app::{App, AppOptions, Reserved, SiteConfig, asked_to_stop, bind};
use crate::config::{Brand, Colour, Config, ConfigLayer, DEFAULT_DATA};
use crate::domain::Role;
use crate::instance::{Grant, LinkPurpose, Scope};
use crate::live::LiveConfig;
use crate::store::{DataDir, ErasureRecord};
use crate::texts::SiteBrand;

use super::{DataArgs, link};

/// Run a server on an empty or existing data directory
///
/// It prints the address it listens on, and serves until Ctrl-C or SIGTERM; then everything
/// acknowledged is on disk. As long as nobody owns the instance, it prints a one-time link to set it up.
#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    data: DataArgs,
    /// The address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR:PORT")]
    bind: Option<String>,
    /// The address under which people reach this server, such as `https://vote.example.org`; with
    /// https, cookies are marked as secure
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Proxies before this server, which are believed about where a request comes from: addresses or
    /// networks, such as `127.0.0.1,10.0.0.0/8`
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    trusted_proxies: Option<Vec<String>>,
    /// The address and port at which other nodes on the same PostgreSQL server reach this one, on a private
    /// network [default: there are no others]
    #[arg(long, value_name = "ADDR:PORT")]
    node: Option<String>,
    /// The address and port for metrics (Prometheus) and readiness [default: they are not served]
    #[arg(long, value_name = "ADDR:PORT")]
    metrics: Option<String>,
}

impl Serve {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let flags = ConfigLayer {
            bind: self.bind,
            public_url: self.public_url,
            trusted_proxies: self.trusted_proxies,
            metrics: self.metrics,
            node: self.node,
            ..ConfigLayer::default()
        };
        let config = self.data.config(flags, DEFAULT_DATA)?;
        super::start_logging(&config.log)?;
        if config.node.is_some() && config.server()?.is_none() {
            anyhow::bail!(
                "--node is for several servers on one PostgreSQL database: name it with --store, or leave --node out"
            );
        }
        let mut dir = DataDir::lock_for(&config.data, config.server()?)?;
        if let Some(erasures) = &config.erasures {
            dir = dir.noting_erasures_in(ErasureRecord::at(erasures));
        }
        dir.erasures().check().with_context(|| {
            let path = dir.erasures().path().display();
            format!("{path}, where it is noted who was erased, can't be written; name another file with erasures = …")
        })?;
        let mail = config.mail()?;
        let reserved = bind(config.bind, false)?;
        let Config { public_url, trusted_proxies, contact, embed_sites: frames, .. } = config.clone();
        let language = config.locale()?;
        let outside =
            SiteConfig { public_url, trusted_proxies, contact, sends_mail: mail.is_some(), language, frames };
        let provider = config.provider()?;
        wear(&config.brand, config.public_url.as_deref())?;
        let node = reserve_for_nodes(config.node)?;
        let options = AppOptions { live: LiveConfig::default(), provider, node };
        let app = App::start_with(dir, reserved, &outside, options).await?;
        say!("listening on http://{}", app.address);
        if let Some(node) = config.node {
            say!("other nodes reach this one at {node}");
        }
        if let Some(metrics) = config.metrics {
            let address = app.serve_metrics(metrics).await?;
            say!("metrics on http://{address}/metrics");
        }
        if let Some(mail) = mail {
            app.send_mail(&mail)?;
            say!("mail is sent");
        }
        match config.server()? {
            Some(server) => say!("data in {server}, and what stands beside it in {}", config.data.display()),
            None => say!("data in {}", config.data.display()),
        }
        if !app.store.has_owner().await? {
            let base = config.public_url.clone().unwrap_or_else(|| format!("http://{}", app.address));
            let grant = Grant { role: Role::Owner, scope: Scope::Instance };
            // The link of an earlier start is void: it may stand in a log that others read.
            app.store.void_command_line_invitations(grant, app.clock.now()).await?;
            let owner = LinkPurpose::Invitation(grant);
            say!("to set it up: {}", link::make(&app.store, owner, None, &base).await?);
            say!("(the link works once; boule link owner --data {} makes another)", config.data.display());
        }
        asked_to_stop().await;
        say!("stopping");
        app.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Where other nodes come in, if there are to be any.
fn reserve_for_nodes(address: Option<SocketAddr>) -> anyhow::Result<Option<Reserved>> {
    let Some(address) = address else { return Ok(None) };
    if address.ip().is_unspecified() {
        anyhow::bail!(
            "--node is {address}, at which no other node reaches this one: name the address that it has among them"
        );
    }
    let reserved = Reserved::new(address).with_context(|| {
        format!("the address for other nodes, {address}, can't be listened on; choose another with --node")
    })?;
    Ok(Some(reserved))
}

/// Shows the site's name, crest and colours from now on.
fn wear(brand: &Brand, address: Option<&str>) -> anyhow::Result<()> {
    let crest = brand.crest.as_ref().map(|path| {
        std::fs::read(path).with_context(|| format!("the crest {} can't be read", path.display()))
    });
    let site = SiteBrand {
        name: brand.name.clone(),
        style: style(brand),
        licence: brand.licence.clone(),
        address: address.map(str::to_owned),
        crest: None,
    };
    site.with_crest(crest.transpose()?)?.wear();
    Ok(())
}

/// A style sheet with the site's colours, over those of web/static/boule.css.
fn style(brand: &Brand) -> Option<String> {
    let band = brand.band.map(|band| format!(":root{{--band:{band};--on-band:{}}}", band.words()));
    let accent = brand.accent.map(|(light, dark)| {
        let set = |accent: Colour| format!(":root{{--accent:{accent};--on-accent:{}}}", accent.words());
        format!("{}@media screen and (prefers-color-scheme:dark){{{}}}", set(light), set(dark))
    });
    let style: String = band.into_iter().chain(accent).collect();
    (!style.is_empty()).then_some(style)
}
