//! Documentation from the database: its comment, else what the catalogue says. Text from the
//! database is hostile: it never becomes code, a doc test, a link or HTML.

use crate::schema::{Column, ConstraintKind, Generation, Id, Table, Type, TypeKind, Walker};

/// A comment as Markdown that shows it to the letter, a line each.
pub(super) fn lines(comment: &str) -> Vec<String> {
    comment.split(['\n', '\r']).map(|line| escape(line.trim())).collect()
}

/// Marks that turn text around would hide what the line says.
fn is_turning(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Escapes what Markdown would read as markup, at the start of a line or within it.
/// <https://spec.commonmark.org/0.31.2/>
fn escape(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let letters: Vec<char> = line.chars().collect();
    // `12.` and `12)` begin a list.
    let number = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    for (position, &letter) in letters.iter().enumerate() {
        let (before, after) = (position.checked_sub(1).map(|before| letters[before]), letters.get(position + 1).copied());
        match letter {
            turning if is_turning(turning) => text.push('\u{fffd}'),
            // Controls would hide what the line says as well.
            control if control.is_control() => text.push(' '),
            '\\' | '`' | '[' | ']' | '<' | '>' | '*' | '~' | '|' | '$' => text.extend(['\\', letter]),
            // Within a word it is no emphasis.
            '_' if !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)) => {
                text.extend(['\\', letter]);
            }
            // `&amp;` and `&#38;`
            '&' if after.is_some_and(|after| after == '#' || after.is_ascii_alphanumeric()) => text.extend(['\\', letter]),
            // rustdoc shows `--` and `...` as other characters. It also rounds quotes, which says the same.
            '-' | '.' if after == Some(letter) || before == Some(letter) => text.extend(['\\', letter]),
            '#' | '+' | '-' | '=' if position == 0 => text.extend(['\\', letter]),
            '.' | ')' if number > 0 && position == number && after.is_none_or(char::is_whitespace) => text.extend(['\\', letter]),
            _ => text.push(letter),
        }
    }
    text
}

/// Text of the catalogue in a code span, on one line.
pub(crate) fn code(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = if line.is_ascii() {
        line
    } else {
        line.chars().map(|letter| if is_turning(letter) { '\u{fffd}' } else { letter }).collect()
    };
    // The fence must be longer than any run of back ticks inside.
    let longest = line.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if line.starts_with('`') || line.ends_with('`') { format!("{fence} {line} {fence}") } else { format!("{fence}{line}{fence}") }
}

pub(super) fn table(table: Walker<'_, Table>, comment: Option<&str>, read_only: Option<&str>) -> Vec<String> {
    let qualified = code(&table.qualified());
    let mut docs = match comment {
        Some(comment) if !comment.trim().is_empty() => {
            let mut docs = lines(comment);
            docs.push(String::new());
            docs.push(format!("The {} {qualified}.", table.kind.words()));
            docs
        }
        _ => vec![format!("The {} {qualified}.", table.kind.words())],
    };
    if let Some(reason) = read_only {
        docs.push(String::new());
        docs.push(format!("Read-only: {}.", escape(reason.trim_end_matches('.'))));
    }
    let checks: Vec<_> = table.constraints().filter(|constraint| constraint.row().kind == ConstraintKind::Check).collect();
    let of_table = checks.iter().filter(|check| check.row().columns.len() != 1);
    for check in of_table {
        docs.push(String::new());
        docs.push(format!("{}: {}", code(&check.row().name), code(&check.row().definition)));
    }
    docs
}

pub(super) fn column(column: Walker<'_, Column>, comment: Option<&str>) -> Vec<String> {
    let row = column.row();
    let mut facts = code(&row.type_text);
    if column.table().primary_key().is_some_and(|key| key.row().columns.contains(&column.id())) {
        facts.push_str(", primary key");
    }
    match (row.generation, &row.default) {
        (Some(Generation::IdentityAlways), _) => facts.push_str(", identity, always generated"),
        (Some(Generation::IdentityByDefault), _) => facts.push_str(", identity"),
        (Some(_), Some(expression)) => facts = format!("{facts}, always {}", code(expression)),
        (_, Some(default)) => facts = format!("{facts}, default {}", code(default)),
        (_, None) => {}
    }
    let mut docs = match comment {
        Some(comment) if !comment.trim().is_empty() => {
            let mut docs = lines(comment);
            docs.push(String::new());
            docs
        }
        _ => Vec::new(),
    };
    docs.push(format!("{facts}."));
    for check in column.table().constraints() {
        if check.row().kind == ConstraintKind::Check && check.row().columns == [column.id()] {
            docs.push(String::new());
            docs.push(code(&check.row().definition));
        }
    }
    docs
}

pub(super) fn enumeration(kind: Walker<'_, Type>, comment: Option<&str>) -> Vec<String> {
    let mut docs = comment.map(lines).unwrap_or_default();
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(format!("The enum {}.", code(&kind.qualified())));
    debug_assert!(matches!(kind.row().kind, TypeKind::Enum(_)), "only enums are documented as enums");
    docs
}

/// Which constraint or index says that the columns identify a row.
pub(super) fn lookup(table: Walker<'_, Table>, columns: &[Id<Column>]) -> String {
    let constraint = table.constraints().find(|constraint| {
        constraint.row().columns == columns && matches!(constraint.row().kind, ConstraintKind::PrimaryKey | ConstraintKind::Unique)
    });
    let index = table.indexes().find(|index| {
        index.unique
            && index.predicate.is_none()
            && index.row().keys.iter().map(|key| key.column).eq(columns.iter().copied().map(Some))
    });
    match (constraint, index) {
        (Some(constraint), _) if constraint.row().kind == ConstraintKind::PrimaryKey => {
            format!("the primary key {}", code(&constraint.row().name))
        }
        (Some(constraint), _) => format!("the unique constraint {}", code(&constraint.row().name)),
        (None, Some(index)) => format!("the unique index {}", code(&index.row().name)),
        (None, None) => "the key that codegen.toml declares".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader sees of Markdown, by the parser that rustdoc uses, with its extensions.
    fn shown(markdown: &str) -> String {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let options = options | Options::ENABLE_SMART_PUNCTUATION;
        let mut text = String::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => panic!("{markdown:?} holds markup: {other:?}"),
            }
        }
        text
    }

    #[test]
    fn comments_are_shown_to_the_letter() {
        let pieces = [
            "a",
            "B2",
            " ",
            "_",
            "__",
            "&",
            "amp;",
            "#38;",
            "1",
            "1.",
            "12)",
            "-",
            "--",
            "...",
            "*",
            "**",
            "`",
            "~~",
            "[x]",
            "(y)",
            "<b>",
            "!",
            "|",
            "=",
            "+",
            ">",
            "#",
            "\\",
            "$x$",
            ":",
            "http://a.b/_c_",
            "é",
            "^",
            "{",
            "}",
            "user_id",
        ];
        let mut seen = 0;
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let comment = format!("{first}{second}{third}").trim().to_owned();
                    let markdown = lines(&comment);
                    assert_eq!(shown(&markdown[0]), comment, "{markdown:?}");
                    seen += 1;
                }
            }
        }
        assert_eq!(seen, pieces.len().pow(3));
    }

    #[test]
    fn comments_never_become_markup() {
        assert_eq!(lines("```rust\npanic!()\n```"), ["\\`\\`\\`rust", "panic!()", "\\`\\`\\`"]);
        assert_eq!(lines("# [x] <b>"), ["\\# \\[x\\] \\<b\\>"]);
        assert_eq!(lines("    code"), ["code"]);
        assert_eq!(lines("_a_ user_id &amp; R&D, 5 & 6"), ["\\_a\\_ user_id \\&amp; R\\&D, 5 & 6"]);
        assert_eq!(lines("1. one\n12) two\n1.5 kg"), ["1\\. one", "12\\) two", "1.5 kg"]);
        assert_eq!(lines("a\u{202e}b"), ["a\u{fffd}b"]);
        assert_eq!(code("a `b`"), "`` a `b` ``");
    }
}
