//! Backups: made while people vote, brought back whole, and without those who were erased since.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use boule::conversation::{Actor, ForgettingAct, Identity};
use boule::domain::{Choice, Moderation, Role, StatementNumber, Timestamp, TokenHash};
use boule::live::do_what_is_due;

use crate::app::{Asks, TestApp, open_settings};

const CANARY: &str = "Wombats deserve a seat on the council";

fn boule(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_boule")).args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

fn path(dir: &Path, name: &str) -> String {
    dir.join(name).to_str().unwrap().to_owned()
}

fn holds(file: &Path, words: &str) -> bool {
    std::fs::read(file).unwrap().windows(words.len()).any(|part| part == words.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_people_vote_comes_back_whole_and_erased_people_stay_erased() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 20, open_settings()).await;
    let leaver = Identity::Token(TokenHash::of("leaver"));
    room.cast_vote(leaver, StatementNumber(0), Choice::Agree, None).await.unwrap();
    room.submit(leaver, CANARY).await.unwrap();
    room.moderate(20, Moderation::Accepted).await.unwrap();
    let owner = app.staff(Role::Owner).await;
    let voting = Arc::new(AtomicBool::new(true));
    let (voter, goes_on) = (room.clone(), Arc::clone(&voting));
    let votes = tokio::spawn(async move {
        let mut cast = 0_u32;
        while goes_on.load(Ordering::Relaxed) {
            voter.vote(cast / 20, cast % 20, Choice::ALL[(cast % 3) as usize]).await;
            cast += 1;
        }
        cast
    });
    let (out, data) = (tempfile::tempdir().unwrap(), app.dir.path().to_str().unwrap().to_owned());
    let file = path(out.path(), "backup.zip");
    let (code, text) = {
        let (file, data) = (file.clone(), data.clone());
        tokio::task::spawn_blocking(move || boule(&["backup", &file, "--data", &data])).await.unwrap()
    };
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("hashes of their passwords") && text.contains("instance "), "{text}");
    voting.store(false, Ordering::Relaxed);
    assert!(votes.await.unwrap() > 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 1, "nothing else is left");
    assert!(holds(Path::new(&file), CANARY));
    let (code, text) = boule(&["backup", &file, "--data", &data]);
    assert!(code != Some(0) && text.contains("is there already"), "{text}");

    // Erased after the backup was made: a new backup has nothing of it, the old one is brought back without it.
    room.act(leaver, ForgettingAct::Own).await.unwrap();
    assert_eq!(owner.get("/log").await.status(), 200);
    drop(room);
    app.app.stop().await;
    let newer = path(out.path(), "newer.zip");
    assert_eq!(boule(&["backup", &newer, "--data", &data]).0, Some(0));
    assert!(!holds(Path::new(&newer), CANARY));
    let (to, erasures) = (path(out.path(), "restored"), path(app.dir.path(), "erasures"));
    let (code, text) = boule(&["restore", &file, "--data", &to]);
    assert!(code != Some(0) && text.contains("--without-erasures"), "{text}");
    assert!(!Path::new(&to).exists());
    let (code, text) = boule(&["restore", &file, "--data", &to, "--erasures", &erasures]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("erased once more: 1 of 1"), "{text}");
    let (code, text) = boule(&["check", "--data", &to]);
    assert_eq!(code, Some(0), "{text}");
    assert!(!holds(&Path::new(&to).join("boule.sqlite"), CANARY));
    assert_eq!(
        std::fs::read_to_string(format!("{to}.erasures")).unwrap().lines().count(),
        2,
        "the note goes on beside what was restored: the old line, and that of doing it once more"
    );
    // It is nobody else's directory, and nobody is signed in.
    let (code, text) = boule(&["restore", &file, "--data", &to, "--erasures", &erasures]);
    assert!(code != Some(0) && text.contains("is not empty"), "{text}");
}

#[tokio::test]
async fn what_was_forgotten_since_the_backup_is_forgotten_again_and_nobody_else_is() {
    use boule::conversation::RulesAct;

    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    app.draft("draft", open_settings()).await;
    let again = Identity::Token(TokenHash::of("comes again"));
    room.submit(again, "An owl for the tower").await.unwrap();
    room.submit(Identity::Token(TokenHash::of("waits")), "A word that nobody was shown").await.unwrap();
    room.act(again, ForgettingAct::Own).await.unwrap();
    // The same browser, as somebody new.
    room.submit(again, "A bell for the tower").await.unwrap();
    let (out, data) = (tempfile::tempdir().unwrap(), app.dir.path().to_str().unwrap().to_owned());
    let file = path(out.path(), "backup.zip");
    assert_eq!(boule(&["backup", &file, "--data", &data]).0, Some(0));
    // After it: a draft is deleted, and the promised day comes.
    let draft = app.app.rooms.room(&boule::domain::Slug::parse("draft").unwrap()).await.unwrap();
    draft.act(Actor::System, RulesAct::Delete).await.unwrap();
    drop((room, draft));
    app.app.stop().await;
    let (to, erasures) = (path(out.path(), "restored"), path(app.dir.path(), "erasures"));
    let (code, text) = boule(&["restore", &file, "--data", &to, "--erasures", &erasures]);
    assert_eq!(code, Some(0), "{text}");
    let database = Path::new(&to).join("boule.sqlite");
    assert!(holds(&database, "A bell for the tower"), "whoever came later was not meant");
    assert!(holds(&database, "A word that nobody was shown"), "its day has not come");
    let links = format!(
        "{{\"at\":{},\"conversation\":\"{}\",\"links\":true}}\n",
        i64::MAX,
        std::fs::read_to_string(&erasures)
            .unwrap()
            .split("\"conversation\":\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
    );
    let more = std::fs::read_to_string(&erasures).unwrap() + &links;
    std::fs::write(&erasures, more).unwrap();
    let to = path(out.path(), "once-more");
    assert_eq!(boule(&["restore", &file, "--data", &to, "--erasures", &erasures]).0, Some(0));
    let database = Path::new(&to).join("boule.sqlite");
    assert!(!holds(&database, "A word that nobody was shown") && !holds(&database, "A bell for the tower"));
    assert_eq!(boule(&["check", "--data", &to]).0, Some(0));
}

/// The numbers that are kept have to be those of all votes: it is deleted once they are.
async fn delete_what_is_due(app: &TestApp) {
    for _ in 0..200 {
        do_what_is_due(&app.app.rooms, &app.app.store, &app.app.clock).await;
        if app.browser().get("/kept/c").await.status() == 200 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it was not deleted");
}

/// Once from before the conversation was deleted, and once from before a statement was taken out of what is kept.
#[tokio::test]
async fn a_statement_that_was_taken_out_of_what_is_kept_does_not_come_back_with_an_older_backup() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    for person in 0..9 {
        room.vote(person, 1, Choice::Agree).await;
    }
    room.close().await.unwrap();
    let (out, data) = (tempfile::tempdir().unwrap(), app.dir.path().to_str().unwrap().to_owned());
    let backups = ["before", "between"].map(|name| path(out.path(), name));
    assert_eq!(boule(&["backup", &backups[0], "--data", &data]).0, Some(0));
    let past = Some(Timestamp(app.app.clock.now().0 - 1));
    room.act(Actor::System, ForgettingAct::PlanDeletion(past)).await.unwrap();
    drop(room);
    delete_what_is_due(&app).await;
    let owner = app.staff(Role::Owner).await;
    assert!(owner.text("/kept/c").await.contains("Seed statement number 1"));
    assert_eq!(boule(&["backup", &backups[1], "--data", &data]).0, Some(0));
    assert_eq!(owner.post("/kept/c/erase", &[("statement", "1")]).await.status(), 303);
    app.app.stop().await;
    for (number, backup) in backups.iter().enumerate() {
        let to = tempfile::tempdir().unwrap();
        let erasures = path(out.path(), &format!("erasures-{number}"));
        std::fs::copy(app.dir.path().join("erasures"), &erasures).unwrap();
        let dir = to.path().to_str().unwrap().to_owned();
        let (code, text) = boule(&["restore", backup, "--data", &dir, "--erasures", &erasures]);
        assert_eq!(code, Some(0), "{text}");
        std::fs::copy(&erasures, Path::new(&dir).join("erasures")).unwrap();
        let again = TestApp::spawn_in(to).await;
        delete_what_is_due(&again).await;
        let kept = again.browser().text("/kept/c").await;
        assert!(kept.contains("Seed statement number 0"), "{kept}");
        assert!(!kept.contains("Seed statement number 1"), "{kept}");
        let TestApp { app, dir: _kept } = again;
        app.stop().await;
        assert!(!holds(&Path::new(&dir).join("boule.sqlite"), "Seed statement number 1"));
        assert_eq!(boule(&["check", "--data", &dir]).0, Some(0));
    }
}

#[tokio::test]
async fn a_backup_that_was_cut_off_or_changed_is_refused_and_nothing_is_left_of_it() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 5, open_settings()).await;
    for person in 0..50 {
        room.vote(person, person % 5, Choice::Agree).await;
    }
    drop(room);
    app.app.stop().await;
    let (out, data) = (tempfile::tempdir().unwrap(), app.dir.path().to_str().unwrap());
    let file = path(out.path(), "backup.zip");
    assert_eq!(boule(&["backup", &file, "--data", data]).0, Some(0));
    let good = std::fs::read(&file).unwrap();
    let middle = good.len() / 2;
    let mut changed = good.clone();
    changed[middle] ^= 1;
    for (bytes, why) in [
        (&good[..middle], "is not a backup of Boule"),
        (changed.as_slice(), "the backup is damaged"),
        (b"hello".as_slice(), "is not a backup of Boule"),
    ] {
        let bad = path(out.path(), "bad.zip");
        std::fs::write(&bad, bytes).unwrap();
        let to = path(out.path(), "restored");
        let (code, text) = boule(&["restore", &bad, "--data", &to, "--without-erasures"]);
        assert!(code.is_some_and(|code| code != 0) && text.contains(why), "{text}");
        assert!(!Path::new(&to).exists(), "{why}");
    }
    let to = path(out.path(), "restored");
    let (code, text) = boule(&["restore", &file, "--data", &to, "--without-erasures"]);
    assert_eq!(code, Some(0), "{text}");
}

#[tokio::test]
async fn the_doctor_names_what_is_to_be_mended_and_is_content_when_it_is() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, open_settings()).await;
    let data = app.dir.path().to_str().unwrap().to_owned();
    app.app.stop().await;
    let (code, text) = boule(&["doctor", "--data", &data]);
    assert_eq!(code, Some(1), "{text}");
    for wrong in [
        "fix:  public_url is not set",
        "fix:  nobody owns this instance",
        "fix:  there never was a backup",
        "fix:  pages about the site have gaps",
        "fix:  no mail is sent",
    ] {
        assert!(text.contains(wrong), "{wrong}: {text}");
    }
    assert!(text.contains("fine: ") && text.contains("disk are free"), "{text}");
    let out = tempfile::tempdir().unwrap();
    assert_eq!(boule(&["backup", &path(out.path(), "b.zip"), "--data", &data]).0, Some(0));
    let (_, text) = boule(&["doctor", "--data", &data]);
    assert!(text.contains("fine: the last backup is less than two days old"), "{text}");
    let output = Command::new(env!("CARGO_BIN_EXE_boule"))
        .args(["doctor", "--data", &data])
        .env("BOULE_SMTP", "smtp://127.0.0.1:1")
        .env("BOULE_MAIL_FROM", "boule@town.example")
        .env("BOULE_ERASURES", path(app.dir.path(), "erasures"))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("fix:  the mail server can't be reached"), "{text}");
    assert!(text.contains("is lost with the data directory"), "{text}");
}
