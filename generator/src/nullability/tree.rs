//! The text form of the server's query trees (`pg_node_tree`): `{NAME :field value …}`.
//!
//! The form is that of `outfuncs.c`; fields come and go with versions, so that they are found by
//! name, and one that is missing reads as nothing.

use std::iter::Peekable;

/// A part of a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `<>`
    Nothing,
    /// A number, a word, a name: anything without parts.
    Word(String),
    /// `( … )`: of nodes, or of numbers after a letter (`i`, `o`, `b`), which is left out.
    List(Vec<Value>),
    /// `{NAME …}`
    Node(Node),
}

/// A node and its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The kind: `QUERY`, `VAR`, …
    pub kind: String,
    fields: Vec<(String, Value)>,
}

impl Node {
    /// A field by name.
    pub fn get(&self, field: &str) -> &Value {
        self.fields.iter().find(|(name, _)| name == field).map_or(&Value::Nothing, |(_, value)| value)
    }

    /// A field that is a node.
    pub fn node(&self, field: &str) -> Option<&Node> {
        match self.get(field) {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }

    /// A field that is a number, 0 where it is missing.
    pub fn number(&self, field: &str) -> i64 {
        self.word(field).parse().unwrap_or(0)
    }

    /// A field without parts, as text.
    pub fn word(&self, field: &str) -> &str {
        match self.get(field) {
            Value::Word(word) => word,
            _ => "",
        }
    }

    /// Whether a field says `true`.
    pub fn is(&self, field: &str) -> bool {
        self.word(field) == "true"
    }

    /// All fields, by name.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The nodes of a list.
    pub fn nodes(&self, field: &str) -> Vec<&Node> {
        self.items(field)
            .iter()
            .filter_map(|item| match item {
                Value::Node(node) => Some(node),
                _ => None,
            })
            .collect()
    }

    /// The items of a list.
    pub fn items(&self, field: &str) -> &[Value] {
        match self.get(field) {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The numbers of a list.
    pub fn numbers(&self, field: &str) -> Vec<i64> {
        numbers(self.items(field))
    }

    /// Calls a function for every node below, this one included.
    pub fn visit<'n>(&'n self, see: &mut impl FnMut(&'n Node)) {
        see(self);
        for (_, value) in &self.fields {
            value.visit(see);
        }
    }
}

/// The numbers among items.
pub(crate) fn numbers(items: &[Value]) -> Vec<i64> {
    items
        .iter()
        .filter_map(|item| match item {
            Value::Word(word) => word.parse().ok(),
            _ => None,
        })
        .collect()
}

impl Value {
    /// Calls a function for every node below.
    pub fn visit<'n>(&'n self, see: &mut impl FnMut(&'n Node)) {
        match self {
            Self::Node(node) => node.visit(see),
            Self::List(items) => items.iter().for_each(|item| item.visit(see)),
            Self::Nothing | Self::Word(_) => {}
        }
    }

    /// The query in the tree of a view or of a function's body: the first one.
    pub fn query(&self) -> Option<&Node> {
        match self {
            Self::Node(node) if node.kind == "QUERY" => Some(node),
            Self::List(items) => items.iter().find_map(Self::query),
            _ => None,
        }
    }
}

enum Token {
    Open(char),
    Close(char),
    Field(String),
    Word(String),
}

/// Reads the text of a tree; `None` where it is none.
pub fn parse(text: &str) -> Option<Value> {
    let mut tokens = tokens(text).into_iter().peekable();
    let value = value(&mut tokens)?;
    tokens.next().is_none().then_some(value)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(&letter) = letters.peek() {
        match letter {
            ' ' | '\n' | '\t' => {
                letters.next();
            }
            '{' | '(' => {
                letters.next();
                tokens.push(Token::Open(letter));
            }
            '}' | ')' => {
                letters.next();
                tokens.push(Token::Close(letter));
            }
            _ => {
                let mut word = String::new();
                let mut quoted = false;
                let mut escaped = false;
                while let Some(&letter) = letters.peek() {
                    match letter {
                        '\\' => {
                            letters.next();
                            escaped = true;
                            word.extend(letters.next());
                            continue;
                        }
                        '"' if word.is_empty() || quoted => quoted = !quoted,
                        ' ' | '\n' | '\t' | '(' | ')' | '{' | '}' if !quoted => break,
                        _ => {}
                    }
                    word.push(letter);
                    letters.next();
                }
                match word.strip_prefix(':') {
                    Some(field) if !escaped && !field.is_empty() && !field.starts_with(':') => {
                        tokens.push(Token::Field(field.to_owned()));
                    }
                    _ => tokens.push(Token::Word(word)),
                }
            }
        }
    }
    tokens
}

fn value(tokens: &mut Peekable<impl Iterator<Item = Token>>) -> Option<Value> {
    match tokens.next()? {
        Token::Open('{') => node(tokens).map(Value::Node),
        Token::Open(_) => {
            let mut items = Vec::new();
            loop {
                match tokens.peek()? {
                    Token::Close(_) => {
                        tokens.next();
                        return Some(Value::List(items));
                    }
                    Token::Field(_) => {
                        tokens.next();
                    }
                    _ => {
                        let item = value(tokens)?;
                        // The letter that says what the numbers are.
                        if !(items.is_empty()
                            && matches!(&item, Value::Word(word) if matches!(word.as_str(), "i" | "o" | "b" | "x")))
                        {
                            items.push(item);
                        }
                    }
                }
            }
        }
        Token::Word(word) if word == "<>" => Some(Value::Nothing),
        Token::Word(word) => Some(Value::Word(word)),
        Token::Close(_) | Token::Field(_) => None,
    }
}

fn node(tokens: &mut Peekable<impl Iterator<Item = Token>>) -> Option<Node> {
    let Token::Word(kind) = tokens.next()? else { return None };
    let mut fields = Vec::new();
    loop {
        match tokens.next()? {
            Token::Close('}') => return Some(Node { kind, fields }),
            Token::Field(name) => {
                // A constant's bytes are several words: `4 [ 1 0 0 0 ]`.
                let mut values = Vec::new();
                while !matches!(tokens.peek()?, Token::Field(_) | Token::Close('}')) {
                    values.push(value(tokens)?);
                }
                let value = if values.len() == 1 { values.remove(0) } else { Value::List(values) };
                fields.push((name, value));
            }
            // The value of a node such as `{INTEGER 4}` has no name.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read() {
        let text = r#"({QUERY :commandType 1 :utilityStmt <> :rtable ({ALIAS :aliasname unnamed\ join :colnames ("id" "a b" "\"")}) :cols (i 1 2) :set (b) :value 4 [ 1 0 ]})"#;
        let tree = parse(text).expect("a tree");
        let query = tree.query().expect("a query");
        assert_eq!((query.number("commandType"), query.get("utilityStmt")), (1, &Value::Nothing));
        let alias = query.nodes("rtable")[0];
        assert_eq!(alias.word("aliasname"), "unnamed join");
        assert_eq!(alias.items("colnames").len(), 3);
        assert_eq!(query.numbers("cols"), [1, 2]);
        assert!(query.items("set").is_empty());
        assert_eq!(parse("{A :b"), None);
    }
}
