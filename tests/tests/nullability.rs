//! What can be NULL, against the truth that people wrote down: `N` can, `x` never.

use entitree::{connect, describe::describe, sql::File};
use xtask::server::Server;

#[tokio::test]
async fn queries_are_told_what_can_be_null() {
    // Trees differ between versions: CI runs this on the embedded server, PostgreSQL 18, as well.
    let embedded = std::env::var_os("ENTITREE_EMBEDDED").is_some();
    let server = if embedded { Server::embedded(&xtask::root()) } else { Server::local(&xtask::root().join("target")).await };
    let server = server.expect("a server");
    let database = if embedded { "postgres" } else { "nullability" };
    if !embedded {
        server.create_database(database, None).await.expect("a fresh server takes a database");
    }
    let mut session = connect(&server.url(database), |_| None).await.expect("the server answers");
    session.client.batch_execute(include_str!("../fixtures/nullability/schema.sql")).await.expect("the script loads");
    let cases: Vec<Vec<&str>> =
        [include_str!("../fixtures/nullability/queries.txt"), include_str!("../fixtures/nullability/more.txt")]
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .map(|line| line.splitn(3, '|').collect())
            .collect();
    let files: Vec<File> = cases.iter().map(|case| File::parse(case[0].as_ref(), case[2]).expect("a statement")).collect();
    let described = describe(&mut session, &files).await.expect("the connection holds").into_iter().flatten();
    let (mut unsound, mut loose) = (Vec::new(), Vec::new());
    for (case, described) in cases.iter().zip(described) {
        let described = described.unwrap_or_else(|refusal| panic!("{refusal}"));
        let found: Vec<&str> = described.columns.iter().map(|column| if column.nullable { "N" } else { "x" }).collect();
        let truth: Vec<&str> = case[1].split_whitespace().collect();
        assert_eq!(found.len(), truth.len(), "{}", case[0]);
        for (found, truth) in found.iter().zip(&truth) {
            match (*found, *truth) {
                ("x", "N") => unsound.push(case.join(" | ")),
                ("N", "x") => loose.push(case.join(" | ")),
                _ => {}
            }
        }
    }
    assert!(unsound.is_empty(), "said never to be NULL, and can be:\n{}", unsound.join("\n"));
    // Sound before exact: these are known to be told too carefully.
    assert!(loose.is_empty(), "{}", loose.join("\n"));
}
