//! The contract of the store: every public method, on every engine. What holds here is what the rest of
//! the house may rely on.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends by panicking")]

/// Runs each of these tests on both engines.
macro_rules! on_every_engine {
    ($($test:ident,)*) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::Engine::sqlite().await).await;
                }
            )*
        }
        mod postgres {
            $(
                #[tokio::test]
                async fn $test() {
                    if let Some(engine) = crate::Engine::postgres().await {
                        super::$test(engine).await;
                    }
                }
            )*
        }
    };
}

mod histories;
mod instance;
mod keeping;
mod only_on_a_server;
mod places;
#[path = "../postgres/mod.rs"]
mod server;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use self::server::Server;
use boule::conversation::{
    Brief, ConversationClosed, ConversationCreated, ConversationDeleted, ConversationOpened,
    ConversationRenamed, Event, EventBody, NewEvent, ParticipantJoined, RecordedActor, Schedule,
    StatementSubmitted, VoteCast,
};
use boule::domain::letters::{LetteredPerson, Letters};
use boule::domain::{
    ChainHash, Choice, ConversationId, ParticipantNumber, PersonalText, Seq, Slug, StatementNumber,
    Timestamp, TokenHash,
};
use boule::store::{DataDir, ErasureRecord, Listing, NewEvents, NewToken, Store, StoreError, SyncMode};

on_every_engine! {
    i5_i6_what_is_recorded_has_places_without_gaps_and_hashes_over_each_other,
    a_write_that_contradicts_what_is_stored_says_why_and_leaves_nothing,
    words_stand_beside_the_log_come_back_and_go_away,
    the_list_of_conversations_says_what_the_logs_say,
    tokens_are_admitted_with_the_event_that_makes_them,
    a_snapshot_spares_the_fold_and_changes_nothing,
    letters_are_kept_beside_the_log,
    a_store_says_whether_it_is_usable_and_what_is_wrong_with_it,
}

/// A store with its directory, to be opened again.
struct Engine {
    dir: tempfile::TempDir,
    lock: DataDir,
    store: Store,
    /// Ends last.
    server: Option<Server>,
}

impl Engine {
    /// The embedded default.
    async fn sqlite() -> Self {
        Self::open(None).await
    }

    /// A server; `None` where there is none to start.
    async fn postgres() -> Option<Self> {
        let server = Server::start()?;
        Some(Self::open(Some(server)).await)
    }

    async fn open(server: Option<Server>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let erasures = ErasureRecord::at(dir.path().join("erasures"));
        let lock = DataDir::lock_for(dir.path(), server.as_ref().map(Server::address)).unwrap();
        let lock = lock.noting_erasures_in(erasures);
        let store = Store::open(&lock).await.unwrap();
        Self { dir, lock, store, server }
    }

    /// Where it is noted who was erased.
    fn erasures(&self) -> &ErasureRecord {
        self.lock.erasures()
    }

    /// As another process sees it.
    async fn beside(&self) -> Store {
        let server = self.server.as_ref().map(Server::address);
        Store::open_beside(&DataDir::beside_for(self.dir.path(), server).unwrap()).await.unwrap()
    }

    async fn conversation(&self, id: i64, name: &str) -> ConversationId {
        self.store.record(events(id, 0, vec![created(name)])).await.unwrap();
        ConversationId::from_stored(id)
    }
}

fn slug(name: &str) -> Slug {
    Slug::parse(name).unwrap()
}

fn created(name: &str) -> NewEvent {
    let brief = Brief { question: format!("What of {name}?"), organiser: "us".into(), ..Brief::default() };
    let salts = AtomicU64::new(0);
    let mut salt = || [salts.fetch_add(1, Ordering::Relaxed) as u8; 16];
    NewEvent::new(RecordedActor::System, ConversationCreated::new(slug(name), &brief, &mut salt).unwrap())
}

fn scheduled(name: &str, schedule: Schedule) -> NewEvent {
    let created = created(name);
    let EventBody::ConversationCreated(mut body) = created.body else { panic!("it is one") };
    body.schedule = schedule;
    NewEvent::new(RecordedActor::System, *body)
}

fn opened() -> NewEvent {
    let promise = PersonalText::new("", [9; 16]);
    let opened = ConversationOpened {
        promise,
        terms: Default::default(),
        policy: Vec::new(),
        schedule: Default::default(),
    };
    NewEvent::new(RecordedActor::System, opened)
}

fn joined(number: u32) -> NewEvent {
    NewEvent::new(RecordedActor::System, ParticipantJoined::new(ParticipantNumber(number)))
}

fn submitted(number: u32, text: &str) -> NewEvent {
    let text = PersonalText::new(text, [number as u8; 16]);
    let submitted = StatementSubmitted::new(StatementNumber(number), text);
    NewEvent::new(RecordedActor::System, StatementSubmitted { seed: true, ..submitted })
}

fn vote(person: u32, statement: u32, choice: Choice) -> NewEvent {
    let vote = VoteCast::new(ParticipantNumber(person), StatementNumber(statement), choice);
    NewEvent::new(vote.by(), vote)
}

fn events(conversation: i64, after: u64, events: Vec<NewEvent>) -> NewEvents {
    NewEvents::new(ConversationId::from_stored(conversation), Seq(after), Timestamp(1_000), events)
}

async fn i5_i6_what_is_recorded_has_places_without_gaps_and_hashes_over_each_other(engine: Engine) {
    let id = engine.conversation(1, "a").await;
    let progress = Arc::new(AtomicU64::new(0));
    let more: Vec<NewEvent> = (0..700).map(joined).collect();
    let written = engine.store.record_with_progress(events(1, 1, more), Arc::clone(&progress)).await.unwrap();
    assert_eq!((written.len(), progress.load(Ordering::Relaxed)), (700, 700));
    assert_eq!(engine.store.events_recorded(), 701);
    let beside = engine.beside().await;
    let read: Vec<Event> = beside.events(id).await.unwrap();
    assert_eq!(read[1..], written, "what was returned is what another process reads");
    let mut hash = ChainHash::genesis(id);
    for (seq, event) in (1..).zip(&read) {
        let (kind, payload) = (event.what.body.kind(), event.what.payload().unwrap());
        hash = ChainHash::of_event(hash, id, Seq(seq), event.at, kind, &payload);
        assert_eq!((event.seq, event.hash), (Seq(seq), hash));
    }
    let end = beside.log_end(id).await.unwrap();
    assert_eq!((end.head, end.last_event, end.hash), (Seq(701), Seq(701), hash.to_string()));
    let rows = beside.stored_events(id, Seq(699), 1).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [Seq(700)]);
    assert_eq!(rows[0].parse().unwrap(), read[699]);
    let mut seen = 0;
    beside
        .each_event(id, |_| {
            seen += 1;
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(seen, 701);
    let record = beside.record_of(id).await.unwrap().unwrap();
    assert_eq!((record.seq, record.participants.len()), (Seq(701), 700));
    assert!(beside.record_of(ConversationId::from_stored(9)).await.unwrap().is_none());
    beside.close().await;
}

async fn a_write_that_contradicts_what_is_stored_says_why_and_leaves_nothing(engine: Engine) {
    engine.conversation(1, "a").await;
    let outdated = engine.store.record(events(1, 0, vec![joined(0)])).await.unwrap_err();
    assert!(matches!(outdated, StoreError::Outdated { .. }), "{outdated:?}");
    let nobody = engine.store.record(events(2, 0, vec![joined(0)])).await.unwrap_err();
    assert!(matches!(nobody, StoreError::Outdated { .. }), "{nobody:?}");
    let taken = engine.store.record(events(2, 0, vec![created("a")])).await.unwrap_err();
    assert!(matches!(&taken, StoreError::Taken(name) if *name == slug("a")), "{taken:?}");
    engine.conversation(3, "b").await;
    let renamed = NewEvent::new(RecordedActor::System, ConversationRenamed { slug: slug("a") });
    let taken = engine.store.record(events(3, 1, vec![renamed])).await.unwrap_err();
    assert!(matches!(taken, StoreError::Taken(_)), "{taken:?}");
    assert_eq!(engine.store.events(ConversationId::from_stored(3)).await.unwrap().len(), 1);
    // Two that come together: the one that is wrong does not take the other with it.
    let (good, late) = tokio::join!(
        engine.store.record(events(1, 1, vec![joined(0)])),
        engine.store.record(events(1, 0, vec![joined(0)]))
    );
    assert!(good.is_ok() && late.is_err());
}

async fn words_stand_beside_the_log_come_back_and_go_away(engine: Engine) {
    let id = engine.conversation(1, "a").await;
    engine.store.record(events(1, 1, vec![submitted(0, "Trees"), submitted(1, "Cars")])).await.unwrap();
    let rows = engine.store.stored_events(id, Seq(0), 9).await.unwrap();
    assert!(!rows.iter().any(|row| row.payload.contains("Trees")));
    let text = async |number: u32| {
        let record = engine.store.restore(id).await.unwrap().unwrap();
        record.statements[&StatementNumber(number)].text.clone()
    };
    let trees = text(0).await;
    assert_eq!(trees.text(), "Trees");
    let words = engine.store.words(id).await.unwrap();
    let mut event = rows[1].parse().unwrap();
    words.put_back(&mut event).unwrap();
    assert!(event.what.words().any(|words| words.text() == "Trees"));
    let forgotten = vec![trees.commitment().to_owned()];
    let forgets = NewEvents { forgotten, ..events(1, 3, vec![joined(0)]) };
    engine.store.record(forgets).await.unwrap();
    assert_eq!((text(0).await.text(), text(1).await.text()), ("", "Cars"));
}

async fn the_list_of_conversations_says_what_the_logs_say(engine: Engine) {
    let [first, second, third] = [
        engine.conversation(1, "a").await,
        engine.conversation(2, "b").await,
        engine.conversation(3, "c").await,
    ];
    let renamed = NewEvent::new(RecordedActor::System, ConversationRenamed { slug: slug("d") });
    engine.store.record(events(1, 1, vec![renamed, opened()])).await.unwrap();
    let closed = NewEvent::new(RecordedActor::System, ConversationClosed {});
    engine.store.record(events(2, 1, vec![opened(), closed])).await.unwrap();
    assert_eq!(engine.store.conversation(&slug("a")).await.unwrap(), None);
    assert_eq!(engine.store.conversation(&slug("d")).await.unwrap(), Some(first));
    let state = async |listing| {
        let list = engine.store.conversations(listing, 0, 9).await.unwrap();
        assert_eq!(list.len(), engine.store.count_conversations(listing).await.unwrap());
        list.into_iter().map(|one| (one.slug.to_string(), one.state)).collect::<BTreeSet<_>>()
    };
    let all = [("b", "closed"), ("c", "draft"), ("d", "open")];
    let named = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect::<BTreeSet<_>>()
    };
    assert_eq!(state(Listing::Every).await, named(&all));
    assert_eq!(state(Listing::Public).await, named(&[all[0], all[2]]));
    assert_eq!(engine.store.conversations(Listing::Every, 1, 1).await.unwrap().len(), 1);
    assert_eq!(engine.store.every_conversation().await.unwrap().len(), 3);
    let deleted = NewEvent::new(RecordedActor::System, ConversationDeleted {});
    engine.store.record(events(3, 1, vec![deleted])).await.unwrap();
    let words = engine.store.words(third).await.unwrap();
    let rows = engine.store.stored_events(third, Seq(0), 9).await.unwrap();
    let gone = rows[0].parse().unwrap().what.words().all(|text| !words.has(text.commitment()));
    assert!(gone, "a deleted draft leaves no words");
    for file in ["boule.sqlite", "boule.sqlite-wal"] {
        let bytes = std::fs::read(engine.dir.path().join(file)).unwrap_or_default();
        let found = bytes.windows(10).any(|window| window == b"What of c?");
        assert!(!found, "deleted words are still in {file}");
    }
    assert_eq!(state(Listing::Every).await, named(&[all[0], all[2]]));
    let stored = engine.store.stored_conversations().await.unwrap();
    assert!(stored.contains(&(third, None)) && stored.contains(&(second, Some("b".into()))));
    engine.conversation(4, "c").await;
}

async fn tokens_are_admitted_with_the_event_that_makes_them(engine: Engine) {
    let id = engine.conversation(1, "a").await;
    let grant = |number: u32| NewToken {
        token: TokenHash::of(&number.to_string()).within(id),
        participant: ParticipantNumber(number),
    };
    let grants = (0..70).map(grant).collect();
    engine.store.record(NewEvents { grants, ..events(1, 1, (0..70).map(joined).collect()) }).await.unwrap();
    let grants = vec![grant(70)];
    let late = NewEvents { grants, ..events(1, 1, vec![joined(70)]) };
    assert!(engine.store.record(late).await.is_err());
    let tokens = engine.store.participant_tokens(id).await.unwrap();
    assert_eq!(tokens.len(), 70, "nobody is admitted by what was refused");
    let is_theirs =
        |(token, participant): &(TokenHash, ParticipantNumber)| *token == grant(participant.0).token;
    assert!(tokens.iter().all(is_theirs));
    assert_eq!(engine.store.stored_tokens(id).await.unwrap().len(), 70);
}

async fn a_snapshot_spares_the_fold_and_changes_nothing(engine: Engine) {
    let id = engine.conversation(1, "a").await;
    assert!(!engine.store.keep_snapshot(id).await.unwrap(), "a short log needs none");
    let people: Vec<NewEvent> = (0..100).map(joined).chain((0..100).map(|n| submitted(n, "Words"))).collect();
    engine.store.record(events(1, 1, people)).await.unwrap();
    let choice = |n: u32| Choice::ALL[n as usize % 3];
    let votes: Vec<NewEvent> =
        (0..25_000).map(|n| vote(n % 100, n / 100 % 100, choice(n + n / 10_000))).collect();
    engine.store.record(events(1, 201, votes)).await.unwrap();
    assert_eq!(engine.store.conversations_with_long_logs().await.unwrap(), [id]);
    assert!(engine.store.snapshot(id).await.unwrap().is_none());
    assert!(engine.store.keep_snapshot(id).await.unwrap());
    assert!(engine.store.conversations_with_long_logs().await.unwrap().is_empty());
    assert_eq!(engine.store.snapshot(id).await.unwrap().unwrap().seq, Seq(25_201));
    engine.store.record(events(1, 25_201, vec![vote(0, 0, Choice::Pass)])).await.unwrap();
    let restored = engine.store.restore(id).await.unwrap().unwrap();
    let folded = engine.store.record_of(id).await.unwrap().unwrap();
    assert_eq!(restored.to_snapshot().unwrap(), folded.to_snapshot().unwrap());
}

async fn letters_are_kept_beside_the_log(engine: Engine) {
    let id = engine.conversation(1, "a").await;
    assert!(engine.store.letters(id).await.is_none());
    let lettered = LetteredPerson { number: ParticipantNumber(3), group: 0, at: [0.5, -1.0] };
    let letters = Letters { groups: vec!["B".into()], people: vec![lettered] };
    engine.store.keep_letters(id, None, letters.clone()).await.unwrap();
    assert_eq!(engine.beside().await.letters(id).await, Some(letters));
}

async fn a_store_says_whether_it_is_usable_and_what_is_wrong_with_it(engine: Engine) {
    assert!(engine.store.is_usable().await);
    assert_eq!(engine.store.is_on_server(), engine.server.is_some());
    let warnings = engine.store.server_warnings().await.unwrap();
    assert_eq!(warnings.iter().any(|warning| warning.contains("standby")), engine.server.is_some());
    assert!(engine.store.file_problems().await.unwrap().is_empty());
    engine.store.look_for_damage().await;
    assert!(engine.store.is_usable().await);
    let mut registry = prometheus_client::registry::Registry::default();
    engine.store.meters().register(&mut registry);
    engine.store.note_damage(&StoreError::damaged("for this test"));
    assert!(!engine.store.is_usable().await);
    let weak = tempfile::tempdir().unwrap();
    let lock = DataDir::lock(weak.path()).unwrap();
    let store = Store::open_with_synchronous(&lock, SyncMode::Normal).await.unwrap();
    assert!(store.is_usable().await);
    store.close().await;
}

/// The public methods of `Store`, by its sources.
fn public_methods() -> BTreeSet<String> {
    fn collect(dir: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for block in text.split("\nimpl Store {").skip(1) {
                let block = block.split("\n}\n").next().unwrap();
                for method in block.split("\n    pub ").skip(1) {
                    let name = method.trim_start_matches("async ").trim_start_matches("fn ");
                    found.insert(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store"), &mut found);
    found
}

#[test]
fn every_public_method_is_in_the_contract() {
    let suite = concat!(
        include_str!("main.rs"),
        include_str!("instance.rs"),
        include_str!("keeping.rs"),
        include_str!("places.rs")
    );
    let methods = public_methods();
    println!("{} public methods of the store", methods.len());
    assert!(methods.len() > 25, "{methods:?}");
    let missing: Vec<_> = methods
        .iter()
        .filter(|name| !suite.contains(&format!(".{name}(")) && !suite.contains(&format!("Store::{name}(")))
        .collect();
    assert!(missing.is_empty(), "the contract does not run {missing:?}");
}
