//! A database of any number of tables, as applications have them: the shape that speeds are measured on.

use std::fmt::Write as _;

/// The modules that tables belong to.
const MODULES: [&str; 10] = ["billing", "catalog", "crm", "hr", "inventory", "orders", "shipping", "support", "auth", "audit"];

/// The SQL of a schema of so many tables: each has a key, thirteen columns, two keys to earlier tables, four indexes, a
/// unique constraint, a check and comments; every fifth an index on an expression, every seventh a computed
/// column, every tenth a key to itself, every 25th a key of two columns; an enum for every five, a view for
/// every 25, a domain for every 50.
pub fn schema(tables: usize) -> String {
    let mut random = fastrand::Rng::with_seed(42);
    let mut sql = String::new();
    let enums = (tables / 5).max(1);
    let domains = tables / 50 + 1;
    for number in 0..enums {
        let labels: Vec<String> = (0..3 + number % 5).map(|label| format!("'val_{number}_{label}'")).collect();
        let _ = writeln!(sql, "create type enum_{number} as enum ({});", labels.join(", "));
    }
    for number in 0..domains {
        let _ = writeln!(sql, "create domain dom_{number} as text check (length(value) < {});", 100 + number);
    }
    let names: Vec<String> = (0..tables).map(|number| format!("{}_entity_{number}", MODULES[number % MODULES.len()])).collect();
    for (number, name) in names.iter().enumerate() {
        let _ = writeln!(sql, "{}", table(number, name, &names, (enums, domains), &mut random));
    }
    for number in 0..tables / 25 {
        let from = &names[1 + number * 25 % (tables - 1)];
        let _ = writeln!(
            sql,
            "create view v_{number} as select a.id, a.code, a.status, a.amount from {from} a where a.deleted_at is null;"
        );
    }
    sql
}

/// The SQL of a schema whose tables differ in width as real ones do: every fifth has 40 to 100 columns, every
/// twentieth 100 to 300 with some 60 constraints; their columns are of every kind of type. The others are those
/// of [`schema`].
pub fn uneven_schema(tables: usize) -> String {
    let mut sql = schema(tables);
    let mut random = fastrand::Rng::with_seed(7);
    for number in (0..tables).step_by(5) {
        let is_widest = number.is_multiple_of(20);
        let columns = if is_widest { random.usize(100..300) } else { random.usize(40..100) };
        let name = format!("{}_entity_{number}", MODULES[number % MODULES.len()]);
        let parts: Vec<String> = (0..columns)
            .map(|column| {
                let kind = KINDS[random.usize(0..KINDS.len())];
                let null = if random.bool() { "" } else { " not null" };
                let constraint = match (is_widest, column % 5) {
                    (true, 0) => format!(", add constraint {name}_wide_{column}_check check (wide_{column} is distinct from null)"),
                    _ => String::new(),
                };
                format!("add column wide_{column} {kind}{null}{constraint}")
            })
            .collect();
        let _ = writeln!(sql, "alter table {name} {};", parts.join(", "));
    }
    sql
}

/// A table of so many columns that must not be NULL, of ten types.
pub fn wide_table(columns: usize) -> String {
    let columns = (0..columns).map(|column| format!(", wide_{column} {} not null", KINDS[column % 10]));
    format!("create table wide (id bigint primary key{});", columns.collect::<String>())
}

/// So many tables that each refer to one.
pub fn referring_tables(tables: usize) -> String {
    let mut sql = "create table target (id bigint primary key);".to_owned();
    for number in 0..tables {
        let _ =
            write!(sql, "\ncreate table referring_{number} (id bigint primary key, target_id bigint not null references target);");
    }
    sql
}

/// A table of so many unique columns.
pub fn unique_columns(columns: usize) -> String {
    let columns = (0..columns).map(|column| format!(", unique_{column} bigint not null unique"));
    format!("create table uniques (id bigint primary key{});", columns.collect::<String>())
}

/// Types of every kind.
const KINDS: [&str; 22] = [
    "text",
    "integer",
    "bigint",
    "boolean",
    "timestamptz",
    "uuid",
    "numeric(12,2)",
    "jsonb",
    "date",
    "varchar(40)",
    "smallint",
    "real",
    "double precision",
    "bytea",
    "inet",
    "interval",
    "time",
    "timestamp",
    "numeric",
    "text[]",
    "int4range",
    "char(3)",
];

fn table(number: usize, name: &str, names: &[String], (enums, domains): (usize, usize), random: &mut fastrand::Rng) -> String {
    let kind = number % enums;
    let mut parts = vec![
        "id bigint generated always as identity primary key".to_owned(),
        "tenant_id bigint not null".to_owned(),
        "code text not null".to_owned(),
        format!("status enum_{kind} not null default 'val_{kind}_0'"),
        "title varchar(200)".to_owned(),
        format!("label dom_{}", number % domains),
        "amount numeric(12,2) not null default 0".to_owned(),
        "tags text[] not null default '{}'".to_owned(),
        "payload jsonb".to_owned(),
        "external_id uuid not null default gen_random_uuid()".to_owned(),
        "created_at timestamptz not null default now()".to_owned(),
        "updated_at timestamptz".to_owned(),
        "deleted_at timestamptz".to_owned(),
    ];
    let mut constraints = vec![
        format!("constraint {name}_tenant_code_key unique (tenant_id, code)"),
        format!("constraint {name}_amount_check check (amount >= 0)"),
    ];
    let mut keys = Vec::new();
    if number.is_multiple_of(7) {
        parts.push("total numeric(14,2) generated always as (amount * 2) stored".to_owned());
    }
    for (key, (null, action)) in [(" not null", "cascade"), ("", "set null")].into_iter().enumerate().filter(|_| number > 0) {
        let target = &names[random.usize(0..number)];
        parts.push(format!("ref{key}_id bigint{null}"));
        constraints
            .push(format!("constraint {name}_ref{key}_fkey foreign key (ref{key}_id) references {target}(id) on delete {action}"));
        keys.push(format!("ref{key}_id"));
    }
    if number.is_multiple_of(10) {
        parts.push("parent_id bigint".to_owned());
        constraints.push(format!("constraint {name}_parent_fkey foreign key (parent_id) references {name}(id)"));
        keys.push("parent_id".to_owned());
    }
    if number % 25 == 24 {
        let target = &names[random.usize(0..number)];
        parts.push("parent_code text".to_owned());
        constraints
            .push(format!("constraint {name}_comp_fkey foreign key (tenant_id, parent_code) references {target}(tenant_id, code)"));
    }
    parts.extend(constraints);
    let mut sql = format!("create table {name} (\n  {}\n);", parts.join(",\n  "));
    for key in keys {
        let _ = write!(sql, "\ncreate index {name}_{key}_idx on {name}({key});");
    }
    let _ = write!(sql, "\ncreate index {name}_created_idx on {name}(tenant_id, created_at desc);");
    let _ = write!(sql, "\ncreate index {name}_live_idx on {name}(status) where deleted_at is null;");
    if number.is_multiple_of(5) {
        let _ = write!(sql, "\ncreate index {name}_lower_idx on {name}(lower(code));");
    }
    let _ = write!(sql, "\ncomment on table {name} is 'Table {name} of module {}';", MODULES[number % MODULES.len()]);
    let _ = write!(sql, "\ncomment on column {name}.code is 'business code';");
    sql
}
