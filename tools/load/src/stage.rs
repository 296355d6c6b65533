//! The conversation that is put under load: made over the server's own pages, as an organiser does.

use anyhow::{Context, bail};

use boule::clock::{Clock, random_token};
use boule::domain::{ConversationId, Role, Slug, Timestamp, TokenHash};
use boule::store::{DataDir, RoleLink, Store};

use super::target::Target;
use super::wire::Wire;

/// As many statements as one file may bring.
const SEEDS_PER_FILE: u32 = 1000;

/// The link that the conversation is made with is used at once.
const LINK_US: i64 = 60_000_000;

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
    let (key, created_at) = (random_token(), Clock::system().now());
    let expires_at = Timestamp(created_at.0 + LINK_US);
    let link = RoleLink { role: Role::Organiser, name: "Load generator".into(), created_at, expires_at };
    store.add_role_link(TokenHash::of(&key), link).await.context("the link can't be kept")?;
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
