//! Reading, planning, rendering and writing, beside the catalogue's floor and the incumbent.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant, SystemTime},
};

use clap::Parser as _;
use entitree::Config;
use entitree_tests::{Reference, reference_config};
use tokio_postgres::Client;

use super::{Extent, Page, median, milliseconds, ratio};

/// The largest database at which the incumbent takes part in each round.
const INCUMBENT: usize = 200;

/// A database that is measured.
struct Subject {
    name: String,
    tables: usize,
    url: String,
    client: Client,
    config: Config,
    /// The column that comes and goes.
    changed: &'static str,
}

/// `cargo xtask codegen` as it is called.
#[derive(clap::Parser)]
struct Call {
    #[command(flatten)]
    arguments: xtask::codegen::Arguments,
}

async fn call(url: &str, config: &Config, out: &Path, more: &[&str]) {
    let out = out.display().to_string();
    let schemas = config.schemas.join(",");
    let words = ["codegen", "--quiet", "--database-url", url, "--schemas", &schemas, "--out", &out];
    let call = Call::parse_from(words.iter().chain(more));
    let code = xtask::codegen::run(&call.arguments).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(code, 0, "nothing is wrong, and nothing moved");
}

/// A run of the generator: read, plan, render, write.
async fn generate(url: &str, config: &Config, out: &Path) {
    call(url, config, out, &[]).await;
}

/// When the files below a folder were written.
fn written(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("a folder's entry")) {
        let data = entry.metadata().expect("what was just written");
        if data.is_dir() {
            files.extend(written(&entry.path()));
        } else {
            files.insert(entry.path(), data.modified().expect("a time"));
        }
    }
    files
}

fn floor_sql(config: &Config) -> String {
    let schemas: Vec<String> = config.schemas.iter().map(|schema| format!("'{schema}'::regnamespace")).collect();
    let text = fs::read_to_string(entitree_tests::folder("floor.sql")).expect("a file");
    text.replace("{schemas}", &format!("array[{}]", schemas.join(", ")))
}

fn floor_psql(url: &str, file: &Path) {
    let output =
        Command::new("psql").args(["--quiet", "--no-psqlrc", "--output", "/dev/null", "--file"]).arg(file).arg(url).output();
    assert!(output.expect("psql runs").status.success());
}

/// The floor's statements at once on one connection, every row decoded as it comes.
async fn floor_client(url: &str, sql: &str) {
    let client = xtask::server::connect(url).await.expect("the server answers");
    let statements: Vec<&str> = sql.lines().collect();
    let asked = statements.iter().map(|statement| client.query_typed(statement, &[]));
    let rows = futures_util::future::try_join_all(asked).await.expect("the catalogue");
    std::hint::black_box(rows.iter().map(Vec::len).sum::<usize>());
}

async fn incumbent(url: &str, schema: &str, out: &Path, format: &str) {
    let arguments = ["sea-orm-cli", "generate", "entity", "--entity-format", format, "-u", url, "-s", schema, "-o"];
    let arguments = arguments.iter().map(|&argument| argument.to_owned()).chain([out.display().to_string()]);
    let sea_orm_cli::Commands::Generate { command } = sea_orm_cli::Cli::parse_from(arguments).command else {
        unreachable!("the arguments say generate")
    };
    sea_orm_cli::run_generate_command(command, false).await.expect("the incumbent generates");
}

/// Runs in a process of its own: `generate URL OUT SCHEMAS` prints the most memory that it took, in KiB;
/// `incumbent URL OUT SCHEMA FORMAT`.
pub(super) async fn child(words: &[&str]) {
    match words {
        ["generate", url, out, schemas] => {
            let mut config = Config::default();
            config.schemas = schemas.split(',').map(str::to_owned).collect();
            generate(url, &config, Path::new(out)).await;
            let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
            let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("0", str::trim);
            println!("{}", peak.trim_end_matches(" kB"));
        }
        ["incumbent", url, out, schema, format] => {
            let start = Instant::now();
            incumbent(url, schema, Path::new(out), format).await;
            println!("{}", start.elapsed().as_micros());
        }
        _ => unreachable!("the bench calls itself"),
    }
}

pub(super) fn itself(words: &[&str]) -> String {
    let output = Command::new(std::env::current_exe().expect("a program")).args(words).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

async fn subjects(reference: &Reference, extent: Extent) -> Vec<Subject> {
    let (url, client) = reference.database().await;
    let mut config = Config::default();
    config.schemas = reference_config().schemas;
    let changed = "public.user_profiles";
    let mut subjects = vec![Subject { name: "reference".to_owned(), tables: 49, url, client, config, changed }];
    let sizes: &[usize] = if extent == Extent::Full { &[50, 200, 1000, 3000] } else { &[50, 200] };
    for &tables in sizes {
        eprintln!("loading {tables} tables");
        let (url, client) = reference.with_tables(tables).await;
        client.batch_execute("vacuum analyze").await.expect("statistics");
        let mut config = Config::default();
        config.schemas = vec!["public".to_owned()];
        subjects.push(Subject { name: format!("{tables} tables"), tables, url, client, config, changed: "public.crm_entity_2" });
    }
    subjects
}

/// The times of a subject, by what was done.
#[derive(Default)]
struct Times {
    floor_psql: Vec<Duration>,
    floor: Vec<Duration>,
    fresh: Vec<Duration>,
    again: Vec<Duration>,
    changed: Vec<Duration>,
    check: Vec<Duration>,
    library: Vec<Duration>,
    process: Vec<Duration>,
    peak: u64,
    files: usize,
    written: usize,
}

async fn timed(times: &mut Vec<Duration>, work: impl Future<Output = ()>) {
    let work = Box::pin(work);
    let start = Instant::now();
    work.await;
    times.push(start.elapsed());
}

async fn round(subject: &Subject, folder: &Path, number: usize, times: &mut Times) {
    let sql = floor_sql(&subject.config);
    let file = folder.join("floor.sql");
    fs::write(&file, &sql).expect("a file");
    let out = folder.join("kept");
    let url = subject.url.as_str();
    timed(&mut times.floor_psql, async { floor_psql(url, &file) }).await;
    timed(&mut times.floor, floor_client(url, &sql)).await;
    // Removed at the end: the disk is busy for seconds with what was removed.
    let fresh = folder.join(format!("fresh{number}"));
    timed(&mut times.fresh, generate(url, &subject.config, &fresh)).await;
    times.files = written(&fresh).len();
    timed(&mut times.again, generate(url, &subject.config, &out)).await;
    timed(&mut times.check, call(url, &subject.config, &out, &["--check"])).await;
    subject.client.batch_execute(&format!("alter table {} add column a_bench text", subject.changed)).await.expect("a change");
    let before = written(&out);
    timed(&mut times.changed, generate(url, &subject.config, &out)).await;
    times.written = written(&out).iter().filter(|(path, time)| before.get(*path) != Some(time)).count();
    subject.client.batch_execute(&format!("alter table {} drop column a_bench", subject.changed)).await.expect("a change");
    generate(url, &subject.config, &out).await;
    if subject.tables <= INCUMBENT {
        beside(subject, folder, times);
    }
}

/// The incumbent, which talks on standard output: in a process of its own, which says how long its library took.
fn beside(subject: &Subject, folder: &Path, times: &mut Times) {
    let theirs = folder.join("theirs").display().to_string();
    let start = Instant::now();
    let mut library = Duration::ZERO;
    for schema in &subject.config.schemas {
        let said = itself(&["incumbent", &subject.url, &theirs, schema, "dense"]);
        let micros = said.lines().last().and_then(|line| line.parse().ok()).unwrap_or(0);
        library += Duration::from_micros(micros);
    }
    times.library.push(library);
    times.process.push(start.elapsed());
}

/// What 1000 tables are held against.
fn goals(page: &mut Page, floor: Duration, (fresh, check, changed): (Duration, Duration, Duration), times: &Times) {
    let of = |time: Duration| time.as_secs_f64() / floor.as_secs_f64();
    let theirs = median(times.library.clone()).as_secs_f64();
    page.goal("a fresh run at 1000 tables, to the floor", 2.0, of(fresh), true);
    page.goal("`--check` with nothing changed, to the floor", 1.3, of(check), true);
    page.goal("one changed table, to the floor", 1.5, of(changed), true);
    page.goal("sea-orm-cli, to a fresh run", 100.0, theirs / fresh.as_secs_f64(), false);
    page.goal("sea-orm-cli, to a run after one change", 100.0, theirs / changed.as_secs_f64(), false);
    page.goal("peak memory at 1000 tables, in MB", 150.0, f64::from(u32::try_from(times.peak / 1024).unwrap_or(u32::MAX)), true);
}

/// Measures, and writes what was measured.
pub(super) async fn measure(reference: &Reference, extent: Extent, page: &mut Page) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = Vec::new();
    let mut growth = Vec::new();
    for subject in subjects(reference, extent).await {
        eprintln!("generating: {}", subject.name);
        let place: PathBuf = folder.path().join(&subject.name);
        fs::create_dir_all(&place).expect("a folder");
        let mut times = Times::default();
        generate(&subject.url, &subject.config, &place.join("kept")).await;
        let rounds = if subject.tables > 1000 { 3 } else { 5 };
        for number in 0..rounds {
            Box::pin(round(&subject, &place, number, &mut times)).await;
        }
        if subject.tables == 1000 {
            beside(&subject, &place, &mut times);
        }
        let out = place.join("peak").display().to_string();
        times.peak = itself(&["generate", &subject.url, &out, &subject.config.schemas.join(",")]).parse().unwrap_or(0);
        let [psql, floor, fresh, again, changed, check] =
            [&times.floor_psql, &times.floor, &times.fresh, &times.again, &times.changed, &times.check]
                .map(|times| median(times.clone()));
        let of_floor = |time: Duration| format!("{} ({})", milliseconds(time), ratio(time, floor));
        let theirs = |theirs: &Vec<Duration>| match theirs.as_slice() {
            [] => "–".to_owned(),
            some => format!("{} ({} ×)", milliseconds(median(some.to_vec())), ratio(median(some.to_vec()), fresh)),
        };
        rows.push(vec![
            subject.name.clone(),
            milliseconds(psql),
            milliseconds(floor),
            format!("{}, {} files", of_floor(fresh), times.files),
            of_floor(again),
            of_floor(check),
            format!("{}, {} files", of_floor(changed), times.written),
            theirs(&times.library),
            theirs(&times.process),
            format!("{} MB", times.peak / 1024),
        ]);
        if subject.tables == 1000 {
            goals(page, floor, (fresh, check, changed), &times);
        }
        growth.push((subject.tables, floor, fresh, again));
    }
    page.text("## Generating");
    page.text("Milliseconds, and in brackets the ratio to the floor read through tokio-postgres (six set-based catalogue queries at once on one \
               connection, `tests/floor.sql`). *Fresh*: into an empty folder, with nothing known of an earlier run. *Again*: nothing moved. *One column*: after \
               `ALTER TABLE … ADD COLUMN`. The incumbent's figures are those of its dense format, with the ratio to our fresh run. Memory is the peak of a process of a fresh run.");
    page.text(&format!(
        "The catalogue is read in {} statements, {} more where there are views, and {} more where it is large enough for two connections, \
         whatever its size (a test counts them); sea-orm-cli sends about three for each table.",
        entitree::introspect::STATEMENTS,
        entitree::introspect::VIEW_STATEMENTS,
        entitree::introspect::STATEMENTS_OF_TWO,
    ));
    page.table(
        &[
            "database",
            "floor, psql",
            "floor",
            "fresh",
            "again",
            "`--check`",
            "one column",
            "sea-orm-cli, library",
            "sea-orm-cli, process",
            "peak memory",
        ],
        &rows,
    );
    if let Some(&(tables, floor, fresh, again)) = growth.iter().find(|(tables, ..)| *tables == 200) {
        let each = |time: Duration, tables: usize| time / u32::try_from(tables).unwrap_or(1);
        let rows: Vec<Vec<String>> = growth
            .iter()
            .filter(|(count, ..)| *count >= 200)
            .map(|(count, its_floor, its_fresh, its_again)| {
                let row = |time: Duration, of: Duration| {
                    format!("{:.2} ({})", each(time, *count).as_secs_f64() * 1e3, ratio(each(time, *count), each(of, tables)))
                };
                vec![count.to_string(), row(*its_floor, floor), row(*its_fresh, fresh), row(*its_again, again)]
            })
            .collect();
        if let Some(&(count, _, its_fresh, its_again)) = growth.iter().find(|(count, ..)| *count == 3000) {
            let of = |time: Duration, before: Duration| each(time, count).as_secs_f64() / each(before, tables).as_secs_f64();
            page.goal("growth from 200 to 3000 tables, fresh", 1.15, of(its_fresh, fresh), true);
            page.goal("growth from 200 to 3000 tables, again", 1.15, of(its_again, again), true);
        }
        page.text("Milliseconds for each table, and in brackets how that compares with 200 tables:");
        page.table(&["tables", "floor", "fresh", "again"], &rows);
    }
}
