//! Domains as features of cargo: an application compiles those that it needs, and what they refer to.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Code, DomainPlan, Form, Hop, QueryFolderPlan, QueryPlan, RowPlan, Warning, name::plain};

/// A domain as a feature.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Feature {
    /// The module of the domain, without the mark of a raw identifier.
    pub name: String,
    /// The features of the domains that its tables refer to.
    pub brings: Vec<String>,
}

/// The domains, by what each refers to.
#[derive(Default)]
pub(super) struct Graph(BTreeMap<String, BTreeSet<String>>);

/// The domains whose modules a piece of Rust names: `crate :: users :: …`.
fn named(code: &Code) -> Vec<String> {
    let text = code.text().replace(' ', "");
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '#');
    text.split("crate::")
        .skip(1)
        .filter_map(|rest| rest.split(|letter| !is_of_name(letter)).next())
        .map(|name| name.trim_start_matches("r#").to_owned())
        .collect()
}

impl Graph {
    /// What the keys of tables say. Only the way along a key needs the other table: the way back is left
    /// out with the domain that holds the key.
    pub(super) fn of(domains: &[DomainPlan]) -> Self {
        let mut graph = Self::default();
        for domain in domains {
            let edges = graph.0.entry(plain(&domain.module)).or_default();
            for relation in domain.entities.iter().flat_map(|entity| &entity.relations) {
                if let [Hop::Forward { .. }] = relation.hops.as_slice() {
                    edges.extend(named(&relation.target));
                }
            }
        }
        graph
    }

    /// The domains that come along with one, itself among them.
    fn closure(&self, name: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![name.to_owned()];
        while let Some(next) = waiting.pop() {
            if found.insert(next.clone()) {
                waiting.extend(self.0.get(&next).into_iter().flatten().cloned());
            }
        }
        found
    }

    /// Marks the relations that are there only with other features, gives the features, and says which
    /// domains come only together.
    pub(super) fn apply(&self, domains: &mut [DomainPlan]) -> (Vec<Feature>, Vec<Warning>) {
        let closures: BTreeMap<String, BTreeSet<String>> = self.0.keys().map(|name| (name.clone(), self.closure(name))).collect();
        for domain in &mut *domains {
            let within = &closures[&plain(&domain.module)];
            for relation in domain.entities.iter_mut().flat_map(|entity| &mut entity.relations) {
                let mut needs: BTreeSet<String> = named(&relation.target).into_iter().collect();
                needs.extend(relation.hops.iter().flat_map(|hop| match hop {
                    Hop::Forward { .. } => Vec::new(),
                    Hop::Inverse { module, .. } | Hop::Through { module, .. } => named(module),
                }));
                relation.features = needs.into_iter().filter(|need| !within.contains(need)).collect();
            }
        }
        let mut features = Vec::new();
        let mut warnings = Vec::new();
        for (name, refers) in &self.0 {
            let brings = refers.iter().filter(|other| *other != name).cloned().collect();
            features.push(Feature { name: name.clone(), brings });
            let mutual: Vec<String> = closures[name]
                .iter()
                .filter(|other| *other != name && closures[*other].contains(name))
                .map(|other| format!("`{other}`"))
                .collect();
            if !mutual.is_empty() {
                warnings.push(Warning {
                    object: format!("the feature `{name}`"),
                    message: format!("refers to {} and the other way about: they come only together", mutual.join(", ")),
                    is_deliberate: false,
                });
            }
        }
        (features, warnings)
    }

    /// Marks the files of SQL that are there only with other features.
    pub(super) fn apply_to_queries(&self, folders: &mut [QueryFolderPlan]) {
        for folder in folders {
            let within = self.closure(&plain(&folder.module));
            for file in &mut folder.files {
                let needs: BTreeSet<String> = file.functions.iter().flat_map(needs).collect();
                let is_gated = |need: &String| self.0.contains_key(need) && !within.contains(need);
                file.features = needs.into_iter().filter(is_gated).collect();
            }
        }
    }
}

fn needs(query: &QueryPlan) -> Vec<String> {
    let mut codes: Vec<&Code> = query.error.iter().collect();
    match &query.result {
        Some(RowPlan::Scalar(field)) => codes.push(&field.rust),
        Some(RowPlan::Struct { fields, .. }) => codes.extend(fields.iter().map(|field| &field.rust)),
        None => {}
    }
    codes.extend(query.arguments.iter().filter_map(|argument| match &argument.form {
        Form::Copied(rust) | Form::Label(rust) | Form::Wish(rust) | Form::Reference(rust) | Form::List(rust) => Some(rust),
        Form::Flag | Form::Str | Form::Bytes => None,
    }));
    codes.into_iter().flat_map(named).collect()
}
