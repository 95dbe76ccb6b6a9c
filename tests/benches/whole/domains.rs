//! `cargo xtask bench domains`: how well `domains suggest` groups the tables of real schemas, by figures that do not
//! know how it does that.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use entitree::{
    Config,
    inspect::{
        self,
        suggest::{SuggestEdge, SuggestTable, suggest},
    },
};
use entitree_tests::{Reference, cases};

use crate::Page;

/// Smaller databases have nothing to group.
const LEAST: usize = 10;

/// How many names are asked for where domains are named: the first words of most tables.
const NAMES: usize = 8;

/// A part of a whole.
#[derive(Clone, Copy, Default)]
struct Share {
    part: usize,
    whole: usize,
}

impl Share {
    fn add(&mut self, part: usize, whole: usize) {
        self.part += part;
        self.whole += whole;
    }

    fn value(self) -> f64 {
        number(self.part) / number(self.whole.max(1))
    }

    fn percent(self) -> String {
        if self.whole == 0 { "–".to_owned() } else { format!("{:.0} %", 100.0 * self.value()) }
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What is good of a proposal.
#[derive(Default)]
struct Figures {
    tables: usize,
    domains: usize,
    /// Foreign keys within a domain.
    inside: Share,
    /// The same less what chance would give: modularity, from -0.5 to 1.
    modularity: f64,
    /// Tables of a schema that are where most tables of the schema are; of schemas beside the main one.
    schema: Share,
    /// Tables that begin with one word and are where most of these are.
    prefix: Share,
    /// Tables with one neighbour by foreign keys that are where the neighbour is.
    only: Share,
    /// The largest domain.
    largest: Share,
    /// Domains that were asked for and hold nothing, though the names of tables begin with theirs.
    empty: usize,
}

fn first_word(name: &str) -> String {
    let end = name.char_indices().skip(1).find(|(_, letter)| !letter.is_lowercase()).map_or(name.len(), |(at, _)| at);
    name[..end].to_lowercase()
}

/// How many of some tables are in the domain that holds most of them.
fn together(tables: &[usize], home: &[usize]) -> usize {
    let mut votes = BTreeMap::<usize, usize>::new();
    for table in tables {
        *votes.entry(home[*table]).or_default() += 1;
    }
    votes.into_values().max().unwrap_or(0)
}

/// Schema → its tables.
fn by_schema(tables: &[SuggestTable]) -> BTreeMap<&str, Vec<usize>> {
    let mut schemas = BTreeMap::<&str, Vec<usize>>::new();
    tables.iter().enumerate().for_each(|(at, table)| schemas.entry(&table.schema).or_default().push(at));
    schemas
}

fn figures(tables: &[SuggestTable], edges: &[SuggestEdge], names: &[String]) -> Figures {
    let domains = suggest(tables, edges, names);
    let mut place = BTreeMap::<&str, usize>::new();
    for (position, domain) in domains.iter().enumerate() {
        place.extend(domain.tables.iter().map(|table| (table.qualified.as_str(), position)));
    }
    let home: Vec<usize> = tables.iter().map(|table| place[format!("{}.{}", table.schema, table.name).as_str()]).collect();
    let pairs: BTreeSet<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).filter(|(from, to)| from != to).collect();

    let mut found = Figures { tables: tables.len(), ..Figures::default() };
    let mut degree = BTreeMap::<usize, usize>::new();
    let mut neighbours = BTreeMap::<usize, BTreeSet<usize>>::new();
    for (from, to) in &pairs {
        found.inside.add(usize::from(home[*from] == home[*to]), 1);
        for (one, other) in [(from, to), (to, from)] {
            *degree.entry(home[*one]).or_default() += 1;
            neighbours.entry(*one).or_default().insert(*other);
        }
    }
    let expected: f64 = degree.values().map(|degree| (number(*degree) / number(2 * pairs.len().max(1))).powi(2)).sum();
    found.modularity = found.inside.value() - expected;
    for (table, neighbours) in neighbours.iter().filter(|(_, neighbours)| neighbours.len() == 1) {
        found.only.add(neighbours.iter().filter(|other| home[**other] == home[*table]).count(), 1);
    }
    let schemas = by_schema(tables);
    let main = if schemas.contains_key("public") {
        "public"
    } else {
        schemas.iter().max_by_key(|(name, members)| (members.len(), std::cmp::Reverse(**name))).map_or("", |(name, _)| *name)
    };
    for (schema, members) in schemas {
        if schema != main && members.len() > 1 {
            found.schema.add(together(&members, &home), members.len());
        }
        let mut prefixes = BTreeMap::<String, Vec<usize>>::new();
        for table in &members {
            prefixes.entry(first_word(&tables[*table].name)).or_default().push(*table);
        }
        // A word that most tables begin with says nothing.
        for same in prefixes.values().filter(|same| same.len() > 2 && (same.len() * 5 <= members.len() * 2 || members.len() < 8)) {
            found.prefix.add(together(same, &home), same.len());
        }
    }
    let mut sizes = BTreeMap::<usize, usize>::new();
    for domain in &home {
        *sizes.entry(*domain).or_default() += 1;
    }
    found.domains = sizes.len();
    found.largest.add(sizes.values().copied().max().unwrap_or(0), tables.len());
    let begins = |name: &str| tables.iter().any(|table| first_word(&table.name) == name);
    found.empty = domains.iter().filter(|domain| domain.tables.is_empty() && begins(&domain.name)).count();
    found
}

/// The first words of most tables.
fn names(tables: &[SuggestTable]) -> Vec<String> {
    let mut words = BTreeMap::<String, usize>::new();
    for table in tables {
        *words.entry(first_word(&table.name)).or_default() += 1;
    }
    let mut words: Vec<(usize, String)> =
        words.into_iter().filter(|(word, _)| word.len() > 2).map(|(word, count)| (count, word)).collect();
    words.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(&right.1)));
    words.into_iter().take(NAMES).map(|(_, word)| word).collect()
}

/// The tables of a database, and how they hang together.
async fn read(url: &str) -> Result<(Vec<SuggestTable>, Vec<SuggestEdge>), String> {
    let session = entitree::connect(url, |_| None).await.map_err(|error| error.to_string())?;
    let config = Config::default();
    let snapshot = entitree::read_snapshot(&session.client, &config).await.map_err(|error| error.to_string())?;
    let schema = snapshot.schema().map_err(|error| error.to_string())?;
    Ok(inspect::groupable(&schema, &config))
}

/// Measures the `*.sql` files of a folder, each in a database of its own, or else the reference database and the cases.
pub(crate) async fn measure(reference: &Reference, schemas: Option<&Path>, page: &mut Page) {
    page.text("## Domains");
    page.text(
        "What `domains suggest` proposes without names, and with the first words of most tables as names. Keys inside: foreign keys within \
         one domain; modularity: that less what chance would give. Schemas, prefixes, only neighbours: tables that are in the domain of most \
         of their schema, of most tables that begin with their word, of the only table that they refer to or are referred to from. Empty: \
         names that no table was given to though some begin with them.",
    );
    let mut databases = Vec::new();
    if let Some(folder) = schemas {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("--schemas {}: {error}", folder.display()));
        let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
        files.sort();
        for (position, path) in files.into_iter().enumerate() {
            let (name, database) = (path.file_stem().unwrap_or_default().display().to_string(), format!("domains_{position}"));
            reference.server.create_database(&database, None).await.expect("a database");
            let loaded = reference.server.load(&database, &[path]).await.map_err(|error| error.to_string());
            databases.push((name, loaded.map(|()| reference.server.url(&database))));
        }
    } else {
        databases.push(("reference".to_owned(), Ok(reference.server.url("reference"))));
        for case in cases() {
            let (url, _) = reference.with_sql(&case.sql).await;
            databases.push((case.name, Ok(url)));
        }
    }
    let mut rows = Vec::new();
    for (name, url) in databases {
        let result = match url {
            Ok(url) => read(&url).await,
            Err(error) => Err(error),
        };
        let (tables, edges) = match result {
            Ok((tables, _)) if tables.len() < LEAST => continue,
            Ok(read) => read,
            Err(error) => {
                page.text(&format!("{name} was not read: {error}"));
                continue;
            }
        };
        for (way, names) in [("", Vec::new()), (", named", names(&tables))] {
            let found = figures(&tables, &edges, &names);
            rows.push(vec![
                format!("{name}{way}"),
                found.tables.to_string(),
                found.domains.to_string(),
                found.inside.percent(),
                format!("{:.2}", found.modularity),
                found.schema.percent(),
                found.prefix.percent(),
                found.only.percent(),
                found.largest.percent(),
                found.empty.to_string(),
            ]);
        }
    }
    page.table(
        &["schema", "tables", "domains", "keys inside", "modularity", "schemas", "prefixes", "only neighbours", "largest", "empty"],
        &rows,
    );
}
