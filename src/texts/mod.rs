//! The words that people read, in their language. Words stand in `web/i18n`, nowhere else.

mod brand;
mod catalogue;
mod dates;
mod locale;
mod numbers;
mod refusal;
mod site_pages;

pub use brand::{CrestError, SiteBrand};
pub use catalogue::{Count, Message, Texts};
pub use dates::{end_of_day, iso_day, iso_moment, local_moment, parse_local_moment, start_of_day, zone_name};
pub use locale::{Direction, Locale, RequestLocale};
pub use site_pages::{Block, SitePage, blocks, has_gaps};
