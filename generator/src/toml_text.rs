//! Names of the database as text of codegen.toml, always on one line.

use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

/// A string of TOML.
pub(crate) fn string(text: &str) -> String {
    visible(&TomlStringBuilder::new(text).as_basic().to_toml_value())
}

/// A key of TOML, quoted where it must be.
pub(crate) fn key(name: &str) -> String {
    let key = TomlKeyBuilder::new(name);
    visible(&key.as_unquoted().unwrap_or_else(|| key.as_basic()).to_toml_key())
}

/// The pattern of tables that matches this text alone.
pub(crate) fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '*' | '?' | '[' | ']' | '{' | '}' | '\\') {
            pattern.extend(['[', letter, ']']);
        } else {
            pattern.push(letter);
        }
    }
    pattern
}

/// One end of `[[relations]]`: `schema.table.column`, or `schema.table.(column)` where the column's
/// name would be read otherwise. `None` for a name that neither form can hold.
pub(crate) fn relation_end(table: &str, column: &str) -> Option<String> {
    let table = pattern(table);
    if !column.contains('.') && !column.ends_with(')') {
        return Some(format!("{table}.{column}"));
    }
    let is_whole = !column.contains(',') && !column.contains(".(") && column.trim() == column;
    is_whole.then(|| format!("{table}.({column})"))
}

/// Escapes what changes how the rest of the line looks.
fn visible(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    for letter in quoted.chars() {
        if is_hidden(letter) {
            text.push_str(&format!("\\U{:08X}", u32::from(letter)));
        } else {
            text.push(letter);
        }
    }
    text
}

/// Letters that break a line or change how the rest of it looks.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{key, pattern, relation_end, string};

    /// Names that break text that is put together without care.
    const NAMES: &[&str] =
        &["plain", "Mixed Case", "\"", "\\", "'''", "a\nb\tc", "\u{202e}", "\u{7f}\u{1}", "{x}", "\u{e9}", "$1", "[a]"];

    #[test]
    fn names_come_back_from_toml_as_they_were() {
        for name in NAMES {
            let line = format!("{} = {}", key(name), string(name));
            assert_eq!(line.lines().count(), 1, "{line}");
            let table: toml::Table = toml::from_str(&line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(table.get(*name).and_then(toml::Value::as_str), Some(*name), "{line}");
            let glob = globset::Glob::new(&pattern(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(glob.compile_matcher().is_match(name), "{name}");
        }
    }

    #[test]
    fn ends_of_relations_say_which_column() {
        assert_eq!(relation_end("a.b*", "c").as_deref(), Some("a.b[*].c"));
        assert_eq!(relation_end("a.b", "c.d").as_deref(), Some("a.b.(c.d)"));
        assert_eq!(relation_end("a.b", "c,d.e"), None);
    }
}
