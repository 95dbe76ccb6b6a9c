//! Every cure that the report prints is run: the finding is gone afterwards, and is back after what takes the
//! cure back. Names are plain in one database, and hostile to whoever does not quote them in the other.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use entitree::{
    Config,
    inspect::{self, Finding, Inspection, Options},
};
use entitree_tests::{Reference, folder, text_rows};
use tokio_postgres::Client;

/// Rules whose cure no server of the tests can run: it needs a replication slot, and these servers replicate nothing.
const ELSEWHERE: &[&str] = &["unused-replication-slot"];

/// What a finding is told by.
type Key = (&'static str, String, String);

fn key(finding: &Finding) -> Key {
    (finding.rule, finding.object.clone(), finding.message.clone())
}

/// The table that a finding is about, by the two first parts of its object.
fn table(finding: &Finding) -> String {
    finding.object.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
}

/// A database, and how it is inspected.
struct Trial {
    url: String,
    client: Client,
    options: Options,
}

impl Trial {
    async fn inspect(&self, config: &Config) -> Inspection {
        self.client.batch_execute("select pg_stat_force_next_flush()").await.expect("a superuser may");
        let mut session = entitree::connect(&self.url, |_| None).await.expect("the server answers");
        inspect::inspect(&mut session, config, &self.options, &|_, _, _| {}).await.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn keys(&self) -> BTreeSet<Key> {
        self.inspect(&Config::default()).await.findings.iter().map(key).collect()
    }

    async fn run(&self, finding: &Finding, sql: &str) {
        let result = self.client.batch_execute(sql).await;
        let message = result.err().map(|error| error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string));
        assert_eq!(message, None, "{} {}\n{sql}", finding.rule, finding.object);
    }

    /// Runs cures, as many at once as do not meet in one table, until no finding has one. The rules that had a cure.
    async fn cure_all(&self) -> BTreeSet<&'static str> {
        let mut rules = BTreeSet::new();
        let mut done = BTreeSet::new();
        loop {
            let inspection = self.inspect(&Config::default()).await;
            let (mut round, mut tables) = (Vec::<&Finding>::new(), BTreeSet::new());
            // One rule may ask for what another asks to drop: an enum of the migration files that nothing uses.
            for finding in inspection.findings.iter().filter(|finding| finding.cure.is_some() && !done.contains(&key(finding))) {
                let is_first = round.iter().all(|other| other.rule != finding.rule);
                // Cures of a schema, or of all policies, are about many tables.
                let is_wide = finding.cure.as_deref().is_some_and(|cure| cure.matches("alter table").count() > 5);
                if is_first && tables.insert(table(finding)) && (!is_wide || round.is_empty()) {
                    round.push(finding);
                    if is_wide {
                        break;
                    }
                }
            }
            if round.is_empty() {
                return rules;
            }
            for finding in &round {
                self.run(finding, finding.cure.as_deref().unwrap_or_default()).await;
            }
            let after = self.keys().await;
            for finding in &round {
                assert!(!after.contains(&key(finding)), "{} {} is still there", finding.rule, finding.object);
            }
            let undone: Vec<&Finding> = round.iter().copied().filter(|finding| finding.undo.is_some()).collect();
            for finding in undone.iter().rev() {
                self.run(finding, finding.undo.as_deref().unwrap_or_default()).await;
            }
            let before = self.keys().await;
            for finding in &undone {
                assert!(before.contains(&key(finding)), "{} {} is not back", finding.rule, finding.object);
            }
            for finding in &undone {
                self.run(finding, finding.cure.as_deref().unwrap_or_default()).await;
            }
            rules.extend(round.iter().map(|finding| finding.rule));
            done.extend(round.iter().map(|finding| key(finding)));
        }
    }

    /// Puts lines of codegen.toml into one: the finding is gone, and the database generates.
    async fn configure(&self, finding: &Finding, lines: &str) {
        let config = Config::parse(lines, Path::new("codegen.toml")).unwrap_or_else(|error| panic!("{error}\n{lines}"));
        let result = entitree::generate(&self.client, &config).await;
        if let Err(error) = result {
            panic!("{} {}: {error}\n{lines}", finding.rule, finding.object);
        }
        let after: BTreeSet<Key> = self.inspect(&config).await.findings.iter().map(key).collect();
        assert!(!after.contains(&key(finding)), "{} {} is still there with\n{lines}", finding.rule, finding.object);
    }
}

/// As `pg_temp.hostile` of `tests/inspect_hostile.sql` has it.
fn hostile(name: &str) -> String {
    let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
    words.collect::<Vec<_>>().join("-") + "'\"\\"
}

#[tokio::test]
async fn every_cure_runs_and_can_be_taken_back() {
    let mut cured = Vec::new();
    for is_hostile in [false, true] {
        let reference = Reference::start().await;
        let (url, client) = reference.with_sql(&fs::read_to_string(folder("inspect_rules.sql")).expect("a file")).await;
        let name = |name: &str| if is_hostile { hostile(name) } else { name.to_owned() };
        if is_hostile {
            client.batch_execute(&fs::read_to_string(folder("inspect_hostile.sql")).expect("a file")).await.expect("SQL");
        }
        let quoted = |plain: &str| format!("\"{}\"", name(plain).replace('"', "\"\""));
        let migrations = tempfile::tempdir().expect("a folder");
        let applied = format!(
            "create table {} (id int primary key, {} text);\ncreate type {} as enum ('a', 'b', 'c''\\');\ncreate type {} as enum ('x');",
            quoted("notes"),
            quoted("gone"),
            quoted("used_enum"),
            quoted("gone_enum")
        );
        fs::write(migrations.path().join("1.sql"), applied).expect("a file");
        let waiting = migrations.path().join("2 it's.sql");
        fs::write(&waiting, format!("create table {} (id int primary key);", quoted("never_made"))).expect("a file");
        let trial = Trial {
            url,
            client,
            options: Options {
                migrations: vec![inspect::read_migrations(migrations.path()).expect("migrations")],
                api_roles: vec![name("api_guest"), name("api_member")],
                ..Options::default()
            },
        };
        let first = trial.inspect(&Config::default()).await;
        let mut others = BTreeSet::new();
        for finding in &first.findings {
            if let Some(lines) = &finding.configuration {
                trial.configure(finding, lines).await;
                others.insert((finding.rule, "configuration"));
            }
            if let Some(query) = &finding.query {
                assert!(!text_rows(&trial.client, query).await.is_empty(), "{query}");
                others.insert((finding.rule, "query"));
            }
            if let Some(command) = &finding.command {
                let output = Command::new("sh").args(["-c", command]).env("DATABASE_URL", &trial.url).output().expect("a shell");
                assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
                assert!(!trial.keys().await.contains(&key(finding)), "{command}");
                others.insert((finding.rule, "command"));
            }
        }
        let rules = trial.cure_all().await;
        cured.push((rules, others));
    }
    let [(plain, plain_others), (hostile, hostile_others)] = &cured[..] else { panic!("two databases") };
    // Columns of other habits are no habit where all are written so.
    let lacking: Vec<&&str> = plain.difference(hostile).filter(|rule| **rule != "name-against-habit").collect();
    assert!(lacking.is_empty(), "no cure under hostile names: {lacking:?}");
    assert_eq!(plain_others, hostile_others);
    let expected = [
        "anonymous-access",
        "auth-users-exposed",
        "autovacuum-disabled",
        "character-n",
        "check-as-enum",
        "constraint-not-validated",
        "definer-function-executable",
        "definer-without-search-path",
        "duplicate-index",
        "extension-in-public",
        "extension-outdated",
        "foreign-table-exposed",
        "function-search-path",
        "integer-key-near-end",
        "invalid-index",
        "json-not-jsonb",
        "materialized-view-exposed",
        "missing-column",
        "missing-enum",
        "missing-foreign-key",
        "name-against-habit",
        "no-primary-key",
        "policy-calls-per-row",
        "policy-without-row-security",
        "queue-exposed",
        "redundant-index",
        "row-security-disabled",
        "security-definer-view",
        "sequence-near-end",
        "table-bloat",
        "timestamp-without-time-zone",
        "trigger-disabled",
        "unindexed-foreign-key",
        "unused-enum",
        "unused-index",
    ];
    assert_eq!(plain.iter().copied().collect::<Vec<_>>(), expected);
    assert!(ELSEWHERE.iter().all(|rule| !plain.contains(rule)));
}
