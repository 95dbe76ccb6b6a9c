//! An application asks at its start whether the database is the one that its code was generated from.

use entities::{SCHEMA_FINGERPRINT, verify, verify::VerifyError};
use entitree_tests::{Reference, reference_config};
use sea_orm::Database;

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
