//! `boule link`

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::clock::{Clock, random_token};
use crate::domain::{Role, Timestamp, TokenHash};
use crate::store::{DataDir, RoleLink, Store};

use super::DataArgs;

/// Print a one-time link that lets its user in as an organiser, moderator or overseer
///
/// It works beside a running server. The link works once, within a day.
#[derive(Args)]
pub(super) struct Link {
    /// The role that it gives
    role: LinkRole,
    #[command(flatten)]
    data: DataArgs,
    /// The server's address [default: the one it was last started with]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LinkRole {
    /// Makes conversations, opens and closes them, drafts agendas; may moderate
    Organiser,
    /// Accepts and rejects statements
    Moderator,
    /// Sees everything, changes nothing
    Overseer,
}

impl From<LinkRole> for Role {
    fn from(role: LinkRole) -> Self {
        match role {
            LinkRole::Organiser => Role::Organiser,
            LinkRole::Moderator => Role::Moderator,
            LinkRole::Overseer => Role::Overseer,
        }
    }
}

/// A link's life: a day.
const LIFE_US: i64 = 24 * 3600 * 1_000_000;

impl Link {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = DataDir::beside(&self.data.dir()?)?;
        let store = Store::open_beside(&dir).await?;
        let noted = std::fs::read_to_string(dir.path().join("boule.address"));
        let url =
            self.url.or(noted.ok()).unwrap_or_else(|| format!("http://{}", crate::config::DEFAULT_BIND));
        say!("{}", make(&store, self.role.into(), &url).await?);
        store.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes a link for a role on the server at `url`.
pub(super) async fn make(store: &Store, role: Role, url: &str) -> anyhow::Result<String> {
    let key = random_token();
    let expires_at = Timestamp(Clock::system().now().0 + LIFE_US);
    let link = RoleLink { role, expires_at };
    store.add_role_link(TokenHash::of(&key), link).await.context("the link can't be kept")?;
    Ok(format!("{}/enter?key={key}", url.trim().trim_end_matches('/')))
}
