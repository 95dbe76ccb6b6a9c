//! The database as it is: flat rows, typed ids and walkers.
//!
//! A schema is a cyclic graph (tables refer to tables), so rows live in private vectors, refer to
//! each other by [`Id`], and are read through [`Walker`]s that look like objects:
//! `table.foreign_keys()`, `key.references()`. Rows enter through one door, [`SchemaBuilder`],
//! whose [`finish`](SchemaBuilder::finish) sorts by name and links; equal databases therefore give
//! equal schemas, and no OID survives.

mod builder;
mod display;
mod row;
mod walk;

use std::{fmt, hash, marker::PhantomData};

pub use builder::{
    DanglingRow, NewColumn, NewConstraint, NewFunction, NewIndex, NewPolicy, NewSequence, NewTable, NewTrigger, NewType, Oid,
    SchemaBuilder,
};
pub use row::*;
pub use walk::Walker;

/// The position of a row among its kind, after sorting by name.
pub struct Id<T>(u32, PhantomData<fn() -> T>);

impl<T> Id<T> {
    fn new(position: usize) -> Self {
        Self(u32::try_from(position).expect("a catalogue holds fewer than 2^32 rows of a kind"), PhantomData)
    }

    /// The position as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl<T> Default for Id<T> {
    fn default() -> Self {
        Self::new(0)
    }
}
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// A side map that holds one value for every row of a kind: total by construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdMap<T, V> {
    values: Vec<V>,
    kind: PhantomData<fn() -> T>,
}

impl<T, V> IdMap<T, V> {
    /// Computes a value for every row.
    pub fn from_rows<'a>(rows: impl Iterator<Item = Walker<'a, T>>, value: impl FnMut(Walker<'a, T>) -> V) -> Self
    where
        T: 'a,
    {
        Self { values: rows.map(value).collect(), kind: PhantomData }
    }

    /// The value of a row.
    pub fn of(&self, id: Id<T>) -> &V {
        &self.values[id.index()]
    }
}

/// Everything that `pg_dump` would dump about tables, at one moment.
///
/// `Display` prints one short line for each thing, the form of every schema snapshot in the tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The server the schema was read from.
    pub server: Server,
    namespaces: Vec<Namespace>,
    types: Vec<Type>,
    tables: Vec<Table>,
    columns: Vec<Column>,
    constraints: Vec<Constraint>,
    indexes: Vec<Index>,
    policies: Vec<Policy>,
    triggers: Vec<Trigger>,
    functions: Vec<Function>,
    sequences: Vec<Sequence>,
    extensions: Vec<Extension>,
}

macro_rules! rows {
    ($($(#[$doc:meta])* $field:ident: $row:ident;)*) => {
        impl Schema {
            $($(#[$doc])*
            pub fn $field(&self) -> impl Iterator<Item = Walker<'_, $row>> {
                (0..self.$field.len()).map(|position| Walker::new(self, Id::new(position)))
            })*
        }
        $(impl std::ops::Deref for Walker<'_, $row> {
            type Target = $row;
            fn deref(&self) -> &$row {
                &self.schema().$field[self.id().index()]
            }
        })*
    };
}

rows! {
    /// The schemas that were read, by name.
    namespaces: Namespace;
    /// Every type of the database, by qualified name; also those that no column uses.
    types: Type;
    /// Tables, views, materialized views and foreign tables, by qualified name.
    tables: Table;
    /// Columns, by table and position.
    columns: Column;
    /// Constraints, by table and name.
    constraints: Constraint;
    /// Indexes, by table and name.
    indexes: Index;
    /// Row level security policies, by table and name.
    policies: Policy;
    /// Triggers, by table and name.
    triggers: Trigger;
    /// Functions and procedures, by qualified name and arguments.
    functions: Function;
    /// Sequences, by qualified name.
    sequences: Sequence;
    /// Installed extensions, by name.
    extensions: Extension;
}
