//! Addresses as people and programs write them, and requests that can't be read: each is answered by a
//! page in words, or leads to one.

use std::net::SocketAddr;

use boule::conversation::Settings;
use boule::domain::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::app::{TestApp, open_settings};

#[tokio::test]
async fn links_from_social_media_lead_to_the_page() {
    let app = TestApp::spawn().await;
    app.conversation("c", 2, open_settings()).await;
    let staff = app.staff(Role::Organiser).await;
    for path in [
        "/",
        "/enter",
        "/c/c",
        "/c/c/vote",
        "/c/c/s/0",
        "/c/c/mine",
        "/c/c/results",
        "/c/c/agenda",
        "/m",
        "/m/c",
        "/o",
        "/o/c",
        "/o/c/agenda",
    ] {
        for query in
            ["?fbclid=IwAR0x", "?utm_source=a&utm_source=b", "?voted=abc&sort=backwards", "?%ff=%ff", "?"]
        {
            let answer = staff.get(&format!("{path}{query}")).await;
            assert_eq!(answer.status(), 200, "{path}{query}");
        }
    }
    assert_eq!(app.browser().get("/api/v1/c/c?fbclid=x").await.status(), 200);
}

#[tokio::test]
async fn a_slash_at_the_end_and_capital_letters_lead_to_the_page() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, open_settings()).await;
    for (asked, page) in [
        ("/c/c/", "/c/c"),
        ("/C/C/Results/?utm_source=Mail", "/c/c/results?utm_source=Mail"),
        ("/c/c/s/0/", "/c/c/s/0"),
        ("/M", "/m"),
    ] {
        let answer = app.browser().get(asked).await;
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["location"]),
            (308, &page.parse().unwrap()),
            "{asked}"
        );
        assert!(answer.headers().contains_key("content-security-policy"));
    }
}

#[tokio::test]
async fn whatever_cannot_be_read_is_answered_by_a_page_in_words() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let organiser = app.staff(Role::Organiser).await;
    let send = async |path: &str, kind: &str, body: Vec<u8>| {
        let request =
            organiser.http.post(format!("{}{path}", organiser.base)).header("origin", &organiser.base);
        request.header("content-type", kind).body(body).send().await.unwrap()
    };
    let form = "application/x-www-form-urlencoded";
    for (path, kind, body, status) in [
        ("/c/c/vote", form, &b"statement=0"[..], 400),
        ("/c/c/vote", form, b"statement=x&choice=agree", 400),
        ("/c/c/vote", form, b"statement=0&choice=agree&weight=9", 400),
        ("/c/c/vote", "text/plain", b"statement=0&choice=agree", 400),
        ("/c/c/submit", form, b"%ff", 400),
        ("/m/c/moderate", form, b"statement=0", 400),
        ("/m/c/moderate-many", form, b"decision=rule-0", 400),
        ("/o/c/seeds", form, b"", 400),
        ("/o/c/seeds", "multipart/form-data; boundary=x", b"--x\r\n", 400),
        (
            "/o/c/seeds/add",
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"statements\"\r\n\r\n{\r\n--x--\r\n",
            400,
        ),
        ("/o", form, b"slug=a", 400),
    ] {
        let answer = send(path, kind, body.to_vec()).await;
        assert_eq!(answer.status(), status, "{path} {kind}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("<h1>That did not work</h1>") && page.contains("href=\"/\""), "{path}: {page}");
        assert!(!page.contains("deserialize") && !page.contains("Failed"), "{path}: {page}");
    }
    let large = send("/c/c/submit", form, vec![b'a'; 5 << 20]).await;
    assert_eq!(large.status(), 413);
    assert!(large.text().await.unwrap().contains("This is too large"));
    let wrong = organiser.http.delete(format!("{}/c/c", organiser.base)).header("origin", &organiser.base);
    let wrong = wrong.send().await.unwrap();
    assert_eq!(wrong.status(), 405);
    assert!(wrong.headers().contains_key("allow"));
    assert!(wrong.text().await.unwrap().contains("be used that way"));
}

#[tokio::test]
async fn a_join_takes_an_object_or_nothing() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let http = reqwest::Client::new();
    for (body, status) in [
        ("", 200),
        ("{}", 200),
        (r#"{"keep":"token"}"#, 200),
        ("[]", 400),
        (r#"["token"]"#, 400),
        ("null", 400),
        ("7", 400),
        ("{", 400),
        (r#"{"keep":"for ever"}"#, 400),
        (r#"{"role":"owner"}"#, 400),
    ] {
        let mut request = http.post(format!("{}/api/v1/c/c/join", app.base()));
        if !body.is_empty() {
            request = request.header("content-type", "application/json").body(body);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{body}");
        if status == 400 {
            let error: serde_json::Value = answer.json().await.unwrap();
            assert_eq!(error["error"]["code"], "bad_input", "{body}");
        }
    }
}

/// Sends bytes as they are; the first line of the answer.
async fn raw(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 64];
    let read = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_request_names_its_site_once() {
    let app = TestApp::spawn().await;
    let address = app.app.address;
    for (hosts, status) in [
        ("host: a\r\n", "200"),
        ("", "400"),
        ("host: a\r\nhost: a\r\n", "400"),
        ("host: a\r\nHost: b\r\n", "400"),
    ] {
        let line = raw(address, &format!("GET / HTTP/1.1\r\n{hosts}connection: close\r\n\r\n")).await;
        assert!(line.contains(status), "{hosts:?}: {line}");
    }
    assert!(raw(address, "GET / HTTP/1.0\r\n\r\n").await.contains("200"));
}

#[tokio::test]
async fn a_websocket_is_opened_with_a_whole_key() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let address = app.app.address;
    for (key, status) in [
        ("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "101"),
        ("sec-websocket-key: x\r\n", "400"),
        ("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=\r\n", "400"),
        ("sec-websocket-key: dGhlIHNhbXBsZSBub2 jZQ==\r\n", "400"),
        ("", "400"),
    ] {
        let upgrade = format!(
            "GET /ws/v1/c HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\norigin: http://{address}\r\n{key}\r\n"
        );
        let line = raw(address, &upgrade).await;
        assert!(line.contains(status), "{key:?}: {line}");
    }
}
