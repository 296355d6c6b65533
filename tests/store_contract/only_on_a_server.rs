//! What only a server can do: lose a connection, be set badly, have several hosts, and a role that may not change the log.

use std::net::{Ipv4Addr, TcpListener};

use boule::store::ServerAddress;
use sqlx::{Connection, PgConnection};
use tokio::time::{Duration, sleep};

use super::*;

pub async fn direct(server: &Server, user: &str) -> PgConnection {
    let port = server.port();
    PgConnection::connect(&format!("postgres://{user}@127.0.0.1:{port}/postgres?sslmode=disable"))
        .await
        .unwrap()
}

async fn run(connection: &mut PgConnection, text: &'static str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(text).execute(connection).await.map(|_| ())
}

async fn opened_for(address: ServerAddress) -> (tempfile::TempDir, Result<Store, StoreError>) {
    let dir = tempfile::tempdir().unwrap();
    let lock = DataDir::lock_for(dir.path(), Some(address)).unwrap();
    let store = Store::open(&lock).await;
    (dir, store)
}

/// The example in OPERATIONS.
fn role_of_operations() -> &'static str {
    let text = include_str!("../../docs/OPERATIONS.md");
    let block = text.split("```\n").find(|block| block.starts_with("CREATE ROLE boule_app")).unwrap();
    assert!(block.contains("REVOKE UPDATE, DELETE"), "{block}");
    block
}

#[tokio::test]
async fn a_role_that_may_not_change_the_log_is_enough_to_write_it() {
    let Some(engine) = Engine::postgres().await else { return };
    engine.conversation(1, "a").await;
    let server = engine.server.as_ref().unwrap();
    run(&mut direct(server, "boule").await, role_of_operations()).await.unwrap();
    let address = format!("postgres://boule_app@127.0.0.1:{}/postgres?sslmode=disable", server.port());
    let (_dir, store) = opened_for(ServerAddress::parse(&address).unwrap()).await;
    let store = store.unwrap();
    store.record(events(1, 1, vec![joined(0), submitted(0, "Trees")])).await.unwrap();
    store.record(events(2, 0, vec![created("b")])).await.unwrap();
    store
        .note(
            Timestamp(1),
            boule::instance::InstanceActor::CommandLine,
            boule::instance::InstanceAct::BackedUp {},
        )
        .await
        .unwrap();
    let warnings = store.server_warnings().await.unwrap();
    assert!(!warnings.iter().any(|warning| warning.contains("role")), "{warnings:?}");
    let mut theirs = direct(server, "boule_app").await;
    for text in
        ["UPDATE event SET at = 0", "DELETE FROM event", "TRUNCATE event", "DELETE FROM instance_event"]
    {
        let refused = run(&mut theirs, text).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{text}: {refused}");
    }
    // And who may change everything is held up by the log itself.
    let mut owner = direct(server, "boule").await;
    for text in
        ["UPDATE event SET at = 0", "DELETE FROM event", "TRUNCATE event", "UPDATE instance_event SET at = 0"]
    {
        let refused = run(&mut owner, text).await.unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{text}: {refused}");
    }
}

#[tokio::test]
async fn a_server_that_can_lose_what_was_committed_is_refused() {
    for setting in ["fsync", "full_page_writes"] {
        let Some(server) = Server::start_with(&[&format!("{setting}=off")]) else { return };
        let refused = opened_for(server.address()).await.1.err().unwrap();
        assert!(matches!(&refused, StoreError::UnsafeEngine(why) if why.contains(setting)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_host_that_is_gone_is_passed_over_and_dropped_connections_are_made_anew() {
    let Some(server) = Server::start() else { return };
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let here = server.port();
    let address = |hosts: &str| {
        ServerAddress::parse(&format!("postgres://boule@{hosts}/postgres?sslmode=disable")).unwrap()
    };
    let (_dir, store) = opened_for(address(&format!("127.0.0.1:{nobody},127.0.0.1:{here}"))).await;
    let store = store.unwrap();
    store.record(events(1, 0, vec![created("a")])).await.unwrap();
    store.record(events(1, 1, vec![joined(0)])).await.unwrap();
    let mut connection = direct(&server, "boule").await;
    run(&mut connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'").await.unwrap();
    // The first one may find out that its connection is gone; nobody is told that something was not saved.
    match store.record(events(1, 2, vec![joined(1)])).await {
        Ok(_) => {}
        Err(StoreError::Unknown(_)) => {
            let at = store.log_end(ConversationId::from_stored(1)).await.unwrap().head;
            store.record(events(1, at.0, vec![joined(1)])).await.unwrap();
        }
        Err(other) => panic!("{other:?}"),
    }
    store.record(events(2, 0, vec![created("b")])).await.unwrap();
    assert!(store.is_usable().await);
    drop(server);
    let refused = store.record(events(2, 1, vec![joined(0)])).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unknown(_) | StoreError::Unavailable { .. }), "{refused:?}");
    let refused = store.record(events(2, 1, vec![joined(0)])).await.unwrap_err();
    // It may be what was sent before, and that may be saved.
    let words = refused.to_string();
    assert!(matches!(refused, StoreError::Unknown(_)) && words.contains("can't be written"), "{refused:?}");
    assert!(!refused.to_string().contains("password"), "{refused}");
    assert!(!store.is_usable().await);
}

/// Records one event after the other until so many were acknowledged. An outcome that is not known is looked up first.
async fn acknowledged(store: &Store, seqs: &mut Vec<u64>, many: usize) {
    let id = ConversationId::from_stored(1);
    let until = seqs.len() + many;
    let mut after = store.log_end(id).await.map_or(0, |end| end.head.0);
    while seqs.len() < until {
        match store.record(events(1, after, vec![joined(seqs.len() as u32)])).await {
            Ok(written) => {
                after = written[0].seq.0;
                seqs.push(after);
            }
            Err(_) => {
                sleep(Duration::from_millis(20)).await;
                after = store.log_end(id).await.map_or(after, |end| end.head.0);
            }
        }
    }
}

async fn is_followed(primary: &Server, how: &str) {
    let mut connection = direct(primary, "boule").await;
    let asks = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = $1";
    for _ in 0..500 {
        let followers: i64 = sqlx::query_scalar(asks).bind(how).fetch_one(&mut connection).await.unwrap();
        if followers == 1 {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("no standby follows as {how}");
}

/// A store whose primary dies and whose standby takes over. What was acknowledged before, and the log afterwards.
async fn fail_over(is_synchronous: bool) -> Option<(Vec<u64>, Vec<u64>)> {
    let primary = Server::start()?;
    let standby = primary.standby();
    let mut owner = direct(&primary, "boule").await;
    if is_synchronous {
        run(&mut owner, "ALTER SYSTEM SET synchronous_standby_names = '*'").await.unwrap();
        run(&mut owner, "SELECT pg_reload_conf()").await.unwrap();
    }
    is_followed(&primary, if is_synchronous { "sync" } else { "async" }).await;
    let hosts = format!("127.0.0.1:{},127.0.0.1:{}", standby.port(), primary.port());
    let (_dir, store) = opened_for(
        ServerAddress::parse(&format!("postgres://boule@{hosts}/postgres?sslmode=disable")).unwrap(),
    )
    .await;
    let store = store.unwrap();
    store.record(events(1, 0, vec![created("a")])).await.unwrap();
    let mut seqs = Vec::new();
    acknowledged(&store, &mut seqs, 100).await;
    if !is_synchronous {
        // It hears nothing more.
        let mut at_standby = direct(&standby, "boule").await;
        run(&mut at_standby, "ALTER SYSTEM SET primary_conninfo = ''").await.unwrap();
        run(&mut at_standby, "SELECT pg_reload_conf()").await.unwrap();
        let hears = "SELECT count(*) FROM pg_stat_wal_receiver";
        while sqlx::query_scalar::<_, i64>(hears).fetch_one(&mut at_standby).await.unwrap() > 0 {
            sleep(Duration::from_millis(20)).await;
        }
        acknowledged(&store, &mut seqs, 50).await;
    }
    drop(primary);
    standby.promote();
    // A process that knows another end of the log does not go on from there; whoever reads it again does.
    acknowledged(&store, &mut seqs, 50).await;
    let rows = store.stored_events(ConversationId::from_stored(1), Seq(0), u32::MAX).await.unwrap();
    let read: Vec<Event> = store.events(ConversationId::from_stored(1)).await.unwrap();
    let mut hash = ChainHash::genesis(ConversationId::from_stored(1));
    for event in &read {
        hash = ChainHash::of_event(
            hash,
            ConversationId::from_stored(1),
            event.seq,
            event.at,
            event.what.body.kind(),
            &event.what.payload().unwrap(),
        );
        assert_eq!(event.hash, hash, "one chain");
    }
    Some((seqs, rows.iter().map(|row| row.seq.0).collect()))
}

#[tokio::test]
async fn d5_a_synchronous_standby_that_takes_over_has_all_that_was_acknowledged() {
    let Some((acknowledged, log)) = fail_over(true).await else { return };
    assert!(acknowledged.iter().all(|seq| log.contains(seq)), "{} of {}", log.len(), acknowledged.len());
    assert!(acknowledged.windows(2).all(|two| two[0] < two[1]), "no place was given twice");
}

#[tokio::test]
async fn d5_an_asynchronous_standby_loses_some_so_the_test_before_can_fail() {
    let Some((acknowledged, _)) = fail_over(false).await else { return };
    assert!(!acknowledged.windows(2).all(|two| two[0] < two[1]), "places were given twice: {acknowledged:?}");
}
