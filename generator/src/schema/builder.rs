//! The one door for rows: they come in with the catalogue's OIDs, in any order, and leave sorted
//! by name and linked.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Action, Column, Constraint, ConstraintKind, Extension, Function, Generation, Id, Index, IndexKey, Namespace, Policy, Schema,
    Sequence, Server, Table, TableKind, Trigger, Type, TypeKind,
};

/// A key that rows use to refer to each other until they are linked.
pub type Oid = u32;

/// A row that refers to a row which was not read: the catalogue changed while it was read, or the
/// reader left something out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} refers to {kind} with oid {oid}, which the catalogue did not return; run the command again")]
pub struct DanglingRow {
    /// The row that refers.
    pub what: String,
    /// The kind of object referred to.
    pub kind: &'static str,
    /// The key that was not found.
    pub oid: Oid,
}

/// A type with unlinked references.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `Type`, before linking")]
pub struct NewType {
    pub oid: Oid,
    pub schema: String,
    pub name: String,
    /// `typtype`: b, c, d, e, p, r or m; `A` for a true array.
    pub kind: String,
    /// The element, base or subtype; 0 for none.
    pub of: Oid,
    pub base_text: Option<String>,
    pub not_null: bool,
    pub default: Option<String>,
    pub labels: Vec<String>,
    pub attributes: Vec<(String, String)>,
    pub checks: Vec<(String, String)>,
    pub extension: Option<String>,
    pub comment: Option<String>,
}

/// A table with unlinked references.
#[derive(Debug)]
pub struct NewTable {
    /// `pg_class.oid`
    pub oid: Oid,
    /// `pg_class.relnamespace`
    pub namespace: Oid,
    /// `pg_inherits.inhparent`, in order.
    pub parents: Vec<Oid>,
    /// The row, its links empty.
    pub row: Table,
}

/// A column with unlinked references.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `Column`, before linking")]
pub struct NewColumn {
    pub table: Oid,
    /// `attnum`
    pub number: i16,
    pub name: String,
    pub type_oid: Oid,
    pub type_text: String,
    pub type_modifier: i32,
    pub not_null: bool,
    pub default: Option<String>,
    pub generation: Option<Generation>,
    pub collation: Option<String>,
    pub comment: Option<String>,
    pub grants: Vec<String>,
    pub readable: bool,
    /// The table and `attnum` of the column that a view's column is, unchanged.
    pub origin: Option<(Oid, i16)>,
}

/// A constraint with unlinked references.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `Constraint`, before linking")]
pub struct NewConstraint {
    pub table: Oid,
    pub name: String,
    /// `contype`: p, u, c, x or f.
    pub kind: String,
    pub columns: Vec<i16>,
    pub foreign_table: Oid,
    pub foreign_columns: Vec<i16>,
    pub on_delete: Action,
    pub on_update: Action,
    pub set_columns: Vec<i16>,
    pub definition: String,
    pub deferrable: bool,
    pub deferred: bool,
    pub validated: bool,
    pub comment: Option<String>,
}

/// An index with unlinked references.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `Index`, before linking")]
pub struct NewIndex {
    pub table: Oid,
    pub name: String,
    pub method: String,
    pub unique: bool,
    pub primary: bool,
    pub nulls_not_distinct: bool,
    pub valid: bool,
    /// `indkey`: 0 for an expression; first the key, then the included columns.
    pub columns: Vec<i16>,
    /// `indnkeyatts`
    pub key_length: usize,
    /// `indoption`, one for each key part.
    pub options: Vec<i16>,
    /// `pg_get_indexdef(oid, n, false)` for each key part.
    pub texts: Vec<String>,
    pub predicate: Option<String>,
    pub definition: String,
    pub comment: Option<String>,
}

/// A policy with unlinked references.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `Policy`, before linking")]
pub struct NewPolicy {
    pub table: Oid,
    pub name: String,
    pub command: String,
    pub permissive: bool,
    pub roles: Vec<String>,
    pub using: Option<String>,
    pub check: Option<String>,
}

/// A trigger with unlinked references.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are those of `Trigger`, before linking")]
pub struct NewTrigger {
    pub table: Oid,
    pub name: String,
    pub definition: String,
    pub enabled: String,
}

/// A function with unlinked references.
#[derive(Debug)]
pub struct NewFunction {
    /// `pronamespace`
    pub namespace: Oid,
    /// The row, its links empty.
    pub row: Function,
}

/// A sequence with unlinked references.
#[derive(Debug)]
pub struct NewSequence {
    /// `relnamespace`
    pub namespace: Oid,
    /// The owning table and column number.
    pub owned_by: Option<(Oid, i16)>,
    /// The row, its links empty.
    pub row: Sequence,
}

/// Collects rows and links them.
#[derive(Debug, Default)]
#[expect(missing_docs, reason = "each field collects the rows of the kind that it names")]
pub struct SchemaBuilder {
    pub server: Server,
    pub namespaces: Vec<(Oid, Namespace)>,
    pub types: Vec<NewType>,
    pub tables: Vec<NewTable>,
    pub columns: Vec<NewColumn>,
    pub constraints: Vec<NewConstraint>,
    pub indexes: Vec<NewIndex>,
    pub policies: Vec<NewPolicy>,
    pub triggers: Vec<NewTrigger>,
    pub functions: Vec<NewFunction>,
    pub sequences: Vec<NewSequence>,
    pub extensions: Vec<Extension>,
}

/// What the OIDs became.
#[derive(Default)]
struct Links {
    namespaces: BTreeMap<Oid, Id<Namespace>>,
    types: BTreeMap<Oid, Id<Type>>,
    tables: BTreeMap<Oid, Id<Table>>,
    columns: BTreeMap<(Oid, i16), Id<Column>>,
}

impl Links {
    fn namespace(&self, oid: Oid, what: impl Fn() -> String) -> Result<Id<Namespace>, DanglingRow> {
        self.namespaces.get(&oid).copied().ok_or_else(|| DanglingRow { what: what(), kind: "a schema", oid })
    }

    fn type_id(&self, oid: Oid, what: impl Fn() -> String) -> Result<Id<Type>, DanglingRow> {
        self.types.get(&oid).copied().ok_or_else(|| DanglingRow { what: what(), kind: "a type", oid })
    }

    fn table(&self, oid: Oid, what: impl Fn() -> String) -> Result<Id<Table>, DanglingRow> {
        self.tables.get(&oid).copied().ok_or_else(|| DanglingRow { what: what(), kind: "a table", oid })
    }

    fn columns(&self, table: Oid, numbers: &[i16], what: impl Fn() -> String) -> Result<Vec<Id<Column>>, DanglingRow> {
        numbers
            .iter()
            // Number 0 is an expression, a negative number a system column: neither is a row.
            .filter(|&&number| number > 0)
            .map(|&number| {
                self.columns.get(&(table, number)).copied().ok_or_else(|| DanglingRow {
                    what: what(),
                    kind: "a column of the table",
                    oid: table,
                })
            })
            .collect()
    }
}

fn positions<T>(keys: impl Iterator<Item = Oid>) -> BTreeMap<Oid, Id<T>> {
    keys.enumerate().map(|(position, oid)| (oid, Id::new(position))).collect()
}

fn ranges<T>(tables: usize, rows: &[T], table: impl Fn(&T) -> usize) -> Vec<Range<u32>> {
    let mut ranges = vec![0..0; tables];
    let mut start = 0;
    for (owner, range) in ranges.iter_mut().enumerate() {
        let length = rows[start..].iter().take_while(|row| table(row) == owner).count();
        let bound = |position| u32::try_from(position).expect("a catalogue holds fewer than 2^32 rows of a kind");
        *range = bound(start)..bound(start + length);
        start += length;
    }
    ranges
}

impl SchemaBuilder {
    /// Sorts by name and links.
    ///
    /// # Errors
    /// When a row refers to a row that is not there.
    pub fn finish(mut self) -> Result<Schema, DanglingRow> {
        let mut links = Links::default();

        self.namespaces.sort_by(|(_, left), (_, right)| left.name.cmp(&right.name));
        links.namespaces = positions(self.namespaces.iter().map(|(oid, _)| *oid));
        let namespaces: Vec<Namespace> = self.namespaces.into_iter().map(|(_, row)| row).collect();

        self.types.sort_by(|left, right| (&left.schema, &left.name).cmp(&(&right.schema, &right.name)));
        links.types = positions(self.types.iter().map(|row| row.oid));
        let types = self.types.into_iter().map(|row| link_type(row, &links)).collect::<Result<Vec<_>, _>>()?;

        let mut tables = Vec::with_capacity(self.tables.len());
        for mut new in self.tables {
            new.row.namespace = links.namespace(new.namespace, || format!("table {}", new.row.name))?;
            tables.push(new);
        }
        tables.sort_by(|left, right| (left.row.namespace, &left.row.name).cmp(&(right.row.namespace, &right.row.name)));
        links.tables = positions(tables.iter().map(|new| new.oid));

        let mut columns = Vec::with_capacity(self.columns.len());
        for new in self.columns {
            columns.push((links.table(new.table, || format!("column {}", new.name))?, new));
        }
        columns.sort_by_key(|(table, new)| (*table, new.number));
        links.columns =
            columns.iter().enumerate().map(|(position, (_, new))| ((new.table, new.number), Id::new(position))).collect();
        let columns = columns.into_iter().map(|(table, new)| link_column(table, new, &links)).collect::<Result<Vec<_>, _>>()?;

        let mut constraints =
            self.constraints.into_iter().map(|new| link_constraint(new, &links)).collect::<Result<Vec<_>, _>>()?;
        constraints.sort_by(|left, right| (left.table, &left.name).cmp(&(right.table, &right.name)));

        let mut indexes = self.indexes.into_iter().map(|new| link_index(new, &links)).collect::<Result<Vec<_>, _>>()?;
        indexes.sort_by(|left, right| (left.table, &left.name).cmp(&(right.table, &right.name)));

        let mut policies = Vec::with_capacity(self.policies.len());
        for new in self.policies {
            let table = links.table(new.table, || format!("policy {}", new.name))?;
            let NewPolicy { name, command, permissive, mut roles, using, check, .. } = new;
            roles.sort();
            policies.push(Policy { table, name, command, permissive, roles, using, check });
        }
        policies.sort_by(|left, right| (left.table, &left.name).cmp(&(right.table, &right.name)));

        let mut triggers = Vec::with_capacity(self.triggers.len());
        for new in self.triggers {
            let table = links.table(new.table, || format!("trigger {}", new.name))?;
            triggers.push(Trigger { table, name: new.name, definition: new.definition, enabled: new.enabled });
        }
        triggers.sort_by(|left, right| (left.table, &left.name).cmp(&(right.table, &right.name)));

        let mut functions = Vec::with_capacity(self.functions.len());
        for mut new in self.functions {
            new.row.namespace = links.namespace(new.namespace, || format!("function {}", new.row.name))?;
            functions.push(new.row);
        }
        functions.sort_by(|left, right| {
            (left.namespace, &left.name, &left.arguments).cmp(&(right.namespace, &right.name, &right.arguments))
        });

        let mut sequences = Vec::with_capacity(self.sequences.len());
        for mut new in self.sequences {
            new.row.namespace = links.namespace(new.namespace, || format!("sequence {}", new.row.name))?;
            // A sequence may be owned by a column of a schema that was not asked for.
            new.row.owned_by = new.owned_by.and_then(|owner| links.columns.get(&owner).copied());
            sequences.push(new.row);
        }
        sequences.sort_by(|left, right| (left.namespace, &left.name).cmp(&(right.namespace, &right.name)));

        let mut extensions = self.extensions;
        extensions.sort_by(|left, right| left.name.cmp(&right.name));

        let count = tables.len();
        let column_ranges = ranges(count, &columns, |row| row.table.index());
        let constraint_ranges = ranges(count, &constraints, |row| row.table.index());
        let index_ranges = ranges(count, &indexes, |row| row.table.index());
        let policy_ranges = ranges(count, &policies, |row| row.table.index());
        let trigger_ranges = ranges(count, &triggers, |row| row.table.index());
        let tables = tables
            .into_iter()
            .enumerate()
            .map(|(position, new)| Table {
                parents: new.parents.iter().filter_map(|oid| links.tables.get(oid).copied()).collect(),
                columns: column_ranges[position].clone(),
                constraints: constraint_ranges[position].clone(),
                indexes: index_ranges[position].clone(),
                policies: policy_ranges[position].clone(),
                triggers: trigger_ranges[position].clone(),
                ..new.row
            })
            .collect();

        Ok(Schema {
            server: self.server,
            namespaces,
            types,
            tables,
            columns,
            constraints,
            indexes,
            policies,
            triggers,
            functions,
            sequences,
            extensions,
        })
    }
}

fn link_type(new: NewType, links: &Links) -> Result<Type, DanglingRow> {
    let of = || links.type_id(new.of, || format!("type {}.{}", new.schema, new.name));
    let kind = match new.kind.as_str() {
        "A" => TypeKind::Array(of()?),
        "c" => TypeKind::Composite(new.attributes),
        "d" => TypeKind::Domain {
            base: of()?,
            base_text: new.base_text.unwrap_or_default(),
            not_null: new.not_null,
            default: new.default,
            checks: new.checks,
        },
        "e" => TypeKind::Enum(new.labels),
        "r" => TypeKind::Range(of()?),
        "m" => TypeKind::Multirange,
        "p" => TypeKind::Pseudo,
        _ => TypeKind::Base,
    };
    Ok(Type { schema: new.schema, name: new.name, kind, extension: new.extension, comment: new.comment })
}

fn link_column(table: Id<Table>, new: NewColumn, links: &Links) -> Result<Column, DanglingRow> {
    Ok(Column {
        table,
        type_id: links.type_id(new.type_oid, || format!("column {}", new.name))?,
        name: new.name,
        type_text: new.type_text,
        type_modifier: new.type_modifier,
        not_null: new.not_null,
        default: new.default,
        generation: new.generation,
        collation: new.collation,
        comment: new.comment,
        grants: new.grants,
        readable: new.readable,
        origin: new.origin.and_then(|origin| links.columns.get(&origin).copied()),
    })
}

fn link_constraint(new: NewConstraint, links: &Links) -> Result<Constraint, DanglingRow> {
    let what = || format!("constraint {}", new.name);
    let columns = links.columns(new.table, &new.columns, what)?;
    let kind = match new.kind.as_str() {
        "p" => ConstraintKind::PrimaryKey,
        "u" => ConstraintKind::Unique,
        "x" => ConstraintKind::Exclusion,
        "f" => match links.tables.get(&new.foreign_table) {
            Some(&table) => ConstraintKind::ForeignKey {
                references: links.columns(new.foreign_table, &new.foreign_columns, what)?,
                table,
                on_delete: new.on_delete,
                on_update: new.on_update,
                set_columns: links.columns(new.table, &new.set_columns, what)?,
            },
            None => ConstraintKind::ForeignKeyOutside,
        },
        _ => ConstraintKind::Check,
    };
    Ok(Constraint {
        table: links.table(new.table, what)?,
        columns,
        kind,
        name: new.name,
        definition: new.definition,
        deferrable: new.deferrable,
        deferred: new.deferred,
        validated: new.validated,
        comment: new.comment,
    })
}

fn link_index(new: NewIndex, links: &Links) -> Result<Index, DanglingRow> {
    let what = || format!("index {}", new.name);
    let key_length = new.key_length.min(new.columns.len());
    let mut keys = Vec::with_capacity(key_length);
    for (position, &number) in new.columns[..key_length].iter().enumerate() {
        let option = new.options.get(position).copied().unwrap_or(0);
        keys.push(IndexKey {
            column: links.columns(new.table, &[number], what)?.first().copied(),
            text: new.texts.get(position).cloned().unwrap_or_default(),
            // The bits of indoption: INDOPTION_DESC and INDOPTION_NULLS_FIRST.
            descending: option & 1 != 0,
            nulls_first: option & 2 != 0,
        });
    }
    Ok(Index {
        table: links.table(new.table, what)?,
        keys,
        included: links.columns(new.table, &new.columns[key_length..], what)?,
        name: new.name,
        method: new.method,
        unique: new.unique,
        primary: new.primary,
        nulls_not_distinct: new.nulls_not_distinct,
        valid: new.valid,
        predicate: new.predicate,
        definition: new.definition,
        comment: new.comment,
    })
}

impl NewTable {
    /// A table of a kind, with nothing in it and everything at its default.
    pub fn new(oid: Oid, namespace: Oid, name: &str, kind: TableKind) -> Self {
        let row = Table {
            namespace: Id::new(0),
            name: name.to_owned(),
            kind,
            owner: String::new(),
            comment: None,
            unlogged: false,
            is_partition: false,
            partition_key: None,
            parents: Vec::new(),
            row_security: false,
            force_row_security: false,
            definition: None,
            insertable: !kind.is_view(),
            updatable: !kind.is_view(),
            grants: Vec::new(),
            extension: None,
            columns: 0..0,
            constraints: 0..0,
            indexes: 0..0,
            policies: 0..0,
            triggers: 0..0,
        };
        Self { oid, namespace, parents: Vec::new(), row }
    }
}
