//! What the catalogue says of the things that statements name.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::{Client, Error, types::Type as WireType};

use super::{TableName, dependencies::Used};
use crate::{nullability::tree, plan::sql_name, schema::Oid};

/// What the catalogue says of the things that trees and plans name.
pub(super) struct Catalogue {
    /// The functions and types that statements depend on.
    pub(super) used: Used,
    /// The tables that trees name, with the names of their columns.
    pub(super) names: BTreeMap<Oid, (TableName, BTreeMap<i64, String>)>,
    /// For a partition that a statement names the table that it is of.
    whole: BTreeMap<TableName, TableName>,
    /// For a partition or an inheritance child the table that a statement names.
    roots: BTreeMap<TableName, TableName>,
    /// By schema and name.
    indexes: BTreeMap<(String, String), Index>,
    pub(super) operators: BTreeMap<Oid, Operator>,
    pub(super) functions: BTreeMap<Oid, Function>,
    pub(super) types: BTreeMap<Oid, Type>,
    /// The configurations of text search, as SQL.
    pub(super) configurations: BTreeMap<Oid, String>,
    /// The extension `pg_trgm` can be created, or is there.
    pub(super) has_trigrams: bool,
}

/// An index that queries may use.
pub(super) struct Index {
    pub(super) table: TableName,
    /// The access method: `btree`, `gin`, …
    pub(super) method: String,
    pub(super) is_unique: bool,
    pub(super) is_partial: bool,
    /// How many key columns it has.
    pub(super) keys: usize,
    /// The first key column, or the expression that it is.
    pub(super) leading: String,
    /// Whether each key has the operator class that its type has by default.
    pub(super) is_default: bool,
}

/// An operator.
pub(super) struct Operator {
    pub(super) name: String,
    pub(super) is_builtin: bool,
    pub(super) is_immutable: bool,
    pub(super) commutator: Oid,
    /// Its left operand is of type text.
    pub(super) takes_text: bool,
    /// The operator classes whose indexes serve it.
    pub(super) classes: Vec<Class>,
}

/// An operator class that serves an operator.
#[derive(Clone)]
pub(super) struct Class {
    pub(super) method: String,
    /// Its name, where a column does not have it by default.
    pub(super) name: Option<String>,
    /// What the operator is to it: of a btree 3 for `=`.
    pub(super) strategy: i16,
}

/// A function.
pub(super) struct Function {
    /// The name as SQL.
    pub(super) sql: String,
    pub(super) is_builtin: bool,
    pub(super) is_immutable: bool,
    /// Each call may give another value.
    pub(super) is_volatile: bool,
}

/// A type.
pub(super) struct Type {
    /// The name as SQL.
    pub(super) sql: String,
    /// No setting changes its text.
    pub(super) has_fixed_text: bool,
}

impl Catalogue {
    /// Reads what these trees name.
    ///
    /// # Errors
    /// When the connection fails.
    pub(super) async fn read(client: &Client, trees: &[&tree::Value]) -> Result<Self, Error> {
        let mut mentioned = Named::default();
        for tree in trees {
            mentioned.collect(tree);
        }
        let Named { tables, operators, functions, types } = mentioned;
        let (names, roots, indexes, operators, classes, functions, types, trigrams, configurations) = futures_util::try_join!(
            rows(client, include_str!("names.sql"), &tables),
            rows(client, include_str!("roots.sql"), &tables),
            rows(client, include_str!("indexes.sql"), &tables),
            rows(client, include_str!("operators.sql"), &operators),
            rows(client, include_str!("classes.sql"), &operators),
            rows(client, include_str!("functions.sql"), &functions),
            rows(client, include_str!("types.sql"), &types),
            client.query_typed("select from pg_catalog.pg_available_extensions where name operator(pg_catalog.=) 'pg_trgm'", &[]),
            client.query_typed("select oid, oid::pg_catalog.regconfig::pg_catalog.text from pg_catalog.pg_ts_config", &[]),
        )?;
        let mut catalogue = Self {
            used: Used::of(client, trees.iter().copied()).await?,
            names: BTreeMap::new(),
            whole: BTreeMap::new(),
            roots: BTreeMap::new(),
            indexes: BTreeMap::new(),
            operators: BTreeMap::new(),
            functions: BTreeMap::new(),
            types: BTreeMap::new(),
            configurations: BTreeMap::new(),
            has_trigrams: !trigrams.is_empty(),
        };
        for row in names {
            let table = TableName { schema: row.try_get(1)?, name: row.try_get(2)? };
            if let (Some(schema), Some(name)) = (row.try_get(5)?, row.try_get(6)?) {
                catalogue.whole.insert(table.clone(), TableName { schema, name });
            }
            let (_, columns) = catalogue.names.entry(row.try_get(0)?).or_insert_with(|| (table, BTreeMap::new()));
            columns.insert(i64::from(row.try_get::<_, i16>(3)?), row.try_get(4)?);
        }
        for row in roots {
            let root = TableName { schema: row.try_get(0)?, name: row.try_get(1)? };
            catalogue.roots.insert(TableName { schema: row.try_get(2)?, name: row.try_get(3)? }, root);
        }
        for row in indexes {
            let table = TableName { schema: row.try_get(0)?, name: row.try_get(1)? };
            let index = Index {
                method: row.try_get(3)?,
                is_unique: row.try_get(4)?,
                keys: usize::try_from(row.try_get::<_, i16>(5)?).unwrap_or(1),
                is_partial: row.try_get(6)?,
                leading: row.try_get(7)?,
                is_default: row.try_get(8)?,
                table,
            };
            catalogue.indexes.insert((index.table.schema.clone(), row.try_get(2)?), index);
        }
        for row in operators {
            catalogue.operators.insert(
                row.try_get(0)?,
                Operator {
                    name: row.try_get(1)?,
                    is_builtin: row.try_get(2)?,
                    is_immutable: row.try_get(3)?,
                    commutator: row.try_get(4)?,
                    takes_text: row.try_get(5)?,
                    classes: Vec::new(),
                },
            );
        }
        for row in classes {
            let Some(operator) = catalogue.operators.get_mut(&row.try_get(0)?) else { continue };
            let (schema, name): (String, String) = (row.try_get(2)?, row.try_get(3)?);
            let is_default: bool = row.try_get(4)?;
            let qualified = if schema == "pg_catalog" { name } else { format!("{}.{}", sql_name(&schema), sql_name(&name)) };
            operator.classes.push(Class {
                method: row.try_get(1)?,
                name: (!is_default).then_some(qualified),
                strategy: row.try_get(5)?,
            });
        }
        for row in functions {
            let (schema, name): (String, String) = (row.try_get(1)?, row.try_get(2)?);
            let is_builtin = schema == "pg_catalog";
            let sql = if is_builtin { sql_name(&name) } else { format!("{}.{}", sql_name(&schema), sql_name(&name)) };
            catalogue
                .functions
                .insert(row.try_get(0)?, Function { sql, is_builtin, is_immutable: row.try_get(3)?, is_volatile: row.try_get(4)? });
        }
        for row in configurations {
            catalogue.configurations.insert(row.try_get(0)?, row.try_get(1)?);
        }
        for row in types {
            catalogue.types.insert(row.try_get(0)?, Type { sql: row.try_get(1)?, has_fixed_text: row.try_get(2)? });
        }
        Ok(catalogue)
    }

    pub(super) fn table(&self, oid: i64) -> Option<&(TableName, BTreeMap<i64, String>)> {
        self.names.get(&Oid::try_from(oid).ok()?)
    }

    /// The table that a statement names, of one that a plan reads or a tree writes.
    pub(super) fn root<'t>(&'t self, table: &'t TableName) -> &'t TableName {
        self.roots.get(table).unwrap_or(table)
    }

    /// The table that a partition is of.
    pub(super) fn partitioned(&self, partition: &TableName) -> Option<&TableName> {
        self.whole.get(partition)
    }

    /// An index of a plan.
    pub(super) fn index(&self, schema: &str, name: &str) -> Option<&Index> {
        self.indexes.get(&(schema.to_owned(), name.to_owned()))
    }

    /// Whether a table has an index of all of its rows that begins with this.
    pub(super) fn has_index(&self, table: &TableName, method: &str, leading: &str) -> bool {
        let bare = |text: &str| text.trim_matches(['(', ')']).to_owned();
        self.indexes.values().any(|index| {
            index.table == *table
                && index.method == method
                && bare(&index.leading) == bare(leading)
                && !index.is_partial
                && index.is_default
        })
    }

    /// The columns of a table each of which is a unique key.
    pub(super) fn unique_columns<'s>(&'s self, table: &'s TableName) -> impl Iterator<Item = &'s str> {
        let indexes = self.indexes.values().filter(move |index| index.table == *table);
        indexes.filter(|index| index.is_unique && !index.is_partial && index.keys == 1).map(|index| index.leading.as_str())
    }

    pub(super) fn operator(&self, node: &tree::Node, field: &str) -> Option<&Operator> {
        self.operators.get(&Oid::try_from(node.number(field)).ok()?)
    }

    pub(super) fn function(&self, node: &tree::Node) -> Option<&Function> {
        self.functions.get(&Oid::try_from(node.number("funcid")).ok()?)
    }

    pub(super) fn r#type(&self, node: &tree::Node, field: &str) -> Option<&Type> {
        self.types.get(&Oid::try_from(node.number(field)).ok()?)
    }
}

async fn rows(client: &Client, sql: &str, oids: &BTreeSet<Oid>) -> Result<Vec<tokio_postgres::Row>, Error> {
    let oids: Vec<Oid> = oids.iter().copied().collect();
    client.query_typed(sql, &[(&oids, WireType::OID_ARRAY)]).await
}

/// What trees name, by OID.
#[derive(Default)]
struct Named {
    tables: BTreeSet<Oid>,
    operators: BTreeSet<Oid>,
    functions: BTreeSet<Oid>,
    types: BTreeSet<Oid>,
}

impl Named {
    fn collect(&mut self, tree: &tree::Value) {
        tree.visit(&mut |node| {
            for (fields, set) in [
                (["relid", "resorigtbl", ""].as_slice(), &mut self.tables),
                (&["opno", "sortop"], &mut self.operators),
                (&["funcid"], &mut self.functions),
                (&["vartype", "resulttype", "funcresulttype"], &mut self.types),
            ] {
                let oids = fields.iter().filter_map(|field| Oid::try_from(node.number(field)).ok());
                set.extend(oids.filter(|&oid| oid != 0));
            }
            self.operators.extend(node.numbers("opnos").into_iter().filter_map(|oid| Oid::try_from(oid).ok()));
        });
    }
}
