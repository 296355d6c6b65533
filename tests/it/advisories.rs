//! One test for each class of what was found in Decidim since 2023. Where another file tests a class already, the
//! table in docs/SECURITY.md names that test.

use boule::conversation::{Actor, Brief, Identity, RulesAct};
use boule::domain::{Choice, PersonalText, Role, StatementNumber, TokenHash};
use boule::instance::{InstanceActor, Scope};

use crate::app::{Asks, TestApp, open_settings};

/// Texts that become a script, an element or another attribute where somebody forgets to escape them.
const SCRIPTS: [&str; 4] = [
    "<script>boom()</script>",
    "\"><img src=x onerror=boom()>",
    "'onmouseover='boom()",
    "javascript:boom() </textarea><svg onload=boom()>",
];

/// What must not stand on any page.
const LIVE: [&str; 4] = ["<script>boom", "<img src=x", "'onmouseover='boom", "<svg onload"];

#[tokio::test]
async fn xss_no_text_of_anybody_becomes_a_part_of_a_page() {
    let app = TestApp::spawn().await;
    let room = app.draft("c", open_settings()).await;
    let board = room.board().await.unwrap();
    let text = SCRIPTS.join(" ");
    let mut brief = Brief::from(&board.contents.conversation);
    (brief.question, brief.organiser) = (format!("What now? {}", SCRIPTS[0]), SCRIPTS[1].into());
    (brief.description, brief.promise) = (text.clone(), text.clone());
    brief.policy = SCRIPTS.map(String::from).to_vec();
    brief.terms.decides = SCRIPTS[1].into();
    brief.terms.in_scope = text.clone();
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    for script in SCRIPTS {
        room.add_seed(&format!("Say {script}")).await.unwrap();
    }
    room.open().await.unwrap();
    let guest = app.browser();
    guest.post("/c/c/vote", &[("statement", "1"), ("choice", "agree")]).await;
    guest.post("/c/c/submit", &[("text", &format!("Mine {}", SCRIPTS[1]))]).await;
    let owner = app.staff(Role::Owner).await;
    let (store, now) = (&app.app.store, app.app.clock.now());
    let name = PersonalText::new(SCRIPTS[0], [1; 16]);
    store.add_department(InstanceActor::System, name, now).await.unwrap();
    owner.post("/pages/imprint/en", &[("text", &format!("# Ours\n\n{text}\n\n- {text}"))]).await;
    let moderate = [("statement", "4"), ("to", "rejected"), ("rule", "1"), ("why", SCRIPTS[1])];
    owner.post("/m/c/moderate", &moderate).await;
    let pages = [
        "/",
        "/c/c",
        "/c/c/s/1",
        "/c/c/mine",
        "/c/c/mine/erase",
        "/c/c/results",
        "/c/c/agenda",
        "/c/c/moderation",
        "/about/imprint",
    ];
    let of_staff = [
        "/o",
        "/o/c",
        "/o/c/prepare",
        "/o/c/people",
        "/o/c/log",
        "/o/c/requests",
        "/o/c/agenda",
        "/m",
        "/m/c",
        "/people",
        "/log",
        "/pages",
        "/pages/imprint/en",
        "/account",
    ];
    let looked_at =
        pages.iter().map(|path| (&guest, *path)).chain(of_staff.iter().map(|path| (&owner, *path)));
    for (browser, path) in looked_at {
        let page = browser.text(path).await;
        for live in LIVE {
            assert!(!page.contains(live), "{path} has {live}");
        }
    }
    let shown = guest.text("/about/imprint").await;
    assert!(shown.contains("&lt;script&gt;boom") || shown.contains("&#60;script&#62;boom"), "{shown}");
}

#[tokio::test]
async fn sql_what_a_query_says_is_data_and_never_a_statement() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    room.vote(1, 0, Choice::Agree).await;
    let owner = app.staff(Role::Owner).await;
    for evil in
        ["1%27%3B+DROP+TABLE+event%3B--", "1+OR+1%3D1", "number%22%29%3B--", "%00", "99999999999999999999"]
    {
        for path in [
            "/c/c/results/statements?sort=",
            "/c/c/results/statements?page=",
            "/c/c/results/statements?q=",
            "/c/c/results/statements?show=",
            "/log?who=",
            "/log?what=",
            "/log?page=",
            "/o/c/log?who=",
            "/o/c/log?what=",
            "/?page=",
            "/o?page=",
            "/m/c?page=",
        ] {
            let status = owner.get(&format!("{path}{evil}")).await.status().as_u16();
            assert!(status < 500, "{path}{evil}: {status}");
        }
        owner.post("/people/departments", &[("name", evil)]).await;
    }
    assert_eq!(room.read(|state| state.desk.record.totals()).await.unwrap(), (1, 1));
    assert!(app.app.store.file_problems().await.unwrap().is_empty());
}

#[tokio::test]
async fn filters_tell_nothing_to_whoever_may_not_see_what_they_filter() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, open_settings()).await;
    let guest = app.browser();
    for path in ["/log?who=1", "/o/c/log?what=statement_moderated", "/people?address=a", "/pages?language=en"]
    {
        let answer = guest.get(path).await;
        assert_eq!(answer.status(), 303, "{path}");
        assert!(answer.headers()["location"].to_str().unwrap().starts_with("/sign-in"), "{path}");
    }
    // A key that nobody knows filters nothing.
    let (plain, asked) = (guest.text("/?").await, guest.text("/?author=1&email=a&password=b").await);
    assert_eq!(plain.matches("/c/c").count(), asked.matches("/c/c").count());
}

#[tokio::test(flavor = "multi_thread")]
async fn race_the_same_vote_sent_at_once_many_times_is_one() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    let mut sent = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let room = room.clone();
        sent.spawn(async move {
            let somebody = Identity::Token(TokenHash::of("somebody"));
            room.cast_vote(somebody, StatementNumber(0), Choice::Agree, None).await.unwrap();
        });
    }
    while let Some(done) = sent.join_next().await {
        done.unwrap();
    }
    assert_eq!(room.read(|state| state.desk.record.totals()).await.unwrap(), (1, 1));
}

#[tokio::test]
async fn export_what_is_ones_own_is_given_to_nobody_else_and_not_again_once_erased() {
    let app = TestApp::spawn().await;
    app.conversation("c", 3, open_settings()).await;
    let (one, other, stranger) = (app.browser(), app.browser(), app.browser());
    for (browser, choice) in [(&one, "agree"), (&other, "disagree")] {
        browser.post("/c/c/vote", &[("statement", "0"), ("choice", choice)]).await;
    }
    let own = one.post("/c/c/mine/data", &[]).await.text().await.unwrap();
    assert!(own.contains("\"agree\"") && !own.contains("disagree"), "{own}");
    assert_eq!(stranger.post("/c/c/mine/data", &[]).await.status(), 403);
    assert_eq!(one.get("/c/c/mine/data").await.status(), 405, "no link leads to it");
    one.post("/c/c/mine/erase", &[]).await;
    assert_eq!(one.post("/c/c/mine/data", &[]).await.status(), 403);
}

#[tokio::test]
async fn tenants_what_lets_somebody_in_here_is_worth_nothing_there() {
    let app = TestApp::spawn().await;
    let here = app.conversation("here", 3, open_settings()).await;
    let there = app.conversation("there", 3, open_settings()).await;
    let person = app.browser();
    person.post("/c/here/vote", &[("statement", "1"), ("choice", "agree")]).await;
    person.post("/c/there/vote", &[("statement", "1"), ("choice", "pass")]).await;
    let page = person.text("/c/here/mine/erase").await;
    let code = page.split("<code class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let organiser = app.staff_in(Role::Organiser, Scope::Conversation(there.conversation)).await;
    assert_eq!(organiser.post("/o/there/requests/erase", &[("code", &code)]).await.status(), 422);
    assert_eq!(organiser.post("/o/here/requests/erase", &[("code", &code)]).await.status(), 403);
    assert_eq!(organiser.get("/o/here/log").await.status(), 403);
    // Erased here, they are who they were there.
    person.post("/c/here/mine/erase", &[]).await;
    assert_eq!(there.read(|state| state.desk.record.totals()).await.unwrap(), (1, 1));
    assert!(person.text("/c/there/mine").await.contains("Seed statement number 1"));
    drop(here);
}
