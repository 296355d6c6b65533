//! P7, P14: who does not read gets the newest map and no queue, is closed in the end, and slows
//! nobody.

use std::time::{Duration, Instant};

use boule::domain::Choice;
use boule::live::RoomHandle;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::app::{PATIENCE, TestApp, open_settings};
use crate::metrics::value;

/// Questions that are asked and whose answers are not read: far more than any buffer holds.
const QUESTIONS: usize = 5_000;
/// What the server and both kernels may keep for one who does not read, before what is new.
const MOST_KEPT: usize = 256 * 1024;
const LITTLE_ROOM: u32 = 4096;

/// A socket of the operator's (so that rates do not hold it back), with little room for what was
/// received and not read.
async fn slow_socket(app: &TestApp, seen: Option<u64>) -> WebSocketStream<TcpStream> {
    let (ticket, _) = app.site("c").join(None).await.unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(LITTLE_ROOM).unwrap();
    let stream = socket.connect(app.app.address).await.unwrap();
    let url = format!("ws://{}/ws/v1/c", app.app.address);
    let (mut socket, _) = tokio_tungstenite::client_async(url, stream).await.unwrap();
    let hello = json!({ "t": "hello", "v": 1, "ticket": ticket, "seen": seen });
    socket.send(Message::text(hello.to_string())).await.unwrap();
    socket
}

/// Asks and asks, and reads nothing.
async fn ask_without_reading(socket: &mut WebSocketStream<TcpStream>) {
    for _ in 0..QUESTIONS {
        socket.feed(Message::text(r#"{"t":"next"}"#)).await.unwrap();
    }
    // The server does not read on while its answers are not read.
    let _ = timeout(Duration::from_secs(1), socket.flush()).await;
}

/// The next frame; nothing when the socket ended.
async fn hear(socket: &mut WebSocketStream<TcpStream>) -> Option<Value> {
    loop {
        match timeout(Duration::from_secs(5), socket.next()).await.expect("neither a frame nor an end") {
            Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(_)) => {}
        }
    }
}

/// Waits for a map that reads this far.
async fn published(room: &RoomHandle, version: u64) {
    let wait = async {
        while room.latest().version.0 < version {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, wait).await.expect("no map came");
}

/// Somebody votes, and waits for a map with the vote each time.
async fn maps_with_votes(app: &TestApp, room: &RoomHandle, votes: u64) -> u64 {
    let mut client = app.participant("c").await;
    let mut version = 0;
    for statement in 0..votes {
        let began = Instant::now();
        let ack = client.vote(statement, Choice::Agree).await.unwrap();
        assert_eq!(ack["t"], "ack");
        assert!(began.elapsed() < Duration::from_secs(2), "a vote waited for who does not read");
        version = ack["seq"].as_u64().unwrap();
        published(room, version).await;
    }
    client.leave().await;
    version
}

#[tokio::test]
async fn p7_who_reads_again_gets_the_newest_map_and_none_of_those_between() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 6, open_settings()).await;
    let begin = room.read(|state| state.desk.record.votes_seq.0).await.unwrap();
    published(&room, begin).await;
    let mut slow = slow_socket(&app, None).await;
    ask_without_reading(&mut slow).await;
    let newest = maps_with_votes(&app, &room, 3).await;
    let (mut answers, mut kept, mut maps) = (0, 0, Vec::new());
    while answers < QUESTIONS {
        let frame = hear(&mut slow).await.expect("closed within its time");
        match frame["t"].as_str().unwrap() {
            "next" => answers += 1,
            // The same once more when its groups have been looked into.
            "map" => maps.push(frame["version"].as_u64().unwrap()),
            "welcome" => {}
            other => panic!("{other}"),
        }
        if maps.last() != Some(&newest) {
            kept += frame.to_string().len();
        }
    }
    maps.dedup();
    assert_eq!(maps.last(), Some(&newest), "{maps:?}");
    assert!(maps.len() <= 3, "a queue of maps was kept: {maps:?}");
    assert!((1..MOST_KEPT).contains(&kept), "{kept} bytes came before what was new");
}

#[tokio::test]
async fn p7_p14_who_never_reads_is_closed_and_coming_back_brings_the_newest_map() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 6, open_settings()).await;
    let metrics = app.app.serve_metrics("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let mut slow = slow_socket(&app, None).await;
    let began = Instant::now();
    ask_without_reading(&mut slow).await;
    let newest = maps_with_votes(&app, &room, 3).await;
    let closed = || async {
        let text = reqwest::get(format!("http://{metrics}/metrics")).await.unwrap().text().await.unwrap();
        let closed = text.contains("boule_closes_total{code=\"1013\"}");
        (closed && value(&text, "boule_closes_total{code=\"1013\"}") == 1.0, value(&text, "boule_sockets"))
    };
    while !closed().await.0 {
        assert!(began.elapsed() < Duration::from_secs(30), "who never reads was not closed");
        sleep(Duration::from_millis(100)).await;
    }
    assert!(began.elapsed() >= Duration::from_secs(10), "closed after {:?}", began.elapsed());
    // The goodbye waits for a second; it may not reach who does not read.
    sleep(Duration::from_millis(1500)).await;
    assert_eq!(closed().await.1, 0.0, "the socket is still counted");
    while hear(&mut slow).await.is_some() {}
    // P14: the map that they had not seen comes right after the welcome.
    let mut back = slow_socket(&app, Some(0)).await;
    assert_eq!(hear(&mut back).await.unwrap()["t"], "welcome");
    let map = hear(&mut back).await.unwrap();
    assert_eq!((map["t"].as_str(), map["version"].as_u64()), (Some("map"), Some(newest)));
}
