//! `cargo xtask codegen --check`: three questions, answered apart. Does the database match
//! schema.json? Do the files match schema.json and codegen.toml? Was a generated file edited by hand?

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use anstyle::{AnsiColor, Color, Style};
use clap::{ValueEnum, builder::PossibleValue};
use entitree::{
    Change,
    items::{Touch, Verdict},
    report::{Problem, Report},
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{codegen::Arguments, database::Choice};

/// The version of what `--format json` prints.
const VERSION: u32 = 1;

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One object: docs/check.schema.json.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// For the comment of a pull request.
    Markdown,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// What a check found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    version: u32,
    /// What moved in the database since schema.json, and what that means.
    schema: Report,
    /// Generated files that are not what schema.json and codegen.toml give.
    files: Vec<FileDrift>,
    /// Why the files could not be compared.
    errors: Vec<String>,
    #[serde(skip)]
    diffs: BTreeMap<String, String>,
    #[serde(skip)]
    call: Call,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FileDrift {
    path: String,
    /// `missing`, `stale`, `edited` or `orphan`.
    what: &'static str,
}

/// The JSON Schemas of schema.json and of what `--json` prints, by file of docs/.
pub fn schemas() -> [(&'static str, String); 3] {
    let text = |schema: schemars::Schema| serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n";
    [
        ("schema.schema.json", text(schemars::schema_for!(entitree::Snapshot))),
        ("check.schema.json", text(schemars::schema_for!(Found))),
        ("inspect.schema.json", text(schemars::schema_for!(entitree::inspect::Inspection))),
    ]
}

/// How a rule of the report is called.
const RULES: [(&str, &str); 5] = [
    ("schema-drift", "The database is not what schema.json says"),
    ("generator-drift", "A generated file is not what schema.json and codegen.toml give"),
    ("edited-by-hand", "A generated file was edited by hand"),
    ("refused-statement", "The database refuses a statement, or no index serves it"),
    ("configuration", "codegen.toml does not fit the database"),
];

/// The texts of a check that depend on how it was called.
#[derive(Debug, Default)]
pub struct Call {
    /// The schema.json that was compared.
    pub schema: String,
    /// The configuration.
    pub config: String,
    /// The command that generates anew.
    pub command: String,
}

impl Call {
    /// Of a check with these arguments.
    pub fn new(arguments: &Arguments, schema: &Path, config: &Path) -> Self {
        let text = |path: &Path| path.display().to_string();
        Self { schema: text(schema), config: text(config), command: command(arguments) }
    }
}

/// The command that generates what a check compares. It can be copied, and holds no password.
fn command(arguments: &Arguments) -> String {
    let source = &arguments.source;
    let mut words = vec!["cargo xtask codegen".to_owned()];
    let mut option = |name: &str, value: &str| words.push(format!("--{name} {value}"));
    if let Some(url) = &source.database_url {
        option("database-url", &if may_hold_password(url) { "…".to_owned() } else { quoted(url) });
    }
    if source.server != Choice::Auto {
        let choice = source.server.to_possible_value();
        option("server", choice.as_ref().map_or("auto", PossibleValue::get_name));
    }
    if !source.schemas.is_empty() {
        option("schemas", &quoted(&source.schemas.join(",")));
    }
    for (name, path) in [("config", &source.config), ("out", &source.out), ("queries", &arguments.queries)] {
        if let Some(path) = path {
            option(name, &quoted(&path.display().to_string()));
        }
    }
    for (name, is_given) in [("--offline", source.offline), ("--strict", arguments.strict)] {
        words.extend(is_given.then(|| name.to_owned()));
    }
    words.join(" ")
}

/// Whether a connection string may hold a password, malformed ones included: better once too often.
fn may_hold_password(url: &str) -> bool {
    let is_suspect = |text: &str| text.contains('%') || text.to_lowercase().contains("password");
    match url.split_once("://") {
        Some((_, rest)) => is_suspect(rest) || rest.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')),
        None => is_suspect(url) || !url.contains('='),
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "_-./:=@,+".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

impl Found {
    /// What the database and the files say.
    pub fn new(schema: Report, changes: &[Change], out: &Path, errors: Vec<String>, call: Call) -> Self {
        let path = |change: &Change| out.join(&change.path).display().to_string();
        let files = changes.iter().map(|change| FileDrift { path: path(change), what: change.kind.word() }).collect();
        let diffs = changes.iter().filter_map(|change| Some((path(change), change.difference()?)));
        Self { version: VERSION, schema, files, errors, diffs: diffs.collect(), call }
    }

    /// Whether anything differs that is not allowed to. What keeps the next run from generating is never
    /// allowed.
    pub fn fails(&self, allowed: Option<Verdict>) -> bool {
        let has_drift = !self.schema.changes.is_empty() || !self.schema.others.is_empty();
        let is_allowed = allowed.is_some_and(|allowed| self.schema.verdict <= allowed);
        has_drift && !is_allowed || self.is_blocked() || !self.files.is_empty() || !self.errors.is_empty()
    }

    /// Whether something must be corrected by hand before anything can be generated.
    fn is_blocked(&self) -> bool {
        !self.schema.problems.is_empty() || !self.schema.refused.is_empty()
    }

    /// The refused statements that stand below no change.
    fn unexplained(&self) -> impl Iterator<Item = &Problem> {
        self.schema.refused.iter().filter(|refused| refused.change.is_none()).map(|refused| &refused.problem)
    }

    /// What to do, for people.
    fn cure(&self) -> String {
        let lead = if self.is_blocked() { "Correct what is listed above, then run" } else { "To take it over" };
        format!("{lead}: {}", self.call.command)
    }

    /// The text of a form.
    pub fn text(&self, format: Format, verbose: bool) -> String {
        match format {
            Format::Text => self.for_people(verbose),
            Format::Json => serde_json::to_string_pretty(self).unwrap_or_default(),
            Format::Github => self.for_github(),
            Format::Markdown => self.for_markdown(),
            Format::Sarif => serde_json::to_string_pretty(&self.for_sarif()).unwrap_or_default(),
        }
    }

    fn for_people(&self, verbose: bool) -> String {
        let mut text = String::new();
        list(&mut text, "codegen.toml does not fit the database; correct it first:", &self.schema.problems);
        let width = self.schema.changes.iter().map(|change| change.line.chars().count()).max().unwrap_or(0).min(90);
        if !self.schema.changes.is_empty() {
            text.push_str("The database moved since schema.json:\n");
        }
        for change in &self.schema.changes {
            let _ = writeln!(text, "  {:<width$}  {}", change.line, painted(change.verdict));
            for item in &change.items {
                let _ = writeln!(text, "    {} {}", mark(item.touch), item.path);
            }
            for query in &change.queries {
                let _ = writeln!(text, "    ! {query}");
            }
        }
        if !self.schema.others.is_empty() {
            text.push_str(if self.schema.changes.is_empty() {
                "The server describes statements otherwise than schema.json:\n"
            } else {
                "  and with these changes:\n"
            });
            for item in &self.schema.others {
                let _ = writeln!(text, "    {} {}", mark(item.touch), item.path);
            }
        }
        list(&mut text, REFUSED, self.unexplained());
        if let Some(bump) = self.schema.bump {
            let _ = writeln!(text, "  for callers: {}, a {bump} version", painted(self.schema.verdict));
        } else if !self.schema.changes.is_empty() {
            let _ = writeln!(text, "  for callers: {}", painted(self.schema.verdict));
        }
        for (what, title) in [
            ("edited", "Generated files that were edited by hand:"),
            ("stale", "Files that are not what schema.json and codegen.toml give:"),
            ("missing", "Files that are missing:"),
            ("orphan", "Generated files that nothing asks for any more:"),
        ] {
            let files: Vec<&FileDrift> = self.files.iter().filter(|file| file.what == what).collect();
            if !files.is_empty() {
                let _ = writeln!(text, "{title}");
            }
            for file in files {
                let _ = writeln!(text, "  {}", file.path);
                if let Some(diff) = self.diffs.get(&file.path).filter(|_| verbose) {
                    text.push_str(diff);
                }
            }
        }
        for error in &self.errors {
            let _ = writeln!(text, "{error}");
        }
        if text.is_empty() {
            text.push_str("no drift: the database, schema.json and the generated files agree\n");
        } else {
            let _ = writeln!(text, "{}", self.cure());
        }
        text
    }

    /// <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>
    fn for_github(&self) -> String {
        let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
        let mut text = String::new();
        let placed = |text: &mut String, problem: &Problem, title: &str| {
            let file = property(&problem.file);
            let place = [("line", problem.line), ("col", problem.column)];
            let place: String = place.iter().filter_map(|(name, number)| Some(format!(",{name}={}", (*number)?))).collect();
            let _ = writeln!(text, "::error file={file}{place},title={title}::{}", escaped(&problem.message));
        };
        for problem in &self.schema.problems {
            placed(&mut text, problem, "does not fit the database");
        }
        let file = property(&self.call.schema);
        let mut annotate = |verdict: Verdict, lines: Vec<String>| {
            let level = if verdict >= Verdict::Unknown { "error" } else { "warning" };
            let _ = writeln!(text, "::{level} file={file},title=schema drift ({verdict})::{}", escaped(&lines.join("\n")));
        };
        for change in &self.schema.changes {
            annotate(change.verdict, lines(&change.line, change));
        }
        if let Some((verdict, lines)) = self.others() {
            annotate(verdict, lines);
        }
        for refused in &self.schema.refused {
            placed(&mut text, &refused.problem, "refused statement");
        }
        for file in &self.files {
            let title = if file.what == "edited" { "edited by hand" } else { "generator drift" };
            let (path, message) = (property(&file.path), escaped(&self.of_file(file)));
            let _ = writeln!(text, "::error file={path},title={title}::{message}");
        }
        for error in &self.errors {
            let _ = writeln!(text, "::error title=check::{}", escaped(error));
        }
        text
    }

    /// A file that differs, with the cure.
    fn of_file(&self, file: &FileDrift) -> String {
        format!("{} is {}: run `{}`", file.path, file.what, self.call.command)
    }

    /// The items that no change accounts for, with the verdict for them, a line each.
    fn others(&self) -> Option<(Verdict, Vec<String>)> {
        let verdict = self.schema.others.iter().map(|item| item.verdict).max()?;
        let items = self.schema.others.iter().map(|item| format!("{} {}", mark(item.touch), item.path));
        Some((verdict, std::iter::once("code that no single change accounts for".to_owned()).chain(items).collect()))
    }

    fn for_markdown(&self) -> String {
        let code = |text: &str| format!("`{}`", text.replace('`', "'"));
        if !self.fails(None) {
            return "**No drift**: the database, `schema.json` and the generated files agree.\n".to_owned();
        }
        let mut text = String::new();
        let items = |title: &str, problems: &mut dyn Iterator<Item = &Problem>| {
            let items: String = problems.map(|problem| format!("- {}\n", code(&first_line(problem)))).collect();
            if items.is_empty() { items } else { format!("### {title}\n\n{items}\n") }
        };
        text.push_str(&items("codegen.toml does not fit the database", &mut self.schema.problems.iter()));
        if !self.schema.changes.is_empty() || !self.schema.others.is_empty() {
            let _ = writeln!(text, "### The database moved since `schema.json`: {}\n", self.schema.verdict);
            text.push_str("| what | for callers | code |\n|---|---|---|\n");
            for change in &self.schema.changes {
                let items = change.items.iter().map(|item| format!("{} {}", mark(item.touch), code(&item.path)));
                let queries = change.queries.iter().map(|query| format!("! {}", code(query)));
                let touched: Vec<String> = items.chain(queries).collect();
                let line = change.line.replace('|', "\\|");
                let _ = writeln!(text, "| {} | {} | {} |", code(&line), change.verdict, touched.join("<br>").replace('|', "\\|"));
            }
            if let Some((verdict, lines)) = self.others() {
                let touched: Vec<String> =
                    self.schema.others.iter().map(|item| format!("{} {}", mark(item.touch), code(&item.path))).collect();
                let _ = writeln!(text, "| {} | {verdict} | {} |", lines[0], touched.join("<br>").replace('|', "\\|"));
            }
            text.push('\n');
        }
        text.push_str(&items(REFUSED.trim_end_matches(':'), &mut self.unexplained()));
        if !self.files.is_empty() {
            text.push_str("### Generated files that differ\n\n");
            for file in &self.files {
                let _ = writeln!(text, "- {} is {}", code(&file.path), file.what);
            }
            text.push('\n');
        }
        for error in &self.errors {
            let _ = writeln!(text, "```text\n{error}\n```\n");
        }
        let _ = writeln!(text, "{}", self.cure().replace(&self.call.command, &code(&self.call.command)));
        text
    }

    /// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
    fn for_sarif(&self) -> Value {
        let result = |rule: usize, level: &str, message: String, path: &str, region: Option<Value>| {
            let mut location = json!({ "artifactLocation": { "uri": path.replace('\\', "/") } });
            if let Some(region) = region {
                location["region"] = region;
            }
            json!({
                "ruleId": RULES[rule].0,
                "ruleIndex": rule,
                "level": level,
                "message": { "text": message },
                "locations": [{ "physicalLocation": location }],
            })
        };
        let placed = |rule: usize, problem: &Problem| {
            let region = problem.line.map(|line| json!({ "startLine": line, "startColumn": problem.column.unwrap_or(1) }));
            result(rule, "error", problem.message.clone(), &problem.file, region)
        };
        let moved = |verdict: Verdict, lines: Vec<String>| {
            let level = if verdict >= Verdict::Unknown { "error" } else { "warning" };
            result(0, level, lines.join("\n"), &self.call.schema, None)
        };
        let mut results: Vec<Value> = self.schema.problems.iter().map(|problem| placed(4, problem)).collect();
        results.extend(self.schema.changes.iter().map(|change| moved(change.verdict, lines(&change.line, change))));
        results.extend(self.others().map(|(verdict, lines)| moved(verdict, lines)));
        results.extend(self.schema.refused.iter().map(|refused| placed(3, &refused.problem)));
        results.extend(self.files.iter().map(|file| {
            let rule = if file.what == "edited" { 2 } else { 1 };
            result(rule, "error", self.of_file(file), &file.path, None)
        }));
        results.extend(self.errors.iter().map(|error| result(1, "error", error.clone(), &self.call.config, None)));
        let rules: Vec<Value> = RULES.iter().map(|(id, text)| json!({ "id": id, "shortDescription": { "text": text } })).collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "entitree", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "results": results,
            }],
        })
    }
}

/// A change with what it touches, a line each.
fn lines(line: &str, change: &entitree::report::Reported) -> Vec<String> {
    let items = change.items.iter().map(|item| format!("{} {}", mark(item.touch), item.path));
    std::iter::once(line.to_owned()).chain(items).chain(change.queries.iter().map(|query| format!("! {query}"))).collect()
}

/// The title of refused statements.
const REFUSED: &str = "Statements that the server refuses, or that no index serves:";

/// Problems below a title, each with its further lines indented.
fn list<'p>(text: &mut String, title: &str, problems: impl IntoIterator<Item = &'p Problem>) {
    let mut problems = problems.into_iter().peekable();
    if problems.peek().is_some() {
        let _ = writeln!(text, "{title}");
    }
    for problem in problems {
        let _ = writeln!(text, "  {}", problem.to_string().replace('\n', "\n    "));
    }
}

fn first_line(problem: &Problem) -> String {
    problem.to_string().lines().next().unwrap_or_default().to_owned()
}

fn mark(touch: Touch) -> char {
    match touch {
        Touch::New => '+',
        Touch::Changed => '~',
        Touch::Gone => '-',
    }
}

fn painted(verdict: Verdict) -> String {
    let color = match verdict {
        Verdict::Unknown | Verdict::Breaking => AnsiColor::Red,
        Verdict::Compatible => AnsiColor::Yellow,
        Verdict::None => AnsiColor::Green,
    };
    let style = Style::new().fg_color(Some(Color::Ansi(color)));
    format!("{style}{verdict}{style:#}")
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use entitree::items::Touched;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn an_unknown_verdict_counts_as_breaking() {
        let item = Touched {
            path: "entities::public::a".to_owned(),
            touch: Touch::Changed,
            verdict: Verdict::Unknown,
            objects: Vec::new(),
            statement: None,
        };
        let report = Report { others: vec![item], verdict: Verdict::Unknown, bump: Some("major"), ..Report::default() };
        let found = Found::new(report, &[], Path::new("out"), Vec::new(), Call::default());
        assert!([None, Some(Verdict::None), Some(Verdict::Compatible)].into_iter().all(|allowed| found.fails(allowed)));
        assert!(found.text(Format::Github, false).starts_with("::error "));
        assert_eq!(found.for_sarif()["runs"][0]["results"][0]["level"], "error");
        assert!(found.text(Format::Markdown, false).contains("| unknown | ~ `entities::public::a` |"));
    }

    #[test]
    fn the_command_repeats_what_was_given_and_no_password() {
        for (given, expected) in [
            (&["--check"][..], "cargo xtask codegen"),
            (&["--check", "--offline", "--strict"], "cargo xtask codegen --offline --strict"),
            (
                &[
                    "--check",
                    "--out",
                    "my app",
                    "--config",
                    "it's.toml",
                    "--server",
                    "local",
                    "--schemas",
                    "a,b",
                    "--queries",
                    "sql",
                ],
                "cargo xtask codegen --server local --schemas a,b --config 'it'\\''s.toml' --out 'my app' --queries sql",
            ),
            (
                &["--database-url", "postgres://app@db/app?sslmode=require"],
                "cargo xtask codegen --database-url 'postgres://app@db/app?sslmode=require'",
            ),
            (&["--database-url", "postgres:///app"], "cargo xtask codegen --database-url postgres:///app"),
            (&["--database-url", "host=db user=app"], "cargo xtask codegen --database-url 'host=db user=app'"),
        ] {
            let line = Line::parse_from([&["xtask"], given].concat());
            assert_eq!(command(&line.arguments), expected);
        }
        for url in [
            "postgres://ada:secret@db/app",
            "postgres://ada:sec/ret@db/app",
            "postgres://ada:sec@ret@db/app",
            "postgres://db/app?password=secret",
            "postgres://db/app?%70assword=secret",
            "postgres://db/app?sslpassword=secret",
            "host=db password=secret",
            "host=db PassWord = 'secret'",
            "ada:secret@db/app",
        ] {
            let line = Line::parse_from(["xtask", "--database-url", url]);
            assert_eq!(command(&line.arguments), "cargo xtask codegen --database-url …", "{url}");
        }
    }
}
