// What an entity does when it runs, compared with the server's own text: shared by the tests of the
// reference database and by the crate that the construct tests build.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityName, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter, QuerySelect, TransactionTrait, Value,
    sqlx::{Executor as _, Row as _, ValueRef as _},
};

/// A value as the server prints it with `DateStyle` ISO, `TimeZone` UTC and hexadecimal `bytea`.
pub fn text(value: Value) -> Option<String> {
    let fraction =
        |text: String| if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    // Chrono writes years before 1 and after 9999 with a sign.
    let era = |text: String| {
        if let Some(before) = text.strip_prefix('-') {
            let (year, rest) = before.split_once('-').expect("a date");
            return format!("{:04}-{rest} BC", year.parse::<i32>().expect("a year") + 1);
        }
        match text.strip_prefix("0000-") {
            Some(rest) => format!("0001-{rest} BC"),
            None => text.trim_start_matches('+').to_owned(),
        }
    };
    match value {
        Value::Bool(value) => value.map(|value| if value { "t" } else { "f" }.to_owned()),
        Value::SmallInt(value) => value.map(|value| value.to_string()),
        Value::Int(value) => value.map(|value| value.to_string()),
        Value::BigInt(value) => value.map(|value| value.to_string()),
        Value::Float(value) => value.map(|value| format!("{value:?}").to_lowercase()),
        Value::Double(value) => value.map(|value| format!("{value:?}").to_lowercase()),
        Value::String(value) => value,
        Value::Bytes(value) => {
            value.map(|value| format!("\\x{}", value.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
        }
        Value::Enum(value) => match value {
            sea_orm::sea_query::OptionEnum::Some(value) => Some(value.value.to_string()),
            sea_orm::sea_query::OptionEnum::None(_) => None,
        },
        Value::Uuid(value) => value.map(|value| value.to_string()),
        Value::Json(value) => value.map(|value| value.to_string()),
        Value::Decimal(value) => value.map(|value| value.to_string()),
        Value::BigDecimal(value) => value.map(|value| value.to_plain_string()),
        Value::ChronoDate(value) => value.map(|value| era(value.to_string())),
        Value::ChronoTime(value) => value.map(|value| fraction(value.format("%H:%M:%S%.6f").to_string())),
        Value::ChronoDateTime(value) => value.map(|value| era(fraction(value.format("%Y-%m-%d %H:%M:%S%.6f").to_string()))),
        Value::ChronoDateTimeWithTimeZone(value) => value.map(|value| {
            let text = era(fraction(value.naive_utc().format("%Y-%m-%d %H:%M:%S%.6f").to_string()));
            match text.strip_suffix(" BC") {
                Some(before) => format!("{before}+00 BC"),
                None => format!("{text}+00"),
            }
        }),
        Value::IpNetwork(value) => value.map(|value| {
            let whole = if value.is_ipv4() { 32 } else { 128 };
            if value.prefix() == whole { value.ip().to_string() } else { value.to_string() }
        }),
        other => panic!("no column holds {other:?}"),
    }
}

/// Whether a value and what the server printed are the same: the spacing of JSON and the exponents
/// of floating point numbers are the server's own.
pub fn is_same(value: Value, printed: Option<&str>) -> bool {
    let parse = |text: Option<&str>| text.map(|text| text.parse::<f64>().expect("a number").to_bits());
    match &value {
        Value::Json(_) => {
            let read = text(value);
            let json = |text: Option<&str>| text.map(|text| text.parse::<sea_orm::JsonValue>().expect("json"));
            json(read.as_deref()) == json(printed)
        }
        Value::Float(_) => {
            text(value).map(|read| read.parse::<f32>().expect("a number").to_bits())
                == printed.map(|text| text.parse::<f32>().expect("a number").to_bits())
        }
        Value::Double(_) => parse(text(value).as_deref()) == parse(printed),
        // Networks print their prefix even where it is whole.
        Value::IpNetwork(_) => {
            let plain = |text: &str| text.trim_end_matches("/32").trim_end_matches("/128").to_owned();
            text(value).as_deref().map(plain) == printed.map(plain)
        }
        _ => text(value).as_deref() == printed,
    }
}

/// `"schema"."table"`
pub fn table<E: EntityName>(entity: &E) -> String {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    format!("{}.{}", quoted(entity.schema_name().expect("every entity names its schema")), quoted(entity.table_name()))
}

pub fn column<C: IdenStatic>(column: C) -> String {
    format!("\"{}\"", column.as_str().replace('"', "\"\""))
}

/// The rows of a statement in the server's own text: statements without parameters travel that way.
pub async fn printed(db: &DatabaseConnection, sql: &str) -> Vec<Vec<Option<String>>> {
    let pool = db.get_postgres_connection_pool();
    let rows = pool.fetch_all(sea_orm::sqlx::raw_sql(sea_orm::sqlx::AssertSqlSafe(sql.to_owned()))).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter()
        .map(|row| {
            (0..row.len())
                .map(|position| {
                    let value = row.try_get_raw(position).expect("a column");
                    (!value.is_null()).then(|| value.as_str().expect("text").to_owned())
                })
                .collect()
        })
        .collect()
}

/// Reads every row through the entity, and compares each value with the server's text. Returns how
/// many there are.
pub async fn compare_rows<E: EntityTrait>(entity: E, db: &DatabaseConnection) -> usize {
    let models = E::find().all(db).await.unwrap_or_else(|error| panic!("{}: {error}", table(&entity)));
    let columns: Vec<(&'static str, bool)> = E::Column::iter()
        .map(|column| (column.as_str(), matches!(column.def().get_column_type(), sea_orm::ColumnType::Array(_))))
        .collect();
    let values = models.iter().map(|model| E::Column::iter().map(|column| model.get(column)).collect()).collect();
    compare(&table(&entity), &columns, values, db).await
}

/// The columns are names, and whether each is an array.
async fn compare(table: &str, columns: &[(&'static str, bool)], models: Vec<Vec<Value>>, db: &DatabaseConnection) -> usize {
    let list: Vec<String> = columns.iter().map(|(name, _)| format!("\"{}\"", name.replace('"', "\"\""))).collect();
    // Both scan the same unchanged table, and are not sorted: a row is found by being equal.
    let mut left = printed(db, &format!("select {} from {table}", list.join(", "))).await;
    assert_eq!(models.len(), left.len(), "{table}");
    // Elements may be written in more than one way: the server has the last word.
    for row in &mut left {
        for ((name, _), printed) in columns.iter().zip(row).filter(|((_, is_array), _)| *is_array) {
            *printed = canonical(table, name, printed.take(), db).await;
        }
    }
    let count = models.len();
    for model in models {
        let mut arrays = Vec::new();
        for ((name, _), value) in columns.iter().zip(&model).filter(|((_, is_array), _)| *is_array) {
            arrays.push(canonical(table, name, text(value.clone()), db).await);
        }
        let equal = |row: &Vec<Option<String>>| {
            let mut arrays = arrays.iter();
            columns.iter().zip(&model).zip(row).all(|(((_, is_array), value), printed)| {
                if *is_array { arrays.next() == Some(printed) } else { is_same(value.clone(), printed.as_deref()) }
            })
        };
        let position = left.iter().position(equal);
        let position = position.unwrap_or_else(|| panic!("{table}: {model:?} is none of {left:?}; {arrays:?}"));
        left.remove(position);
    }
    count
}

/// An array as the server prints it after reading our text.
async fn canonical(table: &str, name: &str, text: Option<String>, db: &DatabaseConnection) -> Option<String> {
    let literal = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let text = text?;
    let sql = format!(
        "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = {}::regclass and attname = {}",
        literal(table),
        literal(name)
    );
    let of = printed(db, &sql).await[0][0].clone().expect("a column has a type");
    // What a json looked like is not kept; what it says is.
    let of = if of == "json[]" { "jsonb[]" } else { of.as_str() };
    printed(db, &format!("select {}::{of}::text", literal(&text))).await[0][0].clone()
}

/// Deletes each row, puts it back, changes every column to what it was, and finds it the same;
/// then finds it by each of its values.
pub async fn round_trip<E>(entity: E, db: &DatabaseConnection)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Sync,
    E::ActiveModel: Send,
{
    let name = table(&entity);
    let same = |left: &E::Model, right: &E::Model| {
        E::Column::iter().all(|column| is_same(left.get(column), text(right.get(column)).as_deref()))
    };
    let transaction = db.begin().await.expect("a transaction");
    // Rows that refer to the row stay: the keys are not what is tested.
    transaction.execute_unprepared("set local session_replication_role = replica").await.expect("a superuser's setting");
    for row in E::find().limit(4).all(&transaction).await.expect("the rows were read before") {
        row.clone().delete(&transaction).await.unwrap_or_else(|error| panic!("delete from {name}: {error}"));
        let again = row.clone().into_active_model().reset_all().insert(&transaction).await;
        let again = again.unwrap_or_else(|error| panic!("insert into {name}: {error}: {row:?}"));
        // The server makes an identity anew.
        let is_new = E::PrimaryKey::iter().any(|key| again.get(key.into_column()) != row.get(key.into_column()));
        assert!(is_new || same(&again, &row), "{name}: {again:?} is not {row:?}");
        // A key alone has no column left to set.
        if E::Column::iter().count() > E::PrimaryKey::iter().count() {
            let updated = again.clone().into_active_model().reset_all().update(&transaction).await;
            let updated = updated.unwrap_or_else(|error| panic!("update {name}: {error}"));
            assert!(same(&updated, &again), "{name}: {updated:?} is not {again:?}");
        }
        let key: Vec<Value> = E::PrimaryKey::iter().map(|key| again.get(key.into_column())).collect();
        for column in E::Column::iter() {
            let value = again.get(column);
            if value == value.as_null() {
                continue;
            }
            // A statement that fails ends the transaction, but for its savepoint.
            let savepoint = transaction.begin().await.expect("a savepoint");
            let found = E::find().filter(column.eq(value)).all(&savepoint).await;
            savepoint.rollback().await.expect("a rollback");
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    // json, xml, a point and a domain over an enum have no `=` at all.
                    let quoted = self::column(column);
                    let savepoint = transaction.begin().await.expect("a savepoint");
                    let plain = savepoint
                        .execute_unprepared(&format!("select {quoted} = {quoted} from {name} where {quoted} is not null"))
                        .await;
                    assert!(plain.is_err(), "{name}.{}: {error}", column.as_str());
                    savepoint.rollback().await.expect("a rollback");
                    continue;
                }
            };
            let is_it = |model: &E::Model| E::PrimaryKey::iter().map(|key| model.get(key.into_column())).collect::<Vec<_>>() == key;
            assert!(found.iter().any(is_it), "{name}.{}: {again:?}", column.as_str());
        }
    }
    transaction.rollback().await.expect("a rollback");
}
