//! `boule link`

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::clock::{Clock, random_bytes, random_token};
use crate::domain::{EmailAddress, Role, Slug, TokenHash};
use crate::instance::{Grant, InstanceActor, Link as OneTimeLink, LinkPurpose, Scope};
use crate::store::Store;

use super::DataArgs;

/// Print a one-time link that lets somebody in, for the first owner and for emergencies
///
/// It works beside a running server. Colleagues are invited from the pages; this is for when nobody can sign in.
#[derive(Args)]
pub(super) struct Link {
    /// The role that it gives, or `sign-in` for somebody who has an account and can't get in
    role: LinkRole,
    #[command(flatten)]
    data: DataArgs,
    /// The e-mail address of whoever it is for; with `sign-in`, the address of their account
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// The conversation that the role is for [default: the whole instance]
    #[arg(long, value_name = "SLUG")]
    conversation: Option<String>,
    /// The server's address [default: the one it was last started with]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LinkRole {
    /// Everything: says who else runs the instance
    Owner,
    /// Makes conversations, opens and closes them, drafts agendas; may moderate
    Organiser,
    /// Accepts and rejects statements
    Moderator,
    /// Sees everything, changes nothing
    Overseer,
    /// Signs somebody in once who has lost their password or their app
    SignIn,
}

impl LinkRole {
    fn role(self) -> Option<Role> {
        match self {
            LinkRole::Owner => Some(Role::Owner),
            LinkRole::Organiser => Some(Role::Organiser),
            LinkRole::Moderator => Some(Role::Moderator),
            LinkRole::Overseer => Some(Role::Overseer),
            LinkRole::SignIn => None,
        }
    }
}

impl Link {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = self.data.beside()?;
        let store = Store::open_beside(&dir).await?;
        let noted = std::fs::read_to_string(dir.path().join("boule.address"));
        let url = self.url.clone().or(noted.ok());
        let url = url.unwrap_or_else(|| format!("http://{}", crate::config::DEFAULT_BIND));
        let address = self.address.as_deref().map(parse_address).transpose()?;
        let purpose = self.purpose(&store, address.as_ref()).await?;
        say!("{}", make(&store, purpose, address, &url).await?);
        store.close().await;
        Ok(ExitCode::SUCCESS)
    }

    async fn purpose(&self, store: &Store, address: Option<&EmailAddress>) -> anyhow::Result<LinkPurpose> {
        let Some(role) = self.role.role() else {
            let address = address.context("--address says whom the link is to sign in")?;
            let account = store.account(address).await?;
            let account = account.with_context(|| format!("nobody has an account with {address}"))?;
            return Ok(LinkPurpose::SignIn(account.number));
        };
        let Some(slug) = &self.conversation else {
            return Ok(LinkPurpose::Invitation(Grant { role, scope: Scope::Instance }));
        };
        anyhow::ensure!(role != Role::Owner, "an owner owns the whole instance, and not one conversation");
        let conversation = store.conversation(&Slug::parse(slug)?).await?;
        let conversation = conversation.with_context(|| format!("there is no conversation “{slug}”"))?;
        Ok(LinkPurpose::Invitation(Grant { role, scope: Scope::Conversation(conversation) }))
    }
}

fn parse_address(text: &str) -> anyhow::Result<EmailAddress> {
    EmailAddress::parse(text).with_context(|| format!("“{text}” is not an e-mail address"))
}

/// Makes a link on the server at `url`.
pub(super) async fn make(
    store: &Store,
    purpose: LinkPurpose,
    address: Option<EmailAddress>,
    url: &str,
) -> anyhow::Result<String> {
    let key = random_token();
    let link = OneTimeLink::new(purpose, address, Clock::system().now());
    let kept = store.add_link(InstanceActor::CommandLine, TokenHash::of(&key), &link, random_bytes());
    kept.await.context("the link can't be kept")?;
    Ok(format!("{}/enter?key={key}", url.trim().trim_end_matches('/')))
}

/// Makes an account that signs in by one link, once: for the demo, whose staff have no passwords.
pub(super) async fn make_demo_account(
    store: &Store,
    role: Role,
    address: &str,
    url: &str,
) -> anyhow::Result<String> {
    let (address, now) = (parse_address(address)?, Clock::system().now());
    let account = match store.account(&address).await? {
        Some(account) => account.number,
        None => store.add_account(&address, random_bytes(), now).await?,
    };
    let grant = Grant { role, scope: Scope::Instance };
    store.give_role(InstanceActor::CommandLine, account, grant, now).await?;
    make(store, LinkPurpose::SignIn(account), None, url).await
}
