//! Queries that do not compile unless they fit the database, one module for each entity, beside
//! the entity's domain, and one for each file of SQL.
//!
//! | function | what |
//! |---|---|
//! | `get_by_…`, `exists_by_…` | the row of a unique key or index |
//! | `list_by_…`, `stream_by_…`, `count_by_…` | the rows that an index finds, page by page or one after the other |
//! | `load_…` | what many rows are related to, in one statement |
//! | `insert`, `insert_many`, `upsert_on_…` | a `New…`, whose columns without a default must be said |
//! | [`runtime::insert_all`] | as `insert_many`, for loads that read nothing back |
//! | `update_by_…`, `delete_by_…` | the row of a unique key, with `…Changes` |
//! | `scan_by_…` | rows that no index finds, where codegen.toml asks for it |
//!
//! Functions take a connection or a transaction. Those that write have an error of their table's own,
//! with a variant for each constraint. What no statement of a file says can be asked by hand:
//!
//! ```no_run
//! use queries::statement::{self, Sql};
//!
//! # async fn run(db: &sea_orm::DatabaseConnection) -> Result<(), sea_orm::DbErr> {
//! let sql = Sql::new("years", "select extract(year from $1::date)::int4 as year", ["2026-11-21".into()]);
//! let year: i32 = statement::one(db, sql, |columns| columns.read("year")).await?;
//! # Ok(())
//! # }
//! ```
//!
//! `src/generated/` belongs to `cargo xtask codegen`; this file and its siblings are yours.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints, reason = "names are the database's")]

#[rustfmt::skip]
mod generated;
pub mod runtime;
pub mod statement;

#[allow(unused_imports, reason = "every feature may be off")]
pub use generated::*;
