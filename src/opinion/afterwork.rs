//! placeholder
use serde::{Deserialize, Serialize};
/// What takes longer.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Afterwork {}
