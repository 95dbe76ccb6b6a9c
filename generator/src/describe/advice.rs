//! The index that a statement lacks, by the conditions that it puts on a table.
//!
//! The catalogue says which operator classes serve an operator. A condition bounds what is read where
//! the other operand is a value, or a column of a table that is bounded.

use std::collections::BTreeSet;

use super::{
    Scan, TableName,
    catalogue::{Catalogue, Class},
    nth,
    scans::{self, Unbounded, Whole},
};
use crate::{
    nullability::{
        targets,
        tree::{Node, Value, numbers},
    },
    plan::sql_name,
};

/// The tables that are read from end to end, each with the statements that make an index for it, or
/// with what bars one.
pub(super) fn scans(tree: Option<&Value>, found: &Unbounded, catalogue: &Catalogue, names: &[&str]) -> Vec<Scan> {
    let scan = |whole: &Whole| Scan { table: whole.table.clone(), index: None, hint: None };
    let Some(tree) = tree else { return found.whole.iter().map(scan).collect() };
    let aliases = aliases(tree, catalogue);
    // The server may name a table otherwise than the statement does: then any of that table is meant.
    let goes_by = |whole: &Whole, alias: &str| whole.alias == alias || !aliases.contains(&(&whole.table, whole.alias.as_str()));
    let all: Vec<&Whole> = found.whole.iter().chain(&found.looked_up).collect();
    let mut scans: Vec<Scan> = all.iter().map(|whole| scan(whole)).collect();
    // An index for one table may bound what another is looked up by.
    let mut before = String::new();
    loop {
        let is_unbounded = |table: &TableName, alias: &str| {
            let mut open = all.iter().zip(&scans).filter(|(_, scan)| scan.index.is_none());
            open.any(|(whole, _)| whole.table == *table && goes_by(whole, alias))
        };
        let mut cured = Vec::new();
        for (position, whole) in all.iter().enumerate().filter(|(position, _)| scans[*position].index.is_none()) {
            let mut advice = Advice { catalogue, is_unbounded: &is_unbounded, names, hint: None };
            let index = advice.index(tree, whole);
            cured.push((position, index, advice.hint));
        }
        let is_done = cured.iter().all(|(_, index, _)| index.is_none());
        let mut more = String::new();
        for (position, index, hint) in cured {
            scans[position].hint = hint.filter(|_| index.is_none());
            scans[position].index = index.map(|index| format!("{before}{index}"));
            if let Some(index) = scans[position].index.as_ref().filter(|_| position >= found.whole.len()) {
                more.push_str(&format!("{index}; "));
            }
        }
        before = more + &before;
        if is_done {
            scans.truncate(found.whole.len());
            return scans;
        }
    }
}

/// The tables that a tree names, with the names that they go by.
fn aliases<'t>(tree: &'t Value, catalogue: &'t Catalogue) -> BTreeSet<(&'t TableName, &'t str)> {
    let mut aliases = BTreeSet::new();
    tree.visit(&mut |node| {
        if let Some((table, _)) = catalogue.table(node.number("relid")) {
            aliases.insert((table, alias(node)));
        }
    });
    aliases
}

/// The name that an entry of the range table goes by.
fn alias(entry: &Node) -> &str {
    entry.node("eref").map_or("", |names| names.word("aliasname")).trim_matches('"')
}

/// A table where it stands in a query.
#[derive(Clone, Copy)]
struct Place<'n> {
    query: &'n Node,
    number: i64,
    table: &'n TableName,
}

/// What an index on a table would serve.
#[derive(Clone)]
struct Served {
    /// What an index would hold, in order.
    keys: Vec<String>,
    method: String,
    /// The operator class, where it is not that of the type.
    class: Option<String>,
    rank: Rank,
    /// What must be created before.
    needs: Option<&'static str>,
}

/// What a condition is to an index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// `=`, of a btree: several can stand before each other.
    Equal,
    /// `<` and the like, of a btree: one can come last.
    Ordered,
    /// Anything of another method.
    Searched,
    /// The parts of an OR, each with an index for it.
    Either,
}

/// An operand.
struct Operand {
    key: String,
    /// It is more than a column.
    is_expression: bool,
}

impl Operand {
    /// As an index holds it.
    fn text(&self) -> String {
        enclosed(&self.key, self.is_expression)
    }
}

fn enclosed(text: &str, is_expression: bool) -> String {
    if is_expression { format!("({text})") } else { text.to_owned() }
}

const TRIGRAMS: &str = "create extension if not exists pg_trgm";

struct Advice<'a> {
    catalogue: &'a Catalogue,
    is_unbounded: &'a dyn Fn(&TableName, &str) -> bool,
    /// The names of the parameters, by number.
    names: &'a [&'a str],
    hint: Option<String>,
}

impl Advice<'_> {
    fn index(&mut self, tree: &Value, whole: &Whole) -> Option<String> {
        let mut queries = Vec::new();
        tree.visit(&mut |node| {
            if node.kind == "QUERY" {
                queries.push(node);
            }
        });
        let mut places = Vec::new();
        for query in &queries {
            for (number, entry) in (1..).zip(query.nodes("rtable")) {
                let table = self.catalogue.table(entry.number("relid")).filter(|_| entry.number("rtekind") == 0);
                if let Some((table, _)) = table.filter(|(table, _)| *table == whole.table) {
                    places.push((alias(entry) != whole.alias, Place { query, number, table }));
                }
            }
        }
        // The one that goes by this name first.
        places.sort_by_key(|(is_other, _)| *is_other);
        places.iter().find_map(|(_, place)| self.at(place, &queries))
    }

    fn at<'n>(&mut self, place: &Place<'n>, queries: &[&'n Node]) -> Option<String> {
        let mut served = Vec::new();
        for query in queries {
            if let Some(from) = query.node("jointree") {
                self.conditions(from, query, place, &mut served);
            }
        }
        // An index that exists, and was of no use, is no cure.
        served.retain(|served| !self.exists(place, served));
        Self::create(place, served).or_else(|| self.in_order(place))
    }

    fn exists(&self, place: &Place<'_>, served: &Served) -> bool {
        let first = served.keys.first().filter(|_| served.rank != Rank::Either && served.class.is_none());
        first.is_some_and(|key| self.catalogue.has_index(place.table, &served.method, key))
    }

    /// The statement that makes an index for these conditions, of which all hold.
    fn create(place: &Place<'_>, served: Vec<Served>) -> Option<String> {
        let on = format!("create index on {}.{}", sql_name(&place.table.schema), sql_name(&place.table.name));
        let best = served.iter().map(|served| served.rank).min()?;
        if best == Rank::Either {
            return Some(served.into_iter().next()?.keys.join("; "));
        }
        if best == Rank::Searched {
            let Served { keys, method, class, needs, .. } = served.into_iter().find(|served| served.rank == best)?;
            let class = class.map(|class| format!(" {class}")).unwrap_or_default();
            let needs = needs.map(|needs| format!("{needs}; ")).unwrap_or_default();
            return Some(format!("{needs}{on} using {method} ({}{class})", keys.join(", ")));
        }
        let mut keys: Vec<String> = Vec::new();
        for rank in [Rank::Equal, Rank::Ordered] {
            let of_rank = served.iter().filter(|served| served.rank == rank && served.method == "btree");
            let most = if rank == Rank::Equal { usize::MAX } else { 1 };
            for served in of_rank.take(most) {
                let class = served.class.as_ref().map(|class| format!(" {class}")).unwrap_or_default();
                for key in &served.keys {
                    let key = format!("{key}{class}");
                    if !keys.contains(&key) && keys.len() < 32 {
                        keys.push(key);
                    }
                }
            }
        }
        Some(format!("{on} ({})", keys.join(", ")))
    }

    /// An index that gives the rows in the order that LIMIT takes the first of.
    fn in_order(&self, place: &Place<'_>) -> Option<String> {
        let query = place.query;
        let from = query.node("jointree")?;
        let absent = |field: &str| query.node(field).is_none() && query.items(field).is_empty();
        let is_plain = scans::is_limited(query)
            && from.node("quals").is_none()
            && ["groupClause", "groupingSets", "havingQual", "windowClause", "distinctClause", "setOperations"]
                .into_iter()
                .all(absent)
            && !query.is("hasAggs");
        let sorted = query.nodes("sortClause");
        if !is_plain || sorted.is_empty() {
            return None;
        }
        let mut keys = Vec::new();
        for clause in sorted {
            let target = query
                .nodes("targetList")
                .into_iter()
                .find(|target| target.number("ressortgroupref") == clause.number("tleSortGroupRef"))?;
            let operand = self.operand(target.node("expr")?, query, place)?;
            let falls = match self.catalogue.operator(clause, "sortop")?.name.as_str() {
                "<" => false,
                ">" => true,
                _ => return None,
            };
            let direction = match (falls, clause.is("nulls_first")) {
                (false, false) => "",
                (false, true) => " nulls first",
                (true, true) => " desc",
                (true, false) => " desc nulls last",
            };
            keys.push(format!("{}{direction}", operand.text()));
        }
        let on = format!("create index on {}.{}", sql_name(&place.table.schema), sql_name(&place.table.name));
        Some(format!("{on} ({})", keys.join(", ")))
    }

    /// Follows conditions that all must hold for the rows of a table.
    fn conditions<'n>(&mut self, node: &'n Node, query: &'n Node, place: &Place<'n>, served: &mut Vec<Served>) {
        match node.kind.as_str() {
            "FROMEXPR" => {
                for below in node.nodes("fromlist") {
                    self.conditions(below, query, place, served);
                }
                if let Some(quals) = node.node("quals") {
                    self.conditions(quals, query, place, served);
                }
            }
            "JOINEXPR" => {
                // An outer join keeps the rows of one side whatever its condition says.
                let (left, right) = (node.node("larg"), node.node("rarg"));
                let holds = |side: Option<&Node>| {
                    std::ptr::eq(query, place.query)
                        && side.is_some_and(|side| {
                            let mut found = false;
                            side.visit(&mut |node| {
                                found |= node.kind == "RANGETBLREF" && node.number("rtindex") == place.number;
                            });
                            found
                        })
                };
                for side in [left, right].into_iter().flatten() {
                    self.conditions(side, query, place, served);
                }
                let applies = match node.number("jointype") {
                    0 => true,
                    1 => !holds(left),
                    3 => !holds(right),
                    _ => false,
                };
                if let Some(quals) = node.node("quals").filter(|_| applies) {
                    self.conditions(quals, query, place, served);
                }
            }
            "BOOLEXPR" if node.word("boolop") == "and" => {
                node.nodes("args").into_iter().for_each(|below| self.conditions(below, query, place, served));
            }
            "BOOLEXPR" if node.word("boolop") == "or" => self.either(node, query, place, served),
            _ => served.extend(self.condition(node, query, place)),
        }
    }

    /// A condition of which one part must hold: an index for each part would serve it.
    fn either<'n>(&mut self, node: &'n Node, query: &'n Node, place: &Place<'n>, served: &mut Vec<Served>) {
        let mut statements = Some(Vec::new());
        for part in node.nodes("args") {
            let mut of_part = Vec::new();
            self.conditions(part, query, place, &mut of_part);
            if of_part.iter().any(|served| self.exists(place, served)) {
                continue;
            }
            let statement = Self::create(place, of_part);
            statements = statements.zip(statement).map(|(mut statements, statement)| {
                if !statements.contains(&statement) {
                    statements.push(statement);
                }
                statements
            });
        }
        if let Some(statements) = statements.filter(|statements| !statements.is_empty()) {
            served.push(Served { rank: Rank::Either, ..btree(statements, Rank::Equal) });
            return;
        }
        let switch = node.nodes("args").into_iter().find_map(|part| {
            let is_null_test = part.kind == "NULLTEST";
            part.node("arg").filter(|_| is_null_test).and_then(parameter)
        });
        if self.hint.is_none()
            && let Some(name) = switch.and_then(|number| self.names.get(usize::try_from(number - 1).ok()?))
            && node.nodes("args").into_iter().any(|part| mentions(part, query, place))
        {
            self.hint = Some(format!(
                "no index serves a condition that a NULL in `:{name}` turns off: write the condition alone on a line that ends \
                 with `-- @if {name}`"
            ));
        }
    }

    /// What one condition would be served by.
    fn condition<'n>(&mut self, node: &'n Node, query: &'n Node, place: &Place<'n>) -> Option<Served> {
        match node.kind.as_str() {
            "OPEXPR" | "SCALARARRAYOPEXPR" => {
                let operands = node.nodes("args");
                let [left, right] = operands.as_slice() else { return None };
                let operator = self.catalogue.operator(node, "opno")?;
                if let Some(operand) = self.operand(left, query, place) {
                    return self.bounds(right, query, place).then(|| self.served(node, operator, &operand, right))?;
                }
                let operand = self.operand(right, query, place)?;
                if !self.bounds(left, query, place) {
                    return None;
                }
                if node.kind == "SCALARARRAYOPEXPR" {
                    let (array, value) = (&operand.key, self.value(left));
                    self.hint.get_or_insert_with(|| {
                        format!(
                            "no index serves `{value} = any ({array})`: write `{array} @> array[{value}]`, which this index \
                             serves: create index on {}.{} using gin ({array})",
                            sql_name(&place.table.schema),
                            sql_name(&place.table.name)
                        )
                    });
                    return None;
                }
                let swapped = self.catalogue.operators.get(&operator.commutator)?;
                self.served(node, swapped, &operand, left)
            }
            "ROWCOMPAREEXPR" => {
                let operator = self.catalogue.operators.get(&u32::try_from(*node.numbers("opnos").first()?).ok()?)?;
                let of_side = |side: &str| -> Option<Vec<String>> {
                    node.nodes(side)
                        .into_iter()
                        .map(|part| self.operand(part, query, place).map(|operand| operand.text()))
                        .collect()
                };
                let (side, other) = if of_side("largs").is_some() { ("largs", "rargs") } else { ("rargs", "largs") };
                let keys = of_side(side)?;
                let is_btree = operator.classes.iter().any(|class| class.method == "btree" && class.name.is_none());
                let bounds = node.nodes(other).into_iter().all(|part| self.bounds(part, query, place));
                (is_btree && bounds).then(|| btree(keys, Rank::Ordered))
            }
            "NULLTEST" if !node.is("argisrow") => {
                let operand = self.operand(node.node("arg")?, query, place)?;
                let rank = if node.number("nulltesttype") == 0 { Rank::Equal } else { Rank::Ordered };
                Some(btree(vec![operand.text()], rank))
            }
            // A column of yes and no stands for itself.
            "VAR" => Some(btree(vec![self.operand(node, query, place)?.text()], Rank::Equal)),
            "BOOLEXPR" if node.word("boolop") == "not" => {
                let [of] = node.nodes("args")[..] else { return None };
                (of.kind == "VAR").then(|| self.condition(of, query, place))?
            }
            "BOOLEANTEST" if matches!(node.number("booltesttype"), 0 | 2) => self.condition(node.node("arg")?, query, place),
            "FUNCEXPR" => {
                let function = self.catalogue.function(node)?;
                let [text, prefix] = node.nodes("args")[..] else { return None };
                let operand = self.operand(text, query, place)?;
                if function.is_builtin && function.sql == "starts_with" && self.bounds(prefix, query, place) {
                    let (key, value) = (operand.text(), self.value(prefix));
                    let on = format!("{}.{}", sql_name(&place.table.schema), sql_name(&place.table.name));
                    self.hint.get_or_insert_with(|| {
                        format!(
                            "no index serves `starts_with({key}, {value})`: write `{key} ^@ {value}`, which this index serves: \
                             create index on {on} using spgist ({key})"
                        )
                    });
                }
                None
            }
            "SUBLINK" if node.number("subLinkType") == 2 => self.membership(node, query, place),
            _ => None,
        }
    }

    /// What messages call an operand.
    fn value(&self, node: &Node) -> String {
        let name = parameter(node).and_then(|number| self.names.get(usize::try_from(number - 1).ok()?));
        name.map_or_else(|| "value".to_owned(), |name| format!(":{name}"))
    }

    /// `column in (select …)`, seen from either side.
    fn membership<'n>(&mut self, node: &'n Node, query: &'n Node, place: &Place<'n>) -> Option<Served> {
        let (test, inner) = (node.node("testexpr")?, node.node("subselect")?);
        let operator = self.catalogue.operator(test, "opno").filter(|_| test.kind == "OPEXPR")?;
        let [left, right] = test.nodes("args")[..] else { return None };
        if std::ptr::eq(inner, place.query) {
            let [target] = targets(inner)[..] else { return None };
            let operand = self.operand(target.node("expr")?, inner, place)?;
            return self.bounds(left, query, place).then(|| self.served(test, operator, &operand, left))?;
        }
        let operand = self.operand(left, query, place)?;
        let mut is_bounded = true;
        inner.visit(&mut |node| {
            let table = self.catalogue.table(node.number("relid"));
            is_bounded &= !table.is_some_and(|(table, _)| (self.is_unbounded)(table, alias(node)));
        });
        is_bounded.then(|| self.served(test, operator, &operand, right))?
    }

    /// What serves an operator on a column, where another operand is known.
    fn served(&self, node: &Node, operator: &super::catalogue::Operator, operand: &Operand, other: &Node) -> Option<Served> {
        let in_array = node.kind == "SCALARARRAYOPEXPR";
        if in_array && !node.is("useOr") {
            return None;
        }
        let keys = vec![operand.text()];
        let searched = |method: &str, class: Option<String>, needs| Served {
            keys: keys.clone(),
            method: method.to_owned(),
            class,
            rank: Rank::Searched,
            needs,
        };
        if operator.is_builtin && matches!(operator.name.as_str(), "~~" | "~~*" | "~" | "~*") {
            if let Some(pattern) = constant(other).filter(|pattern| operator.name == "~~" && has_prefix(pattern))
                && !in_array
                && !pattern.is_empty()
            {
                return Some(Served { class: Some("text_pattern_ops".to_owned()), ..btree(keys, Rank::Ordered) });
            }
            let trigrams = operator.classes.iter().find(|class| class.method == "gin");
            let is_text = operator.takes_text;
            return match trigrams {
                Some(class) => Some(searched("gin", class.name.clone(), None)),
                None if is_text && self.catalogue.has_trigrams => {
                    Some(searched("gin", Some("gin_trgm_ops".to_owned()), Some(TRIGRAMS)))
                }
                None => None,
            };
        }
        // The type's own class first, and the methods in the order in which they are thought of.
        let methods = ["btree", "gin", "gist", "spgist", "hash"];
        let rank = |class: &Class| {
            let method = methods.iter().position(|method| *method == class.method)?;
            (!(in_array && class.method == "hash")).then_some((class.name.is_some(), method))
        };
        let best = operator.classes.iter().filter(|class| rank(class).is_some()).min_by_key(|class| rank(class))?;
        Some(match best.method.as_str() {
            "btree" => {
                Served { class: best.name.clone(), ..btree(keys, if best.strategy == 3 { Rank::Equal } else { Rank::Ordered }) }
            }
            method => searched(method, best.name.clone(), None),
        })
    }

    /// The column of the table that an operand is, or an expression of one that an index can hold.
    fn operand<'n>(&self, node: &'n Node, query: &'n Node, place: &Place<'n>) -> Option<Operand> {
        let mut has_column = false;
        let (key, is_expression) = self.expression(node, query, place, &mut has_column)?;
        has_column.then_some(Operand { key, is_expression })
    }

    fn expression<'n>(&self, node: &'n Node, query: &'n Node, place: &Place<'n>, has_column: &mut bool) -> Option<(String, bool)> {
        let mut part = |node: &'n Node| {
            let (text, is_expression) = self.expression(node, query, place, has_column)?;
            Some(enclosed(&text, is_expression))
        };
        match node.kind.as_str() {
            "VAR" if node.number("varlevelsup") == 0 => {
                let (number, column) = (node.number("varno"), node.number("varattno"));
                if std::ptr::eq(query, place.query) && number == place.number {
                    *has_column = true;
                    let entry = nth(&query.nodes("rtable"), number)?;
                    return Some((sql_name(self.catalogue.table(entry.number("relid"))?.1.get(&column)?), false));
                }
                let (inside, query) = beneath(query, number, column)?;
                self.expression(inside, query, place, has_column)
            }
            "RELABELTYPE" => self.expression(node.node("arg")?, query, place, has_column),
            "CONST" => self.literal(node).map(|text| (text, false)),
            "COERCEVIAIO" => {
                let argument = node.node("arg")?;
                let is_fixed =
                    argument.kind != "VAR" || self.catalogue.r#type(argument, "vartype").is_some_and(|kind| kind.has_fixed_text);
                let kind = self.catalogue.r#type(node, "resulttype").filter(|kind| is_fixed && kind.has_fixed_text)?;
                Some((format!("{}::{}", part(argument)?, kind.sql), true))
            }
            "FUNCEXPR" => {
                let function = self.catalogue.function(node).filter(|function| function.is_immutable)?;
                let arguments = node.nodes("args");
                // A cast, written out or not.
                if let ([argument], 1 | 2) = (arguments.as_slice(), node.number("funcformat")) {
                    let kind = self.catalogue.r#type(node, "funcresulttype")?;
                    return Some((format!("{}::{}", part(argument)?, kind.sql), true));
                }
                let arguments: Vec<String> = arguments.into_iter().map(part).collect::<Option<_>>()?;
                Some((format!("{}({})", function.sql, arguments.join(", ")), false))
            }
            "OPEXPR" => {
                let operator = self.catalogue.operator(node, "opno")?;
                let [left, right] = node.nodes("args")[..] else { return None };
                let is_known = operator.is_builtin && operator.is_immutable;
                let (left, right) = (part(left)?, part(right)?);
                is_known.then(|| (format!("{left} {} {right}", operator.name), true))
            }
            "COALESCEEXPR" | "COALESCE" => {
                let arguments: Vec<String> = node.nodes("args").into_iter().map(part).collect::<Option<_>>()?;
                Some((format!("coalesce({})", arguments.join(", ")), false))
            }
            _ => None,
        }
    }

    /// A constant as SQL.
    fn literal(&self, node: &Node) -> Option<String> {
        let kind = node.number("consttype");
        if kind == INTEGER || kind == CONFIGURATION {
            let value: [u8; 4] = bytes(node)?.get(..4)?.try_into().ok()?;
            return if kind == INTEGER {
                let number = i32::from_le_bytes(value);
                (number >= 0).then(|| number.to_string())
            } else {
                self.catalogue.configurations.get(&u32::from_le_bytes(value)).map(|name| format!("'{name}'"))
            };
        }
        let text = constant(node)?;
        (!text.contains(['\'', '\\']) && !text.chars().any(char::is_control)).then(|| format!("'{text}'"))
    }

    /// Whether an operand is a value, or comes from tables that are bounded.
    fn bounds(&self, node: &Node, query: &Node, place: &Place<'_>) -> bool {
        let mut is_bounded = true;
        node.visit(&mut |node| {
            if node.kind == "VAR" && node.number("varlevelsup") == 0 {
                let entry = nth(&query.nodes("rtable"), node.number("varno"));
                let is_unbounded = entry.is_some_and(|entry| {
                    let table = self.catalogue.table(entry.number("relid"));
                    table.is_some_and(|(table, _)| (self.is_unbounded)(table, alias(entry)))
                });
                let is_of_place = std::ptr::eq(query, place.query) && node.number("varno") == place.number;
                is_bounded &= !is_of_place && !is_unbounded;
            }
            is_bounded &= !(node.kind == "FUNCEXPR" && self.catalogue.function(node).is_some_and(|function| function.is_volatile));
        });
        is_bounded
    }
}

fn btree(keys: Vec<String>, rank: Rank) -> Served {
    Served { keys, method: "btree".to_owned(), class: None, rank, needs: None }
}

/// The expression that a column of a subquery, or of a join, is, where conditions pass through.
fn beneath(query: &Node, number: i64, column: i64) -> Option<(&Node, &Node)> {
    let entry = nth(&query.nodes("rtable"), number)?;
    if entry.number("rtekind") == 2 {
        return Some((nth(&entry.nodes("joinaliasvars"), column)?, query));
    }
    let inner = entry.node("subquery").filter(|_| entry.number("rtekind") == 1)?;
    let absent = |field: &str| inner.node(field).is_none() && inner.items(field).is_empty();
    let fields = [
        "groupClause",
        "groupingSets",
        "havingQual",
        "windowClause",
        "distinctClause",
        "setOperations",
        "limitCount",
        "limitOffset",
    ];
    let is_plain = fields.into_iter().all(absent) && !inner.is("hasAggs");
    let target = nth(&inner.nodes("targetList"), column)?;
    is_plain.then(|| Some((target.node("expr")?, inner)))?
}

/// Whether a condition is on a column of a table.
fn mentions(node: &Node, query: &Node, place: &Place<'_>) -> bool {
    let mut found = false;
    node.visit(&mut |node| {
        let (number, column) = (node.number("varno"), node.number("varattno"));
        found |= node.kind == "VAR"
            && ((std::ptr::eq(query, place.query) && number == place.number)
                || beneath(query, number, column).is_some_and(|(inside, query)| mentions(inside, query, place)));
    });
    found
}

/// The number of the parameter that an expression is, perhaps cast.
pub(super) fn parameter(node: &Node) -> Option<i64> {
    match node.kind.as_str() {
        "PARAM" => (node.number("paramkind") == 0).then(|| node.number("paramid")),
        "RELABELTYPE" | "COERCEVIAIO" | "COERCETODOMAIN" | "ARRAYCOERCEEXPR" | "COLLATEEXPR" => parameter(node.node("arg")?),
        "FUNCEXPR" if matches!(node.number("funcformat"), 1 | 2) => parameter(node.nodes("args").first()?),
        _ => None,
    }
}

/// The bytes of a constant.
fn bytes(node: &Node) -> Option<Vec<u8>> {
    if node.is("constisnull") {
        return None;
    }
    // The length stands before the bytes, which are printed with a sign.
    let bytes = numbers(node.items("constvalue").get(1..)?);
    Some(bytes.into_iter().filter_map(|byte| i8::try_from(byte).ok()).map(i8::cast_unsigned).collect())
}

/// <https://www.postgresql.org/docs/current/catalog-pg-type.html>: the numbers of these types do not change.
const TEXTS: [i64; 2] = [25, 1043];
const INTEGER: i64 = 23;
const CONFIGURATION: i64 = 3734;

/// A constant of text.
fn constant(node: &Node) -> Option<String> {
    if node.kind == "RELABELTYPE" {
        return constant(node.node("arg")?);
    }
    if node.kind != "CONST" || !TEXTS.contains(&node.number("consttype")) {
        return None;
    }
    // The first four bytes say the length.
    String::from_utf8(bytes(node)?.get(4..)?.to_vec()).ok()
}

/// Whether a pattern of LIKE begins with letters of its own.
fn has_prefix(pattern: &str) -> bool {
    !pattern.starts_with(['%', '_', '\\'])
}
