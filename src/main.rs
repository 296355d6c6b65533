//! The `boule` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    match boule::cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("boule: {error:#}");
            ExitCode::from(2)
        }
    }
}
