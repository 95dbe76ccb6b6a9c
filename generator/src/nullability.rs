//! Which columns of a query can be NULL, told from the tree that the server itself made of it.
//!
//! The server parses, expands names and resolves operators; what it stores for a view, and for the
//! body of a SQL function, is that tree ([`tree`]). [`Analysis`] walks it with what the catalogue
//! says of tables and functions ([`Facts`]). It is sound before it is exact: where it does not know,
//! a column can be NULL.

mod analysis;
mod facts;
pub mod tree;

pub(crate) use self::analysis::targets;
pub use self::analysis::{Analysis, Output, checked_columns};
pub use self::facts::{Facts, ForeignKeyFacts, FunctionFacts, TableFacts, collect_functions};
