//! What can be NULL, against the truth that people wrote down: `N` can, `x` never.

use entitree::{
    connect,
    describe::{Statement, describe},
};
use entitree_tests::Reference;

#[tokio::test]
async fn queries_are_told_what_can_be_null() {
    let reference = Reference::start().await;
    let (url, _client) = reference.with_sql(include_str!("../fixtures/nullability/schema.sql")).await;
    let mut session = connect(&url, |_| None).await.expect("the server answers");
    let cases: Vec<Vec<&str>> =
        [include_str!("../fixtures/nullability/queries.txt"), include_str!("../fixtures/nullability/more.txt")]
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .map(|line| line.splitn(3, '|').collect())
            .collect();
    let statements: Vec<Statement> =
        cases.iter().map(|case| Statement { name: case[0].to_owned(), sql: case[2].to_owned(), ..Statement::default() }).collect();
    let described = describe(&mut session, &statements).await.expect("the connection holds");
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
