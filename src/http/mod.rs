//! Pages and the HTTP side of the protocol: extract, authorise, one call, reply.
//!
//! Everything works by form POST and 303, without a script. No SQL, no rules, no loops here.

mod agenda_view;
mod api;
mod assets;
mod conversation_list;
mod drawn;
mod enter;
mod health;
mod home;
mod map_view;
mod moderate;
mod organise;
mod paging;
mod participate;
mod results;
mod router;

pub use router::{Route, router, routes};
