//! What everybody sees must not tell who said what.

use boule::conversation::Identity;
use boule::domain::{Choice, StatementNumber, TokenHash};

use crate::app::{Asks, TestApp, open_settings};

#[tokio::test]
async fn cells_seen_by_fewer_than_five_people_are_not_published() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 11, open_settings()).await;
    let vote = async |person: u32, statement: u32, choice| {
        let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
        room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
    };
    for person in 0..20 {
        for statement in 0..10 {
            let agrees = (statement % 2 == 0) == (person % 2 == 0);
            vote(person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
        }
    }
    // Four people of one group saw statement 10: too few to say what they think.
    for person in [0, 2, 4, 6] {
        vote(person, 10, Choice::Agree).await;
    }
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version == seq).await.unwrap();
    let page = app.browser().text("/c/c/results").await;
    let row = page
        .split("id=\"all\"")
        .nth(1)
        .unwrap()
        .split("<tr><td>10</td>")
        .nth(1)
        .unwrap()
        .split("</tr>")
        .next()
        .unwrap();
    assert!(row.contains("too few people to show") && !row.contains("4/4"), "{row}");
}

#[tokio::test]
async fn the_shared_frame_names_nobody_and_holds_no_exact_position() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    for person in 0..30u32 {
        for statement in 0..10u32 {
            let choice = Choice::ALL[((person * 7 + statement * person) % 3) as usize];
            let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
            room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
        }
    }
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version == seq).await.unwrap();
    let mut watcher = app.site("c").connect(None).await.unwrap();
    let frame = watcher.wait_for("map").await.unwrap();
    let text = frame.to_string();
    assert!(!text.contains("participant\"") && !text.contains("\"id\""), "{text}");
    let map = room.read(|state| state.map.map.clone()).await.unwrap();
    let mut positions = 0;
    for person in map.participants.iter().filter_map(|person| person.position()) {
        for group in frame["groups"].as_array().unwrap() {
            for corner in group["hull"].as_array().unwrap() {
                assert_ne!([corner[0].as_f64().unwrap(), corner[1].as_f64().unwrap()], person);
                positions += 1;
            }
        }
    }
    assert!(positions > 0);
}

#[tokio::test]
async fn votes_of_a_small_conversation_show_in_batches() {
    let app = TestApp::spawn().await;
    let settings = boule::conversation::Settings {
        results: boule::conversation::ResultsRule::Always,
        ..boule::conversation::Settings::default()
    };
    let room = app.conversation("c", 9, settings).await;
    let mut published = room.published();
    published.borrow_and_update();
    for statement in 0..4 {
        let identity = Identity::Token(TokenHash::of("one person"));
        room.cast_vote(identity, StatementNumber(statement), Choice::Agree, None).await.unwrap();
    }
    let soon = tokio::time::timeout(std::time::Duration::from_millis(1500), published.changed()).await;
    assert!(soon.is_err(), "four votes of one person were published");
    assert_eq!(published.borrow().counts.votes, 0);
}

async fn vote(room: &boule::live::RoomHandle, person: u32, statement: u32, choice: Choice) {
    let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
    room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
}

#[tokio::test]
async fn no_order_of_the_table_shows_what_it_hides() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 12, open_settings()).await;
    for (person, statement) in (0..20).flat_map(|p| (0..8).map(move |s| (p, s))) {
        vote(
            &room,
            person,
            statement,
            if (person + statement) % 2 == 0 { Choice::Agree } else { Choice::Disagree },
        )
        .await;
    }
    // Hidden: 8 has four agrees, 9 one disagree, 10 two agrees, 11 nothing.
    for (statement, people, choice) in
        [(8, 0..4, Choice::Agree), (9, 0..1, Choice::Disagree), (10, 0..2, Choice::Agree)]
    {
        for person in people {
            vote(&room, person, statement, choice).await;
        }
    }
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version == seq).await.unwrap();
    for sort in ["agree", "votes", "gap", "number"] {
        let page = app.browser().text(&format!("/c/c/results?sort={sort}")).await;
        let table = page.split("id=\"all\"").nth(1).unwrap();
        let numbers: Vec<u32> = table
            .split("<tr><td>")
            .skip(1)
            .map(|row| row.split('<').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(&numbers[numbers.len() - 4..], [8, 9, 10, 11], "{sort}: {numbers:?}");
    }
}

#[tokio::test]
async fn a_published_agenda_keeps_the_results_rule() {
    let app = TestApp::spawn().await;
    let settings = boule::conversation::Settings {
        results: boule::conversation::ResultsRule::AtClose,
        ..open_settings()
    };
    let room = app.conversation("c", 10, settings).await;
    for (person, statement) in (0..30).flat_map(|p| (0..10).map(move |s| (p, s))) {
        let agrees = statement == 9 || (person % 2 == 0) == (statement < 5);
        vote(&room, person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
    }
    let organiser = app.staff(boule::domain::Role::Organiser).await;
    organiser.post("/o/c/agenda", &[("places", "4")]).await;
    assert!(organiser.text("/o/c/agenda").await.contains("of 30 people who saw it agree"));
    organiser.post("/o/c/agenda/publish", &[]).await;
    let open = app.browser().text("/c/c/agenda").await;
    assert!(open.contains("You will see here how people voted once you can see the results."));
    let items = open.split("class=\"cards agenda\"").nth(1).unwrap().split("</ol>").next().unwrap();
    assert!(!items.contains('%') && !items.contains("people who saw it"), "{items}");
    room.close().await.unwrap();
    assert!(app.browser().text("/c/c/agenda").await.contains("of 30 people who saw it agree"));
}

#[tokio::test]
async fn one_persons_changes_fill_no_batch() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, boule::conversation::Settings::default()).await;
    for (person, statement) in (0..10).flat_map(|p| (0..8).map(move |s| (p, s))) {
        vote(&room, person, statement, Choice::Agree).await;
    }
    let votes = |published: &boule::live::Published| published.counts.votes;
    room.published().wait_for(|published| votes(published) >= 75).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    let before = votes(&room.latest());
    // Five changes and more, of one person, and one of another.
    for _ in 0..3 {
        vote(&room, 0, 8, Choice::Agree).await;
        vote(&room, 0, 8, Choice::Disagree).await;
        vote(&room, 0, 9, Choice::Agree).await;
        vote(&room, 0, 9, Choice::Pass).await;
    }
    vote(&room, 1, 9, Choice::Disagree).await;
    tokio::time::sleep(std::time::Duration::from_secs(7)).await;
    assert_eq!(votes(&room.latest()), before, "two people's votes show");
    for person in 2..5 {
        vote(&room, person, 9, Choice::Disagree).await;
    }
    room.published().wait_for(|published| votes(published) > before).await.unwrap();
}

#[tokio::test]
async fn an_ack_does_not_tell_how_much_others_do() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    let site = boule::cli::client::Site::new(app.app.address.to_string(), "c", None);
    let (ticket, _) = site.join(None).await.unwrap();
    let mut client = site.connect(Some(&ticket)).await.unwrap();
    let mut seqs = Vec::new();
    for statement in 0..4 {
        for person in 0..7 {
            vote(&room, person, statement, Choice::Agree).await;
        }
        seqs.push(client.vote(u64::from(statement), Choice::Agree).await.unwrap()["seq"].as_u64().unwrap());
    }
    assert_eq!(seqs, [1, 2, 3, 4]);
}
