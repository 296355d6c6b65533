//! What everybody sees must not tell who said what.

use boule::domain::{Choice, StatementNumber, TokenHash};
use boule::live::Identity;

use crate::app::{TestApp, open_settings};

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
    let seq = room.read(|state| state.record.seq).await.unwrap();
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
    let seq = room.read(|state| state.record.seq).await.unwrap();
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
    let settings = boule::domain::Settings {
        results: boule::domain::ResultsRule::Always,
        ..boule::domain::Settings::default()
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
