//! The statement that `entities::verify` runs, made of the queries that read the catalogue.

use super::NOT_NULL;

/// What an application asks a database at its start, about some schemas: the same objects by the same
/// rules as a reading of the catalogue, on every version of the server, in one statement that changes no
/// setting. [`Snapshot::facts`](crate::Snapshot::facts) holds the answer of the database that was read.
pub fn verify_statement<'s>(schemas: impl Iterator<Item = &'s str>) -> String {
    let names: Vec<String> = schemas.map(literal).collect();
    let schemas = if names.is_empty() { "null".to_owned() } else { names.join(", ") };
    // Columns of the catalogue that older servers lack play no part.
    let parts = [
        ("{table}", include_str!("table.sql").to_owned()),
        ("{type}", include_str!("type.sql").to_owned()),
        ("{column}", include_str!("column.sql").replace("{not_null}", NOT_NULL)),
        ("{constraint}", include_str!("constraint.sql").replace("{set_columns}", "'{}'::int2[]")),
        ("{index}", include_str!("index.sql").replace("{nulls_not_distinct}", "false")),
    ];
    let statement = parts.iter().fold(without_comments(include_str!("verify.sql")), |statement, (place, part)| {
        let part = without_comments(part).replace("($1)", "(array(select oid from namespaces))");
        statement.replace(place, part.trim_end())
    });
    // Last, since a name may hold anything.
    statement.replace("{schemas}", &schemas)
}

fn without_comments(sql: &str) -> String {
    sql.lines().filter(|line| !line.trim_start().starts_with("--")).flat_map(|line| [line, "\n"]).collect()
}

/// Text as a literal, whatever the session takes a backslash for.
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE>
fn literal(text: &str) -> String {
    let escape = if text.contains('\\') { "E" } else { "" };
    format!("{escape}'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::verify_statement;

    #[test]
    fn schemas_are_literals_whatever_they_are_called() {
        let statement = verify_statement(["it's", "{table}", "a\\b"].into_iter());
        assert!(statement.contains("in ('it''s', '{table}', E'a\\\\b')"), "{statement}");
        assert!(!statement.contains("$1") && !statement.contains("--") && !statement.contains("{column}"), "{statement}");
        assert!(verify_statement(std::iter::empty()).contains("n.nspname in (null)"));
    }
}
