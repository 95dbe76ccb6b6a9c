//! How long what is generated takes to compile, beside the incumbent's entities of the same schema.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use entitree::{Config, Mode};
use entitree_tests::{Reference, reference_config};

use super::{Extent, Page, generating, median, ratio};

/// The hand-written part of a crate of the incumbent's entities.
const MANIFEST: &str = "[package]\nname = \"theirs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nsea-orm = { version = \"2.0.4\", default-features = false, features = [\"macros\", \"runtime-tokio-rustls\", \"sqlx-postgres\", \"with-bigdecimal\", \"with-chrono\", \"with-ipnetwork\", \"with-json\", \"with-rust_decimal\", \"with-uuid\", \"entity-registry\"] }\nserde = { version = \"1\", features = [\"derive\"] }\n\n[workspace]\n";

/// The longest that a check may take.
const LIMIT: Duration = Duration::from_mins(5);

fn seconds(time: Option<Duration>) -> String {
    time.map_or_else(|| format!("> {}", LIMIT.as_secs()), |time| format!("{:.2}", time.as_secs_f64()))
}

/// Runs cargo; nothing where it took longer than it may, and the reason where it fails.
fn cargo(folder: &Path, arguments: &[&str]) -> Result<Option<Duration>, String> {
    let target = xtask::root().join("target/bench");
    let start = Instant::now();
    let output = Command::new("timeout")
        .arg(LIMIT.as_secs().to_string())
        .arg(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(|error| error.to_string())?;
    match output.status.code() {
        Some(0) => Ok(Some(start.elapsed())),
        Some(124) => Ok(None),
        _ => Err(String::from_utf8_lossy(&output.stderr)
            .lines()
            .find(|line| line.starts_with("error"))
            .unwrap_or("error")
            .to_owned()),
    }
}

/// The time of a package alone, its dependencies built before.
fn alone(folder: &Path, package: &str, root: &Path, verb: &str, rounds: usize) -> Result<Option<Duration>, String> {
    let arguments = [verb, "--quiet", "--package", package];
    // The smallest crate comes first, and builds what all of them depend on.
    if rounds > 1 && cargo(folder, &arguments)?.is_none() {
        return Ok(None);
    }
    let mut times = Vec::new();
    for _ in 0..rounds {
        let text = fs::read_to_string(root).expect("the crate's root");
        fs::write(root, &text).expect("the crate's root");
        match cargo(folder, &arguments)? {
            Some(time) => times.push(time),
            None => return Ok(None),
        }
    }
    Ok(Some(median(times)))
}

fn said(result: Result<Option<Duration>, String>, of: Option<Duration>) -> String {
    match result {
        Err(error) => format!("fails: {}", error.chars().take(60).collect::<String>().replace('|', "\\|")),
        Ok(time) => match (time, of) {
            (Some(time), Some(of)) => format!("{} ({})", seconds(Some(time)), ratio(time, of)),
            (time, _) => seconds(time),
        },
    }
}

/// Measures, and writes what was measured.
pub(super) async fn measure(reference: &Reference, extent: Extent, page: &mut Page) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = Vec::new();
    let mut checks = Vec::new();
    let sizes: &[usize] = if extent == Extent::Full { &[49, 200, 1000] } else { &[49] };
    for &tables in sizes {
        eprintln!("compiling: {tables} tables");
        let (url, client, config) = if tables == 49 {
            let (url, client) = reference.database().await;
            let mut config = Config::default();
            config.schemas = reference_config().schemas;
            (url, client, config)
        } else {
            let (url, client) = reference.with_tables(tables).await;
            let mut config = Config::default();
            config.schemas = vec!["public".to_owned()];
            (url, client, config)
        };
        let ours = folder.path().join(format!("ours-{tables}"));
        let generation = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}"));
        entitree::sync::write_missing(&entitree::scaffold(), &ours).expect("a folder");
        entitree::sync(&generation.files, &ours, Mode::Write).expect("a folder");
        fs::write(ours.join("Cargo.toml"), fs::read_to_string(xtask::root().join("generated/Cargo.toml")).expect("a manifest"))
            .expect("a manifest");
        fs::copy(xtask::root().join("generated/Cargo.lock"), ours.join("Cargo.lock")).expect("a lock file");
        let theirs: Vec<(&str, PathBuf)> =
            ["compact", "dense"].into_iter().map(|format| (format, folder.path().join(format!("{format}-{tables}")))).collect();
        // The incumbent takes minutes to generate 1000 tables, and as long as it may to compile them.
        for (format, out) in theirs.iter().filter(|_| tables <= 200) {
            for schema in &config.schemas {
                // Two tables of one name in two schemas are one file: a crate for each schema would be two.
                if schema != "auth" {
                    generating::itself(&["incumbent", &url, &out.join("src").display().to_string(), schema, format]);
                }
            }
            fs::write(out.join("Cargo.toml"), MANIFEST).expect("a manifest");
            fs::copy(xtask::root().join("generated/Cargo.lock"), out.join("Cargo.lock")).expect("a lock file");
            let root = out.join("src/mod.rs");
            fs::rename(&root, out.join("src/lib.rs")).expect("the incumbent's root");
        }
        let rounds = if tables >= 200 { 1 } else { 3 };
        let entities = alone(&ours, "entities", &ours.join("entities/src/lib.rs"), "check", rounds);
        let queries = alone(&ours, "queries", &ours.join("queries/src/lib.rs"), "check", rounds);
        let of = entities.as_ref().ok().copied().flatten();
        let built =
            if tables > 200 { Ok(None) } else { alone(&ours, "entities", &ours.join("entities/src/lib.rs"), "build", rounds) };
        let mut row = vec![
            tables.to_string(),
            said(entities, None),
            said(queries, of),
            if tables > 200 { "–".to_owned() } else { said(built, None) },
        ];
        for (_, out) in &theirs {
            row.push(if tables <= 200 {
                said(alone(out, "theirs", &out.join("src/lib.rs"), "check", rounds), of)
            } else {
                "–".to_owned()
            });
        }
        rows.push(row);
        checks.push((tables, of));
    }
    if let [(small, Some(first)), .., (large, Some(last))] = checks[..] {
        let each = |time: Duration, tables: usize| time.as_secs_f64() / f64::from(u32::try_from(tables).unwrap_or(1));
        page.goal(
            &format!("`cargo check` of the entities, each table, {large} to {small} tables"),
            1.15,
            each(last, large) / each(first, small),
            true,
        );
    }
    page.text("## Compiling");
    page.text("Seconds of a crate alone, its dependencies built before; in brackets the ratio to our `cargo check` of the entities. The \
               incumbent's crate of the reference database holds the schema public only (30 tables of 49): it writes both `users` to one file. At 1000 \
               tables it was not measured.");
    page.table(
        &[
            "tables",
            "entities, check",
            "queries, check",
            "entities, build",
            "sea-orm-cli compact, check",
            "sea-orm-cli dense, check",
        ],
        &rows,
    );
}
