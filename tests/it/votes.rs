//! The path of a vote: acknowledged means on disk, once, and for good (I2–I6).

use boule::conversation::Identity;
use boule::conversation::{EventBody, Settings};
use boule::domain::{Choice, ParticipantNumber, StatementNumber, TokenHash};
use boule::store::Store;

use crate::app::{Asks, TestApp, open_settings};

fn tally(state: &boule::live::RoomState, statement: u32) -> (u32, u32, u32) {
    let tally = state.desk.record.statements[&StatementNumber(statement)].tally;
    (tally.agree, tally.disagree, tally.pass)
}

#[tokio::test]
async fn an_acknowledged_vote_is_in_the_log_when_the_ack_arrives() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, Settings::default()).await;
    let mut client = app.participant("c").await;
    let ack = client.vote(1, Choice::Disagree).await.unwrap();
    assert_eq!(ack["t"], "ack");
    let id = room.read(|state| state.desk.record.conversation.id).await.unwrap();
    // Read through another connection, as a second process would.
    let beside = Store::open_beside(&boule::store::DataDir::beside(app.dir.path()).unwrap()).await.unwrap();
    let events = beside.events(id).await.unwrap();
    let last = events.last().unwrap();
    assert_eq!((last.what.body.kind(), last.seq.0), ("vote_cast", ack["seq"].as_u64().unwrap()));
}

#[tokio::test]
async fn i3_sixty_four_parallel_identical_votes_make_one_event_and_one_effect() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let participant =
        room.join(boule::domain::TokenHash::of("somebody")).await.unwrap().participant().unwrap();
    let before = room.read(|state| state.desk.record.seq).await.unwrap();
    let votes = (0..64).map(|_| {
        let room = room.clone();
        tokio::spawn(async move {
            room.cast_vote(Identity::Participant(participant), StatementNumber(0), Choice::Agree, None).await
        })
    });
    for vote in votes.collect::<Vec<_>>() {
        vote.await.unwrap().unwrap();
    }
    let (seq, counted) = room.read(|state| (state.desk.record.seq, tally(state, 0))).await.unwrap();
    assert_eq!((seq.0 - before.0, counted), (1, (1, 0, 0)));
}

#[tokio::test]
async fn i3_a_repeated_operation_changes_nothing_even_after_a_newer_vote() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let mut client = app.participant("c").await;
    client.vote_as("first", 0, Choice::Agree).await.unwrap();
    client.vote_as("second", 0, Choice::Disagree).await.unwrap();
    let repeated = client.vote_as("first", 0, Choice::Agree).await.unwrap();
    assert_eq!(repeated["t"], "ack");
    assert_eq!(room.read(|state| tally(state, 0)).await.unwrap(), (0, 1, 0));
    let reused = client.vote_as("first", 0, Choice::Pass).await.unwrap();
    assert_eq!((reused["t"].as_str(), reused["code"].as_str()), (Some("refused"), Some("operation_reused")));
}

#[tokio::test]
async fn newcomers_who_arrive_together_are_all_admitted() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 2, Settings::default()).await;
    let people = (0..64).map(|_| {
        let site = app.site("c");
        tokio::spawn(async move {
            let (ticket, _) = site.join(None).await.unwrap();
            let mut client = site.connect(Some(&ticket)).await.unwrap();
            client.vote(0, Choice::Agree).await.unwrap()
        })
    });
    for person in people.collect::<Vec<_>>() {
        assert_eq!(person.await.unwrap()["t"], "ack");
    }
    let (people, counted) =
        room.read(|state| (state.desk.record.participants.len(), tally(state, 0))).await.unwrap();
    assert_eq!((people, counted), (64, (64, 0, 0)));
}

#[tokio::test]
async fn a_restart_loses_nothing_and_computes_the_same_map() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 12, open_settings()).await;
    for person in 0..20u32 {
        let participant = room
            .join(boule::domain::TokenHash::of(&person.to_string()))
            .await
            .unwrap()
            .participant()
            .unwrap();
        for statement in 0..12u32 {
            let choice =
                if (person % 2 == 0) == (statement % 3 == 0) { Choice::Agree } else { Choice::Disagree };
            let identity = Identity::Participant(participant);
            room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
        }
    }
    room.close().await.unwrap();
    let before =
        room.read(|s| (s.desk.record.seq, s.desk.record.head, tally(s, 3), s.votes())).await.unwrap();
    drop(room);
    let app = app.restart().await;
    let room = app.app.rooms.room(&boule::domain::Slug::parse("c").unwrap()).await.unwrap();
    let after = room.read(|s| (s.desk.record.seq, s.desk.record.head, tally(s, 3), s.votes())).await.unwrap();
    assert_eq!(before, after);
    // The token still finds its participant.
    let again = room.join(boule::domain::TokenHash::of("7")).await.unwrap();
    assert_eq!(again.participant(), Some(ParticipantNumber(7)));
    let map = room.read(|state| state.map.map_for_tests().clone()).await.unwrap();
    assert_eq!((map.counts.placed, map.groups.len()), (20, 2));
}

#[tokio::test]
async fn votes_are_refused_with_a_reason_before_opening_and_after_closing() {
    let app = TestApp::spawn().await;
    let room = app.draft("c", Settings::default()).await;
    room.add_seed("A statement to vote on").await.unwrap();
    assert!(app.site("c").join(None).await.is_err(), "a draft is not there yet");
    let early = room.cast_vote(
        Identity::Token(boule::domain::TokenHash::of("early")),
        StatementNumber(1),
        Choice::Agree,
        None,
    );
    assert!(early.await.unwrap_err().to_string().contains("not open"));
    assert_eq!(room.read(|state| state.desk.record.participants.len()).await.unwrap(), 0);
    room.open().await.unwrap();
    let mut client = app.participant("c").await;
    assert_eq!(client.vote(1, Choice::Agree).await.unwrap()["t"], "ack");
    assert_eq!(client.vote(9, Choice::Agree).await.unwrap()["code"], "statement_not_shown");
    room.close().await.unwrap();
    assert_eq!(client.vote(1, Choice::Pass).await.unwrap()["code"], "not_open");
    assert_eq!(room.read(|state| tally(state, 1)).await.unwrap(), (1, 0, 0));
}

#[tokio::test]
async fn a_statement_waits_for_a_moderator_and_carries_its_authors_agreement() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let mut author = app.participant("c").await;
    let mut other = app.participant("c").await;
    let submitted = author.submit("Plant  fruit\ntrees.").await.unwrap();
    assert_eq!(
        (submitted["t"].as_str(), submitted["moderation"].as_str()),
        (Some("submitted"), Some("pending"))
    );
    assert!(submitted["statement"].is_null(), "the number of what waits is not told: {submitted}");
    let number = 1;
    assert_eq!(other.vote(number, Choice::Agree).await.unwrap()["code"], "statement_not_shown");
    assert_eq!(author.submit("plant fruit trees.").await.unwrap()["code"], "submitted_already");
    assert_eq!(author.submit(" … ").await.unwrap()["code"], "statement_empty");
    assert_eq!(author.submit(&"long ".repeat(100)).await.unwrap()["code"], "statement_too_long");
    let accepted = boule::domain::Moderation::Accepted;
    room.moderate(1, accepted).await.unwrap();
    assert_eq!(other.vote(number, Choice::Pass).await.unwrap()["t"], "ack");
    let text = room
        .read(|state| state.desk.record.statements[&StatementNumber(1)].text.text().to_owned())
        .await
        .unwrap();
    assert_eq!(text, "Plant fruit trees.");
    assert_eq!(room.read(|state| tally(state, 1)).await.unwrap(), (1, 0, 1));
}

#[tokio::test]
async fn a_first_vote_is_stored_with_the_probability_with_which_it_was_offered() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 4, Settings::default()).await;
    let identity = Identity::Token(TokenHash::of("somebody"));
    for (statement, choice) in [(2, Choice::Agree), (0, Choice::Agree), (2, Choice::Pass)] {
        room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
    }
    let id = room.read(|state| state.desk.record.conversation.id).await.unwrap();
    let events = app.app.store.events(id).await.unwrap();
    let offered: Vec<Option<u32>> = events
        .iter()
        .filter_map(|event| match &event.what.body {
            EventBody::VoteCast(vote) => Some(vote.offered_ppm),
            _ => None,
        })
        .collect();
    // Four statements that nobody has voted on are offered alike; of three left, one is as likely
    // as the others; a changed vote was not offered.
    assert_eq!(offered[0], Some(250_000));
    assert!(offered[1].is_some_and(|ppm| (200_000..500_000).contains(&ppm)), "{offered:?}");
    assert_eq!(offered[2], None);
}

#[tokio::test]
async fn a_refused_vote_or_statement_of_a_newcomer_admits_nobody() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 2, open_settings()).await;
    let before = room.read(|state| state.desk.record.seq).await.unwrap();
    let newcomer = TokenHash::of("somebody new");
    let refused = room.cast_vote(Identity::Token(newcomer), StatementNumber(99), Choice::Agree, None).await;
    assert!(refused.is_err());
    assert!(room.submit(Identity::Token(newcomer), "").await.is_err());
    assert!(room.submit(Identity::Token(newcomer), "Seed statement number 1").await.is_err());
    let after = room.read(move |state| {
        let record = &state.desk.record;
        (record.seq, record.participants.len(), state.desk.participant_of(&newcomer))
    });
    assert_eq!(after.await.unwrap(), (before, 0, None));
}
