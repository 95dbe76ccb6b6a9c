//! Names that codegen.toml asks for: each is given as it is written, or refused with what has it already.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use unicode_normalization::UnicodeNormalization;

use super::{PlanError, Planner, document::code, name};

/// A thing that needs a name.
pub(super) struct Wanted<'c> {
    /// The thing in messages: `public.users`.
    pub thing: String,
    /// The names that it may have, best first.
    pub ladder: Vec<String>,
    /// The name that codegen.toml asks for.
    pub wish: Option<&'c Spanned<String>>,
}

/// What the names of one kind of thing must keep clear of.
pub(super) struct Rules<'r> {
    /// The kind of thing in messages: `table`.
    pub kind: &'static str,
    /// The names that nothing may have.
    pub taken: &'r BTreeSet<String>,
    /// Who has them, as a clause: `a column of the table has that name`.
    pub owner: &'static str,
    /// Another name that Rust gets from each of these, which must differ as well.
    pub derived: fn(&str) -> String,
}

/// Whether text can be an identifier, raw where it is a keyword.
pub(super) fn is_rust_name(text: &str) -> bool {
    syn::parse_str::<proc_macro2::Ident>(&name::ident_text(text)).is_ok()
}

/// A name as rustc compares it with others.
fn spoken(text: &str) -> String {
    name::plain(&name::ident(text.trim_start_matches("r#"))).nfkc().collect()
}

impl Planner<'_> {
    /// Names that differ from each other. What codegen.toml asks for is an error where it cannot be: no
    /// other thing gives way to it.
    pub(super) fn named(&mut self, rules: &Rules<'_>, wanted: &[Wanted<'_>]) -> Vec<String> {
        // Text that is no name is refused by `check_config`.
        let wish = |position: usize| wanted[position].wish.map(Spanned::get_ref).filter(|wish| is_rust_name(wish));
        let open: Vec<usize> = (0..wanted.len()).filter(|&position| wish(position).is_none()).collect();
        let ladders: Vec<Vec<String>> = open.iter().map(|&position| wanted[position].ladder.clone()).collect();
        let given = name::distinct(&ladders, rules.taken);
        let mut names = vec![String::new(); wanted.len()];
        let (mut by_name, mut by_derived) = (BTreeMap::new(), BTreeMap::new());
        for (&position, name) in open.iter().zip(given) {
            by_name.insert(spoken(&name), position);
            by_derived.insert((rules.derived)(&name), position);
            names[position] = name;
        }
        if open.len() == wanted.len() {
            return names;
        }
        let taken: BTreeSet<String> = rules.taken.iter().map(|name| spoken(name)).collect();
        let mut refused = Vec::new();
        for position in 0..wanted.len() {
            let (Some(spanned), Some(wish)) = (wanted[position].wish, wish(position)) else { continue };
            let derived = (rules.derived)(wish);
            let other = |position: &usize| {
                let other = &wanted[*position];
                let verb = if other.wish.is_some() { "is to be called" } else { "is called" };
                format!("the {} {} {verb} {}", rules.kind, code(&other.thing), code(&names[*position]))
            };
            let obstacle = if taken.contains(&spoken(wish)) {
                Some(format!("{}; choose another name", rules.owner))
            } else if let Some(position) = by_name.get(&spoken(wish)) {
                Some(format!("{} already; rename that one as well, or choose another name", other(position)))
            } else {
                by_derived
                    .get(&derived)
                    .map(|position| format!("{}, and Rust makes {} of both; choose another name", other(position), code(&derived)))
            };
            if let Some(obstacle) = obstacle {
                refused.push(position);
                let message =
                    format!("the {} {} cannot be called {}: {obstacle}", rules.kind, code(&wanted[position].thing), code(wish));
                self.errors.push(PlanError::Invalid { place: self.config.place(spanned), message });
            } else {
                by_name.insert(spoken(wish), position);
                by_derived.insert(derived, position);
                wish.clone_into(&mut names[position]);
            }
        }
        // What was refused is planned as if it had not been asked for.
        let taken: BTreeSet<String> = rules.taken.iter().chain(&names).cloned().collect();
        let ladders: Vec<Vec<String>> = refused.iter().map(|&position| wanted[position].ladder.clone()).collect();
        for (position, name) in refused.into_iter().zip(name::distinct(&ladders, &taken)) {
            names[position] = name;
        }
        names
    }
}

impl<'r> Rules<'r> {
    /// The rules for the functions that find a row: what follows `get_by_`.
    pub(super) fn lookups(taken: &'r BTreeSet<String>) -> Self {
        Self { kind: "lookup", taken, owner: "a lookup of the table has that name already", derived: str::to_owned }
    }
}
