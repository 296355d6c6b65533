//! Opening a socket: who may, and with which bounds.

use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use tokio::sync::OwnedSemaphorePermit;

use crate::domain::{Rights, Slug, TokenHash};
use crate::live::RoomHandle;

use super::gateway::Gateway;
use super::protocol::MAX_MESSAGE_BYTES;
use super::session::{self, SocketVisitor};
use crate::edge::limiter::SocketPermit;
use crate::edge::network::Network;
use crate::texts::Locale;

/// Who opens a socket, as the request's cookies say.
#[derive(Clone, Copy, Debug)]
pub struct Opener {
    /// The participant's token.
    pub identity: Option<TokenHash>,
    /// What they may do in this conversation.
    pub rights: Rights,
    /// The session that gives it.
    pub staff_session: Option<TokenHash>,
    /// The link that shows them a draft.
    pub preview: Option<TokenHash>,
    /// Where they come from.
    pub network: Network,
}

/// Upgrades a request that was found allowed and has a place among the sockets.
pub fn open_socket(
    gateway: Arc<Gateway>,
    upgrade: WebSocketUpgrade,
    slug: Slug,
    room: RoomHandle,
    opener: Opener,
    permits: (OwnedSemaphorePermit, Option<SocketPermit>),
) -> Response {
    // Frames speak the language that the page speaks.
    let language = Locale::current();
    bounded(upgrade).on_upgrade(move |socket| {
        let sessions = gateway.sessions.clone();
        let Opener { identity, rights, staff_session, preview, network } = opener;
        let exempt = false;
        let visitor = SocketVisitor { slug, room, identity, rights, staff_session, preview, network, exempt };
        sessions.track_future(async move {
            language.speaking(session::run(gateway, socket, visitor)).await;
            drop(permits);
        })
    })
}

/// With the buffers and sizes of our sockets. Small buffers: ten thousand idle sockets must not hold
/// gigabytes.
pub fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(1024)
        // A frame may wait for the one after it (`feed`); each `send` flushes.
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(512 * 1024)
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
}
