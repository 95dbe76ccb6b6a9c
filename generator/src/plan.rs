//! Every Rust name, type and path, decided once.
//!
//! A tree of plain structs with public fields: `render` looks nothing up, and knows no schema.

mod code;
mod document;
mod effects;
mod features;
pub(crate) mod name;
mod partitions;
mod queries;
mod relations;
mod types;
mod wish;
mod writes;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::{Deref, DerefMut},
    path::Path,
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use toml::Spanned;

pub use self::code::{Code, Ident};
pub use self::features::Feature;
pub use self::partitions::PartitionsPlan;
pub use self::queries::{
    Argument, Form, Part, PartPiece, QueryFilePlan, QueryFolderPlan, QueryPlan, Reading, RowField, RowPlan, queries,
};
pub use self::relations::{Cardinality, Hop, RelationPlan};
pub use self::types::{ColumnType, Parameter};
use self::wish::{Rules, Wanted};
pub use self::writes::{ListPlan, LookupPart, PartialLookup, ScanPlan, ViolationPlan, Writes};
pub(crate) use self::{
    document::code,
    name::{sql as sql_name, sql_string},
    queries::{queries_and_mistakes, sql_constant},
    types::builtin,
};
use crate::{
    config::{Access, Config, Place, UnknownLabels, closest, listed},
    group::{Domains, Membership},
    parallel::parallel,
    schema::{Column, Constraint, ConstraintKind, Generation, Id, Index, Schema, Table, Type, TypeKind, Walker},
    sql::File,
    toml_text,
};

/// What will be generated.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The domain modules, by name.
    pub domains: Vec<DomainPlan>,
    /// The enums, by schema.
    pub enums: Vec<EnumSchemaPlan>,
    /// What is left out or carried as text, and why.
    pub warnings: Vec<Warning>,
    /// Derive `Serialize` and `Deserialize`.
    pub serde: bool,
    /// The functions from files of SQL, by folder.
    pub queries: Vec<QueryFolderPlan>,
    /// The domains as features of cargo, where codegen.toml asks for them.
    pub features: Option<Vec<Feature>>,
}

/// Something that the user should know of: never dropped in silence, an error under `--strict`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    /// The object: `schema.table.column`.
    pub object: String,
    /// What, why, and the cure.
    pub message: String,
    /// codegen.toml asks for it: no error under `--strict`.
    #[serde(default)]
    pub is_deliberate: bool,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.object, self.message)
    }
}

/// A domain module.
#[derive(Clone, Debug, Hash)]
pub struct DomainPlan {
    /// The name in codegen.toml.
    pub name: String,
    /// The module.
    pub module: Ident,
    /// Its entities, by module name.
    pub entities: Vec<EntityPlan>,
}

/// The enums of one schema.
#[derive(Clone, Debug, Hash)]
pub struct EnumSchemaPlan {
    /// The schema.
    pub schema: String,
    /// The module.
    pub module: Ident,
    /// The enums, by module name.
    pub enums: Vec<EnumPlan>,
}

/// An enum.
#[derive(Clone, Debug, Hash)]
pub struct EnumPlan {
    /// The file's module.
    pub module: Ident,
    /// The type.
    pub ident: Ident,
    /// The qualified name.
    pub name: String,
    /// The qualified name as SQL between its outer quotes: `auth"."aal_level`.
    pub sql: String,
    /// Documentation, a line each.
    pub docs: Vec<String>,
    /// Label and variant, in the order of the database.
    pub variants: Vec<(String, Ident)>,
    /// The variant that keeps labels which this code does not know.
    pub unknown: Option<Ident>,
    /// Extra derives.
    pub derives: Vec<Code>,
}

/// A table or view.
#[derive(Clone, Debug, Hash)]
pub struct EntityPlan {
    /// The module in its domain.
    pub module: Ident,
    /// The name in preludes.
    pub alias: Ident,
    /// The schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// The qualified name as SQL between its outer quotes: `auth"."users`.
    pub sql: String,
    /// `table`, `view`, …
    pub kind: &'static str,
    /// Documentation, a line each.
    pub docs: Vec<String>,
    /// Why it cannot be written, where it cannot.
    pub read_only: Option<String>,
    /// The columns, in order.
    pub fields: Vec<FieldPlan>,
    /// The key's fields, in the key's order, as positions in `fields`; all of them where there is no key.
    pub key: Vec<usize>,
    /// How the key stands in Rust.
    pub key_form: KeyForm,
    /// The database makes the key (a sequence or an identity).
    pub auto_increment: bool,
    /// The relations, by name.
    pub relations: Vec<RelationPlan>,
    /// The sets of columns that identify a row, the primary key first.
    pub lookups: Vec<Lookup>,
    /// The lookups by unique indexes on expressions, or on some rows only.
    pub partial_lookups: Vec<PartialLookup>,
    /// The lists that an index serves.
    pub lists: Vec<ListPlan>,
    /// The lists that codegen.toml asks for though no index serves them.
    pub scans: Vec<ScanPlan>,
    /// What can be written, unless nothing can.
    pub writes: Option<Writes>,
    /// Extra derives.
    pub derives: Vec<Code>,
}

/// How a key stands in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyForm {
    /// One of SeaORM's tuples.
    Tuple,
    /// Values without static types: more than twelve, or of a type that SeaORM takes in no key.
    Values,
    /// The table has no key.
    None,
}

/// A function that finds a row by a set of columns that identify it.
#[derive(Clone, Debug, Hash)]
pub struct Lookup {
    /// `id`, or `provider_id_and_provider`.
    pub name: String,
    /// The fields, as positions.
    pub fields: Vec<usize>,
    /// The constraint or index that guarantees it.
    pub docs: String,
    /// An index or constraint guarantees it; what codegen.toml declares is a promise.
    pub is_enforced: bool,
}

/// A column.
#[derive(Clone, Debug, Hash)]
pub struct FieldPlan {
    /// The field.
    pub ident: Ident,
    /// The variant of `Column`.
    pub variant: Ident,
    /// The column.
    pub column: String,
    /// How it travels.
    pub data_type: ColumnType,
    /// The field's type, with `Option` where the column can hold NULL.
    pub rust: Code,
    /// The column cannot hold NULL.
    pub required: bool,
    /// The column alone identifies a row.
    pub unique: bool,
    /// The server computes it: it is read, and never written.
    pub computed: bool,
    /// Documentation, a line each.
    pub docs: Vec<String>,
}

impl FieldPlan {
    /// Whether the Rust type is the `Array` of the entities crate.
    pub fn is_array(&self) -> bool {
        self.data_type.rust.is_named("Array")
    }
}

impl EntityPlan {
    /// The fields of the key, in the key's order.
    pub fn key_fields(&self) -> impl Iterator<Item = &FieldPlan> {
        self.key.iter().map(|&position| &self.fields[position])
    }

    /// The keys on which a row can be written over, and the fields that are.
    pub fn upserts(&self) -> Vec<(&Lookup, Vec<usize>)> {
        let lookups = self.lookups.iter().filter(|lookup| lookup.is_enforced && self.key_form == KeyForm::Tuple);
        lookups
            .filter_map(|lookup| {
                let said = self.writes.iter().flat_map(|writes| writes.required.iter().chain(&writes.optional)).copied();
                let updated: Vec<usize> =
                    said.filter(|position| !lookup.fields.contains(position) && !self.key.contains(position)).collect();
                (!updated.is_empty()).then_some((lookup, updated))
            })
            .collect()
    }

    /// What a type of the query crate is called after the entity: `NewUsers`, `UsersChanges`, …
    pub fn named(&self, before: &str, after: &str) -> Ident {
        Ident::new(&format!("{before}{}{after}", self.alias.text().trim_start_matches("r#").trim_end_matches('_')))
    }
}

/// A complaint about names, types or declarations.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// codegen.toml names something that the database lacks.
    #[error("{place}: there is no {kind} {}{}", listed(.names), cure(.suggestion.as_deref(), .existing))]
    Unknown {
        /// Where.
        place: Place,
        /// What kind of thing.
        kind: &'static str,
        /// The name; several where a pattern stands for several tables.
        names: Vec<String>,
        /// The nearest there is.
        suggestion: Option<String>,
        /// What there is instead, where that can be listed.
        existing: Vec<String>,
    },
    /// A value in codegen.toml is not what it should be.
    #[error("{place}: {message}")]
    Invalid {
        /// Where.
        place: Place,
        /// What, and the cure.
        message: String,
    },
}

impl PlanError {
    /// Where codegen.toml says it.
    pub fn place(&self) -> &Place {
        match self {
            Self::Unknown { place, .. } | Self::Invalid { place, .. } => place,
        }
    }
}

fn cure(suggestion: Option<&str>, existing: &[String]) -> String {
    let meant = suggestion.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    let between = if suggestion.is_some() { " There are" } else { "; there are" };
    let there = if existing.is_empty() { String::new() } else { format!("{between} {}", listed(existing)) };
    format!("{meant}{there}")
}

/// Decides everything.
///
/// # Errors
/// All complaints at once.
pub fn plan(schema: &Schema, domains: &Domains, config: &Config) -> Result<Plan, Vec<PlanError>> {
    let (plan, errors) = plan_and_errors(schema, domains, config);
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

/// As [`plan`], with the settings that do not fit the database left out.
pub(crate) fn plan_and_errors(schema: &Schema, domains: &Domains, config: &Config) -> (Plan, Vec<PlanError>) {
    let mut planner = Planner::new(schema, domains, config);
    planner.check_config();
    let enums = planner.enums();
    let tables: Vec<_> = schema.tables().collect();
    let of_tables = parallel(&tables, |table| {
        let mut planner = planner.of_one_table();
        (planner.entity(*table), planner.errors, planner.warnings)
    });
    let mut entities = Vec::with_capacity(of_tables.len());
    for (entity, errors, warnings) in of_tables {
        entities.push(entity);
        planner.errors.extend(errors);
        planner.warnings.extend(warnings);
    }
    let relations = planner.relations();
    for (entity, relations) in entities.iter_mut().zip(relations) {
        if let Some(entity) = entity {
            entity.relations = relations;
        }
    }
    let mut domains: Vec<DomainPlan> = domains
        .domains
        .iter()
        .zip(&planner.domain_modules)
        .map(|(domain, module)| {
            let mut inside: Vec<EntityPlan> = domain.tables.iter().filter_map(|table| entities[table.index()].take()).collect();
            inside.sort_by(|left, right| left.module.cmp(&right.module));
            DomainPlan { name: domain.name.clone(), module: name::ident(module), entities: inside }
        })
        .collect();
    planner.check_effects();
    let features = config.domain_features.then(|| {
        let (features, warnings) = features::Graph::of(&domains).apply(&mut domains);
        planner.warnings.extend(warnings);
        features
    });
    planner.warnings.sort();
    planner.warnings.dedup();
    let plan = Plan { domains, enums, warnings: planner.warnings, serde: config.serde, queries: Vec::new(), features };
    (plan, once(planner.errors))
}

/// Each mistake once, whatever the number of tables that have it.
fn once(errors: Vec<PlanError>) -> Vec<PlanError> {
    let mut all = Vec::<PlanError>::new();
    for error in errors {
        if all.iter().any(|known| known.to_string() == error.to_string()) {
            continue;
        }
        let same = |known: &&mut PlanError| match (known, &error) {
            (PlanError::Unknown { place, kind, .. }, PlanError::Unknown { place: other, kind: other_kind, .. }) => {
                place == other && kind == other_kind
            }
            _ => false,
        };
        match (all.iter_mut().find(same), &error) {
            (Some(PlanError::Unknown { names, .. }), PlanError::Unknown { names: more, .. }) => names.extend_from_slice(more),
            _ => all.push(error),
        }
    }
    all
}

/// Two names as SQL between the outer quotes: `auth"."users`.
fn between_quotes(schema: &str, name: &str) -> String {
    format!("{}\".\"{}", schema.replace('"', "\"\""), name.replace('"', "\"\""))
}

/// The columns that the role may read.
fn readable(table: Walker<'_, Table>) -> impl Iterator<Item = Walker<'_, Column>> {
    table.columns().filter(|column| column.row().readable)
}

/// The sets of readable columns that identify a row.
fn unique_keys(table: Walker<'_, Table>) -> Vec<Vec<Id<Column>>> {
    table.unique_keys().into_iter().filter(|set| set.iter().all(|&column| table.at(column).row().readable)).collect()
}

/// Folders of files of SQL that are no domain, though one has nearly that name: their functions would be in
/// a module of their own.
pub(crate) fn misnamed_folders(plan: &Plan, files: &[File]) -> Vec<Warning> {
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.path.parent()).collect();
    let domains = || plan.domains.iter().map(|domain| domain.name.as_str());
    let warning = |folder: &&Path| {
        let name = folder.file_name()?.to_string_lossy().into_owned();
        let meant = closest(&name, domains()).filter(|meant| *meant != name)?;
        let message =
            format!("`{name}` is not a domain; did you mean `{meant}`? Rename the folder, so that its functions join the domain's");
        Some(Warning { object: folder.display().to_string(), message, is_deliberate: false })
    };
    folders.iter().filter_map(warning).collect()
}

/// That a table has no such column, or none that the role may read.
fn unknown_column(place: Place, table: Walker<'_, Table>, wanted: &str) -> PlanError {
    let suggestion = closest(wanted, readable(table).map(|column| column.row().name.as_str())).map(str::to_owned);
    let existing = if suggestion.is_some() { Vec::new() } else { readable(table).map(|column| column.name.clone()).collect() };
    PlanError::Unknown { place, kind: "column", names: vec![format!("{}.{wanted}", table.qualified())], suggestion, existing }
}

/// The name of an index with its schema, which is its table's.
fn index_name(table: Walker<'_, Table>, index: &str) -> String {
    format!("{}.{index}", table.namespace().name)
}

/// Whether a unique index makes columns identify a row.
fn is_lookup_of(index: Walker<'_, Index>, columns: &[Id<Column>]) -> bool {
    let row = index.row();
    row.unique
        && row.valid
        && row.predicate.is_none()
        && row.keys.iter().map(|key| key.column).eq(columns.iter().copied().map(Some))
}

/// The path of a module of the entities crate.
fn path(modules: &[&Ident]) -> Code {
    Code::path(modules)
}

struct Planner<'a> {
    schema: &'a Schema,
    domains: &'a Domains,
    config: &'a Config,
    /// Complete before the first table is planned, and shared from then on.
    names: Arc<Names>,
    errors: Vec<PlanError>,
    warnings: Vec<Warning>,
}

/// The foreign keys that refer to a table, each with the table that it is of.
type Referring = BTreeMap<Id<Table>, Vec<(Id<Table>, Id<Constraint>)>>;

/// What is known of all tables before one of them is planned.
#[derive(Clone, Default)]
#[allow(clippy::struct_field_names, reason = "the names of enums are some of the names")]
struct Names {
    domain_modules: Vec<String>,
    /// The module of each table that is generated.
    table_modules: BTreeMap<Id<Table>, Ident>,
    /// What its entity is called in the prelude of its domain.
    aliases: BTreeMap<Id<Table>, Ident>,
    /// The fields of each column of such a table.
    fields: BTreeMap<Id<Column>, Ident>,
    variants: BTreeMap<Id<Column>, Ident>,
    /// The key of each table that has one.
    keys: BTreeMap<Id<Table>, Vec<Id<Column>>>,
    /// The module of the schema, the module of the file and the type of each enum.
    enum_names: BTreeMap<Id<Type>, (Ident, Ident, Ident)>,
    /// Columns whose NOT NULL a child of their table has dropped: the parent shows its rows.
    loosened: BTreeSet<Id<Column>>,
    /// Those of other tables.
    referring: Referring,
    /// The partitions and the inheritance children of each table.
    children: BTreeMap<Id<Table>, Vec<Id<Table>>>,
}

impl Deref for Planner<'_> {
    type Target = Names;

    fn deref(&self) -> &Names {
        &self.names
    }
}

impl DerefMut for Planner<'_> {
    fn deref_mut(&mut self) -> &mut Names {
        Arc::make_mut(&mut self.names)
    }
}

fn referring(schema: &Schema) -> Referring {
    let mut referring = Referring::new();
    for table in schema.tables() {
        for key in table.foreign_keys() {
            if let ConstraintKind::ForeignKey { table: to, .. } = key.row().kind
                && to != table.id()
            {
                referring.entry(to).or_default().push((table.id(), key.id()));
            }
        }
    }
    referring
}

fn children(schema: &Schema) -> BTreeMap<Id<Table>, Vec<Id<Table>>> {
    let mut children = BTreeMap::<_, Vec<_>>::new();
    for table in schema.tables() {
        for parent in &table.row().parents {
            children.entry(*parent).or_default().push(table.id());
        }
    }
    children
}

/// Before PostgreSQL 18 an inheritance child may drop the NOT NULL of its parent.
/// <https://www.postgresql.org/docs/current/ddl-inherit.html>
fn loosened(schema: &Schema) -> BTreeSet<Id<Column>> {
    let mut loosened = BTreeSet::new();
    for child in schema.tables().filter(|table| !table.is_partition) {
        let mut above = child.row().parents.clone();
        while let Some(parent) = above.pop() {
            let parent = child.at(parent);
            above.extend(&parent.row().parents);
            for column in parent.columns() {
                let inherited = child.columns().find(|inherited| inherited.row().name == column.row().name);
                if inherited.is_some_and(|inherited| !inherited.is_required()) {
                    loosened.insert(column.id());
                }
            }
        }
    }
    loosened
}

impl<'a> Planner<'a> {
    fn new(schema: &'a Schema, domains: &'a Domains, config: &'a Config) -> Self {
        let mut planner = Self {
            schema,
            domains,
            config,
            names: Arc::new(Names {
                loosened: loosened(schema),
                referring: referring(schema),
                children: children(schema),
                ..Names::default()
            }),
            errors: Vec::new(),
            warnings: Vec::new(),
        };
        planner.name_tables();
        planner.name_enums();
        planner
    }

    /// A planner that knows as much, and has said nothing yet.
    fn of_one_table(&self) -> Self {
        Self { names: Arc::clone(&self.names), errors: Vec::new(), warnings: Vec::new(), ..*self }
    }

    fn warn(&mut self, object: String, message: impl Into<String>) {
        self.warnings.push(Warning { object, message: message.into(), is_deliberate: false });
    }

    /// Looks up a setting by the qualified name of a thing.
    fn setting<V>(map: &'a BTreeMap<Spanned<String>, V>, qualified: &str) -> Option<&'a V> {
        map.iter().find(|(key, _)| key.get_ref() == qualified).map(|(_, value)| value)
    }

    fn name_tables(&mut self) {
        // The modules that the crates have of their own.
        let own = [
            "array",
            "enumeration",
            "enums",
            "fingerprint",
            "generated",
            "loader",
            "relation",
            "row",
            "runtime",
            "sea_orm",
            "statement",
            "table",
            "verify",
        ];
        let wanted: Vec<Vec<String>> = self
            .domains
            .domains
            .iter()
            .map(|domain| {
                let module = name::snake(&domain.name);
                vec![module.clone(), format!("{module}_domain")]
            })
            .collect();
        self.domain_modules = name::distinct(&wanted, &name::no_files(&own));

        for domain in &self.domains.domains {
            let mut tables = Vec::new();
            for &id in &domain.tables {
                let table = self.schema.tables().nth(id.index()).expect("a domain holds tables of the schema");
                if let Some(key) = self.key_of(table) {
                    self.keys.insert(id, key);
                }
                tables.push(table);
            }
            let config = self.config;
            let wanted: Vec<Wanted<'_>> = tables
                .iter()
                .map(|table| {
                    let module = name::snake(&table.name);
                    let of_schema = name::snake(&format!("{}_{}", table.namespace().name, table.name));
                    let of_kind = format!("{module}_{}", table.kind.words().replace(' ', "_"));
                    Wanted {
                        wish: Self::setting(&config.rename.tables, &table.qualified()),
                        thing: table.qualified(),
                        ladder: vec![module, of_schema, of_kind],
                    }
                })
                .collect();
            let alias = |module: &str| name::camel(&name::ident(module).to_string());
            let names = self.named(
                &Rules {
                    kind: "table",
                    taken: &name::no_files(&["prelude"]),
                    owner: "no module can have that name there",
                    derived: |module| name::camel(&name::ident(module).to_string()),
                },
                &wanted,
            );
            let wanted: Vec<Vec<String>> = names
                .iter()
                .zip(&tables)
                .map(|(module, table)| vec![alias(module), name::camel(&format!("{}_{module}", table.namespace().name))])
                .collect();
            let aliases = name::distinct(&wanted, &BTreeSet::new());
            for ((table, module), alias) in tables.iter().zip(names).zip(aliases) {
                self.table_modules.insert(table.id(), name::ident(&module));
                self.aliases.insert(table.id(), name::ident(&alias));
                self.name_columns(*table);
            }
        }
    }

    /// The columns that identify a row: the primary key, a declared key, or a unique index whose
    /// columns all refuse NULL.
    fn key_of(&mut self, table: Walker<'a, Table>) -> Option<Vec<Id<Column>>> {
        if let Some(key) = table.primary_key()
            && key.columns().all(|column| column.row().readable)
        {
            return Some(key.row().columns.clone());
        }
        let qualified = table.qualified();
        let declared = self
            .config
            .table_patterns()
            .into_iter()
            .find_map(|(_, pattern, setting)| setting.key.as_ref().filter(|_| pattern.matches(&qualified)));
        if let Some(declared) = declared {
            let mut key = Vec::new();
            let errors = self.errors.len();
            for wanted in declared.get_ref() {
                match readable(table).find(|column| column.name == *wanted) {
                    Some(column) => key.push(column.id()),
                    None => self.errors.push(unknown_column(self.config.place(declared), table, wanted)),
                }
            }
            return Some(key).filter(|key| !key.is_empty() && self.errors.len() == errors);
        }
        let unique = unique_keys(table).into_iter().find(|key| key.iter().all(|&column| table.at(column).is_required()));
        // A view is read-only in any case.
        if unique.is_none() && !table.kind.is_view() {
            let columns: Vec<String> = readable(table).take(1).map(|column| toml_text::string(&column.name)).collect();
            let cure = if columns.is_empty() {
                "give it a primary key".to_owned()
            } else {
                format!(
                    "name the columns that identify a row in codegen.toml: [tables.{}] key = [{}]",
                    toml_text::string(&toml_text::pattern(&qualified)),
                    columns.join(", ")
                )
            };
            self.warn(qualified.clone(), format!("read-only, because the {} has no key; {cure}", table.kind.words()));
        }
        unique
    }

    fn name_columns(&mut self, table: Walker<'a, Table>) {
        for column in table.columns().filter(|column| !column.row().readable) {
            self.warn(
                column.qualified(),
                "left out: the role may not read this column, though it may read others of the table; grant select on it, or run as \
                 another role",
            );
        }
        let columns: Vec<_> = readable(table).collect();
        let config = self.config;
        let wanted: Vec<Wanted<'_>> = columns
            .iter()
            .map(|column| Wanted {
                wish: Self::setting(&config.rename.columns, &column.qualified()),
                thing: column.qualified(),
                ladder: vec![name::snake(&column.name), format!("{}_column", name::snake(&column.name))],
            })
            .collect();
        let rules = Rules { kind: "column", taken: &BTreeSet::new(), owner: "", derived: name::camel };
        let fields = self.named(&rules, &wanted);
        let wanted: Vec<Vec<String>> =
            fields.iter().map(|field| vec![name::camel(field), format!("{}Column", name::camel(field))]).collect();
        let variants = name::distinct(&wanted, &BTreeSet::new());
        for ((column, field), variant) in columns.iter().zip(fields).zip(variants) {
            self.fields.insert(column.id(), name::ident(&field));
            self.variants.insert(column.id(), name::ident(&variant));
        }
    }

    fn name_enums(&mut self) {
        let enums: Vec<_> = self.generated_enums();
        let schemas: BTreeSet<String> = enums.iter().map(|(kind, _)| kind.row().schema.clone()).collect();
        let wanted: Vec<Vec<String>> =
            schemas.iter().map(|schema| vec![name::snake(schema), format!("{}_schema", name::snake(schema))]).collect();
        let modules = name::distinct(&wanted, &name::no_files(&[]));
        for (schema, module) in schemas.iter().zip(modules) {
            let inside: Vec<_> = enums.iter().filter(|(kind, _)| kind.row().schema == *schema).collect();
            let config = self.config;
            let wanted: Vec<Wanted<'_>> = inside
                .iter()
                .map(|(kind, _)| Wanted {
                    wish: Self::setting(&config.rename.enums, &kind.qualified()),
                    thing: kind.qualified(),
                    ladder: vec![name::camel(&kind.row().name), format!("{}Enum", name::camel(&kind.row().name))],
                })
                .collect();
            // Types that the derives name without a path.
            let known = ["Box", "Err", "None", "Ok", "Option", "Result", "Some", "String", "Vec"].map(str::to_owned);
            let types = self.named(
                &Rules {
                    kind: "enum",
                    taken: &BTreeSet::from(known),
                    owner: "the generated code means another type by that name",
                    derived: name::snake,
                },
                &wanted,
            );
            let wanted: Vec<Vec<String>> =
                types.iter().map(|kind| vec![name::snake(kind), format!("{}_enum", name::snake(kind))]).collect();
            // A name without cases is the same for both, and both are names of the schema's module.
            let taken: Vec<&str> = types.iter().map(String::as_str).collect();
            let files = name::distinct(&wanted, &name::no_files(&taken));
            for (((kind, _), ident), file) in inside.into_iter().zip(types).zip(files) {
                self.enum_names.insert(kind.id(), (name::ident(&module), name::ident(&file), name::ident(&ident)));
            }
        }
    }

    /// The enums of the schemas that were read, and those that a column of theirs uses.
    fn generated_enums(&self) -> Vec<(Walker<'a, Type>, &'a [String])> {
        let read: BTreeSet<&str> = self.schema.namespaces().map(|namespace| namespace.row().name.as_str()).collect();
        let mut used = BTreeSet::new();
        for column in self.schema.columns() {
            let base = column.declared_type().base();
            used.insert(match base.row().kind {
                TypeKind::Array(element) => column.at(element).base().id(),
                _ => base.id(),
            });
        }
        self.schema
            .types()
            .filter_map(|kind| match &kind.row().kind {
                // An enum without a label holds nothing: its columns travel as text, which is NULL.
                TypeKind::Enum(labels) if labels.is_empty() => None,
                TypeKind::Enum(labels)
                    if used.contains(&kind.id())
                        || (read.contains(kind.row().schema.as_str()) && kind.row().extension.is_none()) =>
                {
                    Some((kind, labels.as_slice()))
                }
                _ => None,
            })
            .collect()
    }

    fn enums(&mut self) -> Vec<EnumSchemaPlan> {
        let derives = self.paths(&self.config.derives.enums);
        let mut schemas = BTreeMap::<Ident, EnumSchemaPlan>::new();
        for (kind, labels) in self.generated_enums() {
            let (schema_module, module, ident) = self.enum_names[&kind.id()].clone();
            let qualified = kind.qualified();
            let config = self.config;
            let wanted: Vec<Wanted<'_>> = labels
                .iter()
                .map(|label| {
                    let (variant, thing) = (name::camel(label), format!("{qualified}.{label}"));
                    let ladder = vec![variant.clone(), format!("{variant}Label")];
                    Wanted { wish: Self::setting(&config.rename.variants, &thing), thing, ladder }
                })
                .collect();
            let unknown = match self.config.unknown_labels {
                UnknownLabels::Error => None,
                UnknownLabels::Variant => Some("Unknown".to_owned()),
            };
            let rules = Rules {
                kind: "enum label",
                taken: &unknown.iter().cloned().collect(),
                owner: "`unknown_labels` in codegen.toml asks for a variant of that name",
                derived: str::to_owned,
            };
            let variants = self.named(&rules, &wanted);
            let plan = EnumPlan {
                module,
                ident,
                name: qualified.clone(),
                sql: between_quotes(&kind.row().schema, &kind.row().name),
                docs: document::enumeration(kind, self.comment(&qualified, kind.row().comment.as_deref())),
                variants: labels.iter().cloned().zip(variants.iter().map(|variant| name::ident(variant))).collect(),
                unknown: unknown.as_deref().map(name::ident),
                derives: derives.clone(),
            };
            schemas
                .entry(schema_module.clone())
                .or_insert_with(|| EnumSchemaPlan { schema: kind.row().schema.clone(), module: schema_module, enums: Vec::new() })
                .enums
                .push(plan);
        }
        let mut schemas: Vec<EnumSchemaPlan> = schemas.into_values().collect();
        for schema in &mut schemas {
            schema.enums.sort_by(|left, right| left.module.cmp(&right.module));
        }
        schemas
    }

    fn comment(&self, qualified: &str, database: Option<&'a str>) -> Option<&'a str> {
        Self::setting(&self.config.comments, qualified).map(String::as_str).or(database)
    }

    fn paths(&mut self, texts: &[Spanned<String>]) -> Vec<Code> {
        let mut paths = Vec::new();
        for text in texts {
            match Code::parse::<syn::Path>(text.get_ref()) {
                Ok(path) => paths.push(path),
                Err(_) => self.errors.push(PlanError::Invalid {
                    place: self.config.place(text),
                    message: format!("`{}` is no path of a derive macro, such as `Hash` or `schemars::JsonSchema`", text.get_ref()),
                }),
            }
        }
        paths
    }

    /// Why generated code may not write the table.
    fn read_only(&self, table: Walker<'_, Table>) -> Option<String> {
        if table.kind.is_view() {
            return Some(format!("it is a {}", table.kind.words()));
        }
        let qualified = table.qualified();
        self.config
            .table_patterns()
            .into_iter()
            .find(|(_, pattern, setting)| setting.access == Access::ReadOnly && pattern.matches(&qualified))
            .map(|(_, _, setting)| setting.reason.clone().unwrap_or_else(|| "codegen.toml says so".to_owned()))
            .or_else(|| (!self.keys.contains_key(&table.id())).then(|| "it has no key".to_owned()))
    }

    fn entity(&mut self, table: Walker<'a, Table>) -> Option<EntityPlan> {
        let qualified = table.qualified();
        if let Membership::Extension(extension) = self.domains.of.of(table.id()) {
            self.warn(qualified.clone(), format!("left out: it belongs to the extension `{extension}`"));
        }
        if matches!(self.domains.of.of(table.id()), Membership::Skipped) {
            let patterns = self.config.table_patterns();
            let setting = patterns.iter().find(|(_, pattern, setting)| setting.skip && pattern.matches(&qualified));
            let reason = setting.and_then(|(_, _, setting)| setting.reason.as_deref());
            let because = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
            let message = format!("left out: codegen.toml says `skip = true`{because}");
            self.warnings.push(Warning { object: qualified.clone(), message, is_deliberate: true });
        }
        let module = self.table_modules.get(&table.id())?.clone();
        let declared = self.keys.get(&table.id()).cloned();
        let unique_keys = unique_keys(table);
        let columns: Vec<_> = readable(table).collect();
        let fields: Vec<FieldPlan> =
            columns.iter().map(|&column| self.field(column, declared.as_deref().unwrap_or_default(), &unique_keys)).collect();
        let position =
            |id: &Id<Column>| columns.iter().position(|column| column.id() == *id).expect("a key's columns are the table's");
        let mut sets: Vec<Vec<Id<Column>>> = declared.iter().cloned().collect();
        sets.extend(unique_keys.into_iter().filter(|set| Some(set) != declared.as_ref()));
        let sets: Vec<(Vec<usize>, Vec<Id<Column>>)> =
            sets.into_iter().map(|set| (set.iter().map(position).collect(), set)).collect();
        let config = self.config;
        let wanted: Vec<Wanted<'_>> = sets
            .iter()
            .map(|(positions, set)| {
                let wish = table
                    .indexes()
                    .filter(|index| is_lookup_of(*index, set))
                    .find_map(|index| Self::setting(&config.rename.lookups, &index_name(table, &index.row().name)));
                let ladder = vec![name::joined(positions.iter().map(|&position| &fields[position].ident))];
                Wanted { wish, thing: format!("{qualified} by {}", ladder[0]), ladder }
            })
            .collect();
        let names = self.named(&Rules::lookups(&BTreeSet::new()), &wanted);
        let lookups = sets
            .iter()
            .zip(names)
            .map(|((positions, set), name)| Lookup {
                name,
                fields: positions.clone(),
                docs: document::lookup(table, set),
                is_enforced: table.unique_keys().contains(set),
            })
            .collect();
        let key: Vec<Id<Column>> = declared.clone().unwrap_or_else(|| columns.iter().map(|column| column.id()).collect());
        let key_positions: Vec<usize> = key.iter().map(position).collect();
        let key_form = if declared.is_none() {
            KeyForm::None
        } else if key.len() > 12 || key_positions.iter().any(|&position| !fields[position].data_type.is_key) {
            KeyForm::Values
        } else {
            KeyForm::Tuple
        };
        let derives = self.paths(&self.config.derives.models);
        let auto_increment = match key.as_slice() {
            [only] if key_form == KeyForm::Tuple => {
                let column = table.at(*only).row();
                column.generation.is_some() || column.default.as_deref().is_some_and(|default| default.starts_with("nextval("))
            }
            _ => false,
        };
        let mut entity = EntityPlan {
            alias: self.aliases[&table.id()].clone(),
            module,
            schema: table.namespace().name.clone(),
            table: table.name.clone(),
            sql: between_quotes(&table.namespace().name, &table.name),
            kind: table.kind.words(),
            docs: document::table(
                table,
                self.comment(&qualified, table.row().comment.as_deref()),
                self.read_only(table).as_deref(),
            ),
            read_only: self.read_only(table),
            key: key_positions,
            key_form,
            auto_increment,
            fields,
            relations: Vec::new(),
            partial_lookups: Vec::new(),
            lists: Vec::new(),
            scans: Vec::new(),
            writes: None,
            lookups,
            derives,
        };
        entity.lists = Self::lists(&entity, table, &entity.lookups);
        entity.partial_lookups = self.partial_lookups(&entity, table);
        entity.scans = self.scans(&entity, table);
        entity.writes = self.writes(&entity, table);
        Some(entity)
    }

    fn field(&mut self, column: Walker<'a, Column>, key: &[Id<Column>], unique_keys: &[Vec<Id<Column>>]) -> FieldPlan {
        let qualified = column.qualified();
        let of_type =
            || column.declared_type().layers().find_map(|kind| Self::setting(&self.config.types.database, &kind.qualified()));
        let wish = Self::setting(&self.config.types.columns, &qualified).or_else(of_type);
        let overridden = wish.and_then(|wish| match (wish.get_ref().as_str(), Code::parse::<syn::Type>(wish.get_ref())) {
            ("text", _) => Some(types::Wish::Text),
            (_, Ok(rust)) => Some(types::Wish::Rust(rust)),
            (_, Err(_)) => {
                self.errors.push(PlanError::Invalid {
                    place: self.config.place(wish),
                    message: format!(
                        "`{}` is no Rust type; write a path such as `crate::Money`, or `text` for the server's own text",
                        wish.get_ref()
                    ),
                });
                None
            }
        });
        let enum_names = &self.enum_names;
        let data_type = types::column_type(
            column,
            |id| {
                let (schema, _, ident) = enum_names.get(&id)?;
                let enums = Ident::new("enums");
                Some(path(&[&enums, schema, ident]))
            },
            overridden,
        );
        // A key that is declared for a view is a promise that it holds no NULL.
        let required = column.is_required() && !self.loosened.contains(&column.id()) || key.contains(&column.id());
        let mut docs = document::column(column, self.comment(&qualified, column.row().comment.as_deref()));
        docs.extend(types::reading(column, &data_type).into_iter().flat_map(|note| [String::new(), note.to_owned()]));
        FieldPlan {
            ident: self.fields[&column.id()].clone(),
            variant: self.variants[&column.id()].clone(),
            column: column.name.clone(),
            rust: types::nullable(&data_type.rust, required),
            data_type,
            required,
            unique: unique_keys.iter().any(|set| *set == [column.id()]) && key != [column.id()],
            computed: matches!(column.generation, Some(Generation::Stored | Generation::Virtual | Generation::IdentityAlways)),
            docs,
        }
    }

    /// Every name that codegen.toml mentions must exist: a misspelt one would silently do nothing.
    fn check_config(&mut self) {
        let tables: BTreeSet<String> = self.schema.tables().map(Walker::<Table>::qualified).collect();
        let columns: BTreeSet<String> = self.schema.columns().map(Walker::<Column>::qualified).collect();
        let types: BTreeSet<String> = self.schema.types().map(Walker::<Type>::qualified).collect();
        let (mut enums, mut labels) = (BTreeSet::new(), BTreeSet::new());
        for (kind, of) in self.generated_enums() {
            labels.extend(of.iter().map(|label| format!("{}.{label}", kind.qualified())));
            enums.insert(kind.qualified());
        }
        let config = self.config;
        // A domain may name tables that come later: what it leaves out is a mistake by itself. But not what it excludes.
        let excluded = config.domains.values().flatten().filter(|pattern| pattern.get_ref().starts_with('!'));
        let patterns = [
            ("[tables]", config.tables.keys().collect::<Vec<_>>()),
            ("[domains]", excluded.collect()),
            ("small_tables", config.queries.small_tables.iter().collect()),
        ];
        for (list, pattern) in patterns.iter().flat_map(|(list, patterns)| patterns.iter().map(move |pattern| (list, *pattern))) {
            let matcher = config.compiled(pattern);
            if !tables.iter().any(|table| matcher.matches(table)) {
                let place = config.place(pattern);
                self.warn(
                    pattern.get_ref().clone(),
                    format!("no table matches this pattern of {list} ({place}); correct it, or remove it"),
                );
            }
        }
        let commented: BTreeSet<String> = [&tables, &columns, &enums].into_iter().flatten().cloned().collect();
        self.check("table", config.rename.tables.keys(), &tables);
        self.check("column", config.rename.columns.keys(), &columns);
        self.check("enum", config.rename.enums.keys(), &enums);
        self.check("enum label", config.rename.variants.keys(), &labels);
        self.check("column", config.types.columns.keys(), &columns);
        let indexes: BTreeSet<String> =
            self.schema.tables().flat_map(|table| table.indexes().map(move |index| index_name(table, &index.row().name))).collect();
        self.check("index", config.rename.lookups.keys(), &indexes);
        // A type of the system that no column has is not in the schema: see `check_types`.
        let others = config.types.database.keys().filter(|key| !key.get_ref().starts_with("pg_catalog."));
        self.check("column of the type", others, &types);
        self.check("table, column or enum", config.comments.keys(), &commented);
        let wishes = config
            .rename
            .tables
            .values()
            .chain(config.rename.columns.values())
            .chain(config.rename.relations.values())
            .chain(config.rename.enums.values())
            .chain(config.rename.lookups.values())
            .chain(config.rename.variants.values())
            .chain(config.relations.iter().flat_map(|relation| relation.name.iter().chain(&relation.inverse)));
        for wish in wishes.filter(|wish| !wish::is_rust_name(wish.get_ref())) {
            self.errors.push(PlanError::Invalid {
                place: config.place(wish),
                message: format!("`{}` is not a name in Rust; use letters, digits and `_`", wish.get_ref()),
            });
        }
    }

    fn check<'k>(&mut self, kind: &'static str, keys: impl Iterator<Item = &'k Spanned<String>>, known: &BTreeSet<String>) {
        for key in keys {
            if !known.contains(key.get_ref()) {
                let inside = key.get_ref().rsplit_once('.').map(|(of, _)| format!("{of}."));
                let suggestion = closest(key.get_ref(), known.iter().map(String::as_str)).map(str::to_owned);
                let beside = known.iter().filter(|name| inside.as_ref().is_some_and(|inside| name.starts_with(inside.as_str())));
                self.errors.push(PlanError::Unknown {
                    place: self.config.place(key),
                    kind,
                    names: vec![key.get_ref().clone()],
                    existing: if suggestion.is_some() { Vec::new() } else { beside.cloned().collect() },
                    suggestion,
                });
            }
        }
    }
}
