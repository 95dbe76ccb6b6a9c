//! The rows: one struct for each kind of object, links as ids, text as the server prints it with
//! an empty `search_path`.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Id;

/// The server that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// `server_version_num`, for example `150018`.
    pub version_number: i32,
    /// `server_version`, for example `15.18 (Debian …)`.
    pub version: String,
}

/// A schema (`pg_namespace`, <https://www.postgresql.org/docs/current/catalog-pg-namespace.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// The name.
    pub name: String,
    /// The owning role.
    pub owner: String,
    /// The comment.
    pub comment: Option<String>,
    /// Access privileges as `aclitem` text, empty for the default.
    pub grants: Vec<String>,
}

/// A data type (`pg_type`, <https://www.postgresql.org/docs/current/catalog-pg-type.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// The schema the type lives in, which may be one that was not asked for (`pg_catalog`).
    pub schema: String,
    /// The name in the catalogue, for example `int4` or `_text`.
    pub name: String,
    /// What kind of type it is.
    pub kind: TypeKind,
    /// The extension that owns it.
    pub extension: Option<String>,
    /// The comment.
    pub comment: Option<String>,
}

/// The kinds of data type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// A base type such as `int4` or an extension's type.
    Base,
    /// An enum with its labels in order.
    Enum(Vec<String>),
    /// A domain over another type.
    Domain {
        /// The type below.
        base: Id<Type>,
        /// The base as the server prints it, with its modifier: `character varying(20)`.
        base_text: String,
        /// Whether the domain refuses NULL.
        not_null: bool,
        /// The default expression.
        default: Option<String>,
        /// The definitions of its check constraints, by name.
        checks: Vec<(String, String)>,
    },
    /// A composite type, or the row type of a table.
    Composite(Vec<(String, String)>),
    /// A range over a subtype.
    Range(Id<Type>),
    /// A multirange over a range's subtype.
    Multirange,
    /// A true array of an element type.
    Array(Id<Type>),
    /// A pseudo-type such as `anyarray`.
    Pseudo,
}

/// What a relation of `pg_class` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// An ordinary table.
    Ordinary,
    /// The parent of partitions.
    Partitioned,
    /// A view.
    View,
    /// A materialized view.
    MaterializedView,
    /// A foreign table.
    Foreign,
}

impl TableKind {
    /// The words of `CREATE …`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ordinary => "table",
            Self::Partitioned => "partitioned table",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::Foreign => "foreign table",
        }
    }

    /// Whether it is a view of either kind.
    pub fn is_view(self) -> bool {
        matches!(self, Self::View | Self::MaterializedView)
    }
}

/// A table or view (`pg_class`, <https://www.postgresql.org/docs/current/catalog-pg-class.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The schema it lives in.
    pub namespace: Id<Namespace>,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: TableKind,
    /// The owning role.
    pub owner: String,
    /// The comment.
    pub comment: Option<String>,
    /// Whether it is not written to the write-ahead log.
    pub unlogged: bool,
    /// Whether it is a partition of another table.
    pub is_partition: bool,
    /// The partition key of a partitioned table: `RANGE (created_at)`.
    pub partition_key: Option<String>,
    /// The tables it inherits from or is a partition of, in order.
    pub parents: Vec<Id<Table>>,
    /// Row level security is enabled.
    pub row_security: bool,
    /// Row level security holds for the owner too.
    pub force_row_security: bool,
    /// The query of a view.
    pub definition: Option<String>,
    /// The commands a view or foreign table takes by itself or by trigger: inserts.
    pub insertable: bool,
    /// Likewise: updates and deletes.
    pub updatable: bool,
    /// Access privileges as `aclitem` text, empty for the default.
    pub grants: Vec<String>,
    /// The extension that owns it.
    pub extension: Option<String>,
    pub(super) columns: Range<u32>,
    pub(super) constraints: Range<u32>,
    pub(super) indexes: Range<u32>,
    pub(super) policies: Range<u32>,
    pub(super) triggers: Range<u32>,
}

/// How a column is generated (`attidentity` and `attgenerated` of `pg_attribute`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Generation {
    /// `GENERATED ALWAYS AS IDENTITY`.
    IdentityAlways,
    /// `GENERATED BY DEFAULT AS IDENTITY`.
    IdentityByDefault,
    /// `GENERATED ALWAYS AS (…) STORED`.
    Stored,
    /// `GENERATED ALWAYS AS (…) VIRTUAL`, from PostgreSQL 18 on.
    Virtual,
}

/// A column (`pg_attribute`, <https://www.postgresql.org/docs/current/catalog-pg-attribute.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The table.
    pub table: Id<Table>,
    /// The name.
    pub name: String,
    /// The type without its modifier.
    pub type_id: Id<Type>,
    /// The type as the server prints it, qualified, with its modifier: `numeric(12,2)`.
    pub type_text: String,
    /// The modifier, `-1` for none (`atttypmod`).
    pub type_modifier: i32,
    /// The column itself refuses NULL; a domain may refuse it as well. Of a view: its query never
    /// gives NULL.
    pub not_null: bool,
    /// The default, or the expression of a generated column.
    pub default: Option<String>,
    /// How it is generated.
    pub generation: Option<Generation>,
    /// The collation, where it differs from the type's.
    pub collation: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// Access privileges on the column alone.
    pub grants: Vec<String>,
    /// Whether the role that read the catalogue may read the column. Only a role that may read some
    /// columns of a table and not others is kept from any; one that may read none sees them all.
    pub readable: bool,
    /// The column of a table that this column of a view is, unchanged.
    pub origin: Option<Id<Column>>,
}

/// What a foreign key does when the row that it refers to goes or changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// `NO ACTION`
    NoAction,
    /// `RESTRICT`
    Restrict,
    /// `CASCADE`
    Cascade,
    /// `SET NULL`
    SetNull,
    /// `SET DEFAULT`
    SetDefault,
}

impl Action {
    /// The words of SQL.
    pub fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }
}

/// A constraint (`pg_constraint`, <https://www.postgresql.org/docs/current/catalog-pg-constraint.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The table.
    pub table: Id<Table>,
    /// The name, unique in its table only.
    pub name: String,
    /// What it demands.
    pub kind: ConstraintKind,
    /// The columns, in the constraint's order.
    pub columns: Vec<Id<Column>>,
    /// `pg_get_constraintdef`.
    pub definition: String,
    /// `DEFERRABLE`.
    pub deferrable: bool,
    /// `INITIALLY DEFERRED`.
    pub deferred: bool,
    /// Existing rows were checked; `false` for `NOT VALID`.
    pub validated: bool,
    /// The comment.
    pub comment: Option<String>,
}

/// The kinds of constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// `PRIMARY KEY`
    PrimaryKey,
    /// `UNIQUE`
    Unique,
    /// `CHECK`
    Check,
    /// `EXCLUDE`
    Exclusion,
    /// `FOREIGN KEY`
    ForeignKey {
        /// The columns referred to, one for each column of the key, in its order.
        references: Vec<Id<Column>>,
        /// The table referred to.
        table: Id<Table>,
        /// `ON DELETE`
        on_delete: Action,
        /// `ON UPDATE`
        on_update: Action,
        /// The columns of `ON DELETE SET NULL (…)`, empty for all.
        set_columns: Vec<Id<Column>>,
    },
    /// `FOREIGN KEY` to a table of a schema that was not read; the definition says which.
    ForeignKeyOutside,
}

/// An index (`pg_index`, <https://www.postgresql.org/docs/current/catalog-pg-index.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The table.
    pub table: Id<Table>,
    /// The name.
    pub name: String,
    /// The access method: `btree`, `gin`, …
    pub method: String,
    /// Refuses duplicates.
    pub unique: bool,
    /// Backs the primary key.
    pub primary: bool,
    /// NULLs count as equal (`NULLS NOT DISTINCT`, from PostgreSQL 15 on).
    pub nulls_not_distinct: bool,
    /// Usable by queries; `false` after a failed `CREATE INDEX CONCURRENTLY`.
    pub valid: bool,
    /// The key, in order.
    pub keys: Vec<IndexKey>,
    /// The columns of `INCLUDE`.
    pub included: Vec<Id<Column>>,
    /// The `WHERE` of a partial index.
    pub predicate: Option<String>,
    /// `pg_get_indexdef`.
    pub definition: String,
    /// The comment.
    pub comment: Option<String>,
}

/// One part of an index's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexKey {
    /// A column, or `None` for an expression.
    pub column: Option<Id<Column>>,
    /// The part as the server prints it: a quoted column name or an expression.
    pub text: String,
    /// `DESC`
    pub descending: bool,
    /// `NULLS FIRST`
    pub nulls_first: bool,
}

/// A row level security policy (`pg_policy`, <https://www.postgresql.org/docs/current/catalog-pg-policy.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The table.
    pub table: Id<Table>,
    /// The name.
    pub name: String,
    /// `ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`.
    pub command: String,
    /// Permissive policies are joined by OR, restrictive ones by AND.
    pub permissive: bool,
    /// The roles, sorted; `public` for all.
    pub roles: Vec<String>,
    /// The `USING` expression.
    pub using: Option<String>,
    /// The `WITH CHECK` expression.
    pub check: Option<String>,
}

/// A trigger (`pg_trigger`, <https://www.postgresql.org/docs/current/catalog-pg-trigger.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The table.
    pub table: Id<Table>,
    /// The name.
    pub name: String,
    /// `pg_get_triggerdef`.
    pub definition: String,
    /// `tgenabled`: `O`, `D`, `R` or `A`.
    pub enabled: String,
}

/// A function or procedure (`pg_proc`, <https://www.postgresql.org/docs/current/catalog-pg-proc.html>).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Function {
    /// The schema.
    pub namespace: Id<Namespace>,
    /// The name.
    pub name: String,
    /// The identity arguments: `user_id uuid`.
    pub arguments: String,
    /// The result type; `None` for a procedure.
    pub result: Option<String>,
    /// The language.
    pub language: String,
    /// `i`mmutable, `s`table or `v`olatile.
    pub volatility: String,
    /// `SECURITY DEFINER`.
    pub security_definer: bool,
    /// The `SET` clauses: `search_path=`.
    pub settings: Vec<String>,
    /// The source text.
    pub source: String,
    /// The owning role.
    pub owner: String,
    /// The comment.
    pub comment: Option<String>,
    /// Access privileges.
    pub grants: Vec<String>,
}

/// A sequence (`pg_sequence`, <https://www.postgresql.org/docs/current/catalog-pg-sequence.html>).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence {
    /// The schema.
    pub namespace: Id<Namespace>,
    /// The name.
    pub name: String,
    /// `smallint`, `integer` or `bigint`.
    pub type_text: String,
    /// `START`
    pub start: i64,
    /// `INCREMENT`
    pub increment: i64,
    /// `MINVALUE`
    pub minimum: i64,
    /// `MAXVALUE`
    pub maximum: i64,
    /// `CYCLE`
    pub cycle: bool,
    /// The column that owns it.
    pub owned_by: Option<Id<Column>>,
    /// The owning role.
    pub owner: String,
    /// Access privileges.
    pub grants: Vec<String>,
}

/// An installed extension (`pg_extension`, <https://www.postgresql.org/docs/current/catalog-pg-extension.html>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The name.
    pub name: String,
    /// The installed version.
    pub version: String,
    /// The schema its objects live in.
    pub schema: String,
}
