//! Generated functions, beside the same statements by hand in sqlx on the same pool; inserts beside COPY.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use entities::audit::user_audit_logs::Model;
use entitree_tests::Reference;
use futures_util::{SinkExt as _, StreamExt as _, TryStreamExt as _};
use queries::{
    audit::user_audit_logs::{self, NewUserAuditLogs, NewUserAuditLogsDefaults},
    runtime,
    users::users,
};
use sea_orm::{
    ConnectOptions, Database, EntityTrait as _,
    prelude::*,
    sqlx::{self, Row as _, postgres::PgRow},
};

use super::{Page, median, ratio};

/// How often each is measured.
const ROUNDS: usize = 9;

/// 100 000 entries of one action, in the order of their keys, and 1000 users with two contacts each.
const ROWS: &str = "
insert into public.users (id, auth_user_id, email, status)
    select gen_random_uuid(), 'bench-' || n, 'bench' || n || '@example.com', 'Active' from generate_series(1, 1000) n;
insert into public.user_contacts (user_id, contact_type, contact_value)
    select u.id, 'email', u.email || n from public.users u, generate_series(1, 2) n where u.auth_user_id like 'bench-%';
insert into public.user_audit_logs (user_id, entity_type, action, success, metadata)
    select null, 'user', 'bench', true, '{\"n\": 1}' from generate_series(1, 100000);
vacuum analyze public.user_audit_logs;
vacuum analyze public.users;
vacuum analyze public.user_contacts;
create index if not exists bench_contacts on public.user_contacts (user_id);
";

fn entry(row: &PgRow) -> Result<Model, sqlx::Error> {
    Ok(Model {
        id: row.try_get(0)?,
        user_id: row.try_get(1)?,
        admin_id: row.try_get(2)?,
        entity_type: row.try_get(3)?,
        entity_id: row.try_get(4)?,
        action: row.try_get(5)?,
        old_values: row.try_get(6)?,
        new_values: row.try_get(7)?,
        success: row.try_get(8)?,
        error_message: row.try_get(9)?,
        ip_address: row.try_get(10)?,
        user_agent: row.try_get(11)?,
        metadata: row.try_get(12)?,
        created_at: row.try_get(13)?,
    })
}

const COLUMNS: &str = "id, user_id, admin_id, entity_type, entity_id, action, old_values, new_values, success, error_message, ip_address, \
                       user_agent, metadata, created_at";

async fn timed<T>(times: &mut Vec<Duration>, work: impl Future<Output = T>) -> T {
    let start = Instant::now();
    let result = work.await;
    times.push(start.elapsed());
    result
}

fn row(page: &mut Page, name: &str, ours: Vec<Duration>, theirs: Vec<Duration>, each: u32) -> Vec<String> {
    let (ours, theirs) = (median(ours) / each, median(theirs) / each);
    let found = ours.as_secs_f64() / theirs.as_secs_f64();
    // To insert is held against COPY, the other way about.
    if name.starts_with("10 000") {
        page.goal(&format!("{name} inserted, COPY's time to ours"), 0.8, 1.0 / found, false);
    } else {
        page.goal(&format!("{name}, to sqlx"), 1.15, found, true);
    }
    let shown = |time: Duration| format!("{:.3}", time.as_secs_f64() * 1e3);
    vec![name.to_owned(), shown(ours), shown(theirs), ratio(ours, theirs)]
}

fn made(number: usize) -> NewUserAuditLogs {
    NewUserAuditLogs {
        entity_type: "user".to_owned(),
        action: format!("made {number}"),
        success: true,
        or_default: NewUserAuditLogsDefaults { user_agent: Some(Some("bench".to_owned())), ..NewUserAuditLogsDefaults::default() },
    }
}

/// Measures, and writes what was measured.
#[expect(clippy::too_many_lines, reason = "one pair after the other")]
pub(super) async fn measure(reference: &Reference, page: &mut Page) {
    eprintln!("running");
    let (url, client) = reference.database().await;
    for statement in ROWS.split(";\n").filter(|statement| !statement.trim().is_empty()) {
        client.batch_execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
    }
    let mut options = ConnectOptions::new(&url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.expect("the server answers");
    let pool = db.get_postgres_connection_pool().clone();
    let mut rows = Vec::new();

    let ids: Vec<Uuid> =
        sqlx::query_scalar("select id from public.user_audit_logs limit 200").fetch_all(&pool).await.expect("keys");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        timed(&mut ours, async {
            for id in &ids {
                black_box(user_audit_logs::get_by_id(&db, *id).await.expect("a row"));
            }
        })
        .await;
        let sql = format!("select {COLUMNS} from public.user_audit_logs where id = $1");
        timed(&mut theirs, async {
            for id in &ids {
                let found = sqlx::query(sqlx::AssertSqlSafe(sql.as_str())).bind(id).fetch_optional(&pool).await.expect("a row");
                black_box(found.as_ref().map(entry).transpose().expect("a model"));
            }
        })
        .await;
    }
    rows.push(row(page, "a row by its key", ours, theirs, 200));

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        timed(&mut ours, async {
            for _ in 0..50 {
                black_box(user_audit_logs::list_by_action(&db, "bench", None, 50).await.expect("a page"));
            }
        })
        .await;
        let sql = format!("select {COLUMNS} from public.user_audit_logs where action = $1 order by id limit $2");
        timed(&mut theirs, async {
            for _ in 0..50 {
                // One more row says whether there is another page.
                let found =
                    sqlx::query(sqlx::AssertSqlSafe(sql.as_str())).bind("bench").bind(51_i64).fetch_all(&pool).await.expect("rows");
                black_box(found.iter().map(entry).collect::<Result<Vec<_>, _>>().expect("models"));
            }
        })
        .await;
    }
    rows.push(row(page, "a page of 50", ours, theirs, 50));

    let parents = entities::users::users::Entity::find().all(&db).await.expect("users");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        timed(&mut ours, async { black_box(users::load_user_contacts(&db, &parents).await.expect("contacts")) }).await;
        timed(&mut theirs, async {
            let keys: Vec<Uuid> = parents.iter().map(|user| user.id).collect();
            let sql = "select id, user_id, contact_type, contact_value, is_primary, is_verified, created_at, updated_at \
                       from public.user_contacts where user_id = any($1) order by id";
            let found = sqlx::query(sql).bind(&keys).fetch_all(&pool).await.expect("rows");
            let mut groups = std::collections::BTreeMap::<Uuid, Vec<(Uuid, String, String)>>::new();
            for row in &found {
                let user: Uuid = row.get(1);
                let _: (Option<bool>, Option<bool>) = (row.get(4), row.get(5));
                let _: (Option<DateTimeWithTimeZone>, Option<DateTimeWithTimeZone>) = (row.get(6), row.get(7));
                groups.entry(user).or_default().push((row.get(0), row.get(2), row.get(3)));
            }
            black_box(groups);
        })
        .await;
    }
    rows.push(row(page, "the contacts of 1000 users", ours, theirs, 1));

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        timed(&mut ours, async {
            let stream = user_audit_logs::stream_by_action(&db, "bench").await.expect("a stream");
            let count = stream.try_fold(0, |count, row| async move { Ok(count + usize::from(black_box(row).success)) }).await;
            assert_eq!(count.expect("rows"), 100_000);
        })
        .await;
        let sql = format!("select {COLUMNS} from public.user_audit_logs where action = $1 order by id");
        timed(&mut theirs, async {
            let mut stream = sqlx::query(sqlx::AssertSqlSafe(sql.as_str())).bind("bench").fetch(&pool);
            let mut count = 0;
            while let Some(row) = stream.next().await {
                count += usize::from(black_box(entry(&row.expect("a row")).expect("a model")).success);
            }
            assert_eq!(count, 100_000);
        })
        .await;
    }
    rows.push(row(page, "a stream of 100 000 rows", ours, theirs, 1));

    page.text("## Running");
    page.text("Milliseconds for each, one connection, PostgreSQL on the same machine. By hand: the same statement in sqlx, on the same pool, each \
               column decoded into the same struct.");
    page.table(&["what", "generated", "by hand in sqlx", "ratio"], &rows);

    let (mut ours, mut silent, mut copied) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let new: Vec<NewUserAuditLogs> = (0..10_000).map(made).collect();
        timed(&mut ours, async { assert_eq!(user_audit_logs::insert_many(&db, new).await.expect("rows").len(), 10_000) }).await;
        client.batch_execute("delete from public.user_audit_logs where action like 'made %'").await.expect("gone");
        let new: Vec<NewUserAuditLogs> = (0..10_000).map(made).collect();
        timed(&mut silent, async {
            let entity = entities::audit::user_audit_logs::Entity;
            let count = runtime::insert_all::<_, _, _, DbErr>(&db, entity, new).await.expect("rows");
            assert_eq!(count, 10_000);
        })
        .await;
        client.batch_execute("delete from public.user_audit_logs where action like 'made %'").await.expect("gone");
        timed(&mut copied, async {
            let statement = "copy public.user_audit_logs (entity_type, action, success, user_agent) from stdin";
            let sink = client.copy_in(statement).await.expect("a copy");
            let mut sink = std::pin::pin!(sink);
            let text: String = (0..10_000).map(|number| format!("user\tmade {number}\tt\tbench\n")).collect();
            sink.send(bytes::Bytes::from(text)).await.expect("sent");
            assert_eq!(sink.finish().await.expect("copied"), 10_000);
        })
        .await;
        client.batch_execute("delete from public.user_audit_logs where action like 'made %'").await.expect("gone");
    }
    page.text("Inserts: `insert_many` gives back the rows with what the server made of them; `runtime::insert_all` and COPY give back nothing.");
    let inserted = [
        row(page, "10 000 rows, given back,", ours, copied.clone(), 1),
        row(page, "10 000 rows, not given back,", silent, copied, 1),
    ];
    page.table(&["what", "generated", "COPY in tokio-postgres", "ratio"], &inserted);
}
