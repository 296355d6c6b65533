//! What only a server can do: lose a connection, be set badly, have several hosts, and a role that may not change the log.

use std::net::{Ipv4Addr, TcpListener};

use boule::store::ServerAddress;
use sqlx::{Connection, PgConnection};

use super::*;

async fn direct(server: &Server, user: &str) -> PgConnection {
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
    assert!(
        matches!(&refused, StoreError::Unavailable { what, .. } if what.contains("can't be written")),
        "{refused:?}"
    );
    assert!(!refused.to_string().contains("password"), "{refused}");
    assert!(!store.is_usable().await);
}
