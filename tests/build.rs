//! Lists the entities of the reference database for tests/rows.rs, from the crate that was generated for it.

use std::{env, fs, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../generated/entities/src/generated");
    println!("cargo::rerun-if-changed={}", root.display());
    let modules = |file: &Path| -> Vec<String> {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned)).collect()
    };
    let (mut writable, mut read_only) = (Vec::new(), Vec::new());
    for domain in modules(&root.join("mod.rs")) {
        let folder = root.join(domain.trim_start_matches("r#"));
        for table in modules(&folder.join("mod.rs")) {
            let text = fs::read_to_string(folder.join(format!("{}.rs", table.trim_start_matches("r#")))).unwrap_or_default();
            // Only a table has a model; `prelude` and the enums have none.
            if text.contains("pub struct Model") {
                let list = if text.contains("\n/// Read-only: ") { &mut read_only } else { &mut writable };
                list.push(format!("{domain}::{table}"));
            }
        }
    }
    assert!(!writable.is_empty(), "{} holds no entity", root.display());
    let text = format!(
        "/// Calls a function for each entity that can be written, and another for each that can only be read.
macro_rules! each_entity {{
    ($writable:ident, $read_only:ident, $context:expr) => {{
        each_entity!(@ $writable, $context, {});
        each_entity!(@ $read_only, $context, {});
    }};
    (@ $function:ident, $context:expr, $($domain:ident::$table:ident),*) => {{
        $($function(entities::$domain::$table::Entity, $context).await;)*
    }};
}}

/// How many entities there are.
const ENTITIES: usize = {};
",
        writable.join(", "),
        read_only.join(", "),
        writable.len() + read_only.len(),
    );
    fs::write(Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("entities.rs"), text).expect("writable");
}
