//! The agenda as files: to read and print elsewhere, to take into other programs, into calendars. Each holds what the page
//! shows and nothing else, but for the notes, which those who organise have in theirs.

mod calendar;
mod markdown;
mod openslides;
mod send;
mod word;
mod written;

pub(in crate::http) use send::{
    send_calendar, send_draft_openslides, send_draft_word, send_markdown, send_openslides, send_word,
};
