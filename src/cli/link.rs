//! `boule link`

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::clock::{Clock, random_token};
use crate::domain::{Role, Timestamp, TokenHash, clean_line};
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
    /// The name of whoever it is for; the log names what they do by a number that stands for it [default:
    /// the role and the day]
    #[arg(long)]
    name: Option<String>,
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
/// The longest name, in characters.
const MAX_NAME: usize = 120;

impl Link {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = DataDir::beside(&self.data.dir()?)?;
        let store = Store::open_beside(&dir).await?;
        let noted = std::fs::read_to_string(dir.path().join("boule.address"));
        let url =
            self.url.or(noted.ok()).unwrap_or_else(|| format!("http://{}", crate::config::DEFAULT_BIND));
        let role: Role = self.role.into();
        let name = self.name.unwrap_or_else(|| format!("{}, {}", role.as_str(), today()));
        say!("{}", make(&store, role, &name, &url).await?);
        store.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

fn today() -> String {
    let now = jiff::Timestamp::from_microsecond(Clock::system().now().0).unwrap_or_default();
    now.strftime("%Y-%m-%d").to_string()
}

/// Makes a link for a role on the server at `url`, for somebody with this name.
pub(super) async fn make(store: &Store, role: Role, name: &str, url: &str) -> anyhow::Result<String> {
    let name = clean_line(name);
    anyhow::ensure!((1..=MAX_NAME).contains(&name.chars().count()), "a name has 1 to {MAX_NAME} characters");
    let key = random_token();
    let created_at = Clock::system().now();
    let expires_at = Timestamp(created_at.0 + LIFE_US);
    let link = RoleLink { role, name, created_at, expires_at };
    store.add_role_link(TokenHash::of(&key), link).await.context("the link can't be kept")?;
    Ok(format!("{}/enter?key={key}", url.trim().trim_end_matches('/')))
}
