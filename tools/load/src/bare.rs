//! A server without anything in it: what is left of the same load when the server has no work.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use anyhow::Context;
use tokio::runtime::Runtime;

use super::bare_server::{BareFrames, serve_bare};
use super::stage::statement_text;
use super::target::Target;
use super::wire::Wire;

/// A bare server. It speaks as much of the protocol as a load needs, with frames about as large as
/// ours.
pub(super) struct BareServer {
    pub wire: Wire,
    /// Threads of its own, as a server in another process has.
    runtime: Option<Runtime>,
}

impl BareServer {
    /// Starts one that offers this many statements.
    pub fn start(statements: u32) -> anyhow::Result<Self> {
        // Before there is a runtime: one may not be dropped here when this fails.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .context("a bare server can't listen on this machine")?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.spawn(serve_bare(listener, frames(statements)));
        Ok(Self { wire: wire(address), runtime: Some(runtime) })
    }
}

impl Drop for BareServer {
    fn drop(&mut self) {
        // It may not be waited for among asynchronous work.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn wire(address: SocketAddr) -> Wire {
    let target = Target { address, host: address.to_string() };
    Wire { target, slug: "bare".into(), operator_key: "none".into() }
}

fn frames(statements: u32) -> BareFrames {
    BareFrames {
        // As long as our tickets.
        joined: r#"{"ticket":"00000000000000000000000000000000"}"#.into(),
        welcome: welcome(),
        answers: (1..=statements).map(|number| ack(number % statements)).collect(),
    }
}

/// A welcome with the first statement.
fn welcome() -> String {
    format!(
        r#"{{"t":"welcome","v":1,"slug":"load-000000000000","question":"What does a load say?","state":"open","role":"participant","joined":true,"seq":1234567,"progress":{PROGRESS},"next":{},"last":null,"max_statement_characters":280}}"#,
        offered(0)
    )
}

/// An ack that offers a statement.
fn ack(next: u32) -> String {
    let next = offered(next);
    format!(r#"{{"t":"ack","op":"s123-1234","seq":1234567,"next":{next},"progress":{PROGRESS}}}"#)
}

const PROGRESS: &str = r#"{"voted":123,"shown":1000,"placed_at":7,"results":true}"#;

fn offered(statement: u32) -> String {
    format!(r#"{{"number":{statement},"text":"{}","seed":true}}"#, statement_text(statement))
}

#[cfg(test)]
mod tests {
    use crate::wire::{FOR_ANSWERS, ServerMessage};

    use super::*;

    #[tokio::test]
    async fn a_load_is_answered_as_by_a_server() {
        let bare = BareServer::start(3).unwrap();
        let mut stream = bare.wire.connect(0).await.unwrap();
        let joined = bare.wire.join(&mut stream).await.unwrap();
        let (mut socket, next) = bare.wire.open(stream, Some(&joined.ticket), FOR_ANSWERS).await.unwrap();
        assert_eq!(next, Some(0));
        for expected in [1, 2, 0, 1] {
            socket.send("anything".into()).await.unwrap();
            let heard = socket.hear().await.unwrap();
            assert_eq!(heard, ServerMessage::Ack { seq: 1_234_567, next: Some(expected) });
        }
    }
}
