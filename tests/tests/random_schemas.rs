//! Random databases: what is generated parses, no two items have one name, and the order in which
//! objects were made leaves no trace. The first of them are compiled and run with the constructs.

use std::collections::BTreeMap;

use entitree::{Config, FileSet};
use entitree_tests::{Reference, random};

async fn generate(reference: &Reference, sql: &str) -> FileSet {
    let (_url, client) = reference.with_sql(sql).await;
    entitree::generate(&client, &Config::default()).await.unwrap_or_else(|error| panic!("{error}\n{sql}")).files
}

/// Panics where two things of a scope have one name; a file system may not tell cases apart.
fn assert_distinct<'n>(what: &str, names: impl Iterator<Item = &'n syn::Ident>, fold: bool) {
    let mut seen = BTreeMap::new();
    for name in names {
        let name = if fold { name.to_string().to_lowercase() } else { name.to_string() };
        *seen.entry(name).or_insert(0) += 1;
    }
    let twice: Vec<&String> = seen.iter().filter(|(_, count)| **count > 1).map(|(name, _)| name).collect();
    assert!(twice.is_empty(), "{what}: {twice:?}");
}

fn check(seed: u64, files: &FileSet) {
    for (path, text) in files.0.iter().filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs")) {
        let place = format!("seed {seed}, {}", path.display());
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{place}: {error}\n{text}"));
        let modules = file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(module) => Some(&module.ident),
            _ => None,
        });
        assert_distinct(&place, modules, true);
        let functions = file.items.iter().filter_map(|item| match item {
            syn::Item::Fn(function) => Some(&function.sig.ident),
            _ => None,
        });
        assert_distinct(&place, functions, false);
        for item in &file.items {
            match item {
                syn::Item::Struct(model) => {
                    assert_distinct(&place, model.fields.iter().filter_map(|field| field.ident.as_ref()), false);
                }
                syn::Item::Enum(choice) => assert_distinct(&place, choice.variants.iter().map(|variant| &variant.ident), false),
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn random_databases_give_code_that_parses_whatever_their_order() {
    let reference = Reference::start().await;
    for seed in 0..40 {
        let schema = random::schema(seed);
        let files = generate(&reference, &schema.in_order(1)).await;
        check(seed, &files);
        let again = generate(&reference, &schema.in_order(2)).await;
        for (path, text) in &files.0 {
            assert_eq!(again.0.get(path), Some(text), "seed {seed}: {}", path.display());
        }
        assert_eq!(files.0.len(), again.0.len(), "seed {seed}");
    }
}
