//! PostgreSQL's types in Rust.

use quote::quote;

use super::{Code, name};
use crate::{
    describe::{ValueKind, ValueType},
    schema::{Column, Id, Type, TypeKind, Walker},
};

/// How a column travels.
#[derive(Clone, Debug, Hash)]
pub struct ColumnType {
    /// The Rust type, without the `Option` of a nullable column.
    pub rust: Code,
    /// What SeaORM says of the column's type: an expression that gives a `ColumnDef`.
    pub definition: String,
    /// The type that the column is cast to when it is read: for types that travel as text.
    pub select: Option<String>,
    /// The type that values are cast to when they are written or compared.
    pub save: Option<String>,
    /// The type is the user's own, and read by SeaORM's rules alone.
    pub is_foreign: bool,
    /// SeaORM takes it in a key.
    pub is_key: bool,
    /// Whether equality of the Rust type is total.
    pub is_eq: bool,
    /// The form of a parameter that takes such a value.
    pub parameter: Parameter,
}

/// How a function takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A scalar: the Rust type, SeaORM's column type, whether it is `Eq`, and the parameter.
pub(crate) type Scalar = (&'static str, String, bool, Parameter);

/// The Rust types of catalogue types that hold every value, but for those that reading refuses by
/// name: infinities, NaN, and dates beyond chrono's. `arguments` are those of the type's modifier.
pub(crate) fn builtin(name: &str, arguments: &[i32]) -> Option<Scalar> {
    let length = arguments.first();
    let (rust, column_type, is_eq, parameter) = match name {
        "bool" => ("bool", "Boolean", true, Parameter::Value),
        "int2" => ("i16", "SmallInteger", true, Parameter::Value),
        "int4" => ("i32", "Integer", true, Parameter::Value),
        "int8" => ("i64", "BigInteger", true, Parameter::Value),
        "float4" => ("f32", "Float", false, Parameter::Value),
        "float8" => ("f64", "Double", false, Parameter::Value),
        "text" => ("String", "Text", true, Parameter::Str),
        "varchar" => {
            let column_type =
                length.map_or("String(StringLen::None)".to_owned(), |length| format!("String(StringLen::N({length}))"));
            return Some(("String", column_type, true, Parameter::Str));
        }
        "bpchar" => {
            let column_type = length.map_or("Char(None)".to_owned(), |length| format!("Char(Some({length}))"));
            return Some(("String", column_type, true, Parameter::Str));
        }
        "bytea" => ("Vec<u8>", "VarBinary(StringLen::None)", true, Parameter::Slice),
        "uuid" => ("Uuid", "Uuid", true, Parameter::Value),
        "json" => ("Json", "Json", true, Parameter::Reference),
        "jsonb" => ("Json", "JsonBinary", true, Parameter::Reference),
        "date" => ("Date", "Date", true, Parameter::Value),
        "time" => ("Time", "Time", true, Parameter::Value),
        "timestamp" => ("DateTime", "DateTime", true, Parameter::Value),
        "timestamptz" => ("DateTimeWithTimeZone", "TimestampWithTimeZone", true, Parameter::Value),
        "numeric" => return Some(numeric(arguments)),
        "inet" => ("IpNetwork", "Inet", true, Parameter::Value),
        "cidr" => ("IpNetwork", "Cidr", true, Parameter::Value),
        _ => return None,
    };
    Some((rust, column_type.to_owned(), is_eq, parameter))
}

/// `Decimal` holds 28 digits; a numeric that may hold more is a `BigDecimal`.
/// <https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL>
fn numeric(arguments: &[i32]) -> Scalar {
    match arguments {
        &[precision, scale] => {
            // SeaORM knows no negative scale, which rounds before the point.
            let column_type = if scale >= 0 {
                format!("Decimal(Some(({precision}, {scale})))")
            } else {
                format!("custom(\"numeric({precision},{scale})\")")
            };
            if precision - scale.min(0) <= 28 && scale <= 28 {
                ("Decimal", column_type, true, Parameter::Value)
            } else {
                ("BigDecimal", column_type, true, Parameter::Reference)
            }
        }
        _ => ("BigDecimal", "Decimal(None)".to_owned(), true, Parameter::Reference),
    }
}

/// What a column's type was overridden with.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    /// The server's own text.
    Text,
    /// A type of the user's.
    Rust(Code),
}

/// The type of a column, given the path of an enum's Rust type and the user's override.
pub(super) fn column_type(
    column: Walker<'_, Column>,
    enum_path: impl Fn(Id<Type>) -> Option<Code>,
    wish: Option<Wish>,
) -> ColumnType {
    let declared = column.declared_type();
    let base = declared.base();
    match wish {
        Some(Wish::Rust(rust)) => {
            let definition = format!("crate::table::of::<{rust}>()");
            let plain = ColumnType { definition, is_foreign: true, is_eq: false, ..text(base) };
            return ColumnType { rust, select: None, save: None, parameter: Parameter::Reference, ..plain };
        }
        Some(Wish::Text) => {
            return match base.row().kind {
                TypeKind::Array(element) => text_of(&base.row().name, format!("{}[]", quoted(column.at(element)))),
                _ => text(base),
            };
        }
        None => {}
    }
    let arguments = arguments(modified(column));
    if let TypeKind::Array(element) = base.row().kind {
        let element = column.at(element);
        let inner = scalar(element.base(), &arguments, &enum_path).unwrap_or_else(|| text(element.base()));
        let rust = &inner.rust;
        let of = inner.definition.strip_suffix(".def()").unwrap_or("ColumnType::Text");
        let definition = match element.base().row().kind {
            TypeKind::Enum(_) => format!("crate::table::array({}.get_column_type().clone())", inner.definition),
            _ => format!("crate::table::array({of})"),
        };
        return ColumnType {
            rust: Code::from(quote!(Array<#rust>)),
            definition,
            select: Some("text".to_owned()),
            save: Some(format!("{}[]", quoted(element))),
            is_foreign: false,
            is_key: false,
            is_eq: inner.is_eq,
            parameter: Parameter::Reference,
        };
    }
    scalar(base, &arguments, &enum_path).unwrap_or_else(|| text(base))
}

/// What the documentation of a column says of values that its Rust type does not hold to the letter.
pub(super) fn reading(column: Walker<'_, Column>, data_type: &ColumnType) -> Option<&'static str> {
    let base = column.declared_type().base();
    let is_plain = data_type.rust.to_string() == "Json" && base.row().schema == "pg_catalog";
    match base.row().name.as_str() {
        "json" if is_plain => Some(
            "`serde_json::Value` rounds numbers beyond `i64`, `u64` and `f64`, and drops spaces and repeated keys; `\"text\"` under \
             `[types]` in codegen.toml keeps the text.",
        ),
        "jsonb" if is_plain => Some(
            "`serde_json::Value` rounds numbers beyond `i64`, `u64` and `f64`; `\"text\"` under `[types]` in codegen.toml keeps the text.",
        ),
        _ => None,
    }
}

/// The type as the server prints it, with its modifier; a domain keeps its base's to itself.
fn modified(column: Walker<'_, Column>) -> &str {
    let mut text = column.row().type_text.as_str();
    let mut kind = column.declared_type();
    while let TypeKind::Domain { base, base_text, .. } = &kind.row().kind {
        text = base_text;
        kind = kind.at(*base);
    }
    text
}

/// `numeric(12,2)` → 12 and 2.
fn arguments(text: &str) -> Vec<i32> {
    let inside = text.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map(|(inside, _)| inside.split(',').filter_map(|argument| argument.trim().parse().ok()).collect()).unwrap_or_default()
}

fn scalar(base: Walker<'_, Type>, arguments: &[i32], enum_path: &impl Fn(Id<Type>) -> Option<Code>) -> Option<ColumnType> {
    if let TypeKind::Enum(_) = base.row().kind {
        return enum_path(base.id()).as_ref().map(enumeration);
    }
    if base.row().schema != "pg_catalog" {
        return None;
    }
    simple(&base.row().name, arguments)
}

fn enumeration(path: &Code) -> ColumnType {
    ColumnType {
        rust: path.clone(),
        definition: format!("crate::table::of::<{}>()", path.to_string().replace(' ', "")),
        select: None,
        save: None,
        is_foreign: false,
        is_key: true,
        is_eq: true,
        parameter: Parameter::Value,
    }
}

/// A type of `pg_catalog` that has a Rust type.
fn simple(name: &str, arguments: &[i32]) -> Option<ColumnType> {
    let (rust, column_type, is_eq, parameter) = builtin(name, arguments)?;
    // Text that is compared with char(n) would be taken for text, whose spaces at the end count.
    let save = (name == "bpchar").then(|| "bpchar".to_owned());
    Some(ColumnType {
        rust: Code::parse::<syn::Type>(rust).expect("the table holds Rust types"),
        definition: format!("ColumnType::{column_type}.def()"),
        select: None,
        save,
        is_foreign: false,
        is_key: rust != "BigDecimal",
        is_eq,
        parameter,
    })
}

/// How a value that a statement takes or gives travels.
pub(super) fn value_type(kind: &ValueType, enum_path: &dyn Fn(&ValueType) -> Option<Code>) -> ColumnType {
    let base = kind.base();
    let typed = match &base.kind {
        ValueKind::Array(element) => {
            let inner = value_type(element, enum_path).rust;
            let save = format!("{}[]", quoted_type(element));
            return ColumnType {
                rust: Code::from(quote!(Array<#inner>)),
                parameter: Parameter::Reference,
                ..text_of(&base.name, save)
            };
        }
        ValueKind::Enum => enum_path(base).as_ref().map(enumeration),
        _ if base.schema == "pg_catalog" => simple(&base.name, &base.arguments()),
        _ => None,
    };
    typed.unwrap_or_else(|| text_of(&base.name, quoted_type(base)))
}

/// Any other type travels as the text that the server prints for it.
fn text(base: Walker<'_, Type>) -> ColumnType {
    text_of(&base.row().name, quoted(base))
}

fn text_of(name: &str, save: String) -> ColumnType {
    ColumnType {
        rust: Code::from(quote!(String)),
        definition: format!("ColumnType::custom({name:?}).def()"),
        select: Some("text".to_owned()),
        save: Some(save),
        is_foreign: false,
        is_key: true,
        is_eq: true,
        parameter: Parameter::Str,
    }
}

fn quoted(kind: Walker<'_, Type>) -> String {
    quoted_name(&kind.row().schema, &kind.row().name)
}

/// The type of a value as SQL.
pub(super) fn quoted_type(kind: &ValueType) -> String {
    match &kind.kind {
        ValueKind::Array(element) => format!("{}[]", quoted_type(element)),
        _ => quoted_name(&kind.schema, &kind.name),
    }
}

/// A type's name as SQL: bare in `pg_catalog`, else qualified and quoted where it must be.
fn quoted_name(schema: &str, name: &str) -> String {
    if schema != "pg_catalog" {
        return format!("{}.{}", name::sql(schema), name::sql(name));
    }
    // Without quotes, char is another type, and bit is bit(1), which cuts.
    match name {
        "bit" | "char" => format!("\"{name}\""),
        _ if name.chars().all(name::is_plain_sql) => name.to_owned(),
        _ => name::sql(name),
    }
}

/// The type with the `Option` of a column that can hold NULL.
pub(super) fn nullable(rust: &Code, required: bool) -> Code {
    if required { rust.clone() } else { Code::from(quote!(Option<#rust>)) }
}

#[cfg(test)]
mod tests {
    use super::{arguments, numeric};

    #[test]
    fn numerics_get_the_type_that_holds_them() {
        let of = |text| numeric(&arguments(text)).0;
        assert_eq!(of("numeric(12,2)"), "Decimal");
        assert_eq!(of("numeric(3,-2)"), "Decimal");
        assert_eq!(of("numeric(28,0)"), "Decimal");
        assert_eq!(of("numeric(38,0)"), "BigDecimal");
        assert_eq!(of("numeric(2,30)"), "BigDecimal");
        assert_eq!(of("numeric"), "BigDecimal");
        assert_eq!(numeric(&arguments("numeric(3,-2)")).1, "custom(\"numeric(3,-2)\")");
    }
}
