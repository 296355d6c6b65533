//! Who may do what: role links, moderators, organisers, overseers.

use boule::conversation::Settings;
use boule::domain::Role;

use crate::app::{TestApp, numbers_of_items, open_settings, unlike};

const NEW: [(&str, &str); 5] = [
    ("slug", "new"),
    ("question", "What now?"),
    ("organiser", "The council"),
    ("results", "always"),
    ("moderation", "before"),
];

#[tokio::test]
async fn a_cookie_of_a_session_that_is_over_ends_no_socket() {
    use futures_util::StreamExt;
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let app = TestApp::spawn().await;
    app.conversation("c", 1, open_settings()).await;
    let mut request = format!("ws://{}/ws/v1/c", app.app.address).into_client_request().unwrap();
    let old = "boule-staff=00112233445566778899aabbccddeeff";
    request.headers_mut().insert("cookie", old.parse().unwrap());
    request.headers_mut().insert("origin", app.base().parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    use futures_util::SinkExt;
    let hello = tokio_tungstenite::tungstenite::Message::text(r#"{"t":"hello","v":1}"#);
    socket.send(hello).await.unwrap();
    let mut closed = false;
    while let Ok(Some(Ok(message))) =
        tokio::time::timeout(std::time::Duration::from_millis(700), socket.next()).await
    {
        closed |= message.is_close();
    }
    assert!(!closed, "a session of another day closed the socket");
}

#[tokio::test]
async fn every_staff_route_is_closed_to_every_role_that_may_not_use_it() {
    let app = TestApp::spawn().await;
    app.conversation("c", 2, Settings::default()).await;
    // Route, form, and who is let through.
    const MODERATOR: &str = "moderator";
    const ORGANISER: &str = "organiser";
    let seers_m: &[&str] = &["overseer", MODERATOR, ORGANISER];
    let seers_o: &[&str] = &["overseer", ORGANISER];
    type Form = &'static [(&'static str, &'static str)];
    type Route = (&'static str, &'static str, Form, &'static [&'static str]);
    const MANY: [(&str, &str); 3] = [("decision", "rule-0"), ("first", "900"), ("last", "901")];
    const RENAME: [(&str, &str); 1] = [("slug", "another")];
    const SEED: [(&str, &str); 2] = [("statement", "0"), ("change", "later")];
    let routes: [Route; 23] = [
        ("GET", "/m", &[], seers_m),
        ("GET", "/m/c", &[], seers_m),
        ("POST", "/m/c/moderate", &[("statement", "0"), ("decision", "accept")], &[MODERATOR, ORGANISER]),
        ("GET", "/o", &[], seers_o),
        ("GET", "/o/c", &[], seers_o),
        ("GET", "/o/c/agenda", &[], seers_o),
        ("POST", "/o", &NEW, &[ORGANISER]),
        ("POST", "/o/c/seed", &[("text", "A new seed")], &[ORGANISER]),
        ("POST", "/o/c/close", &[], &[ORGANISER]),
        ("POST", "/o/c/open", &[], &[ORGANISER]),
        ("POST", "/o/c", &NEW, &[ORGANISER]),
        ("POST", "/o/c/agenda", &[("places", "3")], &[ORGANISER]),
        ("POST", "/o/c/agenda/publish", &[], &[ORGANISER]),
        ("POST", "/o/c/seeds", &[], &[ORGANISER]),
        ("POST", "/o/c/seeds/add", &[], &[ORGANISER]),
        ("POST", "/o/c/seeds/change", &SEED, &[ORGANISER]),
        ("POST", "/o/c/rename", &RENAME, &[ORGANISER]),
        ("POST", "/o/c/delete", &RENAME, &[ORGANISER]),
        ("POST", "/m/c/curate", &[("act", "meta"), ("statement", "0")], &[MODERATOR, ORGANISER]),
        ("POST", "/m/c/moderate-many", &MANY, &[MODERATOR, ORGANISER]),
        ("GET", "/m/c/leave-out?whom=straight", &[], seers_m),
        ("POST", "/m/c/leave-out", &[("whom", "straight")], &[MODERATOR, ORGANISER]),
        ("POST", "/m/c/count-again", &[("set", "1")], &[MODERATOR, ORGANISER]),
    ];
    let mut checked = 0;
    for (name, role) in [
        ("nobody", None),
        ("overseer", Some(Role::Overseer)),
        (MODERATOR, Some(Role::Moderator)),
        (ORGANISER, Some(Role::Organiser)),
    ] {
        let browser = match role {
            Some(role) => app.staff(role).await,
            None => app.browser(),
        };
        for (method, path, form, allowed) in routes {
            let answer =
                if method == "GET" { browser.get(path).await } else { browser.post(path, form).await };
            let status = answer.status().as_u16();
            if allowed.contains(&name) {
                assert!(status < 404 || status == 422, "{name} {method} {path}: {status}");
                assert_ne!(status, 403, "{name} {method} {path}");
            } else {
                // Who has no account is asked to sign in; an upload that is no upload is refused before that.
                let refused: &[u16] = if name == "nobody" { &[303, 401] } else { &[403] };
                assert!(
                    refused.contains(&status) || (path.starts_with("/o/c/seeds") && status == 400),
                    "{name} {method} {path}: {status}"
                );
            }
            checked += 1;
        }
    }
    assert_eq!(checked, 92);
}

#[tokio::test]
async fn a_moderator_accepts_rejects_with_a_reason_and_undoes() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let author = app.browser();
    author.post("/c/c/submit", &[("text", "Plant fruit trees.")]).await;
    author.post("/c/c/submit", &[("text", "Buy my lamps.")]).await;
    let moderator = app.staff(Role::Moderator).await;
    let queue = moderator.text("/m/c").await;
    assert!(queue.contains("Waiting: 2") && queue.contains("Plant fruit trees."));
    let accepted = [("statement", "1"), ("decision", "accept")];
    let location = moderator.post("/m/c/moderate", &accepted).await.headers()["location"].clone();
    assert!(location.to_str().unwrap().starts_with("/m/c?at=2&done=1&seq="), "{location:?}");
    let rejected = moderator.post("/m/c/moderate", &[("statement", "2"), ("decision", "rule-6")]).await;
    let done = rejected.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(
        moderator.post("/m/c/moderate", &[("statement", "2"), ("decision", "because")]).await.status(),
        422
    );
    assert!(moderator.text(&done).await.contains("Undo"));
    let mine = author.text("/c/c/mine").await;
    assert!(mine.contains("Accepted: others can vote on it."));
    assert!(mine.contains("Not accepted:") && mine.contains("It is an advertisement"));
    moderator.post("/m/c/moderate", &[("statement", "2"), ("decision", "pending")]).await;
    assert!(author.text("/c/c/mine").await.contains("Waiting for a moderator."));
}

#[tokio::test]
async fn an_organiser_makes_seeds_opens_drafts_moves_and_publishes() {
    let app = TestApp::spawn().await;
    let organiser = app.staff(Role::Organiser).await;
    assert_eq!(organiser.post("/o", &NEW).await.headers()["location"], "/o/new");
    let taken = organiser.post("/o", &NEW).await;
    assert_eq!(taken.status(), 422);
    assert!(taken.text().await.unwrap().contains("Another conversation already has the address “new”"));
    let mut bad = NEW;
    bad[0].1 = "../etc";
    assert_eq!(organiser.post("/o", &bad).await.status(), 422);
    for seed in 0..9 {
        let text = unlike(seed);
        assert_eq!(organiser.post("/o/new/seed", &[("text", &text)]).await.status(), 303);
    }
    assert_eq!(organiser.post("/o/new/seed", &[("text", &unlike(1))]).await.status(), 422);
    organiser.post("/o/new/open", &[]).await;
    for person in 0..20 {
        let browser = app.browser();
        for seed in 0..9 {
            let choice = if seed < 3 || (seed % 2 == 0) == (person % 2 == 0) { "agree" } else { "disagree" };
            let statement = seed.to_string();
            browser.post("/c/new/vote", &[("statement", &statement), ("choice", choice)]).await;
        }
    }
    organiser.post("/o/new/close", &[]).await;
    assert_eq!(organiser.post("/o/new/agenda", &[("places", "0")]).await.status(), 422);
    assert_eq!(organiser.post("/o/new/agenda", &[("places", "4")]).await.status(), 303);
    let draft = organiser.text("/o/new/agenda").await;
    assert!(
        draft.contains("Agenda, not published yet")
            && draft.contains("A clear majority of every group agrees")
    );
    assert!(app.browser().text("/c/new/agenda").await.contains("No agenda has been published yet"));
    let items = numbers_of_items(&draft);
    assert_eq!(items.len(), 4);
    assert_eq!(organiser.press("new", &format!("up-{}", items[1]), &[]).await.status(), 303);
    assert_eq!(
        organiser.press("new", &format!("up-{}", items[1]), &[]).await.status(),
        422,
        "it is the first now"
    );
    let reason = format!("reason-{}", items[3]);
    let why = [(reason.as_str(), "Nothing to decide")];
    assert_eq!(organiser.press("new", &format!("remove-{}", items[3]), &why).await.status(), 303);
    assert_eq!(organiser.publish_agenda("new").await.headers()["location"], "/c/new/agenda");
    let agenda = app.browser().text("/c/new/agenda").await;
    assert!(agenda.contains("version 1") && agenda.contains("from place 2 to place 1."));
    assert!(
        agenda.contains("Taken off by the organiser") && agenda.contains("The reason: Nothing to decide")
    );
    assert_eq!(numbers_of_items(&agenda)[0], items[1]);
    assert_eq!(organiser.publish_agenda("new").await.status(), 422, "it is published as it stands");
}

#[tokio::test]
async fn a_file_of_seeds_is_read_before_anything_is_added() {
    let app = TestApp::spawn().await;
    let room = app.draft("c", open_settings()).await;
    let organiser = app.staff(Role::Organiser).await;
    let send = async |file: &[u8]| {
        let mut body =
            b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n".to_vec();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request =
            organiser.http.post(format!("{}/o/c/seeds", organiser.base)).header("origin", &organiser.base);
        request.header("content-type", "multipart/form-data; boundary=x").body(body).send().await.unwrap()
    };
    let long = "x".repeat(300);
    let file = format!("Nr;Aussage\n1;Plant trees\n2;Fewer cars, please\n3;{long}\n4;plant TREES.\n");
    let preview = send(file.as_bytes()).await;
    assert_eq!(preview.status(), 200);
    let preview = preview.text().await.unwrap();
    assert!(
        preview.contains("2 of 4 lines will be added") && preview.contains("Add 2 statements"),
        "{preview}"
    );
    assert!(preview.contains("This has 300 characters. Please keep it to 280"));
    assert!(preview.contains("Same as line 2") && preview.contains("column “Aussage”"));
    let count = async || room.read(|state| state.desk.record.statements.len()).await.unwrap();
    assert_eq!(count().await, 0, "nothing is added before it was looked at");
    let add = async |statements: &str| {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"statements\"\r\n\r\n{statements}\r\n--x--\r\n"
        );
        let request = organiser.http.post(format!("{}/o/c/seeds/add", organiser.base));
        let request = request.header("origin", &organiser.base);
        request.header("content-type", "multipart/form-data; boundary=x").body(body).send().await.unwrap()
    };
    let both = r#"["Plant trees","Fewer cars, please"]"#;
    assert_eq!(add(both).await.headers()["location"], "/o/c?added=2&here=0#seeds");
    assert_eq!(add(both).await.headers()["location"], "/o/c?added=0&here=2#seeds", "sent twice");
    let bad = add(&format!(r#"["A third one","{long}"]"#)).await;
    assert_eq!((bad.status().as_u16(), count().await), (422, 2), "all or none");
    assert!(bad.text().await.unwrap().contains("Nothing was added."));
    let again = send(b"text\nPlant trees\nA third one\n").await.text().await.unwrap();
    assert!(again.contains("1 of 2 lines will be added") && again.contains("Already here, as No. 1"));

    let asked = send(b"a;b\nc;d\n").await;
    assert_eq!(asked.status(), 200);
    assert!(asked.text().await.unwrap().contains("Which column holds the statements?"));
    for (file, why) in [
        (&b"text\n\x00\xff\n"[..], "neither a text file"),
        (b"text\n\"An unclosed statement\nSecond\n", "Line 2: a quotation mark is opened here"),
        (b"text\n", "no statements"),
    ] {
        let bad = send(file).await;
        assert_eq!(bad.status(), 422);
        let page = bad.text().await.unwrap();
        assert!(page.contains(why), "{why}: {page}");
    }
    assert_eq!(count().await, 2);
}
