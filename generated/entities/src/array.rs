//! Arrays as PostgreSQL has them: elements may be NULL, and there may be several dimensions.
//! Written by hand, the same for every schema.

use std::{
    fmt::{self, Display},
    ops::Deref,
    str::FromStr,
};

use sea_orm::{
    ColIdx, DbErr, QueryResult, TryGetError, TryGetable, Value,
    prelude::{BigDecimal, ChronoDate, ChronoDateTime, ChronoDateTimeWithTimeZone, ChronoTime, Decimal, IpNetwork, Json, Uuid},
    sea_query::{ArrayType, ColumnType, Nullable, StringLen, ValueTypeErr},
    sqlx::types::chrono::FixedOffset,
};

use crate::row::Read;

/// An array of a column: any element may be NULL.
///
/// It reads like a slice of `Option<T>`; [`values`](Array::values) leaves the NULLs out. PostgreSQL
/// does not hold a column to the dimensions it was declared with, so a row may hold more than one:
/// the elements are then in row-major order, and [`dimensions`](Array::dimensions) says the shape,
/// which is written back as it was read. It travels as the server's own text.
///
/// ```
/// use entities::array::Array;
///
/// let tags: Array<String> = vec!["red".to_owned(), "NULL".to_owned()].into();
/// assert_eq!(tags.to_string(), r#"{red,"NULL"}"#);
/// let read: Array<i32> = "[0:1][1:2]={{1,NULL},{3,4}}".parse().unwrap();
/// assert_eq!(*read, [Some(1), None, Some(3), Some(4)]);
/// assert_eq!(read.dimensions().len(), 2);
/// assert_eq!(read.to_string(), "[0:1][1:2]={{1,NULL},{3,4}}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Array<T> {
    elements: Vec<Option<T>>,
    dimensions: Vec<Dimension>,
}

/// One dimension of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dimension {
    /// The subscript of the first element, which is 1 unless someone said otherwise.
    pub lower_bound: i32,
    /// How many elements there are.
    pub length: usize,
}

/// An element of an [`Array`]: a value with a text form.
pub trait Element: Sized {
    /// Reads the server's text.
    ///
    /// # Errors
    /// When the text is of no such value.
    fn parse(text: &str) -> Result<Self, String>;

    /// The text that the server reads.
    fn print(&self) -> String;
}

impl<T> Array<T> {
    /// The elements that are not NULL.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.elements.iter().flatten()
    }

    /// The dimensions, none for an empty array.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// The elements by value.
    pub fn into_vec(self) -> Vec<Option<T>> {
        self.elements
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self { elements: Vec::new(), dimensions: Vec::new() }
    }
}

impl<T> Deref for Array<T> {
    type Target = [Option<T>];

    fn deref(&self) -> &[Option<T>] {
        &self.elements
    }
}

impl<T> From<Vec<Option<T>>> for Array<T> {
    fn from(elements: Vec<Option<T>>) -> Self {
        let dimensions = if elements.is_empty() { Vec::new() } else { vec![Dimension { lower_bound: 1, length: elements.len() }] };
        Self { elements, dimensions }
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(elements: Vec<T>) -> Self {
        elements.into_iter().collect()
    }
}

impl<T: Clone> From<&[T]> for Array<T> {
    fn from(elements: &[T]) -> Self {
        elements.iter().cloned().collect()
    }
}

impl<T> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        elements.into_iter().map(Some).collect::<Vec<_>>().into()
    }
}

impl<T: Element> Display for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dimensions.iter().any(|dimension| dimension.lower_bound != 1) {
            for Dimension { lower_bound, length } in &self.dimensions {
                let length = i32::try_from(*length).unwrap_or(i32::MAX);
                write!(f, "[{lower_bound}:{}]", lower_bound.saturating_add(length - 1))?;
            }
            f.write_str("=")?;
        }
        if self.elements.is_empty() { f.write_str("{}") } else { write_level(f, &self.elements, &self.dimensions) }
    }
}

fn write_level<T: Element>(f: &mut fmt::Formatter<'_>, elements: &[Option<T>], dimensions: &[Dimension]) -> fmt::Result {
    let Some((Dimension { length, .. }, inner)) = dimensions.split_first() else {
        return match elements {
            [Some(element)] => write_quoted(f, &element.print()),
            _ => f.write_str("NULL"),
        };
    };
    f.write_str("{")?;
    for (position, part) in elements.chunks((elements.len() / (*length).max(1)).max(1)).enumerate() {
        if position > 0 {
            f.write_str(",")?;
        }
        write_level(f, part, inner)?;
    }
    f.write_str("}")
}

/// Quotes as `array_out` does, so that equal arrays have equal texts.
/// <https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO>
fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let is_special = |letter: char| matches!(letter, '"' | '\\' | '{' | '}' | ',') || is_space(letter);
    if !text.is_empty() && !text.eq_ignore_ascii_case("null") && !text.contains(is_special) {
        return f.write_str(text);
    }
    f.write_str("\"")?;
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{letter}")?;
    }
    f.write_str("\"")
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

impl<T: Element> FromStr for Array<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: text, elements: Vec::new(), lengths: Vec::new() };
        let lower_bounds = parser.bounds()?;
        parser.level(0)?;
        if !parser.rest.is_empty() {
            return Err(format!("`{}` follows the array", parser.rest));
        }
        let Parser { elements, lengths, .. } = parser;
        let dimensions = if elements.is_empty() {
            Vec::new()
        } else {
            let bound = |position: usize| lower_bounds.get(position).copied().unwrap_or(1);
            lengths.iter().enumerate().map(|(position, &length)| Dimension { lower_bound: bound(position), length }).collect()
        };
        Ok(Self { elements, dimensions })
    }
}

struct Parser<'t, T> {
    rest: &'t str,
    elements: Vec<Option<T>>,
    /// The length of each dimension, once the first part of it was read.
    lengths: Vec<usize>,
}

impl<T: Element> Parser<'_, T> {
    fn take(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// `[1:2][0:3]=`
    fn bounds(&mut self) -> Result<Vec<i32>, String> {
        let mut bounds = Vec::new();
        while self.take('[') {
            let (inside, rest) = self.rest.split_once(']').ok_or("a bound is not closed")?;
            let (lower, _) = inside.split_once(':').ok_or("a bound has no colon")?;
            bounds.push(lower.parse().map_err(|_| format!("`{lower}` is no bound"))?);
            self.rest = rest;
        }
        if !bounds.is_empty() && !self.take('=') {
            return Err("`=` is missing after the bounds".to_owned());
        }
        Ok(bounds)
    }

    fn level(&mut self, depth: usize) -> Result<(), String> {
        if !self.take('{') {
            return Err(format!("`{{` is missing before `{}`", self.rest));
        }
        let mut length = 0;
        while !self.take('}') {
            if length > 0 && !self.take(',') {
                return Err(format!("`,` is missing before `{}`", self.rest));
            }
            if self.rest.starts_with('{') {
                self.level(depth + 1)?;
            } else {
                let element = self.element()?;
                self.elements.push(element);
            }
            length += 1;
        }
        if self.lengths.len() <= depth {
            self.lengths.resize(depth + 1, length);
        }
        self.lengths[depth] = length;
        Ok(())
    }

    fn element(&mut self) -> Result<Option<T>, String> {
        if !self.take('"') {
            let end = self.rest.find([',', '}']).ok_or("the array is not closed")?;
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return if text == "NULL" { Ok(None) } else { T::parse(text).map(Some) };
        }
        let mut text = String::new();
        let mut letters = self.rest.char_indices();
        while let Some((position, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.rest = &self.rest[position + 1..];
                    return T::parse(&text).map(Some);
                }
                '\\' => text.extend(letters.next().map(|(_, escaped)| escaped)),
                _ => text.push(letter),
            }
        }
        Err("a quoted element is not closed".to_owned())
    }
}

impl<T: Element> TryGetable for Array<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let text = String::try_get_by(row, index)?;
        text.parse().map_err(|error| {
            TryGetError::DbErr(DbErr::Type(format!(
                "the column {index:?} holds an array that the Rust type cannot: {error}; read it as text, in codegen.toml: \
                 [types.columns] \"schema.table.column\" = \"text\""
            )))
        })
    }
}

impl<T: Element> Read for Array<T> {}

impl<T: Element> From<Array<T>> for Value {
    fn from(array: Array<T>) -> Self {
        Self::String(Some(array.to_string()))
    }
}

impl<T: Element> sea_orm::sea_query::ValueType for Array<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        match value {
            Value::String(Some(text)) => text.parse().map_err(|_| ValueTypeErr),
            _ => Err(ValueTypeErr),
        }
    }

    fn type_name() -> String {
        "Array".to_owned()
    }

    fn array_type() -> ArrayType {
        ArrayType::String
    }

    fn column_type() -> ColumnType {
        ColumnType::String(StringLen::None)
    }
}

impl<T: Element> Nullable for Array<T> {
    fn null() -> Value {
        Value::String(None)
    }
}

impl<T: Element> sea_orm::IntoActiveValue<Array<T>> for Array<T> {
    fn into_active_value(self) -> sea_orm::ActiveValue<Array<T>> {
        sea_orm::ActiveValue::Set(self)
    }
}

impl<T: Element + serde::Serialize> serde::Serialize for Array<T> {
    /// A list; the server's text where the shape is more than a list says.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.dimensions.as_slice() {
            [] | [Dimension { lower_bound: 1, .. }] => self.elements.serialize(serializer),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de, T: Element + serde::Deserialize<'de>> serde::Deserialize<'de> for Array<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Form<T> {
            List(Vec<Option<T>>),
            Text(String),
        }
        match Form::deserialize(deserializer)? {
            Form::List(elements) => Ok(elements.into()),
            Form::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

macro_rules! elements {
    ($($element:ty),*) => {
        $(impl Element for $element {
            fn parse(text: &str) -> Result<Self, String> {
                text.parse().map_err(|error| format!("`{text}`: {error}"))
            }

            fn print(&self) -> String {
                self.to_string()
            }
        })*
    };
}

elements!(i16, i32, i64, f32, f64, Uuid, Json, IpNetwork);

impl Element for String {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }

    fn print(&self) -> String {
        self.clone()
    }
}

impl Element for bool {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "t" => Ok(true),
            "f" => Ok(false),
            _ => Err(format!("`{text}` is neither `t` nor `f`")),
        }
    }

    fn print(&self) -> String {
        if *self { "t" } else { "f" }.to_owned()
    }
}

impl Element for Decimal {
    fn parse(text: &str) -> Result<Self, String> {
        Self::from_str_exact(text).map_err(|error| format!("`{text}`: {error}"))
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Element for BigDecimal {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|error| format!("`{text}`: {error}"))
    }

    fn print(&self) -> String {
        self.to_plain_string()
    }
}

impl Element for Vec<u8> {
    /// Reads either setting of `bytea_output`.
    /// <https://www.postgresql.org/docs/current/datatype-binary.html>
    fn parse(text: &str) -> Result<Self, String> {
        let number = |digits: &str, radix| u8::from_str_radix(digits, radix).map_err(|_| format!("`{digits}` is no byte"));
        if let Some(digits) = text.strip_prefix("\\x") {
            let digit = |position: usize| digits.get(position..position + 2).ok_or("half a byte");
            return (0..digits.len()).step_by(2).map(|position| number(digit(position)?, 16)).collect();
        }
        let mut bytes = Self::new();
        let mut rest = text;
        while let Some((before, escaped)) = rest.split_once('\\') {
            bytes.extend(before.as_bytes());
            if let Some(after) = escaped.strip_prefix('\\') {
                bytes.push(b'\\');
                rest = after;
            } else {
                bytes.push(number(escaped.get(..3).ok_or("half a byte")?, 8)?);
                rest = &escaped[3..];
            }
        }
        bytes.extend(rest.as_bytes());
        Ok(bytes)
    }

    fn print(&self) -> String {
        use std::fmt::Write as _;

        self.iter().fold(String::from("\\x"), |mut text, byte| {
            write!(text, "{byte:02x}").ok();
            text
        })
    }
}

/// A date in the style `ISO`, which sqlx asks of every connection.
fn era(text: &str) -> (&str, bool) {
    text.strip_suffix(" BC").map_or((text, false), |before| (before, true))
}

impl Element for ChronoDate {
    fn parse(text: &str) -> Result<Self, String> {
        let (date, before_christ) = era(text);
        let none = || format!("`{text}` is no date that Rust holds");
        let (year, rest) = date.split_once('-').ok_or_else(none)?;
        let (month, day) = rest.split_once('-').ok_or_else(none)?;
        let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i32>(), month.parse(), day.parse()) else { return Err(none()) };
        Self::from_ymd_opt(if before_christ { 1 - year } else { year }, month, day).ok_or_else(none)
    }

    fn print(&self) -> String {
        let year: i32 = self.format("%Y").to_string().parse().unwrap_or_default();
        let (era, year) = if year > 0 { ("", year) } else { (" BC", 1 - year) };
        format!("{year:04}-{}{era}", self.format("%m-%d"))
    }
}

impl Element for ChronoTime {
    fn parse(text: &str) -> Result<Self, String> {
        Self::parse_from_str(text, "%H:%M:%S%.f").map_err(|error| format!("`{text}`: {error}"))
    }

    fn print(&self) -> String {
        // As the server prints it: no more digits than there are.
        self.format("%H:%M:%S%.6f").to_string().trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl Element for ChronoDateTime {
    fn parse(text: &str) -> Result<Self, String> {
        let (moment, before_christ) = era(text);
        let (date, time) = moment.split_once(' ').ok_or_else(|| format!("`{text}` is no timestamp"))?;
        let date = if before_christ { format!("{date} BC") } else { date.to_owned() };
        Ok(<ChronoDate as Element>::parse(&date)?.and_time(<ChronoTime as Element>::parse(time)?))
    }

    fn print(&self) -> String {
        let date = Element::print(&self.date());
        let (date, before_christ) = era(&date);
        let era = if before_christ { " BC" } else { "" };
        format!("{date} {}{era}", Element::print(&self.time()))
    }
}

impl Element for ChronoDateTimeWithTimeZone {
    fn parse(text: &str) -> Result<Self, String> {
        let (moment, before_christ) = era(text);
        let none = || format!("`{text}` is no timestamp with time zone");
        let sign = moment.rfind(['+', '-']).ok_or_else(none)?;
        let (local, offset) = moment.split_at(sign);
        let parts: Vec<i32> = offset[1..].split(':').filter_map(|part| part.parse().ok()).collect();
        let seconds = parts.iter().zip([3600, 60, 1]).map(|(part, unit)| part * unit).sum::<i32>();
        let offset = FixedOffset::east_opt(if offset.starts_with('-') { -seconds } else { seconds }).ok_or_else(none)?;
        let local = if before_christ { format!("{local} BC") } else { local.to_owned() };
        <ChronoDateTime as Element>::parse(&local)?.and_local_timezone(offset).single().ok_or_else(none)
    }

    fn print(&self) -> String {
        let utc = Element::print(&self.naive_utc());
        match era(&utc) {
            (moment, true) => format!("{moment}+00 BC"),
            (moment, false) => format!("{moment}+00"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round<T: Element>(text: &str) -> String {
        text.parse::<Array<T>>().map_or_else(|error| error, |array| array.to_string())
    }

    #[test]
    fn arrays_print_as_they_were_read() {
        for text in ["{}", "{NULL}", "{1,NULL,-3}", "{{1,2},{3,4}}", "[0:1]={7,8}", "[-1:0][2:3]={{1,2},{NULL,4}}"] {
            assert_eq!(round::<i32>(text), text);
        }
        for text in [r#"{"",a,"NULL","a b","q\"uo\\te","{x}","a,b",é}"#, "{\"line\nbreak\"}"] {
            assert_eq!(round::<String>(text), text);
        }
        assert_eq!(round::<bool>("{t,f,NULL}"), "{t,f,NULL}");
        assert_eq!(round::<f64>("{NaN,1.5,1e+300}").parse::<Array<f64>>().map(|array| array.len()), Ok(3));
        assert_eq!(round::<Vec<u8>>(r#"{"\\x00ff","\\x"}"#), r#"{"\\x00ff","\\x"}"#);
        assert_eq!(round::<Vec<u8>>(r#"{"\\000a\\\\"}"#), r#"{"\\x00615c"}"#);
        assert_eq!(round::<ChronoDate>(r#"{2024-02-29,"0044-03-15 BC"}"#), r#"{2024-02-29,"0044-03-15 BC"}"#);
        assert_eq!(round::<ChronoDateTimeWithTimeZone>(r#"{"2024-02-29 12:00:00.5+05:30"}"#), r#"{"2024-02-29 06:30:00.5+00"}"#);
        assert!("{infinity}".parse::<Array<ChronoDate>>().is_err());
    }

    #[test]
    fn broken_text_is_an_error() {
        for text in ["", "{", "{1", "1}", "{1}2", "[1={1}", "{\"1}", "{1 2}"] {
            assert!(text.parse::<Array<i32>>().is_err(), "{text}");
        }
    }
}
