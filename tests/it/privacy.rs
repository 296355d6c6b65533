//! What everybody sees must not tell who said what.

use boule::conversation::Identity;
use boule::domain::{Choice, StatementNumber, TokenHash};

use crate::app::{Asks, TestApp, open_settings};

/// A page without the white space that lays it out.
fn squeezed(page: &str) -> String {
    page.lines().map(str::trim).collect()
}

#[tokio::test]
async fn cells_seen_by_fewer_than_five_people_are_not_published() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 11, open_settings()).await;
    let vote = async |person: u32, statement: u32, choice| {
        let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
        room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
    };
    for person in 0..20 {
        for statement in 0..10 {
            let agrees = (statement % 2 == 0) == (person % 2 == 0);
            vote(person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
        }
    }
    // Four people of one group saw statement 10: too few to say what they think.
    for person in [0, 2, 4, 6] {
        vote(person, 10, Choice::Agree).await;
    }
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version == seq).await.unwrap();
    let rows = table(&app.browser().text("/c/c/results/statements").await);
    let row = rows.iter().find(|row| row[0] == "10").expect("it is listed");
    assert!(
        row.contains(&"too few people to show".to_owned()) && !row.contains(&"100%".to_owned()),
        "{row:?}"
    );
}

#[tokio::test]
async fn the_shared_frame_names_nobody_and_holds_no_exact_position() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    for person in 0..30u32 {
        for statement in 0..10u32 {
            let choice = Choice::ALL[((person * 7 + statement * person) % 3) as usize];
            let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
            room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
        }
    }
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version == seq).await.unwrap();
    let mut watcher = app.site("c").connect(None).await.unwrap();
    let frame = watcher.wait_for("map").await.unwrap();
    let text = frame.to_string();
    assert!(!text.contains("participant\"") && !text.contains("\"id\""), "{text}");
    let map = room.read(|state| state.map.map_for_tests().clone()).await.unwrap();
    let mut positions = 0;
    for person in map.participants.iter().filter_map(boule::opinion::MapParticipant::position) {
        for crowd in frame["cells"].as_array().unwrap() {
            assert_ne!([crowd[0].as_f64().unwrap(), crowd[1].as_f64().unwrap()], person);
            positions += 1;
        }
    }
    assert!(positions > 0);
}

#[tokio::test]
async fn votes_of_a_small_conversation_show_in_batches() {
    let app = TestApp::spawn().await;
    let settings = boule::conversation::Settings {
        results: boule::conversation::ResultsRule::Always,
        ..boule::conversation::Settings::default()
    };
    let room = app.conversation("c", 9, settings).await;
    let mut published = room.published();
    published.borrow_and_update();
    for statement in 0..4 {
        let identity = Identity::Token(TokenHash::of("one person"));
        room.cast_vote(identity, StatementNumber(statement), Choice::Agree, None).await.unwrap();
    }
    let soon = tokio::time::timeout(std::time::Duration::from_millis(1500), published.changed()).await;
    assert!(soon.is_err(), "four votes of one person were published");
    assert_eq!(published.borrow().counts.votes, 0);
}

async fn vote(room: &boule::live::RoomHandle, person: u32, statement: u32, choice: Choice) {
    let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
    room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
}

#[tokio::test]
async fn no_order_of_the_table_shows_what_it_hides() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 12, open_settings()).await;
    for (person, statement) in (0..20).flat_map(|p| (0..8).map(move |s| (p, s))) {
        vote(
            &room,
            person,
            statement,
            if (person + statement) % 2 == 0 { Choice::Agree } else { Choice::Disagree },
        )
        .await;
    }
    // Hidden: 8 has four agrees, 9 one disagree, 10 two agrees, 11 nothing.
    for (statement, people, choice) in
        [(8, 0..4, Choice::Agree), (9, 0..1, Choice::Disagree), (10, 0..2, Choice::Agree)]
    {
        for person in people {
            vote(&room, person, statement, choice).await;
        }
    }
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version == seq).await.unwrap();
    for sort in ["agree", "disagree", "votes", "gap", "number"] {
        let rows = table(&app.browser().text(&format!("/c/c/results/statements?sort={sort}")).await);
        let numbers: Vec<u32> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
        assert_eq!(&numbers[numbers.len() - 4..], [8, 9, 10, 11], "{sort}: {numbers:?}");
    }
}

#[tokio::test]
async fn a_published_agenda_keeps_the_results_rule() {
    let app = TestApp::spawn().await;
    let settings = boule::conversation::Settings {
        results: boule::conversation::ResultsRule::AtClose,
        ..open_settings()
    };
    let room = app.varied_conversation("c", 10, settings).await;
    for (person, statement) in (0..30).flat_map(|p| (0..10).map(move |s| (p, s))) {
        let agrees = statement == 9 || (person % 2 == 0) == (statement < 5);
        vote(&room, person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
    }
    let organiser = app.staff(boule::domain::Role::Organiser).await;
    organiser.post("/o/c/agenda", &[("places", "4")]).await;
    let draft = organiser.text("/o/c/agenda").await;
    assert!(draft.contains("Of everyone who voted on it"));
    assert!(draft.contains("The groups clearly differ on it"));
    organiser.publish_agenda("c").await;
    let open = app.browser().text("/c/c/agenda").await;
    assert!(open.contains("You will see here how people voted once you can see the results."));
    let items = open.split("class=\"agenda\"").nth(1).unwrap().split("</ol>").next().unwrap();
    assert!(!items.contains('%') && !items.contains("voted on it"), "{items}");
    assert!(items.contains("You will read why once") && !items.contains("majority"), "{items}");
    assert!(!open.contains("with enough votes"), "a figure of the results");
    assert!(
        open.contains("Other statements were chosen") && !open.contains("The groups clearly differ on it")
    );
    room.close().await.unwrap();
    let closed = app.browser().text("/c/c/agenda").await;
    assert!(closed.contains("30 people voted on it.") && closed.contains("The groups clearly differ on it"));
}

#[tokio::test]
async fn one_persons_changes_fill_no_batch() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, boule::conversation::Settings::default()).await;
    for (person, statement) in (0..10).flat_map(|p| (0..8).map(move |s| (p, s))) {
        vote(&room, person, statement, Choice::Agree).await;
    }
    let votes = |published: &boule::live::PublishedMap| published.counts.votes;
    room.published().wait_for(|published| votes(published) >= 75).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    let before = votes(&room.latest());
    // Five changes and more, of one person, and one of another.
    for _ in 0..3 {
        vote(&room, 0, 8, Choice::Agree).await;
        vote(&room, 0, 8, Choice::Disagree).await;
        vote(&room, 0, 9, Choice::Agree).await;
        vote(&room, 0, 9, Choice::Pass).await;
    }
    vote(&room, 1, 9, Choice::Disagree).await;
    tokio::time::sleep(std::time::Duration::from_secs(7)).await;
    assert_eq!(votes(&room.latest()), before, "two people's votes show");
    for person in 2..5 {
        vote(&room, person, 9, Choice::Disagree).await;
    }
    room.published().wait_for(|published| votes(published) > before).await.unwrap();
}

#[tokio::test]
async fn an_ack_does_not_tell_how_much_others_do() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    let site = boule::cli::client::Site::new(app.app.address.to_string(), "c", None);
    let (ticket, _) = site.join(None).await.unwrap();
    let mut client = site.connect(Some(&ticket)).await.unwrap();
    let mut seqs = Vec::new();
    for statement in 0..4 {
        for person in 0..7 {
            vote(&room, person, statement, Choice::Agree).await;
        }
        seqs.push(client.vote(u64::from(statement), Choice::Agree).await.unwrap()["seq"].as_u64().unwrap());
    }
    assert_eq!(seqs, [1, 2, 3, 4]);
}

/// The cells of the table of all statements, row by row, without what only lays them out.
fn table(page: &str) -> Vec<Vec<String>> {
    let page = squeezed(page);
    let body = page.split("<tbody>").nth(1).expect("a table").split("</tbody>").next().unwrap();
    let text =
        |cell: &str| cell.split('>').skip(1).map(|part| part.split('<').next().unwrap()).collect::<String>();
    let cells = |row: &str| row.replace("</th>", "</td>").split("</td>").map(text).collect::<Vec<_>>();
    let rows = body.split("<tr>").skip(1).map(cells);
    rows.map(|row| row.into_iter().filter(|text| !text.is_empty()).collect()).collect()
}

/// The rows of a file of results, by the names of its columns.
fn file(csv: &str) -> Vec<std::collections::HashMap<String, String>> {
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    lines.map(|line| head.iter().cloned().zip(line).collect()).collect()
}

#[tokio::test]
async fn i10_pages_and_frames_hold_no_count_that_the_table_hides() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 14, open_settings()).await;
    for (person, statement) in (0..24).flat_map(|p| (0..14).map(move |s| (p, s))) {
        // From 10 on only some of one camp, and two of the other, see a statement.
        let sees = statement < 10 || person < 2 * (statement - 8);
        if sees && (person * 7 + statement * 3) % 9 != 0 {
            let agrees = (person % 2 == 0) == (statement % 3 == 0);
            vote(&room, person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
        }
    }
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version == seq).await.unwrap();
    let board = room.board().await.unwrap();
    let results = board.results().await;
    let mut hidden = 0;
    let percents = |cell: &Option<boule::disclosure::PublicTally>| cell.map(|cell| cell.percents());
    for sort in ["agree", "disagree", "votes", "gap", "number"] {
        let rows = table(&app.browser().text(&format!("/c/c/results/statements?sort={sort}")).await);
        assert_eq!(rows.len(), 14);
        for row in rows {
            let cells = &results.statement(StatementNumber(row[0].parse().unwrap())).unwrap().cells;
            let mut expected: Vec<String> = match percents(&cells.overall) {
                Some(shares) => shares.map(|share| format!("{share}%")).to_vec(),
                None => vec!["too few people to show".into()],
            };
            expected.extend(cells.groups.iter().map(|cell| match percents(cell) {
                Some([agree, ..]) => format!("{agree}%"),
                None => "–".into(),
            }));
            expected.push(cells.overall.map_or("–".into(), |all| all.n().to_string()));
            hidden += cells.groups.iter().filter(|cell| cell.is_none()).count();
            // The first two cells are the number and the words.
            assert_eq!(row[2..], expected, "{row:?}");
        }
    }
    let rows = file(&app.browser().text("/c/c/results.csv").await);
    assert_eq!(rows.len(), 14);
    for row in &rows {
        let cells = &results.statement(StatementNumber(row["number"].parse().unwrap())).unwrap().cells;
        let labels = results.groups.iter().map(|group| format!("group_{}_", group.label));
        let told = std::iter::once(String::new()).chain(labels);
        for (of, cell) in told.zip(std::iter::once(&cells.overall).chain(&cells.groups)) {
            let votes = cell.map(|cell| cell.votes());
            let told = |answer: &str| row[&format!("{of}{answer}")].parse::<u32>().ok();
            assert_eq!(told("agree"), votes.map(|votes| votes.agree), "{row:?}");
            assert_eq!(told("pass"), votes.map(|votes| votes.pass), "{row:?}");
            assert_eq!(told("disagree"), votes.map(|votes| votes.disagree), "{row:?}");
        }
    }
    let json: serde_json::Value =
        serde_json::from_str(&app.browser().text("/c/c/results.json").await).unwrap();
    for (statement, row) in json["statements"].as_array().unwrap().iter().zip(&rows) {
        assert_eq!(statement["number"].to_string(), row["number"]);
        assert_eq!(
            statement["votes"]["agree"].as_u64().map(|n| n.to_string()).unwrap_or_default(),
            row["agree"]
        );
        assert_eq!(statement["groups"][0].is_null(), row["group_A_agree"].is_empty());
    }
    assert!(hidden > 0, "nothing was hidden");
    let mut watcher = app.site("c").connect(None).await.unwrap();
    let frame = watcher.wait_for("map").await.unwrap();
    let people: Vec<u64> =
        frame["cells"].as_array().unwrap().iter().map(|crowd| crowd[3].as_u64().unwrap()).collect();
    assert!(!people.is_empty() && people.iter().all(|people| *people >= 5), "{people:?}");
}

#[tokio::test]
async fn in_batches_the_votes_on_a_statement_are_counted_together() {
    let app = TestApp::spawn().await;
    let settings = boule::conversation::Settings {
        results: boule::conversation::ResultsRule::Always,
        ..boule::conversation::Settings::default()
    };
    let room = app.conversation("c", 4, settings).await;
    let votes_on = async |statement: u32| {
        let results = room.board().await.unwrap().results().await;
        results.statement(StatementNumber(statement)).unwrap().cells.overall.map(|cell| cell.n())
    };
    let until = async |all: u64| {
        room.published().wait_for(|published| published.counts.votes == all).await.unwrap();
    };
    for person in 0..6 {
        vote(&room, person, 0, Choice::Agree).await;
    }
    until(6).await;
    assert_eq!((votes_on(0).await, votes_on(1).await), (Some(6), None));
    // Six more people, of whom four vote on the first statement: by their difference four would be known.
    for person in 6..12 {
        vote(&room, person, u32::from(person >= 10), Choice::Disagree).await;
    }
    until(12).await;
    assert_eq!(votes_on(0).await, Some(6), "the four wait for a fifth");
    for person in 12..17 {
        vote(&room, person, 0, Choice::Pass).await;
    }
    until(17).await;
    assert_eq!(votes_on(0).await, Some(15));
    vote(&room, 0, 0, Choice::Pass).await;
    room.close().await.unwrap();
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|published| published.version >= seq).await.unwrap();
    assert_eq!((votes_on(0).await, votes_on(1).await), (Some(15), None), "the end counts everything");
    let passes = room.board().await.unwrap().results().await;
    assert_eq!(passes.statement(StatementNumber(0)).unwrap().cells.overall.unwrap().votes().pass, 6);
}
