//! Pages and the HTTP side of the protocol: extract, authorise, one call, reply.
//!
//! Everything works by form POST and 303, without a script. No SQL, no rules, no loops here.

mod account;
mod agenda_view;
mod api;
mod assets;
mod conversation_list;
mod csv_file;
mod done_query;
mod drawn;
mod health;
mod home;
mod kept;
mod linked;
mod lists;
mod logs;
mod map_view;
mod moderate;
mod organise;
mod own_data;
mod paging;
mod participate;
mod people;
mod promise_view;
mod public_frame;
mod qr;
mod results;
mod router;
mod share;
mod site_pages;
mod work_frame;

pub use router::{Route, router, routes};
