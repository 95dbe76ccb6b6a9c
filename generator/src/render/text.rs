//! Rust as text, laid out as rustfmt would.

use crate::plan::Code;

/// How long a line may be.
const WIDTH: usize = 100;

/// Text as a literal of Rust, whatever is in it.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Text of several lines as a literal of Rust that keeps them, where Rust lets it.
pub(super) fn raw_literal(text: &str) -> String {
    // A raw literal may hold no carriage return.
    if text.contains('\r') {
        return literal(text);
    }
    let longest = text.split('"').skip(1).map(|after| after.len() - after.trim_start_matches('#').len()).max();
    let hashes = "#".repeat(longest.map_or(0, |longest| longest + 1));
    format!("r{hashes}\"{text}\"{hashes}")
}

/// Lines of documentation, each as a comment where its text can be one.
pub(super) fn documentation<T: AsRef<str>>(lines: &[T]) -> Vec<String> {
    lines.iter().map(|line| document(line.as_ref())).collect()
}

/// A line of documentation.
pub(super) fn document(line: &str) -> String {
    match line {
        "" => "///".to_owned(),
        _ if line.contains(char::is_control) => format!("#[doc = {}]", literal(&format!(" {line}"))),
        _ => format!("/// {line}"),
    }
}

/// What leaves an item out where a feature is off; nothing where no feature is asked for.
pub(super) fn only_with(features: &[String]) -> Option<String> {
    let features: Vec<String> = features.iter().map(|feature| format!("feature = {}", literal(feature))).collect();
    match features.as_slice() {
        [] => None,
        [only] => Some(format!("#[cfg({only})]")),
        all => Some(format!("#[cfg(all({}))]", all.join(", "))),
    }
}

/// A path or a type as people write it: tokens print with a space between any two.
pub(super) fn tidy(code: &Code) -> String {
    spaced(code.text(), "crate")
}

/// The same from outside the entities crate, whose pages say `crate::enums::…`: `entities::enums::…`.
pub(super) fn outside(code: &Code) -> String {
    spaced(code.text(), "entities")
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '\'' | '#')
}

fn spaced(code: &str, krate: &str) -> String {
    let mut text = String::with_capacity(code.len());
    for word in code.split(' ') {
        let joins = |left: char, right: char| is_of_word(left) && is_of_word(right);
        let apart =
            text.chars().next_back().zip(word.chars().next()).is_some_and(|(left, right)| left == ',' || joins(left, right));
        if apart {
            text.push(' ');
        }
        // Tokens may also print without a space: `crate::a`.
        match word.strip_prefix("crate").filter(|rest| !rest.starts_with(is_of_word)) {
            Some(rest) => text.extend([krate, rest]),
            None => text.push_str(word),
        }
    }
    text
}

/// `(a, b)` behind a head and before a tail, on one line where that fits, else an item a line.
pub(super) fn list(indent: usize, head: &str, [open, close]: [&str; 2], items: &[String], tail: &str) -> String {
    let line = format!("{head}{open}{}{close}{tail}", items.join(", "));
    if items.is_empty() || (indent + line.chars().count() <= WIDTH && !line.contains('\n')) {
        return line;
    }
    let pad = " ".repeat(indent);
    let mut text = format!("{head}{open}\n");
    for item in items {
        text.push_str(&format!("{pad}    {item},\n"));
    }
    text.push_str(&format!("{pad}{close}{tail}"));
    text
}

/// A function that only calls another one.
pub(super) struct Function {
    pub(super) docs: Vec<String>,
    /// `#[cfg(feature = "users")]`
    pub(super) only_with: Option<String>,
    pub(super) name: String,
    /// `id: i64`
    pub(super) parameters: Vec<String>,
    /// What its future gives.
    pub(super) result: String,
    /// What it calls, and with what; an argument may be an array.
    pub(super) callee: String,
    pub(super) arguments: Vec<Argument>,
}

/// An argument of a call.
pub(super) enum Argument {
    One(String),
    /// `[…]`, or `&[…]`.
    Array(&'static str, Vec<String>),
}

impl Function {
    /// The function, as rustfmt would have it.
    ///
    /// It is no `async fn`: a function that gives back another one's future compiles in half the time.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.docs {
            text.push_str(&document(line));
            text.push('\n');
        }
        if let Some(only_with) = &self.only_with {
            text.push_str(only_with);
            text.push('\n');
        }
        let result = format!(" -> impl Future<Output = {}> {{\n", self.result);
        text.push_str(&list(0, &format!("pub fn {}", self.name), ["(", ")"], &self.parameters, &result));
        text.push_str("    ");
        text.push_str(&self.body());
        text.push_str("\n}\n");
        text
    }

    fn body(&self) -> String {
        let arguments = |indent: usize| -> Vec<String> {
            self.arguments
                .iter()
                .map(|argument| match argument {
                    Argument::One(text) => text.clone(),
                    Argument::Array(open, items) => list(indent, "", [open, "]"], items, ""),
                })
                .collect()
        };
        let line = list(4, &self.callee, ["(", ")"], &arguments(0), "");
        if line.contains('\n') { list(4, &self.callee, ["(", ")"], &arguments(8), "") } else { line }
    }
}

#[cfg(test)]
mod tests {
    use super::{list, spaced};

    #[test]
    fn tokens_are_printed_as_people_write() {
        let tidy = |code| spaced(code, "entities");
        assert_eq!(tidy("Option < crate :: array :: Array < String > >"), "Option<entities::array::Array<String>>");
        assert_eq!(tidy("crate::enums::Kind"), "entities::enums::Kind");
        assert_eq!(tidy("cratered :: Kind"), "cratered::Kind");
        assert_eq!(tidy("Box < dyn Fn ( & 'static str , u8 ) >"), "Box<dyn Fn(&'static str, u8)>");
        assert_eq!(tidy("< A as B > :: C"), "<A as B>::C");
    }

    #[test]
    fn a_list_is_broken_where_it_is_too_long() {
        let items = ["a: u8".to_owned(), "b: u8".to_owned()];
        assert_eq!(list(0, "fn f", ["(", ")"], &items, " {"), "fn f(a: u8, b: u8) {");
        let long = "x".repeat(90);
        assert_eq!(list(0, &long, ["(", ")"], &items, " {"), format!("{long}(\n    a: u8,\n    b: u8,\n) {{"));
    }
}
