//! What participants do: vote, change a vote, submit a statement, see their own.

mod card;
mod conversation;
mod embed;
mod list;
mod mine;
mod own_data;
mod post;
mod similar;
mod steps;
mod told;
mod unseen;

pub(super) use conversation::{show_conversation, show_statement};
pub(super) use list::show_list;
pub(super) use mine::{reword_statement, show_mine, withdraw_statement};
pub(super) use own_data::{erase_own, send_own_data, show_erase};
pub(super) use post::{cast_vote, submit_statement};
pub(super) use similar::{__path_find_similar, find_similar};
pub(super) use unseen::{__path_show_unseen, show_unseen};
