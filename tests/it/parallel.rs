//! Many at the same moment: the log holds each vote once, whatever comes together (I3).

use std::collections::BTreeSet;

use boule::conversation::Identity;
use boule::conversation::{EventBody, Settings, VoteCast};
use boule::domain::{Choice, OperationId, ParticipantNumber, Rejection, StatementNumber, Tally, TokenHash};
use boule::live::{RoomError, RoomHandle};
use futures_util::future::join_all;

use crate::app::{Asks, TestApp};
use crate::soak::number;

const TOGETHER: usize = 64;
const STATEMENTS: usize = 3;

/// Rounds of one run; `BOULE_TEST_ROUNDS` sets another number for the long run.
fn rounds() -> usize {
    number("BOULE_TEST_ROUNDS", 100) as usize
}

/// Rounds over real sockets, which are slower.
fn rounds_over_sockets() -> usize {
    (rounds() / 10).clamp(4, 50)
}

/// A vote as the log tells it.
type Cast = (ParticipantNumber, StatementNumber, Choice, Option<String>);

async fn votes_in_the_log(app: &TestApp, room: &RoomHandle) -> Vec<Cast> {
    let events = log(app, room).await;
    let votes = events.into_iter().filter_map(|body| match body {
        EventBody::VoteCast(VoteCast { participant, statement, choice, op, .. }) => {
            Some((participant, statement, choice, op.map(|op| op.as_str().to_owned())))
        }
        _ => None,
    });
    votes.collect()
}

async fn log(app: &TestApp, room: &RoomHandle) -> Vec<EventBody> {
    let id = room.read(|state| state.desk.record.conversation.id).await.unwrap();
    app.app.store.events(id).await.unwrap().into_iter().map(|event| event.what.body).collect()
}

async fn tally(room: &RoomHandle, statement: StatementNumber) -> Tally {
    room.read(move |state| state.desk.record.statements[&statement].tally).await.unwrap()
}

/// The tally of one person's vote.
fn one(choice: Choice) -> Tally {
    let mut tally = Tally::default();
    tally.add(choice);
    tally
}

/// What a round votes: whenever a statement's turn comes again, another choice.
fn turn(round: usize) -> (StatementNumber, Choice) {
    (StatementNumber((round % STATEMENTS) as u32), Choice::ALL[round / STATEMENTS % 3])
}

/// The two choices that change something.
fn two_other_than(current: Option<Choice>) -> [Choice; 2] {
    let others: Vec<Choice> = Choice::ALL.into_iter().filter(|choice| Some(*choice) != current).collect();
    [others[0], others[1]]
}

#[tokio::test(flavor = "multi_thread")]
async fn i3_sixty_four_parallel_identical_votes_are_one_event_in_every_round() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", STATEMENTS, Settings::default()).await;
    let token = TokenHash::of("somebody");
    let participant = room.join(token).await.unwrap().participant().unwrap();
    let mut wanted: Vec<Cast> = Vec::new();
    for round in 0..rounds() {
        let (statement, choice) = turn(round);
        let name = format!("round-{round}");
        let votes: Vec<_> = (0..TOGETHER)
            .map(|tab| {
                let (room, op) = (room.clone(), OperationId::parse(&name).unwrap());
                let identity =
                    if tab % 2 == 0 { Identity::Participant(participant) } else { Identity::Token(token) };
                tokio::spawn(async move { room.cast_vote(identity, statement, choice, Some(op)).await })
            })
            .collect();
        for vote in votes {
            assert_eq!(vote.await.unwrap().unwrap().participant(), Some(participant), "round {round}");
        }
        assert_eq!(tally(&room, statement).await, one(choice), "round {round}");
        wanted.push((participant, statement, choice, Some(name)));
    }
    assert_eq!(votes_in_the_log(&app, &room).await, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn i3_of_two_choices_under_one_operation_at_the_same_time_one_wins_and_the_other_is_refused() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let participant = room.join(TokenHash::of("somebody")).await.unwrap().participant().unwrap();
    let statement = StatementNumber(0);
    let mut wanted: Vec<Cast> = Vec::new();
    let mut current = None;
    for round in 0..rounds() {
        let choices = two_other_than(current);
        let name = format!("round-{round}");
        let votes: Vec<_> = (0..TOGETHER)
            .map(|tab| {
                let (room, op) = (room.clone(), OperationId::parse(&name).unwrap());
                let choice = choices[tab % 2];
                tokio::spawn(async move {
                    let identity = Identity::Participant(participant);
                    (choice, room.cast_vote(identity, statement, choice, Some(op)).await)
                })
            })
            .collect();
        let (mut won, mut refused) = (Vec::new(), Vec::new());
        for vote in votes {
            match vote.await.unwrap() {
                (choice, Ok(_)) => won.push(choice),
                (choice, Err(RoomError::Rejected(Rejection::OperationReused))) => refused.push(choice),
                (choice, Err(other)) => panic!("round {round}, {choice}: {other}"),
            }
        }
        let winner = *won.first().expect("neither won");
        let [won_all, refused_all] = [&won, &refused].map(|choices| choices.len() == TOGETHER / 2);
        assert!(won_all && won.iter().all(|choice| *choice == winner), "round {round}: {won:?}");
        assert!(refused_all && !refused.contains(&winner), "round {round}: {refused:?}");
        assert_eq!(tally(&room, statement).await, one(winner), "round {round}");
        wanted.push((participant, statement, winner, Some(name)));
        current = Some(winner);
    }
    assert_eq!(votes_in_the_log(&app, &room).await, wanted);
}

/// The most sockets that one token can have tickets out for at once (P2).
const SOCKETS: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn p16_one_operation_over_eight_sockets_of_one_participant_is_one_vote_and_one_choice() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", STATEMENTS + 1, Settings::default()).await;
    let site = app.site("c");
    let (ticket, token) = site.join(None).await.unwrap();
    let mut tickets = vec![ticket];
    while tickets.len() < SOCKETS {
        tickets.push(site.join(token.as_deref()).await.unwrap().0);
    }
    let mut clients = Vec::new();
    for ticket in &tickets {
        clients.push(site.connect(Some(ticket)).await.unwrap());
    }
    let contested = StatementNumber(STATEMENTS as u32);
    let mut wanted: Vec<Cast> = Vec::new();
    let mut current = None;
    for round in 0..rounds_over_sockets() {
        let (statement, choice) = turn(round);
        let name = format!("same-{round}");
        let op = name.as_str();
        let votes = clients.iter_mut().map(|client| client.vote_as(op, statement.0.into(), choice));
        for answer in join_all(votes).await {
            let answer = answer.unwrap();
            assert_eq!(answer["t"], "ack", "round {round}: {answer}");
        }
        assert_eq!(tally(&room, statement).await, one(choice), "round {round}");
        wanted.push((ParticipantNumber(0), statement, choice, Some(name)));

        let choices = two_other_than(current);
        let name = format!("torn-{round}");
        let op = name.as_str();
        let votes = clients.iter_mut().enumerate().map(|(tab, client)| {
            let choice = choices[tab % 2];
            async move { (choice, client.vote_as(op, contested.0.into(), choice).await.unwrap()) }
        });
        let answers = join_all(votes).await;
        let winner = answers.iter().find(|(_, answer)| answer["t"] == "ack").expect("neither won").0;
        for (choice, answer) in &answers {
            let refused = answer["t"] == "refused" && answer["code"] == "operation_reused";
            assert!(
                if *choice == winner { answer["t"] == "ack" } else { refused },
                "round {round}: {answer}"
            );
        }
        assert_eq!(tally(&room, contested).await, one(winner), "round {round}");
        wanted.push((ParticipantNumber(0), contested, winner, Some(name)));
        current = Some(winner);
    }
    assert_eq!(votes_in_the_log(&app, &room).await, wanted);
}

/// That this many joined, under numbers without gaps, and each voted once, after having joined.
fn check_newcomers(log: &[EventBody], people: usize) {
    let mut joined = Vec::new();
    let mut voted = BTreeSet::new();
    for body in log {
        match body {
            EventBody::ParticipantJoined(new) => joined.push(new.participant),
            EventBody::VoteCast(VoteCast { participant, .. }) => {
                assert!(joined.contains(participant), "{participant} voted before having joined");
                assert!(voted.insert(*participant), "{participant} voted twice");
            }
            _ => {}
        }
    }
    // In the log's order, too: a number is given when it is written.
    assert_eq!(joined, (0..people as u32).map(ParticipantNumber).collect::<Vec<_>>());
    assert_eq!(voted.len(), people);
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_newcomers_who_join_and_vote_together_get_numbers_of_their_own_without_gaps() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let people: Vec<_> = (0..TOGETHER)
        .map(|_| {
            let site = app.site("c");
            tokio::spawn(async move {
                let (ticket, token) = site.join(None).await.unwrap();
                let mut client = site.connect(Some(&ticket)).await.unwrap();
                let ack = client.vote(0, Choice::Agree).await.unwrap();
                assert_eq!(ack["t"], "ack", "{ack}");
                assert_eq!(ack["progress"]["voted"], 1, "{ack}");
                token.unwrap()
            })
        })
        .collect();
    let mut tokens = BTreeSet::new();
    for person in people {
        tokens.insert(person.await.unwrap());
    }
    assert_eq!(tokens.len(), TOGETHER);
    check_newcomers(&log(&app, &room).await, TOGETHER);
    assert_eq!(tally(&room, StatementNumber(0)).await.agree as usize, TOGETHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn i3_first_votes_from_two_tabs_at_once_admit_each_newcomer_once() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let votes: Vec<_> = (0..2 * TOGETHER)
        .map(|tab| {
            let room = room.clone();
            tokio::spawn(async move {
                let person = tab % TOGETHER;
                let identity = Identity::Token(TokenHash::of(&format!("person-{person}")));
                let op = OperationId::parse("first");
                let voted = room.cast_vote(identity, StatementNumber(0), Choice::Pass, op).await;
                (person, voted.unwrap().participant().unwrap())
            })
        })
        .collect();
    let mut numbers = BTreeSet::new();
    for vote in votes {
        numbers.insert(vote.await.unwrap());
    }
    // Both tabs of a person were told the same number: as many pairs as people.
    assert_eq!(numbers.len(), TOGETHER);
    check_newcomers(&log(&app, &room).await, TOGETHER);
    assert_eq!(tally(&room, StatementNumber(0)).await.pass as usize, TOGETHER);
}
