//! The functions of the query crate at work.

use std::collections::BTreeSet;

use entitree_tests::Reference;
use queries::{
    audit::user_audit_logs::{self, NewUserAuditLogs, NewUserAuditLogsDefaults, UserAuditLogsError},
    auth::{
        sessions, sso_domains,
        sso_domains::{NewSsoDomains, NewSsoDomainsDefaults, SsoDomainsChanges, SsoDomainsError},
        sso_providers,
        sso_providers::{NewSsoProviders, NewSsoProvidersDefaults, SsoProvidersChanges, SsoProvidersError},
        users,
    },
    runtime::{self, Cursor, is_retryable},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, Database, DatabaseConnection, EntityTrait, QueryFilter as _, TransactionTrait, prelude::Uuid,
};

async fn database() -> (Reference, DatabaseConnection) {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let db = Database::connect(&url).await.expect("the server answers");
    (reference, db)
}

fn provider(number: u128, resource: Option<&str>) -> NewSsoProviders {
    NewSsoProviders {
        id: Uuid::from_u128(number),
        or_default: NewSsoProvidersDefaults { resource_id: Some(resource.map(str::to_owned)), ..Default::default() },
    }
}

fn domain(number: u128, of: u128, name: &str) -> NewSsoDomains {
    NewSsoDomains {
        id: Uuid::from_u128(number),
        sso_provider_id: Uuid::from_u128(of),
        domain: name.to_owned(),
        or_default: NewSsoDomainsDefaults::default(),
    }
}

#[tokio::test]
async fn rows_are_written_and_violations_have_names() {
    let (_reference, db) = database().await;
    let made = sso_providers::insert(&db, provider(1, Some("acme"))).await.expect("a new row");
    assert_eq!((made.resource_id.as_deref(), made.disabled), (Some("acme"), None));
    assert!(matches!(sso_providers::insert(&db, provider(1, None)).await, Err(SsoProvidersError::IdTaken)));
    assert!(matches!(
        sso_providers::insert(&db, provider(2, Some("ACME"))).await,
        Err(SsoProvidersError::SsoProvidersResourceIdIdxTaken)
    ));
    assert!(matches!(sso_domains::insert(&db, domain(1, 1, "")).await, Err(SsoDomainsError::DomainNotEmptyViolated)));
    assert!(matches!(sso_domains::insert(&db, domain(1, 7, "acme.example")).await, Err(SsoDomainsError::SsoProviderIdMissing)));

    // Leave alone, set, and set to NULL are three things.
    let changes = SsoProvidersChanges { disabled: Some(Some(true)), ..Default::default() };
    let updated = sso_providers::update_by_id(&db, Uuid::from_u128(1), changes).await.expect("an update").expect("the row");
    assert_eq!((updated.resource_id.as_deref(), updated.disabled), (Some("acme"), Some(true)));
    let changes = SsoProvidersChanges { resource_id: Some(None), ..Default::default() };
    let updated = sso_providers::update_by_id(&db, Uuid::from_u128(1), changes).await.expect("an update").expect("the row");
    assert_eq!((updated.resource_id, updated.disabled), (None, Some(true)));
    let none = sso_providers::update_by_id(&db, Uuid::from_u128(9), SsoProvidersChanges::default()).await.expect("no error");
    assert_eq!(none, None);

    sso_domains::insert(&db, domain(1, 1, "Acme.Example")).await.expect("a row");
    let found = sso_domains::get_by_lower_domain(&db, "acme.example").await.expect("a query");
    assert_eq!(found.map(|found| found.domain).as_deref(), Some("Acme.Example"));
    let user = entities::auth::users::Entity::find().one(&db).await.expect("a query").expect("21 users");
    let email = user.email.clone().expect("an e-mail address");
    let live = users::get_by_email_in_users_email_partial_key(&db, &email).await.expect("a query");
    assert_eq!(live.as_ref(), Some(&user).filter(|user| !user.is_sso_user));
    let identities = users::load_identities(&db, std::slice::from_ref(&user)).await.expect("one statement");
    assert!(identities.len() == 1 && identities[0].iter().all(|identity| identity.user_id == user.id));
    assert!(sso_domains::delete_by_id(&db, Uuid::from_u128(1)).await.expect("a delete"));

    let upserted = sso_providers::upsert_on_id(&db, provider(1, Some("again"))).await.expect("written over");
    assert_eq!((upserted.resource_id.as_deref(), upserted.disabled), (Some("again"), Some(true)));
    assert!(sso_providers::exists_by_id(&db, Uuid::from_u128(1)).await.expect("a query"));
    assert!(sso_providers::delete_by_id(&db, Uuid::from_u128(1)).await.expect("a delete"));
    assert!(!sso_providers::delete_by_id(&db, Uuid::from_u128(1)).await.expect("a delete"));
}

#[tokio::test]
async fn many_rows_go_in_few_statements_and_come_back_in_pages() {
    let (_reference, db) = database().await;
    sso_providers::insert(&db, provider(1, None)).await.expect("a row");
    // More than one statement can hold: 5 columns, 65 535 parameters.
    let rows = (0..15_000).map(|number| domain(number, 1, &format!("d{number}.example"))).collect();
    let made = sso_domains::insert_many(&db, rows).await.expect("15 000 rows");
    assert!(made.iter().enumerate().all(|(number, row)| row.id == Uuid::from_u128(number as u128)));
    assert_eq!(sso_domains::count_by_sso_provider_id(&db, Uuid::from_u128(1)).await.expect("a count"), 15_000);

    let mut seen = BTreeSet::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = sso_domains::list_by_sso_provider_id(&db, Uuid::from_u128(1), after.as_ref(), 4000).await.expect("a page");
        assert!(page.items.iter().all(|row| seen.insert(row.id)), "no row comes twice");
        if seen.len() == 4000 {
            // Rows that come and go before the cursor change nothing behind it.
            sso_domains::delete_by_id(&db, Uuid::from_u128(0)).await.expect("a delete");
            sso_domains::insert(&db, domain(20_000, 1, "late.example")).await.expect("a row");
        }
        // The cursor travels as text.
        after = page.next.map(|cursor| Cursor::from(cursor.to_string()));
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 15_001);
    let foreign = Cursor::from("nonsense".to_owned());
    assert!(sso_domains::list_by_sso_provider_id(&db, Uuid::from_u128(1), Some(&foreign), 10).await.is_err());
    assert_eq!(sso_domains::insert_many(&db, Vec::new()).await.expect("nothing"), []);
}

#[tokio::test]
async fn many_rows_hold_any_text() {
    let (_reference, db) = database().await;
    let texts = ["", "null", "NULL", "a,b", "{}", "\"", "\\", "\\\"", " é\n\t\u{1f600} ", "'; drop table x; --", "\\x00", "(a)"];
    let text = |number: usize| texts[number % texts.len()].to_owned();
    let entry = |number: usize| NewUserAuditLogs {
        entity_type: format!("many {number}"),
        action: text(number),
        success: number.is_multiple_of(2),
        or_default: NewUserAuditLogsDefaults {
            user_agent: Some((!number.is_multiple_of(3)).then(|| text(number + 1))),
            metadata: Some(Some(serde_json::json!({ "of": text(number), "list": [1, null, "\"\\"] }))),
            ..NewUserAuditLogsDefaults::default()
        },
    };
    let is_as_said = |row: &entities::audit::user_audit_logs::Model, number: usize| {
        let said = entry(number);
        row.action == said.action
            && row.success == said.success
            && Some(&row.user_agent) == said.or_default.user_agent.as_ref()
            && Some(&row.metadata) == said.or_default.metadata.as_ref()
    };
    // As many as go as arrays, and as few as do not.
    for count in [12, 300] {
        let made = user_audit_logs::insert_many(&db, (0..count).map(entry).collect()).await.expect("rows");
        assert!(made.len() == count && made.iter().enumerate().all(|(number, row)| is_as_said(row, number)), "{count} rows");
        for row in made {
            user_audit_logs::delete_by_id(&db, row.id).await.expect("a delete");
        }
        let rows = (0..count).map(entry).collect();
        let entity = entities::audit::user_audit_logs::Entity;
        let silent: Result<u64, UserAuditLogsError> = runtime::insert_all(&db, entity, rows).await;
        assert_eq!(silent.expect("rows"), count as u64);
        let found = entities::audit::user_audit_logs::Entity::find()
            .filter(entities::audit::user_audit_logs::Column::EntityType.starts_with("many "))
            .all(&db)
            .await
            .expect("rows");
        assert_eq!(found.len(), count);
        for row in found {
            let number = row.entity_type.trim_start_matches("many ").parse().expect("a number");
            assert!(is_as_said(&row, number), "{row:?}");
            user_audit_logs::delete_by_id(&db, row.id).await.expect("a delete");
        }
    }
}

#[tokio::test]
async fn transactions_are_shared_and_cancelled_ones_can_be_told() {
    let (_reference, db) = database().await;
    let transaction = db.begin().await.expect("a transaction");
    sso_providers::insert(&transaction, provider(1, None)).await.expect("a row");
    assert!(sso_providers::exists_by_id(&transaction, Uuid::from_u128(1)).await.expect("a query"));
    transaction.rollback().await.expect("a rollback");
    assert!(!sso_providers::exists_by_id(&db, Uuid::from_u128(1)).await.expect("a query"));

    let session = entities::auth::sessions::Entity::find().one(&db).await.expect("a query").expect("15 sessions");
    let counted = sessions::count_by_user_id(&db, session.user_id).await.expect("a count");
    let listed = sessions::list_by_user_id(&db, session.user_id, None, 100).await.expect("a page");
    assert_eq!((i64::try_from(listed.items.len()), listed.next), (Ok(counted), None));

    sso_providers::insert(&db, provider(1, None)).await.expect("a row");
    sso_domains::insert(&db, domain(1, 1, "a.example")).await.expect("a row");
    let (one, two) = (db.begin().await.expect("a transaction"), db.begin().await.expect("a transaction"));
    for transaction in [&one, &two] {
        transaction
            .execute_unprepared("set transaction isolation level repeatable read; select 1 from auth.sso_domains")
            .await
            .expect("a snapshot");
    }
    let changes = || SsoDomainsChanges { domain: Some("b.example".to_owned()), ..Default::default() };
    sso_domains::update_by_id(&one, Uuid::from_u128(1), changes()).await.expect("the first");
    one.commit().await.expect("the first");
    match sso_domains::update_by_id(&two, Uuid::from_u128(1), changes()).await {
        Err(SsoDomainsError::Retry(error)) => assert!(is_retryable(&error)),
        other => panic!("{other:?}"),
    }
}
