//! The schema as a file, `schema.json`: what was last read, committed beside the crates, so that a
//! migration shows as a small difference above the large one, and both crates can be generated
//! without a database.
//!
//! One object a thing, one line a leaf, in the order of names. Things refer to each other by name;
//! no OID and nothing of the server but its major version survives. `docs/schema.schema.json`
//! describes the form.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::{Path, PathBuf},
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{
    describe::Description,
    schema::{
        self, Action, ConstraintKind, Generation, Id, NewColumn, NewConstraint, NewFunction, NewIndex, NewPolicy, NewSequence,
        NewTable, NewTrigger, NewType, Oid, Schema, SchemaBuilder, Server, TableKind, TypeKind, Walker,
    },
    sync::MARK,
};

/// The version of the form that this version of Entitree writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// The file's name, in the folder of both crates.
pub const FILE: &str = "schema.json";

/// A schema as a file holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// That it is generated.
    #[serde(rename = "$about")]
    pub about: String,
    /// The version of the form.
    pub format: u32,
    /// The major version of the server, which prints some expressions as others do not.
    pub server: i32,
    /// The SHA-256 of the rest, in part: a file that was edited or merged by hand is told.
    pub checksum: String,
    /// Installed extensions.
    pub extensions: Vec<Extension>,
    /// The schemas that were read.
    pub schemas: Vec<Namespace>,
    /// Types of these schemas, and those that a column uses.
    pub types: Vec<Type>,
    /// Sequences.
    pub sequences: Vec<Sequence>,
    /// Functions.
    pub functions: Vec<Function>,
    /// Tables and views.
    pub tables: Vec<Table>,
    /// Files of SQL, and what the server said of their statements.
    pub queries: Vec<QueryFile>,
}

/// The form of a name with its schema.
type Name = (String, String);

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

macro_rules! things {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $kind:ty,)* })*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs, reason = "the fields are those of the row of the same name")]
        pub struct $name { $($(#[$attribute])* pub $field: $kind,)* })*
    };
}

things! {
    /// An extension; its version is the server's.
    Extension { name: String, schema: String, }
    /// A schema.
    Namespace {
        name: String,
        owner: String,
        #[serde(default, skip_serializing_if = "is_default")] comment: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] grants: Vec<String>,
    }
    /// A type.
    Type {
        schema: String,
        name: String,
        kind: String,
        #[serde(default, skip_serializing_if = "is_default")] labels: Vec<String>,
        #[serde(default, skip_serializing_if = "is_default")] of: Option<Name>,
        #[serde(default, skip_serializing_if = "is_default")] base: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] not_null: bool,
        #[serde(default, skip_serializing_if = "is_default")] default: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] checks: Vec<(String, String)>,
        #[serde(default, skip_serializing_if = "is_default")] attributes: Vec<(String, String)>,
        #[serde(default, skip_serializing_if = "is_default")] extension: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] comment: Option<String>,
    }
    /// A sequence.
    Sequence {
        schema: String,
        name: String,
        r#type: String,
        start: i64,
        increment: i64,
        minimum: i64,
        maximum: i64,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] cycle: bool,
        #[serde(default, skip_serializing_if = "is_default")] owned_by: Option<(String, String, String)>,
        owner: String,
        #[serde(default, skip_serializing_if = "is_default")] grants: Vec<String>,
    }
    /// A function or procedure.
    Function {
        schema: String,
        name: String,
        arguments: String,
        #[serde(default, skip_serializing_if = "is_default")] result: Option<String>,
        language: String,
        volatility: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] security_definer: bool,
        #[serde(default, skip_serializing_if = "is_default")] settings: Vec<String>,
        body: String,
        owner: String,
        #[serde(default, skip_serializing_if = "is_default")] comment: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] grants: Vec<String>,
    }
    /// A column.
    Column {
        name: String,
        r#type: String,
        type_name: Name,
        #[serde(default, skip_serializing_if = "is_default")] modifier: Option<i32>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] not_null: bool,
        #[serde(default, skip_serializing_if = "is_default")] default: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] generation: Option<Generation>,
        #[serde(default, skip_serializing_if = "is_default")] collation: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] comment: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] grants: Vec<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] unreadable: bool,
        #[serde(default, skip_serializing_if = "is_default")] origin: Option<(String, String, String)>,
    }
    /// What a foreign key refers to.
    References {
        schema: String,
        table: String,
        columns: Vec<String>,
        #[serde(default, skip_serializing_if = "is_default")] on_delete: Option<Action>,
        #[serde(default, skip_serializing_if = "is_default")] on_update: Option<Action>,
        #[serde(default, skip_serializing_if = "is_default")] set_columns: Vec<String>,
    }
    /// A constraint.
    Constraint {
        name: String,
        kind: String,
        columns: Vec<String>,
        #[serde(default, skip_serializing_if = "is_default")] references: Option<References>,
        definition: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] deferrable: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] deferred: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] not_valid: bool,
        #[serde(default, skip_serializing_if = "is_default")] comment: Option<String>,
    }
    /// A part of an index's key.
    Key {
        #[serde(default, skip_serializing_if = "is_default")] column: Option<String>,
        text: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] descending: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] nulls_first: bool,
    }
    /// An index.
    Index {
        name: String,
        method: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] unique: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] primary: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] nulls_not_distinct: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] invalid: bool,
        keys: Vec<Key>,
        #[serde(default, skip_serializing_if = "is_default")] included: Vec<String>,
        #[serde(default, skip_serializing_if = "is_default")] predicate: Option<String>,
        definition: String,
        #[serde(default, skip_serializing_if = "is_default")] comment: Option<String>,
    }
    /// A policy.
    Policy {
        name: String,
        command: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] restrictive: bool,
        roles: Vec<String>,
        #[serde(default, skip_serializing_if = "is_default")] using: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] check: Option<String>,
    }
    /// A trigger.
    Trigger { name: String, definition: String, enabled: String, }
    /// A table or view.
    Table {
        schema: String,
        name: String,
        kind: String,
        owner: String,
        #[serde(default, skip_serializing_if = "is_default")] comment: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] unlogged: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] is_partition: bool,
        #[serde(default, skip_serializing_if = "is_default")] partition_key: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")] parents: Vec<Name>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] row_security: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] force_row_security: bool,
        #[serde(default, skip_serializing_if = "is_default")] definition: Option<String>,
        insertable: bool,
        updatable: bool,
        #[serde(default, skip_serializing_if = "is_default")] grants: Vec<String>,
        #[serde(default, skip_serializing_if = "is_default")] extension: Option<String>,
        columns: Vec<Column>,
        #[serde(default, skip_serializing_if = "is_default")] constraints: Vec<Constraint>,
        #[serde(default, skip_serializing_if = "is_default")] indexes: Vec<Index>,
        #[serde(default, skip_serializing_if = "is_default")] policies: Vec<Policy>,
        #[serde(default, skip_serializing_if = "is_default")] triggers: Vec<Trigger>,
    }
}

/// A file of SQL, and what the server said of its statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueryFile {
    /// `domain/file.sql`
    pub file: String,
    /// The SHA-256 of its text, in part.
    pub hash: String,
    /// The statements, in order.
    pub statements: Vec<Description>,
}

/// Why a schema.json could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// There is none, or it cannot be read.
    #[error("cannot read {}: {source}; run `cargo xtask codegen` with a database once", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A merge left its marks.
    #[error("{}:{line}: the marks of a merge conflict; take either side whole (`git checkout --ours` or `--theirs` of this file), then run `cargo xtask codegen` with a database", .path.display())]
    Conflict {
        /// The file.
        path: PathBuf,
        /// The first mark.
        line: usize,
    },
    /// It ends too soon.
    #[error("{}:{line}: the file ends in the middle; restore it (`git checkout` of this file), or run `cargo xtask codegen` with a database", .path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// The last line.
        line: usize,
    },
    /// A newer Entitree wrote it.
    #[error("{}: of format {found}, and this version of Entitree reads {FORMAT}: use the version that wrote it", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format.
        found: u64,
    },
    /// It is no schema.json.
    #[error("{}:{line}:{column}: {message}; restore it (`git checkout` of this file), or run `cargo xtask codegen` with a database", .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It does not hold what was written.
    #[error("{}: edited or merged by hand since it was written (its checksum differs); run `cargo xtask codegen` with a database, or restore it (`git checkout` of this file)", .path.display())]
    Edited {
        /// The file.
        path: PathBuf,
    },
    /// A file of SQL is not the one that was checked.
    #[error("{file}: changed since the server last checked it; run `cargo xtask codegen` with a database once")]
    Unchecked {
        /// The file.
        file: String,
    },
    /// Its things do not fit together.
    #[error("{}: {source}", .path.display())]
    Dangling {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: schema::DanglingRow,
    },
}

/// The first sixteen digits of a text's SHA-256.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Something that generated code depends on: the schema, the table or type, the kind of thing in it, the
/// thing's name, and what is said of it. The first four tell it from any other.
pub type Fact = [String; 5];

/// The fingerprint of what code depends on.
pub fn fingerprint(facts: &[Fact]) -> String {
    hash(&facts.iter().flatten().flat_map(|text| [text.as_str(), "\n"]).collect::<String>())
}

impl Snapshot {
    /// Whether both hold the same objects, whatever is known of files of SQL.
    pub(crate) fn describes_same(&self, other: &Self) -> bool {
        self.extensions == other.extensions
            && self.schemas == other.schemas
            && self.types == other.types
            && self.sequences == other.sequences
            && self.functions == other.functions
            && self.tables == other.tables
    }

    /// The snapshot of a schema.
    pub fn of(schema: &Schema) -> Self {
        let used = used_types(schema);
        let qualified = |namespace: Id<schema::Namespace>| {
            schema.namespaces().nth(namespace.index()).map(|row| row.row().name.clone()).unwrap_or_default()
        };
        Self {
            about: format!("{MARK}: do not edit; run `cargo xtask codegen`"),
            format: FORMAT,
            server: schema.server.version_number / 10_000,
            checksum: String::new(),
            extensions: schema.extensions().map(|row| Extension { name: row.name.clone(), schema: row.schema.clone() }).collect(),
            schemas: schema
                .namespaces()
                .map(|row| Namespace {
                    name: row.name.clone(),
                    owner: row.owner.clone(),
                    comment: row.comment.clone(),
                    grants: row.grants.clone(),
                })
                .collect(),
            types: schema.types().filter(|kind| used.contains(&kind.id())).map(type_of).collect(),
            sequences: schema
                .sequences()
                .map(|row| Sequence {
                    schema: qualified(row.namespace),
                    name: row.name.clone(),
                    r#type: row.type_text.clone(),
                    start: row.start,
                    increment: row.increment,
                    minimum: row.minimum,
                    maximum: row.maximum,
                    cycle: row.cycle,
                    owned_by: row.owned_by.map(|column| column_name(row.at(column))),
                    owner: row.owner.clone(),
                    grants: row.grants.clone(),
                })
                .collect(),
            functions: schema
                .functions()
                .map(|row| Function {
                    schema: qualified(row.namespace),
                    name: row.name.clone(),
                    arguments: row.arguments.clone(),
                    result: row.result.clone(),
                    language: row.language.clone(),
                    volatility: row.volatility.clone(),
                    security_definer: row.security_definer,
                    settings: row.settings.clone(),
                    // A function may hold what no file should: of its text, only that it changed is said.
                    body: hash(&row.source),
                    owner: row.owner.clone(),
                    comment: row.comment.clone(),
                    grants: row.grants.clone(),
                })
                .collect(),
            tables: schema.tables().map(table_of).collect(),
            queries: Vec::new(),
        }
    }

    /// The schema again: equal to the one that the snapshot is of, but for types that nothing uses,
    /// and versions.
    ///
    /// # Errors
    /// When a thing refers to one that is not there.
    pub fn schema(&self) -> Result<Schema, schema::DanglingRow> {
        Restoring::new(self).schema()
    }

    /// What the code for some tables depends on, in the words of
    /// [`verify_statement`](crate::introspect::verify_statement); sorted.
    pub fn facts(&self, is_generated: impl Fn(&str, &str) -> bool) -> Vec<Fact> {
        let fact = |of: (&str, &str), kind: &str, name: &str, fact: String| -> Fact {
            [of.0.to_owned(), of.1.to_owned(), kind.to_owned(), name.to_owned(), fact]
        };
        let types: BTreeMap<(&str, &str), &Type> =
            self.types.iter().map(|kind| ((kind.schema.as_str(), kind.name.as_str()), kind)).collect();
        let mut facts = Vec::new();
        for (name, kind) in types.iter().filter(|(_, kind)| kind.kind == "enum") {
            facts.push(fact(*name, "enum", "", format!("enum ({})", kind.labels.join(", "))));
        }
        for table in &self.tables {
            let of = (table.schema.as_str(), table.name.as_str());
            if !is_generated(of.0, of.1) {
                continue;
            }
            facts.push(fact(of, "table", "", String::new()));
            let is_view = table.kind.ends_with("view");
            for column in &table.columns {
                let (schema, name) = &column.type_name;
                let element =
                    types.get(&(schema.as_str(), name.as_str())).and_then(|kind| kind.of.as_ref().filter(|_| kind.kind == "array"));
                let kind = match element {
                    _ if schema == "pg_catalog" => column.r#type.clone(),
                    Some((schema, name)) => format!("{schema}.{name}[]"),
                    None => format!("{schema}.{name}"),
                };
                let not_null = if column.not_null && !is_view { " not null" } else { "" };
                facts.push(fact(of, "column", &column.name, format!("{kind}{not_null}")));
            }
            for (constraint, to) in
                table.constraints.iter().filter_map(|constraint| Some((constraint, constraint.references.as_ref()?)))
            {
                let (from, columns) = (constraint.columns.join(", "), to.columns.join(", "));
                let said = format!("foreign key ({from}) to {}.{} ({columns})", to.schema, to.table);
                facts.push(fact(of, "foreign key", &constraint.name, said));
            }
            for index in table.indexes.iter().filter(|index| index.unique && !index.invalid) {
                let keys: Vec<&str> = index.keys.iter().map(|key| key.column.as_deref().unwrap_or("an expression")).collect();
                let word = if index.primary { "primary key" } else { "unique index" };
                let some = if index.predicate.is_some() { " of some rows" } else { "" };
                facts.push(fact(of, "index", &index.name, format!("{word} ({}){some}", keys.join(", "))));
            }
        }
        facts.sort();
        facts
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = printed(self);
        let checksum = checksum_in(&text).unwrap_or_else(|| unreachable!("every snapshot has a checksum, and prints it"));
        text.replace_range(checksum.clone(), "");
        let sum = hash(&text);
        text.insert_str(checksum.start, &sum);
        text
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// See [`SnapshotError`].
    pub fn parse(path: &Path, text: &str) -> Result<Self, SnapshotError> {
        let path = path.to_owned();
        let is_mark = |line: &str| ["<<<<<<< ", "=======", ">>>>>>> ", "||||||| "].iter().any(|mark| line.starts_with(mark));
        if let Some(line) = text.lines().position(is_mark) {
            return Err(SnapshotError::Conflict { path, line: line + 1 });
        }
        let wrong = |path: PathBuf, error: &serde_json::Error| {
            if error.is_eof() {
                SnapshotError::Truncated { path, line: error.line() }
            } else {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default().to_owned();
                SnapshotError::Invalid { path, line: error.line(), column: error.column(), message }
            }
        };
        let head: Head = serde_json::from_str(text).map_err(|error| wrong(path.clone(), &error))?;
        if let Some(found) = head.format.as_u64().filter(|found| *found > u64::from(FORMAT)) {
            return Err(SnapshotError::Newer { path, found });
        }
        let snapshot: Self = serde_json::from_str(text).map_err(|error| wrong(path.clone(), &error))?;
        let mut text = text.replace("\r\n", "\n");
        let is_sealed = checksum_in(&text).is_some_and(|place| {
            text.replace_range(place, "");
            hash(&text) == snapshot.checksum
        });
        if is_sealed { Ok(snapshot) } else { Err(SnapshotError::Edited { path }) }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// See [`SnapshotError`].
    pub fn read(path: &Path) -> Result<Self, SnapshotError> {
        let text = std::fs::read_to_string(path).map_err(|source| SnapshotError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(path, &text)
    }
}

/// What is read of a file before anything else.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: Value,
}

/// Where the checksum stands in the text of a file.
fn checksum_in(text: &str) -> Option<std::ops::Range<usize>> {
    // Text of the database stands behind it, its quotes escaped.
    let name = "\n  \"checksum\": \"";
    let start = text.find(name)? + name.len();
    Some(start..start + text[start..].find('"')?)
}

/// JSON in which an object without lists of objects is one line.
fn printed(snapshot: &Snapshot) -> String {
    fn is_flat(value: &Value) -> bool {
        let has_objects = |value: &Value| match value {
            Value::Array(items) => items.iter().any(|item| item.is_object() && item.as_object().is_some_and(|item| item.len() > 4)),
            _ => false,
        };
        match value {
            Value::Object(fields) => !fields.values().any(has_objects),
            Value::Array(items) => !items.iter().any(Value::is_object),
            _ => true,
        }
    }
    fn write(text: &mut String, value: &Value, depth: usize) {
        let (open, close) = match value {
            Value::Object(_) => ('{', '}'),
            _ => ('[', ']'),
        };
        if depth > 0 && is_flat(value) {
            text.push_str(&value.to_string());
            return;
        }
        text.push(open);
        let indent = "  ".repeat(depth + 1);
        let mut between = "\n";
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let _ = write!(text, "{between}{indent}{}: ", Value::String(name.clone()));
                    write(text, value, depth + 1);
                    between = ",\n";
                }
            }
            Value::Array(items) => {
                for item in items {
                    let _ = write!(text, "{between}{indent}");
                    write(text, item, depth + 1);
                    between = ",\n";
                }
            }
            _ => {}
        }
        let _ = write!(text, "\n{}{close}", "  ".repeat(depth));
    }
    let value = serde_json::to_value(snapshot).unwrap_or_else(|error| unreachable!("names and texts are JSON: {error}"));
    let mut text = String::new();
    write(&mut text, &value, 0);
    text.push('\n');
    text
}

/// The types of the schemas that were read, and all that these and the columns use.
fn used_types(schema: &Schema) -> BTreeSet<Id<schema::Type>> {
    let read: BTreeSet<&str> = schema.namespaces().map(|namespace| namespace.row().name.as_str()).collect();
    let tables: BTreeSet<(&str, &str)> =
        schema.tables().map(|table| (table.namespace().row().name.as_str(), table.row().name.as_str())).collect();
    let mut waiting: Vec<Walker<'_, schema::Type>> = schema.columns().map(Walker::<schema::Column>::declared_type).collect();
    waiting.extend(schema.types().filter(|kind| {
        let row = kind.row();
        let is_own = match row.kind {
            TypeKind::Enum(_) | TypeKind::Domain { .. } | TypeKind::Range(_) => true,
            // A table's own row type goes without saying.
            TypeKind::Composite(_) => !tables.contains(&(row.schema.as_str(), row.name.as_str())),
            _ => false,
        };
        is_own && read.contains(row.schema.as_str()) && row.extension.is_none()
    }));
    let mut used = BTreeSet::new();
    while let Some(kind) = waiting.pop() {
        if used.insert(kind.id()) {
            match &kind.row().kind {
                TypeKind::Domain { base: of, .. } | TypeKind::Range(of) | TypeKind::Array(of) => waiting.push(kind.at(*of)),
                _ => {}
            }
        }
    }
    used
}

fn type_of(kind: Walker<'_, schema::Type>) -> Type {
    let row = kind.row();
    let name_of = |of: Id<schema::Type>| Some((kind.at(of).row().schema.clone(), kind.at(of).row().name.clone()));
    let mut of = Type {
        schema: row.schema.clone(),
        name: row.name.clone(),
        extension: row.extension.clone(),
        // What the system says of its own types is the server's.
        comment: row.comment.clone().filter(|_| row.schema != "pg_catalog"),
        ..Type::default()
    };
    let word = match &row.kind {
        TypeKind::Base => "base",
        TypeKind::Pseudo => "pseudo",
        TypeKind::Multirange => "multirange",
        TypeKind::Enum(labels) => {
            of.labels.clone_from(labels);
            "enum"
        }
        TypeKind::Domain { base, base_text, not_null, default, checks } => {
            of.of = name_of(*base);
            of.base = Some(base_text.clone());
            of.not_null = *not_null;
            of.default.clone_from(default);
            of.checks.clone_from(checks);
            "domain"
        }
        TypeKind::Composite(attributes) => {
            of.attributes.clone_from(attributes);
            "composite"
        }
        TypeKind::Range(subtype) => {
            of.of = name_of(*subtype);
            "range"
        }
        TypeKind::Array(element) => {
            of.of = name_of(*element);
            "array"
        }
    };
    word.clone_into(&mut of.kind);
    of
}

fn column_name(column: Walker<'_, schema::Column>) -> (String, String, String) {
    let table = column.table();
    (table.namespace().row().name.clone(), table.row().name.clone(), column.row().name.clone())
}

fn table_of(table: Walker<'_, schema::Table>) -> Table {
    let row = table.row();
    let table_name = |of: Id<schema::Table>| (table.at(of).namespace().row().name.clone(), table.at(of).row().name.clone());
    Table {
        schema: table.namespace().row().name.clone(),
        name: row.name.clone(),
        kind: row.kind.words().to_owned(),
        owner: row.owner.clone(),
        comment: row.comment.clone(),
        unlogged: row.unlogged,
        is_partition: row.is_partition,
        partition_key: row.partition_key.clone(),
        parents: row.parents.iter().map(|&parent| table_name(parent)).collect(),
        row_security: row.row_security,
        force_row_security: row.force_row_security,
        definition: row.definition.clone(),
        insertable: row.insertable,
        updatable: row.updatable,
        grants: row.grants.clone(),
        extension: row.extension.clone(),
        columns: table
            .columns()
            .map(|column| {
                let (row, kind) = (column.row(), column.declared_type().row());
                Column {
                    name: row.name.clone(),
                    r#type: row.type_text.clone(),
                    type_name: (kind.schema.clone(), kind.name.clone()),
                    modifier: Some(row.type_modifier).filter(|modifier| *modifier != -1),
                    not_null: row.not_null,
                    default: row.default.clone(),
                    generation: row.generation,
                    collation: row.collation.clone(),
                    comment: row.comment.clone(),
                    grants: row.grants.clone(),
                    unreadable: !row.readable,
                    origin: row.origin.map(|origin| column_name(column.at(origin))),
                }
            })
            .collect(),
        constraints: table.constraints().map(constraint_of).collect(),
        indexes: table.indexes().map(index_of).collect(),
        policies: table
            .policies()
            .map(|policy| {
                let row = policy.row();
                Policy {
                    name: row.name.clone(),
                    command: row.command.clone(),
                    restrictive: !row.permissive,
                    roles: row.roles.clone(),
                    using: row.using.clone(),
                    check: row.check.clone(),
                }
            })
            .collect(),
        triggers: table
            .triggers()
            .map(|trigger| Trigger {
                name: trigger.name.clone(),
                definition: trigger.definition.clone(),
                enabled: trigger.enabled.clone(),
            })
            .collect(),
    }
}

fn names_of<T>(at: Walker<'_, T>, columns: &[Id<schema::Column>]) -> Vec<String> {
    columns.iter().map(|&column| at.at(column).row().name.clone()).collect()
}

fn constraint_of(constraint: Walker<'_, schema::Constraint>) -> Constraint {
    let row = constraint.row();
    let (kind, references) = match &row.kind {
        ConstraintKind::PrimaryKey => ("primary key", None),
        ConstraintKind::Unique => ("unique", None),
        ConstraintKind::Check => ("check", None),
        ConstraintKind::Exclusion => ("exclusion", None),
        ConstraintKind::ForeignKeyOutside => ("foreign key outside", None),
        ConstraintKind::ForeignKey { references, table, on_delete, on_update, set_columns } => {
            let table = constraint.at(*table);
            let said = |action: Action| Some(action).filter(|action| *action != Action::NoAction);
            let references = References {
                schema: table.namespace().row().name.clone(),
                table: table.row().name.clone(),
                columns: names_of(constraint, references),
                on_delete: said(*on_delete),
                on_update: said(*on_update),
                set_columns: names_of(constraint, set_columns),
            };
            ("foreign key", Some(references))
        }
    };
    Constraint {
        name: row.name.clone(),
        kind: kind.to_owned(),
        columns: names_of(constraint, &row.columns),
        references,
        definition: row.definition.clone(),
        deferrable: row.deferrable,
        deferred: row.deferred,
        not_valid: !row.validated,
        comment: row.comment.clone(),
    }
}

fn index_of(index: Walker<'_, schema::Index>) -> Index {
    let row = index.row();
    let key = |key: &schema::IndexKey| Key {
        column: key.column.map(|column| index.at(column).row().name.clone()),
        text: key.text.clone(),
        descending: key.descending,
        nulls_first: key.nulls_first,
    };
    Index {
        name: row.name.clone(),
        method: row.method.clone(),
        unique: row.unique,
        primary: row.primary,
        nulls_not_distinct: row.nulls_not_distinct,
        invalid: !row.valid,
        keys: row.keys.iter().map(key).collect(),
        included: names_of(index, &row.included),
        predicate: row.predicate.clone(),
        definition: row.definition.clone(),
        comment: row.comment.clone(),
    }
}

/// Gives names the numbers that the builder asks for.
struct Restoring<'s> {
    snapshot: &'s Snapshot,
    namespaces: BTreeMap<&'s str, Oid>,
    types: BTreeMap<(&'s str, &'s str), Oid>,
    tables: BTreeMap<(&'s str, &'s str), (Oid, Numbers<'s>)>,
}

/// The numbers of a table's columns.
type Numbers<'s> = BTreeMap<&'s str, i16>;

/// What no thing has as its number: the builder says that it is not there.
const MISSING: Oid = Oid::MAX;

fn numbered<T>(items: &[T]) -> impl Iterator<Item = (Oid, &T)> {
    (1..).zip(items)
}

impl<'s> Restoring<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        let columns = |table: &'s Table| (1..).zip(&table.columns).map(|(number, column)| (column.name.as_str(), number)).collect();
        Self {
            snapshot,
            namespaces: numbered(&snapshot.schemas).map(|(oid, row)| (row.name.as_str(), oid)).collect(),
            types: numbered(&snapshot.types).map(|(oid, row)| ((row.schema.as_str(), row.name.as_str()), oid)).collect(),
            tables: numbered(&snapshot.tables)
                .map(|(oid, row)| ((row.schema.as_str(), row.name.as_str()), (oid, columns(row))))
                .collect(),
        }
    }

    fn namespace(&self, name: &str) -> Oid {
        self.namespaces.get(name).copied().unwrap_or(MISSING)
    }

    fn type_oid(&self, name: &Name) -> Oid {
        self.types.get(&(name.0.as_str(), name.1.as_str())).copied().unwrap_or(MISSING)
    }

    fn table(&self, schema: &str, name: &str) -> Oid {
        self.tables.get(&(schema, name)).map_or(MISSING, |(oid, _)| *oid)
    }

    fn column(&self, schema: &str, table: &str, column: &str) -> i16 {
        self.tables.get(&(schema, table)).and_then(|(_, columns)| columns.get(column)).copied().unwrap_or(i16::MAX)
    }

    fn place(&self, (schema, table, column): &(String, String, String)) -> (Oid, i16) {
        (self.table(schema, table), self.column(schema, table, column))
    }

    fn schema(&self) -> Result<Schema, schema::DanglingRow> {
        let snapshot = self.snapshot;
        let mut builder = SchemaBuilder {
            server: Server { version_number: snapshot.server * 10_000, version: snapshot.server.to_string() },
            ..SchemaBuilder::default()
        };
        builder.namespaces = numbered(&snapshot.schemas)
            .map(|(oid, row)| {
                let Namespace { name, owner, comment, grants } = row.clone();
                (oid, schema::Namespace { name, owner, comment, grants })
            })
            .collect();
        builder.types = numbered(&snapshot.types).map(|(oid, row)| self.new_type(oid, row)).collect();
        builder.extensions = snapshot
            .extensions
            .iter()
            .map(|row| schema::Extension { name: row.name.clone(), version: String::new(), schema: row.schema.clone() })
            .collect();
        builder.functions = snapshot
            .functions
            .iter()
            .map(|row| NewFunction {
                namespace: self.namespace(&row.schema),
                row: schema::Function {
                    name: row.name.clone(),
                    arguments: row.arguments.clone(),
                    result: row.result.clone(),
                    language: row.language.clone(),
                    volatility: row.volatility.clone(),
                    security_definer: row.security_definer,
                    settings: row.settings.clone(),
                    source: row.body.clone(),
                    owner: row.owner.clone(),
                    comment: row.comment.clone(),
                    grants: row.grants.clone(),
                    ..schema::Function::default()
                },
            })
            .collect();
        builder.sequences = snapshot
            .sequences
            .iter()
            .map(|row| NewSequence {
                namespace: self.namespace(&row.schema),
                owned_by: row.owned_by.as_ref().map(|owner| self.place(owner)),
                row: schema::Sequence {
                    name: row.name.clone(),
                    type_text: row.r#type.clone(),
                    start: row.start,
                    increment: row.increment,
                    minimum: row.minimum,
                    maximum: row.maximum,
                    cycle: row.cycle,
                    owner: row.owner.clone(),
                    grants: row.grants.clone(),
                    ..schema::Sequence::default()
                },
            })
            .collect();
        for (oid, table) in numbered(&snapshot.tables) {
            self.add_table(&mut builder, oid, table);
        }
        builder.finish()
    }

    fn new_type(&self, oid: Oid, row: &Type) -> NewType {
        let kind = match row.kind.as_str() {
            "enum" => "e",
            "domain" => "d",
            "composite" => "c",
            "range" => "r",
            "multirange" => "m",
            "array" => "A",
            "pseudo" => "p",
            _ => "b",
        };
        NewType {
            oid,
            schema: row.schema.clone(),
            name: row.name.clone(),
            kind: kind.to_owned(),
            of: row.of.as_ref().map_or(0, |of| self.type_oid(of)),
            base_text: row.base.clone(),
            not_null: row.not_null,
            default: row.default.clone(),
            labels: row.labels.clone(),
            attributes: row.attributes.clone(),
            checks: row.checks.clone(),
            extension: row.extension.clone(),
            comment: row.comment.clone(),
        }
    }

    fn add_table(&self, builder: &mut SchemaBuilder, oid: Oid, table: &Table) {
        let kinds = [TableKind::Ordinary, TableKind::Partitioned, TableKind::View, TableKind::MaterializedView, TableKind::Foreign];
        let kind = kinds.into_iter().find(|kind| kind.words() == table.kind).unwrap_or(TableKind::Ordinary);
        let mut new = NewTable::new(oid, self.namespace(&table.schema), &table.name, kind);
        new.parents = table.parents.iter().map(|(schema, name)| self.table(schema, name)).collect();
        new.row.owner.clone_from(&table.owner);
        new.row.comment.clone_from(&table.comment);
        new.row.unlogged = table.unlogged;
        new.row.is_partition = table.is_partition;
        new.row.partition_key.clone_from(&table.partition_key);
        new.row.row_security = table.row_security;
        new.row.force_row_security = table.force_row_security;
        new.row.definition.clone_from(&table.definition);
        new.row.insertable = table.insertable;
        new.row.updatable = table.updatable;
        new.row.grants.clone_from(&table.grants);
        new.row.extension.clone_from(&table.extension);
        builder.tables.push(new);
        let numbers =
            |columns: &[String]| columns.iter().map(|name| self.column(&table.schema, &table.name, name)).collect::<Vec<_>>();
        for (number, column) in (1..).zip(&table.columns) {
            builder.columns.push(NewColumn {
                table: oid,
                number,
                name: column.name.clone(),
                type_oid: self.type_oid(&column.type_name),
                type_text: column.r#type.clone(),
                type_modifier: column.modifier.unwrap_or(-1),
                not_null: column.not_null,
                default: column.default.clone(),
                generation: column.generation,
                collation: column.collation.clone(),
                comment: column.comment.clone(),
                grants: column.grants.clone(),
                readable: !column.unreadable,
                origin: column.origin.as_ref().map(|origin| self.place(origin)),
            });
        }
        for constraint in &table.constraints {
            let references = constraint.references.as_ref();
            let foreign = |columns: &[String]| {
                let of = references.map(|of| (of.schema.as_str(), of.table.as_str())).unwrap_or_default();
                columns.iter().map(|name| self.column(of.0, of.1, name)).collect::<Vec<_>>()
            };
            let kind = match constraint.kind.as_str() {
                "primary key" => "p",
                "unique" => "u",
                "exclusion" => "x",
                "foreign key" | "foreign key outside" => "f",
                _ => "c",
            };
            builder.constraints.push(NewConstraint {
                table: oid,
                name: constraint.name.clone(),
                kind: kind.to_owned(),
                columns: numbers(&constraint.columns),
                foreign_table: references.map_or(0, |of| self.table(&of.schema, &of.table)),
                foreign_columns: references.map(|of| foreign(&of.columns)).unwrap_or_default(),
                on_delete: references.and_then(|of| of.on_delete).unwrap_or(Action::NoAction),
                on_update: references.and_then(|of| of.on_update).unwrap_or(Action::NoAction),
                set_columns: references.map(|of| numbers(&of.set_columns)).unwrap_or_default(),
                definition: constraint.definition.clone(),
                deferrable: constraint.deferrable,
                deferred: constraint.deferred,
                validated: !constraint.not_valid,
                comment: constraint.comment.clone(),
            });
        }
        for index in &table.indexes {
            let keys = index.keys.iter().map(|key| key.column.as_ref().map_or(0, |name| numbers(std::slice::from_ref(name))[0]));
            builder.indexes.push(NewIndex {
                table: oid,
                name: index.name.clone(),
                method: index.method.clone(),
                unique: index.unique,
                primary: index.primary,
                nulls_not_distinct: index.nulls_not_distinct,
                valid: !index.invalid,
                columns: keys.chain(numbers(&index.included)).collect(),
                key_length: index.keys.len(),
                options: index.keys.iter().map(|key| i16::from(key.descending) | i16::from(key.nulls_first) << 1).collect(),
                texts: index.keys.iter().map(|key| key.text.clone()).collect(),
                predicate: index.predicate.clone(),
                definition: index.definition.clone(),
                comment: index.comment.clone(),
            });
        }
        for policy in &table.policies {
            let Policy { name, command, restrictive, roles, using, check } = policy.clone();
            builder.policies.push(NewPolicy { table: oid, name, command, permissive: !restrictive, roles, using, check });
        }
        for trigger in &table.triggers {
            let Trigger { name, definition, enabled } = trigger.clone();
            builder.triggers.push(NewTrigger { table: oid, name, definition, enabled });
        }
    }
}
