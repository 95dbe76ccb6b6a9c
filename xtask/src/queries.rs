//! `cargo xtask queries`: what the statements of SQL files take and give.

use std::{fs, path::PathBuf};

use clap::Args;
use entitree::{
    describe::{Description, Statement, describe},
    sql,
};

use crate::{
    Failure,
    database::{self, Choice},
    print,
};

/// The arguments of `queries`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Print for each statement its parameters and columns, with types and what can be NULL, and
    /// the tables that no index serves.
    #[arg(long, required = true)]
    describe: bool,
    /// As one JSON array.
    #[arg(long)]
    json: bool,
    /// The database: postgres://user:password@host:port/database.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Which server to use.
    #[arg(long, value_enum, default_value_t)]
    server: Choice,
    /// Files of SQL.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be read, or a statement is refused; all at once.
pub async fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut complaints = Vec::new();
    let mut files = Vec::new();
    for path in &arguments.files {
        match fs::read_to_string(path) {
            Ok(text) => match sql::statements(&text) {
                Ok(statements) => files.push((path, text, statements)),
                Err(mistakes) => complaints.extend(mistakes.iter().map(|mistake| format!("{}:{mistake}", path.display()))),
            },
            Err(error) => complaints.push(format!("cannot read {}: {error}", path.display())),
        }
    }
    let database = database::resolve(arguments.database_url.clone(), arguments.server).await?;
    let mut session = entitree::connect(&database.url, database::variable).await?;
    let mut described: Vec<Description> = Vec::new();
    // All at once: the catalogue is read for a description, not for a file.
    let all: Vec<Statement> = files.iter().flat_map(|(.., statements)| statements.iter().cloned()).collect();
    let mut results = describe(&mut session, &all).await?.into_iter();
    for (path, text, statements) in &files {
        for (result, statement) in results.by_ref().take(statements.len()).zip(statements) {
            match result {
                Ok(description) => described.push(description),
                Err(refusal) => {
                    let line = refusal.position.map_or(statement.line, |position| {
                        let before: String = statement.sql.chars().take(position).collect();
                        statement.line + before.matches('\n').count()
                    });
                    let source = text.lines().nth(line - 1).unwrap_or_default();
                    let caret = refusal.position.and_then(|position| caret(&statement.sql, position, source)).unwrap_or_default();
                    let hint = refusal.hint.as_ref().map(|hint| format!("\n  hint: {hint}")).unwrap_or_default();
                    complaints.push(format!(
                        "{}:{line}: {}: {}\n  {source}{caret}{hint}",
                        path.display(),
                        refusal.name,
                        refusal.message
                    ));
                }
            }
        }
    }
    if arguments.json {
        print(&serde_json::to_string_pretty(&described)?);
    } else {
        for description in &described {
            show(description);
        }
    }
    if complaints.is_empty() { Ok(0) } else { Err(complaints.join("\n\n").into()) }
}

/// A line that points at the word of the source which the server means; its columns are not those
/// of the statement, in which parameters have numbers.
fn caret(sql: &str, position: usize, source: &str) -> Option<String> {
    let is_word = |letter: &char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '"');
    let word: String = sql.chars().skip(position).take_while(is_word).collect();
    let at = source.find(&word).filter(|_| !word.is_empty())?;
    let blank = source[..at].chars().count();
    Some(format!("\n  {}{}", " ".repeat(blank), "^".repeat(word.chars().count())))
}

fn show(description: &Description) {
    print(&format!("{} :{}", description.name, description.command));
    for (kind, values) in [("takes", &description.params), ("gives", &description.columns)] {
        for value in values {
            let rust = if value.nullable { format!("Option<{}>", value.rust) } else { value.rust.clone() };
            print(&format!("  {kind} {}: {} as {rust}", value.name, value.r#type));
        }
    }
    for table in &description.scans {
        print(&format!("  reads all of {table}: no index serves it"));
    }
}
