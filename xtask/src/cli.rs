//! The command line.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

use clap::{CommandFactory, Parser, Subcommand};

use crate::{
    Failure, check, codegen,
    database::reference_files,
    inspect, queries, root,
    server::{self, development},
};

/// Entitree's commands in this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read the database and rewrite both crates below generated/.
    #[command(after_help = "Examples:
  cargo xtask codegen                                    the reference database, on a server of its own
  cargo xtask codegen --database-url postgres://db/app   a live database, which is only read
  cargo xtask codegen --check                            in CI: fails where database and code differ
  cargo xtask codegen --database-url postgres://db/app --out /tmp/app --schemas public,auth

Exit codes: 0 fine, 1 differences (with --check), 2 error.")]
    Codegen(codegen::Arguments),
    /// Report on a live database: what is in it, what is used, who may do what, and what is wrong.
    #[command(after_help = "Examples:
  cargo xtask inspect                                                 the reference database
  cargo xtask inspect --database-url postgres://db/app --format html --output report.html
  cargo xtask inspect --migrations supabase/migrations --json | jq '.findings[] | select(.severity == \"error\")'

The database is only read, in one snapshot. Row contents are not printed, but for --samples, masked; keys of rows
that lack a partner are, where these are uuids or numbers.

Exit codes: 0 no error was found, 1 a finding is an error, 2 no report.")]
    Inspect(inspect::Arguments),
    /// Propose the domains of codegen.toml.
    #[command(subcommand)]
    Domains(inspect::Domains),
    /// Say what the statements of SQL files take and give; nothing is executed.
    #[command(after_help = "Example:
  cargo xtask queries --describe --json --database-url postgres://db/app queries/users/*.sql

Each statement may have a header, `-- name: members_since :many`, and parameters by name, `:since`.")]
    Queries(queries::Arguments),
    /// Keep one server with the reference database for development.
    #[command(subcommand)]
    Db(Db),
    /// Run every test: the workspace's, and the documentation's. Prints how to install what they run against.
    #[command(after_help = "Examples:
  cargo xtask test rows      the tests whose names hold `rows`
  cargo xtask test --yes     installs what is missing first, by apt-get, with sudo unless you are root; so does CI=true")]
    Test {
        /// Install what is missing without asking.
        #[arg(long)]
        yes: bool,
        /// Passed on to the test runner.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Print the fingerprint of the database, as `entities::SCHEMA_FINGERPRINT` has it.
    #[command(after_help = "Example:\n  cargo xtask fingerprint --database-url postgres://app@db/app")]
    Fingerprint(codegen::Source),
    /// Measure the generator, and what it generates, beside the floor and sea-orm-cli.
    #[command(after_help = "Examples:
  cargo xtask bench               up to 200 tables, some minutes
  cargo xtask bench --full        up to 3000 tables; writes docs/benchmarks.md
  cargo xtask bench generating    one part: generating, compiling, running or domains
  cargo xtask bench domains --schemas DIR   how domains suggest groups the tables of each DIR/*.sql
  cargo xtask bench stages        what needs neither a database nor a disk, stage by stage")]
    Bench {
        /// The parts; all where none is given.
        #[arg(value_parser = ["generating", "compiling", "running", "domains", "stages"])]
        parts: Vec<String>,
        /// Up to 3000 tables, and the incumbent at 1000, which takes minutes.
        #[arg(long)]
        full: bool,
        /// With domains: a folder of .sql files, each of which makes a database.
        #[arg(long, value_name = "DIR")]
        schemas: Option<PathBuf>,
    },
    /// Write the tables of docs/ anew: what each construct gives, here and with sea-orm-cli.
    Docs,
    /// Run the project's whole check: formatting, lints, generated code, tests.
    Ci,
    /// Print completions for a shell.
    #[command(after_help = "Example:\n  cargo xtask completions bash > ~/.local/share/bash-completion/completions/cargo-xtask")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Subcommand)]
enum Db {
    /// Start it, and load the reference database where it is new.
    Start,
    /// Stop it; its data stay.
    Stop,
    /// Print its URL.
    Url,
    /// Start over with a fresh reference database.
    Reset,
    /// Open psql on it.
    Psql {
        /// Passed on to psql.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help goes to standard output with 0, a mistake to standard error with 2.
        Err(error) => {
            match without_connection_strings(&error.render().to_string(), std::env::args_os()) {
                Some(text) => eprint!("{text}"),
                None => error.print().unwrap_or_default(),
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => fail(&error),
    }
}

/// What clap says of a mistake, without the connection strings among the arguments, which hold passwords;
/// `None` where it says nothing of them.
fn without_connection_strings(text: &str, arguments: impl Iterator<Item = OsString>) -> Option<String> {
    let mut hidden = text.to_owned();
    for argument in arguments {
        let argument = argument.to_string_lossy();
        let value = argument.strip_prefix("--").and_then(|rest| rest.split_once('=')).map_or(&*argument, |(_, value)| value);
        if value.contains("://") || value.contains("password") || value.contains('@') {
            hidden = hidden.replace(value, "(a connection string: it goes behind --database-url)");
        }
    }
    (hidden != text).then_some(hidden)
}

fn fail(error: &Failure) -> ExitCode {
    for part in error.to_string().split("\n\n") {
        eprintln!("error: {part}");
    }
    ExitCode::from(2)
}

async fn run(command: Action) -> Result<u8, Failure> {
    match command {
        Action::Codegen(arguments) => codegen::run(&arguments).await,
        Action::Fingerprint(arguments) => codegen::fingerprint(&arguments).await,
        Action::Inspect(arguments) => inspect::run(&arguments).await,
        Action::Domains(inspect::Domains::Suggest(arguments)) => inspect::suggest(&arguments).await,
        Action::Queries(arguments) => queries::run(&arguments).await,
        Action::Db(command) => db(command).await,
        Action::Test { yes, arguments } => Ok(u8::from(!test(&arguments, yes)?) * 2),
        Action::Bench { parts, full, schemas } => bench(&parts, full, schemas.as_deref()),
        Action::Docs => docs(),
        Action::Ci => ci(),
        Action::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "cargo-xtask", &mut io::stdout());
            Ok(0)
        }
    }
}

async fn db(command: Db) -> Result<u8, Failure> {
    let root = root();
    match command {
        Db::Start => println!("{}", start().await?),
        Db::Stop => development::stop(&root, false)?,
        Db::Url => {
            println!("{}", development::url(&root).ok_or("the development server does not run; `cargo xtask db start` starts it")?);
        }
        Db::Reset => {
            development::stop(&root, true)?;
            println!("{}", start().await?);
        }
        Db::Psql { arguments } => {
            let url = start().await?;
            let status =
                Command::new("psql").arg(url).args(arguments).status().map_err(|error| format!("cannot run psql: {error}"))?;
            return Ok(if status.success() { 0 } else { 2 });
        }
    }
    Ok(0)
}

/// Starts the development server and loads the reference database, as far as that is not done.
async fn start() -> Result<String, Failure> {
    let root = root();
    let url = match development::url(&root) {
        Some(url) => url,
        None => development::start(&root)?,
    };
    if server::connect(&url).await.is_err() {
        let base = url.strip_suffix("/entitree").unwrap_or(&url);
        server::connect(&format!("{base}/postgres")).await?.batch_execute("create database entitree").await?;
        server::load(&url, &reference_files()).await?;
    }
    Ok(url)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// The commands that install packages, on Debian and its kin.
fn installation(missing: &[&str], is_root: bool) -> Vec<Vec<String>> {
    let install = [&["install", "-yq", "--no-install-recommends"], missing].concat();
    [vec!["update", "-q"], install]
        .into_iter()
        .map(|arguments| {
            let front: &[&str] = if is_root { &["apt-get"] } else { &["sudo", "apt-get"] };
            [front, &arguments].concat().into_iter().map(str::to_owned).collect()
        })
        .collect()
}

/// Looks for what the tests run against. Where some of it is missing, it prints the commands that install it and,
/// where that was asked for (`--yes`, or `CI` in the environment), runs them.
fn prepare(yes: bool) -> Result<(), Failure> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .chain(["/usr/sbin", "/opt/homebrew/bin", "/usr/local/bin"].map(PathBuf::from))
        .collect();
    let is_there = |program: &str| folders.iter().any(|folder| folder.join(program).is_file());
    let mut missing = Vec::new();
    if server::find_binaries().is_none() {
        missing.push("postgresql");
    }
    missing.extend(["chromium", "pgbouncer", "openssl"].into_iter().filter(|program| !is_there(program)));
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(", ");
    if !is_there("apt-get") {
        return Err(format!("the tests need {list}: install them with your system's package manager, then run this again").into());
    }
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    let commands = installation(&missing, is_root);
    let is_ci = std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
    if !yes && !is_ci {
        let lines: Vec<String> = commands.iter().map(|command| format!("  {}", command.join(" "))).collect();
        return Err(format!(
            "the tests need {list}; install them, then run this again:\n{}\nor let `cargo xtask test --yes` run these commands",
            lines.join("\n")
        )
        .into());
    }
    for command in commands {
        eprintln!("{}", command.join(" "));
        let [program, arguments @ ..] = command.as_slice() else { continue };
        let status = Command::new(program).args(arguments).env("DEBIAN_FRONTEND", "noninteractive").status()?;
        if !status.success() {
            return Err(format!("the tests need {list}, and apt-get failed: install them by hand, then run this again").into());
        }
    }
    Ok(())
}

/// Runs the tests with nextest where it is there; it does not run doc tests.
fn test(arguments: &[OsString], yes: bool) -> Result<bool, Failure> {
    prepare(yes)?;
    let nextest = cargo(&["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    let mut command = if nextest {
        cargo(&["nextest", "run", "--workspace", "--no-fail-fast"])
    } else {
        cargo(&["test", "--workspace", "--all-targets", "--no-fail-fast"])
    };
    let passed = command.args(arguments).status()?.success();
    Ok(passed && (!arguments.is_empty() || cargo(&["test", "--quiet", "--workspace", "--doc"]).status()?.success()))
}

/// What is measured beside is compiled for tests only.
fn bench(parts: &[String], full: bool, schemas: Option<&Path>) -> Result<u8, Failure> {
    prepare(false)?;
    let (stages, parts): (Vec<&String>, Vec<&String>) = parts.iter().partition(|part| *part == "stages");
    let mut passed = true;
    if !stages.is_empty() {
        passed &= cargo(&["bench", "--package", "entitree-tests", "--bench", "stages"]).status()?.success();
    }
    if stages.is_empty() || !parts.is_empty() {
        let mut command = cargo(&["bench", "--package", "entitree-tests", "--bench", "whole", "--"]);
        command.args(parts).args(full.then_some("--full"));
        if let Some(folder) = schemas {
            // cargo runs the bench in its package.
            command.arg(format!("--schemas={}", folder.canonicalize()?.display()));
        }
        passed &= command.status()?.success();
    }
    Ok(u8::from(!passed) * 2)
}

/// The test that checks docs/ also writes it: what it compares with is compiled for tests only.
fn docs() -> Result<u8, Failure> {
    prepare(false)?;
    for (file, text) in check::schemas() {
        std::fs::write(root().join("docs").join(file), text)?;
    }
    std::fs::write(root().join("docs/rules.md"), entitree::inspect::rules_page())?;
    let mut command = cargo(&["test", "--package", "entitree-tests", "--test", "incumbent", "--quiet"]);
    let passed = command.env("ENTITREE_WRITE_DOCS", "1").status()?.success();
    Ok(u8::from(!passed) * 2)
}

fn ci() -> Result<u8, Failure> {
    prepare(false)?;
    let xtask = std::env::current_exe()?;
    let step = |arguments: &[&str]| {
        let mut command = Command::new(&xtask);
        command.current_dir(root()).args(arguments);
        // The check is of the reference database, whatever the environment points at.
        for name in ["DATABASE_URL", "PGHOST", "PGDATABASE", "PGPORT", "PGUSER"] {
            command.env_remove(name);
        }
        command
    };
    let mut generated = cargo(&["test", "--quiet", "--locked"]);
    generated.current_dir(root().join("generated")).env("CARGO_TARGET_DIR", root().join("target/generated"));
    // In a user's repository a warning is a warning; here it is a failure.
    generated.env("RUSTFLAGS", "-D warnings");
    let mut embedded = cargo(&["test", "--quiet", "--package", "entitree-tests", "--test", "nullability"]);
    embedded.env("ENTITREE_EMBEDDED", "1");
    let steps = [
        ("format", cargo(&["fmt", "--all", "--check"])),
        ("lint", cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])),
        ("generated code is current", step(&["codegen", "--check"])),
        ("generated code without a database", step(&["codegen", "--check", "--offline"])),
        ("generated code, by itself", generated),
        ("tests", step(&["test"])),
        ("embedded server, same bytes", step(&["codegen", "--check", "--server", "embedded"])),
        ("embedded server, what can be NULL", embedded),
    ];
    let mut results = Vec::new();
    for (name, mut command) in steps {
        eprintln!("── {name}");
        let start = Instant::now();
        let passed = command.status()?.success();
        results.push((name, passed, start.elapsed()));
    }
    println!();
    for (name, passed, time) in &results {
        println!("{} {name:<34}{:>5} s", if *passed { "ok    " } else { "FAILED" }, time.as_secs());
    }
    let failed = results.iter().filter(|(_, passed, _)| !passed).count();
    println!("{} passed, {failed} failed", results.len() - failed);
    Ok(if failed == 0 { 0 } else { 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_installed_is_printed_and_run_only_where_asked() {
        let printed = |is_root| installation(&["pgbouncer"], is_root).iter().map(|command| command.join(" ")).collect::<Vec<_>>();
        assert_eq!(printed(true), ["apt-get update -q", "apt-get install -yq --no-install-recommends pgbouncer"]);
        assert_eq!(printed(false), ["sudo apt-get update -q", "sudo apt-get install -yq --no-install-recommends pgbouncer"]);
        let Ok(Cli { command: Action::Test { yes, arguments } }) =
            Cli::try_parse_from(["xtask", "test", "--yes", "rows", "--exact"])
        else {
            panic!("it is a command")
        };
        assert!(yes && arguments == ["rows", "--exact"], "{arguments:?}");
    }

    #[test]
    fn mistakes_on_the_command_line_hold_no_password() {
        for arguments in [
            vec!["xtask", "codegen", "postgres://ada:s3cret@db/app"],
            vec!["xtask", "codegen", "--databse-url=postgres://ada:s3cret@db/app"],
            vec!["xtask", "codegen", "--server", "postgres://ada:s3cret@db/app"],
            vec!["xtask", "codegen", "--server=host=db password=s3cret"],
            vec!["xtask", "--database-url", "ada:s3cret@db/app", "codegen"],
        ] {
            let error = Cli::try_parse_from(&arguments).expect_err("a mistake").render().to_string();
            let hidden = without_connection_strings(&error, arguments.iter().map(OsString::from)).unwrap_or(error);
            assert!(!hidden.contains("s3cret"), "{arguments:?}: {hidden}");
        }
        let plain = Cli::try_parse_from(["xtask", "codegen", "--sever"]).expect_err("a mistake").render().to_string();
        assert_eq!(without_connection_strings(&plain, ["--sever"].iter().map(OsString::from)), None);
    }
}
