//! What Boule is about, without anything that runs: statements, votes and their chain (`domain`), and the opinion map
//! that is computed from votes (`opinion`). Pure: no async, no I/O, no clock.
//!
//! It is a crate of its own because it is optimised as one part, and built beside the libraries that the rest waits for
//! (`docs/decisions/0037`).

pub mod domain;
pub mod opinion;
