//! What bounds a load on this machine: how long a sync takes, what the server's memory is, and its time.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use boule::store::DataDir;
use boule_measure::{cpu_seconds, resident};

/// Syncs that are timed.
const SYNCS: usize = 50;

/// The median time of writing 4 KiB and syncing it, in the directory of the database, in ms.
pub(super) fn sync_ms(dir: &Path) -> Option<f64> {
    let path = dir.join(format!("boule-load-{}.tmp", std::process::id()));
    let times = File::create(&path).ok().and_then(|mut file| {
        let one = |_| {
            let began = Instant::now();
            file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).ok()?;
            Some(began.elapsed().as_secs_f64() * 1e3)
        };
        (0..SYNCS).map(one).collect::<Option<Vec<f64>>>()
    });
    // It may not have been made at all.
    let _ = std::fs::remove_file(&path);
    let mut times = times?;
    times.sort_by(f64::total_cmp);
    times.get(SYNCS / 2).copied()
}

/// The memory of the server that has this directory, in bytes: what is resident now. Only on Linux,
/// and only when the server runs on this machine.
pub(super) fn server_memory(dir: &DataDir) -> Option<u64> {
    resident(dir.holder()?)
}

/// For how long the server that has this directory has been on a core, in seconds. As far as its memory.
pub(super) fn server_cpu_s(dir: &DataDir) -> Option<f64> {
    cpu_seconds(dir.holder()?)
}
