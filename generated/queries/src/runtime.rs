//! What does not vary with the schema: writing rows, telling violated constraints apart, pages.
//! Written by hand, the same for every schema.
#![allow(unused_macros, unused_imports, reason = "a schema may need only some of it")]

use std::fmt::{self, Write as _};

use futures_util::{Stream, StreamExt as _};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityName as _, EntityTrait,
    FromQueryResult as _, Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    RuntimeErr, Select, StreamTrait, Value,
    prelude::BigDecimal,
    sea_query::{
        ArrayType, Expr, ExprTrait, Func, InsertStatement, OnConflict, OptionEnum, Order, Query, ReturningClause,
        prelude::chrono::Datelike as _,
    },
    sqlx::postgres::PgDatabaseError,
};

/// The most parameters that one statement of the protocol takes.
const PARAMETERS: usize = 65_535;

fn found<E: EntityTrait, const N: usize>(conditions: [Expr; N]) -> Select<E> {
    conditions.into_iter().fold(E::find(), QueryFilter::filter)
}

/// The row that some conditions find, which the database promises to be at most one.
///
/// # Errors
/// When the database refuses.
pub async fn get<E, C, const N: usize>(db: &C, _: E, conditions: [Expr; N]) -> Result<Option<E::Model>, DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    found::<E, N>(conditions).one(db).await
}

/// The rows that some conditions find.
///
/// # Errors
/// When the database refuses.
pub async fn all<E, C, const N: usize>(db: &C, _: E, conditions: [Expr; N]) -> Result<Vec<E::Model>, DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    found::<E, N>(conditions).all(db).await
}

/// Whether some conditions find any row.
///
/// # Errors
/// When the database refuses.
pub async fn exists<E, C, const N: usize>(db: &C, _: E, conditions: [Expr; N]) -> Result<bool, DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let select = found::<E, N>(conditions).select_only().expr_as(Expr::val(1), "found").limit(1);
    let found: Option<i32> = select.into_tuple().one(db).await?;
    Ok(found.is_some())
}

/// How many rows some conditions find.
///
/// # Errors
/// When the database refuses.
pub async fn count<E, C, const N: usize>(db: &C, _: E, conditions: [Expr; N]) -> Result<i64, DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let select = found::<E, N>(conditions).select_only().expr_as(Expr::cust("count(*)"), "count");
    let count: Option<i64> = select.into_tuple().one(db).await?;
    Ok(count.unwrap_or_default())
}

/// Inserts rows, and returns them in order. What a row leaves out gets its default. Run it in a
/// transaction where several statements must not be torn apart.
///
/// Few rows are a list of values, as many in one statement as the protocol takes; many are an array
/// for each column, which the server plans at once.
///
/// # Errors
/// When a constraint is violated, or the database refuses.
pub async fn insert_many<E, C, R, Error>(db: &C, _: E, rows: Vec<R>) -> Result<Vec<E::Model>, Error>
where
    E: EntityTrait,
    C: ConnectionTrait,
    R: Into<E::ActiveModel>,
    Error: From<DbErr>,
{
    Ok(written::<E, C, R>(db, rows, None).await?)
}

/// Inserts rows as [`insert_many`] does, and reads nothing back, which is quicker: how many there were.
///
/// # Errors
/// When a constraint is violated, or the database refuses.
pub async fn insert_all<E, C, R, Error>(db: &C, _: E, rows: Vec<R>) -> Result<u64, Error>
where
    E: EntityTrait,
    C: ConnectionTrait,
    R: Into<E::ActiveModel>,
    Error: From<DbErr>,
{
    let backend = db.get_database_backend();
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let rows = said::<E, R>(&columns, rows);
    let mut count = 0;
    for statement in statements::<E>(&columns, &rows) {
        count += db.execute_raw(backend.build(&statement?)).await?.rows_affected();
    }
    Ok(count)
}

/// Inserts a row, and returns it as it is then.
///
/// # Errors
/// When a constraint is violated, or the database refuses.
pub async fn insert<E, C, R, Error>(db: &C, _: E, row: R) -> Result<E::Model, Error>
where
    E: EntityTrait,
    C: ConnectionTrait,
    R: Into<E::ActiveModel>,
    Error: From<DbErr>,
{
    let inserted = written::<E, C, R>(db, vec![row], None).await?.pop();
    Ok(inserted.ok_or(DbErr::RecordNotInserted)?)
}

/// Inserts a row or, where one with the same values in the columns of the conflict is there, writes over
/// it what the row says of `columns`.
///
/// # Errors
/// When another constraint is violated, or the database refuses.
pub async fn upsert<E, C, R, Error, const N: usize>(
    db: &C,
    _: E,
    row: R,
    conflict: [E::Column; N],
    columns: &[E::Column],
) -> Result<E::Model, Error>
where
    E: EntityTrait,
    C: ConnectionTrait,
    R: Into<E::ActiveModel>,
    Error: From<DbErr>,
{
    let row: E::ActiveModel = row.into();
    let conflict = write_over(&row, conflict, columns);
    let written = written::<E, C, _>(db, vec![row], Some(conflict)).await?.pop();
    Ok(written.ok_or(DbErr::RecordNotInserted)?)
}

async fn written<E, C, R>(db: &C, rows: Vec<R>, conflict: Option<OnConflict>) -> Result<Vec<E::Model>, DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
    R: Into<E::ActiveModel>,
{
    let backend = db.get_database_backend();
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let rows = said::<E, R>(&columns, rows);
    let mut inserted = Vec::with_capacity(rows.len());
    for statement in statements::<E>(&columns, &rows) {
        let mut statement = statement?;
        if let Some(conflict) = &conflict {
            statement.on_conflict(conflict.clone());
        }
        statement.returning(every_column::<E>(backend));
        inserted.extend(E::find().from_raw_sql(backend.build(&statement)).all(db).await?);
    }
    Ok(inserted)
}

/// What rows say of each column.
fn said<E, R>(columns: &[E::Column], rows: Vec<R>) -> Vec<Row>
where
    E: EntityTrait,
    R: Into<E::ActiveModel>,
{
    let take = |row: R| {
        let mut row = row.into();
        columns.iter().map(|column| row.take(*column)).collect()
    };
    rows.into_iter().map(take).collect()
}

/// The statements that insert rows.
fn statements<E: EntityTrait>(columns: &[E::Column], rows: &[Row]) -> impl Iterator<Item = Result<InsertStatement, DbErr>> {
    let as_arrays = |part: &[Row]| (part.len() >= MANY).then(|| arrays::<E>(columns, part)).flatten();
    rows.chunks(MOST).flat_map(move |part| match as_arrays(part) {
        Some(statement) => vec![Ok(statement)],
        None => part.chunks(PARAMETERS / columns.len().max(1)).map(|part| values::<E>(columns, part)).collect(),
    })
}

/// What a new row says of each column.
type Row = Vec<ActiveValue<Value>>;

/// From how many rows on an array for each column is faster than a list of values.
const MANY: usize = 256;

/// The most rows of one statement of arrays.
const MOST: usize = 20_000;

/// `insert … values (…), (…)`
fn values<E: EntityTrait>(columns: &[E::Column], rows: &[Row]) -> Result<InsertStatement, DbErr> {
    // Columns that no row says are left out altogether.
    let is_said = |position: &usize| rows.iter().any(|row| !matches!(row[*position], ActiveValue::NotSet));
    let said: Vec<usize> = (0..columns.len()).filter(is_said).collect();
    let mut statement = Query::insert();
    statement.into_table(E::default().table_ref());
    if said.is_empty() {
        statement.or_default_values_many(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        return Ok(statement);
    }
    statement.columns(said.iter().map(|&position| columns[position]));
    for row in rows {
        let values = said.iter().map(|&position| match &row[position] {
            ActiveValue::Set(value) | ActiveValue::Unchanged(value) => columns[position].save_as(Expr::val(value.clone())),
            ActiveValue::NotSet => Expr::cust("DEFAULT"),
        });
        statement.values(values).map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    Ok(statement)
}

/// `insert … select unnest(…), unnest(…)`: where all rows say the same columns, in values whose text
/// the server reads.
fn arrays<E: EntityTrait>(columns: &[E::Column], rows: &[Row]) -> Option<InsertStatement> {
    let mut selected = Query::select();
    let mut said = Vec::new();
    for (position, column) in columns.iter().enumerate() {
        let mut array = String::from("{");
        let (mut kind, mut count) = (None, 0);
        for row in rows {
            let (ActiveValue::Set(value) | ActiveValue::Unchanged(value)) = &row[position] else { continue };
            if count > 0 {
                array.push(',');
            }
            let other = element(&mut array, value)?;
            if *kind.get_or_insert(other) != other {
                return None;
            }
            count += 1;
        }
        let Some(kind) = kind else { continue };
        if count < rows.len() {
            return None;
        }
        array.push('}');
        let array = Expr::val(array).cast_as(format!("{kind}[]"));
        selected.expr(column.save_as(Func::cust("unnest").arg(array).into()));
        said.push(*column);
    }
    if said.is_empty() {
        return None;
    }
    let mut statement = Query::insert();
    statement.into_table(E::default().table_ref()).columns(said).select_from(selected).ok()?;
    Some(statement)
}

/// Writes a value as the element of an array that the server reads, and says of which type it is.
/// <https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT>
fn element(array: &mut String, value: &Value) -> Option<&'static str> {
    /// Text that needs no quotes.
    fn plain<T: fmt::Display>(array: &mut String, value: Option<&T>) {
        let _ = match value {
            Some(value) => write!(array, "{value}"),
            None => write!(array, "NULL"),
        };
    }
    fn quoted(array: &mut String, text: Option<&str>) {
        let Some(text) = text else { return array.push_str("NULL") };
        array.push('"');
        for part in text.split_inclusive(['"', '\\']) {
            match part.strip_suffix(['"', '\\']) {
                Some(before) => array.extend([before, "\\", &part[before.len()..]]),
                None => array.push_str(part),
            }
        }
        array.push('"');
    }
    /// Text with spaces, but without quotes.
    fn spaced<T: fmt::Display>(array: &mut String, value: Option<&T>) {
        let _ = match value {
            Some(value) => write!(array, "\"{value}\""),
            None => write!(array, "NULL"),
        };
    }
    // Other years are written otherwise.
    let is_common = |year: i32| (1..=9999).contains(&year);
    let ((), kind) = match value {
        Value::Bool(value) => (plain(array, value.as_ref()), "bool"),
        Value::SmallInt(value) => (plain(array, value.as_ref()), "int2"),
        Value::Int(value) => (plain(array, value.as_ref()), "int4"),
        Value::BigInt(value) => (plain(array, value.as_ref()), "int8"),
        Value::Float(value) => (plain(array, value.as_ref()), "float4"),
        Value::Double(value) => (plain(array, value.as_ref()), "float8"),
        Value::String(value) => (quoted(array, value.as_deref()), "text"),
        Value::Enum(OptionEnum::Some(value)) => (quoted(array, Some(value.value.as_ref())), "text"),
        Value::Enum(OptionEnum::None(_)) => (quoted(array, None), "text"),
        Value::Uuid(value) => (plain(array, value.as_ref()), "uuid"),
        Value::Json(value) => (quoted(array, value.as_deref().map(ToString::to_string).as_deref()), "jsonb"),
        Value::Bytes(value) => {
            (quoted(array, value.as_ref().map(|bytes| format!("\\x{}", hexadecimal(bytes))).as_deref()), "bytea")
        }
        Value::ChronoDate(value) if value.is_none_or(|date| is_common(date.year())) => (plain(array, value.as_ref()), "date"),
        Value::ChronoTime(value) => (plain(array, value.as_ref()), "time"),
        Value::ChronoDateTime(value) if value.is_none_or(|time| is_common(time.year())) => {
            (spaced(array, value.as_ref()), "timestamp")
        }
        Value::ChronoDateTimeWithTimeZone(value) if value.is_none_or(|time| is_common(time.naive_utc().year())) => {
            (spaced(array, value.as_ref()), "timestamptz")
        }
        Value::Decimal(value) => (plain(array, value.as_ref()), "numeric"),
        Value::BigDecimal(value) => (plain(array, value.as_deref().map(BigDecimal::to_plain_string).as_ref()), "numeric"),
        Value::IpNetwork(value) => (plain(array, value.as_ref()), "inet"),
        _ => return None,
    };
    Some(kind)
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// What an upsert does with the row that is there: writes over it what the new row says, or, where
/// it says nothing but its key, nothing new.
fn write_over<A, const N: usize>(
    row: &A,
    conflict: [<A::Entity as EntityTrait>::Column; N],
    columns: &[<A::Entity as EntityTrait>::Column],
) -> OnConflict
where
    A: ActiveModelTrait,
{
    let said: Vec<_> = columns.iter().copied().filter(|column| !row.is_not_set(*column)).collect();
    let mut on_conflict = OnConflict::columns(conflict);
    if said.is_empty() {
        // Without a change the row would not be returned.
        on_conflict.update_columns(conflict);
    } else {
        on_conflict.update_columns(said);
    }
    on_conflict
}

/// Changes the row that some conditions find, and returns it as it is then. Without a change it only
/// reads.
///
/// # Errors
/// When a constraint is violated, or the database refuses.
pub async fn update<E, C, R, Error, const N: usize>(
    db: &C,
    _: E,
    conditions: [Expr; N],
    changes: R,
) -> Result<Option<E::Model>, Error>
where
    E: EntityTrait,
    C: ConnectionTrait,
    R: Into<E::ActiveModel>,
    Error: From<DbErr>,
{
    let changes: E::ActiveModel = changes.into();
    if E::Column::iter().all(|column| changes.is_not_set(column)) {
        return Ok(found::<E, N>(conditions).one(db).await?);
    }
    let backend = db.get_database_backend();
    let mut statement = Query::update();
    statement.table(E::default().table_ref());
    for column in E::Column::iter() {
        if let ActiveValue::Set(value) = changes.get(column) {
            statement.value(column, column.save_as(Expr::val(value)));
        }
    }
    for condition in conditions {
        statement.and_where(condition);
    }
    statement.returning(every_column::<E>(backend));
    Ok(E::find().from_raw_sql(backend.build(&statement)).one(db).await?)
}

/// Every column as it is read.
fn every_column<E: EntityTrait>(backend: DbBackend) -> ReturningClause {
    Query::returning().exprs(E::Column::iter().map(|column| column.select_as(column.into_returning_expr(backend))))
}

/// Deletes the rows that some conditions find; whether there was any.
///
/// # Errors
/// When another row refers to one, or the database refuses.
pub async fn delete<E, C, Error, const N: usize>(db: &C, _: E, conditions: [Expr; N]) -> Result<bool, Error>
where
    E: EntityTrait,
    C: ConnectionTrait,
    Error: From<DbErr>,
{
    let delete = conditions.into_iter().fold(E::delete_many(), QueryFilter::filter);
    Ok(delete.exec(db).await?.rows_affected > 0)
}

/// A constraint that the database found violated.
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The SQLSTATE: `23505` for a unique constraint, …
    pub code: String,
    /// The schema of the table.
    pub schema: String,
    /// The table that the constraint is on.
    pub table: String,
    /// The constraint, or the column that must not be NULL.
    pub name: String,
}

/// The constraint that an error is about, if it is about one.
pub fn violation(error: &DbErr) -> Option<Violation> {
    let error = database_error(error)?;
    let code = error.code();
    let name = if code == "23502" { error.column() } else { error.constraint() };
    code.starts_with("23").then(|| Violation {
        code: code.to_owned(),
        schema: error.schema().unwrap_or_default().to_owned(),
        table: error.table().unwrap_or_default().to_owned(),
        name: name.unwrap_or_default().to_owned(),
    })
}

/// Whether the same transaction may well succeed when it is run again: it was cancelled for the
/// sake of others (serialization failure, deadlock).
pub fn is_retryable(error: &DbErr) -> bool {
    database_error(error).is_some_and(|error| matches!(error.code(), "40001" | "40P01"))
}

fn database_error(error: &DbErr) -> Option<&PgDatabaseError> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else { return None };
    error.as_database_error()?.try_downcast_ref()
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Cursor>,
}

/// The place of a row in its order: opaque text, which stays right while rows come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Cursor {
    /// The values in hexadecimal, each after its length.
    fn of(values: &[Value]) -> Option<Self> {
        let mut text = String::new();
        for value in values {
            let value = printed(value)?;
            write!(text, "{:x}.", value.len()).ok()?;
            text.push_str(&hexadecimal(value.as_bytes()));
        }
        Some(Self(text))
    }

    fn values(&self, kinds: &[ArrayType]) -> Result<Vec<Value>, DbErr> {
        let wrong = || DbErr::Type(format!("`{}` is no cursor of this list", self.0));
        let mut rest = self.0.as_str();
        let mut values = Vec::new();
        for kind in kinds {
            let (length, after) = rest.split_once('.').ok_or_else(wrong)?;
            let length = usize::from_str_radix(length, 16).map_err(|_| wrong())?;
            let digits = length.checked_mul(2).and_then(|length| after.get(..length)).ok_or_else(wrong)?;
            let bytes = (0..length).map(|at| u8::from_str_radix(digits.get(at * 2..at * 2 + 2).unwrap_or("x"), 16));
            let bytes = bytes.collect::<Result<Vec<u8>, _>>().map_err(|_| wrong())?;
            let text = String::from_utf8(bytes).map_err(|_| wrong())?;
            values.push(parsed(&text, kind).ok_or_else(wrong)?);
            rest = &after[length * 2..];
        }
        if rest.is_empty() { Ok(values) } else { Err(wrong()) }
    }
}

fn printed(value: &Value) -> Option<String> {
    Some(match value {
        Value::Bool(Some(value)) => value.to_string(),
        Value::SmallInt(Some(value)) => value.to_string(),
        Value::Int(Some(value)) => value.to_string(),
        Value::BigInt(Some(value)) => value.to_string(),
        Value::String(Some(value)) => value.clone(),
        Value::Uuid(Some(value)) => value.to_string(),
        Value::ChronoDate(Some(value)) => value.to_string(),
        Value::ChronoDateTime(Some(value)) => value.and_utc().timestamp_micros().to_string(),
        Value::ChronoDateTimeWithTimeZone(Some(value)) => value.timestamp_micros().to_string(),
        Value::Decimal(Some(value)) => value.to_string(),
        _ => return None,
    })
}

fn parsed(text: &str, kind: &ArrayType) -> Option<Value> {
    use sea_orm::prelude::ChronoDateTimeUtc;
    let moment = || ChronoDateTimeUtc::from_timestamp_micros(text.parse().ok()?);
    Some(match kind {
        ArrayType::Bool => Value::Bool(Some(text.parse().ok()?)),
        ArrayType::SmallInt => Value::SmallInt(Some(text.parse().ok()?)),
        ArrayType::Int => Value::Int(Some(text.parse().ok()?)),
        ArrayType::BigInt => Value::BigInt(Some(text.parse().ok()?)),
        ArrayType::String => Value::String(Some(text.to_owned())),
        ArrayType::Uuid => Value::Uuid(Some(text.parse().ok()?)),
        ArrayType::ChronoDate => Value::ChronoDate(Some(text.parse().ok()?)),
        ArrayType::ChronoDateTime => Value::ChronoDateTime(Some(moment()?.naive_utc())),
        ArrayType::ChronoDateTimeWithTimeZone => Value::ChronoDateTimeWithTimeZone(Some(moment()?.fixed_offset())),
        ArrayType::Decimal => Value::Decimal(Some(text.parse().ok()?)),
        _ => return None,
    })
}

/// A page of at most `size` of the rows that some conditions find, in the order of some columns, which
/// together identify a row and are never NULL: all ascending, or all descending.
///
/// # Errors
/// When the database refuses, or the cursor is of another list.
pub async fn page<E, C, const N: usize, const K: usize>(
    db: &C,
    _: E,
    conditions: [Expr; N],
    columns: [E::Column; K],
    order: Order,
    after: Option<&Cursor>,
    size: u64,
) -> Result<Page<E::Model>, DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    let mut select = found::<E, N>(conditions);
    if let Some(cursor) = after {
        let values = cursor.values(&columns.map(<E::Model as ModelTrait>::get_value_type))?;
        let left = Expr::tuple(columns.iter().map(|column| Expr::col(column.as_column_ref())));
        let right = Expr::tuple(columns.iter().zip(values).map(|(column, value)| column.save_as(Expr::val(value))));
        select = select.filter(if order == Order::Desc { left.lt(right) } else { left.gt(right) });
    }
    // One more than asked for says whether there is a next page.
    let mut items = ordered(select, columns, &order).limit(size.saturating_add(1)).all(db).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let next = if items.len() > size {
        items.truncate(size);
        items.last().and_then(|last| Cursor::of(&columns.map(|column| last.get(column))))
    } else {
        None
    };
    Ok(Page { items, next })
}

fn ordered<E: EntityTrait, const K: usize>(select: Select<E>, columns: [E::Column; K], order: &Order) -> Select<E> {
    columns.into_iter().fold(select, |select, column| select.order_by(column, order.clone()))
}

/// The rows that some conditions find, one after the other as the server sends them: in the order of
/// some columns, all ascending or all descending.
///
/// # Errors
/// When the database refuses.
pub async fn stream<'db, E, C, const N: usize, const K: usize>(
    db: &'db C,
    _: E,
    conditions: [Expr; N],
    columns: [E::Column; K],
    order: Order,
) -> Result<impl Stream<Item = Result<E::Model, DbErr>> + 'db, DbErr>
where
    E: EntityTrait,
    C: StreamTrait,
{
    let select = ordered(found::<E, N>(conditions), columns, &order);
    let rows = db.stream_raw(select.build(db.get_database_backend())).await?;
    Ok(rows.map(|row| E::Model::from_query_result(&row?, "")))
}

/// Declares what is written of a table: `New…` with the columns that an insert must say and those
/// that it may, `…Changes` with those that an update may, and `…Error` with the constraints that may
/// be violated.
macro_rules! rows {
    (
        $new:ident, $defaults:ident, $changes:ident, $rest:ident;
        required { $($required:ident: $required_type:ty),* $(,)? }
        optional { $($optional:ident: $optional_type:ty),* $(,)? }
        changed { $($changed:ident: $changed_type:ty),* $(,)? }
    ) => {
        /// A row to insert.
        #[derive(Clone, Debug, PartialEq)]
        pub struct $new {
            $(#[doc = concat!("`", stringify!($required), "`: has no default.")] pub $required: $required_type,)*
            /// The columns that have a default, or may be NULL.
            pub $rest: $defaults,
        }

        /// The columns of a new row that have a default, or may be NULL: `None` leaves it at that.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $defaults {
            $(#[doc = concat!("`", stringify!($optional), "`.")] pub $optional: ::std::option::Option<$optional_type>,)*
        }

        /// What to change of a row: `None` leaves a column alone; where it may be NULL, `Some(None)`
        /// makes it so.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $changes {
            $(#[doc = concat!("`", stringify!($changed), "`.")] pub $changed: ::std::option::Option<$changed_type>,)*
        }

        impl ::std::convert::From<$new> for ActiveModel {
            #[allow(unused_variables, reason = "the server may make the whole row")]
            fn from(new: $new) -> Self {
                Self {
                    $($required: ::sea_orm::ActiveValue::Set(new.$required),)*
                    $($optional: $crate::runtime::given(new.$rest.$optional),)*
                    ..<Self as ::sea_orm::ActiveModelTrait>::default()
                }
            }
        }

        impl ::std::convert::From<$changes> for ActiveModel {
            #[allow(unused_variables, reason = "a key alone has nothing to change")]
            fn from(changes: $changes) -> Self {
                Self {
                    $($changed: $crate::runtime::given(changes.$changed),)*
                    ..<Self as ::sea_orm::ActiveModelTrait>::default()
                }
            }
        }
    };
}

/// A constraint that writing a table may violate, as the server names it in an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The SQLSTATE of its violation.
    pub code: &'static str,
    /// The schema of the table.
    pub schema: &'static str,
    /// The table that the constraint is on.
    pub table: &'static str,
    /// The constraint, or the column that must not be NULL.
    pub name: &'static str,
}

impl Constraint {
    fn is(&self, violation: &Violation) -> bool {
        self.name == violation.name
            && self.table == violation.table
            && self.schema == violation.schema
            && self.code == violation.code
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the constraint `{}` of {}.{} is violated", self.name, self.schema, self.table)
    }
}

/// The tables below a table: its partitions, their partitions, and what inherits from it. Where one of their
/// rows violates a constraint, the server names them and their constraint.
#[derive(Clone, Copy, Debug)]
pub struct Partitions {
    /// The schema and the name of the table.
    pub of: (&'static str, &'static str),
    /// The schemas and the names of the tables below.
    pub tables: &'static [(&'static str, &'static str)],
    /// Constraints there: the schema, the table, the name, and the position of the table's own constraint.
    pub names: &'static [(&'static str, &'static str, &'static str, usize)],
    /// How partitions are called that are younger than this code: the schema, and how the name begins.
    pub later: &'static [(&'static str, &'static str)],
    /// Tables that are called so and are no partitions.
    pub others: &'static [(&'static str, &'static str)],
    /// How the server names a constraint on a partition: the position of the table's own, what stands behind
    /// the name of the table, and the end.
    pub forms: &'static [(usize, &'static str, &'static str)],
}

impl Partitions {
    /// The position of the table's own constraint that a violation stands for.
    fn position(&self, violation: &Violation, constraints: &[Constraint]) -> Option<usize> {
        let (code, name, table) = (violation.code.as_str(), violation.name.as_str(), violation.table.as_str());
        let place = (violation.schema.as_str(), table);
        let is_named = |(schema, table, known, position): &&(&str, &str, &str, usize)| {
            (*schema, *table) == place && *known == name && constraints[*position].code == code
        };
        if let Some((.., position)) = self.names.iter().find(is_named) {
            return Some(*position);
        }
        let is_called_so = |(schema, start): &(&str, &str)| *schema == place.0 && table.starts_with(start);
        let is_later = || place != self.of && self.later.iter().any(is_called_so) && !self.others.contains(&place);
        let is_below = self.tables.contains(&place) || is_later();
        let is_own = |constraint: &Constraint| (constraint.schema, constraint.table) == self.of;
        // Checks, keys to other tables and NOT NULL keep their name on a partition.
        let is_same = |known: &Constraint| is_below && is_own(known) && known.code == code && known.name == name;
        let is_form = |(position, middle, end): &&(usize, &str, &str)| {
            let known = &constraints[*position];
            let is_there = if is_own(known) { is_below } else { (known.schema, known.table) == place };
            is_there
                && known.code == code
                && (is_formed(name, table, middle, end) || *end == "fkey" && is_numbered(name, known.name))
        };
        let same = constraints.iter().position(is_same);
        same.or_else(|| self.forms.iter().find(is_form).map(|(position, ..)| *position))
    }
}

/// Whether the server would give a constraint this name: the table, columns, what it is, and a number where
/// that name is taken, the first two cut where all are too long.
/// <https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/indexcmds.c> (`makeObjectName`)
fn is_formed(name: &str, table: &str, middle: &str, end: &str) -> bool {
    /// The most bytes of a name.
    const LONGEST: usize = 63;
    let number = &name[name.trim_end_matches(|letter: char| letter.is_ascii_digit()).len()..];
    let rest = end.len() + number.len() + 1 + usize::from(!middle.is_empty());
    let (mut first, mut second) = (table.len(), middle.len());
    while first + second + rest > LONGEST && first + second > 0 {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let cut = |text: &str, mut length: usize| {
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        text[..length].to_owned()
    };
    let parts = [cut(table, first), cut(middle, second), format!("{end}{number}")];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join("_") == name
}

/// Whether a name is another one with a number: `orders_fkey_1`.
fn is_numbered(name: &str, of: &str) -> bool {
    let number = name.strip_prefix(of).and_then(|rest| rest.strip_prefix('_'));
    number.is_some_and(|number| !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit()))
}

/// What an error of the database means for a table.
pub enum Failure {
    /// One of the table's constraints is violated: its position among them.
    Violated(usize),
    /// The transaction was cancelled for the sake of others.
    Retry(DbErr),
    /// Anything else.
    Other(DbErr),
}

impl Failure {
    /// Looks an error up among the constraints of a table, and among those of the tables below it.
    pub fn of(error: DbErr, constraints: &[Constraint], partitions: Option<&Partitions>) -> Self {
        let position = violation(&error).and_then(|violation| {
            let own = constraints.iter().position(|constraint| constraint.is(&violation));
            own.or_else(|| partitions?.position(&violation, constraints))
        });
        match position {
            Some(position) => Self::Violated(position),
            None if is_retryable(&error) => Self::Retry(error),
            None => Self::Other(error),
        }
    }
}

/// Declares the errors of a table: a variant for each constraint that writing it may violate.
///
/// The constraints are data, searched by code that is the same for all tables: the time to compile a
/// table's errors grows no faster than their number.
macro_rules! errors {
    ($error:ident $(in $partitions:ident)?; $($(#[$attribute:meta])* $variant:ident = $code:literal $schema:literal.$table:literal.$name:literal;)*) => {
        /// Why a row could not be written.
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $error {
            $($(#[$attribute])* $variant,)*
            /// The transaction was cancelled for the sake of others (a serialization failure or a
            /// deadlock): run it again.
            Retry(::sea_orm::DbErr),
            /// Anything else.
            Other(::sea_orm::DbErr),
        }

        const _: () = {
            use $crate::runtime::{Constraint, Failure, Partitions};

            /// The variants that stand for constraints, without the errors that the others hold.
            #[derive(Clone, Copy)]
            enum Variant { $($variant),* }

            const VARIANTS: &[Variant] = &[$(Variant::$variant),*];

            const CONSTRAINTS: &[Constraint] =
                &[$(Constraint { code: $code, schema: $schema, table: $table, name: $name }),*];

            impl ::std::fmt::Display for $error {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    #[allow(unreachable_code, unused_variables, reason = "a table may have no constraint")]
                    let variant = match self {
                        $(Self::$variant => Variant::$variant,)*
                        Self::Retry(error) | Self::Other(error) => return error.fmt(f),
                    };
                    #[allow(unreachable_code, reason = "a table may have no constraint")]
                    CONSTRAINTS[variant as usize].fmt(f)
                }
            }

            impl ::std::error::Error for $error {
                fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                    match self {
                        Self::Retry(error) | Self::Other(error) => ::std::option::Option::Some(error),
                        #[allow(unreachable_patterns, reason = "a table may have no constraint")]
                        _ => ::std::option::Option::None,
                    }
                }
            }

            impl ::std::convert::From<::sea_orm::DbErr> for $error {
                fn from(error: ::sea_orm::DbErr) -> Self {
                    let partitions: &[&Partitions] = &[$(&$partitions)?];
                    match Failure::of(error, CONSTRAINTS, partitions.first().copied()) {
                        Failure::Violated(position) => match VARIANTS[position] { $(Variant::$variant => Self::$variant,)* },
                        Failure::Retry(error) => Self::Retry(error),
                        Failure::Other(error) => Self::Other(error),
                    }
                }
            }
        };
    };
}

/// A value that is set where it is given.
pub fn given<T: Into<Value>>(value: Option<T>) -> ActiveValue<T> {
    value.map_or(ActiveValue::NotSet, ActiveValue::Set)
}

pub(crate) use {errors, rows};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_own_names_are_known() {
        let long = "a".repeat(60);
        for (name, table, middle, end, expected) in [
            ("m_1_pkey", "m_1", "", "pkey", true),
            ("m_1_a_b_key", "m_1", "a_b", "key", true),
            ("m_1_a_b_key12", "m_1", "a_b", "key", true),
            ("m_2_a_b_key", "m_1", "a_b", "key", false),
            ("m_1_b_key", "m_1", "a_b", "key", false),
            (&format!("{}_note_idx", "a".repeat(54)), &long, "note", "idx", true),
            (&format!("{}_{}_idx1", "a".repeat(29), "b".repeat(28)), &long, &"b".repeat(60), "idx", true),
        ] {
            assert_eq!(is_formed(name, table, middle, end), expected, "{name}");
        }
        assert!(is_numbered("ref_m_2", "ref_m") && !is_numbered("ref_m_", "ref_m") && !is_numbered("ref_m_x", "ref_m"));
    }

    #[test]
    fn cursors_come_back() {
        let values = [Value::BigInt(Some(-7)), Value::String(Some("a.b é".to_owned()))];
        let cursor = Cursor::of(&values).expect("plain values");
        let again = Cursor::from(cursor.to_string());
        assert_eq!(again.values(&[ArrayType::BigInt, ArrayType::String]).expect("its own"), values);
        assert!(again.values(&[ArrayType::BigInt]).is_err());
        assert!(Cursor::from("zz".to_owned()).values(&[ArrayType::Int]).is_err());
    }
}
