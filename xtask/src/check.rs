//! `cargo xtask codegen --check`: three questions, answered apart. Does the database match
//! schema.json? Do the files match schema.json and codegen.toml? Was a generated file edited by hand?

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use anstyle::{AnsiColor, Color, Style};
use entitree::{
    Change,
    items::{Touch, Verdict},
    report::Report,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

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
const RULES: [(&str, &str); 3] = [
    ("schema-drift", "The database is not what schema.json says"),
    ("generator-drift", "A generated file is not what schema.json and codegen.toml give"),
    ("edited-by-hand", "A generated file was edited by hand"),
];

impl Found {
    /// What the database and the files say.
    pub fn new(schema: Report, changes: &[Change], out: &Path, errors: Vec<String>) -> Self {
        let path = |change: &Change| out.join(&change.path).display().to_string();
        let files = changes.iter().map(|change| FileDrift { path: path(change), what: change.kind.word() }).collect();
        let diffs = changes.iter().filter_map(|change| Some((path(change), change.difference()?)));
        Self { version: VERSION, schema, files, errors, diffs: diffs.collect() }
    }

    /// Whether anything differs that is not allowed to.
    pub fn fails(&self, allowed: Option<Verdict>) -> bool {
        let has_drift = !self.schema.changes.is_empty() || !self.schema.others.is_empty();
        let is_allowed = allowed.is_some_and(|allowed| self.schema.verdict <= allowed);
        has_drift && !is_allowed || !self.files.is_empty() || !self.errors.is_empty()
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
            text.push_str("  and with these changes:\n");
            for item in &self.schema.others {
                let _ = writeln!(text, "    {} {}", mark(item.touch), item.path);
            }
        }
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
            text.push_str("To take it over: cargo xtask codegen\n");
        }
        text
    }

    /// <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>
    fn for_github(&self) -> String {
        let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let mut text = String::new();
        let file = "generated/schema.json";
        for change in &self.schema.changes {
            let level = if change.verdict == Verdict::Breaking { "error" } else { "warning" };
            let message = escaped(&lines(&change.line, change).join("\n"));
            let _ = writeln!(text, "::{level} file={file},title=schema drift ({})::{message}", change.verdict);
        }
        for file in &self.files {
            let title = if file.what == "edited" { "edited by hand" } else { "generator drift" };
            let path = escaped(&file.path);
            let _ = writeln!(text, "::error file={path},title={title}::{path} is {}: run `cargo xtask codegen`", file.what);
        }
        for error in &self.errors {
            let _ = writeln!(text, "::error title=check::{}", escaped(error));
        }
        text
    }

    fn for_markdown(&self) -> String {
        let code = |text: &str| format!("`{}`", text.replace('`', "'"));
        if !self.fails(None) {
            return "**No drift**: the database, `schema.json` and the generated files agree.\n".to_owned();
        }
        let mut text = String::new();
        if !self.schema.changes.is_empty() {
            let _ = writeln!(text, "### The database moved since `schema.json`: {}\n", self.schema.verdict);
            text.push_str("| what | for callers | code |\n|---|---|---|\n");
            for change in &self.schema.changes {
                let items = change.items.iter().map(|item| format!("{} {}", mark(item.touch), code(&item.path)));
                let queries = change.queries.iter().map(|query| format!("! {}", code(query)));
                let touched: Vec<String> = items.chain(queries).collect();
                let line = change.line.replace('|', "\\|");
                let _ = writeln!(text, "| {} | {} | {} |", code(&line), change.verdict, touched.join("<br>").replace('|', "\\|"));
            }
            text.push('\n');
        }
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
        text.push_str("To take it over, run `cargo xtask codegen`.\n");
        text
    }

    /// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
    fn for_sarif(&self) -> Value {
        let result = |rule: usize, level: &str, message: String, path: &str| {
            json!({
                "ruleId": RULES[rule].0,
                "ruleIndex": rule,
                "level": level,
                "message": { "text": message },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": path.replace('\\', "/") } } }],
            })
        };
        let mut results: Vec<Value> = self
            .schema
            .changes
            .iter()
            .map(|change| {
                let level = if change.verdict == Verdict::Breaking { "error" } else { "warning" };
                result(0, level, lines(&change.line, change).join("\n"), "generated/schema.json")
            })
            .collect();
        results.extend(self.files.iter().map(|file| {
            let rule = if file.what == "edited" { 2 } else { 1 };
            result(rule, "error", format!("{} is {}: run `cargo xtask codegen`", file.path, file.what), &file.path)
        }));
        results.extend(self.errors.iter().map(|error| result(1, "error", error.clone(), "codegen.toml")));
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

fn mark(touch: Touch) -> char {
    match touch {
        Touch::New => '+',
        Touch::Changed => '~',
        Touch::Gone => '-',
    }
}

fn painted(verdict: Verdict) -> String {
    let color = match verdict {
        Verdict::Breaking => AnsiColor::Red,
        Verdict::Compatible => AnsiColor::Yellow,
        Verdict::None => AnsiColor::Green,
    };
    let style = Style::new().fg_color(Some(Color::Ansi(color)));
    format!("{style}{verdict}{style:#}")
}
