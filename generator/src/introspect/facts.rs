//! Reads what the analysis of nullability needs to know.

use std::collections::BTreeSet;

use tokio_postgres::{Client, Error, types::Type as WireType};

use crate::{
    nullability::{Analysis, Facts, ForeignKeyFacts, FunctionFacts, TableFacts, checked_columns, collect_functions, tree},
    schema::Oid,
};

/// Reads the facts: those of every table and view, and of the functions that the views and these
/// further trees call. Three statements at once, and a fourth after them.
///
/// # Errors
/// When the server refuses.
pub async fn facts(client: &Client, further: &[tree::Value]) -> Result<Facts, Error> {
    let (tables, keys, types) = futures_util::try_join!(
        client.query_typed(include_str!("fact_table.sql"), &[]),
        client.query_typed(include_str!("fact_key.sql"), &[]),
        client.query_typed(include_str!("fact_type.sql"), &[]),
    )?;
    let mut facts = Facts::default();
    let mut functions = BTreeSet::new();
    let mut checks = Vec::new();
    for row in tables {
        let oid: Oid = row.try_get("oid")?;
        let not_null: Vec<i16> = row.try_get("not_null")?;
        let view = row.try_get::<_, Option<String>>("rule")?.as_deref().and_then(tree::parse);
        let of_table: Vec<String> = row.try_get("checks")?;
        for check in of_table.iter().filter_map(|check| tree::parse(check)) {
            functions.extend(collect_functions(&check));
            checks.push((oid, check));
        }
        functions.extend(view.iter().flat_map(collect_functions));
        facts.tables.insert(
            oid,
            TableFacts {
                not_null: not_null.into_iter().map(i64::from).collect(),
                view,
                row_security: row.try_get("row_security")?,
                inherits: row.try_get("inherits")?,
            },
        );
    }
    functions.extend(further.iter().flat_map(collect_functions));
    for row in keys {
        let numbers = |column: &str| -> Result<Vec<i64>, Error> {
            Ok(row.try_get::<_, Vec<i16>>(column)?.into_iter().map(i64::from).collect())
        };
        facts.foreign_keys.push(ForeignKeyFacts {
            table: row.try_get("table")?,
            columns: numbers("columns")?,
            references: row.try_get("references")?,
            referenced: numbers("referenced")?,
        });
    }
    for row in types {
        facts.not_null_types.insert(row.try_get("oid")?);
    }
    let functions: Vec<Oid> = functions.into_iter().collect();
    for row in client.query_typed(include_str!("fact_function.sql"), &[(&functions, WireType::OID_ARRAY)]).await? {
        let arguments: i16 = row.try_get("arguments")?;
        facts.functions.insert(
            row.try_get("oid")?,
            FunctionFacts {
                strict: row.try_get("strict")?,
                builtin: row.try_get("builtin")?,
                arguments: usize::try_from(arguments).unwrap_or(0),
            },
        );
    }
    // A check that NULL does not pass is as good as NOT NULL.
    let mut proven = Vec::new();
    for (oid, check) in &checks {
        proven.push((*oid, checked_columns(&Analysis::new(&facts), check)));
    }
    for (oid, columns) in proven {
        if let Some(table) = facts.tables.get_mut(&oid) {
            table.not_null.extend(columns);
        }
    }
    Ok(facts)
}
