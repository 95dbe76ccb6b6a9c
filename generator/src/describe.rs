//! What a statement takes and gives, as the server says it: nothing is executed, and nothing but
//! what a read-only transaction may do is done.
//!
//! The server parses and analyses each statement (`PREPARE`): that gives the types. Its own trees of
//! the statement, which `debug_print_parse` and `debug_print_rewritten` send along, give what can be
//! NULL, which columns are all of a table, and which tables are written. Generic plans made without
//! sequential scans tell which tables no index serves. A statement with conditions is checked under
//! all combinations.

mod advice;
mod catalogue;
pub(crate) mod dependencies;
mod scans;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio_postgres::{
    error::{DbError, ErrorPosition},
    types::{Kind as WireKind, Type as WireType},
};

use self::{
    catalogue::Catalogue,
    dependencies::{Dependencies, Kind, State, Thing},
};
use crate::{
    connect::Session,
    introspect::facts,
    nullability::{Analysis, Output, targets, tree},
    sql::{Command, File, Mistake, Statement, Variant},
};

/// A described statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Description {
    /// The name.
    pub name: String,
    /// As the header says, else by what the statement gives.
    pub command: Command,
    /// The parameters, in order.
    pub params: Vec<DescribedValue>,
    /// The columns, in order.
    pub columns: Vec<DescribedValue>,
    /// The tables that are read from end to end for want of an index, sorted.
    pub scans: Vec<Scan>,
    /// Stretches of columns that are all columns of one table, in the table's order.
    pub runs: Vec<Run>,
    /// The table that is written.
    pub target: Option<TableName>,
    /// All tables and views that are written, also within a WITH, by a rule, or through a view; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub writes: Vec<TableName>,
    /// All tables and views that the answers above depend on, sorted.
    pub tables: Vec<TableName>,
    /// The functions that it calls, but for the system's, as `schema.name`, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<String>,
    /// The types that it names or uses, but for the system's, as `schema.name`, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
}

/// What the server says of each statement of a file, in order.
pub type Answers = Vec<Result<Description, Mistake>>;

/// A parameter or column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DescribedValue {
    /// The name.
    pub name: String,
    /// The type in the database.
    pub r#type: ValueType,
    /// The Rust type that a comment asks for.
    pub wish: Option<String>,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// The column of a table that it is, unchanged.
    pub origin: Option<(TableName, String)>,
}

/// A type of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ValueType {
    /// The schema.
    pub schema: String,
    /// The name.
    pub name: String,
    /// What kind of type it is.
    pub kind: ValueKind,
    /// Its modifier (`atttypmod`), -1 where there is none.
    pub modifier: i32,
}

/// Kinds of types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// Any that is none of the others.
    Scalar,
    /// An enum.
    Enum,
    /// An array of these elements.
    Array(Box<ValueType>),
    /// A domain over this type.
    Domain(Box<ValueType>),
}

/// A table or view by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct TableName {
    /// The schema.
    pub schema: String,
    /// The name.
    pub name: String,
}

impl std::fmt::Display for TableName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.schema, self.name)
    }
}

/// A table that is read from end to end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Scan {
    /// The table.
    pub table: TableName,
    /// The statements that would make an index, or several, that serve the statement.
    pub index: Option<String>,
    /// What bars an index, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// All columns of one table, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// The name that the table goes by in the statement.
    pub alias: String,
    /// The table.
    pub table: TableName,
    /// The first of the columns, as a position.
    pub first: usize,
    /// How many there are.
    pub length: usize,
}

impl ValueType {
    fn of(kind: &WireType, modifier: i32) -> Self {
        Self {
            schema: kind.schema().to_owned(),
            name: kind.name().to_owned(),
            kind: match kind.kind() {
                WireKind::Array(element) => ValueKind::Array(Box::new(Self::of(element, modifier))),
                WireKind::Domain(base) => ValueKind::Domain(Box::new(Self::of(base, modifier))),
                WireKind::Enum(_) => ValueKind::Enum,
                _ => ValueKind::Scalar,
            },
            modifier,
        }
    }

    /// The type itself, or what a domain is over.
    pub fn base(&self) -> &Self {
        match &self.kind {
            ValueKind::Domain(base) => base.base(),
            _ => self,
        }
    }

    /// The arguments of the modifier: precision and scale of a numeric.
    /// <https://www.postgresql.org/docs/current/datatype-numeric.html>
    pub fn arguments(&self) -> Vec<i32> {
        if self.name != "numeric" || self.modifier < 4 {
            return Vec::new();
        }
        let packed = self.modifier - 4;
        // The scale is a signed number of eleven bits.
        vec![(packed >> 16) & 0xffff, ((packed & 0x7ff) ^ 1024) - 1024]
    }

    /// The Rust type, without the path of an enum.
    pub fn rust(&self) -> String {
        match &self.kind {
            ValueKind::Array(element) => format!("Array<{}>", element.rust()),
            ValueKind::Domain(base) => base.rust(),
            ValueKind::Enum => format!("enums::{}", heck::ToUpperCamelCase::to_upper_camel_case(self.name.as_str())),
            ValueKind::Scalar if self.schema == "pg_catalog" => match crate::plan::builtin(&self.name, &self.arguments()) {
                Some((rust, ..)) => rust.to_owned(),
                None if self.name == "void" => "()".to_owned(),
                None => "String".to_owned(),
            },
            ValueKind::Scalar => "String".to_owned(),
        }
    }
}

impl std::fmt::Display for ValueType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            ValueKind::Array(element) => write!(f, "{element}[]"),
            _ if self.schema == "pg_catalog" => f.write_str(&self.name),
            _ => write!(f, "{}.{}", self.schema, self.name),
        }
    }
}

/// Describes the statements of files: for each file the results of its statements, in order.
///
/// # Errors
/// When the connection fails.
pub async fn describe(session: &mut Session, files: &[File]) -> Result<Vec<Answers>, tokio_postgres::Error> {
    Ok(describe_with_dependencies(session, files).await?.into_iter().map(|(answers, _)| answers).collect())
}

/// As [`describe`], with the state of what the answers for each file depend on.
pub(crate) async fn describe_with_dependencies(
    session: &mut Session,
    files: &[File],
) -> Result<Vec<(Answers, State)>, tokio_postgres::Error> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    session.client.batch_execute("begin isolation level repeatable read, read only").await?;
    let described = described(session, files).await;
    if !session.client.is_closed() {
        session.client.batch_execute("rollback").await.ok();
    }
    described
}

/// Asks the server whether it takes each of these `PREPARE` statements; the inner results are of each.
///
/// # Errors
/// When the connection fails.
pub async fn verify(session: &mut Session, statements: &[String]) -> Result<Vec<Result<(), String>>, tokio_postgres::Error> {
    if statements.is_empty() {
        return Ok(Vec::new());
    }
    let client = &session.client;
    client.batch_execute("begin read only; set local statement_timeout = '60s'").await?;
    let mut results = Vec::new();
    for sql in statements {
        client.batch_execute("savepoint entitree").await?;
        let result = client.batch_execute(sql).await;
        client.batch_execute("rollback to savepoint entitree; deallocate all").await?;
        results.push(match result {
            Ok(()) => Ok(()),
            Err(error) => match error.as_db_error() {
                Some(refused) => Err(refused.message().to_owned()),
                None => return Err(error),
            },
        });
    }
    client.batch_execute("rollback").await?;
    Ok(results)
}

/// A statement that the server took.
struct Prepared {
    columns: Vec<(String, ValueType)>,
    parameters: Vec<ValueType>,
    parsed: Option<tree::Value>,
    rewritten: Option<tree::Value>,
    plans: Vec<serde_json::Value>,
}

/// The variants of a statement, all conditions held first.
type Variants = Vec<(Variant, Prepared)>;

async fn described(session: &mut Session, files: &[File]) -> Result<Vec<(Answers, State)>, tokio_postgres::Error> {
    session
        .client
        .batch_execute(
            "set local statement_timeout = '60s'; set local debug_pretty_print = off; set local client_min_messages = log; \
             set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off; \
             set local enable_hashjoin = off; set local enable_mergejoin = off; set local max_parallel_workers_per_gather = 0; \
             set local jit = off",
        )
        .await?;
    let mut prepared: Vec<Vec<Result<Variants, Mistake>>> = Vec::new();
    for file in files {
        let mut of_file = Vec::new();
        for statement in &file.statements {
            of_file.push(prepare_all(session, file, statement).await?);
        }
        prepared.push(of_file);
    }
    let variants = || prepared.iter().flatten().flatten().flatten().map(|(_, prepared)| prepared);
    let trees: Vec<tree::Value> = variants().filter_map(|prepared| prepared.rewritten.clone()).collect();
    let facts = facts(&session.client, &trees).await?;
    let parsed = variants().filter_map(|prepared| prepared.parsed.as_ref());
    let catalogue = Catalogue::read(&session.client, &trees.iter().chain(parsed).collect::<Vec<_>>()).await?;
    let analysis = Analysis::new(&facts);
    let mut dependencies = Vec::new();
    for of_file in &prepared {
        let mut of = Dependencies::default();
        for (_, prepared) in of_file.iter().flatten().flatten() {
            of.tables(scans::tables(&prepared.plans).iter().chain(&tables([prepared], &catalogue)));
            of.used(&used(prepared, &catalogue));
        }
        dependencies.push(of);
    }
    let all = dependencies.iter().fold(Dependencies::default(), Dependencies::with);
    let state = all.state(&session.client).await?;
    let answers = prepared.into_iter().zip(files).map(|(of_file, file)| {
        let statements = of_file.into_iter().zip(&file.statements);
        let answer = |(prepared, statement): (Result<Variants, Mistake>, &Statement)| {
            let description = prepared.and_then(|prepared| description(file, statement, &prepared, &catalogue, &analysis));
            description.map_err(|mistake| Mistake { statement: Some(statement.name.clone()), ..mistake })
        };
        statements.map(answer).collect::<Answers>()
    });
    Ok(answers.zip(&dependencies).map(|(answers, of)| (answers, of.select(&state))).collect())
}

async fn prepare_all(
    session: &mut Session,
    file: &File,
    statement: &Statement,
) -> Result<Result<Variants, Mistake>, tokio_postgres::Error> {
    let conditions = statement.conditions.len();
    let mut variants = Variants::new();
    for combination in (0..1_usize << conditions).rev() {
        let variant = statement.variant(|condition| combination & (1 << condition) != 0, |_| None);
        match prepare(session, &variant.sql).await? {
            Ok(prepared) => variants.push((variant, prepared)),
            Err(refused) => {
                let position = match refused.position() {
                    Some(ErrorPosition::Original(position)) => Some(*position as usize - 1),
                    _ => None,
                };
                let mut message = format!("{}: {}", statement.name, refused.message());
                let missing: Vec<&str> = statement
                    .conditions
                    .iter()
                    .enumerate()
                    .filter(|(condition, _)| combination & (1 << condition) == 0)
                    .flat_map(|(_, names)| names)
                    .map(String::as_str)
                    .collect();
                if !missing.is_empty() {
                    message.push_str(&format!(" (where `{}` is not given)", missing.join("`, `")));
                }
                for (word, text) in [("detail", refused.detail()), ("hint", refused.hint())] {
                    message.extend(text.map(|text| format!("\n{word}: {text}")));
                }
                let place = position.map_or(statement.offset, |position| variant.place(position));
                return Ok(Err(file.mistake(place, message)));
            }
        }
    }
    Ok(Ok(variants))
}

async fn prepare(session: &mut Session, sql: &str) -> Result<Result<Prepared, DbError>, tokio_postgres::Error> {
    let client = &session.client;
    client.batch_execute("savepoint entitree; set local debug_print_parse = on; set local debug_print_rewritten = on").await?;
    while session.notices.try_recv().is_ok() {}
    let prepared = client.prepare(sql).await;
    let (mut parsed, mut rewritten) = (None, None);
    while let Ok(notice) = session.notices.try_recv() {
        let tree = if notice.message().starts_with("rewritten parse tree") {
            &mut rewritten
        } else if notice.message().starts_with("parse tree") {
            &mut parsed
        } else {
            continue;
        };
        if tree.is_none() {
            *tree = notice.detail().and_then(tree::parse);
        }
    }
    let result = match prepared {
        Ok(prepared) => {
            client.batch_execute("set local debug_print_parse = off; set local debug_print_rewritten = off").await?;
            let columns = prepared.columns().iter();
            let columns =
                columns.map(|column| (column.name().to_owned(), ValueType::of(column.type_(), column.type_modifier()))).collect();
            let parameters: Vec<ValueType> = prepared.params().iter().map(|kind| ValueType::of(kind, -1)).collect();
            let plans = scans::plans(session, sql, parameters.len()).await?;
            Ok(Prepared { columns, parameters, parsed, rewritten, plans })
        }
        Err(error) => match error.as_db_error() {
            Some(refused) => Err(refused.clone()),
            None => return Err(error),
        },
    };
    session.client.batch_execute("rollback to savepoint entitree; release savepoint entitree").await?;
    Ok(result)
}

fn description(
    file: &File,
    statement: &Statement,
    variants: &[(Variant, Prepared)],
    catalogue: &Catalogue,
    analysis: &Analysis<'_>,
) -> Result<Description, Mistake> {
    let (whole, prepared) = &variants[0];
    let at_start = |message: String| file.mistake(statement.offset, format!("{}: {message}", statement.name));
    let query = prepared.parsed.as_ref().and_then(tree::Value::query);
    if query.is_some_and(|query| *query.get("utilityStmt") != tree::Value::Nothing) {
        let message = "this is not a query: a function runs a `select`, `insert`, `update`, `delete`, `merge` or `values`; run other \
                       statements with `execute_unprepared`";
        return Err(at_start(message.to_owned()));
    }
    let mut nullable = vec![false; prepared.columns.len()];
    let mut origins = vec![None; prepared.columns.len()];
    let mut scans = BTreeMap::<TableName, Scan>::new();
    let mut tested = BTreeSet::new();
    for (text, variant) in variants {
        if variant.columns != prepared.columns {
            return Err(at_start("its columns depend on which of its conditions hold: split it into two statements".to_owned()));
        }
        let outputs: Vec<Output> =
            variant.rewritten.as_ref().and_then(tree::Value::query).map(|query| analysis.outputs(query)).unwrap_or_default();
        for (position, nullable) in nullable.iter_mut().enumerate() {
            // Where the tree does not fit the columns, nothing is known.
            *nullable |= outputs.len() != prepared.columns.len() || outputs[position].nullable;
            let origin = outputs.get(position).and_then(|output| output.origin);
            origins[position] = origin.and_then(|(table, column)| {
                let (table, columns) = catalogue.names.get(&table)?;
                Some((table.clone(), columns.get(&column)?.clone()))
            });
        }
        let unbounded = scans::unbounded(&variant.plans, variant.rewritten.as_ref(), catalogue);
        let names: Vec<&str> = text.parameters.iter().map(|&named| statement.parameters[named].as_str()).collect();
        for scan in advice::scans(variant.rewritten.as_ref(), &unbounded, catalogue, &names) {
            let known = scans.entry(scan.table.clone()).or_insert_with(|| scan.clone());
            known.index = known.index.take().or(scan.index);
            known.hint = known.hint.take().or(scan.hint);
        }
        tested.extend(variant.parsed.iter().flat_map(tested_for_null).filter_map(|number| {
            let position = usize::try_from(number).ok()?.checked_sub(1)?;
            text.parameters.get(position).copied()
        }));
    }
    let value = |is_parameter: bool, name: String, r#type: ValueType, nullable: bool, origin| {
        let said = || statement.overrides.iter().filter(|said| said.is_parameter == is_parameter && said.name == name);
        let wish = said().find_map(|said| said.rust.clone());
        let nullable = said().find_map(|said| said.nullable).unwrap_or(nullable);
        DescribedValue { name, r#type, wish, nullable, origin }
    };
    let mut params = Vec::new();
    for (number, r#type) in prepared.parameters.iter().enumerate() {
        // `$1` as the SQL has it stays what it is.
        let name =
            whole.parameters.get(number).map_or_else(|| format!("p{}", number + 1), |&named| statement.parameters[named].clone());
        for (variant, other) in variants {
            let place = variant.parameters.iter().position(|named| whole.parameters.get(number) == Some(named));
            if place.is_some_and(|place| other.parameters.get(place) != Some(r#type)) {
                return Err(at_start(format!("the type of `:{name}` depends on its conditions; cast it: `:{name}::{type}`")));
            }
        }
        let named = whole.parameters.get(number);
        // What `@if` asks for is optional as it is.
        let is_optional = named.is_some_and(|named| tested.contains(named)) && !statement.is_asked_for(&name);
        params.push(value(true, name, r#type.clone(), is_optional, None));
    }
    let columns = prepared.columns.iter().zip(nullable).zip(origins);
    let columns: Vec<DescribedValue> =
        columns.map(|(((name, kind), nullable), origin)| value(false, name.clone(), kind.clone(), nullable, origin)).collect();
    for said in &statement.overrides {
        let among = if said.is_parameter { &params } else { &columns };
        if !among.iter().any(|value| value.name == said.name) {
            let (kind, names) =
                (if said.is_parameter { "parameter" } else { "column" }, among.iter().map(|value| value.name.as_str()));
            let meant = crate::config::closest(&said.name, names).map(|meant| format!("; did you mean `{meant}`?"));
            let message = format!("{}: there is no {kind} `{}`{}", statement.name, said.name, meant.unwrap_or_default());
            return Err(file.mistake(said.offset, message));
        }
    }
    let by_itself = if columns.is_empty() { Command::Exec } else { Command::Many };
    let command = statement.command.unwrap_or(by_itself);
    if columns.is_empty() && !matches!(command, Command::Exec | Command::Rows) {
        return Err(at_start(format!(
            "the statement returns no column, which `:{command}` needs: write `:exec` or `:rows`, or add `returning …`"
        )));
    }
    let used: BTreeSet<Thing> = variants.iter().flat_map(|(_, prepared)| self::used(prepared, catalogue)).collect();
    Ok(Description {
        name: statement.name.clone(),
        command,
        params,
        columns,
        scans: scans.into_values().collect(),
        tables: tables(variants.iter().map(|(_, prepared)| prepared), catalogue).into_iter().collect(),
        functions: used.iter().filter(|thing| thing.kind == Kind::Function).filter_map(Thing::qualified).collect(),
        types: used.iter().filter(|thing| thing.kind == Kind::Type).filter_map(Thing::qualified).collect(),
        runs: prepared.parsed.as_ref().and_then(tree::Value::query).map(|query| runs(query, catalogue)).unwrap_or_default(),
        target: prepared.rewritten.as_ref().and_then(tree::Value::query).and_then(|query| {
            let entry = usize::try_from(query.number("resultRelation")).ok()?.checked_sub(1)?;
            Some(catalogue.table(query.nodes("rtable").get(entry)?.number("relid"))?.0.clone())
        }),
        writes: written(variants, catalogue),
    })
}

/// The parameters, by number, that a statement itself tests for NULL: `:x is null`, `coalesce(:x, …)`,
/// `… is distinct from :x`.
fn tested_for_null(tree: &tree::Value) -> BTreeSet<i64> {
    let mut tested = BTreeSet::new();
    tree.visit(&mut |node| match node.kind.as_str() {
        "NULLTEST" => tested.extend(node.node("arg").and_then(advice::parameter)),
        // IS [NOT] UNKNOWN.
        "BOOLEANTEST" if matches!(node.number("booltesttype"), 4 | 5) => {
            tested.extend(node.node("arg").and_then(advice::parameter));
        }
        "DISTINCTEXPR" => tested.extend(node.nodes("args").into_iter().filter_map(advice::parameter)),
        // What stands last is what a NULL before it gives way to.
        "COALESCEEXPR" | "COALESCE" => {
            let arguments = node.nodes("args");
            let first = arguments.len().saturating_sub(1);
            tested.extend(arguments.into_iter().take(first).filter_map(advice::parameter));
        }
        _ => {}
    });
    tested
}

/// What a statement writes, in any of its queries; of a partition its table as well.
fn written(variants: &[(Variant, Prepared)], catalogue: &Catalogue) -> Vec<TableName> {
    let mut written = BTreeSet::new();
    for (_, prepared) in variants {
        for tree in [&prepared.parsed, &prepared.rewritten].into_iter().flatten() {
            tree.visit(&mut |node| {
                let entry = (node.kind == "QUERY").then(|| nth(&node.nodes("rtable"), node.number("resultRelation")));
                let table = entry.flatten().and_then(|entry| catalogue.table(entry.number("relid")));
                if let Some((table, _)) = table {
                    written.extend(catalogue.partitioned(table).cloned().into_iter().chain([table.clone()]));
                }
            });
        }
    }
    written.into_iter().collect()
}

/// The functions and types of a statement.
fn used(prepared: &Prepared, catalogue: &Catalogue) -> BTreeSet<Thing> {
    catalogue.used.by([&prepared.parsed, &prepared.rewritten].into_iter().flatten())
}

/// The tables and views that a statement names, and those behind the views.
fn tables<'p>(variants: impl IntoIterator<Item = &'p Prepared>, catalogue: &Catalogue) -> BTreeSet<TableName> {
    let mut tables = BTreeSet::new();
    for prepared in variants {
        for tree in [&prepared.parsed, &prepared.rewritten].into_iter().flatten() {
            tree.visit(&mut |node| tables.extend(catalogue.table(node.number("relid")).map(|(table, _)| table.clone())));
        }
    }
    tables
}

/// Stretches of the result that are all columns of one table or view, in its order.
fn runs(query: &tree::Node, catalogue: &Catalogue) -> Vec<Run> {
    let entries = query.nodes("rtable");
    let mut runs: Vec<Run> = Vec::new();
    let mut before = None;
    for (position, target) in targets(query).into_iter().enumerate() {
        let variable = target.node("expr").and_then(|expression| variable(expression, &entries));
        let entry = variable.and_then(|(number, _)| nth(&entries, number));
        let table = entry.filter(|entry| entry.number("rtekind") == 0).and_then(|entry| catalogue.table(entry.number("relid")));
        if let (Some(entry), Some((table, _))) = (entry, table) {
            let goes_on = before
                .zip(variable)
                .is_some_and(|((number, column), now): ((i64, i64), (i64, i64))| number == now.0 && column < now.1);
            match runs.last_mut() {
                Some(run) if goes_on => run.length += 1,
                _ => runs.push(Run {
                    alias: entry.node("eref").map_or("", |alias| alias.word("aliasname")).trim_matches('"').to_owned(),
                    table: table.clone(),
                    first: position,
                    length: 1,
                }),
            }
            before = variable;
        } else {
            before = None;
        }
    }
    let width = |table: &TableName| catalogue.names.values().find(|(name, _)| name == table).map(|(_, columns)| columns.len());
    runs.retain(|run| width(&run.table) == Some(run.length));
    runs
}

fn nth<'n>(nodes: &[&'n tree::Node], number: i64) -> Option<&'n tree::Node> {
    nodes.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
}

/// The entry of the range table and the column that an expression is. From PostgreSQL 18 on, what a
/// query groups by is an entry of its own.
fn variable(expression: &tree::Node, entries: &[&tree::Node]) -> Option<(i64, i64)> {
    if expression.kind != "VAR" || expression.number("varlevelsup") != 0 {
        return None;
    }
    let found = (expression.number("varno"), expression.number("varattno"));
    let grouped = nth(entries, found.0)?.nodes("groupexprs");
    if grouped.is_empty() { Some(found) } else { variable(nth(&grouped, found.1)?, entries) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_of_numerics_are_read() {
        let of = |modifier| ValueType { modifier, ..ValueType::of(&WireType::NUMERIC, -1) }.arguments();
        assert_eq!(of((12 << 16 | 2) + 4), [12, 2]);
        assert_eq!(of((3 << 16 | (-2 & 0x7ff)) + 4), [3, -2]);
        assert!(of(-1).is_empty());
    }
}
