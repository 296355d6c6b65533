//! Who did something to the instance.

use serde::{Deserialize, Serialize};

use crate::domain::StaffNumber;

/// Who did something, as the instance's log names them. The name behind a number stands beside the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstanceActor {
    /// Somebody with an account.
    Staff(StaffNumber),
    /// Somebody with the command line of the server.
    CommandLine,
    /// Boule itself.
    System,
}
