//! What functions from files of SQL run on: a statement, its values, and rows that are read by
//! position. Written by hand, the same for every schema.

use std::borrow::Cow;

use entities::row::Columns;
use futures_util::{Stream, StreamExt as _};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, StreamTrait, TryGetError, Value};
use tracing::{Instrument as _, info_span};

/// A statement with its values.
#[derive(Clone, Debug)]
pub struct Sql {
    /// The function that runs it, as traces say it.
    name: &'static str,
    text: Cow<'static, str>,
    values: Vec<Value>,
}

impl Sql {
    /// A statement that is always the same.
    pub fn new<const N: usize>(name: &'static str, text: &'static str, values: [Value; N]) -> Self {
        Self { name, text: text.into(), values: values.into() }
    }

    /// A statement to be put together.
    pub fn in_parts(name: &'static str) -> Self {
        Self { name, text: Cow::default(), values: Vec::new() }
    }

    /// Adds text.
    pub fn push(&mut self, text: &'static str) {
        self.text.to_mut().push_str(text);
    }

    /// Adds a parameter with its value.
    pub fn bind(&mut self, value: impl Into<Value>) {
        self.values.push(value.into());
        let number = self.values.len();
        self.text.to_mut().push_str(&format!("${number}"));
    }

    fn span(&self) -> tracing::Span {
        info_span!("query", name = self.name)
    }

    fn statement(self, backend: DbBackend) -> Statement {
        Statement::from_sql_and_values(backend, self.text, self.values)
    }
}

/// Reads the columns of a row, in their order.
pub trait Read<T>: Fn(&mut Columns<'_>) -> Result<T, TryGetError> {}

impl<T, F: Fn(&mut Columns<'_>) -> Result<T, TryGetError>> Read<T> for F {}

fn decoded<T>(row: &QueryResult, read: &impl Read<T>) -> Result<T, DbErr> {
    read(&mut Columns::in_order(row)).map_err(Into::into)
}

/// The outcome with the error of a table.
///
/// # Errors
/// When a constraint is violated, or the database refuses.
pub async fn told_apart<T, Error: From<DbErr>>(outcome: impl Future<Output = Result<T, DbErr>>) -> Result<T, Error> {
    Ok(outcome.await?)
}

/// All rows.
///
/// # Errors
/// When the database refuses.
pub async fn many<T>(db: &impl ConnectionTrait, sql: Sql, read: impl Read<T>) -> Result<Vec<T>, DbErr> {
    let span = sql.span();
    let rows = db.query_all_raw(sql.statement(db.get_database_backend())).instrument(span).await?;
    rows.iter().map(|row| decoded(row, &read)).collect()
}

/// The first row, if there is any.
///
/// # Errors
/// When the database refuses.
pub async fn optional<T>(db: &impl ConnectionTrait, sql: Sql, read: impl Read<T>) -> Result<Option<T>, DbErr> {
    let span = sql.span();
    let row = db.query_one_raw(sql.statement(db.get_database_backend())).instrument(span).await?;
    row.map(|row| decoded(&row, &read)).transpose()
}

/// The first row.
///
/// # Errors
/// When there is none, or the database refuses.
pub async fn one<T>(db: &impl ConnectionTrait, sql: Sql, read: impl Read<T>) -> Result<T, DbErr> {
    let name = sql.name;
    let row = optional(db, sql, read).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(format!("`{name}` found no row")))
}

/// The rows one after the other, as the server sends them.
///
/// # Errors
/// When the database refuses.
pub async fn stream<'db, T: 'db>(
    db: &'db impl StreamTrait,
    sql: Sql,
    read: impl Read<T> + 'db,
) -> Result<impl Stream<Item = Result<T, DbErr>> + 'db, DbErr> {
    let span = sql.span();
    let rows = db.stream_raw(sql.statement(db.get_database_backend())).instrument(span).await?;
    Ok(rows.map(move |row| decoded(&row?, &read)))
}

/// Runs a statement.
///
/// # Errors
/// When the database refuses.
pub async fn exec(db: &impl ConnectionTrait, sql: Sql) -> Result<(), DbErr> {
    rows(db, sql).await.map(drop)
}

/// Runs a statement; how many rows it wrote.
///
/// # Errors
/// When the database refuses.
pub async fn rows(db: &impl ConnectionTrait, sql: Sql) -> Result<u64, DbErr> {
    let span = sql.span();
    let result = db.execute_raw(sql.statement(db.get_database_backend())).instrument(span).await?;
    Ok(result.rows_affected())
}
