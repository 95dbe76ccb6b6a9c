//! The report on a live database: the reference database's is the analysis document made right; every rule
//! has a case; what cannot be read is a line.

use std::{collections::BTreeMap, env, fs, path::Path};

use entitree::{
    Config, Session,
    inspect::{self, Finding, Inspection, Options, Origin, RelationFacts, Severity},
};
use entitree_tests::{Reference, folder, reference_config, text_rows};

async fn report(url: &str, config: &Config, options: &Options) -> Inspection {
    let mut session: Session = entitree::connect(url, |_| None).await.expect("the server answers");
    inspect::inspect(&mut session, config, options, &|_, _, _| {}).await.unwrap_or_else(|error| panic!("{error}"))
}

fn of<'i>(inspection: &'i Inspection, rule: &'i str) -> impl Iterator<Item = &'i Finding> {
    inspection.findings.iter().filter(move |finding| finding.rule == rule)
}

fn objects(inspection: &Inspection, rule: &str) -> Vec<String> {
    of(inspection, rule).map(|finding| finding.object.clone()).collect()
}

/// The row counts of the analysis; every other table holds none.
const ROWS: [(&str, i64); 26] = [
    ("auth.users", 22),
    ("auth.sessions", 15),
    ("auth.identities", 22),
    ("auth.refresh_tokens", 44),
    ("auth.audit_log_entries", 256),
    ("auth.flow_state", 40),
    ("auth.mfa_amr_claims", 15),
    ("auth.one_time_tokens", 7),
    ("auth.schema_migrations", 67),
    ("public.users", 17),
    ("public.user_profiles", 14),
    ("public.user_contacts", 19),
    ("public.user_addresses", 1),
    ("public.user_memberships", 14),
    ("public.membership_queue", 5),
    ("public.kyc_verification", 8),
    ("public.payout_management", 10),
    ("public.admin", 1),
    ("public.admin_alerts", 3),
    ("public.admin_sessions", 1),
    ("public.payload_preferences", 29),
    ("public.payload_preferences_rels", 33),
    ("public.payload_migrations", 1),
    ("public.system_audit_logs", 1950),
    ("public.user_audit_logs", 1),
    ("public.disputes", 2),
];

/// The columns that the analysis draws as keys and that no constraint holds.
const KEYS: [&str; 13] = [
    "public.membership_queue.user_id",
    "public.system_audit_logs.user_id",
    "public.user_addresses.user_id",
    "public.user_agreements.user_id",
    "public.user_audit_logs.user_id",
    "public.user_billing_schedules.user_id",
    "public.user_contacts.user_id",
    "public.user_memberships.user_id",
    "public.user_payment_methods.user_id",
    "public.user_payments.user_id",
    "public.user_profiles.user_id",
    "public.user_subscriptions.user_id",
    "public.users.auth_user_id",
];

#[tokio::test]
async fn the_analysis_of_the_reference_database_is_made_right() {
    let reference = Reference::start().await;
    let (url, client) = reference.database().await;
    let migrations = vec![inspect::read_migrations(&folder("fixtures/migrations")).expect("a folder of migrations")];
    let options = Options { migrations, ..Options::default() };
    let mut plain = Config::default();
    plain.schemas = vec!["auth".to_owned(), "public".to_owned()];
    for config in [reference_config(), plain] {
        let inspection = report(&url, &config, &options).await;
        let rows: BTreeMap<String, i64> =
            inspection.tables.iter().map(|table| (table.qualified(), table.rows.expect("counted"))).collect();
        assert_eq!(rows.len(), 50);
        for (table, rows) in rows {
            let expected = ROWS.iter().find(|(name, _)| *name == table).map_or(0, |(_, rows)| *rows);
            assert_eq!(rows, expected, "{table}");
        }
        assert!(inspection.tables.iter().all(|table| !table.estimated && (table.state == "used") == (table.rows != Some(0))));

        // Nothing but what the files define and the database lacks is an error.
        let errors: Vec<(&str, &str)> = inspection
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| (finding.rule, finding.object.as_str()))
            .collect();
        let settings = [
            "appearance_settings",
            "notification_preferences",
            "payment_settings",
            "privacy_settings",
            "security_settings",
            "settings",
        ];
        let expected: Vec<String> = settings.iter().map(|name| format!("public.user_{name}")).collect();
        assert_eq!(errors, expected.iter().map(|name| ("missing-table", name.as_str())).collect::<Vec<_>>());

        let missing = objects(&inspection, "missing-foreign-key");
        let declared = |key: &str| {
            let is_it = |relation: &&RelationFacts| format!("{}.{}", relation.from, relation.columns.join(".")) == key;
            inspection.relations.iter().find(is_it).is_some_and(|relation| relation.origin == Origin::Declared)
        };
        // What codegen.toml declares was decided, and is no finding.
        assert_eq!(KEYS.iter().filter(|key| declared(key)).count(), if config.relations.is_empty() { 0 } else { KEYS.len() });
        for key in KEYS {
            assert!(missing.iter().any(|object| object == key) != declared(key), "{key}: {missing:?}");
        }
        let others: Vec<&String> = missing.iter().filter(|object| !KEYS.contains(&object.as_str())).collect();
        // Each was looked at: all are keys in fact.
        assert_eq!(
            others,
            [
                "public.system_audit_logs.admin_id",
                "public.user_audit_logs.admin_id",
                "auth.flow_state.user_id",
                "auth.refresh_tokens.user_id"
            ]
        );

        let partners: Vec<&Finding> =
            of(&inspection, "row-without-partner").filter(|finding| finding.severity == Severity::Warning).collect();
        let [partner] = partners[..] else { panic!("{partners:?}") };
        assert_eq!(
            (partner.object.as_str(), partner.message.as_str()),
            ("public.users.auth_user_id", "5 rows of auth.users have no row here")
        );
        let lacking = "select id from auth.users where id::text not in (select auth_user_id from public.users) order by id";
        let ids: Vec<String> = text_rows(&client, lacking).await.into_iter().filter_map(|mut row| row.remove(0)).collect();
        assert_eq!(partner.evidence[1..6], ids);
        assert!(partner.evidence.iter().any(|line| line == "5 rows of auth.identities hang on them"), "{:?}", partner.evidence);

        let twins: Vec<(&str, &str, Severity)> =
            of(&inspection, "twin-tables").map(|twin| (twin.object.as_str(), twin.message.as_str(), twin.severity)).collect();
        assert_eq!(
            twins,
            [
                ("public.auditlog", "looks like public.system_audit_logs", Severity::Warning),
                ("auth.users", "looks like public.users", Severity::Info),
                ("public.system_audit_logs", "looks like public.user_audit_logs", Severity::Info),
            ]
        );
        assert_eq!(objects(&inspection, "no-second-factor"), ["auth.mfa_factors"]);
        let unused = objects(&inspection, "unused-enum");
        assert_eq!(unused.len(), 14);
        assert!(unused.iter().all(|name| name == "public.member_status" || name.starts_with("public.enum_user_")), "{unused:?}");
        let empty = objects(&inspection, "empty-table");
        for table in ["agreements", "billing_schedules", "payment_methods", "payments", "subscriptions"] {
            assert!(empty.contains(&format!("public.user_{table}")));
        }
        if !config.relations.is_empty() {
            assert_eq!(objects(&inspection, "empty-domain"), ["domain compliance", "domain financial"]);
        }
        assert_eq!(inspection.unread, []);
    }
}

/// Every rule on a database that has each trouble: compared with `tests/inspect_expected.txt`, which was
/// read by hand; `ENTITREE_WRITE_EXPECTED=1` writes it anew.
#[tokio::test]
async fn every_rule_finds_its_case_and_nothing_else() {
    let reference = Reference::start().await;
    let (url, client) = reference.with_sql(&fs::read_to_string(folder("inspect_rules.sql")).expect("a file")).await;
    let migrations = tempfile::tempdir().expect("a folder");
    let script = "create table notes (id int primary key, gone text);\n\
                  create type used_enum as enum ('a', 'b', 'c');\ncreate type gone_enum as enum ('x');";
    fs::write(migrations.path().join("1.sql"), script).expect("a file");
    fs::write(migrations.path().join("2.sql"), "create table never_made (id int);").expect("a file");
    // Statistics reach others when the session that made them is idle.
    client.batch_execute("select pg_stat_force_next_flush()").await.expect("a superuser may");
    let options = Options {
        migrations: vec![inspect::read_migrations(migrations.path()).expect("migrations")],
        api_roles: vec!["api_guest".to_owned(), "api_member".to_owned()],
        ..Options::default()
    };
    let inspection = report(&url, &Config::default(), &options).await;
    let lines: Vec<String> = inspection
        .findings
        .iter()
        .map(|finding| {
            let folder = migrations.path().display().to_string();
            let evidence: Vec<String> = finding.evidence.iter().map(|line| line.replace(&folder, "DIR")).collect();
            let part = |mark: &str, text: &Option<String>| {
                let lines = text.iter().flat_map(|text| text.lines());
                lines.map(|line| format!("\n  {mark} {}", line.replace(&folder, "DIR"))).collect::<String>()
            };
            let cure = [
                part("?", &finding.query),
                part(">", &finding.cure),
                part("<", &finding.undo),
                part("$", &finding.command),
                part("toml", &finding.configuration),
            ]
            .concat();
            let evidence: String = evidence.iter().map(|line| format!("\n  {}", line.replace('\n', " "))).collect();
            format!("{} {}: {}: {}{evidence}{}\n", finding.severity.word(), finding.rule, finding.object, finding.message, cure)
        })
        .collect();
    let text = lines.concat();
    // What the server makes of statistics, sizes and versions is another with each of them.
    let steady: String = text
        .lines()
        .filter(|line| !line.contains(" bytes") && !line.contains("is installed, the server has") && !line.contains("dead rows, "))
        .map(|line| format!("{line}\n"))
        .collect();
    let path = folder("inspect_expected.txt");
    if env::var_os("ENTITREE_WRITE_EXPECTED").is_some() {
        fs::write(&path, &steady).expect("the file can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        steady == expected,
        "{}",
        similar::TextDiff::from_lines(expected.as_str(), steady.as_str()).unified_diff().header("expected", "found")
    );
    let found: Vec<&str> = inspection.findings.iter().map(|finding| finding.rule).collect();
    for rule in inspect::RULES {
        // They need an extension that is not in PostgreSQL's own packages, and a server that replicates.
        let is_elsewhere = ["graphql-exposed", "unused-replication-slot"].contains(&rule.name);
        assert!(found.contains(&rule.name) || is_elsewhere, "{} has a case", rule.name);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_a_line() {
    let reference = Reference::start().await;
    let script = "
        create table open (id int primary key, email text);
        insert into open values (1, 'ada@example.com');
        create table closed (id int primary key);
        create table behind_policies (id int primary key);
        insert into behind_policies values (1);
        alter table behind_policies enable row level security;
        create policy few on behind_policies using (id > 1);
        create view broken as select case when email is not null then 1 / (id - 1) end as n from open;
        create materialized view never_filled as select 1 as n with no data;
        create view slow as select pg_sleep(20)::text as n;
        create table large (id int primary key, never text);
        insert into large select generate_series(1, 3000);
        analyze large;
        create role half_blind login;
        grant usage on schema public to half_blind;
        grant select on open, behind_policies, broken, never_filled, slow, large to half_blind;";
    let (url, _client) = reference.with_sql(script).await;
    let options = Options { timeout_seconds: 1, exact_rows: 1000, ..Options::default() };
    let inspection = report(&url.replacen("postgres@", "half_blind@", 1), &Config::default(), &options).await;
    let unread: Vec<String> = inspection.unread.iter().map(|unread| format!("{}: {}", unread.object, unread.reason)).collect();
    let expected = [
        "public.behind_policies: its rows could not be counted: query would be affected by row-level security policy for table \"behind_policies\"",
        "public.broken: its rows could not be counted: division by zero",
        "public.closed: the role may not read it: its rows are the server's estimate, its columns are not looked at",
        "public.large: about 3000 rows, more than the 1000 that are counted: the number is the server's estimate, and NULLs were looked for in about 100000 rows",
        "public.never_filled: the materialized view was never refreshed",
        "public.slow: its rows could not be counted: canceling statement due to statement timeout",
    ];
    assert_eq!(unread, expected);
    let table = |name: &str| inspection.tables.iter().find(|table| table.name == name).expect("a table");
    assert_eq!((table("large").rows, table("large").estimated, table("large").columns[1].always_null), (Some(3000), true, true));
    assert_eq!((table("open").rows, table("slow").rows, table("slow").state), (Some(1), None, "unknown"));
    // Nobody asked for contents.
    let json = serde_json::to_string(&inspection).expect("JSON");
    assert!(!json.contains("ada@example.com"), "{json}");

    let inspection = report(&url, &Config::default(), &Options { samples: 2, timeout_seconds: 1, ..Options::default() }).await;
    let samples = &inspection.tables.iter().find(|table| table.name == "open").expect("a table").samples;
    assert_eq!(*samples, [[Some("1".to_owned()), Some("‹15 characters›".to_owned())]]);
}

#[tokio::test]
async fn names_from_the_database_stay_text_in_every_form() {
    let reference = Reference::start().await;
    let hostile = "<script>alert('x')</script>\"`|\n]]>${x}{{x}}\\";
    let quoted = format!("\"{}\"", hostile.replace('"', "\"\""));
    let text = format!("'{}'", hostile.replace('\'', "''"));
    let script = format!(
        "set standard_conforming_strings = on;
         create table {quoted} (id int primary key, {quoted} text check ({quoted} in ({text}, 'b')));
         create table other (id int primary key, {quoted} int references {quoted} (id));
         comment on table {quoted} is {text};
         create type {quoted} as enum ({text});
         create role {quoted};
         grant select on other to {quoted};
         alter table other enable row level security;
         create policy {quoted} on other using (true);"
    );
    let script = script.replace(&format!("create type {quoted}"), &format!("create type \"t{}", &quoted[1..]));
    let (url, client) = reference.with_sql(&script).await;
    let inspection = report(&url, &Config::default(), &Options::default()).await;
    let html = inspect::html(&inspection);
    assert!(!html.contains("<script>alert"), "a name became code");
    assert_eq!(html.matches("<script").count(), html.matches("</script").count());
    assert!(!html.contains("<link") && !html.contains("src=\"http") && !html.contains("url(http"), "the page needs no network");
    // Outside of blocks of code, which show what is in them.
    let markdown = inspect::markdown(&inspection);
    assert!(markdown.split("```").step_by(2).all(|text| !text.contains("<script>")), "{markdown}");
    let mermaid = inspect::diagram::mermaid(&inspection, None);
    assert!(mermaid.starts_with("erDiagram") && mermaid.lines().all(|line| !line.contains("]]>${x}{{x}}\\\"")), "{mermaid}");
    let dot = inspect::diagram::dot(&inspection, None);
    assert!(dot.starts_with("digraph") && dot.trim_end().ends_with('}'), "{dot}");
    inspect::text(&inspection, Some(120), false);
    inspect::text(&inspection, Some(20), true);
    assert!(inspect::cures(&inspection).lines().all(|line| line.is_empty() || line.starts_with("--")));
    client.batch_execute(&format!("drop owned by {quoted}; drop role {quoted}")).await.expect("the role goes");
}

/// Views over a table, junctions beside their target, histories, lines of two documents, schemas built one after the
/// other: two tables by design.
#[tokio::test]
async fn only_one_thing_twice_is_twins() {
    let reference = Reference::start().await;
    let script = "
        create table coupons (id int primary key, code text, amount int, expires date, reason text, color text, note text);
        create view exports_coupons as select id as coupon_id, code, amount, expires from coupons;
        create view coupons_of_today as select * from coupons where expires = '2026-01-01';
        create table illustration (id int primary key, diagram text, modified date);
        create table model_illustration (illustration int references illustration, model int, modified date, primary key (illustration, model));
        create table coupons_history (id int primary key, code text, amount int, expires date, reason text, color text, note text);
        create table sale (id int primary key);
        create table purchase (id int primary key);
        create table sale_part (id int primary key, document int references sale, unit text, price int, discount int, tax int, total int);
        create table purchase_part (id int primary key, document int references purchase, unit text, price int, discount int, tax int, total int);
        create table queue (id int primary key, message text, priority int);
        create table queues (id int primary key, type text, level int);
        create table trends (id int primary key, at int, low float, mean float, high float, count int, width int);
        create table trends_whole (id int primary key, at int, low bigint, mean bigint, high bigint, count int, width int);
        create schema east; create schema west;
        create table east.shop (id int primary key, name text, city text, size int);
        create table west.shop (id int primary key, name text, city text, size int);
        create table east.till (id int primary key); create table west.till (id int primary key);
        create table invoices_old (id int primary key, number text, customer text, due date, amount int, state text, memo text);
        create table invoices (id int primary key, number text, customer text, due date, amount int, state text, memo text);
        create view view_of_invoices as select i.id, i.number, s.id as sale from invoices i join sale s on s.id = i.id;
        create view invoice as select * from invoices;";
    let (url, _client) = reference.with_sql(script).await;
    let inspection = report(&url, &Config::default(), &Options::default()).await;
    let twins: Vec<(&str, &str)> =
        of(&inspection, "twin-tables").map(|twin| (twin.object.as_str(), twin.message.as_str())).collect();
    assert_eq!(twins, [("public.invoice", "looks like public.invoices"), ("public.invoices", "looks like public.invoices_old")]);
    // What a view shows of a foreign key is no line of codegen.toml.
    let shown: Vec<&Origin> = inspection
        .relations
        .iter()
        .filter(|relation| relation.from == "public.view_of_invoices")
        .map(|relation| &relation.origin)
        .collect();
    assert!(shown.iter().all(|origin| **origin != Origin::Declared), "{shown:?}");
}

#[tokio::test]
async fn relations_of_views_are_called_so() {
    let reference = Reference::start().await;
    let script = "create table house (id int primary key); create table room (id int primary key, house int constraint in_house references house);
                  create view bright_rooms as select id, house from room where id > 1;";
    let (url, _client) = reference.with_sql(script).await;
    let inspection = report(&url, &Config::default(), &Options::default()).await;
    let origins: Vec<(&str, &Origin)> =
        inspection.relations.iter().map(|relation| (relation.from.as_str(), &relation.origin)).collect();
    let (view, key) = (Origin::View("public.room.in_house".to_owned()), Origin::Constraint("in_house".to_owned()));
    assert_eq!(origins, [("public.bright_rooms", &view), ("public.room", &key)]);
    assert!(!inspect::html(&inspection).contains("declared in codegen.toml</span>"));
}

#[test]
fn the_rules_are_documented() {
    let path = xtask::root().join("docs/rules.md");
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), inspect::rules_page(), "`cargo xtask docs` writes it anew");
    let names: Vec<&str> = inspect::RULES.iter().map(|rule| rule.name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted);
}

/// Where the reference puts its tables.
const DOMAINS: [(&str, &[&str]); 7] = [
    (
        "users",
        &["users", "user_profiles", "user_contacts", "user_addresses", "user_memberships", "signup_sessions", "newsfeedpost"],
    ),
    ("financial", &["user_subscriptions", "user_payments", "user_payment_methods", "user_billing_schedules", "user_agreements"]),
    ("membership", &["membership_queue", "kyc_verification", "payout_management", "disputes"]),
    ("compliance", &["tax_forms", "transaction_monitoring", "verification_codes", "report_templates"]),
    ("audit", &["system_audit_logs", "user_audit_logs", "auditlog"]),
    (
        "organizations",
        &[
            "admin",
            "admin_alerts",
            "admin_sessions",
            "payload_preferences",
            "payload_preferences_rels",
            "payload_locked_documents",
            "payload_locked_documents_rels",
            "payload_migrations",
        ],
    ),
    ("settings", &[]),
];

#[tokio::test]
async fn proposed_domains_are_those_of_the_reference() {
    let snapshot = entitree::Snapshot::read(&xtask::root().join("generated/schema.json")).expect("schema.json");
    let schema = snapshot.schema().expect("it fits together");
    let config = reference_config();
    let (tables, edges) = inspect::groupable(&schema, &config);
    assert_eq!(tables.len(), 50);
    let mut names: Vec<String> = DOMAINS.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.push("auth".to_owned());
    let domains = inspect::suggest::suggest(&tables, &edges, &names);
    let expected = |qualified: &str| match qualified.split_once('.') {
        Some(("auth", _)) => "auth",
        Some((_, table)) => DOMAINS.iter().find(|(_, tables)| tables.contains(&table)).map_or("?", |(name, _)| *name),
        None => "?",
    };
    let right = domains
        .iter()
        .flat_map(|domain| domain.tables.iter().map(move |table| (domain, table)))
        .filter(|(domain, table)| expected(&table.qualified) == domain.name && table.qualified != "public.auditlog")
        .count();
    assert!(right >= 40, "{right} of 49 tables are where the reference has them");
    // What is printed is a codegen.toml that takes every table once.
    let text = format!("schemas = [\"auth\", \"public\"]\n{}", inspect::suggest::toml(&domains, &tables));
    let proposed = Config::parse(&text, Path::new("codegen.toml")).unwrap_or_else(|error| panic!("{error}\n{text}"));
    entitree::group(&schema, &proposed).unwrap_or_else(|errors| panic!("{errors:?}"));
}
