//! Kill −9 under load: no acknowledged vote is lost, none counts twice, and the check is clean.

use std::collections::HashMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use boule::cli::client::Site;
use boule::conversation::ConversationRecord;
use boule::domain::{Choice, StatementNumber};
use boule::store::{DataDir, Store};

/// Kills that one run makes; `BOULE_TEST_KILLS` sets another number for the long run.
fn kills() -> u64 {
    std::env::var("BOULE_TEST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

const PEOPLE: usize = 16;
/// Kills of one directory; with more, most of a long run would be spent reading its log.
const KILLS_OF_ONE: u64 = 100;

/// An open conversation with 200 statements, made by a server that ended in order.
async fn prepare(dir: tempfile::TempDir) -> tempfile::TempDir {
    let app = crate::app::TestApp::spawn_in(dir).await;
    drop(app.conversation("c", 200, crate::app::open_settings()).await);
    app.app.stop().await;
    app.dir
}

/// What a person was told of one statement.
#[derive(Default)]
struct Promise {
    acked: Option<Choice>,
    /// Sent after that and not answered: it may be saved or not.
    sent: Option<Choice>,
}

/// One person votes on everything, again and again, until the server dies; what was acknowledged
/// last on each statement, and what was sent last without an answer.
///
/// Who comes too late to join was promised nothing.
async fn vote_until_the_end(
    site: Site,
    seed: usize,
    acks: Arc<AtomicU64>,
) -> Option<(String, HashMap<u64, Promise>)> {
    let mut acked: HashMap<u64, Promise> = HashMap::new();
    let (ticket, token) = site.join(None).await.ok()?;
    let mut client = site.connect(Some(&ticket)).await.ok()?;
    for round in seed.. {
        let statement = (round % 200) as u64;
        let choice = Choice::ALL[(round / 200 + round) % 3];
        let promise = acked.entry(statement).or_default();
        promise.sent = Some(choice);
        match client.vote(statement, choice).await {
            Ok(answer) if answer["t"] == "ack" => {
                *promise = Promise { acked: Some(choice), sent: None };
                acks.fetch_add(1, Ordering::Relaxed);
            }
            _ => break,
        }
    }
    Some((token?, acked))
}

#[tokio::test(flavor = "multi_thread")]
async fn i2_no_acknowledged_vote_is_lost_by_kill_9() {
    let (mut total, kills) = (0, kills());
    for first in (0..kills).step_by(KILLS_OF_ONE as usize) {
        let end = kills.min(first + KILLS_OF_ONE);
        total += kill_again_and_again(first..end).await;
        println!("{end} kills, {total} acknowledged votes, 0 lost");
    }
}

/// Kills a server again and again, and looks each time whether it kept what it promised; how many
/// votes that were.
async fn kill_again_and_again(kills: std::ops::Range<u64>) -> u64 {
    let dir = prepare(tempfile::tempdir().unwrap()).await;
    let mut total = 0;
    for kill in kills {
        let (mut child, address) = crate::process::serve(dir.path());
        let key = std::fs::read_to_string(dir.path().join("operator.key")).unwrap();
        let site = Site::new(&address, "c", Some(key));
        let acks = Arc::new(AtomicU64::new(0));
        let people: Vec<_> = (0..PEOPLE)
            .map(|person| tokio::spawn(vote_until_the_end(site.clone(), person * 7, Arc::clone(&acks))))
            .collect();
        // The longer the log, the longer a debug build takes to open it: kill under load, not before.
        let began = Instant::now();
        while acks.load(Ordering::Relaxed) == 0 && began.elapsed() < Duration::from_secs(30) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // Moments that are spread, and the same in every run.
        tokio::time::sleep(Duration::from_millis((kill * 377) % 900)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let mut promised = Vec::new();
        for person in people {
            promised.extend(person.await.unwrap());
        }
        let record = read(dir.path()).await;
        let tokens = tokens(dir.path()).await;
        for (token, votes) in promised {
            let participant = &record.participants
                [&tokens[&boule::domain::TokenHash::of(&token).within(record.conversation.id)]];
            for (statement, Promise { acked, sent }) in votes {
                let stored = participant.votes.on(StatementNumber(statement as u32));
                let kept = stored == acked || (sent.is_some() && stored == sent);
                assert!(
                    kept,
                    "kill {kill}: statement {statement} was acknowledged as {acked:?}, stored is {stored:?}"
                );
                total += 1;
            }
        }
    }
    assert!(total > 100, "only {total} votes were cast before the kills");
    let check =
        Command::new(env!("CARGO_BIN_EXE_boule")).args(["check", "--data"]).arg(dir.path()).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    total
}

async fn open(dir: &std::path::Path) -> Store {
    Store::open_beside(&DataDir::beside(dir).unwrap()).await.unwrap()
}

async fn read(dir: &std::path::Path) -> ConversationRecord {
    let store = open(dir).await;
    let id = store.every_conversation().await.unwrap()[0].id;
    let record = store.record_of(id).await.unwrap().unwrap();
    store.close().await;
    record
}

async fn tokens(
    dir: &std::path::Path,
) -> HashMap<boule::domain::TokenHash, boule::domain::ParticipantNumber> {
    let store = open(dir).await;
    let id = store.every_conversation().await.unwrap()[0].id;
    let tokens = store.participant_tokens(id).await.unwrap().into_iter().collect();
    store.close().await;
    tokens
}
