//! What is asked of a conversation, kept so that it can be asked once more.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use super::greeting;
use crate::edge::identity_of;
use crate::edge::network::Peer;

/// What is asked, whole, so that another node can be asked the same.
pub(super) struct Asked<'a> {
    pub parts: &'a Parts,
    pub body: &'a Bytes,
}

impl Asked<'_> {
    /// Whether a socket is wanted.
    pub fn is_socket(&self) -> bool {
        is_socket(&self.parts.headers)
    }

    /// Whether asking twice does the same as asking once: it only reads, or names its operation and who does it. Somebody
    /// who shows nobody would be somebody else each time.
    pub fn may_be_repeated(&self, secure: bool) -> bool {
        let names_operation = || {
            let mut fields = self.body.split(|byte| *byte == b'&');
            fields.any(|field| field.strip_prefix(b"op=").is_some_and(|op| !op.is_empty()))
        };
        // Of an agenda's edits not each names its operation.
        let is_edit = self.parts.uri.path().ends_with("/agenda/change");
        let is_of_staff = || ["/o/", "/m/"].iter().any(|before| self.parts.uri.path().starts_with(before));
        let is_somebody = || is_of_staff() || identity_of(self.parts, secure).is_some();
        matches!(self.parts.method, Method::GET | Method::HEAD)
            || names_operation() && is_somebody() && !is_edit
    }

    /// The same once more, for another node.
    pub fn request(&self, operator_key: &str) -> Request {
        let mut request = Request::new(Body::from(self.body.clone()));
        *request.method_mut() = self.parts.method.clone();
        *request.uri_mut() = self.parts.uri.clone();
        *request.headers_mut() = self.headers(operator_key);
        request
    }

    /// The same once more, for this node.
    pub fn again(&self) -> Request {
        Request::from_parts(self.parts.clone(), Body::from(self.body.clone()))
    }

    fn headers(&self, operator_key: &str) -> HeaderMap {
        let mut headers = self.parts.headers.clone();
        // Of the connection to the client, and not of the request.
        if !self.is_socket() {
            headers.remove(header::CONNECTION);
        }
        for of_connection in [header::TRANSFER_ENCODING, header::EXPECT] {
            headers.remove(of_connection);
        }
        if let Some(Peer(from)) = self.parts.extensions.get() {
            greeting::write(&mut headers, *from, operator_key);
        }
        headers
    }
}

/// Whether a socket is wanted.
pub(super) fn is_socket(headers: &HeaderMap) -> bool {
    headers.contains_key(header::UPGRADE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, uri: &str, headers: &[(&str, &str)], body: &'static str) -> (Parts, Bytes) {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        (request.body(()).unwrap().into_parts().0, Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn only_what_counts_once_is_asked_again() {
        const VOTE: &str = "statement=1&choice=agree&op=0123";
        let token = "0123456789abcdef0123456789abcdef";
        let program = format!("Bearer {token}");
        let known = [("authorization", program.as_str())];
        for (method, uri, headers, body, may_be) in [
            ("GET", "/c/a", &[][..], "", true),
            ("POST", "/c/a/vote", &known[..], VOTE, true),
            // Each node would take them for somebody new.
            ("POST", "/c/a/vote", &[][..], VOTE, false),
            ("POST", "/c/a/vote", &[("cookie", "boule-lang=de")][..], VOTE, false),
            ("POST", "/c/a/vote", &known[..], "statement=1&choice=agree&op=", false),
            ("POST", "/api/v1/c/a/join", &known[..], "", false),
            ("POST", "/o/a/agenda", &[][..], "places=3&op=0123", true),
            ("POST", "/o/a/open", &[][..], "", false),
            ("POST", "/o/a/agenda/change", &[][..], "undo=1&op=0123", false),
        ] {
            let (parts, body) = asked(method, uri, headers, body);
            let asked = Asked { parts: &parts, body: &body };
            assert_eq!(asked.may_be_repeated(false), may_be, "{method} {uri} {headers:?} {:?}", asked.body);
        }
    }
}
