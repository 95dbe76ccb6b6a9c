//! An entity's page.

use askama::Template;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Docs, literal, pretty};
use crate::plan::{Cardinality, Code, EntityPlan, FieldPlan, Hop, KeyForm, RelationPlan, code};

pub(super) fn page(entity: &EntityPlan, serde: bool) -> String {
    let mut items = vec![model(entity, serde)];
    items.push(relation_enum(entity));
    items.extend(entity.relations.iter().filter(|relation| relation.is_only_one).map(related));
    let title = format!("The {} {}.", entity.kind, code(&format!("{}.{}", entity.schema, entity.table)));
    let mut text = pretty(&title, &[vec![imports(entity)], items].concat());
    for declaration in [Declaration::of(entity).render(), Links::of(entity).render()] {
        text.push('\n');
        text.push_str(declaration.expect("a page of plain text renders").trim());
        text.push('\n');
    }
    text
}

fn imports(entity: &EntityPlan) -> TokenStream {
    let array = entity.fields.iter().any(FieldPlan::is_array).then(|| {
        quote!(
            use crate::array::Array;
        )
    });
    quote! {
        use sea_orm::entity::prelude::*;
        #array
    }
}

fn model(entity: &EntityPlan, serde: bool) -> TokenStream {
    let docs = Docs(&entity.docs);
    let eq = entity.fields.iter().all(|field| field.data_type.is_eq).then(|| quote!(, Eq));
    let serde = serde.then(|| quote!(, ::serde::Deserialize, ::serde::Serialize));
    let extra = &entity.derives;
    let fields = entity.fields.iter().map(|FieldPlan { ident, rust, docs, .. }| {
        let docs = Docs(docs);
        quote! { #docs pub #ident: #rust, }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #eq #serde #(, #extra)*)]
        pub struct Model {
            #(#fields)*
        }
    }
}

/// What SeaORM is told of the table.
#[derive(Template)]
#[template(path = "table.txt", escape = "none")]
struct Declaration {
    schema: String,
    table: String,
    sql: String,
    access: &'static str,
    key: String,
    key_type: String,
    auto_increment: bool,
    lines: Vec<String>,
}

impl Declaration {
    fn of(entity: &EntityPlan) -> Self {
        let key: Vec<String> = entity.key_fields().map(|field| field.variant.to_string()).collect();
        let key_type = match entity.key_form {
            KeyForm::Tuple => {
                let types: Vec<String> = entity.key_fields().map(|field| text(&field.data_type.rust)).collect();
                if let [only] = types.as_slice() { only.clone() } else { format!("({})", types.join(", ")) }
            }
            KeyForm::Values => format!("crate::table::Key<{}>", key.len()),
            KeyForm::None => format!("crate::table::NoKey<{}>", key.len()),
        };
        Self {
            schema: literal(&entity.schema),
            table: literal(&entity.table),
            sql: literal(&entity.sql),
            access: if entity.read_only.is_some() { "read" } else { "written" },
            key: key.join(", "),
            key_type,
            auto_increment: entity.auto_increment,
            lines: entity.fields.iter().enumerate().map(|(position, field)| line(field, entity.key.contains(&position))).collect(),
        }
    }
}

/// A column's line in the declaration.
fn line(field: &FieldPlan, in_key: bool) -> String {
    let FieldPlan { ident, rust, variant, column, data_type, required, unique, computed, .. } = field;
    let mut line = format!("{ident}: {} => {variant} {}, {}", text(rust), literal(column), data_type.definition);
    if !required {
        line.push_str(".nullable()");
    }
    if *unique {
        line.push_str(".unique()");
    }
    if data_type.is_foreign {
        line.push_str(", as theirs");
    }
    if let Some(select) = &data_type.select {
        line.push_str(&format!(", from {}", literal(select)));
    }
    if let Some(save) = &data_type.save {
        line.push_str(&format!(", into {}", literal(save)));
    }
    if *computed {
        line.push_str(if in_key { ", only identity" } else { ", only server" });
    }
    line
}

/// A type as people write it.
pub(super) fn text(rust: &impl ToTokens) -> String {
    rust.to_token_stream().to_string().replace(' ', "").replace(',', ", ")
}

/// The relations along keys and against them, as SeaORM joins by them.
fn relation_enum(entity: &EntityPlan) -> TokenStream {
    let direct: Vec<&RelationPlan> = entity.relations.iter().filter(|relation| relation.hops.len() == 1).collect();
    let variants = direct.iter().map(|relation| {
        let (variant, docs) = (&relation.variant, format!(" {}", relation.docs));
        quote!(#[doc = #docs] #variant)
    });
    let arms = direct.iter().map(|relation| {
        let (variant, definition) = (&relation.variant, definition(relation));
        quote!(Self::#variant => #definition)
    });
    let body = if direct.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms,)* }) };
    quote! {
        /// The relations, for joins.
        #[derive(Clone, Copy, Debug, EnumIter)]
        pub enum Relation {
            #(#variants,)*
        }

        impl RelationTrait for Relation {
            fn def(&self) -> RelationDef {
                #body
            }
        }
    }
}

fn definition(relation: &RelationPlan) -> TokenStream {
    let target = &relation.target;
    match &relation.hops[0] {
        Hop::Forward { columns, as_text: true } => {
            let pairs = columns.iter().map(|(from, to)| quote!((Column::#from, #target::Column::#to)));
            quote!(crate::relation::as_text::<Entity, #target::Entity>(&[#(#pairs),*]))
        }
        Hop::Forward { columns, as_text: false } => {
            let (from, to): (Vec<_>, Vec<_>) = columns.iter().cloned().unzip();
            if let ([from], [to]) = (from.as_slice(), to.as_slice()) {
                quote!(Entity::belongs_to(#target::Entity).from(Column::#from).to(#target::Column::#to).into())
            } else {
                quote! {
                    Entity::belongs_to(#target::Entity)
                        .from((#(Column::#from),*))
                        .to((#(#target::Column::#to),*))
                        .into()
                }
            }
        }
        Hop::Inverse { module, variant } | Hop::Through { module, variant } => {
            let kind = match relation.cardinality {
                Cardinality::One => quote!(HasOne),
                Cardinality::Many => quote!(HasMany),
            };
            quote!(crate::relation::inverse(#module::Relation::#variant.def(), sea_orm::RelationType::#kind))
        }
    }
}

/// What lets SeaORM go from one entity to another by their types alone.
fn related(relation: &RelationPlan) -> TokenStream {
    let (target, variant) = (&relation.target, &relation.variant);
    match relation.hops.as_slice() {
        [Hop::Inverse { module: near, variant: back }, Hop::Through { module: far, variant: on }] => quote! {
            impl Related<#target::Entity> for Entity {
                fn to() -> RelationDef {
                    #far::Relation::#on.def()
                }

                fn via() -> Option<RelationDef> {
                    Some(#near::Relation::#back.def().rev())
                }
            }
        },
        _ => quote! {
            impl Related<#target::Entity> for Entity {
                fn to() -> RelationDef {
                    Relation::#variant.def()
                }
            }
        },
    }
}

/// The relations as unit structs.
#[derive(Template)]
#[template(path = "links.txt", escape = "none")]
struct Links {
    links: Vec<LinkLine>,
}

struct LinkLine {
    docs: String,
    name: String,
    target: String,
    columns: String,
    hops: String,
    field: String,
    holder: &'static str,
    /// `, as path::Entity` where the entity alone says which relation is meant.
    entity: String,
    /// `unordered` where the other entity has no key.
    unordered: &'static str,
}

impl Links {
    fn of(entity: &EntityPlan) -> Self {
        let links = entity
            .relations
            .iter()
            .map(|relation| {
                let hops: Vec<String> = match relation.hops.as_slice() {
                    [Hop::Inverse { module, variant }, Hop::Through { module: far, variant: on }] => vec![
                        format!("{}::Relation::{variant}.def().rev()", compact(module)),
                        format!("{}::Relation::{on}.def()", compact(far)),
                    ],
                    _ => vec![format!("super::Relation::{}.def()", relation.variant)],
                };
                let columns: Vec<String> = relation.key.iter().map(ToString::to_string).collect();
                LinkLine {
                    docs: relation.docs.clone(),
                    name: relation.variant.to_string(),
                    target: compact(&relation.target),
                    columns: columns.join(", "),
                    hops: hops.join(", "),
                    field: relation.field.to_string(),
                    holder: match relation.cardinality {
                        Cardinality::One => "HasOne",
                        Cardinality::Many => "HasMany",
                    },
                    entity: if relation.is_only_one {
                        format!(", as {}::Entity", compact(&relation.target))
                    } else {
                        String::new()
                    },
                    unordered: if relation.is_unordered { " unordered" } else { "" },
                }
            })
            .collect();
        Self { links }
    }
}

/// A path without the spaces that tokens print between its parts.
fn compact(path: &Code) -> String {
    path.text().replace(' ', "")
}
