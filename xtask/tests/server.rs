//! Servers that we start are for their user alone.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use tokio_postgres::{Client, SimpleQueryMessage};
use xtask::server::{Server, Unprivileged, connect, development};

async fn value(client: &Client, sql: &str) -> String {
    let rows = client.simple_query(sql).await.expect("the server answers");
    let first = rows.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    first.unwrap_or_default()
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("there").permissions().mode() & 0o777
}

/// The server listens on a socket that nobody else can reach, and nowhere else.
async fn is_private(client: &Client, folder: &Path) {
    assert_eq!(value(client, "show listen_addresses").await, "");
    assert_eq!(
        value(client, "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules where type <> 'local'").await,
        "reject"
    );
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    assert_eq!(mode(&folder.join(".s.PGSQL.5432")), 0o700);
}

/// A folder that the server's user can reach, with a path that is too long for a socket.
fn long(folder: &Path) -> PathBuf {
    let long = folder.join("a-folder-with-a-long-name".repeat(4));
    fs::create_dir_all(&long).expect("writable");
    for path in [folder, &long] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("ours");
    }
    long
}

#[tokio::test]
async fn throw_away_servers_are_for_their_user_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for target in [xtask::root().join("target"), long(folder.path())] {
        let server = Server::local(&target).await.expect("PostgreSQL's programs are installed");
        let client = server.connect("postgres").await.expect("the server answers");
        is_private(&client, server.socket_folder()).await;
        assert_eq!(server.tcp_url("postgres"), None);
        let sockets = server.socket_folder().to_owned();
        drop((client, server));
        assert!(!sockets.exists(), "nothing is left");
    }
}

#[tokio::test]
async fn a_port_is_behind_a_password() {
    let server = Server::local_with_tcp(&xtask::root().join("target")).await.expect("PostgreSQL's programs are installed");
    let url = server.tcp_url("postgres").expect("it has a port");
    let client = connect(&url).await.expect("the password is right");
    assert_eq!(value(&client, "show listen_addresses").await, "127.0.0.1");
    let (user, place) = url.split_once('@').expect("a user");
    let without = user.rsplit_once(':').expect("a password").0;
    for wrong in [format!("{without}@{place}"), format!("{without}:postgres@{place}")] {
        assert!(connect(&wrong).await.is_err(), "a password is asked for");
    }
    assert_eq!(mode(&server.socket_folder().join("password")), 0o600);
}

#[tokio::test]
async fn a_link_in_the_place_of_our_folder_is_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("target");
    let victim = folder.path().join("victim");
    fs::create_dir_all(target.join("entitree")).expect("writable");
    fs::create_dir(&victim).expect("writable");
    symlink(&victim, target.join("entitree/servers")).expect("writable");
    let before = fs::metadata(&victim).expect("there").uid();
    let server = Server::local(&target).await.expect("PostgreSQL's programs are installed");
    server.connect("postgres").await.expect("the server answers");
    assert_eq!(fs::metadata(&victim).expect("there").uid(), before, "it was given to nobody");
    if Unprivileged::find().is_some() {
        assert!(!server.socket_folder().starts_with(folder.path()));
    }
}

#[tokio::test]
async fn the_development_server_is_for_its_user_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = long(folder.path());
    for root in [folder.path(), &long] {
        assert_eq!(development::url(root), None);
        let url = development::start(root).expect("PostgreSQL's programs are installed");
        assert_eq!(development::url(root).as_ref(), Some(&url));
        let client = connect(&url.replace("/entitree", "/postgres")).await.expect("the server answers");
        let sockets = PathBuf::from(value(&client, "show unix_socket_directories").await);
        is_private(&client, &sockets).await;
        assert_eq!(mode(&root.join("target/entitree/development")), 0o700);
        // psql takes the URL as it is.
        let output = Command::new("psql").arg(url.replace("/entitree", "/postgres")).args(["-Atc", "select 1"]).output();
        assert_eq!(output.expect("psql is installed").stdout, b"1\n");
        drop(client);
        development::stop(root, true).expect("it runs");
        assert_eq!(development::url(root), None);
        assert!(!sockets.exists(), "nothing is left");
    }
}
