//! The drift between schema.json and a database, with what it does to the generated code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    Config,
    config::Place,
    describe::{Answers, Description},
    drift::{Change, Kind, What, drift, has_word},
    group::{GroupError, grouped},
    items::{Touch, Touched, Verdict, touched},
    plan::{self, Plan},
    snapshot::{self, QueryFile, Snapshot},
    sql::{File, Mistake},
};

/// What moved, and what that means.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Report {
    /// What must be corrected before anything can be generated: settings of codegen.toml that do not
    /// fit the database.
    pub problems: Vec<Problem>,
    /// The changes, by path.
    pub changes: Vec<Reported>,
    /// Items that no single change accounts for.
    pub others: Vec<Touched>,
    /// The statements in files of SQL that the server refuses, or that no index serves, by place.
    pub refused: Vec<Refused>,
    /// The verdict for all.
    pub verdict: Verdict,
    /// The version bump that the verdict asks for: `major`, `minor`, or none.
    pub bump: Option<&'static str>,
}

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, counted from 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// The column in characters, counted from 1.
    pub column: Option<usize>,
    /// What is wrong, and the cure.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        [self.line, self.column].into_iter().flatten().try_for_each(|number| write!(f, ":{number}"))?;
        write!(f, ": {}", self.message)
    }
}

impl Problem {
    fn of_file(file: &dyn fmt::Display, message: &dyn fmt::Display) -> Self {
        Self { file: file.to_string(), line: None, column: None, message: message.to_string() }
    }

    fn of_statement(mistake: &Mistake) -> Self {
        let is_placed = mistake.excerpt.is_some();
        Self {
            line: is_placed.then_some(mistake.line),
            column: is_placed.then_some(mistake.column),
            ..Self::of_file(&mistake.path.display(), &mistake.message)
        }
    }

    /// A mistake in codegen.toml, whose text begins with its place.
    fn of_config(place: &Place, text: &str) -> Self {
        let message = text.strip_prefix(&format!("{place}: ")).unwrap_or(text);
        Self { line: Some(place.line()), column: Some(place.column()), ..Self::of_file(&place.path().display(), &message) }
    }
}

/// A statement that has no function any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Refused {
    /// Where, and what the server says.
    #[serde(flatten)]
    pub problem: Problem,
    /// The name of the statement.
    pub statement: Option<String>,
    /// The change that explains it, as a position in `changes`; none where no change does.
    pub change: Option<usize>,
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
    /// The statements in files of SQL that no longer check, with what the server says.
    pub queries: Vec<String>,
}

/// Compares two snapshots. `answers` is what the database says of the statements of each file.
pub fn report(old: &Snapshot, new: &Snapshot, config: &Config, files: &[File], answers: &[Answers]) -> Report {
    let changes = drift(old, new);
    // What the server says of a statement may differ though nothing moved in the schemas that are read.
    let is_as_known = |(file, answers): (&File, &Answers)| {
        known(old, file).is_some_and(|known| answers.iter().map(Result::as_ref).eq(known.statements.iter().map(Ok)))
    };
    if changes.is_empty() && files.iter().zip(answers).all(is_as_known) {
        return Report::default();
    }
    // Of a file that was edited since, schema.json knows nothing: there is nothing to compare.
    let same: Vec<_> = files.iter().zip(answers).filter_map(|(file, answers)| Some((file, known(old, file)?, answers))).collect();
    let described = |known: &QueryFile| known.statements.iter().cloned().map(Some).collect();
    let was: Vec<_> = same.iter().map(|(file, known, _)| (*file, described(known))).collect();
    let accepted = |answers: &Answers| answers.iter().map(|answer| answer.as_ref().ok().cloned()).collect();
    let is: Vec<_> = same.iter().map(|(file, _, answers)| (*file, accepted(answers))).collect();
    let (was, is) = (Planned::of(old, config, &was), Planned::of(new, config, &is));

    let mut reported: Vec<Reported> = changes
        .into_iter()
        .map(|change| {
            let place = if is.is_stray(&change) { ", in no domain" } else { "" };
            Reported { line: format!("{change}{place}"), change, verdict: Verdict::None, items: Vec::new(), queries: Vec::new() }
        })
        .collect();
    let mut report = Report { problems: is.problems(config, &reported), ..Report::default() };
    if was.plan.is_none() {
        report.problems.extend(was.misfits.iter().cloned());
    }

    let by_server = answers.iter().flatten().filter_map(|answer| Some((answer.as_ref().err()?, false)));
    let mut mistakes: Vec<(&Mistake, bool)> = by_server.chain(is.unserved.iter().map(|mistake| (mistake, true))).collect();
    mistakes.sort_by_key(|(mistake, _)| (&mistake.path, mistake.line, mistake.column));
    let mut gone = BTreeSet::new();
    for (mistake, by_index) in mistakes {
        let file = same.iter().find(|(file, ..)| file.path == mistake.path);
        let statement = |known: &&Description| mistake.statement.as_ref() == Some(&known.name);
        let description = file.and_then(|(_, known, _)| known.statements.iter().find(statement));
        let change = description.and_then(|description| explanation(mistake, by_index, description, &reported));
        let problem = Problem::of_statement(mistake);
        if let Some(change) = change {
            reported[change].queries.push(problem.to_string().lines().next().unwrap_or_default().to_owned());
        }
        gone.extend(file.and_then(|(file, ..)| Some((file.name(), mistake.statement.clone()?))));
        report.refused.push(Refused { problem, statement: mistake.statement.clone(), change });
    }

    let is_told = if let (Some(was), Some(is)) = (&was.plan, &is.plan) {
        let mut items = touched(was, is);
        // What a refused statement gave cannot be called any more, for that reason alone.
        let is_refused = |item: &Touched| item.statement.as_ref().is_some_and(|statement| gone.contains(statement));
        items.retain(|item| !(item.touch == Touch::Gone && is_refused(item)));
        let homes = Homes::of(&reported);
        for item in items {
            match homes.home(&item) {
                Some(position) => reported[position].items.push(item),
                None => report.others.push(item),
            }
        }
        true
    } else {
        false
    };
    for reported in &mut reported {
        let items = reported.items.iter().map(|item| item.verdict).max();
        reported.verdict = items.unwrap_or(if is_told { Verdict::None } else { Verdict::Unknown });
        if !reported.queries.is_empty() {
            reported.verdict = Verdict::Breaking;
        }
    }
    report.changes = reported;
    report.finish()
}

impl Report {
    /// Gives the verdict for all.
    fn finish(mut self) -> Self {
        let changes = self.changes.iter().map(|reported| reported.verdict);
        let others = self.others.iter().map(|item| item.verdict);
        let refused = self.refused.iter().map(|_| Verdict::Breaking);
        self.verdict = changes.chain(others).chain(refused).max().unwrap_or_default();
        self.bump = match self.verdict {
            Verdict::None => None,
            Verdict::Compatible => Some("minor"),
            Verdict::Unknown | Verdict::Breaking => Some("major"),
        };
        self
    }
}

/// What schema.json knows of a file of SQL, unless the file was edited since.
fn known<'s>(snapshot: &'s Snapshot, file: &File) -> Option<&'s QueryFile> {
    let hash = snapshot::hash(&file.text);
    snapshot.queries.iter().find(|known| known.file == file.name() && known.hash == hash)
}

/// The plan of a snapshot, with everything left out that does not fit it.
struct Planned {
    /// None where the snapshot does not give a schema.
    plan: Option<Plan>,
    /// The tables in no domain.
    strays: BTreeSet<String>,
    /// What codegen.toml says that does not fit.
    misfits: Vec<Problem>,
    /// The statements that no index serves, or that no function can be made of.
    unserved: Vec<Mistake>,
}

impl Planned {
    fn of(snapshot: &Snapshot, config: &Config, files: &[(&File, Vec<Option<Description>>)]) -> Self {
        let mut planned = Self { plan: None, strays: BTreeSet::new(), misfits: Vec::new(), unserved: Vec::new() };
        let schema = match snapshot.schema() {
            Ok(schema) => schema,
            Err(error) => {
                planned.misfits.push(Problem::of_file(&snapshot::FILE, &error));
                return planned;
            }
        };
        let (domains, errors) = grouped(&schema, config);
        for error in &errors {
            match error {
                GroupError::Strays { strays, .. } => planned.strays.extend(strays.iter().map(|(table, _)| table.clone())),
                GroupError::Twice { place, .. } => planned.misfits.push(Problem::of_config(place, &error.to_string())),
            }
        }
        let (mut plan, errors) = plan::plan_and_errors(&schema, &domains, config);
        planned.misfits.extend(errors.iter().map(|error| Problem::of_config(error.place(), &error.to_string())));
        let mut said = BTreeSet::new();
        planned.misfits.retain(|problem| said.insert(problem.to_string()));
        (plan.queries, _, planned.unserved) = plan::queries_and_mistakes(&plan, files, config);
        planned.plan = Some(plan);
        planned
    }

    /// What must be corrected in codegen.toml. Of a new table in no domain its own line says so.
    fn problems(&self, config: &Config, reported: &[Reported]) -> Vec<Problem> {
        let told: BTreeSet<String> = reported
            .iter()
            .filter(|reported| self.is_stray(&reported.change))
            .map(|reported| reported.change.now.join("."))
            .collect();
        let strays = self.strays.difference(&told);
        let strays = strays.map(|table| {
            let message = format!("`{table}` is in no domain; add it to a list under [domains]");
            Problem::of_file(&config.path().display(), &message)
        });
        self.misfits.iter().cloned().chain(strays).collect()
    }

    /// Whether a change leaves a table in no domain, so that it is not generated.
    fn is_stray(&self, change: &Change) -> bool {
        change.kind == Kind::Table
            && matches!(change.what, What::Added | What::Renamed { .. })
            && self.strays.contains(&change.now.join("."))
    }
}

/// The change that explains why a statement is refused: one of a table, function or type that the
/// statement depends on. Where several are, the one whose name the message has; else none is known.
fn explanation(mistake: &Mistake, by_index: bool, description: &Description, reported: &[Reported]) -> Option<usize> {
    let depends = Dependencies::of(description, reported);
    let mut suspects: Vec<usize> =
        (0..reported.len()).filter(|&position| depends.are_touched(&reported[position].change)).collect();
    let narrow = |suspects: &mut Vec<usize>, is_likely: &dyn Fn(&Change) -> bool| {
        let likely: Vec<usize> = suspects.iter().copied().filter(|&position| is_likely(&reported[position].change)).collect();
        if !likely.is_empty() {
            *suspects = likely;
        }
    };
    // What is new can make a name ambiguous, and rarely does.
    narrow(&mut suspects, &|change| change.what != What::Added);
    if by_index {
        narrow(&mut suspects, &|change| matches!(change.kind, Kind::Index | Kind::Constraint));
    }
    if suspects.len() > 1 {
        narrow(&mut suspects, &|change| {
            let name = change.path.last().map_or("", |name| name.split('(').next().unwrap_or_default());
            has_word(&mistake.message, name)
        });
    }
    match suspects[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// The names of what a statement depends on, before and after renames.
struct Dependencies {
    tables: BTreeSet<String>,
    functions: BTreeSet<String>,
    types: BTreeSet<String>,
}

impl Dependencies {
    fn of(description: &Description, reported: &[Reported]) -> Self {
        let renames: BTreeMap<String, String> = reported
            .iter()
            .filter(|reported| matches!(reported.change.kind, Kind::Table | Kind::Type))
            .filter(|reported| matches!(reported.change.what, What::Renamed { .. }))
            .map(|reported| (reported.change.path.join("."), reported.change.now.join(".")))
            .collect();
        let both = |names: Vec<String>| {
            let now: Vec<String> = names.iter().filter_map(|name| renames.get(name).cloned()).collect();
            names.into_iter().chain(now).collect()
        };
        Self {
            tables: both(description.tables.iter().map(ToString::to_string).collect()),
            functions: both(description.functions.clone()),
            types: both(description.types.clone()),
        }
    }

    /// Whether a change of one of them can be why a statement is refused.
    fn are_touched(&self, change: &Change) -> bool {
        let path = &change.path;
        let of_schema = |names: &BTreeSet<String>| names.iter().any(|name| name.starts_with(&format!("{}.", path[0])));
        let is_named = match change.kind {
            Kind::Schema => of_schema(&self.tables) || of_schema(&self.functions) || of_schema(&self.types),
            Kind::Table | Kind::Column | Kind::Constraint | Kind::Index | Kind::Policy | Kind::Trigger => {
                path.get(..2).is_some_and(|table| self.tables.contains(&table.join(".")))
            }
            Kind::Function => self.functions.contains(path.join(".").split('(').next().unwrap_or_default()),
            Kind::Type => self.types.contains(&path.join(".")),
            Kind::Extension | Kind::Sequence => false,
        };
        let is_grave = match &change.what {
            What::Added => matches!(change.kind, Kind::Column | Kind::Function),
            What::Dropped | What::Renamed { .. } => true,
            What::Changed { fields } => {
                fields.iter().any(|field| !matches!(field.name.as_str(), "comment" | "default" | "not_null" | "owner"))
            }
        };
        is_named && is_grave
    }
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
        let known = known(old, file)?;
        let mut tables = known.statements.iter().flat_map(|statement| &statement.tables);
        (!is_open && !tables.any(|table| touched.contains(&table.to_string()))).then_some(known)
    };
    files.iter().map(is_known).collect()
}

/// The changes by the names of what they are of, each the first of its name.
#[derive(Default)]
struct Homes {
    /// Of the thing itself, before and after.
    things: BTreeMap<String, usize>,
    /// Of a key or index, by table.
    keys: BTreeMap<String, usize>,
    /// Of anything in a table.
    tables: BTreeMap<String, usize>,
}

impl Homes {
    fn of(reported: &[Reported]) -> Self {
        let mut homes = Self::default();
        for (position, Reported { change, .. }) in reported.iter().enumerate() {
            if change.path.len() > 1 {
                for path in [&change.path, &change.now] {
                    homes.things.entry(path.join(".")).or_insert(position);
                }
            }
            if change.path.len() > 2 {
                let table = change.path[..2].join(".");
                if matches!(change.kind, Kind::Constraint | Kind::Index) {
                    homes.keys.entry(table.clone()).or_insert(position);
                }
                homes.tables.entry(table).or_insert(position);
            }
        }
        homes
    }

    /// The change that accounts for an item: the one of an object that it stands for, else one of its
    /// table's keys and indexes, else any of its table's.
    fn home(&self, item: &Touched) -> Option<usize> {
        let first = |of: &BTreeMap<String, usize>| {
            let names = item.objects.iter().flat_map(|object| {
                let above = object.match_indices('.').map(|(at, _)| &object[..at]);
                above.chain(std::iter::once(object.as_str()))
            });
            names.filter_map(|name| of.get(name).copied()).min()
        };
        first(&self.things).or_else(|| first(&self.keys)).or_else(|| first(&self.tables))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        path::Path,
        time::{Duration, Instant},
    };

    use super::*;
    use crate::{
        describe::TableName,
        snapshot::{Column, Namespace, Table, Type},
        sql::Command,
    };

    /// A snapshot of tables in `public`, each with columns of type `int4`.
    fn snapshot(tables: &[(&str, &[&str])]) -> Snapshot {
        let int4 = || ("pg_catalog".to_owned(), "int4".to_owned());
        let column =
            |name: &&str| Column { name: (*name).to_owned(), r#type: "integer".to_owned(), type_name: int4(), ..Column::default() };
        Snapshot {
            server: 15,
            schemas: vec![Namespace { name: "public".to_owned(), ..Namespace::default() }],
            types: vec![Type { schema: int4().0, name: int4().1, kind: "base".to_owned(), ..Type::default() }],
            tables: tables
                .iter()
                .map(|(name, columns)| Table {
                    schema: "public".to_owned(),
                    name: (*name).to_owned(),
                    kind: "table".to_owned(),
                    columns: columns.iter().map(column).collect(),
                    ..Table::default()
                })
                .collect(),
            ..Snapshot::default()
        }
    }

    fn description(name: &str, table: &str) -> Description {
        Description {
            name: name.to_owned(),
            command: Command::Many,
            params: Vec::new(),
            columns: Vec::new(),
            scans: Vec::new(),
            runs: Vec::new(),
            target: None,
            writes: Vec::new(),
            tables: vec![TableName { schema: "public".to_owned(), name: table.to_owned() }],
            functions: Vec::new(),
            types: Vec::new(),
        }
    }

    /// The report where a statement on a table is refused with a message.
    fn refused(old: &Snapshot, new: &Snapshot, table: &str, message: &str) -> Report {
        let text = format!("-- name: it :many\nselect id from {table};\n");
        let file = File::parse(Path::new("queries/public/it.sql"), &text).expect("a file");
        let known = QueryFile { file: file.name(), hash: snapshot::hash(&file.text), statements: vec![description("it", table)] };
        let old = Snapshot { queries: vec![known], ..old.clone() };
        let mistake = Mistake { statement: Some("it".to_owned()), ..file.mistake(18, format!("it: {message}")) };
        report(&old, new, &Config::default(), &[file], &[vec![Err(mistake)]])
    }

    #[test]
    fn a_refused_statement_is_explained_by_what_it_depends_on_and_by_nothing_else() {
        let old = snapshot(&[("a", &["id", "x"]), ("b", &["id", "x"])]);
        let line = |report: &Report| report.refused[0].change.map(|position| report.changes[position].line.clone());
        // The name stands in the message, and the statement does not depend on the table.
        let new = snapshot(&[("a", &["id", "x"]), ("b", &["x"])]);
        let report = refused(&old, &new, "a", "column id does not exist");
        assert_eq!((line(&report), report.verdict), (None, Verdict::Breaking));
        assert!(report.changes[0].queries.is_empty());
        // One change of its table: that one, whatever the message says.
        let new = snapshot(&[("a", &["id"]), ("b", &["x"])]);
        assert_eq!(line(&refused(&old, &new, "a", "no luck")).as_deref(), Some("public.a.x: dropped"));
        // Two: the one that the message names, or none.
        let new = snapshot(&[("a", &[]), ("b", &["id", "x"])]);
        assert_eq!(line(&refused(&old, &new, "a", "column a.x does not exist")).as_deref(), Some("public.a.x: dropped"));
        assert_eq!(line(&refused(&old, &new, "a", "no luck")), None);
        // What is new explains only what nothing else does.
        let new = snapshot(&[("a", &["id", "z"]), ("b", &["id", "x", "y"])]);
        assert_eq!(line(&refused(&old, &new, "a", "column z is ambiguous")).as_deref(), Some("public.a.x: renamed to z (a guess)"));
        assert_eq!(line(&refused(&old, &new, "b", "column y is ambiguous")).as_deref(), Some("public.b.y: new"));
        // A renamed table.
        let new = snapshot(&[("c", &["id"]), ("b", &["id", "x"])]);
        assert_eq!(line(&refused(&old, &new, "a", "relation a does not exist")).as_deref(), Some("table public.a: dropped"));
        // With nothing moved at all it is listed, and breaking.
        let report = refused(&old, &old, "a", "permission denied for schema public");
        assert_eq!((line(&report), report.verdict, report.bump), (None, Verdict::Breaking, Some("major")));
        assert_eq!(report.refused[0].problem.to_string(), "queries/public/it.sql:2:1: it: permission denied for schema public");
    }

    #[test]
    fn what_cannot_be_told_is_unknown_and_never_none() {
        let old = snapshot(&[("a", &["id"])]);
        let mut new = snapshot(&[("a", &["id", "x"])]);
        // A type that nothing gives: no schema, no plan.
        new.tables[0].columns[1].type_name.1 = "nope".to_owned();
        let report = report(&old, &new, &Config::default(), &[], &[]);
        assert_eq!((report.verdict, report.changes[0].verdict, report.bump), (Verdict::Unknown, Verdict::Unknown, Some("major")));
        assert_eq!(report.problems.len(), 1, "the cause comes first: {:?}", report.problems);
        assert!(Verdict::Compatible < Verdict::Unknown && Verdict::Unknown < Verdict::Breaking);
    }

    #[test]
    fn a_setting_that_fits_one_side_only_hides_no_verdict() {
        let old = snapshot(&[("a", &["id", "color"])]);
        let new = snapshot(&[("a", &["id", "hue"])]);
        for (column, problems) in [("color", 1), ("hue", 0)] {
            let text = format!("[tables.\"public.a\"]\nscan_by = [[\"{column}\", \"id\"]]\n");
            let config = Config::parse(&text, Path::new("codegen.toml")).expect("TOML");
            let report = report(&old, &new, &config, &[], &[]);
            assert_eq!((report.verdict, report.problems.len()), (Verdict::Breaking, problems), "{column}");
            // The setting is left out whole, not in part.
            let scans: Vec<&str> = report.changes.iter().flat_map(|change| &change.items).map(|item| item.path.as_str()).collect();
            assert!(!scans.iter().any(|path| path.ends_with("scan_by_id")), "{scans:?}");
            assert!(scans.iter().any(|path| path.ends_with(&format!("scan_by_{column}_and_id"))), "{scans:?}");
        }
    }

    #[test]
    fn the_time_grows_with_the_number_of_changes_and_not_with_its_square() {
        let time = |tables: usize| {
            let numbered = |prefix: &str| (0..tables).map(|number| format!("{prefix}{number}")).collect::<Vec<_>>();
            let (names, others, own) = (numbered("t"), numbered("other"), numbered("own"));
            let columns: Vec<Vec<&str>> = own.iter().map(|own| vec!["id", own, "a", "b", "c", "d"]).collect();
            let with = |names: &[String]| {
                snapshot(&names.iter().zip(&columns).map(|(name, columns)| (name.as_str(), &columns[..])).collect::<Vec<_>>())
            };
            let (none, all, renamed) = (snapshot(&[]), with(&names), with(&others));
            let start = Instant::now();
            for (old, new) in [(&none, &all), (&all, &none), (&all, &renamed)] {
                assert_eq!(report(old, new, &Config::default(), &[], &[]).changes.len(), tables);
            }
            start.elapsed()
        };
        let few = (0..3).map(|_| time(100)).min().unwrap_or(Duration::ZERO);
        let many = (0..2).map(|_| time(1600)).min().unwrap_or(Duration::ZERO);
        // Sixteen times as many take up to 256 times as long where the square counts.
        assert!(many < few * 60, "{few:?} for 100 tables, {many:?} for 1600");
    }
}
