//! How staff come in: by a link, or with a password and a code; and what they can do about their own account.

mod browser;
mod code;
mod code_app;
mod gate;
mod kept;
mod links;
mod own;
mod own_provider;
mod password;
mod provider;
mod sign_in;
mod sign_in_page;
mod steps;

pub(super) use code::{check_code, show_code};
pub(super) use code_app::{finish_code_app, show_code_app};
pub(super) use gate::keep_forms;
pub(super) use links::{show_link, show_preview, use_link};
pub(super) use own::{
    change_password, confirm_own_app, end_sessions, show_account, show_desk, show_own_app, start_code_app,
};
pub(super) use own_provider::{join_provider, part_from_provider};
pub(super) use provider::{come_back, go_to_provider};
pub(super) use sign_in::{show_sign_in, sign_in, sign_out};
