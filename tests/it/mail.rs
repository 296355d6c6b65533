//! Mail: written with the act, sent afterwards, tried again, and never waited for. A real server of another
//! program takes it in the browser tests; here one that misbehaves.

use std::sync::{Arc, Mutex};

use boule::domain::{EmailAddress, Role, Timestamp};
use boule::instance::Scope;
use boule::notify::{MailConfig, MailWords};
use boule::store::MailKind;
use boule::texts::Texts;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::app::{PATIENCE, TestApp, open_settings};

/// A server that says this to recipients, and keeps what it takes.
async fn server(says: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let taken = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(talk(socket, says, Arc::clone(&kept)));
        }
    });
    (format!("smtp://{address}"), taken)
}

async fn talk(mut socket: TcpStream, says: &'static str, kept: Arc<Mutex<Vec<String>>>) {
    let (read, mut write) = socket.split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 here\r\n").await.unwrap();
    let (mut in_data, mut mail) = (false, String::new());
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.as_str() {
            "." if in_data => {
                in_data = false;
                kept.lock().unwrap().push(std::mem::take(&mut mail));
                "250 taken"
            }
            _ if in_data => {
                mail += &line;
                mail.push('\n');
                continue;
            }
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            line if line.starts_with("RCPT") => says,
            _ => "250 well",
        };
        if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let waited = async {
        while !is().await {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waited).await.unwrap_or_else(|_| panic!("{what}"));
}

/// Writes one mail, and has the server send it.
async fn with_one_mail(server: &str) -> TestApp {
    let app = TestApp::spawn().await;
    let to = EmailAddress::parse("ada@test.invalid").unwrap();
    let mail = MailWords::new(Texts::english(), "https://vote.test.invalid").password_changed(to);
    let (about, now) = ((MailKind::Confirmation, "ada"), app.app.clock.now());
    assert!(app.app.store.post_once(about, Timestamp(0), std::slice::from_ref(&mail), now).await.unwrap());
    assert!(
        !app.app.store.post_once(about, Timestamp(0), &[mail], now).await.unwrap(),
        "nobody gets it twice"
    );
    app.app.send_mail(&MailConfig::check(server, Some("Boule <boule@test.invalid>")).unwrap()).unwrap();
    app
}

async fn waiting(app: &TestApp) -> u64 {
    app.app.store.mail_waiting().await.unwrap().0
}

#[tokio::test]
async fn a_mail_is_sent_once_and_nothing_of_it_is_kept() {
    let (address, taken) = server("250 well").await;
    let app = with_one_mail(&address).await;
    until("it is sent", async || waiting(&app).await == 0).await;
    let mails = taken.lock().unwrap().clone();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("Subject: Your password was changed"), "{mails:?}");
    assert!(mails[0].contains("To: ada@test.invalid") && mails[0].contains("From: Boule"), "{mails:?}");
}

#[tokio::test]
async fn a_mail_that_is_refused_for_now_waits_and_one_that_is_refused_for_good_is_given_up() {
    let (address, taken) = server("451 later").await;
    let app = with_one_mail(&address).await;
    let tried = async || {
        let later = Timestamp(app.app.clock.now().0 + 3600 * 1_000_000);
        app.app.store.due_mail(later, 9).await.unwrap().first().is_some_and(|mail| mail.tries == 1)
    };
    until("it was tried", tried).await;
    assert_eq!(app.app.store.due_mail(app.app.clock.now(), 9).await.unwrap().len(), 0, "not again at once");
    assert_eq!(waiting(&app).await, 1);
    assert!(taken.lock().unwrap().is_empty());
    let (address, _) = server("550 nobody of that name").await;
    let app = with_one_mail(&address).await;
    until("it is given up", async || waiting(&app).await == 0).await;
}

#[tokio::test]
async fn nobody_waits_for_a_mail_server_that_is_not_there() {
    let app = with_one_mail("smtp://127.0.0.1:1").await;
    let room = app.conversation("c", 3, open_settings()).await;
    let browser = app.browser();
    assert_eq!(browser.post("/c/c/vote", &[("statement", "0"), ("choice", "agree")]).await.status(), 303);
    let tried = async || {
        let later = Timestamp(app.app.clock.now().0 + 3600 * 1_000_000);
        app.app.store.due_mail(later, 9).await.unwrap().first().is_some_and(|mail| mail.tries > 0)
    };
    until("it was tried", tried).await;
    drop(room);
    app.app.stop().await;
}

fn two_hours_later(app: &TestApp) -> boule::clock::Clock {
    let clock = app.app.clock.clone();
    boule::clock::Clock::from_fn(move || Timestamp(clock.now().0 + 2 * 3600 * 1_000_000))
}

#[tokio::test]
async fn heads_are_mailed_to_those_who_oversee_and_moderators_hear_of_what_waits_too_long() {
    use boule::conversation::{Act, Actor, Brief, Identity, RulesAct};
    use boule::domain::TokenHash;

    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    app.staff(Role::Overseer).await;
    app.staff_in(Role::Moderator, Scope::Conversation(room.conversation)).await;
    let board = room.board().await.unwrap();
    let mut brief = Brief { reason: "We promise it".into(), ..Brief::from(&board.contents.conversation) };
    brief.terms.moderated_within_hours = 1;
    // In three hours: in one, when somebody is told.
    brief.schedule.closes_at = Some(Timestamp(app.app.clock.now().0 + 3 * 3600 * 1_000_000));
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    let somebody = Identity::Token(TokenHash::of("somebody"));
    room.act(somebody, Act::submit("Plant more trees", None)).await.unwrap();
    let notifier = boule::notify::Notifier {
        rooms: app.app.rooms.clone(),
        store: app.app.store.clone(),
        clock: two_hours_later(&app),
        site: "https://vote.test.invalid".into(),
        locale: boule::texts::Locale::English,
    };
    notifier.write_what_is_due().await.unwrap();
    notifier.write_what_is_due().await.unwrap();
    let mut mails = app.app.store.due_mail(Timestamp(i64::MAX), 99).await.unwrap();
    mails.sort_by(|a, b| a.what.cmp(&b.what));
    let kinds: Vec<(&str, &str)> = mails.iter().map(|mail| (mail.what.as_str(), mail.to.as_str())).collect();
    let overseer = crate::app::address_of(Role::Overseer, Scope::Instance);
    let moderator = crate::app::address_of(Role::Moderator, Scope::Conversation(room.conversation));
    // Nobody organises just this one, and so the organisers of all of it are told; there are none but overseers.
    assert_eq!(kinds, [("heads", overseer.as_str()), ("waiting", moderator.as_str())]);
    assert!(mails[0].body.contains("instance ") && mails[0].body.contains(&room.conversation.to_string()));
    assert!(
        mails[1].body.contains("/m/c") && mails[1].body.contains("One statement has"),
        "{}",
        mails[1].body
    );
    assert!(!mails[1].body.contains("Plant more trees"), "no words of a statement travel by mail");
}
