//! The way in of every request on a node that is not alone: what is asked of a conversation goes to the node that has it.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hyper::upgrade::OnUpgrade;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

use super::answer::breaking_off;
use super::greeting::{self, NOT_HERE};
use super::identity::Identity;
use super::links::{Link, Links, Unreached};
use super::meters::PeerMeters;
use super::socket;
use crate::clock::Clock;
use crate::domain::Slug;
use crate::edge::network::Peer;
use crate::edge::{MAX_BODY_BYTES, NewcomersToken, NoNode, identity_of};
use crate::live::{Places, RoomError, Rooms};
use crate::store::{NodeId, RegisteredNode};

/// How long a request looks for a node that answers it: longer than a silent one is waited for.
const FOUND_WITHIN: Duration = Duration::from_secs(5);
const AGAIN_AFTER: Duration = Duration::from_millis(50);

/// A form of a page is no larger; what is, such as a file of statements, waits for its turn.
const SMALL: u64 = 64 * 1024;
/// Larger bodies that are held at once (I9).
const MOST_LARGE: usize = 16;
/// A body that does not come within this time is not waited for.
const READ_WITHIN: Duration = Duration::from_secs(30);

/// What passing on needs.
pub struct PassingParts {
    /// The rooms of this node.
    pub rooms: Rooms,
    /// Where conversations are.
    pub places: Places,
    /// The operator's key of this node.
    pub operator_key: String,
    /// Whether browsers reach the site over TLS only: cookies have another name there.
    pub secure: bool,
    /// Room for sockets.
    pub sockets: Arc<Semaphore>,
    /// What is measured.
    pub meters: PeerMeters,
    /// The time.
    pub clock: Clock,
    /// Cancelled when the server goes down.
    pub closing: CancellationToken,
}

/// The way from this node to others; cheap to clone.
#[derive(Clone)]
pub struct Passing(Arc<PassingState>);

/// The same, and what is held on the way.
struct PassingState {
    parts: PassingParts,
    links: Links,
    large: Semaphore,
}

impl Deref for Passing {
    type Target = PassingParts;

    fn deref(&self) -> &PassingParts {
        &self.0.parts
    }
}

/// A site of which each conversation is answered by the node that has it.
pub fn passed_on(site: Router, passing: Passing) -> Router {
    site.layer(from_fn_with_state(passing, answer))
}

async fn answer(State(passing): State<Passing>, request: Request, next: Next) -> Response {
    if is_asset(request.uri().path()) {
        return passing.asset(request, next).await;
    }
    let Some(slug) = slug_in(request.uri().path()) else { return next.run(request).await };
    match passing.there(&slug).await {
        None => next.run(request).await,
        Some(node) => passing.pass(slug, node, request, next).await,
    }
}

/// Scripts and styles, whose names change with the version.
pub(super) fn is_asset(path: &str) -> bool {
    path.starts_with("/static/")
}

/// The conversation that an address is about.
pub(super) fn slug_in(path: &str) -> Option<Slug> {
    const BEFORE: [&str; 6] = ["/c/", "/ws/v1/", "/api/v1/c/", "/m/", "/o/", "/preview/"];
    let behind = BEFORE.iter().find_map(|before| path.strip_prefix(before))?;
    Slug::parse(behind.split('/').next()?).ok()
}

impl Passing {
    /// From a node with this certificate.
    pub fn new(parts: PassingParts, identity: Arc<Identity>) -> Self {
        let (links, large) = (Links::new(identity), Semaphore::new(MOST_LARGE));
        Self(Arc::new(PassingState { parts, links, large }))
    }

    fn links(&self) -> &Links {
        &self.0.links
    }

    /// The other node that has a conversation; none where this one answers, also that there is no such conversation.
    pub(super) async fn there(&self, slug: &Slug) -> Option<NodeId> {
        if self.rooms.is_open(slug) {
            return None;
        }
        if let Some(node) = self.places.believed(slug) {
            return Some(node);
        }
        match self.rooms.room(slug).await {
            Err(RoomError::Elsewhere(node)) => Some(node),
            _ => None,
        }
    }

    /// Passes a request on, to another node if need be, until one answers.
    async fn pass(&self, slug: Slug, first: NodeId, request: Request, next: Next) -> Response {
        let (mut parts, body) = request.into_parts();
        // The answer of this node says so in words.
        let Some((body, _large)) = self.whole(body).await else {
            return next.run(Request::from_parts(parts, Body::empty())).await;
        };
        // Else each node that is asked would take them for somebody else.
        let Some(newcomer) = NewcomersToken::for_form(&parts, self.secure) else {
            return self.answered(slug, first, (parts, body), next).await;
        };
        parts.headers.insert(header::AUTHORIZATION, newcomer.shown);
        let mut answer = self.answered(slug, first, (parts, body), next).await;
        // Once they have acted; also where no node answered: whoever sends it again is the same person then.
        if answer.status().is_redirection() || answer.status().is_server_error() {
            answer.headers_mut().append(header::SET_COOKIE, newcomer.cookie);
        }
        answer
    }

    async fn answered(
        &self,
        slug: Slug,
        first: NodeId,
        (mut parts, body): (Parts, Bytes),
        next: Next,
    ) -> Response {
        let client = parts.extensions.remove::<OnUpgrade>();
        let asked = Asked { parts: &parts, body: &body };
        let began = self.clock.instant();
        let mut node = Some(first);
        while self.clock.since(began) < FOUND_WITHIN {
            let Some(id) = node else {
                // It is here now.
                if let Some(client) = client {
                    parts.extensions.insert(client);
                }
                return next.run(Request::from_parts(parts, Body::from(body))).await;
            };
            match self.ask(id, &asked).await {
                Ok(response) if response.status() != NOT_HERE => {
                    self.meters.requests.inc();
                    return match client {
                        Some(client) => self.join(id, client, response),
                        None => response,
                    };
                }
                Err(Failed::HalfWay) if !asked.may_be_repeated(self.secure) => break,
                Ok(_) | Err(_) => {}
            }
            self.places.doubt(&slug);
            tokio::time::sleep(AGAIN_AFTER).await;
            node = self.there(&slug).await;
        }
        self.meters.failures.inc();
        // This node says that it is to be tried again, in the words and the form that were asked for.
        parts.extensions.insert(NoNode);
        next.run(Request::from_parts(parts, Body::from(body))).await
    }

    /// A whole body, and the place of a large one: few are held at once. None where it is too large, or does not come.
    async fn whole(&self, body: Body) -> Option<(Bytes, Option<SemaphorePermit<'_>>)> {
        let is_small = body.size_hint().upper().is_some_and(|length| length <= SMALL);
        let reading = async {
            let place = if is_small { None } else { Some(self.0.large.acquire().await.ok()?) };
            Some((to_bytes(body, MAX_BODY_BYTES).await.ok()?, place))
        };
        tokio::time::timeout(READ_WITHIN, reading).await.ok().flatten()
    }

    /// During an upgrade a page of one version names what only nodes of that version have.
    async fn asset(&self, request: Request, next: Next) -> Response {
        let (parts, _) = request.into_parts();
        let answer = next.run(Request::from_parts(parts.clone(), Body::empty())).await;
        if answer.status() != StatusCode::NOT_FOUND {
            return answer;
        }
        let asked = Asked { parts: &parts, body: &Bytes::new() };
        for node in self.places.view().others() {
            if let Ok(found) = self.ask(node, &asked).await
                && found.status().is_success()
            {
                return found;
            }
        }
        answer
    }

    fn join(&self, node: NodeId, client: OnUpgrade, response: Response) -> Response {
        let passing = self.clone();
        let over = async move {
            tokio::select! {
                () = passing.gone(node) => {}
                () = passing.closing.cancelled() => {}
            }
        };
        socket::joined(client, response, (&self.sockets, &self.meters), over)
    }

    /// Asks one node.
    async fn ask(&self, id: NodeId, asked: &Asked<'_>) -> Result<Response, Failed> {
        let Some(node) = self.places.node(id) else { return Err(Failed::NotSent) };
        let is_socket = asked.is_socket();
        let idle = if is_socket { None } else { self.links().idle(id, self.clock.instant()) };
        let (mut link, was_idle) = match idle {
            Some(link) => (link, true),
            None => (self.connect(&node).await?, false),
        };
        let sent = link.send_request(asked.request(&self.operator_key));
        let answered = tokio::select! {
            answered = sent => answered,
            // Nobody waits for a node that is gone.
            () = self.gone(id) => return Err(Failed::HalfWay),
        };
        match answered {
            Ok(response) => {
                if !is_socket {
                    self.keep(id, link);
                }
                let passing = self.clone();
                Ok(response.map(|body| breaking_off(body, async move { passing.gone(id).await })))
            }
            // It was closed while nobody used it.
            Err(error) if was_idle && error.is_canceled() => Err(Failed::NotSent),
            Err(_) => Err(Failed::HalfWay),
        }
    }

    async fn connect(&self, node: &RegisteredNode) -> Result<Link, Failed> {
        let connected = tokio::select! {
            connected = self.links().connect(node) => connected,
            // Nobody waits for a node that is gone.
            () = self.gone(node.id) => return Err(Failed::NotSent),
        };
        match connected {
            Ok(link) => {
                self.places.note_reached(node.id);
                Ok(link)
            }
            Err(why) => {
                match why {
                    Unreached::Refused => self.places.note_unreached(node.id, true),
                    Unreached::Silent => self.places.note_unreached(node.id, false),
                    Unreached::Busy => {}
                }
                self.links().retain(|node| self.places.node(node).is_some());
                Err(Failed::NotSent)
            }
        }
    }

    /// Keeps a link once it is ready for the next request: when its answer was read.
    fn keep(&self, node: NodeId, mut link: Link) {
        let passing = self.clone();
        tokio::spawn(async move {
            if link.ready().await.is_ok() {
                passing.links().keep(node, link, passing.clock.instant());
            }
        });
    }

    /// Returns when a node has said nothing for too long, or is in the register no more.
    async fn gone(&self, node: NodeId) {
        let mut views = self.places.views();
        let is_gone = views.wait_for(|view| view.is_gone(node)).await.is_ok();
        if !is_gone {
            std::future::pending::<()>().await;
        }
    }
}

/// Why a node did not answer.
enum Failed {
    /// It never had the request.
    NotSent,
    /// It may have done what was asked.
    HalfWay,
}

/// What is asked, whole, so that another node can be asked the same.
struct Asked<'a> {
    parts: &'a Parts,
    body: &'a Bytes,
}

impl Asked<'_> {
    fn is_socket(&self) -> bool {
        self.parts.headers.contains_key(header::UPGRADE)
    }

    /// Whether asking twice does the same as asking once: it only reads, or names its operation and who does it. Somebody
    /// who shows nobody would be somebody else each time.
    fn may_be_repeated(&self, secure: bool) -> bool {
        let names_operation = || {
            let mut fields = self.body.split(|byte| *byte == b'&');
            fields.any(|field| field.strip_prefix(b"op=").is_some_and(|op| !op.is_empty()))
        };
        let is_of_staff = || ["/o/", "/m/"].iter().any(|before| self.parts.uri.path().starts_with(before));
        let is_somebody = || is_of_staff() || identity_of(self.parts, secure).is_some();
        matches!(self.parts.method, Method::GET | Method::HEAD) || names_operation() && is_somebody()
    }

    fn request(&self, operator_key: &str) -> Request {
        let mut request = Request::new(Body::from(self.body.clone()));
        *request.method_mut() = self.parts.method.clone();
        *request.uri_mut() = self.parts.uri.clone();
        *request.headers_mut() = self.headers(operator_key);
        request
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
        ] {
            let (parts, body) = asked(method, uri, headers, body);
            let asked = Asked { parts: &parts, body: &body };
            assert_eq!(asked.may_be_repeated(false), may_be, "{method} {uri} {headers:?} {:?}", asked.body);
        }
    }
}
