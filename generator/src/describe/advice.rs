//! The index that a statement lacks, by the conditions that it puts on a table.

use super::{Catalogue, TableName};
use crate::{
    nullability::tree::{Node, Value},
    plan::sql_name,
};

/// What an index would have to hold.
#[derive(Default)]
struct Wanted {
    /// Compared with `=`.
    equal: Vec<String>,
    /// Compared with `<` and the like: one of them can come last.
    ordered: Vec<String>,
    /// Searched in: of GIN, with the operator class after the column.
    searched: Vec<String>,
}

/// The statement that makes an index which serves the conditions on a table.
pub(super) fn index(tree: &Value, table: &TableName, catalogue: &Catalogue<'_>) -> Option<String> {
    let mut wanted = Wanted::default();
    tree.visit(&mut |query| {
        if query.kind != "QUERY" {
            return;
        }
        for (number, entry) in (1..).zip(query.nodes("rtable")) {
            if let Some((name, columns)) = catalogue.table(entry.number("relid")).filter(|_| entry.number("rtekind") == 0)
                && name == table
                && let Some(from) = query.node("jointree")
            {
                let name_of = |column: i64| columns.get(&column).map(|name| sql_name(name));
                conditions(from, &Search { number, name_of: &name_of, catalogue }, &mut wanted);
            }
        }
    });
    wanted.ordered.retain(|column| !wanted.equal.contains(column));
    wanted.ordered.truncate(1);
    let on = format!("create index on {}.{}", sql_name(&table.schema), sql_name(&table.name));
    match (wanted.equal.is_empty() && wanted.ordered.is_empty(), wanted.searched.first()) {
        (false, _) => Some(format!("{on} ({})", [wanted.equal, wanted.ordered].concat().join(", "))),
        (true, Some(searched)) => Some(format!("{on} using gin ({searched})")),
        (true, None) => None,
    }
}

struct Search<'s> {
    /// The entry of the range table.
    number: i64,
    name_of: &'s dyn Fn(i64) -> Option<String>,
    catalogue: &'s Catalogue<'s>,
}

/// Follows conditions that all must hold.
fn conditions(node: &Node, search: &Search<'_>, wanted: &mut Wanted) {
    match node.kind.as_str() {
        "FROMEXPR" | "JOINEXPR" => {
            for below in ["larg", "rarg", "quals"].into_iter().filter_map(|field| node.node(field)).chain(node.nodes("fromlist")) {
                conditions(below, search, wanted);
            }
            node.nodes("quals").into_iter().for_each(|below| conditions(below, search, wanted));
        }
        "BOOLEXPR" if node.word("boolop") == "and" => {
            node.nodes("args").into_iter().for_each(|below| conditions(below, search, wanted));
        }
        "OPEXPR" | "SCALARARRAYOPEXPR" => {
            let operands = node.nodes("args");
            let function = u32::try_from(node.number("opfuncid")).ok().and_then(|oid| search.catalogue.facts.functions.get(&oid));
            let Some(function) = function.and_then(|function| function.builtin.as_deref()) else { return };
            let [left, right] = operands.as_slice() else { return };
            let Some(column) = column(left, search).or_else(|| column(right, search)) else { return };
            let list = match function {
                "textlike" | "texticlike" | "bpcharlike" | "bpchariclike" | "textregexeq" | "texticregexeq" => {
                    push(&mut wanted.searched, format!("{column} gin_trgm_ops"));
                    return;
                }
                "jsonb_contains" | "jsonb_exists" | "arraycontains" | "arrayoverlap" | "ts_match_vq" => &mut wanted.searched,
                name if name.ends_with("eq") => &mut wanted.equal,
                name if ["lt", "le", "gt", "ge"].iter().any(|end| name.ends_with(end)) => &mut wanted.ordered,
                _ => return,
            };
            push(list, column);
        }
        _ => {}
    }
}

fn push(list: &mut Vec<String>, column: String) {
    if !list.contains(&column) {
        list.push(column);
    }
}

/// The column that an operand is, or a function of one: `lower(email)`.
fn column(node: &Node, search: &Search<'_>) -> Option<String> {
    match node.kind.as_str() {
        "VAR" if node.number("varno") == search.number && node.number("varlevelsup") == 0 => {
            (search.name_of)(node.number("varattno"))
        }
        "RELABELTYPE" => column(node.node("arg")?, search),
        "FUNCEXPR" => {
            let oid = u32::try_from(node.number("funcid")).ok()?;
            let name = search.catalogue.facts.functions.get(&oid)?.builtin.as_deref()?;
            let [argument] = node.nodes("args")[..] else { return None };
            Some(format!("{name}({})", column(argument, search)?))
        }
        _ => None,
    }
}
