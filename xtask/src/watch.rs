//! `cargo xtask codegen --watch`: generates again whenever the database, codegen.toml or a file of
//! SQL changes.

use std::time::{Duration, Instant};

use entitree::introspect::pulse;

use crate::{
    Failure,
    codegen::{self, Arguments},
    database,
};

/// How often the catalogue is asked whether it changed.
const PAUSE: Duration = Duration::from_millis(250);

/// How long a failed run waits before it tries again, at first and at most.
const BACK_OFF: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(30)];

/// The last run.
#[derive(Debug)]
struct Attempt {
    /// What it was of: the database and the texts.
    of: (String, String),
    failure: Option<Retry>,
}

/// When a failed run tries again: its cause may lie elsewhere (a full disk, a restarting server).
#[derive(Debug)]
struct Retry {
    at: Instant,
    pause: Duration,
    message: String,
}

impl Attempt {
    /// Whether a run would do anything.
    fn is_due(&self, now: &(String, String), time: Instant) -> bool {
        self.of != *now || self.failure.as_ref().is_some_and(|retry| retry.at <= time)
    }

    /// Whether the last run of the same failed with the same message.
    fn is_repeated(&self, now: &(String, String), message: &str) -> bool {
        self.of == *now && self.failure.as_ref().is_some_and(|retry| retry.message == message)
    }

    /// The retry after a failure: each waits twice as long, until something changes.
    fn retry(last: Option<&Self>, now: &(String, String), time: Instant, message: String) -> Retry {
        let before = last.filter(|last| last.of == *now).and_then(|last| last.failure.as_ref());
        let [first, most] = BACK_OFF;
        let pause = before.map_or(first, |retry| (retry.pause * 2).min(most));
        Retry { at: time + pause, pause, message }
    }
}

/// Generates until it is interrupted. Prints what is wrong, and tries again later or when something changes.
///
/// # Errors
/// When the database cannot be reached at first, or not for a minute.
pub async fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let database = database::resolve(arguments.source.database_url.clone(), arguments.source.server).await?;
    if let Some(story) = &database.story {
        eprintln!("{story}");
    }
    let mut session = entitree::connect(&database.url, database::variable).await?;
    let mut last: Option<Attempt> = None;
    let mut reached = Instant::now();
    loop {
        match pulse(&session.client).await {
            Ok(beat) => {
                reached = Instant::now();
                let now = (beat, sources(arguments));
                if last.as_ref().is_none_or(|last| last.is_due(&now, Instant::now())) {
                    let failure = codegen::write(arguments, Some(&database)).await.err().map(|error| error.to_string());
                    if let Some(message) = &failure
                        && !last.as_ref().is_some_and(|last| last.is_repeated(&now, message))
                    {
                        eprintln!("error: {message}");
                    }
                    let failure = failure.map(|message| Attempt::retry(last.as_ref(), &now, Instant::now(), message));
                    // What changed meanwhile is seen at the next beat.
                    last = Some(Attempt { of: now, failure });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_run_tries_again_ever_later_and_at_once_when_something_changes() {
        let (one, other) = (("beat".to_owned(), "text".to_owned()), ("beat".to_owned(), "other".to_owned()));
        let start = Instant::now();
        let mut attempt = Attempt { of: one.clone(), failure: None };
        assert!(!attempt.is_due(&one, start + Duration::from_hours(1)) && attempt.is_due(&other, start));
        let mut pauses = Vec::new();
        for _ in 0..9 {
            let retry = Attempt::retry(Some(&attempt), &one, start, "no space".to_owned());
            pauses.push(retry.pause.as_millis());
            attempt = Attempt { of: one.clone(), failure: Some(retry) };
        }
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
        assert!(!attempt.is_due(&one, start) && attempt.is_due(&one, start + Duration::from_secs(30)));
        assert!(attempt.is_due(&other, start));
        assert!(
            attempt.is_repeated(&one, "no space") && !attempt.is_repeated(&one, "full") && !attempt.is_repeated(&other, "no space")
        );
        assert_eq!(Attempt::retry(Some(&attempt), &other, start, String::new()).pause, BACK_OFF[0]);
    }
}
