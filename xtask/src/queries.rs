//! `cargo xtask queries`: what the statements of SQL files take and give.

use std::path::PathBuf;

use clap::Args;
use entitree::{
    describe::{DescribedValue, Description, describe},
    sql::File,
};
use serde::Serialize;

use crate::{
    Failure,
    database::{self, Choice},
    print,
};

/// The arguments of `queries`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Print for each statement its parameters and columns, with types and what can be NULL, and
    /// the tables that no index serves.
    #[arg(long, required = true)]
    describe: bool,
    /// As one JSON array.
    #[arg(long)]
    json: bool,
    /// The database: postgres://user:password@host:port/database.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Which server to use.
    #[arg(long, value_enum, default_value_t)]
    server: Choice,
    /// Files of SQL.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// A statement as `--json` prints it.
#[derive(Debug, Serialize)]
struct Report {
    name: String,
    command: String,
    params: Vec<Value>,
    columns: Vec<Value>,
    scans: Vec<String>,
}

/// A parameter or column as `--json` prints it.
#[derive(Debug, Serialize)]
struct Value {
    name: String,
    r#type: String,
    rust: String,
    nullable: bool,
}

impl From<&Description> for Report {
    fn from(description: &Description) -> Self {
        Self {
            name: description.name.clone(),
            command: description.command.to_string(),
            params: description.params.iter().map(Into::into).collect(),
            columns: description.columns.iter().map(Into::into).collect(),
            scans: description.scans.iter().map(|scan| scan.table.to_string()).collect(),
        }
    }
}

impl From<&DescribedValue> for Value {
    fn from(value: &DescribedValue) -> Self {
        Self {
            name: value.name.clone(),
            r#type: value.r#type.to_string(),
            rust: value.wish.clone().unwrap_or_else(|| value.r#type.rust()),
            nullable: value.nullable,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be read, or a statement is refused; all at once.
pub async fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let (mut files, mut mistakes) = (Vec::new(), Vec::new());
    for path in &arguments.files {
        match File::read(path) {
            Ok(file) => files.push(file),
            Err(wrong) => mistakes.extend(wrong),
        }
    }
    let database = database::resolve(arguments.database_url.clone(), arguments.server).await?;
    let mut session = entitree::connect(&database.url, database::variable).await?;
    let mut reports: Vec<Report> = Vec::new();
    // All at once: the catalogue is read for all files together.
    for result in describe(&mut session, &files).await?.into_iter().flatten() {
        match result {
            Ok(description) => reports.push((&description).into()),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if arguments.json {
        print(&serde_json::to_string_pretty(&reports)?);
    } else {
        reports.iter().for_each(show);
    }
    if mistakes.is_empty() {
        return Ok(0);
    }
    Err(entitree::Error::Queries(mistakes).into())
}

fn show(report: &Report) {
    print(&format!("{} :{}", report.name, report.command));
    for (kind, values) in [("takes", &report.params), ("gives", &report.columns)] {
        for value in values {
            let rust = if value.nullable { format!("Option<{}>", value.rust) } else { value.rust.clone() };
            print(&format!("  {kind} {}: {} as {rust}", value.name, value.r#type));
        }
    }
    for table in &report.scans {
        print(&format!("  reads all of {table}: no index serves it"));
    }
}
