//! `cargo xtask inspect` and `cargo xtask domains`.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use entitree::inspect::{self, Inspection, Options, Severity};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{Failure, codegen, database, print};

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// One object: docs/inspect.schema.json.
    Json,
    /// One page with everything in it, for a browser.
    Html,
    /// The relations as a diagram of Mermaid.
    Mermaid,
    /// The relations for Graphviz.
    Dot,
}

/// What to report on.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Which database.
    #[command(flatten)]
    pub source: Live,
    /// A folder of migration files, plain SQL, to compare with; may be given more than once.
    #[arg(long, value_name = "DIR")]
    pub migrations: Vec<PathBuf>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// In text: every table, and every finding with its evidence and cure, instead of one screen.
    #[arg(long)]
    pub all: bool,
    /// Write every cure to this file: SQL and lines of codegen.toml, all of them comments until you take the mark away.
    #[arg(long, value_name = "FILE")]
    pub cures: Option<PathBuf>,
    /// Only this domain, in a diagram.
    #[arg(long, value_name = "NAME")]
    pub domain: Option<String>,
    /// Count the rows of tables that the server takes to hold at most so many; estimate the others.
    #[arg(long, value_name = "ROWS", default_value_t = Options::default().exact_rows)]
    pub exact_rows: i64,
    /// The most that one statement may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = Options::default().timeout_seconds)]
    pub timeout: u32,
    /// Show so many rows of each table, with addresses, tokens and hashes masked.
    #[arg(long, value_name = "ROWS", default_value_t = 0)]
    pub samples: u32,
    /// A role that clients of an API act as [default: anon, authenticated]; may be given more than once.
    #[arg(long, value_name = "ROLE")]
    pub api_role: Vec<String>,
    /// No colours, whatever the terminal can do.
    #[arg(long)]
    pub no_color: bool,
    /// No progress.
    #[arg(short, long)]
    pub quiet: bool,
}

/// Which database.
#[derive(Clone, Debug, clap::Args)]
pub struct Live {
    /// The database to read: postgres://user:password@host:port/database.
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// Which server to use.
    #[arg(long, value_enum, default_value_t)]
    pub server: database::Choice,
    /// The configuration [default: codegen.toml of the working directory or the nearest folder above it; this
    /// repository's own only without --database-url].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The schemas to read, instead of those of the configuration.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub schemas: Vec<String>,
}

/// What can be done with domains.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Domains {
    /// Propose a domain for every table, from schemas, names and relations, as lines of codegen.toml.
    #[command(after_help = "Examples:
  cargo xtask domains suggest --database-url postgres://db/app
  cargo xtask domains suggest --names auth,users,billing,audit")]
    Suggest(Suggest),
}

/// What to propose.
#[derive(Clone, Debug, clap::Args)]
pub struct Suggest {
    /// Which database.
    #[command(flatten)]
    pub source: Live,
    /// The names of the domains; found where none are given.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub names: Vec<String>,
    /// Print how sure each table is, and why, instead of lines of codegen.toml.
    #[arg(long)]
    pub explain: bool,
}

impl Live {
    /// The configuration: a database that is named by itself is none of this repository's.
    fn config(&self) -> Result<entitree::Config, Failure> {
        let file = codegen::find_config(self.config.as_deref(), None, self.database_url.is_some());
        let file = file.filter(|_| self.config.is_some() || self.schemas.is_empty());
        let mut config = codegen::load(file.as_deref())?;
        if !self.schemas.is_empty() {
            config.schemas.clone_from(&self.schemas);
        }
        Ok(config)
    }
}

/// Reports; the result is the exit code.
///
/// # Errors
/// When there is no report.
pub async fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let config = arguments.source.config()?;
    let mut migrations = Vec::new();
    for folder in &arguments.migrations {
        migrations.push(inspect::read_migrations(folder)?);
    }
    let defaults = Options::default();
    let options = Options {
        exact_rows: arguments.exact_rows,
        timeout_seconds: arguments.timeout,
        samples: arguments.samples,
        api_roles: if arguments.api_role.is_empty() { defaults.api_roles } else { arguments.api_role.clone() },
        migrations,
    };
    let database = database::resolve(arguments.source.database_url.clone(), arguments.source.server).await?;
    let mut session = entitree::connect(&database.url, database::variable).await?;
    let canceller = session.canceller();
    let bar = progress(arguments.quiet);
    let show = |stage: &'static str, done: usize, of: usize| {
        bar.set_message(stage);
        bar.set_length(u64::try_from(of).unwrap_or(0));
        bar.set_position(u64::try_from(done).unwrap_or(0));
    };
    let inspection = tokio::select! {
        inspection = inspect::inspect(&mut session, &config, &options, &show) => inspection,
        _ = tokio::signal::ctrl_c() => {
            bar.finish_and_clear();
            // The statement that is under way shall not go on alone.
            return Err(match canceller.cancel().await {
                Ok(()) => "interrupted: nothing was written".into(),
                Err(error) => format!(
                    "interrupted: nothing was written; the statement that is under way could not be cancelled and ends within {} s: {error}",
                    options.timeout_seconds
                )
                .into(),
            });
        }
    };
    bar.finish_and_clear();
    let inspection = inspection?;
    if let Some(domain) = &arguments.domain
        && !inspection.domains.iter().any(|known| known.name == *domain)
    {
        let known: Vec<&str> = inspection.domains.iter().map(|domain| domain.name.as_str()).collect();
        return Err(format!("there is no domain `{domain}`; there are {}", known.join(", ")).into());
    }
    if let Some(path) = &arguments.cures {
        write_file(path, &inspect::cures(&inspection))?;
    }
    write(arguments, &text(arguments, &inspection)?)?;
    Ok(u8::from(inspection.findings.iter().any(|finding| finding.severity == Severity::Error)))
}

fn progress(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {bar:30} {pos}/{len}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

fn text(arguments: &Arguments, inspection: &Inspection) -> Result<String, Failure> {
    let domain = arguments.domain.as_deref();
    Ok(match if arguments.json { Format::Json } else { arguments.format } {
        Format::Text => {
            let text = inspect::text(inspection, None, arguments.all);
            if arguments.no_color || arguments.output.is_some() { anstream::adapter::strip_str(&text).to_string() } else { text }
        }
        Format::Markdown => inspect::markdown(inspection),
        Format::Json => serde_json::to_string_pretty(inspection)? + "\n",
        Format::Html => inspect::html(inspection),
        Format::Mermaid => inspect::diagram::mermaid(inspection, domain),
        Format::Dot => inspect::diagram::dot(inspection, domain),
    })
}

/// Prints, or replaces a file whole.
fn write(arguments: &Arguments, text: &str) -> Result<(), Failure> {
    let Some(path) = &arguments.output else {
        print(text.trim_end());
        return Ok(());
    };
    write_file(path, text)
}

/// Replaces a file whole.
fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = path.with_extension("entitree-tmp");
    let said = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    fs::write(&beside, text).map_err(said)?;
    fs::rename(&beside, path).map_err(said)?;
    Ok(())
}

/// Proposes domains.
///
/// # Errors
/// When the database cannot be read.
pub async fn suggest(arguments: &Suggest) -> Result<u8, Failure> {
    let config = arguments.source.config()?;
    let database = database::resolve(arguments.source.database_url.clone(), arguments.source.server).await?;
    let session = entitree::connect(&database.url, database::variable).await?;
    let snapshot = entitree::read_snapshot(&session.client, &config).await?;
    let schema = snapshot.schema()?;
    let (tables, edges) = inspect::groupable(&schema, &config);
    let domains = inspect::suggest::suggest(&tables, &edges, &arguments.names);
    if arguments.explain {
        for domain in &domains {
            print(&domain.name);
            for table in &domain.tables {
                print(&format!("  {:>3.0} %  {:<44} {}", 100.0 * table.confidence, table.qualified, table.reason));
            }
        }
    } else {
        print(inspect::suggest::toml(&domains, &tables).trim_end());
    }
    Ok(0)
}
