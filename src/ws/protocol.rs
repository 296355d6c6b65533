//! The frames of protocol version 1. PURE: what is sent and read, as text.
//!
//! Every frame is one JSON object in one text message; `t` names it. The rules are in
//! `docs/PROTOCOL.md`.

use serde::{Deserialize, Serialize};

use crate::conversation::ConversationState;
use crate::domain::{Choice, Moderation, OperationId, Role, Seq, StatementNumber};
use crate::live::{Counts, Progress, RoomError, ShownStatement};

/// The protocol's version, in addresses and in `welcome`.
pub const VERSION: u32 = 1;
/// P10: the longest message taken, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 16 * 1024;

/// P8: close codes that this server sends.
pub mod close {
    /// The server is going down or restarting: come back after the hint.
    pub const RESTART: u16 = 1012;
    /// Too slow a reader: come back and get the newest map.
    pub const TOO_SLOW: u16 = 1013;
    /// A message is longer than [`super::MAX_MESSAGE_BYTES`].
    pub const TOO_BIG: u16 = 1009;
    /// Something that is no WebSocket frame was sent.
    pub const BROKEN_FRAME: u16 = 1002;
    /// Text that is not UTF-8 was sent.
    pub const NOT_UTF8: u16 = 1007;
    /// Something other than text was sent.
    pub const NOT_TEXT: u16 = 1003;
    /// Three frames in a row were no frames of this protocol.
    pub const BAD_FRAMES: u16 = 1008;
    /// The first frame was no good `hello`, or came too late.
    pub const NO_HELLO: u16 = 4000;
    /// The ticket is used, expired or of another conversation.
    pub const BAD_TICKET: u16 = 4001;
    /// The role or link with which the socket was opened was left, taken back or has expired.
    pub const ROLE_ENDED: u16 = 4002;
}

/// What a client sends.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// The first frame; again later only to show a ticket on a watcher's socket.
    Hello {
        /// The protocol's version.
        v: u32,
        /// A one-time ticket, when no cookie says who this is.
        #[serde(default)]
        ticket: Option<String>,
        /// The version of the last map seen, when coming back.
        #[serde(default)]
        seen: Option<Seq>,
    },
    /// Casts or changes a vote.
    Vote {
        /// The client's name of this operation.
        op: OperationId,
        /// The statement.
        statement: StatementNumber,
        /// The choice.
        choice: Choice,
        /// Marked as important, where the conversation asks for that.
        #[serde(default)]
        important: bool,
        /// The version of the information that was read before; 0 for none.
        #[serde(default)]
        pack: u32,
    },
    /// Submits a statement.
    Submit {
        /// The client's name of this operation.
        op: OperationId,
        /// Its words.
        text: String,
    },
    /// Asks for another statement.
    Next {
        /// Not these.
        #[serde(default)]
        skip: Vec<StatementNumber>,
    },
}

/// P12: statements that one `next` may skip.
pub const MAX_SKIP: usize = 100;

/// Why a message is no frame of this protocol. Its words are never repeated: they may be somebody's opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a frame of this protocol: {self:?}")]
pub enum BadFrame {
    /// It is no JSON object.
    NotAnObject,
    /// It is no JSON.
    Json {
        /// Where.
        column: usize,
    },
    /// A field is unknown or missing, or a value is wrong.
    Fields {
        /// Where.
        column: usize,
    },
    /// More statements to skip than [`MAX_SKIP`].
    TooManySkips,
}

impl ClientFrame {
    /// Reads a message.
    pub fn parse(text: &str) -> Result<Self, BadFrame> {
        // An array would do for the derived reader; the protocol has objects only.
        if text.trim_start().starts_with('[') {
            return Err(BadFrame::NotAnObject);
        }
        let frame: Self = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => BadFrame::Fields { column: error.column() },
            _ => BadFrame::Json { column: error.column() },
        })?;
        match &frame {
            ClientFrame::Next { skip } if skip.len() > MAX_SKIP => Err(BadFrame::TooManySkips),
            _ => Ok(frame),
        }
    }
}

/// A statement, as participants see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementFrame {
    /// Its number.
    pub number: StatementNumber,
    /// Its words.
    pub text: String,
    /// From the organiser.
    pub seed: bool,
    /// Worded by a moderator, from what somebody had written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub worded: bool,
    /// What this participant said of it last, when they come back to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// Whether they marked it as important.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub important: bool,
}

impl From<ShownStatement> for StatementFrame {
    fn from(ShownStatement { number, text, seed, worded }: ShownStatement) -> Self {
        Self { number, text, seed, worded, choice: None, important: false }
    }
}

/// How far a participant has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ProgressFrame {
    /// Own votes on statements that are shown.
    pub voted: u32,
    /// Statements that are shown.
    pub shown: u32,
    /// Votes that place somebody on the map.
    pub placed_at: u32,
    /// Whether this participant may see the results now.
    pub results: bool,
}

impl ProgressFrame {
    /// A room's progress, and whether results may be seen with it.
    pub fn new(progress: Progress, results: bool) -> Self {
        let Progress { voted, shown, placed_at } = progress;
        Self { voted, shown, placed_at, results }
    }
}

/// Counts that everybody may see.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CountsFrame {
    /// People with at least one vote.
    pub participants: u32,
    /// Current votes.
    pub votes: u64,
    /// Statements that are shown.
    pub statements: u32,
}

impl From<Counts> for CountsFrame {
    fn from(Counts { participants, votes, statements }: Counts) -> Self {
        Self { participants, votes, statements }
    }
}

/// A participant's own mark in the picture of the map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OwnMarkFrame {
    /// Where it stands.
    pub at: [i32; 2],
    /// How far it may be off.
    pub reach: i32,
    /// On which side its label stands: above, below, after or before.
    pub label: &'static str,
}

/// What a moderator decided on somebody's own statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnDecisionFrame {
    /// What was decided.
    pub moderation: Moderation,
    /// Its number, once people see it.
    pub statement: Option<StatementNumber>,
    /// The same in words.
    pub message: String,
}

/// What the server sends, but for `map`, which is shared and built once (see the view).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
#[allow(missing_docs, reason = "docs/PROTOCOL.md has every field, with examples")]
pub enum ServerFrame {
    Welcome {
        v: u32,
        slug: String,
        question: String,
        state: ConversationState,
        role: Role,
        joined: bool,
        seq: Seq,
        progress: ProgressFrame,
        next: Option<StatementFrame>,
        last: Option<StatementFrame>,
        max_statement_characters: u32,
        /// Whether people can mark what is important to them.
        asks_important: bool,
    },
    Ack {
        op: OperationId,
        seq: Seq,
        next: Option<StatementFrame>,
        progress: ProgressFrame,
    },
    Submitted {
        op: OperationId,
        seq: Seq,
        /// Null while it waits: its number would tell whether others have submitted the same.
        statement: Option<StatementNumber>,
        moderation: Moderation,
    },
    Next {
        statement: Option<StatementFrame>,
        progress: ProgressFrame,
    },
    Refused {
        op: OperationId,
        code: &'static str,
        message: String,
        retry: bool,
    },
    Counts {
        version: Seq,
        state: ConversationState,
        counts: CountsFrame,
    },
    You {
        version: Seq,
        x: f64,
        y: f64,
        /// How far the position may be off, because not everything was voted on.
        radius: f32,
        group: Option<String>,
        mark: OwnMarkFrame,
    },
    Decided {
        /// Statements that people don't see any more.
        hidden: Vec<StatementNumber>,
        /// What to say to whoever has one of them before them.
        message: String,
        /// What was decided on one's own statements.
        yours: Vec<OwnDecisionFrame>,
    },
    Queue {
        seq: Seq,
        pending: u32,
    },
    Error {
        code: &'static str,
        message: String,
    },
    Bye {
        code: u16,
        retry_after_ms: u32,
    },
}

impl ServerFrame {
    /// The frame as text.
    pub fn to_text(&self) -> String {
        // Plain structs of strings and numbers: serialisation can't fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The refusal of an operation.
    pub fn refused(op: OperationId, error: &RoomError, message: String) -> Self {
        let (code, retry) = (error.code(), error.is_worth_retrying());
        ServerFrame::Refused { op, code, message, retry }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p12_every_client_frame_reads() {
        for (text, ok) in [
            (r#"{"t":"hello","v":1}"#, true),
            (r#"{"t":"hello","v":1,"ticket":"abc","seen":7}"#, true),
            (r#"{"t":"vote","op":"a-1","statement":12,"choice":"agree"}"#, true),
            (r#"{"t":"vote","op":"a-1","statement":12,"choice":"agree","important":true,"pack":2}"#, true),
            (r#"{"t":"vote","op":"a-1","statement":12,"choice":"agree","important":1}"#, false),
            (r#"{"t":"submit","op":"a-2","text":"A statement"}"#, true),
            (r#"{"t":"next"}"#, true),
            (r#"{"t":"next","skip":[1,2]}"#, true),
            (r#"{"t":"vote","op":"a 1","statement":12,"choice":"agree"}"#, false),
            (r#"{"t":"vote","op":"a-1","statement":-1,"choice":"agree"}"#, false),
            (r#"{"t":"vote","op":"a-1","statement":12,"choice":"maybe"}"#, false),
            (r#"{"t":"vote","op":"a-1","statement":12,"choice":"agree","weight":9}"#, false),
            (r#"{"t":"vote","op":"a-1","statement":12}"#, false),
            (r#"{"t":"vote","op":"a-1","op":"a-2","statement":12,"choice":"agree"}"#, false),
            (r#"{"t":"vote","op":"a-1","statement":12,"choice":"agree","choice":"agree"}"#, false),
            (r#"{"t":"next","t":"next"}"#, false),
            (r#"{"t":"become_owner"}"#, false),
            (r#"[]"#, false),
            (r#"["next"]"#, false),
            (r#" ["vote","op1",0,"agree"]"#, false),
            ("", false),
        ] {
            assert_eq!(ClientFrame::parse(text).is_ok(), ok, "{text}");
        }
        let many = format!(r#"{{"t":"next","skip":[{}0]}}"#, "0,".repeat(MAX_SKIP));
        assert!(ClientFrame::parse(&many).is_err());
        let deep = format!("{}{}", "[".repeat(8000), "]".repeat(8000));
        assert!(ClientFrame::parse(&deep).is_err());
    }

    #[test]
    fn a_bad_frame_is_answered_without_its_words() {
        let error = ClientFrame::parse(r#"{"t":"submit","opinion":"I hate taxes"}"#);
        assert!(error.is_err_and(|error| !error.to_string().contains("taxes")));
    }

    #[test]
    fn an_ack_carries_the_next_statement() {
        let progress = ProgressFrame { voted: 1, shown: 9, placed_at: 7, results: false };
        let next = StatementFrame {
            number: StatementNumber(4),
            text: "Hi".into(),
            seed: true,
            worded: false,
            choice: None,
            important: false,
        };
        let op = OperationId::parse("o1");
        let ack = op.map(|op| ServerFrame::Ack { op, seq: Seq(9), next: Some(next), progress });
        assert_eq!(
            ack.map(|ack| ack.to_text()).as_deref(),
            Some(
                r#"{"t":"ack","op":"o1","seq":9,"next":{"number":4,"text":"Hi","seed":true},"progress":{"voted":1,"shown":9,"placed_at":7,"results":false}}"#
            )
        );
    }
}
