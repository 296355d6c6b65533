//! Stored logs of each released format are read for ever: opened, folded, checked, exported and brought in
//! again. The log of this format is made by every act there is.
//!
//! `WRITE_LOG=1 cargo test --test it logs::` writes `tests/logs/format-1` anew, which is only right
//! before a format is released.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use boule::conversation::{
    Act, Actor, Admission, AgendaAct, AgendaEdit, AgendaTriggers, Ballot, Brief, Channel, CurationAct,
    EventBody, ExclusionAct, ExclusionBasis, ForgettingAct, Freeze, Identity, Influence, Language,
    MembershipAct, ModerationAct, ModerationTarget, PublishingAct, RecordedActor, RulesAct, Schedule,
    SeedsAct, Settings, StatementsAct, Submission, TermsBrief, Threshold, Tier,
};
use boule::domain::{
    Choice, ItemNumber, Moderation, ParticipantNumber, Role, Seq, Slug, StaffNumber, StatementNumber,
    Timestamp, TokenHash,
};
use boule::live::{RoomHandle, Saved};
use boule::store::{DataDir, Store};

use crate::app::TestApp;

fn stored_logs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs")
}

fn person(number: u32) -> Identity {
    Identity::Token(TokenHash::of(&format!("person {number}")))
}

/// A statement, counted from 0 as they were written.
fn statement(place: u32) -> StatementNumber {
    StatementNumber(place + 1)
}

/// Asks for an act that must succeed.
async fn done(room: &RoomHandle, actor: impl Into<Actor>, act: impl Into<Act>) -> Saved {
    room.act(actor, act).await.unwrap()
}

async fn words_of(room: &RoomHandle, number: u32) -> String {
    let token = TokenHash::of(&format!("person {number}"));
    let own = room.read(move |state| {
        let participant = state.desk.participant_of(&token)?;
        let mut own = state.desk.record.statements.values().filter_map(|s| s.words_of(participant));
        own.next_back().map(|words| words.commitment().to_owned())
    });
    own.await.unwrap().unwrap()
}

fn brief() -> Brief {
    Brief {
        question: "What should become of the riverside?".into(),
        description: "First paragraph.\nSecond paragraph.".into(),
        organiser: "The council".into(),
        promise: "The council answers the ten statements with the broadest agreement.".into(),
        policy: vec!["It is not about the question".into(), "It attacks people".into()],
        // In the year 2100: nothing happens by itself before.
        schedule: Schedule {
            opens_at: Some(Timestamp(4_102_444_800_000_000)),
            closes_at: Some(Timestamp(4_102_444_900_000_000)),
            forgets_at: Some(Timestamp(4_102_445_000_000_000)),
        },
        settings: Settings::default(),
        terms: TermsBrief {
            erases_votes: true,
            releases_rows: true,
            moderated_within_hours: 48,
            decides: "The council".into(),
            influence: Some(Influence::Involve),
            in_scope: "The banks".into(),
            out_of_scope: "The bridge".into(),
            minutes: 10,
            languages: vec![Language::parse("de").unwrap()],
            steps: vec![(None, "The council answers".into(), Timestamp(4_103_000_000_000_000))],
            last_answered: 0,
        },
        reason: String::new(),
    }
}

/// What an organiser does before it opens. The room must be asked for again after the change of address.
async fn prepare(app: &TestApp, organiser: StaffNumber) -> RoomHandle {
    let slug = |name: &str| Slug::parse(name).unwrap();
    let rooms = &app.app.rooms;
    let deleted = rooms.create(RecordedActor::Staff(organiser), slug("mistake"), &brief()).await.unwrap();
    done(&deleted, Actor::staff(organiser), RulesAct::Delete).await;
    let over = rooms.create(RecordedActor::Staff(organiser), slug("over"), &brief()).await.unwrap();
    done(&over, Actor::staff(organiser), Act::open()).await;
    done(&over, person(1), Act::submit("Nobody will see this", None)).await;
    done(&over, Actor::System, ForgettingAct::Links).await;
    let planned = ForgettingAct::PlanDeletion(Some(Timestamp(4_200_000_000_000_000)));
    done(&over, Actor::staff(organiser), planned).await;
    let room = rooms.create(RecordedActor::Staff(organiser), slug("first-name"), &brief()).await.unwrap();
    let staff = || Actor::in_role(organiser, Role::Organiser).because("Agreed with the mayor's office");
    done(&room, staff(), Act::seed("Plant trees along the water", false)).await;
    done(&room, staff(), Act::seed("I live by the river", true)).await;
    let many = [
        "Build a cafe",
        "Keep the car park",
        "Close the road on Sundays",
        "Light the path",
        "Allow dogs",
        "Open a beach",
        "Put up a stage",
        "Pave everything",
    ];
    done(&room, staff(), SeedsAct::AddMany(many.map(String::from).to_vec())).await;
    done(&room, staff(), SeedsAct::Edit { statement: statement(2), text: "Build a café".into() }).await;
    done(&room, staff(), SeedsAct::Move { statement: statement(4), earlier: true }).await;
    done(&room, staff(), SeedsAct::Remove { statement: statement(9) }).await;
    let settings = Settings { after_n: 3, ..Settings::default() };
    done(&room, staff(), RulesAct::Change(Box::new(Brief { settings, ..brief() }))).await;
    done(&room, staff(), RulesAct::Rename(slug("riverside"))).await;
    rooms.room(&slug("riverside")).await.unwrap()
}

/// What people do while it is open.
async fn take_part(room: &RoomHandle, moderator: StaffNumber) {
    let admission = Admission { tier: Tier::Invited, channel: Channel::parse("letter"), read_first: true };
    done(room, person(0), MembershipAct::Join(admission)).await;
    for number in 1..12 {
        done(room, person(number), Act::join()).await;
    }
    for (number, seed) in (0..12).flat_map(|number| (0..9).map(move |seed| (number, seed))) {
        let choice = if (number < 6) == (seed % 2 == 0) { Choice::Agree } else { Choice::Disagree };
        let choice = if seed == 4 && number % 3 == 0 { Choice::Pass } else { choice };
        let (important, pack) = (number == 2 && seed == 0, u32::from(number == 3));
        done(room, person(number), Ballot { important, pack, ..Ballot::new(statement(seed), choice) }).await;
    }
    done(room, person(5), Ballot::new(statement(3), Choice::Pass)).await;
    let assign =
        |participant, cohort: &str| MembershipAct::AssignCohort { participant, cohort: cohort.into() };
    let first =
        room.read(|state| state.desk.record.participants.keys().min().copied()).await.unwrap().unwrap();
    done(room, Actor::staff(moderator), assign(first, "Drawn by lot")).await;
    let place = MembershipAct::StatePlace { place: "North bank".into() };
    done(room, Identity::Participant(first), place).await;

    let submit = |text: &str| Act::submit(text, None);
    let german = Submission { language: Language::parse("de"), ..Submission::new("Mehr Bänke am Ufer") };
    done(room, person(1), StatementsAct::Submit(german)).await;
    done(room, person(2), submit("More benches")).await;
    done(room, person(3), submit("more benches.")).await;
    done(room, person(4), submit("Buy my lamps")).await;
    done(room, person(5), submit("Shut the hole place")).await;
    done(room, person(6), submit("Never mind")).await;
    let words = words_of(room, 5).await;
    done(room, person(5), StatementsAct::Reword { words, new: Submission::new("Shut the whole place") })
        .await;
    let words = words_of(room, 6).await;
    done(room, person(6), StatementsAct::Withdraw { words }).await;
    // Who submitted the same keeps what the first takes back.
    let words = words_of(room, 2).await;
    done(room, person(2), StatementsAct::Withdraw { words }).await;
    let staff = || Actor::staff(moderator);
    done(room, staff(), Act::moderate(statement(10), Moderation::Accepted, None)).await;
    done(room, staff(), Act::moderate(statement(11), Moderation::Accepted, None)).await;
    let rest = ModerationTarget::Waiting { first: statement(12), last: statement(99) };
    let many =
        done(room, staff(), ModerationAct::Decide { which: rest, to: Moderation::Rejected, rule: Some(1) })
            .await;
    assert_eq!(many.counts().0, 2);
    let undone = ModerationTarget::Decided { was: Moderation::Rejected, after: many.after, last: many.seq };
    done(room, staff(), ModerationAct::Decide { which: undone, to: Moderation::Pending, rule: None }).await;
    done(room, staff(), Act::moderate(statement(13), Moderation::Rejected, Some(0))).await;
    done(room, person(0), Ballot::new(statement(11), Choice::Agree)).await;
    curate(room, moderator).await;
    done(room, person(4), ForgettingAct::Own).await;
}

/// What moderators do beside accepting and rejecting.
async fn curate(room: &RoomHandle, moderator: StaffNumber) {
    let staff = || Actor::staff(moderator);
    let from = statement(11);
    let seen =
        room.read(move |state| state.desk.record.statements[&from].decision.unwrap().seq).await.unwrap();
    let texts = vec!["More benches in the park".into(), "More benches at the bus stop".into()];
    done(room, staff(), CurationAct::Derive { from, seen, texts }).await;
    done(room, staff(), CurationAct::Merge { statement: statement(1), into: Some(statement(0)) }).await;
    done(room, staff(), CurationAct::Merge { statement: statement(1), into: None }).await;
    done(room, staff(), CurationAct::Classify { statement: statement(10), meta: true }).await;
    done(room, staff(), CurationAct::Pin { statement: statement(2), hours: 24 }).await;
    done(room, staff(), CurationAct::Hold { statement: statement(10), held: true }).await;
    done(room, staff(), CurationAct::Pause { paused: true }).await;
    done(room, staff(), CurationAct::Pause { paused: false }).await;
    let people: Vec<_> = (1..7).map(ParticipantNumber).collect();
    let reason = "They came at once".to_owned();
    let exclude = ExclusionAct::Exclude { people, basis: ExclusionBasis::Burst, reason };
    let first = done(room, staff(), exclude).await;
    done(room, staff(), ExclusionAct::Include { set: first.seq }).await;
}

/// What the organiser publishes beside the results.
async fn publish(room: &RoomHandle, organiser: StaffNumber) {
    let staff = || Actor::staff(organiser);
    done(room, staff(), PublishingAct::Headline("More trees, said most".into())).await;
    done(room, staff(), PublishingAct::Information("The park has 12 trees.".into())).await;
    let results = room.snapshot_document().await.unwrap();
    done(room, staff(), PublishingAct::Snapshot(Box::new(results))).await;
    // Rows are of the last map, which may still be on its way after the close.
    let mut rows = room.rows_document().await;
    for _ in 0..200 {
        if rows.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        rows = room.rows_document().await;
    }
    done(room, staff(), PublishingAct::Rows(Box::new(rows.unwrap()))).await;
}

/// What comes of it.
async fn conclude(room: &RoomHandle, organiser: StaffNumber) {
    let staff = || Actor::staff(organiser);
    done(room, staff(), Act::close()).await;
    done(room, staff(), Act::open()).await;
    done(room, staff(), Act::close()).await;
    let later = Brief { promise: "By May".into(), reason: "The election".into(), ..brief() };
    done(room, staff(), RulesAct::Change(Box::new(later))).await;
    done(room, staff(), RulesAct::Answer { step: 1, text: "They did.".into() }).await;
    let (votes, seq) = room.read(|state| (state.votes(), state.desk.record.seq)).await.unwrap();
    let map = boule::opinion::compute(&votes, &boule::opinion::CheckedParams::default());
    let rule = boule::domain::ModerationRule::Before;
    let bench = boule::assembly::Bench::new(&votes, &map, seq, rule, 4, &boule::assembly::Likeness::none());
    let proposal = bench.propose();
    assert!(proposal.items.len() > 2, "{proposal:?}");
    done(room, staff(), AgendaAct::Draft(Box::new(proposal))).await;
    let edit = |edit| AgendaAct::Edit { was: None, edit: Box::new(edit), op: None };
    let [first, second] = [1, 2].map(ItemNumber);
    done(room, staff(), edit(AgendaEdit::Move { item: second, to: 1 })).await;
    done(room, staff(), edit(AgendaEdit::Remove { item: first, reason: Some("Nothing to decide".into()) }))
        .await;
    done(room, staff(), edit(AgendaEdit::Undo)).await;
    let text = Some("How do we get more trees?".to_owned());
    done(room, staff(), edit(AgendaEdit::Question { item: second, text })).await;
    done(
        room,
        staff(),
        AgendaAct::Comment { item: Some(second), text: "The parks office comes".into(), op: None },
    )
    .await;
    let threshold = Threshold { share: 50, base: 100_000, of: "people who live here".into() };
    let rule = Freeze { at: Timestamp(4_000_000_000_000_000), places: 4 };
    let freeze = Some(rule);
    let triggers = AgendaTriggers { freeze, threshold: Some(threshold) };
    done(room, staff(), AgendaAct::Triggers(Box::new(triggers))).await;
    let items = room.read(|state| {
        let draft = state.desk.record.agenda.draft.as_ref().unwrap();
        draft.agenda.items.iter().map(|item| item.numbers().collect()).collect::<Vec<_>>()
    });
    let audit = Some(Box::new(bench.coverage(&items.await.unwrap())));
    done(room, staff(), AgendaAct::Publish { revision: 5, audit }).await;
    done(room, staff(), AgendaAct::Freeze { proposal: Box::new(bench.propose()), rule }).await;
}

/// A data directory whose conversations hold every kind of event.
async fn every_act() -> tempfile::TempDir {
    let app = TestApp::spawn().await;
    let (organiser, moderator) =
        (app.account("ada@test.invalid").await, app.account("grace@test.invalid").await);
    let room = prepare(&app, organiser).await;
    done(&room, Actor::staff(organiser), Act::open()).await;
    take_part(&room, moderator).await;
    conclude(&room, organiser).await;
    publish(&room, organiser).await;
    drop(room);
    app.app.stop().await;
    app.dir
}

/// The kinds of events of all conversations, and what a stranger would note down of each log: its name,
/// its last event and that event's hash.
async fn look(dir: &Path) -> (BTreeSet<String>, Vec<String>) {
    let data = DataDir::lock(dir).unwrap();
    let store = Store::open(&data).await.unwrap();
    let (mut kinds, mut heads) = (BTreeSet::new(), Vec::new());
    for (id, name) in store.stored_conversations().await.unwrap() {
        let rows = store.stored_events(id, Seq(0), u32::MAX).await.unwrap();
        kinds.extend(rows.into_iter().map(|row| row.kind));
        let record = store.record_of(id).await.unwrap().unwrap();
        let (votes, people) = record.totals();
        heads.push(format!(
            "{} {} {} votes {votes} people {people} statements {}",
            name.as_deref().unwrap_or("-"),
            record.seq,
            record.head,
            record.kept().count()
        ));
    }
    store.close().await;
    heads.sort();
    (kinds, heads)
}

fn run(arguments: &[&str], dir: &Path) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boule"));
    let output = command.args(arguments).arg("--data").arg(dir).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.path().join(path.file_name().unwrap())).unwrap();
    }
    to
}

#[tokio::test]
async fn every_kind_of_event_comes_of_an_act_and_is_found_good() {
    let dir = every_act().await;
    let (kinds, heads) = look(dir.path()).await;
    let all: BTreeSet<String> = EventBody::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    assert_eq!(kinds, all);
    let (code, text) = run(&["check"], dir.path());
    assert_eq!(code, Some(0), "{text}");
    if std::env::var_os("WRITE_LOG").is_some() {
        let to = stored_logs().join("format-1");
        std::fs::create_dir_all(&to).unwrap();
        std::fs::copy(dir.path().join("boule.sqlite"), to.join("boule.sqlite")).unwrap();
        std::fs::write(to.join("heads.txt"), heads.join("\n") + "\n").unwrap();
    }
}

#[tokio::test]
async fn stored_logs_are_opened_folded_checked_exported_and_brought_in_again() {
    let mut read = 0;
    for entry in std::fs::read_dir(stored_logs()).unwrap() {
        let stored = entry.unwrap().path();
        if !stored.is_dir() {
            continue;
        }
        let dir = copy(&stored);
        let (_, heads) = look(dir.path()).await;
        let expected = std::fs::read_to_string(stored.join("heads.txt")).unwrap();
        assert_eq!(heads.join("\n") + "\n", expected, "{}", stored.display());
        let (code, text) = run(&["check"], dir.path());
        assert_eq!(code, Some(0), "{}: {text}", stored.display());
        let (files, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let out = files.path().join("export");
        let (code, text) = run(&["export", "riverside", "--out", out.to_str().unwrap()], dir.path());
        assert_eq!(code, Some(0), "{text}");
        let (code, text) =
            run(&["import", "polis", out.to_str().unwrap(), "--slug", "riverside"], again.path());
        assert_eq!(code, Some(0), "{text}");
        let (_, brought_in) = look(again.path()).await;
        let counts = |heads: &[String]| {
            let line = heads.iter().find(|line| line.starts_with("riverside")).unwrap();
            line.split_once(" votes ").unwrap().1.to_owned()
        };
        assert_eq!(counts(&brought_in), counts(&heads), "votes, people and statements are the same");
        read += 1;
    }
    assert!(read > 0, "no log is stored");
}

#[tokio::test]
async fn a_log_from_before_the_first_format_is_refused_in_one_clear_sentence() {
    let dir = tempfile::tempdir().unwrap();
    drop(DataDir::lock(dir.path()).unwrap());
    let old = "CREATE TABLE conversation (id BIGINT NOT NULL PRIMARY KEY, slug TEXT NOT NULL UNIQUE);";
    crate::fold::tamper(&dir, old).await;
    for arguments in [vec!["serve", "--bind", "127.0.0.1:0"], vec!["check"]] {
        let (code, text) = run(&arguments, dir.path());
        assert!(code.is_some_and(|code| code != 0), "{text}");
        assert!(text.contains("before log format 1, and can't be read"), "{text}");
    }
}

/// The examples of docs/LOG.md: after each kind in bold, the first block of JSON.
#[test]
fn the_examples_of_the_description_are_what_the_code_reads_and_writes() {
    let page = include_str!("../../docs/LOG.md");
    for kind in EventBody::KINDS {
        let at = page.find(&format!("\n**`{kind}`**")).unwrap_or_else(|| panic!("{kind} is not described"));
        let example = page[at..].split("```json\n").nth(1).unwrap().lines().next().unwrap();
        let event =
            boule::conversation::NewEvent::parse(kind, example).unwrap_or_else(|e| panic!("{kind}: {e}"));
        assert_eq!(event.body.kind(), *kind);
        assert_eq!(event.payload().unwrap(), example, "{kind}");
    }
}
