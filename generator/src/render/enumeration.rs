//! An enum's page.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Docs, pretty};
use crate::plan::{EnumPlan, code};

pub(super) fn page(plan: &EnumPlan, serde: bool) -> String {
    let EnumPlan { ident, sql, docs, derives, .. } = plan;
    let docs = Docs(docs);
    let serde = serde.then(|| quote!(, ::serde::Deserialize, ::serde::Serialize));
    let variants = plan.variants.iter().map(|(label, variant)| Variant { label, variant });
    pretty(
        &format!("The enum {}.", code(&plan.name)),
        &[
            quote!(
                use sea_orm::entity::prelude::*;
            ),
            quote! {
                #docs
                #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum #serde #(, #derives)*)]
                #[sea_orm(rs_type = "Enum", db_type = "Enum", enum_name = #sql)]
                pub enum #ident {
                    #(#variants)*
                }
            },
        ],
    )
}

struct Variant<'a> {
    label: &'a str,
    variant: &'a proc_macro2::Ident,
}

impl ToTokens for Variant<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { label, variant } = self;
        let docs = [format!("{}.", code(label))];
        let docs = Docs(&docs);
        tokens.extend(quote! {
            #docs
            #[sea_orm(string_value = #label)]
            #variant,
        });
    }
}
