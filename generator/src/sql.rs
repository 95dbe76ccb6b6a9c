//! Files of SQL: several statements, each with a header, `:named` parameters and a few comments that
//! say more.
//!
//! ```text
//! -- Members who joined since a day.
//! -- name: members_since :many
//! -- @column note not null
//! select id, note from members where joined >= :since
//! ```

use crate::describe::{Override, Statement};

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {message}")]
pub struct Mistake {
    /// The line, counted from 1.
    pub line: usize,
    /// What, and the cure.
    pub message: String,
}

/// The commands of a header: <https://docs.sqlc.dev/en/stable/reference/query-annotations.html>.
const COMMANDS: &[&str] = &["one", "optional", "many", "stream", "exec", "rows"];

/// Reads the statements of a file. One without a header is named by its position: `statement_1`.
///
/// # Errors
/// All mistakes in headers and comments at once.
pub fn statements(text: &str) -> Result<Vec<Statement>, Vec<Mistake>> {
    let mut statements = Vec::new();
    let mut mistakes = Vec::new();
    for part in split(text) {
        let line = text[..part.start].matches('\n').count() + 1;
        let source = &text[part.clone()];
        if source.lines().all(|line| line.trim().is_empty() || line.trim().starts_with("--"))
            && strip_comments(source).trim().is_empty()
        {
            continue;
        }
        let mut statement = Statement { line, ..Statement::default() };
        for (number, comment) in
            source.lines().enumerate().filter_map(|(number, line)| Some((number, line.trim().strip_prefix("--")?.trim())))
        {
            if let Err(message) = directive(comment, &mut statement) {
                mistakes.push(Mistake { line: line + number, message });
            }
        }
        if statement.name.is_empty() {
            statement.name = format!("statement_{}", statements.len() + 1);
        }
        let (sql, parameters) = numbered(source);
        statement.sql = sql;
        statement.parameters = parameters;
        statements.push(statement);
    }
    if mistakes.is_empty() { Ok(statements) } else { Err(mistakes) }
}

fn directive(comment: &str, statement: &mut Statement) -> Result<(), String> {
    if let Some(header) = comment.strip_prefix("name:") {
        let mut words = header.split_whitespace();
        let name = words.next().ok_or("write `-- name: the_name :many`")?;
        if !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
            || name.starts_with(|letter: char| letter.is_ascii_digit())
        {
            return Err(format!("`{name}` is no name of a function"));
        }
        name.clone_into(&mut statement.name);
        if let Some(command) = words.next() {
            let command = command.strip_prefix(':').unwrap_or(command);
            if !COMMANDS.contains(&command) {
                return Err(format!("`:{command}` is none of :{}", COMMANDS.join(", :")));
            }
            statement.command = Some(command.to_owned());
        }
        return Ok(());
    }
    if let Some(reason) = comment.strip_prefix("@allow-scan") {
        let reason = reason.trim_start_matches(':').trim();
        if reason.is_empty() {
            return Err("say why: `-- @allow-scan: a nightly report`".to_owned());
        }
        statement.allow_scan = Some(reason.to_owned());
        return Ok(());
    }
    for (prefix, is_parameter) in [("@param", true), ("@column", false)] {
        if let Some(said) = comment.strip_prefix(prefix) {
            let mut words = said.trim_start_matches(':').split_whitespace();
            let name = words.next().ok_or_else(|| format!("write `-- {prefix} name type`, or `-- {prefix} name not null`"))?;
            let what = words.collect::<Vec<_>>().join(" ");
            let (nullable, rust) = match what.to_lowercase().as_str() {
                "not null" => (Some(false), None),
                "null" | "nullable" => (Some(true), None),
                lower if lower.ends_with(" not null") => (Some(false), Some(what[..what.len() - 9].to_owned())),
                lower if lower.ends_with(" null") => (Some(true), Some(what[..what.len() - 5].to_owned())),
                "" => return Err(format!("say what of `{name}`: a Rust type, `null` or `not null`")),
                _ => (None, Some(what.clone())),
            };
            statement.overrides.push(Override { is_parameter, name: name.trim_start_matches(':').to_owned(), rust, nullable });
        }
    }
    Ok(())
}

/// A stretch of SQL that is read as a whole.
enum Piece {
    Code,
    Quoted,
    Comment,
}

/// Cuts SQL into code, quoted text and comments.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>
fn pieces(text: &str) -> Vec<(Piece, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut position = 0;
    let find = |from: usize, what: &str| text[from..].find(what).map_or(text.len(), |at| from + at + what.len());
    while position < bytes.len() {
        let rest = &text[position..];
        let (piece, end) = if rest.starts_with("--") {
            (Piece::Comment, text[position..].find('\n').map_or(text.len(), |at| position + at))
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
            (Piece::Comment, at)
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
            (Piece::Quoted, (at + 1).min(bytes.len()))
        } else if rest.starts_with('"') {
            (Piece::Quoted, find(position + 1, "\""))
        } else if let Some(tag) = dollar_tag(rest)
            .filter(|_| position == 0 || !(bytes[position - 1].is_ascii_alphanumeric() || bytes[position - 1] == b'_'))
        {
            (Piece::Quoted, find(position + tag.len(), tag))
        } else {
            position += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if start < position {
            pieces.push((Piece::Code, start..position));
        }
        pieces.push((piece, position..end));
        position = end;
        start = end;
    }
    if start < text.len() {
        pieces.push((Piece::Code, start..text.len()));
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
fn split(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (piece, range) in pieces(text) {
        if matches!(piece, Piece::Code) {
            for (at, _) in text[range.clone()].match_indices(';') {
                parts.push(start..range.start + at);
                start = range.start + at + 1;
            }
        }
    }
    parts.push(start..text.len());
    parts
}

fn strip_comments(text: &str) -> String {
    pieces(text).into_iter().filter(|(piece, _)| !matches!(piece, Piece::Comment)).map(|(_, range)| &text[range]).collect()
}

/// `:name` → `$1`, each name once. The SQL keeps its length in lines, so that places stay right.
fn numbered(text: &str) -> (String, Vec<String>) {
    let mut sql = String::with_capacity(text.len());
    let mut names: Vec<String> = Vec::new();
    for (piece, range) in pieces(text) {
        if !matches!(piece, Piece::Code) {
            sql.push_str(&text[range]);
            continue;
        }
        let code = &text[range];
        let mut rest = code;
        let mut before = ' ';
        while let Some(at) = rest.find(':') {
            let (front, tail) = rest.split_at(at);
            sql.push_str(front);
            before = front.chars().last().unwrap_or(before);
            let name: String = tail[1..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            // `::type`, `:=` and the bounds of a slice are none.
            let is_name = before != ':'
                && name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
                && !tail[1..].starts_with(':');
            let is_slice = before.is_alphanumeric() || before == ']' || before == ')';
            if is_name && !is_slice {
                let number = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                    names.push(name.clone());
                    names.len() - 1
                });
                sql.push_str(&format!("${}", number + 1));
                rest = &tail[1 + name.len()..];
                before = '$';
            } else {
                sql.push(':');
                rest = &tail[1..];
                before = ':';
            }
        }
        sql.push_str(rest);
    }
    (sql, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read() {
        let text = "-- Doc.\n-- name: one_of :one\n-- @param id i64\n-- @column note text not null\nselect ':no' as a, $$;:no$$, x::text, a[1:2] -- ;\nfrom t where id = :id and (b = :b or c = :id); \n\nselect 1;\n-- only a comment\n";
        let found = statements(text).expect("statements");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name.as_str(), found[0].command.as_deref()), ("one_of", Some("one")));
        assert_eq!(found[0].parameters, ["id", "b"]);
        assert!(
            found[0].sql.contains("':no' as a, $$;:no$$, x::text, a[1:2] -- ;\nfrom t where id = $1 and (b = $2 or c = $1)"),
            "{}",
            found[0].sql
        );
        assert_eq!(found[0].overrides.len(), 2);
        assert_eq!(found[1].name, "statement_2");
    }

    #[test]
    fn mistakes_say_their_line() {
        let mistakes = statements("select 1;\n-- name: x :some\nselect 2;\n-- @allow-scan\nselect 3").expect_err("two mistakes");
        assert_eq!(mistakes.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [2, 4]);
    }
}
