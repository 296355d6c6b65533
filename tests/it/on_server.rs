//! The whole house on a PostgreSQL server: people vote and write, moderators decide, and after a restart all of it is there.

use boule::domain::{Moderation, Role};
use boule::live::LiveConfig;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::app::{TestApp, open_settings};
use crate::forgetting::files_with;
use crate::server::Server;

#[tokio::test]
async fn a_conversation_lives_on_a_server_as_in_a_file() {
    let Some(server) = Server::start() else { return };
    let dir = tempfile::tempdir().unwrap();
    let app = TestApp::spawn_for(dir, LiveConfig::default(), Some(server.address())).await;
    let room = app.conversation("c", 6, open_settings()).await;
    let mut browsers = Vec::new();
    for person in 0..8 {
        let browser = app.browser();
        for statement in ["0", "1", "2"] {
            let choice = if person % 2 == 0 { "agree" } else { "disagree" };
            let voted = browser.post("/c/c/vote", &[("statement", statement), ("choice", choice)]).await;
            assert_eq!(voted.status(), 303);
        }
        browser.post("/c/c/submit", &[("text", format!("Statement of person {person}").as_str())]).await;
        browsers.push(browser);
    }
    let moderator = app.staff(Role::Moderator).await;
    assert!(moderator.text("/m/c").await.contains("Statement of person 7"));
    let before = room
        .read(|state| {
            let record = &state.desk.record;
            let accepted =
                record.statements.values().filter(|one| one.moderation == Moderation::Accepted).count();
            (record.seq, record.head, record.totals(), accepted)
        })
        .await
        .unwrap();
    assert_eq!(before.2, (24, 8));
    drop(room);
    app.app.stop().await;
    let app = TestApp::spawn_for(app.dir, LiveConfig::default(), Some(server.address())).await;
    let room = app.app.rooms.room(&boule::domain::Slug::parse("c").unwrap()).await.unwrap();
    let after = room
        .read(|state| (state.desk.record.seq, state.desk.record.head, state.desk.record.totals()))
        .await
        .unwrap();
    assert_eq!((before.0, before.1, before.2), after);
    assert!(app.app.store.file_problems().await.unwrap().is_empty());
    // A backup that is not made is not in the log either.
    let file = app.dir.path().join("backup.zip");
    let refused = std::process::Command::new(env!("CARGO_BIN_EXE_boule"))
        .args(["backup", file.to_str().unwrap(), "--data", app.dir.path().to_str().unwrap()])
        .env("BOULE_STORE", server.url())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("boule copy"), "{said}");
    assert_eq!(app.app.store.last_backup().await.unwrap(), None);
}

/// What OPERATIONS says to run where erased words must be gone from the server's files at once.
fn lines_of_operations() -> Vec<String> {
    let text = include_str!("../../docs/OPERATIONS.md");
    let block = text.split("```\n").find(|block| block.starts_with("VACUUM")).unwrap();
    block.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn r10_what_was_erased_is_in_no_file_of_the_server_after_what_operations_asks() {
    const CANARY: &str = "Pangolins ought to own the bandstand";
    let Some(server) = Server::start_with(&["wal_recycle=off"]) else { return };
    let dir = tempfile::tempdir().unwrap();
    let app = TestApp::spawn_for(dir, LiveConfig::default(), Some(server.address())).await;
    drop(app.conversation("c", 3, open_settings()).await);
    let browser = app.browser();
    assert_eq!(browser.post("/c/c/vote", &[("statement", "0"), ("choice", "agree")]).await.status(), 303);
    assert_eq!(browser.post("/c/c/submit", &[("text", CANARY)]).await.status(), 303);
    let erased = browser.post("/c/c/mine/erase", &[]).await;
    assert_eq!(erased.headers()["location"], "/c/c/mine?erased=1");
    assert_eq!(files_with(app.dir.path(), CANARY), Vec::<String>::new());
    assert!(!files_with(server.dir(), CANARY).is_empty(), "its dead rows and its log still have it");
    let mut operator = PgConnection::connect(&server.url()).await.unwrap();
    for line in lines_of_operations() {
        sqlx::raw_sql(AssertSqlSafe(line)).execute(&mut operator).await.unwrap();
    }
    assert_eq!(files_with(server.dir(), CANARY), Vec::<String>::new());
    app.app.stop().await;
}
