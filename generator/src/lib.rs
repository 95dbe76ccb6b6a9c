//! Turns a live PostgreSQL database into typed `SeaORM` crates.
//!
//! ```text
//! introspect ─▶ Schema ─▶ group ─▶ Domains ─▶ plan ─▶ Plan ─▶ render ─▶ FileSet ─▶ sync
//! ```
//!
//! Only the two ends touch the world: [`introspect`] reads a database, [`sync`](sync()) writes
//! files. Everything between is a pure function from value to value.
//!
//! ```no_run
//! # async fn run(mut session: entitree::Session) -> Result<(), Box<dyn std::error::Error>> {
//! let config = entitree::Config::load("codegen.toml".as_ref())?;
//! let generation = entitree::generate_with_queries(&mut session, &config, &[]).await?;
//! let changes = entitree::sync(&generation.files, "generated".as_ref(), entitree::Mode::Write)?;
//! # Ok(())
//! # }
//! ```

pub mod config;
pub mod connect;
pub mod describe;
pub mod drift;
pub mod group;
pub mod inspect;
pub mod introspect;
pub mod items;
pub mod manifest;
pub mod nullability;
mod parallel;
pub mod plan;
pub mod render;
pub mod report;
pub mod schema;
pub mod snapshot;
pub mod sql;
pub mod sync;
mod toml_text;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use futures_util::join;
use serde::{Deserialize, Serialize};
use tokio_postgres::Client;

use crate::{
    describe::{Answers, dependencies::Dependencies},
    introspect::introspect_beside,
};

pub use crate::{
    config::{Config, ConfigError},
    connect::{ConnectError, Session, connect},
    group::{GroupError, group},
    introspect::{IntrospectError, introspect},
    parallel::parallel,
    plan::{PlanError, Warning, plan},
    render::{Memory, Rendered, render},
    snapshot::{Snapshot, SnapshotError},
    sync::{Change, ChangeKind, FileSet, Mode, SyncError, sync},
};

/// What a run generated, before any of it is written.
#[derive(Clone, Debug)]
pub struct Generation {
    /// The database that was read, as schema.json holds it.
    pub snapshot: Snapshot,
    /// The generated files, relative to the folder of both crates.
    pub files: FileSet,
    /// The figures of the run.
    pub summary: Summary,
    /// What is left out or carried as text, and why.
    pub warnings: Vec<Warning>,
    /// Tables that a statement reads from end to end, and the reason that its comment gives.
    pub scans: Vec<Warning>,
    /// The domains as features of cargo, where codegen.toml asks for them: see [`sync::manifests`].
    pub features: Option<Vec<plan::Feature>>,
    /// What was rendered, for a later run.
    pub rendered: Rendered,
    /// How long each stage took.
    pub timings: Timings,
}

impl Generation {
    /// The database that was read.
    ///
    /// # Panics
    /// Never: it was generated from this schema.
    pub fn schema(&self) -> schema::Schema {
        self.snapshot.schema().expect("it was generated from this schema")
    }
}

/// The figures of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// `server_version`
    pub server_version: String,
    /// The schemas that were read.
    pub schemas: Vec<String>,
    /// Generated tables.
    pub tables: usize,
    /// Generated views, of both kinds.
    pub views: usize,
    /// Generated enums.
    pub enums: usize,
    /// Relations, each way counted.
    pub relations: usize,
    /// Functions from files of SQL.
    pub queries: usize,
    /// The domains with the qualified names of their tables and views.
    pub domains: Vec<DomainSummary>,
}

/// A domain and what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainSummary {
    /// The name.
    pub name: String,
    /// `schema.table`, sorted.
    pub tables: Vec<String>,
}

/// How long each stage took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Reading the catalogue.
    pub introspect: Duration,
    /// Grouping and planning.
    pub plan: Duration,
    /// Asking the server about files of SQL.
    pub describe: Duration,
    /// Rendering and formatting.
    pub render: Duration,
}

/// Why nothing was generated; each stage says all that is wrong at once.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database could not be read.
    #[error(transparent)]
    Introspect(#[from] IntrospectError),
    /// Tables in no domain, or in two.
    #[error("{}", join(.0))]
    Group(Vec<GroupError>),
    /// Names, types or declarations that cannot be.
    #[error("{}", join(.0))]
    Plan(Vec<PlanError>),
    /// Statements that the server refuses, or that no index serves.
    #[error("{}", join(.0))]
    Queries(Vec<sql::Mistake>),
    /// A schema.json that cannot be used, or files of SQL that are not in it.
    #[error("{}", join(.0))]
    Snapshot(Vec<SnapshotError>),
    /// The server went away while statements were checked.
    #[error("the connection failed while statements were checked: {0}")]
    Lost(#[from] tokio_postgres::Error),
}

fn join<E: ToString>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

/// Reads the database and generates both crates, in memory.
///
/// # Errors
/// See [`Error`]; nothing was written, and the database is as it was.
pub async fn generate(client: &Client, config: &Config) -> Result<Generation, Error> {
    let (reading, read) = read(client, None, config).await?;
    let (plan, planned) = timed(|| restored(&reading.snapshot, config));
    Ok(finish(
        reading,
        plan?,
        Checked::default(),
        Memory::default(),
        Timings { introspect: read, plan: planned, ..Timings::default() },
    ))
}

/// Reads the database, checks files of SQL against it, and generates both crates, in memory.
///
/// # Errors
/// See [`Error`]; nothing was written, and the database is as it was.
pub async fn generate_with_queries(session: &mut Session, config: &Config, files: &[sql::File]) -> Result<Generation, Error> {
    generate_since(session, config, files, std::future::ready(Past::default())).await
}

/// Reads what an earlier run wrote.
pub type Known = Box<dyn Fn(&Path) -> Option<String> + Send + Sync>;

/// What an earlier run left.
#[derive(Default)]
pub struct Past {
    /// Its schema.json.
    pub snapshot: Snapshot,
    /// What it rendered.
    pub rendered: Rendered,
    /// Reads a file that it wrote, by its path in the folder of both crates.
    pub read: Option<Known>,
}

impl Past {
    fn memory(&self) -> Memory<'_> {
        self.read.as_ref().map(|read| Memory::new(&self.rendered, read)).unwrap_or_default()
    }
}

/// As [`generate_with_queries`], where an earlier run is known, which may be looked up while the database
/// is read: a file of SQL is checked again only where it changed, or something that its statements depend
/// on (whatever schema that is in), and a file of Rust is rendered again only where its plan changed.
///
/// # Errors
/// See [`Error`]; nothing was written, and the database is as it was.
pub async fn generate_since(
    session: &mut Session,
    config: &Config,
    files: &[sql::File],
    past: impl Future<Output = Past>,
) -> Result<Generation, Error> {
    let (reading, past) = join!(read(&session.client, Some(session), config), past);
    let mut generation = generate_from(session, config, files, reading, &past).await?;
    let (old, new) = (&past.snapshot, &generation.snapshot);
    // Another server may print the same thing otherwise: that alone is no news.
    if old.server != 0 && old.server != new.server && old.queries == new.queries && drift::drift(old, new).is_empty() {
        generation.files.0.insert(snapshot::FILE.into(), old.text());
    }
    Ok(generation)
}

async fn generate_from(
    session: &mut Session,
    config: &Config,
    files: &[sql::File],
    reading: Result<(Read, Duration), Error>,
    past: &Past,
) -> Result<Generation, Error> {
    let ((mut reading, read), memory) = (reading?, past.memory());
    // Where nothing moved there is nothing to plan.
    let known = still_true(session, report::still_known(&past.snapshot, &reading.snapshot, files), &past.rendered).await?;
    if known.iter().all(Option::is_some) && past.snapshot.describes_same(&reading.snapshot) {
        let queries = known.iter().flatten().map(|known| known.file.clone()).collect();
        let snapshot = Snapshot { queries, ..std::mem::take(&mut reading.snapshot) };
        let timings = Timings { introspect: read, ..Timings::default() };
        match unchanged(snapshot, config, memory, &reading.unusable, timings) {
            Ok(generation) => {
                let summary = Summary { server_version: reading.version, ..generation.summary };
                return Ok(Generation { summary, ..*generation });
            }
            Err(snapshot) => reading.snapshot = Snapshot { queries: Vec::new(), ..*snapshot },
        }
    }
    let (plan, planned) = timed(|| restored(&reading.snapshot, config));
    let mut plan = plan?;
    plan.warnings.extend(plan::misnamed_folders(&plan, files));
    let start = Instant::now();
    let checked = if files.is_empty() {
        Checked::default()
    } else {
        checked(session, config, files, known, &mut plan, &mut reading.snapshot).await?
    };
    let timings = Timings { introspect: read, plan: planned, describe: start.elapsed(), ..Timings::default() };
    Ok(finish(reading, plan, checked, Memory { config: Some(config), ..memory }, timings))
}

/// What an earlier run learnt of a file of SQL.
struct KnownFile<'p> {
    file: &'p snapshot::QueryFile,
    answered: &'p render::Answered,
}

/// Leaves out what is true no more, since something changed that schema.json does not hold. One statement.
async fn still_true<'p>(
    session: &Session,
    files: Vec<Option<&'p snapshot::QueryFile>>,
    rendered: &'p Rendered,
) -> Result<Vec<Option<KnownFile<'p>>>, Error> {
    let known: Vec<Option<KnownFile<'p>>> =
        files.into_iter().map(|file| file.and_then(|file| Some(KnownFile { file, answered: rendered.answered(file)? }))).collect();
    let of = |known: &KnownFile<'_>| Dependencies::of(&known.answered.state);
    let Some(all) = known.iter().flatten().map(of).reduce(|all, of| all.with(&of)) else { return Ok(known) };
    let state = all.state(&session.client).await?;
    let is_true = |known: &KnownFile<'_>| of(known).select(&state) == known.answered.state;
    Ok(known.into_iter().map(|known| known.filter(is_true)).collect())
}

/// What an earlier run gave, where it was of the same schema, codegen.toml and files of SQL, and nobody
/// touched what it wrote; else the snapshot is given back.
fn unchanged(
    snapshot: Snapshot,
    config: &Config,
    memory: Memory<'_>,
    unusable: &[String],
    timings: Timings,
) -> Result<Box<Generation>, Box<Snapshot>> {
    let start = Instant::now();
    if !memory.is_of_a_whole_run() {
        return Err(Box::new(snapshot));
    }
    let text = snapshot.text();
    let Some((mut files, whole)) = memory.whole(&render::inputs(&text, config)).filter(|_| unusable.is_empty()) else {
        return Err(Box::new(snapshot));
    };
    files.0.insert(snapshot::FILE.into(), text);
    let mut rendered = memory.rendered.cloned().unwrap_or_default();
    rendered.fresh.clear();
    Ok(Box::new(Generation {
        snapshot,
        files,
        summary: whole.summary,
        warnings: whole.warnings,
        scans: whole.scans,
        features: whole.features,
        rendered,
        timings: Timings { render: start.elapsed(), ..timings },
    }))
}

/// Reads the database as schema.json holds it, without planning anything.
///
/// # Errors
/// When it cannot be read.
pub async fn read_snapshot(client: &Client, config: &Config) -> Result<Snapshot, Error> {
    Ok(read(client, None, config).await?.0.snapshot)
}

/// Reads the database as schema.json holds it, and what the server answers for each file of SQL. The snapshot
/// holds the files whose statements are all accepted. Nothing is planned.
///
/// # Errors
/// When the database cannot be read.
pub async fn read_with_queries(
    session: &mut Session,
    config: &Config,
    files: &[sql::File],
) -> Result<(Snapshot, Vec<Answers>), Error> {
    let mut snapshot = read(&session.client, Some(session), config).await?.0.snapshot;
    let answers = describe::describe(session, files).await?;
    for (file, answers) in files.iter().zip(&answers) {
        if let Ok(statements) = answers.iter().cloned().collect() {
            snapshot.queries.push(snapshot::QueryFile { file: file.name(), hash: snapshot::hash(&file.text), statements });
        }
    }
    Ok((snapshot, answers))
}

/// Generates both crates from a schema.json, with the files of SQL that it knows: no database, no
/// disk, no clock but for the timings.
///
/// # Errors
/// Those of grouping and planning, and files of SQL that changed since they were checked.
pub fn generate_offline(
    snapshot: &Snapshot,
    config: &Config,
    files: &[sql::File],
    memory: Memory<'_>,
) -> Result<Generation, Error> {
    let mut described = Vec::new();
    let mut unchecked = Vec::new();
    for file in files {
        let (name, hash) = (file.name(), snapshot::hash(&file.text));
        match snapshot.queries.iter().find(|known| known.file == name && known.hash == hash) {
            Some(known) => described.push((file, known.statements.iter().cloned().map(Some).collect())),
            None => unchecked.push(SnapshotError::Unchecked { file: file.path.display().to_string() }),
        }
    }
    if !unchecked.is_empty() {
        return Err(Error::Snapshot(unchecked));
    }
    let known: Vec<String> = files.iter().map(sql::File::name).collect();
    let queries = snapshot.queries.iter().filter(|file| known.contains(&file.file)).cloned().collect();
    let snapshot = match unchanged(Snapshot { queries, ..snapshot.clone() }, config, memory, &[], Timings::default()) {
        Ok(generation) => return Ok(*generation),
        Err(snapshot) => *snapshot,
    };
    let dangling = |source| Error::Snapshot(vec![SnapshotError::Dangling { path: snapshot::FILE.into(), source }]);
    let schema = snapshot.schema().map_err(dangling)?;
    let (plan, planned) = timed(|| planned(&schema, config));
    let mut plan = plan?;
    plan.warnings.extend(plan::misnamed_folders(&plan, files));
    let (folders, scans) = plan::queries(&plan, &described, config).map_err(Error::Queries)?;
    plan.queries = folders;
    let reading = Read { snapshot, version: String::new(), unusable: Vec::new() };
    // What an earlier run learnt from a database stays true of that database.
    let answered = memory.rendered.map(|rendered| rendered.answered.clone()).unwrap_or_default();
    let memory = Memory { config: Some(config), ..memory };
    Ok(finish(reading, plan, Checked { scans, answered }, memory, Timings { plan: planned, ..Timings::default() }))
}

/// A database that was read, in the form that schema.json gives back.
struct Read {
    snapshot: Snapshot,
    version: String,
    unusable: Vec<String>,
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// Reads a database, over a second connection as well where a session says how to get one.
async fn read(client: &Client, session: Option<&Session>, config: &Config) -> Result<(Read, Duration), Error> {
    let defaults = introspect::Options::default();
    let options = introspect::Options {
        schemas: config.schemas.clone(),
        timeout_seconds: config.timeout_seconds.unwrap_or(defaults.timeout_seconds),
    };
    let start = Instant::now();
    let reading = match session {
        Some(session) => introspect_beside(session, &options).await?,
        None => introspect(client, &options).await?,
    };
    // What is planned is what a later run without a database will plan.
    let snapshot = Snapshot::of(&reading.schema);
    let version = reading.schema.server.version;
    Ok((Read { snapshot, version, unusable: reading.unusable }, start.elapsed()))
}

/// What the generated code depends on, as `entities::verify` compares it with a database.
pub fn facts(generation: &Generation) -> Vec<snapshot::Fact> {
    let tables: BTreeSet<&str> = generation.summary.domains.iter().flat_map(|domain| &domain.tables).map(String::as_str).collect();
    generation.snapshot.facts(|schema, table| tables.contains(format!("{schema}.{table}").as_str()))
}

/// The fingerprint of what was generated, as `entities::SCHEMA_FINGERPRINT` has it.
pub fn fingerprint(generation: &Generation) -> String {
    snapshot::fingerprint(&facts(generation))
}

/// Renders what is planned, and at the same time the text of schema.json.
fn finish(reading: Read, plan: plan::Plan, checked: Checked, memory: Memory<'_>, timings: Timings) -> Generation {
    let Checked { scans, answered } = checked;
    let Read { snapshot, version, unusable } = reading;
    let (((mut files, mut rendered), text), render) = timed(|| {
        thread::scope(|scope| {
            let text = scope.spawn(|| snapshot.text());
            let rendered = render::render_since(&plan, &snapshot, memory);
            (rendered, text.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    });
    rendered.answered = answered;
    let inputs = memory.config.map(|config| render::inputs(&text, config));
    files.0.insert(snapshot::FILE.into(), text);
    let summary = Summary { server_version: version, ..summary(&snapshot, &plan) };
    let mut warnings = plan.warnings;
    warnings.extend(unusable.into_iter().map(|schema| Warning {
        message:
            "left out: the role may not use this schema; grant usage on it, or name the schemas to read in codegen.toml".to_owned(),
        object: schema,
        is_deliberate: false,
    }));
    if let Some(inputs) = inputs {
        rendered.whole = Some(render::Whole {
            inputs,
            summary: summary.clone(),
            warnings: warnings.clone(),
            scans: scans.clone(),
            features: plan.features.clone(),
        });
    }
    Generation {
        snapshot,
        files,
        summary,
        warnings,
        scans,
        features: plan.features,
        rendered,
        timings: Timings { render, ..timings },
    }
}

/// Plans what schema.json gives back: a later run without a database plans the same.
fn restored(snapshot: &Snapshot, config: &Config) -> Result<plan::Plan, Error> {
    planned(&snapshot.schema().map_err(IntrospectError::Dangling)?, config)
}

fn planned(schema: &schema::Schema, config: &Config) -> Result<plan::Plan, Error> {
    let domains = group(schema, config).map_err(Error::Group)?;
    plan(schema, &domains, config).map_err(Error::Plan)
}

/// What checking files of SQL gives.
#[derive(Default)]
struct Checked {
    /// Tables that a statement reads from end to end.
    scans: Vec<Warning>,
    /// What the answers depend on, by file.
    answered: BTreeMap<String, render::Answered>,
}

/// Plans the functions of files of SQL, each checked by the server before and after.
async fn checked(
    session: &mut Session,
    config: &Config,
    files: &[sql::File],
    known: Vec<Option<KnownFile<'_>>>,
    plan: &mut plan::Plan,
    snapshot: &mut Snapshot,
) -> Result<Checked, Error> {
    let mut mistakes = Vec::new();
    let unknown: Vec<sql::File> =
        files.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(file, _)| file.clone()).collect();
    let mut fresh = describe::describe_with_dependencies(session, &unknown).await?.into_iter();
    let mut described = Vec::new();
    let mut answered = Vec::new();
    for (file, known) in files.iter().zip(known) {
        let (of_file, state, sent) = match known {
            Some(known) => {
                let of_file = known.file.statements.iter().cloned().map(Some).collect();
                (of_file, known.answered.state.clone(), Some(known.answered.sent.clone()))
            }
            None => {
                let (answers, state) = fresh.next().unwrap_or_default();
                let answers = answers.into_iter().map(|answer| answer.map_err(|mistake| mistakes.push(mistake)).ok());
                (answers.collect(), state, None)
            }
        };
        described.push((file, of_file));
        answered.push((state, sent));
    }
    let (folders, scans, wrong) = plan::queries_and_mistakes(plan, &described, config);
    mistakes.extend(wrong);
    // The text that is sent follows codegen.toml as well: where it is another, the server is asked again.
    let planned = |file: &sql::File| {
        let planned = folders.iter().flat_map(|folder| &folder.files).find(|planned| planned.path == file.path);
        planned.map(|planned| planned.functions.as_slice()).unwrap_or_default()
    };
    let sent = |file: &sql::File| {
        snapshot::hash(&planned(file).iter().map(|function| function.check.as_str()).collect::<Vec<_>>().join("\n"))
    };
    let functions: Vec<(&Path, &plan::QueryPlan)> = files
        .iter()
        .zip(&answered)
        .filter(|(file, (_, before))| before.as_ref() != Some(&sent(file)))
        .flat_map(|(file, _)| planned(file).iter().map(|function| (file.path.as_path(), function)))
        .collect();
    let statements: Vec<String> = functions.iter().map(|(_, function)| function.check.clone()).collect();
    for (result, (path, function)) in describe::verify(session, &statements).await?.into_iter().zip(functions) {
        if let Err(message) = result {
            mistakes.push(sql::Mistake::of_file(
                path,
                format!(
                    "{}: the server takes the statement, but not as it has to be sent ({message}); columns of types that Rust \
                     does not have, and arrays, travel as text: cast them to text yourself, and say `-- @column name String`",
                    function.ident
                ),
            ));
        }
    }
    if !mistakes.is_empty() {
        mistakes.sort_by(|left, right| (&left.path, left.line).cmp(&(&right.path, right.line)));
        return Err(Error::Queries(mistakes));
    }
    let sent: Vec<String> = files.iter().map(sent).collect();
    plan.queries = folders;
    let of_file = |(file, of_file): (&sql::File, Vec<Option<_>>)| snapshot::QueryFile {
        file: file.name(),
        hash: snapshot::hash(&file.text),
        statements: of_file.into_iter().flatten().collect(),
    };
    snapshot.queries = described.into_iter().map(of_file).collect();
    let answered = snapshot.queries.iter().zip(answered).zip(sent);
    let answered = answered.map(|((file, (state, _)), sent)| (file.file.clone(), render::Answered::new(file, state, sent)));
    Ok(Checked { scans, answered: answered.collect() })
}

fn summary(snapshot: &Snapshot, plan: &plan::Plan) -> Summary {
    let entities = || plan.domains.iter().flat_map(|domain| &domain.entities);
    let views = entities().filter(|entity| entity.kind.ends_with("view")).count();
    Summary {
        server_version: String::new(),
        schemas: snapshot.schemas.iter().map(|schema| schema.name.clone()).collect(),
        tables: entities().count() - views,
        views,
        enums: plan.enums.iter().map(|schema| schema.enums.len()).sum(),
        relations: entities().map(|entity| entity.relations.len()).sum(),
        queries: plan.queries.iter().flat_map(|folder| &folder.files).map(|file| file.functions.len()).sum(),
        domains: plan
            .domains
            .iter()
            .map(|domain| DomainSummary {
                name: domain.name.clone(),
                tables: {
                    let mut tables: Vec<String> =
                        domain.entities.iter().map(|entity| format!("{}.{}", entity.schema, entity.table)).collect();
                    tables.sort();
                    tables
                },
            })
            .collect(),
    }
}

/// The hand-written part of both crates, for a folder that has none: manifests, `lib.rs` and what
/// does not vary with the schema. Write it with [`sync::write_missing`].
pub fn scaffold() -> FileSet {
    macro_rules! files {
        ($($path:literal),* $(,)?) => {
            [$(($path.into(), include_str!(concat!("../../templates/scaffold/", $path)).to_owned())),*]
        };
    }
    FileSet(
        files![
            "Cargo.toml",
            "entities/Cargo.toml",
            "entities/src/lib.rs",
            "entities/src/array.rs",
            "entities/src/enumeration.rs",
            "entities/src/loader.rs",
            "entities/src/relation.rs",
            "entities/src/row.rs",
            "entities/src/table.rs",
            "entities/src/verify.rs",
            "queries/Cargo.toml",
            "queries/src/lib.rs",
            "queries/src/runtime.rs",
            "queries/src/statement.rs",
        ]
        .into(),
    )
}
