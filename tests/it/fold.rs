//! The table of current votes follows the log (I4), and the check sees when something was changed.

use std::collections::BTreeMap;
use std::process::Command;

use boule::domain::{Choice, Settings, StatementNumber, TokenHash};
use boule::live::{Identity, RoomHandle};

use crate::app::TestApp;

/// A directory with one conversation of 30 votes, five of them changed.
async fn data() -> tempfile::TempDir {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 5, Settings::default()).await;
    for person in 0..6 {
        for statement in 0..5 {
            let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
            room.cast_vote(identity, StatementNumber(statement), Choice::Agree, None).await.unwrap();
        }
    }
    for statement in 0..5 {
        let identity = Identity::Token(TokenHash::of("person 0"));
        room.cast_vote(identity, StatementNumber(statement), Choice::Disagree, None).await.unwrap();
    }
    let id = room.read(|state| state.record.conversation.id).await.unwrap();
    while app.app.store.fold_votes(id).await.unwrap() {}
    let (_, votes) = app.app.store.stored_votes(id).await.unwrap();
    assert_eq!(votes.len(), 30);
    assert_eq!(votes.iter().filter(|vote| vote.choice == Choice::Disagree).count(), 5);
    drop(room);
    app.app.stop().await;
    app.dir
}

/// Casts these votes at once.
async fn cast(room: &RoomHandle, votes: impl Iterator<Item = (u32, u32, Choice)>) {
    let all = votes.map(|(person, statement, choice)| {
        let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
        room.cast_vote(identity, StatementNumber(statement), choice, None)
    });
    for voted in futures_util::future::join_all(all).await {
        voted.unwrap();
    }
}

/// More votes than one transaction folds, and then some of them changed: rows that come as 64, 8 and
/// one at a time, new ones and ones in the place of earlier ones.
#[tokio::test]
async fn the_table_is_what_the_log_says_after_many_chunks_and_after_changes() {
    const PEOPLE: u32 = 45;
    const STATEMENTS: u32 = 50;
    let app = TestApp::spawn().await;
    let room = app.conversation("c", STATEMENTS as usize, Settings::default()).await;
    let id = room.read(|state| state.record.conversation.id).await.unwrap();
    let all = (0..PEOPLE).flat_map(|person| (0..STATEMENTS).map(move |statement| (person, statement)));
    let choice = |of: u32| Choice::ALL[of as usize % 3];
    cast(&room, all.clone().map(|(p, s)| (p, s, choice(p + s)))).await;
    for round in 0..2 {
        if round == 1 {
            let some = all.clone().filter(|(p, s)| (p * STATEMENTS + s).is_multiple_of(11));
            cast(&room, some.map(|(p, s)| (p, s, choice(p + s + 1)))).await;
        }
        while app.app.store.fold_votes(id).await.unwrap() {}
        let expected = room.read(|state| {
            let people = state.record.participants.iter();
            let votes = people.flat_map(|(p, who)| who.votes.iter().map(|v| ((*p, v.statement), v.choice)));
            votes.collect::<BTreeMap<_, _>>()
        });
        let expected = expected.await.unwrap();
        let (_, stored) = app.app.store.stored_votes(id).await.unwrap();
        let stored: BTreeMap<_, _> =
            stored.iter().map(|vote| ((vote.participant, vote.statement), vote.choice)).collect();
        assert_eq!(stored.len(), (PEOPLE * STATEMENTS) as usize);
        assert!(stored == expected, "round {round}");
    }
    drop(room);
    app.app.stop().await;
}

fn check(dir: &tempfile::TempDir) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_boule")).args(["check", "--data"]).arg(dir.path()).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Changes the database as an intruder with the file would.
pub async fn tamper(dir: &tempfile::TempDir, statements: &'static str) {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", dir.path().join("boule.sqlite").display());
    let pool = sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap();
    sqlx::raw_sql(statements).execute(&pool).await.unwrap();
    pool.close().await;
}

#[tokio::test]
async fn the_check_finds_nothing_wrong_with_what_a_server_wrote() {
    let (code, text) = check(&data().await);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("nothing is wrong"), "{text}");
}

#[tokio::test]
async fn the_log_refuses_changes() {
    let dir = data().await;
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", dir.path().join("boule.sqlite").display());
    let pool = sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap();
    for statement in ["UPDATE event SET payload = '{}'", "DELETE FROM event WHERE seq = 3"] {
        let error = sqlx::raw_sql(statement).execute(&pool).await.unwrap_err();
        assert!(error.to_string().contains("append-only"), "{error}");
    }
}

#[tokio::test]
async fn the_check_finds_each_kind_of_damage() {
    const FREE: &str = "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted; ";
    const BOUND: &str = "CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT 1; END;
        CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT 1; END;";
    let damages: [(&'static str, &str); 13] = [
        ("UPDATE event SET payload = replace(payload, '\"agree\"', '\"pass\"') WHERE seq = 20", "hash"),
        ("DELETE FROM event WHERE seq = 20", "a gap"),
        ("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "the log ends"),
        ("UPDATE conversation SET head = (SELECT hash FROM event WHERE seq = 2)", "head"),
        ("UPDATE vote SET choice = 0 WHERE participant = 1 AND statement = 1", "current votes"),
        ("", "triggers are gone"),
        (
            "UPDATE conversation SET seq = 20, head = (SELECT hash FROM event WHERE seq = 20)",
            "goes on to event",
        ),
        ("UPDATE conversation SET state = 'closed'", "list of conversations"),
        ("UPDATE participant_token SET participant = 77 WHERE participant = 2", "never joined"),
        ("UPDATE participant_token SET participant = 1 WHERE participant = 2", "two tokens"),
        ("DELETE FROM personal_text WHERE text LIKE 'Seed%2'", "words of 1 statements are missing"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM conversation", "logs have no conversation"),
        ("UPDATE personal_text SET text = 'Something else' WHERE text LIKE 'Seed%2'", "commits to"),
    ];
    for (damage, expected) in damages {
        let dir = data().await;
        tamper(&dir, FREE).await;
        tamper(&dir, damage).await;
        if !damage.is_empty() {
            tamper(&dir, BOUND).await;
        }
        let (code, text) = check(&dir);
        assert_eq!(code, Some(1), "{damage}: {text}");
        assert!(text.contains(expected), "{damage}: {text}");
    }
}
