//! One short line for each thing, the form of every schema snapshot.

use std::fmt;

use super::{Action, Column, ConstraintKind, Generation, Id, Schema, TypeKind, Walker};

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for extension in self.extensions() {
            writeln!(f, "extension {} in {}", extension.name, extension.schema)?;
        }
        for namespace in self.namespaces() {
            writeln!(f, "schema {}", namespace.name)?;
        }
        for kind in self.types().filter(|kind| kind.extension.is_none() && kind.schema != "pg_catalog") {
            match &kind.row().kind {
                TypeKind::Enum(labels) => writeln!(f, "enum {} ({})", kind.qualified(), labels.join(", "))?,
                TypeKind::Domain { base_text, not_null, .. } => {
                    writeln!(f, "domain {} {base_text}{}", kind.qualified(), if *not_null { " not null" } else { "" })?;
                }
                TypeKind::Range(of) => writeln!(f, "range {} of {}", kind.qualified(), kind.at(*of).qualified())?,
                _ => {}
            }
        }
        for sequence in self.sequences() {
            let namespace = &sequence.at(sequence.namespace).row().name;
            writeln!(f, "sequence {namespace}.{} {}", sequence.name, sequence.type_text)?;
        }
        for function in self.functions() {
            let namespace = &function.at(function.namespace).row().name;
            writeln!(f, "function {namespace}.{}({})", function.name, function.arguments)?;
        }
        for table in self.tables() {
            let security = if table.row_security { ", row security" } else { "" };
            writeln!(f, "{} {} (owner {}{security})", table.kind.words(), table.qualified(), table.owner)?;
            for column in table.columns() {
                writeln!(f, "  {}", Line(column))?;
            }
            for constraint in table.constraints() {
                let columns = names(self, &constraint.columns);
                match &constraint.row().kind {
                    ConstraintKind::PrimaryKey => writeln!(f, "  key {} ({columns})", constraint.name)?,
                    ConstraintKind::Unique => writeln!(f, "  unique {} ({columns})", constraint.name)?,
                    ConstraintKind::Check | ConstraintKind::Exclusion | ConstraintKind::ForeignKeyOutside => {
                        writeln!(f, "  {} {}", constraint.name, constraint.definition)?;
                    }
                    ConstraintKind::ForeignKey { references, table, on_delete, .. } => {
                        let target = constraint.at(*table).qualified();
                        write!(f, "  fk {} ({columns} -> {target}.{})", constraint.name, names(self, references))?;
                        if *on_delete != Action::NoAction {
                            write!(f, " on delete {}", on_delete.sql().to_lowercase())?;
                        }
                        writeln!(f)?;
                    }
                }
            }
            for index in table.indexes() {
                let keys: Vec<&str> = index.row().keys.iter().map(|key| key.text.as_str()).collect();
                let unique = if index.unique { "unique " } else { "" };
                write!(f, "  {unique}index {} {} ({})", index.name, index.method, keys.join(", "))?;
                match &index.row().predicate {
                    Some(predicate) => writeln!(f, " where {predicate}")?,
                    None => writeln!(f)?,
                }
            }
            for policy in table.policies() {
                writeln!(f, "  policy {} for {}", policy.name, policy.command.to_lowercase())?;
            }
            for trigger in table.triggers() {
                writeln!(f, "  trigger {}", trigger.name)?;
            }
        }
        Ok(())
    }
}

fn names(schema: &Schema, columns: &[Id<Column>]) -> String {
    let names: Vec<&str> = columns.iter().map(|&column| schema.columns[column.index()].name.as_str()).collect();
    names.join(", ")
}

struct Line<'a>(Walker<'a, Column>);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.0.row();
        write!(f, "{} {}", column.name, column.type_text)?;
        if column.not_null {
            f.write_str(" not null")?;
        }
        match (column.generation, &column.default) {
            (Some(Generation::IdentityAlways), _) => f.write_str(" identity always"),
            (Some(Generation::IdentityByDefault), _) => f.write_str(" identity"),
            (Some(_), Some(expression)) => write!(f, " generated {expression}"),
            (_, Some(default)) => write!(f, " default {default}"),
            (_, None) => Ok(()),
        }
    }
}
