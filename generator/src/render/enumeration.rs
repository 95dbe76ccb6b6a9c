//! An enum's page.

use askama::Template;

use super::printed;
use super::text::{document, documentation, literal, tidy};
use crate::{
    plan::{EnumPlan, code},
    sync::MARK,
};

pub(super) fn page(plan: &EnumPlan, serde: bool) -> String {
    let mut derives: Vec<String> = ["Clone", "Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"]
        .into_iter()
        .filter(|name| *name != "Copy" || plan.unknown.is_none())
        .map(str::to_owned)
        .collect();
    if serde {
        derives.extend(["::serde::Deserialize".to_owned(), "::serde::Serialize".to_owned()]);
    }
    derives.extend(plan.derives.iter().map(tidy));
    printed(&Page {
        mark: MARK,
        title: format!("The enum {}.", code(&plan.name)),
        docs: documentation(&plan.docs),
        derives: derives.join(", "),
        kind: plan.ident.to_string(),
        sql: literal(&plan.sql),
        variants: plan
            .variants
            .iter()
            .map(|(label, variant)| {
                let rename = (serde && *variant != label.as_str()).then(|| literal(label));
                (document(&format!("{}.", code(label))), rename, variant.to_string(), literal(label))
            })
            .collect(),
        unknown: plan.unknown.as_ref().map(ToString::to_string),
        serde,
    })
}

#[derive(Template)]
#[template(path = "enum.txt", escape = "none")]
struct Page {
    mark: &'static str,
    title: String,
    docs: Vec<String>,
    derives: String,
    kind: String,
    sql: String,
    /// Documentation, the name in JSON where it is another, the variant, and the label.
    variants: Vec<(String, Option<String>, String, String)>,
    unknown: Option<String>,
    serde: bool,
}
