//! Every row of every reference table, read through its entity, is what the server prints; and
//! every writable table takes inserts, updates and deletes through its entity.

use std::cell::Cell;

use entitree_tests::Reference;
use sea_orm::{ActiveModelTrait, Database, DatabaseConnection, EntityTrait, IntoActiveModel};

use self::entity::{compare_rows, round_trip};

#[path = "../harness/entity.rs"]
#[allow(unreachable_pub, dead_code, reason = "shared with a crate of its own")]
mod entity;

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

async fn count_rows<E: EntityTrait>(entity: E, (db, counted): (&DatabaseConnection, &Cell<usize>)) {
    counted.set(counted.get() + compare_rows(entity, db).await);
}

#[tokio::test]
async fn every_row_is_what_the_server_prints() {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let db = Database::connect(&url).await.expect("the server answers");
    let counted = Cell::new(0);
    each_entity!(count_rows, count_rows, (&db, &counted));
    // 488 rows of auth, 2109 of public.
    assert_eq!(counted.get(), 488 + 2109);
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
