//! Reading and generating: the same bytes for anyone, a constant number of statements, and errors
//! that say what is wrong, where, and the cure.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use entitree::{Config, Error, FileSet, IntrospectError, Past, Rendered, Snapshot, introspect::Options, sql};
use entitree_tests::{Reference, reference_config, text_rows};
use tokio_postgres::Client;
use xtask::server::connect;

async fn generate(client: &Client) -> entitree::Generation {
    entitree::generate(client, &reference_config()).await.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn the_same_bytes_from_any_role_and_any_settings() {
    let reference = Reference::start().await;
    let (url, superuser) = reference.database().await;
    let expected = generate(&superuser).await;
    superuser
        .batch_execute(
            "alter role entitree_reader set search_path = auth, public;
             alter role entitree_reader set datestyle = 'German';
             alter role entitree_reader set intervalstyle = 'sql_standard';
             alter role entitree_reader set timezone = 'Asia/Kathmandu';
             alter role entitree_reader set quote_all_identifiers = on;
             alter role entitree_reader set standard_conforming_strings = off;
             alter role entitree_reader set bytea_output = 'escape'",
        )
        .await
        .expect("a superuser may");
    let reader = connect(&url.replacen("postgres@", "entitree_reader@", 1)).await.expect("the role may log in");
    let generation = generate(&reader).await;
    assert_eq!(generation.schema().to_string(), expected.schema().to_string());
    assert!(generation.schema() == expected.schema(), "every row of the schema");
    assert!(generation.files == expected.files);
    // The session is as it was.
    assert_eq!(text_rows(&reader, "show search_path").await, [[Some("auth, public".to_owned())]]);
}

#[tokio::test]
async fn a_schema_prints_a_line_for_each_thing() {
    let reference = Reference::start().await;
    let (_url, client) = reference.database().await;
    let schema = generate(&client).await.schema().to_string();
    for line in [
        "enum auth.aal_level (aal1, aal2, aal3)",
        "function auth.uid()",
        "sequence auth.refresh_tokens_id_seq bigint",
        "table auth.users (owner supabase_auth_admin, row security)",
        "  confirmed_at timestamp with time zone generated LEAST(email_confirmed_at, phone_confirmed_at)",
        "  fk sessions_user_id_fkey (user_id -> auth.users.id) on delete cascade",
        "  fk verification_codes_user_id_fkey (user_id -> auth.users.id) on delete cascade",
        "  unique index sso_domains_domain_idx btree (lower(domain))",
        "  unique index users_email_partial_key btree (email) where (is_sso_user = false)",
        "  policy Users can view their own data for select",
        "view public.auditlog (owner postgres)",
    ] {
        assert!(schema.lines().any(|printed| printed == line), "{line}\n{schema}");
    }
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow() {
    let reference = Reference::start().await;
    let mut counts = Vec::new();
    for (marker, sql) in [("small", "create table t (id int primary key)".to_owned()), ("large", many_tables(300))] {
        let (_url, client) = reference.with_sql(&sql).await;
        client
            .batch_execute(&format!("set application_name = '{marker}'; set log_statement = 'all'"))
            .await
            .expect("a superuser may");
        let before = statements(&reference);
        entitree::introspect(&client, &Options::default()).await.unwrap_or_else(|error| panic!("{error}"));
        counts.push(statements(&reference) - before);
    }
    // The first asks whether the connection is in a transaction.
    assert_eq!(counts, [entitree::introspect::STATEMENTS + 1; 2]);
    assert!(counts[0] <= 16, "the promised limit");
}

fn many_tables(count: usize) -> String {
    (0..count)
        .map(|number| format!("create table t{number} (id int primary key, other int references t{}(id));\n", number / 2))
        .collect()
}

#[tokio::test]
async fn only_what_a_change_touches_is_checked_again() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    let config = reference_config();
    let files = sql::read_folder(&xtask::root().join("queries")).expect("files of SQL");
    let mut session = entitree::connect(&url, |_| None).await.expect("the server answers");
    session.client.batch_execute("set log_statement = 'all'").await.expect("a superuser may");
    let mut old = Snapshot::default();
    let (mut rendered, mut disk, mut fresh) = (Rendered::default(), FileSet::default(), Vec::new());
    let mut counts = Vec::new();
    for change in [
        "select 1",
        "select 2",
        "alter table public.user_audit_logs add nickname text",
        "create function public.f() returns int language sql as 'select 1'",
    ] {
        client.batch_execute(change).await.expect("a change");
        let before = statements(&reference);
        let written = disk.clone();
        let past = Past { snapshot: old, rendered, read: Some(Box::new(move |path| written.0.get(path).cloned())) };
        let generation = entitree::generate_since(&mut session, &config, &files, std::future::ready(past))
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        counts.push(statements(&reference) - before);
        let whole = entitree::generate_with_queries(&mut session, &config, &files).await.unwrap_or_else(|error| panic!("{error}"));
        assert!(generation.files == whole.files, "{change}: the same bytes, whatever was known");
        old = generation.snapshot;
        fresh.push(generation.rendered.fresh.iter().map(|path| path.display().to_string()).collect::<Vec<_>>());
        (rendered, disk) = (generation.rendered, generation.files);
        // A file that somebody touched is rendered again, whatever its plan is.
        if change == "select 2" {
            disk.0.get_mut(Path::new("queries/src/generated/users/users.rs")).expect("a page").push_str("// mine");
        }
    }
    assert_eq!(fresh[0].len(), disk.0.len() - 1, "schema.json is no page");
    // The new column is in the fingerprint, on both pages of its table and on that of the statement that reads
    // all of it; and there is the page that was touched.
    let pages = ["audit/user_audit_logs.rs", "fingerprint/mod.rs"].map(|page| format!("entities/src/generated/{page}"));
    let queries =
        ["audit/trail.rs", "audit/user_audit_logs.rs", "users/users.rs"].map(|page| format!("queries/src/generated/{page}"));
    assert_eq!(fresh[1..], [vec![], [pages.as_slice(), &queries].concat(), vec![]]);
    let [whole, unchanged, one_table, a_function] = counts[..] else { panic!("four runs") };
    assert!(unchanged < 30 && unchanged < one_table && one_table < whole / 2 && a_function == whole, "{counts:?}");
}

fn statements(reference: &Reference) -> usize {
    reference
        .server
        .log()
        .lines()
        .filter(|line| line.contains("LOG:  statement:") || line.contains("LOG:  execute <unnamed>"))
        .count()
}

#[tokio::test]
async fn reading_says_what_is_wrong_and_the_cure() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    let read = async |client: &Client, schemas: &[&str]| {
        let options = Options { schemas: schemas.iter().map(|&schema| schema.to_owned()).collect(), timeout_seconds: 1 };
        entitree::introspect(client, &options).await.expect_err("the read fails")
    };

    let missing = read(&client, &["public", "nope"]).await;
    assert_eq!(
        missing.to_string(),
        "schema `nope` does not exist in this database; there are `auth`, `public`: correct `schemas` in codegen.toml or `--schemas`"
    );

    client.batch_execute("create role outsider login").await.expect("a superuser may");
    let outsider = connect(&url.replacen("postgres@", "outsider@", 1)).await.expect("the role may log in");
    let refused = read(&outsider, &["auth"]).await.to_string();
    assert!(refused.starts_with("the role `outsider` may not use schema `auth`; as the schema's owner, run:"), "{refused}");
    assert!(refused.contains("grant usage on schema \"auth\" to \"outsider\""), "{refused}");

    // A migration holds a lock that the read waits for.
    client.batch_execute("begin; lock table pg_catalog.pg_policy in access exclusive mode").await.expect("a superuser may");
    let waiting = connect(&url).await.expect("the server answers");
    let late = read(&waiting, &[]).await;
    assert!(matches!(late, IntrospectError::TimedOut { seconds: 1, .. }), "{late}");

    // The server ends the connection in the middle.
    let victim = connect(&url).await.expect("the server answers");
    let process = text_rows(&victim, "select pg_backend_pid()").await[0][0].clone().expect("a number");
    let killer = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        text_rows(&client, &format!("select pg_terminate_backend({process})")).await
    };
    let (lost, _) = tokio::join!(read(&victim, &[]), killer);
    assert!(matches!(lost, IntrospectError::ConnectionLost { .. }), "{lost}");
    client.batch_execute("rollback").await.expect("the lock goes");
}

#[tokio::test]
async fn codegen_toml_complains_of_everything_at_once() {
    let reference = Reference::start().await;
    let (_url, client) = reference.database().await;
    for (toml, expected) in [
        (
            "schemas = [\"public\"]\n[domains]\nusers = [\"public.user*\"]\nmembership = [\"public.[!u]*\", \"public.user_memberships\"]\n",
            "codegen.toml:3:1: `public.user_memberships` is claimed by the domains `membership` and `users`",
        ),
        (
            "schemas = [\"auth\"]\n[domains]\nlogin = [\"auth.[!s]*\"]\nsaml = [\"auth.saml_*\"]\n",
            "codegen.toml: 4 tables are in no domain; add each to a list under [domains], for example:",
        ),
        (
            "schemas = [\"auth\"]\n[rename.columns]\n\"auth.users.emial\" = \"mail\"\n[types.columns]\n\"auth.users.email\" = \"no type!\"\n",
            "codegen.toml:3:1: there is no column `auth.users.emial`; did you mean `auth.users.email`?",
        ),
        (
            "schemas = [\"auth\"]\n[types.columns]\n\"auth.users.email\" = \"no type!\"\n",
            "codegen.toml:3:22: `no type!` is no Rust type",
        ),
        (
            "schemas = [\"public\"]\n[[relations]]\nfrom = \"public.user_profiles.userid\"\nto = \"public.users.id\"\n",
            "codegen.toml:3:8: there is no column `public.user_profiles.userid`; did you mean `user_id`?",
        ),
        (
            "schemas = [\"public\"]\n[[relations]]\nfrom = \"user_id\"\nto = \"public.users.id\"\n",
            "codegen.toml:3:8: write `user_id` as `schema.table.column`",
        ),
        (
            "schemas = [\"public\"]\n[tables.\"public.auditlog\"]\nkey = [\"ident\"]\n",
            "codegen.toml:3:7: there is no column `public.auditlog.ident`",
        ),
    ] {
        let config = Config::parse(toml, Path::new("codegen.toml")).unwrap_or_else(|error| panic!("{error}"));
        let error = entitree::generate(&client, &config).await.expect_err("the configuration does not fit").to_string();
        assert!(error.contains(expected), "expected {expected}\ngot {error}");
    }
    let both = "schemas = [\"auth\"]\n[rename.columns]\n\"auth.users.emial\" = \"mail\"\n[types.columns]\n\"auth.users.email\" = \"no type!\"\n";
    let config = Config::parse(both, Path::new("codegen.toml")).expect("TOML");
    let Err(Error::Plan(errors)) = entitree::generate(&client, &config).await else { panic!("two complaints") };
    assert_eq!(errors.len(), 2);
}

#[tokio::test]
async fn names_types_and_comments_follow_codegen_toml() {
    let reference = Reference::start().await;
    let (_url, client) = reference
        .with_sql(
            "create type mood as enum ('so-so', 'great');
             create table person (id int primary key, type text not null, mood mood, boss_id int references person);
             comment on table person is '```rust\npanic!()\n``` */ #![deny(x)]';",
        )
        .await;
    let config = Config::parse(
        r#"
        serde = true
        [rename.tables]
        "public.person" = "people"
        [rename.columns]
        "public.person.type" = "kind"
        [rename.relations]
        "public.person.people_as_boss" = "reports"
        [rename.enums]
        "public.mood" = "Feeling"
        [rename.variants]
        "public.mood.so-so" = "Meh"
        [derives]
        models = ["Hash"]
        [comments]
        "public.person.mood" = "How it goes."
        "#,
        Path::new("codegen.toml"),
    )
    .expect("TOML");
    let files = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}")).files.0;
    let page = &files[Path::new("entities/src/generated/public/people.rs")];
    for line in [
        "    \"public\", \"person\", as \"public\\\".\\\"person\";",
        "    kind: String => Kind \"type\", ColumnType::Text.def();",
        "pub kind: String,",
        "pub mood: Option<crate::enums::public::Feeling>,",
        "/// How it goes.",
        "/// \\`\\`\\`rust",
        "    Reports,",
        "Hash",
        "::serde::Serialize",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert!(files[Path::new("entities/src/generated/enums/public/feeling.rs")].contains("#[serde(rename = \"so-so\")]\n    Meh,"));
}

#[tokio::test]
async fn a_role_that_may_read_some_columns_gets_those() {
    let reference = Reference::start().await;
    let (url, client) = reference
        .with_sql(
            "create table people (id int primary key, name text not null, secret text, boss_id int references people);
             create table places (id int primary key, hidden int);
             drop role if exists clerk; drop role if exists nobody_at_all;
             create role clerk login; create role nobody_at_all login;
             grant select (id, name) on people to clerk;",
        )
        .await;
    let database = url.rsplit('/').next().expect("a database").to_owned();
    let as_role = async |role: &str| {
        let session = entitree::connect(&reference.server.url_as(role, &database), |_| None).await.expect("the role may log in");
        entitree::generate(&session.client, &Config::default()).await.unwrap_or_else(|error| panic!("{error}"))
    };
    let page = |generation: &entitree::Generation, table: &str| {
        generation.files.0[&PathBuf::from(format!("entities/src/generated/public/{table}.rs"))].clone()
    };
    let owner = entitree::generate(&client, &Config::default()).await.expect("a superuser");
    let clerk = as_role("clerk").await;
    let people = page(&clerk, "people");
    assert!(people.contains("pub name: String") && !people.contains("secret") && !people.contains("boss"), "{people}");
    let left_out: Vec<&str> = clerk.warnings.iter().map(|warning| warning.object.as_str()).collect();
    assert!(left_out.contains(&"public.people.secret") && left_out.contains(&"public.people.boss_id"), "{left_out:?}");
    // A role that may read no column reads the catalogue like any other: enough to check the code.
    assert_eq!(page(&clerk, "places"), page(&owner, "places"));
    let nobody = as_role("nobody_at_all").await;
    assert_eq!(nobody.files.0, owner.files.0);
}

#[tokio::test]
async fn names_stay_when_something_unrelated_is_added() {
    let reference = Reference::start().await;
    let sql = "create table users (id int primary key); create table posts (id int primary key, user_id int references users, \"type\" text);";
    let (_url, before) = reference.with_sql(sql).await;
    let (_url, after) =
        reference.with_sql(&format!("create table aaa (id int primary key); {sql} create table zzz (id int);")).await;
    let before = entitree::generate(&before, &Config::default()).await.expect("a database").files.0;
    let after = entitree::generate(&after, &Config::default()).await.expect("a database").files.0;
    for (path, text) in before.iter().filter(|(path, _)| {
        path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("mod.rs") && !path.ends_with("prelude.rs")
    }) {
        assert_eq!(after.get(path), Some(text), "{}", path.display());
    }
}

#[tokio::test]
async fn a_catalogue_that_changes_while_it_is_read_is_read_as_it_was() {
    let reference = Reference::start().await;
    let (url, client) = reference.with_sql("create table steady (id int primary key)").await;
    let changing = tokio::spawn(async move {
        for number in 0..40 {
            let sql = format!(
                "create table t{number} (id int primary key, a int, b text); alter table t{number} drop column a; drop table t{number}"
            );
            client.batch_execute(&sql).await.expect("statements");
        }
    });
    let session = entitree::connect(&url, |_| None).await.expect("the server answers");
    while !changing.is_finished() {
        // Either a whole picture, or an error that says to run again: never a panic, never half a table.
        match entitree::generate(&session.client, &Config::default()).await {
            Ok(generation) => assert!(generation.files.0.contains_key(Path::new("entities/src/generated/public/steady.rs"))),
            Err(error) => assert!(error.to_string().contains("run"), "{error}"),
        }
    }
    changing.await.expect("no panic");
}

#[tokio::test]
async fn an_answer_that_is_true_no_more_is_asked_for_again() {
    let reference = Reference::start().await;
    let (url, client) = reference
        .with_sql(
            "create schema other;
             create domain other.nick as text not null;
             create table other.accounts (
                 id int primary key, name text not null, nick other.nick, code varchar(9) not null, mail text,
                 constraint has_mail check (mail is not null)
             );
             create index accounts_by_code on other.accounts (code);
             create view other.mails as select id, mail from other.accounts;
             create function other.label(text) returns text language sql stable as 'select $1';
             create function public.is_fine(text) returns bool strict language sql stable as 'select true';
             create table public.things (id int primary key, note text);
             create view public.everyone as select id, name from other.accounts;
             create table public.parts (id int primary key, kind text not null);
             create table other.events (id int not null, day int not null) partition by range (day);
             create table other.events_1 partition of other.events for values from (1) to (2);
             create index events_1_by_id on other.events_1 (id);",
        )
        .await;
    let statements = [
        ("accounts", "select a.name, a.nick, other.label(a.code) as label from other.accounts a where a.id = :id"),
        ("mails", "select m.mail from other.mails m where m.id = :id"),
        ("codes", "select a.id from other.accounts a where a.code = :code"),
        ("fine", "select t.note from public.things t where t.id = :id and public.is_fine(t.note)"),
        ("everyone", "select e.name from public.everyone e where e.id = :id"),
        ("events", "select e.day from other.events e where e.id = :id"),
        ("parts", "select kind from parts where id = :id"),
    ];
    let files: Vec<sql::File> = statements
        .iter()
        .map(|(name, sql)| {
            let text = format!("-- name: {name} :optional\n{sql};\n");
            sql::File::parse(&PathBuf::from(format!("queries/public/{name}.sql")), &text).expect("a file of SQL")
        })
        .collect();
    let config = Config::parse("schemas = [\"public\"]", Path::new("codegen.toml")).expect("TOML");
    let session = async || entitree::connect(&url, |_| None).await.expect("the server answers");
    let whole = async || {
        let whole = entitree::generate_with_queries(&mut session().await, &config, &files).await;
        whole.map_err(|error| error.to_string())
    };
    let mut last = whole().await.expect("every statement is fine");
    for (change, is_seen) in [
        ("select 1", false),
        ("alter table other.accounts alter name drop not null", true),
        ("alter domain other.nick drop not null", true),
        ("alter table other.accounts drop constraint has_mail", true),
        ("create or replace view other.mails as select id, mail || 'x' as mail from other.accounts", false),
        ("drop view other.mails; create view other.mails as select id, id as mail from other.accounts", true),
        ("drop function other.label(text); create function other.label(text) returns int language sql as 'select 1'", true),
        ("create function other.label(varchar) returns uuid language sql as 'select null::uuid'", true),
        ("alter function public.is_fine(text) called on null input", true),
        ("create table other.parts (id int primary key, kind int)", false),
        ("alter role postgres set search_path = other, public", true),
        ("create table other.unrelated (id int)", false),
        // Refused, by the index gate and by the server: both as if nothing had been known.
        ("drop index other.accounts_by_code", true),
        ("create index accounts_by_code on other.accounts (code)", false),
        ("drop index other.events_1_by_id", true),
        ("create index events_1_by_id on other.events_1 (id)", false),
        ("create table other.events_2 partition of other.events for values from (2) to (3)", true),
        ("create index on other.events_2 (id)", false),
        ("alter table other.accounts rename code to number", true),
    ] {
        client.batch_execute(change).await.unwrap_or_else(|error| panic!("{change}: {error:?}"));
        let (snapshot, rendered, written) = (last.snapshot.clone(), last.rendered.clone(), last.files.clone());
        let past = Past { snapshot, rendered, read: Some(Box::new(move |path| written.0.get(path).cloned())) };
        let since = entitree::generate_since(&mut session().await, &config, &files, std::future::ready(past)).await;
        let since = since.map_err(|error| error.to_string());
        let whole = whole().await;
        assert_eq!(since.as_ref().err(), whole.as_ref().err(), "{change}: the same mistakes, whatever was known");
        let has_changed = match (&since, &whole) {
            (Ok(since), Ok(whole)) => {
                assert!(since.files == whole.files, "{change}: the same bytes, whatever was known");
                since.files != last.files
            }
            _ => true,
        };
        assert_eq!(has_changed, is_seen, "{change}");
        last = since.unwrap_or(last);
    }
}

/// A database with names that collide when they are renamed.
const RENAMED: &str =
    "create table person (id int primary key, name text not null unique, nick text, boss_id int references person, \
     mail text, check (nick <> name));
     create table users (id int primary key, person_id int not null references person);
     create unique index person_live on person (mail) where nick is null; create index person_nick on person (nick);
     create unique index person_upper on person ((length(mail)));
     create type mood as enum ('so-so', 'great'); create type feeling as enum ('a'); create domain label as text;
     create type pair as (a int); alter table person add mood mood, add feeling feeling, add label label;";

/// What generation says of a codegen.toml: the errors, or else the warnings.
async fn said(client: &Client, toml: &str) -> (Vec<String>, Vec<String>) {
    let config = match Config::parse(toml, Path::new("codegen.toml")) {
        Ok(config) => config,
        Err(error) => return (error.to_string().lines().map(str::to_owned).collect(), Vec::new()),
    };
    match entitree::generate(client, &config).await {
        Ok(generation) => (Vec::new(), generation.warnings.iter().map(ToString::to_string).collect()),
        Err(Error::Plan(errors)) => (errors.iter().map(ToString::to_string).collect(), Vec::new()),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_name_that_cannot_be_given_is_refused() {
    let reference = Reference::start().await;
    let (_url, client) = reference.with_sql(RENAMED).await;
    for (toml, expected) in [
        (
            "[rename.tables]\n\"public.person\" = \"users\"\n",
            "codegen.toml:2:19: the table `public.person` cannot be called `users`: the table `public.users` is called `users` already; rename that one as well, or choose another name",
        ),
        (
            "[rename.tables]\n\"public.person\" = \"prelude\"\n",
            "codegen.toml:2:19: the table `public.person` cannot be called `prelude`: no module can have that name there; choose another name",
        ),
        (
            "[rename.tables]\n\"public.person\" = \"all\"\n\"public.users\" = \"all\"\n",
            "codegen.toml:3:18: the table `public.users` cannot be called `all`: the table `public.person` is to be called `all` already; rename that one as well, or choose another name",
        ),
        (
            "[rename.tables]\n\"public.person\" = \"user_s\"\n\"public.users\" = \"user__s\"\n",
            "codegen.toml:3:18: the table `public.users` cannot be called `user__s`: the table `public.person` is to be called `user_s`, and Rust makes `UserS` of both; choose another name",
        ),
        (
            "[rename.columns]\n\"public.person.nick\" = \"name\"\n",
            "codegen.toml:2:24: the column `public.person.nick` cannot be called `name`: the column `public.person.name` is called `name` already; rename that one as well, or choose another name",
        ),
        (
            "[rename.columns]\n\"public.person.nick\" = \"boss__id\"\n",
            "codegen.toml:2:24: the column `public.person.nick` cannot be called `boss__id`: the column `public.person.boss_id` is called `boss_id`, and Rust makes `BossId` of both; choose another name",
        ),
        (
            "[rename.relations]\n\"public.person.boss\" = \"users\"\n",
            "codegen.toml:2:24: the relation `public.person.boss` cannot be called `users`: the relation `public.person.users` is called `users` already; rename that one as well, or choose another name",
        ),
        (
            "[rename.relations]\n\"public.person.boss\" = \"nick\"\n",
            "codegen.toml:2:24: the relation `public.person.boss` cannot be called `nick`: a column of the table has that name, or it is `row`, the field of the columns; choose another name",
        ),
        (
            "[rename.relations]\n\"public.person.chef\" = \"nick\"\n",
            "codegen.toml:2:1: there is no relation `public.person.chef`; there are `public.person.boss`, `public.person.person_as_boss`, `public.person.users`",
        ),
        (
            "[rename.relations]\n\"public.person.bos\" = \"nick\"\n",
            "codegen.toml:2:1: there is no relation `public.person.bos`; did you mean `public.person.boss`? There are `public.person.boss`,",
        ),
        (
            "[rename.enums]\n\"public.mood\" = \"Feeling\"\n",
            "codegen.toml:2:17: the enum `public.mood` cannot be called `Feeling`: the enum `public.feeling` is called `Feeling` already; rename that one as well, or choose another name",
        ),
        (
            "[rename.enums]\n\"public.mood\" = \"String\"\n",
            "codegen.toml:2:17: the enum `public.mood` cannot be called `String`: the generated code means another type by that name; choose another name",
        ),
        (
            "[rename.enums]\n\"public.pair\" = \"Pair\"\n",
            "codegen.toml:2:1: there is no enum `public.pair`; there are `public.feeling`, `public.mood`",
        ),
        (
            "[rename.variants]\n\"public.mood.so-so\" = \"Great\"\n",
            "codegen.toml:2:23: the enum label `public.mood.so-so` cannot be called `Great`: the enum label `public.mood.great` is called `Great` already; rename that one as well, or choose another name",
        ),
        (
            "unknown_labels = \"variant\"\n[rename.variants]\n\"public.mood.so-so\" = \"Unknown\"\n",
            "codegen.toml:3:23: the enum label `public.mood.so-so` cannot be called `Unknown`: `unknown_labels` in codegen.toml asks for a variant of that name; choose another name",
        ),
        (
            "[rename.lookups]\n\"public.person_live\" = \"name\"\n",
            "codegen.toml:2:24: the lookup `public.person_live` cannot be called `name`: a lookup of the table has that name already; choose another name",
        ),
        (
            "[[relations]]\nfrom = \"public.users.id\"\nto = \"public.person.id\"\ninverse = \"two words\"\n",
            "codegen.toml:4:11: `two words` is not a name in Rust; use letters, digits and `_`",
        ),
        (
            "[[relations]]\nfrom = \"public.users.id\"\nto = \"public.person.id\"\nname = \"person\"\n",
            "codegen.toml:4:8: the relation `public.users.id → public.person.id` cannot be called `person`: the relation `public.users.person` is called `person` already; rename that one as well, or choose another name",
        ),
        (
            "[[relations]]\nfrom = \"public.{person,users}.id\"\nto = \"public.person.id\"\ninverse = \"all\"\n",
            "codegen.toml:4:11: the relation `public.{person,users}.id → public.person.id` cannot be called `all`: the relation",
        ),
        (
            "[tables.\"public.person\"]\nkey = [\"name\"]\n",
            "codegen.toml:2:7: `key` has no effect: `public.person` has the primary key `id`; remove `key`",
        ),
        (
            "[tables.\"public.*\"]\nkey = [\"name\"]\n",
            "codegen.toml:2:7: `key` has no effect: `public.person` has the primary key `id`, and 1 more tables have a key; remove `key`",
        ),
        (
            "[tables.\"public.*\"]\nscan_by = [[\"name\", \"nothing\"]]\n",
            "codegen.toml:2:12: there is no column `public.person.nothing`, `public.users.name`, `public.users.nothing`; there are `id`, `name`,",
        ),
        ("[derives]\nmodels = [\"no path\"]\n", "codegen.toml:2:11: `no path` is no path of a derive macro"),
    ] {
        let (errors, _) = said(&client, toml).await;
        assert!(errors.len() == 1 && errors[0].starts_with(expected), "{toml}expected {expected}\ngot {}", errors.join("\n"));
    }
    // Names may be exchanged.
    let exchanged = "[rename.tables]\n\"public.person\" = \"users\"\n\"public.users\" = \"person\"\n\
                     [rename.columns]\n\"public.person.name\" = \"nick\"\n\"public.person.nick\" = \"name\"\n";
    let (errors, warnings) = said(&client, exchanged).await;
    assert!(errors.is_empty() && warnings.is_empty(), "{errors:?} {warnings:?}");
}

#[tokio::test]
async fn what_is_named_after_a_table_or_column_follows_its_new_name() {
    let reference = Reference::start().await;
    let (_url, client) = reference.with_sql(RENAMED).await;
    let config = Config::parse(
        "[rename.tables]\n\"public.person\" = \"people\"\n\"public.users\" = \"accounts\"\n\
         [rename.columns]\n\"public.person.id\" = \"number\"\n\"public.person.boss_id\" = \"manager_id\"\n\"public.person.name\" = \"full_name\"\n\
         [rename.lookups]\n\"public.person_name_key\" = \"called\"\n\"public.person_live\" = \"live\"\n",
        Path::new("codegen.toml"),
    )
    .expect("TOML");
    let files = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}")).files.0;
    let queries = &files[Path::new("queries/src/generated/public/people.rs")];
    for text in [
        "get_by_number",
        "NumberTaken",
        "NumberNull",
        "ManagerIdMissing",
        "FullNameTaken",
        "FullNameNull",
        "InUseByAccounts",
        "get_by_called",
        "get_by_live",
        "load_manager",
        "load_people_as_manager",
    ] {
        assert!(queries.contains(text), "{text}\n{queries}");
    }
    for text in [" IdTaken", "BossIdMissing", " NameTaken", "InUseByUsers", "get_by_name", "load_boss", "load_people_as_boss"] {
        assert!(!queries.contains(text), "{text}\n{queries}");
    }
}

#[tokio::test]
async fn a_setting_without_an_effect_is_reported() {
    let reference = Reference::start().await;
    let (_url, client) = reference
        .with_sql(
            "create domain label as text; create domain short as label; create extension citext;
             create table a (id int primary key, l label, s short, c citext[], t text); create table gone (id int primary key, x int);
             create view v as select id from a; create index a_t on a (t);",
        )
        .await;
    for (toml, expected) in [
        (
            "[queries]\nsmall_tables = [\"public.b\"]\n",
            "`public.b`: no table matches this pattern of small_tables (codegen.toml:2:17)",
        ),
        (
            "[domains]\nall = [\"public.*\", \"!public.b\"]\n",
            "`!public.b`: no table matches this pattern of [domains] (codegen.toml:2:20)",
        ),
        (
            "[tables.\"public.a\"]\nreason = \"none\"\n",
            "`public.a`: codegen.toml names it without effect (codegen.toml:1:9): `reason` belongs to `access = \"read-only\"` or to `skip = true`",
        ),
        (
            "[tables.\"public.gone\"]\nskip = true\nreason = \"an old one\"\n[rename.columns]\n\"public.gone.x\" = \"y\"\n",
            "`public.gone.x`: codegen.toml names it without effect (codegen.toml:5:1): it is left out of the generated code",
        ),
        (
            "[types.database]\n\"public.citext\" = \"text\"\n",
            "`public.citext`: codegen.toml names it without effect (codegen.toml:2:1): columns hold arrays of it, a type that is called `public._citext`",
        ),
        (
            "[types.database]\n\"pg_catalog.int4\" = \"text\"\n\"pg_catalog.int8\" = \"text\"\n",
            "`pg_catalog.int8`: codegen.toml names it without effect (codegen.toml:3:1): no column is of this type",
        ),
        (
            "[rename.lookups]\n\"public.a_t\" = \"t\"\n",
            "`public.a_t`: codegen.toml names it without effect (codegen.toml:2:1): no `get_by_…` belongs to this index",
        ),
    ] {
        let (errors, warnings) = said(&client, toml).await;
        assert!(
            warnings.iter().any(|warning| warning.starts_with(expected)),
            "{toml}expected {expected}\ngot {errors:?} {warnings:#?}"
        );
    }
    let (_, warnings) = said(&client, "[tables.\"public.gone\"]\nskip = true\nreason = \"an old one\"\n").await;
    assert_eq!(warnings, ["`public.gone`: left out: codegen.toml says `skip = true` (an old one)"]);

    let (_url, keyed) =
        reference.with_sql("create table a (id int primary key); create table b (id int primary key, a_id int references a)").await;
    let (errors, warnings) = said(&keyed, "[[relations]]\nfrom = \"public.b.a_id\"\nto = \"public.a.id\"\nname = \"mine\"\n").await;
    assert!(
        errors.is_empty()
            && warnings[0]
                .starts_with("`public.b.a_id`: declared without effect (codegen.toml:2:8): `public.b` has this relation already"),
        "{errors:?} {warnings:?}"
    );

    // A domain has the type that is asked for, and so has a domain over it, unless it has one of its own.
    let config = Config::parse(
        "[types.database]\n\"public.label\" = \"crate::Label\"\n\"public.short\" = \"crate::Short\"\n\"pg_catalog.text\" = \"crate::Words\"\n",
        Path::new("codegen.toml"),
    )
    .expect("TOML");
    let generation = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}"));
    let page = &generation.files.0[Path::new("entities/src/generated/public/a.rs")];
    for line in ["pub l: Option<crate::Label>,", "pub s: Option<crate::Short>,", "pub t: Option<crate::Words>,"] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let config = Config::parse("[types.database]\n\"public.label\" = \"crate::Label\"\n", Path::new("codegen.toml")).expect("TOML");
    let generation = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(generation.files.0[Path::new("entities/src/generated/public/a.rs")].contains("pub s: Option<crate::Label>,"));
}

#[tokio::test]
async fn tables_that_two_domains_claim_are_one_complaint() {
    let reference = Reference::start().await;
    let (_url, client) =
        reference.with_sql("create table tmp_1 (id int); create table tmp_2 (id int); create table kept (id int)").await;
    let toml = |all: &str| format!("[domains]\nall = [{all}]\ntmp = [\"public.tmp_*\"]\n");
    let config = Config::parse(&toml("\"public.*\""), Path::new("codegen.toml")).expect("TOML");
    let error = entitree::generate(&client, &config).await.expect_err("two claims").to_string();
    assert_eq!(
        error,
        "codegen.toml:3:1: `public.tmp_1`, `public.tmp_2` are claimed by the domains `all` and `tmp`; exclude them in one of them: \"!public.tmp_1\""
    );
    let config = Config::parse(&toml("\"public.*\", \"!public.tmp_*\""), Path::new("codegen.toml")).expect("TOML");
    let generation = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}"));
    let domains: Vec<(&str, usize)> =
        generation.summary.domains.iter().map(|domain| (domain.name.as_str(), domain.tables.len())).collect();
    assert_eq!(domains, [("all", 1), ("tmp", 2)]);
}

#[tokio::test]
async fn a_folder_of_queries_that_is_nearly_a_domain_is_reported() {
    let reference = Reference::start().await;
    let (url, _client) = reference.with_sql("create table orders (id int primary key)").await;
    let config = Config::parse("[domains]\nsales = [\"public.*\"]\n", Path::new("codegen.toml")).expect("TOML");
    let file = |folder: &str| {
        let text = "-- name: one_order :optional\nselect * from public.orders where id = :id;\n";
        sql::File::parse(&Path::new("queries").join(folder).join("orders.sql"), text).expect("a statement")
    };
    let mut session = entitree::connect(&url, |_| None).await.expect("the server answers");
    for (folder, expected) in [
        (
            "salse",
            vec![
                "`queries/salse`: `salse` is not a domain; did you mean `sales`? Rename the folder, so that its functions join the domain's",
            ],
        ),
        ("reports", vec![]),
        ("sales", vec![]),
    ] {
        let generation =
            entitree::generate_with_queries(&mut session, &config, &[file(folder)]).await.unwrap_or_else(|error| panic!("{error}"));
        let warnings: Vec<String> = generation.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(warnings, expected);
    }
}
