//! What a folder of SQL migration files defines in the end: tables with their columns, and enums.
//!
//! The files are never run. A file is first cut into statements, so that a statement that cannot be
//! read costs only itself; then those that define tables, views, types and schemas are read token by
//! token and followed in order. Every other kind of statement is passed over. What would matter and
//! could not be followed is in [`Migration::unparsed`].

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use sqlparser::{
    dialect::PostgreSqlDialect,
    tokenizer::{Token, Tokenizer},
};

/// What one run of migration files leaves behind, as far as tables, columns and enums go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migration {
    /// The folder, or the one file, as given.
    pub folder: PathBuf,
    /// Tables and views, by schema and name.
    pub tables: BTreeMap<(String, String), MigratedTable>,
    /// Enums, by schema and name.
    pub enums: BTreeMap<(String, String), MigratedEnum>,
    /// The schemas of what was created, whether or not the files create the schemas themselves.
    pub schemas: BTreeSet<String>,
    /// What would matter and could not be followed, in the order of the files.
    pub unparsed: Vec<Unparsed>,
}

/// A table or a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigratedTable {
    /// Where it is created.
    pub place: Place,
    /// Its columns in order; none where `is_view`.
    pub columns: Vec<MigratedColumn>,
    /// Whether its columns are not known: a view, a table made of a query, or a copy of one that is not known.
    pub is_view: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigratedColumn {
    /// Its name.
    pub name: String,
    /// Its type as `format_type` prints it; a type of the user as the files write it.
    pub r#type: String,
    /// Whether it is `NOT NULL`, be it by a primary key, `serial` or an identity.
    pub not_null: bool,
    /// Where it is defined.
    pub place: Place,
}

/// An enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigratedEnum {
    /// Where it is created.
    pub place: Place,
    /// Its labels in order.
    pub labels: Vec<String>,
}

/// A statement that could not be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unparsed {
    /// Where it begins.
    pub place: Place,
    /// Its first 80 characters, on one line.
    pub text: String,
    /// Why it could not be followed.
    pub reason: String,
}

/// A line of a migration file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The folder as given, joined with the path below it by `/`.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// Why migration files could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MigrationError {
    /// The folder does not exist or may not be read.
    #[error("cannot read the migrations in {}: {message}; name a folder of .sql files, or one such file, that you may read", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// A file may not be read.
    #[error("cannot read the migration {}: {message}; make it readable, or move it out of the folder", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// A file is not UTF-8.
    #[error("the migration {} is not UTF-8 on line {line}; save it as UTF-8", .path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line of the first byte that is not, counted from 1.
        line: usize,
    },
    /// There is no migration.
    #[error("there is no .sql file that migrates upwards in {}; name the folder that holds the migration files", .path.display())]
    NoFile {
        /// The folder.
        path: PathBuf,
    },
}

/// Reads the migrations in a folder and all folders below it, in the order in which tools run them, or
/// those of one file.
///
/// Each file begins with the search path `public`, as under a tool that opens a session for each.
pub fn read_migrations(folder: &Path) -> Result<Migration, MigrationError> {
    let folder_error = |error: std::io::Error| MigrationError::Folder { path: folder.to_owned(), message: error.to_string() };
    let mut files = Vec::new();
    if fs::metadata(folder).map_err(folder_error)?.is_dir() {
        collect(folder, &mut Vec::new(), &mut files)?;
        files.sort_by_cached_key(|(components, _)| run_order(components));
    } else {
        files.push((Vec::new(), folder.to_owned()));
    }
    if files.is_empty() {
        return Err(MigrationError::NoFile { path: folder.to_owned() });
    }
    let mut reader = Reader::default();
    for (components, path) in files {
        let bytes = fs::read(&path).map_err(|error| MigrationError::File { path: path.clone(), message: error.to_string() })?;
        let sql = std::str::from_utf8(&bytes).map_err(|error| MigrationError::NotUtf8 {
            path: path.clone(),
            line: 1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count(),
        })?;
        reader.file(shown(folder, &components), sql);
    }
    Ok(reader.finish(folder))
}

/// Gathers the migration files below a folder, each with the names on the way to it.
fn collect(folder: &Path, components: &mut Vec<String>, files: &mut Vec<(Vec<String>, PathBuf)>) -> Result<(), MigrationError> {
    let folder_error = |error: std::io::Error| MigrationError::Folder { path: folder.to_owned(), message: error.to_string() };
    for entry in fs::read_dir(folder).map_err(folder_error)? {
        let entry = entry.map_err(folder_error)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // A link to a folder is not followed: it may lead back.
        let is_folder = entry.file_type().map_err(folder_error)?.is_dir();
        components.push(name);
        let name = components.last().map_or("", String::as_str);
        if is_folder && !name.starts_with('.') {
            collect(&entry.path(), components, files)?;
        } else if !is_folder && migrates_upwards(name) && entry.path().is_file() {
            files.push((components.clone(), entry.path()));
        }
        components.pop();
    }
    Ok(())
}

/// Whether a file name is that of a migration, and not of one that undoes another.
fn migrates_upwards(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let undoes = ["down.sql", "undo.sql"].into_iter().any(|ending| {
        lower.strip_suffix(ending).is_some_and(|start| start.is_empty() && ending == "down.sql" || start.ends_with(['.', '_', '-']))
    });
    lower.strip_suffix(".sql").is_some() && !name.starts_with('.') && !undoes && flyway_version(name, 'U').is_none()
}

/// The version in a file name of Flyway, `V1_2__what.sql`, without what stands around it.
fn flyway_version(name: &str, kind: char) -> Option<&str> {
    let (version, _) = name.strip_prefix(kind)?.split_once("__")?;
    let is_version = version.starts_with(|character: char| character.is_ascii_digit())
        && version.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | '_'));
    is_version.then_some(version)
}

/// A piece of a name; the order of the variants is that in which names are run.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// A character before the digits.
    Low(char),
    /// A run of digits: how many there are without leading zeros, and these.
    Number(usize, String),
    /// A character behind the digits.
    High(char),
    /// A further number of a version of Flyway: V1.1 is run after V1.
    Part(usize, String),
    /// What is run behind everything else.
    Last,
}

/// What files are sorted by: their paths, with runs of digits compared as numbers.
fn run_order(components: &[String]) -> (Vec<Vec<Piece>>, Vec<String>) {
    (components.iter().map(|component| pieces(component)).collect(), components.to_vec())
}

fn pieces(name: &str) -> Vec<Piece> {
    let number = |digits: &str| {
        let digits = digits.trim_start_matches('0');
        (digits.len(), digits.to_owned())
    };
    let mut pieces = Vec::new();
    let mut rest = name;
    if let Some(version) = flyway_version(name, 'V') {
        pieces.push(Piece::High('V'));
        for (index, part) in version.split(['.', '_']).enumerate() {
            let (length, digits) = number(part);
            pieces.push(if index == 0 { Piece::Number(length, digits) } else { Piece::Part(length, digits) });
        }
        rest = name.get(1 + version.len()..).unwrap_or_default();
    } else if name.starts_with("R__") {
        pieces.push(Piece::Last);
    }
    while let Some(character) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        let (run, behind) = rest.split_at(if digits == 0 { character.len_utf8() } else { digits });
        pieces.push(if digits > 0 {
            let (length, digits) = number(run);
            Piece::Number(length, digits)
        } else if character < '0' {
            Piece::Low(character)
        } else {
            Piece::High(character)
        });
        rest = behind;
    }
    pieces
}

/// The path of a file as it is shown.
fn shown(folder: &Path, components: &[String]) -> String {
    let folder = folder.to_string_lossy();
    let folder =
        if std::path::MAIN_SEPARATOR == '/' { folder.into_owned() } else { folder.replace(std::path::MAIN_SEPARATOR, "/") };
    if components.is_empty() {
        return folder;
    }
    format!("{}/{}", folder.strip_suffix('/').unwrap_or(&folder), components.join("/"))
}

/// A statement without its comments, which are blank; its lines are those of the file.
struct Statement {
    line: usize,
    text: String,
}

/// What a file was cut into.
#[derive(Default)]
struct Cut {
    statements: Vec<Statement>,
    /// What could not be cut: line, text and reason.
    faults: Vec<(usize, String, &'static str)>,
}

/// Cuts a file, or the body of a block, into statements.
struct Cutter<'a> {
    characters: &'a [char],
    at: usize,
    line: usize,
    /// Whether psql may run it: its commands and the data of COPY are passed over, and tools mark what
    /// undoes the migration.
    is_script: bool,
    /// Whether what is read undoes the migration.
    down: bool,
    depth: usize,
    text: String,
    text_line: usize,
    cut: Cut,
}

fn cut(sql: &str, line: usize, is_script: bool) -> Cut {
    let characters: Vec<char> = sql.chars().collect();
    let mut cutter = Cutter {
        characters: &characters,
        at: 0,
        line,
        is_script,
        down: false,
        depth: 0,
        text: String::new(),
        text_line: line,
        cut: Cut::default(),
    };
    while cutter.at < characters.len() {
        cutter.step();
    }
    cutter.flush();
    cutter.cut
}

fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$' || !character.is_ascii()
}

impl Cutter<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    /// Passes one character.
    fn pass(&mut self) -> Option<char> {
        let character = self.peek(0)?;
        self.at += 1;
        if character == '\n' {
            self.line += 1;
        }
        Some(character)
    }

    /// Takes one character into the statement.
    fn take(&mut self) {
        if self.text.is_empty() {
            if self.peek(0).is_none_or(char::is_whitespace) {
                self.pass();
                return;
            }
            self.text_line = self.line;
        }
        if let Some(character) = self.pass() {
            self.text.push(character);
        }
    }

    /// Passes the rest of the line, up to its end.
    fn pass_line(&mut self) -> String {
        let mut line = String::new();
        while self.peek(0).is_some_and(|character| character != '\n') {
            line.extend(self.pass());
        }
        line
    }

    fn fault(&mut self, line: usize, text: &str, reason: &'static str) {
        if !self.down {
            self.cut.faults.push((line, text.to_owned(), reason));
        }
    }

    fn step(&mut self) {
        let previous = self.at.checked_sub(1).and_then(|at| self.characters.get(at)).copied();
        match (self.peek(0), self.peek(1)) {
            (Some('-'), Some('-')) => self.line_comment(),
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('\''), _) => {
                let before = self.at.checked_sub(2).and_then(|at| self.characters.get(at)).copied();
                let escapes = matches!(previous, Some('e' | 'E')) && !before.is_some_and(is_name_character);
                self.quoted('\'', escapes);
            }
            (Some('"'), _) => self.quoted('"', false),
            (Some('$'), _) if !previous.is_some_and(is_name_character) => self.dollar(),
            (Some('\\'), _) if self.is_script => self.command(),
            (Some(';'), _) if self.depth == 0 || !self.is_rule() => {
                self.pass();
                let data = self.is_script && self.is_copy();
                self.flush();
                if data {
                    self.copy_data();
                }
            }
            (Some(character), _) => {
                match character {
                    '(' => self.depth += 1,
                    ')' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                self.take();
            }
            (None, _) => {}
        }
    }

    /// Only a rule has several statements in parentheses.
    fn is_rule(&self) -> bool {
        let words = leading_words(&self.text);
        words.first().is_some_and(|word| word == "CREATE") && words.iter().any(|word| word == "RULE")
    }

    fn is_copy(&self) -> bool {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_ascii_uppercase).collect();
        words.first().is_some_and(|word| word == "COPY")
            && words.windows(2).any(|pair| matches!(pair, [from, stdin] if from == "FROM" && stdin.starts_with("STDIN")))
    }

    fn flush(&mut self) {
        self.depth = 0;
        let text = std::mem::take(&mut self.text);
        if !self.down && !text.trim().is_empty() {
            self.cut.statements.push(Statement { line: self.text_line, text: text.trim_end().to_owned() });
        }
    }

    fn blank(&mut self, character: char) {
        if !self.text.is_empty() {
            self.text.push(character);
        }
    }

    fn line_comment(&mut self) {
        let comment = self.pass_line().trim_start_matches('-').trim().to_ascii_lowercase();
        self.blank(' ');
        if !self.is_script {
            return;
        }
        let mark = |mark: &str| {
            comment.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|character: char| character.is_alphanumeric()))
        };
        if ["migrate:down", "+goose down", "+migrate down", "//@undo"].into_iter().any(mark) {
            self.flush();
            self.down = true;
        } else if ["migrate:up", "+goose up", "+migrate up"].into_iter().any(mark) {
            self.flush();
            self.down = false;
        }
    }

    fn block_comment(&mut self) {
        let (line, mut depth) = (self.line, 0_usize);
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.pass();
                    self.pass();
                }
                (Some('*'), Some('/')) => {
                    depth = depth.saturating_sub(1);
                    self.pass();
                    self.pass();
                    if depth == 0 {
                        self.blank(' ');
                        return;
                    }
                }
                (Some('\n'), _) => {
                    self.pass();
                    self.blank('\n');
                }
                (Some(_), _) => {
                    self.pass();
                }
                (None, _) => {
                    self.fault(line, "/*", "the comment that begins here does not end: nothing behind it was read");
                    return;
                }
            }
        }
    }

    fn quoted(&mut self, quote: char, escapes: bool) {
        let line = self.line;
        self.take();
        while let Some(character) = self.peek(0) {
            self.take();
            if character == '\\' && escapes {
                self.take();
            } else if character == quote {
                // A doubled quote begins again at once.
                if self.peek(0) != Some(quote) {
                    return;
                }
                self.take();
            }
        }
        let text = self.text.clone();
        self.fault(line, &text, "the quote that begins here does not end: nothing behind it was read");
    }

    fn dollar(&mut self) {
        let (line, start) = (self.line, self.at);
        let mut end = start + 1;
        while let Some(character) = self.characters.get(end).copied().filter(|character| *character != '$') {
            let fits = is_name_character(character) && (end > start + 1 || !character.is_ascii_digit());
            if !fits {
                self.take();
                return;
            }
            end += 1;
        }
        let Some(tag) = self.characters.get(start..=end) else {
            self.take();
            return;
        };
        for _ in tag {
            self.take();
        }
        while self.at < self.characters.len() {
            if self.characters.get(self.at..).is_some_and(|rest| rest.starts_with(tag)) {
                for _ in tag {
                    self.take();
                }
                return;
            }
            self.take();
        }
        let text = self.text.clone();
        self.fault(line, &text, "the dollar quote that begins here does not end: nothing behind it was read");
    }

    /// A command of psql, which is the rest of the line.
    fn command(&mut self) {
        let line = self.line;
        let command = self.pass_line();
        let word = command.trim_start_matches('\\').split_whitespace().next().unwrap_or_default().to_owned();
        if word.starts_with('g') || word == "crosstabview" {
            self.flush();
        }
        if matches!(word.as_str(), "i" | "ir" | "include" | "include_relative") {
            self.fault(line, &command, "a file that psql includes is not followed");
        }
    }

    fn copy_data(&mut self) {
        let line = self.line;
        self.pass_line();
        self.pass();
        while self.at < self.characters.len() {
            let data = self.pass_line();
            self.pass();
            if data.trim_end() == "\\." {
                return;
            }
        }
        self.fault(line, "COPY … FROM stdin", "the data of COPY does not end with \\. on a line: nothing behind it was read");
    }
}

/// The first words of a statement, in capitals.
fn leading_words(text: &str) -> Vec<String> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    text.split(|character| !is_word(character)).filter(|word| !word.is_empty()).take(8).map(str::to_ascii_uppercase).collect()
}

/// Whether a statement of these first words may change what is followed.
fn matters(words: &[String]) -> bool {
    let mut words = words.iter().map(String::as_str);
    let first = words.next().unwrap_or_default();
    let is_prefix = |word: &&str| {
        matches!(
            *word,
            "OR" | "REPLACE"
                | "GLOBAL"
                | "LOCAL"
                | "TEMP"
                | "TEMPORARY"
                | "UNLOGGED"
                | "FOREIGN"
                | "MATERIALIZED"
                | "RECURSIVE"
                | "SESSION"
                | "PG_CATALOG"
        )
    };
    let second = words.find(|word| !is_prefix(word)).unwrap_or_default();
    match first {
        "CREATE" | "ALTER" | "DROP" => matches!(second, "TABLE" | "VIEW" | "TYPE" | "SCHEMA"),
        "SET" => matches!(second, "SEARCH_PATH" | "SCHEMA"),
        "RESET" => matches!(second, "SEARCH_PATH" | "ALL"),
        "SELECT" => second == "SET_CONFIG" && words.next() == Some("SEARCH_PATH"),
        "IMPORT" => second == "SCHEMA",
        "DO" => true,
        _ => false,
    }
}

/// A token and its line.
#[derive(Clone)]
struct Spot {
    token: Token,
    line: usize,
}

type Reason = String;

fn tokens(text: &str, line: usize) -> Result<Vec<Spot>, Reason> {
    let dialect = PostgreSqlDialect {};
    let spots = Tokenizer::new(&dialect, text).tokenize_with_location().map_err(|error| error.to_string())?;
    let spots = spots.into_iter().filter(|spot| !matches!(spot.token, Token::Whitespace(_)));
    let line_of = |below: u64| line + usize::try_from(below).unwrap_or(1).saturating_sub(1);
    Ok(spots.map(|spot| Spot { line: line_of(spot.span.start.line), token: spot.token }).collect())
}

/// A name as written: its schema, where it has one, and itself.
type Written = (Option<String>, String);
/// A schema and a name.
type Key = (String, String);

/// Tokens that are read from the left.
#[derive(Clone, Copy)]
struct Tokens<'a>(&'a [Spot]);

impl<'a> Tokens<'a> {
    fn peek(self) -> Option<&'a Token> {
        self.0.first().map(|spot| &spot.token)
    }

    fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    fn line(self) -> Option<usize> {
        self.0.first().map(|spot| spot.line)
    }

    fn pass(&mut self) {
        self.0 = self.0.get(1..).unwrap_or_default();
    }

    /// The next token as a keyword in capitals; empty where it is none.
    fn keyword(self) -> String {
        match self.peek() {
            Some(Token::Word(word)) if word.quote_style.is_none() => word.value.to_ascii_uppercase(),
            _ => String::new(),
        }
    }

    /// Whether these keywords come next; then they are passed.
    fn words(&mut self, words: &[&str]) -> bool {
        let mut ahead = *self;
        for word in words {
            if ahead.keyword() != *word {
                return false;
            }
            ahead.pass();
        }
        *self = ahead;
        true
    }

    /// Whether one of these keywords comes next; then it is passed.
    fn any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.words(&[word]))
    }

    fn symbol(&mut self, symbol: &Token) -> bool {
        let is_next = self.peek() == Some(symbol);
        if is_next {
            self.pass();
        }
        is_next
    }

    fn name(&mut self) -> Result<String, Reason> {
        let Some(Token::Word(word)) = self.peek() else {
            return Err(match self.peek() {
                Some(token) => format!("a name is expected where `{token}` stands"),
                None => "a name is missing at the end".to_owned(),
            });
        };
        self.pass();
        let mut name = if word.quote_style.is_some() { word.value.clone() } else { word.value.to_ascii_lowercase() };
        // The server cuts names to 63 bytes.
        while name.len() > 63 {
            name.pop();
        }
        Ok(name)
    }

    fn qualified(&mut self) -> Result<Written, Reason> {
        let mut written = (None, self.name()?);
        while self.symbol(&Token::Period) {
            written = (Some(written.1), self.name()?);
        }
        Ok(written)
    }

    fn text(&mut self) -> Result<String, Reason> {
        let text = match self.peek() {
            Some(Token::SingleQuotedString(text) | Token::EscapedStringLiteral(text) | Token::UnicodeStringLiteral(text)) => {
                text.clone()
            }
            Some(Token::DollarQuotedString(text)) => text.value.clone(),
            Some(token) => return Err(format!("a text is expected where `{token}` stands")),
            None => return Err("a text is missing at the end".to_owned()),
        };
        self.pass();
        Ok(text)
    }

    /// What stands in the parentheses that come next; these are passed.
    fn parentheses(&mut self) -> Result<Tokens<'a>, Reason> {
        if self.peek() != Some(&Token::LParen) {
            return Err(match self.peek() {
                Some(token) => format!("`(` is expected where `{token}` stands"),
                None => "`(` is missing at the end".to_owned(),
            });
        }
        let mut depth = 0_usize;
        for (index, spot) in self.0.iter().enumerate() {
            match spot.token {
                Token::LParen => depth += 1,
                Token::RParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let inner = self.0.get(1..index).unwrap_or_default();
                self.0 = self.0.get(index + 1..).unwrap_or_default();
                return Ok(Tokens(inner));
            }
        }
        Err("a `(` is not closed".to_owned())
    }

    /// The tokens that are in no parentheses and no brackets.
    fn outer(self) -> Vec<(usize, &'a Token)> {
        let mut depth = 0_usize;
        let mut outer = Vec::new();
        for (index, spot) in self.0.iter().enumerate() {
            match spot.token {
                Token::LParen | Token::LBracket => depth += 1,
                Token::RParen | Token::RBracket => depth = depth.saturating_sub(1),
                _ if depth == 0 => outer.push((index, &spot.token)),
                _ => {}
            }
        }
        outer
    }

    /// The parts between the commas that are in no parentheses.
    fn parts(self) -> Vec<Tokens<'a>> {
        let mut parts = Vec::new();
        let mut start = 0;
        for (index, token) in self.outer() {
            if *token == Token::Comma {
                parts.push(Tokens(self.0.get(start..index).unwrap_or_default()));
                start = index + 1;
            }
        }
        parts.push(Tokens(self.0.get(start..).unwrap_or_default()));
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// Whether these keywords stand somewhere outside all parentheses.
    fn contains(self, words: &[&str]) -> bool {
        self.outer().into_iter().any(|(index, _)| Tokens(self.0.get(index..).unwrap_or_default()).words(words))
    }

    /// The name that begins each part: the columns of a key.
    fn names(self) -> Vec<String> {
        self.parts().into_iter().filter_map(|mut part| part.name().ok()).collect()
    }
}

/// The type of a column.
#[derive(Clone)]
enum Base {
    /// One of the server's, as it prints it.
    Known(String),
    /// Any other: its schema where that is known, whether the schema was written, and what follows in parentheses.
    Named { schema: Option<String>, name: String, is_qualified: bool, modifiers: String },
}

#[derive(Clone)]
struct ColumnType {
    base: Base,
    is_array: bool,
}

impl ColumnType {
    /// As `format_type` prints it.
    fn printed(&self) -> String {
        let mut printed = match &self.base {
            Base::Known(name) => name.clone(),
            Base::Named { schema: Some(schema), name, is_qualified: true, modifiers } => {
                format!("{}.{}{modifiers}", quoted_name(schema), quoted_name(name))
            }
            Base::Named { name, modifiers, .. } => format!("{}{modifiers}", quoted_name(name)),
        };
        if self.is_array {
            printed.push_str("[]");
        }
        printed
    }

    fn is(&self, key: &Key) -> bool {
        let Base::Named { schema, name, .. } = &self.base else { return false };
        *name == key.1 && schema.as_ref().is_none_or(|schema| *schema == key.0)
    }
}

fn quoted_name(name: &str) -> String {
    let is_plain = name.starts_with(|character: char| character.is_ascii_lowercase() || character == '_')
        && name.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_');
    if is_plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// Reads a type: itself, its schema not yet looked up, and whether it is a serial one.
fn column_type(tokens: &mut Tokens<'_>) -> Result<(ColumnType, bool), Reason> {
    let is_quoted = matches!(tokens.peek(), Some(Token::Word(word)) if word.quote_style.is_some());
    let (schema, name) = tokens.qualified()?;
    let is_qualified = schema.is_some();
    let is_server = schema.as_ref().is_none_or(|schema| schema == "pg_catalog");
    let known = if is_server { known_type(&name, is_quoted || is_qualified, tokens)? } else { None };
    let base = match known {
        Some(known) => Base::Known(known),
        None if is_qualified && is_server => Base::Known(format!("{}{}", quoted_name(&name), modifiers(tokens)?)),
        None => Base::Named { is_qualified, schema, modifiers: modifiers(tokens)?, name: name.clone() },
    };
    let mut is_array = false;
    loop {
        if tokens.symbol(&Token::LBracket) {
            while !tokens.is_empty() && !tokens.symbol(&Token::RBracket) {
                tokens.pass();
            }
        } else if !tokens.words(&["ARRAY"]) {
            break;
        }
        is_array = true;
    }
    let is_serial = !is_quoted && !is_qualified && name.contains("serial") && matches!(base, Base::Known(_));
    Ok((ColumnType { base, is_array }, is_serial))
}

/// What follows a type in parentheses, with them; empty where there are none.
fn modifiers(tokens: &mut Tokens<'_>) -> Result<String, Reason> {
    if tokens.peek() != Some(&Token::LParen) {
        return Ok(String::new());
    }
    let inner: String = tokens.parentheses()?.0.iter().map(|spot| spot.token.to_string()).collect();
    Ok(format!("({inner})"))
}

/// A type of the server as it prints it; `internal` where only its internal names count, not those of the grammar.
fn known_type(name: &str, internal: bool, tokens: &mut Tokens<'_>) -> Result<Option<String>, Reason> {
    let fixed = match name {
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "float4" => "real",
        "float8" => "double precision",
        "bool" => "boolean",
        "char" if internal => "\"char\"",
        _ => "",
    };
    if !fixed.is_empty() {
        return Ok(Some(fixed.to_owned()));
    }
    let known = match name {
        "varchar" => format!("character varying{}", modifiers(tokens)?),
        "bpchar" => match modifiers(tokens)? {
            none if none.is_empty() => "bpchar".to_owned(),
            length => format!("character{length}"),
        },
        "timestamptz" => format!("timestamp{} with time zone", modifiers(tokens)?),
        "timetz" => format!("time{} with time zone", modifiers(tokens)?),
        "varbit" => format!("bit varying{}", modifiers(tokens)?),
        "numeric" => numeric(&modifiers(tokens)?),
        "timestamp" | "time" => {
            let precision = modifiers(tokens)?;
            let zone = tokens.words(&["WITH", "TIME", "ZONE"]);
            if !zone {
                tokens.words(&["WITHOUT", "TIME", "ZONE"]);
            }
            format!("{name}{precision} {} time zone", if zone { "with" } else { "without" })
        }
        "interval" => interval(tokens)?,
        _ if internal => return Ok(None),
        "int" | "integer" | "serial" | "serial4" => "integer".to_owned(),
        "smallint" | "smallserial" | "serial2" => "smallint".to_owned(),
        "bigint" | "bigserial" | "serial8" => "bigint".to_owned(),
        "boolean" => "boolean".to_owned(),
        "real" => "real".to_owned(),
        "decimal" | "dec" => numeric(&modifiers(tokens)?),
        "float" => {
            let digits = modifiers(tokens)?;
            let is_short = digits.trim_matches(['(', ')']).parse::<u32>().is_ok_and(|digits| digits <= 24);
            if is_short { "real".to_owned() } else { "double precision".to_owned() }
        }
        "double" if tokens.words(&["PRECISION"]) => "double precision".to_owned(),
        "national" if tokens.any(&["CHARACTER", "CHAR"]) => character(tokens)?,
        "character" | "char" | "nchar" => character(tokens)?,
        "bit" => {
            let varying = if tokens.words(&["VARYING"]) { " varying" } else { "" };
            let length = modifiers(tokens)?;
            let length = if length.is_empty() && varying.is_empty() { "(1)".to_owned() } else { length };
            format!("bit{varying}{length}")
        }
        _ => return Ok(None),
    };
    Ok(Some(known))
}

fn character(tokens: &mut Tokens<'_>) -> Result<String, Reason> {
    if tokens.words(&["VARYING"]) {
        return Ok(format!("character varying{}", modifiers(tokens)?));
    }
    let length = modifiers(tokens)?;
    Ok(if length.is_empty() { "character(1)".to_owned() } else { format!("character{length}") })
}

fn numeric(modifiers: &str) -> String {
    match modifiers.strip_suffix(')') {
        Some(precision) if !precision.contains(',') => format!("numeric{precision},0)"),
        _ => format!("numeric{modifiers}"),
    }
}

fn interval(tokens: &mut Tokens<'_>) -> Result<String, Reason> {
    const UNITS: [&str; 6] = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];
    let unit = |tokens: &mut Tokens<'_>| UNITS.into_iter().find(|unit| tokens.words(&[unit])).map(str::to_ascii_lowercase);
    let mut fields = String::new();
    if let Some(first) = unit(tokens) {
        fields = format!(" {first}");
        if tokens.words(&["TO"])
            && let Some(second) = unit(tokens)
        {
            fields.push_str(&format!(" to {second}"));
        }
    }
    Ok(format!("interval{fields}{}", modifiers(tokens)?))
}

#[derive(Clone)]
struct Column {
    name: String,
    r#type: ColumnType,
    not_null: bool,
    place: Place,
}

#[derive(Clone)]
struct Table {
    place: Place,
    columns: Vec<Column>,
    is_known: bool,
    /// Those it inherits from or is a partition of.
    parents: Vec<Key>,
}

impl Table {
    fn column(&mut self, name: &str) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.name == name)
    }

    /// Adds a column; where there is one of this name, it remains.
    fn add(&mut self, column: Column) {
        match self.column(&column.name) {
            Some(existing) => existing.not_null |= column.not_null,
            None => self.columns.push(column),
        }
    }

    fn forget_columns(&mut self) {
        self.is_known = false;
        self.columns.clear();
    }
}

/// A part of a table's definition.
enum Element {
    Column(Column),
    /// A primary key or a named `NOT NULL`: these columns are not null.
    NotNull(Vec<String>),
    /// `LIKE other`.
    Like(Written),
    /// A primary key of an index that exists.
    KeyOfIndex,
    Other,
}

/// Reads what a partition says of a column of its parent.
fn partition_element(mut tokens: Tokens<'_>) -> Result<Element, Reason> {
    let not_null = tokens.contains(&["NOT", "NULL"]) || tokens.contains(&["PRIMARY", "KEY"]);
    if matches!(tokens.keyword().as_str(), "CONSTRAINT" | "PRIMARY" | "UNIQUE" | "CHECK" | "FOREIGN" | "EXCLUDE") {
        tokens.0 = tokens.0.get(if tokens.keyword() == "CONSTRAINT" { 2 } else { 0 }..).unwrap_or_default();
        let is_key = tokens.words(&["PRIMARY", "KEY"]);
        return Ok(if is_key { Element::NotNull(tokens.parentheses()?.names()) } else { Element::Other });
    }
    Ok(if not_null { Element::NotNull(vec![tokens.name()?]) } else { Element::Other })
}

/// Follows statements.
#[derive(Default)]
struct Reader {
    file: String,
    /// The schemas of the search path; the first is where things are created.
    path: Vec<String>,
    /// The temporary tables and views of the file.
    temporary: BTreeSet<String>,
    tables: BTreeMap<Key, Table>,
    enums: BTreeMap<Key, MigratedEnum>,
    schemas: BTreeSet<String>,
    unparsed: Vec<Unparsed>,
}

impl Reader {
    fn finish(self, folder: &Path) -> Migration {
        let column = |column: Column| MigratedColumn {
            r#type: column.r#type.printed(),
            name: column.name,
            not_null: column.not_null,
            place: column.place,
        };
        let table = |(key, table): (Key, Table)| {
            let columns = table.columns.into_iter().map(column).collect();
            (key, MigratedTable { place: table.place, columns, is_view: !table.is_known })
        };
        Migration {
            folder: folder.to_owned(),
            tables: self.tables.into_iter().map(table).collect(),
            enums: self.enums,
            schemas: self.schemas,
            unparsed: self.unparsed,
        }
    }

    fn file(&mut self, file: String, sql: &str) {
        self.file = file;
        self.path = vec!["public".to_owned()];
        self.temporary.clear();
        let before = self.unparsed.len();
        let cut = cut(sql.strip_prefix('\u{feff}').unwrap_or(sql), 1, true);
        for (line, text, reason) in cut.faults {
            self.fault(line, &text, reason.to_owned());
        }
        for statement in cut.statements {
            let words = leading_words(&statement.text);
            if !matters(&words) {
                continue;
            }
            let followed = tokens(&statement.text, statement.line).and_then(|tokens| {
                if words.first().is_some_and(|word| word == "DO") {
                    self.block(Tokens(&tokens))
                } else {
                    self.statement(Tokens(&tokens), false)
                }
            });
            if let Err(reason) = followed {
                self.fault(statement.line, &statement.text, reason);
            }
        }
        if let Some(here) = self.unparsed.get_mut(before..) {
            here.sort_by_key(|unparsed| unparsed.place.line);
        }
    }

    fn place(&self, line: usize) -> Place {
        Place { file: self.file.clone(), line }
    }

    fn fault(&mut self, line: usize, text: &str, reason: Reason) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
        self.unparsed.push(Unparsed { place: self.place(line), text, reason });
    }

    /// The key of what is created.
    fn created(&mut self, written: Written) -> Key {
        let schema = written.0.or_else(|| self.path.first().cloned()).unwrap_or_else(|| "public".to_owned());
        self.schemas.insert(schema.clone());
        (schema, written.1)
    }

    /// The key of what exists: the first of the search path that `exists`.
    fn found(&self, written: &Written, exists: impl Fn(&Key) -> bool) -> Key {
        let (schema, name) = written;
        let key = |schema: &String| (schema.clone(), name.clone());
        if let Some(schema) = schema {
            return key(schema);
        }
        let mut keys = self.path.iter().map(key);
        let first = keys.clone().next().unwrap_or_else(|| ("public".to_owned(), name.clone()));
        keys.find(exists).unwrap_or(first)
    }

    fn found_table(&self, written: &Written) -> Key {
        self.found(written, |key| self.tables.contains_key(key))
    }

    fn found_enum(&self, written: &Written) -> Key {
        self.found(written, |key| self.enums.contains_key(key))
    }

    fn is_temporary(&self, (schema, name): &Written) -> bool {
        schema.as_ref().is_none_or(|schema| schema == "pg_temp") && self.temporary.contains(name)
    }

    /// Follows a statement; under a condition nothing that exists is replaced.
    fn statement(&mut self, mut tokens: Tokens<'_>, conditional: bool) -> Result<(), Reason> {
        match tokens.keyword().as_str() {
            "CREATE" => self.create(tokens, conditional),
            "ALTER" => {
                tokens.pass();
                tokens.any(&["FOREIGN", "MATERIALIZED"]);
                match tokens.keyword().as_str() {
                    "TABLE" | "VIEW" => self.alter_table(tokens),
                    "TYPE" => self.alter_type(tokens, conditional),
                    _ => self.alter_schema(tokens),
                }
            }
            "DROP" => self.drop_objects(tokens),
            "IMPORT" => Err("tables that another server describes are not known".to_owned()),
            "SELECT" => {
                let Some(Token::SingleQuotedString(path)) =
                    tokens.0.iter().map(|spot| &spot.token).skip_while(|token| **token != Token::Comma).nth(1)
                else {
                    return Err("the search path is not written as a text".to_owned());
                };
                self.set_path(path.split(',').map(|schema| schema.trim().trim_matches('"').to_owned()).collect());
                Ok(())
            }
            "RESET" => {
                self.set_path(Vec::new());
                Ok(())
            }
            _ => self.set(tokens),
        }
    }

    fn set(&mut self, mut tokens: Tokens<'_>) -> Result<(), Reason> {
        tokens.pass();
        tokens.any(&["SESSION", "LOCAL"]);
        tokens.pass();
        if !tokens.symbol(&Token::Eq) {
            tokens.words(&["TO"]);
        }
        let mut schemas = Vec::new();
        for mut part in tokens.parts() {
            if !part.words(&["DEFAULT"]) {
                schemas.push(part.name().or_else(|_| part.text())?);
            }
        }
        self.set_path(schemas);
        Ok(())
    }

    fn set_path(&mut self, mut schemas: Vec<String>) {
        schemas.retain(|schema| !matches!(schema.as_str(), "" | "$user" | "pg_catalog" | "pg_temp"));
        if schemas.is_empty() {
            schemas.push("public".to_owned());
        }
        self.path = schemas;
    }

    fn create(&mut self, mut tokens: Tokens<'_>, conditional: bool) -> Result<(), Reason> {
        let line = tokens.line().unwrap_or(1);
        tokens.pass();
        let mut is_temporary = false;
        while tokens.any(&["OR", "REPLACE", "GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN", "MATERIALIZED", "RECURSIVE"])
            || tokens.any(&["TEMP", "TEMPORARY"]).then(|| is_temporary = true).is_some()
        {}
        let kind = tokens.keyword();
        tokens.pass();
        let keeps = tokens.words(&["IF", "NOT", "EXISTS"]) || conditional;
        if kind == "SCHEMA" {
            return self.create_schema(tokens);
        }
        let written = tokens.qualified()?;
        if is_temporary || written.0.as_ref().is_some_and(|schema| schema == "pg_temp") {
            self.temporary.insert(written.1);
            return Ok(());
        }
        match kind.as_str() {
            "TABLE" => self.create_table(tokens, written, line, keeps),
            "VIEW" => {
                let key = self.created(written);
                let place = self.place(line);
                if !(keeps && self.tables.contains_key(&key)) {
                    self.tables.insert(key, Table { place, columns: Vec::new(), is_known: false, parents: Vec::new() });
                }
                Ok(())
            }
            _ => self.create_type(tokens, written, line, keeps),
        }
    }

    fn create_schema(&mut self, mut tokens: Tokens<'_>) -> Result<(), Reason> {
        let authorization = tokens.words(&["AUTHORIZATION"]);
        let schema = tokens.name()?;
        if !authorization && tokens.words(&["AUTHORIZATION"]) {
            tokens.name()?;
        }
        self.schemas.insert(schema);
        if tokens.is_empty() { Ok(()) } else { Err("what CREATE SCHEMA itself creates is not followed".to_owned()) }
    }

    fn create_type(&mut self, mut tokens: Tokens<'_>, written: Written, line: usize, keeps: bool) -> Result<(), Reason> {
        let mut labels = None;
        if tokens.words(&["AS", "ENUM"]) {
            let parts = tokens.parentheses()?.parts();
            labels = Some(parts.into_iter().map(|mut part| part.text()).collect::<Result<Vec<_>, _>>()?);
        }
        let key = self.created(written);
        let place = self.place(line);
        if let Some(labels) = labels
            && !(keeps && self.enums.contains_key(&key))
        {
            self.enums.insert(key, MigratedEnum { place, labels });
        }
        Ok(())
    }

    fn create_table(&mut self, mut tokens: Tokens<'_>, written: Written, line: usize, keeps: bool) -> Result<(), Reason> {
        let mut table = Table { place: self.place(line), columns: Vec::new(), is_known: true, parents: Vec::new() };
        let mut copied = Vec::new();
        let is_partition = tokens.keyword() == "PARTITION";
        let mut elements = Tokens(&[]);
        if tokens.words(&["PARTITION", "OF"]) {
            copied.push(tokens.qualified()?);
            if tokens.peek() == Some(&Token::LParen) {
                elements = tokens.parentheses()?;
            }
        } else if tokens.words(&["OF"]) || tokens.contains(&["AS"]) {
            table.is_known = false;
        } else {
            elements = tokens.parentheses()?;
            if tokens.words(&["INHERITS"]) {
                for mut parent in tokens.parentheses()?.parts() {
                    copied.push(parent.qualified()?);
                }
            }
        }
        let key = self.created(written);
        if keeps && self.tables.contains_key(&key) {
            return Ok(());
        }
        for parent in copied {
            let parent = self.found_table(&parent);
            self.copy(&mut table, &parent, line);
            table.parents.push(parent);
        }
        let mut not_null = Vec::new();
        for part in elements.parts() {
            let element = if is_partition { partition_element(part) } else { self.element(part) };
            match element {
                Ok(Element::Column(column)) => table.add(column),
                Ok(Element::NotNull(names)) => not_null.extend(names),
                Ok(Element::Like(other)) => {
                    let other = self.found_table(&other);
                    self.copy(&mut table, &other, part.line().unwrap_or(line));
                }
                Ok(Element::KeyOfIndex | Element::Other) => {}
                Err(reason) => {
                    let text = part.0.iter().map(|spot| spot.token.to_string()).collect::<Vec<_>>().join(" ");
                    self.fault(part.line().unwrap_or(line), &text, reason);
                }
            }
        }
        for name in not_null {
            if let Some(column) = table.column(&name) {
                column.not_null = true;
            }
        }
        if !table.is_known {
            table.forget_columns();
        }
        self.tables.insert(key, table);
        Ok(())
    }

    /// Copies the columns of another table, as far as they are known.
    fn copy(&self, table: &mut Table, other: &Key, line: usize) {
        match self.tables.get(other).filter(|other| other.is_known) {
            Some(other) => {
                for column in &other.columns {
                    table.add(Column { place: self.place(line), ..column.clone() });
                }
            }
            None => table.is_known = false,
        }
    }

    /// Reads a column, a constraint or a `LIKE`.
    fn element(&self, mut tokens: Tokens<'_>) -> Result<Element, Reason> {
        if tokens.words(&["LIKE"]) {
            return Ok(Element::Like(tokens.qualified()?));
        }
        if tokens.words(&["CONSTRAINT"]) {
            tokens.name()?;
        }
        if tokens.words(&["PRIMARY", "KEY"]) {
            if tokens.words(&["USING", "INDEX"]) {
                return Ok(Element::KeyOfIndex);
            }
            return Ok(Element::NotNull(tokens.parentheses()?.names()));
        }
        if tokens.words(&["NOT", "NULL"]) {
            return Ok(Element::NotNull(vec![tokens.name()?]));
        }
        let is_constraint = match tokens.keyword().as_str() {
            "UNIQUE" | "CHECK" | "FOREIGN" => true,
            "EXCLUDE" => {
                let mut behind = tokens;
                behind.pass();
                behind.keyword() == "USING" || behind.peek() == Some(&Token::LParen)
            }
            _ => false,
        };
        if is_constraint { Ok(Element::Other) } else { self.column(tokens).map(Element::Column) }
    }

    fn column(&self, mut tokens: Tokens<'_>) -> Result<Column, Reason> {
        let place = self.place(tokens.line().unwrap_or(1));
        let name = tokens.name()?;
        let (r#type, is_serial) = column_type(&mut tokens).map_err(|reason| format!("the type of column {name}: {reason}"))?;
        let not_null = is_serial
            || tokens.contains(&["NOT", "NULL"])
            || tokens.contains(&["PRIMARY", "KEY"])
            || tokens.contains(&["AS", "IDENTITY"]);
        Ok(Column { r#type: self.looked_up(r#type), name, not_null, place })
    }

    /// A type with the schema of the enum that it is.
    fn looked_up(&self, mut r#type: ColumnType) -> ColumnType {
        if let Base::Named { schema: schema @ None, name, .. } = &mut r#type.base {
            let key = self.found_enum(&(None, name.clone()));
            if self.enums.contains_key(&key) {
                *schema = Some(key.0);
            }
        }
        r#type
    }

    /// A table and all that inherit from it.
    fn family(&self, key: &Key) -> Vec<Key> {
        let mut family = vec![key.clone()];
        let mut at = 0;
        while let Some(parent) = family.get(at).cloned() {
            for (child, table) in &self.tables {
                if table.parents.contains(&parent) && !family.contains(child) {
                    family.push(child.clone());
                }
            }
            at += 1;
        }
        family
    }

    /// Changes a table and, unless `only` it is meant, all that inherit from it.
    fn change(&mut self, key: &Key, only: bool, change: impl Fn(&mut Table)) {
        let family = if only { vec![key.clone()] } else { self.family(key) };
        for key in family {
            if let Some(table) = self.tables.get_mut(&key) {
                change(table);
            }
        }
    }

    fn alter_table(&mut self, mut tokens: Tokens<'_>) -> Result<(), Reason> {
        tokens.pass();
        if tokens.words(&["ALL", "IN", "TABLESPACE"]) {
            return Ok(());
        }
        let if_exists = tokens.words(&["IF", "EXISTS"]);
        let only = tokens.words(&["ONLY"]);
        let written = tokens.qualified()?;
        tokens.symbol(&Token::Mul);
        if self.is_temporary(&written) {
            return Ok(());
        }
        let mut key = self.found_table(&written);
        let mut first_fault = Ok(());
        for action in tokens.parts() {
            let followed = self.action(&mut key, action, only, if_exists);
            first_fault = first_fault.and(followed);
        }
        first_fault
    }

    /// Follows one action of ALTER TABLE.
    fn action(&mut self, key: &mut Key, mut tokens: Tokens<'_>, only: bool, if_exists: bool) -> Result<(), Reason> {
        let verb = tokens.keyword();
        let whole = tokens;
        tokens.pass();
        let changes = match verb.as_str() {
            "ADD" => {
                tokens.words(&["COLUMN"]);
                tokens.words(&["IF", "NOT", "EXISTS"]);
                match self.element(tokens)? {
                    Element::Other => false,
                    Element::KeyOfIndex if self.tables.contains_key(key) => {
                        return Err("the columns of a primary key that is made of an index are not known".to_owned());
                    }
                    _ => true,
                }
            }
            "DROP" | "RENAME" => tokens.keyword() != "CONSTRAINT",
            "ALTER" => tokens.keyword() != "CONSTRAINT" && ["TYPE", "NOT", "IDENTITY"].iter().any(|word| tokens.contains(&[word])),
            "SET" => tokens.keyword() == "SCHEMA",
            "ATTACH" | "DETACH" | "INHERIT" => true,
            "NO" => tokens.keyword() == "INHERIT",
            "OWNER" | "ENABLE" | "DISABLE" | "FORCE" | "CLUSTER" | "RESET" | "VALIDATE" | "REPLICA" | "OF" | "NOT" | "OPTIONS"
            | "DEPENDS" => false,
            _ => return Err(format!("ALTER TABLE has no action {verb}")),
        };
        if !changes {
            return Ok(());
        }
        if !self.tables.contains_key(key) {
            let reason = format!("no statement before it creates {}.{}", key.0, key.1);
            return if if_exists { Ok(()) } else { Err(reason) };
        }
        match verb.as_str() {
            "ADD" => self.add(key, tokens, only),
            "DROP" => {
                tokens.words(&["COLUMN"]);
                let if_exists = tokens.words(&["IF", "EXISTS"]);
                let name = tokens.name()?;
                let existed = self.has_column(key, &name);
                self.change(key, only, |table| table.columns.retain(|column| column.name != name));
                if if_exists { Ok(()) } else { existed }
            }
            "RENAME" if tokens.words(&["TO"]) => {
                let to = (key.0.clone(), tokens.name()?);
                self.move_table(key, to);
                Ok(())
            }
            "RENAME" => {
                tokens.words(&["COLUMN"]);
                let from = tokens.name()?;
                if !tokens.words(&["TO"]) {
                    return Err("TO is expected behind the name of the column".to_owned());
                }
                let to = tokens.name()?;
                let existed = self.has_column(key, &from);
                self.change(key, only, |table| {
                    if let Some(column) = table.column(&from) {
                        column.name.clone_from(&to);
                    }
                });
                existed
            }
            "ALTER" => self.alter_column(key, tokens, only),
            "SET" => {
                tokens.pass();
                let to = (tokens.name()?, key.1.clone());
                self.schemas.insert(to.0.clone());
                self.move_table(key, to);
                Ok(())
            }
            _ => self.alter_parents(key, whole),
        }
    }

    fn add(&mut self, key: &Key, tokens: Tokens<'_>, only: bool) -> Result<(), Reason> {
        match self.element(tokens)? {
            Element::Column(column) => {
                self.change(key, only, |table| {
                    if table.is_known && table.column(&column.name).is_none() {
                        table.columns.push(column.clone());
                    }
                });
                Ok(())
            }
            Element::NotNull(names) => {
                let existed = names.iter().try_for_each(|name| self.has_column(key, name));
                self.change(key, only, |table| {
                    for column in table.columns.iter_mut().filter(|column| names.contains(&column.name)) {
                        column.not_null = true;
                    }
                });
                existed
            }
            Element::Like(_) | Element::KeyOfIndex | Element::Other => Err("a column is expected behind ADD".to_owned()),
        }
    }

    fn has_column(&self, key: &Key, name: &str) -> Result<(), Reason> {
        match self.tables.get(key) {
            Some(table) if table.is_known && !table.columns.iter().any(|column| column.name == name) => {
                Err(format!("no statement before it gives {}.{} a column {name}", key.0, key.1))
            }
            _ => Ok(()),
        }
    }

    fn alter_column(&mut self, key: &Key, mut tokens: Tokens<'_>, only: bool) -> Result<(), Reason> {
        tokens.words(&["COLUMN"]);
        let line = tokens.line().unwrap_or(1);
        let name = tokens.name()?;
        let mut new_type = None;
        let mut not_null = None;
        if tokens.words(&["TYPE"]) || tokens.words(&["SET", "DATA", "TYPE"]) {
            new_type = Some(self.looked_up(column_type(&mut tokens)?.0));
        } else if tokens.words(&["SET", "NOT", "NULL"]) {
            not_null = Some(true);
        } else if tokens.words(&["DROP", "NOT", "NULL"]) {
            not_null = Some(false);
        } else {
            return Ok(());
        }
        let existed = self.has_column(key, &name);
        let place = self.place(line);
        self.change(key, only, |table| {
            if let Some(column) = table.column(&name) {
                if let Some(r#type) = &new_type {
                    column.r#type = r#type.clone();
                    column.place = place.clone();
                }
                column.not_null = not_null.unwrap_or(column.not_null);
            }
        });
        existed
    }

    fn alter_parents(&mut self, key: &Key, mut tokens: Tokens<'_>) -> Result<(), Reason> {
        let is_partition = tokens.words(&["ATTACH", "PARTITION"]) || {
            let mut behind = tokens;
            behind.words(&["DETACH", "PARTITION"])
        };
        let adds = !tokens.words(&["DETACH", "PARTITION"]) && !tokens.words(&["NO", "INHERIT"]);
        tokens.words(&["INHERIT"]);
        let other = self.found_table(&tokens.qualified()?);
        let (child, parent) = if is_partition { (other, key.clone()) } else { (key.clone(), other) };
        if let Some(table) = self.tables.get_mut(&child) {
            table.parents.retain(|existing| *existing != parent);
            if adds {
                table.parents.push(parent);
            }
        }
        Ok(())
    }

    fn move_table(&mut self, key: &mut Key, to: Key) {
        if let Some(table) = self.tables.remove(key) {
            self.tables.insert(to.clone(), table);
        }
        for parent in self.tables.values_mut().flat_map(|table| &mut table.parents) {
            if parent == key {
                *parent = to.clone();
            }
        }
        *key = to;
    }

    fn alter_type(&mut self, mut tokens: Tokens<'_>, conditional: bool) -> Result<(), Reason> {
        tokens.pass();
        let key = self.found_enum(&tokens.qualified()?);
        if tokens.words(&["RENAME", "TO"]) {
            let to = (key.0.clone(), tokens.name()?);
            self.move_type(&key, &to);
            return Ok(());
        }
        if tokens.words(&["SET", "SCHEMA"]) {
            let to = (tokens.name()?, key.1.clone());
            self.schemas.insert(to.0.clone());
            self.move_type(&key, &to);
            return Ok(());
        }
        let adds = tokens.words(&["ADD", "VALUE"]);
        if !adds && !tokens.words(&["RENAME", "VALUE"]) {
            return Ok(());
        }
        let if_not_exists = tokens.words(&["IF", "NOT", "EXISTS"]) || conditional;
        let label = tokens.text()?;
        let labels = match self.enums.get_mut(&key) {
            Some(found) => &mut found.labels,
            None => return Err(format!("no statement before it creates the enum {}.{}", key.0, key.1)),
        };
        let position = |label: &str, labels: &[String]| {
            let position = labels.iter().position(|existing| existing == label);
            position.ok_or_else(|| format!("no statement before it gives {}.{} the label '{label}'", key.0, key.1))
        };
        if adds {
            if labels.contains(&label) {
                return if if_not_exists { Ok(()) } else { Err(format!("{}.{} has the label '{label}' already", key.0, key.1)) };
            }
            let mut at = labels.len();
            if tokens.words(&["BEFORE"]) {
                at = position(&tokens.text()?, labels)?;
            } else if tokens.words(&["AFTER"]) {
                at = position(&tokens.text()?, labels)? + 1;
            }
            labels.insert(at, label);
            return Ok(());
        }
        let at = position(&label, labels)?;
        if !tokens.words(&["TO"]) {
            return Err("TO is expected behind the label".to_owned());
        }
        let to = tokens.text()?;
        if labels.contains(&to) {
            return Err(format!("{}.{} has the label '{to}' already", key.0, key.1));
        }
        if let Some(existing) = labels.get_mut(at) {
            *existing = to;
        }
        Ok(())
    }

    /// Renames a type, also where columns are of it.
    fn move_type(&mut self, key: &Key, to: &Key) {
        if let Some(found) = self.enums.remove(key) {
            self.enums.insert(to.clone(), found);
        }
        for column in self.tables.values_mut().flat_map(|table| &mut table.columns) {
            if column.r#type.is(key)
                && let Base::Named { schema, name, .. } = &mut column.r#type.base
            {
                name.clone_from(&to.1);
                *schema = Some(to.0.clone());
            }
        }
    }

    fn alter_schema(&mut self, mut tokens: Tokens<'_>) -> Result<(), Reason> {
        tokens.pass();
        let from = tokens.name()?;
        if !tokens.words(&["RENAME", "TO"]) {
            return Ok(());
        }
        let to = tokens.name()?;
        if self.schemas.remove(&from) {
            self.schemas.insert(to.clone());
        }
        let tables: Vec<Key> = self.tables.keys().filter(|key| key.0 == from).cloned().collect();
        for mut key in tables {
            let moved = (to.clone(), key.1.clone());
            self.move_table(&mut key, moved);
        }
        let enums: Vec<Key> = self.enums.keys().filter(|key| key.0 == from).cloned().collect();
        for key in enums {
            self.move_type(&key, &(to.clone(), key.1.clone()));
        }
        Ok(())
    }

    fn drop_objects(&mut self, mut tokens: Tokens<'_>) -> Result<(), Reason> {
        tokens.pass();
        tokens.any(&["FOREIGN", "MATERIALIZED"]);
        let kind = tokens.keyword();
        tokens.pass();
        tokens.words(&["IF", "EXISTS"]);
        let mut names = Vec::new();
        let mut cascade = false;
        for mut part in tokens.parts() {
            names.push(part.qualified()?);
            cascade |= part.words(&["CASCADE"]);
        }
        for written in names {
            match kind.as_str() {
                "SCHEMA" => {
                    let schema = written.1;
                    let tables: Vec<Key> = self.tables.keys().filter(|key| key.0 == schema).cloned().collect();
                    for key in &tables {
                        self.drop_table(key);
                    }
                    let enums: Vec<Key> = self.enums.keys().filter(|key| key.0 == schema).cloned().collect();
                    for key in &enums {
                        self.drop_type(key, cascade);
                    }
                    self.schemas.remove(&schema);
                }
                "TYPE" => {
                    let key = self.found_enum(&written);
                    self.drop_type(&key, cascade);
                }
                _ if self.is_temporary(&written) => {
                    self.temporary.remove(&written.1);
                }
                _ => {
                    let key = self.found_table(&written);
                    self.drop_table(&key);
                }
            }
        }
        Ok(())
    }

    /// Drops a table with its partitions, and with what inherits from it, which would else forbid it.
    fn drop_table(&mut self, key: &Key) {
        for key in self.family(key) {
            self.tables.remove(&key);
        }
    }

    fn drop_type(&mut self, key: &Key, cascade: bool) {
        self.enums.remove(key);
        if cascade {
            for table in self.tables.values_mut() {
                table.columns.retain(|column| !column.r#type.is(key));
            }
        }
    }

    /// Follows a DO block whose statements are run in order, and each but for one that exists already.
    fn block(&mut self, mut tokens: Tokens<'_>) -> Result<(), Reason> {
        tokens.pass();
        if tokens.words(&["LANGUAGE"]) {
            tokens.name()?;
        }
        let line = tokens.line().unwrap_or(1);
        let body = tokens.text()?;
        let cut = cut(&body, line, false);
        let plain = if cut.faults.is_empty() { plain_statements(&cut.statements) } else { None };
        if let Some(statements) = plain {
            let mut first_fault = Ok(());
            for statement in statements {
                let followed = self.statement(Tokens(&statement), true);
                first_fault = first_fault.and(followed);
            }
            return first_fault;
        }
        let text: Vec<&str> = cut.statements.iter().flat_map(|statement| statement.text.split_whitespace()).collect();
        let text = text.join(" ").to_ascii_lowercase().replace(" rename constraint ", " ");
        let defines = ["create table", "create type", "create unlogged table", "alter type"];
        let alters = text.contains("alter table") && [" column ", " rename "].iter().any(|word| text.contains(word));
        if alters || defines.iter().any(|words| text.contains(words)) {
            return Err("what a DO block with conditions or loops does is not followed".to_owned());
        }
        Ok(())
    }
}

/// The statements of a block that matter, where the block has no other control than `IF NOT EXISTS` and
/// a handler that does nothing.
fn plain_statements(pieces: &[Statement]) -> Option<Vec<Vec<Spot>>> {
    let mut statements = Vec::new();
    let mut handles = false;
    for piece in pieces {
        let spots = tokens(&piece.text, piece.line).ok()?;
        let mut rest = Tokens(&spots);
        loop {
            if rest.words(&["BEGIN"]) {
                handles = false;
            } else if rest.words(&["IF", "NOT", "EXISTS"]) {
                rest.parentheses().ok()?;
                rest.words(&["THEN"]).then_some(())?;
            } else if rest.words(&["EXCEPTION"]) || (handles && rest.keyword() == "WHEN") {
                handles = true;
                while !rest.words(&["THEN"]) {
                    (!rest.is_empty()).then(|| rest.pass())?;
                }
            } else {
                break;
            }
        }
        match rest.keyword().as_str() {
            "" if rest.is_empty() => {}
            "NULL" | "RAISE" => {}
            "END" => {
                let mut behind = rest;
                if !behind.words(&["END", "IF"]) {
                    handles = false;
                }
            }
            "CREATE" | "ALTER" | "DROP" | "COMMENT" | "GRANT" | "REVOKE" | "INSERT" | "UPDATE" | "DELETE" | "PERFORM"
                if !handles =>
            {
                if matters(&leading_keywords(rest)) {
                    statements.push(rest.0.to_vec());
                }
            }
            _ => return None,
        }
    }
    Some(statements)
}

/// The first words of a statement, in capitals.
fn leading_keywords(mut tokens: Tokens<'_>) -> Vec<String> {
    let mut words = Vec::new();
    while words.len() < 8 && !tokens.is_empty() {
        words.push(tokens.keyword());
        tokens.pass();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads files of these names and contents.
    fn read(files: &[(&str, &str)]) -> Migration {
        let folder = tempfile::tempdir().unwrap();
        for (name, sql) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, sql).unwrap();
        }
        read_migrations(folder.path()).unwrap()
    }

    fn read_one(sql: &str) -> Migration {
        read(&[("1.sql", sql)])
    }

    /// A table as `name type`, with `!` where it is not null.
    fn columns(migration: &Migration, schema: &str, name: &str) -> Vec<String> {
        let table = migration.tables.get(&(schema.to_owned(), name.to_owned()));
        let table = table.unwrap_or_else(|| panic!("no {schema}.{name} in {migration:#?}"));
        let shown =
            |column: &MigratedColumn| format!("{} {}{}", column.name, column.r#type, if column.not_null { "!" } else { "" });
        table.columns.iter().map(shown).collect()
    }

    fn table_names(migration: &Migration) -> Vec<String> {
        migration.tables.keys().map(|(schema, name)| format!("{schema}.{name}")).collect()
    }

    fn labels(migration: &Migration, schema: &str, name: &str) -> Vec<String> {
        migration.enums[&(schema.to_owned(), name.to_owned())].labels.clone()
    }

    #[track_caller]
    fn all_followed(migration: &Migration) {
        assert_eq!(migration.unparsed, [], "{:#?}", migration.unparsed);
    }

    #[test]
    fn files_are_run_in_the_order_of_their_numbers() {
        let names = ["V1__a.sql", "V1_1__b.sql", "V2__c.sql", "V10__d.sql", "R__views.sql"];
        for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1]] {
            let mut files: Vec<_> = order.iter().map(|index| (names[*index], "SELECT 1")).collect();
            files.sort_by_cached_key(|(name, _)| run_order(&[(*name).to_owned()]));
            assert_eq!(files.iter().map(|file| file.0).collect::<Vec<_>>(), names);
        }
        let migration = read(&[
            ("10_b/up.sql", "ALTER TABLE a RENAME TO b;"),
            ("9_a/up.sql", "CREATE TABLE a (id int);"),
            ("9_a/down.sql", "DROP TABLE a;"),
            ("11.down.sql", "DROP TABLE b;"),
            ("11_down.sql", "DROP TABLE b;"),
            ("11.undo.sql", "DROP TABLE b;"),
            ("U11__undo.sql", "DROP TABLE b;"),
            ("12_shutdown.sql", "ALTER TABLE b ADD c text;"),
            ("notes.txt", "CREATE TABLE no (id int);"),
        ]);
        all_followed(&migration);
        assert_eq!(columns(&migration, "public", "b"), ["id integer", "c text"]);
        let place = &migration.tables[&("public".to_owned(), "b".to_owned())].place;
        assert_eq!(place.file, format!("{}/9_a/up.sql", migration.folder.display()));
    }

    #[test]
    fn names_fold_and_belong_to_the_search_path() {
        let migration = read_one(
            "CREATE SCHEMA IF NOT EXISTS App;
             CREATE TABLE Plain (Id int, \"Camel\" int, \"a\"\"b\" int);
             SET search_path TO \"$user\", app, public;
             CREATE TABLE \"Quoted\".\"Table\" (id int);
             CREATE TABLE inside (id int);
             ALTER TABLE plain ADD COLUMN IF NOT EXISTS more int, ADD COLUMN IF NOT EXISTS id text;
             CREATE TABLE IF NOT EXISTS inside (other text);
             SELECT pg_catalog.set_config('search_path', '', false);
             CREATE TABLE late (id int);
             CREATE TEMP TABLE passing (id int);
             ALTER TABLE passing ADD x int;",
        );
        all_followed(&migration);
        assert_eq!(table_names(&migration), ["Quoted.Table", "app.inside", "public.late", "public.plain"]);
        assert_eq!(columns(&migration, "public", "plain"), ["id integer", "Camel integer", "a\"b integer", "more integer"]);
        assert_eq!(columns(&migration, "app", "inside"), ["id integer"]);
        assert_eq!(migration.schemas.iter().collect::<Vec<_>>(), ["Quoted", "app", "public"]);
    }

    #[test]
    fn types_are_those_that_the_server_prints() {
        for (written, printed) in [
            ("int4", "integer"),
            ("INT", "integer"),
            ("int8 [3][]", "bigint[]"),
            ("bigserial", "bigint!"),
            ("smallserial", "smallint!"),
            ("varchar(20)", "character varying(20)"),
            ("character varying", "character varying"),
            ("national character varying(3)", "character varying(3)"),
            ("char", "character(1)"),
            ("\"char\"", "\"char\""),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            ("timestamp (3) without time zone", "timestamp(3) without time zone"),
            ("time with time zone", "time with time zone"),
            ("pg_catalog.timestamptz", "timestamp with time zone"),
            ("pg_catalog.text", "text"),
            ("decimal(10, 2)", "numeric(10,2)"),
            ("numeric(5)", "numeric(5,0)"),
            ("float(24)", "real"),
            ("float", "double precision"),
            ("double precision[]", "double precision[]"),
            ("bool default false", "boolean"),
            ("bit", "bit(1)"),
            ("bit varying(3)", "bit varying(3)"),
            ("interval day to second(3)", "interval day to second(3)"),
            ("text array[4]", "text[]"),
            ("text COLLATE \"C\"", "text"),
            ("Citext", "citext"),
            ("extensions.vector(1536)", "extensions.vector(1536)"),
            ("geometry(Point, 4326)", "geometry(Point,4326)"),
            ("\"public\".\"Role\"[]", "public.\"Role\"[]"),
            ("int PRIMARY KEY", "integer!"),
            ("int GENERATED BY DEFAULT AS IDENTITY (START WITH 10)", "integer!"),
            ("text GENERATED ALWAYS AS (lower(b) || 'NOT NULL') STORED", "text"),
            ("text DEFAULT NULL CONSTRAINT present NOT NULL", "text!"),
            ("text CHECK (a IS NOT NULL)", "text"),
            ("text[] DEFAULT ARRAY['a', 'b']::text[]", "text[]"),
        ] {
            let migration = read_one(&format!("CREATE TABLE t (a {written}, b text);"));
            all_followed(&migration);
            assert_eq!(columns(&migration, "public", "t"), [format!("a {printed}"), "b text".to_owned()], "{written}");
        }
    }

    #[test]
    fn quotes_comments_and_bodies_do_not_end_a_statement() {
        let migration = read_one(
            r#"\restrict abc'def
/* one /* two ; */ ' */ CREATE TABLE a ( -- it's ; here
    id int /* ( */ DEFAULT 1,
    "semi;colon" text DEFAULT 'it''s; --', c text DEFAULT E'\';' );
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN CREATE TABLE never (id int); -- $$ ; '
END $body$;
CREATE RULE r AS ON INSERT TO a DO ALSO (UPDATE a SET id = 1; CREATE TABLE never (id int));
CREATE POLICY p ON a USING (x = $1 OR y$z = 2);
CREATE TABLE b (id int, EXCLUDE USING gist (id WITH =), exclude text)"#,
        );
        all_followed(&migration);
        assert_eq!(table_names(&migration), ["public.a", "public.b"]);
        assert_eq!(columns(&migration, "public", "a"), ["id integer", "semi;colon text", "c text"]);
        assert_eq!(columns(&migration, "public", "b"), ["id integer", "exclude text"]);
        let table = &migration.tables[&("public".to_owned(), "a".to_owned())];
        assert_eq!((table.place.line, table.columns[1].place.line), (2, 4));
    }

    #[test]
    fn alterations_are_followed() {
        let migration = read_one(
            "CREATE TABLE a (id int, name text NOT NULL, old text, CONSTRAINT k PRIMARY KEY (id), UNIQUE (name));
             ALTER TABLE ONLY public.a ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES b (id) ON DELETE SET NULL;
             ALTER TABLE IF EXISTS a ADD created timestamptz NOT NULL DEFAULT now(), DROP COLUMN old CASCADE,
                 ALTER COLUMN name TYPE varchar(10) USING name::varchar(10), ALTER name DROP NOT NULL;
             ALTER TABLE a RENAME COLUMN name TO title;
             ALTER TABLE a RENAME CONSTRAINT k TO l;
             ALTER TABLE a ENABLE ROW LEVEL SECURITY, OWNER TO joe;
             ALTER TABLE a ALTER title SET DATA TYPE text, ALTER title SET NOT NULL;
             CREATE TABLE later (id int, b int);
             ALTER TABLE ONLY later ADD CONSTRAINT later_key PRIMARY KEY (id);
             ALTER TABLE later RENAME TO latest;
             ALTER TABLE latest SET SCHEMA app;
             CREATE TABLE gone (id int); CREATE TABLE gone2 (id int);
             DROP TABLE IF EXISTS gone, public.gone2, never CASCADE;
             CREATE TABLE app2.x (id int); DROP SCHEMA app2 CASCADE;
             CREATE VIEW v AS SELECT 1; CREATE OR REPLACE VIEW w (a) AS SELECT 1; DROP VIEW v;
             CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1 WITH NO DATA;
             CREATE TABLE made AS SELECT * FROM a;",
        );
        all_followed(&migration);
        assert_eq!(columns(&migration, "public", "a"), ["id integer!", "title text!", "created timestamp with time zone!"]);
        assert_eq!(columns(&migration, "app", "latest"), ["id integer!", "b integer"]);
        assert_eq!(table_names(&migration), ["app.latest", "public.a", "public.m", "public.made", "public.w"]);
        let views: Vec<_> = migration.tables.iter().filter(|(_, table)| table.is_view).map(|(key, _)| key.1.as_str()).collect();
        assert_eq!(views, ["m", "made", "w"]);
    }

    #[test]
    fn columns_are_copied_from_parents_and_likes() {
        let migration = read_one(
            "CREATE TABLE p (id int NOT NULL, day date) PARTITION BY RANGE (day);
             CREATE TABLE p1 PARTITION OF p (day NOT NULL, CONSTRAINT c CHECK (id > 0)) FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
             CREATE TABLE p2 (LIKE p INCLUDING ALL, extra text);
             ALTER TABLE p2 DROP extra;
             ALTER TABLE p ATTACH PARTITION p2 DEFAULT;
             ALTER TABLE p ADD note text;
             CREATE TABLE child (own int) INHERITS (p);
             CREATE TABLE copy (LIKE elsewhere.unknown, a int);",
        );
        all_followed(&migration);
        assert_eq!(columns(&migration, "public", "p1"), ["id integer!", "day date!", "note text"]);
        assert_eq!(columns(&migration, "public", "p2"), ["id integer!", "day date", "note text"]);
        assert_eq!(columns(&migration, "public", "child"), ["id integer!", "day date", "note text", "own integer"]);
        assert!(migration.tables[&("public".to_owned(), "copy".to_owned())].is_view);
    }

    #[test]
    fn enums_are_followed() {
        let migration = read_one(
            "CREATE TYPE state AS ENUM ('open', 'it''s', 'done');
             CREATE TYPE point2 AS (x int, y int); ALTER TYPE point2 ADD ATTRIBUTE z int;
             ALTER TYPE state ADD VALUE 'first' BEFORE 'open';
             ALTER TYPE state ADD VALUE IF NOT EXISTS 'second' AFTER 'first';
             ALTER TYPE state ADD VALUE IF NOT EXISTS 'done';
             ALTER TYPE state ADD VALUE 'last';
             ALTER TYPE state RENAME VALUE 'it''s' TO 'its';
             ALTER TYPE state RENAME TO status; ALTER TYPE status SET SCHEMA app;
             CREATE TYPE gone AS ENUM (); DROP TYPE gone;
             CREATE TYPE \"Role\" AS ENUM ('A', 'B');
             CREATE TABLE u (role \"Role\" NOT NULL, other public.\"Role\"[]);
             CREATE TYPE \"Role_new\" AS ENUM ('A');
             ALTER TABLE u ALTER COLUMN role TYPE \"Role_new\" USING (role::text::\"Role_new\");
             ALTER TYPE \"Role\" RENAME TO \"Role_old\";
             ALTER TYPE \"Role_new\" RENAME TO \"Role\";
             DROP TYPE \"public\".\"Role_old\" CASCADE;",
        );
        all_followed(&migration);
        assert_eq!(labels(&migration, "app", "status"), ["first", "second", "open", "its", "done", "last"]);
        assert_eq!(labels(&migration, "public", "Role"), ["A"]);
        assert_eq!(migration.enums.len(), 2);
        assert_eq!(columns(&migration, "public", "u"), ["role \"Role\"!"]);
    }

    #[test]
    fn what_undoes_a_migration_is_passed_over() {
        for (up, down) in [
            ("-- migrate:up", "-- migrate:down"),
            ("-- +goose Up", "-- +goose Down"),
            ("-- +migrate Up", "-- +migrate Down notransaction"),
            ("--", "--//@UNDO"),
            ("--", "-- //@UNDO"),
        ] {
            let migration = read_one(&format!("{up}\nCREATE TABLE a (id int);\n{down}\nDROP TABLE a; CREATE TABLE b (x 'unclosed"));
            all_followed(&migration);
            assert_eq!(table_names(&migration), ["public.a"], "{down}");
        }
    }

    #[test]
    fn a_statement_that_is_not_understood_costs_only_itself() {
        let migration = read_one(
            "CREATE TABLE ${schema}.a (id int);\nCREATE TABLE b (id int,\n  c :type,\n d text);\nALTER TABLE b FROBNICATE;
             ALTER TABLE elsewhere ADD COLUMN x int; ALTER TABLE elsewhere ENABLE ROW LEVEL SECURITY;
             ALTER TABLE b DROP COLUMN nothing; ALTER TABLE b DROP COLUMN IF EXISTS nothing;
             CREATE TABLE broken (id int; CREATE TABLE c (id int);
             IMPORT FOREIGN SCHEMA far FROM SERVER s INTO public;\n\\ir more.sql\nCREATE TABLE d (id int);",
        );
        assert_eq!(table_names(&migration), ["public.b", "public.c", "public.d"]);
        assert_eq!(columns(&migration, "public", "b"), ["id integer", "d text"]);
        let unparsed: Vec<_> = migration.unparsed.iter().map(|unparsed| (unparsed.place.line, unparsed.text.as_str())).collect();
        assert_eq!(
            unparsed,
            [
                (1, "CREATE TABLE ${schema}.a (id int)"),
                (3, "c : type"),
                (5, "ALTER TABLE b FROBNICATE"),
                (6, "ALTER TABLE elsewhere ADD COLUMN x int"),
                (7, "ALTER TABLE b DROP COLUMN nothing"),
                (8, "CREATE TABLE broken (id int"),
                (9, "IMPORT FOREIGN SCHEMA far FROM SERVER s INTO public"),
                (10, "\\ir more.sql"),
            ]
        );
        let long = read_one(&format!("CREATE TABLE :\n{};", "é ".repeat(100)));
        assert_eq!(long.unparsed[0].text.chars().count(), 80);
        let unclosed = read_one("CREATE TABLE a (id int);\nSELECT 'it;\nCREATE TABLE b (id int);");
        assert_eq!(table_names(&unclosed), ["public.a"]);
        assert_eq!(unclosed.unparsed[0].place.line, 2);
    }

    #[test]
    fn the_usual_blocks_are_followed_and_others_are_named() {
        let migration = read_one(
            "DO $$ BEGIN\n CREATE TYPE a AS ENUM ('x');\nEXCEPTION WHEN duplicate_object THEN null;\nEND $$;
             DO $$ BEGIN CREATE TYPE a AS ENUM ('other'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
             DO $x$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'b') THEN
                CREATE TYPE b AS ENUM ('y', 'z'); END IF; END $x$ LANGUAGE plpgsql;
             DO $$ BEGIN ALTER TABLE q ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r (a); EXCEPTION WHEN others THEN NULL; END $$;
             DO $$ BEGIN RAISE NOTICE 'hello'; END $$;
             DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 LOOP EXECUTE 'GRANT x'; END LOOP; END $$;
             DO $$ BEGIN FOR i IN 1..3 LOOP EXECUTE format('CREATE  TABLE t%s (id int)', i); END LOOP; END $$;
             DO $$ BEGIN IF 1 = 1 THEN CREATE TYPE c AS ENUM ('y'); END IF; END $$;",
        );
        assert_eq!(labels(&migration, "public", "a"), ["x"]);
        assert_eq!(migration.enums[&("public".to_owned(), "a".to_owned())].place.line, 2);
        assert_eq!(labels(&migration, "public", "b"), ["y", "z"]);
        assert_eq!(migration.unparsed.iter().map(|unparsed| unparsed.place.line).collect::<Vec<_>>(), [11, 12]);
    }

    #[test]
    fn the_data_of_copy_is_passed_over() {
        let migration = read_one(
            "CREATE TABLE a (id int);\nCOPY public.a (id) FROM stdin;\n1\tit's\nCREATE TABLE no (id int);\n\\.\n\nCREATE TABLE b (id int);",
        );
        all_followed(&migration);
        assert_eq!(table_names(&migration), ["public.a", "public.b"]);
        assert_eq!(migration.tables[&("public".to_owned(), "b".to_owned())].place.line, 7);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read_migrations(folder.path()), Err(MigrationError::NoFile { .. })));
        assert!(matches!(read_migrations(&folder.path().join("none")), Err(MigrationError::Folder { .. })));
        let file = folder.path().join("1.sql");
        fs::write(&file, b"SELECT 1;\n\xff").unwrap();
        assert!(matches!(read_migrations(folder.path()), Err(MigrationError::NotUtf8 { line: 2, .. })));
        fs::write(&file, "\u{feff}CREATE TABLE a (\r\n  id int\r\n);\r\n").unwrap();
        let migration = read_migrations(&file).unwrap();
        assert_eq!(migration.tables.values().next().unwrap().place.file, file.to_string_lossy());
        all_followed(&migration);
    }

    #[test]
    fn no_input_makes_it_panic() {
        let nasty = r#"
/* a /* b */ */ CREATE TABLE "ä"."b""c" (id int4[][], x numeric(1,2) DEFAULT (1 + 2), PRIMARY KEY (id), LIKE y) INHERITS (z);
CREATE TABLE p PARTITION OF q (a NOT NULL) FOR VALUES IN ('é'); -- +goose Down
-- +goose Up
SET search_path = "$user", 'x', DEFAULT; SELECT set_config('search_path', 'a', false);
CREATE TYPE e AS ENUM ('a', E'\'b', U&'\0061'); ALTER TYPE e ADD VALUE 'c' BEFORE 'a'; ALTER TYPE e RENAME VALUE 'a' TO 'z';
ALTER TABLE IF EXISTS ONLY p * ADD COLUMN IF NOT EXISTS a int, DROP b, RENAME c TO d, ALTER e TYPE double precision USING (1);
ALTER TABLE p ATTACH PARTITION p; ALTER TABLE p ADD z int; ALTER TABLE p SET SCHEMA s; ALTER SCHEMA s RENAME TO t;
DO $tag$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE TYPE f AS ENUM ('ß'); END IF; EXCEPTION WHEN x THEN NULL; END $tag$;
COPY a FROM stdin;
1	2
\.
\connect x
SELECT $1, $$ ' $$, '🦀' \gexec
DROP TABLE IF EXISTS a, b CASCADE; DROP TYPE e CASCADE; DROP SCHEMA t CASCADE; CREATE SCHEMA AUTHORIZATION j;
CREATE UNLOGGED TABLE i (i interval year to month, t timestamp(3) with time zone, n national char varying(3)) WITH (a = 1) AS SELECT 1"#;
        let parts: Vec<usize> = nasty.char_indices().map(|(index, _)| index).chain([nasty.len()]).collect();
        for index in &parts {
            let (before, behind) = nasty.split_at(*index);
            for sql in [before, behind] {
                let mut reader = Reader::default();
                reader.file("1.sql".to_owned(), sql);
                reader.finish(Path::new("."));
            }
        }
        let mut reader = Reader::default();
        for deep in ["(", "[", "/*", "array<", "$a", "1", "CREATE TABLE a (", "IF NOT EXISTS ("] {
            reader.file("1.sql".to_owned(), &deep.repeat(20_000));
            reader.file("1.sql".to_owned(), &format!("CREATE TABLE a (b {}", deep.repeat(20_000)));
            reader.file("1.sql".to_owned(), &format!("DO $x$ BEGIN {} $x$", deep.repeat(20_000)));
        }
    }
}
