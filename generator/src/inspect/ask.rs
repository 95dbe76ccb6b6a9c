//! Asks about rows, many questions in one statement; a question that fails costs only its own answer.

use tokio_postgres::Client;

use super::{InspectError, Progress};

/// How many questions one statement holds.
const BATCH: usize = 50;

/// What the server says to a question, or why it says nothing.
pub(super) type Answer = Result<Vec<String>, String>;

/// Asks expressions, each of which gives an array; the answers come in the order of the questions.
pub(super) async fn ask(
    client: &Client,
    questions: &[String],
    stage: &'static str,
    progress: Progress<'_>,
) -> Result<Vec<Answer>, InspectError> {
    let mut answers = Vec::with_capacity(questions.len());
    for batch in questions.chunks(BATCH) {
        progress(stage, answers.len(), questions.len());
        match together(client, batch).await? {
            Ok(several) => answers.extend(several.into_iter().map(Ok)),
            Err(reason) if batch.len() == 1 => answers.push(Err(reason)),
            Err(_) => {
                for question in batch {
                    progress(stage, answers.len(), questions.len());
                    let alone = together(client, std::slice::from_ref(question)).await?;
                    answers.push(alone.map(|mut several| several.pop().unwrap_or_default()));
                }
            }
        }
    }
    Ok(answers)
}

/// Asks in one statement, in a savepoint of its own. The inner error is the server's refusal.
async fn together(client: &Client, questions: &[String]) -> Result<Result<Vec<Vec<String>>, String>, InspectError> {
    let refused = |source| InspectError::Refused { what: "rows", source };
    let columns: Vec<String> = questions.iter().map(|question| format!("({question})::text[]")).collect();
    client.batch_execute("savepoint entitree").await.map_err(refused)?;
    match client.query_typed(&format!("select {}", columns.join(", ")), &[]).await {
        Ok(rows) => {
            client.batch_execute("release savepoint entitree").await.map_err(refused)?;
            let Some(row) = rows.first() else { return Ok(Ok(Vec::new())) };
            let answers: Result<Vec<Option<Vec<String>>>, _> = (0..questions.len()).map(|column| row.try_get(column)).collect();
            Ok(Ok(answers.map_err(refused)?.into_iter().map(Option::unwrap_or_default).collect()))
        }
        Err(error) => match error.as_db_error().map(|error| error.message().to_owned()) {
            Some(message) if !client.is_closed() => {
                client.batch_execute("rollback to savepoint entitree").await.map_err(refused)?;
                Ok(Err(message))
            }
            _ => Err(refused(error)),
        },
    }
}

/// The numbers of an answer.
pub(super) fn numbers(answer: &[String]) -> Vec<i64> {
    answer.iter().map(|number| number.parse().unwrap_or_default()).collect()
}
