//! Every route on one page, and what every answer carries.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::{
    Context, api, assets, enter, error, front_door, health, home, moderate, organise, participate, results,
};

/// The largest request body: a list of statements, which comes once as a file and once as what was made
/// of it.
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

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
        .route("/c/{slug}/mine/withdraw", post(participate::withdraw_statement))
        .route("/c/{slug}/mine/reword", post(participate::reword_statement))
        .route("/c/{slug}/map", get(results::show_map))
        .route("/c/{slug}/results", get(results::show_results))
        .route("/c/{slug}/agenda", get(results::show_agenda))
        .route("/o", get(organise::show_conversations).post(organise::create_conversation))
        .route("/o/{slug}", get(organise::show_conversation).post(organise::change_conversation))
        .route("/o/{slug}/open", post(organise::open_conversation))
        .route("/o/{slug}/close", post(organise::close_conversation))
        .route("/o/{slug}/rename", post(organise::rename_draft))
        .route("/o/{slug}/delete", post(organise::delete_draft))
        .route("/o/{slug}/seed", post(organise::add_seed))
        .route("/o/{slug}/seeds", post(organise::preview_seeds))
        .route("/o/{slug}/seeds/add", post(organise::add_seeds))
        .route("/o/{slug}/seeds/change", post(organise::change_seed))
        .route("/o/{slug}/agenda", get(organise::show_agenda).post(organise::draft_agenda))
        .route("/o/{slug}/agenda/change", post(organise::change_agenda))
        .route("/o/{slug}/agenda/publish", post(organise::publish_agenda))
        .route("/m", get(moderate::show_conversations))
        .route("/m/{slug}", get(moderate::show_queue))
        .route("/m/{slug}/moderate", post(moderate::moderate_statement))
        .route("/m/{slug}/moderate-many", post(moderate::moderate_many))
        .route("/api/v1/c/{slug}/join", post(api::join))
        .route("/api/v1/c/{slug}", get(api::show_conversation))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::not_that_way)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CompressionLayer::new());
    let site = Router::new()
        .merge(pages)
        .route("/ws/v1/{slug}", get(api::open_socket))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    answered(site).with_state(context)
}

/// Every request goes through the front door, also where a handler panics.
fn answered<S: Clone + Send + Sync + 'static>(site: Router<S>) -> Router<S> {
    site.layer(CatchPanicLayer::custom(error::panicked)).layer(from_fn(front_door::open))
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
        for (name, value) in front_door::HEADERS {
            assert_eq!(answer.headers()[name.as_str()], value);
        }
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert!(answer.text().await.unwrap().contains("Something broke here"));
    }
}
