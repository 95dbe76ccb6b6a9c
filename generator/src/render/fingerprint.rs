//! What the entities were generated from, and the statement that asks a database for it.

use std::collections::BTreeSet;

use askama::Template;

use super::{
    printed,
    text::{literal, raw_literal},
};
use crate::{
    introspect::verify_statement,
    plan::Plan,
    snapshot::{self, Snapshot},
    sync::MARK,
};

#[derive(Template)]
#[template(path = "fingerprint.txt", escape = "none")]
struct Page {
    mark: &'static str,
    fingerprint: String,
    facts: Vec<String>,
    statement: String,
}

pub(super) fn page(plan: &Plan, snapshot: &Snapshot) -> String {
    let entities = plan.domains.iter().flat_map(|domain| &domain.entities);
    let tables: BTreeSet<(&str, &str)> = entities.map(|entity| (entity.schema.as_str(), entity.table.as_str())).collect();
    let facts = snapshot.facts(|schema, table| tables.contains(&(schema, table)));
    let page = Page {
        mark: MARK,
        fingerprint: literal(&snapshot::fingerprint(&facts)),
        facts: facts.iter().map(|fact| format!("[{}]", fact.each_ref().map(|text| literal(text)).join(", "))).collect(),
        statement: raw_literal(&verify_statement(snapshot.schemas.iter().map(|schema| schema.name.as_str()))),
    };
    printed(&page)
}
