//! Logging. Votes are political opinions: no choice, no statement's text and no full address is
//! ever given to it.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error. A filter that can't be read is said in the error.
pub fn start(filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        format!("log is “{filter}”, which is no filter such as info or boule=debug: {error}")
    })?;
    // A second start (in tests) keeps the first one.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    Ok(())
}
