//! Boule, a deliberation engine: large publics vote on short statements, live; a matrix core
//! finds the opinion groups and what people agree on across them; an assembly's agenda is drafted
//! from that. `docs/ARCHITECTURE.md` is the map of this house.

// What is printed goes through `say!`, which a closed pipe doesn't break.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub use boule_core::{domain, opinion};

pub mod access;
pub mod assembly;
pub mod clock;
pub mod conversation;
pub mod disclosure;
pub mod drawing;
pub mod edge;
pub mod exchange;
pub mod http;
pub mod instance;
pub mod live;
pub mod notify;
pub mod peer;
pub mod similar;
pub mod store;
pub mod texts;
pub mod ws;

pub mod app;
pub mod cli;
pub mod config;
pub mod private;
pub mod telemetry;
