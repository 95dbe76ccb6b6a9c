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
    let given = url.as_str();
    let url = Some(given);
    assert!(run(&["--quiet"], out, url).status.success());
    let same = run(&["--check"], out, url);
    assert_eq!(
        (same.status.code(), stdout(&same).as_str()),
        (Some(0), "no drift: the database, schema.json and the generated files agree\n")
    );

    let config = root().join("codegen.toml");
    let database_url = if given.contains('%') { "…" } else { given };
    let again = format!("cargo xtask codegen --database-url {database_url} --config {} --out {}", config.display(), out.display());
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
         \u{20} for callers: compatible, a minor version\nTo take it over: "
            .to_owned()
            + &again
            + "\n"
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
        github.starts_with(&format!(
            "::error file={}/schema.json,title=schema drift (breaking)::unique users_phone_key on auth.users: dropped%0A- ",
            out.display()
        )),
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
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(*uri, out.join("schema.json").display().to_string());
    }
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(2));

    // Without a database there is no drift: schema.json is what there is.
    assert_eq!(run(&["--check", "--offline"], out, None).status.code(), Some(0));
    assert!(run(&["--quiet"], out, url).status.success());
    assert_eq!(run(&["--check"], out, url).status.code(), Some(0));
}

/// A project of its own beside this repository: configuration, files of SQL, crates and a database.
struct Project {
    folder: tempfile::TempDir,
    server: Server,
}

impl Project {
    async fn new(config: &str, sql: &str, queries: &[(&str, &str)]) -> (Self, tokio_postgres::Client) {
        let server = Server::local(&root().join("target")).await.expect("PostgreSQL's programs are installed");
        server.create_database("project", None).await.expect("a fresh server takes a database");
        let client = server.connect("project").await.expect("the server answers");
        client.batch_execute(sql).await.expect("the script loads");
        let project = Self { folder: tempfile::tempdir().expect("a folder"), server };
        project.write("codegen.toml", config);
        for (file, text) in queries {
            project.write(file, text);
        }
        let first = project.run(&["--quiet"]);
        assert!(first.status.success(), "{}", stderr(&first));
        assert_eq!(project.run(&["--check"]).status.code(), Some(0));
        (project, client)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        for name in ["DATABASE_URL", "PGHOST", "PGDATABASE", "PGPORT", "PGUSER"] {
            command.env_remove(name);
        }
        command.current_dir(self.folder.path()).args(["codegen", "--config", "codegen.toml", "--out", "database"]);
        command.args(["--database-url", &self.server.url("project")]).args(arguments).output().expect("xtask runs")
    }

    /// What a check prints, which must fail whatever is allowed.
    fn fails(&self, format: &str) -> String {
        for allowed in ["compatible", "none"] {
            assert_eq!(self.run(&["--check", "--allow", allowed]).status.code(), Some(1), "{allowed}");
        }
        let check = self.run(&["--check", "--format", format]);
        assert_eq!(check.status.code(), Some(1), "{}{}", stdout(&check), stderr(&check));
        stdout(&check)
    }
}

const ACCOUNTS: &str = "create schema other;
    create table other.accounts (id int primary key, name text not null, balance numeric not null default 0);
    create table public.orders (id int primary key, account_id int not null, total numeric not null, note text);
    create table public.names (id int primary key, name text);";
const ORDERS: &str = "-- name: orders_with_names :many
-- @allow-scan: there are few
select o.id, a.name, o.note
from public.orders o
join other.accounts a on a.id = o.account_id;

-- name: totals :many
-- @allow-scan: there are few
select o.id, o.total from public.orders o;

-- name: balances :many
-- @allow-scan: there are few
select a.id, a.balance from other.accounts a;
";

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_the_server_refuses_fails_the_check_in_every_form() {
    let (project, client) = Project::new("schemas = [\"public\"]\n", ACCOUNTS, &[("queries/public/orders.sql", ORDERS)]).await;
    // A column of a schema that is not read, and at the same time a change that has nothing to do with it, of a
    // thing whose name stands in the message.
    client
        .batch_execute("alter table other.accounts rename name to label; alter table public.names drop name")
        .await
        .expect("changes");
    let place = "queries/public/orders.sql:3:14: orders_with_names: column a.name does not exist";
    let text = project.fails("text");
    assert!(text.contains(&format!("\nStatements that the server refuses, or that no index serves:\n  {place}\n")), "{text}");
    assert!(
        !text.contains("    ! ") && text.contains("for callers: breaking, a major version\nCorrect what is listed above"),
        "{text}"
    );
    let items: Vec<&str> = text.lines().filter(|line| line.contains("queries::")).collect();
    assert!(items.iter().all(|item| item.contains("public::names::")), "what a refused statement gave goes without a line: {text}");
    let report: Value = serde_json::from_str(&project.fails("json")).expect("one object");
    fits("check.schema.json", &report);
    let refused = &report["schema"]["refused"];
    assert_eq!(refused.as_array().map(Vec::len), Some(1), "{refused}");
    assert_eq!(
        (&refused[0]["file"], &refused[0]["line"], &refused[0]["column"], &refused[0]["statement"], &refused[0]["change"]),
        (&"queries/public/orders.sql".into(), &3.into(), &14.into(), &"orders_with_names".into(), &Value::Null)
    );
    let github = project.fails("github");
    assert!(
        github.lines().any(|line| line.starts_with(
            "::error file=queries/public/orders.sql,line=3,col=14,title=refused statement::orders_with_names: column a.name"
        )),
        "{github}"
    );
    let markdown = project.fails("markdown");
    assert!(markdown.contains(&format!("- `{place}`")), "{markdown}");
    let sarif: Value = serde_json::from_str(&project.fails("sarif")).expect("one object");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let location = results.iter().find(|result| result["ruleId"] == "refused-statement").expect("a result")["locations"][0].clone();
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "queries/public/orders.sql");
    assert_eq!(location["physicalLocation"]["region"]["startLine"], 3);

    // A change of a table that the statement depends on explains it.
    client
        .batch_execute("alter table other.accounts rename label to name; alter table public.orders drop note")
        .await
        .expect("changes");
    let text = project.fails("text");
    let change = text.split("  public.orders.note: dropped  breaking\n").nth(1).expect("a change").split("\n  public").next();
    assert!(
        change.is_some_and(|change| change.contains("    ! queries/public/orders.sql:3:22: orders_with_names: column o.note")),
        "{text}"
    );
    assert!(!text.contains("Statements that"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_reads_otherwise_is_drift_though_no_schema_that_is_read_moved() {
    let (project, client) = Project::new("schemas = [\"public\"]\n", ACCOUNTS, &[("queries/public/orders.sql", ORDERS)]).await;
    client.batch_execute("alter table other.accounts alter balance type bigint").await.expect("a change");
    for format in ["text", "json", "github", "markdown", "sarif"] {
        let text = project.fails(format);
        assert!(text.contains("queries::public::orders_queries::BalancesRow::balance"), "{format}: {text}");
    }
    // The run that takes it over asks the server again, and its code is what a first run writes.
    assert!(project.run(&["--quiet"]).status.success());
    assert_eq!(project.run(&["--check"]).status.code(), Some(0));
    client.batch_execute("alter table other.accounts drop balance").await.expect("a change");
    let refused = project.run(&["--quiet"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        stderr(&refused).contains("queries/public/orders.sql:13:14: balances: column a.balance does not exist"),
        "{}",
        stderr(&refused)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_of_codegen_toml_that_does_not_fit_comes_first_and_hides_no_verdict() {
    let config = |column: &str| format!("[tables.\"public.paint\"]\nscan_by = [[\"{column}\"]]\n");
    let (project, client) =
        Project::new(&config("color"), "create table paint (id int primary key, color text not null, size int)", &[]).await;
    client.batch_execute("alter table paint rename color to hue; alter table paint add weight int").await.expect("a change");
    let first =
        "codegen.toml does not fit the database; correct it first:\n  codegen.toml:2:12: there is no column `public.paint.color`";
    let text = project.fails("text");
    assert!(text.starts_with(first), "{text}");
    assert!(text.contains("  public.paint.color: renamed to hue (a guess)  breaking\n"), "{text}");
    assert!(text.contains("    - queries::public::paint::scan_by_color\n"), "{text}");
    assert!(text.contains("  for callers: breaking, a major version\n"), "{text}");
    let report: Value = serde_json::from_str(&project.fails("json")).expect("one object");
    fits("check.schema.json", &report);
    assert_eq!(report["schema"]["problems"][0]["line"], 2);
    assert!(
        project.fails("github").starts_with("::error file=codegen.toml,line=2,col=12,title=does not fit the database::there is no")
    );
    assert!(project.fails("markdown").starts_with("### codegen.toml does not fit the database\n\n- `codegen.toml:2:12: "));
    let sarif: Value = serde_json::from_str(&project.fails("sarif")).expect("one object");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "configuration");

    // Mended, as a pull request would: schema.json is what does not fit now, and the verdict stays.
    project.write("codegen.toml", &config("hue"));
    let text = project.fails("text");
    assert!(text.starts_with("The database moved since schema.json:\n"), "{text}");
    assert!(text.contains("  public.paint.color: renamed to hue (a guess)  breaking\n"), "{text}");
    assert!(text.contains("    + queries::public::paint::scan_by_hue\n"), "{text}");
    assert!(text.contains("  public.paint.weight: new "), "{text}");
    assert!(
        text.contains("codegen.toml does not fit schema.json, so that the generated files were not compared:\ncodegen.toml:2:12:"),
        "{text}"
    );
    let command = format!(
        "To take it over: cargo xtask codegen --database-url {} --config codegen.toml --out database\n",
        if text.contains("--database-url …") { "…".to_owned() } else { project.server.url("project") }
    );
    assert!(text.ends_with(&command), "{text}");
    assert!(project.run(&["--quiet"]).status.success());
    assert_eq!(project.run(&["--check"]).status.code(), Some(0));
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

#[tokio::test(flavor = "multi_thread")]
async fn watching_tries_again_what_failed_for_a_reason_that_went_away() {
    let (_server, url) = reference().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("schema.json");
    fs::create_dir_all(file.join("in the way")).expect("writable");
    let errors = folder.path().join("errors.txt");
    let stderr = fs::File::create(&errors).expect("writable");
    let child = xtask(&["--watch", "--quiet"], folder.path(), Some(&url)).stdout(Stdio::null()).stderr(stderr).spawn();
    let _running = Running(child.expect("xtask runs"));
    let until = |is_so: &dyn Fn() -> bool, what: &str| {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < Duration::from_mins(1), "{what}");
            thread::sleep(Duration::from_millis(50));
        }
    };
    let said = || fs::read_to_string(&errors).unwrap_or_default();
    until(&|| said().contains("error: "), "no error");
    thread::sleep(Duration::from_secs(2));
    assert_eq!(said().matches("error: ").count(), 1, "once for one failure: {}", said());
    fs::remove_dir_all(&file).expect("there");
    until(&|| file.is_file(), "the failed run was forgotten");
}
