//! A throw-away PostgreSQL server that crates carry.
//!
//! Prints `ready postgres://…` once it accepts connections, one at a time, keeps its data in
//! memory, and ends at the end of its standard input. Exit code 2 for an error.
#![forbid(unsafe_code)]

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

use oliphaunt_wasix::OliphauntServer;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut server = OliphauntServer::builder().start()?;
    let mut output = io::stdout();
    writeln!(output, "ready {}", server.connection_string())?;
    output.flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    server.close()?;
    Ok(())
}
