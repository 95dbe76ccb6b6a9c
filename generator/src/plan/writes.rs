//! What can be written of a table, what may go wrong, and which lists an index serves.

use std::collections::BTreeSet;

use super::{
    EntityPlan, Ident, KeyForm, Lookup, PartitionsPlan, Planner, Rules, Wanted, document::code, index_name, name, readable,
    unknown_column,
};
use crate::schema::{Column, ConstraintKind, Generation, Id, Index, Table, TypeKind, Walker};

/// What can be written of a table.
#[derive(Clone, Debug, Hash)]
pub struct Writes {
    /// The columns that an insert must say, as positions.
    pub required: Vec<usize>,
    /// Those that it may.
    pub optional: Vec<usize>,
    /// Those that an update may.
    pub changed: Vec<usize>,
    /// The constraints that may be violated.
    pub violations: Vec<ViolationPlan>,
    /// The tables below it, where it has any, or may get partitions.
    pub partitions: Option<PartitionsPlan>,
}

/// A constraint that a write may violate.
#[derive(Clone, Debug, Hash)]
pub struct ViolationPlan {
    /// The variant of the table's error.
    pub variant: Ident,
    /// The SQLSTATE.
    pub code: &'static str,
    /// The schema of the table that the constraint is on.
    pub schema: String,
    /// The table.
    pub table: String,
    /// The constraint, or the column that must not be NULL.
    pub name: String,
    /// Documentation.
    pub docs: String,
}

/// A list of rows that an index finds, and gives in order.
#[derive(Clone, Debug, Hash)]
pub struct ListPlan {
    /// `author_id`, or `author_id_and_at`.
    pub name: String,
    /// The fields that are compared, as positions.
    pub fields: Vec<usize>,
    /// The fields that order the rows, and together identify them.
    pub order: Vec<usize>,
    /// The last row first.
    pub descending: bool,
    /// The index.
    pub docs: String,
}

/// A list of rows that nothing but the whole table gives, because codegen.toml asks for it.
#[derive(Clone, Debug, Hash)]
pub struct ScanPlan {
    /// `author_id`, or `author_id_and_at`.
    pub name: String,
    /// The fields that are compared, as positions.
    pub fields: Vec<usize>,
}

/// A function that finds the row of a unique index on expressions, or on some rows only.
#[derive(Clone, Debug, Hash)]
pub struct PartialLookup {
    /// `lower_email`, or `email_in_users_live_idx`.
    pub name: String,
    /// What is compared, in the index's order.
    pub parts: Vec<LookupPart>,
    /// The condition of a partial index, as the server prints it.
    pub predicate: Option<String>,
    /// The index.
    pub docs: String,
}

/// A part of the key of an index.
#[derive(Clone, Debug, Hash)]
pub enum LookupPart {
    /// A column, as a position.
    Field(usize),
    /// An expression that gives text: as the server prints it, and the parameter.
    Text(String, Ident),
}

impl<'a> Planner<'a> {
    /// What a unique index that is no key compares, where the generated code can: partial ones never become
    /// a plain key, and of expressions those are followed that give text.
    pub(super) fn parts(table: Walker<'_, Table>, index: Walker<'_, Index>) -> Option<Vec<LookupPart>> {
        let row = index.row();
        let is_plain = row.predicate.is_none() && row.keys.iter().all(|key| key.column.is_some());
        if !row.unique || !row.valid || is_plain {
            return None;
        }
        let columns: Vec<Id<Column>> = readable(table).map(Walker::id).collect();
        row.keys
            .iter()
            .map(|key| match key.column {
                Some(column) => columns.iter().position(|id| *id == column).map(LookupPart::Field),
                None => {
                    let function = key.text.split('(').next().unwrap_or_default();
                    let gives_text = matches!(function, "lower" | "upper" | "btrim" | "md5" | "initcap");
                    gives_text.then(|| LookupPart::Text(key.text.clone(), name::ident(&name::snake(&key.text))))
                }
            })
            .collect()
    }

    /// The lookups by unique indexes that are no keys.
    pub(super) fn partial_lookups(&mut self, entity: &EntityPlan, table: Walker<'_, Table>) -> Vec<PartialLookup> {
        let config = self.config;
        let (mut found, mut wanted) = (Vec::new(), Vec::new());
        for index in table.indexes() {
            let row = index.row();
            let Some(parts) = Self::parts(table, index) else { continue };
            let words: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    LookupPart::Field(position) => name::plain(&entity.fields[*position].ident),
                    LookupPart::Text(_, ident) => name::plain(ident),
                })
                .collect();
            let plain = words.join("_and_");
            let of_index = format!("{plain}_in_{}", name::snake(&row.name));
            let ladder = if row.predicate.is_some() { vec![of_index] } else { vec![plain, of_index] };
            let thing = index_name(table, &row.name);
            wanted.push(Wanted {
                wish: Self::setting(&config.rename.lookups, &thing),
                thing,
                ladder: ladder.iter().map(|name| name::single(name.trim_start_matches('_'))).collect(),
            });
            found.push((parts, row.predicate.clone(), code(&row.definition)));
        }
        let taken = entity.lookups.iter().map(|lookup| lookup.name.clone()).collect();
        let names = self.named(&Rules::lookups(&taken), &wanted);
        found
            .into_iter()
            .zip(names)
            .map(|((parts, predicate, docs), name)| PartialLookup { name, parts, predicate, docs })
            .collect()
    }

    /// The lists that codegen.toml asks for though no index serves them.
    pub(super) fn scans(&mut self, entity: &EntityPlan, table: Walker<'_, Table>) -> Vec<ScanPlan> {
        let qualified = table.qualified();
        let mut scans = Vec::new();
        for (_, pattern, setting) in self.config.table_patterns() {
            if !pattern.matches(&qualified) {
                continue;
            }
            for wish in &setting.scan_by {
                let mut fields = Vec::new();
                let errors = self.errors.len();
                for name in wish.get_ref() {
                    match entity.fields.iter().position(|field| field.column == *name) {
                        Some(position) => fields.push(position),
                        None => self.errors.push(unknown_column(self.config.place(wish), table, name)),
                    }
                }
                let name = name::joined(fields.iter().map(|&position| &entity.fields[position].ident));
                if !fields.is_empty() && self.errors.len() == errors && !scans.iter().any(|scan: &ScanPlan| scan.name == name) {
                    scans.push(ScanPlan { name, fields });
                }
            }
        }
        scans
    }

    pub(super) fn writes(&self, entity: &EntityPlan, table: Walker<'a, Table>) -> Option<Writes> {
        if entity.read_only.is_some() {
            return None;
        }
        let columns: Vec<_> = readable(table).collect();
        let is_written = |position: &usize| !entity.fields[*position].computed;
        let has_default = |position: &usize| {
            let column = columns[*position].row();
            let of_domain = |column: Walker<'_, Column>| {
                matches!(&column.declared_type().row().kind, TypeKind::Domain { default: Some(_), .. })
            };
            !entity.fields[*position].required
                || column.default.is_some()
                || column.generation == Some(Generation::IdentityByDefault)
                || of_domain(columns[*position])
        };
        let (optional, required) = (0..columns.len()).filter(is_written).partition(has_default);
        let changed = (0..columns.len()).filter(is_written).filter(|position| !entity.key.contains(position)).collect();
        let violations = self.violations(table);
        let partitions = self.partitions(table, &violations);
        Some(Writes { required, optional, changed, violations, partitions })
    }

    fn violations(&self, table: Walker<'a, Table>) -> Vec<ViolationPlan> {
        let mut found = Vec::new();
        let word = |column: Walker<'a, Column>| name::camel(self.called(column));
        let words = |columns: &[Id<Column>]| columns.iter().map(|&column| word(table.at(column))).collect::<Vec<_>>().join("And");
        let mut add = |code: &'static str, of: Walker<'_, Table>, name: &str, ladder: Vec<String>, docs: String| {
            found.push((code, of.namespace().name.clone(), of.name.clone(), name.to_owned(), ladder, docs));
        };
        for constraint in table.constraints() {
            let row = constraint.row();
            let named = name::camel(&row.name);
            let (code, variant) = match row.kind {
                ConstraintKind::PrimaryKey | ConstraintKind::Unique => ("23505", format!("{}Taken", words(&row.columns))),
                ConstraintKind::ForeignKey { .. } | ConstraintKind::ForeignKeyOutside => {
                    ("23503", format!("{}Missing", words(&row.columns)))
                }
                ConstraintKind::Check => ("23514", format!("{named}Violated")),
                ConstraintKind::Exclusion => ("23P01", format!("{named}Overlaps")),
            };
            add(
                code,
                table,
                &row.name,
                vec![variant, named],
                format!("{}: {}.", self::code(&row.name), self::code(&row.definition)),
            );
        }
        for index in table.indexes().filter(|index| index.unique) {
            if table.constraints().any(|constraint| constraint.row().name == index.row().name) {
                continue;
            }
            let columns: Option<Vec<Id<Column>>> = index.row().keys.iter().map(|key| key.column).collect();
            let named = name::camel(&index.row().name);
            let variant = columns.map_or_else(|| format!("{named}Taken"), |columns| format!("{}Taken", words(&columns)));
            add(
                "23505",
                table,
                &index.row().name,
                vec![variant, named.clone(), format!("{named}Taken")],
                format!("{}.", self::code(&index.row().definition)),
            );
        }
        for column in readable(table).filter(|column| column.row().not_null) {
            add(
                "23502",
                table,
                &column.row().name,
                vec![format!("{}Null", word(column))],
                format!("{} must not be NULL.", self::code(&column.row().name)),
            );
        }
        // Rows of other tables that refer to the row.
        for &(other, key) in self.referring.get(&table.id()).into_iter().flatten() {
            let (other, key) = (table.at(other), table.at(key));
            let from = name::camel(self.table_called(other));
            let by: Vec<String> = key.columns().map(word).collect();
            let ladder = vec![
                format!("InUseBy{from}"),
                format!("InUseBy{from}{}", by.join("And")),
                format!("InUseBy{}{from}{}", name::camel(&other.namespace().name), by.join("And")),
            ];
            add("23503", other, &key.row().name, ladder, format!("{} refers to the row.", self::code(&other.qualified())));
        }
        let wanted: Vec<Vec<String>> = found.iter().map(|(.., ladder, _)| ladder.clone()).collect();
        let variants = name::distinct(&wanted, &["Retry", "Other"].map(str::to_owned).into());
        found
            .into_iter()
            .zip(variants)
            .map(|((code, schema, table, name, _, docs), variant)| ViolationPlan {
                variant: name::ident(&variant),
                code,
                schema,
                table,
                name,
                docs,
            })
            .collect()
    }

    /// The lists by the usable prefixes of indexes, which include those by foreign keys that an
    /// index serves.
    pub(super) fn lists(entity: &EntityPlan, table: Walker<'_, Table>, lookups: &[Lookup]) -> Vec<ListPlan> {
        if entity.key_form != KeyForm::Tuple {
            return Vec::new();
        }
        let columns: Vec<Id<Column>> = readable(table).map(Walker::id).collect();
        let position = |column: &Id<Column>| columns.iter().position(|id| id == column);
        let orders = |position: &usize| {
            let field = &entity.fields[*position];
            let rust = quote::ToTokens::to_token_stream(&field.data_type.rust).to_string();
            let plain = ["bool", "i16", "i32", "i64", "String", "Uuid", "Date", "DateTime", "DateTimeWithTimeZone", "Decimal"];
            field.required && field.data_type.select.is_none() && plain.contains(&rust.as_str())
        };
        if !entity.key.iter().all(orders) {
            return Vec::new();
        }
        let mut seen: BTreeSet<Vec<usize>> = lookups.iter().map(|lookup| lookup.fields.clone()).collect();
        let mut found = Vec::new();
        for index in table.indexes() {
            let row = index.row();
            let keys: Option<Vec<usize>> = row.keys.iter().map(|key| position(&key.column?)).collect();
            let Some(keys) = keys.filter(|_| row.valid && row.method == "btree" && row.predicate.is_none()) else { continue };
            for length in 1..=keys.len() {
                let (fields, rest) = keys.split_at(length);
                if !seen.insert(fields.to_vec()) {
                    continue;
                }
                let directions: BTreeSet<bool> = row.keys[length..].iter().map(|key| key.descending).collect();
                let follows = rest.iter().all(orders) && directions.len() <= 1;
                let descending = follows && directions.contains(&true);
                let mut order = if follows { rest.to_vec() } else { Vec::new() };
                order.extend(
                    entity
                        .key
                        .iter()
                        .copied()
                        .filter(|position| !order.contains(position) && !fields.contains(position))
                        .collect::<Vec<_>>(),
                );
                if order.is_empty() {
                    continue;
                }
                found.push((fields.to_vec(), order, descending, format!("the index {}", code(&row.name))));
            }
        }
        let wanted: Vec<Vec<String>> = found
            .iter()
            .map(|(fields, ..)| vec![name::joined(fields.iter().map(|&position| &entity.fields[position].ident))])
            .collect();
        let taken = lookups.iter().map(|lookup| lookup.name.clone()).collect();
        let names = name::distinct(&wanted, &taken);
        found
            .into_iter()
            .zip(names)
            .map(|((fields, order, descending, docs), name)| ListPlan { name, fields, order, descending, docs })
            .collect()
    }
}
