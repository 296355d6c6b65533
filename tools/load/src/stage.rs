//! The conversation that is put under load: made over the server's own pages, as an organiser does.

use anyhow::{Context, bail};

use boule::clock::{Clock, random_bytes, random_token};
use boule::domain::{ConversationId, EmailAddress, Role, Slug, TokenHash};
use boule::instance::{Grant, InstanceActor, Link, LinkPurpose, Scope};
use boule::store::{DataDir, Store};

use super::target::Target;
use super::wire::Wire;

/// As many statements as one file may bring.
const SEEDS_PER_FILE: u32 = 1000;

/// A page that does not answer within this time never does. (A file of statements is many commits.)
const PAGE_WITHIN: std::time::Duration = std::time::Duration::from_secs(60);

/// An open conversation, and how to reach it.
pub(super) struct Stage {
    pub wire: Wire,
    pub conversation: ConversationId,
}

/// Makes a conversation with this many statements on the server that writes this directory.
pub(super) async fn set(dir: &DataDir, target: &Target, statements: u32) -> anyhow::Result<Stage> {
    let store = Store::open_beside(dir).await?;
    let key = random_token();
    let (by, now) = (InstanceActor::CommandLine, Clock::system().now());
    let address = EmailAddress::parse("load@load.invalid").context("an address is none")?;
    let account = match store.account(&address).await? {
        Some(account) => account.number,
        None => store.add_account(&address, random_bytes(), now).await?,
    };
    let grant = Grant { role: Role::Organiser, scope: Scope::Instance };
    store.give_role(by, account, grant, now).await?;
    let link = Link::new(LinkPurpose::SignIn(account), None, now);
    store.add_link(by, TokenHash::of(&key), &link, random_bytes()).await.context("the link can't be kept")?;
    let slug = format!("load-{}", &random_token()[..12]);
    let organiser = Organiser::enter(target, &key).await?;
    organiser.make(&slug, statements).await?;
    let parsed = Slug::parse(&slug)?;
    let conversation = store.conversation(&parsed).await?;
    let conversation = conversation.context(
        "the server made a conversation that is not in this data directory: --data is another server's",
    )?;
    store.close().await;
    let operator_key = dir.existing_operator_key()?;
    Ok(Stage { wire: Wire { target: target.clone(), slug, operator_key }, conversation })
}

/// What a statement says.
pub(super) fn statement_text(number: u32) -> String {
    format!("Statement number {number} of a load, about as long as people write them.")
}

/// An organiser's browser.
struct Organiser {
    http: reqwest::Client,
    base: String,
}

impl Organiser {
    async fn enter(target: &Target, key: &str) -> anyhow::Result<Self> {
        let redirect = reqwest::redirect::Policy::none();
        let http =
            reqwest::Client::builder().cookie_store(true).redirect(redirect).timeout(PAGE_WITHIN).build()?;
        let organiser = Self { http, base: target.base() };
        organiser.post("/enter", &[("key", key)]).await?;
        Ok(organiser)
    }

    async fn make(&self, slug: &str, statements: u32) -> anyhow::Result<()> {
        let form = [
            ("slug", slug),
            ("question", "What does a load say?"),
            ("organiser", "boule-load"),
            ("results", "always"),
            ("moderation", "before"),
        ];
        self.post("/o", &form).await?;
        for from in (0..statements).step_by(SEEDS_PER_FILE as usize) {
            let until = statements.min(from + SEEDS_PER_FILE);
            let texts: Vec<String> = (from..until).map(statement_text).collect();
            self.post_statements(&format!("/o/{slug}/seeds/add"), &texts).await?;
        }
        self.post(&format!("/o/{slug}/open"), &[]).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> anyhow::Result<()> {
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
        let request = self.request(path).header("content-type", "application/x-www-form-urlencoded");
        done(path, &request.body(body.join("&")).send().await?)
    }

    async fn post_statements(&self, path: &str, texts: &[String]) -> anyhow::Result<()> {
        let (boundary, texts) = (random_token(), serde_json::to_string(texts)?);
        let body = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"statements\"\r\n\r\n{texts}\r\n--{boundary}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={boundary}");
        done(path, &self.request(path).header("content-type", kind).body(body).send().await?)
    }

    fn request(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.post(format!("{}{path}", self.base)).header("origin", &self.base)
    }
}

fn done(path: &str, answer: &reqwest::Response) -> anyhow::Result<()> {
    match answer.status().as_u16() {
        303 => Ok(()),
        403 => {
            bail!("the server refused {path}: --url is not the address that it knows itself by (public_url)")
        }
        status => bail!("the server answered {path} with {status}"),
    }
}
