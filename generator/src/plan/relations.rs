//! Relations: from constraints and from declarations, both ways, and through junctions.
//!
//! They are named after columns, never after constraints, whose names change without a meaning.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::{
    Code, Ident, PlanError, Planner, Rules, Wanted,
    document::code,
    name::{self, plain},
    path, readable, unknown_column,
};
use crate::{
    config::{RelationConfig, closest, listed},
    group::Membership,
    schema::{Action, Column, ConstraintKind, Id, Table, Walker},
};

/// A way from one entity to another.
#[derive(Clone, Debug, Hash)]
pub struct RelationPlan {
    /// The name as a word: `user`, `orders_as_buyer`.
    pub name: String,
    /// The field that holds what was loaded.
    pub field: Ident,
    /// The name as a type and variant.
    pub variant: Ident,
    /// The module of the other entity.
    pub target: Code,
    /// How many rows the way leads to.
    pub cardinality: Cardinality,
    /// The joins, one, or two through a junction.
    pub hops: Vec<Hop>,
    /// The columns on this side, as variants of `Column`.
    pub key: Vec<Ident>,
    /// No other relation leads to the same entity, which alone therefore says which is meant.
    pub is_only_one: bool,
    /// The other entity has no key to order its rows by.
    pub is_unordered: bool,
    /// The features that it is there with, where not always.
    pub features: Vec<String>,
    /// Documentation.
    pub docs: String,
}

/// How many rows a relation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cardinality {
    /// At most one.
    One,
    /// Any number.
    Many,
}

/// One join.
#[derive(Clone, Debug, Hash)]
pub enum Hop {
    /// Along a key: columns of this side, and of the other.
    Forward {
        /// Pairs of `Column` variants.
        columns: Vec<(Ident, Ident)>,
        /// The types differ: both sides are compared as text.
        as_text: bool,
    },
    /// Against a key: the relation of the other entity that runs this way.
    Inverse {
        /// The module of the entity that holds the key.
        module: Code,
        /// Its variant of `Relation`.
        variant: Ident,
    },
    /// Along a key that another entity, the junction, holds.
    Through {
        /// The module of the junction.
        module: Code,
        /// Its variant of `Relation`.
        variant: Ident,
    },
}

/// A key, held by a constraint or by a declaration.
struct Key<'a> {
    from: Walker<'a, Table>,
    columns: Vec<Walker<'a, Column>>,
    to: Walker<'a, Table>,
    references: Vec<Walker<'a, Column>>,
    declared: Option<&'a RelationConfig>,
    unique: bool,
    docs: String,
    stem: String,
}

/// The columns of one side of a key, in its order.
type Columns<'a> = Vec<Walker<'a, Column>>;

/// A relation before it has a name.
struct Draft<'a> {
    owner: Id<Table>,
    ladder: Vec<String>,
    /// Its declaration in codegen.toml, and the name that it asks for.
    declared: Option<&'a RelationConfig>,
    wish: Option<&'a Spanned<String>>,
    /// The position of the key that it runs along.
    key: usize,
    /// The second key, through a junction.
    second: Option<usize>,
    forward: bool,
}

impl<'a> Planner<'a> {
    /// The relations of every table, by position.
    pub(super) fn relations(&mut self) -> Vec<Vec<RelationPlan>> {
        let keys = self.keys_between_tables();
        let drafts = self.drafts(&keys);
        let names = self.relation_names(&drafts);
        let forward: BTreeMap<usize, &Ident> = drafts
            .iter()
            .zip(&names)
            .filter(|(draft, _)| draft.forward)
            .map(|(draft, (_, variant))| (draft.key, variant))
            .collect();
        let mut relations: Vec<Vec<(Id<Table>, RelationPlan)>> = self.schema.tables().map(|_| Vec::new()).collect();
        for (draft, name) in drafts.iter().zip(&names) {
            let (target, relation) = self.relation(draft, name, &keys, &forward);
            relations[draft.owner.index()].push((target, relation));
        }
        relations
            .into_iter()
            .map(|mut of_table| {
                let targets: Vec<Id<Table>> = of_table.iter().map(|(target, _)| *target).collect();
                for (target, relation) in &mut of_table {
                    let count = |wanted: &Id<Table>| targets.iter().filter(|target| *target == wanted).count();
                    relation.is_only_one = count(target) == 1;
                }
                let mut of_table: Vec<RelationPlan> = of_table.into_iter().map(|(_, relation)| relation).collect();
                of_table.sort_by(|left, right| left.name.cmp(&right.name));
                of_table
            })
            .collect()
    }

    fn keys_between_tables(&mut self) -> Vec<Key<'a>> {
        let mut keys: Vec<Key<'a>> = Vec::new();
        let mut seen = BTreeSet::new();
        for table in self.schema.tables().filter(|table| self.table_modules.contains_key(&table.id())).collect::<Vec<_>>() {
            for constraint in table.constraints() {
                let row = constraint.row();
                match &row.kind {
                    ConstraintKind::ForeignKeyOutside => self.warn(
                        format!("{}.{}", table.qualified(), row.name),
                        format!("no relation for {}: its schema was not read; add it to `schemas`", code(&row.definition)),
                    ),
                    ConstraintKind::ForeignKey { references, table: to, on_delete, .. } => {
                        let to = table.at(*to);
                        if !self.table_modules.contains_key(&to.id()) {
                            self.warn(
                                format!("{}.{}", table.qualified(), row.name),
                                format!("no relation: `{}` is left out", to.qualified()),
                            );
                            continue;
                        }
                        let fields = row.columns.iter().chain(references);
                        if fields.into_iter().any(|column| !self.fields.contains_key(column)) {
                            self.warn(
                                format!("{}.{}", table.qualified(), row.name),
                                "no relation: the role may not read all of its columns",
                            );
                            continue;
                        }
                        if !seen.insert((row.columns.clone(), references.clone())) {
                            continue;
                        }
                        let mut docs = describe(constraint.columns(), to, references.iter().map(|&column| table.at(column)));
                        if *on_delete != Action::NoAction {
                            docs.push_str(&format!(", on delete {}", on_delete.sql().to_lowercase()));
                        }
                        keys.push(self.key(
                            constraint.columns().collect(),
                            references.iter().map(|&column| table.at(column)).collect(),
                            None,
                            docs,
                        ));
                    }
                    _ => {}
                }
            }
        }
        for view in self.schema.tables().filter(|table| table.kind.is_view() && self.table_modules.contains_key(&table.id())) {
            for (columns, references, docs) in self.carried(view) {
                let ids = |columns: &[Walker<'a, Column>]| columns.iter().map(|column| column.id()).collect::<Vec<_>>();
                if seen.insert((ids(&columns), ids(&references))) {
                    keys.push(self.key(columns, references, None, docs));
                }
            }
        }
        for declared in &self.config.relations {
            let pairs = self.declared(declared);
            let mut known = Vec::new();
            for (columns, references) in pairs {
                let ids = |columns: &[Walker<'a, Column>]| columns.iter().map(|column| column.id()).collect::<Vec<_>>();
                if !seen.insert((ids(&columns), ids(&references))) {
                    known.push(columns[0].table().qualified());
                    continue;
                }
                let to = references[0].table();
                let docs = describe(columns.iter().copied(), to, references.iter().copied()) + ", declared in codegen.toml";
                keys.push(self.key(columns, references, Some(declared), docs));
            }
            if !known.is_empty() {
                let place = self.config.place(&declared.from);
                self.warn(
                    declared.from.get_ref().clone(),
                    format!(
                        "declared without effect ({place}): {} has this relation already, by a foreign key or by another declaration; \
                         remove the declaration, and name the relation in [rename.relations]",
                        listed(&known),
                    ),
                );
            }
        }
        keys.sort_by_key(|key| (key.from.id(), key.columns.iter().map(|column| column.id()).collect::<Vec<_>>(), key.to.id()));
        keys
    }

    /// The foreign keys of the tables below a view whose columns the view shows unchanged.
    fn carried(&self, view: Walker<'a, Table>) -> Vec<(Columns<'a>, Columns<'a>, String)> {
        let shown: Vec<(Id<Column>, Walker<'a, Column>)> =
            readable(view).filter_map(|column| Some((column.row().origin?, column))).collect();
        let tables: BTreeSet<Id<Table>> = shown.iter().map(|(origin, _)| view.at(*origin).row().table).collect();
        let mut carried = Vec::new();
        for key in tables.into_iter().flat_map(|table| view.at(table).foreign_keys()) {
            let ConstraintKind::ForeignKey { references, table: to, .. } = &key.row().kind else { continue };
            let candidates: Vec<Vec<Walker<'a, Column>>> = key
                .row()
                .columns
                .iter()
                .map(|column| shown.iter().filter(|(origin, _)| origin == column).map(|(_, column)| *column).collect())
                .collect();
            let known = self.table_modules.contains_key(to) && references.iter().all(|column| self.fields.contains_key(column));
            // Of a table that the view shows twice, the columns of one key may be of two rows.
            let columns: Vec<Columns<'a>> = match candidates.as_slice() {
                [only] => only.iter().map(|column| vec![*column]).collect(),
                several if several.iter().all(|of| of.len() == 1) => vec![several.iter().map(|of| of[0]).collect()],
                _ => Vec::new(),
            };
            for columns in columns.into_iter().filter(|_| known) {
                let references: Columns<'a> = references.iter().map(|&column| view.at(column)).collect();
                let docs = describe(columns.iter().copied(), view.at(*to), references.iter().copied());
                carried.push((columns, references, format!("{docs}, as in {}", code(&key.table().qualified()))));
            }
        }
        carried
    }

    /// The pairs of columns that a declaration means.
    fn declared(&mut self, declared: &'a RelationConfig) -> Vec<(Columns<'a>, Columns<'a>)> {
        let errors = self.errors.len();
        let mut sides = Vec::new();
        for side in [&declared.from, &declared.to] {
            let Some((pattern, columns)) = split(side.get_ref()) else {
                self.errors.push(PlanError::Invalid {
                    place: self.config.place(side),
                    message: format!("write `{}` as `schema.table.column`, or `schema.table.(column, column)`", side.get_ref()),
                });
                continue;
            };
            let glob = globset::Glob::new(&pattern).map(|glob| glob.compile_matcher());
            let matching: Vec<Walker<'a, Table>> = self
                .schema
                .tables()
                .filter(|table| self.table_modules.contains_key(&table.id()))
                .filter(|table| glob.as_ref().is_ok_and(|glob| glob.is_match(table.qualified())))
                .collect();
            if matching.is_empty() {
                let known: Vec<String> = self.schema.tables().map(Walker::<Table>::qualified).collect();
                self.errors.push(PlanError::Unknown {
                    place: self.config.place(side),
                    kind: "table",
                    suggestion: closest(&pattern, known.iter().map(String::as_str)).map(str::to_owned),
                    names: vec![pattern.clone()],
                    existing: Vec::new(),
                });
            }
            let mut found = Vec::new();
            for table in matching {
                let mut of_table = Vec::new();
                for wanted in &columns {
                    match readable(table).find(|column| column.name == *wanted) {
                        Some(column) => of_table.push(column),
                        None => self.errors.push(unknown_column(self.config.place(side), table, wanted)),
                    }
                }
                found.push(of_table);
            }
            sides.push(found);
        }
        if self.errors.len() > errors {
            return Vec::new();
        }
        let to = sides.pop().unwrap_or_default();
        let from = sides.pop().unwrap_or_default();
        let place = || self.config.place(&declared.to);
        match to.as_slice() {
            [to] if from.iter().all(|from| from.len() == to.len()) => from.into_iter().map(|from| (from, to.clone())).collect(),
            [_] => {
                self.errors.push(PlanError::Invalid {
                    place: place(),
                    message: "`from` and `to` name different numbers of columns".to_owned(),
                });
                Vec::new()
            }
            _ => {
                self.errors.push(PlanError::Invalid { place: place(), message: "`to` must name one table".to_owned() });
                Vec::new()
            }
        }
    }

    fn drafts(&self, keys: &[Key<'a>]) -> Vec<Draft<'a>> {
        let module = |table: Walker<'a, Table>| plain(&self.table_modules[&table.id()]);
        let mut drafts = Vec::new();
        for (position, key) in keys.iter().enumerate() {
            let (from, to) = (module(key.from), module(key.to));
            let columns: Vec<String> = key.columns.iter().map(|column| plain(&self.fields[&column.id()])).collect();
            let by = columns.join("_and_");
            let mut ladder = Vec::new();
            if key.columns.len() == 1 && !key.stem.is_empty() {
                ladder.push(key.stem.clone());
                ladder.push(format!("{}_{to}", key.stem));
            } else {
                ladder.push(to.clone());
            }
            ladder.push(format!("{to}_by_{by}"));
            let wish = key.declared.and_then(|declared| declared.name.as_ref());
            drafts.push(Draft {
                owner: key.from.id(),
                ladder,
                declared: key.declared,
                wish,
                key: position,
                second: None,
                forward: true,
            });

            let is_self = key.from == key.to;
            let base = if key.columns.len() == 1
                && (is_self || !name::is_singular_of(&key.stem, &name::snake(self.table_called(key.to))))
            {
                format!("{from}_as_{}", if key.stem.is_empty() { &by } else { &key.stem })
            } else {
                from.clone()
            };
            let of_schema = |name: &str| name::snake(&format!("{}_{name}", key.from.namespace().name));
            let by = format!("{from}_by_{by}");
            let ladder = vec![base.clone(), of_schema(&base), by.clone(), of_schema(&by)];
            let wish = key.declared.and_then(|declared| declared.inverse.as_ref());
            drafts.push(Draft {
                owner: key.to.id(),
                ladder,
                declared: key.declared,
                wish,
                key: position,
                second: None,
                forward: false,
            });
        }
        for (first, second) in junctions(keys) {
            for (near, far) in [(first, second), (second, first)] {
                let (junction, target) = (module(keys[near].from), module(keys[far].to));
                let ladder = if keys[near].to == keys[far].to {
                    vec![format!("{}_via_{junction}", keys[far].stem)]
                } else {
                    vec![
                        target.clone(),
                        format!("{target}_via_{junction}"),
                        format!("{target}_as_{}_via_{junction}", keys[far].stem),
                    ]
                };
                drafts.push(Draft {
                    owner: keys[near].to.id(),
                    ladder,
                    declared: None,
                    wish: None,
                    key: near,
                    second: Some(far),
                    forward: false,
                });
            }
        }
        drafts
    }

    /// The name of each relation, and what it is called as a type.
    fn relation_names(&mut self, drafts: &[Draft<'_>]) -> Vec<(String, Ident)> {
        let mut names = vec![None; drafts.len()];
        let mut known = BTreeMap::<String, Vec<String>>::new();
        let config = self.config;
        for table in self.schema.tables().collect::<Vec<_>>() {
            let own: Vec<usize> = (0..drafts.len()).filter(|&position| drafts[position].owner == table.id()).collect();
            let mut taken: BTreeSet<String> =
                table.columns().filter_map(|column| self.fields.get(&column.id())).map(plain).collect();
            // The field that holds the columns.
            taken.insert("row".to_owned());
            let rules = Rules {
                kind: "relation",
                taken: &taken,
                owner: "a column of the table has that name, or it is `row`, the field of the columns",
                derived: name::camel,
            };
            let thing = |name: &str| format!("{}.{name}", table.qualified());
            let wanted: Vec<Wanted<'_>> = own
                .iter()
                .map(|&position| {
                    let ladder: Vec<String> = drafts[position].ladder.iter().map(|name| name::single(name)).collect();
                    let Draft { wish, declared, .. } = drafts[position];
                    let declared = declared.map(|declared| format!("{} → {}", declared.from.get_ref(), declared.to.get_ref()));
                    Wanted { thing: declared.unwrap_or_else(|| thing(&ladder[0])), ladder, wish }
                })
                .collect();
            let first = self.named(&rules, &wanted);
            let wanted: Vec<Wanted<'_>> = first
                .iter()
                .map(|name| Wanted {
                    thing: thing(name),
                    ladder: vec![name.clone()],
                    wish: Self::setting(&config.rename.relations, &thing(name)),
                })
                .collect();
            known.insert(table.qualified(), first.iter().map(|name| thing(name)).collect());
            let chosen = self.named(&rules, &wanted);
            let wanted: Vec<Vec<String>> =
                chosen.iter().map(|name| vec![name::camel(name), format!("{}Relation", name::camel(name))]).collect();
            let variants = name::distinct(&wanted, &BTreeSet::new());
            for ((&position, name), variant) in own.iter().zip(chosen).zip(variants) {
                names[position] = Some((name, name::ident(&variant)));
            }
        }
        for key in config.rename.relations.keys() {
            if known.values().flatten().any(|name| name == key.get_ref()) {
                continue;
            }
            let (table, wanted) = key.get_ref().rsplit_once('.').unwrap_or(("", key.get_ref()));
            let (suggestion, existing) = match known.get(table) {
                Some(existing) => {
                    let names = existing.iter().filter_map(|name| Some(name.rsplit_once('.')?.1));
                    (closest(wanted, names).map(|name| format!("{table}.{name}")), existing.clone())
                }
                None => (closest(table, known.keys().map(String::as_str)).map(|table| format!("{table}.{wanted}")), Vec::new()),
            };
            self.errors.push(PlanError::Unknown {
                place: config.place(key),
                kind: "relation",
                names: vec![key.get_ref().clone()],
                suggestion,
                existing,
            });
        }
        names.into_iter().map(|name| name.expect("each relation belongs to a table")).collect()
    }

    fn relation(
        &self,
        draft: &Draft<'_>,
        (name, variant): &(String, Ident),
        keys: &[Key<'a>],
        forward: &BTreeMap<usize, &Ident>,
    ) -> (Id<Table>, RelationPlan) {
        let key = &keys[draft.key];
        let variant_of = |position: usize| forward[&position].clone();
        let variants =
            |columns: &[Walker<'a, Column>]| columns.iter().map(|column| self.variants[&column.id()].clone()).collect::<Vec<_>>();
        let (target, cardinality, hops, near, docs) = match (draft.forward, draft.second) {
            (true, _) => {
                let as_text = key.columns.iter().zip(&key.references).any(|(from, to)| !comparable(*from, *to));
                let columns = variants(&key.columns).into_iter().zip(variants(&key.references)).collect();
                (key.to, Cardinality::One, vec![Hop::Forward { columns, as_text }], variants(&key.columns), key.docs.clone())
            }
            (false, None) => {
                let hop = Hop::Inverse { module: self.module_path(key.from), variant: variant_of(draft.key) };
                let cardinality = if key.unique { Cardinality::One } else { Cardinality::Many };
                let docs = format!("The way back of {}: {}", code(&key.from.qualified()), key.docs);
                (key.from, cardinality, vec![hop], variants(&key.references), docs)
            }
            (false, Some(second)) => {
                let far = &keys[second];
                let hops = vec![
                    Hop::Inverse { module: self.module_path(key.from), variant: variant_of(draft.key) },
                    Hop::Through { module: self.module_path(far.from), variant: variant_of(second) },
                ];
                let docs = format!("Through {}, to {}", code(&key.from.qualified()), code(&far.to.qualified()));
                (far.to, Cardinality::Many, hops, variants(&key.references), docs)
            }
        };
        let relation = RelationPlan {
            features: Vec::new(),
            name: name.clone(),
            variant: variant.clone(),
            target: self.module_path(target),
            cardinality,
            hops,
            key: near,
            is_only_one: false,
            is_unordered: !self.keys.contains_key(&target.id()),
            field: name::ident(name),
            docs: format!("{docs}."),
        };
        (target.id(), relation)
    }

    /// The path of an entity's module.
    fn module_path(&self, to: Walker<'a, Table>) -> Code {
        let domain = match self.domains.of.of(to.id()) {
            Membership::Domain(position) => *position,
            _ => unreachable!("only tables of a domain have relations"),
        };
        path(&[&name::ident(&self.domain_modules[domain]), &self.table_modules[&to.id()]])
    }
}

impl<'a> Planner<'a> {
    fn key(
        &self,
        columns: Vec<Walker<'a, Column>>,
        references: Vec<Walker<'a, Column>>,
        declared: Option<&'a RelationConfig>,
        docs: String,
    ) -> Key<'a> {
        let (from, to) = (columns[0].table(), references[0].table());
        let set: BTreeSet<_> = columns.iter().map(|column| column.id()).collect();
        let unique = declared.is_some_and(|declared| declared.one_to_one)
            || from.unique_keys().iter().any(|key| key.iter().all(|column| set.contains(column)));
        let stem = match columns.as_slice() {
            [only] => stem(self.called(*only)),
            several => several.iter().map(|column| stem(self.called(*column))).collect::<Vec<_>>().join("_and_"),
        };
        Key { from, columns, to, references, declared, unique, docs, stem }
    }

    /// What a column is called, by codegen.toml or else by the database: what is named after it follows.
    pub(super) fn called(&self, column: Walker<'a, Column>) -> &'a str {
        let wish = Self::setting(&self.config.rename.columns, &column.qualified());
        wish.map_or(column.row().name.as_str(), |wish| wish.get_ref().trim_start_matches("r#"))
    }

    /// What a table is called, likewise.
    pub(super) fn table_called(&self, table: Walker<'a, Table>) -> &'a str {
        let wish = Self::setting(&self.config.rename.tables, &table.qualified());
        wish.map_or(table.row().name.as_str(), |wish| wish.get_ref().trim_start_matches("r#"))
    }
}

/// `buyer_id` → `buyer`; a column that is called `id` says nothing.
fn stem(column: &str) -> String {
    let snake = name::snake(column);
    let plain = snake.trim_start_matches('_');
    let stem = ["_id", "_uuid"].iter().find_map(|suffix| plain.strip_suffix(suffix)).unwrap_or(plain);
    if matches!(stem, "id" | "uuid") { String::new() } else { stem.to_owned() }
}

/// `schema.table.column` or `schema.table.(a, b)` → table and columns.
fn split(text: &str) -> Option<(String, Vec<String>)> {
    let (table, columns) = match text.strip_suffix(')') {
        Some(open) => {
            let (table, columns) = open.rsplit_once(".(")?;
            (table, columns.split(',').map(|column| column.trim().to_owned()).collect())
        }
        None => {
            let (table, column) = text.rsplit_once('.')?;
            (table, vec![column.to_owned()])
        }
    };
    table.contains('.').then(|| (table.to_owned(), columns))
}

fn describe<'a>(
    columns: impl Iterator<Item = Walker<'a, Column>>,
    to: Walker<'a, Table>,
    references: impl Iterator<Item = Walker<'a, Column>>,
) -> String {
    let list = |names: Vec<String>| if let [only] = names.as_slice() { only.clone() } else { format!("({})", names.join(", ")) };
    let from = list(columns.map(|column| column.name.clone()).collect());
    let references = list(references.map(|column| column.name.clone()).collect());
    format!("{} → {}", code(&from), code(&format!("{}.{references}", to.qualified())))
}

/// Whether the server compares the two types by itself: the same type, or two of a family.
fn comparable(left: Walker<'_, Column>, right: Walker<'_, Column>) -> bool {
    let family = |column: Walker<'_, Column>| {
        let base = column.declared_type().base();
        match (base.row().schema.as_str(), base.row().name.as_str()) {
            ("pg_catalog", "text" | "varchar" | "bpchar" | "name") => "text".to_owned(),
            ("pg_catalog", "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" | "oid") => "number".to_owned(),
            ("pg_catalog", "date" | "timestamp" | "timestamptz") => "time".to_owned(),
            _ => base.qualified(),
        }
    };
    family(left) == family(right)
}

/// Pairs of keys whose columns together identify a row of their table, as its primary key or as
/// another unique set, and neither of which does alone.
fn junctions(keys: &[Key<'_>]) -> Vec<(usize, usize)> {
    let columns = |key: &Key<'_>| key.columns.iter().map(|column| column.id()).collect::<BTreeSet<_>>();
    let mut pairs = Vec::new();
    for (first, key) in keys.iter().enumerate().filter(|(_, key)| !key.from.kind.is_view()) {
        let mine = columns(key);
        let sets: Vec<BTreeSet<Id<Column>>> = key.from.unique_keys().into_iter().map(|set| set.into_iter().collect()).collect();
        for (second, other) in keys.iter().enumerate().skip(first + 1) {
            if other.from != key.from {
                continue;
            }
            let theirs = columns(other);
            let both: BTreeSet<Id<Column>> = mine.union(&theirs).copied().collect();
            if both != mine && both != theirs && sets.contains(&both) {
                pairs.push((first, second));
            }
        }
    }
    pairs
}
