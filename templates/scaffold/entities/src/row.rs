//! Reading rows without a loss: what a Rust type cannot hold is an error that names the column.
//! Written by hand, the same for every schema.
#![allow(unused_macros, unused_imports, reason = "a schema may have no table")]

use sea_orm::{
    ColIdx, DbErr, QueryResult, TryGetError, TryGetable, Value,
    prelude::{
        BigDecimal, ChronoDate, ChronoDateTime, ChronoDateTimeUtc, ChronoDateTimeWithTimeZone, ChronoTime, Decimal, IpNetwork,
        Json, Uuid,
    },
    sea_query::{ArrayType, ValueType},
    sqlx::{
        Column as _, Row as _, TypeInfo as _, ValueRef as _,
        postgres::{PgValueFormat, PgValueRef},
    },
};

/// A value that a column is read as.
pub trait Read: TryGetable {
    /// Reads the column of a name, or at a position.
    ///
    /// # Errors
    /// When the column is NULL, or holds what the type cannot.
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        Self::try_get_by(row, column)
    }
}

impl<T: Read> Read for Option<T> {
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        // An error that says so would cost more than the value.
        if row.try_as_pg_row().is_some() && raw(row, column)?.is_none() {
            return Ok(None);
        }
        match T::read(row, column) {
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
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        // Days since 2000-01-01; the least and the greatest stand for the infinities.
        // https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-VALUES
        within(row, column, |bytes| {
            let days = i32::from_be_bytes(bytes.try_into().ok()?);
            // Chrono counts from the year 1.
            Self::from_num_days_from_ce_opt(days.checked_add(730_120)?)
        })?;
        Self::try_get_by(row, column)
    }
}

impl Read for ChronoDateTime {
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        within(row, column, moment)?;
        Self::try_get_by(row, column)
    }
}

impl Read for ChronoDateTimeWithTimeZone {
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        within(row, column, moment)?;
        Self::try_get_by(row, column)
    }
}

impl Read for ChronoTime {
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        // Microseconds of the day; 24:00:00 is a time to PostgreSQL, and not to Rust.
        within(row, column, |bytes| (i64::from_be_bytes(bytes.try_into().ok()?) < 86_400_000_000).then_some(()))?;
        Self::try_get_by(row, column)
    }
}

impl Read for Decimal {
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        match numeric(row, column)? {
            Some(number) => number.exact().ok_or_else(|| refused(row, column, "a number of more than 28 digits")),
            None => Self::try_get_by(row, column),
        }
    }
}

impl Read for BigDecimal {
    fn read<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        match numeric(row, column)? {
            Some(number) => number.text().parse().map_err(|_| refused(row, column, "a number that is none")),
            None => Self::try_get_by(row, column),
        }
    }
}

/// Microseconds since the start of 2000-01-01, where Unix counts from 1970.
fn moment(bytes: &[u8]) -> Option<ChronoDateTimeUtc> {
    let microseconds = i64::from_be_bytes(bytes.try_into().ok()?);
    ChronoDateTimeUtc::from_timestamp(microseconds.div_euclid(1_000_000) + 946_684_800, 0)
}

/// Refuses a value that the Rust type cannot hold, which sqlx would panic at or round.
fn within<I: ColIdx, T>(row: &QueryResult, column: I, check: impl Fn(&[u8]) -> Option<T>) -> Result<(), TryGetError> {
    let Some(value) = raw(row, column)? else { return Ok(()) };
    let fits = match value.format() {
        PgValueFormat::Binary => value.as_bytes().ok().is_some_and(|bytes| check(bytes).is_some()),
        PgValueFormat::Text => true,
    };
    if fits { Ok(()) } else { Err(refused(row, column, &format!("a {} beyond what the Rust type holds", name(&value)))) }
}

fn name(value: &PgValueRef<'_>) -> String {
    value.type_info().name().to_lowercase()
}

fn refused<I: ColIdx>(row: &QueryResult, column: I, what: &str) -> TryGetError {
    let column = column_name(row, column);
    TryGetError::DbErr(DbErr::Type(format!(
        "the column `{column}` holds {what} (an infinity, NaN, or an extreme): read it as text, in codegen.toml: \
         [types.columns] \"schema.table.{column}\" = \"text\""
    )))
}

/// What a row is read into, column after column.
pub trait FromColumns: Sized {
    /// The names of the columns that it takes.
    const COLUMNS: &'static [&'static str];

    /// Reads the columns.
    ///
    /// # Errors
    /// When a column is not there, is NULL, or holds what its type cannot.
    fn from_columns(columns: &mut Columns<'_>) -> Result<Self, TryGetError>;
}

/// Reads a model whose columns have names that begin with the prefix.
///
/// # Errors
/// When one is not there, is NULL where it must not be, or holds what its type cannot.
pub fn model<M: FromColumns>(row: &QueryResult, prefix: &str) -> Result<M, DbErr> {
    model_or_null(row, prefix).map_err(Into::into)
}

/// Reads a model that an outer join may have left out.
///
/// # Errors
/// As for [`model`].
pub fn model_if_any<M: FromColumns>(row: &QueryResult, prefix: &str) -> Result<Option<M>, DbErr> {
    match model_or_null(row, prefix) {
        Ok(model) => Ok(Some(model)),
        Err(TryGetError::Null(_)) => Ok(None),
        Err(TryGetError::DbErr(error)) => Err(error),
    }
}

/// Reads a model, and tells one that an outer join left out from one that cannot be read.
///
/// # Errors
/// As for [`model`].
pub fn model_or_null<M: FromColumns>(row: &QueryResult, prefix: &str) -> Result<M, TryGetError> {
    let mut columns = Columns::of(row, prefix, M::COLUMNS);
    if !prefix.is_empty() && columns.is_absent(M::COLUMNS)? {
        return Err(TryGetError::Null(prefix.to_owned()));
    }
    M::from_columns(&mut columns)
}

/// The columns of a row, taken one after the other.
pub struct Columns<'r> {
    row: &'r QueryResult,
    place: Place<'r>,
}

enum Place<'r> {
    /// By name, under the prefix that SeaORM gives them where several models share a row.
    Named(&'r str),
    /// By position, from 0, each with the name that it must have.
    At(usize),
    /// By position, where the names are known to be right.
    Known(usize),
}

impl<'r> Columns<'r> {
    /// Columns that are found by name, under a prefix.
    pub fn named(row: &'r QueryResult, prefix: &'r str) -> Self {
        Self { row, place: Place::Named(prefix) }
    }

    /// Columns that are found by position where they stand in this order from the first on, as in a
    /// query of one table, which is quicker; else by name, under a prefix.
    fn of(row: &'r QueryResult, prefix: &'r str, names: &[&str]) -> Self {
        let columns = row.try_as_pg_row().filter(|_| prefix.is_empty()).map(|row| row.columns());
        let is_in_order = columns.is_some_and(|columns| {
            columns.len() >= names.len() && columns.iter().zip(names).all(|(column, name)| column.name() == *name)
        });
        if is_in_order { Self { row, place: Place::Known(0) } } else { Self::named(row, prefix) }
    }

    /// Columns that are found by position, from the first on.
    pub fn in_order(row: &'r QueryResult) -> Self {
        Self { row, place: Place::At(0) }
    }

    /// Takes a column.
    ///
    /// # Errors
    /// When it is NULL, holds what the type cannot, or is another than this.
    pub fn read<T: Read>(&mut self, name: &str) -> Result<T, TryGetError> {
        match self.place {
            Place::Named("") => T::read(self.row, name),
            Place::Named(prefix) => T::read(self.row, format!("{prefix}{name}").as_str()),
            Place::At(_) | Place::Known(_) => {
                let position = self.take(name)?;
                T::read(self.row, position).map_err(|error| named(error, name))
            }
        }
    }

    /// Takes a column of a type of the user's, by SeaORM's rules; a type over a number, a date or a time
    /// gets the same value as that type itself would.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn read_as<T: TryGetable + ValueType>(&mut self, name: &str) -> Result<T, TryGetError> {
        match self.place {
            Place::Named(prefix) => read_theirs(self.row, format!("{prefix}{name}").as_str()),
            Place::At(_) | Place::Known(_) => {
                let position = self.take(name)?;
                read_theirs(self.row, position).map_err(|error| named(error, name))
            }
        }
    }

    /// Takes the columns of a model.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn model<M: FromColumns>(&mut self) -> Result<M, TryGetError> {
        M::from_columns(self)
    }

    /// Takes the columns of a model that an outer join may have left out: then all are NULL.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn model_if_there<M: FromColumns>(&mut self) -> Result<Option<M>, TryGetError> {
        if !self.is_absent(M::COLUMNS)? {
            return M::from_columns(self).map(Some);
        }
        if let Place::At(position) | Place::Known(position) = &mut self.place {
            *position += M::COLUMNS.len();
        }
        Ok(None)
    }

    /// Whether all of these columns, the next to be taken, are NULL.
    ///
    /// # Errors
    /// When one is not there.
    pub fn is_absent(&self, columns: &[&str]) -> Result<bool, TryGetError> {
        if self.row.try_as_pg_row().is_none() {
            return Ok(false);
        }
        for (offset, column) in columns.iter().enumerate() {
            let value = match self.place {
                Place::Named(prefix) => raw(self.row, format!("{prefix}{column}").as_str())?,
                Place::At(first) | Place::Known(first) => raw(self.row, first + offset)?,
            };
            if value.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The position of the next column, which must have this name, where that is not known already.
    fn take(&mut self, name: &str) -> Result<usize, TryGetError> {
        let next = match &mut self.place {
            Place::Named(_) => unreachable!("taken by position only"),
            Place::At(next) => next,
            Place::Known(next) => {
                *next += 1;
                return Ok(*next - 1);
            }
        };
        let position = *next;
        *next += 1;
        let found = self.row.try_as_pg_row().map(|row| row.columns().get(position).map(|column| column.name()));
        match found {
            Some(found) if found != Some(name) => Err(TryGetError::DbErr(DbErr::Type(format!(
                "column {} is `{}`, where this code expects `{name}`: the database has changed since; generate it again",
                position + 1,
                found.unwrap_or("missing"),
            )))),
            _ => Ok(position),
        }
    }
}

/// Reads a type of the user's. sqlx gives a `BigDecimal` other digits behind the point than the server has,
/// and panics at an infinite date.
fn read_theirs<T: TryGetable + ValueType, I: ColIdx>(row: &QueryResult, column: I) -> Result<T, TryGetError> {
    if row.try_as_pg_row().is_none() || raw(row, column)?.is_none() {
        return T::try_get_by(row, column);
    }
    let value = match T::array_type() {
        ArrayType::Decimal if is_named(row, column, "numeric")? => Value::Decimal(Some(Decimal::read(row, column)?)),
        ArrayType::BigDecimal if is_named(row, column, "numeric")? => {
            Value::BigDecimal(Some(Box::new(BigDecimal::read(row, column)?)))
        }
        ArrayType::ChronoDate if is_named(row, column, "date")? => Value::ChronoDate(Some(ChronoDate::read(row, column)?)),
        ArrayType::ChronoTime if is_named(row, column, "time")? => Value::ChronoTime(Some(ChronoTime::read(row, column)?)),
        ArrayType::ChronoDateTime if is_named(row, column, "timestamp")? => {
            Value::ChronoDateTime(Some(ChronoDateTime::read(row, column)?))
        }
        ArrayType::ChronoDateTimeUtc | ArrayType::ChronoDateTimeLocal | ArrayType::ChronoDateTimeWithTimeZone => {
            within(row, column, moment)?;
            return T::try_get_by(row, column);
        }
        _ => return T::try_get_by(row, column),
    };
    T::try_from(value).or_else(|_| T::try_get_by(row, column))
}

fn is_named<I: ColIdx>(row: &QueryResult, column: I, wanted: &str) -> Result<bool, TryGetError> {
    Ok(raw(row, column)?.is_some_and(|value| name(&value) == wanted))
}

/// NULL at a position, told by name.
fn named(error: TryGetError, name: &str) -> TryGetError {
    match error {
        TryGetError::Null(_) => TryGetError::Null(name.to_owned()),
        error @ TryGetError::DbErr(_) => error,
    }
}

fn column_name<I: ColIdx>(row: &QueryResult, column: I) -> String {
    let column = format!("{column:?}");
    let columns = row.try_as_pg_row().map(sea_orm::sqlx::Row::columns).unwrap_or_default();
    let at_position = column.parse::<usize>().ok().and_then(|position| columns.get(position));
    at_position.map_or_else(|| column.trim_matches('"').to_owned(), |column| column.name().to_owned())
}

/// A value of a type of the user's, which SeaORM reads by its own rules.
pub struct Theirs<T>(pub T);

impl<T: TryGetable> TryGetable for Theirs<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        T::try_get_by(row, column).map(Self)
    }
}

impl<T: TryGetable> Read for Theirs<T> {}

/// Some values of a row at once: a tuple of up to sixteen.
pub trait ReadAll: Sized {
    /// Takes a column for each value.
    ///
    /// # Errors
    /// As for [`Columns::read`].
    fn read_all(columns: &mut Columns<'_>, names: &[&str]) -> Result<Self, TryGetError>;
}

macro_rules! read_all {
    ($($value:ident $position:literal)+) => {
        impl<$($value: Read),+> ReadAll for ($($value,)+) {
            fn read_all(columns: &mut Columns<'_>, names: &[&str]) -> Result<Self, TryGetError> {
                Ok(($(columns.read::<$value>(names[$position])?,)+))
            }
        }
    };
}

read_all!(A 0);
read_all!(A 0 B 1);
read_all!(A 0 B 1 C 2);
read_all!(A 0 B 1 C 2 D 3);
read_all!(A 0 B 1 C 2 D 3 E 4);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14);
read_all!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15);

/// Reads the fields of a model, sixteen at a time: of each early return the compiler follows what is to be
/// dropped, so that a return for each column would take time by the square of their number.
macro_rules! fields {
    ($columns:ident;) => {};
    ($columns:ident; $a:tt $b:tt $c:tt $d:tt $e:tt $f:tt $g:tt $h:tt $i:tt $j:tt $k:tt $l:tt $m:tt $n:tt $o:tt $p:tt $($rest:tt)*) => {
        crate::row::some_fields!($columns; $a $b $c $d $e $f $g $h $i $j $k $l $m $n $o $p);
        crate::row::fields!($columns; $($rest)*);
    };
    ($columns:ident; $($field:tt)+) => {
        crate::row::some_fields!($columns; $($field)+);
    };
}

/// Reads at most sixteen fields.
macro_rules! some_fields {
    ($columns:ident; $({ $field:ident $name:literal $($theirs:ident)? })+) => {
        #[allow(unused_parens, reason = "what is not of the user's types needs none")]
        let ($($(crate::row::$theirs)? ($field),)+) = match crate::row::ReadAll::read_all($columns, &[$($name),+]) {
            ::std::result::Result::Ok(values) => values,
            ::std::result::Result::Err(error) => return ::std::result::Result::Err(error),
        };
    };
}

pub(crate) use {fields, some_fields};

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

/// A number in the form of the wire: groups of four decimal digits.
struct Numeric {
    negative: bool,
    groups: Vec<u16>,
    /// The power of 10 000 of the first group.
    weight: i32,
    /// Decimal digits behind the point.
    scale: u32,
}

fn numeric<I: ColIdx>(row: &QueryResult, column: I) -> Result<Option<Numeric>, TryGetError> {
    let Some(value) = raw(row, column)? else { return Ok(None) };
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
        _ => Err(refused(row, column, "a numeric that is no finite number")),
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
