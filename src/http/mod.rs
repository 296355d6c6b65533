//! Pages and the HTTP side of the protocol: extract, authorise, one call, reply.
//!
//! Everything works by form POST and 303, without a script. No SQL, no rules, no loops here.

mod account;
mod agendas;
mod api;
mod api_words;
mod assets;
mod conversation_list;
mod csv_file;
mod done_query;
mod drawn;
mod follow;
mod health;
mod home;
mod information_view;
mod kept;
mod left_out;
mod linked;
mod lists;
mod logs;
mod map_view;
mod moderate;
mod openapi;
mod organise;
mod own_data;
mod paging;
mod participate;
mod people;
mod promise_view;
mod public_frame;
mod qr;
mod refused;
mod results;
mod router;
mod share;
mod site_pages;
mod sought;
mod work_frame;

pub use router::{Route, router, routes};
