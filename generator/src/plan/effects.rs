//! Settings of codegen.toml that name something that exists, and yet change nothing: each is reported.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{PlanError, Planner, document::code, index_name, is_lookup_of, readable, unique_keys};
use crate::{
    config::{Access, listed},
    schema::{Column, Id, Table, Type, TypeKind, Walker},
};

impl<'a> Planner<'a> {
    /// Complains of settings without an effect, when everything is planned.
    pub(super) fn check_effects(&mut self) {
        self.check_tables();
        self.check_names();
        self.check_types();
        self.check_lookups();
    }

    fn useless(&mut self, key: &Spanned<String>, why: &str) {
        let place = self.config.place(key);
        self.warn(key.get_ref().clone(), format!("codegen.toml names it without effect ({place}): {why}; remove the line"));
    }

    fn generated(&self) -> Vec<Walker<'a, Table>> {
        self.schema.tables().filter(|table| self.table_modules.contains_key(&table.id())).collect()
    }

    fn check_tables(&mut self) {
        let config = self.config;
        let generated = self.generated();
        let mut keyed = BTreeSet::<Id<Table>>::new();
        for (pattern, matcher, setting) in config.table_patterns() {
            if setting.reason.is_some() && setting.access == Access::ReadWrite && !setting.skip {
                self.useless(pattern, "`reason` belongs to `access = \"read-only\"` or to `skip = true`");
            }
            let Some(key) = &setting.key else { continue };
            let matching: Vec<&Walker<'_, Table>> = generated.iter().filter(|table| matcher.matches(&table.qualified())).collect();
            let mut obstacles = Vec::new();
            let mut is_used = matching.is_empty();
            for table in matching {
                let primary = table.primary_key().filter(|key| key.columns().all(|column| column.row().readable));
                match primary {
                    Some(primary) => {
                        let columns: Vec<String> = primary.columns().map(|column| column.name.clone()).collect();
                        obstacles.push(format!("{} has the primary key {}", code(&table.qualified()), listed(&columns)));
                    }
                    None if !keyed.insert(table.id()) => {
                        obstacles.push(format!("another pattern of [tables] names the key of {}", code(&table.qualified())));
                    }
                    None => is_used = true,
                }
            }
            if !is_used {
                let rest = obstacles.len() - 1;
                let more = if rest == 0 { String::new() } else { format!(", and {rest} more tables have a key") };
                self.errors.push(PlanError::Invalid {
                    place: config.place(key),
                    message: format!("`key` has no effect: {}{more}; remove `key`", obstacles[0]),
                });
            }
        }
    }

    /// Names and comments of what is left out.
    fn check_names(&mut self) {
        let config = self.config;
        let all: Vec<Walker<'a, Table>> = self.schema.tables().collect();
        let mut left_out = BTreeSet::new();
        for table in all {
            let is_generated = self.table_modules.contains_key(&table.id());
            if !is_generated {
                left_out.insert(table.qualified());
            }
            let columns = table.columns().filter(|column| !is_generated || !self.fields.contains_key(&column.id()));
            left_out.extend(columns.map(Walker::<Column>::qualified));
        }
        let keys = config
            .rename
            .tables
            .keys()
            .chain(config.rename.columns.keys())
            .chain(config.types.columns.keys())
            .chain(config.comments.keys());
        for key in keys.filter(|key| left_out.contains(key.get_ref())).collect::<Vec<_>>() {
            self.useless(key, "it is left out of the generated code");
        }
    }

    /// Types that no column has.
    fn check_types(&mut self) {
        let (mut used, mut elements) = (BTreeSet::new(), BTreeSet::new());
        for column in self.generated().into_iter().flat_map(readable) {
            used.extend(column.declared_type().layers().map(Walker::<Type>::qualified));
            if let TypeKind::Array(element) = column.declared_type().base().row().kind {
                elements.insert((column.at(element).qualified(), column.declared_type().base().qualified()));
            }
        }
        let config = self.config;
        let known: BTreeSet<String> = self.schema.types().map(Walker::<Type>::qualified).collect();
        let is_named = |key: &&Spanned<String>| known.contains(key.get_ref()) || key.get_ref().starts_with("pg_catalog.");
        for key in config.types.database.keys().filter(is_named).filter(|key| !used.contains(key.get_ref())) {
            let array = elements.iter().find(|(element, _)| element == key.get_ref()).map(|(_, array)| array);
            let why = array.map_or_else(
                || "no column is of this type".to_owned(),
                |array| format!("columns hold arrays of it, a type that is called {}", code(array)),
            );
            self.useless(key, &why);
        }
    }

    /// Indexes that no function by name belongs to.
    fn check_lookups(&mut self) {
        let config = self.config;
        if config.rename.lookups.is_empty() {
            return;
        }
        let (mut there, mut serving) = (BTreeSet::new(), BTreeSet::new());
        for table in self.schema.tables() {
            let sets = unique_keys(table);
            for index in table.indexes() {
                let name = index_name(table, &index.row().name);
                let serves = sets.iter().any(|set| is_lookup_of(index, set)) || Self::parts(table, index).is_some();
                if serves && self.table_modules.contains_key(&table.id()) {
                    serving.insert(name.clone());
                }
                there.insert(name);
            }
        }
        for key in config.rename.lookups.keys() {
            if there.contains(key.get_ref()) && !serving.contains(key.get_ref()) {
                self.useless(
                    key,
                    "no `get_by_…` belongs to this index: it is not unique, not valid, or on an expression that gives no text",
                );
            }
        }
    }
}
