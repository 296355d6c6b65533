//! What can be changed before anybody else has a part in it: drafts by their organiser, statements by
//! their author.

use boule::conversation::{Act, Actor, Brief, ConversationState, RulesAct, Schedule, Settings};
use boule::domain::{Moderation, Role, Slug, Timestamp};

use crate::app::{Asks, TestApp};

#[tokio::test]
async fn an_organiser_changes_a_draft_its_seeds_and_its_address_and_deletes_it() {
    let app = TestApp::spawn().await;
    let room = app.draft("riverside", Settings::default()).await;
    room.add_seed("Plant tress").await.unwrap();
    room.add_seed("Build a café").await.unwrap();
    drop(room);
    let organiser = app.staff(Role::Organiser).await;
    let change = async |path: &str, form: &[(&str, &str)]| {
        let answer = organiser.post(path, form).await;
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let seed = |change, text| [("statement", "1"), ("change", change), ("text", text)];
    assert_eq!(change("/o/riverside/seeds/change", &seed("save", "Plant trees")).await.0, 303);
    assert_eq!(change("/o/riverside/seeds/change", &seed("later", "")).await.0, 303);
    let page = organiser.text("/o/riverside").await;
    let at = |text: &str| page.find(&format!("<span dir=\"auto\">{text}</span>"));
    assert!(at("Build a café") < at("Plant trees") && at("Plant tress").is_none(), "{page}");
    let (status, page) = change("/o/riverside/seeds/change", &seed("save", "Build a café")).await;
    assert!(status == 422 && page.contains("Statement 2 already says the same."), "{page}");

    assert_eq!(change("/o/riverside/rename", &[("slug", "the-river")]).await.0, 303);
    assert_eq!(organiser.get("/o/riverside").await.status(), 404);
    assert!(organiser.text("/o/the-river").await.contains("Plant trees"));
    app.draft("taken", Settings::default()).await;
    let (status, page) = change("/o/the-river/rename", &[("slug", "taken")]).await;
    assert!(
        status == 422 && page.contains("Another conversation already has the address “taken”."),
        "{page}"
    );
    assert!(organiser.text("/o/the-river").await.contains("Plant trees"), "nothing was lost");

    let (status, page) = change("/o/the-river/delete", &[("slug", "the-lake")]).await;
    assert!(status == 422 && page.contains("Nothing was deleted"), "{page}");
    assert_eq!(change("/o/the-river/delete", &[("slug", "the-river")]).await.0, 303);
    assert_eq!(organiser.get("/o/the-river").await.status(), 404);
    assert!(!organiser.text("/o?deleted=1").await.contains("the-river"));
    // Its address is free, and nothing of it comes back.
    let again = app.draft("the-river", Settings::default()).await;
    assert_eq!(again.read(|state| state.desk.record.statements.len()).await.unwrap(), 0);
}

#[tokio::test]
async fn what_a_conversation_promised_is_changed_after_the_opening_with_a_reason_that_everybody_reads() {
    let app = TestApp::spawn().await;
    app.draft("c", Settings::default()).await;
    let organiser = app.staff(Role::Organiser).await;
    let form = |promise: &'static str, reason: &'static str| {
        [
            ("question", "What now?"),
            ("organiser", "Us"),
            ("results", "always"),
            ("moderation", "before"),
            ("promise", promise),
            ("policy", "It is an advert\n\nIt attacks people"),
            ("decides", "The council"),
            ("influence", "consult"),
            ("reason", reason),
        ]
    };
    assert_eq!(organiser.post("/o/c", &form("See https://town.example/plan.", "")).await.status(), 303);
    let step = [("what", "The council answers"), ("due", "2020-05-01")];
    assert_eq!(organiser.post("/o/c/steps", &step).await.status(), 303);
    assert_eq!(organiser.post("/o/c/steps", &[("what", "x"), ("due", "soon")]).await.status(), 422);
    organiser.post("/o/c/open", &[]).await;
    let public = app.browser().text("/c/c").await;
    assert!(public.contains("<a href=\"https://town.example/plan\""), "{public}");
    for said in [
        "The council decides.",
        "You are heard before it is decided.",
        "Not answered yet. It was due on 1 May 2020.",
    ] {
        assert!(public.contains(said), "{said}: {public}");
    }
    let broken = organiser.post("/o/c", &form("We will see.", "")).await;
    assert_eq!(broken.status(), 422);
    let page = broken.text().await.unwrap();
    assert!(
        page.contains("Please say why you change it") && page.contains("We will see."),
        "it is kept: {page}"
    );
    assert_eq!(organiser.post("/o/c", &form("We will see.", "The election was moved")).await.status(), 303);
    let answer = [("step", "1"), ("answer", "It answered on Monday.\nSee http://town.example")];
    assert_eq!(organiser.post("/o/c/answer", &answer).await.status(), 303);
    let public = app.browser().text("/c/c").await;
    for said in ["We will see.", "The election was moved", "It answered on Monday.", "Answered on"] {
        assert!(public.contains(said), "{said}: {public}");
    }
    assert!(!public.contains("Not answered yet"));
    let queue = {
        app.browser().post("/c/c/submit", &[("text", "Buy my lamps")]).await;
        app.staff(Role::Moderator).await.text("/m/c").await
    };
    assert!(
        queue.contains("</kbd> It is an advert</button>") && queue.contains("value=\"rule-1\""),
        "{queue}"
    );
}

#[tokio::test]
async fn authors_word_their_statements_anew_and_take_them_back() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let (author, other) = (app.browser(), app.browser());
    author.post("/c/c/submit", &[("text", "More tress")]).await;
    other.post("/c/c/submit", &[("text", "more tress.")]).await;
    let words = |page: &str| {
        page.split("name=\"words\" value=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned())
    };
    // Both are told the same, each in their own words.
    for (browser, own) in [(&author, "More tress"), (&other, "more tress.")] {
        let page = browser.text("/c/c/mine").await;
        assert!(
            page.contains(&format!("<p class=\"say\" dir=\"auto\">{own}</p>")) && words(&page).is_some(),
            "{page}"
        );
        assert!(page.contains("Waiting for a moderator."));
    }
    let own = words(&author.text("/c/c/mine").await).unwrap();
    let answer = other.post("/c/c/mine/withdraw", &[("words", &own)]).await;
    assert_eq!(answer.status(), 422, "not somebody else's");
    let short = author.post("/c/c/mine/reword", &[("words", &own), ("text", "…")]).await;
    assert_eq!(short.status(), 422);
    let page = short.text().await.unwrap();
    assert!(page.contains("Please write a statement") && page.contains(">…</textarea>"), "{page}");
    let answer = author.post("/c/c/mine/reword", &[("words", &own), ("text", "More trees")]).await;
    assert_eq!(answer.headers()["location"], "/c/c/mine?reworded=1");
    let page = author.text("/c/c/mine").await;
    assert!(page.contains(">More trees</p>") && !page.contains("tress"), "{page}");
    // The other keeps theirs, which is accepted under the number that nobody was told before.
    room.moderate(1, Moderation::Accepted).await.unwrap();
    assert!(other.text("/c/c/mine").await.contains("/c/c/s/1"));
    let own = words(&author.text("/c/c/mine").await).unwrap();
    assert_eq!(author.post("/c/c/mine/withdraw", &[("words", &own)]).await.status(), 303);
    assert!(author.text("/c/c/mine").await.contains("You have not submitted a statement yet."));
    let id = app.app.store.conversation(&Slug::parse("c").unwrap()).await.unwrap().unwrap();
    let events = app.app.store.events(id).await.unwrap();
    let on_disk: Vec<String> =
        events.iter().flat_map(|event| event.what.words()).map(|words| words.text().to_owned()).collect();
    assert!(!on_disk.iter().any(|words| words == "More trees" || words == "More tress"), "{on_disk:?}");
}

#[tokio::test]
async fn a_conversation_opens_and_closes_by_itself_and_open_pages_are_told() {
    let app = TestApp::spawn().await;
    let room = app.draft("c", Settings::default()).await;
    room.add_seed("A first statement").await.unwrap();
    let now = app.app.clock.now().0;
    let moment = |seconds: i64| Some(Timestamp(now + seconds * 1_000_000));
    let board = room.board().await.unwrap();
    let brief = Brief {
        schedule: Schedule { opens_at: moment(1), closes_at: moment(3), forgets_at: None },
        ..Brief::from(&board.contents.conversation)
    };
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    let mut published = room.published();
    let is = |state| move |map: &std::sync::Arc<boule::live::PublishedMap>| map.state == state;
    let wait = std::time::Duration::from_secs(20);
    tokio::time::timeout(wait, published.wait_for(is(ConversationState::Open))).await.unwrap().unwrap();
    let mut person = app.participant("c").await;
    tokio::time::timeout(wait, published.wait_for(is(ConversationState::Closed))).await.unwrap().unwrap();
    let told = async {
        loop {
            if person.next().await.unwrap().unwrap().to_string().contains("closed") {
                return;
            }
        }
    };
    tokio::time::timeout(wait, told).await.unwrap();
    // Opened again by hand after the moment, it stays open.
    room.act(Actor::System, Act::open()).await.unwrap();
    boule::live::do_what_is_due(&app.app.rooms, &app.app.store, &app.app.clock).await;
    assert_eq!(room.latest().state, ConversationState::Open);
}
