//! Compares a database with the one that this code was generated from. Written by hand, the same for
//! every schema.

use std::{collections::BTreeMap, fmt};

use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::fingerprint::{FACTS, TABLES};

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
    let statement = Statement::from_string(db.get_database_backend(), STATEMENT);
    let rows = db.query_all_raw(statement).await.map_err(VerifyError::Database)?;
    let mut found = BTreeMap::new();
    for row in &rows {
        let text = |position: usize| row.try_get_by_index::<String>(position).map_err(VerifyError::Database);
        found.insert((text(0)?, text(1)?), text(2)?);
    }
    let lines = differences(&found);
    if lines.is_empty() { Ok(()) } else { Err(VerifyError::Drift(lines)) }
}

fn differences(found: &BTreeMap<(String, String), String>) -> Vec<String> {
    let mut lines = Vec::new();
    let is_there = |table: &str| found.keys().any(|(of, _)| of == table);
    let gone: Vec<&str> = TABLES.iter().copied().filter(|table| !is_there(table)).collect();
    lines.extend(gone.iter().map(|table| format!("{table}: not there")));
    for (table, name, expected) in FACTS.iter().filter(|(table, ..)| !gone.contains(table)) {
        match found.get(&((*table).to_owned(), (*name).to_owned())) {
            None => lines.push(format!("{}: not there, was {expected}", joined(table, name))),
            Some(now) if now != expected => lines.push(format!("{}: {expected} → {now}", joined(table, name))),
            Some(_) => {}
        }
    }
    for ((table, name), now) in found.iter().filter(|((table, _), _)| TABLES.contains(&table.as_str())) {
        if !FACTS.iter().any(|(of, known, _)| of == table && known == name) {
            lines.push(format!("{}: new, {now}", joined(table, name)));
        }
    }
    lines.sort();
    lines
}

fn joined(table: &str, name: &str) -> String {
    if name.is_empty() { table.to_owned() } else { format!("{table}.{name}") }
}

/// What the code depends on, as three texts a row: the table or type, the thing in it, and what is
/// said of it. Nothing in it depends on a search path.
/// <https://www.postgresql.org/docs/current/catalogs.html>
const STATEMENT: &str = r#"
with namespaces as (
    select n.oid, n.nspname::text as name from pg_catalog.pg_namespace n
    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
), tables as (
    select c.oid, n.name || '.' || c.relname as name, c.relkind
    from pg_catalog.pg_class c join namespaces n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
), names as (
    select a.attrelid, a.attnum, a.attname::text as name
    from pg_catalog.pg_attribute a join tables t on t.oid = a.attrelid
    where a.attnum > 0 and not a.attisdropped
)
select t.name as "table", a.attname::text as name,
    case tn.nspname when 'pg_catalog' then pg_catalog.format_type(a.atttypid, a.atttypmod) else tn.nspname || '.' || y.typname end
        || case when a.attnotnull and t.relkind not in ('v', 'm') then ' not null' else '' end as fact
from tables t
join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type y on y.oid = a.atttypid
join pg_catalog.pg_namespace tn on tn.oid = y.typnamespace
union all
select n.name || '.' || y.typname, '',
    'enum (' || (select pg_catalog.string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_catalog.pg_enum e
        where e.enumtypid = y.oid) || ')'
from pg_catalog.pg_type y join namespaces n on n.oid = y.typnamespace
where y.typtype = 'e'
union all
select t.name, k.conname::text,
    'foreign key (' || (select pg_catalog.string_agg(c.name, ', ' order by p.place)
        from pg_catalog.unnest(k.conkey) with ordinality p(number, place)
        join names c on c.attrelid = k.conrelid and c.attnum = p.number)
    || ') to ' || f.name || ' (' || (select pg_catalog.string_agg(c.name, ', ' order by p.place)
        from pg_catalog.unnest(k.confkey) with ordinality p(number, place)
        join names c on c.attrelid = k.confrelid and c.attnum = p.number) || ')'
from pg_catalog.pg_constraint k join tables t on t.oid = k.conrelid join tables f on f.oid = k.confrelid
where k.contype = 'f'
union all
select t.name, i.relname::text,
    case when x.indisprimary then 'primary key (' else 'unique index (' end
    || (select pg_catalog.string_agg(coalesce(c.name, 'an expression'), ', ' order by p.place)
        from pg_catalog.unnest(x.indkey::pg_catalog.int2[]) with ordinality p(number, place)
        left join names c on c.attrelid = x.indrelid and c.attnum = p.number where p.place <= x.indnkeyatts) || ')'
    || case when x.indpred is null then '' else ' of some rows' end
from pg_catalog.pg_index x join tables t on t.oid = x.indrelid join pg_catalog.pg_class i on i.oid = x.indexrelid
where x.indisunique and x.indisvalid
"#;
