//! D4: connections to a server that break between a request and its answer. What became of it is never said to be “not saved”
//! where it was saved, and nothing counts twice: clients send an operation again under the same id until it is answered.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use boule::conversation::{Ballot, EventBody, Identity};
use boule::domain::{Choice, OperationId, Slug, StatementNumber, TokenHash};
use boule::live::{LiveConfig, RoomError};
use boule::store::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::app::{TestApp, open_settings};
use crate::server::Server;

const PEOPLE: usize = 12;
const STATEMENTS: usize = 5;

/// Between the store and its server: hands everything on, and cuts a connection now and then.
#[derive(Default)]
struct Cutter {
    /// One in so many requests that append is cut; none at 0.
    one_in: AtomicU32,
    requests: AtomicU64,
    /// Cut before the server had it, and after.
    cuts: [AtomicU64; 2],
}

impl Cutter {
    async fn listen(self: Arc<Self>, server: u16) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let cutter = Arc::clone(&self);
                tokio::spawn(async move { cutter.hand_on(client, server).await });
            }
        });
        port
    }

    /// Until either side ends it, or it is cut.
    async fn hand_on(&self, mut client: TcpStream, server: u16) {
        let Ok(mut server) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await else { return };
        let (mut asked, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            tokio::select! {
                read = client.read(&mut asked) => {
                    let Ok(length @ 1..) = read else { return };
                    let request = &asked[..length];
                    let cut = self.cuts_now(request);
                    if cut == Some(0) {
                        return;
                    }
                    if server.write_all(request).await.is_err() || cut.is_some() {
                        // It has the request, and nobody reads its answer.
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        return;
                    }
                }
                read = server.read(&mut answered) => {
                    let Ok(length @ 1..) = read else { return };
                    if client.write_all(&answered[..length]).await.is_err() {
                        return;
                    }
                }
            }
        }
    }

    /// Whether this request is cut off: before the server has it, or after.
    fn cuts_now(&self, request: &[u8]) -> Option<usize> {
        let one_in = u64::from(self.one_in.load(Ordering::Relaxed));
        // What appends votes carries their kind.
        if one_in == 0 || !request.windows(9).any(|part| part == b"vote_cast") {
            return None;
        }
        let request = self.requests.fetch_add(1, Ordering::Relaxed);
        let at = usize::from((request / one_in).is_multiple_of(2));
        request.is_multiple_of(one_in).then(|| {
            self.cuts[at].fetch_add(1, Ordering::Relaxed);
            at
        })
    }

    fn cuts(&self) -> [u64; 2] {
        [0, 1].map(|at| self.cuts[at].load(Ordering::Relaxed))
    }
}

/// How often the log says that somebody voted so on a statement.
async fn times(store: &Store, slug: &Slug, op: &OperationId) -> usize {
    let id = store.conversation(slug).await.unwrap().unwrap();
    let events = store.events(id).await.unwrap();
    let is_it = |body: &EventBody| matches!(body, EventBody::VoteCast(vote) if vote.op.as_ref() == Some(op));
    events.iter().filter(|event| is_it(&event.what.body)).count()
}

/// One person votes on everything, again and again, until each vote was answered. What they said last, and how often.
async fn votes(
    app: &TestApp,
    direct: &Store,
    person: usize,
    rounds: usize,
) -> (BTreeMap<StatementNumber, Choice>, usize) {
    let slug = Slug::parse("c").unwrap();
    let who = Identity::Token(TokenHash::of(&format!("person {person}")));
    let (mut last, mut acknowledged) = (BTreeMap::new(), 0);
    for round in 0..rounds {
        let statement = StatementNumber((round % STATEMENTS) as u32);
        // Never what they said before: each is an event.
        let choice = Choice::ALL[(round / STATEMENTS + person) % 3];
        let op = OperationId::parse(&format!("{person}-{round}")).unwrap();
        loop {
            let Ok(room) = app.app.rooms.room(&slug).await else {
                tokio::time::sleep(Duration::from_millis(5)).await;
                continue;
            };
            let ballot = Ballot { op: Some(op.clone()), ..Ballot::new(statement, choice) };
            match room.act(who, ballot).await {
                Ok(_) => break,
                Err(RoomError::NotSaved(_)) => {
                    assert_eq!(times(direct, &slug, &op).await, 0, "it was said not to be saved");
                }
                Err(RoomError::Rejected(why)) => panic!("{why}"),
                Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        last.insert(statement, choice);
        acknowledged += 1;
    }
    (last, acknowledged)
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_an_outcome_that_nobody_knows_is_never_called_not_saved_and_never_counts_twice() {
    let Some(server) = Server::start() else { return };
    let wanted: u64 = std::env::var("BOULE_TEST_DROPS").ok().and_then(|cuts| cuts.parse().ok()).unwrap_or(60);
    let cutter = Arc::new(Cutter::default());
    let port = Arc::clone(&cutter).listen(server.port()).await;
    let dir = tempfile::tempdir().unwrap();
    let address = Some(Server::address_by(port));
    let app = Arc::new(TestApp::spawn_for(dir, LiveConfig::default(), address).await);
    app.conversation("c", STATEMENTS, open_settings()).await;
    let beside = tempfile::tempdir().unwrap();
    let direct = boule::store::DataDir::beside_for(beside.path(), Some(server.address())).unwrap();
    let direct = Arc::new(Store::open_beside(&direct).await.unwrap());
    cutter.one_in.store(3, Ordering::Relaxed);
    let rounds = usize::try_from(wanted).unwrap() * 2;
    let people = (0..PEOPLE).map(|person| {
        let (app, direct) = (Arc::clone(&app), Arc::clone(&direct));
        tokio::spawn(async move { votes(&app, &direct, person, rounds).await })
    });
    let said = futures_util::future::join_all(people).await;
    cutter.one_in.store(0, Ordering::Relaxed);
    let [before, after] = cutter.cuts();
    println!("{before} requests were cut before the server had them, {after} before it could answer");
    assert!(before > 5 && after > 5 && before + after >= wanted / 2, "{before} and {after}");
    let id = direct.conversation(&Slug::parse("c").unwrap()).await.unwrap().unwrap();
    let events = direct.events(id).await.unwrap();
    let cast = events.iter().filter(|event| matches!(event.what.body, EventBody::VoteCast(_))).count();
    let said: Vec<_> = said.into_iter().map(Result::unwrap).collect();
    assert_eq!(cast, said.iter().map(|(_, acknowledged)| acknowledged).sum::<usize>(), "lost, or twice");
    let record = direct.record_of(id).await.unwrap().unwrap();
    for (person, (last, _)) in said.iter().enumerate() {
        let token = TokenHash::of(&format!("person {person}")).within(id);
        let tokens = direct.participant_tokens(id).await.unwrap();
        let (_, number) = tokens.iter().find(|(known, _)| *known == token).unwrap();
        for (statement, choice) in last {
            assert_eq!(record.participants[number].votes.on(*statement), Some(*choice), "person {person}");
        }
    }
}
