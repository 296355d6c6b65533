//! The real server, asked over real HTTP and WebSockets.

mod app;
mod cli;
mod fold;
mod kill;
mod pages;
mod privacy;
mod protocol;
mod roles;
mod votes;
