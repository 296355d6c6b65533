//! Configuration: defaults, then a file, then `BOULE_*` from the environment, then flags; read in
//! one place. An unknown key is an error.

mod brand;
mod error;
mod layer;
mod settings;
#[cfg(test)]
mod tests;

pub use brand::{Brand, Colour};
pub use error::ConfigError;
pub use layer::{ConfigLayer, Secret};
pub use settings::{Config, DEFAULT_BIND, DEFAULT_DATA};
