//! Who may do what, and what lets somebody in.

mod capability;
mod need;
mod passwords;
mod provider;
mod provider_attempt;
mod rights;
mod rights_changes;
mod second_factor;
mod tickets;

pub use capability::{
    Capability, MayModerate, MayOrganise, MayOversee, MayOwn, MaySeeModeration, MaySeeOrganising, MayTakePart,
};
pub use need::{Need, NeedPlace};
pub use passwords::{BadPassword, MAX_PASSWORD, MIN_PASSWORD, Passwords, TooManySignIns, check_password};
pub use provider::{Provider, ProviderConfig, ProviderError, ProviderIdentity};
pub use provider_attempt::Wish;
pub use rights::{rights_anywhere, rights_in_conversation, rights_on_instance};
pub use rights_changes::RightsChanges;
pub use second_factor::{CodeApp, new_recovery_codes, recovery_hash};
pub use tickets::{Ticket, Tickets};
