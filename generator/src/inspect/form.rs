//! The report as text for a terminal and as Markdown.

use std::collections::BTreeMap;

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, presets};

use super::{
    Finding, Inspection, Reach, Severity, TableFacts,
    groups::{Group, groups},
};

/// How many lines of findings a terminal shows.
const SCREEN: usize = 50;

/// How wide a terminal is of which nothing is known.
const WIDTH: u16 = 120;

/// The least room for a list of objects.
const MINIMUM: usize = 30;

/// How many tables are listed.
const LARGEST: usize = 10;

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
pub(super) fn line(text: &str) -> String {
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

/// The report for a terminal, of this width where one is said, with colours. The findings take one screen, and the
/// tables are the largest ones, unless all are asked for.
pub fn text(inspection: &Inspection, width: Option<u16>, all: bool) -> String {
    let server = &inspection.server;
    let mut text = format!(
        "{} on PostgreSQL {}, {}, read by {}\n{}\n",
        line(&server.database),
        line(&server.version),
        bytes(server.bytes),
        line(&server.role),
        summary(inspection)
    );
    let of_domain = by_domain(inspection);
    if all || inspection.tables.len() <= LARGEST {
        for (domain, tables) in &of_domain {
            let (heading, list) = (count(tables.len(), "table", "tables"), table_list(tables, width));
            text.push_str(&format!("\n{} ({heading})\n{list}\n", line(domain)));
        }
    } else {
        let mut table = lines(&["domain", "tables", "rows", "size"], width);
        for domain in &inspection.domains {
            let number = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
            let cells = [domain.tables.len().to_string(), grouped(domain.rows), bytes(domain.bytes)].map(number);
            table.add_row(std::iter::once(Cell::new(line(&domain.name))).chain(cells));
        }
        text.push_str(&format!("\nDomains\n{table}\n"));
        let mut largest: Vec<&TableFacts> = inspection.tables.iter().collect();
        largest.sort_by_key(|table| (std::cmp::Reverse((table.bytes, table.rows)), table.qualified()));
        largest.truncate(LARGEST);
        text.push_str(&format!(
            "\nThe {LARGEST} largest of {} (--all: every one)\n{}\n",
            count(inspection.tables.len(), "table", "tables"),
            table_list(&largest, width)
        ));
    }
    text.push_str(&roles(inspection, width));
    text.push_str(&findings(inspection, usize::from(width.unwrap_or(WIDTH)), all));
    if !inspection.unread.is_empty() {
        text.push_str("\nNot read\n");
        let shown = if all { inspection.unread.len() } else { LARGEST };
        for unread in inspection.unread.iter().take(shown) {
            text.push_str(&format!("  {}: {}\n", line(&unread.object), line(&unread.reason)));
        }
        if inspection.unread.len() > shown {
            text.push_str(&format!("  … and {} more\n", inspection.unread.len() - shown));
        }
    }
    text
}

fn table_list(tables: &[&TableFacts], width: Option<u16>) -> Table {
    let mut table = lines(&["table", "kind", "rows", "heap", "indexes", "toast", "dead", "state"], width);
    for facts in tables {
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
    table
}

/// The blocks of findings. Without `all` each has at least a line, and the most important ones have more while there is room.
fn findings(inspection: &Inspection, width: usize, all: bool) -> String {
    let groups = groups(inspection);
    let mut room = SCREEN.saturating_sub(groups.len());
    let mut text = String::new();
    let mut left = (0, 0);
    for (severity, word) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Info, "Remarks")] {
        let of: Vec<&Group<'_>> = groups.iter().filter(|group| group.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        let number: usize = of.iter().map(|group| group.findings.len()).sum();
        text.push_str(&format!("\n{word} ({number})\n"));
        for group in of {
            let block = match (all, long(group, width, all), short(group, width)) {
                (true, long, _) => long,
                (false, long, _) if long.len() <= room + 1 => {
                    room -= long.len() - 1;
                    long
                }
                (false, _, short) => vec![short],
            };
            if !all && text.lines().count() > SCREEN + 8 {
                left = (left.0 + 1, left.1 + group.findings.len());
                continue;
            }
            text.extend(block.into_iter().map(|line| line + "\n"));
        }
    }
    if left.0 > 0 {
        text.push_str(&format!("  … and {} in {}\n", count(left.1, "finding", "findings"), count(left.0, "block", "blocks")));
    }
    if !all && !groups.is_empty() {
        text.push_str("\n--all prints every object with its evidence, --cures FILE writes every cure to a file.\n");
    }
    text
}

/// A block as one line.
fn short(group: &Group<'_>, width: usize) -> String {
    let objects: Vec<String> = group.messages.iter().flat_map(|(_, objects)| objects.iter().cloned()).collect();
    let start = format!("  {} ({}): ", group.rule.name, group.findings.len());
    let message = format!("{}  ", line(group.message()));
    let room = width.saturating_sub(start.chars().count() + message.chars().count()).max(MINIMUM);
    format!("{start}{message}{}", listed(&objects, room, 1).concat())
}

/// A block with its objects, and a cure.
fn long(group: &Group<'_>, width: usize, all: bool) -> Vec<String> {
    let splinter = group.rule.splinter.map(|name| format!(", splinter {name}")).unwrap_or_default();
    let mut block = vec![format!("  {} ({}{splinter}): {}", group.rule.name, group.findings.len(), line(group.message()))];
    if all {
        for finding in &group.findings {
            block.push(format!("    {}: {}", line(&finding.object), line(&finding.message)));
            block.extend(finding.evidence.iter().map(|evidence| format!("      {}", line(evidence))));
            for (mark, part) in parts(finding) {
                block.extend(part.iter().flat_map(|part| part.lines()).map(|part| format!("      {mark} {}", line(part))));
            }
        }
        return block;
    }
    let room = width.saturating_sub(6).max(MINIMUM);
    let (most, objects) = if group.severity == Severity::Info { (2, 1) } else { (5, 2) };
    match group.messages.as_slice() {
        [(_, names)] => block.extend(listed(names, room, objects).into_iter().map(|part| format!("    {part}"))),
        several => {
            for (message, names) in several.iter().take(most) {
                block.push(format!(
                    "    {}: {}",
                    listed(names, room.saturating_sub(message.chars().count()).max(MINIMUM), 1).concat(),
                    line(message)
                ));
            }
            let rest: usize = several.iter().skip(most).map(|(_, names)| names.len()).sum();
            if rest > 0 {
                block.push(format!("    … and {rest} more"));
            }
        }
    }
    if let [finding] = group.findings.as_slice() {
        block.extend(finding.evidence.iter().take(2).map(|evidence| format!("      {}", line(evidence))));
    }
    let cured = group.findings.iter().filter(|finding| parts(finding).iter().any(|(_, part)| part.is_some())).count();
    if let Some(finding) = group.findings.iter().find(|finding| parts(finding).iter().any(|(_, part)| part.is_some()))
        && let Some((mark, part)) = parts(finding).into_iter().find_map(|(mark, part)| Some((mark, part?)))
    {
        let statement: Vec<&str> = part.lines().filter(|line| !line.starts_with("--")).collect();
        let more = match (cured, statement.len()) {
            (1, 0 | 1) => String::new(),
            (1, lines) => format!("   (… {lines} lines)"),
            (cured, _) => format!("   (1 of {cured} cures)"),
        };
        block.push(format!("    {mark} {}{more}", line(statement.first().unwrap_or(&""))));
    }
    block
}

/// What can be run or written, each with its mark: SQL, a query, a command of the shell, lines of codegen.toml, and SQL that
/// takes the cure back.
fn parts(finding: &Finding) -> [(&'static str, Option<&String>); 5] {
    [
        (">", finding.cure.as_ref()),
        ("$", finding.command.as_ref()),
        ("?", finding.query.as_ref()),
        ("#", finding.configuration.as_ref()),
        ("<", finding.undo.as_ref()),
    ]
}

/// Objects with commas between them, on so many lines of this width; what does not fit is a number.
fn listed(objects: &[String], width: usize, most: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for (position, object) in objects.iter().enumerate() {
        let object = line(object);
        let rest = objects.len() - position;
        // Room for the number of those that come after.
        let needed = object.chars().count() + if rest > 1 { ", … and 1000 more".len() } else { 0 };
        let has_room = |row: &String| row.is_empty() || row.chars().count() + needed + 2 <= width;
        if rows.last().is_some_and(|row| !has_room(row)) {
            if rows.len() == most {
                if let Some(row) = rows.last_mut() {
                    row.push_str(&format!(", … and {rest} more"));
                }
                return rows;
            }
            if let Some(row) = rows.last_mut() {
                row.push(',');
            }
            rows.push(String::new());
        }
        if let Some(row) = rows.last_mut() {
            if !row.is_empty() {
                row.push_str(", ");
            }
            row.push_str(&object);
        }
    }
    rows
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
fn block(language: &str, text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
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
    for group in groups(inspection) {
        let rule = group.rule;
        let splinter = rule.splinter.map(|name| format!(", splinter `{name}`")).unwrap_or_default();
        page.push_str(&format!(
            "\n### {}: [{}]({}) ({}{splinter})\n\n{}\n\n",
            group.severity.word(),
            rule.name,
            rule.documentation,
            group.findings.len(),
            cell(group.message())
        ));
        let is_same = group.findings.iter().all(|finding| finding.evidence == group.findings[0].evidence);
        for (message, objects) in &group.messages {
            let told = if group.messages.len() > 1 { format!(" {}", cell(message)) } else { String::new() };
            let of: Vec<&&Finding> = group.findings.iter().filter(|finding| finding.message == *message).collect();
            if is_same || of.iter().all(|finding| finding.evidence.is_empty()) {
                let names: Vec<String> = objects.iter().map(|object| format!("**{}**", cell(object))).collect();
                page.push_str(&format!("- {}{told}\n", names.join(", ")));
                continue;
            }
            for finding in of {
                page.push_str(&format!("- **{}**{told}\n", cell(&finding.object)));
                page.extend(finding.evidence.iter().map(|evidence| format!("  - {}\n", cell(evidence))));
            }
        }
        if is_same {
            page.extend(group.findings[0].evidence.iter().map(|evidence| format!("  - {}\n", cell(evidence))));
        }
        for (title, language, text) in [
            ("Rows", "sql", group.joined(|finding| finding.query.as_ref())),
            ("Cure", "sql", group.joined(|finding| finding.cure.as_ref())),
            ("Undo", "sql", group.joined(|finding| finding.undo.as_ref())),
            ("Command", "sh", group.joined(|finding| finding.command.as_ref())),
            ("codegen.toml", "toml", group.joined(|finding| finding.configuration.as_ref())),
        ] {
            if let Some(text) = text {
                page.push_str(&format!("\n{title}:\n\n{}", block(language, &text)));
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
        assert!(block("sql", "a ``` b").starts_with("````sql\n"));
    }
}
