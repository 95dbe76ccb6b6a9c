//! What SeaORM asks of an enum of the database, written out once for all. SeaORM's derive cannot
//! hold every label (`self`, or `A` beside `a`) and cannot read an enum of a schema off the search
//! path without a cast. Written by hand, the same for every schema.

/// Declares an enum's name in the database, quotes included, and the label of each variant; `else`
/// names the variant that keeps labels which the database has by now and this code has not.
#[allow(unused_macros, reason = "a schema may have no enum")]
macro_rules! labels {
    ($kind:ident, $name:literal $(, else $other:ident)?; $($variant:ident = $label:literal,)*) => {
        impl $kind {
            /// The label in the database.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $label,)*
                    $(Self::$other(label) => label,)?
                }
            }
        }

        impl ::std::fmt::Display for $kind {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $kind {
            type Err = ::sea_orm::DbErr;

            fn from_str(label: &str) -> ::std::result::Result<Self, ::sea_orm::DbErr> {
                match label {
                    $($label => ::std::result::Result::Ok(Self::$variant),)*
                    $(other => ::std::result::Result::Ok(Self::$other(other.to_owned())),)?
                    #[allow(unreachable_patterns, reason = "the enum may keep unknown labels")]
                    other => ::std::result::Result::Err(::sea_orm::DbErr::Type(format!(
                        "{other:?} is no label of the enum {}: the database is newer than this code; generate it again, or \
                         set `unknown_labels = \"variant\"` in codegen.toml",
                        stringify!($kind),
                    ))),
                }
            }
        }

        impl ::std::convert::TryFrom<&str> for $kind {
            type Error = ::sea_orm::DbErr;

            fn try_from(label: &str) -> ::std::result::Result<Self, ::sea_orm::DbErr> {
                label.parse()
            }
        }

        impl ::sea_orm::strum::IntoEnumIterator for $kind {
            type Iterator = ::std::vec::IntoIter<Self>;

            fn iter() -> ::std::vec::IntoIter<Self> {
                <[Self]>::into_vec(::std::boxed::Box::new([$(Self::$variant),*])).into_iter()
            }
        }

        impl ::sea_orm::ActiveEnum for $kind {
            type Value = ::sea_orm::sea_query::Enum;
            type ValueVec = ::std::vec::Vec<::sea_orm::sea_query::Enum>;

            fn name() -> ::sea_orm::sea_query::DynIden {
                // Borrowed text is written as it is, the quotes between the names included.
                crate::enumeration::Name($name).into()
            }

            fn to_value(&self) -> ::sea_orm::sea_query::Enum {
                ::sea_orm::sea_query::Enum { type_name: $name.into(), value: self.as_str().to_owned().into() }
            }

            fn try_from_value(value: &::sea_orm::sea_query::Enum) -> ::std::result::Result<Self, ::sea_orm::DbErr> {
                value.value.parse()
            }

            fn db_type() -> ::sea_orm::ColumnDef {
                ::sea_orm::entity::ColumnTypeTrait::def(::sea_orm::ColumnType::Enum {
                    name: <Self as ::sea_orm::ActiveEnum>::name(),
                    variants: ::std::vec![$(::sea_orm::sea_query::IntoIden::into_iden($label)),*],
                })
            }
        }

        impl ::std::convert::From<$kind> for ::sea_orm::sea_query::Enum {
            fn from(value: $kind) -> Self {
                ::sea_orm::ActiveEnum::to_value(&value)
            }
        }

        impl ::std::convert::From<$kind> for ::sea_orm::Value {
            fn from(value: $kind) -> Self {
                ::sea_orm::ActiveEnum::to_value(&value).into()
            }
        }

        impl ::sea_orm::TryGetable for $kind {
            fn try_get_by<I: ::sea_orm::ColIdx>(
                row: &::sea_orm::QueryResult,
                column: I,
            ) -> ::std::result::Result<Self, ::sea_orm::TryGetError> {
                crate::row::label(row, column)?.parse().map_err(::sea_orm::TryGetError::DbErr)
            }
        }

        impl ::sea_orm::TryGetableArray for $kind {
            fn try_get_by<I: ::sea_orm::ColIdx>(
                row: &::sea_orm::QueryResult,
                column: I,
            ) -> ::std::result::Result<::std::vec::Vec<Self>, ::sea_orm::TryGetError> {
                let array = <crate::array::Array<Self> as ::sea_orm::TryGetable>::try_get_by(row, column)?;
                ::std::result::Result::Ok(array.into_vec().into_iter().flatten().collect())
            }
        }

        impl crate::row::Read for $kind {}

        impl crate::array::Element for $kind {
            fn parse(text: &str) -> ::std::result::Result<Self, ::std::string::String> {
                text.parse().map_err(|error: ::sea_orm::DbErr| error.to_string())
            }

            fn print(&self) -> ::std::string::String {
                self.as_str().to_owned()
            }
        }

        impl ::sea_orm::sea_query::ValueType for $kind {
            fn try_from(value: ::sea_orm::Value) -> ::std::result::Result<Self, ::sea_orm::sea_query::ValueTypeErr> {
                match value {
                    ::sea_orm::Value::Enum(::sea_orm::sea_query::OptionEnum::Some(value)) => {
                        value.value.parse().map_err(|_| ::sea_orm::sea_query::ValueTypeErr)
                    }
                    _ => ::std::result::Result::Err(::sea_orm::sea_query::ValueTypeErr),
                }
            }

            fn type_name() -> ::std::string::String {
                stringify!($kind).to_owned()
            }

            fn array_type() -> ::sea_orm::sea_query::ArrayType {
                ::sea_orm::sea_query::ArrayType::Enum(::std::boxed::Box::new($name.into()))
            }

            fn column_type() -> ::sea_orm::ColumnType {
                <Self as ::sea_orm::ActiveEnum>::db_type().get_column_type().clone()
            }

            fn enum_type_name() -> ::std::option::Option<&'static str> {
                ::std::option::Option::Some($name)
            }
        }

        impl ::sea_orm::sea_query::Nullable for $kind {
            fn null() -> ::sea_orm::Value {
                ::sea_orm::Value::Enum(::sea_orm::sea_query::OptionEnum::None($name.into()))
            }
        }

        impl ::sea_orm::IntoActiveValue<$kind> for $kind {
            fn into_active_value(self) -> ::sea_orm::ActiveValue<$kind> {
                ::sea_orm::ActiveValue::Set(self)
            }
        }

        impl ::sea_orm::sea_query::postgres_array::NotU8 for $kind {}
    };
}

/// The qualified name of an enum, as SQL between its outer quotes.
#[derive(Clone, Copy, Debug)]
pub struct Name(pub &'static str);

impl sea_orm::Iden for Name {
    fn quoted(&self) -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Borrowed(self.0)
    }

    fn unquoted(&self) -> &str {
        self.0
    }
}

#[allow(unused_imports, reason = "a schema may have no enum")]
pub(crate) use labels;
