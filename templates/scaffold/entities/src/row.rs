//! Reading rows without a loss: what a Rust type cannot hold is an error that names the column.
//! Written by hand, the same for every schema.
#![allow(unused_macros, unused_imports, reason = "a schema may have no table")]

use sea_orm::{
    ColIdx, DbErr, QueryResult, TryGetError, TryGetable,
    prelude::{
        BigDecimal, ChronoDate, ChronoDateTime, ChronoDateTimeUtc, ChronoDateTimeWithTimeZone, ChronoTime, Decimal, IpNetwork,
        Json, Uuid,
    },
    sqlx::{
        Row as _, TypeInfo as _, ValueRef as _,
        postgres::{PgValueFormat, PgValueRef},
    },
};

/// A value that a column is read as.
pub trait Read: TryGetable {
    /// Reads the column, which SeaORM finds under a prefix where several models share a row.
    ///
    /// # Errors
    /// When the column is NULL, or holds what the type cannot.
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        Self::try_get(row, prefix, column)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        match T::read(row, prefix, column) {
            Ok(value) => Ok(Some(value)),
            Err(TryGetError::Null(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Read for bool {}
impl Read for i16 {}
impl Read for i32 {}
impl Read for i64 {}
impl Read for f32 {}
impl Read for f64 {}
impl Read for String {}
impl Read for Vec<u8> {}
impl Read for Uuid {}
impl Read for Json {}
impl Read for IpNetwork {}

impl Read for ChronoDate {
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        // Days since 2000-01-01; the least and the greatest stand for the infinities.
        // https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-VALUES
        within(row, prefix, column, |bytes| {
            let days = i32::from_be_bytes(bytes.try_into().ok()?);
            // Chrono counts from the year 1.
            Self::from_num_days_from_ce_opt(days.checked_add(730_120)?)
        })?;
        Self::try_get(row, prefix, column)
    }
}

impl Read for ChronoDateTime {
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        within(row, prefix, column, moment)?;
        Self::try_get(row, prefix, column)
    }
}

impl Read for ChronoDateTimeWithTimeZone {
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        within(row, prefix, column, moment)?;
        Self::try_get(row, prefix, column)
    }
}

impl Read for ChronoTime {
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        // Microseconds of the day; 24:00:00 is a time to PostgreSQL, and not to Rust.
        within(row, prefix, column, |bytes| (i64::from_be_bytes(bytes.try_into().ok()?) < 86_400_000_000).then_some(()))?;
        Self::try_get(row, prefix, column)
    }
}

impl Read for Decimal {
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        match numeric(row, prefix, column)? {
            Some(number) => number.exact().ok_or_else(|| refused(prefix, column, "a number of more than 28 digits")),
            None => Self::try_get(row, prefix, column),
        }
    }
}

impl Read for BigDecimal {
    fn read(row: &QueryResult, prefix: &str, column: &str) -> Result<Self, TryGetError> {
        match numeric(row, prefix, column)? {
            Some(number) => number.text().parse().map_err(|_| refused(prefix, column, "a number that is none")),
            None => Self::try_get(row, prefix, column),
        }
    }
}

/// Microseconds since the start of 2000-01-01, where Unix counts from 1970.
fn moment(bytes: &[u8]) -> Option<ChronoDateTimeUtc> {
    let microseconds = i64::from_be_bytes(bytes.try_into().ok()?);
    ChronoDateTimeUtc::from_timestamp(microseconds.div_euclid(1_000_000) + 946_684_800, 0)
}

/// Refuses a value that the Rust type cannot hold, which sqlx would panic at or round.
fn within<T>(row: &QueryResult, prefix: &str, column: &str, check: impl Fn(&[u8]) -> Option<T>) -> Result<(), TryGetError> {
    let Some(value) = raw(row, format!("{prefix}{column}").as_str())? else { return Ok(()) };
    let fits = match value.format() {
        PgValueFormat::Binary => value.as_bytes().ok().is_some_and(|bytes| check(bytes).is_some()),
        PgValueFormat::Text => true,
    };
    if fits { Ok(()) } else { Err(refused(prefix, column, &format!("a {} beyond what the Rust type holds", name(&value)))) }
}

fn name(value: &PgValueRef<'_>) -> String {
    value.type_info().name().to_lowercase()
}

fn refused(prefix: &str, column: &str, what: &str) -> TryGetError {
    TryGetError::DbErr(DbErr::Type(format!(
        "the column `{prefix}{column}` holds {what} (an infinity, NaN, or an extreme): read it as text, in codegen.toml: \
         [types.columns] \"schema.table.{column}\" = \"text\""
    )))
}

/// Reads a column; a type of the user's by SeaORM's rules alone.
macro_rules! get {
    ($rust:ty, $row:expr, $prefix:expr, $name:expr) => {
        <$rust as crate::row::Read>::read($row, $prefix, $name)?
    };
    ($rust:ty, $row:expr, $prefix:expr, $name:expr, theirs) => {
        <$rust as ::sea_orm::TryGetable>::try_get($row, $prefix, $name)?
    };
}

pub(crate) use get;

/// The value as the server sent it, unless it is NULL or the row is no row of PostgreSQL.
fn raw<'r, I: ColIdx>(row: &'r QueryResult, column: I) -> Result<Option<PgValueRef<'r>>, TryGetError> {
    let Some(row) = row.try_as_pg_row() else { return Ok(None) };
    let value = row
        .try_get_raw(column.as_sqlx_postgres_index())
        .map_err(|error| DbErr::Query(sea_orm::RuntimeErr::SqlxError(error.into())))?;
    Ok((!value.is_null()).then_some(value))
}

/// The text of a value whose wire form is text in either format: text itself, and the label of an enum.
///
/// # Errors
/// When the value is NULL, or no text.
pub fn label<I: ColIdx>(row: &QueryResult, column: I) -> Result<String, TryGetError> {
    match raw(row, column)? {
        Some(value) => {
            let text = value.as_str().map_err(|error| DbErr::Type(format!("the column {column:?} is no text: {error}")))?;
            Ok(text.to_owned())
        }
        // NULL, or a row of a mock.
        None => String::try_get_by(row, column),
    }
}

/// Whether a model that shares its row with others is not there: all its columns are NULL.
pub fn is_absent(row: &QueryResult, prefix: &str, columns: &[&str]) -> Result<bool, TryGetError> {
    if prefix.is_empty() || row.try_as_pg_row().is_none() {
        return Ok(false);
    }
    for column in columns {
        if raw(row, format!("{prefix}{column}").as_str())?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A number in the form of the wire: groups of four decimal digits.
struct Numeric {
    negative: bool,
    groups: Vec<u16>,
    /// The power of 10 000 of the first group.
    weight: i32,
    /// Decimal digits behind the point.
    scale: u32,
}

fn numeric(row: &QueryResult, prefix: &str, column: &str) -> Result<Option<Numeric>, TryGetError> {
    let Some(value) = raw(row, format!("{prefix}{column}").as_str())? else { return Ok(None) };
    if value.format() == PgValueFormat::Text {
        return Ok(None);
    }
    let bytes = value.as_bytes().unwrap_or_default();
    let words: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    match words.as_slice() {
        [_, weight, sign @ (0 | 0x4000), scale, groups @ ..] => Ok(Some(Numeric {
            negative: *sign != 0,
            groups: groups.to_vec(),
            weight: i32::from(weight.cast_signed()),
            scale: u32::from(*scale),
        })),
        _ => Err(refused(prefix, column, "a numeric that is no finite number")),
    }
}

impl Numeric {
    /// The digits as the server prints them.
    fn text(&self) -> String {
        let mut text = String::from(if self.negative { "-" } else { "" });
        let group = |position: i32| {
            usize::try_from(self.weight - position).ok().and_then(|index| self.groups.get(index)).copied().unwrap_or(0)
        };
        for position in (0..=self.weight.max(0)).rev() {
            if position == self.weight.max(0) {
                text.push_str(&group(position).to_string());
            } else {
                text.push_str(&format!("{:04}", group(position)));
            }
        }
        if self.scale > 0 {
            let mut fraction = String::new();
            let mut position = -1;
            while fraction.len() < self.scale as usize {
                fraction.push_str(&format!("{:04}", group(position)));
                position -= 1;
            }
            fraction.truncate(self.scale as usize);
            text.push('.');
            text.push_str(&fraction);
        }
        text
    }

    /// The same number, to the last digit.
    fn exact(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.text()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Numeric;

    #[test]
    fn numbers_are_printed_as_the_server_prints_them() {
        let number = |groups: &[u16], weight, scale| Numeric { negative: false, groups: groups.to_vec(), weight, scale }.text();
        assert_eq!(number(&[], 0, 0), "0");
        assert_eq!(number(&[], 0, 2), "0.00");
        assert_eq!(number(&[12, 3400], 0, 2), "12.34");
        assert_eq!(number(&[1], 2, 0), "100000000");
        assert_eq!(number(&[5], -2, 8), "0.00000005");
        assert_eq!(number(&[1, 0, 5000], 1, 1), "10000.5");
    }
}
