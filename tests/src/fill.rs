//! Rows for any schema: three or more in each table, with NULLs, extremes, and text that hurts.

use entitree::schema::{Column, ConstraintKind, Generation, Schema, Table, TableKind, Type, TypeKind, Walker};
use tokio_postgres::Client;

/// How many rows a table gets.
const ROWS: usize = 4;

/// Fills every table that is empty, and refreshes the materialized views.
///
/// # Errors
/// When a table takes none of the values that are known for its types: then give the case rows.
pub async fn fill(client: &Client, schema: &Schema) -> Result<(), String> {
    let mut waiting: Vec<Walker<'_, Table>> = schema
        .tables()
        .filter(|table| matches!(table.kind, TableKind::Ordinary | TableKind::Partitioned) && !table.is_partition)
        .collect();
    while !waiting.is_empty() {
        let refers = |table: &Walker<'_, Table>| {
            table.foreign_keys().any(|key| match &key.row().kind {
                ConstraintKind::ForeignKey { table: to, .. } => *to != table.id() && waiting.iter().any(|other| other.id() == *to),
                _ => false,
            })
        };
        let next = waiting.iter().position(|table| !refers(table)).unwrap_or(0);
        let table = waiting.remove(next);
        fill_table(client, table).await?;
    }
    for view in schema.tables().filter(|table| table.kind == TableKind::MaterializedView) {
        let refresh = format!("refresh materialized view {}", name(view));
        client.batch_execute(&refresh).await.map_err(|error| format!("{refresh}: {error}"))?;
    }
    Ok(())
}

/// `"schema"."table"`
pub fn name(table: Walker<'_, Table>) -> String {
    format!("{}.{}", quote(&table.namespace().name), quote(&table.name))
}

/// A name as SQL.
pub fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

async fn fill_table(client: &Client, table: Walker<'_, Table>) -> Result<(), String> {
    let exists = client.simple_query(&format!("select 1 from {} limit 1", name(table))).await;
    let exists = exists.map_err(|error| format!("{}: {error:?}", table.qualified()))?;
    if exists.iter().any(|message| matches!(message, tokio_postgres::SimpleQueryMessage::Row(_))) {
        return Ok(());
    }
    let columns: Vec<Walker<'_, Column>> = table
        .columns()
        .filter(|column| !matches!(column.generation, Some(Generation::Stored | Generation::Virtual | Generation::IdentityAlways)))
        .collect();
    for row in 0..ROWS {
        let mut refused = String::new();
        let mut inserted = false;
        for tame in [false, true] {
            let values: Vec<String> = columns.iter().map(|column| value(*column, row, tame)).collect();
            let names: Vec<String> = columns.iter().map(|column| quote(&column.name)).collect();
            let sql = if columns.is_empty() {
                format!("insert into {} default values", name(table))
            } else {
                format!("insert into {} ({}) values ({})", name(table), names.join(", "), values.join(", "))
            };
            match client.batch_execute(&sql).await {
                Ok(()) => {
                    inserted = true;
                    break;
                }
                Err(error) => {
                    let said = error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
                    refused.push_str(&format!("\n{said}: {sql}"));
                }
            }
        }
        // A key of two booleans, say, has no more than so many values.
        let is_full = row > 0 && refused.contains("duplicate key");
        if !inserted && !is_full {
            return Err(format!("{}: {refused}", table.qualified()));
        }
    }
    Ok(())
}

/// The expression for a column of a row.
fn value(column: Walker<'_, Column>, row: usize, tame: bool) -> String {
    let table = column.table();
    let key = table.foreign_keys().find(|key| key.row().columns.contains(&column.id()));
    let in_key = table.primary_key().is_some_and(|key| key.row().columns.contains(&column.id()));
    if let Some(key) = key
        && let ConstraintKind::ForeignKey { references, table: to, .. } = &key.row().kind
    {
        let all_nullable = key.columns().all(|column| !column.is_required());
        if row == 2 && all_nullable && !in_key {
            return "null".to_owned();
        }
        let position = key.row().columns.iter().position(|id| *id == column.id()).expect("a column of the key");
        let referred = table.at(references[position]);
        if *to == table.id() {
            // The row refers to itself.
            let is_known = referred.generation != Some(Generation::IdentityAlways);
            return if column.is_required() || row == 0 && is_known { value_of(referred, row, tame) } else { "null".to_owned() };
        }
        let order: Vec<String> = references.iter().map(|&column| quote(&table.at(column).name)).collect();
        // The other table may have fewer rows.
        let nth = |row: usize| {
            let (column, table) = (quote(&referred.name), name(table.at(*to)));
            let (order, present) = (order.join(", "), order.join(" is not null and "));
            format!("(select {column} from {table} where {present} is not null order by {order} offset {row} limit 1)")
        };
        return format!("coalesce({}, {})", nth(row), nth(0));
    }
    if row == 2 && !column.is_required() {
        return "null".to_owned();
    }
    value_of(column, row, tame)
}

fn value_of(column: Walker<'_, Column>, row: usize, tame: bool) -> String {
    let base = column.declared_type().base();
    let mut text = column.row().type_text.clone();
    let mut kind = column.declared_type();
    while let TypeKind::Domain { base, base_text, .. } = &kind.row().kind {
        text.clone_from(base_text);
        kind = kind.at(*base);
    }
    if let TypeKind::Array(element) = base.row().kind {
        let element = column.at(element);
        let mut kind = element;
        while let TypeKind::Domain { base, base_text, .. } = &kind.row().kind {
            text.clone_from(base_text);
            kind = kind.at(*base);
        }
        let one = |row: usize| match element.base().row().kind {
            // A domain over an array.
            TypeKind::Array(_) => format!("'{{{row}}}'"),
            _ => scalar(element.base(), &text, row, tame),
        };
        let none = if element.refuses_null() { one(2) } else { "null".to_owned() };
        let cast = format!("{}.{}[]", quote(&element.row().schema), quote(&element.row().name));
        return match row {
            0 => format!("array[{}, {none}, {}]::{cast}", one(0), one(1)),
            1 => format!("'{{}}'::{cast}"),
            2 => format!("array[array[{}, {}], array[{none}, {}]]::{cast}", one(0), one(1), one(3)),
            _ => format!("array[{}]::{cast}", one(3)),
        };
    }
    scalar(base, &text, row, tame)
}

fn arguments(text: &str) -> Vec<i64> {
    let inside = text.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map(|(inside, _)| inside.split(',').filter_map(|part| part.trim().parse().ok()).collect()).unwrap_or_default()
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[expect(clippy::too_many_lines, reason = "a table of values")]
/// A value of a type that is no array: `text` is the column's type with its modifier.
fn scalar(base: Walker<'_, Type>, text: &str, row: usize, tame: bool) -> String {
    let pick = |values: &[&str]| literal(values[row % values.len()]);
    let arguments = arguments(text);
    let cast = |value: String| format!("{value}::{}.{}", quote(&base.row().schema), quote(&base.row().name));
    match &base.row().kind {
        TypeKind::Enum(labels) if labels.is_empty() => return "null".to_owned(),
        TypeKind::Enum(labels) => return cast(literal(&labels[row % labels.len()])),
        TypeKind::Composite(attributes) => {
            // The row type of a table has the table's columns.
            let table = base.schema().tables().find(|table| table.qualified() == base.qualified());
            let count = table.map_or(attributes.len(), |table| table.columns().count());
            return cast(literal(&format!("({})", ",".repeat(count.saturating_sub(1)))));
        }
        TypeKind::Range(_) => return cast(pick(&["empty", "(,)", "empty", "(,)"])),
        TypeKind::Multirange => return cast(pick(&["{}", "{(,)}", "{}", "{(,)}"])),
        _ => {}
    }
    if tame {
        let number = format!("{}", row + 1);
        let short = arguments.first().is_some_and(|length| *length < 20);
        return match base.row().name.as_str() {
            "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" => number,
            "text" | "varchar" | "citext" => literal(&if short { format!("a{row}") } else { format!("a{row}@example.com") }),
            "date" | "timestamp" | "timestamptz" => literal(&format!("2024-01-0{}", row + 1)),
            _ => scalar(base, text, row, false),
        };
    }
    let long = |values: &[&str]| {
        let length = usize::try_from(arguments.first().copied().unwrap_or(60)).unwrap_or(60);
        literal(&values[row % values.len()].chars().take(length).collect::<String>())
    };
    match base.row().name.as_str() {
        "bool" => ["true", "false", "true", "false"][row % 4].to_owned(),
        "int2" => pick(&["-32768", "32767", "0", "7"]),
        "int4" => pick(&["-2147483648", "2147483647", "0", "7"]),
        "int8" => pick(&["-9223372036854775808", "9223372036854775807", "0", "7"]),
        "float4" => cast(pick(&["NaN", "-Infinity", "1.5e-45", "3.4028235e38"])),
        "float8" => cast(pick(&["NaN", "Infinity", "5e-324", "-1.7976931348623157e308"])),
        "numeric" => match arguments.as_slice() {
            [precision, scale] => {
                let (precision, scale) = (*precision, *scale);
                let whole = usize::try_from((precision - scale).max(0)).unwrap_or(0);
                let nines = "9".repeat(whole.min(usize::try_from(precision).unwrap_or(0)).max(1))
                    + &"0".repeat(usize::try_from(-scale).unwrap_or(0).min(2));
                let values = [nines, "0".to_owned(), "-1".to_owned(), "1".to_owned()];
                // numeric(2,5) holds less than one.
                if precision <= scale {
                    format!("{row}::numeric / 1000000")
                } else {
                    values[row].chars().take(whole.max(1) + 1).collect()
                }
            }
            _ => pick(&[
                "123456789012345678901234567890.123456789012345678901234567890",
                "-0.00000000000000000000000000000000000000001",
                "0.00",
                "7.10",
            ]),
        },
        "text" | "citext" => pick(&["", "Ünï©ødé 🦀 \"quoted\" 'single' \\ back\nline", "NULL", "{a,b}"]),
        "varchar" => long(&["", "Ü🦀x", "NULL", "{a,b}"]),
        "bpchar" => long(&["a", "Ü", "c", "d"]),
        "name" => pick(&["", "Über \"x\"", "public", "pg_catalog"]),
        "char" => pick(&["a", "\"", "c", "d"]),
        "bytea" => cast(pick(&["\\x", "\\x00ff5c22", "\\x41", "\\xdeadbeef"])),
        "uuid" => pick(&[
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0190b5a4-7f3a-7cc0-8c00-000000000001",
            "0190b5a4-7f3a-7cc0-8c00-000000000002",
        ]),
        "json" | "jsonb" => cast(pick(&["{\"a\": [1, null, \"x\"]}", "null", "\"text\"", "[1.5, true]"])),
        "date" => pick(&["0044-03-15 BC", "9999-12-31", "2024-02-29", "0001-01-01"]),
        "time" => pick(&["00:00:00", "23:59:59.999999", "12:00:00", "01:02:03.4"]),
        "timetz" => pick(&["00:00:00+14", "23:59:59.999999-12", "12:00:00+00", "01:02:03.4+05:30"]),
        "timestamp" => {
            pick(&["0044-03-15 12:00:00 BC", "9999-12-31 23:59:59.999999", "2024-02-29 00:00:00", "1969-12-31 23:59:59.5"])
        }
        "timestamptz" => pick(&[
            "0044-03-15 12:00:00+00 BC",
            "9999-12-31 23:59:59.999999+00",
            "2024-02-29 00:00:00+05:30",
            "1969-12-31 23:59:59.5+00",
        ]),
        "interval" => cast(pick(&["-178000000 years", "1 mon -2 days +03:04:05.6", "0", "1 year"])),
        "inet" => pick(&["10.1.2.3", "192.168.0.1/24", "::1", "2001:db8::1/64"]),
        "cidr" => pick(&["10.0.0.0/8", "192.168.0.0/24", "::1/128", "2001:db8::/32"]),
        "macaddr" => pick(&["08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "08:00:2b:01:02:04"]),
        "macaddr8" => {
            pick(&["08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00:00:00", "08:00:2b:01:02:03:04:06"])
        }
        "money" => cast(pick(&["-92233720368547758.08", "92233720368547758.07", "0", "1.5"])),
        "bit" => {
            let length = usize::try_from(arguments.first().copied().unwrap_or(1)).unwrap_or(1);
            format!("b'{}'", ["1", "0", "1", "0"][row % 4].repeat(length))
        }
        "varbit" => ["b''", "b'101'", "b'0'", "b'1'"][row % 4].to_owned(),
        "tsvector" => cast(pick(&["", "'a':1A 'fat''s':2", "b", "c:3"])),
        "tsquery" => cast(pick(&["", "a & !b", "b <-> c", "'it''s'"])),
        "xml" => cast(pick(&["<a/>", "<b c=\"d\">é</b>", "text", "<x/>"])),
        "point" => cast(pick(&["(0,0)", "(-1.5,1e300)", "(1,2)", "(3,4)"])),
        "line" => cast(pick(&["{1,2,3}", "{0,1,0}", "{1,0,0}", "{1,-1,0}"])),
        "lseg" => cast(pick(&["[(0,0),(1,1)]", "[(1,2),(3,4)]", "[(0,0),(0,1)]", "[(5,5),(6,6)]"])),
        "box" => cast(pick(&["(1,1),(0,0)", "(3,4),(1,2)", "(2,2),(1,1)", "(9,9),(8,8)"])),
        "path" => cast(pick(&["((0,0),(1,1))", "[(0,0),(1,1)]", "((1,2))", "[(5,6)]"])),
        "polygon" => cast(pick(&["((0,0),(1,1),(1,0))", "((0,0))", "((1,1),(2,2))", "((3,3))"])),
        "circle" => cast(pick(&["<(0,0),1>", "<(1,2),0>", "<(3,3),3>", "<(4,4),4>"])),
        "oid" => pick(&["0", "4294967295", "1", "7"]),
        "regclass" => cast(pick(&["pg_class", "pg_type", "pg_proc", "pg_enum"])),
        "regtype" => cast(pick(&["integer", "text", "numeric", "boolean"])),
        "pg_lsn" => pick(&["0/0", "FFFFFFFF/FFFFFFFF", "1/2", "3/4"]),
        "pg_snapshot" => pick(&["10:20:10,14", "1:1:", "5:9:6", "7:7:"]),
        "jsonpath" => cast(pick(&["$", "$.a[*] ? (@ > 1)", "$.b", "strict $.c"])),
        "hstore" => cast(pick(&["", "a=>1, b=>NULL", "\"x y\"=>\"\\\"\"", "c=>3"])),
        "ltree" => cast(pick(&["Top", "Top.Science.Astronomy", "a", "b.c"])),
        "vector" => cast(pick(&["[1,2,3]", "[0,0,0]", "[1.5,-2,3]", "[7,8,9]"])),
        _ => cast(pick(&["1", "2", "3", "4"])),
    }
}
