//! The real server, asked over real HTTP and WebSockets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends by panicking")]
#![allow(clippy::disallowed_methods, reason = "tests wait and measure")]

mod accounts;
mod advisories;
mod agendas;
mod app;
mod cli;
mod cluster;
mod curation;
mod cuts;
mod determinism;
mod drafts;
mod exclusion;
mod files;
mod floods;
mod fold;
mod forgetting;
mod frames;
mod hostile;
mod keep;
mod kill;
mod languages;
mod links;
mod lists;
mod logs;
mod mail;
mod maps;
mod matrix;
mod metrics;
mod on_server;
mod pacing;
mod pages;
mod parallel;
mod privacy;
mod process;
mod protocol;
mod publishing;
mod reading;
mod rights;
mod roles;
mod rooms;
#[path = "../postgres/mod.rs"]
mod server;
mod slow_readers;
mod soak;
mod tampering;
mod votes;
mod waiting;
mod watch;
mod workbench;
