//! What a statement takes and gives, as the server says it: nothing is executed, and nothing but
//! what a read-only transaction may do is done.
//!
//! The server parses and analyses each statement (`PREPARE`): that gives the types. Its own tree of
//! the statement, which `debug_print_rewritten` sends along, gives what can be NULL. A generic plan
//! made without sequential scans tells which tables no index serves.

use std::collections::BTreeSet;

use serde::Serialize;
use tokio_postgres::types::{Kind, Type as WireType};

use crate::{
    connect::Session,
    introspect::facts,
    nullability::{Analysis, Output, tree},
};

/// A statement to describe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The name that it goes by.
    pub name: String,
    /// `:one`, `:many`, …, where a header says so.
    pub command: Option<String>,
    /// The SQL with `$1`, `$2`, ….
    pub sql: String,
    /// The names of the parameters, in order.
    pub parameters: Vec<String>,
    /// Why a sequential scan is fine, where a comment says so.
    pub allow_scan: Option<String>,
    /// Types and nullability that comments decide: parameter or column, its name, and what is said.
    pub overrides: Vec<Override>,
    /// The line of the file that it starts on, counted from 1.
    pub line: usize,
}

/// What a comment decides of a parameter or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Of a parameter, else of a column.
    pub is_parameter: bool,
    /// Its name.
    pub name: String,
    /// The Rust type, if that is said.
    pub rust: Option<String>,
    /// Whether it can be NULL, if that is said.
    pub nullable: Option<bool>,
}

/// A described statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Description {
    /// The name.
    pub name: String,
    /// `many`, `one`, `optional`, `exec`, …: as the header says, else by what the statement gives.
    pub command: String,
    /// The parameters, in order.
    pub params: Vec<DescribedValue>,
    /// The columns, in order.
    pub columns: Vec<DescribedValue>,
    /// The tables that are read from end to end for want of an index, sorted.
    pub scans: Vec<String>,
}

/// A parameter or column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DescribedValue {
    /// The name.
    pub name: String,
    /// The type in the database, qualified unless it is of `pg_catalog`.
    pub r#type: String,
    /// The Rust type, without `Option`.
    pub rust: String,
    /// Whether it can be NULL.
    pub nullable: bool,
}

/// Why a statement was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {message}{}", .hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default())]
pub struct Refusal {
    /// The statement.
    pub name: String,
    /// What the server said.
    pub message: String,
    /// What it suggests.
    pub hint: Option<String>,
    /// Where in the SQL, in characters from 0.
    pub position: Option<usize>,
}

/// Describes statements. The inner results are of each statement, in order.
///
/// # Errors
/// When the connection fails.
pub async fn describe(
    session: &mut Session,
    statements: &[Statement],
) -> Result<Vec<Result<Description, Refusal>>, tokio_postgres::Error> {
    session.client.batch_execute("begin isolation level repeatable read, read only").await?;
    let described = described(session, statements).await;
    if !session.client.is_closed() {
        session.client.batch_execute("rollback").await.ok();
    }
    described
}

/// A statement that the server took.
struct Prepared {
    columns: Vec<(String, WireType)>,
    parameters: Vec<WireType>,
    tree: Option<tree::Value>,
    scans: BTreeSet<String>,
}

async fn described(
    session: &mut Session,
    statements: &[Statement],
) -> Result<Vec<Result<Description, Refusal>>, tokio_postgres::Error> {
    session
        .client
        .batch_execute(
            "set local statement_timeout = '60s'; set local debug_pretty_print = off; set local client_min_messages = log; \
             set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off",
        )
        .await?;
    let mut prepared = Vec::new();
    for statement in statements {
        prepared.push(prepare(session, statement).await?);
    }
    let trees: Vec<tree::Value> = prepared.iter().filter_map(|prepared| prepared.as_ref().ok()?.tree.clone()).collect();
    let facts = facts(&session.client, &trees).await?;
    let analysis = Analysis::new(&facts);
    Ok(prepared
        .into_iter()
        .zip(statements)
        .map(|(prepared, statement)| prepared.map(|prepared| description(statement, &prepared, &analysis)))
        .collect())
}

async fn prepare(session: &mut Session, statement: &Statement) -> Result<Result<Prepared, Refusal>, tokio_postgres::Error> {
    let client = &session.client;
    client.batch_execute("savepoint entitree; set local debug_print_rewritten = on").await?;
    while session.notices.try_recv().is_ok() {}
    let prepared = client.prepare(&statement.sql).await;
    let mut tree = None;
    while let Ok(notice) = session.notices.try_recv() {
        if tree.is_none() && notice.message().starts_with("rewritten parse tree") {
            tree = notice.detail().and_then(tree::parse);
        }
    }
    match prepared {
        Ok(prepared) => {
            client.batch_execute("set local debug_print_rewritten = off").await?;
            let columns = prepared.columns().iter().map(|column| (column.name().to_owned(), column.type_().clone())).collect();
            let parameters = prepared.params().to_vec();
            let scans = scans(session, statement, parameters.len()).await?;
            session.client.batch_execute("rollback to savepoint entitree; release savepoint entitree").await?;
            Ok(Ok(Prepared { columns, parameters, tree, scans }))
        }
        Err(error) => {
            let Some(refused) = error.as_db_error() else { return Err(error) };
            let refusal = Refusal {
                name: statement.name.clone(),
                message: refused.message().to_owned(),
                hint: refused.hint().map(str::to_owned),
                position: match refused.position() {
                    Some(tokio_postgres::error::ErrorPosition::Original(position)) => Some(*position as usize - 1),
                    _ => None,
                },
            };
            client.batch_execute("rollback to savepoint entitree; release savepoint entitree").await?;
            Ok(Err(refusal))
        }
    }
}

/// The tables that a plan without sequential scans still scans from end to end.
async fn scans(session: &Session, statement: &Statement, parameters: usize) -> Result<BTreeSet<String>, tokio_postgres::Error> {
    let client = &session.client;
    let nulls = vec!["null"; parameters].join(", ");
    let arguments = if parameters == 0 { String::new() } else { format!("({nulls})") };
    client.batch_execute("savepoint entitree_plan").await?;
    let explain = format!("prepare entitree_plan as {}", statement.sql);
    let mut scans = BTreeSet::new();
    if client.batch_execute(&explain).await.is_ok() {
        let plan = client.simple_query(&format!("explain (verbose, format json) execute entitree_plan{arguments}")).await;
        for message in plan.unwrap_or_default() {
            if let tokio_postgres::SimpleQueryMessage::Row(row) = message
                && let Some(plan) = row.get(0).and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok())
            {
                collect_scans(&plan, &mut scans);
            }
        }
        client.batch_execute("rollback to savepoint entitree_plan; deallocate entitree_plan").await?;
    } else {
        client.batch_execute("rollback to savepoint entitree_plan").await?;
    }
    Ok(scans)
}

fn collect_scans(plan: &serde_json::Value, scans: &mut BTreeSet<String>) {
    match plan {
        serde_json::Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(serde_json::Value::as_str);
            if let (Some("Seq Scan"), Some(table)) = (text("Node Type"), text("Relation Name")) {
                scans.insert(format!("{}.{table}", text("Schema").unwrap_or("public")));
            }
            fields.values().for_each(|value| collect_scans(value, scans));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_scans(item, scans)),
        _ => {}
    }
}

fn description(statement: &Statement, prepared: &Prepared, analysis: &Analysis<'_>) -> Description {
    let outputs: Vec<Output> =
        prepared.tree.as_ref().and_then(tree::Value::query).map(|query| analysis.outputs(query)).unwrap_or_default();
    let said = |is_parameter: bool, name: &str| {
        statement.overrides.iter().find(|said| said.is_parameter == is_parameter && said.name == name)
    };
    let value = |is_parameter: bool, name: String, kind: &WireType, nullable: bool| {
        let said = said(is_parameter, &name);
        DescribedValue {
            r#type: type_name(kind),
            rust: said.and_then(|said| said.rust.clone()).unwrap_or_else(|| rust_name(kind)),
            nullable: said.and_then(|said| said.nullable).unwrap_or(nullable),
            name,
        }
    };
    let parameters = prepared.parameters.iter().enumerate().map(|(position, kind)| {
        let name = statement.parameters.get(position).cloned().unwrap_or_else(|| format!("p{}", position + 1));
        value(true, name, kind, false)
    });
    let columns = prepared.columns.iter().enumerate().map(|(position, (name, kind))| {
        // Where the tree does not fit the columns, nothing is known.
        let nullable = outputs.len() != prepared.columns.len() || outputs[position].nullable;
        value(false, name.clone(), kind, nullable)
    });
    let command = statement
        .command
        .clone()
        .unwrap_or_else(|| if prepared.columns.is_empty() { "exec".to_owned() } else { "many".to_owned() });
    Description {
        name: statement.name.clone(),
        command,
        params: parameters.collect(),
        columns: columns.collect(),
        scans: prepared.scans.iter().cloned().collect(),
    }
}

fn type_name(kind: &WireType) -> String {
    match kind.kind() {
        Kind::Array(element) => format!("{}[]", type_name(element)),
        _ if kind.schema() == "pg_catalog" => kind.name().to_owned(),
        _ => format!("{}.{}", kind.schema(), kind.name()),
    }
}

/// The Rust type of a value that a query takes or gives.
fn rust_name(kind: &WireType) -> String {
    match kind.kind() {
        Kind::Array(element) => return format!("Array<{}>", rust_name(element)),
        Kind::Domain(base) => return rust_name(base),
        Kind::Enum(_) => return format!("enums::{}", heck::ToUpperCamelCase::to_upper_camel_case(kind.name())),
        _ => {}
    }
    let builtin = (kind.schema() == "pg_catalog").then(|| crate::plan::builtin(kind.name(), &[])).flatten();
    match (builtin, kind.name()) {
        (Some((rust, ..)), _) => rust.to_owned(),
        (None, "void") if kind.schema() == "pg_catalog" => "()".to_owned(),
        (None, _) => "String".to_owned(),
    }
}
