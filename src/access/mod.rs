//! Who may do what, and what lets somebody in.

mod capability;
mod need;
mod tickets;

pub use capability::{Capability, MayModerate, MayOrganise, MaySeeModeration, MaySeeOrganising, MayTakePart};
pub use need::Need;
pub use tickets::{Ticket, Tickets};
