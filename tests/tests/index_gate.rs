//! The index gate: which statements read a table without a bound, and whether the cures that it prints
//! are cures.

use std::collections::BTreeSet;

use entitree::{
    Session, connect,
    describe::{Description, describe},
    sql::File,
};
use entitree_tests::{Reference, folder, text_rows};
use tokio_postgres::Client;

async fn shop() -> (Reference, Session, Client) {
    let reference = Reference::start().await;
    let schema = std::fs::read_to_string(folder("sql").join("gate.sql")).expect("a file");
    let (url, client) = reference.with_sql(&schema).await;
    let session = connect(&url, |_| None).await.expect("the server answers");
    (reference, session, client)
}

async fn described(session: &mut Session, sql: &str) -> Description {
    let file = File::parse("queries/shop/gate.sql".as_ref(), &format!("-- name: it\n{sql};\n")).expect("a statement");
    let mut results = describe(session, &[file]).await.expect("the connection holds");
    results.remove(0).remove(0).unwrap_or_else(|mistake| panic!("{mistake}"))
}

async fn scanned(session: &mut Session, sql: &str) -> Vec<String> {
    described(session, sql).await.scans.into_iter().map(|scan| scan.table.name).collect()
}

/// Statements, and the tables that they read from end to end.
const FORMS: &[(&str, &[&str])] = &[
    // Whole indexes.
    ("select * from shop.item order by id", &["item"]),
    ("select count(*) from shop.item", &["item"]),
    ("select id from shop.item", &["item"]),
    ("select * from shop.item order by id offset 10", &["item"]),
    ("select * from shop.item order by id limit null", &["item"]),
    ("select * from shop.item where note = :note order by id limit 10", &["item"]),
    ("select * from shop.item order by note limit 10", &["item"]),
    ("select distinct on (customer_id) * from shop.item order by customer_id limit 10", &["item"]),
    ("select customer_id, count(*) from shop.item group by customer_id order by customer_id limit 10", &["item"]),
    ("select id, count(*) over () from shop.item order by id limit 10", &["item"]),
    ("select max(note) from shop.item", &["item"]),
    // A column that is not the first of its index.
    ("select * from shop.event where id = :id", &["event"]),
    ("select * from shop.item where quantity > :least", &["item"]),
    ("select * from shop.setting where lower(name) = :name", &["setting"]),
    ("select * from shop.product tablesample bernoulli (10)", &["product"]),
    // Joins that read everything.
    ("select * from shop.item join shop.customer on customer.id = item.customer_id", &["item"]),
    ("select * from shop.customer join shop.item on item.customer_id = customer.id", &["item"]),
    ("select * from shop.customer left join shop.item on item.customer_id = customer.id", &["customer", "item"]),
    ("select * from shop.item full join shop.customer on customer.id = item.customer_id", &["customer", "item"]),
    ("select * from shop.item left join shop.product on product.id = item.product_id", &["item"]),
    ("select * from shop.item left join shop.product on product.id = item.product_id order by item.id", &["item"]),
    ("select * from shop.item join shop.product on product.id = item.product_id where product.kind = :kind", &["item"]),
    ("select * from shop.product join shop.item on item.product_id = product.id where product.id = :id", &["item"]),
    ("select * from shop.item a join shop.item b on b.parent_id = a.id where a.id = :id", &["item"]),
    ("select * from shop.setting left join shop.item on item.customer_id = setting.customer_id", &["item", "setting"]),
    ("select id from shop.product where id not in (select product_id from shop.item)", &["item", "product"]),
    ("select id from shop.customer where not exists (select from shop.item where item.customer_id = customer.id)", &["customer"]),
    (
        "select id from shop.item where not exists (select from shop.product where product.id = item.product_id) order by id limit 5",
        &["item"],
    ),
    (
        "select item.id from shop.item join shop.product on product.id = item.product_id where product.price > 5 order by item.id \
         limit 5",
        &["item"],
    ),
    ("select (select count(*) from shop.item where item.customer_id = customer.id) from shop.customer", &["customer", "item"]),
    // Bitmaps.
    ("select * from shop.item where customer_id = :customer or note = :note", &["item"]),
    ("select * from shop.item where customer_id = :customer or id = :id or quantity = 1", &["item"]),
    // Views, unions, common tables.
    ("select * from shop.totals", &["item"]),
    ("select * from shop.active where email = :email", &["customer"]),
    ("select id from shop.item union all select id from shop.product", &["item", "product"]),
    ("with every as materialized (select * from shop.product) select * from every where id = :id", &["product"]),
    (
        "with recursive below as (select id from shop.forest union all select f.id from shop.forest f join below on f.parent_id = below.id) select id from below",
        &["forest"],
    ),
    // Writes.
    ("update shop.item set quantity = 0", &["item"]),
    ("update shop.item set quantity = 0 where note = :note", &["item"]),
    ("delete from shop.item where made is null or note = :note", &["item"]),
    ("insert into shop.setting (name) select email from shop.customer", &["customer"]),
    ("update shop.item set quantity = p.price from shop.product p where p.id = item.product_id", &["item"]),
    ("with gone as (delete from shop.product where kind = :kind returning id) select id from gone", &["product"]),
    // What is bounded.
    ("select * from shop.item where id = :id", &[]),
    ("select * from shop.item where id = any (:ids)", &[]),
    ("select * from shop.item where customer_id = :customer", &[]),
    ("select * from shop.item where customer_id = :customer order by id", &[]),
    ("select * from shop.item where customer_id = :customer and note = :note", &[]),
    ("select * from shop.item where customer_id = :customer and note = :note order by id limit 5", &[]),
    ("select * from shop.item where made > :since", &[]),
    ("select * from shop.item where state = 'open'", &[]),
    ("select * from shop.item order by id limit 10", &[]),
    ("select * from shop.item order by id limit :size", &[]),
    ("select * from shop.item order by id limit :size offset :start", &[]),
    ("select * from shop.item order by made desc, id desc limit :size", &[]),
    ("select * from shop.item order by id fetch first 10 rows only", &[]),
    ("select * from shop.item order by id limit 10 for update skip locked", &[]),
    ("select * from shop.item limit 10", &[]),
    ("select * from shop.item where id > :after order by id limit :size", &[]),
    ("select max(id), min(id) from shop.item", &[]),
    ("select max(made) from shop.item where customer_id = :customer", &[]),
    ("select exists (select from shop.item)", &[]),
    ("select exists (select from shop.item where customer_id = :customer) as any_of", &[]),
    ("select * from shop.item join shop.product on product.id = item.product_id where item.id = :id", &[]),
    ("select * from shop.item join shop.product on product.id = item.product_id order by item.id limit 10", &[]),
    ("select * from shop.item left join shop.product on product.id = item.product_id order by item.id limit 10", &[]),
    (
        "select * from shop.customer left join lateral (select * from shop.item where item.customer_id = customer.id order by made \
         limit 1) last on true order by customer.id limit 10",
        &[],
    ),
    ("select (select count(*) from shop.item where item.customer_id = customer.id) from shop.customer where id = :id", &[]),
    ("select * from shop.customer where id in (select customer_id from shop.item where id = any (:ids))", &[]),
    ("select * from shop.item where customer_id = :customer or id = :id", &[]),
    ("select * from shop.totals where customer_id = :customer", &[]),
    ("select * from shop.active order by id limit 10", &["customer"]),
    ("select * from shop.active where id = :id", &[]),
    ("(select id from shop.item order by id limit 5) union all (select id from shop.product order by id limit 5)", &[]),
    ("select * from (select id from shop.item union all select id from shop.product) both_of order by id limit 5", &[]),
    ("select * from shop.event where at = :day", &[]),
    ("select * from shop.event where at = :day and id = :id", &[]),
    ("with few as (select * from shop.item order by id limit 5) select * from few", &[]),
    (
        "with recursive below as (select id from shop.forest where id = :id union all select f.id from shop.forest f join below on f.parent_id = below.id) select id from below",
        &[],
    ),
    ("delete from shop.item where id in (select id from shop.item order by id limit 100)", &[]),
    ("update shop.item set quantity = 0 where id = :id", &[]),
    ("insert into shop.setting (name) values (:name) on conflict (name) do nothing", &[]),
    ("insert into shop.setting (name) select unnest(:names::text[])", &[]),
    ("select * from generate_series(1, 10) as number", &[]),
    ("select relname from pg_catalog.pg_class", &[]),
    ("select * from shop.product where false", &[]),
];

#[tokio::test]
async fn what_reads_a_whole_table_is_found_and_nothing_else() {
    let (_reference, mut session, client) = shop().await;
    let mut wrong = Vec::new();
    // Figures of any kind must not matter: none, small tables, and large ones.
    for state in ["empty", "small", "large"] {
        match state {
            "small" => fill(&client, 3).await,
            "large" => fill(&client, 20_000).await,
            _ => {}
        }
        for (sql, expected) in FORMS {
            let found = scanned(&mut session, sql).await;
            if found != *expected {
                wrong.push(format!("{state}: {sql}\n    found {found:?}, expected {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn fill(client: &Client, rows: usize) {
    client
        .batch_execute(&format!(
            "truncate shop.customer, shop.product, shop.item, shop.setting, shop.event, shop.forest;
             insert into shop.customer (id, email, name, code, is_active, joined, token)
                 select n, n || '@example.com', 'name', n, true, now(), gen_random_uuid() from generate_series(1, {rows}) n;
             insert into shop.product select n, 'kind', n from generate_series(1, {rows}) n;
             insert into shop.item select n, n, n, 'open', now(), 1, null, 'note' from generate_series(1, {rows}) n;
             insert into shop.setting select n::text from generate_series(1, 3) n;
             insert into shop.event select n, date '2025-01-01' + n % 700, 'what' from generate_series(1, {rows}) n;
             insert into shop.forest select n, n / 2 from generate_series(1, {rows}) n;
             analyze"
        ))
        .await
        .expect("rows");
}

/// Statements that no index serves, and what the cure begins with, or the hint.
const CURES: &[(&str, &str)] = &[
    ("select id from shop.customer where email = :email", "create index on shop.customer (email)"),
    ("select id from shop.customer where :email = email", "create index on shop.customer (email)"),
    ("select id from shop.customer where name = :name", "create index on shop.customer (name)"),
    ("select id from shop.customer where email = any (:emails)", "create index on shop.customer (email)"),
    ("select id from shop.customer where lower(email) = lower(:email)", "create index on shop.customer (lower(email))"),
    ("select id from shop.customer where lower(name) = :name", "create index on shop.customer (lower(name))"),
    ("select id from shop.customer where joined > :since and name = :name", "create index on shop.customer (name, joined)"),
    ("select id from shop.customer where (joined, id) > (:joined, :id)", "create index on shop.customer (joined, id)"),
    ("select id from shop.customer where born between :low and :high", "create index on shop.customer (born)"),
    ("select id from shop.customer where is_active", "create index on shop.customer (is_active)"),
    ("select id from shop.customer where not is_active", "create index on shop.customer (is_active)"),
    ("select id from shop.customer where removed_at is null", "create index on shop.customer (removed_at)"),
    ("select id from shop.customer where removed_at is not null", "create index on shop.customer (removed_at)"),
    ("select id from shop.customer where email = :email or name = :name", "create index on shop.customer (email); create index"),
    ("select id from shop.customer where id = :id or name = :name", "create index on shop.customer (name)"),
    ("select id from shop.customer where email ilike '%' || :part || '%'", TRIGRAMS),
    ("select id from shop.customer where email like :pattern", TRIGRAMS),
    ("select id from shop.customer where email like '%@example.com'", TRIGRAMS),
    ("select id from shop.customer where email ~ :pattern", TRIGRAMS),
    ("select id from shop.customer where email ~* :pattern", TRIGRAMS),
    ("select id from shop.customer where name ilike :pattern", TRIGRAMS),
    ("select id from shop.customer where lower(email) like :pattern", TRIGRAMS),
    ("select id from shop.customer where email ilike any (:patterns)", TRIGRAMS),
    ("select id from shop.customer where email like 'ann%'", "create index on shop.customer (email text_pattern_ops)"),
    ("select id from shop.customer where code like 'ann%'", "create index on shop.customer (code text_pattern_ops)"),
    ("select id from shop.customer where email ^@ :prefix", "create index on shop.customer using spgist (email)"),
    ("select id from shop.customer where profile @> :part", "create index on shop.customer using gin (profile)"),
    ("select id from shop.customer where profile ? :key", "create index on shop.customer using gin (profile)"),
    ("select id from shop.customer where profile @@ :path", "create index on shop.customer using gin (profile)"),
    ("select id from shop.customer where profile ->> 'city' = :city", "create index on shop.customer ((profile ->> 'city'))"),
    ("select id from shop.customer where notes ->> 'city' = :city", "create index on shop.customer ((notes ->> 'city'))"),
    (
        "select id from shop.customer where (profile ->> 'age')::int > :age",
        "create index on shop.customer (((profile ->> 'age')::integer))",
    ),
    ("select id from shop.customer where tags @> :tags", "create index on shop.customer using gin (tags)"),
    ("select id from shop.customer where tags && :tags", "create index on shop.customer using gin (tags)"),
    ("select id from shop.customer where :tags <@ tags", "create index on shop.customer using gin (tags)"),
    (
        "select id from shop.customer where words @@ to_tsquery('english', :query)",
        "create index on shop.customer using gin (words)",
    ),
    ("select id from shop.customer where to_tsvector('simple', email) @@ plainto_tsquery('simple', :query)", ""),
    ("select id from shop.customer where stay @> :day::date", "create index on shop.customer using gist (stay)"),
    ("select id from shop.customer where stay && :span", "create index on shop.customer using gist (stay)"),
    ("select id from shop.customer where address << :network", "create index on shop.customer using"),
    ("select id from shop.customer where place <@ :area::box", "create index on shop.customer using gist (place)"),
    ("select id from shop.customer where token::text = :token", "create index on shop.customer ((token::text))"),
    ("select id from shop.customer where joined::date = :day", "create index on shop.customer ((joined::date))"),
    ("select id from shop.customer where coalesce(name, '') = :name", "create index on shop.customer (coalesce(name, ''))"),
    ("select id from shop.customer where letters = :letters", "create index on shop.customer (letters)"),
    ("select id from shop.item where state = :state", "create index on shop.item (state)"),
    ("select id from shop.active where email = :email", "create index on shop.customer (email"),
    ("select id from shop.item order by note limit 10", "create index on shop.item (note)"),
    (
        "select id from shop.item order by quantity desc, note nulls first limit 10",
        "create index on shop.item (quantity desc, note nulls first)",
    ),
    (
        "select item.id from shop.item join shop.product on product.id = item.product_id where product.kind = :kind",
        "create index on shop.",
    ),
    (
        "select item.id from shop.product join shop.item on item.product_id = product.id where product.id = :id",
        "create index on shop.item (product_id)",
    ),
    (
        "select b.id from shop.item a join shop.item b on b.parent_id = a.id where a.id = :id",
        "create index on shop.item (parent_id)",
    ),
    (
        "select id from shop.item where product_id in (select id from shop.product where id = any (:ids))",
        "create index on shop.item (product_id)",
    ),
    ("delete from shop.item where note = :note", "create index on shop.item (note)"),
    ("select id from shop.event where id = :id", "create index on shop.event (id)"),
    (
        "select item.id from shop.item left join shop.product on product.id = item.product_id and product.kind = :kind where item.note = :note",
        "create index on shop.item (note)",
    ),
];

const TRIGRAMS: &str = "create extension if not exists pg_trgm; create index on shop.customer using gin (";

/// Statements that no index of one column serves, and the hint.
const WITHOUT: &[(&str, Option<&str>)] = &[
    (
        "select id from shop.customer where :name::text is null or name = :name",
        Some(
            "no index serves a condition that a NULL in `:name` turns off: write the condition alone on a line that ends with `-- @if name`",
        ),
    ),
    (
        "select id from shop.customer where :tag = any (tags)",
        Some(
            "no index serves `:tag = any (tags)`: write `tags @> array[:tag]`, which this index serves: create index on shop.customer \
             using gin (tags)",
        ),
    ),
    (
        "select id from shop.customer where starts_with(email, :prefix)",
        Some(
            "no index serves `starts_with(email, :prefix)`: write `email ^@ :prefix`, which this index serves: create index on \
             shop.customer using spgist (email)",
        ),
    ),
    ("select id from shop.customer where seen::date = :day", None),
    ("select id from shop.customer where email <> :email", None),
    ("select id from shop.customer where email not like :pattern", None),
    ("select id from shop.customer where email = name", None),
    ("select id from shop.customer where letters like :pattern", None),
    ("select id from shop.customer where id + length(name) = random()", None),
    ("select count(*) from shop.customer", None),
    ("select item.id from shop.item join shop.customer on customer.id = item.customer_id", None),
];

#[tokio::test]
async fn every_cure_cures() {
    let (_reference, mut session, client) = shop().await;
    let indexes = "select quote_ident(schemaname) || '.' || quote_ident(indexname) from pg_indexes where schemaname = 'shop'";
    let before: BTreeSet<_> = text_rows(&client, indexes).await.into_iter().flatten().flatten().collect();
    let mut wrong = Vec::new();
    for rows in [0, 20_000] {
        fill(&client, rows).await;
        for (sql, expected) in CURES {
            let scans = described(&mut session, sql).await.scans;
            let cures: Vec<String> = scans.iter().filter_map(|scan| scan.index.clone()).collect();
            if scans.is_empty() || cures.len() != scans.len() || !cures.iter().any(|cure| cure.starts_with(expected)) {
                wrong.push(format!("{sql}\n    {scans:?}\n    expected {expected}"));
                continue;
            }
            for cure in &cures {
                if let Err(error) = client.batch_execute(cure).await {
                    wrong.push(format!("{sql}\n    {cure}\n    {error:?}"));
                }
            }
            let after = scanned(&mut session, sql).await;
            if !after.is_empty() {
                wrong.push(format!("{sql}\n    {cures:?}\n    still reads {after:?}"));
            }
            for index in text_rows(&client, indexes).await.into_iter().flatten().flatten() {
                if !before.contains(&index) {
                    client.batch_execute(&format!("drop index if exists {index}")).await.expect("it was made by the cure");
                }
            }
            client.batch_execute("drop extension if exists pg_trgm").await.expect("a superuser may");
        }
        for (sql, expected) in WITHOUT {
            let scans = described(&mut session, sql).await.scans;
            if scans.is_empty() || scans.iter().any(|scan| scan.index.is_some() || scan.hint.as_deref() != *expected) {
                wrong.push(format!("{sql}\n    {scans:?}\n    expected {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_trigram_class_that_is_there_is_named_where_it_is() {
    let (_reference, mut session, client) = shop().await;
    client.batch_execute("create schema extensions; create extension pg_trgm schema extensions").await.expect("a superuser may");
    let sql = "select id from shop.customer where email ilike :pattern";
    let cure = described(&mut session, sql).await.scans.remove(0).index.expect("a cure");
    assert_eq!(cure, "create index on shop.customer using gin (email extensions.gin_trgm_ops)");
    client.batch_execute(&cure).await.expect("it runs");
    assert!(scanned(&mut session, sql).await.is_empty());
}
