//! Rules on how tables are built: keys, indexes, types, names.

use std::collections::BTreeMap;

use super::{Context, drop_index, finding, free_name, sql};
use crate::{
    inspect::Finding,
    plan::{name::snake, sql_name, sql_string},
    schema::{Column, ConstraintKind, Id, Index, Table, TableKind, Walker},
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in context.tables().filter(|table| table.row().kind != TableKind::Foreign) {
        if !table.row().kind.is_view() {
            keys(context, table, findings);
            checks(context, table, findings);
            types(context, table, findings);
            triggers(table, findings);
        }
        indexes(context, table, findings);
    }
    habits(context, findings);
}

fn named(table: Walker<'_, Table>, name: &str) -> String {
    format!("{}.{name}", table.qualified())
}

fn columns(table: Walker<'_, Table>, ids: &[Id<Column>]) -> String {
    ids.iter().map(|&id| sql_name(&table.at(id).row().name)).collect::<Vec<_>>().join(", ")
}

/// SQL that gives a table a primary key, and SQL that takes it away.
fn primary_key(context: &Context<'_>, table: Walker<'_, Table>) -> Option<(String, String)> {
    let of = sql(table);
    let is_whole = |set: &Vec<Id<Column>>| set.iter().all(|&column| table.at(column).row().not_null);
    if let Some(set) = table.unique_keys().into_iter().find(is_whole) {
        let name = sql_name(&free_name(table, &format!("{}_pkey", table.name)));
        let cure = format!("alter table {of} add constraint {name} primary key ({});", columns(table, &set));
        return Some((cure, format!("alter table {of} drop constraint {name};")));
    }
    // An identity cannot be added to a table with partitions or children.
    let is_parent = context.schema.tables().any(|child| child.parents.contains(&table.id()));
    let key = (table.namespace().name.clone(), table.name.clone());
    let is_typed = context.live.tables.get(&key).is_some_and(|figures| figures.typed);
    if is_parent || is_typed || table.row().kind == TableKind::Partitioned || !table.row().parents.is_empty() {
        return None;
    }
    let is_free = |name: &&str| table.columns().all(|column| column.row().name != *name);
    let name = ["id", "row_id", "row_key"].into_iter().find(is_free)?;
    Some((
        format!("alter table {of} add column {name} bigint generated always as identity primary key;"),
        format!("alter table {of} drop column {name};"),
    ))
}

fn keys(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    if table.primary_key().is_none() {
        let (cure, undo) = primary_key(context, table).unzip();
        findings.push(Finding { cure, undo, ..finding("no-primary-key", table.qualified(), "has no primary key".to_owned()) });
    }
    for key in table.foreign_keys() {
        let wanted = &key.row().columns;
        let serves = |index: Walker<'_, Index>| {
            let row = index.row();
            let begin: Option<Vec<Id<Column>>> = row.keys.iter().take(wanted.len()).map(|key| key.column).collect();
            row.valid
                && row.predicate.is_none()
                && begin.is_some_and(|begin| begin.len() == wanted.len() && wanted.iter().all(|column| begin.contains(column)))
        };
        if !table.indexes().any(serves) {
            let list = columns(table, wanted);
            let names: Vec<&str> = wanted.iter().map(|&column| table.at(column).row().name.as_str()).collect();
            let name = sql_name(&free_name(table, &format!("{}_{}_idx", table.name, names.join("_"))));
            // https://www.postgresql.org/docs/current/sql-createindex.html: not on a partitioned table.
            let concurrently = if table.row().kind == TableKind::Partitioned { "" } else { " concurrently" };
            findings.push(Finding {
                evidence: vec![key.row().definition.clone()],
                cure: Some(format!("create index{concurrently} {name} on {} ({list});", sql(table))),
                undo: Some(format!("drop index{concurrently} {}.{name};", sql_name(&table.namespace().name))),
                ..finding("unindexed-foreign-key", named(table, &key.row().name), format!("no index begins with {list}"))
            });
        }
        if let ConstraintKind::ForeignKey { table: target, references, .. } = &key.row().kind {
            let target = table.at(*target);
            let is_primary = target.primary_key().is_some_and(|primary| primary.row().columns == *references);
            if target.namespace().name == "auth" && table.namespace().name != "auth" && !is_primary {
                findings.push(Finding {
                    evidence: vec![key.row().definition.clone()],
                    ..finding(
                        "foreign-key-to-auth-not-primary",
                        named(table, &key.row().name),
                        format!("refers to {} by columns that are not its primary key", target.qualified()),
                    )
                });
            }
        }
    }
}

fn checks(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    for check in table.constraints().filter(|constraint| constraint.row().kind == ConstraintKind::Check) {
        let row = check.row();
        if !row.validated {
            findings.push(Finding {
                evidence: vec![row.definition.clone()],
                cure: Some(format!("alter table {} validate constraint {};", sql(table), sql_name(&row.name))),
                ..finding(
                    "constraint-not-validated",
                    named(table, &row.name),
                    "was never checked against the rows that were there before".to_owned(),
                )
            });
        }
        let [column] = row.columns[..] else { continue };
        let column = table.at(column);
        let labels = labels(&row.definition);
        let is_text = matches!(column.declared_type().base().row().name.as_str(), "text" | "varchar");
        if !is_text || labels.len() < 2 {
            continue;
        }
        let kind = free_type(context, table, &format!("{}_{}", table.name, column.row().name));
        let name = format!("{}.{}", sql_name(&table.namespace().name), sql_name(&kind));
        let (of, field) = (sql(table), sql_name(&column.row().name));
        let listed: Vec<String> = labels.iter().map(|label| sql_string(label)).collect();
        let default = column.row().default.as_ref();
        let mut cure = format!(
            "create type {name} as enum ({});\nalter table {of} drop constraint {};\n",
            listed.join(", "),
            sql_name(&row.name)
        );
        if default.is_some() {
            cure.push_str(&format!("alter table {of} alter column {field} drop default;\n"));
        }
        cure.push_str(&format!("alter table {of} alter column {field} type {name} using {field}::text::{name};"));
        let label = default.and_then(|default| literal(default));
        if let Some(label) = &label {
            cure.push_str(&format!("\nalter table {of} alter column {field} set default {};", sql_string(label)));
        }
        let mut undo = String::new();
        if label.is_some() {
            undo.push_str(&format!("alter table {of} alter column {field} drop default;\n"));
        }
        let text = &column.row().type_text;
        undo.push_str(&format!("alter table {of} alter column {field} type {text} using {field}::{text};\n"));
        if let Some(default) = default {
            undo.push_str(&format!("alter table {of} alter column {field} set default {default};\n"));
        }
        undo.push_str(&format!("alter table {of} add constraint {} {};\ndrop type {name};", sql_name(&row.name), row.definition));
        let mut evidence = vec![row.definition.clone()];
        let kept = context.keeps_type(column, Some(&row.name));
        evidence.extend(kept.as_ref().map(|what| format!("the type cannot be changed alone: {what} depends on it")));
        findings.push(Finding {
            evidence,
            cure: kept.is_none().then_some(cure),
            undo: kept.is_none().then_some(undo),
            ..finding("check-as-enum", column.qualified(), format!("a check lists its {} values", labels.len()))
        });
    }
}

/// A name that no type and no table of the schema has: this one, or it with a number.
fn free_type(context: &Context<'_>, table: Walker<'_, Table>, wanted: &str) -> String {
    let schema = &table.namespace().name;
    let is_type = |name: &str| context.schema.types().any(|kind| kind.row().name == name && kind.row().schema == *schema);
    let mut name = free_name(table, wanted);
    for number in 2.. {
        if !is_type(&name) {
            break;
        }
        name = free_name(table, &format!("{wanted}_{number}"));
    }
    name
}

/// The strings of `CHECK ((status = ANY (ARRAY['a'::text, 'b'::text])))`; none where it says more.
pub(in crate::inspect) fn labels(definition: &str) -> Vec<String> {
    if definition.matches(" = ANY ").count() != 1 || definition.contains(" AND ") || definition.contains(" OR ") {
        return Vec::new();
    }
    let Some(from) = definition.find("ARRAY[") else { return Vec::new() };
    strings(&definition[from..])
}

/// The string literals of an expression that the server printed.
fn strings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\'' {
            continue;
        }
        let mut value = String::new();
        while let Some(letter) = letters.next() {
            if letter == '\'' && letters.next_if_eq(&'\'').is_none() {
                break;
            }
            value.push(letter);
        }
        found.push(value);
    }
    found
}

/// The value of a default that is one string.
fn literal(default: &str) -> Option<String> {
    default.starts_with('\'').then(|| strings(default).into_iter().next()).flatten()
}

fn types(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    for column in table.columns() {
        let base = column.declared_type().base();
        let (of, name) = (sql(table), sql_name(&column.row().name));
        let generated = column.row().generation.is_some();
        let text = &column.row().type_text;
        let change = |to: &str, using: &str| format!("alter table {of} alter column {name} type {to} using {using};");
        let kind = (base.row().schema == "pg_catalog").then_some(base.row().name.as_str());
        let (rule, message, cure) = match kind {
            Some("timestamp") => {
                let zoned = text.replace("without time zone", "with time zone");
                let at = format!("{name} at time zone 'UTC'");
                let cure = format!("-- where the values are of UTC\n{}", change(&zoned, &at));
                ("timestamp-without-time-zone", "is a timestamp without time zone", Some((cure, change(text, &at))))
            }
            Some("json") => {
                let cure = change("jsonb", &format!("{name}::jsonb"));
                ("json-not-jsonb", "is json", Some((cure, change("json", &format!("{name}::json")))))
            }
            Some("bpchar") => {
                let cure = change("text", &format!("rtrim({name})"));
                ("character-n", "is char(n)", Some((cure, change(text, &format!("{name}::{text}")))))
            }
            Some(
                "regcollation" | "regconfig" | "regdictionary" | "regnamespace" | "regoper" | "regoperator" | "regproc"
                | "regprocedure",
            ) => ("unsupported-type", "is of a type that keeps pg_upgrade from running", None),
            _ => continue,
        };
        let mut evidence = vec![text.clone()];
        let kept = cure.as_ref().and_then(|_| context.keeps_type(column, None));
        evidence.extend(kept.as_ref().map(|what| format!("the type cannot be changed alone: {what} depends on it")));
        let (cure, undo) = cure.filter(|_| !generated && kept.is_none()).unzip();
        findings.push(Finding { evidence, cure, undo, ..finding(rule, column.qualified(), message.to_owned()) });
    }
}

fn triggers(table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    for trigger in table.triggers().filter(|trigger| trigger.row().enabled == "D") {
        let name = &trigger.row().name;
        findings.push(Finding {
            evidence: vec![trigger.row().definition.clone()],
            cure: Some(format!("alter table {} enable trigger {};", sql(table), sql_name(name))),
            undo: Some(format!("alter table {} disable trigger {};", sql(table), sql_name(name))),
            ..finding("trigger-disabled", named(table, name), "does not fire".to_owned())
        });
    }
}

/// What an index is apart from its name: text of its definition from the method on.
fn shape(index: Walker<'_, Index>) -> String {
    let definition = &index.row().definition;
    let shape = definition.split_once(" USING ").map_or(definition.as_str(), |(_, shape)| shape);
    format!("{} {} {shape}", index.row().unique, index.row().nulls_not_distinct)
}

fn indexes(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    let mut shapes = BTreeMap::<String, Vec<Walker<'_, Index>>>::new();
    for index in table.indexes() {
        let row = index.row();
        let object = format!("{}.{}", table.namespace().name, row.name);
        if !row.valid {
            findings.push(Finding {
                evidence: vec![row.definition.clone()],
                cure: (table.row().kind != TableKind::Partitioned)
                    .then(|| format!("reindex index concurrently {}.{};", sql_name(&table.namespace().name), sql_name(&row.name))),
                ..finding("invalid-index", object, "is not valid".to_owned())
            });
            continue;
        }
        shapes.entry(shape(index)).or_default().push(index);
        // An index on the same first columns does what this one does, where nothing but the order of rows is asked of it.
        let is_plain = |row: &Index| row.method == "btree" && row.predicate.is_none();
        let serves = |other: &Walker<'_, Index>| {
            let wide = other.row();
            other.id() != index.id()
                && wide.valid
                && is_plain(wide)
                && wide.keys.len() > row.keys.len()
                && wide.keys.iter().zip(&row.keys).all(|(wide, narrow)| wide == narrow)
        };
        if row.unique || !is_plain(row) || !row.included.is_empty() {
            continue;
        }
        let equal = |other: &Walker<'_, Index>| {
            other.row().unique && other.row().valid && is_plain(other.row()) && other.row().keys == row.keys
        };
        if let Some(wide) = table.indexes().find(serves).or_else(|| table.indexes().find(equal)) {
            let (cure, undo) = drop_index(table, index);
            findings.push(Finding {
                evidence: vec![row.definition.clone(), wide.row().definition.clone()],
                cure: Some(cure),
                undo,
                ..finding("redundant-index", object, format!("{} does what it does", wide.row().name))
            });
        }
    }
    for same in shapes.into_values().filter(|same| same.len() > 1) {
        // What a constraint needs, stays.
        let constraint =
            |index: &Walker<'_, Index>| table.constraints().find(|constraint| constraint.row().name == index.row().name);
        let primary = same.iter().position(|index| constraint(index).is_some_and(|of| of.row().kind == ConstraintKind::PrimaryKey));
        let kept = primary.or_else(|| same.iter().position(|index| constraint(index).is_some())).unwrap_or(0);
        for (_, index) in same.iter().enumerate().filter(|(position, _)| *position != kept) {
            // A foreign key may be held by either of two unique indexes.
            let is_referred_to = index.row().unique
                && context.schema.tables().flat_map(Walker::<Table>::foreign_keys).any(
                    |key| matches!(&key.row().kind, ConstraintKind::ForeignKey { table: target, .. } if *target == table.id()),
                );
            let (cure, undo) = drop_index(table, *index);
            findings.push(Finding {
                evidence: vec![same[kept].row().definition.clone(), index.row().definition.clone()],
                cure: (!is_referred_to).then_some(cure),
                undo: undo.filter(|_| !is_referred_to),
                ..finding(
                    "duplicate-index",
                    format!("{}.{}", table.namespace().name, index.row().name),
                    format!("is the same as {}", same[kept].row().name),
                )
            });
        }
    }
}

/// Columns that are named or typed otherwise than their kin.
fn habits(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut kinds = BTreeMap::<(String, String), BTreeMap<String, Vec<Walker<'_, Column>>>>::new();
    let mut styles = BTreeMap::<String, (Vec<Walker<'_, Column>>, usize)>::new();
    for table in context.tables().filter(|table| !table.row().kind.is_view()) {
        for column in table.columns() {
            let name = &column.row().name;
            let kind = column.declared_type().base().qualified();
            let schema = table.namespace().name.clone();
            kinds.entry((schema.clone(), snake(name))).or_default().entry(kind).or_default().push(column);
            let style = styles.entry(schema).or_default();
            if name.chars().any(char::is_uppercase) {
                style.0.push(column);
            } else if name.contains('_') {
                style.1 += 1;
            }
        }
    }
    for ((_, name), of_name) in kinds {
        // An id is as the table's key is.
        let all: usize = of_name.values().map(Vec::len).sum();
        let Some((habit, kin)) = of_name.iter().max_by_key(|(kind, columns)| (columns.len(), std::cmp::Reverse((*kind).clone())))
        else {
            continue;
        };
        if name == "id" || all < 4 || kin.len() * 4 < all * 3 || of_name.len() < 2 {
            continue;
        }
        let (habit, count) = (habit.clone(), kin.len());
        for column in of_name.iter().filter(|(kind, _)| **kind != habit).flat_map(|(_, columns)| columns) {
            findings.push(Finding {
                evidence: vec![format!("{}; {count} other columns called {name} are {}", column.row().type_text, short(&habit))],
                ..finding(
                    "type-against-habit",
                    column.qualified(),
                    format!("is {}, its kin are {}", column.row().type_text, short(&habit)),
                )
            });
        }
    }
    for (schema, (camel, snake_case)) in styles {
        if camel.is_empty() || snake_case < 10 || camel.len() * 4 > snake_case {
            continue;
        }
        for column in camel {
            let table = column.table();
            let wanted = snake(&column.row().name);
            let is_free = table.columns().all(|other| other.row().name != wanted);
            let rename = |from: &str, to: &str| {
                is_free.then(|| format!("alter table {} rename column {} to {};", sql(table), sql_name(from), sql_name(to)))
            };
            findings.push(Finding {
                evidence: vec![format!("{snake_case} columns of {schema} are written with underscores")],
                cure: rename(&column.row().name, &wanted),
                undo: rename(&wanted, &column.row().name),
                ..finding("name-against-habit", column.qualified(), format!("the habit of the schema would be {wanted}"))
            });
        }
    }
}

fn short(kind: &str) -> &str {
    kind.strip_prefix("pg_catalog.").unwrap_or(kind)
}

#[cfg(test)]
mod tests {
    use super::{labels, literal};

    #[test]
    fn the_values_of_a_check_are_read() {
        let definition = "CHECK ((kind = ANY (ARRAY['a'::text, 'it''s'::text])))";
        assert_eq!(labels(definition), ["a", "it's"]);
        assert!(labels("CHECK ((a > 1))").is_empty());
        assert!(labels("CHECK (((kind = ANY (ARRAY['a'::text])) OR (other IS NULL)))").is_empty());
        assert_eq!(literal("'new'::text"), Some("new".to_owned()));
        assert_eq!(literal("now()"), None);
    }
}
