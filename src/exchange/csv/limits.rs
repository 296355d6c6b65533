//! How much of a file is taken. A file beyond these is refused, and never read into memory whole.

/// The longest field, quotation marks included.
pub const MAX_FIELD_BYTES: usize = 64 << 10;
/// The longest record.
pub const MAX_ROW_BYTES: usize = 4 << 20;
/// The most fields of a record.
pub const MAX_FIELDS: usize = 100_000;
/// The largest file.
pub const MAX_FILE_BYTES: u64 = 4 << 30;
