//! Table → domain: a side map, total by construction.

use std::collections::BTreeMap;

use crate::{
    config::{Config, Place, closest},
    schema::{Id, IdMap, Schema, Table, Walker},
};

/// Which tables are generated, and in which domain module.
#[derive(Clone, Debug)]
pub struct Domains {
    /// The domains by name; one that holds no table yet is there all the same.
    pub domains: Vec<Domain>,
    /// The domain of each table, or why it is left out.
    pub of: IdMap<Table, Membership>,
}

/// A module of the generated crates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The name in codegen.toml, or the schema's.
    pub name: String,
    /// Its tables, by qualified name.
    pub tables: Vec<Id<Table>>,
}

/// Where a table belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// The position of its domain.
    Domain(usize),
    /// A partition: rows are read and written through its parent.
    Partition,
    /// An extension's own table.
    Extension(String),
    /// codegen.toml says `skip = true`.
    Skipped,
}

/// Tables that no domain claims, or more than one.
#[derive(Debug, thiserror::Error)]
pub enum GroupError {
    /// Tables that match no pattern.
    #[error("{}", stray_lines(.path, .strays))]
    Strays {
        /// The configuration.
        path: String,
        /// Each table with the domain it looks like.
        strays: Vec<(String, String)>,
    },
    /// A table that two domains claim.
    #[error("{place}: `{table}` is claimed by the domains {}; let one pattern of them exclude it", .domains.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "))]
    Twice {
        /// The second claim.
        place: Place,
        /// The table.
        table: String,
        /// The domains.
        domains: Vec<String>,
    },
}

fn stray_lines(path: &str, strays: &[(String, String)]) -> String {
    let mut lines = BTreeMap::<&str, Vec<String>>::new();
    for (table, domain) in strays {
        lines.entry(domain).or_default().push(format!("\"{table}\""));
    }
    let count = strays.len();
    let proposal: String = lines
        .iter()
        .map(|(domain, tables)| tables.iter().map(move |table| format!("\n    {domain} = [{table}]")).collect::<String>())
        .collect();
    let (subject, them) = if count == 1 { ("1 table is".to_owned(), "it") } else { (format!("{count} tables are"), "each") };
    format!("{path}: {subject} in no domain; add {them} to a list under [domains], for example:{proposal}")
}

/// Puts every table in exactly one domain: by the patterns of codegen.toml, or by its schema when
/// there are none.
///
/// # Errors
/// All tables that match no pattern, and all that match two domains.
pub fn group(schema: &Schema, config: &Config) -> Result<Domains, Vec<GroupError>> {
    let (domains, errors) = grouped(schema, config);
    if errors.is_empty() { Ok(domains) } else { Err(errors) }
}

/// As [`group`], with the tables that it complains of left aside.
pub(crate) fn grouped(schema: &Schema, config: &Config) -> (Domains, Vec<GroupError>) {
    let patterns = config.domain_patterns();
    let settings = config.table_patterns();
    let mut names: Vec<String> = if patterns.is_empty() {
        schema.tables().filter(|table| outside(*table, &[]).is_none()).map(|table| table.namespace().name.clone()).collect()
    } else {
        patterns.iter().map(|(name, _)| name.get_ref().clone()).collect()
    };
    names.sort();
    names.dedup();

    let mut strays = Vec::new();
    let mut errors = Vec::new();
    let of = IdMap::from_rows(schema.tables(), |table| {
        let qualified = table.qualified();
        if let Some(reason) = outside(table, &settings) {
            return reason;
        }
        let position = |name: &str| names.iter().position(|known| known == name).unwrap_or(0);
        if patterns.is_empty() {
            return Membership::Domain(position(&table.namespace().name));
        }
        let claims: Vec<_> =
            patterns.iter().filter(|(_, patterns)| patterns.iter().any(|pattern| pattern.matches(&qualified))).collect();
        match claims.as_slice() {
            [] => {
                strays.push((qualified, likely(table, &names)));
                Membership::Skipped
            }
            [(name, _)] => Membership::Domain(position(name.get_ref())),
            [_, (second, _), ..] => {
                errors.push(GroupError::Twice {
                    place: config.place(second),
                    table: qualified,
                    domains: claims.iter().map(|(name, _)| name.get_ref().clone()).collect(),
                });
                Membership::Skipped
            }
        }
    });
    if !strays.is_empty() {
        errors.insert(0, GroupError::Strays { path: config.path().display().to_string(), strays });
    }
    let mut domains: Vec<Domain> = names.into_iter().map(|name| Domain { name, tables: Vec::new() }).collect();
    for table in schema.tables() {
        if let Membership::Domain(position) = of.of(table.id()) {
            domains[*position].tables.push(table.id());
        }
    }
    (Domains { domains, of }, errors)
}

fn outside(
    table: Walker<'_, Table>,
    settings: &[(&toml::Spanned<String>, crate::config::Pattern, &crate::config::TableConfig)],
) -> Option<Membership> {
    if table.is_partition {
        return Some(Membership::Partition);
    }
    if let Some(extension) = &table.extension {
        return Some(Membership::Extension(extension.clone()));
    }
    let qualified = table.qualified();
    settings.iter().any(|(_, pattern, setting)| setting.skip && pattern.matches(&qualified)).then_some(Membership::Skipped)
}

/// The domain that a stray table looks like: that of a table it refers to by name, the nearest
/// name, or its schema.
fn likely(table: Walker<'_, Table>, names: &[String]) -> String {
    let words: Vec<&str> = table.name.split('_').collect();
    let by_word = words.iter().find_map(|word| closest(word, names.iter().map(String::as_str)));
    by_word.map_or_else(|| table.namespace().name.clone(), str::to_owned)
}
