//! One throw-away server for each test program, a database for each test.

pub mod fill;
pub mod project;
pub mod random;
pub mod synthetic;

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use tokio_postgres::{Client, SimpleQueryMessage};
use xtask::{
    database::reference_files,
    root,
    server::{Server, ServerError},
};

/// A server with the reference database as a template.
///
/// Each test makes its own: nextest runs every test in a process of its own, and a server starts
/// in a second.
#[derive(Debug)]
pub struct Reference {
    /// The server; it ends with this value.
    pub server: Server,
    databases: AtomicU32,
}

impl Reference {
    /// Starts a server and loads the reference database.
    ///
    /// # Panics
    /// When there is no server to be had: then no test can pass.
    pub async fn start() -> Self {
        Self::on(Server::local(&root().join("target")).await).await
    }

    /// As [`Reference::start`], on a server that listens on a port as well.
    ///
    /// # Panics
    /// When there is no server to be had: then no test can pass.
    pub async fn with_tcp() -> Self {
        Self::on(Server::local_with_tcp(&root().join("target")).await).await
    }

    async fn on(server: Result<Server, ServerError>) -> Self {
        let server = server.expect("PostgreSQL's programs are installed");
        server.create_database("reference", None).await.expect("a fresh server takes a database");
        server.load("reference", &reference_files()).await.expect("the reference database loads");
        Self { server, databases: AtomicU32::new(0) }
    }

    /// A database like the reference database, and its URL.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn database(&self) -> (String, Client) {
        self.like(Some("reference")).await
    }

    /// An empty database into which a script was loaded, and its URL.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn with_sql(&self, sql: &str) -> (String, Client) {
        let (url, client) = self.like(None).await;
        client.batch_execute(sql).await.expect("the script loads");
        (url, client)
    }

    /// A database of so many tables as applications have them, and its URL.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn with_tables(&self, tables: usize) -> (String, Client) {
        self.with_schema(&synthetic::schema(tables)).await
    }

    /// A database of statements, each ending a line.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn with_schema(&self, sql: &str) -> (String, Client) {
        let (url, client) = self.like(None).await;
        // All at once would take more locks than a server has.
        for part in sql.split_inclusive(";\n").collect::<Vec<_>>().chunks(500) {
            client.batch_execute(&part.concat()).await.expect("the schema loads");
        }
        (url, client)
    }

    async fn like(&self, template: Option<&str>) -> (String, Client) {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.server.create_database(&name, template).await.expect("the template is not in use");
        (self.server.url(&name), self.server.connect(&name).await.expect("the database was just made"))
    }
}

/// A server that databases are made on.
#[derive(Debug)]
pub enum Place {
    /// One that the test starts.
    Own(Box<Reference>),
    /// A URL without a database, of `ENTITREE_SERVERS=url,url`.
    Given(String),
}

impl Place {
    /// The servers of `ENTITREE_SERVERS`, and otherwise one of its own.
    pub async fn all() -> Vec<Self> {
        match std::env::var("ENTITREE_SERVERS") {
            Ok(urls) => urls.split(',').map(|url| Self::Given(url.trim_end_matches('/').to_owned())).collect(),
            Err(_) => vec![Self::Own(Box::new(Reference::start().await))],
        }
    }

    /// The URL of a database on it.
    pub fn url(&self, database: &str) -> String {
        match self {
            Self::Own(reference) => reference.server.url(database),
            Self::Given(url) => format!("{url}/{database}"),
        }
    }
}

/// The rows of a query as the server prints them, NULL as `None`.
///
/// # Panics
/// When the server refuses.
pub async fn text_rows(client: &Client, sql: &str) -> Vec<Vec<Option<String>>> {
    let messages = client.simple_query(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    messages
        .iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|position| row.get(position).map(str::to_owned)).collect()),
            _ => None,
        })
        .collect()
}

/// The configuration of the reference database.
///
/// # Panics
/// When codegen.toml is wrong.
pub fn reference_config() -> entitree::Config {
    entitree::Config::load(&root().join("codegen.toml")).expect("codegen.toml is right")
}

/// A folder of this package.
pub fn folder(name: &str) -> PathBuf {
    root().join("tests").join(name)
}

/// A case: a file of SQL, and a codegen.toml of the same name where there is one.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file's name without its ending: an identifier.
    pub name: String,
    /// The SQL that makes the database.
    pub sql: String,
    /// The configuration.
    pub config: entitree::Config,
}

impl Case {
    /// The schemas that the first line names: `-- schemas: public, auth`.
    pub fn schemas(&self) -> Vec<&str> {
        let first = self.sql.lines().next().and_then(|line| line.strip_prefix("-- schemas:")).unwrap_or("public");
        first.split(',').map(|schema| schema.trim().trim_matches('"')).collect()
    }

    /// The oldest server that takes the SQL, as a line says it (`-- needs: 15`): its major version.
    ///
    /// # Panics
    /// When the line holds no number.
    pub fn needs(&self) -> i32 {
        let needs = self.sql.lines().find_map(|line| line.strip_prefix("-- needs:"));
        needs.map_or(0, |version| version.trim().parse().expect("a major version"))
    }
}

/// The cases of `tests/cases/`, by name; `ENTITREE_CASES=a,b` picks some.
///
/// # Panics
/// When a file cannot be read.
pub fn cases() -> Vec<Case> {
    let only = std::env::var("ENTITREE_CASES").ok();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder("cases"))
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let config = path.with_extension("toml");
            Case {
                name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
                sql: std::fs::read_to_string(&path).expect("a file"),
                config: if config.exists() { entitree::Config::load(&config).expect("TOML") } else { entitree::Config::default() },
            }
        })
        .filter(|case| only.as_ref().is_none_or(|only| only.split(',').any(|name| name == case.name)))
        .collect()
}

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
