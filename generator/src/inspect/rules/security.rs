//! Rules on who may do what: row level security, policies, functions, extensions.

use super::{Context, Granted, finding, holds, option_of, sql};
use crate::{
    inspect::{Finding, form::count},
    plan::sql_name,
    schema::{Function, Policy, Table, TableKind, Walker},
};

/// Words in names of columns that nobody but the owner should read.
const SECRET: &[&str] =
    &["password", "passwd", "secret", "ssn", "cvv", "iban", "api_key", "access_token", "refresh_token", "private_key"];

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in context.tables() {
        match table.row().kind {
            TableKind::Ordinary | TableKind::Partitioned => {
                row_security(context, table, findings);
                policies(context, table, findings);
            }
            TableKind::View => view(context, table, findings),
            TableKind::MaterializedView | TableKind::Foreign => {
                let readers = context.api_readers(table);
                let rule =
                    if table.row().kind == TableKind::Foreign { "foreign-table-exposed" } else { "materialized-view-exposed" };
                if !readers.is_empty() {
                    let (cure, undo) = revoked(context, table, &readers);
                    findings.push(Finding {
                        cure: Some(cure),
                        undo,
                        ..finding(rule, table.qualified(), format!("may be read by {}", readers.join(", ")))
                    });
                }
                exposes_users(context, table, findings);
            }
        }
        if context.live.extensions.iter().any(|extension| extension.name == "pg_graphql") {
            let readers = context.api_readers(table);
            if !readers.is_empty() {
                findings.push(finding(
                    "graphql-exposed",
                    table.qualified(),
                    format!("is shown by GraphQL to {}", readers.join(", ")),
                ));
            }
        }
    }
    for function in context.schema.functions() {
        of_function(context, function, findings);
    }
    unguarded(context, findings);
    anonymous(context, findings);
    for extension in &context.live.extensions {
        let name = sql_name(&extension.name);
        if extension.schema == "public" && context.is_served("public") {
            let is_movable = context.live.relocatable.contains(&extension.name);
            let fixed = "its objects cannot be moved: drop it, and create it in another schema".to_owned();
            findings.push(Finding {
                evidence: if is_movable { Vec::new() } else { vec![fixed] },
                cure: is_movable
                    .then(|| format!("create schema if not exists extensions;\nalter extension {name} set schema extensions;")),
                undo: is_movable.then(|| format!("alter extension {name} set schema public;")),
                ..finding("extension-in-public", extension.name.clone(), "is installed in the schema public".to_owned())
            });
        }
        if let Some(newer) = extension.default_version.as_ref().filter(|newer| **newer != extension.version) {
            findings.push(Finding {
                evidence: vec![format!("{} is installed, the server has {newer}", extension.version)],
                cure: Some(format!("alter extension {name} update;")),
                ..finding("extension-outdated", extension.name.clone(), "is not the server's version".to_owned())
            });
        }
    }
}

/// SQL that takes reading from these roles, and SQL that gives it back.
fn revoked(context: &Context<'_>, table: Walker<'_, Table>, readers: &[&str]) -> (String, Option<String>) {
    let row = table.row();
    let granted = Granted {
        privilege: "select",
        letter: 'r',
        kind: "table",
        object: sql(table),
        grants: &row.grants,
        owner: &row.owner,
        is_default: false,
    };
    let (cure, undo) = granted.revoked(context.live, readers);
    // What was granted on columns goes with it.
    (cure, undo.filter(|_| table.columns().all(|column| column.row().grants.is_empty())))
}

fn row_security(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    let row = table.row();
    let policies: Vec<String> = table.policies().map(|policy| policy.row().name.clone()).collect();
    let enable = format!("alter table {} enable row level security;", sql(table));
    let disable = format!("alter table {} disable row level security;", sql(table));
    if row.row_security {
        if policies.is_empty() {
            let message = "lets nobody but its owner in: it has no policy".to_owned();
            findings.push(finding("row-security-without-policy", table.qualified(), message));
        }
        return;
    }
    if !policies.is_empty() {
        findings.push(Finding {
            evidence: policies,
            cure: Some(enable.clone()),
            undo: Some(disable.clone()),
            ..finding("policy-without-row-security", table.qualified(), "has policies that do nothing".to_owned())
        });
    }
    let reached = context.api(table, |commands| commands.contains(&true));
    if reached.is_empty() {
        return;
    }
    let queue = table.namespace().name == "pgmq" && (table.name.starts_with("q_") || table.name.starts_with("a_"));
    findings.push(Finding {
        cure: Some(enable),
        undo: Some(disable),
        group: format!("row-security-disabled in {}", table.namespace().name),
        ..finding(
            if queue { "queue-exposed" } else { "row-security-disabled" },
            table.qualified(),
            format!("all of its rows are open to {}", reached.join(", ")),
        )
    });
    let secret: Vec<String> = table
        .columns()
        .map(|column| column.row().name.clone())
        .filter(|name| SECRET.iter().any(|word| crate::plan::name::snake(name).contains(word)))
        .collect();
    let readers = context.api_readers(table);
    if !secret.is_empty() && !readers.is_empty() {
        findings.push(Finding {
            evidence: secret,
            ..finding("sensitive-columns-exposed", table.qualified(), format!("{} may read what looks secret", readers.join(", ")))
        });
    }
}

/// Tables that a grant alone would open: a line for each schema.
fn unguarded(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for namespace in context.schema.namespaces().filter(|namespace| context.is_served(&namespace.name)) {
        let is_open = |table: &Walker<'_, Table>| {
            let is_table = matches!(table.row().kind, TableKind::Ordinary | TableKind::Partitioned);
            is_table && !table.row().row_security && table.namespace().name == namespace.name
        };
        let tables: Vec<Walker<'_, Table>> = context
            .tables()
            .filter(is_open)
            .filter(|table| context.api(*table, |commands| commands.contains(&true)).is_empty())
            .collect();
        if tables.is_empty() {
            continue;
        }
        let each = |word: &str| {
            let lines: Vec<String> =
                tables.iter().map(|table| format!("alter table {} {word} row level security;", sql(*table))).collect();
            lines.join("\n")
        };
        let message = format!(
            "{} have no row level security, and no role of the API has a privilege on them",
            count(tables.len(), "table", "tables")
        );
        findings.push(Finding {
            severity: crate::inspect::Severity::Info,
            evidence: tables.iter().map(|table| table.qualified()).collect(),
            cure: Some(each("enable")),
            undo: Some(each("disable")),
            ..finding("row-security-disabled", format!("schema {}", namespace.name), message)
        });
    }
}

fn expressions(policy: &Policy) -> impl Iterator<Item = &String> {
    policy.using.iter().chain(&policy.check)
}

fn policies(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    for policy in table.policies() {
        let row = policy.row();
        let object = format!("{}.{}", table.qualified(), row.name);
        let evidence: Vec<String> = expressions(row).cloned().collect();
        if expressions(row).any(|text| calls_per_row(text)) {
            findings.push(Finding {
                evidence: evidence.clone(),
                cure: Some(altered(table, row, wrapped)),
                undo: Some(altered(table, row, str::to_owned)),
                ..finding("policy-calls-per-row", object.clone(), "calls a function for each row".to_owned())
            });
        }
        if expressions(row).any(|text| text.contains("user_metadata") || text.contains("raw_user_meta_data")) {
            findings.push(Finding {
                evidence: evidence.clone(),
                ..finding("policy-reads-user-metadata", object.clone(), "trusts what users write of themselves".to_owned())
            });
        }
        if expressions(row).any(|text| lets_strangers_in(text)) {
            findings.push(Finding {
                evidence: evidence.clone(),
                ..finding("policy-lets-strangers-in", object.clone(), "is true for who is not signed in".to_owned())
            });
        }
        let is_open = |text: &Option<String>| text.as_deref() == Some("true");
        let writes = match row.command.as_str() {
            "INSERT" => is_open(&row.check),
            "UPDATE" | "DELETE" | "ALL" => is_open(&row.using) || is_open(&row.check),
            _ => false,
        };
        let is_api = row.roles.iter().any(|role| role == "public" || context.options.api_roles.contains(role));
        if row.permissive && writes && is_api {
            findings.push(Finding {
                evidence: evidence.clone(),
                ..finding(
                    "policy-always-true",
                    object.clone(),
                    format!("lets {} do {} with every row", row.roles.join(", "), row.command),
                )
            });
        }
        let is_listing = table.qualified() == "storage.objects"
            && matches!(row.command.as_str(), "SELECT" | "ALL")
            && row.using.as_deref().is_some_and(|text| text.starts_with("(bucket_id = ") && !text.contains(" AND "));
        if is_listing {
            findings
                .push(Finding { evidence, ..finding("public-bucket-listing", object, "lets a whole bucket be listed".to_owned()) });
        }
    }
    several(context, table, findings);
}

/// Several permissive policies for one role and command.
fn several(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    let mut roles: Vec<&str> = context.options.api_roles.iter().map(String::as_str).collect();
    roles.extend(table.policies().flat_map(|policy| &policy.row().roles).map(String::as_str).filter(|role| *role != "public"));
    roles.sort_unstable();
    roles.dedup();
    let known: Vec<&str> = roles.into_iter().filter(|role| context.live.roles.iter().any(|known| known.name == *role)).collect();
    // Policies, the roles that they hold for, and the commands.
    let mut found: Vec<(Vec<String>, Vec<&str>, Vec<&str>)> = Vec::new();
    for command in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
        let of_role = |role: &str| -> Vec<String> {
            let policies =
                table.policies().filter(|policy| policy.row().permissive && holds(policy.row(), context.live, role, command));
            policies.map(|policy| policy.row().name.clone()).collect()
        };
        let mut sets: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
        for role in &known {
            let policies = of_role(role);
            match sets.iter_mut().find(|(set, _)| *set == policies) {
                Some((_, roles)) => roles.push(role),
                None => sets.push((policies, vec![role])),
            }
        }
        for (policies, roles) in sets.into_iter().filter(|(policies, _)| policies.len() > 1) {
            match found.iter_mut().find(|(known, by, _)| *known == policies && *by == roles) {
                Some((_, _, commands)) => commands.push(command),
                None => found.push((policies, roles, vec![command])),
            }
        }
    }
    for (policies, roles, commands) in found {
        let roles = roles.join(", ");
        let message = format!("{} permissive policies hold for {} by {roles}", policies.len(), commands.join(", "));
        findings.push(Finding {
            evidence: policies,
            group: format!("multiple-permissive-policies by {roles}"),
            ..finding("multiple-permissive-policies", table.qualified(), message)
        });
    }
}

/// The functions that read who is asking.
const PER_ROW: &[&str] = &["auth.uid()", "auth.jwt()", "auth.role()", "auth.email()", "current_setting("];

/// Whether an expression calls one of them outside a `SELECT` of its own, as the server prints it.
fn calls_per_row(text: &str) -> bool {
    PER_ROW
        .iter()
        .any(|call| text.match_indices(call).any(|(at, _)| !text[..at].trim_end_matches('(').trim_end().ends_with("SELECT")))
}

fn wrapped(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((at, call)) = PER_ROW.iter().filter_map(|call| rest.find(call).map(|at| (at, *call))).min() {
        let open = at + call.find('(').unwrap_or(0);
        let mut depth = 0_usize;
        let mut is_quoted = false;
        let end = rest[open..].char_indices().find_map(|(offset, letter)| {
            match letter {
                '\'' => is_quoted = !is_quoted,
                '(' if !is_quoted => depth += 1,
                ')' if !is_quoted => depth -= 1,
                _ => {}
            }
            (depth == 0 && !is_quoted).then_some(open + offset + 1)
        });
        let Some(end) = end else { break };
        let is_wrapped = rest[..at].trim_end_matches('(').trim_end().ends_with("SELECT");
        result.push_str(&rest[..at]);
        if is_wrapped {
            result.push_str(&rest[at..end]);
        } else {
            result.push_str(&format!("(select {})", &rest[at..end]));
        }
        rest = &rest[end..];
    }
    result.push_str(rest);
    result
}

/// SQL that gives a policy its expressions as they change.
fn altered(table: Walker<'_, Table>, policy: &Policy, change: impl Fn(&str) -> String) -> String {
    let mut cure = format!("alter policy {} on {}", sql_name(&policy.name), sql(table));
    if let Some(using) = &policy.using {
        cure.push_str(&format!("\n    using ({})", change(using)));
    }
    if let Some(check) = &policy.check {
        cure.push_str(&format!("\n    with check ({})", change(check)));
    }
    cure + ";"
}

fn lets_strangers_in(text: &str) -> bool {
    let plain = text.replace(['(', ')'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    plain.contains(" OR ") && (plain.contains("auth.uid IS NULL") || plain.contains("SELECT auth.uid AS uid IS NULL"))
}

fn view(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    let key = (table.namespace().name.clone(), table.name.clone());
    let options = context.live.tables.get(&key).map(|figures| figures.options.clone()).unwrap_or_default();
    let asks_as_caller = option_of(&options, "security_invoker") == Some(true);
    let readers = context.api_readers(table);
    if !asks_as_caller && !readers.is_empty() {
        findings.push(Finding {
            evidence: vec![format!("{} may read it; it reads as {}", readers.join(", "), table.owner)],
            // https://www.postgresql.org/docs/15/release-15.html
            cure: (context.live.version >= 150_000).then(|| format!("alter view {} set (security_invoker = on);", sql(table))),
            undo: (context.live.version >= 150_000).then(|| format!("alter view {} reset (security_invoker);", sql(table))),
            ..finding("security-definer-view", table.qualified(), "is read with its owner's rights".to_owned())
        });
    }
    exposes_users(context, table, findings);
}

fn exposes_users(context: &Context<'_>, table: Walker<'_, Table>, findings: &mut Vec<Finding>) {
    let readers = context.api_readers(table);
    let shows = table.row().definition.as_deref().is_some_and(|text| text.contains("auth.users"));
    if shows && !readers.is_empty() {
        let (cure, undo) = revoked(context, table, &readers);
        findings.push(Finding {
            cure: Some(cure),
            undo,
            ..finding("auth-users-exposed", table.qualified(), format!("shows rows of auth.users to {}", readers.join(", ")))
        });
    }
}

fn of_function(context: &Context<'_>, function: Walker<'_, Function>, findings: &mut Vec<Finding>) {
    let row = function.row();
    let schema = function.at(row.namespace).name.clone();
    let object = format!("{schema}.{}({})", row.name, row.arguments);
    let full = format!("{}.{}({})", sql_name(&schema), sql_name(&row.name), row.arguments);
    let has_path = row.settings.iter().any(|setting| setting.starts_with("search_path="));
    // The body of a function in C or of the standard's form is bound when it is made.
    if !has_path && !matches!(row.language.as_str(), "c" | "internal") && !row.source.is_empty() {
        let rule = if row.security_definer { "definer-without-search-path" } else { "function-search-path" };
        findings.push(Finding {
            cure: Some(format!("alter routine {full} set search_path = '';  -- and qualify the names in its body")),
            undo: Some(format!("alter routine {full} reset search_path;")),
            ..finding(rule, object.clone(), "has no search_path of its own".to_owned())
        });
    }
    if let Some(roles) = context.live.executable.get(&(schema.clone(), row.name.clone(), row.arguments.clone()))
        && context.is_served(&schema)
    {
        let granted = Granted {
            privilege: "execute",
            letter: 'X',
            kind: "routine",
            object: full,
            grants: &row.grants,
            owner: &row.owner,
            is_default: true,
        };
        let (cure, undo) = granted.revoked(context.live, &roles.iter().map(String::as_str).collect::<Vec<_>>());
        findings.push(Finding {
            cure: Some(cure),
            undo,
            ..finding(
                "definer-function-executable",
                object,
                format!("{} may run it with the rights of {}", roles.join(", "), row.owner),
            )
        });
    }
}

/// Whoever signs in anonymously acts as `authenticated`, too.
fn anonymous(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let has_anonymous = context
        .schema
        .tables()
        .any(|table| table.qualified() == "auth.users" && table.columns().any(|column| column.row().name == "is_anonymous"));
    let asks = |policy: &Policy| expressions(policy).any(|text| text.contains("is_anonymous"));
    let lets = |policy: &Policy| {
        policy.permissive
            && policy.roles.iter().any(|role| role == "authenticated" || role == "public")
            && !asks(policy)
            && expressions(policy).any(|text| text.contains("auth."))
    };
    // A restrictive policy that asks holds for each of the others.
    let is_kept = |table: Walker<'_, Table>| {
        table.policies().any(|policy| !policy.row().permissive && policy.row().command == "ALL" && asks(policy.row()))
    };
    let open: Vec<(Walker<'_, Table>, Walker<'_, Policy>)> = context
        .tables()
        .filter(|table| !is_kept(*table))
        .flat_map(|table| table.policies().map(move |policy| (table, policy)))
        .filter(|(_, policy)| lets(policy.row()))
        .collect();
    if !has_anonymous || open.is_empty() {
        return;
    }
    let message = format!("{} let anonymous users in as others", count(open.len(), "policy may", "policies may"));
    let tokens = context.schema.functions().any(|function| {
        function.name == "jwt" && function.arguments.is_empty() && function.at(function.row().namespace).name == "auth"
    });
    let mut tables: Vec<Walker<'_, Table>> = open.iter().map(|(table, _)| *table).collect();
    tables.dedup();
    let each = |line: &dyn Fn(&str) -> String| {
        let lines: Vec<String> = tables.iter().map(|table| line(&sql(*table))).collect();
        lines.join("\n")
    };
    let create = |table: &str| {
        format!(
            "create policy no_anonymous_users on {table} as restrictive\n    \
             using ((select (auth.jwt() ->> 'is_anonymous')::boolean) is not true);"
        )
    };
    findings.push(Finding {
        cure: tokens.then(|| each(&create)),
        undo: tokens.then(|| each(&|table| format!("drop policy no_anonymous_users on {table};"))),
        evidence: open.iter().map(|(table, policy)| format!("{}: {}", table.qualified(), policy.row().name)).collect(),
        ..finding("anonymous-access", "policies".to_owned(), message)
    });
}

#[cfg(test)]
mod tests {
    use super::{calls_per_row, lets_strangers_in, wrapped};

    #[test]
    fn calls_outside_a_select_are_seen_and_wrapped() {
        assert!(calls_per_row("(auth.uid() = user_id)"));
        assert!(!calls_per_row("(( SELECT auth.uid() AS uid) = user_id)"));
        assert!(calls_per_row("(id IN ( SELECT users.id FROM users WHERE (users.auth_user_id = (auth.uid())::text)))"));
        assert_eq!(wrapped("(auth.uid() = user_id)"), "((select auth.uid()) = user_id)");
        assert_eq!(wrapped("(current_setting('a'::text) = b)"), "((select current_setting('a'::text)) = b)");
        let done = "(( SELECT auth.uid() AS uid) = user_id)";
        assert_eq!(wrapped(done), done);
        assert!(lets_strangers_in("((auth.uid() IS NULL) OR (auth.uid() = user_id))"));
        assert!(!lets_strangers_in("(auth.uid() = user_id)"));
    }
}
