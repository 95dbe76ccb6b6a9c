//! Table → domain: a side map, total by construction.

use std::collections::BTreeMap;

use crate::{
    config::{Config, Place, closest, listed, names as is_named},
    schema::{Id, IdMap, Schema, Table, Walker},
    toml_text,
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
    #[error("{}", stray_lines(.path, .strays, .proposal))]
    Strays {
        /// The configuration.
        path: String,
        /// Each table with the domain it looks like.
        strays: Vec<(String, String)>,
        /// Domains with patterns of these tables, and of no other.
        proposal: BTreeMap<String, Vec<String>>,
    },
    /// Tables that two domains claim, or more.
    #[error("{place}: {} claimed by the domains {}; exclude {} in one of them: {}", are(.tables), .domains.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "), them(.tables), exclusion(.tables))]
    Twice {
        /// The second claim.
        place: Place,
        /// The tables.
        tables: Vec<String>,
        /// The domains.
        domains: Vec<String>,
    },
}

fn are(tables: &[String]) -> String {
    format!("{} {}", listed(tables), if tables.len() == 1 { "is" } else { "are" })
}

fn them(tables: &[String]) -> &'static str {
    if tables.len() == 1 { "it" } else { "them" }
}

fn exclusion(tables: &[String]) -> String {
    toml_text::string(&format!("!{}", tables.first().map(|table| globset::escape(table)).unwrap_or_default()))
}

fn stray_lines(path: &str, strays: &[(String, String)], proposal: &BTreeMap<String, Vec<String>>) -> String {
    let lines: String = proposal
        .iter()
        .map(|(domain, patterns)| {
            let patterns: Vec<String> = patterns.iter().map(|pattern| toml_text::string(pattern)).collect();
            format!("\n    {} = [{}]", toml_text::key(domain), patterns.join(", "))
        })
        .collect();
    let count = strays.len();
    let (subject, them) = if count == 1 { ("1 table is".to_owned(), "it") } else { (format!("{count} tables are"), "each") };
    format!("{path}: {subject} in no domain; add {them} to a list under [domains], for example:{lines}")
}

/// Domains with patterns of the tables that are in none: a whole schema where none of its tables is in a
/// domain, then first words that no other table begins with, then the tables themselves.
fn proposed(all: &[String], strays: &[(String, String)]) -> BTreeMap<String, Vec<String>> {
    let schema_of = |table: &str| table.split_once('.').map_or("", |(schema, _)| schema).to_owned();
    let mut proposal = BTreeMap::<String, Vec<String>>::new();
    let domain_of: BTreeMap<&str, &str> = strays.iter().map(|(table, domain)| (table.as_str(), domain.as_str())).collect();
    let mut of_schema = BTreeMap::<String, Vec<&(String, String)>>::new();
    for stray in strays {
        of_schema.entry(schema_of(&stray.0)).or_default().push(stray);
    }
    for (schema, inside) in of_schema {
        let is_whole = all.iter().filter(|table| schema_of(table) == schema).all(|table| domain_of.contains_key(table.as_str()));
        if is_whole && inside.len() > 1 {
            proposal.entry(schema.clone()).or_default().push(format!("{}.*", globset::escape(&schema)));
            continue;
        }
        let mut covered = BTreeMap::<String, &str>::new();
        for (table, domain) in inside {
            let word = table.match_indices('_').next().map(|(at, _)| &table[..=at]);
            // The word stands for tables of one domain, all of them in none.
            let pattern = word.filter(|word| {
                let named: Vec<&String> = all.iter().filter(|other| other.starts_with(*word)).collect();
                named.len() > 2 && named.iter().all(|other| domain_of.get(other.as_str()).is_some_and(|of| of == domain))
            });
            let pattern = pattern.map_or_else(|| globset::escape(table), |word| format!("{}*", globset::escape(word)));
            covered.insert(pattern, domain);
        }
        for (pattern, domain) in covered {
            proposal.entry(domain.to_owned()).or_default().push(pattern);
        }
    }
    proposal
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

    let (mut all, mut strays) = (Vec::new(), Vec::new());
    let mut twice = BTreeMap::<Vec<String>, (Place, Vec<String>)>::new();
    let of = IdMap::from_rows(schema.tables(), |table| {
        let qualified = table.qualified();
        if let Some(reason) = outside(table, &settings) {
            return reason;
        }
        let position = |name: &str| names.iter().position(|known| known == name).unwrap_or(0);
        if patterns.is_empty() {
            return Membership::Domain(position(&table.namespace().name));
        }
        all.push(qualified.clone());
        let claims: Vec<_> = patterns.iter().filter(|(_, patterns)| is_named(patterns, &qualified)).collect();
        match claims.as_slice() {
            [] => {
                strays.push((qualified, likely(table, &names)));
                Membership::Skipped
            }
            [(name, _)] => Membership::Domain(position(name.get_ref())),
            [_, (second, _), ..] => {
                let domains: Vec<String> = claims.iter().map(|(name, _)| name.get_ref().clone()).collect();
                twice.entry(domains).or_insert_with(|| (config.place(second), Vec::new())).1.push(qualified);
                Membership::Skipped
            }
        }
    });
    let mut errors = Vec::new();
    if !strays.is_empty() {
        let proposal = proposed(&all, &strays);
        errors.push(GroupError::Strays { path: config.path().display().to_string(), strays, proposal });
    }
    errors.extend(twice.into_iter().map(|(domains, (place, tables))| GroupError::Twice { place, tables, domains }));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(all: &[&str], strays: &[(&str, &str)]) -> String {
        let all: Vec<String> = all.iter().map(|&table| table.to_owned()).collect();
        let strays: Vec<(String, String)> = strays.iter().map(|&(table, domain)| (table.to_owned(), domain.to_owned())).collect();
        let proposal = proposed(&all, &strays);
        GroupError::Strays { path: "codegen.toml".to_owned(), strays, proposal }.to_string()
    }

    #[test]
    fn patterns_are_proposed_where_they_match_nothing_else() {
        let all = ["production.bill", "production.lot", "sales.order", "sales.tmp_1", "sales.tmp_2", "sales.tmp_3", "a b.[c]"];
        let strays = [
            ("production.bill", "production"),
            ("production.lot", "production"),
            ("sales.tmp_1", "sales"),
            ("sales.tmp_2", "sales"),
            ("sales.tmp_3", "sales"),
            ("a b.[c]", "a b"),
        ];
        assert_eq!(
            text(&all, &strays),
            "codegen.toml: 6 tables are in no domain; add each to a list under [domains], for example:\n    \
             \"a b\" = [\"a b.[[]c[]]\"]\n    production = [\"production.*\"]\n    sales = [\"sales.tmp_*\"]"
        );
        // A table of the same first word is in a domain.
        let more = [&all[..], &["sales.tmp_kept"]].concat();
        assert!(text(&more, &strays[2..5]).ends_with("sales = [\"sales.tmp_1\", \"sales.tmp_2\", \"sales.tmp_3\"]"));
    }
}
