//! Functions from files of SQL: what they give when they run, and what is refused.

use std::{fs, process::Command};

use entitree::{Config, FileSet, connect, sql};
use entitree_tests::{
    Reference, folder,
    project::{Project, add_crates, workspace},
};

fn read(file: &str) -> String {
    fs::read_to_string(folder("sql").join(file)).expect("a file")
}

#[tokio::test]
async fn functions_give_what_the_server_prints() {
    let reference = Reference::start().await;
    let (url, _client) = reference.with_sql(&read("schema.sql")).await;
    let config = Config::load(&folder("sql").join("codegen.toml")).expect("TOML");
    let files = sql::read_folder(&config.queries_folder()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let mut session = connect(&url, |_| None).await.expect("the server answers");
    let generation = entitree::generate_with_queries(&mut session, &config, &files).await.unwrap_or_else(|error| panic!("{error}"));

    let mut project_files = FileSet::default();
    add_crates(&mut project_files, "sql", &generation.files);
    project_files.0.insert("app/src/main.rs".into(), read("main.rs"));
    let money = "//! A type of the user's.\n\n/// An amount.\n#[derive(Clone, Debug, PartialEq, sea_orm::DeriveValueType)]\n\
                 pub struct Money(pub sea_orm::prelude::BigDecimal);\n";
    project_files.0.insert("sql/entities/src/money.rs".into(), money.to_owned());
    let library = project_files.0.get_mut("sql/entities/src/lib.rs".as_ref() as &std::path::Path).expect("the scaffold has one");
    library.push_str("pub mod money;\n");
    project_files.0.insert(
        "app/Cargo.toml".into(),
        "[package]\nname = \"sql_functions\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nentities = { package = \"sql_entities\", path = \"../sql/entities\" }\nfutures-util = { version = \"0.3\", default-features = false }\nqueries = { package = \"sql_queries\", path = \"../sql/queries\" }\nsea-orm = { version = \"2.0.4\", default-features = false }\ntokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n".to_owned(),
    );
    project_files.0.insert("Cargo.toml".into(), workspace("  \"app\",\n  \"sql/entities\",\n  \"sql/queries\",\n"));
    let project = Project { root: xtask::root().join("target/sql_functions") };
    project.write(project_files);
    let built = project.cargo(&["build", "--workspace", "--quiet"]);
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success() && said.is_empty(), "{said}");
    let run = Command::new(project.program("sql_functions")).arg(&url).output().expect("the program was built");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// What is said of a file of SQL on the same database.
async fn complaints(text: &str) -> String {
    complaints_with("", "", text).await
}

/// What is said of a file of SQL on the same database and more, with a codegen.toml.
async fn complaints_with(sql: &str, toml: &str, text: &str) -> String {
    let reference = Reference::start().await;
    let (url, _client) = reference.with_sql(&format!("{}{sql}", read("schema.sql"))).await;
    let mut session = connect(&url, |_| None).await.expect("the server answers");
    let file = sql::File::parse("queries/app/wrong.sql".as_ref(), text).expect("statements");
    let config = format!("schemas = [\"app\"]\n{toml}");
    let config = Config::parse(&config, "codegen.toml".as_ref()).unwrap_or_else(|error| panic!("{error}"));
    let generated = entitree::generate_with_queries(&mut session, &config, &[file]).await;
    generated.err().map(|error| error.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn mistakes_are_told_all_at_once_with_their_places() {
    let said = complaints(
        "-- name: a :many\nselect id,\n  wrong from app.thing;\n\n-- name: b :many\nselect id from app.thing where price = :price;\n\n\
         -- name: c :many\nselect id, id from app.owner limit 5;\n\n-- name: d :many\nselect id, 1 from app.owner limit 5;\n\n\
         -- name: e :many\ndelete from app.owner where id = 1;\n\nselect 1 as one;\n\n-- name: f\nselect 1 as one;\n\n\
         -- name: g :many\nselect id from app.owner where id = $1;\n\n-- @column nme null\n-- name: h :one\nselect 1 as name;\n\n\
         -- name: i :many\nselect name from app.setting;\n\n-- name: j :many\nselect id from app.owner\nwhere name = :name -- @if name\n\
         and wrong -- @if deep\norder by id;\n",
    )
    .await;
    let expected = "\
queries/app/wrong.sql:3:3: a: column \"wrong\" does not exist
    wrong from app.thing;
    ^^^^^

queries/app/wrong.sql:6:1: b: reads all of `app.thing`, which no index serves
  select id from app.thing where price = :price;
  ^^^^^^
  cure: create index on app.thing (price)
  or say why that is fine: `-- @allow-scan: …`; or that the table stays small, in codegen.toml: [queries] small_tables = [\"app.thing\"]

queries/app/wrong.sql:9:1: c: two columns are called `id`; name them apart: `as …`
  select id, id from app.owner limit 5;
  ^^^^^^

queries/app/wrong.sql:12:1: d: column 2 has no name; give it one: `as …`
  select id, 1 from app.owner limit 5;
  ^^^^^^

queries/app/wrong.sql:15:1: e: the statement returns no column, which `:many` needs: write `:exec` or `:rows`, or add `returning …`
  delete from app.owner where id = 1;
  ^^^^^^

queries/app/wrong.sql:17:1: statement_6: the statement has no name: write `-- name: the_name :many` above it
  select 1 as one;
  ^^^^^^

queries/app/wrong.sql:20:1: f: say what it returns: `-- name: f :many`
  select 1 as one;
  ^^^^^^

queries/app/wrong.sql:23:1: g: write parameters as `:name`, not as `$1`
  select id from app.owner where id = $1;
  ^^^^^^

queries/app/wrong.sql:25:1: h: there is no column `nme`; did you mean `name`?
  -- @column nme null
  ^^^^^^^^^^^^^^^^^^^

queries/app/wrong.sql:30:1: i: reads all of `app.setting`, which no index serves
  select name from app.setting;
  ^^^^^^
  no condition of the statement can use an index: add one that can, or `limit` with `order by` the columns of an index
  or say why that is fine: `-- @allow-scan: …`; or that the table stays small, in codegen.toml: [queries] small_tables = [\"app.setting\"]

queries/app/wrong.sql:35:5: j: column \"wrong\" does not exist
  and wrong -- @if deep
      ^^^^^";
    assert_eq!(said, expected);
}

#[tokio::test]
async fn what_cannot_be_sent_as_text_is_refused() {
    let said =
        complaints("-- name: k :many\nwith gone as (delete from app.thing where id = 1 returning tags) select tags from gone;\n")
            .await;
    assert_eq!(
        said,
        "queries/app/wrong.sql: k: the server takes the statement, but not as it has to be sent (WITH clause containing a \
         data-modifying statement must be at the top level); columns of types that Rust does not have, and arrays, travel as text: \
         cast them to text yourself, and say `-- @column name String`"
    );
}

#[tokio::test]
async fn read_only_tables_are_not_written() {
    let said = complaints_with(
        "create view app.red as select name, value from app.setting where value = 'red';
         create view app.ruled as select name from app.setting where false;
         create rule into_setting as on insert to app.ruled do instead insert into app.setting (name) values (new.name);
         create table app.log (day date not null, what text) partition by range (day);
         create table app.log_2026 partition of app.log for values from ('2026-01-01') to ('2027-01-01');",
        "[queries]\nsmall_tables = [\"app.setting\"]\n[tables.\"app.setting\"]\naccess = \"read-only\"\nreason = \"managed by the shop\"\n\
         [tables.\"app.lo?\"]\naccess = \"read-only\"\nkey = [\"day\"]\n",
        "-- name: plain :exec\ninsert into app.setting values (:name, :value);\n\n\
         -- name: within :many\nwith gone as (delete from app.setting where name = :name returning value) select value from gone;\n\n\
         -- name: merged :exec\nmerge into app.setting using app.owner on owner.name = setting.name and owner.id = 1\n\
         when matched then delete;\n\n\
         -- name: through_a_view :exec\nupdate app.red set value = 'blue' where name = :name;\n\n\
         -- name: by_a_rule :exec\ninsert into app.ruled values (:name);\n\n\
         -- name: a_partition :exec\ninsert into app.log_2026 values (:day, :what);\n\n\
         -- name: locked :optional\nselect value from app.setting where name = :name for update;\n\n\
         -- name: read :exec\ninsert into app.owner (name) select name from app.setting where name = :name;\n",
    )
    .await;
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).collect();
    let expected = [
        "queries/app/wrong.sql:2:1: plain: writes `app.setting`, which codegen.toml makes read-only: managed by the shop",
        "queries/app/wrong.sql:5:1: within: writes `app.setting`, which codegen.toml makes read-only: managed by the shop",
        "queries/app/wrong.sql:8:1: merged: writes `app.setting`, which codegen.toml makes read-only: managed by the shop",
        "queries/app/wrong.sql:12:1: through_a_view: writes `app.setting`, which codegen.toml makes read-only: managed by the shop",
        "queries/app/wrong.sql:15:1: by_a_rule: writes `app.setting`, which codegen.toml makes read-only: managed by the shop",
        "queries/app/wrong.sql:18:1: a_partition: writes `app.log`, which codegen.toml makes read-only",
    ];
    assert_eq!(lines, expected, "{said}");
    let cure = "  cure: remove the statement, or `access = \"read-only\"` from [tables.\"app.lo?\"] in codegen.toml";
    assert!(said.lines().any(|line| line == cure), "{said}");
}

#[tokio::test]
async fn statements_that_are_no_queries_are_refused() {
    for sql in ["truncate app.setting", "copy app.setting to stdout", "do $$ begin end $$", "create table app.more (id int)"] {
        let said = complaints(&format!("-- name: it :exec\n{sql};\n")).await;
        let expected = "queries/app/wrong.sql:2:1: it: this is not a query: a function runs a `select`, `insert`, `update`, `delete`, `merge` \
                        or `values`; run other statements with `execute_unprepared`";
        assert_eq!(said.lines().next(), Some(expected), "{said}");
    }
}
