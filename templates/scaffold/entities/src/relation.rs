//! Relations at work: joins, batch loading in one statement for each relation, and entities that
//! cannot be written. Written by hand, the same for every schema.

use std::{
    convert::Infallible,
    fmt::{self, Debug},
    marker::PhantomData,
    sync::Arc,
};

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityName, EntityTrait,
    FromQueryResult, Identity, Iterable, JoinType, Linked, ModelTrait, PrimaryKeyToColumn, QueryOrder, QueryResult, QueryTrait,
    RelationDef, RelationTrait, RelationType, Select, Value,
    sea_query::{Alias, ArrayType, ConditionType, DynIden, Expr, ExprTrait, Func, IntoIden, Query, SelectStatement, ValueTuple},
};

use crate::loader::HasMany;

/// How many rows are asked for at once: the protocol takes 65 535 parameters in a statement, and a
/// key has at most 32 columns.
const CHUNK: usize = 1900;

/// A way from one entity to another that knows its columns on this side.
///
/// Every relation is a constant in the `link` module of its entity:
/// `load_many(users::link::UserProfiles, &users, &db)`.
pub trait Link: Linked {
    /// Whether the target has a key, by which loaded rows are ordered.
    fn is_ordered(&self) -> bool {
        true
    }

    /// The columns on this side that the first hop compares.
    fn key(&self) -> Vec<<Self::FromEntity as EntityTrait>::Column>;
}

/// A relation of one entity to another as a value: what the `link` modules hold. One type for all
/// relations, so that a relation costs the compiler a constant and no code.
pub struct Association<From: EntityTrait, To: EntityTrait> {
    way: Way<From>,
    key: &'static [From::Column],
    is_ordered: bool,
    slot: for<'r> fn(&'r mut From::ModelEx) -> &'r mut HasMany<To>,
}

/// How an association gets from one entity to the other.
enum Way<From: EntityTrait> {
    Along(From::Relation),
    Through(fn() -> [RelationDef; 2]),
}

impl<From: EntityTrait, To: EntityTrait> Association<From, To> {
    /// Along a key or against it; `slot` is the field of the loaded rows.
    pub const fn along(
        relation: From::Relation,
        key: &'static [From::Column],
        slot: for<'r> fn(&'r mut From::ModelEx) -> &'r mut HasMany<To>,
    ) -> Self {
        Self { way: Way::Along(relation), key, is_ordered: true, slot }
    }

    /// Against the key of a junction, and along its other key.
    pub const fn through(
        hops: fn() -> [RelationDef; 2],
        key: &'static [From::Column],
        slot: for<'r> fn(&'r mut From::ModelEx) -> &'r mut HasMany<To>,
    ) -> Self {
        Self { way: Way::Through(hops), key, is_ordered: true, slot }
    }

    /// Puts loaded rows into their field.
    pub(crate) fn place(&self, row: &mut From::ModelEx, rows: HasMany<To>) {
        *(self.slot)(row) = rows;
    }

    /// The relation that joins the target: to this entity, or to the junction if the way leads
    /// through one.
    #[must_use]
    pub fn to(&self) -> RelationDef {
        match &self.way {
            Way::Along(relation) => relation.def(),
            Way::Through(hops) => {
                let [_, far] = hops();
                far
            }
        }
    }

    /// The relation that joins the junction, if the way leads through one.
    #[must_use]
    pub fn via(&self) -> Option<RelationDef> {
        match &self.way {
            Way::Along(_) => None,
            Way::Through(hops) => {
                let [near, _] = hops();
                Some(near)
            }
        }
    }
}

impl<From: EntityTrait<Relation: Copy>, To: EntityTrait> Association<From, To> {
    /// The target has no key to order loaded rows by.
    #[must_use]
    pub const fn unordered(self) -> Self {
        Self { is_ordered: false, ..self }
    }
}

impl<From: EntityTrait<Relation: Copy>, To: EntityTrait> Copy for Association<From, To> {}

impl<From: EntityTrait<Relation: Copy>, To: EntityTrait> Clone for Association<From, To> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<From: EntityTrait<Relation: Copy>> Copy for Way<From> {}

impl<From: EntityTrait<Relation: Copy>> Clone for Way<From> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<From: EntityTrait, To: EntityTrait> Debug for Association<From, To> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Association({:?} to {:?})", From::default(), To::default())
    }
}

impl<From: EntityTrait, To: EntityTrait> Linked for Association<From, To> {
    type FromEntity = From;
    type ToEntity = To;

    fn link(&self) -> Vec<RelationDef> {
        match &self.way {
            Way::Along(relation) => vec![relation.def()],
            Way::Through(hops) => hops().into(),
        }
    }
}

impl<From: EntityTrait, To: EntityTrait> Link for Association<From, To> {
    fn is_ordered(&self) -> bool {
        self.is_ordered
    }

    fn key(&self) -> Vec<From::Column> {
        self.key.to_vec()
    }
}

/// An entity that exactly one relation of `From` leads to, so that naming the entity is enough.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the target of exactly one relation of `{From}`",
    note = "name the relation: the constants of the `link` module beside `{From}`"
)]
pub trait Target<From: EntityTrait>: EntityTrait {
    /// The relation.
    const ASSOCIATION: Association<From, Self>;
}

type ModelOf<E> = <E as EntityTrait>::Model;

/// Loads for each model the rows that the relation leads to, by the order of their primary key, in
/// one statement for every 1900 models. The server compares the keys, so that its rules of
/// equality hold (collations, citext, casts).
///
/// # Errors
/// When the database refuses.
pub async fn load_many<L, C>(link: L, models: &[ModelOf<L::FromEntity>], db: &C) -> Result<Vec<Vec<ModelOf<L::ToEntity>>>, DbErr>
where
    L: Link,
    C: ConnectionTrait,
{
    let mut loaded: Vec<Vec<ModelOf<L::ToEntity>>> = models.iter().map(|_| Vec::new()).collect();
    let columns = link.key();
    let keys: Vec<(usize, Vec<Value>)> =
        models.iter().enumerate().filter_map(|(position, model)| Some((position, key_of(model, &columns)?))).collect();
    for keys in keys.chunks(CHUNK) {
        let rows = matching::<L>(&link, keys, &columns).into_model::<Numbered<ModelOf<L::ToEntity>>>().all(db).await?;
        for row in rows {
            let position = usize::try_from(row.number).ok().and_then(|number| loaded.get_mut(number));
            if let Some(models) = position {
                models.push(row.model);
            }
        }
    }
    Ok(loaded)
}

/// Loads for each model the row that the relation leads to, if there is one; otherwise like
/// [`load_many`].
///
/// # Errors
/// When the database refuses.
pub async fn load_one<L, C>(link: L, models: &[ModelOf<L::FromEntity>], db: &C) -> Result<Vec<Option<ModelOf<L::ToEntity>>>, DbErr>
where
    L: Link,
    C: ConnectionTrait,
{
    Ok(load_many(link, models, db).await?.into_iter().map(|rows| rows.into_iter().next()).collect())
}

/// The key of a model, unless a part of it is NULL: then nothing matches.
fn key_of<M: ModelTrait>(model: &M, columns: &[<M::Entity as EntityTrait>::Column]) -> Option<Vec<Value>> {
    columns
        .iter()
        .map(|&column| {
            let value = model.get(column);
            (value != value.as_null()).then_some(value)
        })
        .collect()
}

/// The keys with their numbers as arrays, one for each column, which the server plans as one value; a
/// list of values where a type travels in no array.
fn wanted<C: ColumnTrait>(keys: &[(usize, Vec<Value>)], columns: &[C]) -> SelectStatement {
    let number = |position: usize| i32::try_from(position).expect("a slice of models holds fewer than 2^31");
    let mut wanted: SelectStatement = Query::select();
    let arrays: Option<Vec<Value>> = (0..columns.len()).map(|column| array(keys.iter().map(|(_, key)| &key[column]))).collect();
    if let Some(arrays) = arrays {
        let numbers = keys.iter().map(|(position, _)| Value::from(number(*position))).collect();
        let unnested = |array: Value| -> Expr { Func::cust("unnest").arg(array).into() };
        let numbers = Value::Array(ArrayType::Int, Some(Box::new(numbers)));
        wanted.expr_as(unnested(numbers), Alias::new("entitree_number"));
        for (column, array) in columns.iter().zip(arrays) {
            wanted.expr_as(column.save_as(unnested(array)), column.into_iden());
        }
        return wanted;
    }
    let values = Alias::new("entitree_values").into_iden();
    let tuples = keys.iter().map(|(position, key)| {
        ValueTuple::Many(std::iter::once(Value::from(number(*position))).chain(key.iter().cloned()).collect())
    });
    wanted.from_values(tuples, values.clone());
    wanted.expr_as(Expr::col((values.clone(), Alias::new("column1"))), Alias::new("entitree_number"));
    for (position, column) in columns.iter().enumerate() {
        let value = Expr::col((values.clone(), Alias::new(format!("column{}", position + 2))));
        wanted.expr_as(column.save_as(value), column.into_iden());
    }
    wanted
}

/// Values as one, where all are of a type that keys are mostly of.
fn array<'v>(values: impl Iterator<Item = &'v Value>) -> Option<Value> {
    let values: Vec<Value> = values.cloned().collect();
    let kind = match values.first()? {
        Value::SmallInt(_) => ArrayType::SmallInt,
        Value::Int(_) => ArrayType::Int,
        Value::BigInt(_) => ArrayType::BigInt,
        Value::String(_) => ArrayType::String,
        Value::Uuid(_) => ArrayType::Uuid,
        _ => return None,
    };
    let first = std::mem::discriminant(values.first()?);
    let is_one_kind = values.iter().all(|value| std::mem::discriminant(value) == first);
    is_one_kind.then(|| Value::Array(kind, Some(Box::new(values))))
}

/// The rows of the target, each with the number of the key that it matches.
fn matching<L: Link>(
    link: &L,
    keys: &[(usize, Vec<Value>)],
    columns: &[<L::FromEntity as EntityTrait>::Column],
) -> Select<L::ToEntity> {
    let mut wanted = Some(wanted(keys, columns));
    let mut select = L::ToEntity::find();
    for key in <L::ToEntity as EntityTrait>::PrimaryKey::iter().filter(|_| link.is_ordered()) {
        select = select.order_by_asc(key.into_column());
    }
    let keys = Alias::new("entitree_keys").into_iden();
    let query = QueryTrait::query(&mut select);
    let mut right: DynIden = L::ToEntity::default().into_iden();
    for (position, hop) in link.link().into_iter().enumerate().rev() {
        let left = if position == 0 { keys.clone() } else { Alias::new(format!("entitree_hop{position}")).into_iden() };
        let mut condition = Condition::all();
        for (from, to) in hop.from_col.into_iter().zip(hop.to_col) {
            condition = condition.add(Expr::col((left.clone(), from)).equals((right.clone(), to)));
        }
        if let Some(on_condition) = &hop.on_condition {
            condition = condition.add(on_condition(left.clone(), right.clone()));
        }
        match wanted.take_if(|_| position == 0) {
            Some(wanted) => query.join_subquery(JoinType::InnerJoin, wanted, left.clone(), condition),
            None => query.join_as(JoinType::InnerJoin, hop.from_tbl, left.clone(), condition),
        };
        right = left;
    }
    query.expr_as(Expr::col((keys, Alias::new("entitree_number"))), Alias::new("entitree_number"));
    select
}

/// A row together with the number of the model that it was loaded for.
struct Numbered<M> {
    number: i32,
    model: M,
}

impl<M: FromQueryResult> FromQueryResult for Numbered<M> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self { number: row.try_get(prefix, "entitree_number")?, model: M::from_query_result(row, prefix)? })
    }
}

/// The way back of a relation.
pub fn inverse(relation: RelationDef, kind: RelationType) -> RelationDef {
    // A condition is given the near table first, which is now the other one.
    let on_condition =
        relation.on_condition.clone().map(|condition| -> OnCondition { Arc::new(move |left, right| condition(right, left)) });
    RelationDef { rel_type: kind, on_condition, ..relation.rev() }
}

type OnCondition = Arc<dyn Fn(DynIden, DynIden) -> Condition + Send + Sync>;

fn identity(columns: Vec<DynIden>) -> Identity {
    match <[DynIden; 1]>::try_from(columns) {
        Ok([only]) => Identity::Unary(only),
        Err(columns) => Identity::Many(columns),
    }
}

/// A relation that compares columns: those of a key with those that it refers to.
pub fn on<From: ColumnTrait, To: ColumnTrait>(pairs: &[(From, To)]) -> RelationDef {
    RelationDef {
        rel_type: RelationType::HasOne,
        from_tbl: From::EntityName::default().table_ref(),
        to_tbl: To::EntityName::default().table_ref(),
        from_col: identity(pairs.iter().map(|(from, _)| from.into_iden()).collect()),
        to_col: identity(pairs.iter().map(|(_, to)| to.into_iden()).collect()),
        is_owner: false,
        skip_fk: false,
        on_delete: None,
        on_update: None,
        on_condition: None,
        fk_name: None,
        condition_type: ConditionType::All,
    }
}

/// A relation between columns whose types the server does not compare: both sides as text.
pub fn on_text<From: ColumnTrait, To: ColumnTrait>(pairs: &[(From, To)]) -> RelationDef {
    let names: Vec<(DynIden, DynIden)> = pairs.iter().map(|(from, to)| (from.into_iden(), to.into_iden())).collect();
    RelationDef {
        on_condition: Some(Arc::new(move |left, right| {
            names.iter().fold(Condition::all(), |condition, (from, to)| {
                let text = |table: &DynIden, column: &DynIden| Expr::col((table.clone(), column.clone())).cast_as("text");
                condition.add(text(&left, from).eq(text(&right, to)))
            })
        })),
        // No columns to compare as they are; the condition compares them instead.
        ..on::<From, To>(&[])
    }
}

/// The active model of an entity that is read-only: there is no way to make one.
#[derive(Clone, Debug)]
pub struct ReadOnly<E>(Infallible, PhantomData<E>);

impl<E: EntityTrait> ActiveModelTrait for ReadOnly<E> {
    type Entity = E;

    fn take(&mut self, _: E::Column) -> ActiveValue<Value> {
        match self.0 {}
    }

    fn get(&self, _: E::Column) -> ActiveValue<Value> {
        match self.0 {}
    }

    fn set_if_not_equals(&mut self, _: E::Column, _: Value) {
        match self.0 {}
    }

    fn try_set(&mut self, _: E::Column, _: Value) -> Result<(), DbErr> {
        match self.0 {}
    }

    fn not_set(&mut self, _: E::Column) {
        match self.0 {}
    }

    fn is_not_set(&self, _: E::Column) -> bool {
        match self.0 {}
    }

    fn default() -> Self {
        panic!("this table is read-only: see the documentation of its entity")
    }

    fn default_values() -> Self {
        <Self as ActiveModelTrait>::default()
    }

    fn reset(&mut self, _: E::Column) {
        match self.0 {}
    }
}

impl<E: EntityTrait> ActiveModelBehavior for ReadOnly<E> {}

/// Declares what an entity has besides its columns: the row with its relations, the `link` module,
/// and what `load` takes. A relation may be there only with some features of cargo.
#[allow(unused_macros, reason = "a schema may have no table")]
macro_rules! links {
    ($($(#[$attribute:meta])* $name:ident => $target:path, on [$($column:ident),*] $($unordered:ident)? $(, along $direct:ident)? $(, through [$($hop:expr),*])?, into $field:ident: $holder:ident $(, as $entity:path)? $(, if $($feature:literal)+)?;)*) => {
        /// A row together with what was loaded of its relations. Its columns read as the row's own.
        #[derive(Clone, Debug)]
        pub struct ModelEx {
            /// The row.
            pub row: Model,
            $($(#[cfg(all($(feature = $feature),+))])? $(#[$attribute])* pub $field: crate::loader::$holder<$target>,)*
        }

        impl ::std::ops::Deref for ModelEx {
            type Target = Model;

            fn deref(&self) -> &Model {
                &self.row
            }
        }

        impl ::std::convert::From<Model> for ModelEx {
            fn from(row: Model) -> Self {
                Self { row, $($(#[cfg(all($(feature = $feature),+))])? $field: ::std::default::Default::default(),)* }
            }
        }

        impl ::sea_orm::ModelTrait for ModelEx {
            type Entity = Entity;

            fn get(&self, column: Column) -> ::sea_orm::Value {
                self.row.get(column)
            }

            fn get_value_type(column: Column) -> ::sea_orm::sea_query::ArrayType {
                <Model as ::sea_orm::ModelTrait>::get_value_type(column)
            }

            fn try_set(&mut self, column: Column, value: ::sea_orm::Value) -> ::std::result::Result<(), ::sea_orm::DbErr> {
                self.row.try_set(column, value)
            }
        }

        impl ::sea_orm::strum::IntoEnumIterator for Relation {
            type Iterator = ::std::vec::IntoIter<Self>;

            #[allow(unused_mut, reason = "there may be no relation along a key, or against one")]
            fn iter() -> ::std::vec::IntoIter<Self> {
                let mut all = ::std::vec::Vec::new();
                $($(#[cfg(all($(feature = $feature),+))])? { $(all.push(Self::$direct);)? })*
                all.into_iter()
            }
        }

        impl Entity {
            /// Reads rows together with their relations.
            pub fn load() -> crate::loader::Loader<Entity> {
                crate::loader::Loader::of(<Entity as ::sea_orm::EntityTrait>::find())
            }
        }

        /// The relations as values, for `load`, [`load_many`](crate::relation::load_many),
        /// [`load_one`](crate::relation::load_one) and `find_linked`.
        #[allow(non_upper_case_globals, reason = "a relation is named like the variant of `Relation`")]
        pub mod link {
            $(
                $(#[cfg(all($(feature = $feature),+))])?
                $(#[$attribute])*
                pub type $name = crate::relation::Association<super::Entity, $target>;

                $(#[cfg(all($(feature = $feature),+))])?
                $(#[$attribute])*
                pub const $name: $name =
                    crate::relation::association!($target, [$(super::Column::$column),*], $field $(, $unordered)? $(, along $direct)? $(, through [$($hop),*])?);
            )*
        }

        $($(#[cfg(all($(feature = $feature),+))])? crate::relation::target! { $name $(, $entity)? })*

        impl<To: crate::relation::Target<Entity>> ::sea_orm::Related<To> for Entity {
            fn to() -> ::sea_orm::RelationDef {
                To::ASSOCIATION.to()
            }

            fn via() -> ::std::option::Option<::sea_orm::RelationDef> {
                To::ASSOCIATION.via()
            }
        }
    };
}

/// Declares the entity that one relation alone leads to.
#[allow(unused_macros, reason = "a schema may have no relation")]
macro_rules! target {
    ($name:ident) => {};
    ($name:ident, $entity:path) => {
        impl crate::relation::Target<Entity> for $entity {
            const ASSOCIATION: crate::relation::Association<Entity, Self> = link::$name;
        }
    };
}

/// The value of a relation.
#[allow(unused_macros, reason = "a schema may have no relation")]
macro_rules! association {
    ($target:path, [$($column:expr),*], $field:ident, unordered $($way:tt)*) => {
        crate::relation::association!($target, [$($column),*], $field $($way)*).unordered()
    };
    ($target:path, [$($column:expr),*], $field:ident, along $direct:ident) => {
        crate::relation::Association::<super::Entity, $target>::along(
            super::Relation::$direct,
            &[$($column),*],
            |row| row.$field.slot(),
        )
    };
    ($target:path, [$($column:expr),*], $field:ident, through [$($hop:expr),*]) => {
        crate::relation::Association::<super::Entity, $target>::through(
            || {
                use ::sea_orm::RelationTrait as _;
                [$($hop),*]
            },
            &[$($column),*],
            |row| row.$field.slot(),
        )
    };
}

#[allow(unused_imports, reason = "a schema may have no table")]
pub(crate) use {association, links, target};
