//! Rules on what is used: tables, columns, enums, functions, sequences.

use super::{Context, drop_index, facts, finding, option_of, sql};
use crate::{
    inspect::{Finding, Inspection, Severity},
    plan::{sql_name, sql_string},
    schema::{Column, Generation, TableKind, Walker},
};

pub(super) fn check(context: &Context<'_>, inspection: &Inspection, findings: &mut Vec<Finding>) {
    tables(context, inspection, findings);
    domains(inspection, findings);
    enums(inspection, findings);
    functions(context, inspection, findings);
    sequences(context, inspection, findings);
    for slot in &context.live.idle_slots {
        findings.push(Finding {
            cure: Some(format!("select pg_drop_replication_slot({});", sql_string(slot))),
            ..finding("unused-replication-slot", slot.clone(), "is not read by anyone".to_owned())
        });
    }
}

fn tables(context: &Context<'_>, inspection: &Inspection, findings: &mut Vec<Finding>) {
    for table in context.tables() {
        let facts = facts(inspection, table);
        let key = (facts.schema.clone(), facts.name.clone());
        let figures = context.live.tables.get(&key).cloned().unwrap_or_default();
        if facts.rows == Some(0) && !facts.estimated && !table.row().kind.is_view() {
            let written = match figures.writes {
                0 => "nothing was written since the statistics began".to_owned(),
                writes => format!("{writes} rows were written since the statistics began"),
            };
            findings
                .push(Finding { evidence: vec![written], ..finding("empty-table", facts.qualified(), "holds no row".to_owned()) });
        }
        for column in facts.columns.iter().filter(|column| column.always_null) {
            let of_column = table.columns().find(|of| of.row().name == column.name);
            if of_column.is_some_and(|of| matches!(of.row().generation, Some(Generation::Stored | Generation::Virtual)))
                || table.row().kind.is_view()
            {
                continue;
            }
            let rows = column.nulls.unwrap_or_default();
            let looked = if facts.estimated { "rows that were looked at" } else { "rows" };
            findings.push(Finding {
                evidence: vec![format!("NULL in all {rows} {looked}")],
                ..finding("always-null-column", format!("{}.{}", facts.qualified(), column.name), "is always NULL".to_owned())
            });
        }
        if figures.dead_rows > 10_000 && figures.dead_rows * 5 > figures.live_rows {
            findings.push(Finding {
                evidence: vec![format!("{} dead rows, {} live ones, as the statistics say", figures.dead_rows, figures.live_rows)],
                cure: Some(format!("vacuum (analyze, verbose) {};", sql(table))),
                ..finding("table-bloat", facts.qualified(), "holds many dead rows".to_owned())
            });
        }
        if option_of(&figures.options, "autovacuum_enabled") == Some(false) {
            findings.push(Finding {
                cure: Some(format!("alter table {} reset (autovacuum_enabled);", sql(table))),
                undo: Some(format!("alter table {} set (autovacuum_enabled = off);", sql(table))),
                ..finding("autovacuum-disabled", facts.qualified(), "is not vacuumed".to_owned())
            });
        }
        for index in table.indexes().filter(|index| !index.row().unique) {
            let of_index = context.live.indexes.get(&(key.0.clone(), key.1.clone(), index.row().name.clone()));
            // A table that nobody queried says nothing of its indexes.
            if let Some((0, bytes)) = of_index.filter(|_| figures.scans >= 1000) {
                let (cure, undo) = drop_index(table, index);
                findings.push(Finding {
                    evidence: vec![format!("{} scans of the table, none by this index of {bytes} bytes", figures.scans)],
                    cure: Some(cure),
                    undo,
                    ..finding("unused-index", format!("{}.{}", key.0, index.row().name), "was not used".to_owned())
                });
            }
        }
    }
}

/// Features that nobody uses.
fn domains(inspection: &Inspection, findings: &mut Vec<Finding>) {
    for domain in &inspection.domains {
        let tables: Vec<_> = inspection.tables.iter().filter(|table| table.domain.as_deref() == Some(&domain.name)).collect();
        if tables.len() > 1 && tables.iter().all(|table| table.rows == Some(0) && !table.estimated) {
            findings.push(Finding {
                evidence: tables.iter().map(|table| table.qualified()).collect(),
                ..finding(
                    "empty-domain",
                    format!("domain {}", domain.name),
                    format!("none of its {} tables holds a row", tables.len()),
                )
            });
        }
    }
    let of = |name: &str| {
        inspection.tables.iter().find(|table| table.schema == "auth" && table.name == name).and_then(|table| table.rows)
    };
    if let (Some(0), Some(users)) = (of("mfa_factors"), of("users").filter(|users| *users > 0)) {
        findings.push(Finding {
            evidence: vec![format!("{users} users, 0 factors")],
            ..finding(
                "no-second-factor",
                "auth.mfa_factors".to_owned(),
                "holds no factor: multi-factor sign-in is not used".to_owned(),
            )
        });
    }
}

fn enums(inspection: &Inspection, findings: &mut Vec<Finding>) {
    for kind in inspection.enums.iter().filter(|kind| kind.used_by.is_empty()) {
        let name = format!("{}.{}", sql_name(&kind.schema), sql_name(&kind.name));
        findings.push(Finding {
            evidence: vec![format!("{} labels, no column, domain or function", kind.labels.len())],
            cure: Some(format!("drop type {name};")),
            undo: Some(format!(
                "create type {name} as enum ({});",
                kind.labels.iter().map(|label| sql_string(label)).collect::<Vec<_>>().join(", ")
            )),
            ..finding("unused-enum", format!("{}.{}", kind.schema, kind.name), "is used by nothing".to_owned())
        });
    }
}

fn functions(context: &Context<'_>, inspection: &Inspection, findings: &mut Vec<Finding>) {
    for (function, of_schema) in inspection.functions.iter().zip(context.schema.functions()) {
        let is_served = context.is_served(&function.schema);
        if function.used_by.is_empty() && !is_trigger_of_event(of_schema.row().result.as_deref()) {
            let evidence = if is_served { "an API may call it" } else { "only applications can call it" };
            findings.push(Finding {
                evidence: vec!["no trigger, default, policy, view, constraint or function".to_owned(), evidence.to_owned()],
                ..finding(
                    "unused-function",
                    format!("{}.{}({})", function.schema, function.name, function.arguments),
                    "is used by nothing in the database".to_owned(),
                )
            });
        }
    }
}

fn is_trigger_of_event(result: Option<&str>) -> bool {
    result == Some("event_trigger")
}

fn sequences(context: &Context<'_>, inspection: &Inspection, findings: &mut Vec<Finding>) {
    for sequence in context.schema.sequences() {
        let row = sequence.row();
        let schema = sequence.at(row.namespace).name.clone();
        let Some(&last) = context.live.sequences.get(&(schema.clone(), row.name.clone())) else { continue };
        // The column may be narrower than the sequence.
        let column = row.owned_by.map(|column| sequence.at(column));
        let of_column = column.and_then(|column| limit(&column.declared_type().base().row().name));
        let end = of_column.map_or(row.maximum, |limit| limit.min(row.maximum));
        if row.increment < 0 || row.cycle {
            continue;
        }
        if let Some(share) = near(last, end) {
            let mut evidence = vec![format!("at {last} of {end}: {share} %")];
            let wider = column.filter(|_| of_column.is_some()).and_then(|column| {
                let (cure, undo) = widened(context, column, &mut evidence)?;
                let full = format!("{}.{}", sql_name(&schema), sql_name(&row.name));
                Some((
                    format!("{cure}\nalter sequence {full} as bigint maxvalue 9223372036854775807;"),
                    format!("alter sequence {full} as {} maxvalue {};\n{undo}", row.type_text, row.maximum),
                ))
            });
            let (cure, undo) = wider.unzip();
            findings.push(Finding {
                severity: if share >= 95 { Severity::Error } else { Severity::Warning },
                evidence,
                cure,
                undo,
                ..finding("sequence-near-end", format!("{schema}.{}", row.name), "has used most of its numbers".to_owned())
            });
        }
    }
    for table in context.tables().filter(|table| table.row().kind != TableKind::View) {
        for (column, facts) in table.columns().zip(&facts(inspection, table).columns) {
            let Some((last, end)) = facts.maximum.zip(limit(&column.declared_type().base().row().name)) else { continue };
            if let Some(share) = near(last, end) {
                let mut evidence = vec![format!("the largest key is {last} of {end}: {share} %")];
                let (cure, undo) = widened(context, column, &mut evidence).unzip();
                findings.push(Finding {
                    severity: if share >= 95 { Severity::Error } else { Severity::Warning },
                    evidence,
                    cure,
                    undo,
                    ..finding("integer-key-near-end", column.qualified(), "is near the end of its type".to_owned())
                });
            }
        }
    }
}

/// SQL that makes a column of integers wider, and back; the evidence says why there is none.
fn widened(context: &Context<'_>, column: Walker<'_, Column>, evidence: &mut Vec<String>) -> Option<(String, String)> {
    if let Some(what) = context.depends_on_type(column) {
        evidence.push(format!("the type cannot be changed alone: {what} depends on it"));
        return None;
    }
    let (table, name) = (sql(column.table()), sql_name(&column.row().name));
    let change = |to: &str| format!("alter table {table} alter column {name} type {to};");
    Some((format!("-- rewrites the table under an exclusive lock\n{}", change("bigint")), change(&column.row().type_text)))
}

/// The largest value of an integer type that a table may outgrow.
fn limit(kind: &str) -> Option<i64> {
    match kind {
        "int2" => Some(i64::from(i16::MAX)),
        "int4" => Some(i64::from(i32::MAX)),
        _ => None,
    }
}

/// The share of a range that is used, in percent, where it is three quarters or more.
fn near(last: i64, end: i64) -> Option<i64> {
    let share = i64::try_from(i128::from(last) * 100 / i128::from(end.max(1))).unwrap_or(100);
    (share >= 75).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn only_what_is_near_its_end_is_said() {
        assert_eq!(near(1_500_000_000, 2_147_483_647), None);
        assert_eq!(near(2_100_000_000, 2_147_483_647), Some(97));
        assert_eq!(near(i64::MAX, i64::MAX), Some(100));
    }
}
