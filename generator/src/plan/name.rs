//! The only knowledge of Rust's keywords and cases.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

use super::Ident;

/// The keywords of edition 2024, reserved ones too.
/// <https://doc.rust-lang.org/reference/keywords.html>
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern",
    "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
    "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// A field, module or function after a name of the database.
pub(crate) fn snake(name: &str) -> String {
    let snake = letters(name).to_snake_case();
    // A leading underscore says something (`_order`), and heck drops it.
    let kept: String = name.chars().take_while(|&letter| letter == '_').collect();
    start(&format!("{kept}{snake}"), 'n')
}

/// Names that no module may have whose file stands beside these: `mod.rs` is a folder's own, and
/// Windows cannot store the others.
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions>
pub(crate) fn no_files(taken: &[&str]) -> BTreeSet<String> {
    let devices = (1..=9).flat_map(|number| [format!("com{number}"), format!("lpt{number}")]);
    taken.iter().chain(&["aux", "con", "mod", "nul", "prn"]).map(|&name| name.to_owned()).chain(devices).collect()
}

/// An identifier without the mark of a raw one.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// `a_and_b`: what a function is called after the columns that it compares.
pub(crate) fn joined<'i>(idents: impl Iterator<Item = &'i Ident>) -> String {
    let words: Vec<String> = idents.map(|ident| plain(ident).trim_start_matches('_').to_owned()).collect();
    single(&words.join("_and_"))
}

/// A name that was put together, without the double underscores that a part of the name brought.
pub(crate) fn single(name: &str) -> String {
    let inner = name.trim_start_matches('_');
    let kept = &name[..name.len() - inner.len()];
    let words: Vec<&str> = inner.split('_').filter(|word| !word.is_empty()).collect();
    format!("{kept}{}", words.join("_"))
}

/// A type or variant after a name of the database.
pub(crate) fn camel(name: &str) -> String {
    start(&letters(name).to_upper_camel_case(), 'N')
}

/// Everything that cannot stand in an identifier becomes a word boundary. Letters that Unicode holds
/// to be the same become one: to rustc, too, they are one identifier.
fn letters(name: &str) -> String {
    name.nfkc().map(|letter| if letter == '_' || is_letter(letter) { letter } else { '_' }).collect()
}

fn is_letter(letter: char) -> bool {
    // What rustc accepts is XID_Continue, which syn knows; of ASCII anyone does.
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric() || letter == '_';
    }
    syn::parse_str::<proc_macro2::Ident>(&format!("x{letter}")).is_ok()
}

fn start(name: &str, before_digit: char) -> String {
    match name.chars().next() {
        None => format!("{before_digit}ameless"),
        Some('_') if name.chars().all(|letter| letter == '_') => format!("{before_digit}{name}"),
        Some(first)
            if first == '_'
                || first.is_ascii_alphabetic()
                || syn::parse_str::<proc_macro2::Ident>(&first.to_string()).is_ok()
                || KEYWORDS.contains(&name) =>
        {
            name.to_owned()
        }
        Some(_) => format!("{before_digit}{name}"),
    }
}

/// An identifier: keywords become raw (`r#type`), those that cannot get an underscore (`self_`).
pub(crate) fn ident(name: &str) -> Ident {
    if NEVER_RAW.contains(&name) {
        Ident::new(&format!("{name}_"))
    } else if KEYWORDS.contains(&name) {
        Ident::from(proc_macro2::Ident::new_raw(name, proc_macro2::Span::call_site()))
    } else {
        Ident::new(name)
    }
}

/// A wished name as it will stand in the code, to see whether it can.
pub(crate) fn ident_text(name: &str) -> String {
    if KEYWORDS.contains(&name) && !NEVER_RAW.contains(&name) { format!("r#{name}") } else { name.to_owned() }
}

/// Words that are no bare name of a schema, table, column or type: reserved ones, and those that only
/// a column can be called.
/// <https://www.postgresql.org/docs/current/sql-keywords-appendix.html>
const SQL_KEYWORDS: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "json",
    "json_array",
    "json_arrayagg",
    "json_exists",
    "json_object",
    "json_objectagg",
    "json_query",
    "json_scalar",
    "json_serialize",
    "json_table",
    "json_value",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "merge_action",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
];

/// Whether a letter can stand in a name of SQL without quotes.
pub(crate) fn is_plain_sql(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter == '_' || letter.is_ascii_digit()
}

/// A name as SQL, quoted where it must be.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>
pub(crate) fn sql(name: &str) -> String {
    let starts = name.starts_with(|letter: char| letter.is_ascii_lowercase() || letter == '_');
    if starts && name.chars().all(is_plain_sql) && !SQL_KEYWORDS.contains(&name) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// Text as a string of SQL, whatever `standard_conforming_strings` is.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS>
pub(crate) fn sql_string(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') { format!("E'{}'", quoted.replace('\\', "\\\\")) } else { format!("'{quoted}'") }
}

/// Names that must differ from each other: those that fit keep their name, the others are told
/// apart in an order that does not depend on what else there is.
///
/// `wanted` holds for each thing a ladder of names, best first. A name that two things want at the
/// same step goes to neither, unless it is the last: then numbers tell them apart.
pub(crate) fn distinct(wanted: &[Vec<String>], taken: &BTreeSet<String>) -> Vec<String> {
    let mut result: Vec<Option<String>> = vec![None; wanted.len()];
    let mut used = taken.clone();
    let steps = wanted.iter().map(Vec::len).max().unwrap_or(0);
    for step in 0..steps {
        let mut claims = BTreeMap::<&str, Vec<usize>>::new();
        for (position, ladder) in wanted.iter().enumerate() {
            if result[position].is_none()
                && let Some(name) = ladder.get(step)
            {
                claims.entry(name).or_default().push(position);
            }
        }
        for (name, positions) in claims {
            if let [only] = positions.as_slice()
                && !used.contains(name)
            {
                result[*only] = Some(name.to_owned());
            }
        }
        used.extend(result.iter().flatten().cloned());
    }
    for position in 0..wanted.len() {
        if result[position].is_none() {
            let last = wanted[position].last().map_or("nameless", String::as_str);
            // Types are told apart without the underscore that fields take.
            let space = if last.starts_with(char::is_uppercase) { "" } else { "_" };
            let free = (2..=wanted.len() + used.len() + 2)
                .map(|number| format!("{last}{space}{number}"))
                .find(|name| !used.contains(name))
                .expect("there are more numbers than names");
            used.insert(free.clone());
            result[position] = Some(free);
        }
    }
    result.into_iter().map(|name| name.expect("every position was given a name")).collect()
}

/// Whether a word is the singular of a table's name: `user` of `users`, `category` of `categories`.
pub(crate) fn is_singular_of(word: &str, plural: &str) -> bool {
    word == plural
        || plural.strip_suffix('s') == Some(word)
        || plural.strip_suffix("es") == Some(word)
        || (plural.strip_suffix("ies").is_some_and(|stem| word.strip_suffix('y') == Some(stem)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        for (name, expected) in [
            ("user_id", "user_id"),
            ("userId", "user_id"),
            ("_order", "_order"),
            ("admin_i_d_id_id", "admin_i_d_id_id"),
            ("1st", "n1st"),
            ("Super Admin", "super_admin"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("crate", "crate_"),
            ("a.b$c", "a_b_c"),
            ("", "nameless"),
            ("_", "n_"),
            ("😀", "nameless"),
            ("größe", "größe"),
            ("gro\u{308}ße", "größe"),
            ("ſ", "s"),
        ] {
            assert_eq!(ident(&snake(name)).to_string(), expected, "{name}");
        }
        assert_eq!(ident(&camel("Super Admin")).to_string(), "SuperAdmin");
        assert_eq!(ident(&camel("self")).to_string(), "Self_");
        assert_eq!(ident(&camel("1099-K")).to_string(), "N1099K");
    }

    #[test]
    fn a_name_that_two_want_goes_to_neither() {
        let wanted = [vec!["sessions".into(), "auth_sessions".into()], vec!["sessions".into(), "public_sessions".into()]];
        assert_eq!(distinct(&wanted, &BTreeSet::new()), ["auth_sessions", "public_sessions"]);
    }

    #[test]
    fn a_name_that_is_taken_gives_way() {
        let wanted = [vec!["author".into(), "author_users".into()]];
        assert_eq!(distinct(&wanted, &BTreeSet::from(["author".to_owned()])), ["author_users"]);
        assert_eq!(distinct(&[vec!["a".into()], vec!["a".into()]], &BTreeSet::new()), ["a_2", "a_3"]);
        assert_eq!(distinct(&[vec!["A".into()], vec!["A".into()]], &BTreeSet::new()), ["A2", "A3"]);
    }
}
