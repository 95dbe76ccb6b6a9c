//! Drift: a change of the database yields its own line, its verdict and the items that it touches,
//! and no line for anything else.

use std::{env, fmt::Write as _, fs, sync::Arc};

use entitree::{Config, connect, drift::drift, items::Touch, report::report, snapshot::Snapshot, sql};
use entitree_tests::{Reference, folder, reference_config};

/// What the report says of a change.
async fn said(reference: &Reference, change: &str, old: &Snapshot, config: &Config, files: &[sql::File]) -> String {
    let (url, client) = reference.database().await;
    client.batch_execute(change).await.unwrap_or_else(|error| panic!("{change}: {error:?}"));
    let mut session = connect(&url, |_| None).await.expect("the server answers");
    let (new, answers) = match entitree::read_with_queries(&mut session, config, files).await {
        Ok(read) => read,
        Err(error) => return format!("{change}\n  error: {error}"),
    };
    let report = report(old, &new, config, files, &answers);
    let mut text = format!("{change}\n  for callers: {}", report.verdict);
    for problem in report.problems {
        write!(text, "\n  {problem}").expect("memory");
    }
    for change in report.changes {
        write!(text, "\n  {} [{}]", change.line, change.verdict).expect("memory");
        for item in change.items {
            let mark = match item.touch {
                Touch::New => '+',
                Touch::Changed => '~',
                Touch::Gone => '-',
            };
            write!(text, "\n    {mark} {}", item.path).expect("memory");
        }
        for query in change.queries {
            write!(text, "\n    ! {}", query.replace(&xtask::root().display().to_string(), "")).expect("memory");
        }
    }
    for refused in report.refused.iter().filter(|refused| refused.change.is_none()) {
        write!(text, "\n  refused: {}", refused.problem).expect("memory");
    }
    for item in report.others {
        write!(text, "\n  other: {:?} {}", item.touch, item.path).expect("memory");
    }
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_change_has_its_own_line_and_verdict() {
    let reference = Arc::new(Reference::start().await);
    let config = Arc::new(reference_config());
    let mut files = sql::read_folder(&xtask::root().join("queries")).expect("files of SQL");
    // Statements with conditions are many statements.
    files.retain(|file| file.name() != "users/directory.sql");
    let files = Arc::new(files);
    let old = Arc::new(Snapshot::read(&xtask::root().join("generated").join("schema.json")).expect("schema.json"));
    let changes = fs::read_to_string(folder("drift_changes.sql")).expect("a file");
    let changes: Vec<String> =
        changes.lines().filter(|line| !line.is_empty() && !line.starts_with("--")).map(str::to_owned).collect();
    let count = changes.len();
    let mut halves = Vec::new();
    for half in changes.chunks(count.div_ceil(2)) {
        let (half, reference, config) = (half.to_vec(), Arc::clone(&reference), Arc::clone(&config));
        let (files, old) = (Arc::clone(&files), Arc::clone(&old));
        halves.push(tokio::spawn(async move {
            let mut texts = Vec::new();
            for change in half {
                texts.push(said(&reference, &change, &old, &config, &files).await);
            }
            texts
        }));
    }
    let mut texts = Vec::new();
    for half in halves {
        texts.extend(half.await.expect("an end"));
    }
    let text = texts.join("\n\n") + "\n";
    assert!(count >= 60, "{count} changes");
    let expected = folder("drift_expected.txt");
    if env::var_os("ENTITREE_WRITE_EXPECTED").is_some() {
        fs::write(&expected, &text).expect("a file");
    }
    let expected = fs::read_to_string(expected).unwrap_or_default();
    for (found, expected) in text.split("\n\n").zip(expected.split("\n\n")) {
        assert_eq!(found, expected);
    }
    assert_eq!(text, expected);
}

#[tokio::test]
async fn the_same_database_has_no_drift_and_a_snapshot_gives_the_schema_back() {
    let reference = Reference::start().await;
    let (_url, client) = reference.database().await;
    let snapshot = entitree::read_snapshot(&client, &reference_config()).await.expect("a snapshot");
    let mut again = Snapshot::of(&snapshot.schema().expect("a schema"));
    // Of a function's text only the hash is kept.
    for (function, of) in again.functions.iter_mut().zip(&snapshot.functions) {
        function.body.clone_from(&of.body);
    }
    assert_eq!(snapshot, again);
    assert_eq!(Snapshot::parse("schema.json".as_ref(), &snapshot.text()).expect("its own text").text(), snapshot.text());
    let committed = Snapshot::read(&xtask::root().join("generated").join("schema.json")).expect("schema.json");
    assert!(drift(&committed, &snapshot).is_empty(), "{:?}", drift(&committed, &snapshot));
}
