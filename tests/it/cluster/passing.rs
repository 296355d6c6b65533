//! What is asked of a conversation at one node, and answered by another.

use std::time::Duration;

use boule::cli::client::Site;
use boule::domain::Choice;
use rustix::process::Signal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Nodes;

fn browser() -> reqwest::Client {
    let redirect = reqwest::redirect::Policy::none();
    reqwest::Client::builder().cookie_store(true).redirect(redirect).build().unwrap()
}

async fn vote(browser: &reqwest::Client, address: &str, statement: &str) -> reqwest::Response {
    let form = format!("statement={statement}&choice=agree&op={}", boule::clock::random_token());
    let request = browser.post(format!("http://{address}/c/c/vote")).body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.header("origin", format!("http://{address}")).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_forms_and_sockets_work_through_every_node() {
    let Some(nodes) = Nodes::start(2, 5).await else { return };
    let browser = browser();
    // Whoever is asked first has it.
    let here = browser.get(format!("http://{}/c/c", nodes.address(0))).send().await.unwrap();
    assert_eq!((here.status().as_u16(), nodes.owner().await), (200, 0));
    let through = nodes.address(1);
    let page =
        browser.get(format!("http://{through}/c/c")).header("accept-language", "de").send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let page = page.text().await.unwrap();
    assert!(page.contains("lang=\"de\"") && policy.contains("default-src 'none'"), "{policy}");
    for statement in ["0", "1", "2"] {
        assert_eq!(vote(&browser, &through, statement).await.status(), 303);
    }
    let mine =
        browser.get(format!("http://{through}/api/v1/c/c/mine")).send().await.unwrap().text().await.unwrap();
    assert_eq!(mine.matches("agree").count(), 3, "{mine}");
    let missing = browser.get(format!("http://{through}/c/nothing")).send().await.unwrap();
    assert_eq!(missing.status(), 404);
    // A socket through each; what is voted on one is told on the other.
    let [at_owner, passed] = [nodes.address(0), through.clone()].map(|address| Site::new(address, "c", None));
    let mut watcher = passed.connect(None).await.unwrap();
    let (ticket, _) = passed.join(None).await.unwrap();
    let mut voter = passed.connect(Some(&ticket)).await.unwrap();
    assert_eq!(voter.vote(3, Choice::Agree).await.unwrap()["t"], "ack");
    let (ticket, _) = at_owner.join(None).await.unwrap();
    let mut other = at_owner.connect(Some(&ticket)).await.unwrap();
    assert_eq!(other.vote(3, Choice::Agree).await.unwrap()["t"], "ack");
    let mut published = watcher.wait_for("map").await.unwrap();
    while published["counts"]["participants"] != 3 {
        published = watcher.wait_for("map").await.unwrap();
    }
    assert_eq!(nodes.owner().await, 0, "nothing has moved");
    // Too large, as this node itself would say.
    let large =
        browser.post(format!("http://{through}/c/c/submit")).body("x".repeat(5 << 20)).send().await.unwrap();
    assert!(large.status().is_client_error(), "{}", large.status());
    nodes.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_meets_a_dead_node_is_answered_by_another_and_counts_once() {
    let Some(mut nodes) = Nodes::start(2, 5).await else { return };
    let browser = browser();
    let through = nodes.address(1);
    browser.get(format!("http://{}/c/c", nodes.address(0))).send().await.unwrap();
    assert_eq!(vote(&browser, &through, "0").await.status(), 303);
    nodes.end(0, Signal::KILL);
    assert_eq!(vote(&browser, &through, "1").await.status(), 303, "nobody presses twice");
    assert_eq!(nodes.owner().await, 1);
    // And one that hangs.
    nodes.start_again(0).await;
    nodes.end(1, Signal::TERM);
    let through = nodes.address(0);
    browser.get(format!("http://{through}/c/c")).send().await.unwrap();
    nodes.start_again(1).await;
    let (newcomer, through) = (self::browser(), nodes.address(1));
    // Two ways to it are open when it stops: both forms are on theirs then, and nobody knows whether it has them.
    let look = || newcomer.get(format!("http://{through}/c/c")).send();
    let (one, other) = tokio::join!(look(), look());
    assert!(one.is_ok() && other.is_ok());
    nodes.signal(0, Signal::STOP);
    let (voted, first) = tokio::join!(vote(&browser, &through, "2"), vote(&newcomer, &through, "2"));
    assert_eq!((voted.status().as_u16(), first.status().as_u16()), (303, 303), "nobody presses twice");
    nodes.signal(0, Signal::CONT);
    let own = newcomer.get(format!("http://{through}/api/v1/c/c/mine")).send().await.unwrap();
    assert_eq!(own.text().await.unwrap().matches("agree").count(), 1, "it is kept who they are");
    let record = nodes.store().record_of(nodes.conversation).await.unwrap().unwrap();
    assert_eq!((record.participants.len(), record.totals()), (2, (4, 2)), "each counts once");
    let mine = browser.get(format!("http://{}/api/v1/c/c/mine", nodes.address(1))).send().await.unwrap();
    let mine = mine.text().await.unwrap();
    assert_eq!(mine.matches("agree").count(), 3, "{mine}");
    nodes.check();
}

/// People press buttons while the machine that has their conversation is stopped, and nobody presses twice.
#[tokio::test(flavor = "multi_thread")]
async fn forms_that_meet_a_room_that_ends_are_saved_and_count_once() {
    let Some(mut nodes) = Nodes::start(2, 40).await else { return };
    browser().get(format!("http://{}/c/c", nodes.address(0))).send().await.unwrap();
    let through = nodes.address(1);
    let press = |_| {
        let (browser, through) = (browser(), through.clone());
        tokio::spawn(async move {
            for statement in 0..30 {
                let saved = vote(&browser, &through, &statement.to_string()).await;
                assert_eq!(saved.status(), 303, "statement {statement}");
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        })
    };
    let pressing: Vec<_> = (0..12).map(press).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    nodes.end(0, Signal::TERM);
    for one in pressing {
        one.await.unwrap();
    }
    assert_eq!(nodes.owner().await, 1, "the one that is left");
    let record = nodes.store().record_of(nodes.conversation).await.unwrap().unwrap();
    assert_eq!((record.participants.len(), record.totals()), (12, (360, 12)));
    nodes.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_node_is_not_heard_where_nodes_are() {
    let Some(nodes) = Nodes::start(1, 5).await else { return };
    let registered = super::registered(&nodes.register()).await;
    let door = &registered[0].said.address;
    let mut plain = TcpStream::connect(door).await.unwrap();
    let asked =
        format!("GET /c/c HTTP/1.1\r\nhost: {door}\r\nboule-peer: 192.0.2.1:1\r\nconnection: close\r\n\r\n");
    plain.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), plain.read_to_end(&mut answer)).await.unwrap();
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/1.1"), "{answer:?}");
    // With TLS and without a certificate, or with one that stands in no register.
    let client = reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap();
    assert!(client.get(format!("https://{door}/c/c")).send().await.is_err());
    // What a client says of where it comes from is not believed on the public side.
    let address = nodes.address(0);
    let page =
        client.get(format!("http://{address}/c/c")).header("boule-peer", "192.0.2.1:1").send().await.unwrap();
    assert_eq!(page.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_without_an_address_is_sent_away() {
    let Some(nodes) = Nodes::start(1, 5).await else { return };
    let dir = tempfile::tempdir().unwrap();
    let second = std::process::Command::new(env!("CARGO_BIN_EXE_boule"))
        .args(["serve", "--bind", "127.0.0.1:0", "--data"])
        .arg(dir.path())
        .env("BOULE_STORE", nodes.server.url())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!second.status.success() && said.contains("--node"), "{said}");
    let nowhere = std::process::Command::new(env!("CARGO_BIN_EXE_boule"))
        .args(["serve", "--bind", "127.0.0.1:0", "--node", "0.0.0.0:0", "--data"])
        .arg(dir.path())
        .env("BOULE_STORE", nodes.server.url())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&nowhere.stderr).into_owned();
    assert!(!nowhere.status.success() && said.contains("no other node reaches"), "{said}");
}
