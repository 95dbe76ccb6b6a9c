//! The queries of the documents, in `queries/`: each gives what the server prints for its SQL.

use std::{
    fmt::Display,
    pin::pin,
    sync::{Arc, Mutex},
};

use entities::enums::public::EnumUsersStatus;
use entitree_tests::{Reference, text_rows};
use futures_util::StreamExt as _;
use queries::{audit::trail, auth::accounts, financial::billing, membership::review, users};
use sea_orm::{
    ConnectionTrait as _, Database, DatabaseConnection, Statement, TransactionTrait as _,
    prelude::{DateTimeWithTimeZone, Uuid},
};
use tokio_postgres::Client;

/// Rows that the queries find something in.
const ROWS: &str = "
insert into public.user_billing_schedules (user_id, next_billing_date, amount, is_active)
    select id, date '2026-01-01' + (row_number() over (order by id))::int, 10, true from public.users;
insert into public.membership_queue (user_id, queue_position, is_eligible, priority_score, subscription_active, lifetime_payment_total)
    select id, row_number() over (order by id), true, 5, true, 100 from public.users order by id limit 3;
insert into public.user_audit_logs (user_id, entity_type, action, success, created_at)
    select id, 'user', 'login ' || n, true, timestamptz '2026-01-01' + n * interval '1 hour' from public.users, generate_series(1, 7) n;
insert into public.kyc_verification (user_id, status)
    select id, case when row_number() over (order by id) = 1 then 'verified' else 'pending' end from public.users order by id limit 4;
";

/// The statement of a file of SQL as the server runs it, `:name` replaced by literals.
fn statement(file: &str, name: &str, values: &[(&str, &str)], conditions: &[&str]) -> String {
    let file = entitree::sql::File::read(&xtask::root().join("queries").join(file)).expect("a file");
    let statement = file.statements.iter().find(|statement| statement.name == name).expect("a statement");
    let holds = |condition: usize| statement.conditions[condition].iter().all(|name| conditions.contains(&name.as_str()));
    let variant = statement.variant(holds, |_| None);
    let mut sql = variant.sql.clone();
    for (number, parameter) in variant.parameters.iter().enumerate().rev() {
        let name = &statement.parameters[*parameter];
        let value = values.iter().find(|(of, _)| of == name).map_or("null", |(_, value)| value);
        sql = sql.replace(&format!("${}", number + 1), value);
    }
    sql
}

fn text<T: Display>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

/// Picks columns of the server's rows, by position.
async fn printed(client: &Client, sql: &str, columns: &[usize]) -> Vec<Vec<Option<String>>> {
    let rows = text_rows(client, sql).await;
    assert!(!rows.is_empty(), "nothing is compared: {sql}");
    rows.into_iter().map(|row| columns.iter().map(|&column| row[column].clone()).collect()).collect()
}

async fn database() -> (Reference, DatabaseConnection, Client) {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    client.batch_execute(ROWS).await.expect("more rows");
    client.batch_execute("set time zone 'UTC'").await.expect("a time zone");
    (reference, Database::connect(&url).await.expect("the server answers"), client)
}

#[tokio::test]
async fn queries_that_read_give_what_the_server_prints() {
    let (_reference, db, client) = database().await;

    let found = accounts::accounts_without_user(&db).await.expect("rows");
    let lines: Vec<_> = found.iter().map(|row| vec![Some(row.id.to_string()), row.email.clone()]).collect();
    assert_eq!(lines, printed(&client, &statement("auth/accounts.sql", "accounts_without_user", &[], &[]), &[0, 1]).await);
    let address = found[0].email.clone().expect("an address");
    let account = accounts::account_by_email(&db, &address.to_uppercase()).await.expect("an answer").expect("the account");
    assert_eq!(account.id, found[0].id);
    let lines: Vec<_> = accounts::accounts_by_provider(&db)
        .await
        .expect("rows")
        .iter()
        .map(|row| vec![Some(row.provider.clone()), Some(row.accounts.to_string())])
        .collect();
    assert_eq!(lines, printed(&client, &statement("auth/accounts.sql", "accounts_by_provider", &[], &[]), &[0, 1]).await);

    let found = users::memberships::memberships_in_queue(&db).await.expect("rows");
    let lines: Vec<_> = found
        .iter()
        .map(|row| {
            let profile = row.profile.as_ref();
            let name = profile.and_then(|profile| profile.first_name.clone());
            vec![
                Some(row.membership.id.to_string()),
                profile.map(|profile| profile.id.clone()),
                name,
                text(row.queue_position.as_ref()),
                text(row.is_eligible.as_ref()).map(|word| word[..1].to_owned()),
            ]
        })
        .collect();
    let sql = statement("users/memberships.sql", "memberships_in_queue", &[], &[]);
    assert_eq!(lines, printed(&client, &sql, &[0, 9, 11, 17, 18]).await);

    let due = "2026-01-04".parse().expect("a day");
    let found = billing::unpaid_schedules_due(&db, due).await.expect("rows");
    let lines: Vec<_> = found
        .iter()
        .map(|row| {
            vec![
                Some(row.id.to_string()),
                Some(row.user_id.to_string()),
                Some(row.email.clone()),
                Some(row.next_billing_date.to_string()),
                text(row.amount.as_ref()),
            ]
        })
        .collect();
    let sql = statement("financial/billing.sql", "unpaid_schedules_due", &[("due", "'2026-01-04'")], &[]);
    assert_eq!(lines, printed(&client, &sql, &[0, 1, 2, 3, 4]).await);

    let lines: Vec<_> = review::pending_kyc(&db)
        .await
        .expect("rows")
        .iter()
        .map(|row| vec![Some(row.kyc.id.to_string()), Some(row.kyc.status.clone()), Some(row.member.id.to_string())])
        .collect();
    let sql = statement("membership/review.sql", "pending_kyc", &[], &[]);
    assert_eq!(lines, printed(&client, &sql, &[0, 2, 24]).await);
    let lines: Vec<_> = review::payout_candidates(&db, 10)
        .await
        .expect("rows")
        .iter()
        .map(|row| {
            vec![
                Some(row.user_id.to_string()),
                Some(row.email.clone()),
                text(row.queue_position.as_ref()),
                Some(row.paid_so_far.to_string()),
                Some(row.rank.to_string()),
            ]
        })
        .collect();
    let sql = statement("membership/review.sql", "payout_candidates", &[("size", "10")], &[]);
    assert_eq!(lines, printed(&client, &sql, &[0, 1, 2, 3, 4]).await);
}

#[tokio::test]
async fn a_trail_is_read_page_by_page() {
    let (_reference, db, client) = database().await;
    let member: Uuid = client
        .query_one("select id::text from public.users order by id limit 1", &[])
        .await
        .expect("a user")
        .get::<_, String>(0)
        .parse()
        .expect("an id");
    let quoted = format!("'{member}'");
    let all = statement("audit/trail.sql", "trail_of_user", &[("user_id", &quoted), ("size", "100")], &[]);
    let expected = printed(&client, &all, &[0, 5]).await;
    let mut read = Vec::new();
    let mut before: Option<(DateTimeWithTimeZone, Uuid)> = None;
    loop {
        let (time, id) = before.unzip();
        let page = trail::trail_of_user(&db, member, time, id, 3).await.expect("a page");
        let Some(last) = page.last() else { break };
        before = last.created_at.map(|time| (time, last.id));
        read.extend(page.iter().map(|entry| vec![Some(entry.id.to_string()), Some(entry.action.clone())]));
    }
    assert_eq!(read, expected);

    client.batch_execute("analyze").await.expect("figures");
    let counts = trail::estimated_row_counts(&db, &["auth".to_owned(), "public".to_owned()]).await.expect("rows");
    let mut tables = 0;
    for row in counts {
        let table = row.table.expect("a name");
        let exact = text_rows(&client, &format!("select count(*) from {}.\"{table}\"", row.schema)).await;
        assert_eq!(exact[0][0], Some(row.rows.to_string()), "{}.{table}", row.schema);
        tables += 1;
    }
    assert_eq!(tables, 49);
}

#[tokio::test]
async fn conditions_streams_and_writes_are_those_of_the_server() {
    let (_reference, db, client) = database().await;
    let ids = |rows: &[users::directory::SearchUsersRow]| {
        rows.iter().map(|row| vec![Some(row.app_user.id.to_string())]).collect::<Vec<_>>()
    };
    let since: DateTimeWithTimeZone = "2020-01-01T00:00:00Z".parse().expect("a time");
    let some =
        client.query_one("select email from public.users order by id limit 1", &[]).await.expect("a user").get::<_, String>(0);
    let emails = [some.clone()];
    for status in [None, Some(EnumUsersStatus::Active)] {
        for emails in [None, Some(emails.as_slice())] {
            for (since, verified) in [(None, false), (Some(since), false), (None, true)] {
                let found = users::directory::search_users(&db, status, emails, since, 50, verified).await.expect("rows");
                let conditions = [
                    (status.is_some(), "status"),
                    (emails.is_some(), "emails"),
                    (since.is_some(), "since"),
                    (verified, "verified_only"),
                ];
                let conditions: Vec<&str> = conditions.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect();
                let list = format!("array['{some}']");
                let values =
                    [("status", "'Active'"), ("emails", list.as_str()), ("since", "'2020-01-01 00:00+00'"), ("size", "50")];
                let sql = statement("users/directory.sql", "search_users", &values, &conditions);
                let expected: Vec<_> = text_rows(&client, &sql).await.into_iter().map(|row| vec![row[0].clone()]).collect();
                assert_eq!(ids(&found), expected, "{conditions:?}");
            }
        }
    }

    let transaction = db.begin().await.expect("a transaction");
    let new = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let words = ["a@example.org".to_owned(), "b@example.org".to_owned()];
    let made = users::directory::import_users(&transaction, &new, &words, &words).await.expect("rows");
    assert_eq!(made, new);
    assert!(users::directory::import_users(&transaction, &new, &words, &words).await.expect("no rows").is_empty());
    assert_eq!(users::directory::existing_ids(&transaction, &[new[1], Uuid::from_u128(9)]).await.expect("rows"), [new[1]]);
    assert_eq!(users::directory::verify_email(&transaction, new[0]).await.expect("a count"), 1);
    assert_eq!(users::directory::verify_email(&transaction, new[0]).await.expect("a count"), 0);
    let user = users::directory::user_by_id(&transaction, new[0]).await.expect("the user");
    assert_eq!((user.email.as_str(), user.email_verified), ("a@example.org", Some(true)));
    let missing = users::directory::user_by_id(&transaction, Uuid::from_u128(9)).await.expect_err("no such user");
    assert!(missing.to_string().contains("users::directory::user_by_id"), "{missing}");
    let mut streamed = 0;
    {
        let mut every = pin!(users::directory::every_user(&transaction).await.expect("a stream"));
        while let Some(user) = every.next().await {
            user.expect("a user");
            streamed += 1;
        }
    }
    let counted = Statement::from_string(transaction.get_database_backend(), "select count(*) from public.users");
    let counted: i64 =
        transaction.query_one_raw(counted).await.expect("a row").expect("a row").try_get_by_index(0).expect("a count");
    assert_eq!(streamed, counted);
    transaction.rollback().await.expect("an end");
    assert!(users::directory::existing_ids(&db, &new).await.expect("rows").is_empty());
}

/// Keeps what the spans of statements say.
#[derive(Clone, Default)]
struct Names(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Names {
    fn on_new_span(
        &self,
        attributes: &tracing::span::Attributes<'_>,
        _: &tracing::span::Id,
        _: tracing_subscriber::layer::Context<'_, S>,
    ) {
        struct Visitor<'v>(&'v mut Vec<String>);
        impl tracing::field::Visit for Visitor<'_> {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                if field.name() == "name" {
                    self.0.push(format!("{value:?}"));
                }
            }
        }
        let mut names = self.0.lock().expect("no thread panicked");
        names.push(attributes.metadata().name().to_owned());
        attributes.record(&mut Visitor(&mut names));
    }
}

#[tokio::test]
async fn a_statement_is_traced_under_the_name_of_its_function() {
    use tracing_subscriber::layer::SubscriberExt as _;
    let (_reference, db, _client) = database().await;
    let names = Names::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(names.clone()));
    users::directory::existing_ids(&db, &[]).await.expect("rows");
    users::users::exists_by_id(&db, Uuid::nil()).await.expect("an answer");
    drop(guard);
    let names = names.0.lock().expect("no thread panicked");
    assert_eq!(names[..2], ["query", "\"users::directory::existing_ids\""], "{names:?}");
    // What is generated from the schema runs in SeaORM's own spans.
    assert!(names[2..].iter().any(|name| name.starts_with("db.") || name.contains("sea_orm")), "{names:?}");
}
