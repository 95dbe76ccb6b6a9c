//! Names and pieces of Rust as a plan holds them: plain text, which threads may share and which can be
//! compared and hashed; rendering turns it into tokens.

use std::{cell::RefCell, collections::BTreeMap, fmt};

use proc_macro2::{Span, TokenStream};
use quote::{IdentFragment, ToTokens, TokenStreamExt};

/// An identifier of Rust, raw where it has to be: `users`, `r#type`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(Box<str>);

impl Ident {
    /// An identifier that is no keyword.
    ///
    /// # Panics
    /// Where the text is no identifier.
    pub(crate) fn new(text: &str) -> Self {
        Self::from(proc_macro2::Ident::new(text, Span::call_site()))
    }

    /// The text, with `r#` where the identifier is raw.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<proc_macro2::Ident> for Ident {
    fn from(ident: proc_macro2::Ident) -> Self {
        Self(ident.to_string().into())
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Ident {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Ident {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(raw) => proc_macro2::Ident::new_raw(raw, Span::call_site()),
            None => proc_macro2::Ident::new(&self.0, Span::call_site()),
        });
    }
}

impl IdentFragment for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_start_matches("r#"))
    }
}

/// A piece of Rust: a path or a type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Box<str>);

impl Code {
    /// The text, as tokens print.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// `crate :: a :: b`, as tokens print.
    pub(crate) fn path(modules: &[&Ident]) -> Self {
        let modules: String = modules.iter().map(|module| format!(" :: {module}")).collect();
        Self(format!("crate{modules}").into())
    }

    /// Parses text that a person wrote.
    ///
    /// # Errors
    /// Where it is no such piece of Rust.
    pub(crate) fn parse<T: syn::parse::Parse + ToTokens>(text: &str) -> syn::Result<Self> {
        Ok(Self::from(syn::parse_str::<T>(text)?.into_token_stream()))
    }

    /// Whether it is a type of this name without a path before it, whatever its arguments are.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.0.strip_prefix(name).is_some_and(|after| after.is_empty() || after.starts_with([' ', '<']))
    }
}

impl From<TokenStream> for Code {
    fn from(tokens: TokenStream) -> Self {
        Self(tokens.to_string().into())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

thread_local! {
    /// A schema has few types and many columns.
    static PARSED: RefCell<BTreeMap<Box<str>, TokenStream>> = RefCell::default();
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(PARSED.with_borrow_mut(|parsed| {
            if let Some(known) = parsed.get(&self.0) {
                return known.clone();
            }
            let fresh: TokenStream = self.0.parse().expect("what tokens print are tokens");
            parsed.insert(self.0.clone(), fresh.clone());
            fresh
        }));
    }
}
