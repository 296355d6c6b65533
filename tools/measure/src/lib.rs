//! What the tools that measure Boule share: the memory of another process, and where the product is.

use std::path::PathBuf;

/// What is resident of a process now, in bytes. Only on Linux.
pub fn resident(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// The product's binary: the one that was built beside this tool.
pub fn product() -> std::io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(format!("boule{}", std::env::consts::EXE_SUFFIX)))
}
