//! Drift as a user sees it: every form of the report, exit codes, no database, bad files.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use xtask::{database::reference_files, root, server::Server};

fn xtask(arguments: &[&str], out: &Path, url: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    for name in ["DATABASE_URL", "PGHOST", "PGDATABASE", "PGPORT", "PGUSER"] {
        command.env_remove(name);
    }
    command.arg("codegen").arg("--out").arg(out).arg("--config").arg(root().join("codegen.toml")).args(arguments);
    command.args(url.into_iter().flat_map(|url| ["--database-url", url]));
    command
}

fn run(arguments: &[&str], out: &Path, url: Option<&str>) -> Output {
    xtask(arguments, out, url).output().expect("xtask runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A server with the reference database.
async fn reference() -> (Server, String) {
    let server = Server::local(&root().join("target")).await.expect("PostgreSQL's programs are installed");
    server.create_database("drift", None).await.expect("a fresh server takes a database");
    server.load("drift", &reference_files()).await.expect("the reference database loads");
    let url = server.url("drift");
    (server, url)
}

/// Checks a value against a JSON Schema of docs/.
fn fits(schema: &str, value: &Value) {
    let schema = fs::read_to_string(root().join("docs").join(schema)).expect("a file");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    let wrong: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_committed_schema_json_fits_its_schema() {
    let text = fs::read_to_string(root().join("generated/schema.json")).expect("the committed file");
    fits("schema.schema.json", &serde_json::from_str(&text).expect("JSON"));
    for (file, text) in xtask::check::schemas() {
        let path = root().join("docs").join(file);
        assert!(fs::read_to_string(&path).is_ok_and(|committed| committed == text), "{file}: run `cargo xtask docs`");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn drift_is_told_in_every_form() {
    let (server, url) = reference().await;
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path();
    let url = Some(url.as_str());
    assert!(run(&["--quiet"], out, url).status.success());
    let same = run(&["--check"], out, url);
    assert_eq!(
        (same.status.code(), stdout(&same).as_str()),
        (Some(0), "no drift: the database, schema.json and the generated files agree\n")
    );

    let client = server.connect("drift").await.expect("the server answers");
    client.batch_execute("alter table public.user_profiles add nickname text").await.expect("a change");
    let compatible = run(&["--check"], out, url);
    assert_eq!(compatible.status.code(), Some(1));
    assert_eq!(
        stdout(&compatible),
        "The database moved since schema.json:\n  public.user_profiles.nickname: new  compatible\n\
         \u{20}   + entities::users::user_profiles::Column::Nickname\n    + entities::users::user_profiles::Model::nickname\n\
         \u{20}   + queries::users::user_profiles::NewUserProfilesDefaults::nickname\n\
         \u{20}   + queries::users::user_profiles::UserProfilesChanges::nickname\n\
         \u{20} for callers: compatible, a minor version\nTo take it over: cargo xtask codegen\n"
    );
    assert_eq!(run(&["--check", "--allow", "compatible"], out, url).status.code(), Some(0));
    assert_eq!(run(&["--check", "--allow", "none"], out, url).status.code(), Some(1));

    client.batch_execute("alter table auth.users drop constraint users_phone_key").await.expect("a change");
    assert_eq!(run(&["--check", "--allow", "compatible"], out, url).status.code(), Some(1));
    let json = run(&["--check", "--json"], out, url);
    let report: Value = serde_json::from_slice(&json.stdout).expect("one object");
    fits("check.schema.json", &report);
    assert_eq!(
        (&report["version"], &report["schema"]["verdict"], &report["schema"]["bump"]),
        (&1.into(), &"breaking".into(), &"major".into())
    );
    let change = &report["schema"]["changes"][0];
    assert_eq!(
        (&change["kind"], &change["what"], &change["verdict"]),
        (&"constraint".into(), &"dropped".into(), &"breaking".into())
    );
    assert_eq!(change["line"], "unique users_phone_key on auth.users: dropped");
    assert!(change["items"].as_array().expect("items").iter().any(|item| item["path"] == "queries::auth::users::get_by_phone"));

    let github = stdout(&run(&["--check", "--format", "github"], out, url));
    assert!(
        github.starts_with(
            "::error file=generated/schema.json,title=schema drift (breaking)::unique users_phone_key on auth.users: dropped%0A- "
        ),
        "{github}"
    );
    assert_eq!(github.lines().count(), 2, "{github}");
    let markdown = stdout(&run(&["--check", "--format", "markdown"], out, url));
    assert!(
        markdown.contains(
            "| `unique users_phone_key on auth.users: dropped` | breaking | - `queries::auth::users::UsersError::PhoneTaken`<br>"
        ),
        "{markdown}"
    );

    let sarif: Value = serde_json::from_slice(&run(&["--check", "--format", "sarif"], out, url).stdout).expect("one object");
    assert_eq!((&sarif["version"], &sarif["runs"][0]["tool"]["driver"]["name"]), (&"2.1.0".into(), &"entitree".into()));
    let rules: Vec<&Value> =
        sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules").iter().map(|rule| &rule["id"]).collect();
    for result in sarif["runs"][0]["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a position")).expect("a small one");
        assert_eq!(*rules[index], result["ruleId"]);
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().expect("a level")));
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].is_string());
    }
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(2));

    // Without a database there is no drift: schema.json is what there is.
    assert_eq!(run(&["--check", "--offline"], out, None).status.code(), Some(0));
    assert!(run(&["--quiet"], out, url).status.success());
    assert_eq!(run(&["--check"], out, url).status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_the_same_bytes_come_out() {
    let (_server, url) = reference().await;
    let (online, offline) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    assert!(run(&["--quiet"], online.path(), Some(&url)).status.success());
    fs::copy(online.path().join("schema.json"), offline.path().join("schema.json")).expect("a copy");
    let generated = run(&["--offline", "--quiet"], offline.path(), None);
    assert!(generated.status.success(), "{}", stderr(&generated));
    let same = Command::new("diff").arg("-r").args([online.path(), offline.path()]).output().expect("diff");
    assert!(same.status.success(), "{}", stdout(&same));
}

#[test]
fn a_schema_json_that_cannot_be_used_is_told_with_its_cure() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("schema.json");
    let whole = fs::read_to_string(root().join("generated/schema.json")).expect("the committed file");
    let cases = [
        (whole.replace("\"format\": 1", "\"format\": 2"), "of format 2, and this version of Entitree reads 1"),
        (whole[..whole.len() / 2].to_owned(), "the file ends in the middle"),
        (whole.replace("  \"types\": [\n", "<<<<<<< ours\n  \"types\": [\n=======\n"), "the marks of a merge conflict"),
        (whole.replace("\"not_null\":true", "\"not_null\":false"), "edited or merged by hand"),
        (whole.replacen("\"kind\":\"enum\"", "\"knid\":\"enum\"", 1), "unknown field `knid`"),
        ("[]".to_owned(), "restore it"),
    ];
    for (text, expected) in cases {
        fs::write(&file, &text).expect("writable");
        for mode in [&["--offline"][..], &["--offline", "--check"]] {
            let refused = run(mode, folder.path(), None);
            assert_eq!(refused.status.code(), Some(2), "{expected}");
            assert!(stderr(&refused).contains(expected), "{expected}: {}", stderr(&refused));
        }
        assert_eq!(fs::read_to_string(&file).expect("there"), text, "it is left as it was");
        assert!(!folder.path().join("entities").exists(), "nothing was written");
    }
    fs::remove_file(&file).expect("there");
    assert!(stderr(&run(&["--offline"], folder.path(), None)).contains("run `cargo xtask codegen` with a database once"));
}

/// Ends with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn watching_generates_after_each_change() {
    let (server, url) = reference().await;
    let folder = tempfile::tempdir().expect("a folder");
    let model = folder.path().join("entities/src/generated/users/user_profiles.rs");
    let until = |word: &str, is_there: bool| {
        let start = Instant::now();
        while fs::read_to_string(&model).is_ok_and(|text| text.contains(word)) != is_there {
            assert!(start.elapsed() < Duration::from_secs(30), "{word} is {}", if is_there { "missing" } else { "still there" });
            thread::sleep(Duration::from_millis(20));
        }
    };
    let child = xtask(&["--watch"], folder.path(), Some(&url)).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let _running = Running(child.expect("xtask runs"));
    until("first_name", true);
    let client = server.connect("drift").await.expect("the server answers");
    client.batch_execute("alter table public.user_profiles add nickname text").await.expect("a change");
    until("nickname", true);
    client.batch_execute("alter table public.user_profiles drop nickname").await.expect("a change");
    until("nickname", false);
}
