//! An enum's page.

use askama::Template;
use quote::quote;

use super::{Docs, literal, pretty};
use crate::plan::{EnumPlan, code};

pub(super) fn page(plan: &EnumPlan, serde: bool) -> String {
    let EnumPlan { ident, docs, derives, .. } = plan;
    let docs = Docs(docs);
    let copy = plan.unknown.is_none().then(|| quote!(Copy,));
    let derive_serde = serde.then(|| quote!(, ::serde::Deserialize, ::serde::Serialize));
    let variants = plan.variants.iter().map(|(label, variant)| {
        let docs = [format!("{}.", code(label))];
        let docs = Docs(&docs);
        let rename = (serde && *variant != label.as_str()).then(|| quote!(#[serde(rename = #label)]));
        quote!(#docs #rename #variant,)
    });
    let unknown = plan.unknown.as_ref().map(|unknown| {
        let untagged = serde.then(|| quote!(#[serde(untagged)]));
        quote! {
            /// A label that the database has by now, and this code has not.
            #untagged
            #unknown(String),
        }
    });
    let mut text = pretty(
        &format!("The enum {}.", code(&plan.name)),
        &[quote! {
            #docs
            #[derive(Clone, #copy Debug, PartialEq, Eq, PartialOrd, Ord, Hash #derive_serde #(, #derives)*)]
            pub enum #ident {
                #(#variants)*
                #unknown
            }
        }],
    );
    let labels = Labels {
        kind: ident.to_string(),
        sql: literal(&plan.sql),
        variants: plan.variants.iter().map(|(label, variant)| (variant.to_string(), literal(label))).collect(),
        unknown: plan.unknown.as_ref().map(ToString::to_string),
    };
    text.push('\n');
    text.push_str(labels.render().expect("a page of plain text renders").trim());
    text.push('\n');
    text
}

/// What SeaORM is told of the enum.
#[derive(Template)]
#[template(path = "labels.txt", escape = "none")]
struct Labels {
    kind: String,
    sql: String,
    variants: Vec<(String, String)>,
    unknown: Option<String>,
}
