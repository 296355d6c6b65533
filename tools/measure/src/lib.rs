//! What the tools that measure Boule share: the memory and the time of another process, and where the product is.

use std::path::PathBuf;

/// What is resident of a process now, in bytes. Only on Linux.
pub fn resident(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// Linux tells programs times in hundredths of a second (`USER_HZ`), on x86-64 and on arm64.
const TICKS_PER_SECOND: f64 = 100.0;

/// For how long a process has been on a core, in seconds: all its threads, in its own code and in the kernel's.
/// Only on Linux.
pub fn cpu_seconds(pid: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in brackets, may hold anything. What follows is parted by spaces; the times are fields 14 and 15
    // of all, and so the 12th and 13th here.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut times = fields.split(' ').skip(11).map(|ticks| ticks.parse::<f64>().ok());
    Some((times.next()?? + times.next()??) / TICKS_PER_SECOND)
}

/// The product's binary: the one that was built beside this tool.
pub fn product() -> std::io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(format!("boule{}", std::env::consts::EXE_SUFFIX)))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_computes_is_on_a_core() {
        let own = std::process::id();
        let before = cpu_seconds(own).expect("there is one");
        let began = std::time::Instant::now();
        let mut sum = 0u64;
        while cpu_seconds(own).expect("there is one") < before + 0.05 {
            sum = (0..100_000u64).fold(sum, |sum, n| sum.wrapping_mul(31).wrapping_add(n));
        }
        assert!(began.elapsed().as_secs_f64() >= 0.03, "no faster than the clock: {sum}");
    }
}
