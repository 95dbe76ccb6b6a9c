//! Every row of every reference table, read through its entity, is what the server prints; and
//! every writable table takes inserts, updates and deletes through its entity.

use std::cell::Cell;

use entitree_tests::{Reference, text_rows};
use sea_orm::{ActiveModelTrait, Database, DatabaseConnection, EntityTrait, IntoActiveModel};

use self::entity::{compare_rows, round_trip};

#[path = "../harness/entity.rs"]
#[allow(unreachable_pub, dead_code, reason = "shared with a crate of its own")]
mod entity;

// `each_entity!` and `ENTITIES`, from the crate that was generated for the reference database.
include!(concat!(env!("OUT_DIR"), "/entities.rs"));

async fn count_rows<E: EntityTrait>(entity: E, (db, counted): (&DatabaseConnection, &Cell<usize>)) {
    counted.set(counted.get() + compare_rows(entity, db).await);
}

#[tokio::test]
async fn every_row_is_what_the_server_prints() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    let db = Database::connect(&url).await.expect("the server answers");
    let counted = Cell::new(0);
    each_entity!(count_rows, count_rows, (&db, &counted));
    // As many as the server counts in all tables and views.
    let relations = "select oid::regclass::text from pg_class where relkind in ('r', 'p', 'v', 'm', 'f') and not relispartition \
                     and relnamespace in ('auth'::regnamespace, 'public'::regnamespace)";
    let relations: Vec<String> = text_rows(&client, relations).await.into_iter().flatten().flatten().collect();
    assert_eq!(relations.len(), ENTITIES, "an entity for each table and view");
    let mut rows = 0;
    for relation in relations {
        let count = text_rows(&client, &format!("select count(*) from {relation}")).await;
        rows += count[0][0].as_deref().and_then(|count| count.parse::<usize>().ok()).expect("a number");
    }
    assert!(rows > 2000, "{rows}");
    assert_eq!(counted.get(), rows);
}

async fn skip<E: EntityTrait>(_: E, _: &DatabaseConnection) {}

#[tokio::test]
async fn every_writable_table_takes_writes() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    let fill = include_str!("../fixtures/rows_for_empty_tables.sql");
    client.batch_execute(fill).await.expect("a row for each table that is empty");
    let db = Database::connect(&url).await.expect("the server answers");
    each_entity!(round_trip, skip, &db);
}

#[tokio::test]
async fn computed_columns_are_never_written() {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let db = Database::connect(&url).await.expect("the server answers");
    let identity = entities::auth::identities::Entity::find().one(&db).await.expect("a row").expect("22 rows");
    let computed = identity.email.clone();
    let mut changed = identity.into_active_model();
    changed.email = sea_orm::ActiveValue::Set(Some("forged@example.com".to_owned()));
    changed.provider = sea_orm::ActiveValue::Set("changed".to_owned());
    let updated = changed.update(&db).await.expect("the server would refuse the computed column");
    assert_eq!((updated.email, updated.provider.as_str()), (computed, "changed"));
}

#[tokio::test]
async fn lookups_find_by_keys() {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let db = Database::connect(&url).await.expect("the server answers");
    let token = entities::auth::refresh_tokens::Entity::find().one(&db).await.expect("a row").expect("44 rows");
    let by_id = queries::auth::refresh_tokens::get_by_id(&db, token.id).await.expect("a query");
    assert_eq!(by_id.as_ref(), Some(&token));
    let by_token =
        queries::auth::refresh_tokens::get_by_token(&db, token.token.as_deref().expect("a token")).await.expect("a query");
    assert_eq!(by_token.as_ref(), Some(&token));
    let identity = entities::auth::identities::Entity::find().one(&db).await.expect("a row").expect("22 rows");
    let found = queries::auth::identities::get_by_provider_id_and_provider(&db, &identity.provider_id, &identity.provider).await;
    assert_eq!(found.expect("a query"), Some(identity));
}
