//! The commands of this repository, thin around the library `entitree`, and the throw-away
//! servers that they and the tests run on.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks to its user")]

pub mod check;
pub mod cli;
pub mod codegen;
pub mod database;
pub mod inspect;
mod kept;
pub mod queries;
pub mod server;
pub mod watch;

use std::{io::Write, path::PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), PathBuf::from)
}

/// Any failure, with its whole text.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Prints a line on standard output, in colours where that is a terminal; a reader that has gone
/// away (`| head`) is no error.
pub fn print(line: &str) {
    writeln!(anstream::stdout(), "{line}").ok();
}
