//! Hostile sockets, byte by byte: each ends as docs/PROTOCOL.md says, and nobody else notices.
//!
//! The server is a process of its own, so that its memory is its own.

mod origins;
mod raw;

use std::time::{Duration, Instant};

use boule::cli::client::{Client, Site};
use boule::conversation::Settings;
use boule::domain::Choice;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::app::TestApp;
use crate::soak::{Server, number};

use raw::*;

/// What takes longer never comes.
const WITHIN: Duration = Duration::from_secs(20);
const STATEMENTS: u64 = 20;
/// What the server may keep of a story, and of each of many slow connections.
const MAX_GROWTH_KIB: u64 = 16 * 1024;
const MAX_GROWTH_EACH_KIB: u64 = 16;

/// An honest person comes and votes as often as this.
async fn an_honest_person_votes(address: &str, times: u64) {
    let mut client = an_honest_person(address).await;
    for vote in 0..times {
        honest_vote(&mut client, vote).await;
    }
    client.leave().await;
}

async fn an_honest_person(address: &str) -> Client {
    let site = Site::new(address, "c", None);
    let (ticket, _) = site.join(None).await.unwrap();
    site.connect(Some(&ticket)).await.unwrap()
}

async fn honest_vote(client: &mut Client, vote: u64) {
    let ack = client.vote(vote % STATEMENTS, Choice::ALL[(vote / STATEMENTS % 3) as usize]).await.unwrap();
    assert_eq!(ack["t"], "ack", "{ack}");
}

/// Bytes that end the socket which sends them, and the codes that they may get; `None` is an end
/// without a close frame.
struct Case {
    what: String,
    ends: &'static [Option<u16>],
    sent: Vec<u8>,
}

fn case(what: impl Into<String>, ends: &'static [Option<u16>], parts: &[Vec<u8>]) -> Case {
    Case { what: what.into(), ends, sent: parts.concat() }
}

const TOO_BIG: &[Option<u16>] = &[Some(1009)];
const NOT_TEXT: &[Option<u16>] = &[Some(1003)];
const NOT_UTF8: &[Option<u16>] = &[Some(1007)];
/// No WebSocket frames at all: P8 has no code for them; RFC 6455 has 1002.
const DROPPED: &[Option<u16>] = &[None, Some(1002)];

fn too_big() -> Vec<Case> {
    let mut many = vec![frame(TEXT, b"x")];
    many.resize(40, frame(CONTINUE, &[b'x'; 1000]));
    vec![
        case("a frame of 17 KiB", TOO_BIG, &[frame(FIN | TEXT, &[b'x'; 17 * 1024])]),
        case("a frame of 16 KiB and one byte", TOO_BIG, &[frame(FIN | TEXT, &[b' '; 16 * 1024 + 1])]),
        case("17 KiB announced and not sent", TOO_BIG, &[header(FIN | TEXT, 17 * 1024)]),
        case("2^62 bytes announced", TOO_BIG, &[header(FIN | TEXT, 1 << 62)]),
        case("2^64 - 1 bytes announced", TOO_BIG, &[header(FIN | TEXT, u64::MAX)]),
        case("2^62 binary bytes announced", TOO_BIG, &[header(FIN | BINARY, 1 << 62)]),
        case(
            "two halves of 9,000 bytes",
            TOO_BIG,
            &[frame(TEXT, &[b'x'; 9000]), frame(FIN | CONTINUE, &[b'x'; 9000])],
        ),
        case("a message without an end", TOO_BIG, &many),
    ]
}

fn not_text() -> Vec<Case> {
    let mut cases = vec![
        case("binary", NOT_TEXT, &[frame(FIN | BINARY, br#"{"t":"next"}"#)]),
        case("nothing, in binary", NOT_TEXT, &[frame(FIN | BINARY, b"")]),
        case("binary in parts", NOT_TEXT, &[frame(BINARY, b"a"), frame(FIN | CONTINUE, b"b")]),
        case(
            "a letter that a fragment cuts, with a wrong end",
            NOT_UTF8,
            &[frame(TEXT, b"\"\xe2\x82"), frame(FIN | CONTINUE, b"\x28\"")],
        ),
        case(
            "a letter that never ends",
            NOT_UTF8,
            &[frame(TEXT, b"\""), frame(CONTINUE, b"\xe2"), frame(FIN | CONTINUE, b"\x82")],
        ),
        case("wrong bytes in a first fragment", NOT_UTF8, &[frame(TEXT, b"\xff"), frame(CONTINUE, b"")]),
    ];
    let wrong: [(&str, &[u8]); 6] = [
        ("bytes that no letter has", b"\xff\xfe"),
        ("an overlong slash", b"\xc0\xaf"),
        ("half of a surrogate pair", b"\xed\xa0\x80"),
        ("a letter beyond the last", b"\xf4\x90\x80\x80"),
        ("half a letter", b"{\"t\":\"next\"}\xe2\x82"),
        ("a letter's second half", b"\x82"),
    ];
    for (what, bytes) in wrong {
        cases.push(case(what, NOT_UTF8, &[frame(FIN | TEXT, bytes)]));
    }
    cases
}

fn no_websocket() -> Vec<Case> {
    let next = br#"{"t":"next"}"#;
    let unmasked = [&[FIN | TEXT, next.len() as u8][..], &next[..]].concat();
    let mut cases = vec![
        case("an unmasked frame", DROPPED, &[unmasked]),
        // What the library says of it is taken for a message that is too big.
        case("a ping of 126 bytes", &[None, Some(1002), Some(1009)], &[frame(FIN | PING, &[b'x'; 126])]),
        case("a ping in parts", DROPPED, &[frame(PING, b"a"), frame(FIN | CONTINUE, b"b")]),
        case("a close in parts", DROPPED, &[frame(CLOSE, b"")]),
        case("a close of one byte", DROPPED, &[frame(FIN | CLOSE, b"x")]),
        case("a close with a code that is none", DROPPED, &[frame(FIN | CLOSE, &1005u16.to_be_bytes())]),
        case("a continuation of nothing", DROPPED, &[frame(FIN | CONTINUE, next)]),
        case("a message within a message", DROPPED, &[frame(TEXT, b"{"), frame(FIN | TEXT, next)]),
        case("another request", DROPPED, &[upgrade("a", "").into_bytes()]),
    ];
    for opcode in [3u8, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        cases.push(case(format!("opcode {opcode}"), DROPPED, &[frame(FIN | opcode, next)]));
    }
    for bit in [0x40u8, 0x20, 0x10] {
        cases.push(case(format!("reserved bit {bit:#x}"), DROPPED, &[frame(FIN | bit | TEXT, next)]));
    }
    cases
}

/// P8, P10: on a socket that said hello, and instead of the hello.
async fn broken_frames_end_their_own_socket(address: &str) {
    for case in [too_big(), not_text(), no_websocket()].into_iter().flatten() {
        for greeted in [true, false] {
            let mut raw = Raw::open(address).await;
            if greeted {
                raw.hello(None).await;
            }
            raw.send(&case.sent).await;
            let ended = raw.end().await;
            let what = format!("{}, greeted: {greeted}: {ended:?}", case.what);
            // P3: whatever is no hello may get 4000 as well.
            let fits = case.ends.contains(&ended.code) || (!greeted && ended.code == Some(4000));
            // A connection with bytes that the server never read is reset, and may lose the last words.
            let cut = ended.reset && ended.code.is_none() && case.sent.len() > 4096;
            assert!(fits || cut, "{what}");
            if let Some(code) = ended.code.filter(|code| *code != 1002) {
                let bye = ended.texts.last().expect("no bye");
                assert_eq!((&bye["t"], &bye["code"]), (&json!("bye"), &json!(code)), "{what}");
            }
        }
    }
}

/// P12: texts that are no frames of the protocol, one a line.
const NONSENSE: &str = r#"
null
0
nonsense
{}
"next"
{"t":"dance"}
{"t":"Next"}
{"t":"welcome"}
{"t":"next","skip":null}
{"t":"next","skip":[-1]}
{"t":"next","skip":[4294967296]}
{"t":"next","more":1}
{"t":"next"} {"t":"next"}
{"t":"next"}x
{"t":"vote"}
{"t":"vote","op":"a","statement":0,"choice":"maybe"}
{"t":"vote","op":"a","statement":0.5,"choice":"agree"}
{"t":"vote","op":"a","statement":"0","choice":"agree"}
{"t":"vote","op":"a","statement":1e999,"choice":"agree"}
{"t":"vote","op":"","statement":0,"choice":"agree"}
{"t":"vote","op":"a b","statement":0,"choice":"agree"}
{"t":"vote","op":"a","statement":0,"choice":"agree","participant":7}
{"t":"submit","op":"a","text":"\ud800"}
{"t":"submit","op":"a","text":["a"]}
"#;

fn nonsense() -> Vec<String> {
    let mut texts: Vec<String> = NONSENSE.trim().lines().map(str::to_owned).collect();
    texts.extend(["", "\u{feff}{\"t\":\"next\"}", "{\"t\":\"next\"\0}"].map(str::to_owned));
    let (open, close) = ("[".repeat(8_000), "]".repeat(8_000));
    texts.push(format!("{open}{close}"));
    texts.push(format!("{open}{open}"));
    texts.push(format!(r#"{{"t":"next","skip":{open}{close}}}"#));
    texts.push(r#"{"a":"#.repeat(3_000));
    texts.push(format!(r#"{{"t":"next","skip":[{}]}}"#, ["1"; 101].join(",")));
    texts.push(format!(r#"{{"t":"vote","op":"{}","statement":0,"choice":"agree"}}"#, "x".repeat(65)));
    // As long as a message may be: this is answered, and does not close.
    texts.push(" ".repeat(16 * 1024));
    texts
}

async fn three_of_what_is_no_frame_are_answered_and_end_the_socket(address: &str) {
    for words in nonsense() {
        let mut raw = Raw::watcher(address).await;
        raw.send(&text(&words).repeat(3)).await;
        let ended = raw.end().await;
        let errors = ended.texts.iter().filter(|frame| frame["t"] == "error");
        let what = format!("{}: {ended:?}", words.chars().take(80).collect::<String>());
        assert_eq!((ended.code, errors.clone().count()), (Some(1008), 3), "{what}");
        assert!(errors.clone().all(|error| error["code"] == "bad_frame"), "{what}");
        assert_eq!(ended.texts.last().unwrap()["t"], "bye", "{what}");
    }
}

/// Not all that is odd is wrong: RFC 6455 lets a message come in as many frames as one likes.
async fn odd_frames_that_are_good_are_answered(address: &str) {
    let mut raw = Raw::participant(address).await;
    let mut sent = frame(TEXT, br#"{"t":"#);
    sent.extend(frame(CONTINUE, b"").repeat(4_000));
    sent.extend(frame(FIN | PING, b"between"));
    sent.extend(frame(FIN | CONTINUE, br#""next"}"#));
    raw.send(&sent).await;
    assert_eq!(raw.answer().await["t"], "next");
    // A fragment may end within a letter.
    let submit = r#"{"t":"submit","op":"cut","text":"More bänches by the water."}"#.as_bytes();
    let cut = submit.iter().position(|byte| *byte == 0xc3).unwrap() + 1;
    raw.send(&[frame(TEXT, &submit[..cut]), frame(FIN | CONTINUE, &submit[cut..])].concat()).await;
    assert_eq!(raw.answer().await["t"], "submitted");
}

/// P11: slowed down and told so; all is answered, in order.
async fn a_flood_of_good_frames_is_slowed_down_and_nothing_is_dropped(address: &str) {
    let mut raw = Raw::participant(address).await;
    let (mut sent, mut wanted) = (Vec::new(), Vec::new());
    for number in 0..44 {
        if number % 4 == 0 {
            let (op, choice) = (format!("flood-{number}"), Choice::ALL[number / 4 % 3]);
            let vote = json!({ "t": "vote", "op": op, "statement": 0, "choice": choice });
            sent.extend(text(&vote.to_string()));
            wanted.push(op);
        } else {
            sent.extend(text(r#"{"t":"next"}"#));
            wanted.push("next".to_owned());
        }
    }
    raw.send(&sent).await;
    let (mut answers, mut too_fast) = (Vec::new(), 0);
    while answers.len() < wanted.len() {
        let answer = raw.answer().await;
        match answer["t"].as_str().unwrap() {
            "ack" => answers.push(answer["op"].as_str().unwrap().to_owned()),
            "next" => answers.push("next".to_owned()),
            _ => {
                assert_eq!(answer["code"], "too_fast", "{answer}");
                too_fast += 1;
            }
        }
    }
    assert_eq!(answers, wanted);
    assert!(too_fast > 0, "nobody was told to slow down");
}

/// P11: held back without a word.
async fn a_flood_of_pings_is_held_back(address: &str) {
    let mut raw = Raw::participant(address).await;
    let began = Instant::now();
    raw.send(&frame(FIN | PING, b"p").repeat(5_000)).await;
    an_honest_person_votes(address, 10).await;
    let mut pongs = 0u32;
    while let Ok(got) = timeout(Duration::from_secs(1).saturating_sub(began.elapsed()), raw.next()).await {
        match got {
            Got::Pong => pongs += 1,
            Got::Ping | Got::Text(_) => {}
            other => panic!("{other:?} in a flood of pings"),
        }
    }
    let most = 35.0 + 10.0 * began.elapsed().as_secs_f64();
    assert!(pongs > 0 && f64::from(pongs) < most, "{pongs} pongs, and {most} at most");
}

/// P23: half a request, half a hello, half a frame, and then nothing.
async fn sockets_that_stop_half_way_hold_nobody_up(address: &str) {
    let mut held = Vec::new();
    for number in 0..40 {
        let raw = match number % 4 {
            0 => {
                let mut raw = Raw::silent(address).await;
                raw.send(b"GET /ws/v1/c HTTP/1.1\r\nHo").await;
                raw
            }
            1 => Raw::open(address).await,
            2 => {
                let mut raw = Raw::watcher(address).await;
                raw.send(&[FIN | TEXT]).await;
                raw
            }
            _ => {
                let mut raw = Raw::watcher(address).await;
                raw.send(&header(FIN | TEXT, 100)).await;
                raw.send(b"only this").await;
                raw
            }
        };
        held.push(raw);
    }
    let began = Instant::now();
    an_honest_person_votes(address, 20).await;
    assert!(began.elapsed() < Duration::from_secs(10), "20 votes took {:?}", began.elapsed());
    drop(held);
}

/// P23: a head that comes byte by byte is taken when it is whole within 10 seconds.
async fn sockets_that_open_byte_by_byte_hold_nobody_up(address: &str) {
    let slow = number("BOULE_TEST_SLOW", 50);
    // However many there are: what they send together does not keep this machine busy.
    let pause = Duration::from_micros(50 * slow).max(Duration::from_millis(5));
    let mut client = an_honest_person(address).await;
    let crowd: Vec<_> = (0..slow).map(|_| tokio::spawn(open_slowly(address.to_owned(), pause))).collect();
    let began = Instant::now();
    for vote in 0..20 {
        honest_vote(&mut client, vote).await;
        sleep(Duration::from_millis(30)).await;
    }
    let took = began.elapsed();
    assert!(took < Duration::from_secs(10), "20 votes took {took:?} beside {slow} slow ones");
    let mut let_in = 0;
    for one in crowd {
        let_in += u64::from(one.await.unwrap());
    }
    println!("{let_in} of {slow} slow sockets were let in; 20 votes beside them took {took:?}");
    assert!(slow > 200 || let_in == slow, "{let_in} of {slow} slow sockets were let in");
}

async fn open_slowly(address: String, pause: Duration) -> bool {
    let Ok(mut stream) = TcpStream::connect(&address).await else { return false };
    for byte in upgrade(&address, "").into_bytes() {
        if stream.write_all(&[byte]).await.is_err() {
            return false;
        }
        sleep(pause).await;
    }
    Raw { stream, read: Vec::new() }.head().await.starts_with("HTTP/1.1 101 ")
}

/// Tells a story to a server of its own. Before and after it an honest person votes, and the server has hardly
/// grown by it.
async fn harms_only_itself(slow_connections: u64, story: impl AsyncFnOnce(&str)) {
    let server = Server::start(STATEMENTS as usize).await;
    let address = server.address.as_str();
    an_honest_person_votes(address, 3).await;
    let before = server.memory_kib();
    story(address).await;
    an_honest_person_votes(address, 20).await;
    let grown = server.memory_kib().saturating_sub(before);
    println!("the server had {before} KiB before, and {grown} KiB more after");
    let most = MAX_GROWTH_KIB + MAX_GROWTH_EACH_KIB * slow_connections;
    assert!(grown < most, "the server grew by {grown} KiB, {most} at most");
}

macro_rules! stories {
    ($($name:ident: $story:ident $(beside $slow:expr)?),* $(,)?) => {$(
        #[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
        #[tokio::test]
        async fn $name() {
            harms_only_itself(0 $(+ $slow)?, $story).await;
        }
    )*};
}

stories! {
    p8_p10_broken_frames_harm_only_their_own_socket: broken_frames_end_their_own_socket,
    p10_three_times_nonsense_harms_only_its_own_socket: three_of_what_is_no_frame_are_answered_and_end_the_socket,
    p10_odd_frames_harm_nobody: odd_frames_that_are_good_are_answered,
    p11_a_flood_of_good_frames_harms_nobody: a_flood_of_good_frames_is_slowed_down_and_nothing_is_dropped,
    p11_a_flood_of_pings_harms_nobody: a_flood_of_pings_is_held_back,
    p23_sockets_that_stop_half_way_harm_nobody: sockets_that_stop_half_way_hold_nobody_up,
    p23_sockets_that_open_byte_by_byte_harm_nobody: sockets_that_open_byte_by_byte_hold_nobody_up
        beside number("BOULE_TEST_SLOW", 0),
}
