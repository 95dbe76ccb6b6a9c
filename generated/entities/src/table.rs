//! What SeaORM asks of an entity, its columns, its key and its active model, written out once for
//! all tables: cheaper to compile than SeaORM's derives, and told apart from them by reading
//! without loss ([`row`](crate::row)), by names that are qualified wherever they stand in SQL, and
//! by columns that are never written. Written by hand, the same for every schema.
#![allow(unused_macros, unused_imports, reason = "a schema may need only some of them")]

use std::{borrow::Cow, convert::Infallible, fmt::Debug};

use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnDef, ColumnFromStrErr, ColumnTrait, ColumnType, DbErr, EntityTrait, Iden, IdenStatic,
    Iterable, PrimaryKeyArity, PrimaryKeyToColumn, PrimaryKeyTrait, QueryResult, TryFromU64, TryGetError, TryGetableMany, Value,
    entity::ColumnTypeTrait,
    sea_query::{ArrayType, FromValueTuple, IntoValueTuple, RcOrArc, ValueTuple, ValueType},
    strum::IntoEnumIterator,
};

/// The definition of a column whose type follows from its Rust type.
pub fn of<T: ValueType>() -> ColumnDef {
    T::column_type().def()
}

/// The definition of an array.
pub fn array(of: ColumnType) -> ColumnDef {
    ColumnType::Array(RcOrArc::new(of)).def()
}

/// What is the same for all tables is written once, for every entity that says this of itself.
pub trait Table: EntityTrait {
    /// The columns of the key.
    const KEY: &'static [Self::Column];

    /// Whether the server makes the key.
    const IS_KEY_MADE: bool;

    /// The values of a key: of the one column, or a tuple.
    type Key: Send + Debug + PartialEq + IntoValueTuple + FromValueTuple + TryGetableMany + TryFromU64 + PrimaryKeyArity;
}

/// The name of a field without the mark of a raw identifier, as serde says it.
pub fn plain(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// A key that is no tuple of SeaORM's: of more than twelve columns, or with an array among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Key<const N: usize>(pub [Value; N]);

/// The key of a table that has none: no such value exists, and `find_by_id` cannot be called. To
/// SeaORM all columns together are the key, so that rows are equal when all their columns are.
#[derive(Clone, Debug, PartialEq)]
pub struct NoKey<const N: usize>(Infallible);

impl<const N: usize> From<Key<N>> for ValueTuple {
    fn from(key: Key<N>) -> Self {
        Self::Many(key.0.into())
    }
}

impl<const N: usize> From<NoKey<N>> for ValueTuple {
    fn from(key: NoKey<N>) -> Self {
        match key.0 {}
    }
}

impl<const N: usize> FromValueTuple for Key<N> {
    fn from_value_tuple<I: IntoValueTuple>(values: I) -> Self {
        let values: Vec<Value> = values.into_value_tuple().into_iter().collect();
        Self(values.try_into().unwrap_or_else(|values| panic!("a key of {N} columns was given {values:?}")))
    }
}

impl<const N: usize> FromValueTuple for NoKey<N> {
    fn from_value_tuple<I: IntoValueTuple>(_: I) -> Self {
        panic!("this table has no key: see the documentation of its entity")
    }
}

macro_rules! unreadable {
    ($($key:ident)*) => {
        $(impl<const N: usize> TryGetableMany for $key<N> {
            fn try_get_many(_: &QueryResult, _: &str, _: &[String]) -> Result<Self, TryGetError> {
                Err(DbErr::Type("read the whole row: this key is no tuple of SeaORM's".to_owned()).into())
            }

            fn try_get_many_by_index(row: &QueryResult) -> Result<Self, TryGetError> {
                Self::try_get_many(row, "", &[])
            }
        }

        impl<const N: usize> TryFromU64 for $key<N> {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($key)))
            }
        }

        impl<const N: usize> PrimaryKeyArity for $key<N> {
            const ARITY: usize = N;
        }
    )*};
}

unreadable!(Key NoKey);

/// Declares the entity of a table: its name, the columns of its key, and for each column the field,
/// the Rust type, the variant, the name in the database and SeaORM's definition.
///
/// `as Theirs` marks a Rust type of the user's, which SeaORM reads by its own rules;
/// `from text` reads a column as the server's text, `into x` casts what is written to the type x;
/// `only server` marks a column that the server computes, `only identity` one of the key.
macro_rules! table {
    (
        $schema:literal, $table:literal, as $qualified:literal;
        $access:ident by ($($key:ident),*) of $key_type:ty, $increment:literal;
        $($field:ident: $rust:ty => $column:ident $name:literal, $definition:expr $(, as $foreign:ident)? $(, from $select:literal)? $(, into $save:literal)? $(, only $server:ident)?;)*
    ) => {
        /// The table, for queries.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct Entity;

        impl ::sea_orm::Iden for Entity {
            fn quoted(&self) -> ::std::borrow::Cow<'static, str> {
                // Both names, the quotes between them included: borrowed text is written as it is.
                ::std::borrow::Cow::Borrowed($qualified)
            }

            fn unquoted(&self) -> &str {
                $table
            }
        }

        impl ::sea_orm::IdenStatic for Entity {
            fn as_str(&self) -> &'static str {
                $table
            }
        }

        impl ::sea_orm::EntityName for Entity {
            fn schema_name(&self) -> ::std::option::Option<&str> {
                ::std::option::Option::Some($schema)
            }

            fn table_name(&self) -> &'static str {
                $table
            }

            fn table_ref(&self) -> ::sea_orm::sea_query::TableRef {
                ::sea_orm::sea_query::IntoTableRef::into_table_ref(*self)
            }
        }

        impl ::sea_orm::EntityTrait for Entity {
            type Model = Model;
            type ModelEx = ModelEx;
            type ActiveModel = ActiveModel;
            type ActiveModelEx = ActiveModelEx;
            type Column = Column;
            type PrimaryKey = PrimaryKey;
            type Relation = Relation;
        }

        /// The columns.
        #[derive(Clone, Copy, Debug)]
        pub enum Column {
            $(#[doc = concat!("`", $name, "`")] $column,)*
        }

        impl ::sea_orm::strum::IntoEnumIterator for Column {
            type Iterator = ::std::iter::Copied<::std::slice::Iter<'static, Self>>;

            fn iter() -> ::std::iter::Copied<::std::slice::Iter<'static, Self>> {
                const ALL: &[Column] = &[$(Column::$column),*];
                ALL.iter().copied()
            }
        }

        impl ::sea_orm::IdenStatic for Column {
            fn as_str(&self) -> &'static str {
                match *self { $(Self::$column => $name,)* }
            }
        }

        impl ::sea_orm::Iden for Column {
            fn quoted(&self) -> ::std::borrow::Cow<'static, str> {
                ::sea_orm::Iden::quoted(&::sea_orm::IdenStatic::as_str(self))
            }

            fn unquoted(&self) -> &str {
                ::sea_orm::IdenStatic::as_str(self)
            }
        }

        impl ::std::str::FromStr for Column {
            type Err = ::sea_orm::ColumnFromStrErr;

            fn from_str(name: &str) -> ::std::result::Result<Self, ::sea_orm::ColumnFromStrErr> {
                crate::table::column(name)
            }
        }

        impl ::sea_orm::ColumnTrait for Column {
            type EntityName = Entity;

            fn def(&self) -> ::sea_orm::ColumnDef {
                match *self { $(Self::$column => $definition,)* }
            }

            crate::table::casts! { $($column [$($select)?] [$($save)?];)* }

            fn json_key(&self) -> &'static str {
                match *self { $(Self::$column => crate::table::plain(stringify!($field)),)* }
            }
        }

        /// The columns of the key.
        pub type PrimaryKey = crate::table::PrimaryKey<Entity>;

        #[allow(missing_docs, non_upper_case_globals, reason = "named like its column")]
        impl PrimaryKey {
            $(pub const $key: Self = Self::of(Column::$key);)*
        }

        impl crate::table::Table for Entity {
            type Key = $key_type;

            const KEY: &'static [Column] = &[$(Column::$key),*];
            const IS_KEY_MADE: bool = $increment;
        }

        #[allow(unused_variables, reason = "a table may have no column")]
        impl ::sea_orm::FromQueryResult for Model {
            fn from_query_result(row: &::sea_orm::QueryResult, prefix: &str) -> ::std::result::Result<Self, ::sea_orm::DbErr> {
                crate::row::model(row, prefix)
            }

            fn from_query_result_optional(
                row: &::sea_orm::QueryResult,
                prefix: &str,
            ) -> ::std::result::Result<::std::option::Option<Self>, ::sea_orm::DbErr> {
                crate::row::model_if_any(row, prefix)
            }

            fn from_query_result_nullable(
                row: &::sea_orm::QueryResult,
                prefix: &str,
            ) -> ::std::result::Result<Self, ::sea_orm::TryGetError> {
                crate::row::model_or_null(row, prefix)
            }
        }

        #[allow(unused_variables, reason = "a table may have no column")]
        impl crate::row::FromColumns for Model {
            const COLUMNS: &'static [&'static str] = &[$($name),*];

            fn from_columns(columns: &mut crate::row::Columns<'_>) -> ::std::result::Result<Self, ::sea_orm::TryGetError> {
                crate::row::fields!(columns; $({ $field $name $($foreign)? })*);
                ::std::result::Result::Ok(Self { $($field),* })
            }
        }

        #[allow(unused_variables, unreachable_code, reason = "a table may have no column")]
        impl ::sea_orm::ModelTrait for Model {
            type Entity = Entity;

            fn get(&self, column: Column) -> ::sea_orm::Value {
                let field: &dyn crate::table::Field = match column { $(Column::$column => &self.$field,)* };
                field.value()
            }

            crate::table::kind! { $access; $($rust,)* }

            fn try_set(&mut self, column: Column, value: ::sea_orm::Value) -> ::std::result::Result<(), ::sea_orm::DbErr> {
                let field: &mut dyn crate::table::Field = match column { $(Column::$column => &mut self.$field,)* };
                field.set(value)
            }
        }

        crate::table::$access! { $($field: $rust => $column $($server)?;)* }
    };
}

/// Declares how the columns are cast that are read or written as another type, where any is.
macro_rules! casts {
    ($($column:ident [] [];)*) => {};
    ($($column:ident [$($select:literal)?] [$($save:literal)?];)*) => {
        #[allow(unreachable_patterns, reason = "every column may be a special one")]
        fn select_as(&self, expression: ::sea_orm::sea_query::Expr) -> ::sea_orm::sea_query::Expr {
            match *self {
                $($(Self::$column => ::sea_orm::sea_query::ExprTrait::cast_as(expression, $select),)?)*
                _ => self.select_enum_as(expression),
            }
        }

        #[allow(unreachable_patterns, reason = "every column may be a special one")]
        fn save_as(&self, value: ::sea_orm::sea_query::Expr) -> ::sea_orm::sea_query::Expr {
            match *self {
                $($(Self::$column => ::sea_orm::sea_query::ExprTrait::cast_as(value, $save),)?)*
                _ => self.save_enum_as(value),
            }
        }

        #[allow(unreachable_patterns, reason = "every column may be a special one")]
        fn save_array_as(&self, value: ::sea_orm::sea_query::Expr) -> ::sea_orm::sea_query::Expr {
            match *self {
                $($(Self::$column => ::sea_orm::sea_query::ExprTrait::cast_as(value, concat!($save, "[]")),)?)*
                _ => value,
            }
        }
    };
}

/// Declares of which type the values of a column are: where there is an active model, its fields say it.
macro_rules! kind {
    (written; $($rust:ty,)*) => {
        fn get_value_type(column: Column) -> ::sea_orm::sea_query::ArrayType {
            <ActiveModel as ::sea_orm::ActiveModelTrait>::default().field(column).kind()
        }
    };
    (read; $($rust:ty,)*) => {
        fn get_value_type(column: Column) -> ::sea_orm::sea_query::ArrayType {
            const KINDS: &[fn() -> ::sea_orm::sea_query::ArrayType] = &[$(<$rust as ::sea_orm::sea_query::ValueType>::array_type),*];
            KINDS[column as usize]()
        }
    };
}

/// The columns of a table's key: a constant for each, named like the column.
#[derive(Debug)]
pub struct PrimaryKey<E: EntityTrait>(E::Column);

impl<E: EntityTrait> PrimaryKey<E> {
    /// A column as one of the key.
    pub const fn of(column: E::Column) -> Self {
        Self(column)
    }
}

impl<E: EntityTrait> Copy for PrimaryKey<E> {}

impl<E: EntityTrait> Clone for PrimaryKey<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Table> IntoEnumIterator for PrimaryKey<E> {
    type Iterator = std::iter::Map<std::iter::Copied<std::slice::Iter<'static, E::Column>>, fn(E::Column) -> Self>;

    fn iter() -> Self::Iterator {
        E::KEY.iter().copied().map(Self)
    }
}

impl<E: Table> PrimaryKeyToColumn for PrimaryKey<E> {
    type Column = E::Column;

    fn into_column(self) -> E::Column {
        self.0
    }

    fn from_column(column: E::Column) -> Option<Self> {
        E::KEY.iter().any(|key| IdenStatic::as_str(key) == IdenStatic::as_str(&column)).then_some(Self(column))
    }
}

impl<E: Table> IdenStatic for PrimaryKey<E> {
    fn as_str(&self) -> &'static str {
        self.0.as_str()
    }
}

impl<E: EntityTrait> Iden for PrimaryKey<E> {
    fn quoted(&self) -> Cow<'static, str> {
        self.0.quoted()
    }

    fn unquoted(&self) -> &str {
        self.0.unquoted()
    }
}

impl<E: Table> PrimaryKeyTrait for PrimaryKey<E> {
    type ValueType = E::Key;

    fn auto_increment() -> bool {
        E::IS_KEY_MADE
    }
}

/// The column of a name in the database, or in JSON.
///
/// # Errors
/// When there is none.
pub fn column<C: ColumnTrait + Iterable>(name: &str) -> Result<C, ColumnFromStrErr> {
    let is_named = |column: &C| IdenStatic::as_str(column) == name || column.json_key() == name;
    C::iter().find(is_named).ok_or_else(|| ColumnFromStrErr(name.to_owned()))
}

/// A value as a Rust type.
fn typed<T: ValueType>(value: Value) -> Result<T, DbErr> {
    T::try_from(value).map_err(|error| DbErr::Type(error.to_string()))
}

/// A field of a model, whatever its type is: what SeaORM does to a column is compiled once for each
/// type, and not once for each column of each table.
pub trait Field {
    /// Its value.
    fn value(&self) -> Value;

    /// Gives it a value.
    ///
    /// # Errors
    /// When the value is of another type.
    fn set(&mut self, value: Value) -> Result<(), DbErr>;
}

impl<T: ValueType + Into<Value> + Clone> Field for T {
    fn value(&self) -> Value {
        self.clone().into()
    }

    fn set(&mut self, value: Value) -> Result<(), DbErr> {
        *self = typed(value)?;
        Ok(())
    }
}

/// A field of an active model, whatever its type is.
pub trait ActiveField {
    /// Takes its value out.
    fn take(&mut self) -> ActiveValue<Value>;

    /// Its value.
    fn value(&self) -> ActiveValue<Value>;

    /// Gives it a value, unless it has that value.
    fn set_if_not_equals(&mut self, value: Value);

    /// Gives it a value.
    ///
    /// # Errors
    /// When the value is of another type.
    fn set(&mut self, value: Value) -> Result<(), DbErr>;

    /// Leaves it unsaid.
    fn not_set(&mut self);

    /// Whether it is unsaid.
    fn is_not_set(&self) -> bool;

    /// Marks what it has as set.
    fn reset(&mut self);

    /// Of which type its values are.
    fn kind(&self) -> ArrayType;
}

impl<T: ValueType + PartialEq + Into<Value> + Clone> ActiveField for ActiveValue<T> {
    fn take(&mut self) -> ActiveValue<Value> {
        std::mem::replace(self, Self::NotSet).into_wrapped_value()
    }

    fn value(&self) -> ActiveValue<Value> {
        self.clone().into_wrapped_value()
    }

    fn set_if_not_equals(&mut self, value: Value) {
        Self::set_if_not_equals(self, value.unwrap());
    }

    fn set(&mut self, value: Value) -> Result<(), DbErr> {
        *self = Self::Set(typed(value)?);
        Ok(())
    }

    fn not_set(&mut self) {
        *self = Self::NotSet;
    }

    fn is_not_set(&self) -> bool {
        Self::is_not_set(self)
    }

    fn reset(&mut self) {
        Self::reset(self);
    }

    fn kind(&self) -> ArrayType {
        T::array_type()
    }
}

/// The active model of a table that can be written.
macro_rules! written {
    ($($field:ident: $rust:ty => $column:ident $($server:ident)?;)*) => {
        /// What to write of a row: each column is set, unchanged or not said.
        #[derive(Clone, Debug, PartialEq)]
        pub struct ActiveModel {
            $(#[allow(missing_docs, reason = "as in the model")] pub $field: ::sea_orm::ActiveValue<$rust>,)*
        }

        /// What to write of a row together with its relations: the row alone.
        pub type ActiveModelEx = ActiveModel;

        impl ::std::default::Default for ActiveModel {
            fn default() -> Self {
                <Self as ::sea_orm::ActiveModelBehavior>::new()
            }
        }

        impl ::std::convert::From<Model> for ActiveModel {
            #[allow(unused_variables, reason = "a table may have no column")]
            fn from(model: Model) -> Self {
                Self { $($field: ::sea_orm::ActiveValue::Unchanged(model.$field),)* }
            }
        }

        impl ::sea_orm::IntoActiveModel<ActiveModel> for Model {
            fn into_active_model(self) -> ActiveModel {
                self.into()
            }
        }

        impl ::sea_orm::IntoActiveModel<ActiveModel> for ModelEx {
            fn into_active_model(self) -> ActiveModel {
                self.row.into()
            }
        }

        impl ::std::convert::TryFrom<ActiveModel> for Model {
            type Error = ::sea_orm::DbErr;

            #[allow(unused_variables, reason = "a table may have no column")]
            fn try_from(active: ActiveModel) -> ::std::result::Result<Self, ::sea_orm::DbErr> {
                match crate::table::unsaid(&active) {
                    ::std::option::Option::Some(error) => ::std::result::Result::Err(error),
                    ::std::option::Option::None => ::std::result::Result::Ok(Self { $($field: active.$field.unwrap(),)* }),
                }
            }
        }

        impl ::sea_orm::TryIntoModel<Model> for ActiveModel {
            fn try_into_model(self) -> ::std::result::Result<Model, ::sea_orm::DbErr> {
                ::std::convert::TryInto::try_into(self)
            }
        }

        impl ActiveModel {
            fn field(&self, column: Column) -> &dyn crate::table::ActiveField {
                match column { $(Column::$column => &self.$field,)* }
            }

            fn field_mut(&mut self, column: Column) -> &mut dyn crate::table::ActiveField {
                match column { $(Column::$column => &mut self.$field,)* }
            }
        }

        #[allow(unused_variables, unreachable_code, reason = "a table may have no column")]
        impl ::sea_orm::ActiveModelTrait for ActiveModel {
            type Entity = Entity;

            #[allow(unreachable_patterns, reason = "the server may compute every column")]
            fn take(&mut self, column: Column) -> ::sea_orm::ActiveValue<::sea_orm::Value> {
                let value = self.field_mut(column).take();
                match column {
                    $($(Column::$column => crate::table::take::$server(value),)?)*
                    _ => value,
                }
            }

            #[allow(unreachable_patterns, reason = "the server may compute every column")]
            fn get(&self, column: Column) -> ::sea_orm::ActiveValue<::sea_orm::Value> {
                let value = self.field(column).value();
                match column {
                    $($(Column::$column => crate::table::get::$server(value),)?)*
                    _ => value,
                }
            }

            fn set_if_not_equals(&mut self, column: Column, value: ::sea_orm::Value) {
                self.field_mut(column).set_if_not_equals(value);
            }

            fn try_set(&mut self, column: Column, value: ::sea_orm::Value) -> ::std::result::Result<(), ::sea_orm::DbErr> {
                self.field_mut(column).set(value)
            }

            fn not_set(&mut self, column: Column) {
                self.field_mut(column).not_set();
            }

            fn is_not_set(&self, column: Column) -> bool {
                self.field(column).is_not_set()
            }

            fn reset(&mut self, column: Column) {
                self.field_mut(column).reset();
            }

            fn default() -> Self {
                Self { $($field: ::sea_orm::ActiveValue::NotSet,)* }
            }

            fn default_values() -> Self {
                #[allow(unused_imports, reason = "which of them is used depends on the columns' types")]
                use ::sea_orm::value::{DefaultActiveValue, DefaultActiveValueNone, DefaultActiveValueNotSet};
                let empty = <Self as ::sea_orm::ActiveModelTrait>::default();
                Self { $($field: (&empty.$field).default_value(),)* }
            }
        }

        impl ::sea_orm::ActiveModelBehavior for ActiveModel {}
    };
}

/// What an insert takes of columns that the server computes.
pub mod take {
    use sea_orm::{ActiveValue, Value};

    /// Whatever was set is not written; what was read stays.
    pub fn server<T: Into<Value>>(value: ActiveValue<T>) -> ActiveValue<T> {
        if value.is_set() { ActiveValue::NotSet } else { value }
    }

    /// An identity is never inserted.
    pub fn identity<T: Into<Value>>(_: ActiveValue<T>) -> ActiveValue<T> {
        ActiveValue::NotSet
    }
}

/// What an update or a delete takes of columns that the server computes.
pub mod get {
    use sea_orm::{ActiveValue, Value};

    pub use super::take::server;

    /// An identity finds its row.
    pub fn identity<T: Into<Value>>(value: ActiveValue<T>) -> ActiveValue<T> {
        value
    }
}

/// Why an active model does not hold a whole row: a column that it does not say.
pub fn unsaid<A: ActiveModelTrait>(active: &A) -> Option<DbErr> {
    let unsaid = <A::Entity as EntityTrait>::Column::iter().find(|column| active.is_not_set(*column));
    unsaid.map(|column| DbErr::AttrNotSet(column.json_key().to_owned()))
}

/// The active model of a table that can only be read: there is no way to make one. The functions of
/// SeaORM's names that stand here are found before SeaORM's own, and ask for an argument that
/// cannot exist.
macro_rules! read {
    ($($rest:tt)*) => {
        /// Cannot be made: the table is read-only.
        pub type ActiveModel = crate::relation::ReadOnly<Entity>;

        /// Cannot be made: the table is read-only.
        pub type ActiveModelEx = ActiveModel;

        impl Entity {
            /// The table is read-only.
            #[doc(hidden)]
            pub fn insert(_: ::std::convert::Infallible) {}
            /// The table is read-only.
            #[doc(hidden)]
            pub fn insert_many(_: ::std::convert::Infallible) {}
            /// The table is read-only.
            #[doc(hidden)]
            pub fn update(_: ::std::convert::Infallible) {}
            /// The table is read-only.
            #[doc(hidden)]
            pub fn update_many(_: ::std::convert::Infallible) {}
            /// The table is read-only.
            #[doc(hidden)]
            pub fn delete(_: ::std::convert::Infallible) {}
            /// The table is read-only.
            #[doc(hidden)]
            pub fn delete_many(_: ::std::convert::Infallible) {}
            /// The table is read-only.
            #[doc(hidden)]
            pub fn delete_by_id(_: ::std::convert::Infallible) {}
        }
    };
}

pub(crate) use {casts, kind, read, table, written};
