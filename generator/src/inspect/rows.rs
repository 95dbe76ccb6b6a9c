//! Counts rows and NULLs, and takes samples, each table within its time.

use tokio_postgres::Client;

use super::{
    InspectError, Inspection, Options, Progress, TableFacts, Unread,
    ask::{ask, numbers},
    may_be_sampled,
    read::Live,
};
use crate::{
    plan::sql_name,
    schema::{Schema, Table, TableKind, Walker},
};

/// How many rows are looked at for NULLs where a table has more than may be counted.
pub(super) const SAMPLED_ROWS: i64 = 100_000;

/// What is asked of a table.
struct Question {
    position: usize,
    /// An expression that gives an array of numbers: the rows, then the values of each column.
    sql: String,
    /// Only some of the rows are looked at.
    sampled: bool,
}

/// Fills in rows, NULLs, states and samples.
pub(super) async fn count(
    client: &Client,
    schema: &Schema,
    live: &Live,
    options: &Options,
    inspection: &mut Inspection,
    progress: Progress<'_>,
) -> Result<(), InspectError> {
    // Policies shall refuse, not hide rows from the count.
    let refused = |source| InspectError::Refused { what: "settings", source };
    client.batch_execute("set local row_security = off").await.map_err(refused)?;
    let mut questions = Vec::new();
    for (position, table) in schema.tables().enumerate() {
        questions.extend(question(table, position, live, options, inspection));
    }
    let statements: Vec<String> = questions.iter().map(|question| question.sql.clone()).collect();
    for (question, answer) in questions.iter().zip(ask(client, &statements, "counting rows", progress).await?) {
        let facts = &mut inspection.tables[question.position];
        match answer {
            Ok(counts) => write(question, &numbers(&counts), facts),
            Err(reason) => {
                let reason = format!("its rows could not be counted: {reason}");
                inspection.unread.push(Unread { object: facts.qualified(), reason });
            }
        }
    }
    for (position, table) in schema.tables().enumerate() {
        let figures = live.tables.get(&(inspection.tables[position].schema.clone(), inspection.tables[position].name.clone()));
        let facts = &mut inspection.tables[position];
        facts.state = match facts.rows {
            None => "unknown",
            Some(0) if table.row().kind == TableKind::View => "empty",
            Some(0) if figures.is_some_and(|figures| figures.writes == 0) => "never written",
            Some(0) => "empty",
            Some(_) => "used",
        };
    }
    maxima(client, schema, inspection, progress).await?;
    if options.samples > 0 {
        sample(client, options, inspection, progress).await?;
    }
    Ok(())
}

pub(super) fn qualified(facts: &TableFacts) -> String {
    format!("{}.{}", sql_name(&facts.schema), sql_name(&facts.name))
}

/// What to ask of a table, or what is known without asking.
fn question(
    table: Walker<'_, Table>,
    position: usize,
    live: &Live,
    options: &Options,
    inspection: &mut Inspection,
) -> Option<Question> {
    let facts = &mut inspection.tables[position];
    let figures = live.tables.get(&(facts.schema.clone(), facts.name.clone())).cloned().unwrap_or_default();
    let object = facts.qualified();
    let mut unread = |reason: String| inspection.unread.push(Unread { object: object.clone(), reason });
    if figures.unpopulated {
        unread("the materialized view was never refreshed".to_owned());
        return None;
    }
    if !figures.readable {
        unread("the role may not read it: its rows are the server's estimate, its columns are not looked at".to_owned());
        (facts.rows, facts.estimated) = (Some(figures.estimate), true);
        return None;
    }
    let source = qualified(facts);
    // The rows of a partition are its parent's as well; those of a child by inheritance too, as everywhere in SQL.
    let sampled = may_be_sampled(table) && figures.estimate > options.exact_rows;
    let from = if sampled {
        (facts.rows, facts.estimated) = (Some(figures.estimate), true);
        let share = 100.0 * ratio(SAMPLED_ROWS, figures.estimate);
        unread(format!(
            "about {} rows, more than the {} that are counted: the number is the server's estimate, and NULLs were looked for in \
             about {SAMPLED_ROWS} rows",
            figures.estimate, options.exact_rows
        ));
        format!("{source} tablesample system ({share:.6}) repeatable (1)")
    } else {
        source
    };
    let columns: Vec<String> = facts
        .columns
        .iter()
        .map(|column| if column.not_null { "count(*)".to_owned() } else { format!("count({})", sql_name(&column.name)) })
        .collect();
    let every: Vec<String> = std::iter::once("count(*)".to_owned()).chain(columns).collect();
    Some(Question { position, sql: format!("select array[{}] from {from}", every.join(", ")), sampled })
}

/// A share of two numbers of rows.
pub(super) fn ratio(part: i64, whole: i64) -> f64 {
    let number = |rows: i64| rows.to_string().parse::<f64>().unwrap_or(1.0);
    (number(part) / number(whole).max(1.0)).min(1.0)
}

fn write(question: &Question, counts: &[i64], facts: &mut TableFacts) {
    let Some((&rows, values)) = counts.split_first() else { return };
    if !question.sampled {
        (facts.rows, facts.estimated) = (Some(rows), false);
    }
    for (column, &values) in facts.columns.iter_mut().zip(values) {
        column.nulls = Some(rows - values);
        column.always_null = rows > 0 && values == 0;
    }
}

/// The largest key of four bytes or fewer: the index of the key knows it.
async fn maxima(client: &Client, schema: &Schema, inspection: &mut Inspection, progress: Progress<'_>) -> Result<(), InspectError> {
    let mut keys = Vec::new();
    for table in schema.tables() {
        let facts = &inspection.tables[table.id().index()];
        let Some([only]) = table.primary_key().map(|key| key.row().columns.as_slice()) else { continue };
        let is_small = matches!(table.at(*only).declared_type().base().row().name.as_str(), "int2" | "int4");
        let position = facts.columns.iter().position(|column| column.key);
        if let Some(position) = position.filter(|_| is_small && facts.rows.is_some_and(|rows| rows > 0)) {
            keys.push((table.id().index(), position));
        }
    }
    let statements: Vec<String> = keys
        .iter()
        .map(|&(table, column)| {
            let facts = &inspection.tables[table];
            format!("select array[max({})] from {}", sql_name(&facts.columns[column].name), qualified(facts))
        })
        .collect();
    let answers = ask(client, &statements, "counting rows", progress).await?;
    for ((table, column), answer) in keys.into_iter().zip(answers) {
        let largest = answer.ok().and_then(|answer| numbers(&answer).first().copied());
        inspection.tables[table].columns[column].maximum = largest;
    }
    Ok(())
}

/// Takes rows, each value as text, masked.
async fn sample(
    client: &Client,
    options: &Options,
    inspection: &mut Inspection,
    progress: Progress<'_>,
) -> Result<(), InspectError> {
    let has_samples = |table: &TableFacts| table.rows.is_some_and(|rows| rows > 0) && !table.columns.is_empty();
    let positions: Vec<usize> =
        (0..inspection.tables.len()).filter(|&position| has_samples(&inspection.tables[position])).collect();
    // A row after the other, each value marked: an array cannot tell NULL from nothing here.
    let statements: Vec<String> = positions
        .iter()
        .map(|&position| {
            let facts = &inspection.tables[position];
            let values: Vec<String> = facts
                .columns
                .iter()
                .map(|column| format!("coalesce('=' || left({}::text, 200), '')", sql_name(&column.name)))
                .collect();
            let rows = format!("select array[{}] as v from {} limit {}", values.join(", "), qualified(facts), options.samples);
            format!("select array_agg(u) from ({rows}) r, unnest(r.v) u")
        })
        .collect();
    for (position, answer) in positions.into_iter().zip(ask(client, &statements, "taking samples", progress).await?) {
        let facts = &mut inspection.tables[position];
        let names: Vec<String> = facts.columns.iter().map(|column| column.name.clone()).collect();
        for row in answer.unwrap_or_default().chunks(names.len()) {
            let values = row.iter().zip(&names).map(|(value, column)| value.strip_prefix('=').map(|value| masked(column, value)));
            facts.samples.push(values.collect());
        }
    }
    Ok(())
}

/// Words in names of columns whose values nobody should read in a report.
const SECRET: &[&str] = &[
    "password",
    "passwd",
    "secret",
    "token",
    "hash",
    "salt",
    "key",
    "otp",
    "pin",
    "cvv",
    "ssn",
    "iban",
    "nonce",
    "verifier",
    "challenge",
    "signature",
    "credential",
    "code",
    "email",
    "mail",
    "phone",
    "session",
];

/// A value without what identifies a person or opens a door: e-mail addresses, tokens, hashes. What is
/// masked keeps its kind and length.
pub(super) fn masked(column: &str, value: &str) -> String {
    let words = crate::plan::name::snake(column);
    if words.split('_').any(|word| SECRET.contains(&word)) {
        return format!("‹{} characters›", value.chars().count());
    }
    let parts = value.split_inclusive(|letter: char| letter.is_whitespace() || "\"',;()[]{}<>=&?".contains(letter));
    let text: String = parts
        .map(|part| {
            let body = part.trim_end_matches(|letter: char| letter.is_whitespace() || "\"',;()[]{}<>=&?".contains(letter));
            let rest = &part[body.len()..];
            if is_address(body) {
                format!("‹e-mail›{rest}")
            } else if is_token(body) {
                format!("‹{} characters›{rest}", body.chars().count())
            } else {
                part.to_owned()
            }
        })
        .collect();
    if text.chars().count() > 60 { text.chars().take(59).chain(['…']).collect() } else { text }
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(before, after)| !before.is_empty() && after.contains('.'))
}

/// Long runs of letters and digits without a meaning: tokens, hashes, keys. A uuid is none.
fn is_token(word: &str) -> bool {
    let is_uuid = word.len() == 36
        && word.bytes().enumerate().all(
            |(at, byte)| {
                if [8, 13, 18, 23].contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() }
            },
        );
    let plain = word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.+/$=:\\".contains(letter));
    let mixed = word.chars().any(|letter| letter.is_ascii_digit()) && word.chars().any(|letter| letter.is_ascii_alphabetic());
    !is_uuid && plain && mixed && word.len() >= 20 && !word.contains("://") && !is_moment(word)
}

/// `2025-10-27T10:00:00.000Z`
fn is_moment(word: &str) -> bool {
    word.len() < 36
        && word.starts_with(|letter: char| letter.is_ascii_digit())
        && word.contains('T')
        && word.matches(':').count() >= 2
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn what_identifies_or_opens_is_masked() {
        for (column, value, expected) in [
            ("email", "ada@example.com", "‹15 characters›"),
            ("note", "write to ada@example.com, please", "write to ‹e-mail›, please"),
            ("encrypted_password", "$2a$10$abcdefghijklmnopqrstuv", "‹29 characters›"),
            ("data", "{\"jwt\": \"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x1\"}", "{\"jwt\": \"‹43 characters›\"}"),
            ("id", "7d444840-9dc0-11d1-b245-5ffdce74fad2", "7d444840-9dc0-11d1-b245-5ffdce74fad2"),
            ("created_at", "2025-10-27T10:00:00.000Z", "2025-10-27T10:00:00.000Z"),
            ("note", "9f86d081884c7d659a2feaa0c55ad015", "‹32 characters›"),
            ("name", "Ada", "Ada"),
        ] {
            assert_eq!(masked(column, value), expected, "{column}");
        }
    }
}
