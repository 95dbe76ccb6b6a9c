//! Random databases: hostile names, random types, keys and junctions, the same for the same seed.

use std::collections::BTreeSet;

use fastrand::Rng;

use crate::fill::quote;

/// A database as statements that may run in any order within their group.
#[derive(Clone, Debug)]
pub struct RandomSchema {
    /// Schemas, then types, then tables, then foreign keys and what else needs all tables.
    pub groups: [Vec<String>; 4],
}

impl RandomSchema {
    /// The statements in the order of a seed: another order gives an equal database.
    pub fn in_order(&self, seed: u64) -> String {
        let mut random = Rng::with_seed(seed);
        let mut all = String::new();
        for group in &self.groups {
            let mut group = group.clone();
            random.shuffle(&mut group);
            for statement in group {
                all.push_str(&statement);
                all.push_str(";\n");
            }
        }
        all
    }
}

const NAMES: &[&str] = &[
    "id",
    "user",
    "users",
    "userId",
    "user_id",
    "UserID",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "mod",
    "match",
    "async",
    "gen",
    "dyn",
    "1st",
    "2 b or not",
    "a-b",
    "a_b",
    "aB",
    "a.b",
    "a\"b",
    "it's",
    "größe",
    "数",
    "😀",
    "_hidden",
    "__x",
    "x__y",
    "_",
    "model",
    "entity",
    "column",
    "relation",
    "option",
    "string",
    "vec",
    "result",
    "row",
    "link",
    "prelude",
    "Err",
    "ok",
    "none",
    "table",
    "order",
    "select",
    "primary_key",
    "active_model",
    "value",
    "item",
    "iterator",
    "array",
    "ctid_",
    "con",
    "nul",
    "#[x]",
    "/*",
    "*/",
    "//",
    "\\",
    "new\nline",
    "tab\t",
    "{}",
    "$1",
    "r#type",
    "a b",
    "A B",
    "Straße",
    "ſ",
    "ß",
    "ı",
    "I",
    "camelCaseName",
    "snake_case_name",
    "SCREAMING_NAME",
    "name_id",
    "name",
    "names",
    "a_very_long_name_that_goes_on_until_it_is_just_sixty_three_by",
];

const TYPES: &[&str] = &[
    "int",
    "bigint",
    "smallint",
    "text",
    "varchar(20)",
    "char(5)",
    "numeric(10,2)",
    "numeric",
    "boolean",
    "timestamptz",
    "timestamp",
    "date",
    "time",
    "jsonb",
    "uuid",
    "bytea",
    "real",
    "double precision",
    "interval",
    "inet",
    "int[]",
    "text[]",
    "timestamptz[]",
    "numeric[]",
    "int4range",
    "bit(3)",
    "macaddr",
    "point",
    "tsvector",
];

fn pick<'n>(random: &mut Rng, taken: &mut BTreeSet<&'n str>) -> &'n str
where
    'static: 'n,
{
    loop {
        let name = NAMES[random.usize(..NAMES.len())];
        if taken.insert(name) {
            return name;
        }
    }
}

/// The random database of a seed.
pub fn schema(seed: u64) -> RandomSchema {
    let mut random = Rng::with_seed(seed);
    let mut groups: [Vec<String>; 4] = Default::default();
    let mut schemas = vec!["public"];
    let mut taken = BTreeSet::from(["public"]);
    for _ in 0..random.usize(0..3) {
        let name = pick(&mut random, &mut taken);
        groups[0].push(format!("create schema {}", quote(name)));
        schemas.push(name);
    }
    let mut kinds: Vec<String> = TYPES.iter().map(|&kind| kind.to_owned()).collect();
    // Types and tables share their schema's names.
    let mut names: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); schemas.len()];
    for _ in 0..random.usize(0..4) {
        let at = random.usize(..schemas.len());
        let name = format!("{}.{}", quote(schemas[at]), quote(pick(&mut random, &mut names[at])));
        let mut labels = BTreeSet::new();
        let list: Vec<String> = (0..random.usize(1..6))
            .map(|_| format!("'{}'", pick(&mut random, &mut labels).replace('\'', "''")))
            .filter(|label| label.len() < 64)
            .collect();
        groups[1].push(format!("create type {name} as enum ({})", list.join(", ")));
        kinds.push(format!("{name}[]"));
        kinds.push(name);
    }
    // The tables that a single integer identifies, and their keys.
    let mut keyed: Vec<(String, String)> = Vec::new();
    for table in 0..random.usize(2..9) {
        let at = random.usize(..schemas.len());
        let name = format!("{}.{}", quote(schemas[at]), quote(pick(&mut random, &mut names[at])));
        let mut columns = BTreeSet::new();
        let mut parts = Vec::new();
        let key = quote(pick(&mut random, &mut columns));
        match random.usize(0..6) {
            0 => parts.push(format!("{key} text")),
            1 => {
                let second = quote(pick(&mut random, &mut columns));
                parts.push(format!("{key} int, {second} int, primary key ({second}, {key})"));
            }
            2 => {
                parts.push(format!("{key} int generated always as identity primary key"));
                keyed.push((name.clone(), key));
            }
            _ => {
                parts.push(format!("{key} int primary key"));
                keyed.push((name.clone(), key));
            }
        }
        for _ in 0..random.usize(0..9) {
            let column = quote(pick(&mut random, &mut columns));
            let kind = &kinds[random.usize(..kinds.len())];
            let not_null = if random.bool() { " not null" } else { "" };
            parts.push(format!("{column} {kind}{not_null}"));
        }
        let junction = keyed.len() > 2 && random.usize(0..4) == 0;
        for number in 0..if junction { 2 } else { random.usize(0..3) } {
            let Some((to, key)) = (!keyed.is_empty()).then(|| keyed[random.usize(..keyed.len())].clone()) else { continue };
            let column = quote(pick(&mut random, &mut columns));
            let not_null = if to != name && (junction || random.bool()) { " not null" } else { "" };
            let unique = if random.usize(0..5) == 0 && !junction { " unique" } else { "" };
            parts.push(format!("{column} int{not_null}{unique}"));
            groups[3].push(format!(
                "alter table {name} add constraint key_{table}_{number} foreign key ({column}) references {to} ({key})"
            ));
        }
        if random.usize(0..4) == 0 {
            groups[3].push(format!("comment on table {name} is '*/ \"# ``` {table}'"));
        }
        groups[2].push(format!("create table {name} ({})", parts.join(", ")));
    }
    RandomSchema { groups }
}
