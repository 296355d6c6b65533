//! A SQLite VFS that writes down, in order, what the disk is asked to do with the database and its
//! WAL. The work itself, and every other file, is left to the system's own VFS.
//!
//! The WAL's index (`-shm`) is not written down: it is memory, and made again after a power loss.

// SQLite can be listened to at its files only through tables of C functions.
#![allow(unsafe_code, reason = "SQLite asks for its files in C")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use libsqlite3_sys as ffi;

/// A file whose fate is written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// `boule.sqlite`
    Database,
    /// `boule.sqlite-wal`
    Wal,
}

/// What the disk was asked to do with it.
pub enum What {
    /// These bytes, there.
    Write { offset: usize, bytes: Vec<u8> },
    /// This size.
    Truncate(usize),
    /// Everything before it is on the disk now.
    Sync,
    /// The file is no more.
    Delete,
}

/// One request.
pub struct Entry {
    /// The file.
    pub part: Part,
    /// What is asked.
    pub what: What,
}

#[derive(Default)]
struct Journal {
    entries: Vec<Entry>,
    checkpoints: usize,
}

impl Journal {
    fn push(&mut self, part: Part, what: What) {
        // In WAL mode only a checkpoint writes the database.
        let begins = part == Part::Database && self.entries.last().is_none_or(|last| last.part != part);
        self.checkpoints += usize::from(begins);
        self.entries.push(Entry { part, what });
    }
}

/// `None` while nothing is recorded. Whoever changes a file holds it meanwhile, so that the order of
/// the entries is the order in which things happened.
static JOURNAL: Mutex<Option<Journal>> = Mutex::new(None);

fn journal() -> MutexGuard<'static, Option<Journal>> {
    // No panic may pass through SQLite's C code.
    JOURNAL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Begins a new recording.
pub fn start() {
    *journal() = Some(Journal::default());
}

/// Ends the recording: all its entries.
pub fn stop() -> Vec<Entry> {
    journal().take().map(|journal| journal.entries).unwrap_or_default()
}

/// How many entries there are.
pub fn position() -> usize {
    journal().as_ref().map_or(0, |journal| journal.entries.len())
}

/// How many checkpoints began.
pub fn checkpoints() -> usize {
    journal().as_ref().map_or(0, |journal| journal.checkpoints)
}

/// Makes the recorder the VFS of every connection that this process opens from now on.
pub fn register() {
    static ONCE: Once = Once::new();
    // SAFETY: the system's VFS lives as long as the process, and so does the copy, which is leaked.
    // The functions that are copied with it do not look at the VFS that they are called with; `open`
    // and `delete`, which do, are replaced.
    ONCE.call_once(|| unsafe {
        let real = ffi::sqlite3_vfs_find(null());
        assert!(!real.is_null(), "SQLite has no VFS");
        let shim = ffi::sqlite3_vfs {
            szOsFile: REAL_AT as c_int + (*real).szOsFile,
            pNext: null_mut(),
            zName: c"recorder".as_ptr(),
            pAppData: real.cast(),
            xOpen: Some(open),
            xDelete: Some(delete),
            ..*real
        };
        let result = ffi::sqlite3_vfs_register(Box::into_raw(Box::new(shim)), 1);
        assert_eq!(result, ffi::SQLITE_OK, "the recorder can't be registered");
    });
}

/// An open file of ours. The system's own follows it in the same memory.
#[repr(C)]
struct Recorded {
    base: ffi::sqlite3_file,
    part: Part,
}

/// Where the system's file begins, aligned for it.
const REAL_AT: usize = size_of::<Recorded>().next_multiple_of(8);

/// # Safety
/// `file` was opened by [`open`] as a [`Recorded`].
unsafe fn real_of(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: SQLite gave the file as much memory as `szOsFile` says: ours and the system's.
    unsafe { file.byte_add(REAL_AT) }
}

/// # Safety
/// As [`real_of`].
unsafe fn part_of(file: *mut ffi::sqlite3_file) -> Part {
    // SAFETY: a `Recorded` begins with its `sqlite3_file`.
    unsafe { (*file.cast::<Recorded>()).part }
}

/// # Safety
/// `name` is null or ends with a zero.
unsafe fn part_named(name: *const c_char) -> Option<Part> {
    if name.is_null() {
        return None;
    }
    // SAFETY: it is not null, and SQLite's names end with a zero.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes();
    if name.ends_with(b"/boule.sqlite") {
        Some(Part::Database)
    } else if name.ends_with(b"/boule.sqlite-wal") {
        Some(Part::Wal)
    } else {
        None
    }
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite calls it with our VFS, a name or null, and `szOsFile` bytes of aligned memory at
    // `file`. A file that is not ours is opened there as the system's, which needs less.
    unsafe {
        let real = (*vfs).pAppData.cast::<ffi::sqlite3_vfs>();
        let Some(open) = (*real).xOpen else { return ffi::SQLITE_IOERR };
        let Some(part) = part_named(name) else { return open(real, name, file, flags, out_flags) };
        // No methods: SQLite does not close what could not be opened.
        file.cast::<Recorded>().write(Recorded { base: ffi::sqlite3_file { pMethods: null() }, part });
        let result = open(real, name, real_of(file), flags, out_flags);
        if result == ffi::SQLITE_OK {
            (*file).pMethods = &raw const METHODS;
        }
        result
    }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_directory: c_int) -> c_int {
    let mut journal = journal();
    // SAFETY: SQLite calls it with our VFS and a name.
    unsafe {
        let real = (*vfs).pAppData.cast::<ffi::sqlite3_vfs>();
        let Some(delete) = (*real).xDelete else { return ffi::SQLITE_IOERR };
        let result = delete(real, name, sync_directory);
        if result == ffi::SQLITE_OK
            && let Some(journal) = journal.as_mut()
            && let Some(part) = part_named(name)
        {
            journal.push(part, What::Delete);
            if sync_directory != 0 {
                journal.push(part, What::Sync);
            }
        }
        result
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    data: *const c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let mut journal = journal();
    // SAFETY: SQLite calls it with a file that `open` opened, and `amount` bytes at `data`.
    unsafe {
        let real = real_of(file);
        let Some(write) = (*(*real).pMethods).xWrite else { return ffi::SQLITE_IOERR };
        let result = write(real, data, amount, offset);
        if result == ffi::SQLITE_OK
            && let Some(journal) = journal.as_mut()
        {
            let bytes = std::slice::from_raw_parts(data.cast::<u8>(), amount as usize).to_vec();
            journal.push(part_of(file), What::Write { offset: offset as usize, bytes });
        }
        result
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: ffi::sqlite3_int64) -> c_int {
    let mut journal = journal();
    // SAFETY: SQLite calls it with a file that `open` opened.
    unsafe {
        let real = real_of(file);
        let Some(truncate) = (*(*real).pMethods).xTruncate else { return ffi::SQLITE_IOERR };
        let result = truncate(real, size);
        if result == ffi::SQLITE_OK
            && let Some(journal) = journal.as_mut()
        {
            journal.push(part_of(file), What::Truncate(size as usize));
        }
        result
    }
}

/// While recording, the disk is the journal: the real one, which only slows the test, is not asked.
unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    let mut journal = journal();
    // SAFETY: SQLite calls it with a file that `open` opened.
    unsafe {
        if let Some(journal) = journal.as_mut() {
            journal.push(part_of(file), What::Sync);
            return ffi::SQLITE_OK;
        }
        let real = real_of(file);
        match (*(*real).pMethods).xSync {
            Some(sync) => sync(real, flags),
            None => ffi::SQLITE_IOERR,
        }
    }
}

/// No memory map: every read and write comes by.
unsafe extern "C" fn fetch(
    _: *mut ffi::sqlite3_file,
    _: ffi::sqlite3_int64,
    _: c_int,
    found: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *found = null_mut() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn unfetch(_: *mut ffi::sqlite3_file, _: ffi::sqlite3_int64, _: *mut c_void) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: SQLite calls it with a file that `open` opened.
    unsafe {
        let real = real_of(file);
        if let Some(method) = (*(*real).pMethods).xShmBarrier {
            method(real);
        }
    }
}

/// Methods that change nothing on disk are the system's.
macro_rules! passed_on {
    ($($name:ident = $method:ident($($argument:ident: $kind:ty),*);)*) => {
        $(unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file, $($argument: $kind),*) -> c_int {
            // SAFETY: SQLite calls it with a file that `open` opened.
            unsafe {
                let real = real_of(file);
                match (*(*real).pMethods).$method {
                    Some(method) => method(real, $($argument),*),
                    None => ffi::SQLITE_IOERR,
                }
            }
        })*
    };
}

passed_on! {
    close = xClose();
    read = xRead(to: *mut c_void, amount: c_int, offset: ffi::sqlite3_int64);
    file_size = xFileSize(size: *mut ffi::sqlite3_int64);
    lock = xLock(level: c_int);
    unlock = xUnlock(level: c_int);
    check_reserved_lock = xCheckReservedLock(answer: *mut c_int);
    file_control = xFileControl(operation: c_int, argument: *mut c_void);
    sector_size = xSectorSize();
    device_characteristics = xDeviceCharacteristics();
    shm_map = xShmMap(page: c_int, size: c_int, extend: c_int, at: *mut *mut c_void);
    shm_lock = xShmLock(offset: c_int, count: c_int, flags: c_int);
    shm_unmap = xShmUnmap(delete: c_int);
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 3,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};
