//! WebSockets: the protocol's frames, one session a socket, and who may open one.
//!
//! `docs/PROTOCOL.md` numbers the rules; comments here cite them as P1, P2, ….

mod acts;
mod end;
mod gateway;
mod meters;
mod news;
mod open;
mod pacing;
pub mod protocol;
mod results;
mod session;
mod shown;
mod upgrade;
mod view;

pub use gateway::{Gateway, WsConfig};
pub use meters::SocketMeters;
pub use open::router;
pub use upgrade::bounded;
