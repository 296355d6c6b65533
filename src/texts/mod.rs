//! The words that people read, in their language. Words stand in `web/i18n`, nowhere else.

mod catalogue;
mod locale;
mod refusal;

pub use catalogue::{Count, Message, Texts};
pub use locale::{Locale, RequestLocale};
