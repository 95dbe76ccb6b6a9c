//! `cargo xtask codegen`.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use entitree::{Change, ChangeKind, Config, Generation, Mode, sql::File};
use indicatif::ProgressBar;
use serde::Serialize;

use crate::{
    Failure,
    database::{self, Choice, Database},
    print, root,
};

/// What to generate, from where, to where.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Write nothing; exit with 1 and the files that differ, if any does.
    #[arg(long)]
    pub check: bool,
    /// The database to read: postgres://user:password@host:port/database.
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// Which server to use.
    #[arg(long, value_enum, default_value_t)]
    pub server: Choice,
    /// The configuration [default: codegen.toml where there is one, and none with --out].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of both crates; an empty one is given their hand-written part as well [default: generated].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The folder of the files of SQL [default: queries, beside the configuration].
    #[arg(long, value_name = "DIR")]
    pub queries: Option<PathBuf>,
    /// The schemas to read, instead of those of the configuration.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub schemas: Vec<String>,
    /// Fail where something is left out.
    #[arg(long)]
    pub strict: bool,
    /// Print one object on standard output, for programs.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print each file that differs, with --check its difference as well.
    #[arg(short, long)]
    pub verbose: bool,
}

/// The object that `--json` prints.
#[derive(Debug, Serialize)]
struct Report {
    server: ServerReport,
    schemas: Vec<String>,
    tables: usize,
    views: usize,
    enums: usize,
    relations: usize,
    queries: usize,
    domains: Vec<DomainReport>,
    files: Files,
    warnings: Vec<String>,
    scans: Vec<String>,
    milliseconds: Milliseconds,
}

#[derive(Debug, Serialize)]
struct ServerReport {
    kind: &'static str,
    version: String,
}

#[derive(Debug, Serialize)]
struct DomainReport {
    name: String,
    tables: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Files {
    written: usize,
    unchanged: usize,
    removed: usize,
}

#[derive(Debug, Serialize)]
struct Milliseconds {
    introspect: f64,
    plan: f64,
    describe: f64,
    render: f64,
    sync: f64,
}

/// Shows what is under way once it has lasted a second, on a terminal.
struct Progress {
    bar: ProgressBar,
    quiet: bool,
}

impl Progress {
    fn new(quiet: bool) -> Self {
        Self { bar: ProgressBar::hidden(), quiet }
    }

    /// Names the stage that begins.
    fn stage(&mut self, name: &'static str) {
        self.bar.finish_and_clear();
        if !self.quiet {
            // indicatif draws to standard error, and only where that is a terminal.
            self.bar = ProgressBar::new_spinner().with_message(name).with_elapsed(Duration::ZERO);
            let bar = self.bar.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                if !bar.is_finished() {
                    bar.enable_steady_tick(Duration::from_millis(100));
                }
            });
        }
    }

    /// Prints a line above whatever is shown.
    fn line(&self, line: &str) {
        self.bar.finish_and_clear();
        if !self.quiet {
            eprintln!("{line}");
        }
    }
}

/// Runs the command; the result is the exit code: 0 or 1.
///
/// # Errors
/// When nothing could be generated or written.
pub async fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let config = config(arguments)?;
    let queries = queries(arguments, &config)?;
    let quiet = arguments.quiet || arguments.json;
    let mut progress = Progress::new(quiet);
    progress.stage("starting the server");
    let database = database::resolve(arguments.database_url.clone(), arguments.server).await?;
    if let Some(story) = &database.story {
        progress.line(story);
    }
    progress.stage("reading the catalogue");
    let generation = generate(&database, &config, &queries).await;
    progress.stage("writing");
    let generation = generation?;

    let out = arguments.out.clone().unwrap_or_else(|| root().join("generated"));
    let start = Instant::now();
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    let scaffolded = if mode == Mode::Write { scaffold(&out)? } else { 0 };
    let changes = entitree::sync(&generation.files, &out, mode)?;
    let synced = start.elapsed();
    progress.bar.finish_and_clear();

    let removed = changes.iter().filter(|change| change.kind == ChangeKind::Orphan).count();
    let files = Files {
        written: changes.len() - removed + scaffolded,
        unchanged: generation.files.0.len() + removed - changes.len(),
        removed,
    };
    if arguments.json {
        print(&serde_json::to_string_pretty(&report(&database, &generation, files, synced))?);
    } else if !quiet {
        people(arguments, &generation, &changes, &files, synced);
    }
    if arguments.strict && !generation.warnings.is_empty() {
        return Err(format!(
            "--strict: {} left out or changed, see above",
            count(generation.warnings.len(), "thing is", "things are")
        )
        .into());
    }
    Ok(u8::from(arguments.check && !changes.is_empty()))
}

fn config(arguments: &Arguments) -> Result<Config, Failure> {
    let path = match &arguments.config {
        Some(path) => Some(path.clone()),
        // Another database, written elsewhere, is none of this repository's configuration.
        None => Some(root().join("codegen.toml")).filter(|path| path.exists() && arguments.out.is_none()),
    };
    let mut config = path.map_or_else(|| Ok(Config::default()), |path| Config::load(&relative(&path)))?;
    if !arguments.schemas.is_empty() {
        config.schemas.clone_from(&arguments.schemas);
    }
    Ok(config)
}

/// The path as a person would write it from here.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// The files of SQL: those beside the configuration, and none where there is no configuration.
fn queries(arguments: &Arguments, config: &Config) -> Result<Vec<File>, Failure> {
    let is_configured = arguments.config.is_some() || arguments.out.is_none();
    let folder = arguments.queries.clone().or_else(|| {
        let beside = if arguments.config.is_some() { config.queries_folder() } else { root().join(config.queries_folder()) };
        is_configured.then(|| relative(&beside))
    });
    let files = folder.map_or_else(|| Ok(Vec::new()), |folder| entitree::sql::read_folder(&folder));
    files.map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n").into())
}

async fn generate(database: &Database, config: &Config, queries: &[File]) -> Result<Generation, Failure> {
    let mut session = entitree::connect(&database.url, database::variable).await?;
    Ok(entitree::generate_with_queries(&mut session, config, queries).await?)
}

/// Writes the hand-written part of both crates where there is none yet.
fn scaffold(out: &Path) -> Result<usize, Failure> {
    let is_new = !out.join("entities/Cargo.toml").exists() && !out.join("queries/Cargo.toml").exists();
    Ok(if is_new { entitree::sync::write_missing(&entitree::scaffold(), out)?.len() } else { 0 })
}

fn report(database: &Database, generation: &Generation, files: Files, synced: Duration) -> Report {
    let summary = &generation.summary;
    let milliseconds = |duration: Duration| (duration.as_secs_f64() * 1e6).round() / 1e3;
    Report {
        server: ServerReport { kind: database.kind, version: summary.server_version.clone() },
        schemas: summary.schemas.clone(),
        tables: summary.tables,
        views: summary.views,
        enums: summary.enums,
        relations: summary.relations,
        queries: summary.queries,
        domains: summary
            .domains
            .iter()
            .map(|domain| DomainReport { name: domain.name.clone(), tables: domain.tables.clone() })
            .collect(),
        files,
        warnings: generation.warnings.iter().map(ToString::to_string).collect(),
        scans: generation.scans.iter().map(ToString::to_string).collect(),
        milliseconds: Milliseconds {
            introspect: milliseconds(generation.timings.introspect),
            plan: milliseconds(generation.timings.plan),
            describe: milliseconds(generation.timings.describe),
            render: milliseconds(generation.timings.render),
            sync: milliseconds(synced),
        },
    }
}

fn people(arguments: &Arguments, generation: &Generation, changes: &[Change], files: &Files, synced: Duration) {
    let timings = &generation.timings;
    for (stage, time) in [
        ("read the catalogue", timings.introspect),
        ("planned", timings.plan),
        ("checked SQL", timings.describe),
        ("rendered", timings.render),
        (if arguments.check { "compared" } else { "wrote" }, synced),
    ] {
        eprintln!("{stage:<19}{:>6} ms", time.as_millis());
    }
    if arguments.check || arguments.verbose {
        for change in changes {
            let (word, diff) = match &change.kind {
                ChangeKind::Missing => ("missing", None),
                ChangeKind::Stale { diff } => ("stale", Some(diff)),
                ChangeKind::Orphan => ("orphan", None),
            };
            print(&format!("{word:<8}{}", change.path.display()));
            if let Some(diff) = diff.filter(|_| arguments.verbose) {
                print(diff);
            }
        }
    }
    for warning in generation.scans.iter().chain(&generation.warnings) {
        eprintln!("warning: {warning}");
    }
    let summary = &generation.summary;
    let relations = summary.relations;
    print(&format!(
        "{}, {}, {}, {} in {}, {} from SQL; {} {}, {} unchanged, {} {}",
        count(summary.tables, "table", "tables"),
        count(summary.views, "view", "views"),
        count(summary.enums, "enum", "enums"),
        count(relations, "relation", "relations"),
        count(summary.domains.len(), "domain", "domains"),
        count(summary.queries, "function", "functions"),
        count(files.written, "file", "files"),
        if arguments.check { "to write" } else { "written" },
        files.unchanged,
        files.removed,
        if arguments.check { "to remove" } else { "removed" },
    ));
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
