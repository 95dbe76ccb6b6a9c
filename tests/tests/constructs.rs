//! Every construct of `tests/cases/`: generated without a codegen.toml (or with the one beside the
//! case), compiled with warnings denied, filled with rows, read, written and loaded through the
//! generated entities, and compared with the server's own text.

use std::{fmt::Write as _, fs, process::Command};

use entitree::{
    Config, FileSet,
    plan::{Code, EntityPlan, Hop, Ident, Plan, RelationPlan},
};
use entitree_tests::{
    Case, Reference, cases, fill, folder,
    project::{Project, add_crates, workspace},
    random,
};

/// How many random databases are compiled and run.
const RANDOM: u64 = 6;

fn compact(path: &Code) -> String {
    path.to_string().replace(' ', "")
}

/// The entity that a path `crate::domain::table` means.
fn find<'p>(plan: &'p Plan, path: &Code) -> &'p EntityPlan {
    let path = compact(path);
    plan.domains
        .iter()
        .flat_map(|domain| {
            domain.entities.iter().map(move |entity| (format!("crate::{}::{}", domain.module, entity.module), entity))
        })
        .find(|(of, _)| *of == path)
        .map_or_else(|| panic!("{path} is not generated"), |(_, entity)| entity)
}

fn sql_name(entity: &EntityPlan) -> String {
    format!("{}.{}", fill::quote(&entity.schema), fill::quote(&entity.table))
}

fn columns(entity: &EntityPlan, alias: &str) -> Vec<String> {
    entity.key_fields().map(|field| format!("{alias}.{}", fill::quote(&field.column))).collect()
}

fn column(entity: &EntityPlan, variant: &Ident) -> String {
    let field = entity.fields.iter().find(|field| field.variant == *variant).expect("a column of the entity");
    fill::quote(&field.column)
}

/// The condition between two aliases that a relation along a key says.
fn condition(plan: &Plan, holder: &EntityPlan, relation: &RelationPlan, near: &str, far: &str) -> String {
    let Hop::Forward { columns, as_text } = &relation.hops[0] else { unreachable!("keys run forward") };
    let target = find(plan, &relation.target);
    let cast = if *as_text { "::text" } else { "" };
    columns
        .iter()
        .map(|(from, to)| format!("{near}.{}{cast} = {far}.{}{cast}", column(holder, from), column(target, to)))
        .collect::<Vec<_>>()
        .join(" and ")
}

fn forward<'p>(entity: &'p EntityPlan, variant: &Ident) -> &'p RelationPlan {
    entity.relations.iter().find(|relation| relation.variant == *variant).expect("a relation of the entity")
}

/// The join that a relation stands for: the keys of both sides.
fn join(plan: &Plan, entity: &EntityPlan, relation: &RelationPlan) -> String {
    let target = find(plan, &relation.target);
    let list = [columns(entity, "a"), columns(target, "b")].concat().join(", ");
    let (mine, theirs) = (sql_name(entity), sql_name(target));
    match relation.hops.as_slice() {
        [Hop::Forward { .. }] => {
            format!("select {list} from {mine} a join {theirs} b on {}", condition(plan, entity, relation, "a", "b"))
        }
        [Hop::Inverse { module, variant }] => {
            let holder = find(plan, module);
            format!(
                "select {list} from {mine} a join {theirs} b on {}",
                condition(plan, holder, forward(holder, variant), "b", "a")
            )
        }
        [Hop::Inverse { module, variant: back }, Hop::Through { variant: on, .. }] => {
            let junction = find(plan, module);
            format!(
                "select {list} from {mine} a join {} j on {} join {theirs} b on {}",
                sql_name(junction),
                condition(plan, junction, forward(junction, back), "j", "a"),
                condition(plan, junction, forward(junction, on), "j", "b"),
            )
        }
        hops => panic!("no relation has these hops: {hops:?}"),
    }
}

/// The function that runs a case.
fn runner(name: &str, plan: &Plan) -> String {
    let mut text = format!(
        "async fn {name}(url: String) -> usize {{\n    let db = sea_orm::Database::connect(&url).await.expect(\"a database\");\n    let mut rows = 0;\n"
    );
    // Cases with many tables are about names: every one is read, the first are written as well.
    let mut written = 0;
    for domain in &plan.domains {
        for entity in &domain.entities {
            let path = format!("{name}::{}::{}", domain.module, entity.module);
            writeln!(text, "    rows += crate::entity::compare_rows({path}::Entity, &db).await;").expect("memory");
            written += 1;
            if written > 8 {
                continue;
            }
            if entity.read_only.is_none() {
                writeln!(text, "    crate::entity::round_trip({path}::Entity, &db).await;").expect("memory");
            }
            for relation in entity.relations.iter().take(12) {
                let sql = proc_macro2::Literal::string(&join(plan, entity, relation));
                writeln!(
                    text,
                    "    crate::relation!(&db, {name}, {path}::Entity, {path}::link::{}, {}, {sql});",
                    relation.variant,
                    entity.key.len()
                )
                .expect("memory");
            }
        }
    }
    text.push_str("    rows\n}\n\n");
    text
}

#[tokio::test]
async fn every_construct_is_right_when_run() {
    let reference = Reference::start().await;
    let root = xtask::root().join("target/constructs");
    let mut files = FileSet::default();
    let (mut runners, mut calls, mut dependencies, mut members) = (String::new(), String::new(), String::new(), String::new());
    let mut failed = Vec::new();
    let random = (0..RANDOM).map(|seed| Case {
        name: format!("random_{seed}"),
        sql: random::schema(seed).in_order(0),
        config: Config::default(),
    });
    for case in cases().into_iter().chain(random) {
        let name = &case.name;
        reference.server.create_database(name, None).await.expect("a fresh server takes a database");
        let client = reference.server.connect(name).await.expect("the database was just made");
        if let Err(error) = client.batch_execute(&case.sql).await {
            failed.push(format!("{name}: {error:?}"));
            continue;
        }
        let generation = match entitree::generate(&client, &case.config).await {
            Ok(generation) => generation,
            Err(error) => {
                failed.push(format!("{name}: {error}"));
                continue;
            }
        };
        let schema = generation.schema();
        if let Err(error) = fill::fill(&client, &schema).await {
            failed.push(format!("{name}: {error}"));
            continue;
        }
        let domains = entitree::group(&schema, &case.config).expect("as generated");
        let plan = entitree::plan(&schema, &domains, &case.config).expect("as generated");
        runners.push_str(&runner(name, &plan));
        writeln!(calls, "    failed += usize::from(!crate::run_case({name:?}, {name}(format!(\"{{base}}{name}\"))).await);")
            .expect("memory");
        writeln!(dependencies, "{name} = {{ package = \"{name}_entities\", path = \"../{name}/entities\" }}").expect("memory");
        writeln!(members, "  \"{name}/entities\", \"{name}/queries\",").expect("memory");
        add_crates(&mut files, name, &generation.files);
    }
    let harness = |file: &str| fs::read_to_string(folder("harness").join(file)).expect("a file");
    files.0.insert("harness/src/main.rs".into(), harness("main.rs"));
    files.0.insert("harness/src/entity.rs".into(), harness("entity.rs"));
    files.0.insert(
        "harness/src/cases.rs".into(),
        format!("{runners}pub async fn run(base: &str) -> usize {{\n    let mut failed = 0;\n{calls}    failed\n}}\n"),
    );
    files.0.insert(
        "harness/Cargo.toml".into(),
        format!(
            "[package]\nname = \"harness\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nsea-orm = {{ version = \"2.0.4\", default-features = false }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n{dependencies}"
        ),
    );
    files.0.insert("Cargo.toml".into(), workspace(&format!("  \"harness\",\n{members}")));
    let project = Project { root };
    project.write(files);
    let built = project.cargo(&["build", "--workspace", "--keep-going", "--quiet"]);
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success() && said.is_empty() && failed.is_empty(), "{}\n{said}", failed.join("\n"));
    let url = reference.server.url("");
    let output = Command::new(project.program("harness")).arg(&url).output().expect("the harness was built");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("FAILED")).collect();
    assert!(output.status.success() && lines.is_empty(), "{}\n{}", lines.join("\n"), String::from_utf8_lossy(&output.stderr));
}
