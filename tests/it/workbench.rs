//! The moderators' workbench: two at once, many at once, and what is said of authors.

use boule::conversation::{Identity, Settings};
use boule::domain::{Moderation, Role, StatementNumber, TokenHash};
use boule::live::RoomHandle;

use crate::app::{Asks, Browser, TestApp, value_of};

/// Twelve statements of four authors that wait, and one of the organiser's.
async fn queue() -> (TestApp, RoomHandle, Browser) {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    for n in 0..12 {
        let author = Identity::Token(TokenHash::of(&format!("author {}", n % 4)));
        room.submit(author, &format!("Idea number {n} about trees")).await.unwrap();
    }
    let moderator = app.staff(Role::Moderator).await;
    (app, room, moderator)
}

async fn state(room: &RoomHandle, number: u32) -> Moderation {
    room.read(move |state| state.desk.record.statements[&StatementNumber(number)].moderation).await.unwrap()
}

/// Decides on the statement that is shown in full, as its form stands.
async fn decide(browser: &Browser, page: &str, decision: &str) -> String {
    let form = page.split("id=\"decide\"").nth(1).expect("a form");
    let field = |name: &str| value_of(form, name).unwrap_or_default().to_owned();
    let fields = ["statement", "seen", "show", "order", "q"].map(|name| (name, field(name)));
    let mut form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.push(("decision", decision));
    let answer = browser.post("/m/c/moderate", &form).await;
    assert_eq!(answer.status(), 303, "{form:?}");
    let location = answer.headers()["location"].to_str().unwrap();
    location.split("&seq=").next().unwrap().to_owned()
}

#[tokio::test]
async fn a_second_decision_on_the_same_statement_is_a_conflict_that_is_shown() {
    let (app, room, one) = queue().await;
    let two = app.staff_in(Role::Moderator, boule::instance::Scope::Instance).await;
    let (seen_by_one, seen_by_two) = (one.text("/m/c?at=3").await, two.text("/m/c?at=3").await);
    assert_eq!(decide(&one, &seen_by_one, "accept").await, "/m/c?at=4&done=3");
    let late = decide(&two, &seen_by_two, "reject").await;
    assert_eq!(late, "/m/c?at=3&late=3");
    assert_eq!(state(&room, 3).await, Moderation::Accepted, "nothing is overwritten unseen");
    let page = two.text(&late).await;
    assert!(page.contains("A colleague has decided on this statement meanwhile."), "{page}");
    // Having seen it, the second may decide otherwise; and the same decision again is none.
    decide(&two, &page, "reject").await;
    assert_eq!(state(&room, 3).await, Moderation::Rejected);
    let events = room.read(|state| state.desk.record.seq).await.unwrap();
    assert!(!decide(&two, &page, "reject").await.contains("done"), "nothing is there to take back");
    assert_eq!(room.read(|state| state.desk.record.seq).await.unwrap(), events);
    // What somebody else decided since is not offered to be taken back; one's own goes back to what was so before.
    let own = format!("/m/c?done=3&seq={events}");
    assert!(two.text(&own).await.contains("value=\"accept\" id=\"undo\""), "it was shown before");
    room.moderate(3, Moderation::Pending).await.unwrap();
    assert!(!two.text(&own).await.contains("id=\"undo\""));
}

#[tokio::test]
async fn many_are_looked_at_before_they_are_decided_on_and_taken_back_in_one_step() {
    let (_app, room, moderator) = queue().await;
    let page = moderator.text("/m/c/many?pick=2&pick=5&pick=9").await;
    assert!(page.contains("3 statements are ticked") && page.contains("Idea number 4 about trees"));
    // One of them is decided on meanwhile.
    room.moderate(5, Moderation::Rejected).await.unwrap();
    let form = [("pick", "2"), ("pick", "5"), ("pick", "9"), ("decision", "accept")];
    let answer = moderator.post("/m/c/moderate-many", &form).await;
    let to = answer.headers()["location"].to_str().unwrap().to_owned();
    let states = async || [state(&room, 2).await, state(&room, 5).await, state(&room, 9).await];
    assert_eq!(states().await, [Moderation::Accepted, Moderation::Rejected, Moderation::Accepted]);
    let page = moderator.text(&to).await;
    assert!(page.contains("2 statements were accepted."), "{page}");
    let value = |name: &str| value_of(&page, name).unwrap().to_owned();
    let (after, last) = (value("after_seq"), value("last_seq"));
    let undo = [("decision", "pending"), ("was", "accepted"), ("after_seq", &after), ("last_seq", &last)];
    moderator.post("/m/c/moderate-many", &undo).await;
    assert_eq!(states().await, [Moderation::Pending, Moderation::Rejected, Moderation::Pending]);
    for nothing in [&[("decision", "accept")][..], &[("decision", "accept"), ("pick", "x")]] {
        assert_eq!(moderator.post("/m/c/moderate-many", nothing).await.status(), 400);
    }
}

#[tokio::test]
async fn authors_are_letters_and_what_says_nearly_the_same_stands_beside_it() {
    let (_app, room, moderator) = queue().await;
    room.moderate(5, Moderation::Accepted).await.unwrap();
    let page = moderator.text("/m/c?at=1").await;
    assert!(page.contains("author A, 3 statements so far: 1 accepted, 0 not"), "{page}");
    let alike = page.split("class=\"alike-list\"").nth(1).expect("others say nearly the same");
    let alike = alike.split("</ul>").next().unwrap();
    assert!(alike.contains("<mark>Idea </mark><mark>number </mark>"), "{alike}");
    assert!(alike.contains("waiting") && alike.contains("Look at this one"));
    // In the order of authors, those of one stand beside each other.
    let page = moderator.text("/m/c?order=author").await;
    let rows = page.split("data-statement=\"").skip(1);
    let numbers: Vec<u32> = rows.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
    assert_eq!(numbers[..3], [2, 6, 10], "A has two that wait, the others three");
    let found = moderator.text("/m/c?q=NUMBER+7").await;
    assert_eq!(found.matches("data-statement=").count(), 1);
    // Nobody's number is on the page.
    let desk = page.split("id=\"desk\"").nth(1).unwrap().split("class=\"live\"").next().unwrap();
    assert!(!desk.contains("participant"), "{desk}");
}

#[tokio::test]
async fn a_decision_leads_to_the_next_of_the_list_it_was_made_in() {
    let (_app, _room, moderator) = queue().await;
    let page = moderator.text("/m/c?order=newest&q=idea").await;
    let next = decide(&moderator, &page, "accept").await;
    assert_eq!(next, "/m/c?order=newest&q=idea&at=11&done=12");
    // The last of a list leads to the one before it.
    let page = moderator.text("/m/c?order=newest&at=1").await;
    assert_eq!(decide(&moderator, &page, "rule-0").await, "/m/c?order=newest&at=2&done=1");
    let page = moderator.text("/m/c?show=rejected").await;
    assert!(page.contains("Idea number 0 about trees") && page.contains("Not accepted"));
    assert_eq!(decide(&moderator, &page, "pending").await, "/m/c?show=rejected&at=1&done=1");
}

#[tokio::test]
async fn a_statement_that_a_colleague_has_open_is_marked_and_can_be_decided_on_all_the_same() {
    let (app, room, one) = queue().await;
    let two = app.staff_in(Role::Moderator, boule::instance::Scope::Conversation(room.conversation)).await;
    let overseer = app.staff(Role::Overseer).await;
    let note = "A colleague has this one open, too.";
    overseer.text("/m/c?at=3").await;
    assert!(!one.text("/m/c?at=3").await.contains(note), "who only reads holds nothing");
    let page = two.text("/m/c?at=3").await;
    assert!(page.contains(note) && page.contains("a colleague has it open"), "{page}");
    one.text("/m/c?at=5").await;
    assert!(!two.text("/m/c?at=3").await.contains(note));
    decide(&two, &two.text("/m/c?at=5").await, "accept").await;
    assert_eq!(state(&room, 5).await, Moderation::Accepted);
}

#[tokio::test]
async fn how_long_moderators_take_is_told_of_the_last_decisions() {
    let (app, room, _moderator) = queue().await;
    let line = "Half of the latest statements were read within an hour.";
    assert!(!app.browser().text("/c/c").await.contains(line));
    for number in 1..=5 {
        room.moderate(number, Moderation::Accepted).await.unwrap();
    }
    assert!(app.browser().text("/c/c").await.contains(line));
    assert!(app.browser().text("/c/c/moderation").await.contains(line));
}

#[tokio::test]
async fn statements_are_listed_by_language_by_likeness_and_by_what_asks_for_care() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 0, Settings::default()).await;
    let said = [
        "We should plant more trees along the street to keep it cool in summer",
        "Die Stadt soll mehr Bäume an der Straße pflanzen, damit es im Sommer kühler ist",
        "The library should be open on Sundays so that families can go there together",
        "Write to lamps@example.org if you need cheap lamps for your new house",
        "We shuold plant more tress along the street, to keep it cool in summer!",
        "Call 030 123 45 67 for the cheapest lamps that you can buy in this town",
    ];
    for (n, text) in said.into_iter().enumerate() {
        let author = Identity::Token(TokenHash::of(&format!("author {n}")));
        room.submit(author, text).await.unwrap();
    }
    let moderator = app.staff(Role::Moderator).await;
    let rows = async |path: &str| -> Vec<String> {
        let page = moderator.text(path).await;
        let rows = page.split("data-statement=\"").skip(1);
        rows.map(|row| row.split('"').next().unwrap().to_owned()).collect()
    };
    assert_eq!(rows("/m/c?written=deu").await, ["2"]);
    assert_eq!(rows("/m/c?show=flagged").await, ["4", "6"]);
    assert_eq!(rows("/m/c?order=alike").await, ["1", "5", "2", "3", "4", "6"]);
    let page = moderator.text("/m/c?order=alike").await;
    assert_eq!(page.matches("looks like the one above").count(), 1, "{page}");
    assert!(page.contains("<option value=\"deu\">Deutsch (1)</option>"), "{page}");
    assert_eq!(
        page.matches("<span dir=\"auto\">Deutsch</span>").count(),
        1,
        "what differs from most is marked"
    );
    let page = moderator.text("/m/c?show=flagged").await;
    assert!(page.contains("has a mail address or an @name") && page.contains("has a long number"), "{page}");
    // A decision leads on in the same list.
    let form = [("statement", "4"), ("decision", "accept"), ("show", "flagged")];
    let answer = moderator.post("/m/c/moderate", &form).await;
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    assert!(location.starts_with("/m/c?show=flagged&at=6"), "{location}");
}
