//! Between nodes: what is asked of a conversation that another node has is passed on to it, and its answer back. Requests and
//! sockets go as they are; nothing is decided on the way.
//!
//! Nodes know each other by certificates, whose hashes stand in the register: who is not in it is not heard, and what a node says
//! of where a request comes from is believed.

mod answer;
mod asked;
mod greeting;
mod identity;
mod links;
mod listener;
mod meters;
mod passing;
mod socket;
mod stream;

pub use identity::{Identity, IdentityError};
pub use listener::NodeDoor;
pub use meters::PeerMeters;
pub use passing::{Passing, PassingParts, passed_on};
