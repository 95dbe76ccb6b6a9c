//! The report as one page of HTML that needs nothing else.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::{
    AccessFacts, DomainFacts, Finding, Inspection, Reach, RelationFacts, SchemaFacts, Severity, TableFacts,
    diagram::{self, Drawing, HUES},
    groups::{Group, groups},
};

/// The letters of SELECT, INSERT, UPDATE and DELETE, in the order of the facts.
const COMMANDS: [(&str, &str); 4] = [("S", "SELECT"), ("I", "INSERT"), ("U", "UPDATE"), ("D", "DELETE")];

/// How many objects stand in the line of a block.
const OBJECTS: usize = 4;

/// The report as one page of HTML: with its styles and its script in it, and nothing that it loads.
///
/// # Panics
/// Never: a page of plain text renders.
pub fn html(inspection: &Inspection) -> String {
    Page::of(inspection).render().expect("a page of plain text renders")
}

#[derive(Template)]
#[template(path = "inspect.html", whitespace = "minimize")]
struct Page<'a> {
    facts: &'a Inspection,
    size: Figure,
    rows: Figure,
    counts: [Count; 3],
    rules: Vec<(&'a str, usize)>,
    findings: Vec<FindingView<'a>>,
    blocks: Vec<BlockView<'a>>,
    tables: Vec<TableView<'a>>,
    schemas: Vec<GroupView<'a, SchemaFacts>>,
    domains: Vec<GroupView<'a, DomainFacts>>,
    kinds: Vec<&'a str>,
    states: Vec<&'a str>,
    diagrams: Vec<DiagramView<'a>>,
    /// The roles of the matrix, which are its columns.
    roles: Vec<&'a str>,
    matrix: Vec<(usize, Vec<Option<Cell>>)>,
    unused_enums: usize,
    unused_functions: usize,
}

/// A figure for people, the exact one, and what it is sorted by.
#[derive(Clone, Default)]
struct Figure {
    text: String,
    exact: String,
    order: i64,
}

struct Count {
    word: &'static str,
    plural: &'static str,
    findings: usize,
}

struct FindingView<'a> {
    facts: &'a Finding,
    table: Option<usize>,
    /// The position of its block.
    block: usize,
}

/// Findings of one rule that follow from one decision.
struct BlockView<'a> {
    facts: Group<'a>,
    /// Some of the objects.
    objects: String,
    /// What can be run or written: a title and the text.
    parts: Vec<(&'static str, String)>,
}

impl<'a> BlockView<'a> {
    fn of(group: Group<'a>) -> Self {
        let objects: Vec<&str> = group.messages.iter().flat_map(|(_, objects)| objects.iter().map(String::as_str)).collect();
        let mut text = objects.iter().take(OBJECTS).copied().collect::<Vec<_>>().join(", ");
        if objects.len() > OBJECTS {
            text.push_str(&format!(", … and {} more", objects.len() - OBJECTS));
        }
        let parts = [
            ("Rows", group.joined(|finding| finding.query.as_ref())),
            ("Cure", group.joined(|finding| finding.cure.as_ref())),
            ("Undo", group.joined(|finding| finding.undo.as_ref())),
            ("Command", group.joined(|finding| finding.command.as_ref())),
            ("codegen.toml", group.joined(|finding| finding.configuration.as_ref())),
        ];
        let parts = parts.into_iter().filter_map(|(title, text)| Some((title, text?))).collect();
        Self { facts: group, objects: text, parts }
    }

    /// Whether the findings say different things.
    fn is_mixed(&self) -> bool {
        self.facts.messages.len() > 1
    }
}

struct TableView<'a> {
    facts: &'a TableFacts,
    name: String,
    rows: Figure,
    size: Figure,
    heap: Figure,
    indexes: Figure,
    toast: Figure,
    dead: Figure,
    /// The share of the largest table, in percent.
    share: i64,
    /// The position of the domain.
    domain: Option<usize>,
    /// The positions of its findings.
    findings: Vec<usize>,
    worst: &'static str,
    out: Vec<RelationView<'a>>,
    into: Vec<RelationView<'a>>,
    access: Vec<(&'a str, String)>,
    /// The columns that relations use.
    foreign: Vec<&'a str>,
}

impl TableView<'_> {
    fn is_foreign(&self, column: &str) -> bool {
        self.foreign.contains(&column)
    }
}

struct RelationView<'a> {
    facts: &'a RelationFacts,
    /// The table at the other end, where it was read.
    other: Option<usize>,
    columns: String,
    referenced: String,
    origin: String,
}

struct GroupView<'a, T> {
    facts: &'a T,
    rows: Figure,
    size: Figure,
    /// The share of the largest one, in percent.
    share: i64,
    hue: usize,
}

struct DiagramView<'a> {
    id: String,
    title: &'a str,
    about: String,
    drawing: Drawing,
    hue: Option<usize>,
    is_open: bool,
    /// How small it may be at first.
    floor: f64,
}

/// What a role may do with a table.
struct Cell {
    letters: Vec<Letter>,
    /// The same in words.
    words: String,
}

struct Letter {
    letter: &'static str,
    /// `all`, `none`, `some`, or nothing where the role lacks the privilege.
    reach: &'static str,
}

impl<'a> Page<'a> {
    fn of(facts: &'a Inspection) -> Self {
        let names: BTreeMap<String, usize> =
            facts.tables.iter().enumerate().map(|(position, table)| (table.qualified(), position)).collect();
        let blocks: Vec<BlockView> = groups(facts).into_iter().map(BlockView::of).collect();
        let mut block_of = vec![0; facts.findings.len()];
        for (block, view) in blocks.iter().enumerate() {
            view.facts.positions.iter().for_each(|position| block_of[*position] = block);
        }
        let findings: Vec<FindingView> = facts
            .findings
            .iter()
            .zip(block_of)
            .map(|(finding, block)| FindingView { facts: finding, table: table_of(&names, &finding.object), block })
            .collect();
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        facts.findings.iter().for_each(|finding| *rules.entry(finding.rule).or_default() += 1);
        let count = |severity, word, plural| Count {
            word,
            plural,
            findings: facts.findings.iter().filter(|finding| finding.severity == severity).count(),
        };
        let distinct = |word: fn(&'a TableFacts) -> &'a str| {
            let mut words: Vec<&str> = facts.tables.iter().map(word).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let access: BTreeMap<(&str, &str), &AccessFacts> =
            facts.access.iter().map(|access| ((access.table.as_str(), access.role.as_str()), access)).collect();
        let columns = roles(facts);
        let matrix = facts.tables.iter().enumerate().filter_map(|(position, table)| {
            let name = table.qualified();
            let cells: Vec<Option<Cell>> =
                columns.iter().map(|role| access.get(&(name.as_str(), role)).map(|access| cell(access))).collect();
            cells.iter().any(Option::is_some).then_some((position, cells))
        });
        let matrix: Vec<(usize, Vec<Option<Cell>>)> = matrix.collect();
        let tables = tables(facts, &names, &findings, &columns, &matrix);
        let largest = facts.schemas.iter().map(|schema| schema.bytes).max().unwrap_or_default();
        let schemas = facts.schemas.iter().map(|schema| GroupView {
            facts: schema,
            rows: number(schema.rows),
            size: bytes(schema.bytes),
            share: share(schema.bytes, largest),
            hue: HUES,
        });
        let largest = facts.domains.iter().map(|domain| domain.bytes).max().unwrap_or_default();
        let domains = facts.domains.iter().enumerate().map(|(position, domain)| GroupView {
            facts: domain,
            rows: number(domain.rows),
            size: bytes(domain.bytes),
            share: share(domain.bytes, largest),
            hue: position % HUES,
        });
        Self {
            size: bytes(facts.server.bytes),
            rows: number(facts.schemas.iter().map(|schema| schema.rows).sum()),
            counts: [
                count(Severity::Error, "error", "errors"),
                count(Severity::Warning, "warning", "warnings"),
                count(Severity::Info, "info", "info"),
            ],
            rules: rules.into_iter().collect(),
            findings,
            blocks,
            tables,
            schemas: schemas.collect(),
            domains: domains.collect(),
            kinds: distinct(|table| table.kind),
            states: distinct(|table| table.state),
            diagrams: diagrams(facts),
            roles: columns,
            matrix,
            unused_enums: facts.enums.iter().filter(|kind| kind.used_by.is_empty()).count(),
            unused_functions: facts.functions.iter().filter(|function| function.used_by.is_empty()).count(),
            facts,
        }
    }
}

/// What the page looks up.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "the page hands on what it iterates over")]
impl<'a> Page<'a> {
    fn finding(&self, position: &usize) -> &FindingView<'a> {
        &self.findings[*position]
    }

    fn domain(&self, position: &usize) -> &str {
        &self.domains[*position].facts.name
    }

    fn table(&self, position: &usize) -> &TableView<'a> {
        &self.tables[*position]
    }
}

/// The roles that the access is told of, in the order of the roles.
fn roles(facts: &Inspection) -> Vec<&str> {
    let mut named: Vec<&str> = facts.access.iter().map(|access| access.role.as_str()).collect();
    named.sort_unstable();
    named.dedup();
    let place = |name: &str| facts.roles.iter().position(|role| role.name == name).unwrap_or(usize::MAX);
    named.sort_by_key(|name| place(name));
    named
}

/// The table that the name of an object begins with.
fn table_of(names: &BTreeMap<String, usize>, object: &str) -> Option<usize> {
    let is_end = |letter: char| !(letter.is_alphanumeric() || letter == '_');
    let ends = object.char_indices().filter(|(_, letter)| is_end(*letter)).map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.chain([object.len()]).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| names.get(&object[..end]).copied())
}

fn tables<'a>(
    facts: &'a Inspection,
    names: &BTreeMap<String, usize>,
    findings: &[FindingView<'a>],
    roles: &[&'a str],
    matrix: &[(usize, Vec<Option<Cell>>)],
) -> Vec<TableView<'a>> {
    let largest = facts.tables.iter().map(|table| table.bytes).max().unwrap_or_default();
    let mut tables: Vec<TableView> = facts
        .tables
        .iter()
        .map(|table| TableView {
            facts: table,
            name: table.qualified(),
            rows: rows(table),
            size: bytes(table.bytes),
            heap: bytes(table.heap_bytes),
            indexes: bytes(table.index_bytes),
            toast: bytes(table.toast_bytes),
            dead: number(table.dead_rows),
            share: share(table.bytes, largest),
            domain: table.domain.as_ref().and_then(|name| facts.domains.iter().position(|domain| domain.name == *name)),
            findings: Vec::new(),
            worst: "",
            out: Vec::new(),
            into: Vec::new(),
            access: Vec::new(),
            foreign: Vec::new(),
        })
        .collect();
    for (position, finding) in findings.iter().enumerate() {
        if let Some(table) = finding.table {
            let table = &mut tables[table];
            table.findings.push(position);
            // The worst comes first.
            if table.worst.is_empty() {
                table.worst = finding.facts.severity.word();
            }
        }
    }
    for relation in &facts.relations {
        let (from, to) = (names.get(&relation.from).copied(), names.get(&relation.to).copied());
        if let Some(from) = from {
            tables[from].foreign.extend(relation.columns.iter().map(String::as_str));
            tables[from].out.push(relation_view(relation, to));
        }
        if let Some(to) = to {
            tables[to].into.push(relation_view(relation, from));
        }
    }
    for (position, cells) in matrix {
        let cells = roles.iter().zip(cells).filter_map(|(role, cell)| Some((*role, cell.as_ref()?.words.clone())));
        tables[*position].access = cells.collect();
    }
    tables
}

fn relation_view(relation: &RelationFacts, other: Option<usize>) -> RelationView<'_> {
    RelationView {
        facts: relation,
        other,
        columns: relation.columns.join(", "),
        referenced: relation.referenced.join(", "),
        origin: relation.origin.words(),
    }
}

fn diagrams(facts: &Inspection) -> Vec<DiagramView<'_>> {
    let about = |tables: usize, relations: usize| {
        let word = |count: usize, one: &str, more: &str| format!("{} {}", grouped(count), if count == 1 { one } else { more });
        format!("{}, {}", word(tables, "table", "tables"), word(relations, "relation", "relations"))
    };
    let mut diagrams = Vec::new();
    if facts.tables.is_empty() {
        return diagrams;
    }
    // The diagram of all tables and that of the only domain would be the same.
    let is_single = matches!(facts.domains.as_slice(), [domain] if domain.tables.len() == facts.tables.len());
    if !is_single {
        diagrams.push(DiagramView {
            id: "d-all".to_owned(),
            title: "All tables",
            about: about(facts.tables.len(), facts.relations.len()),
            drawing: diagram::draw(facts, None),
            hue: None,
            is_open: true,
            floor: 0.0,
        });
    }
    for (position, domain) in facts.domains.iter().enumerate() {
        let inside: BTreeSet<&str> = domain.tables.iter().map(String::as_str).collect();
        let has = |name: &str| inside.contains(name);
        let relations = facts.relations.iter().filter(|relation| has(&relation.from) || has(&relation.to)).count();
        diagrams.push(DiagramView {
            id: format!("d-{position}"),
            title: &domain.name,
            about: about(domain.tables.len(), relations),
            drawing: diagram::draw(facts, Some(&domain.name)),
            hue: Some(position % HUES),
            is_open: is_single,
            floor: if is_single { 0.0 } else { 0.72 },
        });
    }
    diagrams
}

fn cell(access: &AccessFacts) -> Cell {
    let reach = |reach: &Reach| match reach {
        Reach::No => "",
        Reach::All => "all",
        Reach::NoRows => "none",
        Reach::Policies(_) => "some",
    };
    let letters = COMMANDS.iter().zip(&access.commands).map(|((letter, _), at)| Letter { letter, reach: reach(at) }).collect();
    // Commands of the same reach are told of together.
    let mut told: Vec<(&Reach, Vec<&str>)> = Vec::new();
    for ((_, command), at) in COMMANDS.iter().zip(&access.commands).filter(|(_, at)| **at != Reach::No) {
        match told.iter_mut().find(|(known, _)| *known == at) {
            Some((_, commands)) => commands.push(command),
            None => told.push((at, vec![command])),
        }
    }
    let words = told.into_iter().map(|(at, commands)| {
        let commands = commands.join(", ");
        match at {
            Reach::Policies(names) => {
                let word = if names.len() == 1 { "policy" } else { "policies" };
                format!("{commands}: rows by the {word} {}", names.join(", "))
            }
            Reach::NoRows => format!("{commands}: no row, as no policy lets it"),
            Reach::All | Reach::No => format!("{commands}: every row"),
        }
    });
    let words = words.collect::<Vec<_>>().join("; ");
    Cell { letters, words: if words.is_empty() { "nothing".to_owned() } else { words } }
}

/// A count with its thousands apart.
fn grouped(count: impl ToString + Copy) -> String {
    let digits = count.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn number(count: i64) -> Figure {
    Figure { text: grouped(count), exact: String::new(), order: count }
}

fn rows(table: &TableFacts) -> Figure {
    match table.rows {
        None => Figure { text: "?".to_owned(), exact: "not counted".to_owned(), order: -1 },
        Some(rows) if table.estimated => {
            Figure { text: format!("≈ {}", grouped(rows)), exact: "as the server estimates".to_owned(), order: rows }
        }
        Some(rows) => number(rows),
    }
}

/// Bytes in the unit that suits them.
fn bytes(count: i64) -> Figure {
    let mut unit = 1_i64;
    let mut name = "B";
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB"] {
        if count / unit < 1024 {
            break;
        }
        unit *= 1024;
        name = next;
    }
    let whole = count / unit;
    let tenths = (count % unit) * 10 / unit;
    let text = if unit > 1 && whole < 100 { format!("{whole}.{tenths} {name}") } else { format!("{whole} {name}") };
    Figure { text, exact: format!("{} bytes", grouped(count)), order: count }
}

/// A part in percent.
fn share(part: i64, whole: i64) -> i64 {
    if part <= 0 || whole <= 0 { 0 } else { (part.saturating_mul(100) / whole).clamp(0, 100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_for_people() {
        assert_eq!(bytes(0).text, "0 B");
        assert_eq!(bytes(1023).text, "1023 B");
        assert_eq!(bytes(1536).text, "1.5 KiB");
        assert_eq!(bytes(1_048_576).text, "1.0 MiB");
        assert_eq!(bytes(i64::MAX).text, "8191 PiB");
        assert_eq!(number(-1_234_567).text, "-1,234,567");
        assert_eq!(number(999).text, "999");
    }

    #[test]
    fn findings_belong_to_the_longest_name() {
        let names = [("a.b".to_owned(), 0), ("a.b.c".to_owned(), 1)].into_iter().collect();
        assert_eq!(table_of(&names, "a.b.id"), Some(0));
        assert_eq!(table_of(&names, "a.b.c.id"), Some(1));
        assert_eq!(table_of(&names, "a.b"), Some(0));
        assert_eq!(table_of(&names, "a.bc"), None);
        assert_eq!(table_of(&names, "extension x"), None);
    }
}
