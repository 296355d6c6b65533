//! Who asks, and from where.

use std::net::IpAddr;
use std::sync::Once;

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};

use super::context::Context;
use super::cookies::CookieKind;
use super::error::HttpError;
use super::extracted::extracted_by_read;
use super::framed::is_for_frame;
use super::network::{Network, Peer, client_network};
use super::origin::{RequestSite, may_act_with_cookie, may_act_without_cookie};
use crate::clock::random_token;
use crate::conversation::{Admission, Channel};
use crate::domain::{Slug, TokenHash};
use crate::instance::Grant;
use crate::store::{SessionStage, StaffSession};

/// How long a browser keeps who somebody is here, and their language.
pub(super) const YEAR_S: u32 = 365 * 24 * 3600;

/// Conversations that a browser remembers as read; the latest count.
const MOST_READ: usize = 30;

/// The conversations that a cookie names.
fn slugs_in(cookie: &str) -> Vec<String> {
    let slugs = cookie.split('/').filter(|text| Slug::parse(text).is_ok());
    slugs.take(MOST_READ).map(str::to_owned).collect()
}

/// The name of a link, in the query of an address. No cookie keeps it: it goes from the page's address to the first act there.
fn channel_in(query: &str) -> Option<Channel> {
    query.split('&').find_map(|field| Channel::parse(field.strip_prefix("by=")?))
}

/// Somebody of the staff, or on their way to be let in.
#[derive(Clone, Debug)]
pub struct StaffVisitor {
    /// The hash of what their browser holds.
    pub token: TokenHash,
    /// Who they are, how far they are, and what they may do.
    pub session: StaffSession,
}

/// A visitor: the participant's token in their browser, and who they are among the staff.
///
/// Extracting one from an unsafe request refuses it when it came from another site.
#[derive(Clone)]
pub struct Visitor {
    /// The participant's token.
    pub identity: Option<TokenHash>,
    /// Their session, where they have one.
    pub staff: Option<StaffVisitor>,
    /// What lets them look at a draft.
    pub preview: Option<TokenHash>,
    /// What they come back with from the provider that signs them in.
    pub provider: Option<String>,
    /// What their browser calls itself.
    pub browser: String,
    /// `scheme://host` of this site.
    pub own_origin: String,
    /// Where they come from.
    pub network: Network,
    /// Whether they carry the operator's key: no rates.
    pub exempt: bool,
    /// The conversations whose results they have opened before taking part.
    has_read: Vec<String>,
    /// The name of the link that they came through, where the page they act on was opened by it.
    came_by: Option<Channel>,
    secure: bool,
}

extracted_by_read!([] Visitor);

impl Visitor {
    pub(super) async fn read(parts: &Parts, context: &Context) -> Result<Self, HttpError> {
        let own_origin = own_origin(&parts.headers, context);
        let secure = context.outside.is_secure();
        let participant = participant_token(parts, secure);
        let staff_cookie = CookieKind::Staff.read(&parts.headers, secure);
        let preview = CookieKind::Preview.read(&parts.headers, secure).map(TokenHash::of);
        let provider = CookieKind::Provider.read(&parts.headers, secure).map(str::to_owned);
        let has_cookie =
            participant.is_some() || staff_cookie.is_some() || preview.is_some() || provider.is_some();
        let is_safe = matches!(parts.method, Method::GET | Method::HEAD);
        let is_socket = parts.headers.get(header::UPGRADE).is_some();
        if (!is_safe || is_socket) && !may_act(&parts.headers, &own_origin, has_cookie) {
            return Err(HttpError::WrongSite);
        }
        let staff = match staff_cookie.map(TokenHash::of) {
            Some(token) => staff_visitor(context, token).await?,
            None => None,
        };
        let identity = identity_of(parts, secure);
        let network = network(parts, context);
        let exempt = is_operator(&parts.headers, context);
        if !is_safe && !exempt {
            // P11: forms and joins have the rates of messages.
            context.limiter.take(identity, network).map_err(HttpError::TooFast)?;
        }
        Ok(Self {
            identity,
            staff,
            preview,
            provider,
            browser: browser_name(&parts.headers),
            own_origin,
            network,
            exempt,
            has_read: CookieKind::Reader.read(&parts.headers, secure).map(slugs_in).unwrap_or_default(),
            came_by: parts.uri.query().and_then(channel_in),
            secure,
        })
    }

    /// The cookie that keeps a participant's token.
    pub fn participant_cookie(&self, token: &str) -> Option<HeaderValue> {
        CookieKind::Participant.keep(token, YEAR_S, self.secure)
    }

    /// The same in a frame of another site.
    pub fn embed_cookie(&self, token: &str) -> Option<HeaderValue> {
        CookieKind::Embed.keep(token, YEAR_S, self.secure)
    }

    /// The name of the link that they came through.
    pub fn came_by(&self) -> Option<&Channel> {
        self.came_by.as_ref()
    }

    /// How they come in.
    pub fn admission(&self, slug: &str) -> Admission {
        let channel = self.came_by.clone();
        Admission { channel, read_first: self.has_read(slug), ..Admission::default() }
    }

    /// Whether they have opened the results of a conversation before taking part in it.
    pub fn has_read(&self, slug: &str) -> bool {
        self.has_read.iter().any(|read| read == slug)
    }

    /// The cookie that keeps that they do so now.
    pub fn reader_cookie(&self, slug: &str) -> Option<HeaderValue> {
        let others = self.has_read.iter().map(String::as_str).filter(|read| *read != slug);
        let kept: Vec<&str> = [slug].into_iter().chain(others).take(MOST_READ).collect();
        CookieKind::Reader.keep(&kept.join("/"), YEAR_S, self.secure)
    }

    /// The cookie that keeps a session of staff for this long.
    pub fn staff_cookie(&self, token: &str, seconds: u32) -> Option<HeaderValue> {
        CookieKind::Staff.keep(token, seconds, self.secure)
    }

    /// The cookie that keeps what lets somebody look at a draft.
    pub fn preview_cookie(&self, token: &str, seconds: u32) -> Option<HeaderValue> {
        CookieKind::Preview.keep(token, seconds, self.secure)
    }

    /// The cookie that keeps what somebody comes back with from the provider.
    pub fn provider_cookie(&self, token: &str, seconds: u32) -> Option<HeaderValue> {
        CookieKind::Provider.keep(token, seconds, self.secure)
    }

    /// Who they are, once they are in.
    pub fn signed_in(&self) -> Option<&StaffVisitor> {
        self.staff.as_ref().filter(|staff| staff.session.stage == SessionStage::Full)
    }

    /// What they may do, and where.
    pub fn grants(&self) -> &[Grant] {
        self.signed_in().map_or(&[], |staff| &staff.session.grants)
    }
}

/// Whose session a cookie is, and that it is used.
async fn staff_visitor(context: &Context, token: TokenHash) -> Result<Option<StaffVisitor>, HttpError> {
    let now = context.clock.now();
    let Some(session) = context.store.staff_session(token, now).await? else { return Ok(None) };
    if let Err(error) = context.store.note_use(token, session.seen_at, now).await {
        tracing::warn!(%error, "that a session is used could not be noted");
    }
    Ok(Some(StaffVisitor { token, session }))
}

/// What a browser calls itself, in a length that a list has room for.
fn browser_name(headers: &HeaderMap) -> String {
    let named = header_text(headers, header::USER_AGENT.as_str()).unwrap_or_default();
    named.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn participant_token(parts: &Parts, secure: bool) -> Option<&str> {
    let participant = CookieKind::Participant.read(&parts.headers, secure);
    // Outside frames it says nothing: a browser that opens such a page alone keeps it for this site.
    let in_frame = || CookieKind::Embed.read(&parts.headers, secure).filter(|_| is_for_frame(&parts.uri));
    participant.or_else(in_frame)
}

/// The participant that a request shows itself to be, by a cookie or as a program does.
pub fn identity_of(parts: &Parts, secure: bool) -> Option<TokenHash> {
    let bearer = header_text(&parts.headers, header::AUTHORIZATION.as_str())
        .and_then(|value| value.strip_prefix("Bearer "));
    let known = |token: Option<&str>| token.filter(|token| is_token(token)).map(TokenHash::of);
    known(participant_token(parts, secure)).or_else(|| known(bearer))
}

/// A token for somebody who acts for the first time.
pub struct NewcomersToken {
    /// The request shows it, as a program does.
    pub shown: HeaderValue,
    /// The cookie that keeps it.
    pub cookie: HeaderValue,
}

impl NewcomersToken {
    /// One for a browser that votes or writes by a form and shows nobody, so that the same form is the same person's when it is sent again.
    /// (In frames of other sites a browser may not keep it.)
    pub fn for_form(parts: &Parts, secure: bool) -> Option<Self> {
        let of_conversation = parts.uri.path().strip_prefix("/c/").and_then(|path| path.split_once('/'));
        let counts = of_conversation.is_some_and(|(_, act)| matches!(act, "vote" | "submit"));
        if parts.method != Method::POST
            || !counts
            || is_for_frame(&parts.uri)
            || identity_of(parts, secure).is_some()
        {
            return None;
        }
        let token = random_token();
        let shown = HeaderValue::try_from(format!("Bearer {token}")).ok()?;
        Some(Self { shown, cookie: CookieKind::Participant.keep(&token, YEAR_S, secure)? })
    }
}

/// Whether a request shows the operator's key, compared in constant time.
fn is_operator(headers: &HeaderMap, context: &Context) -> bool {
    let Some(shown) = header_text(headers, "x-boule-operator") else { return false };
    // Hashes of equal length: how many of their bytes agree tells nothing of the key.
    TokenHash::of(shown) == TokenHash::of(&context.operator_key)
}

/// Where a request comes from, by its connection and what trusted proxies say.
fn network(parts: &Parts, context: &Context) -> Network {
    let peer = parts.extensions.get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().map(|v| v.to_str().unwrap_or_default());
    if context.outside.trusted_proxies.is_empty() && parts.headers.contains_key("x-forwarded-for") {
        static TOLD: Once = Once::new();
        TOLD.call_once(|| {
            tracing::warn!(
                "requests come through a proxy that is not among trusted_proxies: its people share the rates of one network"
            );
        });
    }
    client_network(peer, forwarded, &context.outside.trusted_proxies)
}

fn may_act(headers: &HeaderMap, own_origin: &str, has_cookie: bool) -> bool {
    let site = RequestSite {
        sec_fetch_site: only_text(headers, "sec-fetch-site"),
        origin: only_text(headers, header::ORIGIN.as_str()),
        own_origin,
    };
    if has_cookie { may_act_with_cookie(site) } else { may_act_without_cookie(site) }
}

fn own_origin(headers: &HeaderMap, context: &Context) -> String {
    match &context.outside.public_url {
        Some(url) => url.clone(),
        None => format!("http://{}", header_text(headers, header::HOST.as_str()).unwrap_or_default()),
    }
}

/// Whether a text is what this server gives out as a token; anything else is nobody's.
fn is_token(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A header that tells where a request comes from. One that is sent twice, or is no text, is there,
/// and is nobody's address.
fn only_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    let text = if values.next().is_none() { first.to_str().ok() } else { None };
    Some(text.unwrap_or_default())
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
