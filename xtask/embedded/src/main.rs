//! A throw-away PostgreSQL server that crates carry.
//!
//! Prints `ready` and its connection string once it accepts connections, one at a time, and ends at the end
//! of its standard input. Exit code 2 for an error.
//!
//! `--socket DIR` names the folder of its socket: whoever may enter it is a superuser, so let that be nobody
//! else. `--data DIR` keeps the database in files below DIR, which the caller removes; without it the
//! database is in memory. What the server unpacks of itself stays in the user's cache folder for the next start.
#![forbid(unsafe_code)]

use std::{
    env,
    error::Error,
    ffi::OsString,
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use oliphaunt_wasix::{DatabaseStorage, OliphauntServer, ServerListen};

const USAGE: &str = "usage: entitree-embedded --socket DIR [--data DIR]";

/// Nobody needs the files after a crash of the machine. `synchronous_commit` must stay on: no process
/// writes the log in the background, and what is not in it is lost when the connection ends.
const SETTINGS: [(&str, &str); 1] = [("fsync", "off")];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::from(2)
        }
    }
}

#[derive(Default)]
struct Arguments {
    socket: PathBuf,
    data: Option<PathBuf>,
}

impl Arguments {
    fn read(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut read = Self::default();
        while let Some(name) = arguments.next() {
            let name = name.to_string_lossy().into_owned();
            if !["--socket", "--data"].contains(&name.as_str()) {
                return Err(format!("unknown argument {name}; {USAGE}"));
            }
            let value =
                arguments.next().filter(|value| !value.is_empty()).ok_or_else(|| format!("{name} needs a value; {USAGE}"))?;
            if name == "--data" {
                read.data = Some(value.into());
            } else {
                read.socket = value.into();
            }
        }
        if read.socket.as_os_str().is_empty() {
            return Err(format!("--socket is missing; {USAGE}"));
        }
        Ok(read)
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(env::args_os().skip(1))?;
    let mut builder = OliphauntServer::builder().listen(ServerListen::unix(&arguments.socket));
    if let Some(data) = &arguments.data {
        // The crate puts a lock file beside the database and its scratch files into the system's
        // temporary folder; one level more, and all of it is below the folder we were given.
        let temporary = data.join("tmp");
        fs::create_dir_all(&temporary).map_err(|error| {
            format!("{} cannot be made: {error}; give --data a folder that can be written", temporary.display())
        })?;
        tempfile::env::override_temp_dir(&fs::canonicalize(&temporary)?)
            .map_err(|folder| format!("the temporary folder is {} already", folder.display()))?;
        builder = builder.storage(DatabaseStorage::Directory(data.join("database"))).startup_gucs(SETTINGS);
    }
    let mut server = builder.start()?;
    let mut output = io::stdout();
    writeln!(output, "ready {}", server.connection_string())?;
    output.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    server.close()?;
    Ok(())
}
