//! `TestApp`: a server of its own for each test, on a free port and in a directory that goes with it.

use std::time::Duration;

use boule::app::{App, Outside, bind};
use boule::cli::client::{Client, Site};
use boule::clock::{Clock, random_token};
use boule::domain::{Role, Settings, Slug, Timestamp, TokenHash};
use boule::live::{LiveConfig, NewConversation, RoomHandle};
use boule::store::{DataDir, RoleLink};
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
        let data = DataDir::lock(dir.path()).unwrap();
        let listener = bind("127.0.0.1:0".parse().unwrap(), false).await.unwrap();
        let app = App::start(data, listener, &Outside::default(), live).await.unwrap();
        Self { app, dir }
    }

    /// Stops and starts again on the same data.
    pub async fn restart(self) -> Self {
        self.app.stop().await;
        Self::spawn_in(self.dir).await
    }

    /// An open conversation with this many seed statements.
    pub async fn conversation(&self, slug: &str, seeds: usize, settings: Settings) -> RoomHandle {
        let room = self.draft(slug, settings).await;
        for number in 0..seeds {
            room.add_seed(format!("Seed statement number {number}"), false).await.unwrap();
        }
        room.open().await.unwrap();
        room
    }

    /// A conversation that is not open yet.
    pub async fn draft(&self, slug: &str, settings: Settings) -> RoomHandle {
        let new = NewConversation {
            slug: Slug::parse(slug).unwrap(),
            question: "What should become of the riverside?".into(),
            description: "First paragraph.\nSecond paragraph.".into(),
            organiser: "The council".into(),
            settings,
        };
        self.app.rooms.create(new).await.unwrap()
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

    /// A browser that used a role link.
    pub async fn staff(&self, role: Role) -> Browser {
        let key = random_token();
        let expires_at = Timestamp(Clock::system().now().0 + 60_000_000);
        self.app.store.add_role_link(TokenHash::of(&key), RoleLink { role, expires_at }).await.unwrap();
        let browser = self.browser();
        let answer = browser.post("/enter", &[("key", &key)]).await;
        assert_eq!(answer.status(), 303);
        browser
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
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// Results for everybody, and every vote at once.
pub fn open_settings() -> Settings {
    Settings {
        results: boule::domain::ResultsRule::Always,
        live: boule::domain::LiveUpdates::Immediate,
        ..Settings::default()
    }
}
