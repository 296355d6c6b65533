//! What programs can ask for, described as OpenAPI and served with the pages.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;

use super::{agendas, api, lists, participate, results};
use crate::edge::Anybody;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Boule",
        description = "Conversations, statements, results and one's own votes, for programs. Votes are cast over a \
            WebSocket (docs/PROTOCOL.md). A participant is known by a cookie, or by a bearer token that joining \
            gives.",
        license(name = "see LICENSE")
    ),
    paths(
        api::show_conversation,
        api::join,
        lists::list_statements,
        lists::list_mine,
        participate::show_unseen,
        participate::find_similar,
        results::list_results,
        agendas::list_agenda,
    )
)]
struct Description;

static DESCRIPTION: LazyLock<String> = LazyLock::new(|| Description::openapi().to_json().unwrap_or_default());

/// `GET /api/v1/openapi.json`
pub(super) async fn show_description(_: Anybody) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION.as_str()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::routes;

    #[test]
    fn every_address_for_programs_is_described_and_nothing_else() {
        let described: serde_json::Value = serde_json::from_str(&DESCRIPTION).unwrap();
        let mut paths: Vec<(String, String)> = Vec::new();
        for (path, methods) in described["paths"].as_object().unwrap() {
            let methods = methods.as_object().unwrap().keys();
            paths.extend(methods.map(|method| (path.clone(), method.to_uppercase())));
        }
        let served = routes().into_iter().filter(|route| route.path.starts_with("/api/v1/c/"));
        let mut served: Vec<(String, String)> = served
            .flat_map(|route| {
                route.methods.into_iter().map(move |(method, _)| (route.path.to_owned(), method.to_string()))
            })
            .collect();
        paths.sort();
        served.sort();
        assert_eq!(paths, served);
    }
}
