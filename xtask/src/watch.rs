//! `cargo xtask codegen --watch`: generates again whenever the database, codegen.toml or a file of
//! SQL changes.

use std::time::{Duration, Instant};

use entitree::introspect::pulse;

use crate::{
    Failure,
    codegen::{self, Arguments},
    database::{self, Database},
};

/// How often the catalogue is asked whether it changed.
const PAUSE: Duration = Duration::from_millis(250);

/// Generates until it is interrupted. What is wrong is said, and waited for to change.
///
/// # Errors
/// When the database cannot be reached at first, or not for a minute.
pub async fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let database = database::resolve(arguments.source.database_url.clone(), arguments.source.server).await?;
    if let Some(story) = &database.story {
        eprintln!("{story}");
    }
    let mut session = entitree::connect(&database.url, database::variable).await?;
    let mut last = None;
    let mut reached = Instant::now();
    loop {
        match pulse(&session.client).await {
            Ok(beat) => {
                reached = Instant::now();
                let now = (beat, sources(arguments));
                if last.as_ref() != Some(&now) {
                    generate(arguments, &database).await;
                    // What changed meanwhile is seen at the next beat.
                    last = Some(now);
                }
            }
            // A development database is restarted now and then.
            Err(error) if reached.elapsed() > Duration::from_mins(1) => return Err(error.into()),
            Err(_) => {
                if let Ok(again) = entitree::connect(&database.url, database::variable).await {
                    session = again;
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The texts that are generated from, beside the database.
fn sources(arguments: &Arguments) -> String {
    let texts = codegen::config(&arguments.source).and_then(|config| Ok((config.clone(), codegen::queries(arguments, &config)?)));
    match texts {
        Ok((config, files)) => format!("{config:?}{files:?}"),
        Err(error) => error.to_string(),
    }
}

async fn generate(arguments: &Arguments, database: &Database) {
    if let Err(error) = codegen::write(arguments, Some(database)).await {
        eprintln!("error: {error}");
    }
}
