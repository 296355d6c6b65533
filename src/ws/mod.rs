//! WebSockets: the protocol's frames, one session a socket, and who may open one.
//!
//! `docs/PROTOCOL.md` numbers the rules; comments here cite them as P1, P2, ….

mod acts;
mod end;
mod gateway;
pub mod limiter;
mod meters;
pub mod network;
mod news;
pub mod origin;
mod pacing;
pub mod protocol;
pub mod rate_limit;
mod results;
mod session;
mod tickets;
mod upgrade;
mod view;

pub use gateway::{Gateway, WsConfig};
pub use meters::SocketMeters;
pub use tickets::{Ticket, Tickets};
pub use upgrade::{Opener, bounded, open_socket};
