//! The rules of docs/PROTOCOL.md, by number.

use boule::conversation::Settings;
use boule::domain::Choice;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::app::{TestApp, open_settings};

async fn raw(app: &TestApp) -> boule::cli::client::Client {
    app.participant("c").await
}

#[tokio::test]
async fn p3_the_first_frame_is_hello_of_this_version() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let url = format!("ws://{}/ws/v1/c", app.app.address);
    for first in [r#"{"t":"hello","v":2}"#, r#"{"t":"next"}"#, "hello", r#"{"t":"hello","v":1,"x":1}"#] {
        use futures_util::{SinkExt, StreamExt};
        let (mut socket, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
        socket.send(Message::text(first)).await.unwrap();
        let mut code = None;
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Close(Some(frame)) = message {
                code = Some(u16::from(frame.code));
            }
        }
        assert_eq!(code, Some(4000), "{first}");
    }
}

#[tokio::test]
async fn p3_a_ticket_works_once_and_only_in_its_conversation() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    app.conversation("d", 1, Settings::default()).await;
    let (ticket, token) = app.site("c").join(None).await.unwrap();
    assert!(app.site("d").connect(Some(&ticket)).await.is_err(), "another conversation's ticket");
    let (ticket, again) = app.site("c").join(token.as_deref()).await.unwrap();
    assert_eq!(again, None, "a known token is not given again");
    let mut client = app.site("c").connect(Some(&ticket)).await.unwrap();
    assert_eq!(client.welcome["joined"], true);
    assert!(app.site("c").connect(Some(&ticket)).await.is_err(), "used up");
    assert_eq!(client.vote(0, Choice::Agree).await.unwrap()["t"], "ack");
}

#[tokio::test]
async fn p3_a_watcher_sees_and_can_only_vote_after_showing_a_ticket() {
    let app = TestApp::spawn().await;
    app.conversation("c", 2, Settings::default()).await;
    let mut watcher = app.site("c").connect(None).await.unwrap();
    assert_eq!(watcher.welcome["joined"], false);
    assert_eq!(watcher.vote(0, Choice::Agree).await.unwrap()["code"], "not_joined");
    let (ticket, _) = app.site("c").join(None).await.unwrap();
    watcher.send(&json!({ "t": "hello", "v": 1, "ticket": ticket })).await.unwrap();
    assert_eq!(watcher.wait_for("welcome").await.unwrap()["joined"], true);
    assert_eq!(watcher.vote(0, Choice::Agree).await.unwrap()["t"], "ack");
}

#[tokio::test]
async fn p4_p5_a_page_of_another_site_opens_no_socket_and_casts_no_vote() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let form = "statement=0&choice=agree";
    for (origin, fetch_site) in [
        (Some("https://evil.example"), None),
        (Some("null"), None),
        (None, Some("cross-site")),
        (Some(format!("http://{}.evil.example", app.app.address)).as_deref(), None),
        (Some(format!("https://{}", app.app.address)).as_deref(), None),
    ] {
        for cookie in [None, Some("boule=0123456789abcdef0123456789abcdef")] {
            let http = reqwest::Client::new();
            let mut vote = http.post(format!("{}/c/c/vote", app.base())).body(form);
            vote = vote.header("content-type", "application/x-www-form-urlencoded");
            let mut socket = http.get(format!("{}/ws/v1/c", app.base())).header("connection", "upgrade");
            socket = socket.header("upgrade", "websocket").header("sec-websocket-version", "13");
            socket = socket.header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
            for (name, value) in [("origin", origin), ("sec-fetch-site", fetch_site), ("cookie", cookie)] {
                if let Some(value) = value {
                    vote = vote.header(name, value);
                    socket = socket.header(name, value);
                }
            }
            let (vote, socket) = (vote.send().await.unwrap(), socket.send().await.unwrap());
            assert_eq!(
                (vote.status(), socket.status()),
                (reqwest::StatusCode::FORBIDDEN, reqwest::StatusCode::FORBIDDEN),
                "{origin:?} {fetch_site:?} {cookie:?}"
            );
        }
    }
    assert_eq!(room.read(|state| state.desk.record.participants.len()).await.unwrap(), 0);
}

#[tokio::test]
async fn p7_a_server_that_goes_down_says_bye_with_1012_and_when_to_come_back() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let mut client = raw(&app).await;
    let ending = tokio::spawn(app.app.stop());
    let bye = loop {
        let frame = client.next().await.unwrap().unwrap();
        if frame["t"] == "bye" {
            break frame;
        }
    };
    assert_eq!(bye["code"], 1012);
    assert!(bye["retry_after_ms"].as_u64().unwrap() <= 3_000);
    ending.await.unwrap();
}

#[tokio::test]
async fn p8_three_bad_frames_in_a_row_close_with_1008_and_a_good_one_forgives() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let mut client = raw(&app).await;
    for text in ["nonsense", r#"{"t":"vote"}"#] {
        client.send_text(text.into()).await.unwrap();
        assert_eq!(client.wait_for("error").await.unwrap()["code"], "bad_frame");
    }
    client.send(&json!({ "t": "next" })).await.unwrap();
    client.wait_for("next").await.unwrap();
    for _ in 0..3 {
        client.send_text("nonsense".into()).await.unwrap();
    }
    assert_eq!(client.close_code().await.unwrap(), 1008);
}

#[tokio::test]
async fn p8_binary_messages_close_with_1003_and_p10_long_ones_with_1009() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let mut client = raw(&app).await;
    client.send_message(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(client.close_code().await.unwrap(), 1003);
    let mut client = raw(&app).await;
    client.send_text(format!(r#"{{"t":"submit","op":"a","text":"{}"}}"#, "x".repeat(17_000))).await.unwrap();
    // A peer that is cut off in the middle of a message may not read the code any more.
    let code = client.close_code().await;
    assert!(code.as_ref().is_ok_and(|code| *code == 1009) || code.is_err(), "{code:?}");
    assert_eq!(room.read(|state| state.desk.record.statements.len()).await.unwrap(), 1);
}

#[tokio::test]
async fn p11_a_flood_is_slowed_down_and_told_so() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    // Without the operator's key.
    let site = boule::cli::client::Site::new(app.app.address.to_string(), "c", None);
    let (ticket, _) = site.join(None).await.unwrap();
    let mut client = site.connect(Some(&ticket)).await.unwrap();
    for _ in 0..32 {
        client.send(&json!({ "t": "next" })).await.unwrap();
    }
    assert_eq!(client.wait_for("error").await.unwrap()["code"], "too_fast");
    client.wait_for("next").await.unwrap();
}

#[tokio::test]
async fn p13_counts_go_to_everybody_and_the_map_only_to_those_who_may_see_results() {
    let app = TestApp::spawn().await;
    app.conversation("c", 9, Settings::default()).await;
    let mut client = app.participant("c").await;
    let counts = client.wait_for("counts").await.unwrap();
    assert!(counts.get("groups").is_none());
    for statement in 0..6 {
        let ack = client.vote(statement, Choice::Agree).await.unwrap();
        assert_eq!(ack["progress"]["results"], false);
    }
    let ack = client.vote(6, Choice::Agree).await.unwrap();
    assert_eq!(ack["progress"]["results"], true, "the seventh vote opens the results");
    let map = client.wait_for("map").await.unwrap();
    assert!(map["placed_needed"].as_u64().unwrap() > 0 && map["groups"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn p13_a_vote_in_one_socket_is_covered_by_the_map_that_another_gets() {
    let app = TestApp::spawn().await;
    app.conversation("c", 10, open_settings()).await;
    let mut people = Vec::new();
    for person in 0..12u64 {
        let mut client = app.participant("c").await;
        for statement in 0..9 {
            let choice = if (statement < 5) == (person % 2 == 0) { Choice::Agree } else { Choice::Disagree };
            client.vote(statement, choice).await.unwrap();
        }
        people.push(client);
    }
    let mut watcher = app.site("c").connect(None).await.unwrap();
    let ack = people[0].vote(9, Choice::Agree).await.unwrap();
    let sent = std::time::Instant::now();
    let map = loop {
        let map = watcher.wait_for("map").await.unwrap();
        if map["version"].as_u64() >= ack["seq"].as_u64() {
            break map;
        }
    };
    println!("the map covered the vote after {:?}", sent.elapsed());
    // Two groups once they have won for four maps; how many there were meanwhile is the machine's.
    assert!(!map["groups"].as_array().unwrap().is_empty());
    assert_eq!((map["placed"].as_u64(), map["head"].as_str().map(str::len)), (Some(12), Some(64)));
    let you = people[0].wait_for("you").await.unwrap();
    assert!(you["group"] == "A" || you["group"] == "B");
}

#[tokio::test]
async fn p14_who_comes_back_gets_the_newest_map_only_when_it_is_newer() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, open_settings()).await;
    let mut first = app.participant("c").await;
    let seen = first.wait_for("map").await.unwrap()["version"].as_u64().unwrap();
    use futures_util::{SinkExt, StreamExt};
    for (seen, expected) in [(seen, 0), (0, 1)] {
        let url = format!("ws://{}/ws/v1/c", app.app.address);
        let (mut socket, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
        socket.send(Message::text(format!(r#"{{"t":"hello","v":1,"seen":{seen}}}"#))).await.unwrap();
        socket.send(Message::text(r#"{"t":"next"}"#)).await.unwrap();
        let mut maps = 0;
        while let Some(Ok(message)) = socket.next().await {
            let Message::Text(text) = message else { continue };
            maps += usize::from(text.contains(r#""t":"map""#));
            if text.contains(r#""t":"next""#) {
                break;
            }
        }
        assert_eq!(maps, expected);
    }
}
