//! The drift between schema.json and a database, with what it does to the generated code.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    Config,
    drift::{Change, Kind, What, drift},
    group::{GroupError, grouped},
    items::{Touch, Touched, Verdict, touched},
    plan::{self, Plan},
    snapshot::{self, QueryFile, Snapshot},
    sql::{File, Mistake},
};

/// What moved, and what that means.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Report {
    /// The changes, by path.
    pub changes: Vec<Reported>,
    /// Items that no single change accounts for.
    pub others: Vec<Touched>,
    /// The verdict for all.
    pub verdict: Verdict,
    /// The version bump that the verdict asks for: `major`, `minor`, or none.
    pub bump: Option<&'static str>,
}

/// A change, and what it does to the generated code.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reported {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// The line that people read.
    pub line: String,
    /// What it means for callers.
    pub verdict: Verdict,
    /// The items that change, come or go.
    pub items: Vec<Touched>,
    /// The files of SQL that no longer check, with what the server says.
    pub queries: Vec<String>,
}

/// Compares two snapshots. `mistakes` are those that the database finds in the files of SQL, which
/// schema.json says it once took.
pub fn report(old: &Snapshot, new: &Snapshot, config: &Config, files: &[File], mistakes: &[Mistake]) -> Report {
    let changes = drift(old, new);
    if changes.is_empty() && mistakes.is_empty() {
        return Report::default();
    }
    let mut mistakes = mistakes.to_vec();
    let mut items = Vec::new();
    let (now, strays) = planned(new, config, files);
    if let (Some((old, _)), Some((new, unserved))) = (planned(old, config, files).0, now) {
        items = touched(&old, &new);
        mistakes.extend(unserved);
    }
    // What a refused statement gave cannot be called any more, for that reason alone.
    let refused: Vec<&str> = mistakes.iter().filter_map(|mistake| mistake.path.file_stem()?.to_str()).collect();
    items.retain(|item| {
        let mut path = item.path.split("::").skip(2);
        !(item.path.starts_with("queries::")
            && item.touch == Touch::Gone
            && path.next().is_some_and(|file| refused.contains(&file)))
    });
    let mut reported: Vec<Reported> = changes
        .into_iter()
        .map(|change| {
            let is_stray = change.kind == Kind::Table && change.what == What::Added && strays.contains(&change.qualified());
            let place = if is_stray { ", in no domain" } else { "" };
            Reported { line: format!("{change}{place}"), change, verdict: Verdict::None, items: Vec::new(), queries: Vec::new() }
        })
        .collect();
    let mut others = Vec::new();
    for item in items {
        match home(&reported, &item) {
            Some(position) => reported[position].items.push(item),
            None => others.push(item),
        }
    }
    for mistake in &mistakes {
        let said = mistake.to_string();
        let first = said.lines().next().unwrap_or_default().to_owned();
        let named = reported.iter().position(|reported| {
            let name = reported.change.path.last().map(String::as_str).unwrap_or_default();
            !name.is_empty() && said.contains(name)
        });
        if let Some(reported) = reported.get_mut(named.unwrap_or(0)) {
            reported.queries.push(first);
        }
    }
    for reported in &mut reported {
        reported.verdict = reported.items.iter().map(|item| item.verdict).max().unwrap_or_default();
        if !reported.queries.is_empty() {
            reported.verdict = Verdict::Breaking;
        }
    }
    let all = reported.iter().map(|reported| reported.verdict).chain(others.iter().map(|item| item.verdict));
    let verdict = all.max().unwrap_or_default();
    let bump = match verdict {
        Verdict::None => None,
        Verdict::Compatible => Some("minor"),
        Verdict::Breaking => Some("major"),
    };
    Report { changes: reported, others, verdict, bump }
}

/// The plan of a snapshot with the statements that it no longer serves, and the tables in no domain,
/// which are left aside: the report says of them that they are.
fn planned(snapshot: &Snapshot, config: &Config, files: &[File]) -> (Option<(Plan, Vec<Mistake>)>, Vec<String>) {
    let Ok(schema) = snapshot.schema() else { return (None, Vec::new()) };
    let (domains, errors) = grouped(&schema, config);
    let strays = errors.into_iter().filter_map(|error| match error {
        GroupError::Strays { strays, .. } => Some(strays),
        GroupError::Twice { .. } => None,
    });
    let strays = strays.flatten().map(|(table, _)| table).collect();
    let Ok(mut plan) = plan::plan(&schema, &domains, config) else { return (None, strays) };
    let described: Vec<_> = files
        .iter()
        .filter_map(|file| {
            let known = snapshot.queries.iter().find(|known| known.file == file.name())?;
            (known.statements.len() == file.statements.len())
                .then(|| (file, known.statements.iter().cloned().map(Some).collect::<Vec<_>>()))
        })
        .collect();
    let unserved = match plan::queries(&plan, &described, config) {
        Ok((folders, _)) => {
            plan.queries = folders;
            Vec::new()
        }
        Err(mistakes) => mistakes,
    };
    (Some((plan, unserved)), strays)
}

/// What an older snapshot says of files of SQL that is still so: neither the file changed, nor anything
/// that its statements depend on.
pub(crate) fn still_known<'s>(old: &'s Snapshot, new: &Snapshot, files: &[File]) -> Vec<Option<&'s QueryFile>> {
    if files.is_empty() {
        return Vec::new();
    }
    let changes = drift(old, new);
    let is_of_table = |change: &Change| {
        matches!(change.kind, Kind::Table | Kind::Column | Kind::Constraint | Kind::Index | Kind::Policy | Kind::Trigger)
    };
    // Functions and types may stand anywhere, and another server answers otherwise.
    let is_open = old.server != new.server || !changes.iter().all(is_of_table);
    let mut touched: BTreeSet<String> =
        changes.iter().flat_map(|change| [&change.path, &change.now]).filter_map(|path| Some(path.get(..2)?.join("."))).collect();
    // What holds for a partition or an heir is asked of its parents.
    let heirs = || old.tables.iter().chain(&new.tables).filter(|table| !table.parents.is_empty());
    loop {
        let before = touched.len();
        for table in heirs() {
            if touched.contains(&format!("{}.{}", table.schema, table.name)) {
                touched.extend(table.parents.iter().map(|(schema, name)| format!("{schema}.{name}")));
            }
        }
        if touched.len() == before {
            break;
        }
    }
    let is_known = |file: &File| {
        let hash = snapshot::hash(&file.text);
        let known = old.queries.iter().find(|known| known.file == file.name() && known.hash == hash)?;
        let mut tables = known.statements.iter().flat_map(|statement| &statement.tables);
        (!is_open && !tables.any(|table| touched.contains(&table.to_string()))).then_some(known)
    };
    files.iter().map(is_known).collect()
}

/// The change that accounts for an item: the one of an object that it stands for, else one of its
/// table's keys and indexes, else any of its table's.
fn home(reported: &[Reported], item: &Touched) -> Option<usize> {
    let covers = |change: &Change, object: &str| {
        [&change.path, &change.now].into_iter().any(|path| {
            let name = path.join(".");
            object == name || object.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.'))
        })
    };
    let exact = reported.iter().position(|reported| {
        let is_whole = reported.change.path.len() > 1;
        is_whole && item.objects.iter().any(|object| covers(&reported.change, object))
    });
    let of_table = |change: &Change| {
        change.path.len() > 2
            && item.objects.iter().any(|object| {
                let table = change.path[..2].join(".");
                *object == table || object.starts_with(&format!("{table}."))
            })
    };
    let by_key = || {
        reported
            .iter()
            .position(|reported| matches!(reported.change.kind, Kind::Constraint | Kind::Index) && of_table(&reported.change))
    };
    exact.or_else(by_key).or_else(|| reported.iter().position(|reported| of_table(&reported.change)))
}
