//! What a node says to another one of a request that it passes on, beside the request itself.

use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use crate::domain::TokenHash;
use crate::edge::RoomEnded;

/// Where the request came from.
const PEER: HeaderName = HeaderName::from_static("boule-peer");
/// It came with the operator's key of the node that passes it on.
const EXEMPT: HeaderName = HeaderName::from_static("boule-exempt");
/// The operator's key, as requests show it.
const OPERATOR: HeaderName = HeaderName::from_static("x-boule-operator");
/// The answer of a node that does not have the conversation either.
pub(super) const NOT_HERE: StatusCode = StatusCode::MISDIRECTED_REQUEST;

/// The room ended while it was asked, whose answer this would have been.
const ENDED: HeaderName = HeaderName::from_static("boule-room-ended");

/// Whether a room ended before it answered: whatever was asked was done, or not.
pub(super) fn has_ended(answer: &Response) -> bool {
    answer.extensions().get::<RoomEnded>().is_some()
}

/// Tells the node that asks that it is so.
pub(super) fn tell_end(answer: &mut Response) {
    if has_ended(answer) {
        answer.headers_mut().insert(ENDED, HeaderValue::from_static("1"));
    }
}

/// Hears it from the node that was asked; nobody else does.
pub(super) fn hear_end<B>(answer: &mut axum::http::Response<B>) {
    if answer.headers_mut().remove(ENDED).is_some() {
        answer.extensions_mut().insert(RoomEnded);
    }
}

/// Says where a request came from, and whether it is exempt from rates.
pub(super) fn write(headers: &mut HeaderMap, from: SocketAddr, operator_key: &str) {
    // What a client says of that is not passed on.
    headers.remove(EXEMPT);
    if let Ok(from) = HeaderValue::try_from(from.to_string()) {
        headers.insert(PEER, from);
    }
    let shown = headers.remove(OPERATOR);
    // Hashes of equal length: how many of their bytes agree tells nothing of the key.
    let is_shown = |shown: HeaderValue| {
        shown.to_str().is_ok_and(|shown| TokenHash::of(shown) == TokenHash::of(operator_key))
    };
    if shown.is_some_and(is_shown) {
        headers.insert(EXEMPT, HeaderValue::from_static("1"));
    }
}

/// Where a request came from, as the node says that passed it on. One that was exempt there is exempt here.
pub(super) fn read(headers: &mut HeaderMap, operator_key: &str) -> Option<SocketAddr> {
    headers.remove(OPERATOR);
    if headers.remove(EXEMPT).is_some() {
        headers.insert(OPERATOR, HeaderValue::try_from(operator_key).ok()?);
    }
    headers.remove(PEER)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[test]
    fn that_a_room_has_ended_is_told_between_nodes_only() {
        let mut answer = RoomEnded::mark(StatusCode::SERVICE_UNAVAILABLE.into_response());
        tell_end(&mut answer);
        let mut heard = axum::http::Response::builder().body(()).unwrap();
        hear_end(&mut heard);
        assert!(heard.extensions().get::<RoomEnded>().is_none());
        *heard.headers_mut() = answer.headers().clone();
        hear_end(&mut heard);
        assert!(heard.extensions().get::<RoomEnded>().is_some() && heard.headers().get(ENDED).is_none());
    }

    #[test]
    fn where_a_request_came_from_is_said_by_nodes_and_never_by_clients() {
        let from: SocketAddr = "203.0.113.9:5123".parse().unwrap();
        let lie = || HeaderValue::from_static("1");
        let mut headers = HeaderMap::new();
        headers.insert(EXEMPT, lie());
        headers.insert(PEER, HeaderValue::from_static("127.0.0.1:1"));
        headers.insert(OPERATOR, HeaderValue::from_static("guessed"));
        write(&mut headers, from, "key of B");
        assert_eq!(read(&mut headers, "key of A"), Some(from));
        assert!(headers.is_empty(), "{headers:?}");
        headers.insert(OPERATOR, HeaderValue::from_static("key of B"));
        write(&mut headers, from, "key of B");
        assert_eq!(read(&mut headers, "key of A"), Some(from));
        assert_eq!(headers[OPERATOR], "key of A", "who is exempt on one is exempt on all");
        assert_eq!(read(&mut HeaderMap::new(), "key"), None, "no node said so");
    }
}
