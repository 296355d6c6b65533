//! The data directory: who may look into it, who has it, and what happens where it is damaged.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use boule::conversation::Identity;
use boule::conversation::Settings;
use boule::domain::{Role, Slug, StatementNumber, TokenHash};
use sqlx::{Connection, Executor};

use crate::app::{Asks, TestApp, open_settings};

fn modes(dir: &Path) -> Vec<(String, u32)> {
    let mut found = vec![(".".to_owned(), std::fs::metadata(dir).unwrap().permissions().mode() & 0o777)];
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true => {
                found.extend(modes(&path).into_iter().map(|(inner, mode)| (format!("{name}/{inner}"), mode)));
            }
            false => found.push((name, std::fs::metadata(&path).unwrap().permissions().mode() & 0o777)),
        }
    }
    found
}

#[tokio::test]
async fn nobody_else_on_the_machine_can_read_votes() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    let (data, out) = (dir.to_str().unwrap(), above.path().join("out"));
    // The usual mask lets everybody read; it is this process's, so another one starts the server.
    let serve =
        format!("umask 022; exec {} serve --bind 127.0.0.1:0 --data {data}", env!("CARGO_BIN_EXE_boule"));
    let mut server =
        Command::new("sh").args(["-c", &serve]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stdout.take().unwrap()), &mut line)
        .unwrap();
    assert!(line.starts_with("listening"), "{line}");
    for (name, mode) in modes(&dir) {
        let wanted = if name.ends_with('.') { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{name} is {mode:o}");
    }
    server.kill().unwrap();
    server.wait().unwrap();
    let source = above.path().join("source");
    std::fs::create_dir(&source).unwrap();
    std::fs::write(source.join("comments.csv"), "comment-id,moderated,comment-body\n0,1,a\n").unwrap();
    std::fs::write(source.join("votes.csv"), "comment-id,voter-id,vote\n0,1,1\n").unwrap();
    for args in [
        format!("import polis {} --slug c --data {data}", source.display()),
        format!("export c --out {} --data {data}", out.display()),
    ] {
        let command = format!("umask 022; exec {} {args}", env!("CARGO_BIN_EXE_boule"));
        assert!(Command::new("sh").args(["-c", &command]).output().unwrap().status.success(), "{args}");
    }
    for (name, mode) in modes(&out).into_iter().chain(modes(&dir)) {
        let wanted = if name.ends_with('.') { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{name} is {mode:o}");
    }
}

#[tokio::test]
async fn a_directory_whose_lock_file_was_deleted_is_still_in_use() {
    let app = TestApp::spawn().await;
    std::fs::remove_file(app.dir.path().join("boule.lock")).unwrap();
    let second = boule::store::DataDir::lock(app.dir.path());
    assert!(second.is_err_and(|error| error.to_string().contains("in use by another boule process")));
}

#[tokio::test]
async fn letters_of_groups_are_the_same_after_a_restart_and_in_an_export() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    let vote = async |people: std::ops::Range<u32>, first: bool| {
        for person in people {
            let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
            for statement in 0..10u32 {
                let agrees = first == (statement < 5 || person % 10 == statement);
                let choice =
                    if agrees { boule::domain::Choice::Agree } else { boule::domain::Choice::Disagree };
                room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
            }
        }
    };
    let letters = async |app: &TestApp| {
        let room = app.app.rooms.room(&Slug::parse("c").unwrap()).await.unwrap();
        let seq = room.read(|state| state.desk.record.seq).await.unwrap();
        room.published()
            .wait_for(|map| map.version == seq && map.map_for_tests().k.settling.is_none())
            .await
            .unwrap();
        let groups = room.latest().map_for_tests().groups.iter().map(|g| (g.label.clone(), g.size)).collect();
        let mut groups: Vec<(String, u32)> = groups;
        groups.sort();
        groups
    };
    // First the one camp is larger, and is A; then the other grows, and stays B.
    vote(0..14, true).await;
    vote(100..110, false).await;
    assert_eq!(letters(&app).await, [("A".into(), 14), ("B".into(), 10)]);
    vote(110..130, false).await;
    let before = letters(&app).await;
    assert_eq!(before, [("A".into(), 14), ("B".into(), 30)]);
    drop(room);
    let app = app.restart().await;
    assert_eq!(letters(&app).await, before, "after a restart");
    let out = app.dir.path().join("out");
    let export = Command::new(env!("CARGO_BIN_EXE_boule"))
        .args([
            "export",
            "c",
            "--format",
            "polis",
            "--out",
            out.to_str().unwrap(),
            "--data",
            app.dir.path().to_str().unwrap(),
        ])
        .output()
        .unwrap();
    assert!(export.status.success(), "{}", String::from_utf8_lossy(&export.stderr));
    let matrix = std::fs::read_to_string(out.join("participant-votes.csv")).unwrap();
    let of = |id: &str| matrix.lines().skip(1).filter(|row| row.split(',').nth(1) == Some(id)).count();
    assert_eq!((of("0"), of("1")), (14, 30), "A is 0, and B is 1");
    let groups = std::fs::read_to_string(out.join("comment-groups.csv")).unwrap();
    assert!(groups.lines().nth(1).unwrap().contains(",44,"), "{groups}");
}

/// Opens the database as another program would.
async fn database(dir: &Path) -> sqlx::AnyConnection {
    let url = format!("sqlite://{}?mode=rw", dir.join("boule.sqlite").display());
    sqlx::AnyConnection::connect(&url).await.unwrap()
}

#[tokio::test]
async fn check_goes_on_after_a_malformed_token() {
    let app = TestApp::spawn().await;
    for slug in ["broken", "whole"] {
        let room = app.conversation(slug, 1, Settings::default()).await;
        room.join(TokenHash::of("somebody")).await.unwrap();
    }
    let dir = app.dir.path().to_owned();
    let TestApp { app, dir: _kept } = app;
    app.stop().await;
    let mut connection = database(&dir).await;
    let spoil = "UPDATE participant_token SET token_hash = 'not a hash' WHERE conversation = \
                 (SELECT id FROM conversation WHERE slug = 'broken')";
    connection.execute(spoil).await.unwrap();
    connection.close().await.unwrap();
    let check =
        Command::new(env!("CARGO_BIN_EXE_boule")).args(["check", "--data", dir.to_str().unwrap()]).output();
    let check = check.unwrap();
    let said = String::from_utf8_lossy(&check.stdout);
    assert_eq!(check.status.code(), Some(1), "{said}");
    assert!(said.contains("broken: ") && said.contains("is not a hash"), "{said}");
    assert!(said.lines().any(|line| line.starts_with("whole: ") && line.ends_with("ok")), "{said}");
}

#[tokio::test]
async fn a_damaged_database_is_said_by_health_and_reading_never_speaks_of_saving() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 0, Settings::default()).await;
    let texts = (0..1_000).map(|n| format!("{} {n}", "A statement that fills pages".repeat(8))).collect();
    room.add_seeds(texts).await.unwrap();
    drop(room);
    let dir = app.dir.path().to_owned();
    let TestApp { app, dir: kept } = app;
    app.stop().await;
    let file = dir.join("boule.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    // Every page but the first ones, where the schema and what is read at the start stand.
    for page in bytes.chunks_mut(4096).skip(40) {
        page.fill(0xa5);
    }
    std::fs::write(&file, bytes).unwrap();
    let app = TestApp::spawn_in(kept).await;
    let page = app.browser().get("/c/c").await;
    assert_eq!(page.status(), 503);
    let page = page.text().await.unwrap();
    assert!(page.contains("be loaded right now") && !page.contains("saved"), "{page}");
    let health = app.browser().get("/health").await;
    assert_eq!(health.status(), 503, "{}", health.text().await.unwrap());
}

#[tokio::test]
async fn a_wider_directory_is_used_and_said() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let data = boule::store::DataDir::lock(dir.path()).unwrap();
    assert!(data.is_open_to_others());
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    assert!(!data.is_open_to_others());
    let app = TestApp::spawn_in(tempfile::tempdir().unwrap()).await;
    assert_eq!(app.staff(Role::Overseer).await.get("/m").await.status(), 200);
}
