//! `cargo xtask codegen`.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use entitree::{
    Change, Config, Generation, Memory, Mode, Past, Snapshot,
    items::Verdict,
    report::Report,
    snapshot,
    sql::File,
    sync::{Allow, Update, recover},
};
use indicatif::ProgressBar;
use serde::Serialize;

use crate::{
    Failure,
    check::{Call, Format, Found},
    database::{self, Choice, Database},
    kept::{self, Kept},
    print, root, watch,
};

/// From where, and to where.
#[derive(Clone, Debug, clap::Args)]
pub struct Source {
    /// The database to read: postgres://user:password@host:port/database.
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// Which server to use.
    #[arg(long, value_enum, default_value_t)]
    pub server: Choice,
    /// Use no database: what schema.json says is what there is.
    #[arg(long, conflicts_with_all = ["database_url", "schemas"])]
    pub offline: bool,
    /// The configuration [default: codegen.toml of the working directory or the nearest folder above it,
    /// else the one beside the folder of --out].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of both crates; an empty one is given their hand-written part as well [default: generated].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The schemas to read, instead of those of the configuration.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub schemas: Vec<String>,
}

/// What to generate.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// From where, and to where.
    #[command(flatten)]
    pub source: Source,
    /// The folder of the files of SQL [default: queries, beside the configuration].
    #[arg(long, value_name = "DIR")]
    pub queries: Option<PathBuf>,
    /// Write nothing; say what moved in the database, what that does to the code, and which files
    /// differ; exit with 1 if anything does.
    #[arg(long)]
    pub check: bool,
    /// With --check: let drift pass that breaks no caller.
    #[arg(long, value_enum, value_name = "VERDICT", requires = "check")]
    pub allow: Option<Allowed>,
    /// With --check: the form of the report.
    #[arg(long, value_enum, default_value_t, requires = "check")]
    pub format: Format,
    /// Generate again whenever the database, the configuration or a file of SQL changes.
    #[arg(long, conflicts_with_all = ["check", "offline", "json"])]
    pub watch: bool,
    /// Fail, and write nothing, where something is left out that codegen.toml does not skip, or where
    /// domains can only be enabled together.
    #[arg(long)]
    pub strict: bool,
    /// Overwrite generated files that were edited by hand.
    #[arg(long, conflicts_with = "check")]
    pub force: bool,
    /// Remove many generated files, because a domain or a schema is gone.
    #[arg(long, conflicts_with = "check")]
    pub allow_removals: bool,
    /// Print one object on standard output, for programs.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print each file that differs, with its difference.
    #[arg(short, long)]
    pub verbose: bool,
}

/// What `--allow` lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Allowed {
    /// What no caller notices, or only as something new.
    Compatible,
    /// What no caller notices.
    None,
}

/// The object that `--json` prints.
#[derive(Debug, Serialize)]
struct Summary {
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
    rendered: usize,
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
    if arguments.watch {
        return watch::run(arguments).await;
    }
    let quiet = arguments.quiet || arguments.json || arguments.format != Format::Text;
    let mut progress = Progress::new(quiet);
    let database = if arguments.source.offline {
        None
    } else {
        progress.stage("starting the server");
        let database = database::resolve(arguments.source.database_url.clone(), arguments.source.server).await?;
        if let Some(story) = &database.story {
            progress.line(story);
        }
        Some(database)
    };
    if !arguments.check {
        return write(arguments, database.as_ref()).await;
    }
    progress.stage("comparing");
    let found = check(arguments, database.as_ref()).await;
    progress.bar.finish_and_clear();
    let found = found?;
    let format = if arguments.json { Format::Json } else { arguments.format };
    if !arguments.quiet || found.fails(None) {
        print(found.text(format, arguments.verbose).trim_end());
    }
    let allowed = arguments.allow.map(|allowed| match allowed {
        Allowed::Compatible => Verdict::Compatible,
        Allowed::None => Verdict::None,
    });
    Ok(u8::from(found.fails(allowed)))
}

/// Generates and writes.
pub(crate) async fn write(arguments: &Arguments, database: Option<&Database>) -> Result<u8, Failure> {
    let config = config(&arguments.source)?;
    let queries = queries(arguments, &config)?;
    let out = out(&arguments.source);
    let quiet = arguments.quiet || arguments.json;
    let mut progress = Progress::new(quiet);
    recover(&out)?;
    progress.stage("reading the catalogue");
    let (generation, kept) = generate(database, &config, &queries, &out).await;
    progress.stage("writing");
    let generation = generation?;
    let start = Instant::now();
    let mut update = Update::new(&out, Mode::Write)?;
    if !out.join("entities/Cargo.toml").exists() && !out.join("queries/Cargo.toml").exists() {
        update = update.with_scaffold(&entitree::scaffold());
    }
    let mut update = update.with_files(&generation.files)?.with_features(generation.features.as_deref())?;
    // Everything that is wrong is reported before the first write.
    let allow = Allow { edits: arguments.force, removals: arguments.allow_removals };
    let mut wrong: Vec<String> = Vec::new();
    if arguments.strict {
        let warnings = generation.warnings.iter().filter(|warning| !warning.is_deliberate);
        wrong.extend(warnings.map(|warning| format!("--strict: {warning}")));
    }
    wrong.extend(update.refuse(allow).err().map(|error| error.to_string()));
    if !wrong.is_empty() {
        return Err(wrong.join("\n\n").into());
    }
    let scaffolded = update.scaffolded();
    let changes = update.finish(allow)?;
    kept.save(&generation.rendered);
    let synced = start.elapsed();
    progress.bar.finish_and_clear();

    let removed = changes.iter().filter(|change| change.kind.is_removal()).count();
    let generated = changes.iter().filter(|change| generation.files.0.contains_key(&change.path)).count();
    let files = Files {
        rendered: generation.rendered.fresh.len(),
        written: changes.len() - removed + scaffolded,
        unchanged: generation.files.0.len() - generated,
        removed,
    };
    if arguments.json {
        let kind = database.map_or("offline", |database| database.kind);
        print(&serde_json::to_string_pretty(&report(kind, &generation, files, synced))?);
    } else if !quiet {
        people(arguments, &generation, &changes, &files, synced);
    }
    Ok(0)
}

/// Prints the fingerprint of what would be generated.
///
/// # Errors
/// When nothing could be generated.
pub async fn fingerprint(source: &Source) -> Result<u8, Failure> {
    let config = config(source)?;
    let database = if source.offline { None } else { Some(database::resolve(source.database_url.clone(), source.server).await?) };
    let generation = generate(database.as_ref(), &config, &[], &out(source)).await.0?;
    print(&entitree::fingerprint(&generation));
    Ok(0)
}

/// The folder of both crates.
fn out(source: &Source) -> PathBuf {
    source.out.clone().unwrap_or_else(|| root().join("generated"))
}

/// Generates from the database, or from schema.json where there is none.
async fn generate(
    database: Option<&Database>,
    config: &Config,
    queries: &[File],
    out: &Path,
) -> (Result<Generation, Failure>, Kept) {
    let Some(database) = database else {
        let kept = Kept::load(out);
        let generation = Snapshot::read(&relative(&out.join(snapshot::FILE)))
            .map_err(Failure::from)
            .and_then(|snapshot| Ok(offline(&snapshot, config, queries, out, &kept)?));
        return (generation, kept);
    };
    let folder = out.to_owned();
    let mut kept = None;
    let past = async {
        let (found, past) = aside(move || kept::past(&folder)).await;
        kept = Some(found);
        past
    };
    let generation = from_database(database, config, queries, past).await;
    (generation, kept.unwrap_or_else(|| Kept::load(out)))
}

async fn from_database(
    database: &Database,
    config: &Config,
    queries: &[File],
    past: impl Future<Output = Past>,
) -> Result<Generation, Failure> {
    let mut session = entitree::connect(&database.url, database::variable).await?;
    Ok(entitree::generate_since(&mut session, config, queries, past).await?)
}

/// Generates from schema.json.
fn offline(snapshot: &Snapshot, config: &Config, queries: &[File], out: &Path, kept: &Kept) -> Result<Generation, entitree::Error> {
    let read = |path: &Path| fs::read_to_string(out.join(path)).ok();
    entitree::generate_offline(snapshot, config, queries, Memory::new(kept.rendered(), &read))
}

/// Runs work that waits for the disk on a thread of its own.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

/// Answers the three questions: the database and the files are looked at side by side.
async fn check(arguments: &Arguments, database: Option<&Database>) -> Result<Found, Failure> {
    let config = config(&arguments.source)?;
    let queries = queries(arguments, &config)?;
    let out = out(&arguments.source);
    let files = {
        let (config, queries, out) = (config.clone(), queries.clone(), out.clone());
        aside(move || -> Result<_, Failure> {
            let old = Snapshot::read(&relative(&out.join(snapshot::FILE)))?;
            // Statements that changed with the schema are checked by the database, not by schema.json.
            let outcome = match offline(&old, &config, &queries, &out, &Kept::load(&out)) {
                Ok(generation) => {
                    let update = Update::new(&out, Mode::Check)?.with_files(&generation.files)?;
                    let update = update.with_features(generation.features.as_deref())?;
                    let removals = update.removals().map(|removals| {
                        format!("`cargo xtask codegen` would remove {removals}: it does so only with --allow-removals")
                    });
                    Ok((update.finish(Allow::default())?, removals))
                }
                Err(error) => Err(error),
            };
            Ok((old, outcome))
        })
    };
    let database = async {
        let Some(database) = database else { return Ok(None) };
        let mut session = entitree::connect(&database.url, database::variable).await?;
        Ok::<_, Failure>(Some(entitree::read_with_queries(&mut session, &config, &queries).await?))
    };
    let (files, database) = tokio::join!(files, database);
    let ((old, outcome), database) = (files?, database?);
    let schema =
        database.map_or_else(Report::default, |(new, answers)| entitree::report::report(&old, &new, &config, &queries, &answers));
    let (changes, removals, errors) = match outcome {
        Ok((changes, removals)) => (changes, removals, Vec::new()),
        Err(error) => (Vec::new(), None, incomparable(&error, &schema)),
    };
    let asks_for_removals = removals.is_some();
    let errors = errors.into_iter().chain(removals).collect();
    let out = relative(&out);
    let mut call = Call::new(arguments, &out.join(snapshot::FILE), config.path());
    // What codegen does only where it is asked to.
    if changes.iter().any(|change| change.kind.word() == "edited") {
        call.command.push_str(" --force");
    }
    if asks_for_removals {
        call.command.push_str(" --allow-removals");
    }
    Ok(Found::new(schema, &changes, &out, errors, call))
}

/// Why the files could not be compared, without what the report says already.
fn incomparable(error: &entitree::Error, report: &Report) -> Vec<String> {
    let (entitree::Error::Plan(_) | entitree::Error::Group(_), false) = (error, report.changes.is_empty()) else {
        return vec![error.to_string()];
    };
    let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    let text = error.to_string();
    let rest: Vec<&str> = text.split("\n\n").filter(|part| !told.iter().any(|told| told == part)).collect();
    let lead = "codegen.toml does not fit schema.json, so that the generated files were not compared:";
    if rest.is_empty() { Vec::new() } else { vec![format!("{lead}\n{}", rest.join("\n"))] }
}

pub(crate) fn config(source: &Source) -> Result<Config, Failure> {
    let mut config = load(config_file(source).as_deref())?;
    if !source.schemas.is_empty() {
        config.schemas.clone_from(&source.schemas);
    }
    Ok(config)
}

pub(crate) fn load(file: Option<&Path>) -> Result<Config, Failure> {
    Ok(file.map_or_else(|| Ok(Config::default()), |path| Config::load(&relative(path)))?)
}

/// The codegen.toml of a run. That of this repository is for this repository's folder and for the
/// reference database: another database, written elsewhere, is none of its business.
fn config_file(source: &Source) -> Option<PathBuf> {
    let is_elsewhere = source.out.as_deref().is_some_and(|out| !is_same(out, &root().join("generated")));
    let is_foreign = is_elsewhere && (source.offline || database::given(source.database_url.clone(), source.server).is_some());
    find_config(source.config.as_deref(), Some(&out(source)), is_foreign)
}

/// The one rule by which every command finds its configuration: the file that the command line names, else
/// codegen.toml of the working directory or the nearest folder above it, else the one beside the folder
/// that is written. The one of this repository is passed over for a foreign database.
pub(crate) fn find_config(named: Option<&Path>, out: Option<&Path>, is_foreign: bool) -> Option<PathBuf> {
    if let Some(named) = named {
        return Some(named.to_owned());
    }
    let here = std::env::current_dir().unwrap_or_default();
    let out = out.map(|out| here.join(out));
    let folders = here.ancestors().chain(out.as_deref().and_then(Path::parent));
    folders
        .map(|folder| folder.join("codegen.toml"))
        .find(|file| file.is_file() && !(is_foreign && is_same(file, &root().join("codegen.toml"))))
}

/// Whether two paths lead to the same file or folder.
fn is_same(left: &Path, right: &Path) -> bool {
    left == right || fs::canonicalize(left).is_ok_and(|left| fs::canonicalize(right).is_ok_and(|right| left == right))
}

/// The path as a person would write it from here.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// The files of SQL: those beside the configuration, and none where there is no configuration.
pub(crate) fn queries(arguments: &Arguments, config: &Config) -> Result<Vec<File>, Failure> {
    let folder = arguments.queries.clone().or_else(|| config_file(&arguments.source).map(|_| relative(&config.queries_folder())));
    let files = folder.map_or_else(|| Ok(Vec::new()), |folder| entitree::sql::read_folder(&folder));
    Ok(files.map_err(entitree::Error::Queries)?)
}

fn report(kind: &'static str, generation: &Generation, files: Files, synced: Duration) -> Summary {
    let summary = &generation.summary;
    let milliseconds = |duration: Duration| (duration.as_secs_f64() * 1e6).round() / 1e3;
    Summary {
        server: ServerReport { kind, version: summary.server_version.clone() },
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
        ("wrote", synced),
    ] {
        let of = match stage {
            "rendered" => format!(", {} of {} files", generation.rendered.fresh.len(), generation.files.0.len() - 1),
            _ => String::new(),
        };
        eprintln!("{stage:<19}{:>6} ms{of}", time.as_millis());
    }
    if arguments.verbose {
        for change in changes {
            print(&format!("{:<8}{}", change.kind.word(), change.path.display()));
            if let Some(diff) = change.difference() {
                print(&diff);
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
        "written",
        files.unchanged,
        files.removed,
        "removed",
    ));
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
