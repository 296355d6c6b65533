//! People who vote through whichever node they find, and come back through another one when theirs is gone, with what was not
//! answered. In the end all that they were promised is in the log, once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use boule::cli::client::{Client, Site};
use boule::conversation::EventBody;
use boule::domain::{Choice, StatementNumber, TokenHash};

use super::Nodes;

const STATEMENTS: usize = 40;
/// Who is not answered within this time tries another node, as a page does.
const PATIENCE: Duration = Duration::from_secs(4);

/// Votes of one person: their token, what they said last of each statement, and how often they were answered.
struct Told {
    token: String,
    last: HashMap<u64, Choice>,
    acknowledged: usize,
}

/// Everybody who votes.
pub struct People {
    tasks: Vec<tokio::task::JoinHandle<Told>>,
    is_over: Arc<AtomicBool>,
    pub acknowledged: Arc<AtomicU64>,
}

/// Where somebody finds the conversation.
struct Way {
    addresses: Arc<Mutex<Vec<String>>>,
    next: usize,
}

impl Way {
    fn site(&mut self) -> Site {
        self.next += 1;
        let addresses = self.addresses.lock().unwrap();
        Site::new(&addresses[self.next % addresses.len()], "c", None)
    }

    /// A socket through some node that answers.
    async fn connect(&mut self, token: &mut Option<String>) -> Client {
        loop {
            let site = self.site();
            let connecting = async {
                let (ticket, fresh) = site.join(token.as_deref()).await?;
                *token = token.take().or(fresh);
                site.connect(Some(&ticket)).await
            };
            if let Ok(Ok(client)) = tokio::time::timeout(PATIENCE, connecting).await {
                return client;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl People {
    /// So many begin to vote.
    pub fn come(nodes: &Nodes, count: usize) -> Self {
        let (is_over, acknowledged) = (Arc::<AtomicBool>::default(), Arc::<AtomicU64>::default());
        let task = |person| {
            let way = Way { addresses: Arc::clone(&nodes.addresses), next: person };
            tokio::spawn(vote(way, person, Arc::clone(&is_over), Arc::clone(&acknowledged)))
        };
        Self { tasks: (0..count).map(task).collect(), is_over, acknowledged }
    }

    /// Waits until somebody was answered; how long that took.
    pub async fn are_answered(&self, times: u64) -> Duration {
        let (before, began) = (self.acknowledged.load(Ordering::Acquire), std::time::Instant::now());
        while self.acknowledged.load(Ordering::Acquire) < before + times {
            assert!(began.elapsed() < Duration::from_secs(30), "nobody is answered");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        began.elapsed()
    }

    /// They finish, and what they were told is held against the log. How many votes that were.
    pub async fn go(self, nodes: &Nodes) -> usize {
        self.is_over.store(true, Ordering::Release);
        let said: Vec<Told> =
            futures_util::future::join_all(self.tasks).await.into_iter().map(Result::unwrap).collect();
        let events = nodes.store().events(nodes.conversation).await.unwrap();
        let cast = events.iter().filter(|event| matches!(event.what.body, EventBody::VoteCast(_))).count();
        let promised = said.iter().map(|told| told.acknowledged).sum::<usize>();
        assert_eq!(cast, promised, "votes are lost, or count twice");
        let record = nodes.store().record_of(nodes.conversation).await.unwrap().unwrap();
        let tokens: HashMap<_, _> =
            nodes.store().participant_tokens(nodes.conversation).await.unwrap().into_iter().collect();
        for told in &said {
            let who = tokens[&TokenHash::of(&told.token).within(nodes.conversation)];
            for (statement, choice) in &told.last {
                let statement = StatementNumber(u32::try_from(*statement).unwrap());
                assert_eq!(record.participants[&who].votes.on(statement), Some(*choice));
            }
        }
        nodes.check();
        promised
    }
}

/// Votes until it is over; each vote is another one than before, so that each is an event.
async fn vote(mut way: Way, person: usize, is_over: Arc<AtomicBool>, acknowledged: Arc<AtomicU64>) -> Told {
    let mut token = None;
    let mut client = way.connect(&mut token).await;
    let (mut last, mut count) = (HashMap::new(), 0);
    for round in 0.. {
        if is_over.load(Ordering::Acquire) {
            break;
        }
        let statement = (round % STATEMENTS) as u64;
        let choice = Choice::ALL[(round / STATEMENTS + person) % 3];
        let op = format!("{person}-{round}");
        loop {
            let answer = tokio::time::timeout(PATIENCE, client.vote_as(&op, statement, choice)).await;
            match answer {
                Ok(Ok(answer)) if answer["t"] == "ack" => break,
                // The rate of one participant; too much at once; a room that is opened anew.
                Ok(Ok(answer)) => {
                    assert_eq!(answer["retry"], true, "{answer}");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Ok(Err(_)) | Err(_) => client = way.connect(&mut token).await,
            }
        }
        last.insert(statement, choice);
        count += 1;
        acknowledged.fetch_add(1, Ordering::AcqRel);
        // Within the rates that everybody has.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Told { token: token.unwrap(), last, acknowledged: count }
}
