//! The query page of an entity: functions by the columns that identify a row or that an index
//! serves, and what is written of it.

use askama::Template;
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{entity::text, literal, pretty};
use crate::plan::{
    Cardinality, Code, EntityPlan, FieldPlan, Ident, ListPlan, Lookup, LookupPart, Parameter, PartialLookup, RelationPlan,
    ScanPlan, Writes, code,
};

pub(super) fn page(domain: &Ident, entity: &EntityPlan) -> String {
    let title = format!("Queries of {}.", code(&format!("{}.{}", entity.schema, entity.table)));
    let mut items = Vec::new();
    items.extend(entity.lookups.iter().flat_map(|lookup| lookup_functions(entity, lookup)));
    items.extend(entity.partial_lookups.iter().flat_map(|lookup| partial_functions(entity, lookup)));
    items.extend(entity.lists.iter().flat_map(|list| list_functions(entity, list)));
    items.extend(entity.scans.iter().map(|scan| scan_function(entity, scan)));
    items.extend(entity.relations.iter().map(load_function));
    if entity.writes.is_some() {
        items.extend(write_functions(entity));
    }
    if items.is_empty() {
        return pretty(&title, &[]);
    }
    let mut page = pretty(&title, &[vec![imports(domain, entity)], items].concat());
    if let Some(writes) = &entity.writes {
        page.push('\n');
        page.push_str(Declarations::of(entity, writes).render().expect("a page of plain text renders").trim());
        page.push('\n');
    }
    page
}

fn imports(domain: &Ident, entity: &EntityPlan) -> TokenStream {
    let module = &entity.module;
    let written = entity.writes.as_ref();
    let fields = || {
        let partial = entity.partial_lookups.iter().flat_map(|lookup| &lookup.parts).filter_map(|part| match part {
            LookupPart::Field(position) => Some(position),
            LookupPart::Text(..) => None,
        });
        let compared = entity.lookups.iter().flat_map(|lookup| &lookup.fields);
        let compared = compared.chain(entity.lists.iter().flat_map(|list| &list.fields)).chain(partial);
        let compared = compared.chain(entity.scans.iter().flat_map(|scan| &scan.fields));
        let written = written.iter().flat_map(|writes| writes.required.iter().chain(&writes.optional).chain(&writes.changed));
        compared.chain(written).map(|&position| &entity.fields[position])
    };
    let array = fields().any(FieldPlan::is_array).then(|| {
        quote!(
            use entities::array::Array;
        )
    });
    let mut names = vec![quote!(Model)];
    let is_queried =
        !(entity.lookups.is_empty() && entity.lists.is_empty() && entity.partial_lookups.is_empty() && entity.scans.is_empty());
    if is_queried || written.is_some() {
        names.insert(0, quote!(Entity));
    }
    let by_field = entity.partial_lookups.iter().any(|lookup| lookup.parts.iter().any(|part| matches!(part, LookupPart::Field(_))));
    if !entity.lookups.is_empty() || !entity.lists.is_empty() || !entity.scans.is_empty() || by_field {
        names.insert(0, quote!(Column));
    }
    if written.is_some() {
        names.insert(0, quote!(ActiveModel));
    }
    if !entity.relations.is_empty() {
        names.push(quote!(link));
    }
    let order = (!entity.lists.is_empty()).then(|| {
        quote!(
            use futures_util::Stream;
            use sea_orm::{StreamTrait, sea_query::Order};
        )
    });
    let page = (!entity.lists.is_empty()).then(|| {
        quote!(
            use crate::runtime::{Cursor, Page};
        )
    });
    quote! {
        #array
        use entities::#domain::#module::{#(#names),*};
        use sea_orm::entity::prelude::*;
        #order
        #page
    }
}

fn parameters(entity: &EntityPlan, fields: &[usize]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    fields
        .iter()
        .map(|&position| &entity.fields[position])
        .map(|field| {
            // A column may be called like what the functions call their own.
            let own = ["db", "after", "size", "changes", "select", "order", "rows", "r#select"];
            let ident = match field.ident.to_string() {
                name if own.contains(&name.as_str()) => Ident::new(&format!("{}_value", name.trim_start_matches("r#"))),
                _ => field.ident.clone(),
            };
            let (rust, variant) = (parameter(field), &field.variant);
            let value = match field.data_type.parameter {
                Parameter::Value | Parameter::Str => quote!(#ident),
                Parameter::Slice => quote!(#ident.to_vec()),
                Parameter::Reference => quote!(#ident.clone()),
            };
            (quote!(#ident: #rust), quote!(Column::#variant.eq(#value)))
        })
        .unzip()
}

/// The conditions as one.
fn all(conditions: &[TokenStream]) -> TokenStream {
    // By its path: in scope, the trait would have an `eq` of its own.
    conditions
        .iter()
        .cloned()
        .reduce(|all, condition| quote!(sea_orm::sea_query::ExprTrait::and(#all, #condition)))
        .unwrap_or_else(|| unreachable!("a key has columns"))
}

fn lookup_functions(entity: &EntityPlan, lookup: &Lookup) -> Vec<TokenStream> {
    let (parameters, conditions) = parameters(entity, &lookup.fields);
    let docs = |what: &str| format!(" {what} with these values, found by {}.", lookup.docs);
    let mut functions = find_functions(&lookup.name, &parameters, &conditions, [docs("The row"), docs("Whether there is a row")]);
    functions.extend(change_functions(
        entity,
        &lookup.name,
        &parameters,
        &conditions,
        [docs("Changes the row"), docs("Deletes the row")],
    ));
    functions
}

/// The functions that change and delete the one row that some conditions find.
fn change_functions(
    entity: &EntityPlan,
    name: &str,
    parameters: &[TokenStream],
    conditions: &[TokenStream],
    [update_docs, delete_docs]: [String; 2],
) -> Vec<TokenStream> {
    if entity.writes.is_none() {
        return Vec::new();
    }
    let (update, delete) = (format_ident!("update_by_{name}"), format_ident!("delete_by_{name}"));
    let (error, changes, condition) = (entity.named("", "Error"), entity.named("", "Changes"), all(conditions));
    vec![
        quote! {
            #[doc = #update_docs]
            /// Returns it as it is then, or `None` where there is none.
            ///
            /// # Errors
            /// When a constraint is violated, or the database refuses.
            pub async fn #update(db: &impl ConnectionTrait, #(#parameters,)* changes: #changes) -> Result<Option<Model>, #error> {
                Ok(crate::runtime::update::<Entity, _>(changes.into(), #condition, db).await?)
            }
        },
        quote! {
            #[doc = #delete_docs]
            /// Returns whether there was one.
            ///
            /// # Errors
            /// When another row refers to it, or the database refuses.
            pub async fn #delete(db: &impl ConnectionTrait, #(#parameters),*) -> Result<bool, #error> {
                Ok(crate::runtime::delete::<Entity, _>(#condition, db).await? > 0)
            }
        },
    ]
}

fn partial_functions(entity: &EntityPlan, lookup: &PartialLookup) -> Vec<TokenStream> {
    let (mut signature, mut conditions) = (Vec::new(), Vec::new());
    for part in &lookup.parts {
        match part {
            LookupPart::Field(position) => {
                let (mut parameter, mut condition) = parameters(entity, &[*position]);
                signature.append(&mut parameter);
                conditions.append(&mut condition);
            }
            LookupPart::Text(expression, ident) => {
                signature.push(quote!(#ident: &str));
                conditions.push(quote!(sea_orm::sea_query::ExprTrait::eq(Expr::cust(#expression), #ident)));
            }
        }
    }
    conditions.extend(lookup.predicate.iter().map(|predicate| quote!(Expr::cust(#predicate))));
    let docs = |what: &str| format!(" {what} with these values, which the index holds once: {}.", lookup.docs);
    let mut functions = find_functions(&lookup.name, &signature, &conditions, [docs("The row"), docs("Whether there is a row")]);
    functions.extend(change_functions(
        entity,
        &lookup.name,
        &signature,
        &conditions,
        [docs("Changes the row"), docs("Deletes the row")],
    ));
    functions
}

/// The functions that read the one row that some conditions find, and say whether it is there.
fn find_functions(
    name: &str,
    parameters: &[TokenStream],
    conditions: &[TokenStream],
    [get_docs, exists_docs]: [String; 2],
) -> Vec<TokenStream> {
    let (get, exists) = (format_ident!("get_by_{name}"), format_ident!("exists_by_{name}"));
    vec![
        quote! {
            #[doc = #get_docs]
            ///
            /// # Errors
            /// When the database refuses.
            pub async fn #get(db: &impl ConnectionTrait, #(#parameters),*) -> Result<Option<Model>, DbErr> {
                crate::runtime::optional(Entity::find()#(.filter(#conditions))*, db).await
            }
        },
        quote! {
            #[doc = #exists_docs]
            ///
            /// # Errors
            /// When the database refuses.
            pub async fn #exists(db: &impl ConnectionTrait, #(#parameters),*) -> Result<bool, DbErr> {
                crate::runtime::exists(Entity::find()#(.filter(#conditions))*, db).await
            }
        },
    ]
}

fn list_functions(entity: &EntityPlan, list: &ListPlan) -> Vec<TokenStream> {
    let (parameters, conditions) = parameters(entity, &list.fields);
    let name = |verb: &str| format_ident!("{verb}_by_{}", list.name);
    let (list_name, count, stream) = (name("list"), name("count"), name("stream"));
    let order = if list.descending { quote!(Order::Desc) } else { quote!(Order::Asc) };
    let columns = list.order.iter().map(|&position| {
        let FieldPlan { variant, data_type, .. } = &entity.fields[position];
        let rust = &data_type.rust;
        quote!((Column::#variant, <#rust as sea_orm::sea_query::Nullable>::null()))
    });
    let words: Vec<String> = list.order.iter().map(|&position| code(&entity.fields[position].column)).collect();
    let direction = if list.descending { ", descending" } else { "" };
    let docs = format!(" A page of the rows with these values, by {}{direction}; served by {}.", words.join(", "), list.docs);
    let stream_docs =
        format!(" The rows with these values one after the other, by {}{direction}; served by {}.", words.join(", "), list.docs);
    let order_by = list.order.iter().map(|&position| &entity.fields[position].variant);
    let count_docs = format!(" How many rows have these values; served by {}.", list.docs);
    vec![
        quote! {
            #[doc = #docs]
            ///
            /// # Errors
            /// When the database refuses, or the cursor is of another list.
            pub async fn #list_name(
                db: &impl ConnectionTrait,
                #(#parameters,)*
                after: Option<&Cursor>,
                size: u64,
            ) -> Result<Page<Model>, DbErr> {
                let select = Entity::find()#(.filter(#conditions))*;
                let order = [#(#columns),*];
                crate::runtime::page(select, &order, #order, after, size, db).await
            }
        },
        quote! {
            #[doc = #stream_docs]
            ///
            /// # Errors
            /// When the database refuses.
            pub async fn #stream(
                db: &impl StreamTrait,
                #(#parameters),*
            ) -> Result<impl Stream<Item = Result<Model, DbErr>>, DbErr> {
                let select = Entity::find()#(.filter(#conditions))*;
                crate::runtime::stream(select, [#(Column::#order_by),*], #order, db).await
            }
        },
        quote! {
            #[doc = #count_docs]
            ///
            /// # Errors
            /// When the database refuses.
            pub async fn #count(db: &impl ConnectionTrait, #(#parameters),*) -> Result<i64, DbErr> {
                crate::runtime::count(Entity::find()#(.filter(#conditions))*, db).await
            }
        },
    ]
}

fn scan_function(entity: &EntityPlan, scan: &ScanPlan) -> TokenStream {
    let (parameters, conditions) = parameters(entity, &scan.fields);
    let name = format_ident!("scan_by_{}", scan.name);
    quote! {
        /// The rows with these values. It reads the whole table: no index serves it, and codegen.toml asks for it.
        ///
        /// # Errors
        /// When the database refuses.
        pub async fn #name(db: &impl ConnectionTrait, #(#parameters),*) -> Result<Vec<Model>, DbErr> {
            Entity::find()#(.filter(#conditions))*.all(db).await
        }
    }
}

/// The rows that a relation leads to, for many rows in one statement.
fn load_function(relation: &RelationPlan) -> TokenStream {
    let (name, link) = (format_ident!("load_{}", relation.name.trim_start_matches('_')), &relation.variant);
    let target = outside(&relation.target);
    let (load, result, what) = match relation.cardinality {
        Cardinality::Many => (quote!(load_many), quote!(Vec<Vec<#target::Model>>), "rows"),
        Cardinality::One => (quote!(load_one), quote!(Vec<Option<#target::Model>>), "row"),
    };
    let docs = format!(" The {what} that each of these rows is related to, in their order, in one statement: {}", relation.docs);
    quote! {
        #[doc = #docs]
        ///
        /// # Errors
        /// When the database refuses.
        pub async fn #name(db: &impl ConnectionTrait, rows: &[Model]) -> Result<#result, DbErr> {
            entities::relation::#load(link::#link, rows, db).await
        }
    }
}

fn write_functions(entity: &EntityPlan) -> Vec<TokenStream> {
    let (new, error) = (entity.named("New", ""), entity.named("", "Error"));
    let mut functions = vec![
        quote! {
            /// Inserts a row, and returns it as it is then.
            ///
            /// # Errors
            /// When a constraint is violated, or the database refuses.
            pub async fn insert(db: &impl ConnectionTrait, row: #new) -> Result<Model, #error> {
                Ok(crate::runtime::insert_one::<Entity, _>(row.into(), None, db).await?)
            }
        },
        quote! {
            /// Inserts rows, in as few statements as the protocol allows, and returns them in order.
            ///
            /// # Errors
            /// When a constraint is violated, or the database refuses.
            pub async fn insert_many(db: &impl ConnectionTrait, rows: Vec<#new>) -> Result<Vec<Model>, #error> {
                let rows = rows.into_iter().map(Into::into).collect();
                Ok(crate::runtime::insert::<Entity, _>(rows, None, db).await?)
            }
        },
    ];
    for (lookup, updated) in entity.upserts() {
        let name = format_ident!("upsert_on_{}", lookup.name);
        let variants =
            |positions: &[usize]| positions.iter().map(|&position| entity.fields[position].variant.clone()).collect::<Vec<_>>();
        let (conflict, updated) = (variants(&lookup.fields), variants(&updated));
        let docs = format!(" Inserts a row or, where {} already has its values, writes what it says over that row.", lookup.docs);
        functions.push(quote! {
            #[doc = #docs]
            ///
            /// # Errors
            /// When another constraint is violated, or the database refuses.
            pub async fn #name(db: &impl ConnectionTrait, row: #new) -> Result<Model, #error> {
                let row: ActiveModel = row.into();
                let conflict = crate::runtime::write_over(&row, [#(Column::#conflict),*], &[#(Column::#updated),*]);
                Ok(crate::runtime::insert_one::<Entity, _>(row, Some(conflict), db).await?)
            }
        });
    }
    functions
}

/// What is declared for writing.
#[derive(Template)]
#[template(path = "writes.txt", escape = "none")]
struct Declarations {
    new: String,
    defaults: String,
    changes: String,
    /// The field of a new row that holds what it may leave out.
    rest: &'static str,
    error: String,
    /// The columns that an insert must say, those that it may, and those that an update may.
    groups: [(&'static str, Vec<String>); 3],
    /// Documentation, and the line.
    violations: Vec<(String, String)>,
}

impl Declarations {
    fn of(entity: &EntityPlan, writes: &Writes) -> Self {
        let lines = |positions: &[usize]| {
            positions
                .iter()
                .map(|&position| &entity.fields[position])
                .map(|field| format!("{}: {}", field.ident, text(&outside(&field.rust))))
                .collect()
        };
        Self {
            new: entity.named("New", "").to_string(),
            defaults: entity.named("New", "Defaults").to_string(),
            changes: entity.named("", "Changes").to_string(),
            rest: if entity.fields.iter().any(|field| field.ident == "or_default") { "or_default_" } else { "or_default" },
            error: entity.named("", "Error").to_string(),
            groups: [
                ("required", lines(&writes.required)),
                ("optional", lines(&writes.optional)),
                ("changed", lines(&writes.changed)),
            ],
            violations: writes
                .violations
                .iter()
                .map(|violation| {
                    let of = [&violation.schema, &violation.table, &violation.name].map(|name| literal(name)).join(".");
                    (violation.docs.clone(), format!("{} = {:?} {of}", violation.variant, violation.code))
                })
                .collect(),
        }
    }
}

fn parameter(field: &FieldPlan) -> TokenStream {
    let rust = outside(&field.data_type.rust);
    match field.data_type.parameter {
        Parameter::Value => quote!(#rust),
        Parameter::Str => quote!(&str),
        Parameter::Slice => {
            let Ok(syn::Type::Path(path)) = syn::parse_str(field.data_type.rust.text()) else { return quote!(&#rust) };
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
pub(super) fn outside(rust: &Code) -> TokenStream {
    outside_tokens(rust.to_token_stream())
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
