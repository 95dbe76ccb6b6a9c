//! An entity's page.

use askama::Template;

use super::printed;
use super::text::{document, documentation, list, literal, only_with, tidy};
use crate::{
    plan::{Cardinality, EntityPlan, FieldPlan, Hop, KeyForm, RelationPlan, code},
    sync::MARK,
};

pub(super) fn page(entity: &EntityPlan, serde: bool) -> String {
    printed(&Page::of(entity, serde))
}

#[derive(Template)]
#[template(path = "entity.txt", escape = "none")]
struct Page {
    mark: &'static str,
    title: String,
    has_arrays: bool,
    docs: Vec<String>,
    derives: String,
    /// Documentation, and `name: Type`.
    fields: Vec<(Vec<String>, String)>,
    /// Features may leave relations out.
    is_gated: bool,
    relations: Vec<Relation>,
    schema: String,
    table: String,
    sql: String,
    access: &'static str,
    key: String,
    key_type: String,
    auto_increment: bool,
    columns: Vec<String>,
    links: Vec<Link>,
}

/// A relation that SeaORM joins by.
struct Relation {
    docs: String,
    only_with: Option<String>,
    variant: String,
    /// The arm of its definition.
    definition: String,
}

/// A relation as a value.
struct Link {
    docs: String,
    name: String,
    target: String,
    columns: String,
    /// `along User`, or `through [near, far]`.
    way: String,
    field: String,
    holder: &'static str,
    /// `, as path::Entity` where the entity alone says which relation is meant.
    entity: String,
    /// `, if "users"` where a feature may leave it out.
    features: String,
    /// `unordered` where the other entity has no key.
    unordered: &'static str,
}

impl Page {
    fn of(entity: &EntityPlan, serde: bool) -> Self {
        let direct = entity.relations.iter().filter(|relation| relation.hops.len() == 1);
        let key: Vec<String> = entity.key_fields().map(|field| field.variant.to_string()).collect();
        Self {
            mark: MARK,
            title: format!("The {} {}.", entity.kind, code(&format!("{}.{}", entity.schema, entity.table))),
            has_arrays: entity.fields.iter().any(FieldPlan::is_array),
            docs: documentation(&entity.docs),
            derives: derives(entity, serde),
            fields: entity
                .fields
                .iter()
                .map(|field| (documentation(&field.docs), format!("{}: {}", field.ident, tidy(&field.rust))))
                .collect(),
            is_gated: entity.relations.iter().any(|relation| !relation.features.is_empty()),
            relations: direct
                .map(|relation| Relation {
                    docs: document(&relation.docs),
                    only_with: only_with(&relation.features),
                    variant: relation.variant.to_string(),
                    definition: definition(relation),
                })
                .collect(),
            schema: literal(&entity.schema),
            table: literal(&entity.table),
            sql: literal(&entity.sql),
            access: if entity.read_only.is_some() { "read" } else { "written" },
            key_type: key_type(entity, key.len()),
            key: key.join(", "),
            auto_increment: entity.auto_increment,
            columns: entity
                .fields
                .iter()
                .enumerate()
                .map(|(position, field)| column(field, entity.key.contains(&position)))
                .collect(),
            links: entity.relations.iter().map(link).collect(),
        }
    }
}

fn derives(entity: &EntityPlan, serde: bool) -> String {
    let mut derives = vec!["Clone".to_owned(), "Debug".to_owned(), "PartialEq".to_owned()];
    if entity.fields.iter().all(|field| field.data_type.is_eq) {
        derives.push("Eq".to_owned());
    }
    if serde {
        derives.extend(["::serde::Deserialize".to_owned(), "::serde::Serialize".to_owned()]);
    }
    derives.extend(entity.derives.iter().map(tidy));
    derives.join(", ")
}

fn key_type(entity: &EntityPlan, length: usize) -> String {
    match entity.key_form {
        KeyForm::Tuple => {
            let types: Vec<String> = entity.key_fields().map(|field| tidy(&field.data_type.rust)).collect();
            if let [only] = types.as_slice() { only.clone() } else { format!("({})", types.join(", ")) }
        }
        KeyForm::Values => format!("crate::table::Key<{length}>"),
        KeyForm::None => format!("crate::table::NoKey<{length}>"),
    }
}

/// A column's line in the declaration.
fn column(field: &FieldPlan, in_key: bool) -> String {
    let FieldPlan { ident, rust, variant, column, data_type, required, unique, computed, .. } = field;
    let mut line = format!("{ident}: {} => {variant} {}, {}", tidy(rust), literal(column), data_type.definition);
    if !required {
        line.push_str(".nullable()");
    }
    if *unique {
        line.push_str(".unique()");
    }
    if data_type.is_foreign {
        line.push_str(", as Theirs");
    }
    if let Some(select) = &data_type.select {
        line.push_str(&format!(", from {}", literal(select)));
    }
    if let Some(save) = &data_type.save {
        line.push_str(&format!(", into {}", literal(save)));
    }
    if *computed {
        line.push_str(if in_key { ", only identity" } else { ", only server" });
    }
    line
}

/// What SeaORM joins by, along a key or against it.
fn definition(relation: &RelationPlan) -> String {
    let target = tidy(&relation.target);
    let head = format!("Self::{} => ", relation.variant);
    match &relation.hops[0] {
        Hop::Forward { columns, as_text } => {
            let pairs: Vec<String> = columns.iter().map(|(from, to)| format!("(Column::{from}, {target}::Column::{to})")).collect();
            let function = if *as_text { "on_text" } else { "on" };
            list(12, &format!("{head}crate::relation::{function}"), ["(&[", "])"], &pairs, "")
        }
        Hop::Inverse { module, variant } | Hop::Through { module, variant } => {
            let kind = match relation.cardinality {
                Cardinality::One => "HasOne",
                Cardinality::Many => "HasMany",
            };
            let arguments = [format!("{}::Relation::{variant}.def()", tidy(module)), format!("sea_orm::RelationType::{kind}")];
            list(12, &format!("{head}crate::relation::inverse"), ["(", ")"], &arguments, "")
        }
    }
}

fn link(relation: &RelationPlan) -> Link {
    let columns: Vec<String> = relation.key.iter().map(ToString::to_string).collect();
    let target = tidy(&relation.target);
    Link {
        docs: document(&relation.docs),
        name: relation.variant.to_string(),
        columns: columns.join(", "),
        way: match relation.hops.as_slice() {
            [Hop::Inverse { module, variant }, Hop::Through { module: far, variant: on }] => {
                format!("through [{}::Relation::{variant}.def().rev(), {}::Relation::{on}.def()]", tidy(module), tidy(far))
            }
            _ => format!("along {}", relation.variant),
        },
        field: relation.field.to_string(),
        holder: match relation.cardinality {
            Cardinality::One => "HasOne",
            Cardinality::Many => "HasMany",
        },
        entity: if relation.is_only_one { format!(", as {target}::Entity") } else { String::new() },
        features: if relation.features.is_empty() {
            String::new()
        } else {
            let features: Vec<String> = relation.features.iter().map(|feature| literal(feature)).collect();
            format!(", if {}", features.join(" "))
        },
        unordered: if relation.is_unordered { " unordered" } else { "" },
        target,
    }
}
