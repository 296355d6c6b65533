//! Pages as a browser without scripts sees them: everything by form POST and 303.

use base64::prelude::{BASE64_STANDARD, Engine};
use boule::conversation::Identity;
use boule::conversation::{ResultsRule, Settings};
use boule::domain::{Choice, StatementNumber, TokenHash};
use sha2::{Digest, Sha256};

use crate::app::{Asks, TestApp, open_settings};

/// The value of a hidden field in the vote form.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let start = page.find(&format!("name=\"{name}\" value=\"")).unwrap() + name.len() + 15;
    page[start..].split('"').next().unwrap()
}

#[tokio::test]
async fn a_vote_by_form_is_saved_shown_and_changed() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, Settings::default()).await;
    let browser = app.browser();
    let page = browser.text("/c/c").await;
    assert!(page.contains("What should become of the riverside?") && page.contains("Second paragraph."));
    let (statement, op) = (hidden(&page, "statement").to_owned(), hidden(&page, "op").to_owned());
    assert_eq!(room.read(|s| s.desk.record.participants.len()).await.unwrap(), 0, "a GET makes nobody");
    let vote = [("statement", statement.as_str()), ("choice", "agree"), ("op", op.as_str())];
    let answer = browser.post("/c/c/vote", &vote).await;
    assert_eq!(answer.status(), 303);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let to = answer.headers()["location"].to_str().unwrap().to_owned();
    let page = browser.text(&to).await;
    assert!(
        page.contains("Vote saved.") && page.contains("1 of 3 votes until you can be compared with others")
    );
    assert_ne!(hidden(&page, "statement"), statement, "the next statement comes by itself");
    // The same form sent twice (back button, double click) is one vote.
    browser.post("/c/c/vote", &vote).await;
    let page = browser.text(&format!("/c/c/s/{statement}")).await;
    assert!(page.contains(
        r#"value="agree" class="vote agree" aria-describedby="statement-text" aria-pressed="true""#
    ));
    let changed = [("statement", statement.as_str()), ("choice", "disagree")];
    assert_eq!(browser.post("/c/c/vote", &changed).await.status(), 303);
    let number = StatementNumber(statement.parse().unwrap());
    let (tally, votes) = room
        .read(move |s| (s.desk.record.statements[&number].tally, s.desk.record.vote_events))
        .await
        .unwrap();
    assert_eq!((tally.agree, tally.disagree, votes), (0, 1, 2));
    let mine = browser.text("/c/c/mine").await;
    assert!(mine.contains("1 vote, which you can change"));
}

#[tokio::test]
async fn a_statement_that_is_refused_stays_in_the_form_with_the_reason() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let browser = app.browser();
    browser.post("/c/c/vote", &[("statement", "0"), ("choice", "pass")]).await;
    let long = "A <b>long</b> view ".repeat(30);
    let answer = browser.post("/c/c/submit", &[("text", &long)]).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Please keep it to 280") && !page.contains("<b>long</b>"));
    assert!(page.contains("long") && page.contains("aria-invalid=\"true\""));
    assert_eq!(
        browser.post("/c/c/submit", &[("text", "<script>alert(1)</script> is code")]).await.status(),
        303
    );
    let mine = browser.text("/c/c/mine").await;
    assert!(!mine.contains("<script>alert") && mine.contains("Waiting for a moderator."));
}

#[tokio::test]
async fn the_same_submission_sent_twice_is_one_statement() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let browser = app.browser();
    for _ in 0..2 {
        let answer = browser.post("/c/c/submit", &[("text", "Plant fruit trees."), ("op", "one")]).await;
        assert_eq!(answer.headers()["location"], "/c/c?submitted=1");
    }
    assert_eq!(room.read(|state| state.desk.record.statements.len()).await.unwrap(), 2);
}

#[tokio::test]
async fn a_refused_first_statement_makes_nobody() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let answer = app.browser().post("/c/c/submit", &[("text", "…")]).await;
    assert_eq!(answer.status(), 422);
    assert_eq!(room.read(|state| state.desk.record.participants.len()).await.unwrap(), 0);
}

#[tokio::test]
async fn results_follow_the_rule_of_the_conversation() {
    let app = TestApp::spawn().await;
    app.conversation("after", 8, Settings::default()).await;
    let room =
        app.conversation("close", 8, Settings { results: ResultsRule::AtClose, ..Settings::default() }).await;
    let browser = app.browser();
    for statement in 0..7 {
        let page = browser.text("/c/after/results").await;
        assert!(page.contains("Not yet") && !page.contains("How sure is this?"), "after {statement} votes");
        let statement = statement.to_string();
        browser.post("/c/after/vote", &[("statement", &statement), ("choice", "agree")]).await;
    }
    assert!(browser.text("/c/after/results").await.contains("How sure is this?"));
    for path in ["/c/close/results", "/c/close"] {
        let page = browser.text(path).await;
        assert!(
            !page.contains("class=\"marks") && !page.contains("class=\"area"),
            "{path}: the map is in the page"
        );
    }
    assert!(browser.text("/c/close/results").await.contains("Not yet"));
    room.close().await.unwrap();
    assert!(browser.text("/c/close/results").await.contains("How sure is this?"));
}

#[tokio::test]
async fn the_page_that_shows_the_first_statement_is_small() {
    let app = TestApp::spawn().await;
    app.conversation("c", 40, open_settings()).await;
    let mut bytes = 0;
    let http = reqwest::Client::new();
    let page = app.browser().text("/c/c").await;
    let assets =
        page.split("/static/").skip(1).map(|rest| format!("/static/{}", rest.split('"').next().unwrap()));
    for path in ["/c/c".to_owned()].into_iter().chain(assets) {
        let request = http.get(format!("{}{path}", app.base())).header("accept-encoding", "br");
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["content-encoding"], "br", "{path}");
        bytes += answer.bytes().await.unwrap().len();
    }
    println!("the page with its style sheet and first script: {bytes} bytes compressed");
    assert!(bytes < 15_000, "{bytes} bytes");
}

#[tokio::test]
async fn every_answer_carries_its_safety_headers_and_asks_no_other_site() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    for path in ["/", "/c/c", "/c/c/results", "/c/none", "/health"] {
        let answer = app.browser().get(path).await;
        let headers = answer.headers().clone();
        assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        assert_eq!(headers["referrer-policy"], "same-origin");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(headers["permissions-policy"], "camera=(), microphone=(), geolocation=()");
        assert_eq!(headers["cache-control"], "no-store");
        let page = answer.text().await.unwrap();
        assert!(!page.contains("https://") && !page.contains("src=\"http"), "{path}");
    }
}

#[tokio::test]
async fn only_the_first_page_has_its_style_sheet_in_it_and_its_policy_knows_it() {
    let app = TestApp::spawn().await;
    app.conversation("c", 8, Settings::default()).await;
    let newcomer = app.browser();
    let policy =
        |answer: &reqwest::Response| answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let first = newcomer.get("/c/c").await;
    let named = policy(&first);
    let page = first.text().await.unwrap();
    let (_, rest) = page.split_once("<style>").expect("a style sheet");
    let (style, _) = rest.split_once("</style>").expect("its end");
    let hash = BASE64_STANDARD.encode(Sha256::digest(style));
    assert!(named.contains(&format!("style-src 'self' 'sha256-{hash}';")), "{named}");
    assert!(!page.contains("/static/boule-"));
    for path in ["/", "/c/c/results"] {
        let other = newcomer.get(path).await;
        assert!(policy(&other).contains("style-src 'self';"), "{path}");
    }
    newcomer.post("/c/c/vote", &[("statement", "1"), ("choice", "agree")]).await;
    let again = newcomer.get("/c/c").await;
    assert!(policy(&again).contains("style-src 'self';"));
    let page = again.text().await.unwrap();
    assert!(page.contains("/static/boule-") && !page.contains("<style>"));
}

#[tokio::test]
async fn pages_that_do_not_exist_say_so_in_words() {
    let app = TestApp::spawn().await;
    app.draft("draft", Settings::default()).await;
    for path in [
        "/nowhere",
        "/c/none",
        "/c/draft",
        "/c/draft/results",
        "/static/none.css",
        "/c/none/mine",
        "/c/draft/s/abc",
        "/c/draft/s/99999999999",
        "/c/draft/s/%ff",
    ] {
        assert_eq!(app.browser().get(path).await.status(), 404, "{path}");
    }
    assert!(app.browser().get("/c/none").await.text().await.unwrap().contains("no such conversation"));
    assert_eq!(app.browser().get("/health").await.text().await.unwrap(), "ok\n");
}

#[tokio::test]
async fn results_show_groups_agreement_and_every_number_with_its_n() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    for person in 0..30u32 {
        for statement in 0..10u32 {
            let choice = match statement {
                0 => Choice::Agree,
                n if (n % 2 == 0) == (person % 3 == 0) => Choice::Agree,
                _ => Choice::Disagree,
            };
            let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
            room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
        }
    }
    room.close().await.unwrap();
    let mut published = room.published();
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    published.wait_for(|published| published.version == seq).await.unwrap();
    let page = app.browser().text("/c/c/results").await;
    for expected in [
        "Group A, 20 people",
        "Group B, 10 people",
        "20 of the 30 people on the map.",
        "On 1 of 10 statements both groups clearly say the same: yes to 1, no to 0.",
        "On 9 they differ: most of one group say one thing, most of the other don’t.",
        "100% agree · 0% pass · 0% disagree of 30",
        "<path class=\"area g0\"",
        "Seed statement number 0",
    ] {
        assert!(page.contains(expected), "{expected} is missing");
    }
}
