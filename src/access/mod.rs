//! Who may do what, and what lets somebody in.

mod capability;
mod tickets;

pub use capability::{
    Capability, MayModerate, MayOrganise, MaySeeModeration, MaySeeOrganising, MayTakePart, Need,
};
pub use tickets::{Ticket, Tickets};
