//! Pages and the HTTP side of the protocol: extract, authorise, one call, reply.
//!
//! Everything works by form POST and 303, without a script. No SQL, no rules, no loops here.

mod agenda_view;
mod api;
mod assets;
mod context;
mod enter;
mod error;
mod extract;
mod front_door;
mod health;
mod home;
mod listen;
mod map_view;
mod metered;
mod metrics;
mod moderate;
mod organise;
mod paging;
mod participate;
mod request;
mod results;
mod router;
mod texts;

pub use context::Context;
pub use listen::{ListenConfig, serve};
pub use metrics::metrics_router;
pub use router::router;
pub use texts::Texts;
