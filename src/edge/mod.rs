//! Where requests come in: connections, rates, who asks and from where, what goes wrong.
//!
//! Pages and sockets are built on it, and know nothing of each other.

mod access;
mod buckets;
mod context;
mod cookies;
mod day_token;
mod error;
mod extracted;
mod framed;
mod front_door;
pub mod limiter;
mod listen;
mod metered;
pub mod network;
mod newcomer;
pub mod origin;
pub mod rate_limit;
mod request;
mod sign_in_limits;
mod unread;
mod visitor;

/// The largest request body: a list of statements, which comes once as a file and once as what was made
/// of it.
pub const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

pub use access::{Access, Anybody, Guard, GuardedArgs, NotAsked, OnInstance, SignedIn, Staff};
pub use context::{Context, ContextParts, SiteConfig};
pub use day_token::{new_day_token, read_day_token};
pub use error::{
    ApiError, HttpError, PageError, RoomEnded, SignInWanted, not_found, not_that_way, page, page_with_status,
    refuse, words_of,
};
pub use front_door::{FrontDoor, StyleWithin, answered};
pub use listen::{ListenConfig, accept_each, converse, serve};
pub use newcomer::{identity_or_new, make_room_for_newcomer};
pub use request::{Form, Json, Multipart, NoFields, Path, Query};
pub use sign_in_limits::SignInLimits;
pub use visitor::{NewcomersToken, StaffVisitor, Visitor, identity_of};
