//! Every route on one page, and what every answer carries.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::{StatusCode, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::{Context, api, assets, enter, error, health, home, moderate, organise, participate, results};

/// The largest request body: a CSV of seed statements.
const MAX_BODY_BYTES: usize = 1024 * 1024;
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// The whole site.
pub fn router(context: Context) -> Router {
    let pages = Router::new()
        .route("/", get(home::show_home))
        .route("/health", get(health::show_health))
        .route("/static/{name}", get(assets::send_asset))
        .route("/favicon.ico", get(assets::send_favicon))
        .route("/enter", get(enter::show_enter).post(enter::use_link))
        .route("/leave", post(enter::leave))
        .route("/c/{slug}", get(participate::show_conversation))
        .route("/c/{slug}/vote", get(participate::show_conversation).post(participate::cast_vote))
        .route("/c/{slug}/submit", post(participate::submit_statement))
        .route("/c/{slug}/s/{statement}", get(participate::show_statement))
        .route("/c/{slug}/mine", get(participate::show_mine))
        .route("/c/{slug}/map", get(results::show_map))
        .route("/c/{slug}/results", get(results::show_results))
        .route("/c/{slug}/agenda", get(results::show_agenda))
        .route("/o", get(organise::show_conversations).post(organise::create_conversation))
        .route("/o/{slug}", get(organise::show_conversation).post(organise::change_conversation))
        .route("/o/{slug}/open", post(organise::open_conversation))
        .route("/o/{slug}/close", post(organise::close_conversation))
        .route("/o/{slug}/seed", post(organise::add_seed))
        .route("/o/{slug}/seeds", post(organise::add_seeds_from_csv))
        .route("/o/{slug}/agenda", get(organise::show_agenda).post(organise::draft_agenda))
        .route("/o/{slug}/agenda/change", post(organise::change_agenda))
        .route("/o/{slug}/agenda/publish", post(organise::publish_agenda))
        .route("/m", get(moderate::show_conversations))
        .route("/m/{slug}", get(moderate::show_queue))
        .route("/m/{slug}/moderate", post(moderate::moderate_statement))
        .route("/api/v1/c/{slug}/join", post(api::join))
        .route("/api/v1/c/{slug}", get(api::show_conversation))
        .fallback(error::not_found)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CompressionLayer::new());
    let site = Router::new()
        .merge(pages)
        .route("/ws/v1/{slug}", get(api::open_socket))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    answered(site).with_state(context)
}

/// Every request gets an answer with every header, also where a handler panics.
fn answered<S: Clone + Send + Sync + 'static>(site: Router<S>) -> Router<S> {
    site.layer(CatchPanicLayer::custom(error::panicked)).layer(map_response(with_headers))
}

/// What every answer says of itself. One layer for all of them: each layer is a copy of the service
/// and a box for every request.
async fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    async fn broken() -> StatusCode {
        panic!("on purpose")
    }

    #[tokio::test]
    async fn the_page_of_a_panic_carries_the_headers_too() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = answered(Router::new().route("/", get(broken)));
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
