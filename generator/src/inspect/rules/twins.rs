//! Tables that look like one thing twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, facts, finding};
use crate::{
    inspect::{Finding, Inspection, Severity},
    plan::name::{is_singular_of, snake},
    schema::{Table, Walker},
};

/// Columns that every table has.
const COMMON: &[&str] = &["id", "uuid", "created_at", "updated_at", "deleted_at", "inserted_at", "created_by", "updated_by"];

/// How many tables may share a shape before it is a pattern and no duplicate.
const PATTERN: usize = 2;

/// A table as it is compared.
struct Form<'a> {
    table: Walker<'a, Table>,
    words: Vec<String>,
    /// The words as one, singular: `system_audit_logs` → `systemauditlog`.
    compact: String,
    columns: BTreeSet<String>,
}

pub(super) fn check(context: &Context<'_>, inspection: &Inspection, findings: &mut Vec<Finding>) {
    let forms: Vec<Form<'_>> = context.tables().map(form).collect();
    let mut by_name = BTreeMap::<&str, Vec<&Form<'_>>>::new();
    for form in &forms {
        by_name.entry(&form.compact).or_default().push(form);
    }
    for same in by_name.values().filter(|same| same.len() > 1) {
        for (position, left) in same.iter().enumerate() {
            for right in &same[position + 1..] {
                let mut evidence = vec!["they are called the same".to_owned()];
                evidence.extend(alike(left, right));
                evidence.extend(rows(inspection, left, right));
                // In two schemas it may well be two things.
                let is_beside = left.table.row().namespace == right.table.row().namespace;
                findings.push(twin(left, right, evidence, if is_beside { Severity::Warning } else { Severity::Info }));
            }
        }
    }
    for short in forms.iter().filter(|form| form.compact.len() >= 6) {
        for long in forms.iter().filter(|long| long.compact.len() > short.compact.len() && long.compact.ends_with(&short.compact)) {
            // `user_audit_logs` and `logs` are two things: the shorter name must say as much in fewer words.
            let is_one_word_of_several = short.words.len() == 1 && !long.words.contains(&short.compact);
            let over = [(short, long), (long, short)].into_iter().find(|(view, of)| reads(view.table, of.table));
            let evidence = match (over, alike(short, long)) {
                (Some((view, of)), _) => format!("{} is a view over {}", view.table.qualified(), of.table.qualified()),
                (None, Some(alike)) => alike,
                (None, None) => continue,
            };
            if !is_one_word_of_several && over.is_none() {
                continue;
            }
            let mut evidence = vec![format!("`{}` ends with the words of `{}`", long.table.name, short.table.name), evidence];
            evidence.extend(rows(inspection, short, long));
            findings.push(twin(short, long, evidence, Severity::Warning));
        }
    }
    same_columns(inspection, &forms, findings);
}

fn form(table: Walker<'_, Table>) -> Form<'_> {
    let name = snake(&table.name);
    let words: Vec<String> = name.split('_').filter(|word| !word.is_empty()).map(singular).collect();
    let columns = table.columns().map(|column| snake(&column.row().name)).filter(|name| !COMMON.contains(&name.as_str())).collect();
    Form { table, compact: words.concat(), words, columns }
}

fn singular(word: &str) -> String {
    let candidates = [word.strip_suffix("ies").map(|stem| format!("{stem}y")), word.strip_suffix('s').map(str::to_owned)];
    let found = candidates.into_iter().flatten().find(|candidate| candidate.len() > 2 && is_singular_of(candidate, word));
    found.filter(|_| !word.ends_with("ss")).unwrap_or_else(|| word.to_owned())
}

/// Whether a view reads a table.
fn reads(view: Walker<'_, Table>, table: Walker<'_, Table>) -> bool {
    let from = format!("{}.{}", table.namespace().name, table.name);
    view.row().definition.as_deref().is_some_and(|text| {
        text.match_indices(&from)
            .any(|(at, _)| !text[at + from.len()..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '_'))
    })
}

/// The share of columns that two tables have in common, where it is half or more.
fn alike(left: &Form<'_>, right: &Form<'_>) -> Option<String> {
    let common = left.columns.intersection(&right.columns).count();
    let all = left.columns.union(&right.columns).count();
    (all > 0 && 2 * common >= all).then(|| format!("{common} of {all} columns are called the same"))
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
fn same_columns(inspection: &Inspection, forms: &[Form<'_>], findings: &mut Vec<Finding>) {
    let mut pairs = Vec::new();
    let mut count = BTreeMap::<usize, usize>::new();
    for (first, left) in forms.iter().enumerate().filter(|(_, form)| form.columns.len() >= 6 && !form.table.row().kind.is_view()) {
        for (second, right) in forms.iter().enumerate().skip(first + 1) {
            let (short, long) = (left.columns.len().min(right.columns.len()), left.columns.len().max(right.columns.len()));
            if short * 10 < long * 9 || right.table.row().kind.is_view() || count.get(&first).is_some_and(|count| *count > PATTERN)
            {
                continue;
            }
            let common = left.columns.intersection(&right.columns).count();
            if common * 10 >= 9 * (left.columns.len() + right.columns.len() - common) {
                pairs.push((first, second));
                *count.entry(first).or_default() += 1;
                *count.entry(second).or_default() += 1;
            }
        }
    }
    for (first, second) in pairs {
        let (left, right) = (&forms[first], &forms[second]);
        if count[&first] > PATTERN || count[&second] > PATTERN || left.compact == right.compact {
            continue;
        }
        let mut evidence: Vec<String> = alike(left, right).into_iter().collect();
        evidence.extend(rows(inspection, left, right));
        findings.push(twin(left, right, evidence, Severity::Info));
    }
}
