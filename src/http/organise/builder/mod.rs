//! Making an agenda: the votes propose one; the organiser adds, moves, words and removes, sees whom it leaves out, and publishes
//! it. All of the page is one form, so that nothing typed is lost when another button is pressed.

mod form;
mod item;
mod page;
mod pool;
mod publish;
mod triggers;
mod typed;

pub(in crate::http) use form::{change_agenda, comment_on_agenda, draft_agenda};
pub(in crate::http) use page::show_agenda;
pub(in crate::http) use publish::{confirm_agenda, preview_agenda, publish_agenda};
pub(in crate::http) use triggers::set_agenda_triggers;
