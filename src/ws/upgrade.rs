//! Opening a socket: who may, and with which bounds.

use std::time::Duration;

use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::domain::{Role, Slug, TokenHash};
use crate::live::{RoomHandle, Rooms};
use crate::store::Store;

use super::protocol::MAX_MESSAGE_BYTES;
use super::rate_limit::Rate;
use super::session::{self, Visitor};
use super::tickets::Tickets;

/// Bounds of sockets.
#[derive(Clone, Copy, Debug)]
pub struct WsConfig {
    /// P11: messages that one socket may send.
    pub messages: Rate,
    /// A first frame must come within this time.
    pub hello_within: Duration,
    /// P9: a ping is sent after this much silence, and the socket closed after three times that.
    pub ping_every: Duration,
    /// P7: who does not read for this long is closed.
    pub write_within: Duration,
}

impl Default for WsConfig {
    fn default() -> Self {
        Self {
            messages: Rate { burst: 30.0, per_second: 10.0 },
            hello_within: Duration::from_secs(10),
            ping_every: Duration::from_secs(20),
            write_within: Duration::from_secs(10),
        }
    }
}

/// What every socket shares; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    /// The rooms.
    pub rooms: Rooms,
    /// Tickets that are out.
    pub tickets: Tickets,
    /// The time.
    pub clock: Clock,
    /// Role sessions.
    pub store: Store,
    /// The bounds.
    pub config: WsConfig,
    /// Cancelled when the server goes down: sockets say `bye` and end.
    pub closing: CancellationToken,
    /// The sessions, to wait for their end.
    pub sessions: TaskTracker,
}

/// Who opens a socket, as the request's cookies say.
#[derive(Clone, Copy, Debug)]
pub struct Opener {
    /// The participant's token.
    pub identity: Option<TokenHash>,
    /// The role on this instance.
    pub role: Role,
    /// The session that gives it.
    pub role_session: Option<TokenHash>,
}

/// Upgrades a request that was found allowed.
pub fn open_socket(
    gateway: Gateway,
    upgrade: WebSocketUpgrade,
    slug: Slug,
    room: RoomHandle,
    opener: Opener,
) -> Response {
    // Small buffers: ten thousand idle sockets must not hold gigabytes.
    upgrade
        .read_buffer_size(4096)
        .write_buffer_size(0)
        .max_write_buffer_size(512 * 1024)
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
        .on_upgrade(move |socket| {
            let sessions = gateway.sessions.clone();
            let Opener { identity, role, role_session } = opener;
            let visitor = Visitor { slug, room, identity, role, role_session, exempt: false };
            sessions.track_future(session::run(gateway, socket, visitor))
        })
}
