//! Every row of every reference table, read through its entity, is what the server prints; and
//! every writable table takes inserts, updates and deletes through its entity.

use std::cell::Cell;

use entitree_tests::{Reference, text_rows};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, Database, DatabaseConnection, EntityName, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, TransactionTrait, Value,
};
use tokio_postgres::Client;

/// Calls a function for each entity that can be written, and another for each that can only be read.
macro_rules! each_entity {
    ($writable:ident, $read_only:ident, $context:expr) => {
        each_entity!(@ $writable, $context,
            auth::audit_log_entries, auth::flow_state, auth::identities, auth::instances, auth::mfa_amr_claims,
            auth::mfa_challenges, auth::mfa_factors, auth::oauth_authorizations, auth::oauth_clients, auth::oauth_consents,
            auth::one_time_tokens, auth::refresh_tokens, auth::saml_providers, auth::saml_relay_states, auth::schema_migrations,
            auth::sessions, auth::sso_domains, auth::sso_providers, auth::users,
            users::users, users::user_profiles, users::user_contacts, users::user_addresses, users::user_memberships,
            users::signup_sessions, users::newsfeedpost,
            financial::user_subscriptions, financial::user_payments, financial::user_payment_methods,
            financial::user_billing_schedules, financial::user_agreements,
            membership::membership_queue, membership::kyc_verification, membership::payout_management, membership::disputes,
            compliance::tax_forms, compliance::transaction_monitoring, compliance::verification_codes,
            compliance::report_templates, audit::system_audit_logs, audit::user_audit_logs);
        each_entity!(@ $read_only, $context,
            organizations::admin, organizations::admin_alerts, organizations::admin_sessions,
            organizations::payload_locked_documents, organizations::payload_locked_documents_rels,
            organizations::payload_migrations, organizations::payload_preferences, organizations::payload_preferences_rels,
            audit::auditlog);
    };
    (@ $function:ident, $context:expr, $($domain:ident::$table:ident),*) => {
        $($function(entities::$domain::$table::Entity, $context).await;)*
    };
}

/// A value as the server prints it with `DateStyle` ISO, `TimeZone` UTC and hexadecimal `bytea`.
fn text(value: Value) -> Option<String> {
    let fraction =
        |text: String| if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    match value {
        Value::Bool(value) => value.map(|value| if value { "t" } else { "f" }.to_owned()),
        Value::SmallInt(value) => value.map(|value| value.to_string()),
        Value::Int(value) => value.map(|value| value.to_string()),
        Value::BigInt(value) => value.map(|value| value.to_string()),
        Value::String(value) => value,
        Value::Enum(value) => match value {
            sea_orm::sea_query::OptionEnum::Some(value) => Some(value.value.to_string()),
            sea_orm::sea_query::OptionEnum::None(_) => None,
        },
        Value::Uuid(value) => value.map(|value| value.to_string()),
        Value::Json(value) => value.map(|value| value.to_string()),
        Value::Decimal(value) => value.map(|value| value.to_string()),
        Value::ChronoDate(value) => value.map(|value| value.to_string()),
        Value::ChronoDateTime(value) => value.map(|value| fraction(value.format("%Y-%m-%d %H:%M:%S%.6f").to_string())),
        Value::ChronoDateTimeWithTimeZone(value) => {
            value.map(|value| format!("{}+00", fraction(value.naive_utc().format("%Y-%m-%d %H:%M:%S%.6f").to_string())))
        }
        Value::IpNetwork(value) => value.map(|value| {
            let whole = if value.is_ipv4() { 32 } else { 128 };
            if value.prefix() == whole { value.ip().to_string() } else { value.to_string() }
        }),
        other => panic!("no reference column holds {other:?}"),
    }
}

fn table<E: EntityName>(entity: &E) -> String {
    format!("\"{}\".\"{}\"", entity.schema_name().expect("every entity names its schema"), entity.table_name())
}

async fn compare_rows<E: EntityTrait>(entity: E, (db, client, counted): (&DatabaseConnection, &Client, &Cell<usize>)) {
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let key: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    let mut select = E::find();
    for column in &key {
        select = select.order_by_asc(*column);
    }
    let models = select.all(db).await.unwrap_or_else(|error| panic!("{}: {error}", table(&entity)));
    let list: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.as_str())).collect();
    let order: Vec<String> = key.iter().map(|column| format!("\"{}\"", column.as_str())).collect();
    let rows =
        text_rows(client, &format!("select {} from {} order by {}", list.join(", "), table(&entity), order.join(", "))).await;
    assert_eq!(models.len(), rows.len(), "{}", table(&entity));
    for (model, row) in models.iter().zip(&rows) {
        for (column, printed) in columns.iter().zip(row) {
            let read = model.get(*column);
            let is_json = matches!(read, Value::Json(_));
            let read = text(read);
            if is_json {
                // The server keeps the spacing of json; the value is what counts.
                let parse = |text: &Option<String>| {
                    text.as_deref().map(|text| serde_json::from_str::<serde_json::Value>(text).expect("json"))
                };
                assert_eq!(parse(&read), parse(printed), "{}.{}", table(&entity), column.as_str());
            } else {
                assert_eq!(read, *printed, "{}.{}", table(&entity), column.as_str());
            }
        }
    }
    counted.set(counted.get() + models.len());
}

#[tokio::test]
async fn every_row_is_what_the_server_prints() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    client.batch_execute("set timezone = 'UTC'; set datestyle = 'ISO'").await.expect("settings");
    let db = Database::connect(&url).await.expect("the server answers");
    let counted = Cell::new(0);
    each_entity!(compare_rows, compare_rows, (&db, &client, &counted));
    // 488 rows of auth, 2109 of public.
    assert_eq!(counted.get(), 488 + 2109);
}

/// Deletes a row, puts it back, changes every column to what it was, and finds it the same.
async fn round_trip<E>(entity: E, db: &DatabaseConnection)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq + Sync,
    E::ActiveModel: Send,
{
    let name = table(&entity);
    let transaction = db.begin().await.expect("a transaction");
    // Rows that refer to the row stay: the keys are not what is tested.
    transaction.execute_unprepared("set local session_replication_role = replica").await.expect("a superuser's setting");
    let row = E::find().one(&transaction).await.expect("a row").unwrap_or_else(|| panic!("{name} is empty"));
    row.clone().delete(&transaction).await.unwrap_or_else(|error| panic!("delete from {name}: {error}"));
    let again = row.clone().into_active_model().reset_all().insert(&transaction).await;
    assert!(again.unwrap_or_else(|error| panic!("insert into {name}: {error}")) == row, "{name}");
    // A key alone has no column left to set.
    if E::Column::iter().count() > E::PrimaryKey::iter().count() {
        let updated = row.clone().into_active_model().reset_all().update(&transaction).await;
        assert!(updated.unwrap_or_else(|error| panic!("update {name}: {error}")) == row, "{name}");
    }
    // Every column can be compared with its own value.
    for column in E::Column::iter() {
        let value = row.get(column);
        let is_json = matches!(column.def().get_column_type(), sea_orm::ColumnType::Json);
        if value != value.as_null() && !is_json {
            let found = E::find().filter(column.eq(value)).all(&transaction).await;
            let found = found.unwrap_or_else(|error| panic!("{name}.{}: {error}", column.as_str()));
            assert!(found.contains(&row), "{name}.{}", column.as_str());
        }
    }
    transaction.rollback().await.expect("a rollback");
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
