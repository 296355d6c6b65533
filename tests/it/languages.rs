//! I12: one message, many languages. Whoever reads German sees no English word, in pages, errors and frames.

use std::collections::BTreeSet;

use boule::conversation::Identity;
use boule::domain::{Choice, Moderation, Role, TokenHash};

use crate::app::{Asks, Browser, TestApp, open_settings};

const ENGLISH: &str = include_str!("../../web/i18n/en.ftl");
const GERMAN: &str = include_str!("../../web/i18n/de.ftl");

/// The words of a text. What has a digit in it is no word: the hash `5add0…` doesn't say "add".
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic));
    words.map(str::to_lowercase).collect()
}

/// The words of a catalogue, without its keys, comments and arguments.
fn catalogue(source: &str) -> BTreeSet<String> {
    let value = |line: &str| match line.split_once(" = ").filter(|_| line.starts_with(char::is_alphabetic)) {
        Some((_, value)) => value.to_owned(),
        None => line.to_owned(),
    };
    let lines = source.lines().filter(|line| !line.starts_with('#')).map(value);
    // What stands in braces is no word.
    let text: String = lines
        .map(|line| line.split('{').map(|part| part.rsplit('}').next().unwrap()).collect::<String>() + "\n")
        .collect();
    words(&text)
}

/// What a page says: its texts, and the attributes that are read out or shown later.
fn said(page: &str) -> String {
    let mut said = String::new();
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        said.push_str(text);
        said.push('\n');
        let is_code =
            ["script", "link", "meta charset", "meta name=\"viewport"].iter().any(|t| tag.starts_with(t));
        // `name="value"`, one after the other.
        let mut rest = tag;
        while let Some((before, value)) = rest.split_once("=\"") {
            let name = before.rsplit([' ', '\n']).next().unwrap();
            let (value, after) = value.split_once('"').unwrap_or((value, ""));
            let is_said = ["aria-label", "title", "alt", "content", "placeholder"].contains(&name);
            if !is_code && (is_said || name.starts_with("data-")) {
                said.push_str(value);
                said.push('\n');
            }
            rest = after;
        }
    }
    said
}

/// Words that are English in the catalogue, and German, a name or a value here.
const NAMES: [&str; 12] = [
    "boule",
    "true",
    "false",
    "utc",
    "english",
    "polis",
    "csv",
    "light",
    "dark",
    "map",
    "riverside",
    "aussage",
];

fn check(page: &str, of: &str) {
    let (english, german) = (catalogue(ENGLISH), catalogue(GERMAN));
    let only_english: BTreeSet<&String> = english.difference(&german).collect();
    let found: Vec<String> = words(&said(page))
        .into_iter()
        .filter(|word| only_english.contains(word) && !NAMES.contains(&word.as_str()))
        .collect();
    assert!(found.is_empty(), "{of}: {found:?}\n{page}");
    assert!(!page.starts_with("<!doctype") || page.contains("<html lang=\"de\" dir=\"ltr\">"), "{of}");
}

async fn read(browser: &Browser, path: &str) -> String {
    browser.get(path).await.text().await.unwrap()
}

#[tokio::test]
async fn i12_who_reads_german_sees_no_english_word() {
    let app = TestApp::spawn().await;
    let brief = boule::conversation::Brief {
        question: "Was soll aus dem Ufer werden?".into(),
        organiser: "Stadt".into(),
        policy: boule::texts::Texts::of(boule::texts::Locale::German).default_policy(),
        settings: open_settings(),
        ..Default::default()
    };
    let slug = boule::domain::Slug::parse("ufer").unwrap();
    let room = app.app.rooms.create(boule::conversation::RecordedActor::System, slug, &brief).await.unwrap();
    for n in 0..12 {
        room.add_seed(&format!("Aussage {n}")).await.unwrap();
    }
    room.open().await.unwrap();
    for (person, statement) in (0..30).flat_map(|p| (0..12).map(move |s| (p, s))) {
        let agrees = statement > 9 || (person % 2 == 0) == (statement % 2 == 0);
        room.vote(person, statement + 1, if agrees { Choice::Agree } else { Choice::Disagree }).await;
    }
    room.submit(Identity::Token(TokenHash::of("p1")), "Eine wartende").await.unwrap();
    room.submit(Identity::Token(TokenHash::of("p2")), "Eine abgelehnte").await.unwrap();
    room.moderate(14, Moderation::Rejected).await.unwrap();
    let seq = room.read(|state| state.desk.record.votes_seq).await.unwrap();
    room.published()
        .wait_for(|published| published.version >= seq && published.status().is_some())
        .await
        .unwrap();
    let organiser = app.staff(Role::Organiser).await;
    // A link chooses the language, and a cookie keeps it.
    check(&read(&organiser, "/?lang=de").await, "/");
    organiser.post("/o/ufer/agenda", &[("places", "4")]).await;
    organiser.publish_agenda("ufer").await;
    organiser.post("/c/ufer/vote", &[("statement", "1"), ("choice", "agree")]).await;
    organiser.post("/c/ufer/submit", &[("text", "Eine eigene")]).await;
    let mut pages = 0;
    for route in boule::http::routes() {
        let path = route.path.replace("{slug}", "ufer").replace("{statement}", "1");
        let is_read = route.methods.iter().any(|(method, _)| *method == reqwest::Method::GET);
        // Not pages: assets, documents that hold no plain text, and whether the server is well.
        if is_read
            && !path.ends_with(".docx")
            && !["/static/", "/sw.js", "/favicon", "/health", "/api/"]
                .iter()
                .any(|start| path.starts_with(start))
        {
            check(&read(&organiser, &path).await, &path);
            pages += 1;
        }
    }
    for path in [
        "/",
        "/enter",
        "/o",
        "/o/ufer",
        "/o/ufer/agenda",
        "/m",
        "/m/ufer",
        "/m/ufer/watch",
        "/m/ufer/leave-out?whom=straight",
        "/c/ufer",
        "/c/ufer?voted=1",
        "/c/ufer?submitted=1",
        "/c/ufer/s/1",
        "/c/ufer/mine",
        "/c/ufer/results",
        "/c/ufer/results/statements?show=differ&sort=gap",
        "/c/ufer/agenda",
        "/nowhere",
        "/c/nowhere",
        "/m/ufer?done=1",
    ] {
        check(&read(&organiser, path).await, path);
        pages += 1;
    }
    // The link to the other language keeps what says which part is shown, and a link that lets in; no more.
    let sorted = read(&organiser, "/c/ufer/results/statements?sort=votes&utm_source=x").await;
    assert!(
        sorted.contains("href=\"/c/ufer/results/statements?sort=votes&#38;lang=en\"")
            && !sorted.contains("utm_"),
        "{sorted}"
    );
    // Whoever asks first, and however, the page that is kept for everybody has its own links.
    let first = format!("{}/c/ufer/results/statements?sort=agree&latest=9", app.base());
    assert_eq!(organiser.http.head(first).send().await.unwrap().status(), 200);
    let kept = read(&organiser, "/c/ufer/results/statements?sort=agree").await;
    assert!(
        kept.contains("href=\"/c/ufer/results/statements?sort=agree&#38;lang=en\"")
            && !kept.contains("latest="),
        "{kept}"
    );
    assert!(read(&organiser, "/enter?key=abc").await.contains("key=abc&#38;lang=en"));
    let form = organiser.post("/c/ufer/submit", &[("text", "")]).await.text().await.unwrap();
    assert!(!form.contains("lang=en"), "where a form was answered, nothing can be read again");
    for (path, form) in [
        ("/c/ufer/submit", vec![("text", "")]),
        ("/c/ufer/submit", vec![("text", "Aussage 3")]),
        (
            "/o",
            vec![
                ("slug", "UFER!"),
                ("question", "Q"),
                ("organiser", ""),
                ("results", "always"),
                ("moderation", "before"),
            ],
        ),
        ("/o/ufer/agenda", vec![("places", "999")]),
        ("/o/ufer/seed", vec![("text", "")]),
        ("/m/ufer/moderate", vec![("statement", "77"), ("decision", "accept")]),
        ("/c/ufer/vote", vec![("nonsense", "1")]),
    ] {
        let answer = organiser.post(path, &form).await;
        assert!(answer.status().as_u16() >= 400, "{path}");
        check(&answer.text().await.unwrap(), path);
        pages += 1;
    }
    println!("{pages} pages");
}

#[tokio::test]
async fn i12_a_browser_that_prefers_german_gets_it_in_pages_json_and_frames() {
    use futures_util::{SinkExt, StreamExt};
    use tokio_tungstenite::tungstenite::Message;
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let app = TestApp::spawn().await;
    app.conversation("c", 2, open_settings()).await;
    let german = |path: &str| {
        app.browser()
            .http
            .get(format!("{}{path}", app.base()))
            .header("accept-language", "de-AT,de;q=0.9,en;q=0.5")
            .send()
    };
    let page = german("/c/c").await.unwrap().text().await.unwrap();
    assert!(page.contains("<html lang=\"de\" dir=\"ltr\">") && page.contains("Weder noch"), "{page}");
    assert!(app.browser().text("/c/c").await.contains("<html lang=\"en\" dir=\"ltr\">"));
    let error = german("/api/v1/c/nowhere").await.unwrap().text().await.unwrap();
    assert!(error.contains("Diese Beteiligung gibt es nicht."), "{error}");
    let mut request = format!("ws://{}/ws/v1/c", app.app.address).into_client_request().unwrap();
    request.headers_mut().insert("accept-language", "de".parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    socket.send(Message::text(r#"{"t":"hello","v":1}"#)).await.unwrap();
    socket.send(Message::text(r#"{"t":"vote","op":"a-1","statement":0,"choice":"agree"}"#)).await.unwrap();
    let mut refused = None;
    while let Some(Ok(frame)) = socket.next().await {
        let text = frame.to_text().unwrap().to_owned();
        if text.contains("\"refused\"") {
            refused = Some(text);
            break;
        }
    }
    let refused = refused.unwrap();
    assert!(refused.contains("not_joined") && refused.contains("Nehmen Sie zuerst teil"), "{refused}");
}
