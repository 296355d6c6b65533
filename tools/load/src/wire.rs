//! The load's own client: little is spent on this side, since both sides share the machine.

use std::net::SocketAddr;

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use super::target::Target;

/// The buffer of who reads maps, and of who leaves after an answer.
pub(super) const FOR_MAPS: usize = 16 * 1024;
pub(super) const FOR_ANSWERS: usize = 2 * 1024;
/// An answer's head is never longer.
const MAX_HEAD: usize = 16 * 1024;

/// How to reach the conversation under load.
#[derive(Clone)]
pub(super) struct Wire {
    pub target: Target,
    pub slug: String,
    pub operator_key: String,
}

/// A participant: what recognises them, and the ticket for one socket.
#[derive(Debug, Deserialize)]
pub(super) struct JoinAnswer {
    pub ticket: String,
}

impl Wire {
    /// Connection number `number`.
    pub async fn connect(&self, number: usize) -> anyhow::Result<TcpStream> {
        self.connect_with(number, None).await
    }

    /// The same, with this much room for what was received and not read.
    pub async fn connect_with(&self, number: usize, room: Option<u32>) -> anyhow::Result<TcpStream> {
        let socket = match self.target.address {
            SocketAddr::V4(_) => TcpSocket::new_v4(),
            SocketAddr::V6(_) => TcpSocket::new_v6(),
        }?;
        if let Some(room) = room {
            socket.set_recv_buffer_size(room)?;
        }
        if let Some(local) = self.target.local(number) {
            socket.bind(SocketAddr::new(local, 0))?;
        }
        let stream = socket.connect(self.target.address).await.context("the server can't be reached")?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// Becomes a participant; the connection can be used on.
    pub async fn join(&self, stream: &mut TcpStream) -> anyhow::Result<JoinAnswer> {
        let request = format!(
            "POST /api/v1/c/{}/join HTTP/1.1\r\nhost: {}\r\nx-boule-operator: {}\r\ncontent-length: 0\r\n\r\n",
            self.slug, self.target.host, self.operator_key
        );
        stream.write_all(request.as_bytes()).await?;
        let (status, body) = read_answer(stream).await?;
        if status != 200 {
            bail!("join was answered with {status}");
        }
        serde_json::from_slice(&body).context("the answer to join can't be read")
    }

    /// Opens a socket on a connection and says hello, with a ticket or as a watcher.
    pub async fn open(
        &self,
        stream: TcpStream,
        ticket: Option<&str>,
        buffer: usize,
    ) -> anyhow::Result<(Socket, Option<u32>)> {
        let mut request = format!("ws://{}/ws/v1/{}", self.target.host, self.slug).into_client_request()?;
        request.headers_mut().insert("x-boule-operator", self.operator_key.parse()?);
        let config = WebSocketConfig::default().read_buffer_size(buffer).write_buffer_size(0);
        let (stream, _) = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await?;
        let mut socket = Socket(stream);
        let hello = match ticket {
            Some(ticket) => format!(r#"{{"t":"hello","v":1,"ticket":"{ticket}"}}"#),
            None => r#"{"t":"hello","v":1}"#.to_owned(),
        };
        socket.send(hello).await?;
        loop {
            match socket.hear().await? {
                ServerMessage::Welcome { next } => return Ok((socket, next)),
                ServerMessage::Gone => bail!("the server closed the socket instead of a welcome"),
                _ => {}
            }
        }
    }
}

/// A socket past its hello.
pub(super) struct Socket(WebSocketStream<TcpStream>);

/// What the server said, as far as a load needs it.
#[derive(Debug, PartialEq)]
pub(super) enum ServerMessage {
    Welcome { next: Option<u32> },
    Ack { seq: u64, next: Option<u32> },
    Refused { code: String },
    Map { version: u64 },
    Gone,
    Other,
}

#[derive(Deserialize)]
struct Frame<'a> {
    t: &'a str,
    #[serde(default)]
    seq: u64,
    #[serde(default)]
    next: Option<NextStatement>,
    #[serde(default)]
    code: serde_json::Value,
}

#[derive(Deserialize)]
struct NextStatement {
    number: u32,
}

impl Socket {
    /// Sends a frame.
    pub async fn send(&mut self, text: String) -> anyhow::Result<()> {
        Ok(self.0.send(Message::text(text)).await?)
    }

    /// The next frame.
    pub async fn hear(&mut self) -> anyhow::Result<ServerMessage> {
        Ok(match self.0.next().await {
            None | Some(Ok(Message::Close(_)) | Err(_)) => ServerMessage::Gone,
            Some(Ok(Message::Text(text))) => read(text.as_str())?,
            Some(Ok(_)) => ServerMessage::Other,
        })
    }

    /// Says goodbye.
    pub async fn leave(mut self) {
        // The server may have closed first.
        let _ = self.0.close(None).await;
    }
}

/// Maps are large and come to everybody: only their version is read.
const MAP: &str = r#"{"t":"map","version":"#;

fn read(text: &str) -> anyhow::Result<ServerMessage> {
    if let Some(rest) = text.strip_prefix(MAP) {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        return Ok(ServerMessage::Map { version: rest[..digits].parse()? });
    }
    let frame: Frame = serde_json::from_str(text).context("a frame can't be read")?;
    let next = frame.next.map(|next| next.number);
    Ok(match frame.t {
        "ack" => ServerMessage::Ack { seq: frame.seq, next },
        "welcome" => ServerMessage::Welcome { next },
        "refused" => ServerMessage::Refused { code: frame.code.as_str().unwrap_or_default().to_owned() },
        "bye" => ServerMessage::Gone,
        _ => ServerMessage::Other,
    })
}

/// Reads one answer with a `Content-Length`, and not a byte more.
async fn read_answer(stream: &mut TcpStream) -> anyhow::Result<(u16, Vec<u8>)> {
    let mut read = Vec::with_capacity(1024);
    let end = loop {
        if stream.read_buf(&mut read).await? == 0 {
            bail!("the connection ended before an answer");
        }
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if read.len() > MAX_HEAD {
            bail!("the head of an answer is too long");
        }
    };
    let head = std::str::from_utf8(&read[..end]).context("the head of an answer is no text")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
    let lengths = head.lines().filter_map(|line| line.split_once(':'));
    let length = lengths.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.map(|(_, value)| value.trim().parse()).next().context("no length")??;
    let mut body = read.split_off(end);
    let missing = length.saturating_sub(body.len());
    let have = body.len();
    body.resize(have + missing, 0);
    stream.read_exact(&mut body[have..]).await?;
    Ok((status, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_as_far_as_a_load_needs_them() {
        let ack = r#"{"t":"ack","op":"s1-2","seq":7,"next":{"number":3,"text":"\"x\"","seed":true},"progress":{"voted":1}}"#;
        assert_eq!(read(ack).unwrap(), ServerMessage::Ack { seq: 7, next: Some(3) });
        assert_eq!(
            read(r#"{"t":"map","version":123,"head":"x"}"#).unwrap(),
            ServerMessage::Map { version: 123 }
        );
        let refused = r#"{"t":"refused","op":"s1-2","code":"busy","message":"m","retry":true}"#;
        assert_eq!(read(refused).unwrap(), ServerMessage::Refused { code: "busy".into() });
        assert_eq!(read(r#"{"t":"bye","code":1012,"retry_after_ms":1}"#).unwrap(), ServerMessage::Gone);
        assert_eq!(read(r#"{"t":"counts","version":1}"#).unwrap(), ServerMessage::Other);
        assert!(read("nothing").is_err());
    }
}
