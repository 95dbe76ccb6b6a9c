//! The verdict is what the compiler says: a change is breaking just where code that names all that
//! callers can name no longer compiles.

use std::fs;

use entitree::{Config, FileSet, connect, items::Verdict, report::report, sql};
use entitree_tests::{
    Reference, folder,
    project::{Project, add_crates, workspace},
};

const MANIFEST: &str = "[package]\nname = \"verdict\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nentities = { package = \"verdict_entities\", path = \"../verdict/entities\" }\nqueries = { package = \"verdict_queries\", path = \"../verdict/queries\" }\nsea-orm = { version = \"2.0.4\", default-features = false }\n";

#[tokio::test]
async fn the_verdict_is_the_compilers() {
    let reference = Reference::start().await;
    let read = |file: &str| fs::read_to_string(folder("verdict").join(file)).expect("a file");
    let (schema, caller, changes) = (read("schema.sql"), read("lib.rs"), read("changes.sql"));
    let files = sql::read_folder(&folder("verdict/queries")).expect("files of SQL");
    let config = Config::default();
    let project = Project { root: xtask::root().join("target/verdict") };
    let mut old = None;
    let mut wrong = Vec::new();
    let mut counts = [0, 0, 0];
    for change in ["select 1"].into_iter().chain(changes.lines()) {
        let (url, client) = reference.with_sql(&schema).await;
        client.batch_execute(change).await.unwrap_or_else(|error| panic!("{change}: {error:?}"));
        let mut session = connect(&url, |_| None).await.expect("the server answers");
        let (new, answers) = entitree::read_with_queries(&mut session, &config, &files).await.expect("a database");
        let old = old.get_or_insert_with(|| new.clone());
        let report = report(old, &new, &config, &files, &answers);
        counts[usize::from(report.verdict == Verdict::Compatible) + 2 * usize::from(report.verdict == Verdict::Breaking)] += 1;
        let compiles = match entitree::generate_with_queries(&mut session, &config, &files).await {
            // A statement that the database refuses leaves nothing to compile.
            Err(_) => false,
            Ok(generation) => {
                let mut project_files = FileSet::default();
                add_crates(&mut project_files, "verdict", &generation.files);
                project_files.0.insert("app/src/lib.rs".into(), caller.clone());
                project_files.0.insert("app/Cargo.toml".into(), MANIFEST.to_owned());
                let members = "  \"app\",\n  \"verdict/entities\",\n  \"verdict/queries\",\n";
                project_files.0.insert("Cargo.toml".into(), workspace(members));
                project.write(project_files);
                let checked = project.cargo(&["check", "--workspace", "--quiet"]);
                let said = String::from_utf8_lossy(&checked.stderr).into_owned();
                assert!(!said.contains("(lib) due to") || said.contains("could not compile `verdict` (lib)"), "{change}: {said}");
                if change == "select 1" {
                    assert!(checked.status.success(), "{said}");
                }
                checked.status.success()
            }
        };
        if (report.verdict == Verdict::Breaking) == compiles {
            wrong.push(format!(
                "{change}: {}, and {}\n{report:#?}",
                report.verdict,
                if compiles { "compiles" } else { "does not compile" }
            ));
        }
    }
    assert!(changes.lines().count() >= 40 && counts.iter().all(|count| *count >= 5), "{counts:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
