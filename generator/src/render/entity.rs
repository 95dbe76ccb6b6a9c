//! An entity's page.

use askama::Template;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Docs, pretty};
use crate::plan::{Cardinality, EntityPlan, FieldPlan, Hop, RelationPlan, code};

pub(super) fn page(entity: &EntityPlan, serde: bool) -> String {
    let mut items = vec![quote!(
        use sea_orm::entity::prelude::*;
    )];
    if entity.read_only.is_some() {
        items.extend(read_only(entity, serde));
    } else {
        items.extend(writable(entity, serde));
    }
    items.push(relation_enum(entity));
    items.extend(entity.relations.iter().filter(|relation| relation.unambiguous).map(related));
    let title = format!("The {} {}.", entity.kind, code(&format!("{}.{}", entity.schema, entity.table)));
    let mut text = pretty(&title, &items);
    text.push_str(Links::of(entity).render().expect("a page of plain text renders").trim_end());
    text.push('\n');
    text
}

/// The derives of a model.
fn derives(entity: &EntityPlan, derive: &TokenStream, serde: bool) -> TokenStream {
    let eq = entity.fields.iter().all(|field| field.data_type.is_eq).then(|| quote!(, Eq));
    let serde = serde.then(|| quote!(, ::serde::Deserialize, ::serde::Serialize));
    let extra = &entity.derives;
    quote!(#[derive(Clone, Debug, PartialEq #eq, #derive #serde #(, #extra)*)])
}

fn writable(entity: &EntityPlan, serde: bool) -> Vec<TokenStream> {
    let EntityPlan { schema, table, docs, .. } = entity;
    let docs = Docs(docs);
    let derives = derives(entity, &quote!(DeriveEntityModel), serde);
    let fields = entity.fields.iter().enumerate().map(|(position, field)| Field {
        plan: field,
        key: entity.key.contains(&position).then_some(entity.auto_increment),
        column_attributes: true,
    });
    let computed = |key: bool| {
        let fields = entity.fields.iter().enumerate();
        fields
            .filter(move |(position, field)| field.computed && entity.key.contains(position) == key)
            .map(|(_, field)| &field.ident)
            .collect::<Vec<_>>()
    };
    let (keys, others) = (computed(true), computed(false));
    let behavior = if keys.is_empty() && others.is_empty() {
        quote!(impl ActiveModelBehavior for ActiveModel {})
    } else {
        // An update finds its row by the key, which is therefore dropped from inserts only.
        let (insert, keys) = if keys.is_empty() {
            (quote!(_), None)
        } else {
            (quote!(insert), Some(quote!(if insert { #(self.#keys = sea_orm::ActiveValue::NotSet;)* })))
        };
        quote! {
            #[async_trait::async_trait]
            impl ActiveModelBehavior for ActiveModel {
                /// Columns that the server computes are never written.
                async fn before_save<C: ConnectionTrait>(mut self, _: &C, #insert: bool) -> Result<Self, DbErr> {
                    #(self.#others = sea_orm::ActiveValue::NotSet;)*
                    #keys
                    Ok(self)
                }
            }
        }
    };
    vec![
        quote! {
            #docs
            #derives
            #[sea_orm(schema_name = #schema, table_name = #table)]
            #[sea_orm(model_ex)]
            pub struct Model {
                #(#fields)*
            }
        },
        behavior,
        quote! {
            /// What to write of a row together with its relations: the row alone.
            pub type ActiveModelEx = ActiveModel;
        },
        quote! {
            impl sea_orm::IntoActiveModel<ActiveModel> for ModelEx {
                fn into_active_model(self) -> ActiveModel {
                    self.row.into()
                }
            }
        },
    ]
}

#[expect(clippy::too_many_lines, reason = "one page of items, in their order")]
fn read_only(entity: &EntityPlan, serde: bool) -> Vec<TokenStream> {
    let EntityPlan { schema, table, docs, .. } = entity;
    let docs = Docs(docs);
    let derives = derives(entity, &quote!(DeriveModel), serde);
    let fields = entity.fields.iter().map(|field| Field { plan: field, key: None, column_attributes: false });
    let variants = entity.fields.iter().map(|field| {
        let (variant, column) = (&field.variant, &field.column);
        let docs = format!(" `{column}`.");
        quote!(#[doc = #docs] #[sea_orm(column_name = #column)] #variant)
    });
    let definitions = entity.fields.iter().map(|field| {
        let variant = &field.variant;
        let rust = &field.data_type.rust;
        let definition = match &field.data_type.column_type {
            Some(text) => {
                let tokens: TokenStream = text.parse().expect("a column type is an expression");
                quote!(ColumnType::#tokens)
            }
            None => quote!(<#rust as ::sea_orm::sea_query::ValueType>::column_type()),
        };
        let nullable = (!field.required).then(|| quote!(.nullable()));
        quote!(Self::#variant => ColumnTypeTrait::def(#definition)#nullable)
    });
    let cast = |pick: fn(&(String, String)) -> &String, argument: &TokenStream| {
        let arms: Vec<_> = entity
            .fields
            .iter()
            .filter_map(|field| {
                let (variant, cast) = (&field.variant, pick(field.data_type.cast.as_ref()?));
                Some(quote!(Self::#variant => ::sea_orm::sea_query::ExprTrait::cast_as(#argument, #cast)))
            })
            .collect();
        (!arms.is_empty()).then_some(arms)
    };
    let select_as = cast(|(read, _)| read, &quote!(expression)).map(|arms| {
        quote! {
            fn select_as(&self, expression: Expr) -> Expr {
                match self { #(#arms,)* _ => self.select_enum_as(expression) }
            }
        }
    });
    let save_as = cast(|(_, write)| write, &quote!(expression)).map(|arms| {
        quote! {
            fn save_as(&self, expression: Expr) -> Expr {
                match self { #(#arms,)* _ => self.save_enum_as(expression) }
            }
        }
    });
    let keys: Vec<_> = entity.key_fields().collect();
    let key_variants = keys.iter().map(|field| {
        let (variant, column) = (&field.variant, &field.column);
        let docs = format!(" `{column}`.");
        quote!(#[doc = #docs] #[sea_orm(column_name = #column)] #variant)
    });
    let key_types: Vec<_> = keys.iter().map(|field| &field.data_type.rust).collect();
    let key_type = if let [only] = key_types.as_slice() { quote!(#only) } else { quote!((#(#key_types),*)) };
    vec![
        quote! {
            /// The table; it can be read, and not written.
            #[derive(Clone, Copy, Debug, Default, DeriveEntity)]
            #[sea_orm(schema_name = #schema, table_name = #table, model_ex = ModelEx)]
            pub struct Entity;
        },
        quote! {
            #docs
            #derives
            pub struct Model {
                #(#fields)*
            }
        },
        quote! {
            /// The columns.
            #[derive(Clone, Copy, Debug, EnumIter, DeriveColumn)]
            pub enum Column {
                #(#variants,)*
            }
        },
        quote! {
            impl ColumnTrait for Column {
                type EntityName = Entity;

                fn def(&self) -> ColumnDef {
                    match self {
                        #(#definitions,)*
                    }
                }
                #select_as
                #save_as
            }
        },
        quote! {
            /// The key.
            #[derive(Clone, Copy, Debug, EnumIter, DerivePrimaryKey)]
            pub enum PrimaryKey {
                #(#key_variants,)*
            }
        },
        quote! {
            impl PrimaryKeyTrait for PrimaryKey {
                type ValueType = #key_type;

                fn auto_increment() -> bool {
                    false
                }
            }
        },
        quote! {
            /// Cannot be made: the table is read-only.
            pub type ActiveModel = crate::relation::ReadOnly<Entity>;
        },
        quote!(crate::relation::read_only!(Entity);),
    ]
}

/// A column as a field.
struct Field<'a> {
    plan: &'a FieldPlan,
    /// Part of the key; whether the database makes it.
    key: Option<bool>,
    column_attributes: bool,
}

impl ToTokens for Field<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let FieldPlan { ident, column, rust, data_type, required, unique, variant, docs, .. } = self.plan;
        let docs = Docs(docs);
        let mut attributes = Vec::new();
        match self.key {
            Some(true) => attributes.push(quote!(primary_key)),
            Some(false) => attributes.push(quote!(primary_key, auto_increment = false)),
            None => {}
        }
        if self.column_attributes {
            let name = ident.to_string();
            if name.trim_start_matches("r#") != column {
                attributes.push(quote!(column_name = #column));
            }
            if *variant != crate::plan::camel(name.trim_start_matches("r#")) {
                let variant = variant.to_string();
                attributes.push(quote!(enum_name = #variant));
            }
            if *unique {
                attributes.push(quote!(unique));
            }
            if let Some(column_type) = &data_type.column_type {
                attributes.push(quote!(column_type = #column_type));
                // With an explicit type SeaORM does not look at the field's.
                if !required {
                    attributes.push(quote!(nullable));
                }
            }
            if let Some((select_as, save_as)) = &data_type.cast {
                attributes.push(quote!(select_as = #select_as, save_as = #save_as));
            }
        }
        let attributes = (!attributes.is_empty()).then(|| quote!(#[sea_orm(#(#attributes),*)]));
        tokens.extend(quote! {
            #docs
            #attributes
            pub #ident: #rust,
        });
    }
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
                }
            })
            .collect();
        Self { links }
    }
}

/// A path without the spaces that tokens print between its parts.
fn compact(path: &TokenStream) -> String {
    path.to_string().replace(' ', "")
}
