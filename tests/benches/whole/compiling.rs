//! How long what is generated takes to compile, beside the incumbent's entities of the same schema.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use entitree::{Config, Generation, Mode};
use entitree_tests::{Reference, reference_config, synthetic};
use tokio_postgres::Client;

use super::{Extent, Page, generating, median, ratio};

/// The hand-written part of a crate of the incumbent's entities.
const MANIFEST: &str = "[package]\nname = \"theirs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nsea-orm = { version = \"2.0.4\", default-features = false, features = [\"macros\", \"runtime-tokio-rustls\", \"sqlx-postgres\", \"with-bigdecimal\", \"with-chrono\", \"with-ipnetwork\", \"with-json\", \"with-rust_decimal\", \"with-uuid\", \"entity-registry\"] }\nserde = { version = \"1\", features = [\"derive\"] }\n\n[workspace]\n";

/// The longest that a check may take.
const LIMIT: Duration = Duration::from_mins(5);

/// The database whose tables differ in width as real ones do.
const UNEVEN: &str = "200 tables, some wide";

/// The most tables of which the incumbent's output is compiled.
const INCUMBENT: usize = 200;

/// A crate, and what it took.
struct Subject {
    folder: PathBuf,
    package: &'static str,
    /// Further arguments.
    more: &'static [&'static str],
    /// What is touched to compile the crate again, its dependencies built.
    root: PathBuf,
    /// From nothing but the dependencies.
    cold: Vec<Duration>,
    /// After a column was added.
    changed: Option<Duration>,
    /// Why there is no time.
    failed: Option<String>,
}

impl Subject {
    fn new(folder: &Path, package: &'static str, root: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            package,
            more: &[],
            root: folder.join(root),
            cold: Vec::new(),
            changed: None,
            failed: None,
        }
    }

    /// Runs cargo; nothing where it fails, or takes longer than it may.
    fn cargo(&mut self, verb: &str, incremental: bool) -> Option<Duration> {
        if self.failed.is_some() {
            return None;
        }
        let start = Instant::now();
        let output = Command::new("timeout")
            .arg(LIMIT.as_secs().to_string())
            .arg(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([verb, "--quiet", "--package", self.package])
            .args(self.more)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", xtask::root().join("target/bench"))
            .env("CARGO_INCREMENTAL", if incremental { "1" } else { "0" })
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs");
        match output.status.code() {
            Some(0) => return Some(start.elapsed()),
            Some(124) => self.failed = Some(format!("> {}", LIMIT.as_secs())),
            _ => {
                let errors = String::from_utf8_lossy(&output.stderr);
                let error = errors.lines().find(|line| line.starts_with("error")).unwrap_or("error");
                self.failed = Some(format!("fails: {}", error.chars().take(60).collect::<String>().replace('|', "\\|")));
            }
        }
        None
    }

    /// Compiles the crate alone.
    fn alone(&mut self, verb: &str, incremental: bool) -> Option<Duration> {
        let text = fs::read_to_string(&self.root).expect("the crate's root");
        fs::write(&self.root, &text).expect("the crate's root");
        self.cargo(verb, incremental)
    }

    fn time(&self) -> Option<Duration> {
        if self.cold.is_empty() { None } else { Some(median(self.cold.clone())) }
    }

    /// The time, with its ratio to another.
    fn said(&self, of: Option<Duration>) -> String {
        match (self.time(), of) {
            (Some(time), Some(of)) => format!("{:.2} ({})", time.as_secs_f64(), ratio(time, of)),
            (Some(time), None) => format!("{:.2}", time.as_secs_f64()),
            (None, _) => self.failed.clone().unwrap_or_else(|| "–".to_owned()),
        }
    }

    fn said_changed(&self) -> String {
        self.changed.map_or_else(|| "–".to_owned(), |time| format!("{:.2}", time.as_secs_f64()))
    }
}

/// A database, and the crates of it.
struct Database {
    name: &'static str,
    tables: usize,
    url: String,
    client: Client,
    config: Config,
    changed: &'static str,
    folder: PathBuf,
}

impl Database {
    async fn of(reference: &Reference, name: &'static str, tables: usize, folder: &Path) -> Self {
        let mut config = Config::default();
        let (url, client) = if name == "reference" {
            config.schemas = reference_config().schemas;
            reference.database().await
        } else {
            config.schemas = vec!["public".to_owned()];
            if name == UNEVEN {
                reference.with_schema(&synthetic::uneven_schema(tables)).await
            } else {
                reference.with_tables(tables).await
            }
        };
        // Without statistics the incumbent's queries take minutes.
        client.batch_execute("vacuum analyze").await.expect("statistics");
        let changed = if name == "reference" { "public.user_profiles" } else { "public.crm_entity_2" };
        Self { name, tables, url, client, config, changed, folder: folder.to_owned() }
    }

    fn ours(&self) -> PathBuf {
        self.folder.join(format!("ours-{}", self.name))
    }

    fn theirs(&self, format: &str) -> PathBuf {
        self.folder.join(format!("{format}-{}", self.name))
    }

    async fn generate(&self) {
        let ours = self.ours();
        let generation = entitree::generate(&self.client, &self.config).await.unwrap_or_else(|error| panic!("{error}"));
        write_crates(&generation, &ours);
    }

    fn generate_theirs(&self) {
        for format in ["compact", "dense"] {
            let out = self.theirs(format);
            for schema in self.config.schemas.iter().filter(|schema| *schema != "auth") {
                // Two tables of one name in two schemas are one file: a crate for each schema would be two.
                generating::itself(&["incumbent", &self.url, &out.join("src").display().to_string(), schema, format]);
            }
            fs::write(out.join("Cargo.toml"), MANIFEST).expect("a manifest");
            fs::copy(xtask::root().join("generated/Cargo.lock"), out.join("Cargo.lock")).expect("a lock file");
            fs::rename(out.join("src/mod.rs"), out.join("src/lib.rs")).expect("the incumbent's root");
        }
    }
}

/// Measures, and writes what was measured.
pub(super) async fn measure(reference: &Reference, extent: Extent, page: &mut Page) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = Vec::new();
    let mut growth = Vec::new();
    let sizes: &[(&str, usize)] = if extent == Extent::Full {
        &[("reference", 49), ("50 tables", 50), ("200 tables", 200), (UNEVEN, 200), ("1000 tables", 1000)]
    } else {
        &[("reference", 49), ("50 tables", 50)]
    };
    for &(name, tables) in sizes {
        eprintln!("compiling: {name}");
        let database = Database::of(reference, name, tables, folder.path()).await;
        database.generate().await;
        let ours = database.ours();
        let mut crates =
            vec![Subject::new(&ours, "entities", "entities/src/lib.rs"), Subject::new(&ours, "queries", "queries/src/lib.rs")];
        if tables <= INCUMBENT {
            database.generate_theirs();
            crates.extend(["compact", "dense"].map(|format| Subject::new(&database.theirs(format), "theirs", "src/lib.rs")));
        }
        for subject in &mut crates {
            // What all of them depend on is built before.
            if tables < 200 {
                subject.cargo("check", false);
            }
        }
        let rounds = if tables < 200 { 3 } else { 1 };
        for _ in 0..rounds {
            for subject in &mut crates {
                let time = subject.alone("check", false);
                subject.cold.extend(time);
            }
        }
        let built = if tables < 200 {
            let mut subject = Subject::new(&ours, "entities", "entities/src/lib.rs");
            subject.cargo("build", false);
            subject.cold = (0..rounds).filter_map(|_| subject.alone("build", false)).collect();
            subject.said(None)
        } else {
            "–".to_owned()
        };
        after_a_change(&database, &mut crates).await;
        if name == "reference" {
            one_domain(&database, page).await;
        }
        let of = crates[0].time();
        let (queries, said) = alone_of_both(&crates[1], of);
        let mut row = vec![database.name.to_owned(), crates[0].said(None), said, built];
        row.extend((2..4).map(|position| crates.get(position).map_or_else(|| "–".to_owned(), |subject| subject.said(of))));
        row.extend([1, 2, 3].map(|position| crates.get(position).map_or_else(|| "–".to_owned(), Subject::said_changed)));
        rows.push(row);
        if let (Some(entities), Some(queries)) = (of, queries) {
            let seconds = |time: Duration| time.as_secs_f64();
            page.goal(&format!("queries to entities, {name}"), 1.0, seconds(queries) / seconds(entities), true);
            if let Some(dense) = crates.get(3).and_then(Subject::time) {
                page.goal(
                    &format!("entities to the incumbent's dense ones, {name}"),
                    0.6,
                    seconds(entities) / seconds(dense),
                    true,
                );
            }
            if name != "reference" && name != UNEVEN {
                growth.push((tables, entities, queries));
                let each = (entities + queries).as_secs_f64() / f64::from(u32::try_from(tables).unwrap_or(1));
                page.goal(&format!("`cargo check` of both crates, seconds for each table, {name}"), 0.05, each, true);
            }
        }
    }
    if let [(small, first, its), .., (large, last, their)] = growth[..] {
        let each = |time: Duration, tables: usize| time.as_secs_f64() / f64::from(u32::try_from(tables).unwrap_or(1));
        let name = format!("each table, {large} to {small} tables");
        page.goal(&format!("`cargo check` of the entities, {name}"), 1.15, each(last, large) / each(first, small), true);
        page.goal(&format!("`cargo check` of the queries, {name}"), 1.15, each(their, large) / each(its, small), true);
    }
    page.text("## Compiling");
    page.text(
        "Seconds of `cargo check` of a crate alone, its dependencies built before and nothing kept of an earlier run; in brackets \
         the ratio to our entities. Queries are what both crates take together, less the entities. *One column*: entities and queries together, or the incumbent's crate, by incremental compilation \
         after a column was added and both were generated again. The incumbent's crate of the reference database holds the schema \
         public only (30 tables of 49): it writes both `users` to one file. At 1000 tables it was not measured.",
    );
    page.table(
        &[
            "database",
            "entities",
            "queries",
            "entities, `cargo build`",
            "sea-orm-cli compact",
            "sea-orm-cli dense",
            "one column",
            "compact, one column",
            "dense, one column",
        ],
        &rows,
    );
    shapes(reference, folder.path(), page).await;
    if extent == Extent::Full {
        first_use(page);
    }
}

/// Tables of many columns, relations and unique constraints, each kind in growing numbers: what compiling them
/// takes beyond an empty schema must grow no faster than their number.
async fn shapes(reference: &Reference, folder: &Path, page: &mut Page) {
    type Sql = fn(usize) -> String;
    let kinds: [(&str, Sql, &[usize]); 3] = [
        ("columns of a table", synthetic::wide_table, &[50, 100, 200, 400, 800, 1590]),
        ("tables that refer to one", synthetic::referring_tables, &[10, 100, 300]),
        ("unique columns of a table", synthetic::unique_columns, &[50, 100, 200]),
    ];
    let mut rows = Vec::new();
    let mut empty = None;
    for (kind, sql, numbers) in kinds {
        let mut growth = Vec::new();
        let first: &[usize] = if empty.is_none() { &[0] } else { &[] };
        for &number in first.iter().chain(numbers) {
            eprintln!("compiling: {number} {kind}");
            let name = format!("shape_{}_{number}", kind.split(' ').next().unwrap_or_default());
            let (_, client) = reference.with_schema(&sql(number)).await;
            let mut config = Config::default();
            config.schemas = vec!["public".to_owned()];
            let generation = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}"));
            let folder = folder.join(&name);
            write_crates(&generation, &folder);
            let mut times = Vec::new();
            for (package, root) in [("entities", "entities/src/lib.rs"), ("queries", "queries/src/lib.rs")] {
                let mut subject = Subject::new(&folder, package, root);
                subject.cargo("check", false);
                subject.cold = (0..3).filter_map(|_| subject.alone("check", false)).collect();
                times.push(subject.time().unwrap_or(LIMIT));
            }
            let both = times.iter().sum::<Duration>();
            rows.push(vec![
                if number == 0 { "one table of one column".to_owned() } else { format!("{number} {kind}") },
                format!("{:.2}", times[0].as_secs_f64()),
                format!("{:.2}", times[1].as_secs_f64()),
            ]);
            if number == 0 {
                empty = Some(both);
            } else {
                growth.push((number, both.saturating_sub(empty.unwrap_or_default())));
            }
        }
        let until = growth.iter().rposition(|(number, _)| *number <= 400).unwrap_or_default();
        if let (Some((few, first)), Some((many, last))) = (growth.first(), growth.get(until)) {
            let each = |time: &Duration, number: usize| time.as_secs_f64() / f64::from(u32::try_from(number).unwrap_or(1));
            let found = each(last, *many) / each(first, *few).max(f64::EPSILON);
            page.goal(&format!("`cargo check` of both crates for each of {many} {kind}, to {few}"), 1.25, found, true);
        }
    }
    page.text("### Width");
    page.text("Seconds of `cargo check` of each crate alone, for tables of many columns, relations and constraints.");
    page.table(&["schema", "entities", "queries"], &rows);
}

/// Writes both crates into a folder that cargo can check.
fn write_crates(generation: &Generation, folder: &Path) {
    entitree::sync::write_missing(&entitree::scaffold(), folder).expect("a folder");
    entitree::sync(&generation.files, folder, Mode::Write).expect("a folder");
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(xtask::root().join("generated").join(file), folder.join(file)).expect("a file of the workspace");
    }
}

/// What the queries take of both crates: SeaORM has other features for them, with which the entities are
/// compiled again.
fn alone_of_both(both: &Subject, entities: Option<Duration>) -> (Option<Duration>, String) {
    match (both.time(), entities) {
        (Some(time), Some(of)) => {
            let queries = time.saturating_sub(of);
            (Some(queries), format!("{:.2} ({})", queries.as_secs_f64(), ratio(queries, of)))
        }
        (_, of) => (None, both.said(of)),
    }
}

/// Adds a column, generates again, and compiles what that leaves to be compiled.
async fn after_a_change(database: &Database, crates: &mut [Subject]) {
    for subject in crates.iter_mut() {
        subject.cargo("check", true);
    }
    let statement = format!("alter table {} add column a_bench text", database.changed);
    database.client.batch_execute(&statement).await.expect("a change");
    database.generate().await;
    if database.tables <= INCUMBENT {
        database.generate_theirs();
    }
    for subject in crates.iter_mut().skip(1) {
        subject.changed = subject.cargo("check", true);
    }
}

/// Both crates for an application that needs one domain, beside the whole, where domains are features.
async fn one_domain(database: &Database, page: &mut Page) {
    let mut config = reference_config();
    config.domain_features = true;
    let generation = entitree::generate(&database.client, &config).await.unwrap_or_else(|error| panic!("{error}"));
    let folder = database.folder.join("features");
    write_crates(&generation, &folder);
    entitree::sync::manifests(generation.features.as_deref(), &folder, Mode::Write).expect("manifests");
    let mut times = Vec::new();
    for more in [&[][..], &["--no-default-features", "--features", "organizations"]] {
        let mut both = Duration::ZERO;
        for (package, root) in [("entities", "entities/src/lib.rs"), ("queries", "queries/src/lib.rs")] {
            let mut subject = Subject { more, ..Subject::new(&folder, package, root) };
            subject.cargo("check", false);
            subject.cold = (0..3).filter_map(|_| subject.alone("check", false)).collect();
            both += subject.time().unwrap_or_default();
        }
        times.push(both);
    }
    if let [whole, one] = times[..] {
        let found = one.as_secs_f64() / whole.as_secs_f64();
        page.goal("both crates with the feature `organizations` alone (8 of 50 tables), to the whole", 0.2, found, true);
    }
}

/// From a fresh clone to entities on disk, what is downloaded left aside.
fn first_use(page: &mut Page) {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("target");
    let cargo = || {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(xtask::root()).env("CARGO_TARGET_DIR", &target).env_remove("RUSTFLAGS");
        command
    };
    eprintln!("compiling: the generator itself");
    let start = Instant::now();
    let status = cargo().args(["build", "--quiet", "--locked", "--package", "xtask", "--timings"]).status().expect("cargo runs");
    assert!(status.success(), "the generator compiles");
    let building = start.elapsed();
    let out = folder.path().join("out");
    fs::create_dir_all(&out).expect("a folder");
    fs::copy(xtask::root().join("generated/schema.json"), out.join("schema.json")).expect("schema.json");
    let start = Instant::now();
    let generated = Command::new(target.join("debug/xtask"))
        .args(["codegen", "--quiet", "--offline", "--config", "codegen.toml", "--queries", "queries", "--out"])
        .arg(&out)
        .current_dir(xtask::root())
        .status()
        .expect("the generator runs");
    assert!(generated.success(), "it generates");
    let generating = start.elapsed();
    let lines = |arguments: &[&str]| -> Vec<String> {
        let output = cargo().args(arguments).output().expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines: std::collections::BTreeSet<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.ends_with("(*)")).collect();
        lines.into_iter().map(str::to_owned).collect()
    };
    let packages = lines(&["tree", "--package", "xtask", "--edges", "normal,build", "--prefix", "none"]);
    let twice = lines(&["tree", "--package", "xtask", "--edges", "normal", "--duplicates", "--depth", "0", "--prefix", "none"]);
    page.text("## First use");
    page.text(&format!(
        "From a fresh clone to entities on disk, what cargo downloads left aside: {:.0} s to compile the generator ({} packages, debug build, two cores), {:.2} s \
         to generate from schema.json. Longest: {}.",
        building.as_secs_f64(),
        packages.len(),
        generating.as_secs_f64(),
        longest(&target).join(", "),
    ));
    page.text(&format!("In two versions, because of what others depend on: {}.", twice.join(", ")));
}

/// The packages that took longest, as cargo's own report has them.
fn longest(target: &Path) -> Vec<String> {
    let report = fs::read_to_string(target.join("cargo-timings/cargo-timing.html")).unwrap_or_default();
    let units = report.split_once("UNIT_DATA = ").and_then(|(_, rest)| rest.split_once(";\n")).map_or("[]", |(units, _)| units);
    let units: Vec<serde_json::Value> = serde_json::from_str(units).unwrap_or_default();
    let mut units: Vec<(f64, String)> =
        units.iter().filter_map(|unit| Some((unit.get("duration")?.as_f64()?, unit.get("name")?.as_str()?.to_owned()))).collect();
    units.sort_by(|left, right| right.0.total_cmp(&left.0));
    units.into_iter().take(6).map(|(seconds, name)| format!("{name} {seconds:.1} s")).collect()
}
