//! Functions from files of SQL.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use quote::quote;

use super::{Code, EntityPlan, Ident, Plan, Warning, code, features, name, types};
use crate::{
    config::{Access, Config, TableConfig},
    describe::{DescribedValue, Description, Run, TableName, ValueKind, ValueType},
    sql::{Command, File, Mistake, Piece, Statement},
    toml_text,
};

/// The functions of one folder of files.
#[derive(Clone, Debug, Hash)]
pub struct QueryFolderPlan {
    /// The module: that of the domain where the folder has a domain's name.
    pub module: Ident,
    /// The folder's name.
    pub name: String,
    /// Its files, by module.
    pub files: Vec<QueryFilePlan>,
}

/// The functions of one file.
#[derive(Clone, Debug, Hash)]
pub struct QueryFilePlan {
    /// The module.
    pub module: Ident,
    /// `folder/file.sql`
    pub source: String,
    /// The file, as messages say it.
    pub path: PathBuf,
    /// The functions, in the order of the file.
    pub functions: Vec<QueryPlan>,
    /// The features that it is there with, beside the folder's, where not always.
    pub features: Vec<String>,
}

/// A function that runs a statement.
#[derive(Clone, Debug, Hash)]
pub struct QueryPlan {
    /// The function.
    pub ident: Ident,
    /// `folder::file::function`, as traces say it.
    pub path: String,
    /// Documentation, a line each.
    pub docs: Vec<String>,
    /// What it gives.
    pub command: Command,
    /// The arguments, in order.
    pub arguments: Vec<Argument>,
    /// The SQL in parts.
    pub parts: Vec<Part>,
    /// The rows, unless nothing is read.
    pub result: Option<RowPlan>,
    /// The table's own type of errors, where one table is written.
    pub error: Option<Code>,
    /// The statement that asks the server whether it takes the SQL as it will be sent.
    pub check: String,
    /// The name of the statement in its file.
    pub statement: String,
    /// The tables and columns that the rows come from, as `schema.table` and `schema.table.column`.
    pub objects: Vec<String>,
}

/// An argument.
#[derive(Clone, Debug, Hash)]
pub struct Argument {
    /// Its name.
    pub ident: Ident,
    /// How its value is bound.
    pub form: Form,
    /// It may be NULL.
    pub nullable: bool,
    /// Parts of the statement depend on it.
    pub is_condition: bool,
}

/// How a value is bound.
#[derive(Clone, Debug, Hash)]
pub enum Form {
    /// Whether parts of the statement are there.
    Flag,
    /// A value that is copied.
    Copied(Code),
    /// `&str`
    Str,
    /// `&[u8]`
    Bytes,
    /// `&T`
    Reference(Code),
    /// An enum of the entities crate, bound by its label.
    Label(Code),
    /// `&[T]`, bound as an array.
    List(Code),
    /// A type that a comment asks for.
    Wish(Code),
}

impl Form {
    /// The type as text.
    pub fn text(&self) -> String {
        match self {
            Self::Flag => "bool".to_owned(),
            Self::Str => "str".to_owned(),
            Self::Bytes => "[u8]".to_owned(),
            Self::List(of) => format!("[{of}]"),
            Self::Copied(of) | Self::Reference(of) | Self::Label(of) | Self::Wish(of) => of.to_string(),
        }
    }
}

/// A part of the SQL.
#[derive(Clone, Debug, Hash)]
pub struct Part {
    /// The text, or the argument whose value stands here.
    pub piece: PartPiece,
    /// The arguments that it depends on.
    pub condition: Vec<usize>,
}

/// Text, or a value.
#[derive(Clone, Debug, Hash)]
pub enum PartPiece {
    /// SQL.
    Text(String),
    /// The value of an argument.
    Value(usize),
}

/// What a row is read into.
#[derive(Clone, Debug, Hash)]
pub enum RowPlan {
    /// The one column.
    Scalar(RowField),
    /// A struct of its own.
    Struct {
        /// The type.
        ident: Ident,
        /// The fields, in order.
        fields: Vec<RowField>,
    },
}

/// A field of a row.
#[derive(Clone, Debug, Hash)]
pub struct RowField {
    /// The field.
    pub ident: Ident,
    /// The column.
    pub column: String,
    /// The type.
    pub rust: Code,
    /// How it is read.
    pub reading: Reading,
}

/// How a field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// One column.
    Column,
    /// One column, by SeaORM's rules alone.
    Wish,
    /// The columns of a model.
    Model,
    /// The columns of a model that may not be there.
    ModelIfThere,
}

/// The constant that holds a function's SQL.
pub(crate) fn sql_constant(function: &Ident) -> Ident {
    // Function names differ, and stay different in capitals: they hold none.
    Ident::new(&name::plain(function).to_uppercase())
}

/// Types that a value of Rust is bound as, so that the server need not be told.
const NATURAL: &[&str] = &[
    "bool",
    "bytea",
    "date",
    "float4",
    "float8",
    "inet",
    "int2",
    "int4",
    "int8",
    "jsonb",
    "numeric",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "uuid",
];

/// Decides the functions of described files; a statement that was refused has no description, and
/// no function. The warnings are of tables that a comment lets a statement read from end to end.
///
/// # Errors
/// All mistakes at once.
pub fn queries(
    plan: &Plan,
    files: &[(&File, Vec<Option<Description>>)],
    config: &Config,
) -> Result<(Vec<QueryFolderPlan>, Vec<Warning>), Vec<Mistake>> {
    let (folders, warnings, mistakes) = queries_and_mistakes(plan, files, config);
    if mistakes.is_empty() { Ok((folders, warnings)) } else { Err(mistakes) }
}

/// As [`queries`], with the statements that have mistakes left aside.
pub(crate) fn queries_and_mistakes(
    plan: &Plan,
    files: &[(&File, Vec<Option<Description>>)],
    config: &Config,
) -> (Vec<QueryFolderPlan>, Vec<Warning>, Vec<Mistake>) {
    let mut planner = Planner::new(plan, config);
    let mut folders = BTreeMap::<String, Vec<(&File, &[Option<Description>])>>::new();
    for (file, descriptions) in files {
        let folder = file.path.parent().and_then(|folder| folder.file_name()).map(|name| name.to_string_lossy().into_owned());
        folders.entry(folder.unwrap_or_default()).or_default().push((file, descriptions));
    }
    let taken: BTreeSet<String> = ["runtime", "statement", "generated"]
        .into_iter()
        .map(str::to_owned)
        .chain(plan.domains.iter().map(|domain| name::plain(&domain.module)))
        .collect();
    let others: Vec<&String> = folders.keys().filter(|folder| !plan.domains.iter().any(|domain| domain.name == **folder)).collect();
    let wanted: Vec<Vec<String>> =
        others.iter().map(|folder| vec![name::snake(folder), format!("{}_queries", name::snake(folder))]).collect();
    let modules: BTreeMap<&String, String> = others.into_iter().zip(name::distinct(&wanted, &taken)).collect();
    let mut planned_folders = Vec::new();
    for (folder, files) in &folders {
        let domain = plan.domains.iter().find(|domain| domain.name == *folder);
        let module = domain.map_or_else(|| name::ident(&modules[folder]), |domain| domain.module.clone());
        let entities = domain.into_iter().flat_map(|domain| &domain.entities).map(|entity| name::plain(&entity.module));
        let taken: Vec<String> = entities.collect();
        let taken = name::no_files(&taken.iter().map(String::as_str).collect::<Vec<_>>());
        let stems: Vec<String> =
            files.iter().map(|(file, _)| file.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()).collect();
        let wanted: Vec<Vec<String>> =
            stems.iter().map(|stem| vec![name::snake(stem), format!("{}_queries", name::snake(stem))]).collect();
        let mut planned_files: Vec<QueryFilePlan> = files
            .iter()
            .zip(name::distinct(&wanted, &taken))
            .map(|((file, descriptions), file_module)| {
                let path = format!("{}::{file_module}", name::plain(&module));
                planner.file(file, descriptions, &name::ident(&file_module), &path)
            })
            .collect();
        planned_files.sort_by(|left, right| left.module.cmp(&right.module));
        planned_folders.push(QueryFolderPlan { module, name: folder.clone(), files: planned_files });
    }
    if plan.features.is_some() {
        features::Graph::of(&plan.domains).apply_to_queries(&mut planned_folders);
    }
    (planned_folders, planner.warnings, planner.mistakes)
}

struct Planner<'p> {
    config: &'p Config,
    /// The tables with the paths of their modules.
    entities: BTreeMap<TableName, (Code, &'p EntityPlan)>,
    /// The paths of the enums, by qualified name.
    enums: BTreeMap<&'p str, Code>,
    mistakes: Vec<Mistake>,
    warnings: Vec<Warning>,
}

impl<'p> Planner<'p> {
    fn new(plan: &'p Plan, config: &'p Config) -> Self {
        let entities = plan.domains.iter().flat_map(|domain| {
            domain.entities.iter().map(|entity| {
                let (domain, module) = (&domain.module, &entity.module);
                let table = TableName { schema: entity.schema.clone(), name: entity.table.clone() };
                (table, (Code::from(quote!(#domain::#module)), entity))
            })
        });
        let enums = plan.enums.iter().flat_map(|schema| {
            schema.enums.iter().map(|plan| {
                let (module, ident) = (&schema.module, &plan.ident);
                (plan.name.as_str(), Code::from(quote!(crate::enums::#module::#ident)))
            })
        });
        Self { config, entities: entities.collect(), enums: enums.collect(), mistakes: Vec::new(), warnings: Vec::new() }
    }

    fn file(&mut self, file: &File, descriptions: &[Option<Description>], module: &Ident, path: &str) -> QueryFilePlan {
        let wanted: Vec<Vec<String>> = file
            .statements
            .iter()
            .map(|statement| vec![name::snake(&statement.name), format!("{}_query", name::snake(&statement.name))])
            .collect();
        let names = name::distinct(&wanted, &BTreeSet::new());
        let functions = file
            .statements
            .iter()
            .zip(descriptions)
            .zip(names)
            .filter_map(|((statement, description), name)| {
                let before = self.mistakes.len();
                let planned = self.statement(file, statement, description.as_ref()?, &name, path);
                self.mistakes[before..].iter_mut().for_each(|mistake| mistake.statement = Some(statement.name.clone()));
                planned
            })
            .collect();
        QueryFilePlan { module: module.clone(), source: file.name(), path: file.path.clone(), functions, features: Vec::new() }
    }

    fn statement(
        &mut self,
        file: &File,
        statement: &Statement,
        description: &Description,
        function: &str,
        path: &str,
    ) -> Option<QueryPlan> {
        let before = self.mistakes.len();
        let mut wrong = |offset: usize, message: String| {
            self.mistakes.push(file.mistake(offset, format!("{}: {message}", statement.name)));
        };
        if !statement.is_named {
            wrong(statement.offset, "the statement has no name: write `-- name: the_name :many` above it".to_owned());
        } else if statement.command.is_none() {
            let message = format!("say what it returns: `-- name: {} :{}`", statement.name, description.command);
            wrong(statement.offset, message);
        }
        if description.params.len() != statement.parameters.len() {
            wrong(statement.offset, "write parameters as `:name`, not as `$1`".to_owned());
        }
        self.scans(file, statement, description);
        self.writes(file, statement, description);
        let reads = !matches!(description.command, Command::Exec | Command::Rows);
        let fields = if reads { self.fields(file, statement, description) } else { Vec::new() };
        if self.mistakes.len() > before {
            return None;
        }
        let arguments = self.arguments(statement, description);
        let casts: Vec<Option<String>> = description.params.iter().map(cast).collect();
        let selects: Vec<Option<String>> =
            description.columns.iter().enumerate().map(|(position, column)| self.select(description, position, column)).collect();
        let (front, back) = if reads { wrapped(description, &selects) } else { <(String, String)>::default() };
        let parts = parts(statement, &arguments, &casts, &front, &back);
        let check = check(statement, description, &casts, &front, &back);
        let result = reads.then(|| match <[RowField; 1]>::try_from(fields) {
            Ok([field]) => RowPlan::Scalar(field),
            Err(fields) => RowPlan::Struct { ident: Ident::new(&format!("{}Row", name::camel(function))), fields },
        });
        let error = description.target.as_ref().and_then(|table| self.entities.get(table)).and_then(|(path, entity)| {
            let error = entity.named("", "Error");
            entity.writes.is_some().then(|| Code::from(quote!(crate::#path::#error)))
        });
        let mut docs = statement.docs.clone();
        if docs.iter().all(String::is_empty) {
            docs = vec![format!("The statement {}.", code(&statement.name))];
        }
        Some(QueryPlan {
            ident: name::ident(function),
            path: format!("{path}::{function}"),
            docs,
            command: description.command,
            arguments: arguments.into_iter().map(|(_, argument)| argument).collect(),
            parts,
            result,
            error,
            check,
            statement: statement.name.clone(),
            objects: objects(description),
        })
    }

    /// Refuses tables that are read from end to end, unless they are small or a comment says why.
    fn scans(&mut self, file: &File, statement: &Statement, description: &Description) {
        let mut allowed = Vec::new();
        for scan in &description.scans {
            let table = scan.table.to_string();
            if self.config.is_small(&table) {
                continue;
            }
            if statement.allow_scan.is_some() {
                allowed.push(code(&table));
                continue;
            }
            let cure = match (&scan.index, &scan.hint) {
                (Some(index), _) => format!("cure: {index}"),
                (None, Some(hint)) => hint.clone(),
                (None, None) => "no condition of the statement can use an index: add one that can, or `limit` with `order by` the \
                                 columns of an index"
                    .to_owned(),
            };
            self.mistakes.push(file.mistake(
                statement.offset,
                format!(
                    "{}: reads all of {}, which no index serves\n{cure}\nor say why that is fine: `-- @allow-scan: …`; or that \
                     the table stays small, in codegen.toml: [queries] small_tables = [{}]",
                    statement.name,
                    code(&table),
                    toml_text::string(&toml_text::pattern(&table)),
                ),
            ));
        }
        if let Some(reason) = &statement.allow_scan {
            let message = if allowed.is_empty() {
                "reads no table from end to end: remove `-- @allow-scan`, which would hide the next one".to_owned()
            } else {
                format!("reads all of {}: {reason}", allowed.join(", "))
            };
            let line = file.mistake(statement.offset, String::new()).line;
            self.warnings.push(Warning {
                object: format!("{}:{line}: {}", file.path.display(), statement.name),
                message,
                is_deliberate: false,
            });
        }
    }

    /// Refuses to write tables that codegen.toml makes read-only.
    fn writes(&mut self, file: &File, statement: &Statement, description: &Description) {
        for table in &description.writes {
            let table = table.to_string();
            let patterns = self.config.table_patterns();
            let read_only = |setting: &TableConfig| setting.access == Access::ReadOnly;
            let Some((pattern, _, setting)) =
                patterns.iter().find(|(_, pattern, setting)| read_only(setting) && pattern.matches(&table))
            else {
                continue;
            };
            let reason = setting.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            self.mistakes.push(file.mistake(
                statement.offset,
                format!(
                    "{}: writes {}, which codegen.toml makes read-only{reason}\ncure: remove the statement, or \
                     `access = \"read-only\"` from [tables.\"{}\"] in codegen.toml",
                    statement.name,
                    code(&table),
                    pattern.get_ref(),
                ),
            ));
        }
    }

    fn enum_path(&self, kind: &ValueType) -> Option<Code> {
        self.enums.get(format!("{}.{}", kind.schema, kind.name).as_str()).cloned()
    }

    fn column_type(&self, value: &DescribedValue) -> types::ColumnType {
        let of_table = value.origin.as_ref().and_then(|(table, column)| {
            let (_, entity) = self.entities.get(table)?;
            entity.fields.iter().find(|field| field.column == *column)
        });
        // The column's own type may be one that the user prefers.
        of_table.map_or_else(|| types::value_type(&value.r#type, &|kind| self.enum_path(kind)), |field| field.data_type.clone())
    }

    /// What a column is cast to when it is read.
    fn select(&self, description: &Description, position: usize, column: &DescribedValue) -> Option<String> {
        if column.wish.is_some() && self.model(description, position).is_none() {
            return None;
        }
        self.column_type(column).select
    }

    /// The stretch around a position that is a model.
    fn model<'d>(&self, description: &'d Description, position: usize) -> Option<(&'d Run, &Code, &EntityPlan)> {
        let run = description.runs.iter().find(|run| (run.first..run.first + run.length).contains(&position))?;
        let (path, entity) = self.entities.get(&run.table)?;
        let columns = &description.columns[run.first..run.first + run.length];
        let is_whole = columns.iter().map(|column| &column.name).eq(entity.fields.iter().map(|field| &field.column));
        is_whole.then_some((run, path, *entity))
    }

    fn fields(&mut self, file: &File, statement: &Statement, description: &Description) -> Vec<RowField> {
        let mut fields = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut position = 0;
        while let Some(column) = description.columns.get(position) {
            if let Some((run, path, entity)) = self.model(description, position) {
                let of_model = description.columns[run.first..].iter().zip(&entity.fields);
                let may_be_absent = of_model.into_iter().any(|(column, field)| field.required && column.nullable);
                let model = quote!(crate::#path::Model);
                let (rust, reading) =
                    if may_be_absent { (quote!(Option<#model>), Reading::ModelIfThere) } else { (model, Reading::Model) };
                names.push(run.alias.clone());
                fields.push(RowField { ident: Ident::new("x"), column: run.alias.clone(), rust: rust.into(), reading });
                position += run.length;
                continue;
            }
            if column.name == "?column?" {
                let message = format!("{}: column {} has no name; give it one: `as …`", statement.name, position + 1);
                self.mistakes.push(file.mistake(statement.offset, message));
            } else if names.contains(&column.name) {
                let message = format!("{}: two columns are called {}; name them apart: `as …`", statement.name, code(&column.name));
                self.mistakes.push(file.mistake(statement.offset, message));
            }
            let wish = column.wish.as_deref().and_then(|wish| Code::parse::<syn::Type>(wish).ok());
            let data_type = self.column_type(column);
            let (rust, reading) = match wish {
                Some(wish) => (wish, Reading::Wish),
                None => (data_type.rust, if data_type.is_foreign { Reading::Wish } else { Reading::Column }),
            };
            let rust = types::nullable(&rust, !column.nullable);
            names.push(column.name.clone());
            fields.push(RowField { ident: Ident::new("x"), column: column.name.clone(), rust, reading });
            position += 1;
        }
        let wanted: Vec<Vec<String>> =
            names.iter().map(|column| vec![name::snake(column), format!("{}_column", name::snake(column))]).collect();
        for (field, ident) in fields.iter_mut().zip(name::distinct(&wanted, &BTreeSet::new())) {
            field.ident = name::ident(&ident);
        }
        fields
    }

    /// The arguments: the parameters in their order, then what conditions ask for besides.
    fn arguments(&self, statement: &Statement, description: &Description) -> Vec<(String, Argument)> {
        let mut all: Vec<&String> = statement.parameters.iter().collect();
        for name in statement.conditions.iter().flatten() {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        let wanted: Vec<Vec<String>> =
            all.iter().map(|name| vec![name::snake(name), format!("{}_value", name::snake(name))]).collect();
        let names = name::distinct(&wanted, &BTreeSet::from(["db", "sql"].map(str::to_owned)));
        let arguments = all.iter().zip(&names).map(|(parameter, ident)| {
            let described = description.params.iter().find(|described| described.name == **parameter);
            let argument = Argument {
                ident: name::ident(ident),
                form: described.map_or(Form::Flag, |described| self.form(described)),
                nullable: described.is_some_and(|described| described.nullable),
                is_condition: statement.is_asked_for(parameter),
            };
            ((*parameter).clone(), argument)
        });
        arguments.collect()
    }

    fn form(&self, value: &DescribedValue) -> Form {
        if let Some(wish) = value.wish.as_deref().and_then(|wish| Code::parse::<syn::Type>(wish).ok()) {
            return Form::Wish(wish);
        }
        let base = value.r#type.base();
        if let ValueKind::Array(element) = &base.kind {
            let element = types::value_type(element, &|kind| self.enum_path(kind)).rust;
            return Form::List(element);
        }
        let data_type = types::value_type(base, &|kind| self.enum_path(kind));
        match data_type.parameter {
            _ if base.kind == ValueKind::Enum && data_type.select.is_none() => Form::Label(data_type.rust),
            types::Parameter::Value => Form::Copied(data_type.rust),
            types::Parameter::Str => Form::Str,
            types::Parameter::Slice => Form::Bytes,
            types::Parameter::Reference => Form::Reference(data_type.rust),
        }
    }
}

/// What the rows come from, and what is written.
fn objects(description: &Description) -> Vec<String> {
    let columns = description.columns.iter().filter_map(|column| column.origin.as_ref());
    let columns = columns.map(|(table, column)| format!("{table}.{column}"));
    let tables = description.runs.iter().map(|run| &run.table).chain(&description.target).map(TableName::to_string);
    columns.chain(tables).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What a parameter is cast to, so that the server takes the value as it is bound.
fn cast(parameter: &DescribedValue) -> Option<String> {
    let base = parameter.r#type.base();
    let natural = base.schema == "pg_catalog" && NATURAL.contains(&base.name.as_str()) && base.kind == ValueKind::Scalar;
    (!natural).then(|| types::quoted_type(&parameter.r#type))
}

/// What stands around a statement that gives columns which travel as text.
fn wrapped(description: &Description, selects: &[Option<String>]) -> (String, String) {
    if selects.iter().all(Option::is_none) {
        return <(String, String)>::default();
    }
    let names: Vec<String> = (1..=selects.len()).map(|number| format!("c{number}")).collect();
    let columns: Vec<String> = names
        .iter()
        .zip(selects)
        .zip(&description.columns)
        .map(|((name, select), column)| {
            let cast = select.as_ref().map(|select| format!("::{select}")).unwrap_or_default();
            format!("{name}{cast} as {}", name::sql(&column.name))
        })
        .collect();
    let (columns, names) = (columns.join(", "), names.join(", "));
    if description.target.is_some() {
        // What writes can stand in a WITH only.
        (format!("with written ({names}) as (\n"), format!("\n)\nselect {columns}\nfrom written"))
    } else {
        (format!("select {columns}\nfrom (\n"), format!("\n) as read ({names})"))
    }
}

fn parts(statement: &Statement, arguments: &[(String, Argument)], casts: &[Option<String>], front: &str, back: &str) -> Vec<Part> {
    fn push_text(parts: &mut Vec<Part>, text: &str, condition: &[usize]) {
        match parts.last_mut() {
            Some(Part { piece: PartPiece::Text(before), condition: same }) if same == condition => before.push_str(text),
            _ if text.is_empty() => {}
            _ => parts.push(Part { piece: PartPiece::Text(text.to_owned()), condition: condition.to_vec() }),
        }
    }
    let place = |name: &String| arguments.iter().position(|(argument, _)| argument == name).unwrap_or_default();
    let mut parts: Vec<Part> = Vec::new();
    push_text(&mut parts, front, &[]);
    for (position, fragment) in statement.fragments.iter().enumerate() {
        let asked = fragment.condition.map(|condition| &statement.conditions[condition]);
        let condition: Vec<usize> = asked.into_iter().flatten().map(place).collect();
        match &fragment.piece {
            Piece::Text(text) => push_text(&mut parts, text, &condition),
            Piece::Parameter(parameter) => {
                let is_cast = statement.is_cast(position);
                parts
                    .push(Part { piece: PartPiece::Value(place(&statement.parameters[*parameter])), condition: condition.clone() });
                if let Some(cast) = casts[*parameter].as_ref().filter(|_| !is_cast) {
                    push_text(&mut parts, &format!("::{cast}"), &condition);
                }
            }
        }
    }
    push_text(&mut parts, back, &[]);
    parts
}

/// `PREPARE` with the types that values are bound as.
fn check(statement: &Statement, description: &Description, casts: &[Option<String>], front: &str, back: &str) -> String {
    let variant = statement.variant(|_| true, |parameter| casts[parameter].clone());
    let types: Vec<String> = variant
        .parameters
        .iter()
        .map(|&parameter| match (&casts[parameter], &description.params[parameter]) {
            (_, value) if value.wish.is_some() => "unknown".to_owned(),
            (None, value) => format!("pg_catalog.{}", value.r#type.base().name),
            (Some(_), _) => "text".to_owned(),
        })
        .collect();
    let types = if types.is_empty() { String::new() } else { format!(" ({})", types.join(", ")) };
    format!("prepare entitree_check{types} as {front}{}{back}", variant.sql)
}
