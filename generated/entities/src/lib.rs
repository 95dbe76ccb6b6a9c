//! The tables of the database as SeaORM entities, one module for each domain.
//!
//! `src/generated/` belongs to `cargo xtask codegen`; this file and its siblings are yours.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints, reason = "names are the database's")]

#[rustfmt::skip]
mod generated;
pub mod array;
pub mod enumeration;
pub mod loader;
pub mod relation;
pub mod row;
pub mod table;
pub mod verify;

pub use fingerprint::SCHEMA_FINGERPRINT;
pub use generated::*;
pub use verify::verify;
