//! Whether the groups of a map are real: resamples of its people, and shuffles of its votes.

pub mod bootstrap;
pub mod methods;
pub mod null;
mod rounds;
pub mod validate;
