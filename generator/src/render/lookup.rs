//! The query page of an entity: functions by the columns that identify a row or that an index
//! serves, and what is written of it.

use askama::Template;

use super::printed;
use super::text::{Argument, Function, document, literal, only_with, outside};
use crate::{
    plan::{
        Cardinality, EntityPlan, FieldPlan, Ident, ListPlan, Lookup, LookupPart, Parameter, PartialLookup, RelationPlan, ScanPlan,
        Writes, code,
    },
    sync::MARK,
};

pub(super) fn page(domain: &Ident, entity: &EntityPlan) -> String {
    let mut functions = Vec::new();
    for lookup in &entity.lookups {
        functions.extend(Rows::of_key(entity, lookup).functions(entity, &lookup.name));
    }
    for lookup in &entity.partial_lookups {
        functions.extend(Rows::of_partial(entity, lookup).functions(entity, &lookup.name));
    }
    functions.extend(entity.lists.iter().flat_map(|list| list_functions(entity, list)));
    functions.extend(entity.scans.iter().map(|scan| scan_function(entity, scan)));
    functions.extend(entity.relations.iter().map(load_function));
    if entity.writes.is_some() {
        functions.extend(write_functions(entity));
    }
    printed(&Page {
        mark: MARK,
        title: format!("Queries of {}.", code(&format!("{}.{}", entity.schema, entity.table))),
        imports: imports(domain, entity, &functions),
        is_gated: functions.iter().any(|function| function.only_with.is_some()),
        functions,
        written: entity.writes.as_ref().map(|writes| Declarations::of(entity, writes)),
    })
}

#[derive(Template)]
#[template(path = "lookup.txt", escape = "none")]
struct Page {
    mark: &'static str,
    title: String,
    imports: Vec<String>,
    /// Features may leave functions out.
    is_gated: bool,
    functions: Vec<Function>,
    written: Option<Declarations>,
}

fn imports(domain: &Ident, entity: &EntityPlan, functions: &[Function]) -> Vec<String> {
    let writes = entity.writes.as_ref();
    let said = |function: &Function, what: &str| {
        let is_said = |text: &String| text.contains(what);
        function.arguments.iter().any(|argument| match argument {
            Argument::One(text) => is_said(text),
            Argument::Array(_, items) => items.iter().any(is_said),
        })
    };
    let any = |what: &str| functions.iter().any(|function| said(function, what));
    let written = writes.into_iter().flat_map(|writes| writes.required.iter().chain(&writes.optional).chain(&writes.changed));
    let is_written_array = written.map(|&position| &entity.fields[position]).any(FieldPlan::is_array);
    let is_array = |parameter: &String| parameter.contains("Array<") && !parameter.contains("::Array<");
    let mut imports = Vec::new();
    let is_runtime = functions.iter().any(|function| function.callee.starts_with("runtime::"));
    match (is_runtime, entity.lists.is_empty()) {
        (true, false) => imports.push("crate::runtime::{self, Cursor, Page}".to_owned()),
        (true, true) => imports.push("crate::runtime".to_owned()),
        (false, _) => {}
    }
    if is_written_array || functions.iter().flat_map(|function| &function.parameters).any(is_array) {
        imports.push("entities::array::Array".to_owned());
    }
    let mut names = Vec::new();
    if writes.is_some() {
        names.push("ActiveModel");
    }
    if any("Column::") {
        names.push("Column");
    }
    if functions
        .iter()
        .any(|function| function.arguments.iter().any(|argument| matches!(argument, Argument::One(text) if text == "Entity")))
    {
        names.push("Entity");
    }
    names.push("Model");
    if any("link::") {
        names.push("link");
    }
    let names = names.join(", ");
    imports.push(format!("entities::{domain}::{}::{{{names}}}", entity.module));
    if !entity.lists.is_empty() {
        imports.push("futures_util::Stream".to_owned());
    }
    imports.push("sea_orm::entity::prelude::*".to_owned());
    if !entity.lists.is_empty() {
        imports.push("sea_orm::{StreamTrait, sea_query::Order}".to_owned());
    }
    imports
}

const DB: &str = "db: &impl ConnectionTrait";

fn argument(text: &str) -> Argument {
    Argument::One(text.to_owned())
}

fn array(items: &[String]) -> Argument {
    Argument::Array("[", items.to_vec())
}

/// Documentation, with what the function fails of.
fn docs(first: String, more: &[&str], errors: &str) -> Vec<String> {
    let mut docs = vec![first];
    docs.extend(more.iter().map(|line| (*line).to_owned()));
    docs.extend([String::new(), "# Errors".to_owned(), errors.to_owned()]);
    docs
}

/// What a function takes and compares.
fn compared(entity: &EntityPlan, fields: &[usize]) -> (Vec<String>, Vec<String>) {
    fields
        .iter()
        .map(|&position| &entity.fields[position])
        .map(|field| {
            // A column may be called like what the functions call their own.
            let own = ["db", "after", "size", "changes", "select", "order", "rows", "r#select"];
            let ident = match field.ident.to_string() {
                name if own.contains(&name.as_str()) => format!("{}_value", name.trim_start_matches("r#")),
                name => name,
            };
            let value = match field.data_type.parameter {
                Parameter::Value | Parameter::Str => ident.clone(),
                Parameter::Slice => format!("{ident}.to_vec()"),
                Parameter::Reference => format!("{ident}.clone()"),
            };
            (format!("{ident}: {}", parameter(field)), format!("Column::{}.eq({value})", field.variant))
        })
        .unzip()
}

/// Rows that some conditions find.
struct Rows {
    parameters: Vec<String>,
    conditions: Vec<String>,
    /// `with these values, found by the primary key`
    docs: String,
}

impl Rows {
    fn of_key(entity: &EntityPlan, lookup: &Lookup) -> Self {
        let (parameters, conditions) = compared(entity, &lookup.fields);
        Self { parameters, conditions, docs: format!("with these values, found by {}.", lookup.docs) }
    }

    fn of_partial(entity: &EntityPlan, lookup: &PartialLookup) -> Self {
        let (mut parameters, mut conditions) = (Vec::new(), Vec::new());
        for part in &lookup.parts {
            match part {
                LookupPart::Field(position) => {
                    let (mut parameter, mut condition) = compared(entity, &[*position]);
                    parameters.append(&mut parameter);
                    conditions.append(&mut condition);
                }
                LookupPart::Text(expression, ident) => {
                    parameters.push(format!("{ident}: &str"));
                    // By its path: in scope, the trait would have an `eq` of its own.
                    conditions.push(format!("sea_orm::sea_query::ExprTrait::eq(Expr::cust({}), {ident})", literal(expression)));
                }
            }
        }
        conditions.extend(lookup.predicate.iter().map(|predicate| format!("Expr::cust({})", literal(predicate))));
        Self { parameters, conditions, docs: format!("with these values, which the index holds once: {}.", lookup.docs) }
    }

    fn parameters(&self, db: &str, more: &[String]) -> Vec<String> {
        [&[db.to_owned()], self.parameters.as_slice(), more].concat()
    }

    /// The functions about the one row that the conditions find.
    fn functions(&self, entity: &EntityPlan, name: &str) -> Vec<Function> {
        let refused = "When the database refuses.";
        let found = || vec![argument("db"), argument("Entity"), array(&self.conditions)];
        let mut functions = vec![
            Function {
                only_with: None,
                docs: docs(format!("The row {}", self.docs), &[], refused),
                name: format!("get_by_{name}"),
                parameters: self.parameters(DB, &[]),
                result: "Result<Option<Model>, DbErr>".to_owned(),
                callee: "runtime::get".to_owned(),
                arguments: found(),
            },
            Function {
                only_with: None,
                docs: docs(format!("Whether there is a row {}", self.docs), &[], refused),
                name: format!("exists_by_{name}"),
                parameters: self.parameters(DB, &[]),
                result: "Result<bool, DbErr>".to_owned(),
                callee: "runtime::exists".to_owned(),
                arguments: found(),
            },
        ];
        if entity.writes.is_none() {
            return functions;
        }
        let (error, changes) = (entity.named("", "Error"), entity.named("", "Changes"));
        functions.push(Function {
            only_with: None,
            docs: docs(
                format!("Changes the row {}", self.docs),
                &["Returns it as it is then, or `None` where there is none."],
                "When a constraint is violated, or the database refuses.",
            ),
            name: format!("update_by_{name}"),
            parameters: self.parameters(DB, &[format!("changes: {changes}")]),
            result: format!("Result<Option<Model>, {error}>"),
            callee: "runtime::update".to_owned(),
            arguments: [found(), vec![argument("changes")]].into_iter().flatten().collect(),
        });
        functions.push(Function {
            only_with: None,
            docs: docs(
                format!("Deletes the row {}", self.docs),
                &["Returns whether there was one."],
                "When another row refers to it, or the database refuses.",
            ),
            name: format!("delete_by_{name}"),
            parameters: self.parameters(DB, &[]),
            result: format!("Result<bool, {error}>"),
            callee: "runtime::delete".to_owned(),
            arguments: found(),
        });
        functions
    }
}

fn list_functions(entity: &EntityPlan, list: &ListPlan) -> [Function; 3] {
    let (parameters, conditions) = compared(entity, &list.fields);
    let rows = Rows { parameters, conditions, docs: String::new() };
    let order = || argument(if list.descending { "Order::Desc" } else { "Order::Asc" });
    let columns = || {
        let columns = list.order.iter().map(|&position| format!("Column::{}", entity.fields[position].variant));
        Argument::Array("[", columns.collect())
    };
    let words: Vec<String> = list.order.iter().map(|&position| code(&entity.fields[position].column)).collect();
    let direction = if list.descending { ", descending" } else { "" };
    let by = format!("by {}{direction}; served by {}.", words.join(", "), list.docs);
    let found = || vec![argument("db"), argument("Entity"), array(&rows.conditions)];
    let refused = "When the database refuses.";
    let page = ["after: Option<&Cursor>".to_owned(), "size: u64".to_owned()];
    [
        Function {
            only_with: None,
            docs: docs(
                format!("A page of the rows with these values, {by}"),
                &[],
                "When the database refuses, or the cursor is of another list.",
            ),
            name: format!("list_by_{}", list.name),
            parameters: rows.parameters(DB, &page),
            result: "Result<Page<Model>, DbErr>".to_owned(),
            callee: "runtime::page".to_owned(),
            arguments: found().into_iter().chain([columns(), order(), argument("after"), argument("size")]).collect(),
        },
        Function {
            only_with: None,
            docs: docs(format!("The rows with these values one after the other, {by}"), &[], refused),
            name: format!("stream_by_{}", list.name),
            parameters: rows.parameters("db: &impl StreamTrait", &[]),
            result: "Result<impl Stream<Item = Result<Model, DbErr>>, DbErr>".to_owned(),
            callee: "runtime::stream".to_owned(),
            arguments: found().into_iter().chain([columns(), order()]).collect(),
        },
        Function {
            only_with: None,
            docs: docs(format!("How many rows have these values; served by {}.", list.docs), &[], refused),
            name: format!("count_by_{}", list.name),
            parameters: rows.parameters(DB, &[]),
            result: "Result<i64, DbErr>".to_owned(),
            callee: "runtime::count".to_owned(),
            arguments: found(),
        },
    ]
}

fn scan_function(entity: &EntityPlan, scan: &ScanPlan) -> Function {
    let (parameters, conditions) = compared(entity, &scan.fields);
    let rows = Rows { parameters, conditions, docs: String::new() };
    let first = "The rows with these values. It reads the whole table: no index serves it, and codegen.toml asks for it.";
    Function {
        only_with: None,
        docs: docs(first.to_owned(), &[], "When the database refuses."),
        name: format!("scan_by_{}", scan.name),
        parameters: rows.parameters(DB, &[]),
        result: "Result<Vec<Model>, DbErr>".to_owned(),
        callee: "runtime::all".to_owned(),
        arguments: vec![argument("db"), argument("Entity"), array(&rows.conditions)],
    }
}

/// The rows that a relation leads to, for many rows in one statement.
fn load_function(relation: &RelationPlan) -> Function {
    let target = outside(&relation.target);
    let (load, result, what) = match relation.cardinality {
        Cardinality::Many => ("load_many", format!("Vec<Vec<{target}::Model>>"), "rows"),
        Cardinality::One => ("load_one", format!("Vec<Option<{target}::Model>>"), "row"),
    };
    let first = format!("The {what} that each of these rows is related to, in their order, in one statement: {}", relation.docs);
    Function {
        docs: docs(first, &[], "When the database refuses."),
        only_with: only_with(&relation.features),
        name: format!("load_{}", relation.name.trim_start_matches('_')),
        parameters: vec![DB.to_owned(), "rows: &[Model]".to_owned()],
        result: format!("Result<{result}, DbErr>"),
        callee: format!("entities::relation::{load}"),
        arguments: vec![Argument::One(format!("link::{}", relation.variant)), argument("rows"), argument("db")],
    }
}

fn write_functions(entity: &EntityPlan) -> Vec<Function> {
    let (new, error) = (entity.named("New", ""), entity.named("", "Error"));
    let violated = "When a constraint is violated, or the database refuses.";
    let given = |what: &str| vec![argument("db"), argument("Entity"), argument(what)];
    let row = vec![DB.to_owned(), format!("row: {new}")];
    let mut functions = vec![
        Function {
            only_with: None,
            docs: docs("Inserts a row, and returns it as it is then.".to_owned(), &[], violated),
            name: "insert".to_owned(),
            parameters: row.clone(),
            result: format!("Result<Model, {error}>"),
            callee: "runtime::insert".to_owned(),
            arguments: given("row"),
        },
        Function {
            only_with: None,
            docs: docs(
                "Inserts rows, in as few statements as the protocol allows, and returns them in order.".to_owned(),
                &[],
                violated,
            ),
            name: "insert_many".to_owned(),
            parameters: vec![DB.to_owned(), format!("rows: Vec<{new}>")],
            result: format!("Result<Vec<Model>, {error}>"),
            callee: "runtime::insert_many".to_owned(),
            arguments: given("rows"),
        },
    ];
    for (lookup, updated) in entity.upserts() {
        let columns = |positions: &[usize]| {
            positions.iter().map(|&position| format!("Column::{}", entity.fields[position].variant)).collect::<Vec<_>>()
        };
        let first = format!("Inserts a row or, where {} already has its values, writes what it says over that row.", lookup.docs);
        functions.push(Function {
            only_with: None,
            docs: docs(first, &[], "When another constraint is violated, or the database refuses."),
            name: format!("upsert_on_{}", lookup.name),
            parameters: row.clone(),
            result: format!("Result<Model, {error}>"),
            callee: "runtime::upsert".to_owned(),
            arguments: given("row")
                .into_iter()
                .chain([Argument::Array("[", columns(&lookup.fields)), Argument::Array("&[", columns(&updated))])
                .collect(),
        });
    }
    functions
}

/// What is declared for writing.
struct Declarations {
    new: String,
    defaults: String,
    changes: String,
    /// The field of a new row that holds what it may leave out.
    rest: &'static str,
    error: String,
    /// The table's schema and name.
    of: String,
    /// The columns that an insert must say, those that it may, and those that an update may.
    groups: [(&'static str, Vec<String>); 3],
    /// Documentation, and the line.
    violations: Vec<(String, String)>,
    /// The fields of the constant that holds the tables below the table, each with its lines.
    partitions: Option<[(&'static str, Vec<String>); 5]>,
}

impl Declarations {
    fn of(entity: &EntityPlan, writes: &Writes) -> Self {
        let lines = |positions: &[usize]| {
            positions
                .iter()
                .map(|&position| &entity.fields[position])
                .map(|field| format!("{}: {}", field.ident, outside(&field.rust)))
                .collect()
        };
        Self {
            new: entity.named("New", "").to_string(),
            defaults: entity.named("New", "Defaults").to_string(),
            changes: entity.named("", "Changes").to_string(),
            rest: if entity.fields.iter().any(|field| field.ident == "or_default") { "or_default_" } else { "or_default" },
            error: entity.named("", "Error").to_string(),
            of: format!("({}, {})", literal(&entity.schema), literal(&entity.table)),
            groups: [
                ("required", lines(&writes.required)),
                ("optional", lines(&writes.optional)),
                ("changed", lines(&writes.changed)),
            ],
            violations: writes
                .violations
                .iter()
                .map(|violation| {
                    let of = [&violation.schema, &violation.table, &violation.name].map(|name| literal(name)).join(".");
                    (document(&violation.docs), format!("{} = {:?} {of}", violation.variant, violation.code))
                })
                .collect(),
            partitions: writes.partitions.as_ref().map(|partitions| {
                let pair = |(left, right): &(String, String)| format!("({}, {})", literal(left), literal(right));
                let pairs = |pairs: &[(String, String)]| pairs.iter().map(pair).collect::<Vec<_>>();
                let names = partitions.names.iter().map(|(schema, table, name, position)| {
                    format!("({}, {}, {}, {position})", literal(schema), literal(table), literal(name))
                });
                let forms =
                    partitions.forms.iter().map(|(position, middle, end)| format!("({position}, {}, {end:?})", literal(middle)));
                [
                    ("tables", pairs(&partitions.tables)),
                    ("names", names.collect()),
                    ("later", pairs(&partitions.later)),
                    ("others", pairs(&partitions.others)),
                    ("forms", forms.collect()),
                ]
            }),
        }
    }
}

fn parameter(field: &FieldPlan) -> String {
    let rust = outside(&field.data_type.rust);
    match field.data_type.parameter {
        Parameter::Value => rust,
        Parameter::Str => "&str".to_owned(),
        Parameter::Slice => match rust.split_once('<').and_then(|(_, rest)| rest.strip_suffix('>')) {
            Some(element) => format!("&[{element}]"),
            None => format!("&{rust}"),
        },
        Parameter::Reference => format!("&{rust}"),
    }
}
