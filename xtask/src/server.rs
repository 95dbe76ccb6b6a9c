//! Throw-away servers: PostgreSQL's own binaries where there are any, else one that crates carry. They listen on
//! a Unix socket in a folder that only their user may enter, since whoever reaches such a server is its superuser.

use std::{
    env, fs, io,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio_postgres::{Client, NoTls};

/// How long a server may take to answer.
const START_LIMIT: Duration = Duration::from_mins(1);

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// No server binaries were found.
    #[error(
        "no PostgreSQL server was found (pg_config, PATH, /usr/lib/postgresql, Homebrew, Postgres.app); install one, set DATABASE_URL, or use --server embedded"
    )]
    NotInstalled,
    /// A program could not be run.
    #[error("cannot run {}: {source}", .program.display())]
    Program {
        /// The program.
        program: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A program failed.
    #[error("{} failed: {message}", .program.display())]
    Failed {
        /// The program.
        program: PathBuf,
        /// What it said.
        message: String,
    },
    /// A folder or file could not be made.
    #[error("cannot prepare {}: {source}", .path.display())]
    Disk {
        /// The path.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The server did not answer.
    #[error("the server did not start within {} s: {log}", START_LIMIT.as_secs())]
    Silent {
        /// The end of its log.
        log: String,
    },
    /// A file of SQL was refused.
    #[error("{}:{line}: {message}", .path.display())]
    Load {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// What the server said.
        message: String,
    },
    /// The connection failed.
    #[error("the throw-away server refused: {0}")]
    Connection(#[from] tokio_postgres::Error),
}

/// A running server that ends with this value, and with this process, however that ends.
#[derive(Debug)]
pub struct Server {
    /// `local` or `embedded`.
    pub kind: &'static str,
    base: String,
    /// The URL without a database, for TCP.
    tcp: Option<String>,
    folder: PathBuf,
    guardian: Child,
    /// Held open: the guardian reads it, and ends the server at its end.
    lifeline: Option<ChildStdin>,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // Nobody is left to be told.
        self.guardian.wait().ok();
    }
}

impl Server {
    /// Starts a private cluster below `target/` from PostgreSQL's own binaries, durability off, as
    /// an unprivileged user when the caller is root.
    ///
    /// A guardian process holds the server: it ends the server and removes its files when the pipe
    /// from this process closes, which the system does even when this process is killed.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub async fn local(target: &Path) -> Result<Self, ServerError> {
        Self::start(target, None).await
    }

    /// As [`Server::local`], with a port on the loopback interface as well, behind a random password: for what
    /// needs TCP, as TLS does.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub async fn local_with_tcp(target: &Path) -> Result<Self, ServerError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| ServerError::Disk { path: "a password".into(), source: error.into() })?;
        Self::start(target, Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())).await
    }

    async fn start(target: &Path, password: Option<String>) -> Result<Self, ServerError> {
        let binaries = find_binaries().ok_or(ServerError::NotInstalled)?;
        let user = Unprivileged::find();
        let mut attempts = 3;
        loop {
            attempts -= 1;
            let folder = private_folder(target, user.as_ref())?;
            // Free a moment ago; somebody else may take it first, hence the attempts.
            let port = if password.is_some() { free_port()? } else { PORT };
            let mut command = Command::new("sh");
            command.arg("-c").arg(GUARDIAN).arg("entitree-guardian").arg(&folder).arg(&binaries);
            command
                .args(settings(port, &folder, password.is_some()))
                .env("ENTITREE_PASSWORD", password.as_deref().unwrap_or_default());
            let mut server = Self::spawn("local", command, user.as_ref(), &folder, socket_url(&folder, port))?;
            server.tcp = password.as_ref().map(|password| format!("postgres://postgres:{password}@127.0.0.1:{port}"));
            match server.wait().await {
                Ok(()) => return Ok(server),
                Err(error) if attempts == 0 => return Err(error),
                Err(_) => {}
            }
        }
    }

    /// Starts the server that crates carry, building it first where that was not done: one
    /// connection at a time.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub fn embedded(root: &Path) -> Result<Self, ServerError> {
        let target = root.join("target");
        let build = target.join("embedded");
        let program = build.join("release/entitree-embedded");
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(root.join("xtask/embedded"));
        cargo.args(["build", "--release", "--locked", "--quiet", "--target-dir"]).arg(&build);
        if !program.exists() {
            eprintln!("building the embedded server: the first time only, some minutes");
        }
        let status = cargo.status().map_err(|source| ServerError::Program { program: "cargo".into(), source })?;
        if !status.success() {
            return Err(ServerError::Failed { program: "cargo".into(), message: "the embedded server did not build".to_owned() });
        }
        let folder = private_folder(&target, None)?;
        let mut command = Command::new("sh");
        command.arg("-c").arg(EMBEDDED_GUARDIAN).arg("entitree-guardian").arg(&folder).arg(&program);
        command.stdout(Stdio::piped());
        let mut server = Self::spawn("embedded", command, None, &folder, String::new())?;
        let Some(output) = server.guardian.stdout.take() else { unreachable!("its output is piped") };
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).map_err(|source| ServerError::Program { program: program.clone(), source })?;
        let Some(url) = line.trim().strip_prefix("ready ") else {
            return Err(ServerError::Failed { program, message: tail(&folder.join("log")) });
        };
        let user = url.split(['?', '&']).find_map(|parameter| parameter.strip_prefix("user=")).unwrap_or("postgres");
        server.base = socket_url(&folder, PORT).replacen("postgres@", &format!("{user}@"), 1);
        Ok(server)
    }

    fn spawn(
        kind: &'static str,
        mut command: Command,
        user: Option<&Unprivileged>,
        folder: &Path,
        base: String,
    ) -> Result<Self, ServerError> {
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        if kind == "local" {
            command.stdout(Stdio::null());
        }
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // Ctrl-C reaches this process alone; the guardian sees the pipe close.
            command.process_group(0);
        }
        if let Some(user) = user {
            user.run(&mut command);
        }
        let mut guardian = command.spawn().map_err(|source| ServerError::Program { program: "sh".into(), source })?;
        let lifeline = guardian.stdin.take();
        Ok(Self { kind, base, tcp: None, folder: folder.to_owned(), guardian, lifeline })
    }

    /// Waits until the server answers.
    async fn wait(&mut self) -> Result<(), ServerError> {
        let start = Instant::now();
        loop {
            if self.connect("postgres").await.is_ok() {
                return Ok(());
            }
            let log = self.log();
            if let Some(fatal) = log.lines().find(|line| line.contains("FATAL:") && !line.contains("starting up")) {
                return Err(ServerError::Silent { log: fatal.to_owned() });
            }
            let ended = self.guardian.try_wait().is_ok_and(|status| status.is_some());
            if ended || start.elapsed() > START_LIMIT {
                return Err(ServerError::Silent { log: if log.is_empty() { "it said nothing".to_owned() } else { log } });
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The URL of a database.
    pub fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.base)
    }

    /// The URL of a database over TCP, with the password, where the server was started with a port.
    pub fn tcp_url(&self, database: &str) -> Option<String> {
        self.tcp.as_ref().map(|base| format!("{base}/{database}"))
    }

    /// The folder of the server's socket, which nobody else may enter.
    pub fn socket_folder(&self) -> &Path {
        &self.folder
    }

    /// What the server has written to its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The URL of a database, for another role.
    pub fn url_as(&self, role: &str, database: &str) -> String {
        self.url(database).replacen("postgres@", &format!("{role}@"), 1)
    }

    /// A connection to a database.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn connect(&self, database: &str) -> Result<Client, ServerError> {
        connect(&self.url(database)).await
    }

    /// Makes a database: empty, or like a template, to which nobody may be connected.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn create_database(&self, name: &str, template: Option<&str>) -> Result<(), ServerError> {
        let client = self.connect("postgres").await?;
        let template = template.map_or_else(String::new, |template| format!(" template \"{template}\""));
        client.batch_execute(&format!("create database \"{name}\"{template}")).await?;
        Ok(())
    }

    /// Loads files of SQL into a database.
    ///
    /// # Errors
    /// The file and line that the server refused.
    pub async fn load(&self, database: &str, files: &[PathBuf]) -> Result<(), ServerError> {
        load(&self.url(database), files).await
    }
}

/// A connection without TLS, to a server of our own.
///
/// # Errors
/// When the server refuses.
pub async fn connect(url: &str) -> Result<Client, ServerError> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move { drop(connection.await) });
    Ok(client)
}

/// Loads files of SQL.
///
/// # Errors
/// The file and line that the server refused.
pub async fn load(url: &str, files: &[PathBuf]) -> Result<(), ServerError> {
    let client = connect(url).await?;
    for path in files {
        let sql = fs::read_to_string(path).map_err(|source| ServerError::Disk { path: path.clone(), source })?;
        client.batch_execute(&sql).await.map_err(|error| {
            let refused = error.as_db_error();
            let line = match refused.and_then(|refused| refused.position()) {
                Some(tokio_postgres::error::ErrorPosition::Original(position)) => {
                    sql.chars().take(*position as usize).filter(|letter| *letter == '\n').count() + 1
                }
                _ => 1,
            };
            let message = refused.map_or_else(|| error.to_string(), |refused| refused.message().to_owned());
            ServerError::Load { path: path.clone(), line, message }
        })?;
    }
    Ok(())
}

/// Makes a cluster and runs its server until the end of the input; then ends it and removes
/// everything. The folder is made here, so that nothing is left of a run that is killed early.
///
/// Trust is for the socket alone, whose folder nobody else may enter.
const GUARDIAN: &str = r#"
folder=$1; binaries=$2; shift 2
trap '' INT HUP TERM
umask 077
mkdir -m 700 "$folder" || exit 1
trap 'rm -rf "$folder"' EXIT
over_tcp=reject; password=
if [ -n "$ENTITREE_PASSWORD" ]; then
    over_tcp=scram-sha-256; password=$folder/password
    printf '%s\n' "$ENTITREE_PASSWORD" >"$password"
fi
unset ENTITREE_PASSWORD
"$binaries/initdb" --username=postgres --auth-local=trust "--auth-host=$over_tcp" ${password:+"--pwfile=$password"} \
    --encoding=UTF8 --locale=C --no-sync --pgdata "$folder/data" \
    >"$folder/log" 2>&1 </dev/null || { echo "FATAL: initdb failed" >>"$folder/log"; sleep 1; exit 1; }
"$binaries/postgres" -D "$folder/data" "$@" >"$folder/log" 2>&1 </dev/null &
server=$!
while read -r _; do :; done
# A server that has only just begun does not listen to signals yet: ask until it is gone.
(while kill -QUIT "$server" 2>/dev/null; do sleep 0.1; done) &
asking=$!
wait "$server" 2>/dev/null
kill "$asking" 2>/dev/null
"#;

/// The embedded server ends by itself at the end of its input.
const EMBEDDED_GUARDIAN: &str = r#"
folder=$1; program=$2
trap '' INT HUP TERM
umask 077
mkdir -m 700 "$folder" || exit 1
trap 'rm -rf "$folder"' EXIT
"$program" --socket "$folder" 2>"$folder/log"
"#;

/// The port that a socket is named after; each socket has a folder of its own.
const PORT: u16 = 5432;

/// The most bytes that the path of a socket's folder may have: systems take 103 for the socket, the embedded server 99.
const LONGEST_FOLDER: usize = 99 - "/.s.PGSQL.65535".len();

/// What a path needs to be the host of a URL.
const IN_HOST: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The URL of a server behind a socket, without a database. tokio-postgres, sqlx and libpq read it alike.
fn socket_url(folder: &Path, port: u16) -> String {
    format!("postgres://postgres@{}:{port}", utf8_percent_encode(&folder.display().to_string(), IN_HOST))
}

fn settings(port: u16, sockets: &Path, has_tcp: bool) -> Vec<String> {
    let host = if has_tcp { "127.0.0.1" } else { "" };
    let sockets = sockets.display().to_string();
    // A list of folders: quotes are for those whose name would be more than one.
    let is_plain = !sockets.contains([',', '"', ' ']);
    let sockets = if is_plain { sockets } else { format!("\"{}\"", sockets.replace('"', "\"\"")) };
    let mut arguments = vec!["-p".to_owned(), port.to_string(), "-h".to_owned(), host.to_owned()];
    for setting in [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_wal_senders=0",
        "wal_level=minimal",
        "autovacuum=off",
        "max_connections=200",
        "unix_socket_permissions=0700",
        &format!("unix_socket_directories={sockets}"),
    ] {
        arguments.extend(["-c".to_owned(), setting.to_owned()]);
    }
    arguments
}

/// Where the server's programs are, the newest where there are several.
pub fn find_binaries() -> Option<PathBuf> {
    let is_server = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let configured = Command::new("pg_config").arg("--bindir").output().ok().filter(|output| output.status.success());
    let configured = configured.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim().to_owned()));
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = configured.into_iter().chain(env::split_paths(&path)).collect();
    for (parent, below) in [
        ("/usr/lib/postgresql", "bin"),
        ("/usr/pgsql", "bin"),
        ("/opt/homebrew/opt", "bin"),
        ("/usr/local/opt", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "bin"),
    ] {
        let mut versions: Vec<PathBuf> = fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        let number = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.trim_start_matches("postgresql@").parse::<u32>().unwrap_or(0)
        };
        versions.sort_by_key(|path| std::cmp::Reverse(number(path)));
        folders.extend(versions.into_iter().map(|version| version.join(below)));
    }
    folders.into_iter().find(is_server)
}

/// A user that may run a server: root may not.
#[derive(Debug)]
pub struct Unprivileged {
    user: u32,
    group: u32,
}

impl Unprivileged {
    /// `postgres` or `nobody`, when the caller is root.
    pub fn find() -> Option<Self> {
        let id = Command::new("id").arg("-u").output().ok()?;
        if String::from_utf8_lossy(&id.stdout).trim() != "0" {
            return None;
        }
        let users = fs::read_to_string("/etc/passwd").ok()?;
        ["postgres", "nobody"].iter().find_map(|name| {
            let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
            let mut numbers = line.split(':').skip(2);
            Some(Self { user: numbers.next()?.parse().ok()?, group: numbers.next()?.parse().ok()? })
        })
    }

    /// Makes a command run as this user.
    pub fn run(&self, command: &mut Command) {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.uid(self.user).gid(self.group).current_dir("/");
        }
    }

    /// Gives a folder to this user; a link that somebody put there instead is not followed.
    ///
    /// # Errors
    /// When it is no folder, or the caller may not.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        if !fs::symlink_metadata(path)?.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"));
        }
        #[cfg(unix)]
        std::os::unix::fs::lchown(path, Some(self.user), Some(self.group))?;
        Ok(())
    }
}

/// The path of a folder for one server: below `target/`, or in the system's temporary folder where the server's
/// user cannot reach `target/`, or a socket's path would be too long. The guardian makes it, for its user alone,
/// and fails where somebody was there first; the name cannot be foreseen.
fn private_folder(target: &Path, user: Option<&Unprivileged>) -> Result<PathBuf, ServerError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| ServerError::Disk { path: target.to_owned(), source: error.into() })?;
    let random: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = format!("entitree-{}-{random}", std::process::id());
    let servers = target.join("entitree/servers");
    let mut last = None;
    for parent in [&servers, &env::temp_dir(), Path::new("/tmp")] {
        let folder = parent.join(&name);
        if folder.as_os_str().len() > LONGEST_FOLDER {
            continue;
        }
        // Only a folder of ours is given to another user; temporary folders are for everybody.
        let made = if *parent == *servers { make_servers(parent, user) } else { Ok(()) };
        match made.and_then(|()| can_write(parent, user)) {
            Ok(true) => return Ok(folder),
            Ok(false) => {}
            Err(source) => last = Some(ServerError::Disk { path: parent.to_owned(), source }),
        }
    }
    Err(last.unwrap_or_else(|| ServerError::Disk {
        path: servers,
        source: io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the server's user cannot write there, nor into the temporary folder",
        ),
    }))
}

fn make_servers(folder: &Path, user: Option<&Unprivileged>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    user.map_or(Ok(()), |user| user.own(folder))
}

/// Whether the server's user can make a folder in another.
fn can_write(folder: &Path, user: Option<&Unprivileged>) -> io::Result<bool> {
    let mut reach = Command::new("sh");
    reach.arg("-c").arg("cd \"$1\" && test -w .").arg("sh").arg(folder).stderr(Stdio::null());
    if let Some(user) = user {
        user.run(&mut reach);
    }
    Ok(reach.status()?.success())
}

fn initdb(binaries: &Path, data: &Path, user: Option<&Unprivileged>) -> Result<(), ServerError> {
    let program = binaries.join("initdb");
    let mut command = Command::new(&program);
    command
        .args([
            "--username=postgres",
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--pgdata",
        ])
        .arg(data);
    command.env_remove("PGDATA").stdin(Stdio::null());
    if let Some(user) = user {
        user.run(&mut command);
    }
    let output = command.output().map_err(|source| ServerError::Program { program: program.clone(), source })?;
    if output.status.success() {
        Ok(())
    } else {
        Err(ServerError::Failed { program, message: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
    }
}

/// A port on the loopback interface that was free a moment ago.
fn free_port() -> Result<u16, ServerError> {
    let disk = |source| ServerError::Disk { path: "127.0.0.1".into(), source };
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map(|address| address.port()).map_err(disk)
}

/// The last lines of a log.
fn tail(log: &Path) -> String {
    // The log's last lines may still be on their way.
    thread::sleep(Duration::from_millis(50));
    let mut text = String::new();
    fs::File::open(log).and_then(|mut file| file.read_to_string(&mut text)).ok();
    let lines: Vec<&str> = text.lines().rev().take(5).collect();
    if lines.is_empty() { "it said nothing".to_owned() } else { lines.into_iter().rev().collect::<Vec<_>>().join("; ") }
}

/// The development server: one that stays until it is stopped.
pub mod development {
    use super::{
        Command, LONGEST_FOLDER, PORT, Path, PathBuf, ServerError, Unprivileged, env, find_binaries, fs, initdb, io, settings,
        socket_url, tail,
    };

    fn folder(root: &Path) -> PathBuf {
        root.join("target/entitree/development")
    }

    /// What the running server says of itself: its process, port and the folder of its socket.
    fn state(root: &Path) -> Option<(String, u16, PathBuf)> {
        let state = fs::read_to_string(folder(root).join("data/postmaster.pid")).ok()?;
        let lines: Vec<&str> = state.lines().collect();
        let &[process, _, _, port, sockets, ..] = lines.as_slice() else { return None };
        let alive = Command::new("kill")
            .args(["-0", process])
            .stderr(std::process::Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        Some((process.to_owned(), port.parse().ok()?, PathBuf::from(sockets))).filter(|_| alive)
    }

    /// Its URL while it runs.
    pub fn url(root: &Path) -> Option<String> {
        let (_, port, sockets) = state(root)?;
        if sockets.as_os_str().is_empty() {
            // An older version started it, on a port without a password: what it says is true until it is stopped.
            return Some(format!("postgres://postgres@127.0.0.1:{port}/entitree"));
        }
        Some(format!("{}/entitree", socket_url(&sockets, port)))
    }

    /// The folder of the socket: beside the data or, where its path would be too long, a fresh one in the
    /// system's temporary folder.
    fn sockets(folder: &Path, user: Option<&Unprivileged>) -> io::Result<PathBuf> {
        if folder.as_os_str().len() <= LONGEST_FOLDER {
            return Ok(folder.to_owned());
        }
        let temporary = env::temp_dir();
        let parent = if temporary.as_os_str().len() + 24 <= LONGEST_FOLDER { temporary } else { PathBuf::from("/tmp") };
        let mut builder = tempfile::Builder::new();
        builder.prefix("entitree-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let made = builder.tempdir_in(parent)?.keep();
        user.map_or(Ok(()), |user| user.own(&made))?;
        Ok(made)
    }

    /// Starts it, empty.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub fn start(root: &Path) -> Result<String, ServerError> {
        let binaries = find_binaries().ok_or(ServerError::NotInstalled)?;
        let user = Unprivileged::find();
        let folder = folder(root);
        let disk = |source| ServerError::Disk { path: folder.clone(), source };
        fs::create_dir_all(&folder).map_err(disk)?;
        #[cfg(unix)]
        fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(disk)?;
        if let Some(user) = &user {
            user.own(&folder).map_err(disk)?;
        }
        let data = folder.join("data");
        if !data.exists() {
            initdb(&binaries, &data, user.as_ref())?;
        }
        let sockets = sockets(&folder, user.as_ref()).map_err(disk)?;
        let program = binaries.join("pg_ctl");
        let mut command = Command::new(&program);
        let quoted = |argument: &String| format!("'{}'", argument.replace('\'', "'\\''"));
        let quoted: Vec<String> = settings(PORT, &sockets, false).iter().map(quoted).collect();
        command.arg("-D").arg(&data).arg("-l").arg(folder.join("log")).args(["-s", "-w", "-o"]).arg(quoted.join(" ")).arg("start");
        if let Some(user) = &user {
            user.run(&mut command);
        }
        let status = command.status().map_err(|source| ServerError::Program { program: program.clone(), source })?;
        if !status.success() {
            return Err(ServerError::Failed { program, message: tail(&folder.join("log")) });
        }
        Ok(format!("{}/entitree", socket_url(&sockets, PORT)))
    }

    /// Stops it, and removes its files if `remove`.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub fn stop(root: &Path, remove: bool) -> Result<(), ServerError> {
        let folder = folder(root);
        if let Some((_, _, sockets)) = state(root) {
            let program = find_binaries().ok_or(ServerError::NotInstalled)?.join("pg_ctl");
            let mut command = Command::new(&program);
            command.arg("-D").arg(folder.join("data")).args(["-s", "-w", "-m", "fast", "stop"]);
            if let Some(user) = Unprivileged::find() {
                user.run(&mut command);
            }
            let status = command.status().map_err(|source| ServerError::Program { program: program.clone(), source })?;
            if !status.success() {
                return Err(ServerError::Failed { program, message: tail(&folder.join("log")) });
            }
            if sockets != folder && !sockets.as_os_str().is_empty() {
                // It is empty now; one that is not is none of ours.
                fs::remove_dir(&sockets).ok();
            }
        }
        if remove && folder.exists() {
            fs::remove_dir_all(&folder).map_err(|source| ServerError::Disk { path: folder, source })?;
        }
        Ok(())
    }
}
