//! Columns that are keys in fact and not by constraint: names and types propose them, and the rows decide.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::Client;

use super::{
    Finding, InspectError, Inspection, Options, Origin, Progress, RelationFacts, Severity, TableFacts, Unread,
    ask::{ask, numbers},
    read::Live,
    rows::{SAMPLED_ROWS, qualified, ratio},
    rules::{finding, labels, sql},
};
use crate::{
    plan::{
        name::{is_singular_of, snake},
        sql_name,
    },
    schema::{Column, Schema, Table, TableKind, Walker},
    toml_text,
};

/// From how many rows on it is no chance that none refers to what another refers to.
const ENOUGH: i64 = 5;

/// How many keys are listed.
const LISTED: usize = 20;

/// What a key into any table is a key of.
const ANYTHING: &[&str] = &["resource", "entity", "subject", "object", "target", "record", "item", "model", "owner"];

/// Tables of those who create, own and approve.
const PERSONS: &[&str] = &["user", "users", "account", "accounts", "member", "members", "person", "people"];

/// How many tables a key of a general name (`created_by`) is looked for in.
const HUBS: usize = 5;

/// What the name of a column says of the table that it may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// Nothing but that it is a key: `created_by`.
    Role,
    /// A part of it is the table's: `billing_user_id`.
    Part,
    /// It is the table's: `user_id`.
    Exact,
    /// It is the schema's and the table's: `auth_user_id`.
    Qualified,
}

/// A column that may refer to another.
struct Candidate<'a> {
    column: Walker<'a, Column>,
    target: Walker<'a, Column>,
    evidence: Evidence,
    /// Other columns of this name refer there.
    kin: bool,
    /// Text on one side, a uuid on the other.
    as_text: bool,
    /// codegen.toml declares it.
    declared: bool,
}

/// What the rows say of a candidate.
#[derive(Clone, Copy, Default)]
struct Proof {
    /// Rows with a value.
    rows: i64,
    /// Different values.
    values: i64,
    /// Rows whose value is not in the target.
    orphan_rows: i64,
    /// Different values that are not in the target.
    orphans: i64,
    /// Only some of the rows were looked at.
    sampled: bool,
}

/// Finds the keys, adds them to the relations, and says what is wrong with them.
pub(super) async fn find(
    client: &Client,
    schema: &Schema,
    live: &Live,
    options: &Options,
    inspection: &mut Inspection,
    progress: Progress<'_>,
) -> Result<(), InspectError> {
    let candidates = candidates(schema, inspection);
    let facts = |table: Walker<'_, Table>| &inspection.tables[table.id().index()];
    let asked: Vec<(String, bool)> = candidates.iter().map(|candidate| probe(candidate, facts, options)).collect();
    let statements: Vec<String> = asked.iter().map(|(statement, _)| statement.clone()).collect();
    let answers = ask(client, &statements, "following keys", progress).await?;
    let mut best = BTreeMap::<(usize, usize), (usize, Proof)>::new();
    for (position, (answer, (_, sampled))) in answers.into_iter().zip(&asked).enumerate() {
        let candidate = &candidates[position];
        let counts = match answer {
            Ok(counts) => numbers(&counts),
            Err(reason) => {
                let reason = format!("whether it refers to {} could not be seen: {reason}", candidate.target.table().qualified());
                inspection.unread.push(Unread { object: candidate.column.qualified(), reason });
                continue;
            }
        };
        let [rows, values, orphan_rows, orphans] = counts[..] else { continue };
        let proof = Proof { rows, values, orphan_rows, orphans, sampled: *sampled };
        if !is_convincing(candidate, proof) {
            continue;
        }
        let key = (candidate.column.table().id().index(), candidate.column.id().index());
        let is_better =
            best.get(&key).is_none_or(|(known, of_known)| rank(candidate, proof) > rank(&candidates[*known], *of_known));
        if is_better {
            best.insert(key, (position, proof));
        }
    }
    let found: Vec<(&Candidate<'_>, Proof)> = best.into_values().map(|(position, proof)| (&candidates[position], proof)).collect();
    for (candidate, proof) in &found {
        if !candidate.declared {
            inspection.relations.push(relation(candidate, *proof));
        }
    }
    inspection
        .relations
        .sort_by(|left, right| (&left.from, &left.columns, &left.to).cmp(&(&right.from, &right.columns, &right.to)));
    for (candidate, proof) in &found {
        // What codegen.toml declares was decided.
        if !candidate.declared {
            let kept = live.type_dependents.get(&name_of(candidate.column)).cloned();
            inspection.findings.push(missing_key(candidate, *proof, kept));
        }
        if proof.orphans > 0 {
            inspection.findings.push(orphans(client, candidate, *proof, progress).await?);
        }
    }
    not_valid(client, schema, inspection, progress).await?;
    partners(client, schema, inspection, progress).await?;
    polymorphic(schema, inspection);
    Ok(())
}

/// Types whose values can be keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Uuid,
    Integer,
    Text,
}

fn family(column: Walker<'_, Column>) -> Option<Family> {
    let base = column.declared_type().base();
    match (base.row().schema.as_str(), base.row().name.as_str()) {
        ("pg_catalog", "uuid") => Some(Family::Uuid),
        ("pg_catalog", "int2" | "int4" | "int8") => Some(Family::Integer),
        ("pg_catalog", "text" | "varchar" | "bpchar") | (_, "citext") => Some(Family::Text),
        _ => None,
    }
}

fn is_table(table: Walker<'_, Table>) -> bool {
    matches!(table.row().kind, TableKind::Ordinary | TableKind::Partitioned) && !table.is_partition && table.extension.is_none()
}

/// The column that alone is the primary key.
fn key(table: Walker<'_, Table>) -> Option<Walker<'_, Column>> {
    let key = table.primary_key()?;
    let [only] = key.row().columns[..] else { return None };
    Some(table.at(only))
}

fn candidates<'a>(schema: &'a Schema, inspection: &Inspection) -> Vec<Candidate<'a>> {
    let single = |relation: &&RelationFacts| relation.columns.len() == 1;
    let known: BTreeMap<(&str, &str), &RelationFacts> = inspection
        .relations
        .iter()
        .filter(single)
        .map(|relation| ((relation.from.as_str(), relation.columns[0].as_str()), relation))
        .collect();
    // Where columns of a name refer to in each schema, and how often a table is referred to.
    let mut habits = BTreeMap::<(&str, &str, &str), usize>::new();
    let mut popularity = BTreeMap::<&str, usize>::new();
    for relation in &inspection.relations {
        *popularity.entry(&relation.to).or_default() += 1;
        if let [column] = relation.columns.as_slice() {
            let schema = relation.from.split('.').next().unwrap_or_default();
            *habits.entry((schema, column, &relation.to)).or_default() += 1;
        }
    }
    let tables: Vec<Walker<'a, Table>> = schema.tables().filter(|table| is_table(*table)).collect();
    let targets: Vec<(Walker<'a, Column>, String, String)> =
        tables.iter().filter_map(|table| key(*table)).map(|key| (key, snake(&key.table().name), key.table().qualified())).collect();
    let mut hubs: Vec<(usize, &str)> =
        popularity.iter().map(|(table, count)| (*count, *table)).filter(|(count, _)| *count > 1).collect();
    hubs.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(right.1)));
    hubs.truncate(HUBS);
    let mut found = Vec::new();
    for table in tables {
        let qualified = table.qualified();
        for column in table.columns().filter(|column| column.row().readable) {
            let name = column.row().name.as_str();
            let Some(of_column) = family(column) else { continue };
            let declared = match known.get(&(qualified.as_str(), name)) {
                Some(relation) if relation.origin == Origin::Declared => Some(*relation),
                Some(_) => continue,
                None => None,
            };
            let words = key_words(name, of_column);
            if declared.is_none() && words.is_none() {
                continue;
            }
            for (target, target_name, target_table) in &targets {
                if target.id() == column.id() {
                    continue;
                }
                let is_declared =
                    declared.is_some_and(|relation| relation.to == *target_table && relation.referenced[0] == target.row().name);
                if declared.is_some() && !is_declared {
                    continue;
                }
                let as_text = match (of_column, family(*target)) {
                    (left, Some(right)) if left == right => false,
                    (Family::Text, Some(Family::Uuid)) | (Family::Uuid, Some(Family::Text)) => true,
                    _ => continue,
                };
                let is_hub = hubs.iter().any(|(_, hub)| hub == target_table) || PERSONS.contains(&target_name.as_str());
                let evidence = words.as_ref().and_then(|words| named(words, *target, target_name, table));
                let evidence = match evidence {
                    Some(evidence) => evidence,
                    None if is_declared || is_hub && of_column == Family::Uuid && !as_text => Evidence::Role,
                    None => continue,
                };
                let kin = habits
                    .get(&(table.namespace().name.as_str(), name, target_table.as_str()))
                    .is_some_and(|count| *count > usize::from(is_declared));
                found.push(Candidate { column, target: *target, evidence, kin, as_text, declared: is_declared });
            }
        }
    }
    found
}

/// The words of a column's name before the one that says that it is a key.
fn key_words(name: &str, family: Family) -> Option<Vec<String>> {
    let mut words: Vec<String> = snake(name).split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let last = words.last()?.clone();
    match last.as_str() {
        "id" | "uuid" | "guid" | "uid" | "ref" | "fk" => {
            words.pop();
            (!words.is_empty()).then_some(words)
        }
        "by" if family != Family::Text => Some(words),
        // A uuid is a key of something, whatever it is called.
        _ if family == Family::Uuid => Some(words),
        _ => None,
    }
}

fn named(words: &[String], target: Walker<'_, Column>, table_name: &str, of: Walker<'_, Table>) -> Option<Evidence> {
    let table = target.table();
    let is_named = |words: &[String]| !words.is_empty() && is_singular_of(&words.join("_"), table_name);
    if words.len() > 1 && words[0] == snake(&table.namespace().name) && is_named(&words[1..]) {
        return Some(Evidence::Qualified);
    }
    if is_named(words) {
        return Some(Evidence::Exact);
    }
    if words == ["parent"] && table.id() == of.id() || (1..words.len()).any(|from| is_named(&words[from..])) {
        return Some(Evidence::Part);
    }
    // `order_id` and `shop_orders`.
    let of_table: Vec<&str> = table_name.split('_').collect();
    let is_end = (1..of_table.len()).any(|from| is_singular_of(&words.join("_"), &of_table[from..].join("_")));
    is_end.then_some(Evidence::Part)
}

/// The statement that compares the values of a candidate with the target's, and whether it looks at a
/// sample of the rows.
fn probe<'i>(candidate: &Candidate<'_>, facts: impl Fn(Walker<'_, Table>) -> &'i TableFacts, options: &Options) -> (String, bool) {
    let from = facts(candidate.column.table());
    let rows = from.rows.unwrap_or_default();
    let sampled = from.estimated && rows > options.exact_rows;
    let mut source = qualified(from);
    if sampled {
        source.push_str(&format!(" tablesample system ({:.6}) repeatable (1)", 100.0 * ratio(SAMPLED_ROWS, rows)));
    }
    let (value, key) = sides(candidate);
    let target = qualified(facts(candidate.target.table()));
    let statement = format!(
        "select array[coalesce(sum(n), 0), count(*), coalesce(sum(n) filter (where k is null), 0), count(*) filter (where k is null)] \
         from (select {value} as v, count(*) as n from {source} s where {value} is not null group by 1) c \
         left join (select {key} as k from {target} t) t on k = v"
    );
    (statement, sampled)
}

/// Both sides of the comparison, of the aliases `s` and `t`.
fn sides(candidate: &Candidate<'_>) -> (String, String) {
    let side = |alias: &str, column: Walker<'_, Column>| {
        let name = format!("{alias}.{}", sql_name(&column.row().name));
        if candidate.as_text { format!("lower({name}::text)") } else { name }
    };
    (side("s", candidate.column), side("t", candidate.target))
}

/// Whether the rows, or the names where there are no rows, make it a relation.
fn is_convincing(candidate: &Candidate<'_>, proof: Proof) -> bool {
    if candidate.declared {
        return true;
    }
    let is_named = candidate.evidence >= Evidence::Exact;
    let same_schema = candidate.column.table().row().namespace == candidate.target.table().row().namespace;
    if proof.rows == 0 {
        return is_named && !candidate.as_text && (candidate.kin || same_schema || candidate.evidence == Evidence::Qualified);
    }
    let matched = ratio(proof.rows - proof.orphan_rows, proof.rows);
    match family(candidate.column) {
        // Small numbers are in every table.
        Some(Family::Integer) => (is_named || candidate.kin) && matched >= 0.9 && (proof.values > 2 || candidate.kin),
        _ if is_named || candidate.kin => matched >= 0.5,
        _ => matched >= 0.9,
    }
}

/// Of several targets the better one: that which holds the values, then what names and habit say.
fn rank(candidate: &Candidate<'_>, proof: Proof) -> (i64, bool, Evidence, bool, bool) {
    let matched = if proof.rows == 0 { 0 } else { 1000 * (proof.rows - proof.orphan_rows) / proof.rows };
    let same_schema = candidate.column.table().row().namespace == candidate.target.table().row().namespace;
    (matched, candidate.evidence == Evidence::Qualified, candidate.evidence.max(Evidence::Part), candidate.kin, same_schema)
}

fn is_unique(column: Walker<'_, Column>) -> bool {
    column.table().unique_keys().iter().any(|set| *set == [column.id()])
}

fn relation(candidate: &Candidate<'_>, proof: Proof) -> RelationFacts {
    RelationFacts {
        from: candidate.column.table().qualified(),
        columns: vec![candidate.column.row().name.clone()],
        to: candidate.target.table().qualified(),
        referenced: vec![candidate.target.row().name.clone()],
        origin: Origin::Found,
        one_to_one: is_unique(candidate.column) || is_extension(candidate) && proof.rows >= ENOUGH && proof.values == proof.rows,
    }
}

/// Whether the tables are two halves of one thing, as `users` is of `auth.users`.
fn is_extension(candidate: &Candidate<'_>) -> bool {
    candidate.evidence == Evidence::Qualified || candidate.column.table().name == candidate.target.table().name
}

/// The schema, the table and the column.
fn name_of(column: Walker<'_, Column>) -> (String, String, String) {
    let table = column.table();
    (table.namespace().name.clone(), table.name.clone(), column.row().name.clone())
}

/// A key without its constraint; `kept` says what keeps the type of the column.
fn missing_key(candidate: &Candidate<'_>, proof: Proof, kept: Option<String>) -> Finding {
    let (column, target) = (candidate.column, candidate.target);
    let mut evidence = vec![
        match candidate.evidence {
            Evidence::Qualified => "the name is that of the schema and the table",
            Evidence::Exact => "the name is that of the table",
            Evidence::Part => "a part of the name is that of the table",
            Evidence::Role => "the values are keys of the table",
        }
        .to_owned(),
    ];
    if candidate.kin {
        evidence.push("other columns of this name refer there".to_owned());
    }
    let of = if proof.sampled { " that were looked at" } else { "" };
    evidence.push(match (proof.rows, proof.orphan_rows) {
        (0, _) => "no row holds a value: only names and types speak for it".to_owned(),
        (1, 0) => "the one value there is a key of the table".to_owned(),
        (rows, 0) => format!("all {rows} values{of} ({} different) are keys of the table", proof.values),
        (rows, orphans) => format!("{} of {rows} values{of} are keys of the table", rows - orphans),
    });
    let (from, to) = (sql(column.table()), sql(target.table()));
    let (name, referenced) = (sql_name(&column.row().name), sql_name(&target.row().name));
    let constraint = sql_name(&format!("{}_{}_fkey", column.table().name, column.row().name));
    let (mut cure, mut undo) = (String::new(), format!("alter table {from} drop constraint {constraint};"));
    let mut is_possible = true;
    if candidate.as_text {
        let (old, new) = (&column.row().type_text, &target.row().type_text);
        evidence.push(format!("the column is {old}, the key {new}: a foreign key needs one type"));
        let change = |kind: &str| format!("alter table {from} alter column {name} type {kind} using {name}::{kind};");
        cure = change(new) + "\n";
        undo = format!("{undo}\n{}", change(old));
        // Text that is no key may be no uuid either.
        let reason = kept.map(|what| format!("the type cannot be changed alone: {what} depends on it"));
        let reason =
            reason.or_else(|| (proof.orphan_rows > 0).then(|| "put the rows that refer to nothing right first".to_owned()));
        is_possible = reason.is_none() && column.row().default.is_none();
        evidence.extend(reason);
    }
    // https://www.postgresql.org/docs/17/sql-altertable.html: not on a partitioned table.
    let is_partitioned = column.table().row().kind == TableKind::Partitioned;
    let not_valid = if is_partitioned { "" } else { " not valid" };
    cure.push_str(&format!(
        "alter table {from} add constraint {constraint} foreign key ({name}) references {to} ({referenced}){not_valid};"
    ));
    if is_partitioned {
        is_possible &= proof.orphan_rows == 0;
    } else if proof.orphan_rows == 0 {
        cure.push_str(&format!("\nalter table {from} validate constraint {constraint};"));
    } else if is_possible {
        evidence.push("validate the constraint once the rows that refer to nothing are put right".to_owned());
    }
    let ends = [column, target].map(|end| toml_text::relation_end(&end.table().qualified(), &end.row().name));
    let configuration = match &ends {
        [Some(from), Some(to)] => {
            Some(format!("[[relations]]\nfrom = {}\nto = {}", toml_text::string(from), toml_text::string(to)))
        }
        _ => None,
    };
    let message = format!("refers to {}, and no foreign key says so", target.qualified());
    Finding {
        evidence,
        cure: is_possible.then_some(cure),
        undo: is_possible.then_some(undo),
        configuration,
        ..finding("missing-foreign-key", column.qualified(), message)
    }
}

/// Keys as a report may show them: uuids and numbers identify a row and tell nothing of it.
fn may_be_listed(column: Walker<'_, Column>) -> bool {
    matches!(family(column), Some(Family::Uuid | Family::Integer))
}

async fn orphans(
    client: &Client,
    candidate: &Candidate<'_>,
    proof: Proof,
    progress: Progress<'_>,
) -> Result<Finding, InspectError> {
    let (value, key) = sides(candidate);
    let (from, to) = (sql(candidate.column.table()), sql(candidate.target.table()));
    let without = format!("{value} is not null and not exists (select from {to} t where {key} = {value})");
    let mut evidence = vec![format!("rows: {}, different values: {}", proof.orphan_rows, proof.orphans)];
    if may_be_listed(candidate.target) {
        let list = format!(
            "select array_agg(v) from (select distinct {value}::text as v from {from} s where {without} order by 1 limit {LISTED}) l"
        );
        evidence.extend(listed(client, list, proof.orphans, progress).await?);
    }
    let severity = if candidate.declared { Severity::Error } else { Severity::Warning };
    let message = format!("holds values that {} lacks", candidate.target.table().qualified());
    let query = format!("select * from {from} s where {without};");
    Ok(Finding { severity, evidence, query: Some(query), ..finding("orphaned-rows", candidate.column.qualified(), message) })
}

/// Values, a line each, and a line that says how many more there are.
async fn listed(client: &Client, statement: String, all: i64, progress: Progress<'_>) -> Result<Vec<String>, InspectError> {
    let answers = ask(client, &[statement], "listing keys", progress).await?;
    let Some(Ok(mut values)) = answers.into_iter().next() else { return Ok(Vec::new()) };
    let more = all - i64::try_from(values.len()).unwrap_or(0);
    if more > 0 {
        values.push(format!("… and {more} more"));
    }
    Ok(values)
}

/// Foreign keys that old rows were never checked against.
async fn not_valid(
    client: &Client,
    schema: &Schema,
    inspection: &mut Inspection,
    progress: Progress<'_>,
) -> Result<(), InspectError> {
    for table in schema.tables().filter(|table| is_table(*table)) {
        for constraint in table.foreign_keys().filter(|key| !key.row().validated) {
            let crate::schema::ConstraintKind::ForeignKey { references, table: target, .. } = &constraint.row().kind else {
                continue;
            };
            let target = table.at(*target);
            let pairs: Vec<(String, String)> = constraint
                .row()
                .columns
                .iter()
                .zip(references)
                .map(|(&from, &to)| (sql_name(&table.at(from).row().name), sql_name(&table.at(to).row().name)))
                .collect();
            let there: Vec<String> = pairs.iter().map(|(from, _)| format!("s.{from} is not null")).collect();
            let same: Vec<String> = pairs.iter().map(|(from, to)| format!("t.{to} = s.{from}")).collect();
            let without =
                format!("{} and not exists (select from {} t where {})", there.join(" and "), sql(target), same.join(" and "));
            let from = sql(table);
            let answer =
                ask(client, &[format!("select array[count(*)] from {from} s where {without}")], "following keys", progress).await?;
            let rows = answer.into_iter().next().and_then(Result::ok).map(|counts| numbers(&counts)).unwrap_or_default();
            let name = &constraint.row().name;
            let object = format!("{}.{name}", table.qualified());
            let validate = format!("alter table {from} validate constraint {};", sql_name(name));
            inspection.findings.push(match rows.first() {
                Some(0) | None => Finding {
                    evidence: rows.first().map(|_| "every row fits it".to_owned()).into_iter().collect(),
                    cure: Some(validate),
                    ..finding(
                        "constraint-not-validated",
                        object,
                        "was never checked against the rows that were there before".to_owned(),
                    )
                },
                Some(rows) => Finding {
                    severity: Severity::Error,
                    evidence: vec![format!(
                        "{} to a row of {} that is not there",
                        if *rows == 1 { "1 row refers".to_owned() } else { format!("{rows} rows refer") },
                        target.qualified()
                    )],
                    query: Some(format!("select * from {from} s where {without};")),
                    ..finding("orphaned-rows", object, format!("is not valid: rows refer to what {} lacks", target.qualified()))
                },
            });
        }
    }
    Ok(())
}

/// Rows that lack the one row of another table that goes with them: an account without a user.
async fn partners(
    client: &Client,
    schema: &Schema,
    inspection: &mut Inspection,
    progress: Progress<'_>,
) -> Result<(), InspectError> {
    let one_to_one: Vec<RelationFacts> = inspection
        .relations
        .iter()
        .filter(|relation| relation.one_to_one && relation.columns.len() == 1 && relation.from != relation.to)
        .cloned()
        .collect();
    let find = |qualified: &str, column: &str| {
        let table = schema.tables().find(|table| table.qualified() == qualified)?;
        table.columns().find(|of| of.row().name == column)
    };
    for relation in one_to_one {
        let (Some(column), Some(target)) =
            (find(&relation.from, &relation.columns[0]), find(&relation.to, &relation.referenced[0]))
        else {
            continue;
        };
        let rows = |table: Walker<'_, Table>| inspection.tables[table.id().index()].rows.unwrap_or_default();
        // What almost no row has a partner for is optional.
        if !is_table(column.table())
            || !is_table(target.table())
            || rows(column.table()) == 0
            || 2 * rows(column.table()) < rows(target.table())
        {
            continue;
        }
        let as_text = family(column) != family(target);
        let candidate = Candidate { column, target, evidence: Evidence::Exact, kin: false, as_text, declared: true };
        let (value, key) = sides(&candidate);
        let (from, to) = (sql(column.table()), sql(target.table()));
        let without = format!("not exists (select from {from} s where {value} = {key})");
        let answer =
            ask(client, &[format!("select array[count(*)] from {to} t where {without}")], "following keys", progress).await?;
        let count =
            answer.into_iter().next().and_then(Result::ok).and_then(|counts| numbers(&counts).first().copied()).unwrap_or(0);
        if count == 0 {
            continue;
        }
        let mut evidence =
            vec![format!("{} rows in {}, {} in {}", rows(target.table()), relation.to, rows(column.table()), relation.from)];
        if may_be_listed(target) {
            let name = sql_name(&target.row().name);
            let list = format!(
                "select array_agg(v) from (select t.{name}::text as v from {to} t where {without} order by t.{name} limit {LISTED}) l"
            );
            evidence.extend(listed(client, list, count, progress).await?);
        }
        evidence.extend(dependants(client, schema, &candidate, &inspection.relations, &without, progress).await?);
        let are_twins = column.table().name == target.table().name;
        let severity = if are_twins { Severity::Warning } else { Severity::Info };
        let subject =
            if count == 1 { format!("1 row of {} has", relation.to) } else { format!("{count} rows of {} have", relation.to) };
        let message = format!("{subject} no row here");
        let query = Some(format!("select * from {to} t where {without};"));
        inspection.findings.push(Finding {
            severity,
            evidence,
            query,
            ..finding("row-without-partner", column.qualified(), message)
        });
    }
    Ok(())
}

/// What hangs on the rows that lack a partner.
async fn dependants(
    client: &Client,
    schema: &Schema,
    candidate: &Candidate<'_>,
    relations: &[RelationFacts],
    without: &str,
    progress: Progress<'_>,
) -> Result<Vec<String>, InspectError> {
    let to = candidate.target.table().qualified();
    let from = candidate.column.table().qualified();
    let others: Vec<&RelationFacts> = relations
        .iter()
        .filter(|other| {
            other.to == to && other.from != from && other.from != to && other.referenced == [candidate.target.row().name.clone()]
        })
        .filter(|other| other.columns.len() == 1 && schema.tables().any(|table| table.qualified() == other.from && is_table(table)))
        .collect();
    let mut statements = Vec::new();
    for other in &others {
        let table = schema.tables().find(|table| table.qualified() == other.from).map(sql).unwrap_or_default();
        let (column, key) = (sql_name(&other.columns[0]), sql_name(&candidate.target.row().name));
        statements.push(format!(
            "select array[count(*)] from {table} d where d.{column}::text in (select t.{key}::text from {} t where {without})",
            sql(candidate.target.table())
        ));
    }
    let answers = ask(client, &statements, "following keys", progress).await?;
    let counts = answers.into_iter().map(|answer| answer.ok().and_then(|counts| numbers(&counts).first().copied()).unwrap_or(0));
    Ok(others
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(other, count)| {
            format!(
                "{count} {} of {} hang{} on them",
                if count == 1 { "row" } else { "rows" },
                other.from,
                if count == 1 { "s" } else { "" }
            )
        })
        .collect())
}

/// `subject_type` and `subject_id`: a key into one of several tables.
fn polymorphic(schema: &Schema, inspection: &mut Inspection) {
    let names: BTreeSet<String> = schema.tables().filter(|table| is_table(*table)).map(|table| snake(&table.name)).collect();
    for table in schema.tables().filter(|table| is_table(*table)) {
        let columns: BTreeMap<String, Walker<'_, Column>> =
            table.columns().map(|column| (snake(&column.row().name), column)).collect();
        for (name, column) in &columns {
            let Some(stem) = name.strip_suffix("_id") else { continue };
            let kinds = [format!("{stem}_type"), format!("{stem}_kind"), format!("{stem}_table")];
            let alone = ANYTHING.contains(&stem).then(|| stem.to_owned());
            let Some(kind) = kinds.iter().chain(&alone).find_map(|kind| columns.get(kind)) else { continue };
            // A check that lists other things than tables says what the column is.
            let lists_others = table.constraints().filter(|check| check.row().columns == [kind.id()]).any(|check| {
                let labels = labels(&check.row().definition);
                !labels.is_empty() && !labels.iter().any(|label| names.iter().any(|table| is_singular_of(&snake(label), table)))
            });
            if lists_others {
                continue;
            }
            let is_related = inspection
                .relations
                .iter()
                .any(|relation| relation.from == table.qualified() && relation.columns.contains(&column.row().name));
            let is_label = family(*kind) == Some(Family::Text)
                || matches!(kind.declared_type().base().row().kind, crate::schema::TypeKind::Enum(_));
            if is_related || family(*column).is_none() || !is_label || names.iter().any(|table| is_singular_of(stem, table)) {
                continue;
            }
            let message = format!("is a key into the table that {} names: no constraint can hold it", kind.row().name);
            inspection.findings.push(Finding {
                evidence: vec![format!(
                    "{} {} beside {} {}",
                    kind.row().name,
                    kind.row().type_text,
                    column.row().name,
                    column.row().type_text
                )],
                ..finding("polymorphic-key", column.qualified(), message)
            });
        }
    }
}
