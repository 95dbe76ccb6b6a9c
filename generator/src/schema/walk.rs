//! Cursors over the rows: `table.foreign_keys()`, `key.references()`, never a look-up by name.

use std::{fmt, ops::Range};

use super::{
    Column, Constraint, ConstraintKind, Function, Id, Index, Namespace, Policy, Schema, Sequence, Table, Trigger, Type, TypeKind,
};

/// A row together with the schema it is in. Reads like the row itself (`Deref`).
pub struct Walker<'a, T> {
    schema: &'a Schema,
    id: Id<T>,
}

impl<T> Clone for Walker<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Walker<'_, T> {}
impl<T> PartialEq for Walker<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl<T> Eq for Walker<'_, T> {}

impl<'a, T> Walker<'a, T> {
    pub(super) fn new(schema: &'a Schema, id: Id<T>) -> Self {
        Self { schema, id }
    }

    /// The row's id, for side maps.
    pub fn id(self) -> Id<T> {
        self.id
    }

    /// The schema the row is in.
    pub fn schema(self) -> &'a Schema {
        self.schema
    }

    /// A walker at another row of the same schema.
    pub fn at<U>(self, id: Id<U>) -> Walker<'a, U> {
        Walker::new(self.schema, id)
    }

    fn range<U: 'a>(self, range: &Range<u32>) -> impl DoubleEndedIterator<Item = Walker<'a, U>> + use<'a, T, U> {
        let schema = self.schema;
        (range.start..range.end).map(move |position| Walker::new(schema, Id::new(position as usize)))
    }
}

impl<'a> Walker<'a, Namespace> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Namespace {
        &self.schema.namespaces[self.id.index()]
    }
}

impl<'a> Walker<'a, Table> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Table {
        &self.schema.tables[self.id.index()]
    }

    /// The schema it lives in.
    pub fn namespace(self) -> Walker<'a, Namespace> {
        self.at(self.namespace)
    }

    /// `schema.table`, unquoted, as messages say it.
    pub fn qualified(self) -> String {
        format!("{}.{}", self.namespace().row().name, self.row().name)
    }

    /// Its columns, in order.
    pub fn columns(self) -> impl DoubleEndedIterator<Item = Walker<'a, Column>> {
        self.range(&self.row().columns)
    }

    /// Its constraints, by name.
    pub fn constraints(self) -> impl Iterator<Item = Walker<'a, Constraint>> {
        self.range(&self.row().constraints)
    }

    /// Its primary key.
    pub fn primary_key(self) -> Option<Walker<'a, Constraint>> {
        self.constraints().find(|constraint| constraint.row().kind == ConstraintKind::PrimaryKey)
    }

    /// Its foreign keys, by name.
    pub fn foreign_keys(self) -> impl Iterator<Item = Walker<'a, Constraint>> {
        self.constraints().filter(|constraint| matches!(constraint.row().kind, ConstraintKind::ForeignKey { .. }))
    }

    /// Its indexes, by name.
    pub fn indexes(self) -> impl Iterator<Item = Walker<'a, Index>> {
        self.range(&self.row().indexes)
    }

    /// Its policies, by name.
    pub fn policies(self) -> impl Iterator<Item = Walker<'a, Policy>> {
        self.range(&self.row().policies)
    }

    /// Its triggers, by name.
    pub fn triggers(self) -> impl Iterator<Item = Walker<'a, Trigger>> {
        self.range(&self.row().triggers)
    }

    /// The sets of columns that identify a row: indexes that are unique, valid, whole (no
    /// predicate) and on plain columns. The primary key comes first.
    pub fn unique_keys(self) -> Vec<Vec<Id<Column>>> {
        let mut keys: Vec<Vec<Id<Column>>> = self.primary_key().iter().map(|key| key.row().columns.clone()).collect();
        for index in self.indexes() {
            let index = index.row();
            if let (true, true, None, Some(columns)) =
                (index.unique, index.valid, &index.predicate, index.keys.iter().map(|key| key.column).collect::<Option<Vec<_>>>())
                && !keys.contains(&columns)
            {
                keys.push(columns);
            }
        }
        keys
    }
}

impl<'a> Walker<'a, Column> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Column {
        &self.schema.columns[self.id.index()]
    }

    /// The table it belongs to.
    pub fn table(self) -> Walker<'a, Table> {
        self.at(self.row().table)
    }

    /// Its declared type, which may be a domain.
    pub fn declared_type(self) -> Walker<'a, Type> {
        self.at(self.row().type_id)
    }

    /// `schema.table.column`, unquoted, as messages say it.
    pub fn qualified(self) -> String {
        format!("{}.{}", self.table().qualified(), self.row().name)
    }

    /// Whether NULL can never be read from it: its own NOT NULL, or its domain's.
    pub fn is_required(self) -> bool {
        self.row().not_null || self.declared_type().refuses_null()
    }
}

impl<'a> Walker<'a, Type> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Type {
        &self.schema.types[self.id.index()]
    }

    /// `schema.type`, unquoted.
    pub fn qualified(self) -> String {
        format!("{}.{}", self.row().schema, self.row().name)
    }

    /// The type, and where it is a domain the types below it, down to the one that is none.
    pub fn layers(self) -> impl Iterator<Item = Walker<'a, Type>> {
        std::iter::successors(Some(self), |kind| match &kind.row().kind {
            TypeKind::Domain { base, .. } => Some(kind.at(*base)),
            _ => None,
        })
    }

    /// The type below all domains.
    #[must_use]
    pub fn base(self) -> Walker<'a, Type> {
        self.layers().last().unwrap_or(self)
    }

    /// Whether it is a domain that refuses NULL, itself or below.
    pub fn refuses_null(self) -> bool {
        match &self.row().kind {
            TypeKind::Domain { base, not_null, .. } => *not_null || self.at(*base).refuses_null(),
            _ => false,
        }
    }
}

impl<'a> Walker<'a, Constraint> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Constraint {
        &self.schema.constraints[self.id.index()]
    }

    /// The table that it constrains.
    pub fn table(self) -> Walker<'a, Table> {
        self.at(self.row().table)
    }

    /// Its columns, in its order.
    pub fn columns(self) -> impl Iterator<Item = Walker<'a, Column>> {
        self.row().columns.iter().map(move |&column| self.at(column))
    }
}

impl<'a> Walker<'a, Index> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Index {
        &self.schema.indexes[self.id.index()]
    }
}

impl<'a> Walker<'a, Policy> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Policy {
        &self.schema.policies[self.id.index()]
    }
}

impl<'a> Walker<'a, Trigger> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Trigger {
        &self.schema.triggers[self.id.index()]
    }
}

impl<'a> Walker<'a, Function> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Function {
        &self.schema.functions[self.id.index()]
    }
}

impl<'a> Walker<'a, Sequence> {
    /// The row, for the life of the schema.
    pub fn row(self) -> &'a Sequence {
        &self.schema.sequences[self.id.index()]
    }
}

impl<T> fmt::Debug for Walker<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}
