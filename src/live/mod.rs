//! Open conversations, live: one room each, a task that owns the conversation's record.
//!
//! A room decides (pure), has the store write, and only then applies and answers. It knows nothing
//! of sockets or pages: they send commands and watch what it publishes.

mod background;
mod command;
mod examination;
mod fan_out;
mod handle;
mod hot;
mod mapping;
mod meters;
mod organising;
mod published;
mod publishing;
mod rare;
mod recompute;
mod room;
mod room_state;
mod rooms;
mod routing;
mod seeding;
#[cfg(test)]
mod simulation_model;
#[cfg(test)]
mod simulation_tests;
mod twins;

pub use command::{
    AgendaChange, Identity, Joined, Live, Many, ModeratedMany, NewConversation, RoomError, Saved, SeedsAdded,
    Submitted, Voted,
};
pub use fan_out::{Listener, Place};
pub use handle::RoomHandle;
pub use meters::LiveMeters;
pub use published::{AfterworkAt, Counts, MAP_FROM_PLACED, Published, Queue};
pub use room_state::{RoomState, STATEMENT_LIMIT, Shown};
pub use rooms::{LiveConfig, Rooms};
pub use routing::Progress;
pub use seeding::SeedVerdict;
