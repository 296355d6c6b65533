//! The way in of every request on a node that is not alone: what is asked of a conversation goes to the node that has it.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hyper::upgrade::OnUpgrade;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

use super::answer::breaking_off;
use super::asked::{Asked, is_socket};
use super::greeting::{self, NOT_HERE, has_ended};
use super::identity::Identity;
use super::links::{Link, Links, Unreached};
use super::meters::PeerMeters;
use super::socket;
use crate::clock::Clock;
use crate::domain::Slug;
use crate::edge::{MAX_BODY_BYTES, NewcomersToken, NotAsked};
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
        // A file is not kept to be asked once more, and a socket comes back by itself.
        None if !is_small(request.body()) || is_socket(request.headers()) => next.run(request).await,
        first => passing.pass(slug, first, request, next).await,
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

fn is_small(body: &Body) -> bool {
    body.size_hint().upper().is_some_and(|length| length <= SMALL)
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

    /// Has a request answered by the node that has the conversation; by another one when that is gone, or has handed it over.
    async fn pass(&self, slug: Slug, first: Option<NodeId>, request: Request, next: Next) -> Response {
        let (mut parts, body) = request.into_parts();
        let (body, _large) = match self.whole(body).await {
            Ok(whole) => whole,
            Err(why) => {
                // This node says so in words, and nothing is done.
                parts.extensions.insert(why);
                return next.run(Request::from_parts(parts, Body::empty())).await;
            }
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
        first: Option<NodeId>,
        (mut parts, body): (Parts, Bytes),
        next: Next,
    ) -> Response {
        let mut client = parts.extensions.remove::<OnUpgrade>();
        let asked = Asked { parts: &parts, body: &body };
        let may_be_repeated = asked.may_be_repeated(self.secure);
        let may_meet_an_end = may_be_repeated && !asked.is_socket();
        let began = self.clock.instant();
        let mut node = first;
        while self.clock.since(began) < FOUND_WITHIN {
            let answer = match node {
                Some(id) => self.ask(id, &asked).await,
                None => Ok(self.run_here(&asked, client.take(), next.clone()).await),
            };
            match answer {
                Ok(response) if response.status() == NOT_HERE => {}
                // Nobody knows whether it was done before the room ended.
                Ok(response) if may_meet_an_end && has_ended(&response) => {}
                Ok(response) => {
                    let Some(id) = node else { return response };
                    self.meters.requests.inc();
                    return match client {
                        Some(client) => self.join(id, client, response),
                        None => response,
                    };
                }
                Err(Failed::HalfWay) if !may_be_repeated => break,
                Err(Failed::HalfWay | Failed::NotSent) => {}
            }
            self.places.doubt(&slug);
            tokio::time::sleep(AGAIN_AFTER).await;
            node = self.there(&slug).await;
        }
        self.meters.failures.inc();
        // This node says that it is to be tried again, in the words and the form that were asked for.
        parts.extensions.insert(NotAsked::NoNode);
        next.run(Request::from_parts(parts, Body::from(body))).await
    }

    async fn run_here(&self, asked: &Asked<'_>, client: Option<OnUpgrade>, next: Next) -> Response {
        let mut request = asked.again();
        if let Some(client) = client {
            request.extensions_mut().insert(client);
        }
        next.run(request).await
    }

    /// A whole body, and the place of a large one: few are held at once. An error where it is too large, or does not come.
    async fn whole(&self, body: Body) -> Result<(Bytes, Option<SemaphorePermit<'_>>), NotAsked> {
        let is_small = is_small(&body);
        if body.size_hint().lower() > MAX_BODY_BYTES as u64 {
            return Err(NotAsked::TooLarge);
        }
        let reading = async {
            let place = if is_small { None } else { self.0.large.acquire().await.ok() };
            // One that says nothing of its length and is too large is cut off.
            Ok((to_bytes(body, MAX_BODY_BYTES).await.map_err(|_| NotAsked::Broken)?, place))
        };
        tokio::time::timeout(READ_WITHIN, reading).await.unwrap_or(Err(NotAsked::Broken))
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
            Ok(mut response) => {
                if !is_socket {
                    self.keep(id, link);
                }
                greeting::hear_end(&mut response);
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
