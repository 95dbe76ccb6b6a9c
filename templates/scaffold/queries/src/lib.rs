//! Queries that do not compile unless they fit the database, one module for each entity, beside
//! the entity's domain.
//!
//! `src/generated/` belongs to `cargo xtask codegen`; this file and its siblings are yours.
#![deny(warnings, missing_docs)]
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints, reason = "names are the database's")]

#[rustfmt::skip]
mod generated;
pub mod runtime;
pub mod statement;

pub use generated::*;
