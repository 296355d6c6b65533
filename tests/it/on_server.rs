//! The whole house on a PostgreSQL server: people vote and write, moderators decide, and after a restart all of it is there.

use boule::domain::{Moderation, Role};
use boule::live::LiveConfig;

use crate::app::{TestApp, open_settings};
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
