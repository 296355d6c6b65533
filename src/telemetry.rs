//! Logging. Votes are political opinions: no choice, no statement's text and no full address is
//! ever given to it.

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging to standard error. A filter that can't be read is said in the error.
pub fn start(filter: &str) -> Result<(), String> {
    let filter: Targets = filter.parse().map_err(|error| {
        format!("log is “{filter}”, which is no filter such as info or boule=debug: {error}")
    })?;
    // A second start (in tests) keeps the first one.
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
    Ok(())
}
