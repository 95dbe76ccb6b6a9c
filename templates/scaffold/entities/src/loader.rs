//! Rows together with what they are related to: `Users::load().with(link::UserProfiles).all(&db)`.
//! Written by hand, the same for every schema.

use std::{
    fmt::{self, Debug},
    ops::Deref,
    pin::Pin,
};

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
    Select, Statement, sea_query::SelectStatement,
};

use crate::{
    relation::{Association, Target, load_many},
    table::Table,
};

/// An entity whose relations can be loaded: every generated one.
pub trait Graph:
    EntityTrait<Model: Sync, ModelEx: From<Self::Model> + Deref<Target = Self::Model> + Sync + 'static, Relation: Copy + Send + Sync>
{
}

impl<E> Graph for E
where
    E: EntityTrait,
    E::Model: Sync,
    E::ModelEx: From<E::Model> + Deref<Target = E::Model> + Sync + 'static,
    E::Relation: Copy + Send + Sync,
{
}

/// Loaded rows, behind a pointer that is `Send` and `Sync` by declaration.
///
/// Loaded rows hold loaded rows: named directly, all tables of a database would be one cyclic
/// type, which the compiler would walk for every entity.
trait Loaded<T>: Send + Sync {
    fn get(&self) -> &T;
    fn duplicate(&self) -> Box<dyn Loaded<T>>;
    fn into_inner(self: Box<Self>) -> T;
}

impl<T: Clone + Send + Sync + 'static> Loaded<T> for T {
    fn get(&self) -> &T {
        self
    }

    fn duplicate(&self) -> Box<dyn Loaded<T>> {
        Box::new(self.clone())
    }

    fn into_inner(self: Box<Self>) -> T {
        *self
    }
}

type Rows<E> = Vec<<E as EntityTrait>::ModelEx>;

/// The rows that a relation leads to, once they were loaded; until then it is empty.
pub struct HasMany<E: EntityTrait>(Option<Box<dyn Loaded<Rows<E>>>>);

impl<E: EntityTrait> HasMany<E> {
    /// Whether the relation was loaded; then no row means that there is none.
    pub fn is_loaded(&self) -> bool {
        self.0.is_some()
    }

    /// The rows by value.
    pub fn into_vec(self) -> Rows<E> {
        self.0.map(Loaded::into_inner).unwrap_or_default()
    }

    /// Where loaded rows are put.
    #[allow(dead_code, reason = "a schema may have no relation")]
    pub(crate) fn slot(&mut self) -> &mut Self {
        self
    }
}

impl<E: EntityTrait> Deref for HasMany<E> {
    type Target = [E::ModelEx];

    fn deref(&self) -> &[E::ModelEx] {
        self.0.as_deref().map_or(&[], |loaded| loaded.get().as_slice())
    }
}

/// The row that a relation leads to, if there is one and it was loaded.
pub struct HasOne<E: EntityTrait>(HasMany<E>);

impl<E: EntityTrait> HasOne<E> {
    /// Whether the relation was loaded; then no row means that there is none.
    pub fn is_loaded(&self) -> bool {
        self.0.is_loaded()
    }

    /// The row.
    pub fn as_ref(&self) -> Option<&E::ModelEx> {
        self.0.first()
    }

    /// The row by value.
    pub fn into_option(self) -> Option<E::ModelEx> {
        self.0.into_vec().into_iter().next()
    }

    /// Where loaded rows are put.
    #[allow(dead_code, reason = "a schema may have no relation")]
    pub(crate) fn slot(&mut self) -> &mut HasMany<E> {
        &mut self.0
    }
}

impl<E: Graph> From<Rows<E>> for HasMany<E> {
    fn from(rows: Rows<E>) -> Self {
        Self(Some(Box::new(rows)))
    }
}

impl<E: EntityTrait> Default for HasMany<E> {
    fn default() -> Self {
        Self(None)
    }
}

impl<E: EntityTrait> Default for HasOne<E> {
    fn default() -> Self {
        Self(HasMany::default())
    }
}

impl<E: EntityTrait> Clone for HasMany<E> {
    fn clone(&self) -> Self {
        Self(self.0.as_ref().map(|loaded| loaded.as_ref().duplicate()))
    }
}

impl<E: EntityTrait> Clone for HasOne<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E: EntityTrait> Debug for HasMany<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_loaded() { f.debug_list().entries(self.iter()).finish() } else { f.write_str("not loaded") }
    }
}

impl<E: EntityTrait> Debug for HasOne<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_loaded() { self.as_ref().fmt(f) } else { f.write_str("not loaded") }
    }
}

/// What `with` takes: a link, an entity that one relation leads to, or a pair of those, one after
/// the other.
pub trait Route<E: EntityTrait> {
    /// Where it leads.
    type Target: EntityTrait;

    /// The step that loads it, and after it the steps from there.
    fn into_step(self, next: Vec<Box<dyn Step<Self::Target>>>) -> Box<dyn Step<E>>;
}

impl<From: Graph, To: Graph> Route<From> for Association<From, To> {
    type Target = To;

    fn into_step(self, next: Vec<Box<dyn Step<To>>>) -> Box<dyn Step<From>> {
        Box::new(Hop { association: self, next })
    }
}

impl<From: Graph, To: Graph + Table + Target<From>> Route<From> for To {
    type Target = To;

    fn into_step(self, next: Vec<Box<dyn Step<To>>>) -> Box<dyn Step<From>> {
        To::ASSOCIATION.into_step(next)
    }
}

impl<E, First, Second> Route<E> for (First, Second)
where
    E: EntityTrait,
    First: Route<E>,
    Second: Route<First::Target>,
{
    type Target = Second::Target;

    fn into_step(self, next: Vec<Box<dyn Step<Second::Target>>>) -> Box<dyn Step<E>> {
        self.0.into_step(vec![self.1.into_step(next)])
    }
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, DbErr>> + Send + 'a>>;

/// Loads one relation of many rows.
pub trait Step<E: EntityTrait>: Send + Sync {
    /// Returns the rows with the relation loaded.
    fn load<'a>(&'a self, rows: Rows<E>, db: Connection<'a>) -> Answer<'a, Rows<E>>;
}

struct Hop<From: EntityTrait, To: EntityTrait> {
    association: Association<From, To>,
    next: Vec<Box<dyn Step<To>>>,
}

impl<From: Graph, To: Graph> Step<From> for Hop<From, To> {
    fn load<'a>(&'a self, mut rows: Rows<From>, db: Connection<'a>) -> Answer<'a, Rows<From>> {
        Box::pin(async move {
            let models: Vec<_> = rows.iter().map(|row| (**row).clone()).collect();
            let related = load_many(self.association, &models, &db).await?;
            let counts: Vec<usize> = related.iter().map(Vec::len).collect();
            let mut targets: Rows<To> = related.into_iter().flatten().map(Into::into).collect();
            for step in &self.next {
                targets = step.load(targets, db).await?;
            }
            let mut targets = targets.into_iter();
            for (row, count) in rows.iter_mut().zip(counts) {
                let rows: Rows<To> = targets.by_ref().take(count).collect();
                self.association.place(row, rows.into());
            }
            Ok(rows)
        })
    }
}

/// Reads rows together with their relations, one statement for each relation.
pub struct Loader<E: EntityTrait> {
    select: Select<E>,
    steps: Vec<Box<dyn Step<E>>>,
}

impl<E: Graph> Loader<E> {
    /// Of the rows that a query finds.
    pub fn of(select: Select<E>) -> Self {
        Self { select, steps: Vec::new() }
    }

    /// Loads a relation as well: a link, an entity that one relation leads to, or a pair of those,
    /// one after the other.
    #[must_use]
    pub fn with<R: Route<E>>(mut self, route: R) -> Self {
        self.steps.push(route.into_step(Vec::new()));
        self
    }

    /// All rows.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn all<C: ConnectionTrait>(self, db: &C) -> Result<Rows<E>, DbErr> {
        let mut rows: Rows<E> = self.select.all(db).await?.into_iter().map(Into::into).collect();
        for step in &self.steps {
            rows = step.load(rows, Connection(db)).await?;
        }
        Ok(rows)
    }

    /// The first row.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn one<C: ConnectionTrait>(mut self, db: &C) -> Result<Option<E::ModelEx>, DbErr> {
        self.select = self.select.limit(1);
        Ok(self.all(db).await?.into_iter().next())
    }
}

impl<E: EntityTrait> QueryFilter for Loader<E> {
    type QueryStatement = SelectStatement;

    fn query(&mut self) -> &mut SelectStatement {
        QueryTrait::query(&mut self.select)
    }
}

impl<E: EntityTrait> QueryOrder for Loader<E> {
    type QueryStatement = SelectStatement;

    fn query(&mut self) -> &mut SelectStatement {
        QueryTrait::query(&mut self.select)
    }
}

/// A connection whose type is no longer named: each step is compiled once.
#[derive(Clone, Copy)]
pub struct Connection<'a>(&'a dyn AnyConnection);

trait AnyConnection: Sync {
    fn backend(&self) -> DbBackend;
    fn execute(&self, statement: Statement) -> Answer<'_, ExecResult>;
    fn execute_text<'a>(&'a self, sql: &'a str) -> Answer<'a, ExecResult>;
    fn one(&self, statement: Statement) -> Answer<'_, Option<QueryResult>>;
    fn all(&self, statement: Statement) -> Answer<'_, Vec<QueryResult>>;
}

impl<C: ConnectionTrait> AnyConnection for C {
    fn backend(&self) -> DbBackend {
        self.get_database_backend()
    }

    fn execute(&self, statement: Statement) -> Answer<'_, ExecResult> {
        self.execute_raw(statement)
    }

    fn execute_text<'a>(&'a self, sql: &'a str) -> Answer<'a, ExecResult> {
        self.execute_unprepared(sql)
    }

    fn one(&self, statement: Statement) -> Answer<'_, Option<QueryResult>> {
        self.query_one_raw(statement)
    }

    fn all(&self, statement: Statement) -> Answer<'_, Vec<QueryResult>> {
        self.query_all_raw(statement)
    }
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Connection<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.0.backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_text(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.one(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.all(statement).await
    }
}
