//! Tests against public Polis data and stored goldens. The data is not in the repository: it is
//! looked for in `../shared/data` or where `BOULE_REFERENCE_DATA` says. Where it is absent the
//! tests say so and count as skipped; with `BOULE_REQUIRE_REFERENCE=1` they fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends by panicking")]

mod exports;
mod faults;
mod polis_math;
mod slate;

use std::path::PathBuf;

/// The reference data, or nothing where it is absent.
pub fn data_dir() -> Option<PathBuf> {
    let named = std::env::var_os("BOULE_REFERENCE_DATA").map(PathBuf::from);
    let dir = named.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")));
    if dir.is_dir() {
        return Some(dir);
    }
    assert!(
        std::env::var_os("BOULE_REQUIRE_REFERENCE").is_none(),
        "the reference data is required and not in {}",
        dir.display()
    );
    eprintln!("SKIPPED: no reference data in {}", dir.display());
    None
}
