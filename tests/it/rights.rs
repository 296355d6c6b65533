//! Rights that are taken are gone within a second, on pages and on open sockets; and what each role sees.

use std::time::{Duration, Instant};

use boule::domain::{Moderation, Role};
use boule::instance::{Grant, InstanceActor, LinkPurpose, Scope};
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::app::{Asks, Browser, TestApp, address_of, open_settings};

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// A socket of a browser, with its cookies.
pub async fn socket(app: &TestApp, cookie: &str) -> Socket {
    let mut request = format!("ws://{}/ws/v1/c", app.app.address).into_client_request().unwrap();
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    request.headers_mut().insert("origin", app.base().parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    socket.send(Message::text(r#"{"t":"hello","v":1}"#)).await.unwrap();
    socket
}

/// The code that a socket is closed with, within this time.
pub async fn closed(socket: &mut Socket, within: Duration) -> Option<u16> {
    let end = tokio::time::Instant::now() + within;
    while let Ok(Some(Ok(message))) = tokio::time::timeout_at(end, socket.next()).await {
        if let Message::Close(Some(frame)) = message {
            return Some(u16::from(frame.code));
        }
    }
    None
}

/// A moderator's browser, and the cookie that it holds.
pub async fn moderator(app: &TestApp, scope: Scope) -> (Browser, String) {
    let account = app.account(&address_of(Role::Moderator, scope)).await;
    let grant = Grant { role: Role::Moderator, scope };
    app.app.store.give_role(InstanceActor::System, account, grant, app.app.clock.now()).await.unwrap();
    let key = app.link(LinkPurpose::SignIn(account)).await;
    let browser = app.browser();
    let answer = browser.post("/enter", &[("key", &key)]).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    (browser, cookie)
}

/// A moderator of `c` loses what they may do there: by an organiser, or because they leave.
pub async fn take_right(how: &str, account: &str, (organiser, browser): (&Browser, &Browser)) {
    let person = [("staff", account)];
    let done = match how {
        "demoted" => organiser.post("/o/c/people/role", &[("staff", account), ("role", "overseer")]).await,
        "removed" => organiser.post("/o/c/people/remove", &person).await,
        "leaves" => browser.post("/o/c/people/leave", &[]).await,
        _ => browser.post("/leave", &[]).await,
    };
    assert_eq!(done.status(), 303, "{how}");
}

#[tokio::test]
async fn whoever_is_demoted_removed_or_leaves_is_out_within_a_second() {
    let app = TestApp::spawn().await;
    let scope = Scope::Conversation(app.conversation("c", 1, open_settings()).await.conversation);
    let organiser = app.staff(Role::Organiser).await;
    let account = app.account(&address_of(Role::Moderator, scope)).await.to_string();
    let mut longest = Duration::ZERO;
    for how in ["demoted", "removed", "leaves", "signs out"] {
        let (browser, cookie) = moderator(&app, scope).await;
        let mut open = socket(&app, &cookie).await;
        assert_eq!(closed(&mut open, Duration::from_millis(600)).await, None, "{how}: nothing was taken yet");
        assert_eq!(browser.get("/m/c").await.status(), 200);
        take_right(how, &account, (&organiser, &browser)).await;
        let since = Instant::now();
        let decide = [("statement", "0"), ("decision", "accept")];
        let refused = browser.post("/m/c/moderate", &decide).await.status().as_u16();
        assert_eq!(refused, if how == "signs out" { 401 } else { 403 }, "{how}: at once on pages");
        assert_eq!(closed(&mut open, Duration::from_secs(5)).await, Some(4002), "{how}");
        longest = longest.max(since.elapsed());
    }
    println!("the last right was gone {} ms later", longest.as_millis());
    assert!(longest < Duration::from_secs(1), "{longest:?}");
}

#[tokio::test]
async fn a_link_that_shows_a_draft_ends_on_open_sockets_too() {
    let app = TestApp::spawn().await;
    let scope = Scope::Conversation(app.draft("c", open_settings()).await.conversation);
    let key = app.link(LinkPurpose::Preview(scope)).await;
    let guest = app.browser();
    let answer = guest.get(&format!("/preview/c?key={key}")).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let mut open = socket(&app, &cookie).await;
    assert_eq!(closed(&mut open, Duration::from_millis(600)).await, None, "it still shows it");
    let organiser = app.staff_in(Role::Organiser, scope).await;
    let people = organiser.text("/o/c/people").await;
    let number = people.split("name=\"link\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let since = Instant::now();
    assert_eq!(organiser.post("/o/c/people/withdraw", &[("link", number)]).await.status(), 303);
    assert_eq!(closed(&mut open, Duration::from_secs(5)).await, Some(4002));
    assert!(since.elapsed() < Duration::from_secs(1), "{:?}", since.elapsed());
}

#[tokio::test]
async fn each_sees_what_they_may_and_nothing_else() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, open_settings()).await;
    let author = app.browser();
    author.post("/c/c/submit", &[("text", "Plant fruit trees.")]).await;
    author.post("/c/c/submit", &[("text", "Buy my lamps.")]).await;
    let scope = Scope::Conversation(room.conversation);
    let moderator = app.staff_in(Role::Moderator, scope).await;
    moderator.post("/m/c/moderate", &[("statement", "1"), ("decision", "accept")]).await;
    moderator.post("/m/c/moderate", &[("statement", "2"), ("decision", "rule-6")]).await;
    room.moderate(0, Moderation::Rejected).await.unwrap();
    let overseer = app.staff_in(Role::Overseer, scope).await;
    let name = address_of(Role::Moderator, scope);
    let log = overseer.text("/o/c/log").await;
    assert!(log.contains(&name) && log.contains("accepted No. 1 “Plant fruit trees.”"), "{log}");
    assert!(log.contains("did not show No. 2") && log.contains("It is an advertisement"), "{log}");
    let found = overseer.text("/o/c/log?what=rules").await;
    assert!(!found.contains("accepted No. 1"), "{found}");
    let file = overseer.post("/o/c/log.csv?what=decisions", &[]).await;
    assert_eq!(file.headers()["content-type"], "text/csv; charset=utf-8");
    let file = file.text().await.unwrap();
    assert_eq!(file.lines().count(), 5, "{file}");
    assert!(file.starts_with("seq,at,who,what,why") && file.contains(&name));
    for (path, status) in [("/people", 403), ("/log", 403), ("/log/heads", 403), ("/o/c/people", 200)] {
        assert_eq!(overseer.get(path).await.status(), status, "{path}");
    }
    assert_eq!(moderator.get("/o/c/log").await.status(), 403);
    // What everybody may see: numbers, decisions, rules, roles, days. No words, no names.
    let public = author.text("/c/c/moderation").await;
    for said in ["No. 1", "No. 2", "not shown", "It is an advertisement", "moderator", "Boule itself"] {
        assert!(public.contains(said), "{said}: {public}");
    }
    for hidden in ["fruit", "lamps", name.as_str(), "test.invalid"] {
        assert!(!public.contains(hidden), "{hidden}: {public}");
    }
    let heads = app.staff(Role::Overseer).await.text("/log/heads").await;
    assert_eq!(heads.lines().count(), 2, "{heads}");
}

#[tokio::test]
async fn people_are_invited_from_pages_and_nobody_gives_more_than_they_hold() {
    let app = TestApp::spawn().await;
    let scope = Scope::Conversation(app.draft("c", open_settings()).await.conversation);
    let organiser = app.staff_in(Role::Organiser, scope).await;
    let invite = async |role: &str, address: &str| {
        organiser.post("/o/c/people", &[("role", role), ("address", address)]).await
    };
    assert_eq!(invite("owner", "").await.status(), 403);
    assert_eq!(invite("participant", "").await.status(), 400);
    assert_eq!(invite("moderator", "not an address").await.status(), 422);
    let made = invite("moderator", "m@town.example").await.text().await.unwrap();
    assert!(made.contains("Give it to m@town.example") && made.contains("Links that still work"), "{made}");
    let again = organiser.text("/o/c/people").await;
    assert!(!again.contains("/enter?key="), "the link is shown only once");
    let number = again.split("name=\"link\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let other = Scope::Conversation(app.draft("d", open_settings()).await.conversation);
    let stranger = app.staff_in(Role::Organiser, other).await;
    stranger.post("/o/d/people/withdraw", &[("link", number)]).await;
    assert!(organiser.text("/o/c/people").await.contains("m@town.example"), "not of that conversation");
    organiser.post("/o/c/people/withdraw", &[("link", number)]).await;
    assert!(!organiser.text("/o/c/people").await.contains("m@town.example"));
    // Somebody of another conversation can't be given a role here by their number.
    let theirs = app.account(&address_of(Role::Organiser, other)).await.to_string();
    let give = [("staff", theirs.as_str()), ("role", "organiser")];
    assert_eq!(organiser.post("/o/c/people/role", &give).await.status(), 400);
    // The last owner stays.
    let owner = app.staff(Role::Owner).await;
    let number = app.account(&address_of(Role::Owner, Scope::Instance)).await.to_string();
    let last = [("staff", number.as_str()), ("role", "overseer"), ("scope", "")];
    let refused = owner.post("/people/role", &last).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("This is the last owner"));
    assert_eq!(owner.post("/people/leave", &[("scope", "")]).await.status(), 422);
    // A department: who runs it sees its conversations, and makes more in it.
    assert_eq!(owner.post("/people/departments", &[("name", "Parks")]).await.status(), 303);
    assert_eq!(owner.post("/people/departments", &[("name", "Parks")]).await.status(), 422);
    assert_eq!(owner.post("/o/c/department", &[("department", "1")]).await.status(), 303);
    let head = app.staff_in(Role::Organiser, Scope::Department(boule::domain::DepartmentNumber(1))).await;
    let list = head.text("/o").await;
    assert!(list.contains("/o/c\"") && !list.contains("/o/d\""), "{list}");
    let new = |department: &'static str| {
        [
            ("slug", "e"),
            ("department", department),
            ("question", "What now?"),
            ("organiser", "Parks"),
            ("results", "always"),
            ("moderation", "before"),
        ]
    };
    assert_eq!(head.post("/o", &new("")).await.status(), 403, "not outside the department");
    assert_eq!(head.post("/o", &new("1")).await.status(), 303);
    assert_eq!(head.get("/o/e").await.status(), 200);
    assert_eq!(organiser.post("/o", &new("")).await.status(), 403, "of one conversation only");
}
