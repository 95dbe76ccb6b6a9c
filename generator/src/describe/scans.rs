//! Which tables a plan reads without a bound.
//!
//! The question is not how many rows a plan reads, which figures decide that differ from database to
//! database, but whether an index lets it read few. The server is asked for three plans without
//! sequential scans, hash joins and merge joins: one as it likes, one that avoids sorting, and one that
//! uses indexes through bitmaps only, which it makes of conditions. The statement is judged by the best
//! of them. What counts as bounded:
//!
//! - An index read by a condition on it: of a btree, on its first column. A partial index counts as a
//!   condition; a condition that removes partitions is not looked at further.
//! - An index, or a table, that is read in order until LIMIT has its rows, with no condition that leaves
//!   rows out on the way. Between the two only steps may stand that give their rows one by one: joins
//!   that keep the rows of the outer side, an incremental sort, a subquery, row locks.
//! - The inner side of a nested loop, looked up for each row of an outer side that is bounded; or looked
//!   up by a whole unique key, or for the first row only, for each row of any.
//!
//! Everything else reads a table from end to end. The tables of the system are not looked at.

use std::collections::BTreeSet;

use serde_json::Value;
use tokio_postgres::{Error, SimpleQueryMessage};

use super::{
    TableName,
    catalogue::{Catalogue, Index},
};
use crate::{connect::Session, nullability::tree, plan::sql_name};

/// Asks for the plans of a statement that the server takes.
///
/// # Errors
/// When the connection fails.
pub(super) async fn plans(session: &Session, sql: &str, parameters: usize) -> Result<Vec<Value>, Error> {
    let client = &session.client;
    let nulls = vec!["null"; parameters].join(", ");
    let arguments = if parameters == 0 { String::new() } else { format!("({nulls})") };
    let mut plans = Vec::new();
    let bitmaps_only = "set local enable_indexscan = off; set local enable_indexonlyscan = off; ";
    for settings in ["", "set local enable_sort = off; ", bitmaps_only] {
        client.batch_execute("savepoint entitree_plan").await?;
        let prepare = format!("{settings}prepare entitree_plan as {sql}");
        if client.batch_execute(&prepare).await.is_ok() {
            let plan = client.simple_query(&format!("explain (verbose, format json) execute entitree_plan{arguments}")).await;
            plans.extend(plan.unwrap_or_default().into_iter().filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => serde_json::from_str(row.get(0)?).ok(),
                _ => None,
            }));
            client.batch_execute("rollback to savepoint entitree_plan; deallocate entitree_plan").await?;
        } else {
            client.batch_execute("rollback to savepoint entitree_plan").await?;
        }
    }
    Ok(plans)
}

/// All tables of these plans: those of functions that the server puts in place are in no tree.
pub(super) fn tables(plans: &[Value]) -> BTreeSet<TableName> {
    fn collect(node: &Value, tables: &mut BTreeSet<TableName>) {
        let (schema, name) = (text(node, "Schema"), text(node, "Relation Name"));
        if !name.is_empty() {
            tables.insert(TableName { schema: schema.to_owned(), name: name.to_owned() });
        }
        children(node).for_each(|below| collect(below, tables));
    }
    let mut tables = BTreeSet::new();
    plans.iter().flat_map(roots).for_each(|root| collect(root, &mut tables));
    tables
}

/// A table that a plan reads from end to end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Whole {
    /// As the statement names it.
    pub(super) table: TableName,
    /// The name that it goes by in the statement.
    pub(super) alias: String,
}

/// What a plan reads without a bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unbounded {
    /// The tables that are read from end to end.
    pub(super) whole: BTreeSet<Whole>,
    /// Those of which one row is looked up for each row of these, and nothing else bounds them.
    pub(super) looked_up: BTreeSet<Whole>,
}

/// What even the best of these plans reads without a bound; `rewritten` is the server's tree.
pub(super) fn unbounded(plans: &[Value], rewritten: Option<&tree::Value>, catalogue: &Catalogue) -> Unbounded {
    let each = plans.iter().map(|plan| {
        let mut reading = Reading {
            catalogue,
            has_limits: !rewritten.is_some_and(skips_without_limit),
            asked_for_any: rewritten.map(asked_for_any).unwrap_or_default(),
            leaves: Vec::new(),
        };
        for root in roots(plan) {
            reading.node(root, Place::default());
        }
        reading.unbounded()
    });
    each.min_by(|left, right| left.whole.len().cmp(&right.whole.len()).then_with(|| left.cmp(right))).unwrap_or_default()
}

/// The plans of `[{"Plan": …}]`: rules can make several of one statement.
fn roots(plan: &Value) -> Vec<&Value> {
    plan.as_array().into_iter().flatten().filter_map(|item| item.get("Plan")).collect()
}

/// Whether a query has OFFSET and no LIMIT: the plan does not tell one from the other.
fn skips_without_limit(tree: &tree::Value) -> bool {
    let mut found = false;
    tree.visit(&mut |node| {
        found |= node.kind == "QUERY" && node.node("limitOffset").is_some() && !is_limited(node);
    });
    found
}

/// Whether a query has a LIMIT that is not NULL.
pub(super) fn is_limited(query: &tree::Node) -> bool {
    query.node("limitCount").is_some_and(|count| !(count.kind == "CONST" && count.is("constisnull")))
}

/// The tables of `exists (select from table)`, of which one row is read.
fn asked_for_any(tree: &tree::Value) -> BTreeSet<i64> {
    let mut tables = BTreeSet::new();
    tree.visit(&mut |node| {
        if node.kind == "SUBLINK"
            && node.number("subLinkType") == 0
            && let Some(query) = node.node("subselect")
            && let [entry] = query.nodes("rtable").as_slice()
            && query.node("jointree").is_some_and(|from| from.node("quals").is_none())
            && !query.is("hasAggs")
        {
            tables.insert(entry.number("relid"));
        }
    });
    tables
}

/// How a table is read.
struct Leaf {
    table: TableName,
    alias: String,
    access: Access,
    place: Place,
}

enum Access {
    /// From end to end.
    Whole,
    /// By conditions on indexes: of each of these lists, one is enough.
    By(Vec<Vec<String>>),
    /// The same, and at most one row for each row of an outer side.
    One(Vec<Vec<String>>),
}

/// What holds for the rows that a step is asked for.
#[derive(Clone, Copy, Default)]
struct Place {
    /// LIMIT ends the reading.
    is_limited: bool,
    /// For each row of an outer side at most one is read.
    gives_one: bool,
    /// The outer side could as well be the inner one.
    is_inner_join: bool,
}

struct Reading<'r> {
    catalogue: &'r Catalogue,
    has_limits: bool,
    asked_for_any: BTreeSet<i64>,
    leaves: Vec<Leaf>,
}

fn text<'v>(node: &'v Value, field: &str) -> &'v str {
    node.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn has(node: &Value, field: &str) -> bool {
    node.get(field).is_some()
}

fn children(node: &Value) -> impl Iterator<Item = &Value> {
    node.get("Plans").and_then(Value::as_array).into_iter().flatten()
}

/// Whether a step, or one below it, leaves out rows by a condition that no index serves.
fn filters(node: &Value) -> bool {
    has(node, "Filter") || has(node, "Join Filter") || children(node).any(filters)
}

impl Reading<'_> {
    fn node(&mut self, node: &Value, place: Place) {
        let kind = text(node, "Node Type");
        let table = TableName { schema: text(node, "Schema").to_owned(), name: text(node, "Relation Name").to_owned() };
        let ends_early = place.is_limited && !has(node, "Filter");
        let access = match kind {
            "Seq Scan" if ends_early => None,
            "Seq Scan" => Some(Access::Whole),
            "Sample Scan" if text(node, "Sampling Method") == "bernoulli" => Some(Access::Whole),
            "Index Scan" | "Index Only Scan" => match self.by_index(node, &table.schema, text(node, "Alias"), place) {
                Some(Access::Whole) if ends_early => None,
                access => access,
            },
            "Bitmap Heap Scan" => children(node).next().and_then(|bitmap| self.bitmap(bitmap, node, place)),
            _ => None,
        };
        if let Some(access) = access.filter(|_| table.schema != "pg_catalog") {
            self.leaves.push(Leaf { table, alias: text(node, "Alias").to_owned(), access, place });
        }
        if kind == "Bitmap Heap Scan" {
            // What is below are its bitmaps, and the queries of its conditions.
            children(node).skip(1).for_each(|below| self.node(below, Place::default()));
            return;
        }
        for below in children(node) {
            let place = match text(below, "Parent Relationship") {
                "InitPlan" => Place { is_limited: self.is_of_any(below), ..Place::default() },
                "SubPlan" => Place::default(),
                side => self.below(node, kind, side, place),
            };
            self.node(below, place);
        }
    }

    /// What a step asks of the one below.
    fn below(&self, node: &Value, kind: &str, side: &str, place: Place) -> Place {
        let goes_on = place.is_limited && !has(node, "Filter");
        match kind {
            "Limit" => Place { is_limited: self.has_limits, gives_one: self.has_limits || place.gives_one, is_inner_join: false },
            "Nested Loop" => {
                let inner = children(node).find(|below| text(below, "Parent Relationship") == "Inner");
                let is_exact = !has(node, "Join Filter") && !inner.is_some_and(filters);
                let is_unique = node.get("Inner Unique").and_then(Value::as_bool).unwrap_or(false);
                let join = text(node, "Join Type");
                if side == "Inner" {
                    let first_only = is_unique || matches!(join, "Semi" | "Anti");
                    Place { is_limited: false, gives_one: is_exact && first_only, is_inner_join: join == "Inner" }
                } else {
                    let keeps = join == "Left" || (join == "Inner" && is_exact);
                    Place { is_limited: goes_on && keeps, ..place }
                }
            }
            "Append" | "Incremental Sort" | "LockRows" | "Materialize" | "Memoize" | "Merge Append" | "ProjectSet" | "Result"
            | "Subquery Scan" => Place { is_limited: goes_on, ..place },
            _ => Place::default(),
        }
    }

    /// Whether a query is of the form `exists (select from table)`.
    fn is_of_any(&self, node: &Value) -> bool {
        let (schema, name) = (text(node, "Schema"), text(node, "Relation Name"));
        let is_named =
            |oid: &i64| self.catalogue.table(*oid).is_some_and(|(table, _)| table.schema == schema && table.name == name);
        self.asked_for_any.iter().any(is_named)
    }

    /// How an index is read.
    fn by_index(&self, node: &Value, schema: &str, alias: &str, place: Place) -> Option<Access> {
        let index = self.catalogue.index(schema, text(node, "Index Name"));
        let conditions = conjuncts(text(node, "Index Cond"));
        if index.is_some_and(|index| index.is_partial) {
            return None;
        }
        if conditions.is_empty() || !index.is_none_or(|index| is_led(index, &conditions, alias)) {
            return Some(Access::Whole);
        }
        let is_one = |condition: &&String| condition.contains(" = ") && !condition.contains(" = ANY ");
        let is_unique = index.is_some_and(|index| index.is_unique && conditions.iter().filter(is_one).count() >= index.keys);
        let access = if is_unique || place.gives_one { Access::One } else { Access::By };
        Some(access(vec![conditions]))
    }

    fn bitmap(&self, node: &Value, heap: &Value, place: Place) -> Option<Access> {
        let mut each = children(node).map(|below| self.bitmap(below, heap, place));
        match text(node, "Node Type") {
            // The rows are in all of these: one that is bounded bounds them.
            "BitmapAnd" => each.try_fold(Access::Whole, |all, access| match (all, access?) {
                (Access::Whole, access) | (access, Access::Whole) => Some(access),
                (Access::By(all) | Access::One(all), Access::By(more) | Access::One(more)) => {
                    let either = |one: &Vec<String>| more.iter().map(|other| [one.clone(), other.clone()].concat()).collect();
                    Some(Access::By(all.iter().flat_map::<Vec<Vec<String>>, _>(either).collect()))
                }
            }),
            "BitmapOr" => each.try_fold(Access::By(Vec::new()), |all, access| match (all, access) {
                (all, None) => Some(all),
                (Access::By(all), Some(Access::By(more) | Access::One(more))) => Some(Access::By([all, more].concat())),
                _ => Some(Access::Whole),
            }),
            _ => self.by_index(node, text(heap, "Schema"), text(heap, "Alias"), place),
        }
    }

    fn unbounded(&self) -> Unbounded {
        let mut whole = self.closed(BTreeSet::new(), false);
        // Of an inner join either side can be looked up: where one is by a unique key, the other is read.
        let swapped: Vec<&str> = whole.iter().copied().filter(|alias| self.could_be_looked_up(alias, &whole)).collect();
        for alias in swapped {
            if self.could_be_looked_up(alias, &whole) {
                whole.remove(alias);
            }
        }
        let looked_up = self.closed(whole.clone(), true);
        let named = |aliases: &BTreeSet<&str>| {
            let leaves = self.leaves.iter().filter(|leaf| aliases.contains(leaf.alias.as_str()));
            leaves
                .map(|leaf| Whole { table: self.catalogue.root(&leaf.table).clone(), alias: leaf.alias.clone() })
                .collect::<BTreeSet<_>>()
        };
        Unbounded { looked_up: named(&looked_up.difference(&whole).copied().collect()), whole: named(&whole) }
    }

    /// The tables that are read from end to end, and those looked up by nothing but keys of such; with
    /// `each`, also those of which one row is looked up.
    fn closed<'s>(&'s self, mut unbounded: BTreeSet<&'s str>, each: bool) -> BTreeSet<&'s str> {
        loop {
            let before = unbounded.len();
            for leaf in &self.leaves {
                let depends = |lists: &[Vec<String>]| {
                    lists
                        .iter()
                        .any(|conditions| conditions.iter().all(|condition| unbounded.iter().any(|alias| names(condition, alias))))
                };
                let is_unbounded = match &leaf.access {
                    Access::Whole => true,
                    Access::By(lists) => depends(lists),
                    Access::One(lists) => each && depends(lists),
                };
                if is_unbounded {
                    unbounded.insert(&leaf.alias);
                }
            }
            if unbounded.len() == before {
                return unbounded;
            }
        }
    }

    /// Whether a table that is the outer side of an inner join has a unique key that the inner side names.
    fn could_be_looked_up(&self, alias: &str, whole: &BTreeSet<&str>) -> bool {
        let Some(outer) = self.leaves.iter().find(|leaf| leaf.alias == alias && matches!(leaf.access, Access::Whole)) else {
            return false;
        };
        let keys: Vec<&str> = self.catalogue.unique_columns(&outer.table).collect();
        self.leaves.iter().any(|inner| {
            let Access::By(lists) = &inner.access else { return false };
            let [conditions] = lists.as_slice() else { return false };
            whole.contains(inner.alias.as_str())
                && inner.place.is_inner_join
                && conditions.iter().any(|condition| {
                    let bare = condition.trim_matches(['(', ')']);
                    let sides = bare.split_once(" = ").map(|(left, right)| [left, right]);
                    sides.into_iter().flatten().any(|side| {
                        prefixes(alias).iter().any(|prefix| side.strip_prefix(prefix).is_some_and(|column| keys.contains(&column)))
                    })
                })
        })
    }
}

/// What the server can print before a column of a table.
fn prefixes(alias: &str) -> [String; 3] {
    [format!("{}.", sql_name(alias)), format!("\"{}\".", alias.replace('"', "\"\"")), format!("{alias}.")]
}

/// Whether one of the conditions is on what an index can be entered by: of a btree its first column.
fn is_led(index: &Index, conditions: &[String], alias: &str) -> bool {
    if index.method != "btree" {
        return true;
    }
    let mut leading = index.leading.as_str();
    while let Some(inside) = leading.strip_prefix('(').and_then(|leading| leading.strip_suffix(')')).filter(|text| is_closed(text))
    {
        leading = inside;
    }
    conditions.iter().any(|condition| {
        let bare = prefixes(alias).iter().fold(condition.clone(), |bare, prefix| without(&bare, prefix));
        positions(&bare, leading).next().is_some()
    })
}

/// Where a text stands in another as a word.
fn positions<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '"' | '$');
    text.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let first = word.chars().next();
        let last = word.chars().next_back();
        let continues = |inside: Option<char>, outside: Option<char>| inside.is_some_and(is_part) && outside.is_some_and(is_part);
        !continues(first, before) && !continues(last, after)
    })
}

fn without(text: &str, prefix: &str) -> String {
    let mut bare = String::new();
    let mut from = 0;
    for at in positions(text, prefix) {
        bare.push_str(&text[from..at]);
        from = at + prefix.len();
    }
    bare.push_str(&text[from..]);
    bare
}

/// Whether a condition that the server prints names a table.
fn names(condition: &str, alias: &str) -> bool {
    prefixes(alias).iter().any(|prefix| positions(condition, prefix).next().is_some())
}

/// Whether each parenthesis of a text is closed in it.
fn is_closed(text: &str) -> bool {
    let depths = text.chars().scan(0_i32, |depth, letter| {
        *depth += i32::from(letter == '(') - i32::from(letter == ')');
        Some(*depth)
    });
    depths.clone().all(|depth| depth >= 0) && depths.last().unwrap_or(0) == 0
}

/// The conditions that one printed by the server consists of: `((a) AND (b))`.
fn conjuncts(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let (mut depth, mut quote, mut start) = (0_usize, None, 1);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), letter) => quote = (open != letter).then_some(open),
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ' ') if depth == 1 && text[at..].starts_with(" AND ") => {
                parts.push(text[start..at].to_owned());
                start = at + " AND ".len();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..text.len() - 1).unwrap_or(text).to_owned());
    parts
}

#[cfg(test)]
mod tests {
    use super::{conjuncts, names};

    #[test]
    fn printed_conditions_are_taken_apart() {
        assert_eq!(conjuncts("(t.a = $1)"), ["t.a = $1"]);
        assert_eq!(conjuncts("((t.a = 'x) AND (y'::text) AND (t.b > $1))"), ["(t.a = 'x) AND (y'::text)", "(t.b > $1)"]);
        assert!(conjuncts("").is_empty());
    }

    #[test]
    fn names_are_found_as_words() {
        assert!(names("(o.id = t.owner_id)", "t"));
        assert!(!names("(o.id = at.owner_id)", "t"));
        assert!(names("(\"Odd t\".id = 1)", "Odd t"));
        assert!(!names("(o.t = 1)", "t"));
    }
}
