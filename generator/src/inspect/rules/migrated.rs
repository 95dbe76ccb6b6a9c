//! What migration files define, beside what is there.

use std::collections::BTreeSet;

use super::{Context, finding};
use crate::{
    inspect::{
        Finding, Severity,
        migrations::{Migration, Place},
    },
    plan::{sql_name, sql_string},
    schema::{Schema, Table, TypeKind, Walker},
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let read: BTreeSet<String> = context.schema.namespaces().map(|namespace| namespace.name.clone()).collect();
    let find =
        |key: &(String, String)| context.schema.tables().find(|table| table.name == key.1 && table.namespace().name == key.0);
    for migration in &context.options.migrations {
        let folder = migration.folder.display().to_string();
        let applied = applied_files(context, migration);
        for (key, table) in migration.tables.iter().filter(|(key, _)| read.contains(&key.0)) {
            let object = format!("{}.{}", key.0, key.1);
            match find(key) {
                None => findings.push(Finding {
                    // What a view goes with is not followed as closely as tables are.
                    severity: if table.is_view { Severity::Warning } else { Severity::Error },
                    evidence: vec![format!("{} defines it", place(&table.place))],
                    command: (!applied.contains(&table.place.file)).then(|| command(&table.place.file)),
                    group: format!("missing-table from {}", table.place.file),
                    ..finding("missing-table", object, "is in the migration files, and not in the database".to_owned())
                }),
                Some(there) => {
                    for column in &table.columns {
                        if !there.columns().any(|of| of.row().name == column.name) {
                            let (of, name) = (format!("{}.{}", sql_name(&key.0), sql_name(&key.1)), sql_name(&column.name));
                            findings.push(Finding {
                                evidence: vec![format!("{} defines it", place(&column.place))],
                                cure: Some(format!("alter table {of} add column {name} {};", column.r#type)),
                                undo: Some(format!("alter table {of} drop column {name};")),
                                ..finding(
                                    "missing-column",
                                    format!("{object}.{}", column.name),
                                    "is in the migration files, and not in the database".to_owned(),
                                )
                            });
                        }
                    }
                    if !table.is_view {
                        unknown_columns(
                            there,
                            &table.columns.iter().map(|column| column.name.as_str()).collect(),
                            &folder,
                            findings,
                        );
                    }
                }
            }
        }
        for (key, kind) in migration.enums.iter().filter(|(key, _)| read.contains(&key.0)) {
            let object = format!("{}.{}", key.0, key.1);
            let there = labels(context.schema, key);
            let missing: Vec<&String> =
                kind.labels.iter().filter(|label| there.as_ref().is_none_or(|there| !there.contains(label))).collect();
            if missing.is_empty() {
                continue;
            }
            let name = format!("{}.{}", sql_name(&key.0), sql_name(&key.1));
            let quoted = |label: &&String| sql_string(label);
            let (message, cure, undo) = if there.is_none() {
                let all: Vec<String> = missing.iter().map(quoted).collect();
                (
                    "is in the migration files, and not in the database",
                    format!("create type {name} as enum ({});", all.join(", ")),
                    Some(format!("drop type {name};")),
                )
            } else {
                let all: Vec<String> =
                    missing.iter().map(|label| format!("alter type {name} add value {};", quoted(label))).collect();
                ("lacks labels that the migration files define", all.join("\n"), None)
            };
            findings.push(Finding {
                evidence: vec![format!(
                    "{} defines {}",
                    place(&kind.place),
                    missing.iter().map(quoted).collect::<Vec<_>>().join(", ")
                )],
                cure: Some(cure),
                undo,
                ..finding("missing-enum", object, message.to_owned())
            });
        }
        // Only of schemas that the files write into can be said that something is not in them.
        for schema in &migration.schemas {
            unknown_tables(context, migration, schema, findings);
        }
        for kind in context.schema.types().filter(|kind| migration.schemas.contains(&kind.row().schema)) {
            let key = (kind.row().schema.clone(), kind.row().name.clone());
            let is_own = matches!(kind.row().kind, TypeKind::Enum(_)) && kind.row().extension.is_none();
            if is_own && !migration.enums.contains_key(&key) {
                findings.push(Finding {
                    evidence: vec![format!("no file of {folder} defines it")],
                    ..finding("not-in-migrations", kind.qualified(), "is in the database, and in no migration file".to_owned())
                });
            }
        }
    }
}

/// The files of which something is in the database: running one of them again would fail.
fn applied_files(context: &Context<'_>, migration: &Migration) -> BTreeSet<String> {
    let mut applied = BTreeSet::new();
    for table in context.schema.tables() {
        let Some(migrated) = migration.tables.get(&(table.namespace().name.clone(), table.name.clone())) else { continue };
        applied.insert(migrated.place.file.clone());
        let is_there = |name: &str| table.columns().any(|column| column.row().name == name);
        applied.extend(migrated.columns.iter().filter(|column| is_there(&column.name)).map(|column| column.place.file.clone()));
    }
    for (key, kind) in &migration.enums {
        if labels(context.schema, key).is_some() {
            applied.insert(kind.place.file.clone());
        }
    }
    applied
}

/// The command that runs a file.
fn command(file: &str) -> String {
    format!("psql --single-transaction --file {} \"$DATABASE_URL\"", shell(file))
}

/// The tables of a schema that no file defines: a line each, or one where the files define but a few.
fn unknown_tables(context: &Context<'_>, migration: &Migration, schema: &str, findings: &mut Vec<Finding>) {
    let folder = migration.folder.display();
    let inside: Vec<Walker<'_, Table>> = context.tables().filter(|table| table.namespace().name == schema).collect();
    let is_unknown = |table: &&Walker<'_, Table>| !migration.tables.contains_key(&(schema.to_owned(), table.name.clone()));
    let unknown: Vec<&Walker<'_, Table>> = inside.iter().filter(is_unknown).collect();
    if 2 * unknown.len() > inside.len() {
        let message = format!("{} of its {} tables are in no migration file", unknown.len(), inside.len());
        let evidence = unknown.iter().map(|table| table.qualified()).collect();
        findings.push(Finding { evidence, ..finding("not-in-migrations", format!("schema {schema}"), message) });
        return;
    }
    for table in unknown {
        findings.push(Finding {
            evidence: vec![format!("no file of {folder} defines it")],
            ..finding("not-in-migrations", table.qualified(), "is in the database, and in no migration file".to_owned())
        });
    }
}

fn unknown_columns(table: Walker<'_, Table>, known: &BTreeSet<&str>, folder: &str, findings: &mut Vec<Finding>) {
    if known.is_empty() {
        return;
    }
    for column in table.columns().filter(|column| !known.contains(column.row().name.as_str())) {
        findings.push(Finding {
            severity: Severity::Info,
            evidence: vec![format!("no file of {folder} defines it")],
            ..finding("not-in-migrations", column.qualified(), "is in the database, and in no migration file".to_owned())
        });
    }
}

fn labels(schema: &Schema, key: &(String, String)) -> Option<Vec<String>> {
    schema.types().find_map(|kind| match &kind.row().kind {
        TypeKind::Enum(labels) if kind.row().schema == key.0 && kind.row().name == key.1 => Some(labels.clone()),
        _ => None,
    })
}

fn place(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

fn shell(path: &str) -> String {
    let is_plain = path.chars().all(|letter| letter.is_ascii_alphanumeric() || "/._-".contains(letter));
    if is_plain { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
