//! What nobody is shown counts nowhere: statements that wait for a moderator, and votes on them.

use boule::conversation::{Actor, Brief, Identity, RulesAct, Settings};
use boule::domain::{Choice, Moderation, ModerationRule, TokenHash};
use boule::live::RoomHandle;

use crate::app::{Asks, PATIENCE, TestApp, open_settings};

/// People, votes and statements as everybody sees them, and how many are placed, once the map is as new
/// as the log.
async fn published(room: &RoomHandle) -> (u32, u64, u32, u32) {
    let seq = room.read(|state| state.desk.record.votes_seq).await.unwrap();
    let mut published = room.published();
    let known = published.wait_for(|published| published.version >= seq);
    let known = tokio::time::timeout(PATIENCE, known).await.unwrap().unwrap();
    let counts = known.counts;
    (counts.participants, counts.votes, counts.statements, known.map_for_tests().counts.placed)
}

async fn change_rule(room: &RoomHandle, moderation: ModerationRule) {
    let before = room.read(|state| Brief::from(&state.desk.record.conversation)).await.unwrap();
    let reason = "Asked for".to_owned();
    let brief = Brief { settings: Settings { moderation, ..before.settings }, reason, ..before };
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
}

#[tokio::test]
async fn who_only_submits_is_not_on_the_map_and_votes_on_what_waits_are_not_counted() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 8, open_settings()).await;
    for person in 0..10 {
        for statement in 0..8 {
            room.vote(
                person,
                statement,
                if (person + statement) % 2 == 0 { Choice::Agree } else { Choice::Disagree },
            )
            .await;
        }
    }
    assert_eq!(published(&room).await, (10, 80, 8, 10));
    for n in 0..10u32 {
        let author = Identity::Token(TokenHash::of("only submits"));
        room.submit(author, &format!("What waits, {n}")).await.unwrap();
    }
    assert_eq!(published(&room).await, (10, 80, 8, 10), "nothing of it shows");
    let sure = room.read(|state| {
        state
            .map
            .map_for_tests()
            .participants
            .iter()
            .filter_map(|p| p.placement)
            .all(|placement| placement.radius == 0.0)
    });
    assert!(sure.await.unwrap(), "nobody is less sure for what nobody can vote on");
    let progress = room
        .read(|state| {
            let author = state.desk.participant_of(&TokenHash::of("only submits"));
            state.progress(author)
        })
        .await
        .unwrap();
    assert_eq!((progress.voted, progress.shown, progress.placed_at), (0, 8, 7));
    room.moderate(8, Moderation::Accepted).await.unwrap();
    assert_eq!(published(&room).await, (11, 81, 9, 10), "what is accepted counts");
    room.moderate(8, Moderation::Rejected).await.unwrap();
    assert_eq!(published(&room).await, (10, 80, 8, 10), "and what is rejected no more");
}

#[tokio::test]
async fn after_a_change_of_the_rule_what_is_no_longer_shown_counts_no_longer() {
    let app = TestApp::spawn().await;
    let settings = Settings { moderation: ModerationRule::After, ..open_settings() };
    let room = app.conversation("c", 0, settings).await;
    for n in 0..9u32 {
        let author = Identity::Token(TokenHash::of(&format!("p{n}")));
        room.submit(author, &format!("Shown at once, {n}")).await.unwrap();
    }
    for person in 0..9 {
        for statement in (1..10).filter(|statement| *statement != person + 1) {
            room.vote(
                person,
                statement,
                if (person + statement) % 3 == 0 { Choice::Agree } else { Choice::Disagree },
            )
            .await;
        }
    }
    assert_eq!(published(&room).await, (9, 81, 9, 9));
    change_rule(&room, ModerationRule::Before).await;
    assert_eq!(published(&room).await, (0, 0, 0, 0), "all of it waits now");
    room.moderate(4, Moderation::Accepted).await.unwrap();
    assert_eq!(published(&room).await, (9, 9, 1, 9));
    change_rule(&room, ModerationRule::After).await;
    assert_eq!(published(&room).await, (9, 81, 9, 9));
    // The map that is kept up to date is the one that is computed anew.
    let live = room.read(|state| (state.map.map_for_tests().clone(), state.votes())).await.unwrap();
    let cold = boule::opinion::compute(&live.1, &boule::opinion::CheckedParams::default());
    assert_eq!(live.0.counts.placed, cold.counts.placed);
    assert!(live.0.statements.iter().zip(&cold.statements).all(|(a, b)| a.tally() == b.tally()));
}
