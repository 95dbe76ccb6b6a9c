//! What moved between two snapshots, as people say it: one line for what was done, none for what
//! followed from it.
//!
//! A snapshot is a set of things, each with a path and fields. What is only in one of them was
//! dropped or added; a dropped and an added thing that agree in all but their name are taken for a
//! rename, which is a guess and marked as one. Renames are carried through the older snapshot
//! before fields are compared, so that an index on a renamed column has not changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{plan::sql_string, snapshot::Snapshot};

/// The kinds of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A schema.
    Schema,
    /// An extension.
    Extension,
    /// An enum, a domain, a composite type or a range.
    Type,
    /// A sequence.
    Sequence,
    /// A function or procedure.
    Function,
    /// A table or view.
    Table,
    /// A column.
    Column,
    /// A constraint.
    Constraint,
    /// An index.
    Index,
    /// A policy.
    Policy,
    /// A trigger.
    Trigger,
}

/// What was done to a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Dropped,
    /// It has another name; a guess.
    Renamed {
        /// The name that it has now.
        to: String,
    },
    /// Fields of it differ.
    Changed {
        /// Each field, and its values.
        fields: Vec<Field>,
    },
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Field {
    /// The name, as schema.json has it.
    pub name: String,
    /// What it was; null where it was not there.
    pub old: Value,
    /// What it is.
    pub new: Value,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The kind of thing.
    pub kind: Kind,
    /// Its path before, or now where it is new: schema, table, name.
    pub path: Vec<String>,
    /// Its path now.
    pub now: Vec<String>,
    /// What was done.
    #[serde(flatten)]
    pub what: What,
    /// What kind of table, type or constraint it is.
    pub word: String,
}

/// All kinds.
const KINDS: [Kind; 11] = [
    Kind::Schema,
    Kind::Extension,
    Kind::Type,
    Kind::Sequence,
    Kind::Function,
    Kind::Table,
    Kind::Column,
    Kind::Constraint,
    Kind::Index,
    Kind::Policy,
    Kind::Trigger,
];

type Fields = Map<String, Value>;
type Things = BTreeMap<(Kind, Vec<String>), Fields>;

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The things of a snapshot.
fn things(snapshot: &Snapshot) -> Things {
    let value = serde_json::to_value(snapshot).unwrap_or_default();
    let mut things = Things::new();
    let list = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    for (kind, name) in [(Kind::Schema, "schemas"), (Kind::Extension, "extensions")] {
        for item in list(name) {
            let Value::Object(mut fields) = item else { continue };
            let path = vec![text(fields.remove("name").as_ref())];
            things.insert((kind, path), fields);
        }
    }
    let read: BTreeSet<&String> = snapshot.schemas.iter().map(|schema| &schema.name).collect();
    for (kind, name) in
        [(Kind::Type, "types"), (Kind::Sequence, "sequences"), (Kind::Function, "functions"), (Kind::Table, "tables")]
    {
        for item in list(name) {
            let Value::Object(mut fields) = item else { continue };
            let mut path = vec![text(fields.remove("schema").as_ref()), text(fields.remove("name").as_ref())];
            // Types of the system, and arrays, are there because a column uses them.
            let is_borrowed = kind == Kind::Type
                && (!read.contains(&path[0]) || matches!(text(fields.get("kind")).as_str(), "array" | "base" | "multirange"));
            if is_borrowed {
                continue;
            }
            if kind == Kind::Function {
                path[1] = format!("{}({})", path[1], text(fields.remove("arguments").as_ref()));
            }
            for (below, name) in [
                (Kind::Column, "columns"),
                (Kind::Constraint, "constraints"),
                (Kind::Index, "indexes"),
                (Kind::Policy, "policies"),
                (Kind::Trigger, "triggers"),
            ] {
                let Some(Value::Array(items)) = (kind == Kind::Table).then(|| fields.remove(name)).flatten() else { continue };
                for (position, item) in items.into_iter().enumerate() {
                    let Value::Object(mut fields) = item else { continue };
                    let path = [path.clone(), vec![text(fields.remove("name").as_ref())]].concat();
                    if below == Kind::Column {
                        fields.insert("position".to_owned(), position.into());
                    }
                    things.insert((below, path), fields);
                }
            }
            things.insert((kind, path), fields);
        }
    }
    things
}

/// Whether a name stands in a text as a word.
pub(crate) fn has_word(text: &str, name: &str) -> bool {
    !name.is_empty() && text.contains(name) && replace_word(text, name, "") != text
}

/// Replaces a name wherever it stands as a word.
fn replace_word(text: &str, old: &str, new: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let before = rest[..at].chars().next_back().or_else(|| result.chars().next_back());
        let after = rest[at + old.len()..].chars().next();
        let is_whole = !before.is_some_and(is_word) && !after.is_some_and(is_word);
        result.push_str(&rest[..at]);
        result.push_str(if is_whole { new } else { old });
        rest = &rest[at + old.len()..];
    }
    result.push_str(rest);
    result
}

/// Whether a text stands anywhere in a value.
fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(of) => of.contains(text),
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(fields) => fields.values().any(|value| holds(value, text)),
        _ => false,
    }
}

fn replace_in(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) => *text = replace_word(text, old, new),
        Value::Array(items) => items.iter_mut().for_each(|item| replace_in(item, old, new)),
        Value::Object(fields) => fields.values_mut().for_each(|value| replace_in(value, old, new)),
        _ => {}
    }
}

/// What moved from one snapshot to another.
pub fn drift(old: &Snapshot, new: &Snapshot) -> Vec<Change> {
    // To take two snapshots apart is worth it only where something is to be found.
    if old.describes_same(new) {
        return Vec::new();
    }
    let (mut before, after) = (things(old), things(new));
    let mut changes = Vec::new();
    let mut open = Open::of(&before, &after);
    for kind in [
        Kind::Schema,
        Kind::Type,
        Kind::Table,
        Kind::Column,
        Kind::Constraint,
        Kind::Index,
        Kind::Policy,
        Kind::Trigger,
        Kind::Sequence,
        Kind::Function,
    ] {
        renames(kind, &mut before, &after, &mut open, &mut changes);
    }
    renamed_labels(&mut before, &after, &open);
    for ((kind, path), fields) in &before {
        match after.get(&(*kind, path.clone())) {
            None => changes.push(change(*kind, path, What::Dropped, fields)),
            Some(now) => {
                let fields = fields_of(*kind, fields, now, old.server == new.server);
                if !fields.is_empty() {
                    changes.push(change(*kind, path, What::Changed { fields }, now));
                }
            }
        }
    }
    for ((kind, path), fields) in &after {
        if !before.contains_key(&(*kind, path.clone())) {
            changes.push(change(*kind, path, What::Added, fields));
        }
    }
    let mut changes = without_consequences(changes, &before, &after);
    changes.sort_by(|left, right| (&left.now, left.kind).cmp(&(&right.now, right.kind)));
    changes
}

fn change(kind: Kind, path: &[String], what: What, fields: &Fields) -> Change {
    Change { kind, path: path.to_vec(), now: path.to_vec(), what, word: text(fields.get("kind")) }
}

/// The fields that differ and mean something.
fn fields_of(kind: Kind, old: &Fields, new: &Fields, same_server: bool) -> Vec<Field> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut fields: Vec<Field> = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| Field {
            name: name.clone(),
            old: old.get(name).cloned().unwrap_or_default(),
            new: new.get(name).cloned().unwrap_or_default(),
        })
        .collect();
    // Columns move up when one before them goes; a type's name and modifier are in its text.
    let is_silent = |field: &Field| match (kind, field.name.as_str()) {
        // What a view's column is, its query says.
        (Kind::Column, "position" | "type_name" | "modifier" | "origin") => true,
        // Expressions are printed otherwise by other servers, `public` belongs to another role, and all
        // privileges are more of them from PostgreSQL 17 on.
        (_, "grants")
        | (Kind::Table | Kind::Index | Kind::Constraint | Kind::Trigger, "definition")
        | (Kind::Policy, "using" | "check")
        | (Kind::Index, "predicate" | "keys")
        | (Kind::Schema, "owner") => !same_server,
        _ => false,
    };
    fields.retain(|field| !is_silent(field));
    // What a definition says is said by its parts as well.
    if fields.len() > 1 && matches!(kind, Kind::Index | Kind::Constraint) {
        fields.retain(|field| field.name != "definition");
    }
    fields
}

/// The fields by which a renamed thing is known: all but its place and its own name.
fn likeness(kind: Kind, path: &[String], fields: &Fields) -> Fields {
    let mut fields = fields.clone();
    let name = path.last().map(String::as_str).unwrap_or_default();
    if kind != Kind::Column {
        fields.remove("position");
    }
    if let Some(definition) = fields.get_mut("definition") {
        replace_in(definition, name, "");
        replace_in(definition, &format!("\"{name}\""), "");
    }
    for field in ["owned_by", "comment", "grants"] {
        fields.remove(field);
    }
    fields
}

/// What is in each schema or table, as text by its path: the tables' names, or the columns with their types.
fn contents(kind: Kind, things: &Things) -> BTreeMap<&[String], String> {
    let within = match kind {
        Kind::Schema => Kind::Table,
        Kind::Table => Kind::Column,
        _ => return BTreeMap::new(),
    };
    let mut contents = BTreeMap::<&[String], Vec<(Option<u64>, &String, Option<&Value>)>>::new();
    for ((_, path), fields) in things.iter().filter(|((of, _), _)| *of == within) {
        let (name, place) = path.split_last().expect("a thing has a name");
        let is_column = within == Kind::Column;
        let position = fields.get("position").and_then(Value::as_u64).filter(|_| is_column);
        contents.entry(place).or_default().push((position, name, fields.get("type").filter(|_| is_column)));
    }
    let text = |mut inside: Vec<(Option<u64>, &String, Option<&Value>)>| {
        inside.sort_by_key(|(position, ..)| *position);
        inside.into_iter().map(|(_, name, of)| json!([name, of]).to_string()).collect()
    };
    contents.into_iter().map(|(path, inside)| (path, text(inside))).collect()
}

/// Finds renames of a kind, and carries them through the older things.
fn renames(kind: Kind, before: &mut Things, after: &Things, open: &mut Open, changes: &mut Vec<Change>) {
    let only = |things: &Things, other: &Things| -> Vec<Vec<String>> {
        let of_kind = things.keys().filter(|(of, path)| *of == kind && !other.contains_key(&(*of, path.clone())));
        of_kind.map(|(_, path)| path.clone()).collect()
    };
    let (gone, come) = (only(before, after), only(after, before));
    if gone.is_empty() || come.is_empty() {
        return;
    }
    let mine: BTreeMap<Vec<String>, String> =
        contents(kind, before).into_iter().map(|(path, text)| (path.to_vec(), text)).collect();
    let theirs = contents(kind, after);
    // Things can be one renamed only where this is the same.
    let by_likeness = |path: &[String], fields: &Fields| json!([&path[..path.len() - 1], likeness(kind, path, fields)]).to_string();
    let mut known = BTreeMap::<String, Vec<&Vec<String>>>::new();
    for new in &come {
        let text = match kind {
            Kind::Schema | Kind::Table => theirs.get(new.as_slice()).cloned(),
            _ => Some(by_likeness(new, &after[&(kind, new.clone())])),
        };
        known.entry(text.unwrap_or_default()).or_default().push(new);
    }
    let mut taken = BTreeSet::new();
    for old in &gone {
        let looks = match kind {
            Kind::Schema | Kind::Table => mine.get(old).cloned().unwrap_or_default(),
            _ => by_likeness(old, &before[&(kind, old.clone())]),
        };
        // Of two empty tables nothing says that they are one.
        let alike: Vec<&Vec<String>> = known
            .get(&looks)
            .into_iter()
            .flatten()
            .copied()
            .filter(|new| !looks.is_empty() && !taken.contains(*new))
            .filter(|new| kind != Kind::Table || old[0] == new[0] || old[1] == new[1])
            .collect();
        let [new] = alike[..] else { continue };
        taken.insert(new.clone());
        let (from, to) = (old.last().cloned().unwrap_or_default(), new.last().cloned().unwrap_or_default());
        let word = text(after[&(kind, new.clone())].get("kind"));
        let is_move = from == to;
        let said = if is_move { new.join(".") } else { to.clone() };
        changes.push(Change { kind, path: old.clone(), now: new.clone(), what: What::Renamed { to: said }, word });
        for key in below(before, old) {
            if (key.1.len() > old.len() || key.0 == kind)
                && let Some(fields) = before.remove(&key)
            {
                let key = (key.0, [new.clone(), key.1[old.len()..].to_vec()].concat());
                open.add(&key, &fields, after);
                before.insert(key, fields);
            }
        }
        let (from, to) = if is_move { (old[0].clone(), new[0].clone()) } else { (from, to) };
        let bare = |name: &str| name.split('(').next().unwrap_or_default().to_owned();
        let home = if kind == Kind::Column { &new[..new.len() - 1] } else { new.as_slice() };
        replace_everywhere(before, after, open, home, &bare(&from), |value| replace_in(value, &bare(&from), &bare(&to)));
    }
}

/// The things that are in both snapshots, under their new names, and differ: only of these can a new name
/// be what makes a field what it is now.
struct Open(BTreeSet<(Kind, Vec<String>)>);

impl Open {
    fn of(before: &Things, after: &Things) -> Self {
        let mut open = Self(BTreeSet::new());
        for (key, fields) in before {
            open.add(key, fields, after);
        }
        open
    }

    fn add(&mut self, key: &(Kind, Vec<String>), fields: &Fields, after: &Things) {
        if after.get(key).is_some_and(|now| now != fields) {
            self.0.insert(key.clone());
        }
    }
}

/// The things at a path and below it, of all kinds.
fn below(things: &Things, path: &[String]) -> Vec<(Kind, Vec<String>)> {
    let of_kind = |kind: Kind| {
        let from = things.range((kind, path.to_vec())..).map(|(key, _)| key);
        from.take_while(move |(of, place)| *of == kind && place.starts_with(path)).cloned()
    };
    KINDS.into_iter().flat_map(of_kind).collect()
}

/// Carries a new name through the older things: always through those at home, elsewhere where that
/// alone makes a field what it is now.
fn replace_everywhere(before: &mut Things, after: &Things, open: &Open, home: &[String], old: &str, replace: impl Fn(&mut Value)) {
    let keys: BTreeSet<(Kind, Vec<String>)> = below(before, home).into_iter().chain(open.0.iter().cloned()).collect();
    for key in keys {
        let now = after.get(&key);
        let Some(fields) = before.get_mut(&key) else { continue };
        for (name, value) in fields.iter_mut() {
            if matches!(name.as_str(), "comment" | "owner" | "grants") || !holds(value, old) {
                continue;
            }
            let mut replaced = value.clone();
            replace(&mut replaced);
            if key.1.starts_with(home) || now.and_then(|now| now.get(name)) == Some(&replaced) {
                *value = replaced;
            }
        }
    }
}

/// A label with another name stands in defaults and conditions too.
fn renamed_labels(before: &mut Things, after: &Things, open: &Open) {
    let types: Vec<(Vec<String>, Vec<String>, Vec<String>)> = before
        .iter()
        .filter(|((kind, _), _)| *kind == Kind::Type)
        .filter_map(|((kind, path), fields)| {
            let now = after.get(&(*kind, path.clone()))?;
            Some((path.clone(), strings(fields.get("labels")), strings(now.get("labels"))))
        })
        .collect();
    for (path, old, new) in types {
        let pairs: Vec<(&String, &String)> = old.iter().zip(&new).filter(|(old, new)| old != new).collect();
        if let ([(from, to)], true) = (pairs.as_slice(), old.len() == new.len()) {
            let quoted = |label: &str| format!("{}::{}", sql_string(label), path.join("."));
            let (from, to) = (quoted(from), quoted(to));
            replace_everywhere(before, after, open, &[path.join(".")], &from, |value| {
                if let Value::String(text) = value {
                    *text = text.replace(&from, &to);
                }
            });
        }
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).map(|items| items.iter().map(|item| text(Some(item))).collect()).unwrap_or_default()
}

/// The changes by kind and place.
struct ByPlace<'c>(BTreeMap<Kind, BTreeMap<&'c [String], Vec<&'c What>>>);

impl<'c> ByPlace<'c> {
    fn of(changes: &'c [Change]) -> Self {
        let mut places = BTreeMap::<Kind, BTreeMap<&[String], Vec<&What>>>::new();
        for change in changes {
            places.entry(change.kind).or_default().entry(change.now.as_slice()).or_default().push(&change.what);
        }
        Self(places)
    }

    fn at(&self, kind: Kind, path: &[String]) -> &[&'c What] {
        self.0.get(&kind).and_then(|places| places.get(path)).map_or(&[], Vec::as_slice)
    }

    fn has(&self, kind: Kind, path: &[String], what: &What) -> bool {
        self.at(kind, path).contains(&what)
    }

    /// Whether what a foreign key refers to was dropped.
    fn is_gone(&self, target: &Fields) -> bool {
        let table = [text(target.get("schema")), text(target.get("table"))];
        let dropped = |kind: Kind, path: &[String]| self.has(kind, path, &What::Dropped);
        dropped(Kind::Schema, &table[..1])
            || dropped(Kind::Table, &table)
            || strings(target.get("columns"))
                .into_iter()
                .any(|column| dropped(Kind::Column, &[table.as_slice(), &[column]].concat()))
    }
}

/// Leaves out what followed from something else.
fn without_consequences(changes: Vec<Change>, before: &Things, after: &Things) -> Vec<Change> {
    let places = ByPlace::of(&changes);
    let columns = || changes.iter().filter(|change| change.kind == Kind::Column);
    let is_retyped =
        |change: &&Change| matches!(&change.what, What::Changed { fields } if fields.iter().any(|field| field.name == "type"));
    let retyped: BTreeSet<&[String]> = columns().filter(is_retyped).map(|change| &change.now[..2]).collect();
    let with_columns: BTreeSet<&[String]> = columns().map(|change| &change.now[..2]).collect();
    let ranges: Vec<&Change> = changes.iter().filter(|change| change.word == "range").collect();
    let names = |fields: &Fields, name: &str| strings(fields.get(name));
    let none = Fields::new();
    let follows = |change: &Change| -> bool {
        let path = &change.now;
        let things = if change.what == What::Dropped { before } else { after };
        let fields = things.get(&(change.kind, path.clone())).unwrap_or(&none);
        let came_or_went = matches!(change.what, What::Added | What::Dropped);
        let same = if change.what == What::Dropped { What::Dropped } else { What::Added };
        // Below a thing that came or went.
        if came_or_went
            && (1..path.len())
                .any(|length| places.has(if length == 1 { Kind::Schema } else { Kind::Table }, &path[..length], &same))
        {
            return true;
        }
        let table = path.get(..2).unwrap_or_default();
        let column = |name: &String| [table, std::slice::from_ref(name)].concat();
        match change.kind {
            Kind::Constraint | Kind::Index => {
                let mut used = names(fields, "columns");
                let keys = fields.get("keys").and_then(Value::as_array);
                used.extend(keys.into_iter().flatten().map(|key| text(key.get("column"))));
                used.extend(names(fields, "included"));
                if change.what == What::Dropped && used.iter().any(|name| places.has(Kind::Column, &column(name), &same)) {
                    return true;
                }
                let target = fields.get("references").filter(|_| change.what == What::Dropped);
                if target.and_then(Value::as_object).is_some_and(|target| places.is_gone(target)) {
                    return true;
                }
                // The server prints casts for the new type.
                let is_text = |what: &What| match what {
                    What::Changed { fields } => {
                        fields.iter().all(|field| matches!(field.name.as_str(), "definition" | "predicate" | "keys"))
                    }
                    _ => false,
                };
                if is_text(&change.what) && retyped.contains(table) {
                    return true;
                }
                // The index of a constraint.
                let of_constraint = places.at(Kind::Constraint, path);
                change.kind == Kind::Index
                    && of_constraint.iter().any(|what| std::mem::discriminant(*what) == std::mem::discriminant(&change.what))
            }
            Kind::Column => match &change.what {
                // A primary key makes its columns NOT NULL.
                What::Changed { fields } if fields.iter().all(|field| field.name == "not_null") => {
                    let constraints = after.range((Kind::Constraint, table.to_vec())..);
                    constraints.take_while(|((kind, of), _)| *kind == Kind::Constraint && of.starts_with(table)).any(
                        |((_, of), key)| {
                            text(key.get("kind")) == "primary key"
                                && names(key, "columns").contains(&path[2])
                                && places.has(Kind::Constraint, of, &What::Added)
                        },
                    )
                }
                _ => false,
            },
            Kind::Sequence => {
                let owner = fields.get("owned_by").and_then(Value::as_array);
                owner.is_some_and(|owner| {
                    let owner: Vec<String> = owner.iter().map(|part| text(Some(part))).collect();
                    !places.at(Kind::Column, &owner).is_empty()
                        || places.has(Kind::Table, &owner[..2], &same)
                        || places.has(Kind::Schema, &owner[..1], &same)
                })
            }
            // The functions that a range brings along.
            Kind::Function => ranges.iter().any(|range| {
                let name = path[1].split('(').next().unwrap_or_default();
                let of = range.now.last().map(String::as_str).unwrap_or_default();
                range.now.first() == path.first()
                    && range.what == same
                    && (name == of || name.strip_suffix("_multirange") == Some(of))
            }),
            Kind::Table => match &change.what {
                // A view's columns say what its query gives.
                What::Changed { fields } if fields.iter().all(|field| field.name == "definition") => {
                    with_columns.contains(path.as_slice())
                }
                _ => false,
            },
            _ => false,
        }
    };
    let kept: Vec<bool> = changes.iter().map(|change| !follows(change)).collect();
    changes.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(change, _)| change).collect()
}

/// A value as a line says it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|item| item.get("text").map_or_else(|| shown(item), shown)).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

impl Field {
    /// What the field's change is, in words.
    fn words(&self, kind: Kind) -> String {
        let (old, new) = (shown(&self.old), shown(&self.new));
        let yes = self.new == Value::Bool(true);
        let either = |when: &str, otherwise: &str| if yes { when.to_owned() } else { otherwise.to_owned() };
        match (kind, self.name.as_str()) {
            (Kind::Column, "type") => format!("{old} → {new}"),
            (Kind::Column | Kind::Type, "not_null") => either("NOT NULL", "may be NULL"),
            (_, "default") => match (&self.old, &self.new) {
                (Value::Null, _) => format!("default {new}"),
                (_, Value::Null) => "no default".to_owned(),
                _ => format!("default {old} → {new}"),
            },
            (_, "unique") => either("now unique", "no longer unique"),
            (Kind::Table, "row_security") => either("row level security on", "row level security off"),
            (Kind::Table, "force_row_security") => {
                either("row level security holds for the owner", "row level security spares the owner")
            }
            (_, "not_valid") => either("not valid", "validated"),
            (_, "deferrable") => either("deferrable", "not deferrable"),
            (_, "unreadable") => either("the role may not read it", "the role may read it"),
            (Kind::Type, "labels") => labels(&self.old, &self.new),
            (_, "comment" | "grants" | "definition" | "using" | "check" | "body" | "predicate" | "checks") => {
                format!("{} changed", self.name)
            }
            (_, "references") => references(&self.old, &self.new),
            (_, name) if self.new.is_boolean() || self.old.is_boolean() => {
                format!("{}{}", if yes { "" } else { "not " }, name.replace('_', " "))
            }
            (_, "keys") => format!("({old}) → ({new})"),
            (_, name) => format!("{}: {old} → {new}", name.replace('_', " ")),
        }
    }
}

/// What a foreign key does otherwise.
fn references(old: &Value, new: &Value) -> String {
    let parts = [
        ("schema", ""),
        ("table", ""),
        ("columns", ""),
        ("on_delete", "no-action"),
        ("on_update", "no-action"),
        ("set_columns", "all"),
    ];
    let shown = |value: &Value, part: &str, default: &str| {
        value.get(part).map_or_else(|| default.to_owned(), shown).replace("set-", "set ")
    };
    let changed = parts.iter().filter(|(part, _)| old.get(part) != new.get(part));
    let words = changed.map(|(part, default)| {
        format!("{}: {} → {}", part.replace('_', " "), shown(old, part, default), shown(new, part, default))
            .replace("no-action", "no action")
    });
    words.collect::<Vec<_>>().join("; ")
}

/// What happened to the labels of an enum.
fn labels(old: &Value, new: &Value) -> String {
    let (old, new) = (strings(Some(old)), strings(Some(new)));
    let renamed: Vec<(&String, &String)> = old.iter().zip(&new).filter(|(old, new)| old != new).collect();
    if let ([(from, to)], true) = (renamed.as_slice(), old.len() == new.len()) {
        return format!("label '{from}' renamed to '{to}' (a guess)");
    }
    let only = |these: &[String], others: &[String]| {
        these.iter().filter(|label| !others.contains(label)).map(|label| format!("'{label}'")).collect::<Vec<_>>()
    };
    let (gone, come) = (only(&old, &new), only(&new, &old));
    let mut parts = Vec::new();
    if !come.is_empty() {
        parts.push(format!("new label {}", come.join(", ")));
    }
    if !gone.is_empty() {
        parts.push(format!("label {} gone", gone.join(", ")));
    }
    if parts.is_empty() { "labels in another order".to_owned() } else { parts.join("; ") }
}

impl Change {
    /// The thing as a line says it: `public.users.email`, `index users_email_key`, `policy p on public.t`.
    pub fn object(&self) -> String {
        let path = &self.path;
        let word = if self.word.is_empty() { "table" } else { self.word.as_str() };
        let name = path.last().map(String::as_str).unwrap_or_default();
        match self.kind {
            Kind::Column => path.join("."),
            Kind::Schema => format!("schema {name}"),
            Kind::Extension => format!("extension {name}"),
            Kind::Table | Kind::Type => format!("{word} {}", path.join(".")),
            Kind::Sequence => format!("sequence {}", path.join(".")),
            Kind::Function => format!("function {}", path.join(".")),
            Kind::Index => format!("index {name} on {}", path[..2].join(".")),
            Kind::Constraint => format!("{word} {name} on {}", path[..2].join(".")),
            Kind::Policy => format!("policy {name} on {}", path[..2].join(".")),
            Kind::Trigger => format!("trigger {name} on {}", path[..2].join(".")),
        }
    }

    /// The path with dots, as the things that code depends on are named.
    pub fn qualified(&self) -> String {
        self.path.join(".")
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.object())?;
        match &self.what {
            What::Added => f.write_str("new"),
            What::Dropped => f.write_str("dropped"),
            What::Renamed { to } => write!(f, "renamed to {to} (a guess)"),
            What::Changed { fields } => {
                let words: Vec<String> = fields.iter().map(|field| field.words(self.kind)).collect();
                f.write_str(&words.join("; "))
            }
        }
    }
}
