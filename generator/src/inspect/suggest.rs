//! Proposes a domain for every table: from schemas, names, columns and relations.
//!
//! Tables that belong together are linked with a weight, and a community-detection routine cuts the
//! graph of links where it is thin. A schema is not cut, and tables whose names begin alike, or that have one neighbour by
//! foreign keys, go together: these outweigh what columns are called. Where names of domains are given, each table is scored against each
//! name first, and the links only carry those scores on. The same tables give the same proposal,
//! whatever their order.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};

use crate::toml_text;

/// A table as the suggestion sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestTable {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
}

/// A relation between two tables, as positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuggestEdge {
    /// The table that refers.
    pub from: usize,
    /// The table that it refers to.
    pub to: usize,
}

/// A proposed domain.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestedDomain {
    /// Its name.
    pub name: String,
    /// Its tables, by qualified name.
    pub tables: Vec<SuggestedTable>,
}

/// A table of a proposed domain.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestedTable {
    /// `schema.table`.
    pub qualified: String,
    /// How sure the proposal is, from 0 to 1.
    pub confidence: f64,
    /// What speaks for it most, in a few words.
    pub reason: String,
}

/// How sure the domain of a table is that other tables took with them.
const MOVED: f64 = 0.6;

/// A table's own name and columns say little for a domain below this.
const WEAK: f64 = 0.6;

/// How closely tables are linked that go together whatever else links them.
const TOGETHER: f64 = 4.0;

/// Below this, a table of a proposal is marked as unsure.
const UNSURE: f64 = 0.5;

/// Proposes domains. With names given, only these are used, in their order, and every table is put into
/// one of them; a name that no table fits stays, with no table. Without names, the domains are found
/// and named, and are in the order of their names.
pub fn suggest(tables: &[SuggestTable], edges: &[SuggestEdge], names: &[String]) -> Vec<SuggestedDomain> {
    let mut wanted: Vec<String> = Vec::new();
    for name in names.iter().map(|name| name.trim()) {
        if !name.is_empty() && !wanted.iter().any(|known| known == name) {
            wanted.push(name.to_owned());
        }
    }
    let model = Model::new(tables, edges);
    if wanted.is_empty() { Found::new(&model).domains(&model) } else { Fitted::new(&model, &wanted).domains(&model, &wanted) }
}

/// The same as lines of codegen.toml. `schema.*` stands for a schema of which every table is in one
/// domain; a comment marks what is unsure.
pub fn toml(domains: &[SuggestedDomain], tables: &[SuggestTable]) -> String {
    let home: BTreeMap<&str, &str> = domains
        .iter()
        .flat_map(|domain| domain.tables.iter().map(|table| (table.qualified.as_str(), domain.name.as_str())))
        .collect();
    // A pattern `schema.*` also takes the tables of a schema whose name goes on with a dot.
    let all: BTreeMap<String, &str> = tables.iter().map(|table| (qualified(table), table.schema.as_str())).collect();
    let mut whole: BTreeMap<&str, &str> = BTreeMap::new();
    for schema in all.values().copied().collect::<BTreeSet<_>>() {
        let start = format!("{schema}.");
        let homes: BTreeSet<Option<&&str>> =
            all.keys().filter(|name| name.starts_with(&start)).map(|name| home.get(name.as_str())).collect();
        if let (1, Some(Some(domain))) = (homes.len(), homes.first()) {
            whole.insert(schema, domain);
        }
    }
    let mut text = "[domains]\n".to_owned();
    for domain in domains {
        let mut lines: BTreeMap<String, Vec<&SuggestedTable>> = BTreeMap::new();
        for table in &domain.tables {
            let schema = all.get(&table.qualified).filter(|schema| whole.get(*schema) == Some(&domain.name.as_str()));
            let pattern =
                schema.map_or_else(|| toml_text::pattern(&table.qualified), |schema| format!("{}.*", toml_text::pattern(schema)));
            lines.entry(pattern).or_default().push(table);
        }
        let lines: Vec<(String, Option<String>)> =
            lines.into_iter().map(|(pattern, tables)| (toml_text::string(&pattern), doubt(&tables))).collect();
        let key = toml_text::key(&domain.name);
        let short = format!("{key} = [{}]", lines.iter().map(|(pattern, _)| pattern.as_str()).collect::<Vec<_>>().join(", "));
        if short.chars().count() <= 120 && lines.iter().all(|(_, doubt)| doubt.is_none()) {
            text.push_str(&format!("{short}\n"));
            continue;
        }
        text.push_str(&format!("{key} = [\n"));
        for (pattern, doubt) in lines {
            let comment = doubt.map_or_else(String::new, |doubt| format!(" # unsure: {doubt}"));
            text.push_str(&format!("    {pattern},{comment}\n"));
        }
        text.push_str("]\n");
    }
    text
}

/// What a comment says of the unsure ones of some tables that one pattern takes.
fn doubt(tables: &[&SuggestedTable]) -> Option<String> {
    let unsure: Vec<&&SuggestedTable> = tables.iter().filter(|table| table.confidence < UNSURE).collect();
    let text = match unsure.as_slice() {
        [] => return None,
        [only] if tables.len() == 1 => only.reason.clone(),
        some => some.iter().map(|table| table.qualified.as_str()).collect::<Vec<_>>().join(", "),
    };
    Some(
        text.chars()
            .flat_map(|letter| if toml_text::is_hidden(letter) { letter.escape_unicode().collect() } else { vec![letter] })
            .collect(),
    )
}

fn qualified(table: &SuggestTable) -> String {
    format!("{}.{}", table.schema, table.name)
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

// ---------------------------------------------------------------------------------------------------
// Words

/// Words that say nothing of what a table is about.
static PLAIN: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "at by code data date detail entry for from id in info is item key kind link list management map mapping name new \
     number of old on record rel relation row status table tbl temp text time tmp to type url uuid value"
        .split(' ')
        .collect()
});

/// Columns that tables of every kind have.
static PLAIN_COLUMNS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "account_id active amount archived_at attributes body category color comment company_id config content created \
     created_at created_by created_on currency data default deleted deleted_at description email enabled end_date ended_at \
     expires_at first_name full_name icon id image_url inserted_at internal_note internal_notes ip_address is_active \
     is_archived is_default is_deleted is_enabled is_primary key kind label language last_name locale message metadata \
     modified modified_at name note notes options order organization_id owner_id parent_id payload phone position priority \
     quantity settings slug sort_order start_date started_at state status tags tenant_id timestamp title total type updated \
     updated_at updated_by updated_on url user_agent user_id uuid valid_from valid_to value version"
        .split(' ')
        .collect()
});

fn is_plain(word: &str) -> bool {
    word.chars().count() < 2 || PLAIN.contains(word) || word.chars().all(|letter| letter.is_ascii_digit())
}

/// The words of a name, in lower case: `userID`, `user_id` and `User-Id` are alike.
fn split_words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let after_small = before.is_some_and(|before| before.is_lowercase() || before.is_numeric());
        let last_of_many =
            before.is_some_and(|before| before.is_uppercase()) && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_small || last_of_many) {
            words.push(std::mem::take(&mut word));
        }
        word.extend(letter.to_lowercase());
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The singular of an English word in lower case, near enough to compare words.
fn singular(word: &str) -> String {
    let ends = |end: &str| word.len() > end.len() + 1 && word.ends_with(end);
    let cut = |letters: usize| word.get(..word.len() - letters).unwrap_or(word);
    if word == "people" {
        "person".to_owned()
    } else if ends("ies") {
        format!("{}y", cut(3))
    } else if ends("gnoses") || ends("lyses") {
        format!("{}is", cut(2))
    } else if ["sses", "shes", "xes", "tches", "nuses", "ruses", "tuses", "zzes"].into_iter().any(ends) {
        cut(2).to_owned()
    } else if word.len() > 3 && word.ends_with('s') && !["ss", "us", "is", "ews"].into_iter().any(|end| word.ends_with(end)) {
        cut(1).to_owned()
    } else {
        word.to_owned()
    }
}

/// Whether one word is the other with an ending: `member` and `membership`.
fn are_kin(one: &str, other: &str) -> bool {
    const ENDINGS: &[&str] = &["al", "ation", "ed", "ing", "istration", "istrator", "ment", "ship", "y"];
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= 3 && long.strip_prefix(short).is_some_and(|end| ENDINGS.contains(&end))
}

/// The words of a name with their positions; two that mean something together count as one.
fn terms(words: &[String], is_known: impl Fn(&str) -> bool) -> Vec<(String, usize)> {
    let mut terms: Vec<(String, usize)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let phrase = before.map(|before| format!("{before}_{word}")).filter(|phrase| is_known(phrase));
        if phrase.is_some() {
            terms.pop();
        }
        terms.push((phrase.unwrap_or_else(|| word.clone()), at));
    }
    terms
}

/// Parts a word that is several known words without a mark between them, in the fewest parts.
fn part(word: &str, known: &BTreeSet<&str>, whole: &BTreeSet<&str>) -> Option<Vec<String>> {
    if whole.contains(singular(word).as_str()) || !word.is_ascii() || word.len() > 40 {
        return None;
    }
    let mut best: Vec<Option<Vec<&str>>> = vec![Some(Vec::new())];
    for end in 1..=word.len() {
        let mut found: Option<Vec<&str>> = None;
        for start in 0..end {
            let (Some(Some(before)), Some(piece)) = (best.get(start), word.get(start..end)) else { continue };
            let fits = piece.len() < word.len() && (known.contains(piece) || known.contains(singular(piece).as_str()));
            if fits && found.as_ref().is_none_or(|found| before.len() + 1 < found.len()) {
                found = Some(before.iter().copied().chain([piece]).collect());
            }
        }
        best.push(found);
    }
    best.pop().flatten().map(|pieces| pieces.into_iter().map(str::to_owned).collect())
}

// ---------------------------------------------------------------------------------------------------
// What domains of databases commonly hold

/// A field of work: the name it gets, what else it is called, and the words of its tables, each in the singular,
/// with `_` between two that count as one.
struct Field {
    name: &'static str,
    called: &'static str,
    strong: &'static str,
    fair: &'static str,
    weak: &'static str,
}

/// The fields of `suggest_fields.txt`.
static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let value = |record: &'static str, key: &str| {
        record.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).unwrap_or_default()
    };
    include_str!("suggest_fields.txt")
        .split("\n\n")
        .map(|record| Field {
            name: value(record, "name"),
            called: value(record, "called"),
            strong: value(record, "strong"),
            fair: value(record, "fair"),
            weak: value(record, "weak"),
        })
        .collect()
});

fn holds(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Every word of every field, with its worth.
fn vocabulary_words() -> impl Iterator<Item = (usize, &'static str, f64)> {
    FIELDS.iter().enumerate().flat_map(|(at, field)| {
        let worth = |words: &'static str, worth: f64| words.split(' ').map(move |word| (at, word, worth));
        worth(field.strong, 1.0).chain(worth(field.fair, 0.7)).chain(worth(field.weak, 0.4))
    })
}

// ---------------------------------------------------------------------------------------------------
// Tables and what links them

/// A table, taken apart.
struct Entry {
    schema: String,
    qualified: String,
    /// The words of its name, in the singular.
    words: Vec<String>,
    /// The same as they are written, in lower case.
    written: Vec<String>,
    /// Its columns, in lower case, each with its words.
    columns: BTreeMap<String, Vec<String>>,
}

/// How closely two tables are linked, by what links them.
#[derive(Clone, Copy, Default)]
struct Link {
    relation: f64,
    name: f64,
    topic: f64,
    column: f64,
    schema: f64,
}

impl Link {
    fn total(&self) -> f64 {
        self.relation + self.name + self.topic + self.column.min(0.2) + self.schema
    }
}

/// Tables whose names begin with the same word.
struct Family {
    prefix: String,
    members: Vec<usize>,
}

/// The tables in the order of their names, and everything that links them.
struct Model {
    entries: Vec<Entry>,
    /// Table → the tables that it refers to, each with its worth.
    refers: Vec<BTreeMap<usize, f64>>,
    /// Table → how many others refer to it.
    referred: Vec<usize>,
    /// Table → linked table → link.
    links: Vec<BTreeMap<usize, Link>>,
    families: Vec<Family>,
    /// Field of work → the tables whose names speak of it.
    topics: BTreeMap<usize, Vec<usize>>,
    /// The schema that does not count as a group of its own.
    main_schema: String,
}

impl Model {
    fn new(tables: &[SuggestTable], edges: &[SuggestEdge]) -> Self {
        let mut order: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (at, table) in tables.iter().enumerate() {
            order.entry((&table.schema, &table.name)).or_default().push(at);
        }
        let mut place = vec![0; tables.len()];
        for (new, positions) in order.values().enumerate() {
            for old in positions {
                place[*old] = new;
            }
        }
        let entries = entries(&order, tables);
        let mut refers = vec![BTreeMap::new(); entries.len()];
        for edge in edges {
            if let (Some(from), Some(to)) = (place.get(edge.from), place.get(edge.to))
                && from != to
            {
                refers[*from].insert(*to, 1.0);
            }
        }
        add_implied(&entries, &mut refers);
        let mut referred = vec![0; entries.len()];
        for to in refers.iter().flat_map(BTreeMap::keys) {
            referred[*to] += 1;
        }
        let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(first) = entry.words.first() {
                families.entry(first).or_default().push(at);
            }
        }
        let families = families
            .into_iter()
            .filter(|(_, members)| members.len() > 1)
            .map(|(prefix, members)| Family { prefix: prefix.to_owned(), members })
            .collect();
        let main_schema = main_schema(&entries);
        let links = vec![BTreeMap::new(); entries.len()];
        let mut model = Self { entries, refers, referred, links, families, topics: BTreeMap::new(), main_schema };
        model.topics = model.topics();
        model.link();
        model
    }

    /// Whether so many others refer to a table that a reference to it says little.
    fn is_hub(&self, table: usize) -> bool {
        self.referred[table] >= 4 && self.referred[table] * 5 >= self.entries.len()
    }

    /// Whether a first word says little: a hub's name, or that of most tables.
    fn is_common_prefix(&self, family: &Family) -> bool {
        let many = self.entries.len() >= 8 && family.members.len() * 5 > self.entries.len() * 2;
        let of_hub = |table: &usize| self.is_hub(*table) && matches!(self.entries[*table].words.as_slice(), [_]);
        many || family.members.iter().any(of_hub)
    }

    fn common_prefixes(&self) -> BTreeSet<&str> {
        self.families.iter().filter(|family| self.is_common_prefix(family)).map(|family| family.prefix.as_str()).collect()
    }

    fn link(&mut self) {
        let mut links: BTreeMap<(usize, usize), Link> = BTreeMap::new();
        for (from, targets) in self.refers.iter().enumerate() {
            for (to, worth) in targets {
                let hub = if self.is_hub(*to) { 0.4 } else { 1.0 };
                links.entry(pair(from, *to)).or_default().relation += worth * hub / count(self.referred[*to]).sqrt();
            }
        }
        for (members, weight) in self.name_groups() {
            each_pair(&members, weight, |pair, weight| links.entry(pair).or_default().name += weight);
        }
        for members in self.topics.values() {
            each_pair(members, 0.4, |pair, weight| {
                let topic = &mut links.entry(pair).or_default().topic;
                *topic = topic.max(weight);
            });
        }
        for (members, weight) in self.column_groups() {
            each_pair(&members, weight, |pair, weight| links.entry(pair).or_default().column += weight);
        }
        let mut schemas: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.schema != self.main_schema) {
            schemas.entry(&entry.schema).or_default().push(at);
        }
        for members in schemas.values() {
            each_pair(members, 1.0, |pair, weight| links.entry(pair).or_default().schema += weight);
        }
        for ((one, other), mut link) in links {
            if self.entries[one].schema != self.entries[other].schema {
                link = Link {
                    relation: link.relation * 0.3,
                    name: link.name * 0.2,
                    topic: link.topic * 0.2,
                    column: link.column * 0.1,
                    schema: 0.0,
                };
            }
            self.links[one].insert(other, link);
            self.links[other].insert(one, link);
        }
    }

    /// Tables that share the beginning of their names, or a rare word in it.
    fn name_groups(&self) -> Vec<(Vec<usize>, f64)> {
        let mut groups = Vec::new();
        for family in &self.families {
            groups.push((family.members.clone(), if self.is_common_prefix(family) { 0.15 } else { 1.0 }));
        }
        for (length, weight) in [(2, 0.8), (3, 0.6)] {
            let mut prefixes: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
            for (at, entry) in self.entries.iter().enumerate() {
                if let Some(prefix) = entry.words.get(..length) {
                    prefixes.entry(prefix).or_default().push(at);
                }
            }
            groups.extend(prefixes.into_values().map(|members| (members, weight)));
        }
        let mut words: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            for word in entry.words.iter().filter(|word| !is_plain(word)) {
                words.entry(word).or_default().insert(at);
            }
        }
        let most = (self.entries.len() / 6).max(3);
        let common = self.common_prefixes();
        let rare = words.into_iter().filter(|(word, members)| members.len() <= most && !common.contains(word));
        groups.extend(rare.map(|(_, members)| (members.into_iter().collect(), 0.6)));
        groups
    }

    /// Tables by the fields of work that the most telling words of their names speak of.
    fn topics(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut fields: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
        for (field, word, worth) in vocabulary_words().filter(|(_, _, worth)| *worth > 0.5) {
            fields.entry(word).or_default().push((field, worth));
        }
        for fields in fields.values_mut() {
            let best = fields.iter().map(|(_, worth)| *worth).fold(0.0, f64::max);
            fields.retain(|(_, worth)| *worth >= best);
        }
        let common = self.common_prefixes();
        let mut topics: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let terms = terms(&entry.words, |term| fields.contains_key(term));
            let telling = terms
                .iter()
                .filter(|(word, _)| entry.words.len() == 1 || !common.contains(word.as_str()))
                .filter_map(|(word, at)| fields.get(word.as_str()).map(|fields| (fields, *at)));
            // A word of one field tells more than one of many; of words alike, the last.
            let best = telling.max_by(|(left, one), (right, other)| {
                let worth = |fields: &[(usize, f64)]| fields.first().map_or(0.0, |(_, worth)| *worth);
                worth(left).total_cmp(&worth(right)).then(right.len().cmp(&left.len())).then(one.cmp(other))
            });
            for (field, _) in best.into_iter().flat_map(|(fields, _)| fields) {
                topics.entry(*field).or_default().push(at);
            }
        }
        topics
    }

    /// Tables that share a column that few have.
    fn column_groups(&self) -> Vec<(Vec<usize>, f64)> {
        let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            for column in entry.columns.keys().filter(|column| !PLAIN_COLUMNS.contains(column.as_str())) {
                columns.entry(column).or_default().push(at);
            }
        }
        let most = (self.entries.len() / 8).clamp(2, 12);
        columns.into_values().filter(|members| members.len() <= most).map(|members| (members, 0.15)).collect()
    }

    fn weight(&self, one: usize, other: usize) -> f64 {
        self.links[one].get(&other).map_or(0.0, Link::total)
    }

    /// The only other table that a table refers to or is referred to from, by foreign keys and what codegen.toml declares;
    /// by names of columns where it has none of these.
    fn only_neighbour(&self, table: usize) -> Option<usize> {
        let neighbours = |least: f64| -> BTreeSet<usize> {
            let to = self.refers[table].iter().filter(|(_, worth)| **worth >= least).map(|(to, _)| *to);
            let from = self.refers.iter().enumerate().filter(|(_, to)| to.get(&table).is_some_and(|worth| *worth >= least));
            to.chain(from.map(|(from, _)| from)).filter(|other| *other != table).collect()
        };
        let declared = neighbours(1.0);
        let all = if declared.is_empty() { neighbours(0.0) } else { declared };
        let mut all = all.into_iter();
        all.next().filter(|_| all.next().is_none())
    }

    /// Tables that go together whatever else links them: those whose names begin alike, and a table with the only one that it
    /// refers to or is referred to from. Each table of a block with its number.
    fn blocks(&self, members: &[usize]) -> BTreeMap<usize, usize> {
        let inside: BTreeSet<usize> = members.iter().copied().collect();
        let most = (members.len() * 2 / 5).max(6);
        let mut block: BTreeMap<usize, usize> = members.iter().map(|table| (*table, *table)).collect();
        let mut in_family: BTreeSet<usize> = BTreeSet::new();
        let mut groups: Vec<(usize, Vec<usize>)> = vec![(1, members.to_vec())];
        while let Some((length, tables)) = groups.pop() {
            let mut prefixes: BTreeMap<(&str, &[String]), Vec<usize>> = BTreeMap::new();
            for table in tables {
                let entry = &self.entries[table];
                if let Some(prefix) = entry.words.get(..length) {
                    prefixes.entry((&entry.schema, prefix)).or_default().push(table);
                }
            }
            for ((_, prefix), tables) in prefixes {
                if tables.len() > most {
                    // The first words of most tables say nothing: the next ones may.
                    groups.push((length + 1, tables));
                } else if tables.len() > 1 && !prefix.iter().all(|word| is_plain(word)) {
                    if tables.len() > 2 {
                        in_family.extend(&tables);
                    }
                    for table in &tables {
                        block.insert(*table, tables[0]);
                    }
                }
            }
        }
        for table in members {
            let neighbour = self.only_neighbour(*table).filter(|other| inside.contains(other) && !in_family.contains(table));
            let Some(neighbour) = neighbour else { continue };
            let (from, to) = (block[table], block[&neighbour]);
            let size = block.values().filter(|of| **of == from || **of == to).count();
            if from != to && size <= most {
                block.values_mut().filter(|of| **of == from).for_each(|of| *of = to);
            }
        }
        block
    }

    /// Cuts the graph of links between some tables; the groups in the order of their first tables.
    fn communities(&self, members: &[usize]) -> Vec<Vec<usize>> {
        let place: BTreeMap<usize, usize> = members.iter().enumerate().map(|(place, table)| (*table, place)).collect();
        let block = self.blocks(members);
        let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (table, of) in &block {
            blocks.entry(*of).or_default().push(*table);
        }
        let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for table in members {
            for (other, link) in self.links[*table].range(table + 1..).filter(|(other, _)| place.contains_key(other)) {
                weights.insert((*table, *other), link.total());
            }
        }
        for tables in blocks.values() {
            each_pair(tables, TOGETHER, |pair, weight| *weights.entry(pair).or_default() += weight);
        }
        let mut builder = GraphDataBuilder::new(members.len());
        let mut linked = false;
        for ((one, other), weight) in weights {
            linked |= builder.add_edge(place[&one], place[&other], weight).is_ok();
        }
        let config = LeidenConfig { seed: Some(1), resolution: 1.3, max_iterations: 50, ..LeidenConfig::default() };
        let cut = linked.then(|| builder.build().and_then(|graph| Leiden::new(config).run(&graph)));
        let Some(Ok(output)) = cut else { return members.iter().map(|table| vec![*table]).collect() };
        // What goes together is where most of it is.
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for tables in blocks.values() {
            let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
            for table in tables {
                *votes.entry(output.partition.community_of(place[table])).or_default() += 1;
            }
            let most = votes.into_iter().max_by_key(|(group, votes)| (*votes, std::cmp::Reverse(*group)));
            groups.entry(most.map_or(0, |(group, _)| group)).or_default().extend(tables);
        }
        for group in groups.values_mut() {
            group.sort_unstable();
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort();
        groups
    }

    /// The names of some tables, in a few words.
    fn list(&self, tables: &[usize]) -> String {
        let shown: Vec<&str> = tables.iter().take(2).map(|table| self.short_name(*table)).collect();
        match tables.len().saturating_sub(shown.len()) {
            0 => shown.join(", "),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    }

    fn short_name(&self, table: usize) -> &str {
        let entry = &self.entries[table];
        if entry.schema == self.main_schema {
            entry.qualified.get(entry.schema.len() + 1..).unwrap_or_default()
        } else {
            &entry.qualified
        }
    }

    /// How a table hangs together with others, strongest first.
    fn bond(&self, table: usize, with: &BTreeSet<usize>) -> Option<String> {
        let mut near: Vec<(usize, Link)> =
            self.links[table].iter().filter(|(other, _)| with.contains(other)).map(|(other, link)| (*other, *link)).collect();
        near.sort_by(|(one, left), (other, right)| right.total().total_cmp(&left.total()).then(one.cmp(other)));
        let (nearest, first) = near.first()?;
        let only =
            |kind: fn(&Link) -> f64| near.iter().filter(|(_, link)| kind(link) > 0.0).map(|(other, _)| *other).collect::<Vec<_>>();
        if first.relation > 0.0 && first.relation >= first.name.max(first.column).max(first.topic) {
            let related = only(|link| link.relation);
            let (to, from): (Vec<usize>, Vec<usize>) =
                related.into_iter().partition(|other| self.refers[table].contains_key(other));
            return Some(if to.is_empty() {
                format!("referred to by {}", self.list(&from))
            } else {
                format!("refers to {}", self.list(&to))
            });
        }
        if first.topic > first.name.max(first.column) {
            let shared = |members: &&Vec<usize>| members.contains(&table) && members.contains(nearest);
            let members = self.topics.values().find(shared).cloned().unwrap_or_default();
            let alike: Vec<usize> = near.iter().map(|(other, _)| *other).filter(|other| members.contains(other)).collect();
            return Some(format!("about the same as {}", self.list(&alike)));
        }
        if first.name >= first.column && first.name > 0.0 {
            return Some(format!("named like {}", self.list(&only(|link| link.name))));
        }
        if first.column > 0.0 {
            return Some(format!("shares columns with {}", self.list(&only(|link| link.column))));
        }
        Some(format!("schema {}", self.entries[table].schema))
    }
}

fn pair(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// Links all of a group, less closely the larger it is.
fn each_pair(members: &[usize], weight: f64, mut link: impl FnMut((usize, usize), f64)) {
    // In a large group, only with those next to it in the order of names.
    let reach = if members.len() > 200 { 20 } else { members.len() };
    let weight = weight * 2.0 / count(reach);
    for (at, one) in members.iter().enumerate() {
        for other in members.iter().skip(at + 1).take(reach) {
            link(pair(*one, *other), weight);
        }
    }
}

fn entries(order: &BTreeMap<(&str, &str), Vec<usize>>, tables: &[SuggestTable]) -> Vec<Entry> {
    let split: Vec<Vec<String>> = order.keys().map(|(_, name)| split_words(name)).collect();
    let whole: BTreeSet<&str> = vocabulary_words().map(|(_, word, _)| word).collect();
    let mut known = whole.clone();
    known.extend(split.iter().flatten().filter(|word| word.len() > 3).map(String::as_str));
    let mut entries = Vec::new();
    for (((schema, name), positions), words) in order.iter().zip(&split) {
        let written: Vec<String> =
            words.iter().flat_map(|word| part(word, &known, &whole).unwrap_or_else(|| vec![word.clone()])).collect();
        let columns = positions.iter().filter_map(|at| tables.get(*at)).flat_map(|table| &table.columns);
        entries.push(Entry {
            schema: (*schema).to_owned(),
            qualified: format!("{schema}.{name}"),
            words: written.iter().map(|word| singular(word)).collect(),
            written,
            columns: columns
                .map(|column| (column.to_lowercase(), split_words(column).iter().map(|word| singular(word)).collect()))
                .collect(),
        });
    }
    entries
}

/// Adds what names of columns imply: `subscription_id` refers to `subscriptions`, or to the only table
/// whose name ends so.
fn add_implied(entries: &[Entry], refers: &mut [BTreeMap<usize, f64>]) {
    let mut ends: BTreeMap<(&str, &[String]), Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for start in 0..entry.words.len() {
            ends.entry((&entry.schema, &entry.words[start..])).or_default().push(at);
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        for words in entry.columns.values() {
            let Some((last, named)) = words.split_last() else { continue };
            if named.is_empty() || !matches!(last.as_str(), "id" | "uuid" | "key" | "code") {
                continue;
            }
            let Some(found) = ends.get(&(entry.schema.as_str(), named)) else { continue };
            let exact = found.iter().find(|table| entries[**table].words.len() == named.len());
            let target = match (exact, found.as_slice()) {
                (Some(table), _) => Some((*table, 0.8)),
                (None, [only]) => Some((*only, 0.5)),
                _ => None,
            };
            if let Some((target, worth)) = target.filter(|(target, _)| *target != at) {
                refers[at].entry(target).or_insert(worth);
            }
        }
    }
}

/// `public`, or without it the schema that has most tables, where it has the most of all.
fn main_schema(entries: &[Entry]) -> String {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *sizes.entry(&entry.schema).or_default() += 1;
    }
    let largest = sizes.iter().filter(|(_, size)| **size * 5 >= entries.len() * 3).map(|(schema, _)| *schema).next();
    let main = if sizes.contains_key("public") { Some("public") } else { largest };
    main.unwrap_or("public").to_owned()
}

// ---------------------------------------------------------------------------------------------------
// Without names

/// Groups of tables that were found.
struct Found {
    groups: Vec<Vec<usize>>,
    /// Tables that nothing links to any other.
    alone: BTreeSet<usize>,
}

impl Found {
    fn new(model: &Model) -> Self {
        let mut schemas: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in model.entries.iter().enumerate() {
            schemas.entry(&entry.schema).or_default().push(at);
        }
        let (closed, open): (Vec<_>, Vec<_>) = schemas.into_values().partition(|members| is_closed(model, members));
        let mut open: Vec<usize> = open.into_iter().flatten().collect();
        open.sort_unstable();
        let mut found = Self { groups: closed, alone: BTreeSet::new() };
        let fixed = found.groups.len();
        found.groups.extend(model.communities(&open));
        found.merge_small(model, fixed, open.len());
        found.groups.sort();
        found
    }

    /// Puts what is too small for a domain to what is nearest; the first groups stay as they are.
    fn merge_small(&mut self, model: &Model, fixed: usize, tables: usize) {
        let least = if tables >= 60 { 3 } else { 2 };
        let mut lonely: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut small: Vec<Vec<usize>> = self.groups.extract_if(fixed.., |group| group.len() < least).collect();
        small.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
        let mut waiting = small.len() + 1;
        while small.len() < waiting {
            waiting = small.len();
            for group in std::mem::take(&mut small) {
                let near = self.groups.iter().enumerate().skip(fixed).map(|(at, other)| (closeness(model, &group, other), at));
                match near.max_by(|(left, one), (right, other)| left.total_cmp(right).then(other.cmp(one))) {
                    Some((weight, at)) if weight > 0.0 => self.groups[at].extend(group),
                    _ => small.push(group),
                }
            }
        }
        for group in small {
            if group.len() > 1 {
                self.groups.push(group);
            } else {
                for table in group {
                    lonely.entry(&model.entries[table].schema).or_default().push(table);
                }
            }
        }
        for group in lonely.into_values() {
            self.alone.extend(&group);
            self.groups.push(group);
        }
        for group in &mut self.groups {
            group.sort_unstable();
        }
    }

    fn domains(&self, model: &Model) -> Vec<SuggestedDomain> {
        let mut largest: Vec<&Vec<usize>> = self.groups.iter().collect();
        largest.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
        let mut taken = BTreeSet::new();
        let mut domains = Vec::new();
        let group_of: BTreeMap<usize, usize> =
            largest.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |table| (*table, at))).collect();
        for (at, group) in largest.into_iter().enumerate() {
            let name = self.name(model, group, &taken);
            taken.insert(name.clone());
            let members: BTreeSet<usize> = group.iter().copied().collect();
            let tables = group.iter().map(|table| self.table(model, *table, at, &members, &group_of)).collect();
            domains.push(SuggestedDomain { name, tables: sorted(tables) });
        }
        domains.sort_by(|one, other| one.name.cmp(&other.name));
        domains
    }

    fn table(
        &self,
        model: &Model,
        table: usize,
        group: usize,
        members: &BTreeSet<usize>,
        group_of: &BTreeMap<usize, usize>,
    ) -> SuggestedTable {
        let entry = &model.entries[table];
        let mut pulls: BTreeMap<usize, f64> = BTreeMap::new();
        for (other, link) in &model.links[table] {
            // That everything refers to a hub does not pull it anywhere.
            let refers = model.is_hub(table) && !members.contains(other);
            if let Some(other) = group_of.get(other) {
                *pulls.entry(*other).or_default() += link.total() - if refers { link.relation } else { 0.0 };
            }
        }
        let inside = pulls.remove(&group).unwrap_or_default();
        let outside = pulls.into_values().fold(0.0, f64::max);
        let mut confidence =
            if inside > 0.0 { (inside - outside).max(0.0) / (inside + outside) * inside / (inside + 0.3) } else { 0.0 };
        let whole_schema =
            entry.schema != model.main_schema && members.iter().all(|other| model.entries[*other].schema == entry.schema);
        if whole_schema {
            confidence = confidence.max(0.9);
        }
        let reason = if whole_schema {
            format!("schema {}", entry.schema)
        } else if self.alone.contains(&table) {
            "nothing links it to another table".to_owned()
        } else {
            model.bond(table, members).unwrap_or_else(|| "nothing links it to another table".to_owned())
        };
        SuggestedTable { qualified: entry.qualified.clone(), confidence: rounded(confidence), reason }
    }

    /// The word that is most characteristic of a group, in a form that its tables use.
    fn name(&self, model: &Model, group: &[usize], taken: &BTreeSet<String>) -> String {
        let first = group.first().map(|table| model.entries[*table].schema.as_str()).unwrap_or_default();
        // `user` beside `users` would only confuse.
        let is_free = |name: &str| !taken.iter().any(|known| known == name || singular(known) == singular(name));
        let mut names: Vec<String> = Vec::new();
        let same_schema = group.iter().all(|table| model.entries[*table].schema == first);
        let whole = same_schema && model.entries.iter().filter(|entry| entry.schema == first).count() == group.len();
        if same_schema && first != model.main_schema && whole {
            names.push(identifier(first));
        }
        if !group.iter().all(|table| self.alone.contains(table)) {
            let field =
                model.topics.iter().map(|(field, members)| (group.iter().filter(|table| members.contains(table)).count(), *field));
            let field = field.max_by_key(|(shared, field)| (*shared, std::cmp::Reverse(*field)));
            let field = field.filter(|(shared, _)| shared * 5 >= group.len() * 3).map(|(_, field)| FIELDS[field].name.to_owned());
            let words = characteristic(model, group);
            let covers = words.iter().find(|(word, _)| is_free(word)).is_some_and(|(_, share)| *share >= 0.5);
            let words = words.into_iter().map(|(word, _)| word);
            if covers { names.extend(words.chain(field)) } else { names.extend(field.into_iter().chain(words)) }
        }
        let fallback = if group.iter().all(|table| self.alone.contains(table)) { "other" } else { "domain" };
        names.push(fallback.to_owned());
        names.retain(|name| !name.is_empty());
        names.iter().find(|name| is_free(name)).cloned().unwrap_or_else(|| {
            let numbered = (2_usize..).map(|number| format!("{}_{number}", names[0]));
            numbered.into_iter().find(|name| !taken.contains(name)).unwrap_or_default()
        })
    }
}

/// Whether a schema is one domain: not the main one, and more than one table.
fn is_closed(model: &Model, members: &[usize]) -> bool {
    let schema = members.first().map(|table| &model.entries[*table].schema);
    members.len() > 1 && schema.is_some_and(|schema| *schema != model.main_schema)
}

fn closeness(model: &Model, group: &[usize], other: &[usize]) -> f64 {
    let sum: f64 = group.iter().flat_map(|one| other.iter().map(move |table| model.weight(*one, *table))).sum();
    sum / count(other.len()).sqrt()
}

/// Words of a group's tables, the most characteristic first, each with the share of tables that hold it.
fn characteristic(model: &Model, group: &[usize]) -> Vec<(String, f64)> {
    let schemas: BTreeSet<&str> = group.iter().map(|table| model.entries[*table].schema.as_str()).collect();
    let mut everywhere: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in model.entries.iter().filter(|entry| schemas.contains(entry.schema.as_str())) {
        for word in entry.words.iter().collect::<BTreeSet<_>>() {
            *everywhere.entry(word).or_default() += 1;
        }
    }
    let mut scores: BTreeMap<&str, f64> = BTreeMap::new();
    let mut forms: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for table in group {
        let entry = &model.entries[*table];
        let mut seen = BTreeSet::new();
        for (at, (word, written)) in entry.words.iter().zip(&entry.written).enumerate() {
            let alone = entry.words.len() == 1;
            *forms.entry(word).or_default().entry(written).or_default() += if alone { 10.0 } else { 1.0 };
            if !seen.insert(word) {
                continue;
            }
            let inner = group.iter().filter(|other| model.refers[**other].contains_key(table)).count();
            let leads = if alone {
                1.0 + 0.4 * count(inner)
            } else if at == 0 || at + 1 == entry.words.len() {
                1.0
            } else {
                0.8
            };
            *scores.entry(word).or_default() += if is_plain(word) { 0.05 } else { leads };
        }
    }
    let mut inside: BTreeMap<&str, usize> = BTreeMap::new();
    for table in group {
        for word in model.entries[*table].words.iter().collect::<BTreeSet<_>>() {
            *inside.entry(word).or_default() += 1;
        }
    }
    // A first word that is everywhere characterises only the group that holds its table.
    let mut common = model.common_prefixes();
    for table in group {
        if let [word] = model.entries[*table].words.as_slice() {
            common.remove(word.as_str());
        }
    }
    let mut ranked: Vec<(f64, &str)> = scores
        .into_iter()
        .filter(|(word, _)| !common.contains(word))
        .map(|(word, score)| {
            let own = count(inside.get(word).copied().unwrap_or(1)) / count(everywhere.get(word).copied().unwrap_or(1));
            let usual = if FIELDS.iter().any(|field| field.name == word || singular(field.name) == word) { 1.25 } else { 1.0 };
            (score * own * usual, word)
        })
        .collect();
    ranked.sort_by(|(left, one), (right, other)| right.total_cmp(left).then(one.cmp(other)));
    let form = |word: &str| {
        let forms = forms.get(word)?.iter();
        forms.max_by(|(one, left), (other, right)| left.total_cmp(right).then(other.cmp(one))).map(|(form, _)| identifier(form))
    };
    let share = |word: &str| count(inside.get(word).copied().unwrap_or_default()) / count(group.len());
    ranked.into_iter().filter_map(|(_, word)| form(word).map(|form| (form, share(word)))).collect()
}

/// A name in lower snake case; empty where the text has no letter to begin with.
fn identifier(text: &str) -> String {
    let name = split_words(text).join("_");
    if name.starts_with(char::is_alphabetic) { name } else { String::new() }
}

fn sorted(mut tables: Vec<SuggestedTable>) -> Vec<SuggestedTable> {
    tables.sort_by(|one, other| one.qualified.cmp(&other.qualified));
    tables
}

/// Two digits say all that an estimate can.
fn rounded(confidence: f64) -> f64 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0
}

// ---------------------------------------------------------------------------------------------------
// With names

/// What a name of a domain is taken to mean.
struct Meaning {
    /// Its words, in the singular.
    words: Vec<String>,
    /// Every word that speaks for it, with its worth.
    worth: BTreeMap<String, f64>,
}

impl Meaning {
    fn all(names: &[String]) -> Vec<Self> {
        let split = |name: &String| -> Vec<String> {
            let words: Vec<String> = split_words(name).iter().map(|word| singular(word)).collect();
            let telling: Vec<String> = words.iter().filter(|word| !is_plain(word)).cloned().collect();
            if telling.is_empty() { words } else { telling }
        };
        let all: Vec<Vec<String>> = names.iter().map(split).collect();
        let shares = field_shares(&all);
        all.iter()
            .enumerate()
            .map(|(at, words)| {
                let others: BTreeSet<&String> =
                    all.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, words)| words).collect();
                let mut worth: BTreeMap<String, f64> = BTreeMap::new();
                for (field, word, value) in vocabulary_words() {
                    let share = shares[at][field];
                    // A word that is another domain's name is that one's.
                    let taken = others.iter().any(|other| other.as_str() == word || are_kin(other, word));
                    let share = if taken { share * 0.4 } else { share };
                    if share > 0.0 {
                        let known = worth.entry(word.to_owned()).or_default();
                        *known = known.max(value * share);
                    }
                }
                for word in words {
                    worth.insert(word.clone(), 1.4);
                }
                Self { words: words.clone(), worth }
            })
            .collect()
    }

    fn worth(&self, word: &str) -> f64 {
        if is_plain(word) && !self.words.iter().any(|own| own == word) {
            return 0.0;
        }
        let exact = self.worth.get(word).copied().unwrap_or_default();
        if self.words.iter().any(|own| are_kin(own, word)) { exact.max(1.2) } else { exact }
    }
}

/// Name → field → how much of the field's words speak for the name.
fn field_shares(names: &[Vec<String>]) -> Vec<Vec<f64>> {
    let mut shares = vec![vec![0.0_f64; FIELDS.len()]; names.len()];
    for (words, shares) in names.iter().zip(&mut shares) {
        for word in words {
            let exact = FIELDS.iter().any(|field| holds(field.called, word));
            for (field, share) in FIELDS.iter().zip(shares.iter_mut()) {
                let is_called = field.called.split(' ').any(|name| name == word || !exact && are_kin(name, word));
                let part = !exact && holds(field.strong, word);
                *share = share.max(if is_called {
                    1.0
                } else if part {
                    0.6
                } else {
                    0.0
                });
            }
        }
    }
    // Of two names for one field, that of a kind of its tables is the narrower: `patients` beside `clinical`.
    for (at, field) in FIELDS.iter().enumerate() {
        let is_narrow = |words: &[String]| words.iter().any(|word| holds(field.strong, word));
        let is_wide = |(words, shares): (&Vec<String>, &Vec<f64>)| shares[at] >= 1.0 && !is_narrow(words);
        if names.iter().zip(&shares).any(is_wide) {
            for (_, shares) in names.iter().zip(&mut shares).filter(|(words, _)| is_narrow(words)) {
                shares[at] *= 0.4;
            }
        }
    }
    shares
}

/// How well each table fits each name.
struct Fitted {
    meanings: Vec<Meaning>,
    /// Table → name → what the table itself says.
    own: Vec<Vec<f64>>,
    /// Table → name → with what its neighbours say.
    all: Vec<Vec<f64>>,
    /// Table → name → what the tables with the same first word say.
    family: Vec<Vec<f64>>,
}

impl Fitted {
    fn new(model: &Model, names: &[String]) -> Self {
        let mut fitted = Self { meanings: Meaning::all(names), own: Vec::new(), all: Vec::new(), family: Vec::new() };
        let mut prefixes: Vec<f64> = vec![0.9; model.entries.len()];
        let mut spread: Vec<usize> = vec![1; model.families.len()];
        for (family, spread) in model.families.iter().zip(&mut spread) {
            *spread = fitted.spread(model, family);
            for member in &family.members {
                prefixes[*member] = 0.9 / count(*spread);
            }
        }
        let column_idf = column_idf(model);
        let owned: BTreeSet<&str> =
            model.entries.iter().map(|entry| entry.schema.as_str()).filter(|schema| *schema != model.main_schema).collect();
        let schemas: Vec<Vec<f64>> = model.entries.iter().map(|entry| fitted.schema_scores(model, &entry.schema, names)).collect();
        for (at, entry) in model.entries.iter().enumerate() {
            let mut scores = fitted.name_scores(entry, prefixes[at]);
            for (position, score) in scores.iter_mut().enumerate() {
                *score += fitted.column_score(entry, position, &column_idf);
                *score = *score * owned_elsewhere(entry, &names[position], &owned) + schemas[at][position];
            }
            fitted.own.push(scores);
        }
        fitted.spread_out(model, &spread);
        fitted
    }

    /// What the words of a table's name say: its last telling word fully, the first as its family allows.
    fn name_scores(&self, entry: &Entry, prefix: f64) -> Vec<f64> {
        let telling = |word: &str| self.meanings.iter().any(|meaning| meaning.worth(word) > 0.0);
        let terms = terms(&entry.words, telling);
        let head = terms.iter().rev().find(|(term, _)| telling(term)).map(|(_, at)| *at);
        // The first word only says whose it is where the last one names another domain: `user_preferences`.
        let first = entry.words.first().map_or("", String::as_str);
        let names_another = |meaning: &Meaning| {
            let last = terms.iter().rev().find(|(term, at)| *at > 0 && telling(term));
            last.is_some_and(|(term, _)| meaning.worth(term) >= 1.0) && meaning.worth(first) <= 0.0
        };
        let is_name = self.meanings.iter().any(|meaning| meaning.words.iter().any(|word| word == first));
        let prefix = if is_name && self.meanings.iter().any(names_another) { prefix.min(0.5) } else { prefix };
        let weight = |at: usize| match at {
            _ if entry.words.len() == 1 => 1.0,
            0 => prefix,
            _ if Some(at) == head => 1.0,
            _ => 0.7,
        };
        let score = |meaning: &Meaning| {
            let mut parts: Vec<f64> = terms.iter().map(|(term, at)| meaning.worth(term) * weight(*at)).collect();
            parts.sort_by(|left, right| right.total_cmp(left));
            // More words for the same domain add less and less.
            parts.iter().zip([1.0, 0.5, 0.25]).map(|(part, share)| part * share).sum()
        };
        self.meanings.iter().map(score).collect()
    }

    /// For how many domains the tables of a family speak apart from their first word; at least 1.
    fn spread(&self, model: &Model, family: &Family) -> usize {
        let mut best = BTreeSet::new();
        for member in &family.members {
            let entry = &model.entries[*member];
            let rest = Entry {
                schema: String::new(),
                qualified: String::new(),
                words: entry.words.iter().skip(1).cloned().collect(),
                written: Vec::new(),
                columns: BTreeMap::new(),
            };
            let scores = self.name_scores(&rest, 1.0);
            best.extend(first_best(&scores).filter(|(_, score)| *score >= 0.6).map(|(at, _)| at));
        }
        best.len().max(1)
    }

    fn column_score(&self, entry: &Entry, position: usize, idf: &BTreeMap<&str, f64>) -> f64 {
        let Some(meaning) = self.meanings.get(position) else { return 0.0 };
        let words: BTreeSet<&String> = entry.columns.values().flatten().collect();
        let sum: f64 = words.iter().map(|word| meaning.worth(word) * idf.get(word.as_str()).copied().unwrap_or_default()).sum();
        (sum * 0.12).min(0.5)
    }

    fn schema_scores(&self, model: &Model, schema: &str, names: &[String]) -> Vec<f64> {
        let words: Vec<String> = split_words(schema).iter().map(|word| singular(word)).collect();
        let score = |(name, meaning): (&String, &Meaning)| {
            if schema == name {
                return 3.0;
            }
            if schema == model.main_schema || schema == "public" {
                return 0.0;
            }
            if words == meaning.words {
                return 2.5;
            }
            words.iter().map(|word| meaning.worth(word)).fold(0.0, f64::max) * 1.2
        };
        names.iter().zip(&self.meanings).map(score).collect()
    }

    /// Lets neighbours and families speak, in a few rounds.
    fn spread_out(&mut self, model: &Model, spread: &[usize]) {
        let communities = model.communities(&(0..model.entries.len()).collect::<Vec<_>>());
        self.all.clone_from(&self.own);
        for _ in 0..6 {
            let voices: Vec<Vec<f64>> = self.all.iter().map(|scores| voice(scores)).collect();
            let mut next = self.own.clone();
            self.family = vec![vec![0.0; self.meanings.len()]; self.own.len()];
            for (family, spread) in model.families.iter().zip(spread) {
                let weight = family_weight(model, family, *spread);
                let said = voice(&mean(&self.all, &family.members));
                for member in &family.members {
                    add(&mut self.family[*member], &said, weight);
                }
            }
            for community in communities.iter().filter(|community| community.len() > 1) {
                let said = mean(&voices, community);
                for member in community {
                    add(&mut next[*member], &said, 0.3);
                }
            }
            for (at, scores) in next.iter_mut().enumerate() {
                let whole: f64 = model.links[at].values().map(Link::total).sum();
                for (other, link) in &model.links[at] {
                    add(scores, &voices[*other], 0.6 * link.total() / whole.max(0.5));
                }
                add(scores, &self.family[at], 1.0);
            }
            self.all = next;
        }
    }

    fn domains(&self, model: &Model, names: &[String]) -> Vec<SuggestedDomain> {
        let mut domains: Vec<SuggestedDomain> =
            names.iter().map(|name| SuggestedDomain { name: name.clone(), tables: Vec::new() }).collect();
        let chosen: Vec<Option<(usize, f64)>> = self.all.iter().map(|scores| first_best(scores)).collect();
        let mut by_schema: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (entry, chosen) in model.entries.iter().zip(&chosen) {
            let sizes = by_schema.entry(&entry.schema).or_insert_with(|| vec![0; names.len()]);
            if let Some((position, _)) = chosen {
                sizes[*position] += 1;
            }
        }
        let position = |at: usize| {
            // What nothing speaks for goes where most of its schema is.
            chosen[at].map_or_else(
                || {
                    let sizes = by_schema.get(model.entries[at].schema.as_str());
                    let sizes: Vec<f64> = sizes.map(|sizes| sizes.iter().map(|size| count(*size)).collect()).unwrap_or_default();
                    first_best(&sizes).map_or(0, |(position, _)| position)
                },
                |(position, _)| position,
            )
        };
        let mut homes: Vec<usize> = (0..model.entries.len()).map(position).collect();
        let moved = self.settle(model, names, &mut homes);
        let mut mates = vec![BTreeSet::new(); names.len()];
        for (at, home) in homes.iter().enumerate() {
            mates[*home].insert(at);
        }
        for (at, entry) in model.entries.iter().enumerate() {
            let home = homes[at];
            let (best, second) = top_two(&self.all[at]);
            let margin = best - second;
            let (confidence, reason) = match moved.get(&at) {
                Some(reason) => (MOVED, reason.clone()),
                None => (margin / (margin + 0.4), self.reason(model, at, home, &mates[home], &names[home])),
            };
            domains[home].tables.push(SuggestedTable {
                qualified: entry.qualified.clone(),
                confidence: rounded(confidence),
                reason,
            });
        }
        for domain in &mut domains {
            domain.tables = sorted(std::mem::take(&mut domain.tables));
        }
        domains
    }

    /// Puts tables where schemas, foreign keys and the beginnings of names say that they belong, where their own names say
    /// little. Why each was moved.
    fn settle(&self, model: &Model, names: &[String], homes: &mut [usize]) -> BTreeMap<usize, String> {
        let mut moved = BTreeMap::new();
        // A schema is not cut.
        let mut schemas: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in model.entries.iter().enumerate().filter(|(_, entry)| entry.schema != model.main_schema) {
            schemas.entry(&entry.schema).or_default().push(at);
        }
        let mut fixed = BTreeSet::new();
        for (schema, members) in schemas {
            let Some((home, _)) = first_best(&mean(&self.all, &members)) else { continue };
            for table in members {
                fixed.insert(table);
                if std::mem::replace(&mut homes[table], home) != home {
                    moved.insert(table, format!("schema {schema}"));
                }
            }
        }
        let is_weak = |table: usize, home: usize| self.own[table][home] < WEAK;
        for family in model.families.iter().filter(|family| family.members.len() > 2 && !model.is_common_prefix(family)) {
            let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
            family.members.iter().for_each(|table| *votes.entry(homes[*table]).or_default() += 1);
            let most = votes.into_iter().max_by_key(|(home, votes)| (*votes, std::cmp::Reverse(*home)));
            let Some((home, _)) = most.filter(|(_, votes)| votes * 2 > family.members.len()) else { continue };
            for table in family.members.iter().filter(|table| !fixed.contains(*table)) {
                if homes[*table] != home && is_weak(*table, homes[*table]) {
                    homes[*table] = home;
                    moved.insert(*table, format!("goes with `{}` tables", family.prefix));
                }
            }
        }
        // A chain of tables is followed from its end.
        for _ in 0..3 {
            for table in 0..homes.len() {
                let Some(neighbour) = model.only_neighbour(table).filter(|_| !fixed.contains(&table)) else { continue };
                if homes[table] != homes[neighbour] && is_weak(table, homes[table]) {
                    homes[table] = homes[neighbour];
                    moved.insert(table, format!("its only relation is to {}", model.short_name(neighbour)));
                }
            }
        }
        // A name that no table was given to takes the tables that begin with it.
        for (position, name) in names.iter().enumerate() {
            if homes.contains(&position) {
                continue;
            }
            let words: Vec<String> = split_words(name).iter().map(|word| singular(word)).collect();
            let begins = |table: &usize| !words.is_empty() && model.entries[*table].words.starts_with(&words);
            for table in (0..homes.len()).filter(|table| !fixed.contains(table)).filter(begins) {
                homes[table] = position;
                moved.insert(table, format!("name begins with `{name}`"));
            }
        }
        moved
    }

    /// What speaks most for a table's domain.
    fn reason(&self, model: &Model, table: usize, home: usize, mates: &BTreeSet<usize>, name: &str) -> String {
        let entry = &model.entries[table];
        let meaning = &self.meanings[home];
        let schema = self.schema_scores(model, &entry.schema, &vec![name.to_owned(); self.meanings.len()]);
        if schema.get(home).is_some_and(|score| *score >= 1.0) {
            return format!("schema {}", entry.schema);
        }
        let holds = terms(&entry.words, |term| meaning.worth(term) > 0.0).into_iter().map(|(term, at)| {
            let written = if term.contains('_') { &term } else { entry.written.get(at).unwrap_or(&term) };
            (meaning.worth(&term), written.clone())
        });
        let telling = |worth: &(f64, String)| worth.0 > 0.0;
        let most = |(left, one): &(f64, String), (right, other): &(f64, String)| left.total_cmp(right).then(other.cmp(one));
        let holds = holds.filter(telling).max_by(most);
        let columns = entry.columns.values().flatten().map(|word| (meaning.worth(word), word.clone())).filter(telling).max_by(most);
        let own = self.own[table][home];
        let others = self.all[table][home] - own;
        let kin = model.families.iter().find(|family| family.members.contains(&table));
        if let (Some(family), true) = (kin, self.family[table][home] > own.max(others - self.family[table][home])) {
            return format!("goes with `{}` tables", family.prefix);
        }
        let bond = if own < others * 0.5 { model.bond(table, mates) } else { None };
        bond.or_else(|| holds.map(|(_, word)| format!("name holds `{word}`")))
            .or_else(|| columns.map(|(_, word)| format!("columns hold `{word}`")))
            .or_else(|| model.bond(table, mates))
            .unwrap_or_else(|| "nothing speaks for any domain".to_owned())
    }
}

/// A schema that bears the name of a domain holds its tables: others are less likely to be of it.
fn owned_elsewhere(entry: &Entry, name: &str, schemas: &BTreeSet<&str>) -> f64 {
    if schemas.contains(name) && entry.schema != name { 0.5 } else { 1.0 }
}

/// How much the tables of a family go together: less, the more domains they speak for, and more where
/// their first word is no table of its own but a module's mark.
fn family_weight(model: &Model, family: &Family, spread: usize) -> f64 {
    let is_table = family.members.iter().any(|table| model.entries[*table].words.len() == 1);
    if model.is_common_prefix(family) {
        0.0
    } else if spread > 2 {
        0.3 / count(spread)
    } else if family.members.len() > 2 && !is_table {
        1.4 / count(spread)
    } else {
        0.6 / count(spread)
    }
}

/// Word of columns → how telling it is: rare words are.
fn column_idf(model: &Model) -> BTreeMap<&str, f64> {
    let mut tables: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &model.entries {
        for word in entry.columns.values().flatten().collect::<BTreeSet<_>>() {
            *tables.entry(word).or_default() += 1;
        }
    }
    let all = count(model.entries.len());
    tables
        .into_iter()
        .map(|(word, number)| (word, (1.0 - 3.0 * count(number) / all).max(if number == 1 { 0.3 } else { 0.0 })))
        .collect()
}

/// What a table says to its neighbours: mostly its best, and little if it hardly knows.
fn voice(scores: &[f64]) -> Vec<f64> {
    let squares: f64 = scores.iter().map(|score| score * score).sum();
    let loud = scores.iter().copied().fold(0.0, f64::max).min(1.0);
    scores.iter().map(|score| if squares > 0.0 { loud * score * score / squares } else { 0.0 }).collect()
}

fn mean(scores: &[Vec<f64>], members: &[usize]) -> Vec<f64> {
    let mut sum = vec![0.0; scores.first().map_or(0, Vec::len)];
    for member in members {
        add(&mut sum, &scores[*member], 1.0 / count(members.len()));
    }
    sum
}

fn add(to: &mut [f64], scores: &[f64], weight: f64) {
    for (to, score) in to.iter_mut().zip(scores) {
        *to += weight * score;
    }
}

/// The first of the highest scores, if any is above zero.
fn first_best(scores: &[f64]) -> Option<(usize, f64)> {
    let best = scores.iter().copied().enumerate().max_by(|(one, left), (other, right)| left.total_cmp(right).then(other.cmp(one)));
    best.filter(|(_, score)| *score > 0.0)
}

fn top_two(scores: &[f64]) -> (f64, f64) {
    scores.iter().fold((0.0, 0.0), |(best, second), score| if *score > best { (*score, best) } else { (best, second.max(*score)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, columns: &str) -> SuggestTable {
        let (schema, name) = name.split_once('.').unwrap_or(("public", name));
        let columns = columns.split_whitespace().map(str::to_owned).collect();
        SuggestTable { schema: schema.to_owned(), name: name.to_owned(), columns }
    }

    /// A small shop; each line a table, its columns and the tables that it refers to.
    fn shop() -> (Vec<SuggestTable>, Vec<SuggestEdge>) {
        let lines = [
            ("products", "id name sku", ""),
            ("product_images", "id product_id path", "products"),
            ("categories", "id name", ""),
            ("product_categories", "product_id category_id", "products categories"),
            ("orders", "id number customer_id", "customers"),
            ("order_lines", "id order_id product_id quantity", "orders products"),
            ("customers", "id email user_id", "users"),
            ("customer_addresses", "id customer_id street", "customers"),
            ("suppliers", "id name", ""),
            ("warehouses", "id city", ""),
            ("stock_movements", "id product_id warehouse_id", "products warehouses"),
            ("purchase_orders", "id supplier_id", "suppliers"),
            ("invoices", "id order_id due_at", "orders"),
            ("payments", "id invoice_id provider", "invoices"),
            ("refunds", "id payment_id reason", "payments"),
            ("users", "id email password_hash", ""),
            ("sessions", "id user_id token", "users"),
        ];
        let tables: Vec<SuggestTable> = lines.iter().map(|(name, columns, _)| table(name, columns)).collect();
        let at = |name: &str| tables.iter().position(|table| table.name == name).unwrap();
        let edges = lines
            .iter()
            .flat_map(|(from, _, to)| to.split_whitespace().map(|to| SuggestEdge { from: at(from), to: at(to) }))
            .collect();
        (tables, edges)
    }

    fn names(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn home<'a>(domains: &'a [SuggestedDomain], table: &str) -> &'a str {
        let holds = |domain: &&SuggestedDomain| domain.tables.iter().any(|known| known.qualified == table);
        &domains.iter().find(holds).unwrap().name
    }

    #[test]
    fn the_names_given_are_filled() {
        let (tables, edges) = shop();
        let domains = suggest(&tables, &edges, &names("catalog orders customers billing inventory auth"));
        let found: Vec<&str> = domains.iter().map(|domain| domain.name.as_str()).collect();
        assert_eq!(found, ["catalog", "orders", "customers", "billing", "inventory", "auth"]);
        for (table, expected) in [
            ("public.product_images", "catalog"),
            ("public.categories", "catalog"),
            ("public.order_lines", "orders"),
            ("public.customer_addresses", "customers"),
            ("public.refunds", "billing"),
            ("public.purchase_orders", "inventory"),
            ("public.suppliers", "inventory"),
            ("public.users", "auth"),
            ("public.sessions", "auth"),
        ] {
            assert_eq!(home(&domains, table), expected, "{table}");
        }
        let count: usize = domains.iter().map(|domain| domain.tables.len()).sum();
        assert_eq!(count, tables.len());
        assert!(domains.iter().flat_map(|domain| &domain.tables).all(|table| (0.0..=1.0).contains(&table.confidence)));
    }

    #[test]
    fn domains_are_found_and_named_without_names() {
        let (tables, edges) = shop();
        let domains = suggest(&tables, &edges, &[]);
        assert!((4..=8).contains(&domains.len()), "{domains:#?}");
        assert_eq!(home(&domains, "public.products"), home(&domains, "public.product_categories"));
        assert_eq!(home(&domains, "public.payments"), home(&domains, "public.refunds"));
        assert_eq!(home(&domains, "public.users"), home(&domains, "public.sessions"));
        assert_ne!(home(&domains, "public.products"), home(&domains, "public.payments"));
        assert_eq!(home(&domains, "public.products"), "products");
        let found: BTreeSet<&str> = domains.iter().map(|domain| domain.name.as_str()).collect();
        assert_eq!(found.len(), domains.len());
    }

    #[test]
    fn the_order_of_tables_does_not_matter() {
        let (tables, edges) = shop();
        let last = tables.len() - 1;
        let turned: Vec<SuggestTable> = tables.iter().rev().cloned().collect();
        let turned_edges: Vec<SuggestEdge> =
            edges.iter().rev().map(|edge| SuggestEdge { from: last - edge.from, to: last - edge.to }).collect();
        for names in [names(""), names("catalog orders billing auth")] {
            assert_eq!(suggest(&tables, &edges, &names), suggest(&turned, &turned_edges, &names));
        }
    }

    #[test]
    fn a_schema_of_its_own_is_a_domain() {
        let tables = [
            table("auth.users", "id"),
            table("auth.keys", "id"),
            table("public.posts", "id"),
            table("public.post_tags", "post_id"),
            table("public.users", "id"),
        ];
        let edges = [SuggestEdge { from: 4, to: 0 }];
        let domains = suggest(&tables, &edges, &[]);
        assert_eq!((home(&domains, "auth.users"), home(&domains, "auth.keys")), ("auth", "auth"));
        assert_eq!(home(&domains, "public.posts"), home(&domains, "public.post_tags"));
        let domains = suggest(&tables, &edges, &names("auth users content"));
        assert_eq!((home(&domains, "auth.users"), home(&domains, "public.users")), ("auth", "users"));
        let text = toml(&domains, &tables);
        assert!(text.starts_with("[domains]\nauth = [\"auth.*\"]\n"), "{text}");
    }

    #[test]
    fn a_module_of_tables_stays_together() {
        let tables = [
            table("zeta_preferences", "id admin_id"),
            table("zeta_documents", "id"),
            table("zeta_migrations", "id"),
            table("admin", "id"),
            table("invoices", "id"),
            table("payments", "id invoice_id"),
        ];
        let edges = [0, 1, 2].map(|from| SuggestEdge { from, to: 3 });
        let domains = suggest(&tables, &edges, &names("billing admin"));
        for name in ["public.zeta_preferences", "public.zeta_documents", "public.zeta_migrations", "public.admin"] {
            assert_eq!(home(&domains, name), "admin", "{name}");
        }
    }

    fn edge(tables: &[SuggestTable], from: &str, to: &str) -> SuggestEdge {
        let at = |name: &str| tables.iter().position(|table| table.name == name).unwrap();
        SuggestEdge { from: at(from), to: at(to) }
    }

    #[test]
    fn a_schema_is_not_cut_though_its_keys_lead_out_of_it() {
        let mut tables: Vec<SuggestTable> = ["orders", "order_lines", "stores", "payments", "taxes", "quotas"]
            .map(|name| table(&format!("sales.{name}"), "id person_id"))
            .to_vec();
        tables.extend(["person", "address", "phones", "payment_methods"].map(|name| table(&format!("public.{name}"), "id")));
        let edges: Vec<SuggestEdge> =
            ["orders", "stores", "payments", "taxes", "quotas"].map(|from| edge(&tables, from, "person")).to_vec();
        for names in [names(""), names("people payments orders")] {
            let domains = suggest(&tables, &edges, &names);
            let homes: BTreeSet<&str> = ["orders", "order_lines", "stores", "payments", "taxes", "quotas"]
                .map(|name| home(&domains, &format!("sales.{name}")))
                .into();
            assert_eq!(homes.len(), 1, "{homes:?}");
        }
    }

    #[test]
    fn the_only_foreign_key_outweighs_columns() {
        let comment = "id content published ap_id language_id comment_id";
        let tables = [
            table("comment", comment),
            table("comment_like", "comment_id score published"),
            table("comment_report", "comment_id reason published"),
            table("post", "id title published"),
            table("post_like", "post_id score published"),
            table("person", "id name"),
            table("local_user", "id person_id"),
            table("captcha_answer", "id content published ap_id language_id answer"),
        ];
        let edges: Vec<SuggestEdge> = [
            ("comment", "post"),
            ("comment", "person"),
            ("comment_like", "comment"),
            ("comment_report", "comment"),
            ("post", "person"),
            ("post_like", "post"),
            ("local_user", "person"),
            ("captcha_answer", "local_user"),
        ]
        .map(|(from, to)| edge(&tables, from, to))
        .to_vec();
        for names in [names(""), names("comment post person")] {
            let domains = suggest(&tables, &edges, &names);
            assert_eq!(home(&domains, "public.captcha_answer"), home(&domains, "public.local_user"), "{domains:#?}");
        }
    }

    #[test]
    fn a_name_is_not_left_empty_beside_tables_that_begin_with_it() {
        let mut tables: Vec<SuggestTable> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]
            .map(|name| table(&format!("site_payment_{name}"), "id amount currency"))
            .to_vec();
        tables.extend(["payments", "invoices", "refunds"].map(|name| table(name, "id amount currency")));
        let domains = suggest(&tables, &[], &names("billing site"));
        assert!((1..=11).all(|at| home(&domains, &qualified(&tables[at - 1])) == "site"), "{domains:#?}");
        assert_eq!(home(&domains, "public.invoices"), "billing");
    }

    #[test]
    fn odd_input_is_no_trouble() {
        assert!(suggest(&[], &[], &[]).is_empty());
        assert_eq!(suggest(&[], &[], &names("users")), [SuggestedDomain { name: "users".to_owned(), tables: Vec::new() }]);
        let odd = [table("", ""), table("1", "9"), table("___", "_"), table("\u{1f980}\"\n.x", "ß"), table("", "")];
        let edges = [SuggestEdge { from: 0, to: 0 }, SuggestEdge { from: 7, to: 1 }, SuggestEdge { from: 1, to: usize::MAX }];
        for names in [names(""), names("users users \u{1f980}"), vec![" ".to_owned(), "\"".to_owned(), "a b".to_owned()]] {
            let domains = suggest(&odd, &edges, &names);
            let count: usize = domains.iter().map(|domain| domain.tables.len()).sum();
            assert_eq!(count, 4, "a table that is given twice is one");
            let text = toml(&domains, &odd);
            assert!(::toml::from_str::<::toml::Table>(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn toml_escapes_names_and_marks_what_is_unsure() {
        let tables = [table("we\"ird.a*b", ""), table("we\"ird.c", ""), table("public.d", ""), table("public.e\n", "")];
        let proposed = |qualified: &str, confidence, reason: &str| SuggestedTable {
            qualified: qualified.to_owned(),
            confidence,
            reason: reason.to_owned(),
        };
        let domains = [
            SuggestedDomain {
                name: "two words".to_owned(),
                tables: vec![proposed("public.d", 0.9, ""), proposed("we\"ird.a*b", 0.2, "named like\nx")],
            },
            SuggestedDomain {
                name: "plain".to_owned(),
                tables: vec![proposed("public.e\n", 1.0, ""), proposed("we\"ird.c", 1.0, "")],
            },
            SuggestedDomain { name: "empty".to_owned(), tables: Vec::new() },
        ];
        let text = toml(&domains, &tables);
        assert_eq!(
            text,
            "[domains]\n\"two words\" = [\n    \"public.d\",\n    \"we\\\"ird.a[*]b\", # unsure: named like\\u{a}x\n]\n\
             plain = [\"public.e\\n\", \"we\\\"ird.c\"]\nempty = []\n"
        );
        let parsed: ::toml::Table = ::toml::from_str(&text).unwrap();
        assert_eq!(parsed["domains"]["plain"][0].as_str(), Some("public.e\n"));
    }

    #[test]
    fn a_whole_schema_is_one_pattern_only_if_nothing_of_it_is_elsewhere() {
        let tables = [table("a.x", ""), table("a.y", "")];
        let place = |qualified: &str| SuggestedTable { qualified: qualified.to_owned(), confidence: 1.0, reason: String::new() };
        let one = [SuggestedDomain { name: "one".to_owned(), tables: vec![place("a.x"), place("a.y")] }];
        assert_eq!(toml(&one, &tables), "[domains]\none = [\"a.*\"]\n");
        let missing = [SuggestedDomain { name: "one".to_owned(), tables: vec![place("a.x")] }];
        assert_eq!(toml(&missing, &tables), "[domains]\none = [\"a.x\"]\n");
        let mut dotted = tables.to_vec();
        dotted.push(SuggestTable { schema: "a.b".to_owned(), name: "z".to_owned(), columns: Vec::new() });
        let two = [one[0].clone(), SuggestedDomain { name: "two".to_owned(), tables: vec![place("a.b.z")] }];
        assert_eq!(toml(&two, &dotted), "[domains]\none = [\"a.x\", \"a.y\"]\ntwo = [\"a.b.*\"]\n");
    }

    #[test]
    fn words_are_split_and_singular() {
        assert_eq!(split_words("userID_HTTPRequests"), ["user", "id", "http", "requests"]);
        for (plural, expected) in [
            ("addresses", "address"),
            ("categories", "category"),
            ("boxes", "box"),
            ("statuses", "status"),
            ("warehouses", "warehouse"),
        ] {
            assert_eq!(singular(plural), expected);
        }
        assert!(are_kin("member", "membership") && are_kin("billing", "bill") && !are_kin("custom", "customer"));
    }

    #[test]
    fn words_without_a_mark_between_them_are_parted() {
        let tables = [table("auditlog", ""), table("payments", ""), table("payout", "")];
        let domains = suggest(&tables, &[], &names("audit billing"));
        assert_eq!((home(&domains, "public.auditlog"), home(&domains, "public.payout")), ("audit", "billing"));
    }

    #[test]
    fn the_vocabulary_is_in_the_singular() {
        let called = FIELDS.iter().flat_map(|field| field.called.split(' '));
        for word in vocabulary_words().map(|(_, word, _)| word).chain(called) {
            assert_eq!(singular(word), word);
            assert!(word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'), "{word}");
        }
    }
}
