//! What participants do: vote, change a vote, submit a statement, see their own.

mod conversation;
mod mine;
mod post;

pub(super) use conversation::{show_conversation, show_statement};
pub(super) use mine::{reword_statement, show_mine, withdraw_statement};
pub(super) use post::{cast_vote, submit_statement};
