//! An instance: who runs it, what they may do where, and what was done to it. PURE.
//!
//! What people do *in* a conversation stands in that conversation's log. What is done *to* the instance
//! stands in its own: accounts, sign-ins, grants, exports.

mod actor;
mod event;
mod grant;
mod link;

pub use actor::InstanceActor;
pub use event::{INSTANCE_LOG, InstanceAct, InstanceEvent, NewInstanceEvent};
pub use grant::{Grant, Scope, rights_in};
pub use link::{Link, LinkPurpose};
