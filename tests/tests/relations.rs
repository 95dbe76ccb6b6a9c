//! Every relation, loaded both ways and joined, gives what a plain SQL join gives.

use std::collections::BTreeSet;

use entities::{
    auth, membership,
    relation::{Link, load_many, load_one},
    users,
};
use entitree_tests::{Reference, text_rows};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Database, DatabaseConnection, EntityName, EntityTrait, IdenStatic, IntoActiveModel, Iterable,
    JoinType, LoaderTrait, ModelTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, RelationTrait, TransactionTrait,
    Value,
};
use tokio_postgres::Client;

type Pairs = BTreeSet<(String, String)>;

fn key<M: ModelTrait>(model: &M) -> String {
    let key = <<M::Entity as EntityTrait>::PrimaryKey as Iterable>::iter().map(PrimaryKeyToColumn::into_column);
    let parts: Vec<String> = key
        .map(|column| match model.get(column) {
            Value::Uuid(value) => value.map(|value| value.to_string()),
            Value::String(value) => value,
            Value::Int(value) => value.map(|value| value.to_string()),
            Value::BigInt(value) => value.map(|value| value.to_string()),
            other => panic!("no reference key is {other:?}"),
        })
        .map(|part| part.expect("a key holds no NULL"))
        .collect();
    parts.join("/")
}

/// The pairs of keys that loading finds.
async fn loaded<L: Link + Copy>(link: L, one: bool, db: &DatabaseConnection) -> Pairs
where
    <L::FromEntity as EntityTrait>::Model: Sync,
{
    let models = L::FromEntity::find().all(db).await.expect("rows");
    let related = if one {
        let related = load_one(link, &models, db).await.unwrap_or_else(|error| panic!("{}: {error}", std::any::type_name::<L>()));
        related.into_iter().map(|row| row.into_iter().collect()).collect()
    } else {
        load_many(link, &models, db).await.unwrap_or_else(|error| panic!("{}: {error}", std::any::type_name::<L>()))
    };
    assert_eq!(models.len(), related.len());
    models.iter().zip(&related).flat_map(|(model, rows)| rows.iter().map(|row| (key(model), key(row)))).collect()
}

/// The pairs of keys that SeaORM finds by following the link from each row.
async fn followed<L: Link + Copy>(link: L, db: &DatabaseConnection) -> Pairs
where
    <L::FromEntity as EntityTrait>::Model: Sync,
{
    let mut pairs = Pairs::new();
    // Each row is a statement; the first thirty say as much as all.
    for model in L::FromEntity::find().limit(30).all(db).await.expect("rows") {
        let rows: Vec<_> =
            model.find_linked(link).all(db).await.unwrap_or_else(|error| panic!("{}: {error}", std::any::type_name::<L>()));
        pairs.extend(rows.iter().map(|row| (key(&model), key(row))));
    }
    pairs
}

fn table<E: EntityName>(entity: &E) -> String {
    format!("\"{}\".\"{}\"", entity.schema_name().expect("every entity names its schema"), entity.table_name())
}

/// The pairs of keys that a plain join finds.
async fn joined<From: EntityTrait, To: EntityTrait>(client: &Client, from: &str, to: &str) -> Pairs {
    let keys = |alias: &str, columns: Vec<&'static str>| {
        columns.iter().map(|column| format!("{alias}.\"{column}\"::text")).collect::<Vec<_>>().join(" || '/' || ")
    };
    let left = keys("f", From::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect());
    let right = keys("t", To::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect());
    let sql = format!(
        "select {left}, {right} from {} f join {} t on f.\"{from}\"::text = t.\"{to}\"::text",
        table(&From::default()),
        table(&To::default())
    );
    let rows = text_rows(client, &sql).await;
    rows.into_iter().map(|row| (row[0].clone().expect("a key"), row[1].clone().expect("a key"))).collect()
}

async fn both_ways<F, B>(
    forward: F,
    back: B,
    back_is_one: bool,
    columns: (&str, &str),
    db: &DatabaseConnection,
    client: &Client,
) -> usize
where
    F: Link + Copy,
    B: Link<FromEntity = F::ToEntity, ToEntity = F::FromEntity> + Copy,
    <F::FromEntity as EntityTrait>::Model: Sync,
    <F::ToEntity as EntityTrait>::Model: Sync,
{
    let name = std::any::type_name::<F>();
    let expected = joined::<F::FromEntity, F::ToEntity>(client, columns.0, columns.1).await;
    assert_eq!(loaded(forward, true, db).await, expected, "{name}");
    let turned: Pairs = expected.iter().map(|(from, to)| (to.clone(), from.clone())).collect();
    assert_eq!(loaded(back, back_is_one, db).await, turned, "the way back of {name}");
    assert!(followed(forward, db).await.is_subset(&expected), "{name}");
    assert!(followed(back, db).await.is_subset(&turned), "the way back of {name}");
    if !expected.is_empty() {
        assert!(!followed(back, db).await.is_empty(), "the way back of {name}");
    }
    expected.len()
}

macro_rules! relations {
    ($db:expr, $client:expr, $($from_domain:ident::$from:ident::$forward:ident ($column:ident) <-> $to_domain:ident::$to:ident::$back:ident ($reference:ident);)*) => {
        [$((
            concat!(stringify!($from), ".", stringify!($column)),
            both_ways(
                entities::$from_domain::$from::link::$forward,
                entities::$to_domain::$to::link::$back,
                stringify!($back) == "AppUser",
                (stringify!($column), stringify!($reference)),
                $db,
                $client,
            )
            .await,
        )),*]
    };
}

#[tokio::test]
async fn every_relation_gives_what_a_join_gives() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    client.batch_execute(include_str!("../fixtures/rows_for_empty_tables.sql")).await.expect("rows for the empty tables");
    let db = &Database::connect(&url).await.expect("the server answers");
    let counts = relations! {
        db, &client,
        auth::identities::User (user_id) <-> auth::users::Identities (id);
        auth::mfa_amr_claims::Session (session_id) <-> auth::sessions::MfaAmrClaims (id);
        auth::mfa_challenges::Factor (factor_id) <-> auth::mfa_factors::MfaChallengesAsFactor (id);
        auth::mfa_factors::User (user_id) <-> auth::users::MfaFactors (id);
        auth::oauth_authorizations::Client (client_id) <-> auth::oauth_clients::OauthAuthorizationsAsClient (id);
        auth::oauth_authorizations::User (user_id) <-> auth::users::OauthAuthorizations (id);
        auth::oauth_consents::Client (client_id) <-> auth::oauth_clients::OauthConsentsAsClient (id);
        auth::oauth_consents::User (user_id) <-> auth::users::OauthConsents (id);
        auth::one_time_tokens::User (user_id) <-> auth::users::OneTimeTokens (id);
        auth::refresh_tokens::Session (session_id) <-> auth::sessions::RefreshTokens (id);
        auth::saml_providers::SsoProvider (sso_provider_id) <-> auth::sso_providers::SamlProviders (id);
        auth::saml_relay_states::FlowState (flow_state_id) <-> auth::flow_state::SamlRelayStates (id);
        auth::saml_relay_states::SsoProvider (sso_provider_id) <-> auth::sso_providers::SamlRelayStates (id);
        auth::sessions::OauthClient (oauth_client_id) <-> auth::oauth_clients::Sessions (id);
        auth::sessions::User (user_id) <-> auth::users::Sessions (id);
        auth::sso_domains::SsoProvider (sso_provider_id) <-> auth::sso_providers::SsoDomains (id);
        organizations::admin_sessions::Parent (_parent_id) <-> organizations::admin::AdminSessionsAsParent (id);
        membership::disputes::User (user_id) <-> users::users::Disputes (id);
        membership::kyc_verification::User (user_id) <-> users::users::KycVerification (id);
        organizations::payload_locked_documents_rels::Admin (admin_id) <-> organizations::admin::PayloadLockedDocumentsRels (id);
        organizations::payload_locked_documents_rels::Parent (parent_id) <-> organizations::payload_locked_documents::PayloadLockedDocumentsRelsAsParent (id);
        organizations::payload_preferences_rels::Admin (admin_id) <-> organizations::admin::PayloadPreferencesRels (id);
        organizations::payload_preferences_rels::Parent (parent_id) <-> organizations::payload_preferences::PayloadPreferencesRelsAsParent (id);
        membership::payout_management::User (user_id) <-> users::users::PayoutManagement (id);
        users::signup_sessions::User (user_id) <-> auth::users::SignupSessions (id);
        compliance::tax_forms::User (user_id) <-> users::users::TaxForms (id);
        compliance::transaction_monitoring::User (user_id) <-> users::users::TransactionMonitoring (id);
        compliance::verification_codes::User (user_id) <-> auth::users::VerificationCodes (id);
        users::users::AuthUser (auth_user_id) <-> auth::users::AppUser (id);
        users::user_profiles::User (user_id) <-> users::users::UserProfiles (id);
        users::user_contacts::User (user_id) <-> users::users::UserContacts (id);
        users::user_addresses::User (user_id) <-> users::users::UserAddresses (id);
        users::user_memberships::User (user_id) <-> users::users::UserMemberships (id);
        membership::membership_queue::User (user_id) <-> users::users::MembershipQueue (id);
        financial::user_subscriptions::User (user_id) <-> users::users::UserSubscriptions (id);
        financial::user_payments::User (user_id) <-> users::users::UserPayments (id);
        financial::user_payment_methods::User (user_id) <-> users::users::UserPaymentMethods (id);
        financial::user_billing_schedules::User (user_id) <-> users::users::UserBillingSchedules (id);
        financial::user_agreements::User (user_id) <-> users::users::UserAgreements (id);
        audit::system_audit_logs::User (user_id) <-> users::users::SystemAuditLogs (id);
        audit::user_audit_logs::User (user_id) <-> users::users::UserAuditLogs (id);
    };
    // 28 foreign keys and 13 declared relations, both ways.
    assert_eq!(counts.len(), 41);
    for (relation, pairs) in counts {
        // No user reached the second step of a login, and nobody is locked out of a document.
        let empty = ["sessions.oauth_client_id", "sessions.factor_id"];
        assert!(pairs > 0 || empty.contains(&relation), "no row tests {relation}");
    }
}

#[tokio::test]
async fn seaorms_own_ways_work_across_domains_and_casts() {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let db = &Database::connect(&url).await.expect("the server answers");
    // Joins: text on one side, uuid on the other, both tables called `users`.
    let with_login = users::users::Entity::find().find_also_linked(users::users::link::AuthUser).all(db).await.expect("a join");
    assert_eq!(with_login.len(), 17);
    assert!(with_login.iter().all(|(user, login)| user.auth_user_id == login.as_ref().map(|login| login.id.to_string())));

    // The five logins without an application user.
    let logins = auth::users::Entity::find().find_also_linked(auth::users::link::AppUser).all(db).await.expect("a join back");
    assert_eq!(logins.iter().filter(|(_, user)| user.is_none()).count(), 5);

    // Across schemas and domains, by type alone.
    let sessions = auth::sessions::Entity::find().find_also_related(auth::users::Entity).all(db).await.expect("a join");
    assert!(
        sessions.len() == 15 && sessions.iter().all(|(session, user)| user.as_ref().is_some_and(|user| user.id == session.user_id))
    );
    let disputes = membership::disputes::Entity::find()
        .join(JoinType::InnerJoin, membership::disputes::Relation::User.def())
        .filter(users::users::Column::Email.is_not_null())
        .all(db)
        .await
        .expect("a join");
    assert_eq!(disputes.len(), 2);

    // From one row, and for many at once.
    let user = users::users::Entity::find().one(db).await.expect("a row").expect("17 rows");
    let profiles = user.find_related(users::user_profiles::Entity).all(db).await.expect("a query");
    assert!(profiles.iter().all(|profile| profile.user_id == Some(user.id)));
    let all = users::users::Entity::find().all(db).await.expect("rows");
    let contacts = all.load_many(users::user_contacts::Entity, db).await.expect("a batch");
    assert_eq!(contacts.iter().map(Vec::len).sum::<usize>(), 19);
}

#[tokio::test]
async fn rows_come_with_what_they_are_related_to() {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let db = &Database::connect(&url).await.expect("the server answers");

    // By entity, by link, and one after the other, in a transaction as well as on a connection.
    let transaction = db.begin().await.expect("a transaction");
    let loaded = users::users::Entity::load()
        .filter(users::users::Column::Email.contains("@example.com"))
        .order_by_asc(users::users::Column::Email)
        .with(users::user_profiles::Entity)
        .with(users::users::link::UserContacts)
        .with((users::users::link::AuthUser, auth::sessions::Entity))
        .all(&transaction)
        .await
        .expect("four statements");
    transaction.commit().await.expect("a commit");
    assert_eq!(loaded.len(), 17);
    assert!(loaded.is_sorted_by_key(|user| user.email.clone()));
    assert_eq!(loaded.iter().map(|user| user.user_profiles.len()).sum::<usize>(), 14);
    assert_eq!(loaded.iter().map(|user| user.user_contacts.len()).sum::<usize>(), 19);
    let sessions: usize = loaded.iter().filter_map(|user| user.auth_user.as_ref()).map(|login| login.sessions.len()).sum();
    assert_eq!(sessions, 15, "every session belongs to one of the first twelve logins");
    for user in &loaded {
        assert!(user.user_profiles.iter().all(|profile| profile.user_id == Some(user.id)));
        // What was not asked for says so, and is empty.
        assert!(user.user_profiles.is_loaded() && !user.disputes.is_loaded() && user.disputes.is_empty());
    }

    let one = auth::users::Entity::load().with(auth::users::link::AppUser).one(db).await.expect("two statements").expect("a row");
    assert!(one.app_user.is_loaded());
    // A row with its relations can be written as the row alone.
    let active: users::users::ActiveModel = loaded[0].clone().into_active_model();
    assert!(!active.is_changed());
}
