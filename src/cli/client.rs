//! A client of protocol version 1, over real HTTP and WebSockets: the demo's crowd speaks it, and
//! so do the integration tests.

use std::time::Duration;

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::domain::Choice;

/// An answer that does not come within this time never comes.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Where a conversation is, and with which rights its people come.
#[derive(Clone)]
pub struct Site {
    /// `127.0.0.1:8080`
    pub address: String,
    /// The conversation.
    pub slug: String,
    /// The operator's key: exempt from rate limits.
    pub operator_key: Option<String>,
    http: reqwest::Client,
}

impl Site {
    /// A conversation on a server on this machine.
    pub fn new(address: impl Into<String>, slug: impl Into<String>, operator_key: Option<String>) -> Self {
        Self { address: address.into(), slug: slug.into(), operator_key, http: reqwest::Client::new() }
    }

    /// Joins: a one-time ticket, and the token that recognises this participant later.
    pub async fn join(&self, token: Option<&str>) -> anyhow::Result<(String, Option<String>)> {
        let url = format!("http://{}/api/v1/c/{}/join", self.address, self.slug);
        let mut request = self.http.post(url).json(&json!({ "keep": "token" }));
        if let Some(key) = &self.operator_key {
            request = request.header("x-boule-operator", key);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await?;
        let status = answer.status();
        let answer: Value = answer.json().await.context("the answer to join is no JSON")?;
        let ticket = answer.get("ticket").and_then(Value::as_str);
        let Some(ticket) = ticket else { bail!("join was answered with {status}: {answer}") };
        let token = answer.get("token").and_then(Value::as_str).map(str::to_owned);
        Ok((ticket.to_owned(), token))
    }

    /// Joins and opens a socket: as whom the token recognises, or as somebody new, whose token is kept in it.
    pub async fn come_as(&self, token: &mut Option<String>) -> anyhow::Result<Client> {
        let (ticket, fresh) = self.join(token.as_deref()).await?;
        *token = token.take().or(fresh);
        self.connect(Some(&ticket)).await
    }

    /// Opens a socket and says hello, with a ticket or as a watcher.
    pub async fn connect(&self, ticket: Option<&str>) -> anyhow::Result<Client> {
        let url = format!("ws://{}/ws/v1/{}", self.address, self.slug);
        let (socket, _) = connect_async(url).await?;
        let mut client = Client { socket, next_op: 0, welcome: Value::Null };
        client.send(&json!({ "t": "hello", "v": 1, "ticket": ticket })).await?;
        client.welcome = client.wait_for("welcome").await?;
        Ok(client)
    }
}

/// One socket, past its hello.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next_op: u64,
    /// The welcome that it got.
    pub welcome: Value,
}

impl Client {
    /// Sends a frame.
    pub async fn send(&mut self, frame: &Value) -> anyhow::Result<()> {
        self.send_text(frame.to_string()).await
    }

    /// Sends any text.
    pub async fn send_text(&mut self, text: String) -> anyhow::Result<()> {
        Ok(self.socket.send(Message::text(text)).await?)
    }

    /// Sends any message.
    pub async fn send_message(&mut self, message: Message) -> anyhow::Result<()> {
        Ok(self.socket.send(message).await?)
    }

    /// The next frame; `None` when the socket is closed.
    pub async fn next(&mut self) -> anyhow::Result<Option<Value>> {
        loop {
            let message = tokio::time::timeout(ANSWER_WITHIN, self.socket.next()).await;
            match message.context("the server says nothing")? {
                None | Some(Ok(Message::Close(_))) => return Ok(None),
                Some(Ok(Message::Text(text))) => return Ok(Some(serde_json::from_str(text.as_str())?)),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
            }
        }
    }

    /// The code with which the server closes, after whatever it still sends.
    pub async fn close_code(&mut self) -> anyhow::Result<u16> {
        loop {
            let message = tokio::time::timeout(ANSWER_WITHIN, self.socket.next()).await;
            match message.context("the server does not close")? {
                Some(Ok(Message::Close(Some(frame)))) => return Ok(frame.code.into()),
                Some(Ok(_)) => {}
                other => bail!("closed without a code: {other:?}"),
            }
        }
    }

    /// The next frame of this kind; others are passed over.
    pub async fn wait_for(&mut self, kind: &str) -> anyhow::Result<Value> {
        while let Some(frame) = self.next().await? {
            match frame.get("t").and_then(Value::as_str) {
                Some(t) if t == kind => return Ok(frame),
                Some("bye") => bail!("the server said {frame} before {kind}"),
                _ => {}
            }
        }
        bail!("the socket was closed before {kind}")
    }

    /// Casts a vote and waits for its ack or refusal.
    pub async fn vote(&mut self, statement: u64, choice: Choice) -> anyhow::Result<Value> {
        let op = self.op();
        self.vote_as(&op, statement, choice).await
    }

    /// The same, under an operation id of the caller's.
    pub async fn vote_as(&mut self, op: &str, statement: u64, choice: Choice) -> anyhow::Result<Value> {
        let frame = json!({ "t": "vote", "op": op, "statement": statement, "choice": choice });
        self.send(&frame).await?;
        self.answer_to(op).await
    }

    /// Submits a statement and waits for the answer.
    pub async fn submit(&mut self, text: &str) -> anyhow::Result<Value> {
        let op = self.op();
        self.send(&json!({ "t": "submit", "op": op, "text": text })).await?;
        self.answer_to(&op).await
    }

    /// The next frame that answers this operation.
    pub async fn answer_to(&mut self, op: &str) -> anyhow::Result<Value> {
        while let Some(frame) = self.next().await? {
            if frame.get("op").and_then(Value::as_str) == Some(op) {
                return Ok(frame);
            }
        }
        bail!("the socket was closed before the answer to {op}")
    }

    /// Says goodbye.
    pub async fn leave(mut self) {
        // The server may have closed first.
        let _ = self.socket.close(None).await;
    }

    fn op(&mut self) -> String {
        self.next_op += 1;
        format!("op-{}", self.next_op)
    }
}
