//! What does not vary with the schema. Written by hand, the same for every schema.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Select};

/// Runs a query that the database promises to find at most one row.
///
/// # Errors
/// When the database refuses.
pub async fn optional<E, C>(select: Select<E>, db: &C) -> Result<Option<E::Model>, DbErr>
where
    E: EntityTrait,
    C: ConnectionTrait,
{
    select.one(db).await
}
