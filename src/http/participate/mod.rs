//! What participants do: vote, change a vote, submit a statement, see their own.

mod conversation;
mod mine;
mod own_data;
mod post;
mod similar;
mod steps;
mod told;
mod unseen;

pub(super) use conversation::{show_conversation, show_statement};
pub(super) use mine::{reword_statement, show_mine, withdraw_statement};
pub(super) use own_data::{erase_own, send_own_data, show_erase};
pub(super) use post::{cast_vote, submit_statement};
pub(super) use similar::find_similar;
pub(super) use unseen::show_unseen;
