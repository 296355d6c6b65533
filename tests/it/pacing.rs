//! Rates of networks, results that open on another socket, and the end of who has not said hello.

use std::time::Duration;

use boule::conversation::Settings;
use boule::domain::Choice;
use boule::live::LiveConfig;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use crate::app::{TestApp, open_settings};

#[tokio::test]
async fn p11_a_made_up_token_is_a_newcomers_and_newcomers_of_a_network_are_bounded() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, open_settings()).await;
    let http = reqwest::Client::new();
    let url = format!("{}/api/v1/c/c/join", app.base());
    let (mut let_in, mut held_back) = (0, 0);
    for wave in 0..60u32 {
        let joins = (0..50u32).map(|n| {
            let token = format!("{:032x}", u64::from(wave) << 32 | u64::from(n));
            http.post(&url).bearer_auth(token).send()
        });
        for answer in futures_util::future::join_all(joins).await {
            let answer = answer.unwrap();
            match answer.status().as_u16() {
                200 => let_in += 1,
                429 => {
                    assert!(answer.headers().contains_key("retry-after"));
                    held_back += 1;
                }
                other => panic!("{other}"),
            }
        }
    }
    assert!(let_in >= 2_000 && held_back > 0, "{let_in} let in, {held_back} held back");
    assert_eq!(room.read(|state| state.desk.record.participants.len()).await.unwrap(), let_in);
    // Who is known goes on, and the operator's programs have no such bound.
    let known = http.post(&url).bearer_auth(format!("{:032x}", 0)).send().await.unwrap();
    assert_eq!(known.status(), 200);
    assert!(app.site("c").join(None).await.is_ok());
}

#[tokio::test]
async fn p13_votes_cast_elsewhere_open_the_results_here_too() {
    let app = TestApp::spawn_with(tempfile::tempdir().unwrap(), LiveConfig::default()).await;
    app.conversation("c", 12, Settings::default()).await;
    let site = app.site("c");
    let (ticket, token) = site.join(None).await.unwrap();
    let mut first = site.connect(Some(&ticket)).await.unwrap();
    first.vote(0, Choice::Agree).await.unwrap();
    let (ticket, _) = site.join(token.as_deref()).await.unwrap();
    let mut second = site.connect(Some(&ticket)).await.unwrap();
    for statement in 1..6 {
        first.vote(statement, Choice::Agree).await.unwrap();
    }
    // One's own statement is agreed to with its submission: the seventh vote.
    assert_eq!(first.submit("More benches by the water.").await.unwrap()["t"], "submitted");
    first.send(&serde_json::json!({ "t": "next" })).await.unwrap();
    let next = first.wait_for("next").await.unwrap();
    assert_eq!(next["progress"]["results"], false, "it waits for a moderator, so it is not shown yet");
    first.vote(7, Choice::Pass).await.unwrap();
    first.wait_for("map").await.unwrap();
    second.send(&serde_json::json!({ "t": "next" })).await.unwrap();
    assert_eq!(second.wait_for("next").await.unwrap()["progress"]["results"], true);
    second.wait_for("map").await.unwrap();
}

#[tokio::test]
async fn p7_who_has_not_said_hello_hears_of_the_servers_end_as_well() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, open_settings()).await;
    let (mut silent, _) = connect_async(format!("ws://{}/ws/v1/c", app.app.address)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let began = std::time::Instant::now();
    app.app.stop().await;
    assert!(began.elapsed() < Duration::from_secs(2), "a silent stranger holds the server up");
    let mut code = None;
    while let Some(Ok(message)) = futures_util::StreamExt::next(&mut silent).await {
        if let Message::Close(Some(frame)) = message {
            code = Some(u16::from(frame.code));
        }
    }
    assert_eq!(code, Some(1012));
}
