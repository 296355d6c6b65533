//! `TestApp`: a server of its own for each test, on a free port and in a directory that goes with it.

use std::time::Duration;

use boule::app::{App, AppOptions, SiteConfig, bind};
use boule::cli::client::{Client, Site};
use boule::clock::{random_bytes, random_token};
use boule::conversation::{
    Act, Actor, Ballot, Brief, ConversationCreated, Identity, NewEvent, RecordedActor, SeedsAct, Settings,
    StatementModerated, StatementSubmitted,
};
use boule::domain::{
    Choice, ConversationId, EmailAddress, Moderation, OperationId, PersonalText, Role, Seq, Slug,
    StaffNumber, StatementNumber, TokenHash,
};
use boule::instance::{Grant, InstanceActor, Link, LinkPurpose, Scope};
use boule::live::{LiveConfig, RoomHandle, RoomResult, Saved};
use boule::store::{DataDir, ErasureRecord, NewEvents, ServerAddress};
use tempfile::TempDir;

/// A running server.
pub struct TestApp {
    pub app: App,
    pub dir: TempDir,
}

/// The browser of one person: keeps cookies, follows no redirect.
pub struct Browser {
    pub http: reqwest::Client,
    pub base: String,
}

impl TestApp {
    pub async fn spawn() -> Self {
        Self::spawn_in(tempfile::tempdir().unwrap()).await
    }

    pub async fn spawn_in(dir: TempDir) -> Self {
        Self::spawn_with(dir, LiveConfig::default()).await
    }

    pub async fn spawn_with(dir: TempDir, live: LiveConfig) -> Self {
        Self::spawn_for(dir, live, None).await
    }

    /// One whose database is on a server.
    pub async fn spawn_for(dir: TempDir, live: LiveConfig, server: Option<ServerAddress>) -> Self {
        Self::spawn_as(dir, server, AppOptions { live, ..AppOptions::default() }).await
    }

    /// One of several whose database is on a server.
    pub async fn spawn_node(server: ServerAddress) -> Self {
        let node = bind("127.0.0.1:0".parse().unwrap(), false).unwrap();
        let options = AppOptions { node: Some(node), ..AppOptions::default() };
        Self::spawn_as(tempfile::tempdir().unwrap(), Some(server), options).await
    }

    async fn spawn_as(dir: TempDir, server: Option<ServerAddress>, options: AppOptions) -> Self {
        let erasures = ErasureRecord::at(dir.path().join("erasures"));
        let data = DataDir::lock_for(dir.path(), server).unwrap().noting_erasures_in(erasures);
        let listener = bind("127.0.0.1:0".parse().unwrap(), false).unwrap();
        let app = App::start_with(data, listener, &SiteConfig::default(), options).await.unwrap();
        Self { app, dir }
    }

    /// Stops and starts again on the same data.
    pub async fn restart(self) -> Self {
        self.app.stop().await;
        Self::spawn_in(self.dir).await
    }

    /// An open conversation with this many seed statements. Their numbers begin at 0, as in logs that were begun by
    /// earlier versions and in imports.
    pub async fn conversation(&self, slug: &str, seeds: usize, settings: Settings) -> RoomHandle {
        self.conversation_saying(slug, seeds, settings, |number| format!("Seed statement number {number}"))
            .await
    }

    /// The same with statements that have no words in common, which no draft of an agenda takes for one.
    pub async fn varied_conversation(&self, slug: &str, seeds: usize, settings: Settings) -> RoomHandle {
        self.conversation_saying(slug, seeds, settings, |number| unlike(number.0)).await
    }

    async fn conversation_saying(
        &self,
        slug: &str,
        seeds: usize,
        settings: Settings,
        says: impl Fn(StatementNumber) -> String,
    ) -> RoomHandle {
        let slug = Slug::parse(slug).unwrap();
        let mut salt = random_bytes::<16>;
        let created = ConversationCreated::new(slug.clone(), &brief(settings), &mut salt).unwrap();
        let mut events = vec![NewEvent::new(RecordedActor::System, created)];
        for number in (0..).take(seeds).map(StatementNumber) {
            let text = PersonalText::new(says(number), salt());
            let submitted = StatementSubmitted { seed: true, ..StatementSubmitted::new(number, text) };
            let accepted = StatementModerated { statement: number, to: Moderation::Accepted, rule: None };
            events.push(NewEvent::new(RecordedActor::System, submitted));
            events.push(NewEvent::new(RecordedActor::System, accepted));
        }
        let conversation = ConversationId::from_random(random_bytes());
        let new = NewEvents::new(conversation, Seq(0), self.app.clock.now(), events);
        self.app.store.record(new).await.unwrap();
        let room = self.app.rooms.room(&slug).await.unwrap();
        room.open().await.unwrap();
        room
    }

    /// A conversation that is not open yet.
    pub async fn draft(&self, slug: &str, settings: Settings) -> RoomHandle {
        let slug = Slug::parse(slug).unwrap();
        self.app.rooms.create(RecordedActor::System, slug, &brief(settings)).await.unwrap()
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.app.address)
    }

    /// Programs that come with the operator's key: no rate limits.
    pub fn site(&self, slug: &str) -> Site {
        Site::new(self.app.address.to_string(), slug, Some(self.app.operator_key.clone()))
    }

    /// A participant who has joined over the protocol.
    pub async fn participant(&self, slug: &str) -> Client {
        let site = self.site(slug);
        let (ticket, _) = site.join(None).await.unwrap();
        site.connect(Some(&ticket)).await.unwrap()
    }

    pub fn browser(&self) -> Browser {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        Browser { http, base: self.base() }
    }

    /// A browser of somebody who holds this role on the whole instance.
    pub async fn staff(&self, role: Role) -> Browser {
        self.staff_in(role, Scope::Instance).await
    }

    /// The same where the role holds there only.
    pub async fn staff_in(&self, role: Role, scope: Scope) -> Browser {
        let account = self.account(&address_of(role, scope)).await;
        let (by, now) = (InstanceActor::CommandLine, self.app.clock.now());
        self.app.store.give_role(by, account, Grant { role, scope }, now).await.unwrap();
        self.signed_in(account).await
    }

    /// The account with this address, made if need be.
    pub async fn account(&self, address: &str) -> StaffNumber {
        let address = EmailAddress::parse(address).unwrap();
        match self.app.store.account(&address).await.unwrap() {
            Some(account) => account.number,
            None => self.app.store.add_account(&address, [9; 16], self.app.clock.now()).await.unwrap(),
        }
    }

    /// A browser that came in by a link of the command line.
    pub async fn signed_in(&self, account: StaffNumber) -> Browser {
        let key = self.link(LinkPurpose::SignIn(account)).await;
        let browser = self.browser();
        let answer = browser.post("/enter", &[("key", &key)]).await;
        assert_eq!(answer.status(), 303);
        browser
    }

    /// The key of a new link.
    pub async fn link(&self, purpose: LinkPurpose) -> String {
        let key = random_token();
        let link = Link::new(purpose, None, self.app.clock.now());
        self.app
            .store
            .add_link(InstanceActor::CommandLine, TokenHash::of(&key), &link, [7; 16])
            .await
            .unwrap();
        key
    }
}

impl Browser {
    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.http.get(format!("{}{path}", self.base)).send().await.unwrap()
    }

    pub async fn text(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    /// Posts a form as a browser does, from a page of the same site.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> reqwest::Response {
        let request = self.http.post(format!("{}{path}", self.base)).header("origin", &self.base);
        let body: Vec<String> = form.iter().map(|(key, value)| format!("{key}={}", escape(value))).collect();
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(body.join("&")).send().await.unwrap()
    }

    /// Publishes the agenda in the making, as somebody does who has read what becomes public.
    pub async fn publish_agenda(&self, slug: &str) -> reqwest::Response {
        let page = self.text(&format!("/o/{slug}/agenda/publish")).await;
        let revision = value_of(&page, "revision").expect("the agenda that was read").to_owned();
        self.post(&format!("/o/{slug}/agenda/publish"), &[("revision", &revision)]).await
    }

    /// Presses a button of the form of an agenda, as it stands, with these fields filled in otherwise.
    pub async fn press(&self, slug: &str, button: &str, typed: &[(&str, &str)]) -> reqwest::Response {
        let page = self.text(&format!("/o/{slug}/agenda")).await;
        self.press_on(&page, slug, button, typed).await
    }

    /// The same on a page that was loaded before.
    pub async fn press_on(
        &self,
        page: &str,
        slug: &str,
        button: &str,
        typed: &[(&str, &str)],
    ) -> reqwest::Response {
        let names = ["revision", "op", "was-session", "session-minutes", "session-starts"].map(str::to_owned);
        let items = numbers_of_items(page);
        let of_items = items.iter().flat_map(|item| {
            ["was-question", "was-plan", "minutes", "was-background", "theirs-question"]
                .map(|name| format!("{name}-{item}"))
        });
        let mut form: Vec<(String, String)> = names
            .into_iter()
            .chain(of_items)
            .map(|name| (name.clone(), value_of(page, &name).unwrap_or_default().to_owned()))
            .collect();
        for item in &items {
            for name in ["question", "notes"] {
                let field = page.split(&format!("name=\"{name}-{item}\"")).nth(1).unwrap();
                let words = field.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
                form.push((format!("{name}-{item}"), words.to_owned()));
            }
            let goals = page.split(&format!("name=\"goal-{item}\"")).nth(1).unwrap();
            let chosen = goals.split("\" selected>").next().unwrap().rsplit('"').next().unwrap();
            form.push((format!("goal-{item}"), chosen.to_owned()));
        }
        form.retain(|(name, _)| typed.iter().all(|(other, _)| other != name));
        form.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        form.push(("do".to_owned(), button.to_owned()));
        let form: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&format!("/o/{slug}/agenda/change"), &form).await
    }
}

/// A statement that has no words in common with others.
pub fn unlike(number: u32) -> String {
    let word = |at: u32| {
        let mut rest = (number * 7 + at + 1).wrapping_mul(2_654_435_761);
        let letters = (0..8).map(|_| {
            rest = rest.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + u8::try_from((rest >> 24) % 26).unwrap())
        });
        letters.collect::<String>()
    };
    format!("{number}: {} {} {}", word(0), word(1), word(2))
}

/// What a field of a page holds; nothing where there is no such field.
pub fn value_of<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let field = page.split(&format!("name=\"{name}\"")).nth(1)?.split('>').next()?;
    field.split("value=\"").nth(1)?.split('"').next()
}

/// The numbers of the items on a page, in their order.
pub fn numbers_of_items(page: &str) -> Vec<String> {
    page.split("id=\"item-").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// The address of whoever holds a role somewhere, in tests: it says nothing in any language.
pub fn address_of(role: Role, scope: Scope) -> String {
    format!("x{}-{}@test.invalid", role as u8, scope.stored().1)
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// What takes longer never comes. Maps give way to votes, and what is found out of them to everything: on a
/// machine that is busy with something else they take their time.
pub const PATIENCE: Duration = Duration::from_secs(180);

type Op = Option<OperationId>;
type Asked = RoomResult<Saved>;

/// Short ways to ask a room for what tests ask for most; what staff do is done by the system.
#[allow(async_fn_in_trait, reason = "nobody else implements it")]
pub trait Asks {
    async fn cast_vote(&self, who: Identity, on: StatementNumber, choice: Choice, op: Op) -> Asked;
    async fn vote(&self, person: u32, statement: u32, choice: Choice);
    async fn join(&self, token: TokenHash) -> RoomResult<Saved>;
    async fn submit(&self, identity: Identity, text: &str) -> RoomResult<Saved>;
    async fn add_seed(&self, text: &str) -> RoomResult<Saved>;
    async fn add_seeds(&self, texts: Vec<String>) -> RoomResult<u32>;
    async fn moderate(&self, statement: u32, to: Moderation) -> RoomResult<Saved>;
    async fn open(&self) -> RoomResult<Saved>;
    async fn close(&self) -> RoomResult<Saved>;
}

impl Asks for RoomHandle {
    async fn cast_vote(&self, who: Identity, on: StatementNumber, choice: Choice, op: Op) -> Asked {
        self.act(who, Ballot { op, ..Ballot::new(on, choice) }).await
    }

    /// The vote of somebody who needs no name.
    async fn vote(&self, person: u32, statement: u32, choice: Choice) {
        let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
        self.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
    }

    async fn join(&self, token: TokenHash) -> RoomResult<Saved> {
        self.act(Identity::Token(token), Act::join()).await
    }

    async fn submit(&self, identity: Identity, text: &str) -> RoomResult<Saved> {
        self.act(identity, Act::submit(text, None)).await
    }

    async fn add_seed(&self, text: &str) -> RoomResult<Saved> {
        self.act(Actor::System, Act::seed(text, false)).await
    }

    /// How many were added.
    async fn add_seeds(&self, texts: Vec<String>) -> RoomResult<u32> {
        self.act(Actor::System, SeedsAct::AddMany(texts)).await.map(|saved| saved.counts().0)
    }

    /// A rejection is by the first rule of the policy.
    async fn moderate(&self, statement: u32, to: Moderation) -> RoomResult<Saved> {
        let rule = (to == Moderation::Rejected).then_some(0);
        self.act(Actor::System, Act::moderate(StatementNumber(statement), to, rule)).await
    }

    async fn open(&self) -> RoomResult<Saved> {
        self.act(Actor::System, Act::open()).await
    }

    async fn close(&self) -> RoomResult<Saved> {
        self.act(Actor::System, Act::close()).await
    }
}

fn brief(settings: Settings) -> Brief {
    Brief {
        question: "What should become of the riverside?".into(),
        description: "First paragraph.\nSecond paragraph.".into(),
        organiser: "The council".into(),
        policy: boule::texts::Texts::english().default_policy(),
        settings,
        ..Brief::default()
    }
}

/// Results for everybody, and every vote at once.
pub fn open_settings() -> Settings {
    Settings {
        results: boule::conversation::ResultsRule::Always,
        live: boule::conversation::LiveUpdates::Immediate,
        ..Settings::default()
    }
}
