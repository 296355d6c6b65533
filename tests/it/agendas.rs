//! Drafting an agenda while everything else goes on.

use std::time::Duration;

use boule::conversation::{Actor, AgendaAct, AgendaTriggers, ConversationRecord, Freeze, Identity};
use boule::domain::{Choice, ItemReason, Moderation, Role, Slug, StatementNumber, TokenHash};
use boule::live::{RoomError, RoomHandle};

use crate::app::{Asks, Browser, PATIENCE, TestApp, numbers_of_items, open_settings};

#[tokio::test]
async fn a_draft_is_answered_while_votes_keep_coming_and_makes_maps_no_faster() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 12, open_settings()).await;
    for (person, statement) in (0..60).flat_map(|p| (0..10).map(move |s| (p, s))) {
        room.vote(
            person,
            statement,
            if (person + statement) % 2 == 0 { Choice::Agree } else { Choice::Pass },
        )
        .await;
    }
    let voting = room.clone();
    let votes = tokio::spawn(async move {
        for n in 0u32.. {
            voting.vote(n % 60, 10, Choice::ALL[(n % 3) as usize]).await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let before = room.publications();
    let began = std::time::Instant::now();
    let drafted = tokio::time::timeout(PATIENCE, room.draft_agenda(Actor::System, 3)).await;
    assert!(drafted.expect("it is answered").is_ok());
    let maps = room.publications() - before;
    // Half a second apart, and what was found out about the groups in between.
    assert!(maps <= 4 + 4 * began.elapsed().as_secs(), "{maps} publications in {:?}", began.elapsed());
    votes.abort();
    let draft = room.read(|state| state.desk.record.agenda.draft.clone()).await.unwrap();
    assert!(
        draft.is_some_and(|draft| draft.proposals[0].map_version.0 >= 600 && !draft.agenda.items.is_empty())
    );
}

#[tokio::test]
async fn drafts_that_wait_have_a_bound_and_who_goes_away_leaves_room() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    let all = (0..12).map(|_| room.draft_agenda(Actor::System, 3));
    let answers = futures_util::future::join_all(all).await;
    let busy = answers.iter().filter(|answer| matches!(answer, Err(RoomError::Busy))).count();
    assert_eq!((busy, answers.iter().filter(|answer| answer.is_ok()).count()), (8, 4));
    for _ in 0..8 {
        // Asked for, and not waited for.
        let _ = tokio::time::timeout(Duration::ZERO, room.draft_agenda(Actor::System, 3)).await;
    }
    let last = tokio::time::timeout(PATIENCE, room.draft_agenda(Actor::System, 3)).await;
    assert!(last.expect("it is answered").is_ok());
}

#[tokio::test]
async fn what_is_on_an_agenda_and_what_is_not_are_all_that_is_shown() {
    let app = TestApp::spawn().await;
    let room = app.varied_conversation("c", 40, open_settings()).await;
    // Two camps of fifteen, far apart on everything.
    for (person, statement) in (0..30).flat_map(|p| (0..40).map(move |s| (p, s))) {
        let agrees = (person % 2 == 0) == (statement < 20);
        room.vote(person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
    }
    let organiser = app.staff(Role::Organiser).await;
    organiser.post("/o/c/agenda", &[("places", "4")]).await;
    for (number, text) in [(40, "One that came late"), (41, "Another one")] {
        room.submit(Identity::Token(TokenHash::of(text)), text).await.unwrap();
        room.moderate(number, Moderation::Accepted).await.unwrap();
    }
    organiser.publish_agenda("c").await;
    room.close().await.unwrap();
    let page = app.browser().text("/c/c/agenda").await;
    let items: Vec<&str> =
        page.split("id=\"item-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(items.len(), 4);
    for told in [
        "What is not on the agenda, and why (38)",
        "The groups clearly differ on it (36)",
        "The first 20 of 36",
        "Came after the agenda was drafted (2)",
        "One that came late",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(page.matches("class=\"left-out\"").count(), 2);
    // What is taken down later keeps its place, without words and without a page.
    let agenda = room.read(|state| state.desk.record.agenda.draft.clone().unwrap().agenda).await.unwrap();
    let first = agenda.items[0].statements[0].statement;
    let own_page = format!("/c/c/s/{first}\"");
    assert!(page.contains(&own_page));
    room.moderate(first.0, Moderation::Rejected).await.unwrap();
    let page = app.browser().text("/c/c/agenda").await;
    assert!(page.contains("(This statement is not shown.)") && !page.contains(&own_page));
}

/// A conversation with two camps, and an organiser who has drafted its agenda.
async fn drafted() -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    let room = app.varied_conversation("c", 12, open_settings()).await;
    for (person, statement) in (0..30).flat_map(|p| (0..12).map(move |s| (p, s))) {
        let agrees = statement > 9 || (person % 2 == 0) == (statement < 5);
        room.vote(person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
    }
    let organiser = app.staff(Role::Organiser).await;
    organiser.post("/o/c/agenda", &[("places", "4")]).await;
    (app, organiser)
}

#[tokio::test]
async fn everything_typed_is_saved_with_whichever_button_is_pressed() {
    let (app, organiser) = drafted().await;
    let page = organiser.text("/o/c/agenda").await;
    let items = numbers_of_items(&page);
    let (question, minutes) = (format!("question-{}", items[0]), format!("minutes-{}", items[1]));
    let notes = format!("notes-{}", items[0]);
    let typed = [
        (question.as_str(), "How do we get there?"),
        (&minutes, "45"),
        (&notes, "Ask the roads office.\r\nBegin in small tables."),
        ("session-minutes", "90"),
        ("session-starts", "2027-01-23T10:00"),
    ];
    assert_eq!(organiser.press("c", &format!("down-{}", items[0]), &typed).await.status(), 303);
    let page = organiser.text("/o/c/agenda").await;
    assert_eq!(numbers_of_items(&page)[..2], [items[1].clone(), items[0].clone()]);
    assert!(page.contains("45 of 90 minutes used") && page.contains(">How do we get there?</textarea>"));
    assert!(page.contains("Ask the roads office.\nBegin in small tables.</textarea>"));
    // Pressed once more with nothing typed, nothing changes but what the button says.
    let events = page.matches("The organiser turned").count();
    organiser.press("c", "share", &[]).await;
    let page = organiser.text("/o/c/agenda").await;
    assert_eq!(page.matches("The organiser turned").count(), events);
    assert!(page.contains("80 of 90 minutes used"), "four times 20");
    organiser.publish_agenda("c").await;
    let public = app.browser().text("/c/c/agenda").await;
    assert!(public.contains("How do we get there?") && public.contains("10:20 · 20 minutes"), "{public}");
    assert!(!public.contains("roads office"), "notes are not public");
}

#[tokio::test]
async fn a_colleagues_wording_is_shown_and_never_overwritten_unseen() {
    let (_app, organiser) = drafted().await;
    let before = organiser.text("/o/c/agenda").await;
    let items = numbers_of_items(&before);
    let question = format!("question-{}", items[0]);
    let theirs = [(question.as_str(), "When should officials abstain?")];
    assert_eq!(organiser.press_on(&before, "c", "save", &theirs).await.status(), 303);
    // On a page from before that, somebody else words the same item and moves another one.
    let yours = [(question.as_str(), "When should officials and their families abstain?")];
    let refused = organiser.press_on(&before, "c", &format!("up-{}", items[3]), &yours).await;
    assert_eq!(refused.status(), 422);
    let told = refused.text().await.unwrap();
    assert!(told.contains("A colleague changed this while you were writing."), "{told}");
    assert!(told.contains("<mark>and</mark>") && told.contains("families abstain?</textarea>"), "{told}");
    let now = organiser.text("/o/c/agenda").await;
    assert!(now.contains(">When should officials abstain?</textarea>"), "theirs stays");
    assert_eq!(numbers_of_items(&now)[2], items[3], "the button did what it says");
    // It stays a conflict whatever else is done on that page, until one's own is chosen.
    assert_eq!(organiser.press_on(&told, "c", "save", &yours).await.status(), 422);
    assert!(organiser.text("/o/c/agenda").await.contains(">When should officials abstain?</textarea>"));
    // A third wording that neither of the two has read is a conflict, too.
    organiser.press("c", "save", &[(question.as_str(), "Who abstains, and when?")]).await;
    let keep = format!("keep-{}", items[0]);
    let again = organiser.press_on(&told, "c", &keep, &yours).await;
    assert_eq!(again.status(), 422);
    let told = again.text().await.unwrap();
    assert!(told.contains("<mark>Who"), "{told}");
    assert_eq!(organiser.press_on(&told, "c", &keep, &yours).await.status(), 303);
    assert!(organiser.text("/o/c/agenda").await.contains("families abstain?</textarea>"));
    // A page on which nothing was typed takes nothing back, however old it is.
    assert_eq!(organiser.press_on(&before, "c", "save", &[]).await.status(), 303);
    assert!(organiser.text("/o/c/agenda").await.contains("families abstain?</textarea>"));
    // Undo of a page that does not know the last change is refused.
    assert_eq!(organiser.press_on(&before, "c", "undo", &[]).await.status(), 422);
    assert_eq!(organiser.press("c", "undo", &[]).await.status(), 303);
    assert!(organiser.text("/o/c/agenda").await.contains(">Who abstains, and when?</textarea>"));
    assert_eq!(organiser.press("c", "redo", &[]).await.status(), 303);
    assert!(organiser.text("/o/c/agenda").await.contains("families abstain?</textarea>"));
}

#[tokio::test]
async fn items_are_added_joined_split_and_taken_off_and_each_version_stays_readable() {
    let (app, organiser) = drafted().await;
    let read = || async { organiser.text("/o/c/agenda").await };
    let pool = read().await;
    let add = pool.split("value=\"add-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    organiser.press("c", &format!("add-{add}"), &[]).await;
    let own = [("own-question", "The budget for next year"), ("own-origin", "The council, 3 May")];
    assert_eq!(organiser.press("c", "own", &own).await.status(), 303);
    assert_eq!(organiser.press("c", "own", &[]).await.status(), 422, "it needs a question");
    let items = numbers_of_items(&read().await);
    assert_eq!(items.len(), 6);
    organiser.publish_agenda("c").await;
    // Joined, the first goes on with two statements; split again they are two items.
    let into = format!("into-{}", items[1]);
    organiser.press("c", &format!("join-{}", items[1]), &[(&into, &items[0])]).await;
    let joined = read().await;
    assert_eq!(numbers_of_items(&joined).len(), 5);
    assert!(joined.contains("name=\"part-"), "what was joined can be split");
    organiser.publish_agenda("c").await;
    let part = format!("part-{}", items[0]);
    let statement =
        joined.split(&format!("name=\"{part}\" value=\"")).nth(2).unwrap().split('"').next().unwrap();
    assert_eq!(
        organiser.press("c", &format!("split-{}", items[0]), &[(&part, statement)]).await.status(),
        303
    );
    assert_eq!(numbers_of_items(&read().await).len(), 6);
    let reason = format!("reason-{}", items[5]);
    organiser.press("c", &format!("remove-{}", items[5]), &[(&reason, "Not for this assembly")]).await;
    organiser.publish_agenda("c").await;
    let public = app.browser();
    let [first, second, third] = [1, 2, 3].map(|version| format!("/c/c/agenda/{version}"));
    let (first, second) = (public.text(&first).await, public.text(&second).await);
    assert!(first.contains("This is an older version.") && first.contains("The budget for next year"));
    assert!(first.contains("This item does not come from the votes. Its source: The council, 3 May"));
    assert!(first.contains("The votes alone did not put it here."));
    assert!(second.contains("One more statement belongs to this item"), "{second}");
    let latest = public.text(&third).await;
    assert!(latest.contains("The reason: Not for this assembly") && latest.contains("version 1, "));
    assert_eq!(public.get("/c/c/agenda/4").await.status(), 404);
    // Drafted again, what was added by hand stays, and the wording of what is chosen again.
    organiser.post("/o/c/agenda", &[("places", "3")]).await;
    let again = read().await;
    assert!(again.contains("Agenda, changed since it was published"));
    assert_eq!(public.text("/c/c/agenda").await, latest.replace("/agenda/3", "/agenda"));
    organiser.press("c", "undo", &[]).await;
    assert!(read().await.contains("Published, version 3"), "taken back, it is the agenda that was published");
}

#[tokio::test]
async fn the_agenda_is_a_file_of_each_kind_and_notes_stay_with_those_who_organise() {
    let (app, organiser) = drafted().await;
    let public = app.browser();
    for kind in ["md", "csv", "docx", "ics"] {
        assert_eq!(
            public.get(&format!("/c/c/agenda.{kind}")).await.status(),
            404,
            "{kind}: nothing is published"
        );
    }
    let items = numbers_of_items(&organiser.text("/o/c/agenda").await);
    let (question, notes) = (format!("question-{}", items[0]), format!("notes-{}", items[0]));
    let typed = [(question.as_str(), "How do we get there?"), (&notes, "Ask the roads office.")];
    organiser.press("c", "save", &typed).await;
    organiser.press("c", "share", &[("session-minutes", "90")]).await;
    organiser.publish_agenda("c").await;
    assert_eq!(public.get("/c/c/agenda.ics").await.status(), 404, "nobody said when");
    organiser.press("c", "save", &[("session-starts", "2027-01-23T10:00")]).await;
    organiser.publish_agenda("c").await;
    let markdown = public.text("/c/c/agenda.md").await;
    assert!(markdown.contains("## 1\\. How do we get there?\n\n10:00 · 20 minutes · "), "{markdown}");
    assert!(markdown.contains("- Everybody: ") || markdown.contains(" disagree of 30"), "{markdown}");
    let csv = public.text("/c/c/agenda.csv").await;
    assert!(
        csv.starts_with("title,text,agenda_comment,agenda_duration,agenda_type\nHow do we get there?,"),
        "{csv}"
    );
    assert_eq!(csv.matches(",20,common").count(), 4);
    let event = public.text("/c/c/agenda.ics").await;
    assert!(event.contains("SUMMARY:The assembly’s agenda") && event.contains("DTSTART:2027012"), "{event}");
    for file in [&markdown, &csv, &event] {
        assert!(!file.contains("roads office"), "notes are not public");
    }
    let word = public.get("/c/c/agenda.docx").await;
    assert_eq!(word.headers()["content-disposition"], "attachment; filename=\"c-agenda.docx\"");
    assert!(word.bytes().await.unwrap().starts_with(b"PK"));
    assert!(organiser.text("/o/c/agenda.csv").await.contains("Ask the roads office."));
    assert_eq!(public.get("/o/c/agenda.csv").await.status(), 303, "strangers are asked to sign in");
}

#[tokio::test]
async fn what_was_typed_for_an_item_that_is_gone_is_shown_and_numbers_are_never_given_out_again() {
    let (_app, organiser) = drafted().await;
    let before = organiser.text("/o/c/agenda").await;
    let items = numbers_of_items(&before);
    organiser.press("c", &format!("remove-{}", items[0]), &[]).await;
    let question = format!("question-{}", items[0]);
    let typed = [(question.as_str(), "What becomes of the lost words?")];
    let told = organiser.press_on(&before, "c", "save", &typed).await;
    assert_eq!(told.status(), 422);
    assert!(told.text().await.unwrap().contains("“What becomes of the lost words?”"));
    let twice = organiser.press_on(&before, "c", &format!("remove-{}", items[0]), &[]).await;
    assert!(twice.text().await.unwrap().contains("The item may have been removed meanwhile"));
    // An own item without its origin keeps its question in the field.
    let own = [("own-question", "The budget?"), ("own-origin", "")];
    assert!(
        organiser.press("c", "own", &own).await.text().await.unwrap().contains(">The budget?</textarea>")
    );
    let own = [("own-question", "The budget?"), ("own-origin", "The council")];
    organiser.press("c", "own", &own).await;
    let first = numbers_of_items(&organiser.text("/o/c/agenda").await).pop().unwrap();
    organiser.press("c", "undo", &[]).await;
    organiser.press("c", "own", &own).await;
    let second = numbers_of_items(&organiser.text("/o/c/agenda").await).pop().unwrap();
    assert_ne!(first, second);
    // A time that is none is refused, and none is not taken for it.
    let minutes = format!("minutes-{second}");
    assert_eq!(organiser.press("c", "save", &[(&minutes, "12.5")]).await.status(), 422);
    assert_eq!(organiser.press("c", "save", &[("session-minutes", "1h30")]).await.status(), 422);
}

#[tokio::test]
async fn colleagues_talk_about_an_agenda_among_themselves() {
    let (app, organiser) = drafted().await;
    let item = numbers_of_items(&organiser.text("/o/c/agenda").await)[0].clone();
    let say = |item: &str, text: &str| {
        let form = [("item".to_owned(), item.to_owned()), ("text".to_owned(), text.to_owned())];
        let organiser = &organiser;
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            organiser.post("/o/c/agenda/comment", &form).await.status()
        }
    };
    assert_eq!(say(&item, "Is this for us?").await, 303);
    assert_eq!(say("", "Looks good to me").await, 303);
    assert_eq!(say("", "  ").await, 422);
    assert_eq!(say("99", "Which one?").await, 422);
    let page = organiser.text("/o/c/agenda").await;
    assert!(page.contains("Is this for us?") && page.contains("Looks good to me"));
    organiser.publish_agenda("c").await;
    let public = app.browser().text("/c/c/agenda").await;
    assert!(!public.contains("Is this for us?") && !public.contains("Looks good to me"));
}

/// Waits until the record says so.
async fn until(
    room: &RoomHandle,
    what: &str,
    is_so: impl Fn(&ConversationRecord) -> bool + Copy + Send + 'static,
) {
    for _ in 0..600 {
        if room.read(move |state| is_so(&state.desk.record)).await.unwrap() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what} does not come about");
}

fn has_item(record: &ConversationRecord, statement: u32) -> bool {
    let draft = record.agenda.draft.as_ref();
    draft.is_some_and(|draft| draft.agenda.place_of(StatementNumber(statement)).is_some())
}

const NO_FREEZE: [(&str, &str); 2] = [("freeze_at", ""), ("freeze_places", "10")];

#[tokio::test]
async fn what_enough_people_agree_with_comes_onto_the_agenda_by_itself_once() {
    let app = TestApp::spawn().await;
    let room = app.varied_conversation("c", 6, open_settings()).await;
    let organiser = app.staff(Role::Organiser).await;
    let rules = |share: &'static str, base: &'static str| {
        let threshold = [("share", share), ("base", base), ("of", "people who live here")];
        NO_FREEZE.into_iter().chain(threshold).collect::<Vec<_>>()
    };
    let few = organiser.post("/o/c/agenda/rules", &rules("1", "400")).await;
    assert_eq!(few.status(), 422);
    assert!(few.text().await.unwrap().contains("The share must come to at least 5 people."));
    for bad in [rules("x", "400"), rules("1", "many"), rules("1", "0")] {
        assert_eq!(organiser.post("/o/c/agenda/rules", &bad).await.status().as_u16() / 100, 4, "{bad:?}");
    }
    assert_eq!(organiser.post("/o/c/agenda/rules", &rules("0,5", "2000")).await.status(), 303);
    let public = app.browser().text("/c/c/agenda").await;
    let promised = "A statement is put on the agenda automatically once 10 people agree with it. \
                    That is at least 0.5% of 2,000 (people who live here).";
    assert!(public.contains(promised), "{public}");
    for (person, statement) in (0..9).flat_map(|p| (0..6).map(move |s| (p, s))) {
        room.vote(person, statement, Choice::Agree).await;
    }
    // Somebody who agrees with one of them only.
    let agrees_with = async |person: u32, on: u32| {
        for statement in 0..6 {
            room.vote(person, statement, if statement == on { Choice::Agree } else { Choice::Pass }).await;
        }
    };
    agrees_with(9, 2).await;
    until(&room, "the item", |record| has_item(record, 2)).await;
    let agenda = room.read(|state| state.desk.record.agenda.draft.clone().unwrap().agenda).await.unwrap();
    assert_eq!(agenda.items.len(), 1, "nine are not enough");
    let item = &agenda.items[0];
    assert_eq!(item.statements[0].reason, ItemReason::Threshold { needed: 10 });
    assert_eq!(item.statements[0].overall.agree, 10);
    organiser.publish_agenda("c").await;
    let public = app.browser().text("/c/c/agenda").await;
    for told in [
        "At least 10 people agreed with it. The organiser had set a rule that this is enough.",
        "was added automatically, because enough people agreed with it.",
        "A statement is put on the agenda automatically once 10 people",
    ] {
        assert!(public.contains(told), "{told}: {public}");
    }
    // Taken off by hand, it stays off; another one comes.
    organiser.press("c", &format!("remove-{}", item.number), &[]).await;
    agrees_with(10, 4).await;
    until(&room, "the other item", |record| has_item(record, 4)).await;
    assert!(!room.read(|state| has_item(&state.desk.record, 2)).await.unwrap());
}

#[tokio::test]
async fn a_choice_that_is_fixed_at_its_moment_is_not_made_anew() {
    let (app, organiser) = drafted().await;
    let room = app.app.rooms.room(&Slug::parse("c").unwrap()).await.unwrap();
    let no_threshold = [("share", ""), ("base", ""), ("of", "")];
    let rules = |at: &'static str| {
        let freeze = [("freeze_at", at), ("freeze_places", "2")];
        freeze.into_iter().chain(no_threshold).collect::<Vec<_>>()
    };
    assert_eq!(organiser.post("/o/c/agenda/rules", &rules("2199-05-03T10:00")).await.status(), 303);
    let public = app.browser().text("/c/c/agenda").await;
    assert!(
        public.contains("On 3 May 2199") && public.contains("up to 2 items are chosen from the votes"),
        "{public}"
    );
    // A moment from before the opening is past.
    assert_eq!(organiser.post("/o/c/agenda/rules", &rules("2020-05-03T10:00")).await.status(), 303);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert!(room.read(|state| state.desk.record.agenda.frozen.is_none()).await.unwrap());
    let freeze = Some(Freeze { at: app.app.clock.now(), places: 2 });
    let now = AgendaAct::Triggers(Box::new(AgendaTriggers { freeze, threshold: None }));
    room.act(Actor::System, now).await.unwrap();
    until(&room, "the fixed choice", |record| record.agenda.frozen.is_some()).await;
    let items = room.read(|state| state.desk.record.agenda.draft.clone().unwrap().agenda.items.len());
    assert_eq!(items.await.unwrap(), 2);
    let again = organiser.post("/o/c/agenda", &[("places", "4")]).await;
    assert_eq!(again.status(), 422);
    assert!(again.text().await.unwrap().contains("No new draft can be made until you change that rule."));
    organiser.publish_agenda("c").await;
    let public = app.browser().text("/c/c/agenda").await;
    assert!(public.contains("The items from the votes were chosen on "), "{public}");
    // The promise is taken back: then a draft is made anew, and the version that was published stays as it is.
    let none: Vec<_> = NO_FREEZE.into_iter().chain(no_threshold).collect();
    assert_eq!(organiser.post("/o/c/agenda/rules", &none).await.status(), 303);
    assert_eq!(organiser.post("/o/c/agenda", &[("places", "4")]).await.status(), 303);
    assert!(app.browser().text("/c/c/agenda").await.contains("The items from the votes were chosen on "));
}

#[tokio::test]
async fn a_published_agenda_says_whom_it_leaves_out_and_how_firmly_items_stand() {
    let (app, organiser) = drafted().await;
    let page = organiser.text("/o/c/agenda").await;
    let check = page.split("class=\"covers\"").nth(1).unwrap().split("</ul>").next().unwrap();
    let claims = |html: &str| {
        let lines = html.lines().map(str::trim).filter(|line| line.contains("agree with"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(claims(check).len() > 1, "{check}");
    organiser.publish_agenda("c").await;
    let public = app.browser().text("/c/c/agenda").await;
    let told = public.split("class=\"covers\"").nth(1).expect("it is told").split("</ul>").next().unwrap();
    assert_eq!(claims(told), claims(check), "the public reads what the organisers read");
    assert!(!told.contains("<button"));
    let firmness = "This statement was chosen again in every draw.";
    assert!(public.contains(firmness), "what everybody agrees with: {public}");
    // The votes that come later change no version.
    let room = app.app.rooms.room(&Slug::parse("c").unwrap()).await.unwrap();
    for (person, statement) in (30..50).flat_map(|p| (0..10).map(move |s| (p, s))) {
        room.vote(person, statement, Choice::Disagree).await;
    }
    room.close().await.unwrap();
    let later = app.browser().text("/c/c/agenda").await;
    assert_eq!(later.split("class=\"covers\"").nth(1).unwrap().split("</ul>").next().unwrap(), told);
}

#[tokio::test]
async fn a_version_says_what_is_different_from_the_one_before() {
    let (app, organiser) = drafted().await;
    let items = numbers_of_items(&organiser.text("/o/c/agenda").await);
    let question = format!("question-{}", items[0]);
    organiser.press("c", "save", &[(&question, "How do we get more trees?")]).await;
    organiser.publish_agenda("c").await;
    let first = app.browser().text("/c/c/agenda").await;
    assert!(!first.contains("What is different"), "there is none before it");
    organiser.press("c", "save", &[(&question, "How do we pay for more trees?")]).await;
    organiser.press("c", &format!("remove-{}", items[1]), &[]).await;
    organiser.press("c", &format!("down-{}", items[0]), &[]).await;
    let own = [("own-question", "1. The budget\t20\n2. Any other business"), ("own-origin", "The council")];
    let page = organiser.text("/o/c/agenda").await;
    for _ in 0..2 {
        // The answer was lost: pressed again, it is done once.
        assert_eq!(organiser.press_on(&page, "c", "own", &own).await.status(), 303);
    }
    organiser.publish_agenda("c").await;
    let second = app.browser().text("/c/c/agenda").await;
    for told in [
        "What is different from version 1",
        "New: “The budget”",
        "New: “Any other business”",
        "The items are in another order.",
        "<mark>pay</mark>",
        "The organiser added 2 items. Their source: The council",
    ] {
        assert!(second.contains(told), "{told}: {second}");
    }
    assert_eq!((second.matches("New: “").count(), second.matches("No longer on it: “").count()), (2, 1));
    assert!(!app.browser().text("/c/c/agenda/1").await.contains("What is different"));
}
