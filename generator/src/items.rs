//! What callers can name of the generated crates, and what a change of the database does to it.
//!
//! An item is a path with a signature, and the objects of the database that it stands for. Two plans
//! are compared by their items: one that is gone or reads otherwise breaks its callers, a new one
//! does not, unless callers must say it (a required column of a new row) or match it (a variant of
//! an enum). The judgement assumes what the documentation of both crates says: models are read, not
//! put together by hand, and `New…Defaults` and `…Changes` end with `..Default::default()`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    plan::{Cardinality, DomainPlan, EntityPlan, FieldPlan, KeyForm, LookupPart, Plan, QueryPlan, RowPlan},
    sql::Command,
};

/// What a change means for callers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing that callers can name differs.
    #[default]
    None,
    /// There is more to call; what was called still compiles.
    Compatible,
    /// It cannot be told, which counts as breaking.
    Unknown,
    /// Code that names a touched item no longer compiles.
    Breaking,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Compatible => "compatible",
            Self::Unknown => "unknown",
            Self::Breaking => "breaking",
        })
    }
}

/// How an item differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Touch {
    /// It is new.
    New,
    /// It reads otherwise.
    Changed,
    /// It is gone.
    Gone,
}

/// An item that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Touched {
    /// Its path.
    pub path: String,
    /// How it differs.
    pub touch: Touch,
    /// What that means.
    pub verdict: Verdict,
    /// The objects of the database that it stands for.
    #[serde(skip)]
    pub objects: Vec<String>,
    /// The statement that it comes from: `domain/file.sql` and the statement's name.
    #[serde(skip)]
    pub statement: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    signature: String,
    objects: Vec<String>,
    /// Callers must say or match it once it is there.
    is_demanding: bool,
    /// The file and name of the statement that it comes from.
    statement: Option<(String, String)>,
}

type Items = BTreeMap<String, Item>;

/// The items that differ between two plans, by path.
pub fn touched(old: &Plan, new: &Plan) -> Vec<Touched> {
    let (old, new) = (items(old), items(new));
    let mut touched = Vec::new();
    for (path, item) in &old {
        match new.get(path) {
            None => touched.push(Touched {
                path: path.clone(),
                touch: Touch::Gone,
                verdict: Verdict::Breaking,
                objects: item.objects.clone(),
                statement: item.statement.clone(),
            }),
            Some(now) if now.signature != item.signature => {
                let objects = item.objects.iter().chain(&now.objects).cloned().collect();
                touched.push(Touched {
                    path: path.clone(),
                    touch: Touch::Changed,
                    verdict: Verdict::Breaking,
                    objects,
                    statement: item.statement.clone(),
                });
            }
            Some(_) => {}
        }
    }
    for (path, item) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
        // What is below a new thing is new with it.
        let is_below_new = parent(path).is_some_and(|above| new.contains_key(above) && !old.contains_key(above));
        let verdict = if item.is_demanding && !is_below_new { Verdict::Breaking } else { Verdict::Compatible };
        let (objects, statement) = (item.objects.clone(), item.statement.clone());
        touched.push(Touched { path: path.clone(), touch: Touch::New, verdict, objects, statement });
    }
    // Of a module or type that came or went, its own path says all.
    let whole: BTreeMap<String, Touch> =
        touched.iter().filter(|item| item.touch != Touch::Changed).map(|item| (item.path.clone(), item.touch)).collect();
    touched.retain(|item| {
        let above = std::iter::successors(parent(&item.path), |path| parent(path));
        !above.into_iter().any(|path| whole.get(path) == Some(&item.touch))
    });
    touched.sort_by(|left, right| left.path.cmp(&right.path));
    touched
}

/// The paths of enums in the text of a type.
fn enum_paths(text: &str) -> impl Iterator<Item = &str> {
    const START: &str = "crate::enums::";
    let is_path = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':' | '#');
    text.match_indices(START).map(move |(at, _)| {
        let rest = &text[at..];
        &rest[..rest.find(|letter| !is_path(letter)).unwrap_or(rest.len())]
    })
}

/// The path of the module or type that an item is in.
fn parent(path: &str) -> Option<&str> {
    path.rsplit_once("::").map(|(above, _)| above)
}

struct Collector {
    items: Items,
    /// The tables behind the paths of modules.
    tables: BTreeMap<String, String>,
    /// The enums behind the paths of types.
    enums: BTreeMap<String, String>,
}

fn enums(plan: &Plan) -> BTreeMap<String, String> {
    let of = plan.enums.iter().flat_map(|schema| {
        schema.enums.iter().map(move |plan| (format!("crate::enums::{}::{}", schema.module, plan.ident), plan.name.clone()))
    });
    of.collect()
}

fn tables(plan: &Plan) -> BTreeMap<String, String> {
    let of = |domain: &DomainPlan, entity: &EntityPlan| (format!("crate::{}::{}", domain.module, entity.module), qualified(entity));
    plan.domains.iter().flat_map(|domain| domain.entities.iter().map(move |entity| of(domain, entity))).collect()
}

impl Collector {
    fn add(&mut self, path: String, signature: impl AsRef<str>, objects: Vec<String>) {
        self.insert(path, signature.as_ref().to_owned(), objects, false);
    }

    fn insert(&mut self, path: String, signature: String, mut objects: Vec<String>, is_demanding: bool) {
        let plain = signature.replace(' ', "");
        objects.extend(enum_paths(&plain).filter_map(|path| self.enums.get(path).cloned()));
        self.items.insert(path, Item { signature, objects, is_demanding, statement: None });
    }

    /// Both ends of a relation.
    fn ends(&self, table: &str, target: &crate::plan::Code) -> Vec<String> {
        let target = self.tables.get(&target.to_string().replace(' ', "")).cloned();
        std::iter::once(table.to_owned()).chain(target).collect()
    }

    fn of_statement(&mut self, path: &str, signature: String, objects: Vec<String>, statement: &(String, String)) {
        self.insert(path.to_owned(), signature, objects, false);
        if let Some(item) = self.items.get_mut(path) {
            item.statement = Some(statement.clone());
        }
    }

    fn demand(&mut self, path: String, signature: impl AsRef<str>, objects: Vec<String>) {
        self.insert(path, signature.as_ref().to_owned(), objects, true);
    }
}

fn items(plan: &Plan) -> Items {
    let mut items = Collector { items: Items::new(), tables: tables(plan), enums: enums(plan) };
    for schema in &plan.enums {
        for plan in &schema.enums {
            let path = format!("entities::enums::{}::{}", schema.module, plan.ident);
            items.add(path.clone(), "", vec![plan.name.clone()]);
            for (label, variant) in &plan.variants {
                items.demand(format!("{path}::{variant}"), label, vec![plan.name.clone()]);
            }
        }
    }
    for domain in &plan.domains {
        for entity in &domain.entities {
            entity_items(&mut items, domain, entity);
            query_items(&mut items, domain, entity);
        }
    }
    for folder in &plan.queries {
        for file in &folder.files {
            for query in &file.functions {
                let path = format!("queries::{}::{}", folder.module, file.module);
                sql_items(&mut items, &path, &(file.source.clone(), query.statement.clone()), query);
            }
        }
    }
    items.items
}

fn qualified(entity: &EntityPlan) -> String {
    format!("{}.{}", entity.schema, entity.table)
}

fn object(entity: &EntityPlan, field: &FieldPlan) -> String {
    format!("{}.{}", qualified(entity), field.column)
}

fn objects(entity: &EntityPlan, fields: &[usize]) -> Vec<String> {
    fields.iter().map(|&position| object(entity, &entity.fields[position])).collect()
}

fn entity_items(items: &mut Collector, domain: &DomainPlan, entity: &EntityPlan) {
    let path = format!("entities::{}::{}", domain.module, entity.module);
    let table = qualified(entity);
    items.add(path.clone(), "", vec![table.clone()]);
    if entity.key_form != KeyForm::None {
        let key = types(entity, &entity.key);
        items.add(format!("{path}::PrimaryKey"), format!("{:?} {key}", entity.key_form), objects(entity, &entity.key));
    }
    if entity.read_only.is_none() {
        items.add(format!("{path}::ActiveModel"), "", vec![table.clone()]);
    }
    for field in &entity.fields {
        items.add(format!("{path}::Model::{}", field.ident), field.rust.to_string(), vec![object(entity, field)]);
        items.add(format!("{path}::Column::{}", field.variant), "", vec![object(entity, field)]);
    }
    for relation in &entity.relations {
        let many = matches!(relation.cardinality, Cardinality::Many);
        let ends = items.ends(&table, &relation.target);
        items.add(format!("{path}::link::{}", relation.variant), format!("{} {many}", relation.target), ends);
    }
}

fn types(entity: &EntityPlan, fields: &[usize]) -> String {
    fields.iter().map(|&position| entity.fields[position].data_type.rust.text()).collect::<Vec<_>>().join(", ")
}

fn query_items(items: &mut Collector, domain: &DomainPlan, entity: &EntityPlan) {
    let path = format!("queries::{}::{}", domain.module, entity.module);
    let table = qualified(entity);
    items.add(path.clone(), "", vec![table.clone()]);
    let writes = entity.writes.as_ref();
    let mut by = |verbs: &[&str], name: &str, signature: &str, objects: &[String]| {
        for verb in verbs {
            items.add(format!("{path}::{verb}_by_{name}"), signature, objects.to_vec());
        }
    };
    let finds: &[&str] = if writes.is_some() { &["get", "exists", "update", "delete"] } else { &["get", "exists"] };
    for lookup in &entity.lookups {
        by(finds, &lookup.name, &types(entity, &lookup.fields), &objects(entity, &lookup.fields));
    }
    for lookup in &entity.partial_lookups {
        let parts: Vec<String> = lookup
            .parts
            .iter()
            .map(|part| match part {
                LookupPart::Field(position) => types(entity, &[*position]),
                LookupPart::Text(..) => "str".to_owned(),
            })
            .collect();
        by(finds, &lookup.name, &parts.join(", "), std::slice::from_ref(&table));
    }
    for list in &entity.lists {
        by(&["list", "stream", "count"], &list.name, &types(entity, &list.fields), &objects(entity, &list.fields));
    }
    for scan in &entity.scans {
        by(&["scan"], &scan.name, &types(entity, &scan.fields), &objects(entity, &scan.fields));
    }
    for relation in &entity.relations {
        let name = relation.name.trim_start_matches('_');
        let many = matches!(relation.cardinality, Cardinality::Many);
        let ends = items.ends(&table, &relation.target);
        items.add(format!("{path}::load_{name}"), format!("{} {many}", relation.target), ends);
    }
    let Some(writes) = writes else { return };
    for function in ["insert", "insert_many"] {
        items.add(format!("{path}::{function}"), "", vec![table.clone()]);
    }
    for (lookup, _) in entity.upserts() {
        items.add(format!("{path}::upsert_on_{}", lookup.name), types(entity, &lookup.fields), objects(entity, &lookup.fields));
    }
    let (new, defaults, changes) = (entity.named("New", ""), entity.named("New", "Defaults"), entity.named("", "Changes"));
    let error = entity.named("", "Error");
    for name in [&new, &defaults, &changes, &error] {
        items.add(format!("{path}::{name}"), "", vec![table.clone()]);
    }
    for &position in &writes.required {
        let field = &entity.fields[position];
        items.demand(format!("{path}::{new}::{}", field.ident), field.rust.to_string(), vec![object(entity, field)]);
    }
    for (of, positions) in [(defaults, &writes.optional), (changes, &writes.changed)] {
        for &position in positions {
            let field = &entity.fields[position];
            items.add(format!("{path}::{of}::{}", field.ident), field.rust.to_string(), vec![object(entity, field)]);
        }
    }
    for violation in &writes.violations {
        let object = format!("{}.{}.{}", violation.schema, violation.table, violation.name);
        items.add(format!("{path}::{error}::{}", violation.variant), violation.code, vec![object]);
    }
}

fn sql_items(items: &mut Collector, path: &str, statement: &(String, String), query: &QueryPlan) {
    let arguments: Vec<String> = query
        .arguments
        .iter()
        .map(|argument| format!("{}: {:?} {} {}", argument.ident, argument.form.text(), argument.nullable, argument.is_condition))
        .collect();
    let is_written = matches!(query.command, Command::Exec | Command::Rows);
    let mut result = query.command.to_string();
    match &query.result {
        Some(RowPlan::Scalar(field)) => result.push_str(&field.rust.to_string()),
        Some(RowPlan::Struct { ident, fields }) => {
            for field in fields {
                let path = format!("{path}::{ident}::{}", field.ident);
                items.of_statement(&path, field.rust.to_string(), query.objects.clone(), statement);
            }
        }
        None => {}
    }
    let error = query.error.as_ref().map(ToString::to_string).unwrap_or_default();
    let signature = format!("{} -> {result} {error} {is_written}", arguments.join(", "));
    items.of_statement(&format!("{path}::{}", query.ident), signature, query.objects.clone(), statement);
}
