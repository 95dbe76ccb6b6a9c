//! The walk over a query's tree. The rules follow the manual's chapters on queries and functions,
//! and the planner's own `reduce_outer_joins` and `find_nonnullable_vars`.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    facts::{Facts, TableFacts},
    tree::{Node, Value, numbers},
};
use crate::schema::Oid;

/// A column of a query's result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The name.
    pub name: String,
    /// Whether it can be NULL, as far as is known.
    pub nullable: bool,
    /// The table and the column (`attnum`) that it is, unchanged.
    pub origin: Option<(Oid, i64)>,
}

/// Analyses queries against what the catalogue says.
#[derive(Debug)]
pub struct Analysis<'f> {
    facts: &'f Facts,
    /// Views that were walked, and those being walked.
    views: RefCell<BTreeMap<Oid, Vec<bool>>>,
}

/// A variable: a range table entry and a column of it.
type Variable = (i64, i64);

/// A query being walked.
struct Scope<'s> {
    query: &'s Node,
    outer: Option<&'s Scope<'s>>,
    /// For each range table entry the columns that can be NULL, before any join.
    columns: Vec<Vec<bool>>,
    /// For each entry the outer joins that give NULL for all of it.
    nulled: BTreeMap<i64, BTreeSet<i64>>,
    /// Variables that the conditions prove not to be NULL.
    proven: BTreeSet<Variable>,
    /// Grouping expressions that some grouping set leaves out.
    left_out: BTreeSet<Variable>,
    left_out_references: BTreeSet<i64>,
    /// Every group holds a row.
    groups_hold_rows: bool,
    /// An outer join that is looked through.
    ignored: Option<i64>,
    ctes: BTreeMap<String, Vec<bool>>,
}

/// `frameOptions`: from the start of the partition, or from this row.
const FRAME_START: i64 = 0x20 | 0x200;
/// To the end of the partition, or to this row.
const FRAME_END: i64 = 0x100 | 0x400;
/// Some rows are excluded.
const FRAME_EXCLUSION: i64 = 0x8000 | 0x10000 | 0x20000;

/// `jointype`
const INNER: i64 = 0;
const LEFT: i64 = 1;
const FULL: i64 = 2;
const RIGHT: i64 = 3;

impl<'f> Analysis<'f> {
    /// An analysis that knows these facts.
    pub fn new(facts: &'f Facts) -> Self {
        Self { facts, views: RefCell::new(BTreeMap::new()) }
    }

    /// The columns of a query's result; none for a statement that returns nothing.
    pub fn outputs(&self, query: &Node) -> Vec<Output> {
        let nullable = self.query(query, None);
        targets(query)
            .into_iter()
            .zip(nullable)
            .map(|(target, nullable)| {
                let origin = (Oid::try_from(target.number("resorigtbl")).unwrap_or(0), target.number("resorigcol"));
                Output {
                    name: target.word("resname").to_owned(),
                    nullable,
                    origin: (origin.0 != 0 && origin.1 > 0).then_some(origin),
                }
            })
            .collect()
    }

    fn query(&self, query: &Node, outer: Option<&Scope<'_>>) -> Vec<bool> {
        let mut scope = Scope {
            query,
            outer,
            columns: Vec::new(),
            nulled: BTreeMap::new(),
            proven: BTreeSet::new(),
            left_out: BTreeSet::new(),
            left_out_references: BTreeSet::new(),
            groups_hold_rows: false,
            ignored: None,
            ctes: BTreeMap::new(),
        };
        for cte in query.nodes("cteList") {
            let columns = self.cte(cte, &scope);
            scope.ctes.insert(cte.word("ctename").to_owned(), columns);
        }
        for entry in query.nodes("rtable") {
            // What is beside a lateral entry is not known yet.
            let columns = if entry.is("lateral") { vec![true; width(entry)] } else { self.entry(entry, &scope) };
            scope.columns.push(columns);
        }
        if let Value::Node(operation) = query.get("setOperations") {
            return set_operation(operation, &scope);
        }
        self.joins(&mut scope);
        for (index, entry) in query.nodes("rtable").into_iter().enumerate().filter(|(_, entry)| entry.is("lateral")) {
            scope.columns[index] = self.entry(entry, &scope);
        }
        grouping(&mut scope);
        targets(query)
            .into_iter()
            .map(|target| {
                scope.left_out_references.contains(&target.number("ressortgroupref"))
                    || target.node("expr").is_none_or(|expression| self.nullable(expression, &scope))
            })
            .collect()
    }

    /// A common table expression; one that refers to itself is assumed to hold no NULL until a round
    /// shows otherwise, which is sound once nothing changes.
    fn cte(&self, cte: &Node, scope: &Scope<'_>) -> Vec<bool> {
        let Some(query) = cte.node("ctequery") else { return Vec::new() };
        if !cte.is("cterecursive") {
            return self.query(query, Some(scope));
        }
        let mut assumed = vec![false; targets(query).len()];
        loop {
            let mut inner = scope.shallow();
            inner.ctes.insert(cte.word("ctename").to_owned(), assumed.clone());
            let found = self.query(query, Some(&inner));
            let next: Vec<bool> = assumed.iter().zip(&found).map(|(before, now)| *before || *now).collect();
            if next == assumed {
                return next;
            }
            assumed = next;
        }
    }

    /// The columns of a range table entry that can be NULL.
    fn entry(&self, entry: &Node, scope: &Scope<'_>) -> Vec<bool> {
        let width = width(entry);
        let all = vec![true; width];
        match entry.number("rtekind") {
            0 => {
                let oid = Oid::try_from(entry.number("relid")).unwrap_or(0);
                self.relation(oid, width)
            }
            1 => entry.node("subquery").map_or(all, |query| self.query(query, Some(scope))),
            3 => self.functions(entry, width, scope),
            5 => {
                let rows: Vec<&[Value]> = entry
                    .items("values_lists")
                    .iter()
                    .filter_map(|row| match row {
                        Value::List(items) => Some(items.as_slice()),
                        _ => None,
                    })
                    .collect();
                (0..width)
                    .map(|column| {
                        rows.iter().any(|row| match row.get(column) {
                            Some(Value::Node(expression)) => self.nullable(expression, scope),
                            _ => true,
                        })
                    })
                    .collect()
            }
            6 => {
                let mut level = Some(scope);
                for _ in 0..entry.number("ctelevelsup") {
                    level = level.and_then(|scope| scope.outer);
                }
                // The scope of a recursive query stands in for the one that it is in.
                level.and_then(|scope| scope.ctes.get(entry.word("ctename"))).cloned().unwrap_or(all)
            }
            // Joins and groups are looked through.
            _ => all,
        }
    }

    fn relation(&self, oid: Oid, width: usize) -> Vec<bool> {
        let Some(table) = self.facts.tables.get(&oid) else { return vec![true; width] };
        if let Some(query) = table.view.as_ref().and_then(Value::query) {
            if let Some(known) = self.views.borrow().get(&oid) {
                return known.clone();
            }
            // A view cannot refer to itself, but a broken catalogue might.
            self.views.borrow_mut().insert(oid, vec![true; width]);
            let columns = self.query(query, None);
            self.views.borrow_mut().insert(oid, columns.clone());
            return columns;
        }
        (1..=width).map(|number| !i64::try_from(number).is_ok_and(|number| table.not_null.contains(&number))).collect()
    }

    fn functions(&self, entry: &Node, width: usize, scope: &Scope<'_>) -> Vec<bool> {
        let functions = entry.nodes("functions");
        let mut columns = vec![true; width];
        if let [only] = functions.as_slice()
            && let Some(call) = only.node("funcexpr")
        {
            let name = self.function(call, "funcid").and_then(|facts| facts.builtin.as_deref());
            let rows_hold_values = matches!(
                name,
                Some(
                    "generate_series"
                        | "jsonb_array_elements"
                        | "json_array_elements"
                        | "jsonb_object_keys"
                        | "json_object_keys"
                        | "regexp_split_to_table"
                        | "jsonb_each"
                        | "json_each"
                        | "generate_subscripts"
                )
            );
            let count = usize::try_from(only.number("funccolcount")).unwrap_or(0);
            // A function that returns no set stands for its one value.
            let is_value = !call.is("funcretset") && count == 1 && call.kind == "FUNCEXPR" && !self.nullable(call, scope);
            if rows_hold_values || is_value {
                columns.iter_mut().take(count).for_each(|column| *column = false);
            }
        }
        if entry.is("funcordinality")
            && let Some(last) = columns.last_mut()
        {
            *last = false;
        }
        columns
    }

    fn function(&self, node: &Node, field: &str) -> Option<&super::FunctionFacts> {
        self.facts.functions.get(&Oid::try_from(node.number(field)).ok()?)
    }

    /// Finds which outer joins give NULL in the rows of the result, and what conditions prove.
    fn joins(&self, scope: &mut Scope<'_>) {
        let Some(tree) = scope.query.node("jointree") else { return };
        // What an update assigns is not what its condition saw.
        let written: BTreeSet<Variable> = if scope.query.number("commandType") == 2 {
            let table = scope.query.number("resultRelation");
            scope.query.nodes("targetList").iter().map(|target| (table, target.number("resno"))).collect()
        } else {
            BTreeSet::new()
        };
        loop {
            let before = (scope.nulled.clone(), scope.proven.clone());
            let mut proven = scope.proven.clone();
            let mut nulled = BTreeMap::new();
            self.walk(tree, true, &BTreeSet::new(), scope, &mut proven, &mut nulled);
            if let Some(having) = scope.query.node("havingQual") {
                self.prove(having, true, scope, &mut proven);
            }
            scope.proven = proven.difference(&written).copied().collect();
            scope.nulled = nulled;
            if before == (scope.nulled.clone(), scope.proven.clone()) {
                return;
            }
        }
    }

    /// `holds`: conditions found here hold for every row of the result. `above`: the outer joins
    /// that give NULL for what is here.
    fn walk(
        &self,
        node: &Node,
        holds: bool,
        above: &BTreeSet<i64>,
        scope: &Scope<'_>,
        proven: &mut BTreeSet<Variable>,
        nulled: &mut BTreeMap<i64, BTreeSet<i64>>,
    ) {
        match node.kind.as_str() {
            "RANGETBLREF" => {
                nulled.insert(node.number("rtindex"), above.clone());
            }
            "FROMEXPR" => {
                for item in node.nodes("fromlist") {
                    self.walk(item, holds, above, scope, proven, nulled);
                }
                if let (true, Some(quals)) = (holds, node.node("quals")) {
                    self.prove(quals, true, scope, proven);
                }
            }
            "JOINEXPR" => {
                let index = node.number("rtindex");
                nulled.insert(index, above.clone());
                let (Some(left), Some(right)) = (node.node("larg"), node.node("rarg")) else { return };
                let present = |side: &Node| {
                    let members = members(side);
                    proven.iter().any(|(entry, _)| members.contains(entry))
                };
                let kind = node.number("jointype");
                // A side is given NULL unless something proves one of its columns, or a key does.
                let null_left =
                    matches!(kind, RIGHT | FULL) && !present(left) && !(kind == RIGHT && self.is_total(node, right, left, scope));
                let null_right =
                    matches!(kind, LEFT | FULL) && !present(right) && !(kind == LEFT && self.is_total(node, left, right, scope));
                let with = |yes: bool| if yes { above.iter().copied().chain([index]).collect() } else { above.clone() };
                self.walk(left, holds && !null_left, &with(null_left), scope, proven, nulled);
                self.walk(right, holds && !null_right, &with(null_right), scope, proven, nulled);
                let condition_holds = kind == INNER || (kind != FULL && !null_left && !null_right);
                if let (true, true, Some(quals)) = (holds, condition_holds, node.node("quals")) {
                    self.prove(quals, true, scope, proven);
                }
            }
            _ => {}
        }
    }

    /// Whether there is a row of `target` for each of `from`: a foreign key promises it, or the
    /// target is a query that gives one row, whatever it finds.
    fn is_total(&self, join: &Node, from: &Node, target: &Node, scope: &Scope<'_>) -> bool {
        if target.kind != "RANGETBLREF" {
            return false;
        }
        let index = target.number("rtindex");
        let entries = scope.query.nodes("rtable");
        let entry = |index: i64| usize::try_from(index - 1).ok().and_then(|index| entries.get(index));
        if let Some(query) = entry(index).and_then(|entry| entry.node("subquery")) {
            return gives_one_row(query) && join.node("quals").is_none_or(is_true);
        }
        let table = |index: i64| {
            let entry = entry(index)?;
            let plain = entry.number("rtekind") == 0 && *entry.get("tablesample") == Value::Nothing;
            let oid = Oid::try_from(entry.number("relid")).ok()?;
            let facts = self.facts.tables.get(&oid)?;
            (plain && facts.view.is_none()).then_some((oid, facts))
        };
        let Some((referenced, TableFacts { row_security: false, .. })) = table(index) else { return false };
        let Some(quals) = join.node("quals") else { return false };
        let conditions = if quals.kind == "BOOLEXPR" && quals.word("boolop") == "and" { quals.nodes("args") } else { vec![quals] };
        let sides = members(from);
        let mut pairs = Vec::new();
        let mut holder = None;
        for condition in conditions {
            let equal = condition.kind == "OPEXPR"
                && self
                    .function(condition, "opfuncid")
                    .and_then(|facts| facts.builtin.as_deref())
                    .is_some_and(|name| name.ends_with("eq"));
            let variables: Option<Vec<Variable>> =
                condition.nodes("args").into_iter().map(|argument| scope.variable(argument)).collect();
            let (true, Some([left, right])) = (equal, variables.as_deref()) else { return false };
            let (near, far) = if right.0 == index { (left, right) } else { (right, left) };
            if far.0 != index || !sides.contains(&near.0) || holder.is_some_and(|holder| holder != near.0) {
                return false;
            }
            holder = Some(near.0);
            if self.variable_nullable(*near, scope) {
                return false;
            }
            pairs.push((near.1, far.1));
        }
        let Some((referring, TableFacts { inherits: false, .. })) = holder.and_then(table) else { return false };
        pairs.sort_unstable();
        pairs.dedup();
        self.facts.foreign_keys.iter().any(|key| {
            let mut of_key: Vec<(i64, i64)> = key.columns.iter().copied().zip(key.referenced.iter().copied()).collect();
            of_key.sort_unstable();
            key.table == referring && key.references == referenced && of_key == pairs
        })
    }

    /// Adds the variables that cannot be NULL where a condition is true (`top`), or where an
    /// expression is not NULL.
    fn prove(&self, node: &Node, top: bool, scope: &Scope<'_>, proven: &mut BTreeSet<Variable>) {
        match node.kind.as_str() {
            "VAR" => {
                proven.extend(scope.variable(node).filter(|(_, column)| *column > 0));
            }
            "RELABELTYPE" | "COLLATEEXPR" | "COERCEVIAIO" | "ARRAYCOERCEEXPR" => {
                if let Some(argument) = node.node("arg") {
                    self.prove(argument, false, scope, proven);
                }
            }
            "FUNCEXPR" | "OPEXPR" | "NULLIFEXPR" => {
                let field = if node.kind == "FUNCEXPR" { "funcid" } else { "opfuncid" };
                let strict = node.kind != "NULLIFEXPR" && self.function(node, field).is_some_and(|facts| facts.strict);
                if strict {
                    node.nodes("args").into_iter().for_each(|argument| self.prove(argument, false, scope, proven));
                } else if node.kind == "NULLIFEXPR"
                    && let [first, ..] = node.nodes("args").as_slice()
                {
                    self.prove(first, false, scope, proven);
                }
            }
            "SCALARARRAYOPEXPR" if top && node.is("useOr") => {
                if self.function(node, "opfuncid").is_some_and(|facts| facts.strict)
                    && let [left, ..] = node.nodes("args").as_slice()
                {
                    self.prove(left, false, scope, proven);
                }
            }
            "SUBLINK" if top && node.number("subLinkType") == 2 => {
                // x in (select …) is not true for NULL.
                if let Some(test) = node.node("testexpr") {
                    self.prove(test, true, scope, proven);
                }
            }
            "BOOLEXPR" => {
                let arguments = node.nodes("args");
                match node.word("boolop") {
                    "and" if top => arguments.into_iter().for_each(|argument| self.prove(argument, true, scope, proven)),
                    // Of `a or b`, and of an `and` that is merely not NULL, one may decide alone.
                    "or" | "and" => {
                        let mut each = arguments.into_iter().map(|argument| {
                            let mut of = BTreeSet::new();
                            self.prove(argument, top, scope, &mut of);
                            of
                        });
                        if let Some(first) = each.next() {
                            proven.extend(each.fold(first, |all, of| all.intersection(&of).copied().collect()));
                        }
                    }
                    _ => arguments.into_iter().for_each(|argument| self.prove(argument, false, scope, proven)),
                }
            }
            "NULLTEST" if top && node.number("nulltesttype") == 1 && !node.is("argisrow") => {
                if let Some(argument) = node.node("arg") {
                    self.prove(argument, false, scope, proven);
                }
            }
            // IS TRUE, IS FALSE and IS NOT UNKNOWN.
            "BOOLEANTEST" if top && matches!(node.number("booltesttype"), 0 | 2 | 5) => {
                if let Some(argument) = node.node("arg") {
                    self.prove(argument, node.number("booltesttype") == 0, scope, proven);
                }
            }
            _ => {}
        }
    }

    fn variable_nullable(&self, (entry, column): Variable, scope: &Scope<'_>) -> bool {
        if scope.left_out.contains(&(entry, column)) {
            return true;
        }
        if scope.proven.contains(&(entry, column)) {
            return false;
        }
        let nulled = scope.nulled.get(&entry).is_some_and(|joins| joins.iter().any(|join| Some(*join) != scope.ignored));
        if let Some(alias) = scope.alias((entry, column)) {
            return self.join_column(entry, column, alias, scope);
        }
        if nulled {
            return true;
        }
        // The whole row, and the columns of the system.
        if column <= 0 {
            return false;
        }
        let columns = usize::try_from(entry - 1).ok().and_then(|index| scope.columns.get(index));
        columns.and_then(|columns| columns.get(usize::try_from(column - 1).ok()?)).copied().unwrap_or(true)
    }

    /// A column of a join: one of either side, or, of FULL JOIN … USING, the one that is there.
    fn join_column(&self, entry: i64, column: i64, alias: &Node, scope: &Scope<'_>) -> bool {
        let join = usize::try_from(entry - 1).ok().and_then(|index| scope.query.nodes("rtable").get(index).copied());
        let merged = join.is_some_and(|join| join.number("jointype") == FULL && column <= join.number("joinmergedcols"));
        if !merged || alias.kind != "COALESCEEXPR" {
            return self.nullable(alias, scope);
        }
        let mut inside = scope.shallow();
        inside.ignored = Some(entry);
        alias.nodes("args").into_iter().any(|argument| self.nullable(argument, &inside))
    }

    fn any_nullable(&self, nodes: &[&Node], scope: &Scope<'_>) -> bool {
        nodes.iter().any(|node| self.nullable(node, scope))
    }

    /// Whether an expression can be NULL.
    fn nullable(&self, node: &Node, scope: &Scope<'_>) -> bool {
        let arguments = || node.nodes("args");
        let argument = || node.node("arg").is_none_or(|argument| self.nullable(argument, scope));
        match node.kind.as_str() {
            "VAR" => self.var(node, scope),
            "CONST" => node.is("constisnull"),
            "FUNCEXPR" => self.call(node, "funcid", scope),
            "OPEXPR" => self.call(node, "opfuncid", scope),
            "SCALARARRAYOPEXPR" => {
                let total = self.function(node, "opfuncid").is_some_and(super::FunctionFacts::is_total);
                match arguments().as_slice() {
                    [left, right] => {
                        !total || self.nullable(left, scope) || self.nullable(right, scope) || self.may_hold_null(right, scope)
                    }
                    _ => true,
                }
            }
            "DISTINCTEXPR" | "NULLTEST" | "BOOLEANTEST" | "ARRAYEXPR" | "ARRAY" | "ROWEXPR" | "GROUPINGFUNC" | "NEXTVALUEEXPR"
            | "MERGESUPPORTFUNC" => false,
            "SQLVALUEFUNCTION" => node.number("op") == 14,
            "BOOLEXPR" => self.any_nullable(&arguments(), scope),
            "COALESCEEXPR" | "COALESCE" | "MINMAXEXPR" | "MINMAX" => {
                arguments().into_iter().all(|argument| self.nullable(argument, scope))
            }
            "CASEEXPR" | "CASE" => self.case(node, scope),
            "RELABELTYPE" | "COERCEVIAIO" | "ARRAYCOERCEEXPR" | "CONVERTROWTYPEEXPR" | "COLLATEEXPR" => argument(),
            "COERCETODOMAIN" => {
                let refuses = Oid::try_from(node.number("resulttype")).is_ok_and(|kind| self.facts.not_null_types.contains(&kind));
                !refuses && argument()
            }
            "AGGREF" => self.aggregate(node, "aggfnoid", scope.groups_hold_rows, scope),
            "WINDOWFUNC" => self.window(node, scope),
            "SUBLINK" => self.sublink(node, scope),
            "JSONCONSTRUCTOREXPR" => !matches!(node.number("type"), 1 | 2),
            "JSONISPREDICATE" => node.node("expr").is_none_or(|expression| self.nullable(expression, scope)),
            _ => true,
        }
    }

    fn var(&self, node: &Node, scope: &Scope<'_>) -> bool {
        let mut level = scope;
        for _ in 0..node.number("varlevelsup") {
            match level.outer {
                Some(outer) => level = outer,
                None => return true,
            }
        }
        // OLD of a row that was not there, and NEW of one that is gone (PostgreSQL 18).
        let (command, returning) = (level.query.number("commandType"), node.number("varreturningtype"));
        if (returning == 1 && !matches!(command, 2 | 4)) || (returning == 2 && !matches!(command, 2 | 3)) || command == 5 {
            return true;
        }
        // A group's column stands for the expression that it is.
        let (entry, column) = (node.number("varno"), node.number("varattno"));
        let of_group = usize::try_from(entry - 1).ok().and_then(|index| level.query.nodes("rtable").get(index).copied());
        if let Some(group) = of_group.filter(|entry| entry.number("rtekind") == 9)
            && !level.left_out.contains(&(entry, column))
        {
            let expressions = group.nodes("groupexprs");
            return usize::try_from(column - 1)
                .ok()
                .and_then(|index| expressions.get(index).copied())
                .is_none_or(|expression| self.nullable(expression, level));
        }
        self.variable_nullable((entry, column), level)
    }

    fn call(&self, node: &Node, field: &str, scope: &Scope<'_>) -> bool {
        let Some(facts) = self.function(node, field) else { return true };
        if facts.is_always_a_value() {
            return false;
        }
        !facts.is_total() || self.any_nullable(&node.nodes("args"), scope)
    }

    /// Whether an array may hold NULL among its elements.
    fn may_hold_null(&self, node: &Node, scope: &Scope<'_>) -> bool {
        match node.kind.as_str() {
            "ARRAYEXPR" | "ARRAY" => self.any_nullable(&node.nodes("elements"), scope),
            "CONST" => {
                // The third word of an array's bytes says where its NULLs are marked: 0 for none.
                let bytes = node.items("constvalue").get(2..).map(numbers).unwrap_or_default();
                bytes.get(8..12).is_none_or(|offset| offset.iter().any(|byte| *byte != 0))
            }
            "RELABELTYPE" | "ARRAYCOERCEEXPR" => node.node("arg").is_none_or(|argument| self.may_hold_null(argument, scope)),
            _ => true,
        }
    }

    fn case(&self, node: &Node, scope: &Scope<'_>) -> bool {
        // In `case x when …` the conditions compare a stand-in for x.
        let branches = node.nodes("args");
        let otherwise = node.node("defresult");
        let any = branches.iter().any(|branch| {
            let mut inside = scope.shallow();
            if let Some(condition) = branch.node("expr") {
                self.prove(condition, true, scope, &mut inside.proven);
            }
            branch.node("result").is_none_or(|result| self.nullable(result, &inside))
        });
        let mut inside = scope.shallow();
        for branch in &branches {
            // Where none of the conditions held, `x is null` did not.
            if let Some(condition) =
                branch.node("expr").filter(|condition| condition.kind == "NULLTEST" && condition.number("nulltesttype") == 0)
                && let Some(argument) = condition.node("arg")
            {
                self.prove(argument, false, scope, &mut inside.proven);
            }
        }
        any || otherwise.is_none_or(|result| self.nullable(result, &inside))
    }

    /// An aggregate over rows of which there is at least one, or perhaps none.
    fn aggregate(&self, node: &Node, field: &str, holds_rows: bool, scope: &Scope<'_>) -> bool {
        let Some(name) = self.function(node, field).and_then(|facts| facts.builtin.as_deref()) else { return true };
        if matches!(name, "count" | "regr_count") {
            return false;
        }
        if !holds_rows || node.node("aggfilter").is_some() {
            return true;
        }
        match name {
            "array_agg" | "json_agg" | "jsonb_agg" | "json_object_agg" | "jsonb_object_agg" | "rank" | "dense_rank" => false,
            "sum" | "avg" | "min" | "max" | "bool_and" | "bool_or" | "every" | "bit_and" | "bit_or" | "bit_xor" | "string_agg"
            | "any_value" | "stddev_pop" | "var_pop" | "xmlagg" | "range_agg" => {
                let arguments = node.nodes("args");
                let first = arguments.first().map(|argument| argument.node("expr").unwrap_or(argument));
                first.is_none_or(|argument| self.nullable(argument, scope))
            }
            _ => true,
        }
    }

    fn window(&self, node: &Node, scope: &Scope<'_>) -> bool {
        let Some(name) = self.function(node, "winfnoid").and_then(|facts| facts.builtin.as_deref()) else { return true };
        let arguments = node.nodes("args");
        match name {
            "row_number" | "rank" | "dense_rank" | "percent_rank" | "cume_dist" | "count" => return false,
            "ntile" => return self.any_nullable(&arguments, scope),
            // With a default for where there is no such row.
            "lag" | "lead" => return arguments.len() < 3 || self.any_nullable(&arguments, scope),
            _ => {}
        }
        let clause = scope.query.nodes("windowClause").into_iter().find(|clause| clause.number("winref") == node.number("winref"));
        // Frames from the start of the partition, or from this row, to this row or the end hold this row.
        // https://www.postgresql.org/docs/current/sql-expressions.html#SYNTAX-WINDOW-FUNCTIONS
        let holds_row = clause.is_some_and(|clause| {
            let options = clause.number("frameOptions");
            options & FRAME_START != 0 && options & FRAME_END != 0 && options & FRAME_EXCLUSION == 0
        });
        match name {
            "first_value" | "last_value" => !holds_row || self.any_nullable(&arguments, scope),
            _ => self.aggregate(node, "winfnoid", holds_row, scope),
        }
    }

    fn sublink(&self, node: &Node, scope: &Scope<'_>) -> bool {
        let Some(query) = node.node("subselect") else { return true };
        match node.number("subLinkType") {
            // EXISTS and ARRAY.
            0 | 6 => false,
            // ALL and ANY: NULL on either side may decide.
            1 | 2 => {
                let test = node.node("testexpr");
                let left = test.is_none_or(|test| match test.kind.as_str() {
                    "OPEXPR" => {
                        let total = self.function(test, "opfuncid").is_some_and(super::FunctionFacts::is_total);
                        let arguments = test.nodes("args");
                        !total || arguments.iter().any(|argument| !is_parameter(argument) && self.nullable(argument, scope))
                    }
                    _ => true,
                });
                left || self.query(query, Some(scope)).into_iter().any(|nullable| nullable)
            }
            // One value, or NULL where there is no row.
            4 => !gives_one_row(query) || self.query(query, Some(scope)).first().copied().unwrap_or(true),
            _ => true,
        }
    }
}

impl<'s> Scope<'s> {
    /// The variable that an expression is, through relabelling and join aliases.
    fn variable(&self, node: &Node) -> Option<Variable> {
        match node.kind.as_str() {
            "RELABELTYPE" | "COLLATEEXPR" => self.variable(node.node("arg")?),
            "VAR" if node.number("varlevelsup") == 0 => {
                let variable = (node.number("varno"), node.number("varattno"));
                match self.alias(variable) {
                    Some(alias) => self.variable(alias),
                    None => Some(variable),
                }
            }
            _ => None,
        }
    }

    /// The same scope, to be changed.
    fn shallow(&self) -> Scope<'s> {
        Scope {
            query: self.query,
            outer: self.outer,
            columns: self.columns.clone(),
            nulled: self.nulled.clone(),
            proven: self.proven.clone(),
            left_out: self.left_out.clone(),
            left_out_references: self.left_out_references.clone(),
            groups_hold_rows: self.groups_hold_rows,
            ignored: self.ignored,
            ctes: self.ctes.clone(),
        }
    }

    /// The expression that a column of a join stands for.
    fn alias(&self, (entry, column): Variable) -> Option<&'s Node> {
        let entry = self.query.nodes("rtable").get(usize::try_from(entry - 1).ok()?).copied()?;
        if entry.number("rtekind") != 2 {
            return None;
        }
        match entry.items("joinaliasvars").get(usize::try_from(column - 1).ok()?)? {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }
}

fn width(entry: &Node) -> usize {
    entry.node("eref").map_or(0, |names| names.items("colnames").len())
}

/// The columns of a table (`attnum`) that a check of it proves not to be NULL: where it is false, or
/// NULL, for NULL. A check that is NULL passes, so only `is not null` and what is never NULL proves.
pub fn checked_columns(analysis: &Analysis<'_>, check: &Value) -> BTreeSet<i64> {
    fn prove(analysis: &Analysis<'_>, node: &Node, columns: &mut BTreeSet<i64>) {
        match node.kind.as_str() {
            "BOOLEXPR" if node.word("boolop") == "and" => {
                node.nodes("args").into_iter().for_each(|argument| prove(analysis, argument, columns));
            }
            "NULLTEST" if node.number("nulltesttype") == 1 && !node.is("argisrow") => {
                if let Some(argument) = node.node("arg") {
                    strict(analysis, argument, columns);
                }
            }
            _ => {}
        }
    }
    fn strict(analysis: &Analysis<'_>, node: &Node, columns: &mut BTreeSet<i64>) {
        match node.kind.as_str() {
            "VAR" => {
                columns.insert(node.number("varattno"));
            }
            "RELABELTYPE" => {
                if let Some(argument) = node.node("arg") {
                    strict(analysis, argument, columns);
                }
            }
            "FUNCEXPR" | "OPEXPR" => {
                let field = if node.kind == "FUNCEXPR" { "funcid" } else { "opfuncid" };
                if analysis.function(node, field).is_some_and(|facts| facts.strict) {
                    node.nodes("args").into_iter().for_each(|argument| strict(analysis, argument, columns));
                }
            }
            _ => {}
        }
    }
    let mut columns = BTreeSet::new();
    if let Value::Node(node) = check {
        prove(analysis, node, &mut columns);
    }
    columns
}

fn is_parameter(node: &Node) -> bool {
    node.kind == "PARAM" || (node.kind == "RELABELTYPE" && node.node("arg").is_some_and(is_parameter))
}

/// The columns of the result: those of RETURNING where rows are written.
pub(crate) fn targets(query: &Node) -> Vec<&Node> {
    let list = if query.number("commandType") == 1 { "targetList" } else { "returningList" };
    // From PostgreSQL 18 on, RETURNING may stand in a clause of its own.
    query.nodes(list).into_iter().filter(|target| !target.is("resjunk")).collect()
}

/// The range table entries below a part of the join tree.
fn members(node: &Node) -> BTreeSet<i64> {
    let mut members = BTreeSet::new();
    node.visit(&mut |node| {
        if node.kind == "RANGETBLREF" {
            members.insert(node.number("rtindex"));
        }
    });
    members
}

fn set_operation(node: &Node, scope: &Scope<'_>) -> Vec<bool> {
    let side = |field: &str| match node.node(field) {
        Some(leaf) if leaf.kind == "RANGETBLREF" => {
            usize::try_from(leaf.number("rtindex") - 1).ok().and_then(|index| scope.columns.get(index)).cloned().unwrap_or_default()
        }
        Some(operation) => set_operation(operation, scope),
        None => Vec::new(),
    };
    let (left, right) = (side("larg"), side("rarg"));
    // 1 UNION, 2 INTERSECT, 3 EXCEPT.
    let operation = node.number("op");
    left.into_iter()
        .enumerate()
        .map(|(column, left)| {
            let right = right.get(column).copied().unwrap_or(true);
            match operation {
                2 => left && right,
                3 => left,
                _ => left || right,
            }
        })
        .collect()
}

/// Finds the grouping expressions that some grouping set leaves out.
fn grouping(scope: &mut Scope<'_>) {
    let query = scope.query;
    let clauses: Vec<i64> = query.nodes("groupClause").iter().map(|clause| clause.number("tleSortGroupRef")).collect();
    let sets = query.nodes("groupingSets");
    if sets.is_empty() {
        scope.groups_hold_rows = !clauses.is_empty();
        return;
    }
    let always: BTreeSet<i64> = sets.iter().flat_map(|set| always_there(set)).collect();
    scope.groups_hold_rows = !always.is_empty();
    for target in query.nodes("targetList") {
        let reference = target.number("ressortgroupref");
        if clauses.contains(&reference) && !always.contains(&reference) {
            scope.left_out_references.insert(reference);
            // Before PostgreSQL 18 the same variable stands in other expressions as well.
            if let Some(variable) = target.node("expr").and_then(|expression| scope.variable(expression)) {
                scope.left_out.insert(variable);
            }
        }
    }
    // From PostgreSQL 18 on, they are columns of an entry of their own.
    for (index, entry) in query.nodes("rtable").iter().enumerate() {
        if entry.number("rtekind") == 9 {
            let index = i64::try_from(index + 1).unwrap_or(0);
            for (column, reference) in clauses.iter().enumerate() {
                if !always.contains(reference) {
                    scope.left_out.insert((index, i64::try_from(column + 1).unwrap_or(0)));
                }
            }
        }
    }
}

/// The grouping expressions that every set of a clause holds.
fn always_there(set: &Node) -> BTreeSet<i64> {
    match set.number("kind") {
        1 => set.numbers("content").into_iter().collect(),
        4 => {
            let mut sets = set.nodes("content").into_iter().map(always_there);
            let first = sets.next().unwrap_or_default();
            sets.fold(first, |all, set| all.intersection(&set).copied().collect())
        }
        // The empty set, ROLLUP and CUBE.
        _ => BTreeSet::new(),
    }
}

/// Whether a condition is the constant `true`.
fn is_true(node: &Node) -> bool {
    node.kind == "CONST"
        && !node.is("constisnull")
        && node.items("constvalue").get(2..).map(numbers).is_some_and(|bytes| bytes.first() == Some(&1))
}

/// Whether a query gives exactly one row, whatever the tables hold.
fn gives_one_row(query: &Node) -> bool {
    let absent =
        |field: &str| matches!(query.get(field), Value::Nothing) || query.items(field).is_empty() && query.node(field).is_none();
    let unlimited = absent("limitCount") && absent("limitOffset") && absent("setOperations");
    let aggregates = query.is("hasAggs") && absent("groupClause") && absent("groupingSets") && absent("havingQual");
    let no_tables = query.node("jointree").is_some_and(|tree| tree.items("fromlist").is_empty() && tree.node("quals").is_none())
        && absent("havingQual")
        && !query.is("hasTargetSRFs")
        && absent("groupClause");
    unlimited && query.number("commandType") == 1 && (aggregates || no_tables)
}
