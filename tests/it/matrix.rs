//! I11: who may do what, for every route that there is: made from the router's own list.

use boule::access::{Need, NeedPlace};
use boule::domain::{Rights, Role};
use boule::http::{Route, routes};
use boule::instance::Scope;
use reqwest::Method;

use crate::app::{Browser, TestApp, address_of, open_settings};

/// Conversations that a request may be about.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Tenant {
    /// One that is open.
    Open,
    /// A draft.
    Draft,
    /// One that is not there.
    Nowhere,
}

impl Tenant {
    fn slug(self) -> &'static str {
        match self {
            Tenant::Open => "open",
            Tenant::Draft => "draft",
            Tenant::Nowhere => "nowhere",
        }
    }
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Asker {
    /// Somebody without an account.
    Nobody,
    /// Somebody with a role on the whole instance.
    Everywhere(Role),
    /// Somebody with a role in another conversation.
    Elsewhere(Role),
    /// Somebody whose role in this conversation was taken.
    Former,
}

const ASKERS: [Asker; 8] = [
    Asker::Nobody,
    Asker::Everywhere(Role::Moderator),
    Asker::Everywhere(Role::Overseer),
    Asker::Everywhere(Role::Organiser),
    Asker::Everywhere(Role::Owner),
    Asker::Elsewhere(Role::Moderator),
    Asker::Elsewhere(Role::Organiser),
    Asker::Former,
];

impl Asker {
    async fn browser(self, app: &TestApp, other: Scope, here: Scope) -> Browser {
        match self {
            Asker::Nobody => app.browser(),
            Asker::Everywhere(role) => app.staff(role).await,
            Asker::Elsewhere(role) => app.staff_in(role, other).await,
            Asker::Former => {
                let browser = app.staff_in(Role::Organiser, here).await;
                let account = app.account(&address_of(Role::Organiser, here)).await;
                let (by, now) = (boule::instance::InstanceActor::System, app.app.clock.now());
                app.app.store.take_role(by, account, here, now).await.unwrap();
                browser
            }
        }
    }

    /// What they may do at a place that a need names.
    fn rights(self, place: NeedPlace) -> Rights {
        match (self, place) {
            (Asker::Everywhere(role), _) | (Asker::Elsewhere(role), NeedPlace::Anywhere) => role.into(),
            (Asker::Nobody | Asker::Elsewhere(_) | Asker::Former, _) => Rights::NONE,
        }
    }
}

/// What is expected: asked to sign in, refused, not found, or let through to whatever the handler says.
fn expected(need: &Need, method: &Method, asker: Asker, tenant: Tenant) -> Option<u16> {
    let is_read = *method == Method::GET;
    let needs_account = need.place == NeedPlace::SignedIn || !(need.is_of)(Rights::NONE);
    if needs_account && asker == Asker::Nobody {
        return Some(if is_read { 303 } else { 401 });
    }
    let rights = asker.rights(need.place);
    if need.place == NeedPlace::Conversation {
        let is_hidden = tenant == Tenant::Draft && !rights.may_see_moderation();
        if tenant == Tenant::Nowhere || is_hidden {
            return Some(404);
        }
    }
    let may = (need.is_of)(rights) && (tenant != Tenant::Draft || (need.is_of_in_draft)(rights));
    if may { None } else { Some(403) }
}

/// What a route has to need, said once more: a handler that asks for less is found here.
fn planned(method: &Method, path: &str) -> (&'static str, NeedPlace) {
    use NeedPlace::{Anywhere, Conversation, Instance, Nowhere, SignedIn};
    let acts = *method == Method::POST;
    let one = path.contains("{slug}");
    match path.split('/').nth(1).unwrap_or_default() {
        "o" if path.ends_with("/rows") => ("MayOrganise", Conversation),
        "o" if path.ends_with("/log.csv") => ("MaySeeOrganising", Conversation),
        "o" if path.ends_with("/leave") => ("MaySeeModeration", Conversation),
        "o" if acts => ("MayOrganise", if one { Conversation } else { Anywhere }),
        "o" => ("MaySeeOrganising", if one { Conversation } else { Anywhere }),
        "m" if acts => ("MayModerate", Conversation),
        "m" => ("MaySeeModeration", if one { Conversation } else { Anywhere }),
        "api" if !one => ("anybody", Nowhere),
        "c" | "api" => ("MayTakePart", Conversation),
        "account" | "desk" => ("an account", SignedIn),
        "people" if path.ends_with("/leave") => ("an account", SignedIn),
        "people" | "pages" | "kept" if acts => ("MayOwn", Instance),
        "people" | "log" | "log.csv" | "pages" => ("MayOversee", Instance),
        "" | "health" | "static" | "sw.js" | "favicon.ico" | "kept" | "about" | "enter" | "leave"
        | "follow" | "sign-in" | "preview" => ("anybody", Nowhere),
        _ => panic!("{path}: who may ask for it?"),
    }
}

/// The address of a route for one conversation.
fn address(route: &Route, tenant: Tenant) -> String {
    let path = route.path.replace("{slug}", tenant.slug()).replace("{statement}", "0");
    let path = path.replace("{snapshot}", "1").replace("{version}", "1");
    path.replace("{name}", "boule.css").replace("{page}", "privacy").replace("{language}", "en")
}

/// What is there once somebody has published it, or drafted it.
fn is_published_later(path: &str) -> bool {
    let later = [
        "/results/on/1",
        "/rows.csv",
        "/results",
        "/agenda",
        "/agenda/1",
        "/follow",
        "/agenda.md",
        "/agenda.csv",
        "/agenda.docx",
        "/agenda.ics",
    ];
    let is_draft = path.starts_with("/o/") && [".csv", ".docx"].iter().any(|end| path.ends_with(end));
    is_draft
        || ["/c/", "/api/v1/c/"].iter().any(|start| path.starts_with(start))
            && later.iter().any(|end| path.ends_with(end))
}

/// What would end the conversation, or the session, that the others are tried on.
fn ends_something(path: &str) -> bool {
    ["/close", "/open", "/leave", "/sessions/end"].iter().any(|end| path.ends_with(end))
}

#[tokio::test]
async fn i11_every_route_lets_through_who_may_and_nobody_else() {
    let app = TestApp::spawn().await;
    let here = Scope::Conversation(app.conversation("open", 3, open_settings()).await.conversation);
    app.draft("draft", open_settings()).await;
    let other = Scope::Conversation(app.conversation("other", 1, open_settings()).await.conversation);
    let mut browsers = Vec::new();
    for asker in ASKERS {
        browsers.push((asker, asker.browser(&app, other, here).await));
    }
    let (mut checked, mut methods) = (0, 0);
    for route in routes() {
        let is_of_one = route.path.contains("{slug}");
        let tenants: &[Tenant] =
            if is_of_one { &[Tenant::Open, Tenant::Draft, Tenant::Nowhere] } else { &[Tenant::Open] };
        for (method, need) in &route.methods {
            methods += 1;
            assert_eq!((need.name, need.place), planned(method, route.path), "{method} {}", route.path);
            for ((asker, browser), tenant) in
                browsers.iter().flat_map(|b| tenants.iter().map(move |t| (b, *t)))
            {
                let expected = expected(need, method, *asker, tenant);
                if expected.is_none() && ends_something(route.path) {
                    continue;
                }
                let path = address(&route, tenant);
                let answer = match *method == Method::GET {
                    true => browser.get(&path).await,
                    false => browser.post(&path, &[]).await,
                };
                let status = answer.status().as_u16();
                match expected {
                    Some(expected) => {
                        assert_eq!(status, expected, "{method} {path} ({}) as {asker:?}", need.name);
                        if status == 303 {
                            let to = answer.headers()["location"].to_str().unwrap();
                            assert!(to.starts_with("/sign-in"), "{path}: {to}");
                        }
                    }
                    // What a visitor brings, not who they are: a link that is no link, a page of one's own, a
                    // draft without statements, a step of signing in that nobody is at.
                    None if ["/enter", "/sign-in", "/preview", "/follow"]
                        .iter()
                        .any(|start| path.starts_with(start)) => {}
                    None if path.starts_with("/account/app") || path == "/account/provider" => {}
                    None if path.contains("/mine/")
                        || path == "/c/draft/s/0"
                        || is_published_later(&path)
                        || path.starts_with("/kept/") => {}
                    None => {
                        assert!(![401, 403, 404].contains(&status), "{method} {path} as {asker:?}: {status}");
                    }
                }
                checked += 1;
            }
        }
    }
    println!("{} routes, {methods} of their methods, {checked} requests", routes().len());
    assert!(methods >= 73 && checked > 1_200, "{methods} {checked}");
}

#[tokio::test]
async fn no_form_of_another_site_does_anything_and_no_field_of_the_servers_own_is_taken() {
    let app = TestApp::spawn().await;
    app.conversation("open", 3, open_settings()).await;
    app.draft("draft", open_settings()).await;
    let owner = app.staff(Role::Owner).await;
    let mut forms = 0;
    for route in routes() {
        if !route.methods.iter().any(|(method, _)| *method == Method::POST) {
            continue;
        }
        forms += 1;
        let path = address(&route, Tenant::Open);
        let site = format!("{}{path}", owner.base);
        let kinds = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"];
        for (fetch, origin) in [
            (Some("cross-site"), "https://evil.example"),
            (Some("same-site"), "https://other.town.example"),
            (None, "https://evil.example"),
            (None, "null"),
            (Some("cross-site"), owner.base.as_str()),
        ] {
            for kind in kinds {
                let mut request =
                    owner.http.post(&site).header("origin", origin).header("content-type", kind);
                if let Some(fetch) = fetch {
                    request = request.header("sec-fetch-site", fetch);
                }
                let status = request.body("").send().await.unwrap().status();
                assert_eq!(status, 403, "{path} from {origin} ({fetch:?})");
            }
        }
        // A mail program sends a field of its own to it (RFC 8058).
        if path.starts_with("/api/") || path == "/follow/stop" {
            continue;
        }
        for field in ["seq", "by", "account", "head", "participant", "created_at"] {
            let answer = owner.post(&path, &[(field, "1")]).await.status();
            assert_eq!(answer, 400, "{path} takes {field}");
        }
    }
    assert!(forms >= 40, "{forms}");
    assert_eq!(owner.get("/o/open").await.status(), 200, "nothing was done, and nobody was signed out");
    println!("{forms} forms");
}
