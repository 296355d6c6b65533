//! A WebSocket without a library, which sends whatever a test wants.

use super::*;

pub(super) const FIN: u8 = 0x80;
pub(super) const CONTINUE: u8 = 0;
pub(super) const TEXT: u8 = 1;
pub(super) const BINARY: u8 = 2;
pub(super) const CLOSE: u8 = 8;
pub(super) const PING: u8 = 9;
pub(super) const PONG: u8 = 10;
pub(super) const MASK: [u8; 4] = [0x5a, 0x00, 0xff, 0x13];

/// A masked frame's head, which may announce more than comes.
pub(super) fn header(first: u8, length: u64) -> Vec<u8> {
    let mut head = vec![first];
    match length {
        0..=125 => head.push(0x80 | length as u8),
        126..=0xffff => {
            head.push(0x80 | 126);
            head.extend((length as u16).to_be_bytes());
        }
        _ => {
            head.push(0x80 | 127);
            head.extend(length.to_be_bytes());
        }
    }
    head.extend(MASK);
    head
}

pub(super) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = header(first, payload.len() as u64);
    frame.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    frame
}

pub(super) fn text(words: &str) -> Vec<u8> {
    frame(FIN | TEXT, words.as_bytes())
}

pub(super) fn upgrade(address: &str, more: &str) -> String {
    format!(
        "GET /ws/v1/c HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n"
    )
}

/// A socket without a library.
pub(super) struct Raw {
    pub(super) stream: TcpStream,
    pub(super) read: Vec<u8>,
}

/// What comes from the server.
#[derive(Debug)]
pub(super) enum Got {
    Text(Value),
    Ping,
    Pong,
    Close(Option<u16>),
    /// The connection ended, in order or not.
    End {
        reset: bool,
    },
}

/// How a socket ended.
#[derive(Debug, Default)]
pub(super) struct Ended {
    pub(super) texts: Vec<Value>,
    pub(super) code: Option<u16>,
    pub(super) reset: bool,
}

impl Raw {
    /// Connected, and nothing said.
    pub(super) async fn silent(address: &str) -> Self {
        Self { stream: TcpStream::connect(address).await.unwrap(), read: Vec::new() }
    }

    /// Upgraded, and no hello said.
    pub(super) async fn open(address: &str) -> Self {
        let mut raw = Self::silent(address).await;
        raw.send(upgrade(address, "").as_bytes()).await;
        let head = raw.head().await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        raw
    }

    pub(super) async fn watcher(address: &str) -> Self {
        let mut raw = Self::open(address).await;
        raw.hello(None).await;
        raw
    }

    /// Somebody who joined as everybody does: rates hold.
    pub(super) async fn participant(address: &str) -> Self {
        let (ticket, _) = Site::new(address, "c", None).join(None).await.unwrap();
        let mut raw = Self::open(address).await;
        raw.hello(Some(&ticket)).await;
        raw
    }

    pub(super) async fn hello(&mut self, ticket: Option<&str>) {
        let hello = json!({ "t": "hello", "v": 1, "ticket": ticket });
        self.send(&text(&hello.to_string())).await;
        assert_eq!(self.text().await["t"], "welcome");
    }

    /// Sends bytes; the server may have had enough before the last.
    pub(super) async fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }

    /// The head of the answer to a request, or whatever came of it.
    pub(super) async fn head(&mut self) -> String {
        loop {
            if let Some(at) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                let head: Vec<u8> = self.read.drain(..at + 4).collect();
                return String::from_utf8_lossy(&head).into_owned();
            }
            let more = timeout(WITHIN, self.stream.read_buf(&mut self.read)).await.expect("no answer");
            if !matches!(more, Ok(1..)) {
                return String::from_utf8_lossy(&self.read).into_owned();
            }
        }
    }

    pub(super) async fn next(&mut self) -> Got {
        loop {
            if let Some((got, used)) = parse(&self.read) {
                self.read.drain(..used);
                return got;
            }
            let more = timeout(WITHIN, self.stream.read_buf(&mut self.read)).await;
            match more.expect("the server neither answers nor closes") {
                Ok(0) => return Got::End { reset: false },
                Ok(_) => {}
                Err(_) => return Got::End { reset: true },
            }
        }
    }

    /// The next text.
    pub(super) async fn text(&mut self) -> Value {
        loop {
            match self.next().await {
                Got::Text(frame) => return frame,
                Got::Ping | Got::Pong => {}
                other => panic!("{other:?} instead of an answer"),
            }
        }
    }

    /// The next text that is no news.
    pub(super) async fn answer(&mut self) -> Value {
        loop {
            let frame = self.text().await;
            if !["map", "counts", "you"].contains(&frame["t"].as_str().unwrap()) {
                return frame;
            }
        }
    }

    /// Everything up to the end.
    pub(super) async fn end(&mut self) -> Ended {
        let mut ended = Ended::default();
        loop {
            match self.next().await {
                Got::Text(frame) => ended.texts.push(frame),
                Got::Ping | Got::Pong => {}
                Got::Close(code) => return Ended { code, ..ended },
                Got::End { reset } => return Ended { reset, ..ended },
            }
        }
    }
}

/// The first frame of what was read, and its length.
pub(super) fn parse(bytes: &[u8]) -> Option<(Got, usize)> {
    let (first, second) = (*bytes.first()?, *bytes.get(1)?);
    let (length, head) = match second {
        126 => (usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().unwrap())), 4),
        127 => (u64::from_be_bytes(bytes.get(2..10)?.try_into().unwrap()) as usize, 10),
        length => (usize::from(length), 2),
    };
    let payload = bytes.get(head..head + length)?;
    let got = match first & 0x0f {
        TEXT => Got::Text(serde_json::from_slice(payload).unwrap()),
        CLOSE => Got::Close(payload.get(..2).map(|code| u16::from_be_bytes([code[0], code[1]]))),
        PING => Got::Ping,
        PONG => Got::Pong,
        other => panic!("the server sends frames of kind {other}"),
    };
    Some((got, head + length))
}
