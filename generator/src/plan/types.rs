//! PostgreSQL's types in Rust.

use proc_macro2::TokenStream;
use quote::quote;

use crate::schema::{Column, Id, Type, TypeKind, Walker};

/// How a column travels.
#[derive(Clone, Debug)]
pub struct ColumnType {
    /// The Rust type, without the `Option` of a nullable column.
    pub rust: syn::Type,
    /// What SeaORM calls the column's type, where it does not follow from the Rust type.
    pub column_type: Option<String>,
    /// The type that the column is cast to when it is read, and back when it is written: for types
    /// that travel as text.
    pub cast: Option<(String, String)>,
    /// Whether equality of the Rust type is total.
    pub is_eq: bool,
    /// The form of a parameter that takes such a value.
    pub parameter: Parameter,
}

/// How a function takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// By value: the type is `Copy`, or small.
    Value,
    /// `&str`
    Str,
    /// `&[T]` of a `Vec<T>`
    Slice,
    /// `&T`
    Reference,
}

/// The Rust types of catalogue types that hold every value, or nearly: name in `pg_catalog`, Rust
/// type, SeaORM's column type where it does not follow, whether it is `Eq`, and the parameter.
fn builtin(name: &str, modifier: i32) -> Option<(&'static str, Option<String>, bool, Parameter)> {
    let length = (modifier > 4).then(|| modifier - 4);
    Some(match name {
        "bool" => ("bool", None, true, Parameter::Value),
        "int2" => ("i16", None, true, Parameter::Value),
        "int4" => ("i32", None, true, Parameter::Value),
        "int8" => ("i64", None, true, Parameter::Value),
        "float4" => ("f32", None, false, Parameter::Value),
        "float8" => ("f64", None, false, Parameter::Value),
        "text" => ("String", Some("Text".to_owned()), true, Parameter::Str),
        "varchar" => ("String", length.map(|length| format!("String(StringLen::N({length}))")), true, Parameter::Str),
        "bpchar" => {
            ("String", Some(length.map_or("Char(None)".to_owned(), |length| format!("Char(Some({length}))"))), true, Parameter::Str)
        }
        "bytea" => ("Vec<u8>", Some("VarBinary(StringLen::None)".to_owned()), true, Parameter::Slice),
        "uuid" => ("Uuid", None, true, Parameter::Value),
        "json" => ("Json", Some("Json".to_owned()), true, Parameter::Reference),
        "jsonb" => ("Json", Some("JsonBinary".to_owned()), true, Parameter::Reference),
        "date" => ("Date", None, true, Parameter::Value),
        "time" => ("Time", None, true, Parameter::Value),
        "timestamp" => ("DateTime", None, true, Parameter::Value),
        "timestamptz" => ("DateTimeWithTimeZone", None, true, Parameter::Value),
        "numeric" => ("Decimal", numeric(modifier), true, Parameter::Value),
        "inet" => ("IpNetwork", Some("Inet".to_owned()), true, Parameter::Value),
        "cidr" => ("IpNetwork", Some("Cidr".to_owned()), true, Parameter::Value),
        _ => return None,
    })
}

/// The precision and scale of `numeric(12,2)`; `None` for one that SeaORM cannot say (a negative
/// scale), which the documentation then carries.
fn numeric(modifier: i32) -> Option<String> {
    // https://www.postgresql.org/docs/current/datatype-numeric.html: the modifier holds the
    // precision in its upper half and the scale as an 11-bit signed number, offset by four.
    let packed = (modifier >= 4).then(|| modifier - 4)?;
    let (precision, scale) = ((packed >> 16) & 0xffff, ((packed & 0x7ff) ^ 1024) - 1024);
    (scale >= 0).then(|| format!("Decimal(Some(({precision}, {scale})))"))
}

/// The type of a column, given the path of an enum's Rust type and the user's overrides.
pub(super) fn column_type(
    column: Walker<'_, Column>,
    enum_path: impl Fn(Id<Type>) -> Option<TokenStream>,
    overridden: Option<syn::Type>,
) -> ColumnType {
    let base = column.declared_type().base();
    if let Some(rust) = overridden {
        return ColumnType { rust, column_type: None, cast: None, is_eq: false, parameter: Parameter::Reference };
    }
    if let TypeKind::Array(element) = &base.row().kind {
        let element = column.at(*element).base();
        if let Some(inner) = scalar(element, -1, &enum_path)
            // SeaORM has no array of network addresses, and sqlx no array of these in text form.
            && inner.cast.is_none()
            && element.row().name != "inet"
            && element.row().name != "cidr"
        {
            let element = &inner.rust;
            return ColumnType {
                rust: syn::parse_quote!(Vec<#element>),
                column_type: None,
                cast: None,
                is_eq: inner.is_eq,
                parameter: Parameter::Slice,
            };
        }
        return ColumnType {
            rust: syn::parse_quote!(Vec<String>),
            column_type: None,
            cast: Some(("text[]".to_owned(), format!("{}[]", quoted(element)))),
            is_eq: true,
            parameter: Parameter::Slice,
        };
    }
    let modifier = match &column.declared_type().row().kind {
        // A domain keeps its base's modifier to itself.
        TypeKind::Domain { .. } => -1,
        _ => column.type_modifier,
    };
    scalar(base, modifier, &enum_path).unwrap_or_else(|| text(base))
}

fn scalar(base: Walker<'_, Type>, modifier: i32, enum_path: &impl Fn(Id<Type>) -> Option<TokenStream>) -> Option<ColumnType> {
    if let TypeKind::Enum(_) = base.row().kind {
        let path = enum_path(base.id())?;
        return Some(ColumnType {
            rust: syn::parse_quote!(#path),
            column_type: None,
            cast: None,
            is_eq: true,
            parameter: Parameter::Value,
        });
    }
    if base.row().schema != "pg_catalog" {
        return None;
    }
    let (rust, column_type, is_eq, parameter) = builtin(&base.row().name, modifier)?;
    Some(ColumnType { rust: syn::parse_str(rust).expect("the table holds Rust types"), column_type, cast: None, is_eq, parameter })
}

/// Any other type travels as the text that the server prints for it.
fn text(base: Walker<'_, Type>) -> ColumnType {
    let name = quoted(base);
    ColumnType {
        rust: syn::parse_quote!(String),
        column_type: Some(format!("custom({:?})", base.row().name)),
        cast: Some(("text".to_owned(), name)),
        is_eq: true,
        parameter: Parameter::Str,
    }
}

/// A type's name as SQL: bare in `pg_catalog`, else qualified and quoted where it must be.
fn quoted(kind: Walker<'_, Type>) -> String {
    let part = |name: &str| {
        let plain = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_' || letter.is_ascii_digit());
        if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
    };
    if kind.row().schema == "pg_catalog" {
        // "char" is a type of its own, and char without quotes is another.
        return if kind.row().name == "char" { "\"char\"".to_owned() } else { part(&kind.row().name) };
    }
    format!("{}.{}", part(&kind.row().schema), part(&kind.row().name))
}

/// The type with the `Option` of a column that can hold NULL.
pub(super) fn nullable(rust: &syn::Type, required: bool) -> TokenStream {
    if required { quote!(#rust) } else { quote!(Option<#rust>) }
}

#[cfg(test)]
mod tests {
    use super::numeric;

    #[test]
    fn numeric_modifiers_are_unpacked() {
        assert_eq!(numeric(((12 << 16) | 2) + 4).as_deref(), Some("Decimal(Some((12, 2)))"));
        assert_eq!(numeric(-1), None);
        // numeric(3,-2)
        assert_eq!(numeric(((3 << 16) | 0x7fe) + 4), None);
    }
}
