//! `cargo xtask inspect` and `domains suggest` as a user sees them: forms, files, exit codes.

use std::{
    fs,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;
use xtask::{database::reference_files, root, server::Server};

fn run(arguments: &[&str], url: &str) -> Output {
    command(arguments, url).arg("--config").arg(root().join("codegen.toml")).output().expect("xtask runs")
}

fn command(arguments: &[&str], url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    for name in ["DATABASE_URL", "PGHOST", "PGDATABASE", "PGPORT", "PGUSER"] {
        command.env_remove(name);
    }
    command.args(arguments).args(["--database-url", url]).stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn the_report_comes_in_every_form() {
    let server = Server::local(&root().join("target")).await.expect("PostgreSQL's programs are installed");
    server.create_database("report", None).await.expect("a fresh server takes a database");
    server.load("report", &reference_files()).await.expect("the reference database loads");
    let url = server.url("report");
    let migrations = root().join("tests/fixtures/migrations");
    let migrations = migrations.to_str().expect("UTF-8");

    let plain = run(&["inspect"], &url);
    assert_eq!((plain.status.code(), text(&plain.stderr).as_str()), (Some(0), ""), "no error, and no bar where nobody looks");
    let report = text(&plain.stdout);
    assert!(report.contains("public.system_audit_logs") && report.contains("1950") && !report.contains('\u{1b}'), "{report}");

    // A finding that is an error is exit code 1.
    let json = run(&["inspect", "--json", "--migrations", migrations], &url);
    assert_eq!(json.status.code(), Some(1), "{}", text(&json.stderr));
    let value: Value = serde_json::from_slice(&json.stdout).expect("one object");
    let schema = fs::read_to_string(root().join("docs/inspect.schema.json")).expect("`cargo xtask docs` wrote it");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");

    let folder = tempfile::tempdir().expect("a folder");
    for (format, begin) in
        [("html", "<!"), ("markdown", "# report"), ("mermaid", "erDiagram"), ("dot", "digraph"), ("text", "report on PostgreSQL")]
    {
        let file = folder.path().join(format);
        let output = run(&["inspect", "--format", format, "--output", file.to_str().expect("UTF-8")], &url);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), ""), "{}", text(&output.stderr));
        assert!(fs::read_to_string(&file).expect("written").starts_with(begin), "{format}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 5, "nothing but the reports is left");
    // A screen of findings, and every one on demand; cures in a file that runs nothing by itself.
    let file = folder.path().join("cures.sql");
    let screen = text(&run(&["inspect", "--cures", file.to_str().expect("UTF-8")], &url).stdout);
    let findings = screen.lines().skip_while(|line| !line.starts_with("Warnings")).count();
    assert!((10..=65).contains(&findings), "{findings} lines:\n{screen}");
    assert!(screen.contains("… and ") && screen.contains("--all prints every object"), "{screen}");
    let all = text(&run(&["inspect", "--all"], &url).stdout);
    assert!(all.lines().count() > 3 * screen.lines().count(), "{all}");
    let value: Value = serde_json::from_slice(&run(&["inspect", "--json"], &url).stdout).expect("one object");
    let findings = value["findings"].as_array().expect("a list");
    for finding in findings {
        let told = format!("{}: {}", finding["object"].as_str().expect("text"), finding["message"].as_str().expect("text"));
        assert!(all.contains(&told), "{told}");
    }
    let cures = fs::read_to_string(&file).expect("written");
    assert!(cures.lines().all(|line| line.is_empty() || line.starts_with("--")), "{cures}");
    let listed = cures.lines().filter(|line| line.starts_with("-- ")).count();
    let expected: usize = findings.iter().filter_map(|finding| finding["cure"].as_str()).map(|cure| cure.lines().count()).sum();
    assert!(expected > 10 && listed == expected, "{listed} of {expected}");
    fs::remove_file(&file).expect("ours");
    let domain = text(&run(&["inspect", "--format", "mermaid", "--domain", "audit"], &url).stdout);
    assert!(domain.contains("user_audit_logs") && !domain.contains("payload_preferences"), "{domain}");

    let wrong = run(&["inspect", "--domain", "adit"], &url);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).starts_with("error: there is no domain `adit`; there are audit, auth,"), "{}", text(&wrong.stderr));
    let wrong = run(&["inspect", "--migrations", "/nowhere"], &url);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("/nowhere"), "{}", text(&wrong.stderr));

    let proposed = run(&["domains", "suggest"], &url);
    assert!(text(&proposed.stdout).starts_with("[domains]\n") && text(&proposed.stdout).contains("auth = [\"auth.*\"]"));
    let explained = text(&run(&["domains", "suggest", "--explain", "--names", "auth,users,audit"], &url).stdout);
    assert!(explained.contains(" %  public.user_audit_logs "), "{explained}");
}

#[tokio::test]
async fn a_report_can_be_interrupted() {
    let server = Server::local(&root().join("target")).await.expect("PostgreSQL's programs are installed");
    server.create_database("slow", None).await.expect("a fresh server takes a database");
    let client = server.connect("slow").await.expect("it answers");
    client.batch_execute("create view slow as select pg_sleep(60)::text as n").await.expect("a view");
    let mut child = command(&["inspect", "--schemas", "public", "--timeout", "120", "--quiet"], &server.url("slow"))
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("xtask runs");
    let sleeping =
        "select count(*) from pg_stat_activity where query like '%slow%' and state = 'active' and pid <> pg_backend_pid()";
    let active = async || -> i64 { client.query_one(sleeping, &[]).await.expect("a number").get(0) };
    let mut waited = 0;
    while active().await == 0 && waited < 100 {
        thread::sleep(Duration::from_millis(100));
        waited += 1;
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(2));
    // The server does not go on alone.
    let mut waited = 0;
    while active().await > 0 && waited < 50 {
        thread::sleep(Duration::from_millis(100));
        waited += 1;
    }
    assert_eq!(active().await, 0);
}
