//! The check sees when something was changed.

use std::process::Command;

use boule::conversation::Identity;
use boule::conversation::Settings;
use boule::domain::{Choice, Moderation, StatementNumber, TokenHash};

use crate::app::{Asks, TestApp};

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
    let moderator = app.account("moderator@test.invalid").await;
    let reject = boule::conversation::Act::moderate(StatementNumber(4), Moderation::Rejected, Some(1));
    let actor = boule::conversation::Actor::staff(moderator).because("It names a neighbour");
    room.act(actor, reject).await.unwrap();
    drop(room);
    app.app.stop().await;
    app.dir
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
    let damages: [(&'static str, &str); 16] = [
        ("UPDATE event SET payload = replace(payload, '\"agree\"', '\"pass\"') WHERE seq = 20", "hash"),
        ("DELETE FROM event WHERE seq = 20", "a gap"),
        ("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "the log ends"),
        ("UPDATE conversation SET head = (SELECT hash FROM event WHERE seq = 2)", "head"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM staff", "which nobody has"),
        ("", "triggers are gone"),
        (
            "UPDATE conversation SET seq = 20, head = (SELECT hash FROM event WHERE seq = 20)",
            "goes on to event",
        ),
        ("UPDATE conversation SET state = 'closed'", "list of conversations"),
        ("UPDATE participant_token SET participant = 77 WHERE participant = 2", "never joined"),
        ("UPDATE participant_token SET participant = 1 WHERE participant = 2", "two tokens"),
        ("DELETE FROM personal_text WHERE text LIKE 'Seed%2'", "words of 1 statements are missing"),
        (
            "DELETE FROM personal_text WHERE text = 'It names a neighbour'",
            "the reasons of 1 acts are missing",
        ),
        (
            "DELETE FROM personal_text WHERE text LIKE '%riverside?'",
            "1 words of the conversation are missing",
        ),
        (
            "DELETE FROM personal_text WHERE text LIKE 'Another statement says%'",
            "words of the conversation are missing",
        ),
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
