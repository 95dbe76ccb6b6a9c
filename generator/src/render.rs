//! Plan → text. Total: everything was decided before.

mod entity;
mod enumeration;
mod fingerprint;
mod lookup;
mod query;

use std::path::PathBuf;

use askama::Template;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::{
    plan::{DomainPlan, Plan, QueryFolderPlan},
    snapshot::Snapshot,
    sync::{self, FileSet, MARK},
};

/// Renders both crates.
pub fn render(plan: &Plan, snapshot: &Snapshot) -> FileSet {
    let entities = plan.domains.iter().flat_map(|domain| {
        domain
            .entities
            .iter()
            .map(move |entity| (file("entities", &[&domain.module, &entity.module]), entity::page(entity, plan.serde)))
    });
    let queries = plan.domains.iter().flat_map(|domain| {
        domain.entities.iter().map(move |entity| (file("queries", &[&domain.module, &entity.module]), lookup::page(domain, entity)))
    });
    let enums = plan.enums.iter().flat_map(|schema| {
        schema.enums.iter().map(move |plan_of_enum| {
            let path = file("entities", &[&ident("enums"), &schema.module, &plan_of_enum.module]);
            (path, enumeration::page(plan_of_enum, plan.serde))
        })
    });
    let statements = plan.queries.iter().flat_map(|folder| {
        folder
            .files
            .iter()
            .map(move |of_file| (file("queries", &[&folder.module, &of_file.module]), query::page(of_file, plan.serde)))
    });
    let fingerprint =
        std::iter::once((file("entities", &[&ident("fingerprint"), &ident("mod")]), fingerprint::page(plan, snapshot)));
    let files = entities.chain(queries).chain(enums).chain(statements).chain(pages(plan)).chain(fingerprint);
    FileSet(files.map(|(path, text)| (path, sync::sealed(&text))).collect())
}

fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}

/// `<crate>/src/generated/<module>/….rs`; a raw identifier names its file without the mark.
fn file(package: &str, modules: &[&Ident]) -> PathBuf {
    let mut path = PathBuf::from(package).join("src").join("generated");
    for module in modules {
        path.push(module.to_string().trim_start_matches("r#"));
    }
    path.set_extension("rs");
    path
}

/// A page of modules and re-exports.
#[derive(Template)]
#[template(path = "module.txt", escape = "none")]
struct ModulePage {
    mark: &'static str,
    title: String,
    modules: Vec<String>,
    exports: Vec<String>,
    /// Whether the modules are folders: rustc finds the file of a module by itself only where its
    /// name is ASCII.
    folders: bool,
}

impl ModulePage {
    fn new(title: impl Into<String>, modules: Vec<String>, exports: Vec<String>) -> Self {
        Self { mark: MARK, title: title.into(), modules, exports, folders: false }
    }

    fn of_folders(title: &str, modules: Vec<String>) -> Self {
        Self { folders: true, ..Self::new(title, modules, Vec::new()) }
    }

    fn text(&self) -> String {
        let mut text = self.render().expect("a page of plain text renders");
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

fn pages(plan: &Plan) -> Vec<(PathBuf, String)> {
    let mut domains: Vec<String> = plan.domains.iter().map(|domain| domain.module.to_string()).collect();
    let is_domain = |folder: &&QueryFolderPlan| plan.domains.iter().any(|domain| domain.module == folder.module);
    let others: Vec<&QueryFolderPlan> = plan.queries.iter().filter(|folder| !is_domain(folder)).collect();
    let mut folders = domains.clone();
    folders.extend(others.iter().map(|folder| folder.module.to_string()));
    folders.sort();
    let mut pages = vec![(
        file("queries", &[&ident("mod")]),
        ModulePage::of_folders("The queries, one module for each domain.", folders).text(),
    )];
    for folder in others {
        let modules = folder.files.iter().map(|of_file| of_file.module.to_string()).collect();
        let title = format!("Queries of the folder {}.", crate::plan::code(&folder.name));
        pages.push((file("queries", &[&folder.module, &ident("mod")]), ModulePage::new(title, modules, Vec::new()).text()));
    }
    domains.push("enums".to_owned());
    domains.push("fingerprint".to_owned());
    pages.push((
        file("entities", &[&ident("mod")]),
        ModulePage::of_folders("The entities, one module for each domain, the enums, and what they were generated from.", domains)
            .text(),
    ));
    for domain in &plan.domains {
        pages.extend(domain_pages(plan, domain));
    }
    let schemas = plan.enums.iter().map(|schema| schema.module.to_string()).collect();
    pages.push((
        file("entities", &[&ident("enums"), &ident("mod")]),
        ModulePage::of_folders("The enums, one module for each schema of the database.", schemas).text(),
    ));
    for schema in &plan.enums {
        let modules = schema.enums.iter().map(|plan_of_enum| plan_of_enum.module.to_string()).collect();
        let exports =
            schema.enums.iter().map(|plan_of_enum| format!("self::{}::{}", plan_of_enum.module, plan_of_enum.ident)).collect();
        let title = format!("The enums of the schema {}.", crate::plan::code(&schema.schema));
        pages.push((
            file("entities", &[&ident("enums"), &schema.module, &ident("mod")]),
            ModulePage::new(title, modules, exports).text(),
        ));
    }
    pages
}

fn domain_pages(plan: &Plan, domain: &DomainPlan) -> Vec<(PathBuf, String)> {
    let name = crate::plan::code(&domain.name);
    let mut modules: Vec<String> = domain.entities.iter().map(|entity| entity.module.to_string()).collect();
    let prelude = domain.entities.iter().map(|entity| format!("super::{}::Entity as {}", entity.module, entity.alias)).collect();
    let folder = plan.queries.iter().filter(|folder| folder.module == domain.module);
    let mut of_queries = modules.clone();
    of_queries.extend(folder.flat_map(|folder| &folder.files).map(|of_file| of_file.module.to_string()));
    of_queries.sort();
    let queries = ModulePage::new(format!("Queries of the domain {name}."), of_queries, Vec::new());
    modules.push("prelude".to_owned());
    let empty = if domain.entities.is_empty() { ", which holds no table yet" } else { "" };
    let entities = ModulePage::new(format!("The domain {name}{empty}."), modules, Vec::new());
    let prelude =
        ModulePage::new(format!("The entities of the domain {name}, each under the name of its table."), Vec::new(), prelude);
    vec![
        (file("entities", &[&domain.module, &ident("mod")]), entities.text()),
        (file("entities", &[&domain.module, &ident("prelude")]), prelude.text()),
        (file("queries", &[&domain.module, &ident("mod")]), queries.text()),
    ]
}

/// Formats items, a blank line between them, below the mark.
fn pretty(title: &str, items: &[TokenStream]) -> String {
    let mut text =
        format!("// {MARK}: do not edit; change the database or codegen.toml and run `cargo xtask codegen`.\n\n//! {title}\n");
    let mut after_use = false;
    for tokens in items {
        let parsed: syn::File =
            syn::parse2(tokens.clone()).unwrap_or_else(|error| unreachable!("rendered code is Rust: {error}: {tokens}"));
        for item in &parsed.items {
            let is_use = matches!(item, syn::Item::Use(_));
            if !(after_use && is_use) {
                text.push('\n');
            }
            after_use = is_use;
            text.push_str(&prettyplease::unparse(&syn::File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items: vec![item.clone()],
            }));
        }
    }
    text
}

/// Text as a literal of Rust, whatever is in it.
fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Documentation, a `#[doc]` for each line.
struct Docs<'a>(&'a [String]);

impl ToTokens for Docs<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in self.0 {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}
