//! What the server calls the constraints of a table where a row of a table below it violates one: it names
//! the partition, or the inheritance child, and the constraint there.

use std::collections::BTreeSet;

use super::{Planner, ViolationPlan};
use crate::schema::{Constraint, ConstraintKind, Index, IndexKey, Table, TableKind, Walker};

/// The tables below a table, and the names that its constraints have there.
#[derive(Clone, Debug, Hash)]
pub struct PartitionsPlan {
    /// Its partitions, their partitions and what inherits from it: schema and table.
    pub tables: Vec<(String, String)>,
    /// Constraints of these tables: the schema, the table, the name, and the position of the violation.
    pub names: Vec<(String, String, String, usize)>,
    /// How partitions are called that are made later: the schema, and how the name begins.
    pub later: Vec<(String, String)>,
    /// Tables that are called so and are no partitions.
    pub others: Vec<(String, String)>,
    /// How the server names a constraint on a partition: the position of the violation, what stands between
    /// the table's name and the end, and the end.
    pub forms: Vec<(usize, String, &'static str)>,
}

/// What an index compares, in words that are the same on another table.
fn parts(index: Walker<'_, Index>) -> (Vec<String>, Option<String>) {
    let row = index.row();
    let part = |key: &IndexKey| key.column.map_or_else(|| key.text.clone(), |column| index.at(column).name.clone());
    (row.keys.iter().map(part).collect(), row.predicate.clone())
}

/// What the server puts between the table's name and the end of an index's name.
/// <https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/indexcmds.c> (`ChooseIndexNameAddition`)
fn middle(index: Walker<'_, Index>) -> String {
    let row = index.row();
    let keys = row.keys.iter().map(|key| match key.column {
        Some(column) => index.at(column).name.clone(),
        None => {
            let function = key.text.split_once('(').map_or("", |(function, _)| function);
            let is_name = !function.is_empty() && function.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
            if is_name { function.to_owned() } else { "expr".to_owned() }
        }
    });
    let included = row.included.iter().map(|&column| index.at(column).name.clone());
    keys.chain(included).collect::<Vec<_>>().join("_")
}

impl<'a> Planner<'a> {
    /// The tables below a table, where it has any, or may get partitions.
    pub(super) fn partitions(&self, table: Walker<'a, Table>, violations: &[ViolationPlan]) -> Option<PartitionsPlan> {
        let below = self.below(table);
        if below.is_empty() && table.kind != TableKind::Partitioned {
            return None;
        }
        let name_of = |table: &Walker<'a, Table>| (table.namespace().name.clone(), table.name.clone());
        let own = name_of(&table);
        let mut plan = PartitionsPlan {
            tables: below.iter().map(name_of).collect(),
            names: Vec::new(),
            later: Vec::new(),
            others: Vec::new(),
            forms: Vec::new(),
        };
        for (position, violation) in violations.iter().enumerate() {
            let is_own = (&violation.schema, &violation.table) == (&own.0, &own.1);
            let index = table.indexes().find(|index| is_own && index.name == violation.name);
            let constraint = table.constraints().find(|constraint| is_own && constraint.name == violation.name);
            match (violation.code, index, constraint) {
                ("23505" | "23P01", Some(index), constraint) => {
                    let end = match constraint.map(|constraint| &constraint.row().kind) {
                        Some(ConstraintKind::PrimaryKey) => "pkey",
                        Some(ConstraintKind::Exclusion) => "excl",
                        Some(_) => "key",
                        None => "idx",
                    };
                    let middle = if end == "pkey" { String::new() } else { middle(index) };
                    plan.forms.push((position, middle, end));
                    for child in &below {
                        let same = child.indexes().filter(|other| {
                            let is_exclusion = |table: Walker<'_, Table>, name: &str| {
                                table.constraints().any(|known| known.name == name && known.row().kind == ConstraintKind::Exclusion)
                            };
                            other.unique == index.unique
                                && parts(*other) == parts(index)
                                && is_exclusion(*child, &other.name) == is_exclusion(table, &index.name)
                        });
                        plan.add(child, same.map(|index| index.name.clone()), position);
                    }
                }
                ("23503", _, Some(key)) => {
                    for child in &below {
                        let same = child.foreign_keys().filter(|other| is_same_key(key, *other));
                        plan.add(child, same.map(|key| key.name.clone()), position);
                    }
                }
                ("23503", ..) if table.kind == TableKind::Partitioned => {
                    // A key to a partitioned table has another constraint for each partition.
                    let holder =
                        self.schema.tables().find(|other| name_of(other) == (violation.schema.clone(), violation.table.clone()));
                    let key = holder.and_then(|holder| holder.foreign_keys().find(|key| key.name == violation.name));
                    if let Some(key) = key {
                        let columns: Vec<String> = key.columns().map(|column| column.name.clone()).collect();
                        plan.forms.push((position, columns.join("_"), "fkey"));
                    }
                }
                _ => {}
            }
        }
        if table.kind == TableKind::Partitioned {
            plan.expect(self, &own);
        }
        Some(plan)
    }

    /// The tables that a table is a parent of, and those below them, in the order of their names.
    fn below(&self, table: Walker<'a, Table>) -> Vec<Walker<'a, Table>> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![table.id()];
        while let Some(parent) = waiting.pop() {
            for child in self.children.get(&parent).into_iter().flatten() {
                if found.insert(*child) {
                    waiting.push(*child);
                }
            }
        }
        found.into_iter().map(|id| table.at(id)).collect()
    }
}

/// Whether a key of another table is the same, of columns of the same names.
fn is_same_key(key: Walker<'_, Constraint>, other: Walker<'_, Constraint>) -> bool {
    let to = |key: Walker<'_, Constraint>| match &key.row().kind {
        ConstraintKind::ForeignKey { table, references, .. } => Some((*table, references.clone())),
        _ => None,
    };
    let names = |key: Walker<'_, Constraint>| key.columns().map(|column| column.name.clone()).collect::<Vec<_>>();
    names(key) == names(other) && to(key).is_some() && to(key) == to(other)
}

impl PartitionsPlan {
    fn add(&mut self, child: &Walker<'_, Table>, found: impl Iterator<Item = String>, position: usize) {
        let schema = &child.namespace().name;
        self.names.extend(found.map(|name| (schema.clone(), child.name.clone(), name, position)));
    }

    /// How partitions that are made later will be called: as those that there are, or after the table.
    fn expect(&mut self, planner: &Planner<'_>, own: &(String, String)) {
        let schemas: BTreeSet<&String> = self.tables.iter().map(|(schema, _)| schema).collect();
        for schema in schemas {
            let inside: Vec<&str> = self.tables.iter().filter(|(of, _)| of == schema).map(|(_, name)| name.as_str()).collect();
            let common = inside.iter().skip(1).fold(inside[0].to_owned(), |common, name| {
                common.chars().zip(name.chars()).take_while(|(left, right)| left == right).map(|(letter, _)| letter).collect()
            });
            let start = if common.starts_with(&own.1) && common != own.1 {
                format!(
                    "{}{}",
                    own.1,
                    common[own.1.len()..]
                        .chars()
                        .next()
                        .filter(|letter| !letter.is_alphanumeric())
                        .map(String::from)
                        .unwrap_or_default()
                )
            } else {
                // A number is what tells one from the next.
                common.chars().take_while(|letter| !letter.is_ascii_digit()).collect()
            };
            if start.chars().count() > 2 || start.starts_with(&own.1) {
                self.later.push((schema.clone(), start));
            }
        }
        if self.tables.is_empty() {
            self.later.push((own.0.clone(), format!("{}_", own.1)));
        }
        for table in planner.schema.tables() {
            let name = (table.namespace().name.clone(), table.name.clone());
            let is_expected = self.later.iter().any(|(schema, start)| *schema == name.0 && name.1.starts_with(start));
            if is_expected && name != *own && !self.tables.contains(&name) {
                self.others.push(name);
            }
        }
    }
}
