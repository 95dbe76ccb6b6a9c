//! The same databases through sea-orm-cli: wherever its columns and relations are right, ours are
//! the same, or `REASONS` says why not. The comparison is `docs/constructs.md`, which
//! `cargo xtask docs` writes and this test checks.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use clap::Parser as _;
use entitree::{
    plan::{Hop, Plan},
    schema::{ConstraintKind, Schema},
};
use entitree_tests::{Case, Reference, cases};
use quote::ToTokens as _;

/// Where a Rust type of ours is another than the incumbent's, and why.
const REASONS: &[(&str, &str, &str)] = &[
    ("Vec<…>", "Array<…>", "an element may be NULL, and an array may have several dimensions"),
    ("Decimal", "BigDecimal", "a numeric without a precision, or of more than 28 digits, does not fit `Decimal`"),
    ("Vec<u8>", "String", "bit strings are not bytes: reading them as bytes fails"),
    ("Time", "String", "`timetz` has a zone, and reading it as a time fails"),
    ("Decimal", "String", "`money` is text of the server's locale: reading it as a number fails"),
    ("i64", "String", "`oid` and its kin are read as text: an integer fails"),
    ("u32", "String", "`oid` and its kin are read as text: an integer fails"),
    ("PgVector", "String", "the type is of that name only"),
    ("Json", "String", "the type has no other form than the server's text"),
    ("Date", "String", "the case's codegen.toml asks for text"),
    ("DateTime", "String", "the case's codegen.toml asks for text"),
    ("DateTimeWithTimeZone", "String", "the case's codegen.toml asks for text"),
    ("Vec<Date>", "String", "the case's codegen.toml asks for text"),
    ("bool", "String", "`bit` is a string of bits: reading it as a boolean fails"),
];

/// What the incumbent made of a schema.
#[derive(Default)]
struct Theirs {
    failed: Option<String>,
    /// Table → column → Rust type.
    columns: BTreeMap<String, BTreeMap<String, String>>,
    /// Table and the table that its key leads to.
    relations: BTreeSet<(String, String)>,
}

async fn incumbent(url: &str, schema: &str) -> Theirs {
    let out = tempfile::tempdir().expect("a folder");
    let arguments: Vec<String> = ["sea-orm-cli", "generate", "entity", "--entity-format", "dense", "-u", url, "-s", schema, "-o"]
        .iter()
        .map(|&argument| argument.to_owned())
        .chain([out.path().display().to_string()])
        .collect();
    let run = tokio::spawn(async move {
        let sea_orm_cli::Commands::Generate { command } = sea_orm_cli::Cli::parse_from(arguments).command else {
            unreachable!("the arguments say generate")
        };
        sea_orm_cli::run_generate_command(command, false).await.map_err(|error| error.to_string())
    });
    let failed = match run.await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error),
        Err(error) => {
            let panic = error.into_panic();
            let said =
                panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Some(format!("panics: {}", said.unwrap_or_default()))
        }
    };
    let folder = out.path().display().to_string();
    let failed = failed.map(|failed| failed.replace(&folder, ""));
    let mut theirs = Theirs { failed, ..Theirs::default() };
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for entry in fs::read_dir(out.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        files.insert(name, fs::read_to_string(&path).unwrap_or_default());
    }
    for (name, text) in &files {
        match syn::parse_file(text) {
            Ok(file) => read(&file, &mut theirs),
            Err(error) => theirs.failed = Some(format!("writes what is no Rust: {name}.rs: {error}")),
        }
    }
    theirs
}

/// Takes the table, the columns and the keys out of an entity's file.
fn read(file: &syn::File, theirs: &mut Theirs) {
    for item in &file.items {
        let syn::Item::Struct(model) = item else { continue };
        let Some(table) = attribute(&model.attrs, "table_name") else { continue };
        let columns = theirs.columns.entry(table.clone()).or_default();
        for field in &model.fields {
            let name = field.ident.as_ref().map(|ident| ident.to_string().trim_start_matches("r#").to_owned()).unwrap_or_default();
            let rust = field.ty.to_token_stream().to_string().replace(' ', "");
            if rust.starts_with("HasMany<") || rust.starts_with("HasOne<") {
                continue;
            }
            if rust.starts_with("BelongsTo<") {
                let target = rust.trim_end_matches("::Entity>").rsplit("::").next().unwrap_or_default().to_owned();
                let target = if rust.contains("<Entity>") { table.clone() } else { target };
                theirs.relations.insert((table.clone(), target));
                continue;
            }
            columns.insert(attribute(&field.attrs, "column_name").unwrap_or(name), rust);
        }
    }
}

/// `#[sea_orm(name = "value")]`
fn attribute(attributes: &[syn::Attribute], name: &str) -> Option<String> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("sea_orm")) {
        // Other settings may have no value, or one in parentheses.
        drop(attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident(name) {
                found = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        }));
    }
    found
}

/// The difference between two Rust types, unless it is none.
fn difference(theirs: &str, ours: &str) -> Option<(String, String)> {
    let bare = |text: &str| text.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(text).to_owned();
    let (theirs, ours) = (bare(theirs), bare(ours));
    let ours =
        ours.rsplit_once("::").filter(|_| ours.starts_with("crate::enums")).map_or(ours.clone(), |(_, last)| last.to_owned());
    if theirs == ours {
        return None;
    }
    if theirs.starts_with("Vec<") && ours.starts_with("Array<") {
        return Some(("Vec<…>".to_owned(), "Array<…>".to_owned()));
    }
    Some((theirs, ours))
}

/// What the incumbent does with a case, a phrase for each thing that is not right.
fn verdict(
    case: &Case,
    schema: &Schema,
    plan: &Plan,
    theirs: &BTreeMap<&str, Theirs>,
    (unexplained, used): (&mut Vec<String>, &mut BTreeSet<(String, String)>),
) -> Vec<String> {
    let mut said = Vec::new();
    for (name, of) in theirs {
        if let Some(failed) = &of.failed {
            let line = failed.lines().next().unwrap_or_default();
            said.push(format!("fails on `{name}`: {}", line.chars().take(90).collect::<String>()));
        }
    }
    for entity in plan.domains.iter().flat_map(|domain| &domain.entities) {
        let Some(of) = theirs.get(entity.schema.as_str()).filter(|of| of.failed.is_none()) else { continue };
        let Some(columns) = of.columns.get(&entity.table) else {
            said.push(format!("leaves out the {} `{}`", entity.kind, entity.table));
            continue;
        };
        for field in &entity.fields {
            let ours = field.rust.to_string().replace(' ', "");
            let Some(rust) = columns.get(&field.column) else {
                said.push(format!("leaves out `{}.{}`", entity.table, field.column.replace('\n', " ")));
                continue;
            };
            if rust.starts_with("Option<") && field.required {
                said.push(format!("`{}.{}` can be NULL to it", entity.table, field.column));
            }
            if !rust.starts_with("Option<") && !field.required {
                said.push(format!("`{}.{}` cannot be NULL to it", entity.table, field.column));
            }
            if let Some((theirs, ours)) = difference(rust, &ours) {
                let is_enum = field.rust.to_string().contains("enums");
                if REASONS.iter().any(|(left, right, _)| *left == theirs && *right == ours) || is_enum {
                    said.push(format!("`{theirs}` where a value may not fit (`{ours}`)"));
                    used.insert((theirs, ours));
                } else {
                    unexplained.push(format!("{}: {}.{}: {theirs} there, {ours} here", case.name, entity.table, field.column));
                }
            }
        }
    }
    for table in schema.tables() {
        let Some(of) = theirs.get(table.namespace().name.as_str()).filter(|of| of.failed.is_none()) else { continue };
        let targets = table.foreign_keys().filter_map(|key| match &key.row().kind {
            ConstraintKind::ForeignKey { table: to, .. } => Some(table.at(*to)),
            _ => None,
        });
        let targets: BTreeSet<String> =
            targets.map(|to| if to.namespace() == table.namespace() { to.name.clone() } else { to.qualified() }).collect();
        let known = of.relations.iter().filter(|(from, _)| *from == table.name).count();
        if of.columns.contains_key(&table.name) && known < targets.len() {
            said.push(format!("drops relations of `{}`", table.name));
        }
    }
    said.dedup();
    let mut once = BTreeSet::new();
    said.retain(|phrase| once.insert(phrase.clone()));
    said
}

/// What the generated code has: the types, and what else there is.
fn given(schema: &Schema, plan: &Plan) -> String {
    let mut types = BTreeMap::new();
    let mut relations = 0;
    let mut through = 0;
    for entity in plan.domains.iter().flat_map(|domain| &domain.entities) {
        relations += entity.relations.len();
        through += entity.relations.iter().filter(|relation| matches!(relation.hops.as_slice(), [_, Hop::Through { .. }])).count();
        let table = schema.tables().find(|table| table.name == entity.table && table.namespace().name == entity.schema);
        for field in &entity.fields {
            let declared = table.and_then(|table| table.columns().find(|column| column.name == field.column));
            if let Some(declared) = declared {
                types.insert(declared.row().type_text.clone(), field.data_type.rust.to_token_stream().to_string().replace(' ', ""));
            }
        }
    }
    let shown: Vec<String> = types
        .iter()
        .filter(|(kind, _)| types.len() < 3 || !matches!(kind.as_str(), "integer" | "text" | "bigint"))
        .take(5)
        .map(|(kind, rust)| format!("{} → `{}`", kind.replace('|', "\\|"), rust.replace("crate::enums::", "")))
        .collect();
    let mut text = shown.join(", ");
    if types.len() > 5 + shown.len() {
        write!(text, ", … ({} types)", types.len()).expect("memory");
    }
    if relations > 0 {
        let through = if through > 0 { format!(", {through} of them through a junction") } else { String::new() };
        write!(text, "; {relations} relations{through}").expect("memory");
    }
    text.trim_start_matches("; ").to_owned()
}

#[tokio::test]
async fn the_comparison_with_the_incumbent_is_current() {
    let reference = Reference::start().await;
    let (mut unexplained, mut used) = (Vec::new(), BTreeSet::new());
    let mut lines = String::new();
    let (mut count, mut right) = (0, 0);
    for case in cases() {
        reference.server.create_database(&case.name, None).await.expect("a fresh server takes a database");
        let client = reference.server.connect(&case.name).await.expect("the database was just made");
        client.batch_execute(&case.sql).await.expect("the case loads");
        let generation = entitree::generate(&client, &case.config).await.unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let schema = generation.schema();
        let domains = entitree::group(&schema, &case.config).expect("as generated");
        let plan = entitree::plan(&schema, &domains, &case.config).expect("as generated");
        let url = reference.server.url(&case.name);
        let mut theirs = BTreeMap::new();
        for schema in case.schemas() {
            theirs.insert(schema, incumbent(&url, schema).await);
        }
        let said = verdict(&case, &schema, &plan, &theirs, (&mut unexplained, &mut used));
        count += 1;
        right += usize::from(said.is_empty());
        let shown: Vec<&str> = said.iter().take(3).map(String::as_str).collect();
        let more = if said.len() > 3 { format!("; and {} more", said.len() - 3) } else { String::new() };
        let verdict = if said.is_empty() { "the same".to_owned() } else { format!("{}{more}", shown.join("; ")) };
        writeln!(
            lines,
            "| [{0}](../tests/cases/{0}.sql) | {1} | {2} |",
            case.name,
            given(&schema, &plan),
            verdict.replace('|', "\\|").replace('\n', " ")
        )
        .expect("memory");
    }
    assert!(unexplained.is_empty(), "types that differ without a reason:\n{}", unexplained.join("\n"));

    let mut text = String::from(
        "# Constructs\n\nWritten by `cargo xtask docs`; CI checks that it is current.\n\nEach line is a small database with one trouble. \
         For each, the generated code is compiled with warnings denied, its tables are filled (NULLs, extremes, NULL inside \
         arrays, unicode), and every row is read, written, filtered by and loaded through its relations, and compared with the \
         server's own text. Beside it, what `sea-orm-cli generate entity` 2.0.4 (dense format) makes of the same database, as \
         far as reading its output shows: whether that compiles and runs is another matter.\n\n",
    );
    writeln!(text, "{count} databases; the incumbent's columns and relations are the same for {right}.\n").expect("memory");
    text.push_str("| Construct | What you get | What the incumbent does |\n|---|---|---|\n");
    text.push_str(&lines);
    text.push_str("\n## Where our types are others\n\n| There | Here | Why |\n|---|---|---|\n");
    for (theirs, ours, why) in REASONS.iter().filter(|(theirs, ours, _)| used.contains(&((*theirs).to_owned(), (*ours).to_owned())))
    {
        writeln!(text, "| `{theirs}` | `{ours}` | {why} |").expect("memory");
    }
    let path = xtask::root().join("docs/constructs.md");
    if std::env::var_os("ENTITREE_WRITE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        fs::write(&path, &text).expect("a file");
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == text, "docs/constructs.md is not current: run `cargo xtask docs`");
}
