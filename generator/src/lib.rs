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
//! # async fn run(client: &tokio_postgres::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let config = entitree::Config::load("codegen.toml".as_ref())?;
//! let generation = entitree::generate(client, &config).await?;
//! let changes = entitree::sync(&generation.files, "generated".as_ref(), entitree::Mode::Write)?;
//! # Ok(())
//! # }
//! ```

pub mod config;
pub mod connect;
pub mod describe;
pub mod group;
pub mod introspect;
pub mod nullability;
pub mod plan;
pub mod render;
pub mod schema;
pub mod sql;
pub mod sync;

use std::time::{Duration, Instant};

use tokio_postgres::Client;

pub use crate::{
    config::{Config, ConfigError},
    connect::{ConnectError, Session, connect},
    group::{GroupError, group},
    introspect::{IntrospectError, introspect},
    plan::{PlanError, Warning, plan},
    render::render,
    sync::{Change, ChangeKind, FileSet, Mode, SyncError, sync},
};

/// What a run generated, before any of it is written.
#[derive(Clone, Debug)]
pub struct Generation {
    /// The database that was read.
    pub schema: schema::Schema,
    /// The generated files, relative to the folder of both crates.
    pub files: FileSet,
    /// The figures of the run.
    pub summary: Summary,
    /// What is left out or carried as text, and why.
    pub warnings: Vec<Warning>,
    /// How long each stage took.
    pub timings: Timings,
}

/// The figures of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// The domains with the qualified names of their tables and views.
    pub domains: Vec<DomainSummary>,
}

/// A domain and what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
}

fn join<E: ToString>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

/// Reads the database and generates both crates, in memory.
///
/// # Errors
/// See [`Error`]; nothing was written, and the database is as it was.
pub async fn generate(client: &Client, config: &Config) -> Result<Generation, Error> {
    let defaults = introspect::Options::default();
    let options = introspect::Options {
        schemas: config.schemas.clone(),
        timeout_seconds: config.timeout_seconds.unwrap_or(defaults.timeout_seconds),
    };
    let start = Instant::now();
    let reading = introspect(client, &options).await?;
    let read = start.elapsed();
    let mut generation = generate_from(reading.schema, config)?;
    generation.timings.introspect = read;
    generation.warnings.extend(reading.unusable.into_iter().map(|schema| Warning {
        message:
            "left out: the role may not use this schema; grant usage on it, or name the schemas to read in codegen.toml".to_owned(),
        object: schema,
    }));
    Ok(generation)
}

/// Generates both crates from a schema that was read before: no database, no disk, no clock but
/// for the timings.
///
/// # Errors
/// Those of grouping and planning.
pub fn generate_from(schema: schema::Schema, config: &Config) -> Result<Generation, Error> {
    let start = Instant::now();
    let domains = group(&schema, config).map_err(Error::Group)?;
    let plan = plan(&schema, &domains, config).map_err(Error::Plan)?;
    let planned = start.elapsed();
    let files = render(&plan);
    let timings = Timings { introspect: Duration::ZERO, plan: planned, render: start.elapsed().saturating_sub(planned) };
    let summary = summary(&schema, &plan);
    Ok(Generation { schema, files, summary, warnings: plan.warnings, timings })
}

fn summary(schema: &schema::Schema, plan: &plan::Plan) -> Summary {
    let entities = || plan.domains.iter().flat_map(|domain| &domain.entities);
    let is_view = |entity: &&plan::EntityPlan| {
        schema.tables().any(|table| table.kind.is_view() && table.name == entity.table && table.namespace().name == entity.schema)
    };
    let views = entities().filter(is_view).count();
    Summary {
        server_version: schema.server.version.clone(),
        schemas: schema.namespaces().map(|namespace| namespace.name.clone()).collect(),
        tables: entities().count() - views,
        views,
        enums: plan.enums.iter().map(|schema| schema.enums.len()).sum(),
        relations: entities().map(|entity| entity.relations.len()).sum(),
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
            "queries/Cargo.toml",
            "queries/src/lib.rs",
            "queries/src/runtime.rs",
        ]
        .into(),
    )
}
