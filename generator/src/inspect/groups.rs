//! Findings as reports print them: those of one rule that follow from one decision are one block.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Finding, Inspection, Severity,
    form::line,
    rules::{Rule, Topic, rule},
};

/// From how many tables on all tables of a schema are one line.
const WHOLE: usize = 3;

/// Findings of one rule, severity and decision.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    /// How bad they are.
    pub(super) severity: Severity,
    /// Their rule.
    pub(super) rule: &'static Rule,
    /// The positions of the findings in the inspection, in their order.
    pub(super) positions: Vec<usize>,
    /// The findings.
    pub(super) findings: Vec<&'a Finding>,
    /// What they say, each message with the objects of which it is true; the most frequent message first.
    pub(super) messages: Vec<(&'a str, Vec<String>)>,
}

impl Group<'_> {
    /// The message where all findings have the same one, else what the rule looks for.
    pub(super) fn message(&self) -> &str {
        if let [(message, _)] = self.messages.as_slice() { message } else { self.rule.summary }
    }

    /// Every cure of the block, one after the other; equal ones once.
    pub(super) fn joined(&self, part: impl Fn(&Finding) -> Option<&String>) -> Option<String> {
        let mut seen = BTreeSet::new();
        let parts: Vec<&str> = self
            .findings
            .iter()
            .filter_map(|finding| part(finding))
            .filter(|part| seen.insert(*part))
            .map(String::as_str)
            .collect();
        (!parts.is_empty()).then(|| parts.join("\n"))
    }
}

/// The blocks, the most important first: by severity, then by what they are about, then by how many findings they hold.
pub(super) fn groups(inspection: &Inspection) -> Vec<Group<'_>> {
    let mut found = BTreeMap::<(Severity, Topic, &str, &str), Vec<usize>>::new();
    for (position, finding) in inspection.findings.iter().enumerate() {
        let key = (finding.severity, rule(finding.rule).topic, finding.rule, finding.group.as_str());
        found.entry(key).or_default().push(position);
    }
    let tables = tables_of_schemas(inspection);
    let mut groups: Vec<Group<'_>> = found
        .into_iter()
        .map(|((severity, _, name, _), positions)| {
            let findings: Vec<&Finding> = positions.iter().map(|position| &inspection.findings[*position]).collect();
            let mut messages = BTreeMap::<&str, Vec<&str>>::new();
            for finding in &findings {
                messages.entry(&finding.message).or_default().push(&finding.object);
            }
            let mut messages: Vec<(&str, Vec<String>)> =
                messages.into_iter().map(|(message, objects)| (message, folded(&objects, &tables))).collect();
            messages.sort_by_key(|(_, objects)| std::cmp::Reverse(objects.len()));
            Group { severity, rule: rule(name), positions, findings, messages }
        })
        .collect();
    groups.sort_by_key(|group| (group.severity, group.rule.topic, std::cmp::Reverse(group.findings.len()), group.rule.name));
    groups
}

/// Schema → its tables that are no views and no partitions.
fn tables_of_schemas(inspection: &Inspection) -> BTreeMap<&str, BTreeSet<String>> {
    let mut tables = BTreeMap::<&str, BTreeSet<String>>::new();
    let is_table = |kind: &str| matches!(kind, "table" | "partitioned table");
    for table in inspection.tables.iter().filter(|table| is_table(table.kind) && table.domain.is_some()) {
        tables.entry(&table.schema).or_default().insert(table.qualified());
    }
    tables
}

/// Objects, all tables of a schema as one.
fn folded(objects: &[&str], tables: &BTreeMap<&str, BTreeSet<String>>) -> Vec<String> {
    let mut rest: BTreeSet<&str> = objects.iter().copied().collect();
    let mut whole = Vec::new();
    for (schema, members) in tables.iter().filter(|(_, members)| members.len() >= WHOLE) {
        if members.iter().all(|member| rest.contains(member.as_str())) {
            rest.retain(|object| !members.contains(*object));
            whole.push(format!("every table of {schema} ({})", members.len()));
        }
    }
    whole.into_iter().chain(rest.into_iter().map(str::to_owned)).collect()
}

/// Every cure, in the order of the report, as a file of SQL in which everything is a comment: nothing runs before
/// somebody has read it.
pub fn cures(inspection: &Inspection) -> String {
    let mut text = format!(
        "--- Cures for the database {}, the most important first.\n\
         --- Everything is a comment: read a cure, remove the mark before its lines, run it.\n\
         ---\n\
         ---   \"-- \"   SQL\n\
         ---   \"--< \"  SQL that takes the cure back\n\
         ---   \"--$ \"  a command of the shell\n\
         ---   \"--# \"  lines of codegen.toml, instead of the SQL\n",
        line(&inspection.server.database)
    );
    for group in groups(inspection) {
        let parts = |finding: &Finding| {
            [
                ("-- ", finding.cure.clone()),
                ("--< ", finding.undo.clone()),
                ("--$ ", finding.command.clone()),
                ("--# ", finding.configuration.clone()),
            ]
        };
        let cured: Vec<&&Finding> =
            group.findings.iter().filter(|finding| parts(finding).iter().any(|(_, part)| part.is_some())).collect();
        if cured.is_empty() {
            continue;
        }
        let (severity, name) = (group.severity.word(), group.rule.name);
        text.push_str(&format!(
            "\n\n--- {severity} {name} ({}): {}\n--- {}\n",
            cured.len(),
            line(group.message()),
            group.rule.documentation
        ));
        for finding in cured {
            text.push_str(&format!("\n--- {}: {}\n", line(&finding.object), line(&finding.message)));
            for (mark, part) in parts(finding) {
                // A name may hold the end of a line, whatever stands for one.
                let lines = part.iter().flat_map(|part| part.split(['\n', '\r']));
                text.extend(lines.map(|line| format!("{mark}{line}\n")));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::{TableFacts, rules::finding};

    fn table(name: &str) -> TableFacts {
        TableFacts {
            schema: "public".to_owned(),
            name: name.to_owned(),
            domain: Some("public".to_owned()),
            kind: "table",
            ..TableFacts::default()
        }
    }

    fn inspection() -> Inspection {
        let of = |rule, name: &str, message: &str| finding(rule, format!("public.{name}"), message.to_owned());
        Inspection {
            tables: ["a", "b", "c"].map(table).to_vec(),
            findings: vec![
                Finding { cure: Some("select\r1\n;".to_owned()), ..of("check-as-enum", "a", "x") },
                of("no-primary-key", "a", "has no primary key"),
                of("no-primary-key", "b", "has no primary key"),
                of("no-primary-key", "c", "has no primary key"),
                of("unindexed-foreign-key", "a.k", "no index begins with k"),
                of("row-security-disabled", "b", "all of its rows are open to anon"),
            ],
            ..Inspection::default()
        }
    }

    #[test]
    fn findings_of_one_rule_are_one_block_the_most_important_first() {
        let inspection = inspection();
        let groups = groups(&inspection);
        let rules: Vec<&str> = groups.iter().map(|group| group.rule.name).collect();
        assert_eq!(rules, ["row-security-disabled", "no-primary-key", "unindexed-foreign-key", "check-as-enum"]);
        assert_eq!(groups[1].messages, [("has no primary key", vec!["every table of public (3)".to_owned()])]);
        assert_eq!(groups[1].positions, [1, 2, 3]);
    }

    #[test]
    fn a_file_of_cures_runs_nothing_by_itself() {
        let text = cures(&inspection());
        assert!(text.lines().all(|line| line.is_empty() || line.starts_with("--")), "{text}");
        assert!(text.contains("\n-- select\n-- 1\n-- ;\n"), "{text}");
    }
}
