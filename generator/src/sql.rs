//! Files of SQL: several statements, each with a header, `:named` parameters and a few comments that
//! say more.
//!
//! ```text
//! -- Members who joined since a day, by name where one is given.
//! -- name: members_since :many
//! -- @column note not null
//! select id, note from members
//! where joined >= :since
//!   and name = :name -- @if name
//! ```
//!
//! A line that ends with `-- @if name` is part of the statement only where the parameter `name` is
//! given; a comment `-- @if name` that stands alone begins such a part, which `-- @end` ends. Several
//! names, with commas, must all be given. A name that is no parameter is an argument that says yes
//! or no.

use std::{
    fmt, fs,
    ops::Range,
    path::{Path, PathBuf},
    str::FromStr,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::closest;

/// A file of statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it is, as messages say it.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The statements, in order.
    pub statements: Vec<Statement>,
}

/// A statement of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The name: of the header, else `statement_` and the position.
    pub name: String,
    /// A header gives the name.
    pub is_named: bool,
    /// What the header says of the result.
    pub command: Option<Command>,
    /// The comments before the statement that say nothing to Entitree, a line each.
    pub docs: Vec<String>,
    /// The SQL in parts.
    pub fragments: Vec<Fragment>,
    /// The names of the parameters, in the order of their first use.
    pub parameters: Vec<String>,
    /// What each `@if` asks for, all of which must be given, in the order of their first use.
    pub conditions: Vec<Vec<String>>,
    /// Why a sequential scan is fine, where a comment says so.
    pub allow_scan: Option<String>,
    /// Types and nullability that comments decide.
    pub overrides: Vec<Override>,
    /// Where the SQL begins, in bytes of the file.
    pub offset: usize,
}

/// A part of a statement's SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// What it is.
    pub piece: Piece,
    /// The condition that it is there under, as a position.
    pub condition: Option<usize>,
    /// Where it stands, in bytes of the file.
    pub offset: usize,
}

/// SQL, or a parameter in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// SQL as it is written.
    Text(String),
    /// A parameter, as a position.
    Parameter(usize),
}

/// What a comment decides of a parameter or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Of a parameter, else of a column.
    pub is_parameter: bool,
    /// Its name.
    pub name: String,
    /// The Rust type, if that is said.
    pub rust: Option<String>,
    /// Whether it can be NULL, if that is said.
    pub nullable: Option<bool>,
    /// Where it is said, in bytes of the file.
    pub offset: usize,
}

/// What a statement gives: <https://docs.sqlc.dev/en/stable/reference/query-annotations.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Command {
    /// Exactly one row: none is an error.
    One,
    /// One row, or none.
    Optional,
    /// All rows.
    Many,
    /// The rows one after the other.
    Stream,
    /// Nothing.
    Exec,
    /// How many rows were written.
    Rows,
}

const COMMANDS: [(&str, Command); 6] = [
    ("one", Command::One),
    ("optional", Command::Optional),
    ("many", Command::Many),
    ("stream", Command::Stream),
    ("exec", Command::Exec),
    ("rows", Command::Rows),
];

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(COMMANDS.iter().find(|(_, command)| command == self).map_or("", |(name, _)| name))
    }
}

impl FromStr for Command {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        COMMANDS.iter().find(|(name, _)| *name == text).map(|(_, command)| *command).ok_or_else(|| {
            let all: Vec<String> = COMMANDS.iter().map(|(name, _)| format!(":{name}")).collect();
            format!("`:{text}` is none of {}", all.join(", "))
        })
    }
}

/// Something wrong in a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Mistake {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What, and the cure.
    pub message: String,
    /// The line's text, and how many characters of it are meant; none where the whole file is.
    pub excerpt: Option<(String, usize)>,
    /// The name of the statement that is wrong, where it is one.
    pub statement: Option<String>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((source, length)) = &self.excerpt else { return write!(f, "{}: {}", self.path.display(), self.message) };
        write!(f, "{}:{}:{}: ", self.path.display(), self.line, self.column)?;
        let (first, rest) = self.message.split_once('\n').unwrap_or((&self.message, ""));
        // A tab stays a tab, so that the caret stands below what it means.
        let blank: String = source.chars().take(self.column - 1).map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect();
        write!(f, "{first}\n  {source}\n  {blank}{}", "^".repeat((*length).max(1)))?;
        rest.lines().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

impl File {
    /// Reads the statements of a text; `path` is for messages.
    ///
    /// # Errors
    /// All mistakes in headers and comments at once.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Mistake>> {
        let mut file = Self { path: path.to_owned(), text: text.replace("\r\n", "\n"), statements: Vec::new() };
        let (statements, wrong) = statements(&file.text);
        file.statements = statements;
        if wrong.is_empty() {
            return Ok(file);
        }
        Err(wrong.into_iter().map(|(offset, message)| file.mistake(offset, message)).collect())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, and all mistakes in headers and comments at once.
    pub fn read(path: &Path) -> Result<Self, Vec<Mistake>> {
        let text = fs::read_to_string(path).map_err(|error| vec![Mistake::of_file(path, format!("cannot read it: {error}"))])?;
        Self::parse(path, &text)
    }

    /// `folder/file.sql`: the name that schema.json gives it.
    pub fn name(&self) -> String {
        let mut parts: Vec<String> = self.path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        parts.drain(..parts.len().saturating_sub(2));
        parts.join("/")
    }

    /// A mistake at a place in bytes.
    pub fn mistake(&self, offset: usize, message: String) -> Mistake {
        let offset = offset.min(self.text.len());
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let is_word = |letter: &char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '"' | ':');
        let words = self.text[offset..].chars().take_while(is_word).count();
        Mistake {
            path: self.path.clone(),
            line: self.text[..start].matches('\n').count() + 1,
            column: self.text[start..offset].chars().count() + 1,
            message,
            excerpt: Some((line.to_owned(), if words == 0 { line[offset - start..].trim_end().chars().count() } else { words })),
            statement: None,
        }
    }
}

impl Mistake {
    /// A mistake that no place of the file stands for.
    pub fn of_file(path: &Path, message: String) -> Self {
        Self { path: path.to_owned(), line: 0, column: 0, message, excerpt: None, statement: None }
    }
}

/// Reads the files of a folder: `<domain>/<file>.sql`, sorted. A folder that is not there holds none.
///
/// # Errors
/// All mistakes of all files at once.
pub fn read_folder(folder: &Path) -> Result<Vec<File>, Vec<Mistake>> {
    let (mut files, mut mistakes) = (Vec::new(), Vec::new());
    if !folder.exists() {
        return Ok(files);
    }
    let list = |folder: &Path| -> Result<Vec<PathBuf>, Vec<Mistake>> {
        let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
        let mut entries: Vec<PathBuf> =
            entries.map_err(|error: std::io::Error| vec![Mistake::of_file(folder, format!("cannot read it: {error}"))])?;
        entries.sort();
        Ok(entries)
    };
    let is_sql = |path: &Path| path.extension().is_some_and(|extension| extension == "sql");
    for domain in list(folder)? {
        if !domain.is_dir() {
            if is_sql(&domain) {
                mistakes.push(Mistake::of_file(
                    &domain,
                    "move it into the folder of a domain, which names the module of its functions".to_owned(),
                ));
            }
            continue;
        }
        for path in list(&domain)? {
            if path.is_dir() {
                mistakes.push(Mistake::of_file(
                    &path,
                    "move the SQL files into the folder of a domain: Entitree does not look deeper".to_owned(),
                ));
            } else if is_sql(&path) {
                match File::read(&path) {
                    Ok(file) => files.push(file),
                    Err(wrong) => mistakes.extend(wrong),
                }
            }
        }
    }
    if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
}

/// The SQL of a statement under some of its conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// The SQL, with `$1`, `$2`, …
    pub sql: String,
    /// The parameters behind the numbers, as positions.
    pub parameters: Vec<usize>,
    /// Where parts of the SQL stand: in bytes of the SQL, and of the file.
    places: Vec<(usize, usize)>,
}

impl Variant {
    /// The place in the file of a place in the SQL, counted in characters from 0 as the server does.
    pub fn place(&self, position: usize) -> usize {
        let byte = self.sql.char_indices().nth(position).map_or(self.sql.len(), |(byte, _)| byte);
        self.places.iter().rev().find(|(at, _)| *at <= byte).map_or(0, |(at, offset)| offset + (byte - at))
    }
}

impl Statement {
    /// The SQL under the conditions that hold, with what a parameter is cast to written behind it.
    pub fn variant(&self, holds: impl Fn(usize) -> bool, cast: impl Fn(usize) -> Option<String>) -> Variant {
        let mut variant = Variant::default();
        for (position, fragment) in self.fragments.iter().enumerate() {
            if !fragment.condition.is_none_or(&holds) {
                continue;
            }
            variant.places.push((variant.sql.len(), fragment.offset));
            match &fragment.piece {
                Piece::Text(text) => variant.sql.push_str(text),
                Piece::Parameter(parameter) => {
                    let known = variant.parameters.iter().position(|known| known == parameter);
                    let number = known.unwrap_or_else(|| {
                        variant.parameters.push(*parameter);
                        variant.parameters.len() - 1
                    });
                    variant.sql.push_str(&format!("${}", number + 1));
                    if let Some(cast) = cast(*parameter).filter(|_| !self.is_cast(position)) {
                        variant.sql.push_str(&format!("::{cast}"));
                    }
                }
            }
        }
        variant
    }

    /// Whether the statement itself casts the parameter that a fragment is.
    pub fn is_cast(&self, fragment: usize) -> bool {
        let after = self.fragments.get(fragment + 1).map(|after| &after.piece);
        matches!(after, Some(Piece::Text(text)) if text.starts_with("::"))
    }

    /// Whether a condition asks for a name: it may then not be given.
    pub fn is_asked_for(&self, name: &str) -> bool {
        self.conditions.iter().flatten().any(|asked| asked == name)
    }
}

/// The most conditions of one statement: all their combinations are checked.
const MOST_CONDITIONS: usize = 8;

type Wrong = Vec<(usize, String)>;

/// Reads the statements of a text, and what is wrong with them.
fn statements(text: &str) -> (Vec<Statement>, Wrong) {
    let mut statements: Vec<Statement> = Vec::new();
    let mut wrong = Wrong::new();
    for part in split(text) {
        let pieces = pieces(text, part.clone());
        let first = pieces.iter().find(|(kind, range)| match kind {
            Kind::Comment => false,
            Kind::Quoted => true,
            Kind::Code => !text[range.clone()].trim().is_empty(),
        });
        let Some((_, first)) = first else { continue };
        let start = first.start + (text[first.clone()].len() - text[first.clone()].trim_start().len());
        let mut statement = Statement { offset: start, ..Statement::default() };
        for (_, range) in pieces.iter().filter(|(kind, range)| *kind == Kind::Comment && text[range.clone()].starts_with("--")) {
            let comment = text[range.start + 2..range.end].trim();
            let is_condition = comment.starts_with("@if") || comment == "@end";
            if let Err(message) = if is_condition { Ok(()) } else { directive(comment, range.start, &mut statement) } {
                wrong.push((range.start, message));
            } else if range.start < start && !comment.starts_with('@') && !comment.starts_with("name:") {
                statement.docs.push(comment.to_owned());
            }
        }
        if !statement.is_named {
            statement.name = format!("statement_{}", statements.len() + 1);
        } else if statements.iter().any(|other| other.name == statement.name) {
            wrong.push((start, format!("`{}` is the name of two statements of this file; rename one", statement.name)));
        }
        fragments(text, start..part.end, &pieces, &mut statement, &mut wrong);
        statements.push(statement);
    }
    (statements, wrong)
}

fn directive(comment: &str, offset: usize, statement: &mut Statement) -> Result<(), String> {
    if let Some(header) = comment.strip_prefix("name:") {
        let mut words = header.split_whitespace();
        let name = words.next().ok_or("write `-- name: the_name :many`")?;
        if !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
            || name.starts_with(|letter: char| letter.is_ascii_digit())
        {
            return Err(format!("`{name}` is not a name for a function: use letters, digits and `_`"));
        }
        name.clone_into(&mut statement.name);
        statement.is_named = true;
        if let Some(command) = words.next() {
            statement.command = Some(command.strip_prefix(':').unwrap_or(command).parse()?);
        }
        return Ok(());
    }
    let Some(said) = comment.strip_prefix('@') else { return Ok(()) };
    let (word, said) = said.split_once([' ', ':']).unwrap_or((said, ""));
    let said = said.trim_start_matches(':').trim();
    match word {
        "allow-scan" if said.is_empty() => Err("say why: `-- @allow-scan: a nightly report`".to_owned()),
        "allow-scan" => {
            statement.allow_scan = Some(said.to_owned());
            Ok(())
        }
        "param" | "column" => {
            let (name, what) = said.split_once(' ').unwrap_or((said, ""));
            let what = what.trim();
            if name.is_empty() {
                return Err(format!("write `-- @{word} name type`, or `-- @{word} name not null`"));
            }
            let lower = what.to_lowercase();
            let (nullable, rust) = match lower.as_str() {
                "not null" => (Some(false), None),
                "null" | "nullable" => (Some(true), None),
                lower if lower.ends_with(" not null") => (Some(false), Some(what[..what.len() - 9].trim().to_owned())),
                lower if lower.ends_with(" null") => (Some(true), Some(what[..what.len() - 5].trim().to_owned())),
                "" => return Err(format!("say what `{name}` is: a Rust type, `null` or `not null`")),
                _ => (None, Some(what.to_owned())),
            };
            if let Some(rust) = rust.as_ref().filter(|rust| syn::parse_str::<syn::Type>(rust).is_err()) {
                return Err(format!("`{rust}` is not a Rust type"));
            }
            let name = name.trim_start_matches(':').to_owned();
            statement.overrides.push(Override { is_parameter: word == "param", name, rust, nullable, offset });
            Ok(())
        }
        _ => {
            let known = ["allow-scan", "column", "end", "if", "param"];
            let meant = closest(word, known.into_iter()).map(|meant| format!("; did you mean `@{meant}`?")).unwrap_or_default();
            Err(format!("`@{word}` is not a comment that Entitree knows{meant}"))
        }
    }
}

/// Cuts the SQL of a statement into fragments: line comments left out, parameters and conditions
/// told apart.
fn fragments(text: &str, range: Range<usize>, pieces: &[(Kind, Range<usize>)], statement: &mut Statement, wrong: &mut Wrong) {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1).max(range.start);
    let line_end = |at: usize| text[at..range.end].find('\n').map_or(range.end, |newline| at + newline + 1);
    let mut dropped: Vec<Range<usize>> = Vec::new();
    let mut conditional: Vec<(Range<usize>, usize)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let comments = pieces.iter().filter(|(kind, comment)| {
        *kind == Kind::Comment && comment.start >= range.start && text[comment.clone()].starts_with("--")
    });
    for (_, comment) in comments {
        let before = &text[line_start(comment.start)..comment.start];
        let is_alone = before.trim().is_empty();
        dropped.push(if is_alone {
            line_start(comment.start)..line_end(comment.start)
        } else {
            line_start(comment.start) + before.trim_end().len()..comment.end
        });
        let said = text[comment.start + 2..comment.end].trim();
        if let Some(name) = said.strip_prefix("@if") {
            let names: Vec<String> =
                name.trim_start_matches(':').split(',').map(|name| name.trim().trim_start_matches(':').to_owned()).collect();
            let is_name = |name: &String| !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
            if !names.iter().all(is_name) {
                wrong.push((comment.start, "name what must be given: `-- @if name`, or `-- @if one, other`".to_owned()));
                continue;
            }
            let condition = statement.conditions.iter().position(|known| *known == names).unwrap_or_else(|| {
                statement.conditions.push(names.clone());
                statement.conditions.len() - 1
            });
            match (is_alone, open) {
                (false, None) => conditional.push((line_start(comment.start)..line_end(comment.start), condition)),
                (true, None) => open = Some((comment.start, condition)),
                (_, Some(_)) => {
                    wrong.push((comment.start, "a condition begins inside another: end the first with `-- @end`".to_owned()));
                }
            }
        } else if said == "@end" {
            match open.take() {
                Some((start, condition)) => conditional.push((start..comment.start, condition)),
                None => {
                    wrong.push((comment.start, "this `-- @end` has no `-- @if name` on a line of its own before it".to_owned()));
                }
            }
        }
    }
    if let Some((start, _)) = open {
        wrong.push((start, "end the condition with a line `-- @end`".to_owned()));
    }
    if statement.conditions.len() > MOST_CONDITIONS {
        let message = format!(
            "a statement can have {MOST_CONDITIONS} conditions, and this one has {}: split it into two",
            statement.conditions.len()
        );
        wrong.push((range.start, message));
        return;
    }
    let end = range.start + text[range.clone()].trim_end().len();
    let mut cuts: Vec<usize> = dropped.iter().flat_map(|range| [range.start, range.end]).collect();
    cuts.extend(conditional.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.sort_unstable();
    for (kind, piece) in pieces {
        let piece = piece.start.max(range.start)..piece.end.min(end);
        if piece.is_empty() {
            continue;
        }
        let mut starts = vec![piece.start];
        starts.extend(cuts.iter().copied().filter(|cut| piece.contains(cut) && *cut > piece.start));
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([piece.end]).collect();
        for (start, end) in starts.into_iter().zip(ends) {
            if dropped.iter().any(|range| range.contains(&start)) {
                continue;
            }
            let condition = conditional.iter().find(|(range, _)| range.contains(&start)).map(|(_, condition)| *condition);
            if *kind == Kind::Code {
                code(&text[start..end], start, condition, statement);
            } else {
                statement.fragments.push(Fragment { piece: Piece::Text(text[start..end].to_owned()), condition, offset: start });
            }
        }
    }
    // What a condition leaves behind at the end.
    while let Some(Fragment { piece: Piece::Text(text), .. }) = statement.fragments.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            break;
        }
        statement.fragments.pop();
    }
    for fragment in &statement.fragments {
        if let Piece::Parameter(parameter) = fragment.piece
            && let name = &statement.parameters[parameter]
            && statement.is_asked_for(name)
            && !fragment.condition.is_some_and(|condition| statement.conditions[condition].contains(name))
        {
            let message = format!("`:{name}` may be missing here: only a part under `-- @if {name}` can use it");
            wrong.push((fragment.offset, message));
        }
    }
}

/// The parameters of a piece of code, and the text between them.
fn code(code: &str, offset: usize, condition: Option<usize>, statement: &mut Statement) {
    let mut text_start = 0;
    let mut from = 0;
    while let Some(at) = code[from..].find(':').map(|at| from + at) {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        let tail = &code[at + 1..];
        let name: String = tail.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        // `::type`, `:=` and the bounds of a slice are none.
        let is_name = before != ':' && name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
        let is_slice = before.is_alphanumeric() || matches!(before, '_' | ']' | ')');
        if !is_name || is_slice {
            from = at + 1;
            continue;
        }
        if text_start < at {
            let text = Piece::Text(code[text_start..at].to_owned());
            statement.fragments.push(Fragment { piece: text, condition, offset: offset + text_start });
        }
        let parameter = statement.parameters.iter().position(|known| *known == name).unwrap_or_else(|| {
            statement.parameters.push(name.clone());
            statement.parameters.len() - 1
        });
        statement.fragments.push(Fragment { piece: Piece::Parameter(parameter), condition, offset: offset + at });
        from = at + 1 + name.len();
        text_start = from;
    }
    if text_start < code.len() {
        let text = Piece::Text(code[text_start..].to_owned());
        statement.fragments.push(Fragment { piece: text, condition, offset: offset + text_start });
    }
}

/// What a stretch of SQL is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Code,
    Quoted,
    Comment,
}

/// Cuts SQL into code, quoted text and comments.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>
fn pieces(whole: &str, part: Range<usize>) -> Vec<(Kind, Range<usize>)> {
    let text = &whole[..part.end];
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut start = part.start;
    let mut position = part.start;
    let find = |from: usize, what: &str| text[from..].find(what).map_or(text.len(), |at| from + at + what.len());
    while position < bytes.len() {
        let rest = &text[position..];
        let (piece, end) = if rest.starts_with("--") {
            (Kind::Comment, text[position..].find('\n').map_or(text.len(), |at| position + at))
        } else if rest.starts_with("/*") {
            let mut depth = 1;
            let mut at = position + 2;
            while depth > 0 && at < bytes.len() {
                if text[at..].starts_with("/*") {
                    depth += 1;
                    at += 2;
                } else if text[at..].starts_with("*/") {
                    depth -= 1;
                    at += 2;
                } else {
                    at += text[at..].chars().next().map_or(1, char::len_utf8);
                }
            }
            (Kind::Comment, at)
        } else if rest.starts_with('\'') {
            let escapes = position > 0
                && matches!(bytes[position - 1], b'e' | b'E')
                && !(position > 1 && (bytes[position - 2].is_ascii_alphanumeric() || bytes[position - 2] == b'_'));
            let mut at = position + 1;
            while at < bytes.len() {
                match bytes[at] {
                    b'\\' if escapes => at += 2,
                    b'\'' => break,
                    _ => at += 1,
                }
            }
            (Kind::Quoted, (at + 1).min(bytes.len()))
        } else if rest.starts_with('"') {
            (Kind::Quoted, find(position + 1, "\""))
        } else if let Some(tag) = dollar_tag(rest)
            .filter(|_| position == 0 || !(bytes[position - 1].is_ascii_alphanumeric() || bytes[position - 1] == b'_'))
        {
            (Kind::Quoted, find(position + tag.len(), tag))
        } else {
            position += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if start < position {
            pieces.push((Kind::Code, start..position));
        }
        pieces.push((piece, position..end));
        position = end;
        start = end;
    }
    if start < text.len() {
        pieces.push((Kind::Code, start..text.len()));
    }
    pieces
}

/// `$tag$`
fn dollar_tag(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('$')?;
    let end = inside.find('$')?;
    let tag = &inside[..end];
    let is_tag = tag.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !tag.starts_with(|letter: char| letter.is_ascii_digit());
    is_tag.then(|| &text[..end + 2])
}

/// The statements between semicolons.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (kind, range) in pieces(text, 0..text.len()) {
        if kind == Kind::Code {
            for (at, _) in text[range.clone()].match_indices(';') {
                parts.push(start..range.start + at);
                start = range.start + at + 1;
            }
        }
    }
    parts.push(start..text.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Vec<Statement> {
        File::parse(Path::new("a.sql"), text).expect("statements").statements
    }

    fn sql(statement: &Statement, holds: &[usize]) -> String {
        statement.variant(|condition| holds.contains(&condition), |_| None).sql
    }

    #[test]
    fn files_are_read() {
        let text = "-- Doc.\n-- name: one_of :one\n-- @param id i64\n-- @column note String not null\nselect ':no' as a, $$;:no$$, x::text, a[1:2] -- ;\nfrom t where id = :id and (b = :b or c = :id); \n\nselect 1;\n-- only a comment\n;/* and another */";
        let found = parsed(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name.as_str(), found[0].command), ("one_of", Some(Command::One)));
        assert_eq!(found[0].docs, ["Doc."]);
        assert_eq!(found[0].parameters, ["id", "b"]);
        assert_eq!(
            sql(&found[0], &[]),
            "select ':no' as a, $$;:no$$, x::text, a[1:2]\nfrom t where id = $1 and (b = $2 or c = $1)"
        );
        assert_eq!(found[0].overrides.len(), 2);
        assert_eq!((found[1].name.as_str(), sql(&found[1], &[]).as_str()), ("statement_2", "select 1"));
    }

    #[test]
    fn conditions_choose_lines() {
        let text = "select id from t\nwhere true\n  and a = :a -- @if a\n-- @if deep\n  and b = :b\n  and c\n-- @end\norder by id";
        let found = &parsed(text)[0];
        assert_eq!(found.conditions, [["a"], ["deep"]]);
        assert_eq!(sql(found, &[]), "select id from t\nwhere true\norder by id");
        assert_eq!(sql(found, &[0]), "select id from t\nwhere true\n  and a = $1\norder by id");
        assert_eq!(sql(found, &[1]), "select id from t\nwhere true\n  and b = $1\n  and c\norder by id");
        assert_eq!(sql(found, &[0, 1]), "select id from t\nwhere true\n  and a = $1\n  and b = $2\n  and c\norder by id");
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let text = "-- name: x :many\nselect é, :long_name, wrong -- @if long_name\n";
        let file = File::parse(Path::new("a.sql"), text).expect("a statement");
        let variant = file.statements[0].variant(|_| true, |_| Some("text".to_owned()));
        let position = variant.sql.chars().position(|letter| letter == 'w').expect("a word");
        let mistake = file.mistake(variant.place(position), "there is no column\nhint: look".to_owned());
        assert_eq!(
            mistake.to_string(),
            "a.sql:2:23: there is no column\n  select é, :long_name, wrong -- @if long_name\n  \
             \u{20}                     ^^^^^\n  hint: look"
        );
    }

    #[test]
    fn mistakes_say_their_line() {
        let text = "select 1;\n-- name: x :some\nselect 2;\n-- @allow-scan\nselect 3;\n-- @colum a null\nselect :a -- @if b\nwhere :b\n-- @end\n";
        let mistakes = File::parse(Path::new("a.sql"), text).expect_err("mistakes");
        assert_eq!(mistakes.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [2, 4, 6, 9, 8]);
        assert!(mistakes[2].to_string().contains("did you mean `@column`?"), "{}", mistakes[2]);
        assert!(mistakes[4].to_string().contains("only a part under `-- @if b`"), "{}", mistakes[4]);
    }
}
