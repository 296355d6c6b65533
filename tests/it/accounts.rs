//! Accounts: the first owner, invitations, passwords and codes, sessions, and what is kept for whoever was
//! signed out meanwhile.

use boule::clock::random_token;
use boule::domain::{ConversationId, Role, Timestamp, TokenHash};
use boule::instance::{Grant, InstanceActor, Link, LinkPurpose, Scope};
use boule::store::{NewSession, SessionStage};
use totp_rs::{Builder, Secret};

use crate::app::{Browser, TestApp, open_settings};

const PASSWORD: &str = "four plain words here";

/// What an app shows that has this secret, so many steps from now.
fn code(secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).build_noncompliant();
    let now = boule::clock::Clock::system().now().0 / 1_000_000;
    app.generate(u64::try_from(now + 30 * steps).unwrap()).to_string()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split(start).nth(1).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split(end).next().unwrap()
}

/// Somebody who came in by an invitation, with the secret of their app and their printed codes.
struct Person {
    browser: Browser,
    address: String,
    secret: String,
    printed: Vec<String>,
}

async fn come_in(app: &TestApp, role: Role, name: &str) -> Person {
    let key = app.link(LinkPurpose::Invitation(Grant { role, scope: Scope::Instance })).await;
    let (browser, address) = (app.browser(), format!("{name}@town.example"));
    let form = [("key", key.as_str()), ("address", &address), ("password", PASSWORD)];
    let answer = browser.post("/enter", &form).await;
    assert_eq!(answer.headers()["location"], "/sign-in/app");
    let page = browser.text("/sign-in/app").await;
    let secret = between(&page, "<code id=\"secret\">", "</code>").replace(' ', "");
    let answer = browser.post("/sign-in/app", &[("code", &code(&secret, -1))]).await;
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.unwrap();
    let list = between(&page, "<ul class=\"codes\">", "</ul>");
    let printed: Vec<String> =
        list.split("<li>").skip(1).map(|item| item.split("</li>").next().unwrap().to_owned()).collect();
    assert_eq!(printed.len(), 10);
    Person { browser, address, secret, printed }
}

async fn sign_in(app: &TestApp, address: &str, password: &str) -> (Browser, u16) {
    let browser = app.browser();
    let answer = browser.post("/sign-in", &[("address", address), ("password", password)]).await;
    let status = answer.status().as_u16();
    (browser, status)
}

#[tokio::test]
async fn the_first_owner_comes_in_by_a_link_with_a_password_and_an_app() {
    let app = TestApp::spawn().await;
    let key = app.link(LinkPurpose::Invitation(Grant { role: Role::Owner, scope: Scope::Instance })).await;
    let browser = app.browser();
    for _ in 0..2 {
        // A mail scanner follows the link: nothing is used up.
        assert!(browser.text(&format!("/enter?key={key}")).await.contains("Make my account"));
    }
    for (address, password, why) in [
        ("no address", PASSWORD, "This is not an e-mail address"),
        ("owner@town.example", "short", "too short"),
        ("owner@town.example", "owner-owner-owner", "Many people would guess"),
    ] {
        let form = [("key", key.as_str()), ("address", address), ("password", password)];
        let answer = browser.post("/enter", &form).await;
        assert_eq!(answer.status(), 422, "{why}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(why) && page.contains(&format!("value=\"{address}\"")), "{page}");
        assert!(!page.contains(&format!("=\"{password}\"")), "a password is never sent back");
    }
    let owner = come_in(&app, Role::Owner, "owner").await;
    let page = owner.browser.text("/people").await;
    assert!(page.contains("owner@town.example") && page.contains("Owns the site"), "{page}");
    let void = [("key", key.as_str()), ("address", "other@town.example"), ("password", PASSWORD)];
    assert_eq!(app.browser().post("/enter", &void).await.status(), 403, "the instance is set up");
    let more =
        app.link(LinkPurpose::Invitation(Grant { role: Role::Overseer, scope: Scope::Instance })).await;
    let again = [("key", more.as_str()), ("address", "owner@town.example"), ("password", PASSWORD)];
    let taken = app.browser().post("/enter", &again).await;
    assert_eq!(taken.status(), 422);
    assert!(taken.text().await.unwrap().contains("There is an account with this address"));
    // The one that was used does nothing any more: for nobody.
    let used = app.link(LinkPurpose::Invitation(Grant { role: Role::Owner, scope: Scope::Instance })).await;
    assert_eq!(owner.browser.post("/enter", &[("key", &used)]).await.status(), 303);
    assert_eq!(app.browser().post("/enter", &[("key", &used)]).await.status(), 403);
}

#[tokio::test]
async fn a_password_alone_lets_nobody_in_and_no_code_works_twice() {
    let app = TestApp::spawn().await;
    let person = come_in(&app, Role::Organiser, "clerk").await;
    assert_eq!(person.browser.post("/leave", &[]).await.status(), 303);
    assert_eq!(person.browser.get("/o").await.headers()["location"], "/sign-in?to=/o");
    let (half, status) = sign_in(&app, &person.address, PASSWORD).await;
    assert_eq!(status, 303);
    assert_eq!(half.get("/o").await.status(), 303, "the password alone");
    assert_eq!(half.post("/o", &[("slug", "x")]).await.status(), 401);
    assert_eq!(half.post("/sign-in/code", &[("code", "000000")]).await.status(), 422);
    // The code that set the app up was of the step before.
    let used = code(&person.secret, -1);
    assert_eq!(half.post("/sign-in/code", &[("code", &used)]).await.status(), 422, "used already");
    let now = code(&person.secret, 0);
    let (half, _) = sign_in(&app, &person.address, PASSWORD).await;
    assert_eq!(half.post("/sign-in/code", &[("code", &now)]).await.headers()["location"], "/desk");
    assert_eq!(half.get("/desk").await.headers()["location"], "/o");
    let (other, _) = sign_in(&app, &person.address, PASSWORD).await;
    assert_eq!(other.post("/sign-in/code", &[("code", &now)]).await.status(), 422, "once");
    let (lost, _) = sign_in(&app, &person.address, PASSWORD).await;
    let typed = person.printed[0].to_uppercase().replace('-', " ");
    assert_eq!(lost.post("/sign-in/code", &[("code", &typed)]).await.status(), 303, "a printed code");
    let (again, _) = sign_in(&app, &person.address, PASSWORD).await;
    assert_eq!(again.post("/sign-in/code", &[("code", &typed)]).await.status(), 422, "once");
    // What is in the log of it.
    let overseer = app.staff(Role::Overseer).await;
    let log = overseer.text("/log?what=sign-ins").await;
    for said in ["clerk@town.example signed in", "refused a sign-in as", "used a printed code of"] {
        assert!(log.contains(said), "{said}: {log}");
    }
}

#[tokio::test]
async fn answers_to_a_wrong_address_and_a_wrong_password_are_equal() {
    let app = TestApp::spawn().await;
    let person = come_in(&app, Role::Organiser, "clerk").await;
    let mut bodies = Vec::new();
    for address in [person.address.as_str(), "nobody@town.example"] {
        let form = [("address", address), ("password", "not the right one")];
        let answer = app.browser().post("/sign-in", &form).await;
        assert_eq!(answer.status(), 422);
        assert!(!answer.headers().contains_key("set-cookie"));
        bodies.push(answer.text().await.unwrap().replace(address, "ADDRESS"));
    }
    assert_eq!(bodies[0], bodies[1]);
    // Guessing is slowed down, whether there is such an account.
    for address in [person.address.as_str(), "nobody@town.example"] {
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(sign_in(&app, address, "not the right one").await.1);
        }
        // One was taken above; of the account another when it was made.
        let left = statuses.iter().filter(|status| **status == 422).count();
        assert!((8..=9).contains(&left), "{address}: {statuses:?}");
        assert_eq!(statuses.last(), Some(&429));
    }
}

#[tokio::test]
async fn a_form_that_was_sent_after_the_session_ended_keeps_its_text() {
    let app = TestApp::spawn().await;
    app.draft("c", open_settings()).await;
    let person = come_in(&app, Role::Organiser, "clerk").await;
    person.browser.post("/account/sessions/end", &[("session", "")]).await;
    let text = "A statement that took an hour & more “to” write";
    let answer = person.browser.post("/o/c/seed", &[("text", text)]).await;
    assert_eq!(answer.status(), 401);
    let page = answer.text().await.unwrap();
    assert!(page.contains("it is kept"), "{page}");
    let kept = between(&page, "name=\"kept\" value=\"", "\"").to_owned();
    let kept = kept.replace("&#38;", "&").replace("&amp;", "&");
    assert_eq!(between(&page, "name=\"to\" value=\"", "\""), "/o/c/seed");
    let browser = app.browser();
    let form =
        [("address", person.address.as_str()), ("password", PASSWORD), ("to", "/o/c/seed"), ("kept", &kept)];
    let step = browser.post("/sign-in", &form).await;
    assert_eq!(step.status(), 200);
    let now = code(&person.secret, 0);
    let form = [("code", now.as_str()), ("to", "/o/c/seed"), ("kept", &kept)];
    let arrived = browser.post("/sign-in/code", &form).await;
    assert_eq!(arrived.status(), 200);
    let page = arrived.text().await.unwrap();
    assert!(page.contains("Send it now") && page.contains("action=\"/o/c/seed\""), "{page}");
    assert!(page.contains("A statement that took an hour &#38; more “to” write"), "{page}");
    assert_eq!(browser.post("/o/c/seed", &[("text", text)]).await.status(), 303);
    // Nothing leads out of this site.
    let form = [
        ("address", person.address.as_str()),
        ("password", PASSWORD),
        ("to", "//evil.example"),
        ("kept", "a=b"),
    ];
    let step = app.browser().post("/sign-in", &form).await;
    assert_eq!(step.headers()["location"], "/sign-in/code");
}

#[tokio::test]
async fn a_sign_in_has_a_new_secret_and_sessions_can_be_ended_one_by_one_and_all() {
    let app = TestApp::spawn().await;
    let person = come_in(&app, Role::Organiser, "clerk").await;
    // A secret that somebody else has put into the browser is never the one of a session.
    let planted = "00112233445566778899aabbccddeeff";
    let answer = app
        .browser()
        .http
        .post(format!("{}/sign-in", app.base()))
        .header("origin", app.base())
        .header("cookie", format!("boule-staff={planted}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("address={}&password={}", person.address, PASSWORD.replace(' ', "+")));
    let cookie = answer.send().await.unwrap().headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("boule-staff=") && !cookie.contains(planted) && cookie.contains("HttpOnly"));
    let account = app.account(&person.address).await;
    let [second, third] = [app.signed_in(account).await, app.signed_in(account).await];
    let page = person.browser.text("/account").await;
    assert_eq!(page.matches("name=\"session\"").count(), 3, "{page}");
    let others: Vec<&str> =
        page.split("name=\"session\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let here = page.split("this one").next().unwrap().matches("name=\"session\"").count();
    let other = others[if here == 0 { 1 } else { 0 }];
    person.browser.post("/account/sessions/end", &[("session", other)]).await;
    let left = [&second, &third];
    let mut in_still = 0;
    for browser in left {
        in_still += usize::from(browser.get("/account").await.status() == 200);
    }
    assert_eq!(in_still, 1);
    // Nobody ends a session of somebody else.
    let stranger = app.staff(Role::Owner).await;
    stranger.post("/account/sessions/end", &[("session", others[0])]).await;
    assert_eq!(person.browser.get("/account").await.status(), 200);
    person.browser.post("/account/sessions/end", &[("session", "")]).await;
    for browser in [&person.browser, &second, &third] {
        assert_eq!(browser.get("/account").await.status(), 303);
    }
}

#[tokio::test]
async fn a_new_password_ends_other_sessions_and_a_new_app_needs_a_code_of_the_old_one() {
    let app = TestApp::spawn().await;
    let person = come_in(&app, Role::Organiser, "clerk").await;
    let other = app.signed_in(app.account(&person.address).await).await;
    let change = async |now: &str, new: &str| {
        let form = [("password", now), ("new_password", new)];
        person.browser.post("/account/password", &form).await.status().as_u16()
    };
    assert_eq!(change("a wrong one", "another long password").await, 422);
    assert_eq!(change(PASSWORD, "short").await, 422);
    assert_eq!(change(PASSWORD, "another long password").await, 303);
    assert_eq!(other.get("/account").await.status(), 303, "signed out");
    assert_eq!(person.browser.get("/account").await.status(), 200);
    assert_eq!(sign_in(&app, &person.address, PASSWORD).await.1, 422);
    assert_eq!(sign_in(&app, &person.address, "another long password").await.1, 303);
    assert_eq!(person.browser.post("/account/app", &[("code", "000000")]).await.status(), 422);
    assert_eq!(person.browser.get("/account/app").await.status(), 404, "nothing was offered");
    let start = person.browser.post("/account/app", &[("code", &person.printed[3])]).await;
    assert_eq!(start.headers()["location"], "/account/app");
    let page = person.browser.text("/account/app").await;
    let secret = between(&page, "<code id=\"secret\">", "</code>").replace(' ', "");
    assert_ne!(secret, person.secret);
    assert_eq!(person.browser.post("/account/app/confirm", &[("code", "000000")]).await.status(), 422);
    let done = person.browser.post("/account/app/confirm", &[("code", &code(&secret, 0))]).await;
    assert_eq!(done.status(), 200);
    assert_eq!(person.browser.get("/account").await.status(), 200, "they are in all the time");
    let (half, _) = sign_in(&app, &person.address, "another long password").await;
    let old = half.post("/sign-in/code", &[("code", &person.printed[4])]).await;
    assert_eq!(old.status(), 422, "codes that were printed before are void");
}

#[tokio::test]
async fn whoever_has_lost_everything_comes_back_by_a_link_of_the_command_line() {
    let app = TestApp::spawn().await;
    let person = come_in(&app, Role::Organiser, "clerk").await;
    let key = app.link(LinkPurpose::SignIn(app.account(&person.address).await)).await;
    let browser = app.browser();
    assert_eq!(browser.post("/enter", &[("key", &key)]).await.status(), 303);
    assert!(browser.text("/account").await.contains("without the old ones"));
    let new = [("password", ""), ("new_password", "a password never used")];
    assert_eq!(browser.post("/account/password", &new).await.status(), 303);
    assert_eq!(browser.post("/account/app", &[("code", "")]).await.headers()["location"], "/account/app");
    let page = browser.text("/account/app").await;
    let secret = between(&page, "<code id=\"secret\">", "</code>").replace(' ', "");
    assert_eq!(browser.post("/account/app/confirm", &[("code", &code(&secret, -1))]).await.status(), 200);
    // From now on the old ones are asked for again.
    assert_eq!(browser.post("/account/password", &new).await.status(), 422);
    assert_eq!(browser.post("/account/app", &[("code", "")]).await.status(), 422);
    let (half, _) = sign_in(&app, &person.address, "a password never used").await;
    assert_eq!(half.post("/sign-in/code", &[("code", &code(&secret, 0))]).await.status(), 303);
}

#[tokio::test]
async fn a_first_password_is_chosen_only_by_whoever_signed_in_a_moment_ago() {
    let app = TestApp::spawn().await;
    let account = app.account("clerk@town.example").await;
    let grant = Grant { role: Role::Organiser, scope: Scope::Instance };
    let now = app.app.clock.now();
    app.app.store.give_role(InstanceActor::System, account, grant, now).await.unwrap();
    // As a provider lets in whoever has no password.
    let session = async |minutes_ago: i64| {
        let secret = random_token();
        let (token, opened) = (TokenHash::of(&secret), Timestamp(now.0 - minutes_ago * 60_000_000));
        let (stage, expires_at) = (SessionStage::Full, Timestamp(now.0 + 3_600_000_000));
        let browser = String::from("a browser");
        let session = NewSession { token, stage, offer: None, recovers: false, browser, expires_at };
        app.app.store.open_session(account, &session, opened).await.unwrap();
        secret
    };
    let post = async |secret: &str, path: &str, form: &[(&str, &str)]| {
        let browser = app.browser();
        let request = browser.http.post(format!("{}{path}", browser.base)).header("origin", &browser.base);
        request.header("cookie", format!("boule-staff={secret}")).form(form).send().await.unwrap()
    };
    let (left_open, new) = (session(31).await, session(1).await);
    let first = [("password", ""), ("new_password", "a password of their own")];
    for (path, form) in [("/account/app", &[("code", "")][..]), ("/account/password", &first)] {
        let refused = post(&left_open, path, form).await;
        assert_eq!(refused.status(), 422, "{path}");
        assert!(refused.text().await.unwrap().contains("more than half an hour ago"), "{path}");
        assert_eq!(post(&new, path, form).await.status(), 303, "{path}");
    }
}

/// Every kind of link and secret: expired, used, and used for something else.
#[tokio::test]
async fn no_secret_works_late_twice_or_elsewhere() {
    let app = TestApp::spawn().await;
    let here = app.draft("here", open_settings()).await.conversation;
    app.draft("there", open_settings()).await;
    let account = app.account("clerk@town.example").await;
    let expired = async |purpose: LinkPurpose| {
        let (key, now) = (random_token(), app.app.clock.now());
        let link = Link { expires_at: Timestamp(now.0 - 1), ..Link::new(purpose, None, now) };
        let (by, token) = (InstanceActor::CommandLine, TokenHash::of(&key));
        app.app.store.add_link(by, token, &link, [1; 16]).await.unwrap();
        key
    };
    let grant = Grant { role: Role::Moderator, scope: Scope::Conversation(here) };
    let preview = LinkPurpose::Preview(Scope::Conversation(here));
    for purpose in [LinkPurpose::Invitation(grant), LinkPurpose::SignIn(account), preview] {
        let key = expired(purpose).await;
        let form = [("key", key.as_str()), ("address", "a@town.example"), ("password", PASSWORD)];
        assert_eq!(app.browser().post("/enter", &form).await.status(), 403, "{purpose:?}");
        assert_eq!(app.browser().get(&format!("/preview/here?key={key}")).await.status(), 404);
    }
    // A preview shows its draft as often as one likes, and nothing else.
    let key = app.link(preview).await;
    let guest = app.browser();
    assert_eq!(guest.get("/c/here").await.status(), 404);
    for _ in 0..2 {
        assert_eq!(guest.get(&format!("/preview/here?key={key}")).await.headers()["location"], "/c/here");
    }
    assert_eq!(guest.get("/c/here").await.status(), 200);
    assert_eq!(guest.get("/c/there").await.status(), 404);
    assert_eq!(guest.get(&format!("/preview/there?key={key}")).await.status(), 404);
    assert_eq!(guest.get("/o/here").await.status(), 303);
    assert_eq!(guest.post("/enter", &[("key", &key)]).await.status(), 403, "it is no invitation");
    // It is listed, and works no longer once it is taken back.
    let organiser = app.staff_in(Role::Organiser, Scope::Conversation(here)).await;
    let listed = organiser.text("/o/here/people").await;
    assert!(listed.contains("Look at the draft"), "{listed}");
    let number = listed.split("name=\"link\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    organiser.post("/o/here/people/withdraw", &[("link", number)]).await;
    assert_eq!(guest.get(&format!("/preview/here?key={key}")).await.status(), 404);
    assert_eq!(guest.get("/c/here").await.status(), 404);
    assert!(!organiser.text("/o/here/people").await.contains("Look at the draft"));
    // An invitation to one conversation gives nothing in another.
    let key = app.link(LinkPurpose::Invitation(grant)).await;
    let moderator = app.signed_in(account).await;
    assert_eq!(moderator.post("/enter", &[("key", &key)]).await.status(), 303);
    assert_eq!(moderator.get("/m/here").await.status(), 200);
    assert_eq!(moderator.get("/m/there").await.status(), 404);
    assert_eq!(moderator.post("/enter", &[("key", &key)]).await.status(), 403, "once");
    let unknown = ConversationId::from_stored(77);
    assert_eq!(app.app.store.department_of(unknown).await.unwrap(), None);
}

#[tokio::test]
async fn r26_no_secret_is_found_in_the_database_a_log_a_metric_or_an_error() {
    let app = TestApp::spawn().await;
    let metrics = app.app.serve_metrics("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let person = come_in(&app, Role::Owner, "clerk").await;
    let invitation = Grant { role: Role::Moderator, scope: Scope::Instance };
    let key = app.link(LinkPurpose::Invitation(invitation)).await;
    let made = person.browser.post("/people", &[("role", "moderator"), ("address", "m@town.example")]).await;
    let made = made.text().await.unwrap();
    let shown = between(&made, "/enter?key=", "\"").to_owned();
    assert_eq!(shown.len(), 32);
    let (half, _) = sign_in(&app, &person.address, PASSWORD).await;
    let answer = half.post("/sign-in/code", &[("code", &person.printed[0])]).await;
    let session =
        answer.headers()["set-cookie"].to_str().unwrap().split('=').nth(1).unwrap()[..32].to_owned();
    let error = app.browser().get(&format!("/nowhere?key={key}")).await.text().await.unwrap();
    let metrics = reqwest::get(format!("http://{metrics}/metrics")).await.unwrap().text().await.unwrap();
    let log = person.browser.text("/log").await;
    app.app.store.close().await;
    let mut files = Vec::new();
    for entry in std::fs::read_dir(app.dir.path()).unwrap() {
        files.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let files = String::from_utf8_lossy(&files);
    let plain = person.printed[5].replace('-', "");
    for secret in [key.as_str(), &shown, PASSWORD, &session, &person.printed[5], &plain] {
        for (place, text) in [("files", &*files), ("error", &error), ("metrics", &metrics), ("log", &log)] {
            assert!(!text.contains(secret), "{secret} is in the {place}");
        }
    }
    assert!(files.contains("$argon2id$"));
}
