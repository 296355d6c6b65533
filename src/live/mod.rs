//! Open conversations, live: one room each, a task that owns the conversation's record.
//!
//! A room decides (pure), has the store write, and only then applies and answers. It knows nothing
//! of sockets or pages: they send it messages and watch what it publishes.

mod activity;
mod background;
mod board;
mod computing;
mod decided;
mod documents;
mod drafting;
mod drafts;
mod due;
mod fan_out;
mod handle;
mod kept;
mod leaving_out;
mod looking;
mod map_params;
mod map_task;
mod mapping;
mod marks;
mod message;
mod meters;
mod oddities;
mod place;
#[cfg(test)]
mod place_simulation_tests;
mod places;
mod published;
mod publishing;
mod recompute;
mod room;
mod room_state;
mod rooms;
mod routing;
mod schedule;
mod similar;
#[cfg(test)]
mod simulation_model;
#[cfg(test)]
mod simulation_tests;
mod thresholds;
mod turn;
mod validation_run;
mod words;

pub use board::{Board, BoardStatement, Contents, Page, Writer};
pub use decided::DecidedStatement;
pub use fan_out::{Listener, Seat};
pub use handle::RoomHandle;
pub use leaving_out::Whom;
pub use map_params::map_params;
pub use message::{RoomError, RoomResult, Saved, Submitted, VoterRoute};
pub use meters::LiveMeters;
pub use places::{JoinError, Places};
pub use published::{Counts, PublishedMap, Queue};
pub use room_state::{RoomState, ShownStatement};
pub use rooms::{LiveConfig, Rooms};
pub use routing::Progress;
pub use schedule::{do_what_is_due, keep_schedules};
pub use turn::{Batch, HandedTurn, Request, StoredTurn, Turn, TurnAnswer};
pub use words::{FirstAlike, FoundLanguage, Languages};
