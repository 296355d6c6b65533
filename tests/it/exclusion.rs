//! Votes that moderators leave out of the results, with a reason, and count again.

use std::collections::BTreeMap;
use std::sync::Arc;

use boule::conversation::{Ballot, Identity, Settings};
use boule::domain::{Choice, ParticipantNumber, Role, StatementNumber, TokenHash};
use boule::live::{PublishedMap, RoomHandle, RoomState, map_params};
use boule::opinion::{self, CheckedParams, OpinionMap, Votes};

use crate::app::{Browser, TestApp, open_settings};

const STATEMENTS: usize = 16;

async fn vote(room: &RoomHandle, person: usize, answers: impl Iterator<Item = i64>) {
    let person = Identity::Token(TokenHash::of(&format!("person {person}")));
    for (statement, answer) in (0..).map(StatementNumber).zip(answers) {
        room.act(person, Ballot::new(statement, Choice::from_value(answer).unwrap())).await.unwrap();
    }
}

/// Two camps of thirty each, and seventeen who hand in the same list.
async fn public(room: &RoomHandle) {
    for person in 0..60usize {
        let camp = if person % 2 == 0 { 1 } else { -1 };
        let answer = |at: usize| {
            if at == person % STATEMENTS || at == person / 3 % STATEMENTS {
                0
            } else {
                camp * if at.is_multiple_of(2) { 1 } else { -1 }
            }
        };
        vote(room, person, (0..STATEMENTS).map(answer)).await;
    }
    for person in 100..117 {
        vote(room, person, (0..12).map(|at| [1, 1, -1, 0][at % 4])).await;
    }
}

/// The map of all that was done so far.
async fn newest(room: &RoomHandle) -> Arc<PublishedMap> {
    let seq = room.read(|state| state.desk.record.votes_seq).await.unwrap();
    let mut published = room.published();
    let newest = published.wait_for(|published| published.version >= seq).await.unwrap();
    Arc::clone(&newest)
}

/// Everybody's group and each statement's votes, whatever the groups are called.
fn told(map: &OpinionMap) -> (Vec<(ParticipantNumber, usize)>, Vec<[u32; 3]>) {
    let mut names = BTreeMap::new();
    let placed = map.participants.iter().filter_map(|own| Some((own.id, own.placement?.group)));
    let groups = placed.map(|(id, group)| {
        let next = names.len();
        (id, *names.entry(group).or_insert(next))
    });
    let groups = groups.collect();
    (groups, map.statements.iter().map(|one| [one.agree, one.pass, one.disagree]).collect())
}

async fn votes(room: &RoomHandle) -> Votes {
    room.read(RoomState::votes).await.unwrap()
}

async fn json(browser: &Browser, path: &str) -> serde_json::Value {
    serde_json::from_str(&browser.text(path).await).unwrap()
}

#[tokio::test]
async fn a_set_is_left_out_with_a_reason_told_beside_the_results_and_counted_again() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", STATEMENTS, open_settings()).await;
    public(&room).await;
    let before = newest(&room).await;
    let moderator = app.staff(Role::Moderator).await;
    let watch = moderator.text("/m/c/watch").await;
    assert!(watch.contains("No votes are left out."), "{watch}");
    let link =
        watch.split("leave-out?whom=copies&amp;set=").nth(1).or(watch.split("whom=copies&set=").nth(1));
    let set = link.unwrap().split('"').next().unwrap().to_owned();
    let asked = moderator.text(&format!("/m/c/leave-out?whom=copies&set={set}")).await;
    assert!(asked.contains("At least 15 people gave exactly the same answers"), "{asked}");
    let form = |reason: &'static str| vec![("whom", "copies"), ("set", set.as_str()), ("reason", reason)];
    let refused = moderator.post("/m/c/leave-out", &form(" ")).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("Please say why."));
    assert_eq!(moderator.post("/m/c/leave-out", &form("A list was handed out")).await.status(), 303);
    let without = newest(&room).await;
    // Nobody's vote has moved, and the map is that of the others.
    let (seen, excluded) = room
        .read(|state| {
            let record = &state.desk.record;
            (record.statements[&StatementNumber(0)].tally.seen(), record.excluded().len())
        })
        .await
        .unwrap();
    assert_eq!((seen, excluded), (77, 17));
    let others = votes(&room).await;
    assert_eq!(others.participants.len(), 60);
    let alone = opinion::compute(&others, &CheckedParams::default());
    // A live map keeps the number of its groups for a while; after a restart it is the one that is computed cold.
    let placed = |map: &OpinionMap| told(map).0.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    assert_eq!(placed(without.map_for_tests()), placed(&alone));
    assert_eq!(told(without.map_for_tests()).1, told(&alone).1);
    // Everybody reads it, in words and in numbers.
    let page = app.browser().text("/c/c/results").await;
    for words in ["The votes of 17 people (they gave the same answers)", "A list was handed out"] {
        assert!(page.contains(words), "{words}: {page}");
        assert!(app.browser().text("/c/c/moderation").await.contains(words), "{words}");
        assert!(moderator.text("/m/c/watch").await.contains(words), "{words}");
    }
    // A page of this day keeps saying so.
    let organiser = app.staff(Role::Organiser).await;
    assert_eq!(organiser.post("/o/c/snapshot", &[]).await.status(), 303);
    let dated = app.browser().text("/c/c/results/on/1").await;
    assert!(dated.contains("The votes of 17 people") && dated.contains("A list was handed out"), "{dated}");
    let file = json(&moderator, "/c/c/results.json").await;
    assert_eq!(
        (&file["left_out"][0]["people"], &file["left_out"][0]["basis"], &file["counts"]["people"]),
        (&17.into(), &"copies".into(), &60.into())
    );
    for (at, statement) in file["statements"].as_array().unwrap().iter().enumerate() {
        let (votes, with) = (&statement["votes"], &statement["votes_with_left_out"]);
        let theirs = ["agree", "pass", "disagree"]
            .map(|answer| with[answer].as_u64().map(|with| with - votes[answer].as_u64().unwrap()));
        let answer = [1, 1, -1, 0][at % 4];
        let expected = [1, 0, -1].map(|one| (at < 12).then_some(if one == answer { 17 } else { 0 }));
        assert_eq!(theirs, expected, "statement {at}: {statement}");
    }
    // A restart finds the same.
    let app = app.restart().await;
    let moderator = app.staff(Role::Moderator).await;
    let room = app.app.rooms.room(&boule::domain::Slug::parse("c").unwrap()).await.unwrap();
    assert_eq!(told(newest(&room).await.map_for_tests()), told(&alone));
    let watch = moderator.text("/m/c/watch").await;
    let set = watch.split("name=\"set\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(moderator.post("/m/c/count-again", &[("set", set)]).await.status(), 303);
    assert_eq!(told(newest(&room).await.map_for_tests()).1, told(before.map_for_tests()).1);
    assert!(!app.browser().text("/c/c/results").await.contains("A list was handed out"));
    assert!(app.browser().text("/c/c/moderation").await.contains("Votes that had been left out"));
}

#[tokio::test]
async fn who_is_left_out_reads_why_and_too_few_are_refused() {
    let app = TestApp::spawn().await;
    app.conversation("c", 6, open_settings()).await;
    let moderator = app.staff(Role::Moderator).await;
    let mut writers = Vec::new();
    for n in 0..6 {
        let browser = app.browser();
        let page = browser.text("/c/c?by=poster").await;
        assert!(page.contains("action=\"/c/c/vote?by=poster\""), "{page}");
        browser.post("/c/c/vote?by=poster", &[("statement", "1"), ("choice", "agree")]).await;
        assert!(!browser.text("/c/c?by=other").await.contains("?by="), "they take part already");
        browser.post("/c/c/submit", &[("text", format!("Robots say {n}").as_str())]).await;
        writers.push(browser);
    }
    let asked = |statements: &str| format!("/m/c/leave-out?whom=writers&statements={statements}");
    let few = moderator.text(&asked("6,7,8,9")).await;
    assert!(few.contains("No people, or too few, were found.") && !few.contains("<textarea"), "{few}");
    let enough = moderator.text(&asked("6, 7 8;9+10")).await;
    assert!(enough.contains("At least 5 people wrote one or more of these statements."), "{enough}");
    let nobody = moderator.get(&asked("six")).await;
    assert_eq!(nobody.status(), 422);
    assert!(nobody.text().await.unwrap().contains("We could not read this."));
    let channel = moderator.text("/m/c/leave-out?whom=channel&channel=poster").await;
    assert!(channel.contains("At least 5 people who came through “poster” have voted"), "{channel}");
    assert!(moderator.text("/m/c/watch").await.contains("through “poster”: at least 5"));
    // Who reads it in another language reads of the same people.
    let link = enough.split("hreflang=\"de\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let german = moderator.text(&link.split('"').next().unwrap().replace("&#38;", "&")).await;
    assert!(german.contains("lang=\"de\"") && german.contains("Mindestens 5 Menschen"), "{german}");
    moderator.text("/m/c/watch?lang=en").await;
    // Others came since the page told how many.
    let form = [("whom", "writers"), ("statements", "6 7 8 9 10"), ("reason", "Robots"), ("told", "10")];
    let others = moderator.post("/m/c/leave-out", &form).await;
    assert_eq!(others.status(), 422);
    let others = others.text().await.unwrap();
    for words in ["Other people came in the meantime", "At least 5 people wrote", ">Robots</textarea>"] {
        assert!(others.contains(words), "{words}: {others}");
    }
    let form = |statements| [("whom", "writers"), ("statements", statements), ("reason", "One and the same")];
    assert_eq!(moderator.post("/m/c/leave-out", &form("6 7 8 9")).await.status(), 422);
    assert_eq!(moderator.post("/m/c/leave-out", &form("6 7 8 9 10")).await.status(), 303);
    let one_more = moderator.post("/m/c/leave-out", &form("6 7 8 9 10 11")).await;
    assert_eq!(one_more.status(), 422, "one alone would be read off the difference");
    let mine = writers[0].text("/c/c/mine").await;
    assert!(
        mine.contains("The moderators left your votes out") && mine.contains("One and the same"),
        "{mine}"
    );
    assert!(!writers[5].text("/c/c/mine").await.contains("One and the same"));
    // They can go on.
    let again = writers[0].post("/c/c/vote", &[("statement", "2"), ("choice", "pass")]).await;
    assert_eq!(again.status(), 303);
}

#[tokio::test]
async fn a_live_map_takes_the_weight_on_copies_from_the_conversation() {
    let app = TestApp::spawn().await;
    for weigh_copies in [false, true] {
        let settings = Settings { weigh_copies, ..open_settings() };
        let room = app.conversation(&format!("weigh-{weigh_copies}"), STATEMENTS, settings).await;
        public(&room).await;
        newest(&room).await;
    }
    // A live map keeps the number of its groups for a while; after a restart it is the one that is computed cold.
    let app = app.restart().await;
    for weigh_copies in [false, true] {
        let slug = boule::domain::Slug::parse(&format!("weigh-{weigh_copies}")).unwrap();
        let room = app.app.rooms.room(&slug).await.unwrap();
        let settings = Settings { weigh_copies, ..open_settings() };
        let expected = opinion::compute(&votes(&room).await, &map_params(&settings));
        assert_eq!(told(newest(&room).await.map_for_tests()), told(&expected));
        let places = |map: &OpinionMap| {
            map.participants
                .iter()
                .filter_map(|own| own.placement.map(|placed| placed.at))
                .collect::<Vec<_>>()
        };
        let other = CheckedParams::default().of_people(!weigh_copies, Vec::new());
        let other = opinion::compute(&votes(&room).await, &other);
        assert_ne!(places(&expected), places(&other), "the setting moves the map");
    }
}
