//! What a command prints: its result on standard output, everything else beside it.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

/// Prints a result, and notes on where it comes from on standard error: standard output is for the result alone.
pub(super) fn print_result(text: &str, notes: impl IntoIterator<Item = impl Display>) -> std::io::Result<()> {
    for note in notes {
        let _ = writeln!(std::io::stderr(), "note: {note}");
    }
    // A reader that has seen enough (`| head`) is no error.
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}
