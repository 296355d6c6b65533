//! What a node says to another one of a request that it passes on, beside the request itself.

use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::domain::TokenHash;

/// Where the request came from.
const PEER: HeaderName = HeaderName::from_static("boule-peer");
/// It came with the operator's key of the node that passes it on.
const EXEMPT: HeaderName = HeaderName::from_static("boule-exempt");
/// The operator's key, as requests show it.
const OPERATOR: HeaderName = HeaderName::from_static("x-boule-operator");
/// The answer of a node that does not have the conversation either.
pub(super) const NOT_HERE: StatusCode = StatusCode::MISDIRECTED_REQUEST;

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
    use super::*;

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
