//! What happens to every request before it finds its page, and to every answer.

use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri, Version};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use tower_http::catch_panic::CatchPanicLayer;

use super::cookies::CookieKind;
use super::error::{HttpError, PageError, panicked};
use super::framed::is_for_frame;
use super::visitor::YEAR_S;
use crate::texts::{Locale, RequestLocale};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// What every answer says of itself.
pub(super) const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// A style sheet that is written into a page, which its policy has to let in: an extension of the answer.
#[derive(Clone, Debug)]
pub struct StyleWithin {
    source: String,
}

impl StyleWithin {
    /// Lets in these very bytes.
    pub fn of(style: &str) -> Self {
        Self { source: format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(style))) }
    }

    /// A policy that lets it in too.
    fn added_to(&self, policy: &HeaderValue) -> Option<HeaderValue> {
        let wider =
            policy.to_str().ok()?.replace("style-src 'self'", &format!("style-src 'self' {}", self.source));
        HeaderValue::try_from(wider).ok()
    }
}

/// What the front door knows of the site.
#[derive(Clone, Debug, Default)]
pub struct FrontDoor {
    /// Whether browsers reach it over TLS only.
    pub secure: bool,
    /// What pages that may be shown in frames say of that; nothing where no other site may.
    framed: Option<HeaderValue>,
}

impl FrontDoor {
    /// A site whose conversations these other sites may show in frames.
    pub fn new(secure: bool, frames: &[String]) -> Self {
        let sites = format!("frame-ancestors 'self' {}", frames.join(" "));
        let framed = (!frames.is_empty()).then(|| CSP.replace("frame-ancestors 'none'", &sites));
        Self { secure, framed: framed.and_then(|csp| HeaderValue::try_from(csp).ok()) }
    }
}

/// One layer for all of it: each layer is a copy of the service and a box for every request.
pub(super) async fn open(door: FrontDoor, request: Request, next: Next) -> Response {
    let (locale, chosen) = language(&request, door.secure);
    let framed = door.framed.filter(|_| is_for_frame(request.uri()));
    let here = here(&request);
    let answer = async {
        match refusal(&request) {
            Some(response) => response,
            None => next.run(request).await,
        }
    };
    let mut response = RequestLocale { locale, here }.by(answer).await;
    if let Some(cookie) = chosen {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    let style = response.extensions_mut().remove::<StyleWithin>();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = framed.unwrap_or(HeaderValue::from_static(CSP));
    let policy = style.and_then(|style| style.added_to(&policy)).unwrap_or(policy);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The language of a request, and the cookie that keeps it where a link has chosen it.
fn language(request: &Request, secure: bool) -> (Locale, Option<HeaderValue>) {
    let headers = request.headers();
    let link =
        request.uri().query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = Locale::negotiate(link, CookieKind::Language.read(headers, secure), accepted);
    let is_chosen = link.and_then(Locale::of_tag).is_some();
    let keep = if is_chosen { CookieKind::Language.keep(locale.tag(), YEAR_S, secure) } else { None };
    (locale, keep)
}

/// The address of a page that can be read again, with what says which part of it is shown. What else stands
/// in a query is not repeated: the page may be drawn for everybody.
fn here(request: &Request) -> Option<String> {
    const PARTS: [&str; 7] = ["sort", "page", "waiting", "latest", "after", "last", "decided"];
    // Whose votes are meant.
    const WHOM: [&str; 5] = ["whom", "set", "from", "channel", "statements"];
    // Percent signs and `+` stand for other characters, and are repeated as they are.
    let is_plain =
        |value: &str| value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"%+-_.,;".contains(&byte));
    let path = request.uri().path();
    let also: &[&str] = match path {
        "/enter" => &["key"],
        path if path.starts_with("/m/") && path.ends_with("/leave-out") => &WHOM,
        _ => &[],
    };
    let pairs = request.uri().query().unwrap_or_default().split('&');
    let kept = pairs.filter(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (PARTS.contains(&name) || also.contains(&name)) && is_plain(value)
    });
    let kept: String = kept.map(|pair| format!("{pair}&")).collect();
    // What is drawn for whoever asks for the head alone may be kept for others.
    matches!(*request.method(), Method::GET | Method::HEAD).then(|| format!("{path}?{kept}"))
}

fn refusal(request: &Request) -> Option<Response> {
    // RFC 9112, 3.2: else two programs in a row may take it for requests to two sites.
    let hosts = request.headers().get_all(header::HOST).iter().count();
    if hosts > 1 || hosts == 0 && request.version() == Version::HTTP_11 {
        return Some(PageError::from(HttpError::BadHost).into_response());
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let moved = if is_read { moved_to(request.uri()) } else { None };
    let to = moved.and_then(|to| HeaderValue::try_from(to).ok())?;
    Some((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response())
}

/// The address of a page that was asked for with a slash at the end or with capital letters, as people
/// and programs write them.
fn moved_to(uri: &Uri) -> Option<String> {
    let path = uri.path();
    let of_pages = !["/static/", "/ws/", "/api/"].iter().any(|start| path.starts_with(start));
    let plain = format!("/{}", path.trim_matches(['/', '\\'])).to_ascii_lowercase();
    // “//elsewhere” would be another site, and so would “/\elsewhere”.
    if !of_pages || plain == path || plain.starts_with("//") {
        return None;
    }
    Some(uri.query().map_or_else(|| plain.clone(), |query| format!("{plain}?{query}")))
}

/// Every request goes through the front door, also where a handler panics.
pub fn answered<S: Clone + Send + Sync + 'static>(site: Router<S>, door: FrontDoor) -> Router<S> {
    site.layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(move |request, next| open(door.clone(), request, next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_at_the_end_and_capital_letters_lead_to_the_page() {
        for (asked, page) in [
            ("/c/Riverside/", Some("/c/riverside")),
            ("/C/riverside/Results?utm_source=A", Some("/c/riverside/results?utm_source=A")),
            ("/c/riverside", None),
            ("/", None),
            ("//", Some("/")),
            ("//example.org/", Some("/example.org")),
            ("/\\example.org/", Some("/example.org")),
            ("/static/Boule.css", None),
        ] {
            assert_eq!(moved_to(&asked.parse().unwrap()).as_deref(), page, "{asked}");
        }
    }

    #[tokio::test]
    async fn only_pages_to_vote_on_are_shown_in_frames_and_only_of_sites_that_are_named() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let door = FrontDoor::new(false, &["https://news.example".to_owned()]);
        tokio::spawn(async move { axum::serve(listener, answered(Router::new(), door)).await });
        for (page, ancestors) in [
            ("/c/riverside?embed=1", "frame-ancestors 'self' https://news.example"),
            ("/c/riverside?voted=1&embed=1", "frame-ancestors 'self' https://news.example"),
            ("/c/riverside", "frame-ancestors 'none'"),
            ("/c/riverside/vote?embed=1", "frame-ancestors 'self' https://news.example"),
            ("/c/riverside/mine?embed=1", "frame-ancestors 'none'"),
            ("/c/riverside/mine/erase?embed=1", "frame-ancestors 'none'"),
            ("/c/riverside?xembed=1", "frame-ancestors 'none'"),
            ("/o/riverside?embed=1", "frame-ancestors 'none'"),
        ] {
            let answer = reqwest::get(format!("http://{address}{page}")).await.unwrap();
            let csp = answer.headers()["content-security-policy"].to_str().unwrap();
            assert!(csp.ends_with(ancestors) && csp.contains("default-src 'none'"), "{page}: {csp}");
        }
    }

    #[tokio::test]
    async fn a_chosen_language_is_kept_as_safely_as_the_site_is_reached() {
        for (secure, kept) in [(true, "__Host-boule-lang=de; "), (false, "boule-lang=de; ")] {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let door = FrontDoor::new(secure, &[]);
            let site = answered(Router::new().route("/", axum::routing::get(|| async { "" })), door);
            tokio::spawn(async move { axum::serve(listener, site).await });
            let answer = reqwest::get(format!("http://{address}/?lang=de")).await.unwrap();
            let cookie = answer.headers()["set-cookie"].to_str().unwrap();
            assert!(cookie.starts_with(kept) && cookie.contains("; Secure") == secure, "{cookie}");
            let plain = reqwest::get(format!("http://{address}/")).await.unwrap();
            assert!(!plain.headers().contains_key("set-cookie"), "nobody has chosen");
        }
    }

    async fn broken() -> StatusCode {
        panic!("on purpose")
    }

    #[tokio::test]
    async fn the_page_of_a_panic_carries_the_headers_too() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = answered(Router::new().route("/", axum::routing::get(broken)), FrontDoor::default());
        tokio::spawn(async move { axum::serve(listener, site).await });
        let answer = reqwest::get(format!("http://{address}/")).await.unwrap();
        assert_eq!(answer.status(), 500);
        for (name, value) in HEADERS {
            assert_eq!(answer.headers()[name.as_str()], value);
        }
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert!(answer.text().await.unwrap().contains("Something broke here"));
    }
}
