//! What the entities were generated from, in the words of the statement that asks a database for it.

use askama::Template;

use super::{printed, text::literal};
use crate::{
    plan::Plan,
    snapshot::{self, Snapshot},
    sync::MARK,
};

#[derive(Template)]
#[template(path = "fingerprint.txt", escape = "none")]
struct Page {
    mark: &'static str,
    fingerprint: String,
    tables: Vec<String>,
    facts: Vec<String>,
}

pub(super) fn page(plan: &Plan, snapshot: &Snapshot) -> String {
    let entities = plan.domains.iter().flat_map(|domain| &domain.entities);
    let tables = entities.map(|entity| format!("{}.{}", entity.schema, entity.table)).collect();
    let facts = snapshot.facts(&tables);
    let page = Page {
        mark: MARK,
        fingerprint: literal(&snapshot::fingerprint(&facts)),
        tables: tables.iter().map(|table| literal(table)).collect(),
        facts: facts.iter().map(|fact| format!("({})", [&fact.0, &fact.1, &fact.2].map(|text| literal(text)).join(", "))).collect(),
    };
    printed(&page)
}
