//! A file that grows quickly, put on the disk as it grows.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often it is put on the disk.
const EVERY: Duration = Duration::from_millis(2);

/// While this lives, a thread puts a file on the disk again and again. Otherwise the system lets all of it pile up,
/// and whoever syncs a few bytes of another file waits until the pile is written.
pub(super) struct SyncedAsItGrows {
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl SyncedAsItGrows {
    /// Begins with a file that is there. Without a thread the file is written all the same.
    pub fn begin(path: &Path) -> std::io::Result<Self> {
        let file = File::open(path)?;
        let ends = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&ends);
        let thread = std::thread::Builder::new().name("sync-copy".into()).spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                // An error is found by whoever writes the file.
                let _ = file.sync_data();
                std::thread::sleep(EVERY);
            }
        });
        Ok(Self { ends, thread: thread.ok() })
    }
}

impl Drop for SyncedAsItGrows {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
