//! Plan → text. Total: everything was decided before.

mod entity;
mod enumeration;
mod fingerprint;
mod lookup;
mod query;
mod text;

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use askama::Template;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use serde::{Deserialize, Serialize};

use self::text::only_with;
use crate::plan::name::plain;
use crate::{
    Config, Summary,
    describe::dependencies::State,
    parallel::parallel,
    plan::{DomainPlan, EntityPlan, EnumPlan, Feature, Ident, Plan, QueryFilePlan, QueryFolderPlan, Warning},
    snapshot::{self, QueryFile, Snapshot},
    sync::{self, FileSet, MARK},
};

/// What an earlier run rendered: by file what it was rendered from and what it became.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// The generator that rendered: another one may render otherwise.
    pub generator: String,
    files: BTreeMap<PathBuf, Trace>,
    /// The whole run, where it was of everything.
    pub(crate) whole: Option<Whole>,
    /// What the server's answers for files of SQL depend on, by file.
    #[serde(default)]
    pub(crate) answered: BTreeMap<String, Answered>,
    /// The files that were rendered, and not taken over as they are.
    #[serde(skip)]
    pub fresh: BTreeSet<PathBuf>,
}

/// What a run said, and what it was of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Whole {
    /// The hash of schema.json and codegen.toml.
    pub(crate) inputs: String,
    pub(crate) summary: Summary,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) scans: Vec<Warning>,
    pub(crate) features: Option<Vec<Feature>>,
}

/// What the server's answers for a file of SQL were true with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answered {
    /// The hash of the answers.
    of: String,
    /// The state of what they depend on.
    pub(crate) state: State,
    /// The hash of the statements as they are sent.
    pub(crate) sent: String,
}

impl Answered {
    pub(crate) fn new(file: &QueryFile, state: State, sent: String) -> Self {
        Self { of: Self::hash(file), state, sent }
    }

    fn hash(file: &QueryFile) -> String {
        snapshot::hash(&serde_json::to_string(file).unwrap_or_default())
    }
}

/// The hash of all that a run depends on: the schema, with what the server said of files of SQL and their
/// own hashes, and the configuration.
pub(crate) fn inputs(schema: &str, config: &Config) -> String {
    snapshot::hash(&format!("{schema}\n{}", config.identity()))
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Trace {
    /// The hash of the plan of the file.
    plan: u64,
    /// The seal of its text.
    seal: String,
}

/// What an earlier run left: a file whose plan is what it was, and whose text nobody touched, is taken
/// over without being rendered.
#[derive(Clone, Copy, Default)]
pub struct Memory<'a> {
    /// What was rendered.
    pub rendered: Option<&'a Rendered>,
    /// Reads a file of the folder of both crates.
    pub read: Option<Reader<'a>>,
    /// The configuration, where the run is of everything and shall be remembered as a whole.
    pub(crate) config: Option<&'a Config>,
}

impl Rendered {
    /// Nothing yet, by this generator.
    pub fn by(generator: String) -> Self {
        Self { generator, ..Self::default() }
    }

    /// The files, by their paths in the folder of both crates.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }

    /// Whether the files are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.files == other.files && self.whole == other.whole && self.answered == other.answered
    }

    /// What the answers for a file, as schema.json has them, were true with.
    pub(crate) fn answered(&self, file: &QueryFile) -> Option<&Answered> {
        self.answered.get(&file.file).filter(|answered| answered.of == Answered::hash(file))
    }
}

/// Reads a file of the folder of both crates, by its path there.
pub type Reader<'a> = &'a (dyn Fn(&Path) -> Option<String> + Sync);

impl<'a> Memory<'a> {
    /// What an earlier run left.
    pub fn new(rendered: &'a Rendered, read: Reader<'a>) -> Self {
        Self { rendered: Some(rendered), read: Some(read), config: None }
    }

    /// Whether a run of everything is remembered.
    pub(crate) fn is_of_a_whole_run(&self) -> bool {
        self.rendered.is_some_and(|rendered| rendered.whole.is_some())
    }

    /// Every file of the earlier run, where it was of these inputs and nobody touched what it wrote.
    pub(crate) fn whole(&self, inputs: &str) -> Option<(FileSet, Whole)> {
        let rendered = self.rendered?;
        let whole = rendered.whole.as_ref().filter(|whole| whole.inputs == inputs)?;
        let files: Vec<(&PathBuf, &Trace)> = rendered.files.iter().collect();
        let texts = parallel(&files, |(path, trace)| self.text(path, trace.plan));
        let files = files.iter().zip(texts).map(|((path, _), text)| Some(((*path).clone(), text?)));
        Some((FileSet(files.collect::<Option<_>>()?), whole.clone()))
    }

    fn text(&self, path: &Path, plan: u64) -> Option<String> {
        let trace = self.rendered?.files.get(path).filter(|trace| trace.plan == plan)?;
        let text = self.read?(path)?;
        (sync::seal(&text).as_deref() == Some(trace.seal.as_str())).then_some(text)
    }
}

/// A file to be rendered.
#[derive(Hash)]
enum Job<'a> {
    Entity(&'a EntityPlan, bool),
    Lookup(&'a Ident, &'a EntityPlan),
    Enum(&'a EnumPlan, bool),
    Query(&'a QueryFilePlan, bool),
    /// Quicker rendered than remembered.
    Text(String),
}

impl Job<'_> {
    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }

    fn page(&self) -> String {
        match self {
            Self::Entity(entity, serde) => entity::page(entity, *serde),
            Self::Lookup(domain, entity) => lookup::page(domain, entity),
            Self::Enum(plan, serde) => enumeration::page(plan, *serde),
            Self::Query(file, serde) => query::page(file, *serde),
            Self::Text(text) => text.clone(),
        }
    }
}

/// Renders both crates.
pub fn render(plan: &Plan, snapshot: &Snapshot) -> FileSet {
    render_since(plan, snapshot, Memory::default()).0
}

/// Renders what an earlier run did not, on all cores.
pub fn render_since(plan: &Plan, snapshot: &Snapshot, memory: Memory<'_>) -> (FileSet, Rendered) {
    let jobs = jobs(plan, snapshot);
    let done = parallel(&jobs, |(path, job)| {
        let plan = job.hash();
        let known = memory.text(path, plan);
        let is_fresh = known.is_none();
        let text = known.unwrap_or_else(|| sync::sealed(&job.page()));
        (plan, text, is_fresh)
    });
    let generator = memory.rendered.map(|rendered| rendered.generator.clone()).unwrap_or_default();
    let mut rendered = Rendered::by(generator);
    let mut files = FileSet::default();
    for ((path, _), (plan, text, is_fresh)) in jobs.iter().zip(done) {
        if is_fresh {
            rendered.fresh.insert(path.clone());
        }
        rendered.files.insert(path.clone(), Trace { plan, seal: sync::written_seal(&text).unwrap_or_default().to_owned() });
        files.0.insert(path.clone(), text);
    }
    (files, rendered)
}

fn jobs<'a>(plan: &'a Plan, snapshot: &Snapshot) -> Vec<(PathBuf, Job<'a>)> {
    let mut jobs = Vec::new();
    for domain in &plan.domains {
        for entity in &domain.entities {
            jobs.push((file("entities", &[&domain.module, &entity.module]), Job::Entity(entity, plan.serde)));
            jobs.push((file("queries", &[&domain.module, &entity.module]), Job::Lookup(&domain.module, entity)));
        }
    }
    for schema in &plan.enums {
        jobs.extend(schema.enums.iter().map(|plan_of_enum| {
            let path = file("entities", &[&ident("enums"), &schema.module, &plan_of_enum.module]);
            (path, Job::Enum(plan_of_enum, plan.serde))
        }));
    }
    for folder in &plan.queries {
        jobs.extend(
            folder
                .files
                .iter()
                .map(|of_file| (file("queries", &[&folder.module, &of_file.module]), Job::Query(of_file, plan.serde))),
        );
    }
    jobs.push((file("entities", &[&ident("fingerprint"), &ident("mod")]), Job::Text(fingerprint::page(plan, snapshot))));
    jobs.extend(pages(plan).into_iter().map(|(path, text)| (path, Job::Text(text))));
    jobs
}

fn ident(name: &str) -> Ident {
    Ident::new(name)
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

/// The text of a page, which ends with its last line.
fn printed(page: &impl Template) -> String {
    let mut text = page.render().expect("a page of plain text renders");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A page of modules and re-exports.
#[derive(Template)]
#[template(path = "module.txt", escape = "none")]
struct ModulePage {
    mark: &'static str,
    title: String,
    modules: Vec<Module>,
    exports: Vec<String>,
    /// Whether the modules are folders: rustc finds the file of a module by itself only where its
    /// name is ASCII.
    folders: bool,
}

/// A module, which a feature may leave out.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Module {
    name: String,
    only_with: Option<String>,
}

impl<T: ToString> From<T> for Module {
    fn from(name: T) -> Self {
        Self { name: name.to_string(), only_with: None }
    }
}

impl ModulePage {
    fn new(title: impl Into<String>, modules: Vec<Module>, exports: Vec<String>) -> Self {
        Self { mark: MARK, title: title.into(), modules, exports, folders: false }
    }

    fn of_folders(title: &str, modules: Vec<Module>) -> Self {
        Self { folders: true, ..Self::new(title, modules, Vec::new()) }
    }

    fn text(&self) -> String {
        printed(self)
    }
}

fn pages(plan: &Plan) -> Vec<(PathBuf, String)> {
    let domain = |domain: &DomainPlan| {
        let features = plan.features.as_ref().map_or_else(Vec::new, |_| vec![plain(&domain.module)]);
        Module { name: domain.module.to_string(), only_with: only_with(&features) }
    };
    let mut domains: Vec<Module> = plan.domains.iter().map(domain).collect();
    let is_domain = |folder: &&QueryFolderPlan| plan.domains.iter().any(|domain| domain.module == folder.module);
    let others: Vec<&QueryFolderPlan> = plan.queries.iter().filter(|folder| !is_domain(folder)).collect();
    let mut folders: Vec<Module> = plan.domains.iter().map(domain).collect();
    folders.extend(others.iter().map(|folder| Module::from(&folder.module)));
    folders.sort();
    let mut pages = vec![(
        file("queries", &[&ident("mod")]),
        ModulePage::of_folders("The queries, one module for each domain.", folders).text(),
    )];
    for folder in others {
        let modules = folder.files.iter().map(file_module).collect();
        let title = format!("Queries of the folder {}.", crate::plan::code(&folder.name));
        pages.push((file("queries", &[&folder.module, &ident("mod")]), ModulePage::new(title, modules, Vec::new()).text()));
    }
    domains.extend(["enums", "fingerprint"].map(Module::from));
    pages.push((
        file("entities", &[&ident("mod")]),
        ModulePage::of_folders("The entities, one module for each domain, the enums, and what they were generated from.", domains)
            .text(),
    ));
    for domain in &plan.domains {
        pages.extend(domain_pages(plan, domain));
    }
    let schemas = plan.enums.iter().map(|schema| Module::from(&schema.module)).collect();
    pages.push((
        file("entities", &[&ident("enums"), &ident("mod")]),
        ModulePage::of_folders("The enums, one module for each schema of the database.", schemas).text(),
    ));
    for schema in &plan.enums {
        let modules = schema.enums.iter().map(|plan_of_enum| Module::from(&plan_of_enum.module)).collect();
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

fn file_module(file: &QueryFilePlan) -> Module {
    Module { name: file.module.to_string(), only_with: only_with(&file.features) }
}

fn domain_pages(plan: &Plan, domain: &DomainPlan) -> Vec<(PathBuf, String)> {
    let name = crate::plan::code(&domain.name);
    let entities = || domain.entities.iter().map(|entity| Module::from(&entity.module));
    let mut modules: Vec<Module> = entities().collect();
    let prelude = domain.entities.iter().map(|entity| format!("super::{}::Entity as {}", entity.module, entity.alias)).collect();
    let folder = plan.queries.iter().filter(|folder| folder.module == domain.module);
    let mut of_queries: Vec<Module> = entities().collect();
    of_queries.extend(folder.flat_map(|folder| &folder.files).map(file_module));
    of_queries.sort();
    let queries = ModulePage::new(format!("Queries of the domain {name}."), of_queries, Vec::new());
    modules.push(Module::from("prelude"));
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
