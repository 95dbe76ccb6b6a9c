//! The report on a live database: what is in it, what is used, how it hangs together, who may do what,
//! and what is wrong, with the cure.
//!
//! Everything is read in one snapshot (`REPEATABLE READ, READ ONLY`), every statement has a time-out,
//! and what cannot be read is a line of the report. Row contents are never in it, but for samples that
//! were asked for, which are masked, and the keys of rows that lack a partner where these are uuids or
//! numbers.

mod ask;
pub mod diagram;
mod form;
mod groups;
mod html;
mod keys;
mod migrations;
mod read;
mod rows;
mod rules;
pub mod suggest;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use self::{
    form::{markdown, text},
    groups::cures,
    html::html,
    migrations::{Migration, MigrationError, read_migrations},
    rules::{RULES, Rule, Topic, rule, rules_page},
};
use crate::{
    Config, IntrospectError, Session,
    group::{Domains, Membership, grouped},
    introspect::{self, introspect_within},
    plan::{self, Hop},
    schema::{ConstraintKind, Id, Schema, Table, TableKind, Walker},
};

/// The version of the object that `--json` prints.
pub const VERSION: u32 = 1;

/// How much may be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// Tables of up to so many rows, as the server estimates, are counted row by row.
    pub exact_rows: i64,
    /// The most that one statement may take, in seconds.
    pub timeout_seconds: u32,
    /// How many rows of each table are shown, masked.
    pub samples: u32,
    /// The roles that clients of an API act as; those of Supabase where none is given.
    pub api_roles: Vec<String>,
    /// What migration files define.
    pub migrations: Vec<Migration>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            exact_rows: 1_000_000,
            timeout_seconds: 15,
            samples: 0,
            api_roles: ["anon", "authenticated"].map(str::to_owned).to_vec(),
            migrations: Vec::new(),
        }
    }
}

/// A live database at one moment.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Inspection {
    /// The version of this format.
    pub version: u32,
    /// The server.
    pub server: ServerFacts,
    /// The schemas that were read, by name.
    pub schemas: Vec<SchemaFacts>,
    /// The domains of codegen.toml, or the schemas where it has none.
    pub domains: Vec<DomainFacts>,
    /// Tables and views, by qualified name.
    pub tables: Vec<TableFacts>,
    /// Relations: constraints, those that views show of them, those that codegen.toml declares, and those that the rows show.
    pub relations: Vec<RelationFacts>,
    /// Enums, by qualified name.
    pub enums: Vec<EnumFacts>,
    /// Functions and procedures, by qualified name and arguments.
    pub functions: Vec<FunctionFacts>,
    /// Installed extensions, by name.
    pub extensions: Vec<ExtensionFacts>,
    /// The server's roles, but for its own.
    pub roles: Vec<RoleFacts>,
    /// Which role may do what with which table. Superusers may do everything and are not listed.
    pub access: Vec<AccessFacts>,
    /// What is wrong, the worst first.
    pub findings: Vec<Finding>,
    /// What could not be read, or not to its end, and why.
    pub unread: Vec<Unread>,
}

/// The server and the database.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ServerFacts {
    /// `server_version`
    pub version: String,
    /// The database.
    pub database: String,
    /// The role that read.
    pub role: String,
    /// The size of the database, in bytes.
    pub bytes: i64,
    /// When the server's statistics began to count, where it says so.
    pub statistics_since: Option<String>,
}

/// A schema.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct SchemaFacts {
    /// The name.
    pub name: String,
    /// The owning role.
    pub owner: String,
    /// Tables in it, partitions and views among them.
    pub tables: usize,
    /// The rows of those tables whose rows are known; views and partitions do not count.
    pub rows: i64,
    /// Bytes of tables, indexes and toast.
    pub bytes: i64,
}

/// A domain.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct DomainFacts {
    /// The name.
    pub name: String,
    /// `schema.table`, sorted.
    pub tables: Vec<String>,
    /// The rows of those tables whose rows are known.
    pub rows: i64,
    /// Bytes of tables, indexes and toast.
    pub bytes: i64,
}

/// A table or view.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct TableFacts {
    /// The schema.
    pub schema: String,
    /// The name.
    pub name: String,
    /// The domain; none of a partition, of an extension's table, and of what codegen.toml skips.
    pub domain: Option<String>,
    /// `table`, `view`, `materialized view`, `partitioned table` or `foreign table`.
    pub kind: &'static str,
    /// How many rows; none where they could not be counted.
    pub rows: Option<i64>,
    /// The rows are the server's estimate.
    pub estimated: bool,
    /// Bytes of all: heap, indexes, toast.
    pub bytes: i64,
    /// Bytes of the heap.
    pub heap_bytes: i64,
    /// Bytes of the indexes.
    pub index_bytes: i64,
    /// Bytes of values stored out of line.
    pub toast_bytes: i64,
    /// Rows that are dead and not yet vacuumed, as the statistics say.
    pub dead_rows: i64,
    /// Rows inserted, updated and deleted since the statistics began.
    pub writes: i64,
    /// Sequential and index scans since the statistics began.
    pub scans: i64,
    /// When the statistics last saw something: a scan (from PostgreSQL 16 on), a vacuum, an analyze.
    pub last_activity: Option<String>,
    /// `used`, `empty`, `never written` or `unknown`.
    pub state: &'static str,
    /// `off`, `on` or `forced`.
    pub row_security: &'static str,
    /// The names of its policies.
    pub policies: Vec<String>,
    /// The comment.
    pub comment: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<ColumnFacts>,
    /// Rows that were asked for, each a value for each column, masked.
    pub samples: Vec<Vec<Option<String>>>,
}

impl TableFacts {
    /// `schema.table`
    pub fn qualified(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }
}

/// A column.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ColumnFacts {
    /// The name.
    pub name: String,
    /// The type, as the server prints it.
    pub r#type: String,
    /// It refuses NULL.
    pub not_null: bool,
    /// It is part of the primary key.
    pub key: bool,
    /// How many of the rows that were looked at hold NULL; none where nobody looked.
    pub nulls: Option<i64>,
    /// There are rows, and each holds NULL.
    pub always_null: bool,
    /// The largest value of a key of four bytes or fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
}

/// How a relation is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A foreign key of this name.
    Constraint(String),
    /// codegen.toml declares it.
    Declared,
    /// The view shows the columns of a foreign key: of this one, `schema.table.constraint`.
    View(String),
    /// Names, types and rows speak for it.
    Found,
}

impl Origin {
    /// The same for people.
    pub fn words(&self) -> String {
        match self {
            Self::Constraint(name) => format!("foreign key {name}"),
            Self::Declared => "declared in codegen.toml".to_owned(),
            Self::View(key) => format!("the view shows the foreign key {key}"),
            Self::Found => "found in the rows".to_owned(),
        }
    }
}

/// A relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RelationFacts {
    /// The table that holds the key.
    pub from: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The table that it refers to.
    pub to: String,
    /// The columns there.
    pub referenced: Vec<String>,
    /// How it is known.
    pub origin: Origin,
    /// At most one row refers to a row: a constraint or codegen.toml says so, or it is so in the rows.
    pub one_to_one: bool,
}

/// An enum.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct EnumFacts {
    /// The schema.
    pub schema: String,
    /// The name.
    pub name: String,
    /// The labels, in order.
    pub labels: Vec<String>,
    /// The columns, domains and functions that use it.
    pub used_by: Vec<String>,
}

/// A function or procedure.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct FunctionFacts {
    /// The schema.
    pub schema: String,
    /// The name.
    pub name: String,
    /// The arguments.
    pub arguments: String,
    /// What of the database uses it: triggers, defaults, policies, views, other functions. Calls that
    /// applications make are not seen here.
    pub used_by: Vec<String>,
}

/// An extension.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct ExtensionFacts {
    /// The name.
    pub name: String,
    /// The installed version.
    pub version: String,
    /// The version that the server would install.
    pub default_version: Option<String>,
    /// Its schema.
    pub schema: String,
}

/// A role.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct RoleFacts {
    /// The name.
    pub name: String,
    /// It may do everything.
    pub superuser: bool,
    /// It may log in.
    pub login: bool,
    /// Policies do not hold for it.
    pub bypasses_row_security: bool,
    /// The roles that it is a member of.
    pub member_of: Vec<String>,
}

/// What a role may do with a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccessFacts {
    /// `schema.table`
    pub table: String,
    /// The role.
    pub role: String,
    /// SELECT, INSERT, UPDATE and DELETE, in this order.
    pub commands: [Reach; 4],
}

/// Which rows a command reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The role lacks the privilege.
    #[default]
    No,
    /// Every row.
    All,
    /// None: row level security is on, and no policy lets it.
    NoRows,
    /// Those that these policies let through.
    Policies(Vec<String>),
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Wrong, and proven: data that contradict each other, what files promise and the database lacks, a
    /// hole.
    Error,
    /// Likely wrong.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// The rule: docs/rules.md.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// `schema.table.column`, or what else it is about.
    pub object: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What shows it.
    pub evidence: Vec<String>,
    /// SQL that puts it right; to be read before it is run.
    pub cure: Option<String>,
    /// SQL that takes the cure back, where there is such SQL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
    /// Lines of codegen.toml that put it right as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configuration: Option<String>,
    /// A command of the shell that puts it right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// SQL that only reads: the rows that are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Findings of one rule that follow from one decision have the same key; reports print them as one block.
    pub group: String,
    /// Where the rule is explained.
    pub documentation: &'static str,
    /// The rule of Supabase's advisor that says the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub splinter: Option<&'static str>,
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unread {
    /// What.
    pub object: String,
    /// Why, and what is not known therefore.
    pub reason: String,
}

/// What is under way: the stage, how much is done, of how much.
pub type Progress<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The catalogue could not be read.
    #[error(transparent)]
    Introspect(#[from] IntrospectError),
    /// The server refused a statement about the database itself.
    #[error("the server refused to read the {what}: {source}")]
    Refused {
        /// What was asked for.
        what: &'static str,
        /// The cause.
        source: tokio_postgres::Error,
    },
}

/// Reads a database and says what is in it and what is wrong.
///
/// # Errors
/// When the catalogue cannot be read; a table that cannot be read is a line of the report.
pub async fn inspect(
    session: &mut Session,
    config: &Config,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Inspection, InspectError> {
    let client = &session.client;
    let reading = introspect_within(
        client,
        &introspect::Options {
            schemas: config.schemas.clone(),
            timeout_seconds: config.timeout_seconds.unwrap_or(introspect::Options::default().timeout_seconds),
        },
    )
    .await?;
    let result = within(client, &reading.schema, config, options, progress).await;
    // It only read: how the transaction ends changes nothing.
    client.batch_execute("rollback").await.ok();
    let mut inspection = result?;
    inspection.unread.extend(
        reading.unusable.into_iter().map(|schema| Unread { object: schema, reason: "the role may not use this schema".to_owned() }),
    );
    Ok(inspection)
}

async fn within(
    client: &tokio_postgres::Client,
    schema: &Schema,
    config: &Config,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Inspection, InspectError> {
    progress("reading statistics", 0, 0);
    let live = read::read(client, options).await?;
    let (domains, _) = grouped(schema, config);
    let mut inspection = Inspection { version: VERSION, ..described(schema, &domains, &live) };
    rows::count(client, schema, &live, options, &mut inspection, progress).await?;
    inspection.relations = relations(schema, &domains, config);
    keys::find(client, schema, &live, options, &mut inspection, progress).await?;
    sum(&mut inspection);
    let context = rules::Context { schema, live: &live, options };
    let found = rules::check(&context, &inspection);
    inspection.findings.extend(found);
    rules::soften(schema, &mut inspection.findings);
    for unparsed in options.migrations.iter().flat_map(|migration| &migration.unparsed) {
        let reason = format!("not understood ({}), and therefore not compared: {}", unparsed.reason, unparsed.text);
        inspection.unread.push(Unread { object: format!("{}:{}", unparsed.place.file, unparsed.place.line), reason });
    }
    inspection.findings.sort_by(|left, right| {
        (left.severity, left.rule, &left.object, &left.message).cmp(&(right.severity, right.rule, &right.object, &right.message))
    });
    inspection.unread.sort_by(|left, right| (&left.object, &left.reason).cmp(&(&right.object, &right.reason)));
    Ok(inspection)
}

/// What the catalogue and the statistics say.
fn described(schema: &Schema, domains: &Domains, live: &read::Live) -> Inspection {
    let tables: Vec<TableFacts> = schema.tables().map(|table| table_facts(table, domains, live)).collect();
    let mut enums = Vec::new();
    for kind in schema.types() {
        let crate::schema::TypeKind::Enum(labels) = &kind.row().kind else { continue };
        if !schema.namespaces().any(|namespace| namespace.name == kind.row().schema) || kind.row().extension.is_some() {
            continue;
        }
        enums.push(EnumFacts {
            schema: kind.row().schema.clone(),
            name: kind.row().name.clone(),
            labels: labels.clone(),
            used_by: live.used_types.get(&(kind.row().schema.clone(), kind.row().name.clone())).cloned().unwrap_or_default(),
        });
    }
    let functions = schema.functions().map(|function| {
        let namespace = function.at(function.row().namespace).name.clone();
        let key = (namespace.clone(), function.row().name.clone(), function.row().arguments.clone());
        let mut used_by = live.used_functions.get(&key).cloned().unwrap_or_default();
        used_by.extend(callers(schema, &function.row().name));
        used_by.sort();
        used_by.dedup();
        FunctionFacts { schema: namespace, name: function.row().name.clone(), arguments: function.row().arguments.clone(), used_by }
    });
    Inspection {
        server: live.server.clone(),
        schemas: schema
            .namespaces()
            .map(|namespace| SchemaFacts { name: namespace.name.clone(), owner: namespace.owner.clone(), ..SchemaFacts::default() })
            .collect(),
        domains: domains
            .domains
            .iter()
            .map(|domain| DomainFacts {
                name: domain.name.clone(),
                tables: domain.tables.iter().map(|table| tables[table.index()].qualified()).collect(),
                ..DomainFacts::default()
            })
            .collect(),
        tables,
        enums,
        functions: functions.collect(),
        extensions: live.extensions.clone(),
        roles: live.roles.clone(),
        access: rules::access(schema, live),
        ..Inspection::default()
    }
}

/// Functions whose source names a function.
fn callers(schema: &Schema, name: &str) -> Vec<String> {
    let names = |source: &str| {
        source.match_indices(name).any(|(at, _)| {
            let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
            !is_part(source[..at].chars().next_back()) && !is_part(source[at + name.len()..].chars().next())
        })
    };
    let others = schema.functions().filter(|function| function.row().name != name && names(&function.row().source));
    others.map(|function| format!("function {}", function.row().name)).collect()
}

fn table_facts(table: Walker<'_, Table>, domains: &Domains, live: &read::Live) -> TableFacts {
    let row = table.row();
    let key = (table.namespace().name.clone(), row.name.clone());
    let figures = live.tables.get(&key).cloned().unwrap_or_default();
    let primary: Vec<Id<crate::schema::Column>> = table.primary_key().map(|key| key.row().columns.clone()).unwrap_or_default();
    TableFacts {
        schema: key.0,
        name: key.1,
        domain: match domains.of.of(table.id()) {
            Membership::Domain(position) => Some(domains.domains[*position].name.clone()),
            _ => None,
        },
        kind: row.kind.words(),
        bytes: figures.heap_bytes + figures.index_bytes + figures.toast_bytes,
        heap_bytes: figures.heap_bytes,
        index_bytes: figures.index_bytes,
        toast_bytes: figures.toast_bytes,
        dead_rows: figures.dead_rows,
        writes: figures.writes,
        scans: figures.scans,
        last_activity: figures.last_activity,
        state: "unknown",
        row_security: match (row.row_security, row.force_row_security) {
            (true, true) => "forced",
            (true, false) => "on",
            _ => "off",
        },
        policies: table.policies().map(|policy| policy.row().name.clone()).collect(),
        comment: row.comment.clone(),
        columns: table
            .columns()
            .map(|column| ColumnFacts {
                name: column.row().name.clone(),
                r#type: column.row().type_text.clone(),
                not_null: column.row().not_null,
                key: primary.contains(&column.id()),
                ..ColumnFacts::default()
            })
            .collect(),
        ..TableFacts::default()
    }
}

/// Constraints, and what codegen.toml declares.
fn relations(schema: &Schema, domains: &Domains, config: &Config) -> Vec<RelationFacts> {
    let mut relations = Vec::new();
    for table in schema.tables().filter(|table| !table.is_partition) {
        for key in table.foreign_keys() {
            let ConstraintKind::ForeignKey { references, table: target, .. } = &key.row().kind else { continue };
            let set = key.row().columns.clone();
            relations.push(RelationFacts {
                from: table.qualified(),
                columns: set.iter().map(|&column| table.at(column).row().name.clone()).collect(),
                to: table.at(*target).qualified(),
                referenced: references.iter().map(|&column| table.at(column).row().name.clone()).collect(),
                origin: Origin::Constraint(key.row().name.clone()),
                one_to_one: table.unique_keys().iter().any(|unique| unique.iter().all(|column| set.contains(column))),
            });
        }
    }
    // Where codegen.toml does not fit the database, `codegen` says so.
    let planned = plan::plan(schema, domains, config).map(|plan| declared(&plan)).unwrap_or_default();
    let views: BTreeMap<String, Walker<'_, Table>> =
        schema.tables().filter(|table| table.kind.is_view()).map(|view| (view.qualified(), view)).collect();
    for mut relation in planned {
        if let Some(key) = views.get(&relation.from).and_then(|view| shown_key(*view, &relation)) {
            relation.origin = Origin::View(key);
        }
        let is_known =
            |known: &RelationFacts| (&known.from, &known.columns, &known.to) == (&relation.from, &relation.columns, &relation.to);
        if !relations.iter().any(is_known) {
            relations.push(relation);
        }
    }
    relations
}

/// The foreign key whose columns a view shows as those of a relation.
fn shown_key(view: Walker<'_, Table>, relation: &RelationFacts) -> Option<String> {
    let origins: Option<Vec<Id<crate::schema::Column>>> = relation
        .columns
        .iter()
        .map(|name| view.columns().find(|column| column.row().name == *name).and_then(|column| column.row().origin))
        .collect();
    let origins = origins?;
    let table = view.at(*origins.first()?).table();
    let key = table.foreign_keys().find(|key| {
        let ConstraintKind::ForeignKey { references, table: target, .. } = &key.row().kind else { return false };
        let referenced = references.iter().map(|&column| view.at(column).row().name.clone());
        key.row().columns == origins
            && view.at(*target).qualified() == relation.to
            && referenced.eq(relation.referenced.iter().cloned())
    });
    key.map(|key| format!("{}.{}", table.qualified(), key.row().name))
}

fn declared(plan: &plan::Plan) -> Vec<RelationFacts> {
    let entities = || plan.domains.iter().flat_map(|domain| domain.entities.iter().map(move |entity| (domain, entity)));
    let by_path: BTreeMap<String, &plan::EntityPlan> =
        entities().map(|(domain, entity)| (format!("crate::{}::{}", domain.module, entity.module), entity)).collect();
    let column = |entity: &plan::EntityPlan, variant: &plan::Ident| {
        entity.fields.iter().find(|field| field.variant == *variant).map(|field| field.column.clone()).unwrap_or_default()
    };
    let mut relations = Vec::new();
    for (_, entity) in entities() {
        for relation in &entity.relations {
            let [Hop::Forward { columns, .. }] = relation.hops.as_slice() else { continue };
            let Some(target) = by_path.get(&relation.target.text().replace(' ', "")) else { continue };
            relations.push(RelationFacts {
                from: format!("{}.{}", entity.schema, entity.table),
                columns: columns.iter().map(|(from, _)| column(entity, from)).collect(),
                to: format!("{}.{}", target.schema, target.table),
                referenced: columns.iter().map(|(_, to)| column(target, to)).collect(),
                origin: Origin::Declared,
                one_to_one: target.relations.iter().any(|back| {
                    back.cardinality == plan::Cardinality::One
                        && matches!(back.hops.as_slice(), [Hop::Inverse { variant, .. }] if *variant == relation.variant)
                }),
            });
        }
    }
    relations
}

/// Sums rows and bytes by schema and by domain.
fn sum(inspection: &mut Inspection) {
    let is_counted = |table: &&TableFacts| !matches!(table.kind, "view" | "materialized view") && table.rows.is_some();
    let tables = &inspection.tables;
    for schema in &mut inspection.schemas {
        let inside = || tables.iter().filter(|table| table.schema == schema.name);
        schema.tables = inside().count();
        schema.rows =
            inside().filter(is_counted).filter(|table| table.kind != "partitioned table").filter_map(|table| table.rows).sum();
        schema.bytes = inside().map(|table| table.bytes).sum();
    }
    for domain in &mut inspection.domains {
        let inside = || tables.iter().filter(|table| table.domain.as_deref() == Some(domain.name.as_str()));
        domain.rows = inside().filter(is_counted).filter_map(|table| table.rows).sum();
        domain.bytes = inside().map(|table| table.bytes).sum();
    }
}

/// Whether the server can take a sample of the rows.
/// <https://www.postgresql.org/docs/current/sql-select.html#SQL-FROM>
fn may_be_sampled(table: Walker<'_, Table>) -> bool {
    matches!(table.row().kind, TableKind::Ordinary | TableKind::Partitioned | TableKind::MaterializedView)
}

/// What [`suggest::suggest`] is asked about: the tables that can have a domain, and how they hang
/// together, by constraint and by codegen.toml.
pub fn groupable(schema: &Schema, config: &Config) -> (Vec<suggest::SuggestTable>, Vec<suggest::SuggestEdge>) {
    // The domains at hand are what is to be proposed anew.
    let mut config = config.clone();
    config.domains.clear();
    let (domains, _) = grouped(schema, &config);
    let inside: Vec<Walker<'_, Table>> =
        schema.tables().filter(|table| matches!(domains.of.of(table.id()), Membership::Domain(_))).collect();
    let names: Vec<String> = inside.iter().map(|table| table.qualified()).collect();
    let position = |name: &String| names.iter().position(|known| known == name);
    let edges = relations(schema, &domains, &config);
    let edges = edges
        .iter()
        .filter_map(|relation| Some(suggest::SuggestEdge { from: position(&relation.from)?, to: position(&relation.to)? }));
    let edges = edges.collect();
    let tables = inside.iter().map(|table| suggest::SuggestTable {
        schema: table.namespace().name.clone(),
        name: table.name.clone(),
        columns: table.columns().map(|column| column.row().name.clone()).collect(),
    });
    (tables.collect(), edges)
}
