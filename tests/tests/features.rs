//! Domains as features of cargo: each compiles alone, with what it brings.

use std::{fs, path::Path};

use entitree::{FileSet, Mode, manifest, sql};
use entitree_tests::{
    Reference,
    project::{Project, add_crates, workspace},
    reference_config,
};

#[tokio::test]
async fn each_domain_compiles_alone() {
    let reference = Reference::start().await;
    let (url, _client) = reference.database().await;
    let mut config = reference_config();
    config.domain_features = true;
    let files = sql::read_folder(&xtask::root().join("queries")).expect("files of SQL");
    let mut session = entitree::connect(&url, |_| None).await.expect("the server answers");
    let generation = entitree::generate_with_queries(&mut session, &config, &files).await.unwrap_or_else(|error| panic!("{error}"));
    let features = generation.features.clone().expect("codegen.toml asks for them");

    let mut project_files = FileSet::default();
    add_crates(&mut project_files, "features", &generation.files);
    for file in manifest::FILES {
        let text = project_files.0.get_mut(&Path::new("features").join(file)).expect("a manifest");
        *text = manifest::with_features(file, text, Some(&features)).expect("a place");
    }
    let members = "    \"features/entities\",\n    \"features/queries\",\n";
    project_files.0.insert("Cargo.toml".into(), workspace(members));
    let project = Project { root: xtask::root().join("target/features") };
    project.write(project_files);

    let mut wrong = Vec::new();
    let alone = features.iter().map(|feature| feature.name.as_str());
    for feature in alone.chain(["", "default"]) {
        let output =
            project.cargo(&["check", "--quiet", "--package", "features_queries", "--no-default-features", "--features", feature]);
        if !output.status.success() {
            wrong.push(format!("with the feature `{feature}`: {}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Nothing refers to the tables of organizations, and they refer to nothing.
    let organizations = features.iter().find(|feature| feature.name == "organizations").expect("a domain");
    assert!(organizations.brings.is_empty());
    let users = &generation.files.0[Path::new("entities/src/generated/users/users.rs")];
    assert!(users.contains("#[cfg(feature = \"membership\")]"), "the way back is the referring domain's");
}

#[tokio::test]
async fn domains_that_refer_to_each_other_come_together() {
    let reference = Reference::start().await;
    let tables = "create table a (id int primary key, b int); create table b (id int primary key, a int references a);
                  alter table a add foreign key (b) references b; create table c (id int primary key, a int references a);";
    let (_url, client) = reference.with_sql(tables).await;
    let text = "domain_features = true\n[domains]\none = [\"public.a\"]\ntwo = [\"public.b\"]\nthree = [\"public.c\"]\n";
    let config = entitree::Config::parse(text, Path::new("codegen.toml")).expect("a configuration");
    let generation = entitree::generate(&client, &config).await.unwrap_or_else(|error| panic!("{error}"));
    let brings: Vec<(String, Vec<String>)> =
        generation.features.into_iter().flatten().map(|feature| (feature.name, feature.brings)).collect();
    let expected = [("one", vec!["two"]), ("three", vec!["one"]), ("two", vec!["one"])];
    let expected: Vec<(String, Vec<String>)> =
        expected.into_iter().map(|(name, brings)| (name.to_owned(), brings.into_iter().map(str::to_owned).collect())).collect();
    assert_eq!(brings, expected);
    let said: Vec<String> = generation.warnings.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|line| line.contains("the feature `one`") && line.contains("only together")), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("`three`")), "{said:?}");
}

#[tokio::test]
async fn the_manifests_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    entitree::sync::write_missing(&entitree::scaffold(), folder.path()).expect("a folder");
    let features = vec![entitree::plan::Feature { name: "users".to_owned(), brings: Vec::new() }];
    let sync = |features: Option<&[entitree::plan::Feature]>, mode| {
        entitree::sync::manifests(features, folder.path(), mode).expect("the folder can be written").len()
    };
    let before = fs::read_to_string(folder.path().join("queries/Cargo.toml")).expect("a manifest");
    assert_eq!(sync(Some(&features), Mode::Check), 2, "two manifests lack features");
    assert_eq!(sync(Some(&features), Mode::Write), 2);
    assert_eq!(sync(Some(&features), Mode::Check), 0);
    let with = fs::read_to_string(folder.path().join("queries/Cargo.toml")).expect("a manifest");
    assert!(with.contains("\nusers = [\"entities/users\"]\n"), "{with}");
    assert_eq!(sync(None, Mode::Write), 2, "nobody asks for features any more");
    assert_eq!(fs::read_to_string(folder.path().join("queries/Cargo.toml")).expect("a manifest"), before);
}
