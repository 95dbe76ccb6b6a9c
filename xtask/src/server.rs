//! Throw-away servers: PostgreSQL's own binaries where there are any, else one that crates carry.

use std::{
    env, fs, io,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

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
        let binaries = find_binaries().ok_or(ServerError::NotInstalled)?;
        let user = Unprivileged::find();
        let folder = private_folder(target, user.as_ref())?;
        let mut attempts = 3;
        loop {
            attempts -= 1;
            // Free a moment ago; somebody else may take it first, hence the attempts.
            let port = free_port()?;
            let mut command = Command::new("sh");
            command.arg("-c").arg(GUARDIAN).arg("entitree-guardian").arg(&folder).arg(&binaries).args(settings(port, &folder));
            let base = format!("postgres://postgres@127.0.0.1:{port}");
            let mut server = Self::spawn("local", command, user.as_ref(), &folder, base)?;
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
        url.rsplit_once('/').map_or(url, |(base, _)| base).clone_into(&mut server.base);
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
        Ok(Self { kind, base, folder: folder.to_owned(), guardian, lifeline })
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
const GUARDIAN: &str = r#"
folder=$1; binaries=$2; shift 2
trap '' INT HUP TERM
mkdir -m 700 "$folder" || exit 1
trap 'rm -rf "$folder"' EXIT
"$binaries/initdb" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync --pgdata "$folder/data" \
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
mkdir -m 700 "$folder" || exit 1
trap 'rm -rf "$folder"' EXIT
"$program" 2>"$folder/log"
"#;

fn settings(port: u16, sockets: &Path) -> Vec<String> {
    let mut arguments = vec!["-p".to_owned(), port.to_string(), "-h".to_owned(), "127.0.0.1".to_owned()];
    // A socket's path may have 107 bytes; the loopback port is enough.
    let directory = if sockets.as_os_str().len() < 80 { sockets.display().to_string() } else { String::new() };
    for setting in [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_wal_senders=0",
        "wal_level=minimal",
        "autovacuum=off",
        "max_connections=200",
        &format!("unix_socket_directories={directory}"),
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

    fn own(&self, path: &Path) -> io::Result<()> {
        #[cfg(unix)]
        std::os::unix::fs::chown(path, Some(self.user), Some(self.group))?;
        Ok(())
    }
}

/// The path of a folder below `target/` for one server, or below the system's temporary folder
/// where the server's user cannot reach `target/`.
fn private_folder(target: &Path, user: Option<&Unprivileged>) -> Result<PathBuf, ServerError> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let temporary = env::temp_dir().join(format!("entitree-servers-{}", user.map_or(0, |user| user.user)));
    let mut last = None;
    for parent in [target.join("entitree/servers"), temporary] {
        match prepare(&parent, user) {
            Ok(true) => return Ok(parent.join(&name)),
            Ok(false) => {}
            Err(source) => last = Some(ServerError::Disk { path: parent, source }),
        }
    }
    Err(last.unwrap_or(ServerError::NotInstalled))
}

/// Makes a folder that the server's user owns; whether that user can reach it.
fn prepare(parent: &Path, user: Option<&Unprivileged>) -> io::Result<bool> {
    fs::create_dir_all(parent)?;
    let Some(user) = user else { return Ok(true) };
    user.own(parent)?;
    let mut reach = Command::new("sh");
    reach.arg("-c").arg("cd \"$1\" && test -w .").arg("sh").arg(parent).stderr(Stdio::null());
    user.run(&mut reach);
    Ok(reach.status()?.success())
}

fn initdb(binaries: &Path, data: &Path, user: Option<&Unprivileged>) -> Result<(), ServerError> {
    let program = binaries.join("initdb");
    let mut command = Command::new(&program);
    command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]).arg(data);
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
    use super::{Command, Path, PathBuf, ServerError, Unprivileged, find_binaries, free_port, fs, initdb, settings, tail};

    fn folder(root: &Path) -> PathBuf {
        root.join("target/entitree/development")
    }

    /// Its URL while it runs.
    pub fn url(root: &Path) -> Option<String> {
        let data = folder(root).join("data");
        let state = fs::read_to_string(data.join("postmaster.pid")).ok()?;
        let mut lines = state.lines();
        let process = lines.next()?;
        let alive = Command::new("kill")
            .args(["-0", process])
            .stderr(std::process::Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        let port = lines.nth(2)?;
        alive.then(|| format!("postgres://postgres@127.0.0.1:{port}/entitree"))
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
        if let Some(user) = &user {
            user.own(&folder).map_err(disk)?;
        }
        let data = folder.join("data");
        if !data.exists() {
            initdb(&binaries, &data, user.as_ref())?;
        }
        let port = free_port()?;
        let program = binaries.join("pg_ctl");
        let mut command = Command::new(&program);
        let quoted: Vec<String> = settings(port, Path::new("")).iter().map(|argument| format!("'{argument}'")).collect();
        command.arg("-D").arg(&data).arg("-l").arg(folder.join("log")).args(["-s", "-w", "-o"]).arg(quoted.join(" ")).arg("start");
        if let Some(user) = &user {
            user.run(&mut command);
        }
        let status = command.status().map_err(|source| ServerError::Program { program: program.clone(), source })?;
        if !status.success() {
            return Err(ServerError::Failed { program, message: tail(&folder.join("log")) });
        }
        Ok(format!("postgres://postgres@127.0.0.1:{port}/entitree"))
    }

    /// Stops it, and removes its files if `remove`.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub fn stop(root: &Path, remove: bool) -> Result<(), ServerError> {
        let folder = folder(root);
        if url(root).is_some() {
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
        }
        if remove && folder.exists() {
            fs::remove_dir_all(&folder).map_err(|source| ServerError::Disk { path: folder, source })?;
        }
        Ok(())
    }
}
