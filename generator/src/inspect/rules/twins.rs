//! Tables that look like one thing twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, facts, finding};
use crate::{
    inspect::{Finding, Inspection, Severity},
    plan::{
        name::{is_singular_of, snake},
        sql_name,
    },
    schema::{ConstraintKind, Table, Walker},
};

/// Columns that every table has.
const COMMON: &[&str] = &["id", "uuid", "created_at", "updated_at", "deleted_at", "inserted_at", "created_by", "updated_by"];

/// From how many tables on a column is one that tables have by habit, where a third of the tables has it.
const HABIT: usize = 8;

/// How many columns two tables must share, beside those that tables have by habit.
const SHARED: usize = 3;

/// Words at the end of the name of a table that keeps what another one held: two tables by design.
const RECORDS: &[&str] =
    &["archive", "audit", "history", "log", "revision", "shadow", "snapshot", "staging", "template", "translation", "version"];

/// A table as it is compared.
struct Form<'a> {
    table: Walker<'a, Table>,
    words: Vec<String>,
    /// The words as one, singular: `system_audit_logs` → `systemauditlog`.
    compact: String,
    /// Name → type.
    columns: BTreeMap<String, String>,
    /// The columns of foreign keys → the tables that they refer to.
    refers: BTreeMap<String, String>,
}

pub(super) fn check(context: &Context<'_>, inspection: &Inspection, findings: &mut Vec<Finding>) {
    let mut forms: Vec<Form<'_>> = context.tables().map(form).collect();
    without_habits(&mut forms);
    let related: BTreeSet<(&str, &str)> = inspection
        .relations
        .iter()
        .flat_map(|relation| [(relation.from.as_str(), relation.to.as_str()), (relation.to.as_str(), relation.from.as_str())])
        .collect();
    let halves: BTreeSet<(&str, &str)> = inspection
        .relations
        .iter()
        .filter(|relation| relation.one_to_one)
        .flat_map(|relation| [(relation.from.as_str(), relation.to.as_str()), (relation.to.as_str(), relation.from.as_str())])
        .collect();
    let are_in = |set: &BTreeSet<(&str, &str)>, left: &Form<'_>, right: &Form<'_>| {
        set.contains(&(left.table.qualified().as_str(), right.table.qualified().as_str()))
    };
    let mut by_name = BTreeMap::<&str, Vec<&Form<'_>>>::new();
    for form in &forms {
        by_name.entry(&form.compact).or_default().push(form);
    }
    let parallel = parallel_schemas(&by_name);
    for same in by_name.values().filter(|same| same.len() > 1) {
        for (position, left) in same.iter().enumerate() {
            for right in &same[position + 1..] {
                let is_beside = left.table.row().namespace == right.table.row().namespace;
                let alike = alike(left, right);
                let is_twin = if is_beside {
                    alike.is_some() && !are_in(&related, left, right)
                } else {
                    // In two schemas it may well be two things: two halves of one, or the same once more.
                    let views = [left, right].into_iter().filter(|form| form.table.row().kind.is_view()).count();
                    let is_parallel = parallel.contains(&schemas(left, right));
                    views == 0 && !is_parallel && (are_in(&halves, left, right) || alike.is_some())
                };
                if !is_twin {
                    continue;
                }
                let mut evidence = vec!["they are called the same".to_owned()];
                evidence.extend(alike);
                evidence.extend(rows(inspection, left, right));
                findings.push(twin(left, right, evidence, if is_beside { Severity::Warning } else { Severity::Info }));
            }
        }
    }
    for short in forms.iter().filter(|form| form.compact.len() >= 6) {
        for long in forms.iter().filter(|long| long.compact.len() > short.compact.len() && long.compact.ends_with(&short.compact)) {
            // `user_audit_logs` and `logs` are two things: the shorter name must say as much in fewer words.
            let is_one_word_of_several = short.words.len() == 1 && !long.words.contains(&short.compact);
            let evidence = if let Some(second) = second_name(short.table, long.table) {
                second
            } else if is_one_word_of_several
                && !are_in(&related, short, long)
                && ![short, long].iter().any(|form| form.table.row().kind.is_view())
                && let Some(alike) = alike(short, long)
            {
                alike
            } else {
                continue;
            };
            let mut evidence = vec![format!("`{}` ends with the words of `{}`", long.table.name, short.table.name), evidence];
            evidence.extend(rows(inspection, short, long));
            findings.push(twin(short, long, evidence, Severity::Warning));
        }
    }
    same_columns(inspection, &forms, |left, right| are_in(&related, left, right), findings);
}

/// The schemas of two tables, in order.
fn schemas(left: &Form<'_>, right: &Form<'_>) -> (String, String) {
    let (left, right) = (left.table.namespace().name.clone(), right.table.namespace().name.clone());
    if left < right { (left, right) } else { (right, left) }
}

/// Pairs of schemas that share the names of several tables: one is built after the other.
fn parallel_schemas(by_name: &BTreeMap<&str, Vec<&Form<'_>>>) -> BTreeSet<(String, String)> {
    let mut shared = BTreeMap::<(String, String), usize>::new();
    for same in by_name.values() {
        let pairs: BTreeSet<(String, String)> = same
            .iter()
            .enumerate()
            .flat_map(|(position, left)| same[position + 1..].iter().map(move |right| schemas(left, right)))
            .collect();
        for pair in pairs {
            *shared.entry(pair).or_default() += 1;
        }
    }
    shared.into_iter().filter(|(_, count)| *count > 1).map(|(pair, _)| pair).collect()
}

fn form(table: Walker<'_, Table>) -> Form<'_> {
    let name = snake(&table.name);
    let words: Vec<String> = name.split('_').filter(|word| !word.is_empty()).map(singular).collect();
    let columns = table.columns().map(|column| (snake(&column.row().name), column.declared_type().base().qualified()));
    let refers = table.foreign_keys().filter_map(|key| match (&key.row().kind, key.row().columns.as_slice()) {
        (ConstraintKind::ForeignKey { table: target, .. }, [only]) => {
            Some((snake(&table.at(*only).row().name), table.at(*target).qualified()))
        }
        _ => None,
    });
    Form {
        table,
        compact: words.concat(),
        words,
        columns: columns.filter(|(name, _)| !COMMON.contains(&name.as_str())).collect(),
        refers: refers.collect(),
    }
}

/// Drops the columns that tables of this database have by habit.
fn without_habits(forms: &mut [Form<'_>]) {
    let mut tables = BTreeMap::<String, usize>::new();
    for column in forms.iter().flat_map(|form| form.columns.keys()) {
        *tables.entry(column.clone()).or_default() += 1;
    }
    let most = (forms.len() / 3).max(HABIT);
    for form in forms {
        form.columns.retain(|column, _| tables.get(column).is_none_or(|count| *count < most));
    }
}

fn singular(word: &str) -> String {
    let candidates = [word.strip_suffix("ies").map(|stem| format!("{stem}y")), word.strip_suffix('s').map(str::to_owned)];
    let found = candidates.into_iter().flatten().find(|candidate| candidate.len() > 2 && is_singular_of(candidate, word));
    found.filter(|_| !word.ends_with("ss")).unwrap_or_else(|| word.to_owned())
}

/// Says so where a view is nothing but another name of a table: it shows all of its rows and nothing else, or stands in
/// for a table that is gone and gives no row.
fn second_name(view: Walker<'_, Table>, table: Walker<'_, Table>) -> Option<String> {
    let text = view.row().definition.as_deref()?;
    let (_, from) = text.rsplit_once("FROM ")?;
    let from = from.trim().trim_end_matches(';').trim_end();
    let (from, is_empty) = match from.strip_suffix("WHERE false") {
        Some(from) => (from.trim_end(), true),
        None => (from, false),
    };
    let name = format!("{}.{}", sql_name(&table.namespace().name), sql_name(&table.name));
    let is_alone =
        from == name || from.strip_prefix(&name).is_some_and(|alias| alias.starts_with(' ') && alias[1..].chars().all(is_plain));
    let is_whole = !text.contains("SELECT DISTINCT") && view.columns().all(|column| column.row().origin.is_some());
    let rows = if is_empty { "no row" } else { "all rows" };
    (is_alone && (is_whole || is_empty)).then(|| format!("{} is a view of {rows} of {}", view.qualified(), table.qualified()))
}

fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// How many columns two tables have in common, where that is half of them or more.
fn alike(left: &Form<'_>, right: &Form<'_>) -> Option<String> {
    let common = left.columns.keys().filter(|column| right.columns.contains_key(*column)).count();
    let all = left.columns.len() + right.columns.len() - common;
    (common >= SHARED && 2 * common >= all).then(|| format!("{common} of {all} columns are called the same"))
}

fn rows(inspection: &Inspection, left: &Form<'_>, right: &Form<'_>) -> Option<String> {
    let of =
        |form: &Form<'_>| facts(inspection, form.table).rows.map(|rows| format!("{} holds {rows} rows", form.table.qualified()));
    Some(format!("{}, {}", of(left)?, of(right)?))
}

fn twin(left: &Form<'_>, right: &Form<'_>, evidence: Vec<String>, severity: Severity) -> Finding {
    let message = format!("looks like {}", right.table.qualified());
    Finding { severity, evidence, ..finding("twin-tables", left.table.qualified(), message) }
}

/// Tables with nearly the same columns, whatever they are called.
fn same_columns(
    inspection: &Inspection,
    forms: &[Form<'_>],
    are_related: impl Fn(&Form<'_>, &Form<'_>) -> bool,
    findings: &mut Vec<Finding>,
) {
    let is_whole = |form: &Form<'_>| form.columns.len() >= 2 * SHARED && !form.table.row().kind.is_view();
    let mut pairs = Vec::new();
    let mut count = BTreeMap::<usize, usize>::new();
    for (first, left) in forms.iter().enumerate().filter(|(_, form)| is_whole(form)) {
        for (second, right) in forms.iter().enumerate().skip(first + 1).filter(|(_, form)| is_whole(form)) {
            let (short, long) = (left.columns.len().min(right.columns.len()), left.columns.len().max(right.columns.len()));
            // Of three tables of one shape none is one too many: the shape is a habit.
            if short * 10 < long * 9 || count.get(&first).is_some_and(|count| *count > 1) {
                continue;
            }
            // The same name with another type is another thing.
            let common = left.columns.iter().filter(|(name, kind)| right.columns.get(*name) == Some(kind)).count();
            if common * 10 >= 9 * (left.columns.len() + right.columns.len() - common) {
                pairs.push((first, second));
                *count.entry(first).or_default() += 1;
                *count.entry(second).or_default() += 1;
            }
        }
    }
    for (first, second) in pairs {
        let (left, right) = (&forms[first], &forms[second]);
        // What refers to other tables by the same columns is the same for two things: `sale_line` and `purchase_line`.
        let refer_apart = left.refers.iter().any(|(column, to)| right.refers.get(column).is_some_and(|other| other != to));
        let is_record = |form: &Form<'_>| form.words.last().is_some_and(|word| RECORDS.contains(&word.as_str()));
        let keeps = |long: &Form<'_>, short: &Form<'_>| {
            long.compact.strip_prefix(short.compact.as_str()).is_some_and(|rest| RECORDS.contains(&rest))
        };
        let is_kept = is_record(left) != is_record(right) || keeps(left, right) || keeps(right, left);
        let is_inherited =
            left.table.row().parents.contains(&right.table.id()) || right.table.row().parents.contains(&left.table.id());
        let is_pattern = count[&first] > 1 || count[&second] > 1;
        if is_pattern || refer_apart || is_kept || is_inherited || are_related(left, right) || left.compact == right.compact {
            continue;
        }
        let mut evidence: Vec<String> = alike(left, right).into_iter().collect();
        evidence.extend(rows(inspection, left, right));
        findings.push(twin(left, right, evidence, Severity::Info));
    }
}
