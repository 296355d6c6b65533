//! How a server uses the system's allocator.
//!
//! glibc keeps an arena a thread and, once a large block was freed, takes blocks up to that size
//! from the heap, where they part what is free. A conversation of a million votes then keeps 25 to
//! 50 MB that nobody uses. Both are set when a process begins, by its environment, so a server starts
//! itself once more with it (same process id, same files). See docs/decisions/0013.

/// Starts this program again with the allocator's settings, unless somebody chose others. Comes back
/// when there is nothing to set, or it can't be.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn settle() {
    use std::os::unix::process::CommandExt;
    const SETTINGS: [(&str, &str); 2] = [("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "262144")];
    let is_set = std::env::vars_os().any(|(name, _)| {
        let name = name.to_string_lossy();
        name.starts_with("MALLOC_") || name == "GLIBC_TUNABLES" || name == "LD_PRELOAD"
    });
    let Ok(program) = std::env::current_exe() else { return };
    if is_set {
        return;
    }
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1)).envs(SETTINGS);
    // It only comes back when it failed; then this process serves as it is.
    let _ = again.exec();
}

/// Elsewhere there is nothing to set.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn settle() {}
