//! The page of a file of SQL: a function for each statement.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{Docs, pretty, text};
use crate::{
    plan::{Argument, Code, Form, Part, PartPiece, QueryFilePlan, QueryPlan, Reading, RowPlan, code, sql_constant},
    sql::Command,
};

pub(super) fn page(file: &QueryFilePlan, serde: bool) -> String {
    let mut items = vec![imports(file)];
    for query in &file.functions {
        items.extend(row(query, serde));
        items.push(function(query));
        items.extend(constant(query));
    }
    let title = format!("Functions of {}.", code(&file.source));
    if file.functions.is_empty() { pretty(&title, &[]) } else { pretty(&title, &items) }
}

fn imports(file: &QueryFilePlan) -> TokenStream {
    let mut fields = file.functions.iter().filter_map(|query| query.result.as_ref()).flat_map(|row| match row {
        RowPlan::Scalar(field) => std::slice::from_ref(field),
        RowPlan::Struct { fields, .. } => fields,
    });
    let is_array = |rust: &Code| rust.text().split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "Array");
    let lists = file.functions.iter().flat_map(|query| &query.arguments).any(|argument| match &argument.form {
        Form::List(_) => true,
        Form::Wish(rust) => is_array(rust),
        _ => false,
    });
    let array = (lists || fields.any(|field| is_array(&field.rust))).then(|| {
        quote!(
            use entities::array::Array;
        )
    });
    let has_struct = file.functions.iter().any(|query| matches!(query.result, Some(RowPlan::Struct { .. })));
    let is_alone = |reading: Reading| {
        let mut rows = file.functions.iter().filter_map(|query| query.result.as_ref());
        rows.any(|row| matches!(row, RowPlan::Scalar(field) if field.reading == reading))
    };
    let mut names = Vec::new();
    if has_struct || is_alone(Reading::ModelIfThere) {
        names.push(quote!(Columns));
    }
    if has_struct || is_alone(Reading::Model) {
        names.push(quote!(FromColumns));
    }
    let rows = (!names.is_empty()).then(|| quote!(use entities::row::{#(#names),*};));
    let error = has_struct.then(|| {
        quote!(
            use sea_orm::TryGetError;
        )
    });
    let streams = file.functions.iter().any(|query| query.command == Command::Stream);
    let stream = streams.then(|| {
        quote!(
            use futures_util::Stream;
        )
    });
    let stream_trait = streams.then(|| {
        quote!(
            use sea_orm::StreamTrait;
        )
    });
    quote! {
        use crate::statement::{self, Sql};
        #array
        #rows
        #stream
        #error
        #stream_trait
        use sea_orm::entity::prelude::*;
    }
}

fn row(query: &QueryPlan, serde: bool) -> Option<TokenStream> {
    let Some(RowPlan::Struct { ident, fields }) = &query.result else { return None };
    let docs = format!(" A row of {}.", code(&query.ident.to_string()));
    let names: Vec<_> = fields.iter().map(|field| &field.ident).collect();
    let types = fields.iter().map(|field| outside(&field.rust));
    let field_docs = fields.iter().map(|field| format!(" {}.", code(&field.column)));
    let columns = fields.iter().map(|field| &field.column);
    let reads = fields.iter().map(|field| {
        let column = &field.column;
        match field.reading {
            Reading::Column => quote!(columns.read(#column)?),
            Reading::Wish => quote!(columns.read_as(#column)?),
            Reading::Model => quote!(columns.model()?),
            Reading::ModelIfThere => quote!(columns.model_if_there()?),
        }
    });
    let serde = serde.then(|| quote!(, serde::Serialize, serde::Deserialize));
    Some(quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq #serde)]
        pub struct #ident {
            #(#[doc = #field_docs] pub #names: #types,)*
        }
        impl FromColumns for #ident {
            const COLUMNS: &'static [&'static str] = &[#(#columns),*];

            fn from_columns(columns: &mut Columns<'_>) -> Result<Self, TryGetError> {
                Ok(Self { #(#names: #reads,)* })
            }
        }
    })
}

fn function(query: &QueryPlan) -> TokenStream {
    let QueryPlan { ident, docs, .. } = query;
    let docs = Docs(docs);
    let arguments = query.arguments.iter().map(|argument| {
        let (ident, rust) = (&argument.ident, signature(argument));
        quote!(#ident: #rust)
    });
    let sql = sql(query);
    let error = query.error.as_ref().map_or_else(|| quote!(DbErr), ToTokens::to_token_stream);
    let (result, read) = match &query.result {
        None => (quote!(()), TokenStream::new()),
        Some(RowPlan::Struct { ident, .. }) => (quote!(#ident), quote!(, FromColumns::from_columns)),
        Some(RowPlan::Scalar(field)) => {
            let column = &field.column;
            let read = match field.reading {
                Reading::Column => quote!(|columns| columns.read(#column)),
                Reading::Wish => quote!(|columns| columns.read_as(#column)),
                Reading::Model => quote!(FromColumns::from_columns),
                Reading::ModelIfThere => quote!(Columns::model_if_there),
            };
            (outside(&field.rust), quote!(, #read))
        }
    };
    let (command, result) = match query.command {
        Command::One => ("one", result),
        Command::Optional => ("optional", quote!(Option<#result>)),
        Command::Many => ("many", quote!(Vec<#result>)),
        Command::Exec => ("exec", quote!(())),
        Command::Rows => ("rows", quote!(u64)),
        Command::Stream => ("stream", quote!(impl Stream<Item = Result<#result, DbErr>>)),
    };
    let command = format_ident!("{command}");
    let db = if query.command == Command::Stream { quote!(StreamTrait) } else { quote!(ConnectionTrait) };
    let run = quote!(statement::#command(db, sql #read));
    let run = if query.error.is_some() { quote!(statement::told_apart(#run)) } else { run };
    let errors = match (query.command, query.error.is_some()) {
        (Command::One, _) => " When there is no such row, or the database refuses.",
        (_, true) => " When a constraint is violated, or the database refuses.",
        _ => " When the database refuses.",
    };
    quote! {
        #docs
        ///
        /// # Errors
        #[doc = #errors]
        pub fn #ident(db: &impl #db, #(#arguments),*) -> impl Future<Output = Result<#result, #error>> {
            #sql
            #run
        }
    }
}

fn signature(argument: &Argument) -> TokenStream {
    let rust = match &argument.form {
        Form::Flag => return quote!(bool),
        Form::Copied(rust) | Form::Label(rust) | Form::Wish(rust) => outside(rust),
        Form::Str => quote!(&str),
        Form::Bytes => quote!(&[u8]),
        Form::Reference(rust) => {
            let rust = outside(rust);
            quote!(&#rust)
        }
        Form::List(element) => {
            let element = outside(element);
            quote!(&[#element])
        }
    };
    let rust = if argument.nullable { quote!(Option<#rust>) } else { rust };
    if argument.is_condition { quote!(Option<#rust>) } else { rust }
}

/// The value of an argument as it is bound.
fn value(argument: &Argument) -> TokenStream {
    let ident = &argument.ident;
    match (&argument.form, argument.nullable) {
        (Form::Flag | Form::Copied(_) | Form::Str | Form::Bytes, false) | (Form::Copied(_) | Form::Str | Form::Flag, true) => {
            quote!(#ident)
        }
        (Form::Bytes, true) => quote!(#ident.map(<[u8]>::to_vec)),
        (Form::Reference(_) | Form::Wish(_), false) | (Form::Wish(_), true) => quote!(#ident.clone()),
        (Form::Reference(_), true) => quote!(#ident.cloned()),
        (Form::Label(_), false) => quote!(#ident.as_str()),
        (Form::Label(_), true) => quote!(#ident.as_ref().map(|label| label.as_str())),
        (Form::List(_), false) => quote!(Array::from(#ident)),
        (Form::List(_), true) => quote!(#ident.map(Array::from)),
    }
}

fn is_fixed(query: &QueryPlan) -> bool {
    query.parts.iter().all(|part| part.condition.is_empty())
}

/// The text of a statement that has no conditions, `$1` for each parameter's first use.
fn fixed(query: &QueryPlan) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut used = Vec::new();
    for part in &query.parts {
        match part.piece {
            PartPiece::Text(ref sql) => text.push_str(sql),
            PartPiece::Value(argument) => {
                let number = used.iter().position(|&known| known == argument).unwrap_or_else(|| {
                    used.push(argument);
                    used.len() - 1
                });
                text.push_str(&format!("${}", number + 1));
            }
        }
    }
    (text, used)
}

fn constant(query: &QueryPlan) -> Option<TokenStream> {
    let name = sql_constant(&query.ident);
    let text = raw(&format!("\n{}\n", fixed(query).0));
    is_fixed(query).then(|| quote!(const #name: &str = #text;))
}

/// The statements that make `sql`.
fn sql(query: &QueryPlan) -> TokenStream {
    let path = &query.path;
    if is_fixed(query) {
        let name = sql_constant(&query.ident);
        let values = fixed(query).1.into_iter().map(|argument| value(&query.arguments[argument]));
        return quote!(let sql = Sql::new(#path, #name, [#(#values.into()),*]););
    }
    let mut statements = vec![quote!(let mut sql = Sql::in_parts(#path);)];
    for parts in query.parts.chunk_by(|left, right| left.condition == right.condition) {
        let pushed = parts.iter().flat_map(|Part { piece, .. }| match piece {
            PartPiece::Text(text) => text.split_inclusive('\n').map(|line| quote!(sql.push(#line);)).collect::<Vec<_>>(),
            PartPiece::Value(argument) => {
                let value = value(&query.arguments[*argument]);
                vec![quote!(sql.bind(#value);)]
            }
        });
        let is_bound =
            |position: usize| parts.iter().any(|part| matches!(part.piece, PartPiece::Value(bound) if bound == position));
        let conditions: Vec<TokenStream> = parts[0]
            .condition
            .iter()
            .map(|&position| {
                let Argument { ident, form, .. } = &query.arguments[position];
                match form {
                    Form::Flag => quote!(#ident),
                    _ if !is_bound(position) => quote!(#ident.is_some()),
                    Form::Label(_) | Form::Wish(_) => quote!(let Some(#ident) = &#ident),
                    _ => quote!(let Some(#ident) = #ident),
                }
            })
            .collect();
        statements.push(if conditions.is_empty() { quote!(#(#pushed)*) } else { quote!(if #(#conditions)&&* { #(#pushed)* }) });
    }
    quote!(#(#statements)*)
}

/// Text over several lines as it is, where Rust has a form for it.
fn raw(text: &str) -> Literal {
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let is_plain = text.chars().all(|letter| letter == '\n' || !letter.is_control()) && hashes.len() < 200;
    let literal = format!("r{hashes}\"{text}\"{hashes}").parse();
    literal.ok().filter(|_| is_plain).unwrap_or_else(|| Literal::string(text))
}

/// The entities crate says `crate::enums::…`; from here that is `entities::enums::…`.
fn outside(rust: &Code) -> TokenStream {
    text::outside(rust).parse().expect("what tokens print are tokens")
}
