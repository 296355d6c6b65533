//! How a session ends.

use super::protocol::close;

/// Why a session ends.
pub(super) enum End {
    /// The other side went away, or can't be written to any more.
    Gone,
    /// The other side says goodbye.
    Left,
    /// We close, with this code.
    Close(u16),
}

pub(super) type SessionResult<T = ()> = Result<T, End>;

/// P8, P10: which code answers a message that can't be read.
pub(super) fn reading_failed(error: axum::Error) -> End {
    use tokio_tungstenite::tungstenite::Error;
    use tokio_tungstenite::tungstenite::error::ProtocolError;
    let error = error.into_inner();
    match error.downcast_ref::<Error>() {
        Some(Error::Capacity(_)) => End::Close(close::TOO_BIG),
        Some(Error::Utf8(_)) => End::Close(close::NOT_UTF8),
        Some(Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => End::Gone,
        Some(Error::Protocol(_)) => End::Close(close::BROKEN_FRAME),
        _ => End::Gone,
    }
}
