//! An application asks at its start whether the database is the one that its code was generated from.

use std::path::Path;

use entities::{
    SCHEMA_FINGERPRINT,
    verify::{self, VerifyError, verify},
};
use entitree::{Config, introspect::verify_statement};
use entitree_tests::{Case, Place, Reference, cases, random, reference_config, text_rows};
use sea_orm::{ConnectOptions, Database};
use tokio_postgres::Client;
use xtask::server::connect;

#[tokio::test]
async fn an_application_learns_what_moved() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    let db = Database::connect(&url).await.expect("the server answers");
    verify(&db).await.unwrap_or_else(|error| panic!("{error}"));
    let generation = entitree::generate(&client, &reference_config()).await.expect("a database");
    assert_eq!(entitree::fingerprint(&generation), SCHEMA_FINGERPRINT);

    // What code does not depend on is no drift.
    client
        .batch_execute(
            "create table public.unknown (id int); comment on table public.users is 'People.'; \
             create index on public.users (created_at); alter table public.users alter email_verified set default true",
        )
        .await
        .expect("changes");
    verify(&db).await.unwrap_or_else(|error| panic!("{error}"));

    client
        .batch_execute(
            "alter table public.user_profiles alter first_name type varchar(200); alter table public.users alter email drop not null; \
             alter table auth.users drop constraint users_phone_key; alter type public.enum_users_status add value 'Waiting'; \
             alter table public.kyc_verification drop constraint kyc_verification_user_id_fkey; \
             alter table public.user_memberships drop tenure; alter table public.user_memberships add rank int not null default 0; \
             drop table public.newsfeedpost",
        )
        .await
        .expect("changes");
    let Err(VerifyError::Drift(lines)) = verify(&db).await else { panic!("the database has drifted") };
    assert_eq!(
        lines,
        [
            "auth.users.users_phone_key: not there, was unique index (phone)",
            "public.enum_users_status: enum (Active, Inactive, Suspended, Pending) → enum (Active, Inactive, Suspended, Pending, Waiting)",
            "public.kyc_verification.kyc_verification_user_id_fkey: not there, was foreign key (user_id) to public.users (id)",
            "public.newsfeedpost: not there",
            "public.user_memberships.rank: new, integer not null",
            "public.user_memberships.tenure: not there, was numeric",
            "public.user_profiles.first_name: character varying(100) → character varying(200)",
            "public.users.email: character varying(255) not null → character varying(255)",
        ]
    );
}

/// Databases that are what they were, though something in them looks as if they were not.
const HEALTHY: &[(&str, &str)] = &[
    (
        "names_twice",
        "create table named(id int primary key, code text, at date); create unique index code on named(code);
         create table other(id int primary key, named_id int constraint one_name references named, at text);
         create unique index one_name on other(named_id);
         create schema \"a.b\"; create schema a; create table \"a.b\".c(id int primary key, x text unique);
         create table a.\"b.c\"(id int primary key, x int, y int references \"a.b\".c);
         create type _mood as (a int); create type mood as enum('a, b', 'c'); create table moods(id int, mood mood[], other _mood[]);
         create type nothing as enum(); create table nothings(id int primary key, nothing nothing, many nothing[]);",
    ),
    (
        "partitioned_targets",
        "create table parted(id int, at date, primary key(id, at)) partition by range(at);
         create table early partition of parted for values from (minvalue) to ('2024-01-01') partition by hash(id);
         create table early_0 partition of early for values with (modulus 2, remainder 0);
         create table early_1 partition of early for values with (modulus 2, remainder 1);
         create table late(at date not null, id int not null, primary key(id, at));
         create table refers(id int, pid int, pat date, foreign key(pid, pat) references parted) partition by list(id);
         create table refers_one(id int, pid int, pat date, foreign key(pid, pat) references parted);
         alter table parted attach partition late for values from ('2024-01-01') to (maxvalue);
         alter table refers attach partition refers_one for values in (1);
         create table plain(id int primary key, pid int, pat date, foreign key(pid, pat) references parted);
         create table child(extra int) inherits (plain);
         create unique index only_parent on only parted(id, at);",
    ),
    (
        "newer_servers",
        "create table t(id int primary key, a int, b int, c int); create table u(id int primary key, t int);
         create table v(id int primary key, at tstzrange not null);
         do $$ begin
             if current_setting('server_version_num')::int >= 150000 then
                 execute 'create unique index t_c on t(c) nulls not distinct';
             end if;
             if current_setting('server_version_num')::int >= 180000 then
                 insert into t values (1, null, null, null);
                 execute 'alter table t add constraint t_a_not_null not null a not valid';
                 execute 'alter table u add constraint u_t foreign key(t) references t not enforced';
                 execute 'alter table t add column d int generated always as (a + 1) virtual';
                 create extension btree_gist;
                 execute 'alter table v drop constraint v_pkey, add constraint v_pkey primary key(id, at without overlaps)';
                 execute 'create table w(id int, at tstzrange, foreign key(id, period at) references v(id, period at))';
             end if;
         end $$;",
    ),
    (
        "what_does_not_hold",
        "create table t(id int primary key, a int, b int not null, gone int); alter table t drop column gone;
         create unique index t_a on t(a); update pg_index set indisvalid = false where indexrelid = 't_a'::regclass;
         create unique index t_b on t(b) include (a) where a > 0; create unique index t_lower on t(lower(a::text), b);
         create materialized view m as select * from t; create unique index m_id on m(id); create view s as select * from m;
         create schema hidden; create table hidden.h(id int primary key); alter table t add foreign key(a) references hidden.h;
         create type hidden.mood as enum('x'); alter table t add mood hidden.mood, add moods hidden.mood[];
         create table nothing(); create view nothing_shown as select from t; create table lost(id int primary key, t int references t);",
    ),
];

/// What verify says of a database right after it was read, by the statement and the facts that code
/// generated from it would hold.
async fn drift_at_once(url: &str, client: &Client, config: &Config) -> Vec<String> {
    let generation = match entitree::generate(client, config).await {
        Ok(generation) => generation,
        Err(error) => return vec![error.to_string()],
    };
    let statement = verify_statement(generation.snapshot.schemas.iter().map(|schema| schema.name.as_str()));
    let page = &generation.files.0[Path::new("entities/src/generated/fingerprint/mod.rs")];
    assert!(page.contains(&statement), "generated crates run the statement\n{page}");
    let facts = entitree::facts(&generation);
    let facts: Vec<[&str; 5]> = facts.iter().map(|fact| fact.each_ref().map(String::as_str)).collect();
    let options = ConnectOptions::new(url).max_connections(1).to_owned();
    let db = Database::connect(options).await.expect("the server answers");
    let verified = verify::compare(&db, &statement, &facts).await;
    db.close().await.expect("a connection that ends");
    match verified {
        Ok(()) => Vec::new(),
        Err(VerifyError::Drift(lines)) => lines,
        Err(error) => vec![error.to_string()],
    }
}

#[tokio::test]
async fn what_was_just_read_has_not_drifted() {
    let mut all = cases();
    all.extend(HEALTHY.iter().map(|(name, sql)| Case {
        name: (*name).to_owned(),
        sql: (*sql).to_owned(),
        config: Config::default(),
    }));
    all.extend((0..6).map(|seed| Case {
        name: format!("random_{seed}"),
        sql: random::schema(seed).in_order(0),
        config: Config::default(),
    }));
    let mut failed = Vec::new();
    for place in Place::all().await {
        let first = connect(&place.url("postgres")).await.expect("the server answers");
        let version = text_rows(&first, "select current_setting('server_version_num')::int / 10000").await;
        let version: i32 = version[0][0].as_deref().and_then(|number| number.parse().ok()).expect("a version");
        for case in all.iter().filter(|case| case.needs() <= version) {
            let database = format!("entitree_verify_{}", case.name);
            let sql = [format!("drop database if exists {database}"), format!("create database {database}")];
            for statement in sql {
                first.batch_execute(&statement).await.expect("a role that may create databases");
            }
            let url = place.url(&database);
            let client = connect(&url).await.expect("the database was just made");
            if let Err(error) = client.batch_execute(&case.sql).await {
                failed.push(format!("{version} {}: {error:?}", case.name));
            } else {
                let mut configs = vec![case.config.clone()];
                // What stands in a schema that is not read is none of the code's business.
                let schemas = text_rows(
                    &client,
                    "select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'",
                );
                let schemas: Vec<String> = schemas.await.into_iter().flatten().flatten().collect();
                if schemas.len() > 1 && case.config.relations.is_empty() {
                    configs.extend(schemas.into_iter().map(|schema| {
                        let mut config = case.config.clone();
                        config.schemas = vec![schema];
                        config
                    }));
                }
                for config in configs {
                    let lines = drift_at_once(&url, &client, &config).await;
                    failed.extend(lines.into_iter().map(|line| format!("{version} {} {:?}: {line}", case.name, config.schemas)));
                }
            }
            drop(client);
            first.batch_execute(&format!("drop database {database} with (force)")).await.expect("nobody else uses it");
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
