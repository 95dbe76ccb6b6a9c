//! Compares a database with the one that this code was generated from. Written by hand, the same for
//! every schema.

use std::{collections::BTreeMap, fmt};

use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::fingerprint::{FACTS, STATEMENT};

/// Why a database is not the one that this code was generated from.
#[derive(Debug)]
pub enum VerifyError {
    /// It could not be asked.
    Database(DbErr),
    /// It differs: a line for each difference.
    Drift(Vec<String>),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => error.fmt(f),
            Self::Drift(lines) => {
                f.write_str("the database is not the one that this code was generated from: generate it again, or migrate")?;
                lines.iter().try_for_each(|line| write!(f, "\n  {line}"))
            }
        }
    }
}

impl std::error::Error for VerifyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(error) => Some(error),
            Self::Drift(_) => None,
        }
    }
}

/// Asks the database, in one statement, whether the tables, columns, enums, keys and unique indexes
/// that this code knows are as they were: for an application's start.
///
/// Tables and enums that this code does not know are none of its business. Comments, defaults,
/// policies and the like do not change what it does; `cargo xtask codegen --check` tells of them.
///
/// # Errors
/// When they are not, with a line for each difference, or when the database cannot be asked.
pub async fn verify(db: &impl ConnectionTrait) -> Result<(), VerifyError> {
    compare(db, STATEMENT, FACTS).await
}

/// As [`verify`], with another statement and other facts than the generated ones: the schema, the table or
/// type, the kind of thing in it, the thing's name, and what is said of it.
///
/// # Errors
/// See [`verify`].
pub async fn compare(db: &impl ConnectionTrait, statement: &str, facts: &[[&str; 5]]) -> Result<(), VerifyError> {
    let statement = Statement::from_string(db.get_database_backend(), statement);
    let rows = db.query_all_raw(statement).await.map_err(VerifyError::Database)?;
    let mut found = BTreeMap::new();
    for row in &rows {
        let text = |position: usize| row.try_get_by_index::<String>(position).map_err(VerifyError::Database);
        found.insert([text(0)?, text(1)?, text(2)?, text(3)?], text(4)?);
    }
    let lines = differences(&found, facts);
    if lines.is_empty() { Ok(()) } else { Err(VerifyError::Drift(lines)) }
}

/// The schema, the table or type, the kind of thing in it, and the thing's name.
type Thing<'t> = [&'t str; 4];

fn differences(found: &BTreeMap<[String; 4], String>, facts: &[[&str; 5]]) -> Vec<String> {
    let found: BTreeMap<Thing<'_>, &str> =
        found.iter().map(|(thing, now)| (thing.each_ref().map(String::as_str), now.as_str())).collect();
    let known: BTreeMap<Thing<'_>, &str> =
        facts.iter().map(|&[schema, of, kind, name, fact]| ([schema, of, kind, name], fact)).collect();
    let mut lines = Vec::new();
    for (thing, expected) in &known {
        let is_table = *thing == table_of(thing);
        match found.get(thing) {
            Some(now) if now == expected => {}
            Some(now) => lines.push(format!("{}: {expected} → {now}", called(thing))),
            None if is_table => lines.push(format!("{}: not there", called(thing))),
            // Of a table that is gone it is said once.
            None if known.contains_key(&table_of(thing)) && !found.contains_key(&table_of(thing)) => {}
            None => lines.push(format!("{}: not there, was {expected}", called(thing))),
        }
    }
    for (thing, now) in &found {
        if known.contains_key(&table_of(thing)) && !known.contains_key(thing) {
            lines.push(format!("{}: new, {now}", called(thing)));
        }
    }
    lines.sort();
    lines
}

fn table_of<'t>([schema, of, ..]: &Thing<'t>) -> Thing<'t> {
    [schema, of, "table", ""]
}

fn called([schema, of, _, name]: &Thing<'_>) -> String {
    if name.is_empty() { format!("{schema}.{of}") } else { format!("{schema}.{of}.{name}") }
}
