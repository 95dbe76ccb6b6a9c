//! What can be wrong with a database, a rule each.

mod data;
mod migrated;
mod security;
mod structure;
mod twins;

pub(super) use self::structure::labels;
use super::{AccessFacts, Finding, Inspection, Options, Reach, Severity, TableFacts, read::Live};
use crate::{
    plan::sql_name,
    schema::{Column, Constraint, ConstraintKind, Index, IndexKey, Namespace, Policy, Schema, Table, TableKind, Walker},
};

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name in `findings[].rule`.
    pub name: &'static str,
    /// How bad it is, where nothing makes it worse or better.
    pub severity: Severity,
    /// What it is about.
    pub topic: Topic,
    /// What it looks for, and why.
    pub summary: &'static str,
    /// Where it is explained.
    pub documentation: &'static str,
    /// The rule of Supabase's advisor (splinter) that says the same.
    pub splinter: Option<&'static str>,
}

/// What a rule is about, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Who reaches what.
    Security,
    /// Whether the data, the constraints and the migration files agree.
    Integrity,
    /// What keeps the server running well.
    Operation,
    /// What costs time.
    Performance,
    /// How the schema is built, and what of it is used.
    Design,
}

impl Topic {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Integrity => "integrity",
            Self::Operation => "operation",
            Self::Performance => "performance",
            Self::Design => "design",
        }
    }
}

macro_rules! rules {
    ($($name:literal $severity:ident $topic:ident $(($splinter:literal))? $documentation:literal $summary:literal;)*) => {
        /// Every rule, by name.
        pub const RULES: &[Rule] = &[$(Rule {
            name: $name,
            severity: Severity::$severity,
            topic: Topic::$topic,
            summary: $summary,
            documentation: concat!("https://", $documentation),
            splinter: rules!(@ $($splinter)?),
        }),*];
    };
    (@) => { None };
    (@ $splinter:literal) => { Some($splinter) };
}

rules! {
    "always-null-column" Info Design "www.postgresql.org/docs/current/ddl-alter.html"
        "There are rows, and each holds NULL in this column: it is not used, or not yet.";
    "anonymous-access" Info Security ("0012_auth_allow_anonymous_sign_ins") "supabase.github.io/splinter/0012_auth_allow_anonymous_sign_ins/"
        "Policies let the role `authenticated` through without asking whether the user signed in anonymously.";
    "auth-users-exposed" Error Security ("0002_auth_users_exposed") "supabase.github.io/splinter/0002_auth_users_exposed/"
        "A view that roles of the API may read shows rows of auth.users.";
    "autovacuum-disabled" Warning Operation ("0030_autovacuum_disabled") "www.postgresql.org/docs/current/routine-vacuuming.html"
        "Nothing removes dead rows of the table or keeps its statistics.";
    "character-n" Info Design "www.postgresql.org/docs/current/datatype-character.html"
        "char(n) pads with spaces and is slower than text.";
    "check-as-enum" Info Design "www.postgresql.org/docs/current/datatype-enum.html"
        "A check lists the values of a text column: an enum would make them a type, in SQL and in Rust.";
    "constraint-not-validated" Warning Integrity "www.postgresql.org/docs/current/sql-altertable.html"
        "The constraint was added NOT VALID: older rows were never checked, and the planner does not rely on it.";
    "definer-function-executable" Warning Security ("0028_anon_security_definer_function_executable") "supabase.github.io/splinter/0028_anon_security_definer_function_executable/"
        "Roles of the API may call a function that runs with its owner's rights.";
    "definer-without-search-path" Warning Security ("0011_function_search_path_mutable") "www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY"
        "A SECURITY DEFINER function without a search_path of its own runs what the caller puts in its path, with the owner's rights.";
    "duplicate-index" Warning Performance ("0009_duplicate_index") "supabase.github.io/splinter/0009_duplicate_index/"
        "Two indexes are the same: each write pays for both.";
    "empty-domain" Info Design "www.postgresql.org/docs/current/monitoring-stats.html"
        "None of the domain's tables holds a row: the feature is not in use yet.";
    "empty-table" Info Design "www.postgresql.org/docs/current/monitoring-stats.html"
        "The table holds no row.";
    "extension-in-public" Warning Security ("0014_extension_in_public") "supabase.github.io/splinter/0014_extension_in_public/"
        "An extension's objects are among the application's own, and roles of the API reach them.";
    "extension-outdated" Warning Operation ("0022_extension_versions_outdated") "supabase.github.io/splinter/0022_extension_versions_outdated/"
        "The server has a newer version of the extension.";
    "foreign-key-to-auth-not-primary" Error Integrity ("0021_fkey_to_auth_unique") "supabase.github.io/splinter/0021_fkey_to_auth_unique/"
        "A foreign key refers to a unique constraint of the schema auth that Supabase may drop: refer to the primary key.";
    "foreign-table-exposed" Warning Security ("0017_foreign_table_in_api") "supabase.github.io/splinter/0017_foreign_table_in_api/"
        "Roles of the API may read a foreign table, which knows no row level security.";
    "function-search-path" Info Security ("0011_function_search_path_mutable") "supabase.github.io/splinter/0011_function_search_path_mutable/"
        "What the function means depends on the caller's search_path.";
    "graphql-exposed" Info Security ("0026_pg_graphql_anon_table_exposed") "supabase.github.io/splinter/0026_pg_graphql_anon_table_exposed/"
        "pg_graphql shows the table to roles of the API.";
    "integer-key-near-end" Warning Integrity "www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT"
        "The largest key is near the end of its type: inserts will fail.";
    "invalid-index" Warning Operation ("0030_invalid_index") "www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"
        "The index was not built to its end: writes pay for it and no query uses it.";
    "json-not-jsonb" Info Design "www.postgresql.org/docs/current/datatype-json.html"
        "json keeps the text, and has no equality and no index.";
    "materialized-view-exposed" Warning Security ("0016_materialized_view_in_api") "supabase.github.io/splinter/0016_materialized_view_in_api/"
        "Roles of the API may read a materialized view, which knows no row level security.";
    "missing-column" Error Integrity "www.postgresql.org/docs/current/sql-altertable.html"
        "Migration files define the column, and the database lacks it.";
    "missing-enum" Error Integrity "www.postgresql.org/docs/current/sql-createtype.html"
        "Migration files define the enum or the label, and the database lacks it.";
    "missing-foreign-key" Warning Integrity "www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"
        "A column refers to another table, by name, type and values, and no constraint keeps it so.";
    "missing-table" Error Integrity "www.postgresql.org/docs/current/sql-createtable.html"
        "Migration files define the table, and the database lacks it.";
    "multiple-permissive-policies" Warning Performance ("0006_multiple_permissive_policies") "supabase.github.io/splinter/0006_multiple_permissive_policies/"
        "Several permissive policies hold for one role and command: each is evaluated for each row.";
    "name-against-habit" Info Design "www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS"
        "The name is written otherwise than the schema's other names.";
    "no-primary-key" Warning Integrity ("0004_no_primary_key") "supabase.github.io/splinter/0004_no_primary_key/"
        "Rows of the table cannot be told apart: no update by key, no logical replication.";
    "no-second-factor" Info Security "supabase.com/docs/guides/auth/auth-mfa"
        "No user has a second factor.";
    "not-in-migrations" Info Integrity "www.postgresql.org/docs/current/ddl-schemas.html"
        "The database holds it, and no migration file that was read defines it.";
    "orphaned-rows" Warning Integrity "www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"
        "Rows refer to rows that are not there.";
    "policy-always-true" Warning Security ("0024_rls_policy_always_true") "supabase.github.io/splinter/0024_permissive_rls_policy/"
        "A policy lets every row be written.";
    "policy-calls-per-row" Warning Performance ("0003_auth_rls_initplan") "supabase.github.io/splinter/0003_auth_rls_initplan/"
        "The policy calls auth.…() or current_setting() for each row; within (select …) it is called once.";
    "policy-lets-strangers-in" Warning Security ("0030_rls_policy_null_auth_disjunct") "supabase.github.io/splinter/0030_rls_policy_null_auth_disjunct/"
        "The policy lets through who is not signed in: `auth.uid() is null or …`.";
    "policy-reads-user-metadata" Error Security ("0015_rls_references_user_metadata") "supabase.github.io/splinter/0015_rls_references_user_metadata/"
        "The policy trusts metadata that users write themselves.";
    "policy-without-row-security" Error Security ("0007_policy_exists_rls_disabled") "supabase.github.io/splinter/0007_policy_exists_rls_disabled/"
        "There are policies, and row level security is off: they do nothing.";
    "polymorphic-key" Info Integrity "www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"
        "The column is a key into one of several tables, which another column names.";
    "public-bucket-listing" Info Security ("0025_public_bucket_allows_listing") "supabase.github.io/splinter/0025_public_bucket_allows_listing/"
        "A policy on storage.objects lets a whole bucket be listed.";
    "queue-exposed" Error Security ("0019_insecure_queue_exposed_in_api") "supabase.github.io/splinter/0019_insecure_queue_exposed_in_api/"
        "Queues are open to the API and have no row level security.";
    "redundant-index" Info Performance "www.postgresql.org/docs/current/indexes-multicolumn.html"
        "Another index begins with the same columns and serves the same conditions.";
    "row-security-disabled" Error Security ("0013_rls_disabled_in_public") "supabase.github.io/splinter/0013_rls_disabled_in_public/"
        "Roles of the API reach every row of the table.";
    "row-security-without-policy" Info Security ("0008_rls_enabled_no_policy") "supabase.github.io/splinter/0008_rls_enabled_no_policy/"
        "Row level security is on, and no policy lets anyone but the owner in.";
    "row-without-partner" Info Integrity "www.postgresql.org/docs/current/queries-table-expressions.html"
        "Almost every row has its row in another table; these do not.";
    "security-definer-view" Error Security ("0010_security_definer_view") "supabase.github.io/splinter/0010_security_definer_view/"
        "Roles of the API read a view with its owner's rights: policies of its tables do not hold.";
    "sensitive-columns-exposed" Error Security ("0023_sensitive_columns_exposed") "supabase.github.io/splinter/0023_sensitive_columns_exposed/"
        "Roles of the API read columns that look secret, of every row.";
    "sequence-near-end" Warning Integrity "www.postgresql.org/docs/current/sql-createsequence.html"
        "The sequence has used most of its numbers: inserts will fail.";
    "table-bloat" Info Operation ("0020_table_bloat") "www.postgresql.org/docs/current/routine-vacuuming.html"
        "Many dead rows wait to be vacuumed.";
    "timestamp-without-time-zone" Info Design "www.postgresql.org/docs/current/datatype-datetime.html"
        "The column does not say which moment it means.";
    "trigger-disabled" Info Integrity "www.postgresql.org/docs/current/sql-altertable.html"
        "The trigger does not fire.";
    "twin-tables" Warning Design "www.postgresql.org/docs/current/ddl-basics.html"
        "Two tables look like one thing twice.";
    "type-against-habit" Info Design "www.postgresql.org/docs/current/datatype.html"
        "Columns of this name have another type elsewhere.";
    "unindexed-foreign-key" Info Performance ("0001_unindexed_foreign_keys") "supabase.github.io/splinter/0001_unindexed_foreign_keys/"
        "No index begins with the columns of the foreign key: joins, and deletes of what it refers to, read the whole table.";
    "unsupported-type" Warning Operation ("0018_unsupported_reg_types") "supabase.github.io/splinter/0018_unsupported_reg_types/"
        "A column of this type keeps pg_upgrade from running.";
    "unused-enum" Info Design "www.postgresql.org/docs/current/sql-droptype.html"
        "No column, domain or function uses the enum.";
    "unused-function" Info Design "www.postgresql.org/docs/current/sql-dropfunction.html"
        "Nothing in the database uses the function; calls of applications are not seen here.";
    "unused-index" Info Performance ("0005_unused_index") "supabase.github.io/splinter/0005_unused_index/"
        "No query used the index since the statistics began, and the table was queried.";
    "unused-replication-slot" Warning Operation ("0031_unused_replication_slot") "www.postgresql.org/docs/current/view-pg-replication-slots.html"
        "Nobody reads the slot, and the server keeps all its log for it.";
}

/// The rule of a name.
///
/// # Panics
/// Where there is none: names are written in this module only.
pub fn rule(name: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.name == name).unwrap_or_else(|| unreachable!("`{name}` is a rule"))
}

/// A finding without evidence and cure.
pub(super) fn finding(name: &'static str, object: String, message: String) -> Finding {
    let rule = rule(name);
    Finding {
        rule: rule.name,
        severity: rule.severity,
        object,
        message,
        evidence: Vec::new(),
        cure: None,
        undo: None,
        configuration: None,
        command: None,
        query: None,
        group: rule.name.to_owned(),
        documentation: rule.documentation,
        splinter: rule.splinter,
    }
}

/// The rules as a page of Markdown.
pub fn rules_page() -> String {
    let mut page = "# The rules of `cargo xtask inspect`\n\nWritten by `cargo xtask docs`. The severity is that of the plain case; \
                    what other software manages is `info`. Reports print blocks of findings by severity, then by topic: security, integrity, \
                    operation, performance, design. The fourth column names the rule of Supabase's advisor, splinter, that says \
                    the same.\n\n| rule | severity | topic | splinter | what and why |\n|---|---|---|---|---|\n"
        .to_owned();
    for rule in RULES {
        page.push_str(&format!(
            "| [{}]({}) | {} | {} | {} | {} |\n",
            rule.name,
            rule.documentation,
            rule.severity.word(),
            rule.topic.word(),
            rule.splinter.unwrap_or(""),
            rule.summary.replace('|', "\\|")
        ));
    }
    page
}

/// What the rules look at, beside the report.
pub(super) struct Context<'a> {
    pub(super) schema: &'a Schema,
    pub(super) live: &'a Live,
    pub(super) options: &'a Options,
}

impl<'a> Context<'a> {
    /// Tables and views that are the database's own.
    fn tables(&self) -> impl Iterator<Item = Walker<'a, Table>> + use<'a> {
        self.schema.tables().filter(|table| !table.is_partition && table.extension.is_none())
    }

    /// The roles of the API that may read a table.
    fn api_readers(&self, table: Walker<'_, Table>) -> Vec<&str> {
        self.api(table, |commands| commands[0])
    }

    /// The roles of the API that may do something with a table.
    fn api(&self, table: Walker<'_, Table>, may: impl Fn(&[bool; 4]) -> bool) -> Vec<&str> {
        let key = (table.namespace().name.clone(), table.name.clone());
        if !self.is_served(&key.0) {
            return Vec::new();
        }
        let from = self.live.privileges.partition_point(|privilege| privilege.table < key);
        let of_table = self.live.privileges[from..].iter().take_while(|privilege| privilege.table == key);
        of_table
            .filter(|privilege| self.options.api_roles.contains(&privilege.role) && may(&privilege.commands))
            .map(|privilege| privilege.role.as_str())
            .collect()
    }

    /// What keeps the server from changing the type of a column.
    fn depends_on_type(&self, column: Walker<'_, Column>) -> Option<String> {
        let table = column.table();
        let key = (table.namespace().name.clone(), table.name.clone(), column.row().name.clone());
        let is_domain = column.declared_type().base().id() != column.declared_type().id();
        let domain = is_domain.then(|| format!("the domain {}", column.declared_type().qualified()));
        self.live.type_dependents.get(&key).cloned().or(domain)
    }

    /// What keeps a column from becoming another kind of value: constraints and indexes, too. A constraint of
    /// this name is put right by the caller.
    fn keeps_type(&self, column: Walker<'_, Column>, but: Option<&str>) -> Option<String> {
        let table = column.table();
        let name = &column.row().name;
        if let Some(what) = self.depends_on_type(column) {
            return Some(what);
        }
        let mut constraints = table.constraints().filter(|constraint| Some(constraint.row().name.as_str()) != but);
        let names = |text: &str| {
            text.match_indices(name.as_str()).any(|(at, _)| {
                let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
                !is_part(text[..at].chars().next_back()) && !is_part(text[at + name.len()..].chars().next())
            })
        };
        let is_used = |constraint: Walker<'_, Constraint>| {
            matches!(constraint.row().kind, ConstraintKind::ForeignKey { .. } | ConstraintKind::ForeignKeyOutside)
                && constraint.row().columns.contains(&column.id())
                || matches!(constraint.row().kind, ConstraintKind::Check | ConstraintKind::Exclusion)
                    && names(&constraint.row().definition)
        };
        if let Some(constraint) = constraints.find(|constraint| is_used(*constraint)) {
            return Some(format!("the constraint {}", constraint.row().name));
        }
        let is_referred_to = self.schema.tables().flat_map(Walker::<Table>::foreign_keys).any(
            |key| matches!(&key.row().kind, ConstraintKind::ForeignKey { references, .. } if references.contains(&column.id())),
        );
        if is_referred_to {
            return Some("a foreign key that refers to it".to_owned());
        }
        let index = table.indexes().find(|index| {
            let row = index.row();
            let is_expression = |key: &IndexKey| key.column.is_none() && names(&key.text);
            let is_special = row.keys.iter().any(|key| key.column == Some(column.id())) && row.method != "btree";
            row.predicate.as_deref().is_some_and(names) || row.keys.iter().any(is_expression) || is_special
        });
        index.map(|index| format!("the index {}", index.row().name))
    }

    /// Whether an API serves the schema, as far as the database says.
    fn is_served(&self, schema: &str) -> bool {
        if !self.live.exposed.is_empty() {
            return self.live.exposed.iter().any(|exposed| exposed == schema);
        }
        let namespace = self.schema.namespaces().find(|namespace| namespace.name == schema);
        let is_api = |role: &str| role.is_empty() || self.options.api_roles.iter().any(|api| api == role);
        let has_api = self.live.roles.iter().any(|role| self.options.api_roles.contains(&role.name));
        has_api
            && namespace.is_some_and(|namespace| {
                !is_managed(namespace)
                    && namespace
                        .row()
                        .grants
                        .iter()
                        .any(|grant| grantee(grant).is_some_and(|(role, letters)| is_api(&role) && letters.contains('U')))
            })
    }
}

/// Whether other software manages the schema: what is wrong there is not the reader's to change.
fn is_managed(namespace: Walker<'_, Namespace>) -> bool {
    namespace.row().owner.starts_with("supabase_")
}

/// The findings of every rule.
pub(super) fn check(context: &Context<'_>, inspection: &Inspection) -> Vec<Finding> {
    let mut findings = Vec::new();
    structure::check(context, &mut findings);
    security::check(context, &mut findings);
    data::check(context, inspection, &mut findings);
    twins::check(context, inspection, &mut findings);
    migrated::check(context, &mut findings);
    findings
}

/// What other software manages is not the reader's to change: such findings are remarks without a cure.
pub(super) fn soften(schema: &Schema, findings: &mut [Finding]) {
    let managed: Vec<String> =
        schema.namespaces().filter(|namespace| is_managed(*namespace)).map(|namespace| format!("{}.", namespace.name)).collect();
    for finding in findings {
        if managed.iter().any(|prefix| finding.object.starts_with(prefix)) && finding.severity != Severity::Info {
            finding.severity = Severity::Info;
            (finding.cure, finding.undo, finding.configuration, finding.command) = (None, None, None, None);
            finding.evidence.push("other software manages this schema: it is not yours to change".to_owned());
        }
    }
}

/// Which role reaches which rows with which command.
pub(super) fn access(schema: &Schema, live: &Live) -> Vec<AccessFacts> {
    let mut access = Vec::new();
    let mut privileges = live.privileges.iter().peekable();
    for table in schema.tables() {
        let key = (table.namespace().name.clone(), table.name.clone());
        while privileges.next_if(|privilege| privilege.table < key).is_some() {}
        while let Some(privilege) = privileges.next_if(|privilege| privilege.table == key) {
            let role = live.roles.iter().find(|role| role.name == privilege.role);
            let bypasses = role.is_some_and(|role| role.bypasses_row_security);
            let is_free = !table.row().row_security || bypasses || privilege.owns && !table.row().force_row_security;
            let commands = [("SELECT", 0), ("INSERT", 1), ("UPDATE", 2), ("DELETE", 3)].map(|(command, position)| {
                if !privilege.commands[position] {
                    Reach::No
                } else if is_free || !matches!(table.row().kind, TableKind::Ordinary | TableKind::Partitioned) {
                    Reach::All
                } else {
                    reached(table, live, &privilege.role, command)
                }
            });
            access.push(AccessFacts { table: table.qualified(), role: privilege.role.clone(), commands });
        }
    }
    access
}

/// The rows that policies let a role reach.
fn reached(table: Walker<'_, Table>, live: &Live, role: &str, command: &str) -> Reach {
    let policies: Vec<Walker<'_, Policy>> = table.policies().filter(|policy| holds(policy.row(), live, role, command)).collect();
    if !policies.iter().any(|policy| policy.row().permissive) {
        return Reach::NoRows;
    }
    Reach::Policies(policies.iter().map(|policy| policy.row().name.clone()).collect())
}

/// Whether a policy holds for a role and a command.
fn holds(policy: &Policy, live: &Live, role: &str, command: &str) -> bool {
    let acts_as = live.acts_as.get(role);
    (policy.command == "ALL" || policy.command == command)
        && policy.roles.iter().any(|of| of == "public" || of == role || acts_as.is_some_and(|roles| roles.contains(of)))
}

/// Names as SQL, quoted where they must be, with commas between them.
fn sql_names<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(sql_name).collect::<Vec<_>>().join(", ")
}

/// The role and the letters of an `aclitem`; the role is empty for all roles.
/// <https://www.postgresql.org/docs/current/ddl-priv.html#PRIVILEGE-ABBREVS-TABLE>
fn grantee(grant: &str) -> Option<(String, &str)> {
    let (role, rest) = match grant.strip_prefix('"') {
        None => grant.split_once('=').map(|(role, rest)| (role.to_owned(), rest))?,
        Some(quoted) => {
            let mut role = String::new();
            let mut letters = quoted.char_indices().peekable();
            loop {
                match letters.next()? {
                    (_, '"') if letters.next_if(|(_, letter)| *letter == '"').is_some() => role.push('"'),
                    (at, '"') => break (role, quoted[at + 1..].strip_prefix('=')?),
                    (_, letter) => role.push(letter),
                }
            }
        }
    };
    Some((role, rest.split('/').next().unwrap_or_default()))
}

/// A privilege that roles hold by grants to themselves, to groups that they are members of, or to all roles.
struct Granted<'a> {
    /// Its word in SQL.
    privilege: &'static str,
    /// Its letter in an `aclitem`.
    letter: char,
    /// `table` or `routine`.
    kind: &'static str,
    /// The object in SQL.
    object: String,
    /// The `aclitem`s of the object.
    grants: &'a [String],
    /// The owner, whose own privileges stay.
    owner: &'a str,
    /// All roles hold it where nothing was granted.
    is_default: bool,
}

impl Granted<'_> {
    /// SQL that takes the privilege from these roles, and SQL that gives it back.
    fn revoked(&self, live: &Live, roles: &[&str]) -> (String, Option<String>) {
        let acts_as = |role: &str, of: &str| live.acts_as.get(role).is_some_and(|groups| groups.contains(of));
        let concerns = |of: &str| of.is_empty() || roles.iter().any(|role| *role == of || acts_as(role, of));
        let mut of: Vec<String> = self
            .grants
            .iter()
            .filter_map(|grant| grantee(grant))
            .filter(|(of, letters)| letters.contains(self.letter) && of != self.owner && concerns(of))
            .map(|(of, _)| of)
            .collect();
        if self.is_default && self.grants.is_empty() {
            of.push(String::new());
        }
        of.sort();
        of.dedup();
        let Self { privilege, kind, object, .. } = self;
        if of.is_empty() {
            // The privilege is one on columns, or the owner's.
            return (format!("revoke {privilege} on {kind} {object} from {};", sql_names(roles.iter().copied())), None);
        }
        let names: Vec<String> = of.iter().map(|of| if of.is_empty() { "public".to_owned() } else { sql_name(of) }).collect();
        let names = names.join(", ");
        (
            format!("revoke {privilege} on {kind} {object} from {names};"),
            Some(format!("grant {privilege} on {kind} {object} to {names};")),
        )
    }
}

/// SQL that drops an index, and SQL that makes it again.
pub(super) fn drop_index(table: Walker<'_, Table>, index: Walker<'_, Index>) -> (String, Option<String>) {
    let row = index.row();
    let name = sql_name(&row.name);
    let is_partitioned = table.row().kind == TableKind::Partitioned;
    if let Some(constraint) = table.constraints().find(|constraint| constraint.row().name == row.name) {
        let of = sql(table);
        return (
            format!("alter table {of} drop constraint {name};"),
            Some(format!("alter table {of} add constraint {name} {};", constraint.row().definition)),
        );
    }
    let concurrently = if is_partitioned { "" } else { "concurrently " };
    (
        format!("drop index {concurrently}{}.{name};", sql_name(&table.namespace().name)),
        (!is_partitioned).then(|| format!("{};", row.definition)),
    )
}

/// A name that no table, view, index or sequence of the schema has: this one, or it with a number.
fn free_name(table: Walker<'_, Table>, wanted: &str) -> String {
    let namespace = table.row().namespace;
    let schema = table.schema();
    let is_taken = |name: &str| {
        schema.tables().filter(|other| other.row().namespace == namespace).any(|other| {
            other.name == name
                || other.indexes().any(|index| index.row().name == name)
                || other.constraints().any(|constraint| constraint.row().name == name)
        }) || schema.sequences().any(|sequence| sequence.row().namespace == namespace && sequence.row().name == name)
    };
    // A name of SQL has at most 63 bytes.
    let cut = |room: usize| {
        let end = (0..=wanted.len().min(63 - room)).rev().find(|end| wanted.is_char_boundary(*end)).unwrap_or(0);
        &wanted[..end]
    };
    let numbered = (2_u32..).map(|number| format!("{}_{number}", cut(number.to_string().len() + 1)));
    std::iter::once(cut(0).to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// Whether a setting of a table or view is on, and `None` where it is not set.
/// <https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES>
fn option_of(options: &[String], name: &str) -> Option<bool> {
    let value = options.iter().find_map(|option| option.strip_prefix(name)?.strip_prefix('='))?;
    Some(matches!(value.to_ascii_lowercase().as_str(), "on" | "true" | "yes" | "1" | "t" | "y" | "tru" | "ye"))
}

/// `"schema"."table"` where that must be quoted.
pub(super) fn sql(table: Walker<'_, Table>) -> String {
    format!("{}.{}", sql_name(&table.namespace().name), sql_name(&table.name))
}

/// The facts of a table.
fn facts<'i>(inspection: &'i Inspection, table: Walker<'_, Table>) -> &'i TableFacts {
    &inspection.tables[table.id().index()]
}

#[cfg(test)]
mod tests {
    use super::{grantee, option_of};

    #[test]
    fn grants_name_their_roles() {
        assert_eq!(grantee("ada=arwd/postgres"), Some(("ada".to_owned(), "arwd")));
        assert_eq!(grantee("=r/postgres"), Some((String::new(), "r")));
        assert_eq!(grantee("\"a=\"\"b\"=r*w/\"x=y\""), Some(("a=\"b".to_owned(), "r*w")));
        assert_eq!(grantee("\"open"), None);
    }

    #[test]
    fn options_are_read_as_the_server_reads_them() {
        let options = ["security_invoker=ON", "security_barrier=off"].map(str::to_owned);
        assert_eq!(option_of(&options, "security_invoker"), Some(true));
        assert_eq!(option_of(&options, "security_barrier"), Some(false));
        assert_eq!(option_of(&options, "security"), None);
    }
}
