//! Reads the catalogue: the only code that talks to a database.
//!
//! One query for each kind of object, for all tables at once, each in its own `.sql` file, in one
//! `REPEATABLE READ, READ ONLY` transaction: the picture is of one moment, and the number of
//! statements ([`STATEMENTS`]) does not grow with the schema. Statements are unnamed and pipelined,
//! so that a pooler in transaction mode and a server with a single connection serve as well.
//! A large catalogue is read on two connections, the second with the first one's snapshot; where it
//! does not come about, the first one reads everything.
//! `pg_catalog` is read rather than `information_schema`, which hides keys from roles that do not
//! own the tables. Nothing is sorted by the server, whose collation may differ: see
//! [`SchemaBuilder::finish`].

mod facts;
mod verify;

use std::{
    collections::BTreeMap,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
};

use futures_util::{
    FutureExt as _,
    future::{self, Either},
    join, try_join,
};
use tokio_postgres::{Client, Row, SimpleQueryMessage, error::SqlState, types::Type as WireType};

use crate::connect::Session;
use crate::nullability::{Analysis, Facts};
use crate::plan::sql_string;
use crate::schema::{
    Action, DanglingRow, Extension, Function, Generation, Namespace, NewColumn, NewConstraint, NewFunction, NewIndex, NewPolicy,
    NewSequence, NewTable, NewTrigger, NewType, Oid, Schema, SchemaBuilder, Sequence, Server, TableKind,
};

pub use self::{facts::facts, verify::verify_statement};

/// How many statements a read sends, whatever the size of the database: `BEGIN`, one that fixes
/// the settings, eleven catalogue queries and `COMMIT`. [`introspect`] asks first whether the connection is in a
/// transaction.
pub const STATEMENTS: usize = 14;

/// How many more there are, on both connections, where a catalogue is large enough for two: the snapshot
/// is exported, and the second connection begins and fixes the settings.
pub const STATEMENTS_OF_TWO: usize = 3;

/// How many more there are where the database has views, whose queries say what can be NULL.
pub const VIEW_STATEMENTS: usize = 4;

/// The oldest server whose catalogue is read, as `server_version_num`.
pub const OLDEST_SERVER: i32 = 130_000;

/// Whether a column `a` refuses NULL: from PostgreSQL 18 on, a NOT NULL may not hold for old rows.
const NOT_NULL: &str = "a.attnotnull and not exists (select from pg_constraint n where n.conrelid = a.attrelid \
                        and n.contype = 'n' and not n.convalidated and a.attnum = any (n.conkey))";

/// What to read, and how long it may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The schemas; empty for all but the system's.
    pub schemas: Vec<String>,
    /// The most that one catalogue query may take, lock waits included, in seconds.
    pub timeout_seconds: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { schemas: Vec::new(), timeout_seconds: 60 }
    }
}

/// A read schema, and what was left out of it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The database as it is.
    pub schema: Schema,
    /// Schemas that the role may not use; only when no schemas were asked for by name.
    pub unusable: Vec<String>,
}

/// Why the catalogue could not be read.
#[derive(Debug, thiserror::Error)]
pub enum IntrospectError {
    /// The server is older than [`OLDEST_SERVER`].
    #[error(
        "the server is PostgreSQL {0}; Entitree reads PostgreSQL 13 to 18: upgrade the server, or generate from a copy restored on a newer one"
    )]
    ServerTooOld(String),
    /// The database's encoding is not UTF-8, and Rust text is.
    #[error(
        "the database `{database}` is encoded in {encoding}, and Rust text is UTF-8: create a copy with `createdb --encoding=UTF8 --template=template0` and restore a dump of the schema into it"
    )]
    Encoding {
        /// The database.
        database: String,
        /// `server_encoding`
        encoding: String,
    },
    /// Schemas that were asked for do not exist.
    #[error("{}", missing_schemas(.missing, .existing))]
    MissingSchemas {
        /// Those that do not exist.
        missing: Vec<String>,
        /// Those that do.
        existing: Vec<String>,
    },
    /// The role lacks USAGE on schemas that were asked for.
    #[error("the role `{role}` may not use {}; as the schema's owner, run:{}", list(.schemas), grants(.schemas, .role))]
    NoUsage {
        /// The schemas.
        schemas: Vec<String>,
        /// The current role.
        role: String,
    },
    /// A catalogue query took longer than it may.
    #[error(
        "reading the {query} took longer than {seconds} s: the server is busy or a migration holds a lock; run again, or raise `timeout_seconds` in codegen.toml"
    )]
    TimedOut {
        /// The kind of object being read.
        query: &'static str,
        /// The limit.
        seconds: u32,
    },
    /// The connection went away in the middle.
    #[error("the connection was lost while reading the {query}: nothing was written; run the command again")]
    ConnectionLost {
        /// The kind of object being read.
        query: &'static str,
        /// The cause.
        source: tokio_postgres::Error,
    },
    /// The server refused a catalogue query.
    #[error("the server refused to read the {query}: {message}")]
    Refused {
        /// The kind of object being read.
        query: &'static str,
        /// What it said.
        message: String,
        /// The cause.
        source: tokio_postgres::Error,
    },
    /// The caller's transaction would end with the reading.
    #[error(
        "the connection is in a transaction, which reading the catalogue would end; commit or roll back first, or open another connection"
    )]
    InTransaction,
    /// The rows do not fit together.
    #[error(transparent)]
    Dangling(#[from] DanglingRow),
}

fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("schema{} {}", if names.len() == 1 { "" } else { "s" }, quoted.join(", "))
}

fn missing_schemas(missing: &[String], existing: &[String]) -> String {
    let there = if existing.is_empty() {
        "it holds no schema of its own".to_owned()
    } else {
        format!("there are {}", existing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
    };
    let verb = if missing.len() == 1 { "does" } else { "do" };
    format!("{} {verb} not exist in this database; {there}: correct `schemas` in codegen.toml or `--schemas`", list(missing))
}

fn grants(schemas: &[String], role: &str) -> String {
    let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    schemas
        .iter()
        .map(|schema| {
            let (schema, role) = (quote(schema), quote(role));
            format!("\n    grant usage on schema {schema} to {role};\n    grant select on all tables in schema {schema} to {role};")
        })
        .collect()
}

/// Rolls back when it is dropped: a future may be dropped at any of its awaits, and an open transaction would
/// then stay behind on the connection.
struct Open<'a>(&'a Client);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // The first poll sends the statement; nobody waits for the answer.
        drop(self.0.batch_execute("rollback").now_or_never());
    }
}

/// Reads the catalogue of the database that `client` is connected to.
///
/// The transaction is read-only and ends whatever happens, also where the future is dropped.
///
/// # Errors
/// See [`IntrospectError`]; nothing was changed. A connection that is in a transaction is left as it is.
pub async fn introspect(client: &Client, options: &Options) -> Result<Reading, IntrospectError> {
    let error = |error| Reader { client, options, session: None }.error("server", error);
    // Outside of a transaction every statement is one of its own, which begins with it.
    let begun = client.simple_query("select now() < statement_timestamp()").await.map_err(error)?;
    if begun.iter().any(|message| matches!(message, SimpleQueryMessage::Row(row) if row.get(0) == Some("t"))) {
        return Err(IntrospectError::InTransaction);
    }
    let open = Open(client);
    let reading = Box::pin(introspect_within(client, options)).await;
    // It ended the transaction where it failed.
    let reading = match reading {
        Ok(reading) => client.batch_execute("commit").await.map(|()| reading).map_err(error),
        Err(error) => Err(error),
    };
    std::mem::forget(open);
    reading
}

/// As [`introspect`], where a second connection may be opened for a large catalogue.
pub(crate) async fn introspect_beside(session: &Session, options: &Options) -> Result<Reading, IntrospectError> {
    let reader = Reader { client: &session.client, options, session: Some(session) };
    let reading = Box::pin(reader.read_within()).await?;
    session.client.batch_execute("commit").await.map_err(|error| reader.error("server", error))?;
    Ok(reading)
}

/// As [`introspect`], with the transaction left open: what is read next is of the same moment.
pub(crate) async fn introspect_within(client: &Client, options: &Options) -> Result<Reading, IntrospectError> {
    Box::pin(Reader { client, options, session: None }.read_within()).await
}

/// Something that is another after every change of the catalogue: how many rows its tables hold, and
/// which transactions wrote them. <https://www.postgresql.org/docs/current/ddl-system-columns.html>
///
/// # Errors
/// When the server cannot be asked.
pub async fn pulse(client: &Client) -> Result<String, tokio_postgres::Error> {
    let tables = [
        "pg_namespace",
        "pg_type",
        "pg_enum",
        "pg_class",
        "pg_attribute",
        "pg_attrdef",
        "pg_constraint",
        "pg_index",
        "pg_policy",
        "pg_trigger",
        "pg_proc",
        "pg_rewrite",
        "pg_inherits",
        "pg_description",
        "pg_extension",
        "pg_sequence",
        "pg_operator",
        "pg_cast",
        "pg_db_role_setting",
    ];
    let sums: Vec<String> = tables
        .iter()
        .map(|table| format!("(select count(*) || '/' || coalesce(sum(xmin::text::int8), 0) from pg_catalog.{table})"))
        .collect();
    let row = client.query_typed(&format!("select concat_ws(' ', {})", sums.join(", ")), &[]).await?;
    row.first().map_or_else(|| Ok(String::new()), |row| row.try_get(0))
}

struct Reader<'a> {
    client: &'a Client,
    options: &'a Options,
    /// Where a second connection can be had.
    session: Option<&'a Session>,
}

/// Of `pg_attribute`, in bytes, from which on a second connection is worth opening: some 150 tables of
/// twenty columns.
const LARGE: i64 = 1_500_000;

/// What the queries ask for.
struct Asked<'a> {
    within: &'a [Parameter<'a>],
    column: String,
    constraint: String,
    index: String,
}

/// The part of a reading that stands by itself.
type Columns =
    (Vec<NewType>, Vec<(NewColumn, Option<String>)>, Vec<NewConstraint>, Vec<NewFunction>, Vec<NewSequence>, Vec<Extension>);

/// The other part.
type Tables = (Vec<NewTable>, Vec<NewIndex>, Vec<NewPolicy>, Vec<NewTrigger>);

type Parameter<'a> = (&'a (dyn tokio_postgres::types::ToSql + Sync), WireType);

impl Reader<'_> {
    async fn read_within(&self) -> Result<Reading, IntrospectError> {
        let reading = Box::pin(self.read()).await;
        let Err(error) = &reading else { return reading };
        // The error at hand says more than a failed rollback would.
        if !self.client.is_closed() {
            self.client.batch_execute("rollback").await.ok();
        }
        let is_aborted =
            matches!(error, IntrospectError::Refused { source, .. } if source.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION));
        if is_aborted && self.session.is_some() {
            // The server would not export the snapshot: one connection will do.
            let alone = Reader { session: None, ..*self };
            return Box::pin(alone.read_within()).await;
        }
        reading
    }

    async fn read(&self) -> Result<Reading, IntrospectError> {
        let timeout = format!("{}s", self.options.timeout_seconds);
        let none: &[String] = &[];
        let wanted = self.options.schemas.as_slice();
        let settings: [Parameter<'_>; 1] = [(&timeout, WireType::TEXT)];
        let chosen: [Parameter<'_>; 1] = [(&wanted, WireType::TEXT_ARRAY)];
        // Polled in this order, and therefore sent in this order, without waiting in between.
        let (begin, server, namespaces) = join!(
            async {
                self.client
                    .batch_execute("begin isolation level repeatable read, read only")
                    .await
                    .map_err(|error| self.error("server", error))
            },
            self.rows("server", include_str!("introspect/server.sql"), &settings, server),
            self.rows("schemas", include_str!("introspect/namespace.sql"), &chosen, namespace),
        );
        begin?;
        let Answer { server, encoding, database, role, attributes } = server?.into_iter().next().unwrap_or_default();
        if server.version_number < OLDEST_SERVER {
            return Err(IntrospectError::ServerTooOld(server.version));
        }
        if encoding != "UTF8" {
            return Err(IntrospectError::Encoding { database, encoding });
        }
        let mut builder = SchemaBuilder { server, ..SchemaBuilder::default() };
        let mut unusable = Vec::new();
        for (oid, usable, row) in namespaces? {
            if usable {
                builder.namespaces.push((oid, row));
            } else {
                unusable.push(row.name);
            }
        }
        unusable.sort();
        if !wanted.is_empty() {
            let found = |name: &String| unusable.contains(name) || builder.namespaces.iter().any(|(_, row)| row.name == *name);
            let missing: Vec<String> = wanted.iter().filter(|name| !found(name)).cloned().collect();
            if !missing.is_empty() {
                let all = self
                    .rows("schemas", include_str!("introspect/namespace.sql"), &[(&none, WireType::TEXT_ARRAY)], namespace)
                    .await?;
                let mut existing: Vec<String> = all.into_iter().map(|(_, _, row)| row.name).collect();
                existing.sort();
                return Err(IntrospectError::MissingSchemas { missing, existing });
            }
            if !unusable.is_empty() {
                return Err(IntrospectError::NoUsage { schemas: unusable, role });
            }
        }

        let oids: Vec<Oid> = builder.namespaces.iter().map(|(oid, _)| *oid).collect();
        let modern = builder.server.version_number >= 150_000;
        let asked = Asked {
            within: &[(&oids, WireType::OID_ARRAY)],
            column: include_str!("introspect/column.sql")
                .replace("{not_null}", if builder.server.version_number >= 180_000 { NOT_NULL } else { "a.attnotnull" }),
            constraint: include_str!("introspect/constraint.sql")
                .replace("{set_columns}", if modern { "coalesce(k.confdelsetcols, '{}')" } else { "'{}'::int2[]" }),
            index: include_str!("introspect/index.sql")
                .replace("{nulls_not_distinct}", if modern { "i.indnullsnotdistinct" } else { "false" }),
        };
        let (columns, tables, known) = match self.session.filter(|_| attributes >= LARGE) {
            Some(session) => Box::pin(self.beside(session, &asked, &settings)).await?,
            None => {
                let (columns, tables) = try_join!(self.columns(&asked), self.tables(&asked))?;
                (columns, tables, None)
            }
        };
        let columns_of_tables;
        (builder.types, columns_of_tables, builder.constraints, builder.functions, builder.sequences, builder.extensions) = columns;
        (builder.tables, builder.indexes, builder.policies, builder.triggers) = tables;
        name_keys(&mut builder, columns_of_tables);
        if builder.tables.iter().any(|table| table.row.kind.is_view()) {
            let facts = match known {
                Some(known) => known,
                None => self.facts().await?,
            };
            views(&mut builder, &facts);
        }
        Ok(Reading { schema: builder.finish()?, unusable })
    }

    /// Reads on two connections what does not depend on the rest, and the facts about views. The second
    /// one's part falls to the first where it has no answer yet when the first is done: a pooler may
    /// have no second connection to give before this one is back.
    async fn beside(
        &self,
        session: &Session,
        asked: &Asked<'_>,
        settings: &[Parameter<'_>],
    ) -> Result<(Columns, Tables, Option<Facts>), IntrospectError> {
        let is_ready = AtomicBool::new(false);
        let there = async {
            let row = self.client.query_typed("select pg_catalog.pg_export_snapshot()", &[]).await.ok()?;
            let snapshot: String = row.first()?.try_get(0).ok()?;
            let other = session.another().await.ok()?;
            let reader = Reader { client: &other.client, options: self.options, session: None };
            let begin =
                format!("begin isolation level repeatable read, read only; set transaction snapshot {}", sql_string(&snapshot));
            other.client.batch_execute(&begin).await.ok()?;
            reader.rows("server", include_str!("introspect/server.sql"), settings, server).await.ok()?;
            is_ready.store(true, Ordering::Relaxed);
            reader.tables(asked).await.ok()
        };
        let here = async { try_join!(self.columns(asked), self.facts()) };
        let (here, there) = match future::select(pin!(there), pin!(here)).await {
            Either::Left((there, here)) => (here.await?, there),
            Either::Right((here, there)) => (here?, if is_ready.load(Ordering::Relaxed) { there.await } else { None }),
        };
        let tables = match there {
            Some(tables) => tables,
            None => self.tables(asked).await?,
        };
        Ok((here.0, tables, Some(here.1)))
    }

    async fn columns(&self, asked: &Asked<'_>) -> Result<Columns, IntrospectError> {
        try_join!(
            self.rows("types", include_str!("introspect/type.sql"), &[], data_type),
            self.rows("columns", &asked.column, asked.within, column),
            self.rows("constraints", &asked.constraint, asked.within, new_constraint),
            self.rows("functions", include_str!("introspect/function.sql"), asked.within, function),
            self.rows("sequences", include_str!("introspect/sequence.sql"), asked.within, sequence),
            self.rows("extensions", include_str!("introspect/extension.sql"), &[], extension),
        )
    }

    async fn tables(&self, asked: &Asked<'_>) -> Result<Tables, IntrospectError> {
        try_join!(
            self.rows("tables", include_str!("introspect/table.sql"), asked.within, table),
            self.rows("indexes", &asked.index, asked.within, new_index),
            self.rows("policies", include_str!("introspect/policy.sql"), asked.within, policy),
            self.rows("triggers", include_str!("introspect/trigger.sql"), asked.within, trigger),
        )
    }

    async fn facts(&self) -> Result<Facts, IntrospectError> {
        facts(self.client, &[]).await.map_err(|error| self.error("views", error))
    }

    /// Runs a query and turns each row into a struct at once.
    async fn rows<T>(
        &self,
        query: &'static str,
        sql: &str,
        parameters: &[Parameter<'_>],
        read: fn(&Row) -> Result<T, tokio_postgres::Error>,
    ) -> Result<Vec<T>, IntrospectError> {
        let rows = self.client.query_typed(sql, parameters);
        let rows = future::TryFutureExt::map_err(rows, |error| self.error(query, error)).await?;
        rows.iter().map(read).collect::<Result<_, _>>().map_err(|error| self.error(query, error))
    }

    fn error(&self, query: &'static str, source: tokio_postgres::Error) -> IntrospectError {
        match source.as_db_error() {
            Some(refused) if *refused.code() == SqlState::QUERY_CANCELED || *refused.code() == SqlState::LOCK_NOT_AVAILABLE => {
                IntrospectError::TimedOut { query, seconds: self.options.timeout_seconds }
            }
            Some(refused) if refused.code().code().starts_with("57P") => IntrospectError::ConnectionLost { query, source },
            Some(refused) => IntrospectError::Refused { query, message: refused.message().to_owned(), source },
            None if source.is_closed() || self.client.is_closed() => IntrospectError::ConnectionLost { query, source },
            None => IntrospectError::Refused { query, message: source.to_string(), source },
        }
    }
}

/// Names the parts of keys of indexes on columns alone, as `pg_get_indexdef` would print them.
fn name_keys(builder: &mut SchemaBuilder, columns: Vec<(NewColumn, Option<String>)>) {
    let mut names = BTreeMap::new();
    for (column, quoted) in columns {
        names.insert((column.table, column.number), quoted.unwrap_or_else(|| column.name.clone()));
        builder.columns.push(column);
    }
    for index in builder.indexes.iter_mut().filter(|index| index.texts.is_empty()) {
        let key = index.columns.iter().take(index.key_length);
        index.texts = key.map(|number| names.get(&(index.table, *number)).cloned().unwrap_or_default()).collect();
    }
}

/// Says of the columns of views what their queries prove.
fn views(builder: &mut SchemaBuilder, facts: &Facts) {
    let analysis = Analysis::new(facts);
    let mut of_table = BTreeMap::<Oid, Vec<usize>>::new();
    for (position, column) in builder.columns.iter().enumerate() {
        of_table.entry(column.table).or_default().push(position);
    }
    for table in builder.tables.iter().filter(|table| table.row.kind.is_view()) {
        let query = facts.tables.get(&table.oid).and_then(|facts| facts.view.as_ref()?.query());
        let Some(query) = query else { continue };
        let outputs = analysis.outputs(query);
        for &position in of_table.get(&table.oid).into_iter().flatten() {
            let column = &mut builder.columns[position];
            let Some(output) = usize::try_from(column.number - 1).ok().and_then(|index| outputs.get(index)) else { continue };
            column.not_null = !output.nullable;
            column.origin = output.origin.and_then(|(table, number)| Some((table, i16::try_from(number).ok()?)));
        }
    }
}

/// What `server.sql` answers.
#[derive(Default)]
struct Answer {
    server: Server,
    encoding: String,
    database: String,
    role: String,
    /// The bytes of `pg_attribute`.
    attributes: i64,
}

fn server(row: &Row) -> Result<Answer, tokio_postgres::Error> {
    Ok(Answer {
        server: Server { version_number: row.try_get("version_number")?, version: row.try_get("version")? },
        encoding: row.try_get("encoding")?,
        database: row.try_get("database")?,
        role: row.try_get("role")?,
        attributes: row.try_get("attributes")?,
    })
}

fn namespace(row: &Row) -> Result<(Oid, bool, Namespace), tokio_postgres::Error> {
    let namespace = Namespace {
        name: row.try_get("name")?,
        owner: row.try_get("owner")?,
        comment: row.try_get("comment")?,
        grants: row.try_get("grants")?,
    };
    Ok((row.try_get("oid")?, row.try_get("usable")?, namespace))
}

fn data_type(row: &Row) -> Result<NewType, tokio_postgres::Error> {
    let pairs = |names: &str, values: &str| -> Result<Vec<(String, String)>, tokio_postgres::Error> {
        let (names, values): (Vec<String>, Vec<String>) = (row.try_get(names)?, row.try_get(values)?);
        Ok(names.into_iter().zip(values).collect())
    };
    Ok(NewType {
        oid: row.try_get("oid")?,
        schema: row.try_get("schema")?,
        name: row.try_get("name")?,
        kind: row.try_get("kind")?,
        of: row.try_get("of")?,
        base_text: row.try_get("base_text")?,
        not_null: row.try_get("not_null")?,
        default: row.try_get("default")?,
        labels: row.try_get("labels")?,
        attributes: pairs("attribute_names", "attribute_types")?,
        checks: pairs("check_names", "check_definitions")?,
        extension: row.try_get("extension")?,
        comment: row.try_get("comment")?,
    })
}

fn table(row: &Row) -> Result<NewTable, tokio_postgres::Error> {
    let (name, kind): (String, String) = (row.try_get("name")?, row.try_get("kind")?);
    let kind = match kind.as_str() {
        "p" => TableKind::Partitioned,
        "v" => TableKind::View,
        "m" => TableKind::MaterializedView,
        "f" => TableKind::Foreign,
        _ => TableKind::Ordinary,
    };
    let mut table = NewTable::new(row.try_get("oid")?, row.try_get("namespace")?, &name, kind);
    table.parents = row.try_get("parents")?;
    table.row.owner = row.try_get("owner")?;
    table.row.comment = row.try_get("comment")?;
    table.row.unlogged = row.try_get("unlogged")?;
    table.row.is_partition = row.try_get("is_partition")?;
    table.row.partition_key = row.try_get("partition_key")?;
    table.row.row_security = row.try_get("row_security")?;
    table.row.force_row_security = row.try_get("force_row_security")?;
    table.row.definition = row.try_get("definition")?;
    if let Some(commands) = row.try_get::<_, Option<i32>>("updatable")? {
        // The bits of pg_relation_is_updatable: 1 << CMD_INSERT, 1 << CMD_UPDATE and 1 << CMD_DELETE.
        table.row.insertable = commands & 8 != 0;
        table.row.updatable = commands & 0x14 == 0x14;
    }
    table.row.grants = row.try_get("grants")?;
    table.row.extension = row.try_get("extension")?;
    Ok(table)
}

/// A column, and its name as SQL where that must be quoted.
fn column(row: &Row) -> Result<(NewColumn, Option<String>), tokio_postgres::Error> {
    let (identity, generated): (String, String) = (row.try_get("identity")?, row.try_get("generated")?);
    let column = NewColumn {
        table: row.try_get("table")?,
        number: row.try_get("number")?,
        name: row.try_get("name")?,
        type_oid: row.try_get("type_oid")?,
        type_text: row.try_get("type_text")?,
        type_modifier: row.try_get("type_modifier")?,
        not_null: row.try_get("not_null")?,
        default: row.try_get("default")?,
        generation: match (identity.as_str(), generated.as_str()) {
            ("a", _) => Some(Generation::IdentityAlways),
            ("d", _) => Some(Generation::IdentityByDefault),
            (_, "s") => Some(Generation::Stored),
            (_, "v") => Some(Generation::Virtual),
            _ => None,
        },
        collation: row.try_get("collation")?,
        comment: row.try_get("comment")?,
        grants: row.try_get("grants")?,
        readable: row.try_get("readable")?,
        origin: None,
    };
    Ok((column, row.try_get("quoted")?))
}

fn action(code: &str) -> Action {
    match code {
        "r" => Action::Restrict,
        "c" => Action::Cascade,
        "n" => Action::SetNull,
        "d" => Action::SetDefault,
        _ => Action::NoAction,
    }
}

fn new_constraint(row: &Row) -> Result<NewConstraint, tokio_postgres::Error> {
    Ok(NewConstraint {
        table: row.try_get("table")?,
        name: row.try_get("name")?,
        kind: row.try_get("kind")?,
        columns: row.try_get("columns")?,
        foreign_table: row.try_get("foreign_table")?,
        foreign_columns: row.try_get("foreign_columns")?,
        on_delete: action(row.try_get("on_delete")?),
        on_update: action(row.try_get("on_update")?),
        set_columns: row.try_get("set_columns")?,
        definition: row.try_get("definition")?,
        deferrable: row.try_get("deferrable")?,
        deferred: row.try_get("deferred")?,
        validated: row.try_get("validated")?,
        comment: row.try_get("comment")?,
    })
}

fn new_index(row: &Row) -> Result<NewIndex, tokio_postgres::Error> {
    let key_length: i16 = row.try_get("key_length")?;
    Ok(NewIndex {
        table: row.try_get("table")?,
        name: row.try_get("name")?,
        method: row.try_get("method")?,
        unique: row.try_get("unique")?,
        primary: row.try_get("primary")?,
        nulls_not_distinct: row.try_get("nulls_not_distinct")?,
        valid: row.try_get("valid")?,
        columns: row.try_get("columns")?,
        key_length: usize::try_from(key_length).unwrap_or(0),
        options: row.try_get("options")?,
        texts: row.try_get("texts")?,
        predicate: row.try_get("predicate")?,
        definition: row.try_get("definition")?,
        comment: row.try_get("comment")?,
    })
}

fn policy(row: &Row) -> Result<NewPolicy, tokio_postgres::Error> {
    Ok(NewPolicy {
        table: row.try_get("table")?,
        name: row.try_get("name")?,
        command: row.try_get("command")?,
        permissive: row.try_get("permissive")?,
        roles: row.try_get("roles")?,
        using: row.try_get("using")?,
        check: row.try_get("check")?,
    })
}

fn trigger(row: &Row) -> Result<NewTrigger, tokio_postgres::Error> {
    Ok(NewTrigger {
        table: row.try_get("table")?,
        name: row.try_get("name")?,
        definition: row.try_get("definition")?,
        enabled: row.try_get("enabled")?,
    })
}

fn function(row: &Row) -> Result<NewFunction, tokio_postgres::Error> {
    let function = Function {
        name: row.try_get("name")?,
        arguments: row.try_get("arguments")?,
        result: row.try_get("result")?,
        language: row.try_get("language")?,
        volatility: row.try_get("volatility")?,
        security_definer: row.try_get("security_definer")?,
        settings: row.try_get("settings")?,
        source: row.try_get("source")?,
        owner: row.try_get("owner")?,
        comment: row.try_get("comment")?,
        grants: row.try_get("grants")?,
        ..Function::default()
    };
    Ok(NewFunction { namespace: row.try_get("namespace")?, row: function })
}

fn sequence(row: &Row) -> Result<NewSequence, tokio_postgres::Error> {
    let (owner_table, owner_column): (Oid, i16) = (row.try_get("owner_table")?, row.try_get("owner_column")?);
    let sequence = Sequence {
        name: row.try_get("name")?,
        type_text: row.try_get("type_text")?,
        start: row.try_get("start")?,
        increment: row.try_get("increment")?,
        minimum: row.try_get("minimum")?,
        maximum: row.try_get("maximum")?,
        cycle: row.try_get("cycle")?,
        owner: row.try_get("owner")?,
        grants: row.try_get("grants")?,
        ..Sequence::default()
    };
    Ok(NewSequence {
        namespace: row.try_get("namespace")?,
        owned_by: (owner_table != 0).then_some((owner_table, owner_column)),
        row: sequence,
    })
}

fn extension(row: &Row) -> Result<Extension, tokio_postgres::Error> {
    Ok(Extension { name: row.try_get("name")?, version: row.try_get("version")?, schema: row.try_get("schema")? })
}
