//! The stages that touch neither a database nor a disk, alone: `cargo xtask bench stages`.

use std::{collections::BTreeMap, path::Path, sync::OnceLock};

use divan::{Bencher, black_box};
use entitree::{Config, Snapshot, plan::Plan, schema::Schema};
use entitree_tests::{Reference, reference_config};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many tables the databases have; the smallest is the reference database.
const TABLES: [usize; 3] = [49, 200, 1000];

/// A database that was read.
struct Subject {
    config: Config,
    snapshot: Snapshot,
    schema: Schema,
    text: String,
    plan: Plan,
}

static SUBJECTS: OnceLock<BTreeMap<usize, Subject>> = OnceLock::new();

fn subject(tables: usize) -> &'static Subject {
    &SUBJECTS.get().expect("they are read first")[&tables]
}

fn planned(schema: &Schema, config: &Config) -> Plan {
    let domains = entitree::group(schema, config).expect("domains");
    entitree::plan(schema, &domains, config).expect("a plan")
}

async fn read() -> BTreeMap<usize, Subject> {
    let reference = Reference::start().await;
    let mut subjects = BTreeMap::new();
    for tables in TABLES {
        let mut config = Config::default();
        let (_url, client) = if tables == TABLES[0] {
            config.schemas = reference_config().schemas;
            reference.database().await
        } else {
            config.schemas = vec!["public".to_owned()];
            reference.with_tables(tables).await
        };
        let snapshot = entitree::read_snapshot(&client, &config).await.unwrap_or_else(|error| panic!("{error}"));
        let schema = snapshot.schema().expect("what was read fits together");
        let plan = planned(&schema, &config);
        subjects.insert(tables, Subject { config, text: snapshot.text(), snapshot, schema, plan });
    }
    subjects
}

#[divan::bench(args = TABLES)]
fn print_schema_json(bencher: Bencher<'_, '_>, tables: usize) {
    bencher.bench(|| black_box(subject(tables).snapshot.text()));
}

#[divan::bench(args = TABLES)]
fn parse_schema_json(bencher: Bencher<'_, '_>, tables: usize) {
    bencher.bench(|| black_box(Snapshot::parse(Path::new("schema.json"), &subject(tables).text).expect("its own text")));
}

#[divan::bench(args = TABLES)]
fn restore_the_schema(bencher: Bencher<'_, '_>, tables: usize) {
    bencher.bench(|| black_box(subject(tables).snapshot.schema().expect("what was read fits together")));
}

#[divan::bench(args = TABLES)]
fn group_and_plan(bencher: Bencher<'_, '_>, tables: usize) {
    let Subject { config, schema, .. } = subject(tables);
    bencher.bench(|| black_box(planned(schema, config)));
}

#[divan::bench(args = TABLES)]
fn render(bencher: Bencher<'_, '_>, tables: usize) {
    let Subject { snapshot, plan, .. } = subject(tables);
    bencher.bench(|| black_box(entitree::render(plan, snapshot)));
}

#[divan::bench(args = TABLES)]
fn compare(bencher: Bencher<'_, '_>, tables: usize) {
    let old = &subject(tables).snapshot;
    let mut new = old.clone();
    new.tables.last_mut().expect("a table").comment = Some("changed".to_owned());
    bencher.bench(|| black_box(entitree::drift::drift(old, &new)));
}

fn main() {
    // `cargo test --all-targets` runs this too, and asks for no figures.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    assert!(SUBJECTS.set(runtime.block_on(read())).is_ok(), "they are read once");
    divan::main();
}
