//! `GET /ws/v1/SLUG`: who may open a socket, and its place among those that are open.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::get;

use super::gateway::Gateway;
use super::upgrade::{Opener, open_socket};
use crate::access::MayTakePart;
use crate::edge::{Access, HttpError, PageError, Visitor};
use crate::live::RoomError;

/// The sockets' route.
pub fn router(gateway: Arc<Gateway>) -> Router {
    Router::new().route("/ws/v1/{slug}", get(open)).with_state(gateway)
}

async fn open(
    State(gateway): State<Arc<Gateway>>,
    access: Access<MayTakePart>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, PageError> {
    let upgrade = upgrade.ok().filter(|_| has_whole_key(&headers)).ok_or(HttpError::NotAWebSocket)?;
    let Access { slug, room, visitor, rights, preview, .. } = access;
    let staff_session = visitor.signed_in().map(|staff| staff.token);
    let Visitor { identity, network, exempt, .. } = visitor;
    let opener = Opener { identity, rights, staff_session, preview, network };
    let busy = || HttpError::Room(RoomError::Busy);
    let among_its_own = match exempt {
        true => None,
        false => Some(gateway.limiter.open_socket(network).ok_or_else(busy)?),
    };
    let permit = Arc::clone(&gateway.sockets).try_acquire_owned().map_err(|_| busy())?;
    Ok(open_socket(gateway, upgrade, slug, room, opener, (permit, among_its_own)))
}

/// Whether the key is 16 bytes in base64, as RFC 6455 (4.2.1) asks: axum takes any text.
fn has_whole_key(headers: &HeaderMap) -> bool {
    let key = headers.get(header::SEC_WEBSOCKET_KEY).and_then(|key| key.to_str().ok()).unwrap_or_default();
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    key.strip_suffix("==").is_some_and(|letters| letters.len() == 22 && letters.bytes().all(is_letter))
}
