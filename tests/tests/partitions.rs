//! The errors of a table whose rows are in partitions or inheritance children: the server names these, and
//! their constraints, which the table's error still recognizes. On the server of the tests, or on all of
//! `ENTITREE_SERVERS=url,url`.

use std::path::Path;

use entitree::{
    Config,
    plan::{PartitionsPlan, Writes},
};
use entitree_tests::{Place, text_rows};
use queries::runtime::{Constraint, Failure, Partitions};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};
use xtask::server::connect;

const SQL: &str = "
create schema p; create schema parts;
create table p.target (id int primary key);
create table p.m (
    id int not null, at date not null, target_id int references p.target, note text, room int,
    constraint note_short check (length(note) < 5), primary key (id, at)
) partition by range (at);
create unique index m_uniq on p.m (lower(note), at) include (room);
alter table p.m add constraint \"Räume\" unique (room, at);
create table p.m_old partition of p.m for values from (minvalue) to ('2024-01-01') partition by range (at);
create table p.m_old_1 partition of p.m_old for values from (minvalue) to ('2023-06-01');
create table parts.m_old_2 partition of p.m_old for values from ('2023-06-01') to ('2024-01-01');
create table p.refers (id int primary key, mid int, mat date, constraint refers_m foreign key (mid, mat) references p.m);
create table p.refers_twice (
    id int, a int, b date, c int, d date, constraint first foreign key (a, b) references p.m, constraint other foreign key (c, d) references p.m
) partition by list (id);
create table p.refers_twice_1 partition of p.refers_twice for values in (1);
create table p.m_log (id int primary key);
create function p.log() returns trigger language plpgsql as $$ begin
    if new.room = -1 then insert into p.m_log values (1); end if;
    if new.room = -2 then insert into p.other values (1); end if;
    return new;
end $$;
create trigger log before insert on p.m for each row execute function p.log();
insert into p.target values (1); insert into p.m_log values (1);
insert into p.m values (1, '2023-01-01', 1, 'a', 1), (1, '2023-07-01', 1, 'b', 2);

create table p.par (id int primary key, n int not null constraint pos check (n > 0), code text unique, t int constraint par_t references p.target);
create table p.chi (extra int) inherits (p.par);
alter table p.chi add constraint chi_id primary key (id), add constraint chi_code unique (code), add foreign key (t) references p.target;
insert into p.chi values (1, 1, 'a', 1), (2, 2, 'b', 1);
";

/// What happens after the code was generated.
const LATER: &str = "
create table p.m_2024 partition of p.m for values from ('2024-01-01') to ('2025-01-01');
create table p.m_attached (
    at date not null, id int not null, note text constraint note_short check (length(note) < 5), room int, unique (room, at),
    target_id int constraint m_target_id_fkey references p.target, constraint own_key primary key (id, at)
);
create unique index on p.m_attached (lower(note), at) include (room);
alter table p.m attach partition p.m_attached for values from ('2025-01-01') to ('2026-01-01');
insert into p.m values (1, '2024-02-01', 1, 'c', 3), (1, '2025-02-01', 1, 'd', 4);
insert into p.refers values (1, 1, '2023-01-01'), (2, 1, '2024-02-01');
insert into p.refers_twice values (1, 1, '2023-07-01', null, null), (1, null, null, 1, '2025-02-01');
create table p.other (id int primary key); insert into p.other values (1);
";

/// A statement, the table whose error it gives, and the variant; empty for any other error.
const WRONG: &[(&str, &str, &str)] = &[
    ("insert into p.m values (1, '2023-01-01', 1, 'z', 9)", "m", "IdAndAtTaken"),
    ("insert into p.m values (1, '2023-07-01', 1, 'z', 9)", "m", "IdAndAtTaken"),
    ("insert into p.m values (1, '2024-02-01', 1, 'z', 9)", "m", "IdAndAtTaken"),
    ("insert into p.m values (2, '2023-01-01', 1, 'A', 9)", "m", "MUniqTaken"),
    ("insert into p.m values (2, '2024-02-01', 1, 'C', 9)", "m", "MUniqTaken"),
    ("insert into p.m values (2, '2025-02-01', 1, 'D', 9)", "m", "MUniqTaken"),
    ("insert into p.m values (2, '2023-07-01', 1, 'z', 2)", "m", "RoomAndAtTaken"),
    ("insert into p.m values (2, '2024-02-01', 1, 'z', 3)", "m", "RoomAndAtTaken"),
    ("insert into p.m values (2, '2025-02-01', 1, 'z', 4)", "m", "RoomAndAtTaken"),
    ("insert into p.m values (2, '2023-01-01', 7, 'z', 9)", "m", "TargetIdMissing"),
    ("insert into p.m values (2, '2024-03-01', 7, 'z', 9)", "m", "TargetIdMissing"),
    ("insert into p.m values (2, '2025-03-01', 7, 'z', 9)", "m", "TargetIdMissing"),
    ("insert into p.m values (2, '2023-01-01', 1, 'zzzzz', 9)", "m", "NoteShortViolated"),
    ("insert into p.m values (2, '2025-01-01', 1, 'zzzzz', 9)", "m", "NoteShortViolated"),
    ("insert into p.m values (null, '2023-01-01', 1, 'z', 9)", "m", "IdNull"),
    ("insert into p.m values (null, '2024-01-01', 1, 'z', 9)", "m", "IdNull"),
    ("insert into p.m values (1, '2030-01-01', 1, 'z', 9)", "m", ""),
    ("insert into p.m values (2, '2023-01-02', 1, 'z', -1)", "m", ""),
    ("insert into p.m values (2, '2023-01-02', 1, 'z', -2)", "m", ""),
    ("delete from p.m where at = '2023-01-01'", "m", "InUseByRefers"),
    ("delete from p.m where at = '2024-02-01'", "m", "InUseByRefers"),
    ("delete from p.m where at = '2023-07-01'", "m", "InUseByRefersTwiceAAndB"),
    ("delete from p.m where at = '2025-02-01'", "m", "InUseByRefersTwiceCAndD"),
    ("insert into p.refers_twice values (1, 5, '2023-07-01', null, null)", "refers_twice", "AAndBMissing"),
    ("insert into p.refers_twice values (1, null, null, 5, '2023-07-01')", "refers_twice", "CAndDMissing"),
    ("delete from p.target", "target", "InUseByM"),
    ("update p.par set n = -1", "par", "PosViolated"),
    ("update p.par set n = null", "par", "NNull"),
    ("update p.par set code = 'x'", "par", "CodeTaken"),
    ("update p.par set id = 7", "par", "IdTaken"),
    ("update p.par set t = 8", "par", "TMissing"),
];

fn leaked<T>(values: Vec<T>) -> &'static [T] {
    Vec::leak(values)
}

fn text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

/// The constants that a generated page holds.
fn constants(of: (&str, &str), writes: &Writes) -> (&'static [Constraint], Option<Partitions>) {
    let constraints = writes.violations.iter().map(|violation| Constraint {
        code: violation.code,
        schema: text(&violation.schema),
        table: text(&violation.table),
        name: text(&violation.name),
    });
    let pairs = |pairs: &[(String, String)]| leaked(pairs.iter().map(|(left, right)| (text(left), text(right))).collect());
    let partitions = |plan: &PartitionsPlan| Partitions {
        of: (text(of.0), text(of.1)),
        tables: pairs(&plan.tables),
        names: leaked(plan.names.iter().map(|(schema, table, name, at)| (text(schema), text(table), text(name), *at)).collect()),
        later: pairs(&plan.later),
        others: pairs(&plan.others),
        forms: leaked(plan.forms.iter().map(|(at, middle, end)| (*at, text(middle), *end)).collect()),
    };
    (leaked(constraints.collect()), writes.partitions.as_ref().map(partitions))
}

#[tokio::test]
async fn a_violation_in_a_partition_is_one_of_its_table() {
    let mut failed = Vec::new();
    for place in Place::all().await {
        let first = connect(&place.url("postgres")).await.expect("the server answers");
        let version = text_rows(&first, "show server_version").await[0][0].clone().expect("a version");
        for statement in ["drop database if exists entitree_partitions", "create database entitree_partitions"] {
            first.batch_execute(statement).await.expect("a role that may create databases");
        }
        let url = place.url("entitree_partitions");
        let client = connect(&url).await.expect("the database was just made");
        client.batch_execute(SQL).await.expect("tables");
        let config = Config::parse("[tables.\"p.refers_twice\"]\nkey = [\"id\"]\n", Path::new("codegen.toml")).expect("TOML");
        let schema = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}")).schema();
        let domains = entitree::group(&schema, &config).expect("schemas are domains");
        let plan = entitree::plan(&schema, &domains, &config).unwrap_or_else(|errors| panic!("{errors:?}"));
        client.batch_execute(LATER).await.unwrap_or_else(|error| panic!("{error:?}"));

        let options = ConnectOptions::new(&url).max_connections(1).to_owned();
        let db = Database::connect(options).await.expect("the server answers");
        for (sql, table, expected) in WRONG {
            let mut entities = plan.domains.iter().flat_map(|domain| &domain.entities);
            let entity = entities.find(|entity| entity.schema == "p" && entity.table == *table).expect("a table of the plan");
            let writes = entity.writes.as_ref().expect("a table that is written");
            let (constraints, partitions) = constants((&entity.schema, &entity.table), writes);
            let Err(error) = db.execute_unprepared(sql).await else { panic!("{version}: {sql}: nothing is violated") };
            let shown = error.to_string();
            let variant = match Failure::of(error, constraints, partitions.as_ref()) {
                Failure::Violated(position) => writes.violations[position].variant.to_string(),
                Failure::Retry(_) | Failure::Other(_) => String::new(),
            };
            if variant != *expected {
                failed.push(format!("{version}: {sql}: {variant:?}, expected {expected:?}\n  {shown}"));
            }
        }
        db.close().await.expect("a connection that ends");
        drop(client);
        first.batch_execute("drop database entitree_partitions with (force)").await.expect("nobody else uses it");
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
