//! The words that people read, in their language. Words stand in `web/i18n`, nowhere else.

mod catalogue;

pub use catalogue::{Count, Message, Texts};
