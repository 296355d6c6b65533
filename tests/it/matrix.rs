//! I11: who may do what, for every route that there is: made from the router's own list.

use boule::access::Need;
use boule::domain::Role;
use boule::http::routes;
use reqwest::Method;

use crate::app::{Browser, TestApp, open_settings};

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

/// What is expected: refused, not found, or let through to whatever the handler says.
fn expected(need: &Need, role: Role, tenant: Tenant, is_of_one: bool) -> Option<u16> {
    let may = (need.is_of)(role);
    let may_here = tenant != Tenant::Draft || (need.is_of_in_draft)(role);
    match (may, is_of_one) {
        (false, _) => Some(403),
        (true, true) if tenant == Tenant::Nowhere || !may_here => Some(404),
        _ => None,
    }
}

/// What a route has to need, said once more: a handler that asks for less is found here.
fn planned(method: &Method, path: &str) -> &'static str {
    let acts = *method == Method::POST;
    match path.split('/').nth(1).unwrap_or_default() {
        "o" if acts => "MayOrganise",
        "o" => "MaySeeOrganising",
        "m" if acts => "MayModerate",
        "m" => "MaySeeModeration",
        "c" | "api" => "MayTakePart",
        "" | "health" | "static" | "favicon.ico" | "enter" | "leave" => "anybody",
        _ => panic!("{path}: who may ask for it?"),
    }
}

async fn visitor(app: &TestApp, role: Role) -> Browser {
    if role == Role::Participant { app.browser() } else { app.staff(role).await }
}

#[tokio::test]
async fn i11_every_route_lets_through_who_may_and_nobody_else() {
    let app = TestApp::spawn().await;
    app.conversation("open", 3, open_settings()).await;
    app.draft("draft", open_settings()).await;
    let roles = [Role::Participant, Role::Moderator, Role::Overseer, Role::Organiser];
    let (mut checked, mut methods) = (0, 0);
    for route in routes() {
        let is_of_one = route.path.contains("{slug}");
        let tenants: &[Tenant] =
            if is_of_one { &[Tenant::Open, Tenant::Draft, Tenant::Nowhere] } else { &[Tenant::Open] };
        for (method, need) in &route.methods {
            methods += 1;
            assert_eq!(need.name, planned(method, route.path), "{method} {}", route.path);
            for (role, tenant) in roles.iter().flat_map(|role| tenants.iter().map(move |t| (*role, *t))) {
                // What would end the conversation that the others are tried on is tried by nobody who may.
                if (need.is_of)(role) && ["/close", "/open"].iter().any(|end| route.path.ends_with(end)) {
                    continue;
                }
                let path = route.path.replace("{slug}", tenant.slug()).replace("{statement}", "0");
                let path = path.replace("{name}", "boule.css");
                let browser = visitor(&app, role).await;
                let answer = match *method == Method::GET {
                    true => browser.get(&path).await,
                    false => browser.post(&path, &[]).await,
                };
                let status = answer.status().as_u16();
                match expected(need, role, tenant, is_of_one) {
                    Some(expected) => {
                        assert_eq!(status, expected, "{method} {path} ({}) as {role:?}", need.name);
                    }
                    // What a visitor brings, not who they are: a link that is no link, a page of one's own, and
                    // a draft without statements.
                    None if path == "/enter" || path.contains("/mine/") || path == "/c/draft/s/0" => {}
                    None => assert!(![403, 404].contains(&status), "{method} {path} as {role:?}: {status}"),
                }
                checked += 1;
            }
        }
    }
    println!("{} routes, {methods} of their methods, {checked} requests", routes().len());
    assert!(methods >= 40 && checked > 350, "{methods} {checked}");
}
