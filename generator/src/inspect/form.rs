//! The report as text for a terminal and as Markdown.

use std::collections::BTreeMap;

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, presets};

use super::{Finding, Inspection, Reach, Severity, TableFacts};

/// How many remarks of a rule a terminal shows.
const REMARKS: usize = 25;

/// Bytes in the unit that a person would use.
pub(super) fn bytes(bytes: i64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut tenths = bytes.saturating_mul(10) / 1024;
    let mut unit = 0;
    while tenths >= 10 * 1024 && unit + 1 < units.len() {
        tenths /= 1024;
        unit += 1;
    }
    if tenths >= 1000 {
        format!("{} {}", tenths / 10, units[unit])
    } else {
        format!("{}.{} {}", tenths / 10, tenths % 10, units[unit])
    }
}

/// The number of rows, with a mark where it is an estimate.
pub(super) fn rows(table: &TableFacts) -> String {
    match table.rows {
        None => "?".to_owned(),
        Some(rows) => format!("{}{}", if table.estimated { "≈ " } else { "" }, grouped(rows)),
    }
}

/// `1950` → `1 950`, with a narrow space that does not break.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    if digits.len() <= 4 {
        return format!("{sign}{digits}");
    }
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("{sign}{}", groups.join("\u{202f}"))
}

/// What a line of text may hold: names from the database cannot move the cursor or break a table.
fn line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A number of things.
pub(super) fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// The tables of each domain, and what is in none.
fn by_domain(inspection: &Inspection) -> BTreeMap<&str, Vec<&TableFacts>> {
    let mut groups = BTreeMap::<&str, Vec<&TableFacts>>::new();
    for table in &inspection.tables {
        groups.entry(table.domain.as_deref().unwrap_or("in no domain")).or_default().push(table);
    }
    groups
}

fn state(table: &TableFacts) -> String {
    let mut words = vec![table.state.to_owned()];
    if table.row_security != "off" {
        words.push(format!("RLS {}, {}", table.row_security, count(table.policies.len(), "policy", "policies")));
    }
    words.join("; ")
}

/// The summary, in a line.
fn summary(inspection: &Inspection) -> String {
    let number = |severity: Severity| inspection.findings.iter().filter(|finding| finding.severity == severity).count();
    let views = inspection.tables.iter().filter(|table| table.kind.ends_with("view")).count();
    format!(
        "{}, {}, {} in {}; {}, {}, {}",
        count(inspection.tables.len() - views, "table", "tables"),
        count(views, "view", "views"),
        count(inspection.relations.len(), "relation", "relations"),
        count(inspection.domains.len(), "domain", "domains"),
        count(number(Severity::Error), "error", "errors"),
        count(number(Severity::Warning), "warning", "warnings"),
        count(number(Severity::Info), "remark", "remarks"),
    )
}

/// A table with these headings, as wide as the terminal where no width is said.
fn lines(headings: &[&str], width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).enforce_styling();
    if let Some(width) = width {
        table.set_width(width);
    }
    table
        .set_header(headings.iter().map(|heading| Cell::new(heading).add_attributes(vec![Attribute::Bold, Attribute::Underlined])));
    table
}

/// The report for a terminal, of this width where one is said, with colours.
pub fn text(inspection: &Inspection, width: Option<u16>) -> String {
    let server = &inspection.server;
    let mut text = format!(
        "{} on PostgreSQL {}, {}, read by {}\n{}\n",
        line(&server.database),
        line(&server.version),
        bytes(server.bytes),
        line(&server.role),
        summary(inspection)
    );
    for (domain, tables) in by_domain(inspection) {
        let mut table = lines(&["table", "kind", "rows", "heap", "indexes", "toast", "dead", "state"], width);
        for facts in &tables {
            let number = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
            let state_cell = Cell::new(state(facts));
            table.add_row([
                Cell::new(line(&facts.qualified())),
                Cell::new(facts.kind),
                number(rows(facts)),
                number(bytes(facts.heap_bytes)),
                number(bytes(facts.index_bytes)),
                number(bytes(facts.toast_bytes)),
                number(grouped(facts.dead_rows)),
                if facts.state == "used" { state_cell } else { state_cell.fg(Color::DarkGrey) },
            ]);
        }
        text.push_str(&format!("\n{} ({})\n{table}\n", line(domain), count(tables.len(), "table", "tables")));
    }
    text.push_str(&roles(inspection, width));
    for (severity, word) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Info, "Remarks")] {
        let of: Vec<&Finding> = inspection.findings.iter().filter(|finding| finding.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{word} ({})\n", of.len()));
        for (rule, findings) in by_rule(&of) {
            text.push_str(&format!(
                "  {rule} ({}){}\n",
                findings.len(),
                findings[0].splinter.map(|name| format!(", splinter {name}")).unwrap_or_default()
            ));
            // Remarks come in numbers; the other forms have all of them.
            let shown = if severity == Severity::Info { REMARKS } else { findings.len() };
            let rest = findings.len().saturating_sub(shown);
            for finding in findings.into_iter().take(shown) {
                text.push_str(&format!("    {}: {}\n", line(&finding.object), line(&finding.message)));
                let most = if severity == Severity::Info { 1 } else { 8 };
                for evidence in finding.evidence.iter().take(most) {
                    text.push_str(&format!("      {}\n", line(evidence)));
                }
                if finding.evidence.len() > most && severity != Severity::Info {
                    text.push_str(&format!("      … and {} more\n", finding.evidence.len() - most));
                }
                if let Some(cure) = finding.cure.as_ref().filter(|_| severity != Severity::Info) {
                    for part in cure.lines() {
                        text.push_str(&format!("      > {}\n", line(part)));
                    }
                }
            }
            if rest > 0 {
                text.push_str(&format!("    … and {rest} more: --format markdown has them all\n"));
            }
        }
    }
    if !inspection.unread.is_empty() {
        text.push_str("\nNot read\n");
        for unread in &inspection.unread {
            text.push_str(&format!("  {}: {}\n", line(&unread.object), line(&unread.reason)));
        }
    }
    text
}

/// What each role reads and writes, by domain.
fn roles(inspection: &Inspection, width: Option<u16>) -> String {
    let mut table = lines(&["role", "reads", "writes", "through policies"], width);
    for role in &inspection.roles {
        if role.superuser {
            table.add_row([line(&role.name), "everything".to_owned(), "everything".to_owned(), "no: a superuser".to_owned()]);
            continue;
        }
        let of: Vec<_> = inspection.access.iter().filter(|access| access.role == role.name).collect();
        let reaches = |reach: &Reach| !matches!(reach, Reach::No | Reach::NoRows);
        let reads = of.iter().filter(|access| reaches(&access.commands[0])).count();
        let writes = of.iter().filter(|access| access.commands[1..].iter().any(reaches)).count();
        let through = of.iter().filter(|access| access.commands.iter().any(|reach| matches!(reach, Reach::Policies(_)))).count();
        let through =
            if role.bypasses_row_security { "no: it bypasses them".to_owned() } else { count(through, "table", "tables") };
        table.add_row([line(&role.name), count(reads, "table", "tables"), count(writes, "table", "tables"), through]);
    }
    format!("\nRoles\n{table}\n")
}

fn by_rule<'f>(findings: &[&'f Finding]) -> BTreeMap<&'static str, Vec<&'f Finding>> {
    let mut rules = BTreeMap::<&'static str, Vec<&Finding>>::new();
    for finding in findings {
        rules.entry(finding.rule).or_default().push(finding);
    }
    rules
}

/// Text in a cell of a table of Markdown, or in its line.
fn cell(text: &str) -> String {
    let mut escaped = String::new();
    for letter in line(text).chars() {
        if "\\`*_{}[]<>|#&~".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A block of code that what is in it cannot end.
fn block(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}sql\n{text}\n{fence}\n")
}

/// The report as Markdown.
pub fn markdown(inspection: &Inspection) -> String {
    let server = &inspection.server;
    let mut page = format!(
        "# {}\n\nPostgreSQL {}, {}, read by {}. {}.\n",
        cell(&server.database),
        cell(&server.version),
        bytes(server.bytes),
        cell(&server.role),
        summary(inspection)
    );
    page.push_str("\n## Tables\n");
    for (domain, tables) in by_domain(inspection) {
        page.push_str(&format!(
            "\n### {}\n\n| table | kind | rows | heap | indexes | toast | dead rows | state |\n|---|---|---:|---:|---:|---:|---:|---|\n",
            cell(domain)
        ));
        for table in tables {
            page.push_str(&format!(
                "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
                cell(&table.qualified()),
                table.kind,
                rows(table),
                bytes(table.heap_bytes),
                bytes(table.index_bytes),
                bytes(table.toast_bytes),
                grouped(table.dead_rows),
                state(table)
            ));
        }
    }
    page.push_str("\n## Findings\n");
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let of: Vec<&Finding> = inspection.findings.iter().filter(|finding| finding.severity == severity).collect();
        for (rule, findings) in by_rule(&of) {
            let documentation = findings[0].documentation;
            let splinter = findings[0].splinter.map(|name| format!(", splinter `{name}`")).unwrap_or_default();
            page.push_str(&format!("\n### {}: [{rule}]({documentation}) ({}{splinter})\n\n", severity.word(), findings.len()));
            for finding in findings {
                page.push_str(&format!("- **{}** {}\n", cell(&finding.object), cell(&finding.message)));
                for evidence in &finding.evidence {
                    page.push_str(&format!("  - {}\n", cell(evidence)));
                }
                if let Some(cure) = &finding.cure {
                    let indented: String = block(cure).lines().map(|line| format!("  {line}\n")).collect();
                    page.push_str(&format!("\n{indented}\n"));
                }
            }
        }
    }
    page.push_str("\n## Relations\n\n| from | to | known by |\n|---|---|---|\n");
    for relation in &inspection.relations {
        let origin = cell(&relation.origin.words());
        let side = |table: &str, columns: &[String]| cell(&format!("{table} ({})", columns.join(", ")));
        page.push_str(&format!(
            "| {} | {} | {origin} |\n",
            side(&relation.from, &relation.columns),
            side(&relation.to, &relation.referenced)
        ));
    }
    page.push_str("\n## Access\n\n| table | role | select | insert | update | delete |\n|---|---|---|---|---|---|\n");
    for access in &inspection.access {
        let reach = |reach: &Reach| match reach {
            Reach::No => String::new(),
            Reach::All => "all rows".to_owned(),
            Reach::NoRows => "no rows".to_owned(),
            Reach::Policies(names) => cell(&names.join("; ")),
        };
        let commands: Vec<String> = access.commands.iter().map(reach).collect();
        page.push_str(&format!("| {} | {} | {} |\n", cell(&access.table), cell(&access.role), commands.join(" | ")));
    }
    if !inspection.unread.is_empty() {
        page.push_str("\n## Not read\n\n");
        for unread in &inspection.unread {
            page.push_str(&format!("- {}: {}\n", cell(&unread.object), cell(&unread.reason)));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{block, bytes, cell, grouped};

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(
            [0, 1023, 1024, 8192, 1_048_576, 123_456_789].map(bytes),
            ["0 B", "1023 B", "1.0 KiB", "8.0 KiB", "1.0 MiB", "117 MiB"]
        );
        assert_eq!([7, 1950, 12345, -1_234_567].map(grouped), ["7", "1950", "12\u{202f}345", "-1\u{202f}234\u{202f}567"]);
    }

    #[test]
    fn names_cannot_break_out_of_markdown() {
        assert_eq!(cell("a|b\n<script>"), "a\\|b \\<script\\>");
        assert!(block("a ``` b").starts_with("````sql\n"));
    }
}
