//! `boule-manual`: writes the manual pages and the completions of `boule` for a package, from the
//! definition of its command line, so that they can't say something else. Of packages it knows nothing.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use clap_complete::Shell;

/// What the command line's definition doesn't know: files, the environment, exit codes.
const MORE: &str = include_str!("more.roff");

/// Write the manual pages of boule, and its completions for bash, zsh and fish
#[derive(Parser)]
#[command(name = "boule-manual", version, max_term_width = 100)]
struct Cli {
    /// The directory to write to, which is made if it is missing
    dir: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let Cli { dir } = Cli::parse();
    std::fs::create_dir_all(&dir).with_context(|| format!("{} can't be made", dir.display()))?;
    write(&dir).with_context(|| format!("{} can't be written to", dir.display()))
}

fn write(dir: &Path) -> std::io::Result<()> {
    clap_mangen::generate_to(boule::cli::command(), dir)?;
    OpenOptions::new().append(true).open(dir.join("boule.1"))?.write_all(MORE.as_bytes())?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut boule::cli::command(), "boule", dir)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test ends by panicking")]

    #[test]
    fn every_command_has_a_page_and_is_completed_in_every_shell() {
        let dir = tempfile::tempdir().unwrap();
        super::write(dir.path()).unwrap();
        let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
        let commands = boule::cli::command();
        assert!(commands.get_subcommands().count() > 5);
        for command in commands.get_subcommands().map(clap::Command::get_name) {
            assert!(read(&format!("boule-{command}.1")).contains("SYNOPSIS"), "{command}");
            for shell in ["boule.bash", "_boule", "boule.fish"] {
                assert!(read(shell).contains(command), "{command} in {shell}");
            }
        }
        assert!(read("boule.1").contains("EXIT STATUS"));
    }
}
