//! The query page of an entity: functions by the columns that identify a row.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::pretty;
use crate::plan::{DomainPlan, EntityPlan, FieldPlan, Lookup, Parameter, code};

pub(super) fn page(domain: &DomainPlan, entity: &EntityPlan) -> String {
    let (domain, module) = (&domain.module, &entity.module);
    let mut items = vec![
        quote!(use entities::#domain::#module::{Column, Entity, Model};),
        quote!(
            use sea_orm::entity::prelude::*;
        ),
    ];
    if entity.lookups.is_empty() {
        return pretty(&title(entity), &[]);
    }
    let uses_array = entity.lookups.iter().flat_map(|lookup| &lookup.fields).any(|&position| entity.fields[position].is_array());
    if uses_array {
        items.insert(
            0,
            quote!(
                use entities::array::Array;
            ),
        );
    }
    items.extend(entity.lookups.iter().map(|lookup| function(entity, lookup)));
    pretty(&title(entity), &items)
}

fn title(entity: &EntityPlan) -> String {
    format!("Queries of {}.", code(&format!("{}.{}", entity.schema, entity.table)))
}

fn function(entity: &EntityPlan, lookup: &Lookup) -> TokenStream {
    let name = format_ident!("get_by_{}", lookup.name);
    let fields: Vec<&FieldPlan> = lookup.fields.iter().map(|&position| &entity.fields[position]).collect();
    let parameters = fields.iter().map(|field| {
        let (ident, rust) = (&field.ident, parameter(field));
        quote!(#ident: #rust)
    });
    let filters = fields.iter().map(|field| {
        let (ident, variant) = (&field.ident, &field.variant);
        let value = match field.data_type.parameter {
            Parameter::Value | Parameter::Str => quote!(#ident),
            Parameter::Slice => quote!(#ident.to_vec()),
            Parameter::Reference => quote!(#ident.clone()),
        };
        quote!(.filter(Column::#variant.eq(#value)))
    });
    let docs = format!(" The row with these values, found by {}.", lookup.docs);
    quote! {
        #[doc = #docs]
        ///
        /// # Errors
        /// When the database refuses.
        pub async fn #name(db: &impl ConnectionTrait, #(#parameters),*) -> Result<Option<Model>, DbErr> {
            crate::runtime::optional(Entity::find()#(#filters)*, db).await
        }
    }
}

fn parameter(field: &FieldPlan) -> TokenStream {
    let rust = outside(&field.data_type.rust);
    match field.data_type.parameter {
        Parameter::Value => quote!(#rust),
        Parameter::Str => quote!(&str),
        Parameter::Slice => {
            let syn::Type::Path(path) = &field.data_type.rust else { return quote!(&#rust) };
            match path.path.segments.last().map(|segment| &segment.arguments) {
                Some(syn::PathArguments::AngleBracketed(arguments)) => {
                    let element = arguments.args.first();
                    let element = outside_tokens(quote!(#element));
                    quote!(&[#element])
                }
                _ => quote!(&#rust),
            }
        }
        Parameter::Reference => quote!(&#rust),
    }
}

/// The entities crate says `crate::enums::…`; from here that is `entities::enums::…`.
fn outside(rust: &syn::Type) -> TokenStream {
    outside_tokens(quote!(#rust))
}

fn outside_tokens(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            proc_macro2::TokenTree::Ident(ident) if ident == "crate" => proc_macro2::TokenTree::Ident(format_ident!("entities")),
            proc_macro2::TokenTree::Group(group) => {
                proc_macro2::Group::new(group.delimiter(), outside_tokens(group.stream())).into()
            }
            other => other,
        })
        .collect()
}
