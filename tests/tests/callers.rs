//! A change of the database breaks the code that depends on what changed, and no other.

use std::{collections::BTreeSet, fs};

use entitree::{FileSet, connect, sql};
use entitree_tests::{
    Reference, folder,
    project::{Project, add_crates, workspace},
    reference_config,
};

/// A change, and the modules of `tests/callers/` that it breaks; a name that ends with `.sql` is a
/// file that is refused before anything is generated.
const CHANGES: &[(&str, &[&str])] = &[
    ("select 1", &[]),
    ("create table public.organization_extra (id int primary key); alter table public.user_profiles add nickname text", &[]),
    ("alter table public.user_profiles rename first_name to given_name", &["profile_name"]),
    ("alter table public.user_memberships drop tenure", &["tenure"]),
    ("alter table public.payout_management alter amount type double precision", &["payout_amount"]),
    (
        "delete from public.kyc_verification where document_type is null; alter table public.kyc_verification alter document_type set not null",
        &["kyc_document"],
    ),
    ("alter type public.enum_users_status rename value 'Pending' to 'Waiting'", &["user_status"]),
    ("alter type public.enum_users_status add value 'Waiting'", &["user_status"]),
    ("alter table auth.users drop constraint users_phone_key", &["account_by_phone"]),
    ("delete from public.user_contacts; alter table public.user_contacts add kind text not null", &["new_contact"]),
    ("alter table public.kyc_verification drop constraint kyc_verification_user_id_fkey", &["kyc_user"]),
    ("alter table public.users alter email drop not null", &["kyc_user", "unpaid"]),
    ("alter table public.user_payments rename created_at to made_at", &["billing.sql"]),
];

#[tokio::test]
async fn a_change_breaks_what_depends_on_it() {
    let reference = Reference::start().await;
    let config = reference_config();
    let project = Project { root: xtask::root().join("target/callers") };
    for (change, expected) in CHANGES {
        let (url, client) = reference.database().await;
        client.batch_execute(change).await.unwrap_or_else(|error| panic!("{change}: {error:?}"));
        let files = sql::read_folder(&xtask::root().join("queries")).expect("files of SQL");
        let mut session = connect(&url, |_| None).await.expect("the server answers");
        let generation = match entitree::generate_with_queries(&mut session, &config, &files).await {
            Ok(generation) => generation,
            Err(error) => {
                let said = error.to_string();
                let refused: BTreeSet<&str> =
                    said.split("\n\n").filter_map(|mistake| mistake.split(':').next()?.rsplit('/').next()).collect();
                assert_eq!(refused.into_iter().collect::<Vec<_>>(), *expected, "{change}: {said}");
                continue;
            }
        };
        let mut project_files = FileSet::default();
        add_crates(&mut project_files, "callers", &generation.files);
        for entry in fs::read_dir(folder("callers")).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name");
            project_files.0.insert(std::path::Path::new("app/src").join(name), fs::read_to_string(&path).expect("a file"));
        }
        project_files.0.insert(
            "app/Cargo.toml".into(),
            "[package]\nname = \"callers\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nentities = { package = \"callers_entities\", path = \"../callers/entities\" }\nqueries = { package = \"callers_queries\", path = \"../callers/queries\" }\nsea-orm = { version = \"2.0.4\", default-features = false }\n".to_owned(),
        );
        project_files.0.insert("Cargo.toml".into(), workspace("  \"app\",\n  \"callers/entities\",\n  \"callers/queries\",\n"));
        project.write(project_files);
        let checked = project.cargo(&["check", "--workspace", "--quiet", "--message-format", "json"]);
        let broken = broken(&String::from_utf8_lossy(&checked.stdout));
        let expected: BTreeSet<String> = expected.iter().map(|name| format!("app/src/{name}.rs")).collect();
        assert_eq!(broken, expected, "{change}: {}", String::from_utf8_lossy(&checked.stderr));
        assert_eq!(checked.status.success(), expected.is_empty(), "{change}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}

/// The files that the compiler's errors point at.
fn broken(output: &str) -> BTreeSet<String> {
    let messages = output.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let errors = messages.filter(|line| line["message"]["level"] == "error");
    errors
        .flat_map(|line| line["message"]["spans"].as_array().cloned().unwrap_or_default())
        .filter(|span| span["is_primary"] == true)
        .filter_map(|span| span["file_name"].as_str().map(str::to_owned))
        .collect()
}
