//! What the server's answers about statements depend on beside their text: tables, functions and types
//! by name, in whatever schema they are, the role and its settings, operators and casts.
//!
//! The state of each is a digest of its rows in the catalogue. Names are compared without their schema,
//! so that a thing that comes to stand before another on the search path shows as well.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tokio_postgres::{Client, Error, types::Type as WireType};

use super::TableName;
use crate::{
    nullability::{collect_functions, tree::Value},
    schema::Oid,
};

/// The kinds of things that statements name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A table or view.
    Table,
    /// A function, or one below an operator or an aggregate.
    Function,
    /// A type.
    Type,
}

/// A thing that a statement uses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Thing {
    pub(crate) kind: Kind,
    schema: String,
    name: String,
}

impl Thing {
    /// `schema.name`, unless the thing is the system's.
    pub(crate) fn qualified(&self) -> Option<String> {
        (!is_of_the_system(&self.schema)).then(|| format!("{}.{}", self.schema, self.name))
    }
}

fn is_of_the_system(schema: &str) -> bool {
    matches!(schema, "pg_catalog" | "information_schema")
}

/// Objects of users have OIDs from here on. <https://www.postgresql.org/docs/current/system-catalog-initial-data.html>
const FIRST_NORMAL_OID: Oid = 16384;

/// The types of users that a node names.
fn types(tree: &Value) -> BTreeSet<Oid> {
    let mut types = BTreeSet::new();
    let mut add = |word: &Value| {
        if let Value::Word(word) = word {
            types.extend(word.parse::<Oid>().ok().filter(|&oid| oid >= FIRST_NORMAL_OID));
        }
    };
    tree.visit(&mut |node| {
        for (name, value) in node.fields() {
            if ["type", "types", "typeid"].iter().any(|end| name.ends_with(end)) {
                match value {
                    Value::List(items) => items.iter().for_each(&mut add),
                    one => add(one),
                }
            }
        }
    });
    types
}

/// The functions and types of trees, by OID.
pub(crate) struct Used {
    functions: BTreeMap<Oid, Thing>,
    types: BTreeMap<Oid, Thing>,
}

impl Used {
    /// Asks the catalogue for the names. One statement.
    pub(super) async fn of(client: &Client, trees: impl Iterator<Item = &Value>) -> Result<Self, Error> {
        let (mut functions, mut of_types) = (BTreeSet::new(), BTreeSet::new());
        for tree in trees {
            functions.extend(collect_functions(tree));
            of_types.extend(types(tree));
        }
        let (functions, of_types): (Vec<Oid>, Vec<Oid>) = (functions.into_iter().collect(), of_types.into_iter().collect());
        let mut used = Self { functions: BTreeMap::new(), types: BTreeMap::new() };
        let parameters: [(&(dyn tokio_postgres::types::ToSql + Sync), WireType); 2] =
            [(&functions, WireType::OID_ARRAY), (&of_types, WireType::OID_ARRAY)];
        for row in client.query_typed(include_str!("dependency_name.sql"), &parameters).await? {
            let is_function: bool = row.try_get("is_function")?;
            let (of, kind) = if is_function { (&mut used.functions, Kind::Function) } else { (&mut used.types, Kind::Type) };
            of.insert(row.try_get("oid")?, Thing { kind, schema: row.try_get("schema")?, name: row.try_get("name")? });
        }
        Ok(used)
    }

    /// Those of some trees.
    pub(super) fn by<'t>(&self, trees: impl Iterator<Item = &'t Value>) -> BTreeSet<Thing> {
        let mut names = BTreeSet::new();
        for tree in trees {
            names.extend(collect_functions(tree).iter().filter_map(|oid| self.functions.get(oid)).cloned());
            names.extend(types(tree).iter().filter_map(|oid| self.types.get(oid)).cloned());
        }
        names
    }
}

/// A digest for each thing: its kind, its name, and what the catalogue holds of it; empty where there is
/// no such thing.
pub(crate) type State = BTreeMap<String, String>;

/// What holds for every statement: the role with its settings, operators and casts; and how answers are
/// made, a number that goes up with every change which gives others.
const EVERYWHERE: [&str; 4] = ["session", "operators", "casts", "answers 2"];

/// The names of what answers depend on, without schemas.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependencies(BTreeSet<(Kind, String)>);

impl Dependencies {
    /// Those of a state.
    pub(crate) fn of(state: &State) -> Self {
        let kinds = [Kind::Table, Kind::Function, Kind::Type];
        let name = |key: &String| {
            kinds.into_iter().find_map(|kind| Some((kind, key.strip_prefix(kind.word())?.strip_prefix(' ')?.to_owned())))
        };
        Self(state.keys().filter_map(name).collect())
    }

    pub(super) fn tables<'t>(&mut self, tables: impl Iterator<Item = &'t TableName>) {
        self.0.extend(tables.map(|table| (Kind::Table, table.name.clone())));
    }

    pub(super) fn used(&mut self, names: &BTreeSet<Thing>) {
        self.0.extend(names.iter().map(|name| (name.kind, name.name.clone())));
    }

    /// These and others.
    pub(crate) fn with(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }

    /// Asks the catalogue how it is with them. One statement.
    pub(crate) async fn state(&self, client: &Client) -> Result<State, Error> {
        let names = |kind: Kind| self.0.iter().filter(|(of, _)| *of == kind).map(|(_, name)| name.clone()).collect::<Vec<_>>();
        let (tables, functions, types) = (names(Kind::Table), names(Kind::Function), names(Kind::Type));
        let parameters: [(&(dyn tokio_postgres::types::ToSql + Sync), WireType); 3] =
            [(&tables, WireType::NAME_ARRAY), (&functions, WireType::NAME_ARRAY), (&types, WireType::NAME_ARRAY)];
        let mut state: State = self.keys().map(|key| (key, String::new())).collect();
        for row in client.query_typed(include_str!("dependency_state.sql"), &parameters).await? {
            state.insert(row.try_get("thing")?, row.try_get("digest")?);
        }
        Ok(state)
    }

    /// The part of a state that is of these.
    pub(crate) fn select(&self, state: &State) -> State {
        self.keys().filter_map(|key| state.get_key_value(&key)).map(|(key, digest)| (key.clone(), digest.clone())).collect()
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        let named = self.0.iter().map(|(kind, name)| format!("{} {name}", kind.word()));
        named.chain(EVERYWHERE.map(str::to_owned))
    }
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Function => "function",
            Self::Type => "type",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nullability::tree;

    #[test]
    fn types_of_users_are_found_wherever_a_node_names_them() {
        let text = "({QUERY :commandType 1 :targetList ({CONST :consttype 16400 :constvalue 4 [ 1 0 ]} {VAR :vartype 25 :varno 16999} \
                    {RANGETBLFUNCTION :funccoltypes (o 16401 25)} {ARRAYEXPR :array_typeid 16402})})";
        assert_eq!(types(&tree::parse(text).expect("a tree")), [16400, 16401, 16402].into());
    }

    #[test]
    fn a_state_names_what_it_is_of() {
        let mut of = Dependencies::default();
        of.tables([TableName { schema: "auth".into(), name: "two words".into() }].iter());
        let state: State = of.keys().map(|key| (key, "1".to_owned())).collect();
        assert_eq!(Dependencies::of(&state).0, of.0);
        assert_eq!(of.select(&state), state);
    }
}
