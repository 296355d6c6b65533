//! What the machine gives at most, and what this process takes of it.

use std::time::Instant;

/// Bytes of memory that this process holds, and the most it has held since [`forget_peak`]; 0
/// where the system does not tell.
pub(super) fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    (kilobytes("VmRSS:").unwrap_or(0) * 1024, kilobytes("VmHWM:").unwrap_or(0) * 1024)
}

/// Lets the peak begin anew at what is held now.
pub(super) fn forget_peak() {
    // Where it can't be written, the peak is that of the whole run: never too small.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Bytes a second that so many threads read from memory: the best of five looks at blocks that no
/// cache holds.
pub(super) fn bandwidth(threads: usize) -> f64 {
    const WORDS: usize = 32 << 20;
    let block: Vec<u64> = (0..WORDS as u64).collect();
    let bytes = (WORDS * 8) as f64;
    (0..5)
        .map(|_| {
            let started = Instant::now();
            let sum: u64 = std::thread::scope(|scope| {
                let parts = block.chunks(WORDS.div_ceil(threads.max(1)));
                let handles: Vec<_> = parts
                    .map(|part| scope.spawn(|| part.iter().fold(0u64, |sum, word| sum.wrapping_add(*word))))
                    .collect();
                handles.into_iter().map(|handle| handle.join().unwrap_or_default()).fold(0, u64::wrapping_add)
            });
            std::hint::black_box(sum);
            bytes / started.elapsed().as_secs_f64()
        })
        .fold(0.0, f64::max)
}
