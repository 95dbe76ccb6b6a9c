//! `codegen.toml`: what to read, how to group it, and every name and type that the user decides.
//!
//! Unknown keys are refused with a suggestion; every error carries file, line and column.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

/// Everything that codegen.toml can say. The default is what no codegen.toml at all means: every
/// schema but the system's, one domain for each schema.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The schemas to read; empty for all but the system's.
    pub schemas: Vec<String>,
    /// The most that one catalogue query may take, in seconds; 60 when absent.
    pub timeout_seconds: Option<u32>,
    /// Derive `Serialize` and `Deserialize` on models and enums.
    pub serde: bool,
    /// Make each domain a feature of both crates, which brings the domains that it refers to: codegen keeps
    /// the features in the manifests, all of them on by default.
    pub domain_features: bool,
    /// What happens to a label of an enum that the generated code does not know.
    pub unknown_labels: UnknownLabels,
    /// Domain name → patterns of its tables: `schema.table`, with `*`, `?`, `[…]` and `{a,b}`; one that begins
    /// with `!` excludes what it matches.
    pub domains: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Pattern of tables → what holds for them.
    pub tables: BTreeMap<Spanned<String>, TableConfig>,
    /// Relations for keys that the database lacks.
    pub relations: Vec<RelationConfig>,
    /// Names that the user prefers.
    pub rename: Rename,
    /// Rust types that the user prefers.
    pub types: Types,
    /// Extra derives.
    pub derives: Derives,
    /// What holds for files of SQL.
    pub queries: Queries,
    /// `schema.table` or `schema.table.column` → the doc comment to use instead of the database's.
    pub comments: BTreeMap<Spanned<String>, String>,
    #[serde(skip)]
    source: Source,
    /// Patterns that were compiled before, by text.
    #[serde(skip)]
    compiled: OnceLock<BTreeMap<String, Pattern>>,
}

/// What holds for files of SQL.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Queries {
    /// Their folder, beside codegen.toml; `queries` when absent.
    pub folder: Option<PathBuf>,
    /// Patterns of tables that stay small: reading all of one is fine. `!` excludes, as in a domain.
    pub small_tables: Vec<Spanned<String>>,
}

/// What happens to a label that a newer database has and the generated code has not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownLabels {
    /// Reading it is an error.
    #[default]
    Error,
    /// Every enum has a variant `Unknown` that keeps it.
    Variant,
}

/// What holds for the tables that a pattern matches.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableConfig {
    /// Whether the generated code may write them.
    pub access: Access,
    /// Why, as the generated documentation says it.
    pub reason: Option<String>,
    /// The columns that identify a row, for a view or a table without a key.
    pub key: Option<Spanned<Vec<String>>>,
    /// Leave them out, with a line in the output that says so.
    pub skip: bool,
    /// Lists by columns that no index serves: `scan_by_…` reads the whole table.
    pub scan_by: Vec<Spanned<Vec<String>>>,
}

/// Whether generated code may write a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// It may.
    #[default]
    ReadWrite,
    /// Inserts, updates and deletes do not compile.
    ReadOnly,
}

/// A relation for a key that the database lacks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationConfig {
    /// `schema.table.column`, or `schema.table.(column, column)`; the table may be a pattern.
    pub from: Spanned<String>,
    /// `schema.table.column`, or `schema.table.(column, column)`.
    pub to: Spanned<String>,
    /// The field's name; by default after the column, as for a foreign key.
    pub name: Option<Spanned<String>>,
    /// The name of the inverse; by default after the table.
    pub inverse: Option<Spanned<String>>,
    /// At most one row refers to a row of the target; known by itself where the column is unique.
    #[serde(default)]
    pub one_to_one: bool,
}

/// Names that the user prefers. Keys are names of the database, values Rust names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rename {
    /// `schema.table` → module name.
    pub tables: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `schema.table.column` → field name.
    pub columns: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `schema.table.relation` (the name it would have) → field name.
    pub relations: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `schema.enum` → type name.
    pub enums: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `schema.enum.label` → variant name.
    pub variants: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `schema.index` → what follows `get_by_` in the functions that a unique index serves.
    pub lookups: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Rust types that the user prefers. The type must implement SeaORM's value traits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Types {
    /// `schema.table.column` → Rust type, or `text` for the server's own text.
    pub columns: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `schema.type` (`pg_catalog.numeric`, `public.citext`) → Rust type, or `text`.
    pub database: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Extra derives, as paths.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Derives {
    /// On every model.
    pub models: Vec<Spanned<String>>,
    /// On every enum.
    pub enums: Vec<Spanned<String>>,
}

/// Where a configuration was read from, to point into it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    path: PathBuf,
    text: String,
}

/// A place in codegen.toml: `codegen.toml:12:5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    path: PathBuf,
    line: usize,
    column: usize,
}

impl Place {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path.display(), self.line, self.column)
    }
}

/// Why codegen.toml could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error("cannot read {}: {source}; write one, or leave out `--config` to take every schema, one domain for each", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file is not TOML, or holds something unknown.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Invalid(Vec<ConfigMistake>),
}

/// A mistake in codegen.toml.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct ConfigMistake {
    /// Where.
    pub place: Place,
    /// What, and the cure.
    pub message: String,
}

/// A compiled pattern of `schema.table`.
#[derive(Clone, Debug)]
pub struct Pattern {
    matcher: GlobMatcher,
    excludes: bool,
}

impl Pattern {
    fn new(text: &str) -> Result<Self, String> {
        let (excludes, glob) = text.strip_prefix('!').map_or((false, text), |glob| (true, glob));
        if !glob.contains('.') {
            let mark = if excludes { "!" } else { "" };
            return Err(format!("write `{mark}public.{glob}`, or `{mark}*.{glob}` for any schema"));
        }
        // A backslash escapes on Windows, too.
        let glob = GlobBuilder::new(glob).backslash_escape(true).build();
        glob.map(|glob| Self { matcher: glob.compile_matcher(), excludes }).map_err(|error| error.kind().to_string())
    }

    /// Whether it matches a qualified name, which it then names or excludes.
    pub fn matches(&self, qualified: &str) -> bool {
        self.matcher.is_match(qualified)
    }
}

/// Whether a list of patterns names a table: one of them matches it, and none excludes it.
pub(crate) fn names(patterns: &[Pattern], qualified: &str) -> bool {
    let matches = |excludes: bool| patterns.iter().any(|pattern| pattern.excludes == excludes && pattern.matches(qualified));
    matches(false) && !matches(true)
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, is not TOML, or says something unknown.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file; `path` is for messages only.
    ///
    /// # Errors
    /// When it is not TOML, or says something unknown.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        let (config, mistakes) = read(text);
        let mut mistakes: Vec<(usize, String)> = mistakes;
        if let Some(config) = &config {
            for (pattern, is_of_list) in config.patterns() {
                let text = pattern.get_ref();
                let wrong = match Pattern::new(text) {
                    Err(message) => Some(format!("`{text}` is no pattern of `schema.table`: {message}")),
                    Ok(pattern) if pattern.excludes && !is_of_list => Some(format!(
                        "`{text}` excludes, which only a pattern in a list can: a domain of [domains], or `small_tables`"
                    )),
                    Ok(_) => None,
                };
                mistakes.extend(wrong.map(|message| (pattern.span().start, message)));
            }
            for list in config.domains.values().chain([&config.queries.small_tables]) {
                if let Some(first) = list.first().filter(|_| list.iter().all(|pattern| pattern.get_ref().starts_with('!'))) {
                    let message =
                        format!("`{}` excludes from an empty list; add a pattern of the tables that belong to it", first.get_ref());
                    mistakes.push((first.span().start, message));
                }
            }
        }
        mistakes.sort();
        match config {
            Some(config) if mistakes.is_empty() => Ok(Self { source, ..config }),
            _ => {
                let placed = |(offset, message)| ConfigMistake { place: source.place(offset), message };
                Err(ConfigError::Invalid(mistakes.into_iter().map(placed).collect()))
            }
        }
    }

    /// Where a value stands in the file.
    pub fn place<T>(&self, value: &Spanned<T>) -> Place {
        self.source.place(value.span().start)
    }

    /// The file's name, `codegen.toml` where there is none.
    pub fn path(&self) -> &Path {
        if self.source.path.as_os_str().is_empty() { Path::new("codegen.toml") } else { &self.source.path }
    }

    /// What tells it from another: its text, and the schemas that the command line may have set.
    pub(crate) fn identity(&self) -> String {
        format!("{}\n{:?}", self.source.text, self.schemas)
    }

    /// The folder of the files of SQL.
    pub fn queries_folder(&self) -> PathBuf {
        let folder = self.queries.folder.as_deref().unwrap_or(Path::new("queries"));
        self.path().parent().map_or_else(|| folder.to_owned(), |beside| beside.join(folder))
    }

    /// Whether reading all of a table is fine.
    pub(crate) fn is_small(&self, qualified: &str) -> bool {
        let patterns: Vec<Pattern> = self.queries.small_tables.iter().map(|pattern| self.compiled(pattern)).collect();
        names(&patterns, qualified)
    }

    /// The domains in the order of their names, patterns compiled.
    pub(crate) fn domain_patterns(&self) -> Vec<(&Spanned<String>, Vec<Pattern>)> {
        self.domains
            .iter()
            .map(|(name, patterns)| (name, patterns.iter().map(|pattern| self.compiled(pattern)).collect()))
            .collect()
    }

    /// The table settings, patterns compiled, in the order of the patterns.
    pub(crate) fn table_patterns(&self) -> Vec<(&Spanned<String>, Pattern, &TableConfig)> {
        self.tables.iter().map(|(pattern, table)| (pattern, self.compiled(pattern), table)).collect()
    }

    /// Every pattern of tables that it holds, and whether it stands in a list, where it may exclude.
    fn patterns(&self) -> impl Iterator<Item = (&Spanned<String>, bool)> {
        let lists = self.domains.values().flatten().chain(&self.queries.small_tables);
        lists.map(|pattern| (pattern, true)).chain(self.tables.keys().map(|pattern| (pattern, false)))
    }

    /// A pattern, which is compiled once: every table asks for it.
    pub(crate) fn compiled(&self, pattern: &Spanned<String>) -> Pattern {
        let known = self
            .compiled
            .get_or_init(|| self.patterns().map(|(pattern, _)| (pattern.get_ref().clone(), checked(pattern))).collect());
        known.get(pattern.get_ref()).cloned().unwrap_or_else(|| checked(pattern))
    }
}

fn checked(pattern: &Spanned<String>) -> Pattern {
    Pattern::new(pattern.get_ref()).expect("Config::parse refuses text that is no pattern")
}

impl Source {
    fn place(&self, offset: usize) -> Place {
        let before = &self.text[..offset.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Place { path: self.path.clone(), line, column }
    }
}

/// Reads all of a text that can be read, and what is wrong with the rest: a mistake is taken out, and the
/// text without it is read again, so that all of them are found.
fn read(text: &str) -> (Option<Config>, Vec<(usize, String)>) {
    let (mut document, errors) = DeTable::parse_recoverable(text);
    let mut mistakes = Vec::new();
    if !errors.is_empty() {
        mistakes.extend(errors.iter().map(|error| (error.span().map_or(0, |span| span.start), error.message().to_owned())));
        return (None, mistakes);
    }
    // The places of tables from which a key was taken, which they may now miss.
    let mut incomplete = Vec::new();
    loop {
        let error = match Config::deserialize(toml::Deserializer::from(document.clone())) {
            Ok(config) => return (Some(config), mistakes),
            Err(error) => error,
        };
        let place = error.span().unwrap_or(0..0);
        let is_missing = error.message().starts_with("missing field");
        if !(is_missing && incomplete.contains(&place)) {
            mistakes.push((place.start, with_suggestion(error.message())));
        }
        let root = document.span();
        if !remove(document.get_mut(), &root, &place, &mut incomplete) {
            return (None, mistakes);
        }
    }
}

/// Takes the key or value at a place out of a table, or of what is in it, and notes the place of the table
/// that it was taken from. Returns whether there was one.
fn remove(table: &mut DeTable<'_>, at: &Range<usize>, place: &Range<usize>, incomplete: &mut Vec<Range<usize>>) -> bool {
    // An array of tables has the place of its first table.
    if table.iter_mut().any(|(_, value)| remove_inside(value, place, incomplete)) {
        return true;
    }
    let found = table.iter().find(|(key, value)| key.span() == *place || value.span() == *place).map(|(key, _)| key.clone());
    incomplete.extend(found.as_ref().map(|_| at.clone()));
    found.is_some_and(|key| table.remove(&key).is_some())
}

fn remove_inside(value: &mut Spanned<DeValue<'_>>, place: &Range<usize>, incomplete: &mut Vec<Range<usize>>) -> bool {
    let at = value.span();
    match value.get_mut() {
        DeValue::Table(table) => remove(table, &at, place, incomplete),
        DeValue::Array(array) => {
            if let Some(position) = array.iter().position(|element| element.span() == *place) {
                let mut kept = DeArray::new();
                array.iter().enumerate().filter(|(at, _)| *at != position).for_each(|(_, element)| kept.push(element.clone()));
                *array = kept;
                return true;
            }
            array.iter_mut().any(|element| remove_inside(element, place, incomplete))
        }
        _ => false,
    }
}

/// Serde lists what it expected; say which of them was meant.
fn with_suggestion(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(unknown) = quoted.next() else { return message.to_owned() };
    match closest(unknown, quoted) {
        Some(meant) if message.starts_with("unknown") => format!("{message}; did you mean `{meant}`?"),
        _ => message.to_owned(),
    }
}

/// How many names a message lists.
const LISTED: usize = 20;

/// Names in a sentence: `a`, `b` and 3 more.
pub(crate) fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    let more = names.len() - shown.len();
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// The nearest of some names, where one is near enough to be meant.
pub(crate) fn closest<'a>(name: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    among
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 3).max(2))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Config::parse(text, Path::new("codegen.toml")).expect_err("the text is wrong").to_string()
    }

    #[test]
    fn unknown_keys_are_refused_with_place_and_suggestion() {
        let message = error("schemas = [\"public\"]\n\n[doamins]\nusers = [\"public.*\"]\n");
        assert!(message.starts_with("codegen.toml:3:2: unknown field `doamins`"), "{message}");
        assert!(message.ends_with("did you mean `domains`?"), "{message}");
    }

    #[test]
    fn a_wrong_type_points_at_the_value() {
        let message = error("schemas = \"public\"\n");
        assert!(message.starts_with("codegen.toml:1:11: invalid type: string"), "{message}");
    }

    #[test]
    fn a_pattern_without_a_schema_is_refused_with_the_cure() {
        let message = error("[domains]\nusers = [\"user_*\"]\n");
        assert_eq!(
            message,
            "codegen.toml:2:10: `user_*` is no pattern of `schema.table`: write `public.user_*`, or `*.user_*` for any schema"
        );
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let message = error(
            "shemas = [\"public\"]\ntimeout_seconds = \"long\"\n[tables.\"public.a\"]\nacess = \"read-only\"\nskip = 1\n\
             [[relations]]\nform = \"public.a.b\"\nto = \"public.c.d\"\n[[relations]]\nto = \"public.c.d\"\n\
             [rename.table]\n\"public.a\" = \"b\"\n[types]\ncolumns = { \"public.a.b\" = 1 }\n[domains]\nx = [\"y\", \"!z\"]\n",
        );
        let lines: Vec<&str> = message.lines().collect();
        let expected = [
            ("codegen.toml:1:1: unknown field `shemas`", "did you mean `schemas`?"),
            ("codegen.toml:2:19: invalid type: string", "expected u32"),
            ("codegen.toml:4:1: unknown field `acess`", "did you mean `access`?"),
            ("codegen.toml:5:8: invalid type: integer", "expected a boolean"),
            ("codegen.toml:7:1: unknown field `form`", "did you mean `from`?"),
            ("codegen.toml:9:", "missing field `from`"),
            ("codegen.toml:11:9: unknown field `table`", "did you mean `tables`?"),
            ("codegen.toml:14:28: invalid type: integer", "expected a string"),
            ("codegen.toml:16:6: `y` is no pattern", "`*.y` for any schema"),
            ("codegen.toml:16:11: `!z` is no pattern", "`!*.z` for any schema"),
        ];
        assert_eq!(lines.len(), expected.len(), "{message}");
        for (line, (start, end)) in lines.iter().zip(expected) {
            assert!(line.starts_with(start) && line.ends_with(end), "{line}\nexpected {start} … {end}");
        }
        let syntax = error("schemas = [1, ,]\nserde = maybe\n");
        assert!(syntax.lines().count() >= 2, "{syntax}");
    }

    #[test]
    fn patterns_exclude() {
        let config = Config::parse(
            "[domains]\nusers = [\"public.user*\", \"!public.user_tmp_*\"]\n[queries]\nsmall_tables = [\"!a.big\", \"a.*\"]\n",
            Path::new("codegen.toml"),
        )
        .expect("patterns");
        let patterns = config.domain_patterns();
        let is_user = |table: &str| names(&patterns[0].1, table);
        assert!(is_user("public.users") && !is_user("public.user_tmp_1") && !is_user("public.orders"));
        assert!(config.is_small("a.small") && !config.is_small("a.big"));
        assert_eq!(
            error("[domains]\nusers = [\"!public.users\"]\n[tables.\"!public.a\"]\nskip = true\n"),
            "codegen.toml:2:10: `!public.users` excludes from an empty list; add a pattern of the tables that belong to it\n\
             codegen.toml:3:9: `!public.a` excludes, which only a pattern in a list can: a domain of [domains], or `small_tables`"
        );
    }

    #[test]
    fn text_that_is_not_toml_is_placed() {
        assert!(error("schemas = [\n").starts_with("codegen.toml:"), "{}", error("schemas = [\n"));
    }
}
