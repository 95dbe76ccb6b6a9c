//! Connecting: TLS as libpq means it, a transaction-mode pooler, a Unix socket, and each error.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    task::Poll,
    time::Duration,
};

use entitree::{Config, ConnectError, connect};
use entitree_tests::{Reference, reference_config, text_rows};

async fn attempt(url: &str) -> Result<entitree::Session, ConnectError> {
    connect(url, |_| None).await
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").current_dir(folder).args(arguments).output().expect("openssl is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Makes an authority and a certificate for `localhost`, and has the server use it.
async fn with_tls(reference: &Reference, folder: &Path) {
    let subject = ["-days", "2", "-nodes", "-newkey", "rsa:2048"];
    openssl(
        folder,
        &[&["req", "-x509", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test authority"], &subject[..]].concat(),
    );
    openssl(
        folder,
        &["req", "-nodes", "-newkey", "rsa:2048", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost"],
    );
    fs::write(folder.join("names"), "subjectAltName=DNS:localhost").expect("writable");
    openssl(
        folder,
        &[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "names",
            "-out",
            "server.pem",
        ],
    );
    let client = reference.server.connect("postgres").await.expect("the server answers");
    let data = text_rows(&client, "show data_directory").await[0][0].clone().expect("a path");
    // The server's user must own the key, and nobody else may read it: the server writes it.
    for name in ["server.key", "server.pem"] {
        let text = fs::read_to_string(folder.join(name)).expect("readable");
        let sql = format!(
            "copy (select unnest(string_to_array($text${text}$text$, e'\\n'))) to program 'umask 077; cat > {data}/{name}'"
        );
        client.batch_execute(&sql).await.expect("a superuser may");
    }
    client.batch_execute("alter system set ssl_cert_file = 'server.pem'").await.expect("a superuser may");
    client.batch_execute("alter system set ssl_key_file = 'server.key'").await.expect("a superuser may");
    client.batch_execute("alter system set ssl = on").await.expect("a superuser may");
    client.batch_execute("select pg_reload_conf()").await.expect("a superuser may");
    for _ in 0..100 {
        if text_rows(&client, "show ssl").await[0][0].as_deref() == Some("on") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the server did not turn TLS on: {}", reference.server.log());
}

#[tokio::test]
async fn tls_means_what_it_means_to_libpq() {
    let reference = Reference::with_tcp().await;
    let address = reference.server.tcp_url("reference").expect("it has a port");
    let encrypted = async |url: &str| {
        let session = attempt(url).await?;
        let rows = text_rows(&session.client, "select ssl from pg_stat_ssl where pid = pg_backend_pid()").await;
        Ok::<bool, ConnectError>(rows[0][0].as_deref() == Some("t"))
    };
    assert!(matches!(encrypted(&format!("{address}?sslmode=prefer")).await, Ok(false)));
    let error = encrypted(&format!("{address}?sslmode=require")).await.expect_err("the server has no TLS yet");
    assert!(matches!(error, ConnectError::NoTls { mode: "require", .. }), "{error}");

    let folder = tempfile::tempdir().expect("a folder");
    with_tls(&reference, folder.path()).await;
    let root = folder.path().join("ca.pem").display().to_string();
    let by_name = address.replacen("127.0.0.1", "localhost", 1);
    for (url, expected) in [
        (format!("{address}?sslmode=disable"), Some(false)),
        (address.clone(), Some(true)),
        (format!("{address}?sslmode=require"), Some(true)),
        (format!("{address}?sslmode=verify-ca&sslrootcert={root}"), Some(true)),
        (format!("{address}?sslmode=require&sslrootcert={root}"), Some(true)),
        (format!("{by_name}?sslmode=verify-full&sslrootcert={root}"), Some(true)),
        // The certificate names localhost, not its address.
        (format!("{address}?sslmode=verify-full&sslrootcert={root}"), None),
        // The system knows nothing of the test's authority.
        (format!("{address}?sslmode=verify-ca&sslrootcert=system"), None),
    ] {
        match (encrypted(&url).await, expected) {
            (Ok(encrypted), Some(expected)) => assert_eq!(encrypted, expected, "{url}"),
            (Err(ConnectError::Certificate { .. } | ConnectError::RootCertificate { .. }), None) => {}
            (result, _) => panic!("{url}: {result:?}"),
        }
    }
    let error =
        encrypted(&format!("{address}?sslmode=verify-ca&sslrootcert=/nowhere.pem")).await.expect_err("there is no such file");
    assert!(error.to_string().starts_with("sslrootcert=/nowhere.pem"), "{error}");
}

/// The arguments of `cargo xtask inspect`.
#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    arguments: xtask::inspect::Arguments,
}

#[tokio::test]
async fn an_interrupted_report_ends_its_statement_over_tls() {
    let reference = Reference::with_tcp().await;
    let (_, client) = reference.with_sql("create view slow as select pg_sleep(60)::text as n").await;
    let database = text_rows(&client, "select current_database()").await[0][0].clone().expect("a name");
    let url = reference.server.tcp_url(&database).expect("it has a port");
    let folder = tempfile::tempdir().expect("a folder");
    with_tls(&reference, folder.path()).await;
    let root = folder.path().join("ca.pem").display().to_string();
    let url = format!("{}?sslmode=verify-full&sslrootcert={root}", url.replacen("127.0.0.1", "localhost", 1));
    let sleeping =
        "select a.pid from pg_stat_activity a join pg_stat_ssl using (pid) where ssl and state = 'active' and query like '%slow%'";
    let wait = async |is_there: bool| {
        for _ in 0..200 {
            if text_rows(&client, sleeping).await.is_empty() != is_there {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    };
    let line: Line =
        clap::Parser::parse_from(["inspect", "--schemas", "public", "--timeout", "120", "--quiet", "--database-url", &url]);
    let interrupt = async {
        assert!(wait(true).await, "the statement runs, over TLS");
        let pid = std::process::id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    };
    let (result, ()) = tokio::join!(xtask::inspect::run(&line.arguments), interrupt);
    assert_eq!(result.expect_err("interrupted").to_string(), "interrupted: nothing was written");
    assert!(wait(false).await, "the server went on");
}

#[tokio::test]
async fn each_failure_has_its_error() {
    let reference = Reference::start().await;
    let url = |database: &str| reference.server.url(database);
    let error = attempt(&url("nowhere")).await.expect_err("no such database");
    assert!(
        matches!(error, ConnectError::NoDatabase { .. }) && error.to_string().contains("\"nowhere\" does not exist"),
        "{error}"
    );
    let error = attempt(&reference.server.url_as("nobody_here", "reference")).await.expect_err("no such role");
    assert!(matches!(error, ConnectError::Authentication { .. }), "{error}");
    let error = attempt("postgres://no-such-host.invalid/app").await.expect_err("no such host");
    assert!(matches!(error, ConnectError::UnknownHost { .. }), "{error}");
    let error = attempt("postgres://127.0.0.1:1/app").await.expect_err("nothing listens");
    assert!(matches!(error, ConnectError::Refused { .. }), "{error}");
    // A listener that never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("an address").port();
    let error = attempt(&format!("postgres://127.0.0.1:{port}/app?connect_timeout=1")).await.expect_err("no answer");
    assert!(matches!(error, ConnectError::TimedOut { .. }), "{error}");
}

#[tokio::test]
async fn a_unix_socket_serves_as_well() {
    let reference = Reference::start().await;
    let client = reference.server.connect("postgres").await.expect("the server answers");
    let folder = text_rows(&client, "show unix_socket_directories").await[0][0].clone().expect("a path");
    let port = text_rows(&client, "show port").await[0][0].clone().expect("a number");
    for url in [
        format!("host={folder} port={port} user=postgres dbname=reference"),
        format!("postgres://postgres@{}:{port}/reference", folder.replace('/', "%2F")),
    ] {
        let session = attempt(&url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!(text_rows(&session.client, "select inet_client_addr()").await, [[None]]);
    }
}

/// PgBouncer, ended with this value.
struct Bouncer(Child);

impl Drop for Bouncer {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test]
async fn a_pooler_in_transaction_mode_serves_as_well() {
    let reference = Reference::start().await;
    let (large_url, large_client) = reference.with_tables(300).await;
    let large = large_url.rsplit('/').next().expect("a database");
    large_client.batch_execute(&format!("alter database {large} set log_statement = 'all'")).await.expect("a superuser may");
    let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer", "/usr/local/bin/pgbouncer"]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.exists())
        .expect("PgBouncer is installed (Debian's package pgbouncer)");
    let client = reference.server.connect("postgres").await.expect("the server answers");
    let server_port = text_rows(&client, "show port").await[0][0].clone().expect("a number");
    let server = format!("host={} port={server_port}", reference.server.socket_folder().display());
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("users"), "\"postgres\" \"\"\n").expect("writable");
    // Both sides are sockets in folders that nobody else may enter.
    let sockets = folder.path().join("sockets");
    fs::create_dir(&sockets).expect("writable");
    fs::set_permissions(&sockets, std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("ours");
    let settings = format!(
        "[databases]\nreference = {server} dbname=reference\nlarge = {server} dbname={large} pool_size=1\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\nunix_socket_dir = {}\nauth_type = trust\nauth_file = {}\npool_mode = transaction\ndefault_pool_size = 2\n",
        sockets.display(),
        folder.path().join("users").display()
    );
    fs::write(folder.path().join("pgbouncer.ini"), settings).expect("writable");
    let mut command = Command::new(&program);
    command.arg(folder.path().join("pgbouncer.ini")).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(user) = xtask::server::Unprivileged::find() {
        for path in [folder.path().to_owned(), folder.path().join("users"), folder.path().join("pgbouncer.ini")] {
            fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("ours");
        }
        user.own(&sockets).expect("ours");
        user.run(&mut command);
    }
    let _bouncer = Bouncer(command.spawn().expect("PgBouncer runs"));
    let pooled = format!("postgres://postgres@{}:6432", sockets.display().to_string().replace('/', "%2F"));
    let url = format!("{pooled}/reference");
    let mut session = attempt(&url).await;
    for _ in 0..100 {
        if session.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        session = attempt(&url).await;
    }
    let session = session.unwrap_or_else(|error| panic!("{error}"));
    let direct = reference.server.connect("reference").await.expect("the server answers");
    let expected = entitree::generate(&direct, &reference_config()).await.unwrap_or_else(|error| panic!("{error}"));
    // Twice: whatever the first read left behind, the second may be given.
    for _ in 0..2 {
        let pooled = entitree::generate(&session.client, &reference_config()).await.unwrap_or_else(|error| panic!("{error}"));
        assert!(pooled.files == expected.files);
    }

    // A large catalogue is read on two connections where there are two, and on one where there is one.
    let mut config = Config::default();
    config.schemas = vec!["public".to_owned()];
    let alone = entitree::generate(&large_client, &config).await.unwrap_or_else(|error| panic!("{error}"));
    let pooled_url = format!("{pooled}/large");
    let imported = || reference.server.log().matches("set transaction snapshot").count();
    for (url, is_second_connection_there) in [(large_url.as_str(), true), (pooled_url.as_str(), false)] {
        let before = imported();
        let mut session = attempt(url).await.unwrap_or_else(|error| panic!("{error}"));
        let read = entitree::generate_with_queries(&mut session, &config, &[]).await.unwrap_or_else(|error| panic!("{error}"));
        assert!(read.files == alone.files, "{url}: the same bytes");
        assert_eq!(imported() > before, is_second_connection_there, "{url}");
    }
}

#[tokio::test]
async fn reading_leaves_the_callers_transaction_alone() {
    let reference = Reference::start().await;
    let (_url, client) = reference.database().await;
    client.batch_execute("begin; create table public.mine (id int primary key)").await.expect("a transaction");
    let error = entitree::generate(&client, &reference_config()).await.expect_err("reading would end the transaction");
    assert!(error.to_string().contains("the connection is in a transaction"), "{error}");
    assert_eq!(text_rows(&client, "select count(*) from public.mine").await, [[Some("0".to_owned())]]);
    client.batch_execute("rollback").await.expect("the caller's own end");
    assert_eq!(text_rows(&client, "select to_regclass('public.mine')").await, [[None]], "nothing was committed");
    entitree::generate(&client, &reference_config()).await.unwrap_or_else(|error| panic!("{error}"));
}

/// Polls a reading at most so many times and drops it: `Err` with the number of polls if it ended by itself.
async fn polls<T, E: std::fmt::Display>(reading: impl Future<Output = Result<T, E>>, most: usize) -> Result<(), usize> {
    let mut reading = std::pin::pin!(reading);
    let mut count = 0;
    std::future::poll_fn(|context| {
        if count == most {
            return Poll::Ready(Ok(()));
        }
        count += 1;
        reading.as_mut().poll(context).map(|result| {
            result.unwrap_or_else(|error| panic!("{error}"));
            Err(count)
        })
    })
    .await
}

#[tokio::test]
async fn a_reading_that_is_dropped_leaves_no_transaction() {
    let reference = Reference::start().await;
    let (_url, client) = reference.database().await;
    let whole = polls(entitree::generate(&client, &reference_config()), usize::MAX).await.expect_err("read to the end");
    let mut dropped = 0;
    for point in 0..40 {
        dropped += usize::from(polls(entitree::generate(&client, &reference_config()), whole * point / 40).await.is_ok());
        // Outside of a transaction a statement begins with itself.
        let inside = text_rows(&client, "select now() < statement_timestamp()").await;
        assert_eq!(inside, [[Some("f".to_owned())]], "dropped at point {point}");
    }
    assert!(dropped > 5, "{dropped}");
}
