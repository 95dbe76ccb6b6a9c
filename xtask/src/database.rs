//! Which database a run uses: a URL, a local server, or the embedded one, in this order.

use std::{
    env,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::ValueEnum;

use crate::{
    Failure, root,
    server::{self, Server, find_binaries},
};

/// Which server to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    /// A URL where one is given, else a local server, else the embedded one.
    #[default]
    Auto,
    /// The database of --database-url, `DATABASE_URL` or the `PG*` variables.
    Url,
    /// A throw-away cluster from PostgreSQL's own programs on this machine.
    Local,
    /// A throw-away server that crates carry; its first build takes minutes.
    Embedded,
}

/// A database to read.
pub struct Database {
    /// `url`, `local` or `embedded`.
    pub kind: &'static str,
    /// The connection string; may hold a password.
    pub url: String,
    /// How it came about, for the user: nothing for a URL.
    pub story: Option<String>,
    /// Ends with this value.
    _server: Option<Server>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL may hold a password.
        f.debug_struct("Database").field("kind", &self.kind).field("story", &self.story).finish_non_exhaustive()
    }
}

/// Reports a line of `.env` that cannot be read: without it another database would be meant, in silence.
/// The line itself is not printed, since it may hold a password.
fn check_env(file: &Path) -> Result<(), Failure> {
    let (Ok(lines), Ok(text)) = (dotenvy::from_path_iter(file), std::fs::read_to_string(file)) else { return Ok(()) };
    for line in lines {
        if let Err(dotenvy::Error::LineParse(part, _)) = line {
            let number = text.find(&part).map_or(0, |start| text[..start].matches('\n').count());
            let name = text.lines().nth(number).and_then(|line| line.split_once('=')).map_or("", |(name, _)| name.trim());
            let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
            let of = if is_name { format!("the value of {name}") } else { "this line".to_owned() };
            return Err(format!("{}:{}: {of} cannot be read; put the value into single quotes", file.display(), number + 1).into());
        }
    }
    Ok(())
}

/// A variable of the environment, or of `.env` beside the workspace.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty()).or_else(|| {
        let file = dotenvy::from_path_iter(root().join(".env")).ok()?;
        file.flatten().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value)
    })
}

/// The files of the reference database, in the order in which they load.
pub fn reference_files() -> Vec<PathBuf> {
    ["auth.sql", "public.sql", "rows.sql"].iter().map(|file| root().join("database").join(file)).collect()
}

/// The database that the user names: by a URL, `DATABASE_URL`, or `PG*` variables.
pub fn given(url: Option<String>, choice: Choice) -> Option<String> {
    if matches!(choice, Choice::Local | Choice::Embedded) {
        return None;
    }
    let given = url.or_else(|| variable("DATABASE_URL"));
    // Without a URL, PGHOST or PGDATABASE say that a database of the user's is meant.
    given.or_else(|| variable("PGHOST").or(variable("PGDATABASE")).map(|_| "postgres://".to_owned()))
}

/// Finds or makes the database of a run.
///
/// # Errors
/// When the chosen server is not to be had.
pub async fn resolve(url: Option<String>, choice: Choice) -> Result<Database, Failure> {
    if url.is_none() && matches!(choice, Choice::Auto | Choice::Url) {
        check_env(&root().join(".env"))?;
    }
    let given = given(url, choice);
    let choice = match (choice, &given) {
        (Choice::Auto, Some(_)) => Choice::Url,
        (Choice::Auto, None) if find_binaries().is_some() => Choice::Local,
        (Choice::Auto, None) => Choice::Embedded,
        (choice, _) => choice,
    };
    let start = Instant::now();
    let server = match choice {
        Choice::Url | Choice::Auto => {
            let url = given
                .ok_or("no database: give --database-url, set DATABASE_URL (in the environment or .env), or use --server local")?;
            return Ok(Database { kind: "url", url, story: None, _server: None });
        }
        Choice::Local => Server::local(&root().join("target")).await?,
        Choice::Embedded => Server::embedded(&root())?,
    };
    let database = if server.kind == "embedded" { "postgres" } else { "entitree" };
    if server.kind == "local" {
        server.create_database(database, None).await?;
    }
    server.load(database, &reference_files()).await?;
    let version = version(&server.url(database)).await?;
    let story = format!("{} PostgreSQL {version}, loaded from database/*.sql in {} ms", server.kind, start.elapsed().as_millis());
    Ok(Database { kind: server.kind, url: server.url(database), story: Some(story), _server: Some(server) })
}

async fn version(url: &str) -> Result<String, Failure> {
    let client = server::connect(url).await?;
    let rows = client.simple_query("show server_version").await?;
    let version = rows.iter().find_map(|message| match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    Ok(version.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_env_that_cannot_be_read_is_an_error_without_its_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(".env");
        assert!(check_env(&file).is_ok(), "there need not be one");
        for (text, of) in [
            ("A=b\nDATABASE_URL=postgres://ada:s3 cret@db/app\n", ".env:2: the value of DATABASE_URL"),
            ("DATABASE_URL='postgres://ada:s3cret@db/app\n", "the value of DATABASE_URL"),
            ("postgres://ada:s3cret@db/app\n", ".env:1: this line"),
        ] {
            std::fs::write(&file, text).expect("a file");
            let error = check_env(&file).expect_err("it cannot be read").to_string();
            assert!(error.contains(of) && !error.contains("s3") && !error.contains("cret"), "{error}");
        }
        std::fs::write(&file, "# mine\nDATABASE_URL='postgres://ada:s3 cret@db/app'\n").expect("a file");
        assert!(check_env(&file).is_ok());
    }
}
