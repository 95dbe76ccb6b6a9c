//! Runs the entities of every construct against its database: see `tests/tests/constructs.rs`.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints, reason = "names of databases")]

mod cases;
mod entity;

use std::collections::BTreeSet;

use sea_orm::{DatabaseConnection, EntityTrait, Iterable, ModelTrait, PrimaryKeyToColumn};

/// What stands for a row in a pair: its key in the server's text.
fn key<M: ModelTrait>(model: &M) -> String {
    <M::Entity as EntityTrait>::PrimaryKey::iter()
        .map(|key| format!("{:?}", entity::text(model.get(key.into_column()))))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Compares what a relation loaded with the pairs of keys that plain SQL joins.
pub async fn compare_pairs<L: ModelTrait, R: ModelTrait>(
    models: &[L],
    loaded: &[Vec<R>],
    (width, sql): (usize, &str),
    db: &DatabaseConnection,
) {
    let pairs: BTreeSet<(String, String)> =
        models.iter().zip(loaded).flat_map(|(model, rows)| rows.iter().map(move |row| (key(model), key(row)))).collect();
    let expected: BTreeSet<(String, String)> = entity::printed(db, sql)
        .await
        .into_iter()
        .map(|row| {
            let side = |part: &[Option<String>]| part.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(" ");
            (side(&row[..width]), side(&row[width..]))
        })
        .collect();
    if is_exact::<L::Entity>() && is_exact::<R::Entity>() {
        assert_eq!(pairs, expected, "{sql}");
    } else {
        // Of a row without a key, some values are written in more than one way.
        assert_eq!(pairs.len(), expected.len(), "{sql}");
    }
}

/// Whether every column of the key has one text.
fn is_exact<E: EntityTrait>() -> bool {
    use sea_orm::{ColumnTrait as _, ColumnType};
    !E::PrimaryKey::iter().any(|key| {
        matches!(
            key.into_column().def().get_column_type(),
            ColumnType::Array(_) | ColumnType::Float | ColumnType::Double | ColumnType::Json | ColumnType::JsonBinary | ColumnType::Inet
        )
    })
}

#[macro_export]
macro_rules! relation {
    ($db:expr, $case:ident, $entity:path, $link:expr, $width:literal, $sql:literal) => {{
        let models = <$entity as sea_orm::EntityTrait>::find().all($db).await.expect("rows");
        let loaded = $case::relation::load_many($link, &models, $db).await.unwrap_or_else(|error| panic!("{}: {error}", $sql));
        $crate::compare_pairs(&models, &loaded, ($width, $sql), $db).await;
        let with = <$entity>::load().with($link).all($db).await.unwrap_or_else(|error| panic!("load: {}: {error}", $sql));
        assert_eq!(with.len(), models.len());
    }};
}

fn main() {
    let base = std::env::args().nth(1).expect("the URL of a server, up to the name of the database");
    // Code that is not optimised keeps each of 1600 columns in a place of its own on the stack.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(64 << 20).build().expect("threads");
    let failed = runtime.block_on(async move { tokio::spawn(async move { cases::run(&base).await }).await.expect("an end") });
    std::process::exit(i32::from(failed > 0));
}

/// Runs one case, and says how it ended.
pub async fn run_case<F: Future<Output = usize> + Send + 'static>(name: &str, case: F) -> bool {
    match tokio::spawn(case).await {
        Ok(rows) => {
            println!("ok {name} {rows}");
            true
        }
        Err(error) => {
            let panic = error.into_panic();
            let said = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            println!("FAILED {name}: {}", said.unwrap_or_default());
            false
        }
    }
}
