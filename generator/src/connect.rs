//! Connects as `psql` would: URLs and key-value strings, `PG*` variables, sockets, TLS.
//!
//! `tokio-postgres` parses all but `sslmode` beyond `require` and `sslrootcert`, which are taken
//! out first and mean what they mean to libpq
//! (<https://www.postgresql.org/docs/current/libpq-ssl.html>).

use std::{error::Error as _, fmt, future::poll_fn, io, path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::mpsc,
    task::JoinHandle,
};
use tokio_postgres::{
    AsyncMessage, CancelToken, Client, Config, Connection, NoTls,
    config::SslMode as Mode,
    error::{DbError, SqlState},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long connecting may take where the URL does not say.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection; dropping it closes it.
#[derive(Debug)]
pub struct Session {
    /// Sends statements.
    pub client: Client,
    /// What the server says beside its answers.
    pub notices: mpsc::UnboundedReceiver<DbError>,
    connection: JoinHandle<()>,
    target: Target,
}

impl Session {
    fn new<S, T>(client: Client, mut connection: Connection<S, T>, target: Target) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        // What ends the connection reaches the statement that was under way.
        let (said, notices) = mpsc::unbounded_channel();
        let connection = tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                if let AsyncMessage::Notice(notice) = message {
                    // Nobody may be listening.
                    said.send(notice).ok();
                }
            }
        });
        Self { client, notices, connection, target }
    }

    /// Opens another connection to the same place.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub(crate) async fn another(&self) -> Result<Self, ConnectError> {
        self.target.clone().open().await
    }

    /// What ends the statement that is under way.
    pub fn canceller(&self) -> Canceller {
        Canceller { token: self.client.cancel_token(), target: self.target.clone() }
    }
}

/// Ends the statement that a session has under way, from outside of it.
#[derive(Clone)]
pub struct Canceller {
    token: CancelToken,
    target: Target,
}

impl fmt::Debug for Canceller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Canceller").field("server", &self.target.server).finish_non_exhaustive()
    }
}

impl Canceller {
    /// Asks the server to end the statement, over a connection like the session's own: with its TLS, or through its
    /// socket.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub async fn cancel(&self) -> Result<(), ConnectError> {
        let result = if self.target.is_socket() {
            self.token.cancel_query(NoTls).await
        } else {
            self.token.cancel_query(self.target.tls()?).await
        };
        result.map_err(|error| self.target.explain(&error))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

/// Why there is no connection. No message quotes the connection string: where it is malformed, any part of
/// it may be a part of the password. Host, port and database are printed once the whole of it was understood.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The text is no connection string.
    #[error(
        "the connection string is not valid: {message}; write postgres://user:password@host:port/database, in user and password %40 for @, %3A for :, %2F for /, %3F for ?, %23 for # and %25 for %"
    )]
    Url {
        /// What is wrong with it.
        message: String,
    },
    /// The host's name is not known.
    #[error("{server}: the host name is not known; check the host in the URL")]
    UnknownHost {
        /// Where.
        server: String,
    },
    /// Nothing listens there.
    #[error("{server}: nothing accepts connections there ({message}); check that the server runs, and host and port in the URL")]
    Refused {
        /// Where.
        server: String,
        /// What the system said.
        message: String,
    },
    /// No answer in time.
    #[error("{server}: no answer within {seconds} s; check the firewall, or add connect_timeout to the URL")]
    TimedOut {
        /// Where.
        server: String,
        /// The limit.
        seconds: u64,
    },
    /// TLS was asked for and the server offers none.
    #[error(
        "{server}: the server offers no TLS, and sslmode={mode} asks for it; turn TLS on there, or use sslmode=disable on a trusted network"
    )]
    NoTls {
        /// Where.
        server: String,
        /// The mode.
        mode: &'static str,
    },
    /// The certificate, or its name, is not what sslmode asks for.
    #[error(
        "{server}: the server's certificate was not accepted with sslmode={mode}: {message}; name the authority's certificate with sslrootcert=FILE, and the host as the certificate names it"
    )]
    Certificate {
        /// Where.
        server: String,
        /// The mode.
        mode: &'static str,
        /// What the check said.
        message: String,
    },
    /// The file of root certificates cannot be used.
    #[error("sslrootcert={}: {message}; it must hold certificates in PEM form", .path.display())]
    RootCertificate {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The password, or the way to prove it, was refused.
    #[error("{server}: {message}; check user and password in the URL, and pg_hba.conf on the server")]
    Authentication {
        /// Where.
        server: String,
        /// What the server said.
        message: String,
    },
    /// The database does not exist.
    #[error("{server}: {message}; `psql -l` lists the databases")]
    NoDatabase {
        /// Where.
        server: String,
        /// What the server said.
        message: String,
    },
    /// The server takes no more connections, or is starting or stopping.
    #[error("{server}: {message}; try again in a moment")]
    Busy {
        /// Where.
        server: String,
        /// What the server said.
        message: String,
    },
    /// Anything else.
    #[error("{server}: {message}")]
    Other {
        /// Where.
        server: String,
        /// What happened.
        message: String,
    },
}

/// How far TLS is asked for, as libpq names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SslMode {
    Disable,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

impl SslMode {
    fn words(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }
}

impl FromStr for SslMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "disable" => Self::Disable,
            "allow" | "prefer" => Self::Prefer,
            "require" => Self::Require,
            "verify-ca" => Self::VerifyCa,
            "verify-full" => Self::VerifyFull,
            _ => return Err("sslmode is unknown; it is one of disable, allow, prefer, require, verify-ca, verify-full".to_owned()),
        })
    }
}

/// A connection string taken apart.
#[derive(Clone, Debug)]
struct Target {
    config: Config,
    mode: SslMode,
    root: Option<PathBuf>,
    server: String,
}

/// Opens a connection. `environment` answers for `PG*` variables, which fill what the text leaves
/// out: `|name| std::env::var(name).ok()`.
///
/// # Errors
/// See [`ConnectError`].
pub async fn connect(url: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Session, ConnectError> {
    let target = Target::parse(url, environment)?;
    let limit = target.config.get_connect_timeout().copied().unwrap_or(CONNECT_TIMEOUT);
    let server = target.server.clone();
    match tokio::time::timeout(limit + Duration::from_secs(1), target.open()).await {
        Ok(session) => session,
        Err(_) => Err(ConnectError::TimedOut { server, seconds: limit.as_secs() }),
    }
}

/// What libpq knows, and what other clients put into URLs: only these names of parameters are printed.
const KEYWORDS: &[&str] = &[
    "application_name",
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "dbname",
    "fallback_application_name",
    "gssdelegation",
    "gssencmode",
    "gsslib",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "krbsrvname",
    "load_balance_hosts",
    "options",
    "passfile",
    "password",
    "port",
    "replication",
    "require_auth",
    "requirepeer",
    "scram_client_key",
    "scram_server_key",
    "service",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
    // Prisma, JDBC, SQLAlchemy.
    "connection_limit",
    "currentSchema",
    "pgbouncer",
    "pool_timeout",
    "prepareThreshold",
    "schema",
    "socket_timeout",
    "ssl",
    "sslaccept",
    "statement_cache_capacity",
    "statement_cache_size",
];

/// A connection string without what `tokio-postgres` does not know.
#[derive(Default)]
struct Text {
    rest: String,
    mode: Option<String>,
    root: Option<String>,
}

impl Text {
    /// Takes a connection string apart. What a message may say of it is decided here: names of parameters
    /// that libpq knows, and nothing else.
    fn of(text: &str) -> Result<Self, String> {
        match ["postgres://", "postgresql://"].iter().find_map(|scheme| text.trim().strip_prefix(scheme)) {
            Some(rest) => Self::of_url(rest),
            None if text.contains("://") => Err("it must begin with postgres:// or postgresql://".to_owned()),
            None => Self::of_keywords(text),
        }
    }

    fn of_url(text: &str) -> Result<Self, String> {
        let (credentials, place) = match text.split_once('@') {
            Some((credentials, place)) => (format!("{credentials}@"), place),
            None => (String::new(), text),
        };
        if place.contains('@') {
            return Err("it holds more than one @".to_owned());
        }
        if credentials.contains(['/', '?']) {
            return Err("it holds a / or ? before the @".to_owned());
        }
        let (place, query) = place.split_once('?').unwrap_or((place, ""));
        let (hosts, database) = place.split_once('/').unwrap_or((place, ""));
        if database.contains('/') {
            return Err("it holds a / after the name of the database".to_owned());
        }
        let mut found = Self::default();
        let mut kept = Vec::new();
        let mut names = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let Some((name, value)) = pair.split_once('=') else {
                return Err("it holds a parameter without a value".to_owned());
            };
            let decoded = percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned();
            match known(name, &mut names)? {
                "sslmode" => found.mode = Some(decoded),
                "sslrootcert" => found.root = Some(decoded),
                _ => kept.push(pair),
            }
        }
        let slash = if database.is_empty() { "" } else { "/" };
        let question = if kept.is_empty() { "" } else { "?" };
        found.rest = format!("postgres://{credentials}{hosts}{slash}{database}{question}{}", kept.join("&"));
        Ok(found)
    }

    fn of_keywords(text: &str) -> Result<Self, String> {
        let mut found = Self::default();
        let mut names = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let Some((name, after)) = rest.split_once('=') else {
                return Err("it is neither a URL nor a list of name=value".to_owned());
            };
            let after = after.trim_start();
            let (value, length) = value(after)?;
            match known(name.trim_end(), &mut names)? {
                "sslmode" => found.mode = Some(value),
                "sslrootcert" => found.root = Some(value),
                name => {
                    let quoted = value.replace('\\', "\\\\").replace('\'', "\\'");
                    found.rest.push_str(&format!("{name}='{quoted}' "));
                }
            }
            rest = after[length..].trim_start();
        }
        Ok(found)
    }
}

/// The name of a parameter, where libpq knows it and it was not given before.
fn known(name: &str, before: &mut Vec<&'static str>) -> Result<&'static str, String> {
    let Some(known) = KEYWORDS.iter().copied().find(|known| *known == name) else {
        return Err("it holds a parameter that is not known, or a value with spaces that is not in single quotes".to_owned());
    };
    if before.contains(&known) {
        return Err(format!("it holds the parameter `{known}` twice"));
    }
    before.push(known);
    Ok(known)
}

/// The value at the start of a text, bare or in single quotes, and the length that it takes there.
fn value(text: &str) -> Result<(String, usize), String> {
    let quoted = text.starts_with('\'');
    let mut value = String::new();
    let mut letters = text.char_indices().skip(usize::from(quoted));
    while let Some((position, letter)) = letters.next() {
        match letter {
            '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
            '\'' if quoted => return Ok((value, position + 1)),
            space if !quoted && space.is_whitespace() => return Ok((value, position)),
            other => value.push(other),
        }
    }
    if quoted { Err("a single quote is not closed".to_owned()) } else { Ok((value, text.len())) }
}

/// What `tokio-postgres` says of a text, where that is of its own words.
fn complaint(error: &tokio_postgres::Error) -> String {
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    KEYWORDS.iter().find(|name| said == format!("invalid value for option `{name}`")).map_or_else(
        || match KEYWORDS.iter().find(|name| said == format!("unknown option `{name}`")) {
            Some(name) => format!("the parameter `{name}` is not supported"),
            None => "it could not be read".to_owned(),
        },
        |name| format!("the value of `{name}` is not valid"),
    )
}

/// Whether a text can be the name of a host, or its address.
fn is_host(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ':' | '%'))
}

impl Target {
    fn parse(url: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConnectError> {
        let wrong = |message: String| ConnectError::Url { message };
        let Text { rest, mode, root } = Text::of(url).map_err(wrong)?;
        let mut config = Config::from_str(&rest).map_err(|error| wrong(complaint(&error)))?;
        for host in config.get_hosts() {
            if matches!(host, tokio_postgres::config::Host::Tcp(name) if !is_host(name)) {
                return Err(wrong("the name of the host holds a character that no host's name holds".to_owned()));
            }
        }

        if config.get_hosts().is_empty() {
            config.host(environment("PGHOST").unwrap_or_else(|| "localhost".to_owned()));
        }
        if config.get_ports().is_empty()
            && let Some(port) = environment("PGPORT")
        {
            config.port(port.parse().map_err(|_| wrong("PGPORT is not the number of a port".to_owned()))?);
        }
        if config.get_user().is_none() {
            config.user(environment("PGUSER").or_else(|| environment("USER")).unwrap_or_else(|| "postgres".to_owned()));
        }
        if config.get_password().is_none()
            && let Some(password) = environment("PGPASSWORD")
        {
            config.password(password);
        }
        if config.get_dbname().is_none()
            && let Some(database) = environment("PGDATABASE")
        {
            config.dbname(database);
        }
        if config.get_application_name().is_none() {
            config.application_name("entitree");
        }
        if config.get_connect_timeout().is_none() {
            let seconds = environment("PGCONNECT_TIMEOUT").and_then(|seconds| seconds.parse().ok());
            config.connect_timeout(seconds.map_or(CONNECT_TIMEOUT, Duration::from_secs));
        }
        let mode: SslMode = mode.or_else(|| environment("PGSSLMODE")).as_deref().unwrap_or("prefer").parse().map_err(wrong)?;
        let is_socket = config.get_hosts().iter().any(|host| !matches!(host, tokio_postgres::config::Host::Tcp(_)));
        config.ssl_mode(match mode {
            _ if is_socket => Mode::Disable,
            SslMode::Disable => Mode::Disable,
            SslMode::Prefer => Mode::Prefer,
            _ => Mode::Require,
        });
        let server = server(&config);
        Ok(Self { config, mode, root: root.or_else(|| environment("PGSSLROOTCERT")).map(PathBuf::from), server })
    }

    fn is_socket(&self) -> bool {
        self.config.get_hosts().first().is_some_and(|host| !matches!(host, tokio_postgres::config::Host::Tcp(_)))
    }

    /// Connects, without TLS through a socket, as libpq does.
    async fn open(self) -> Result<Session, ConnectError> {
        if self.is_socket() {
            let (client, connection) = self.config.connect(NoTls).await.map_err(|error| self.explain(&error))?;
            return Ok(Session::new(client, connection, self));
        }
        let (client, connection) = self.config.connect(self.tls()?).await.map_err(|error| self.explain(&error))?;
        Ok(Session::new(client, connection, self))
    }

    fn tls(&self) -> Result<MakeRustlsConnect, ConnectError> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| ConnectError::Other { server: self.server.clone(), message: error.to_string() })?;
        let unchecked =
            matches!(self.mode, SslMode::Disable | SslMode::Prefer) || (self.mode == SslMode::Require && self.root.is_none());
        let verifier: Arc<dyn ServerCertVerifier> = if unchecked {
            Arc::new(Lenient { provider, chain: None })
        } else {
            let roots = Arc::new(self.roots()?);
            let checked = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build().map_err(|error| {
                ConnectError::RootCertificate { path: self.root.clone().unwrap_or_default(), message: error.to_string() }
            })?;
            if self.mode == SslMode::VerifyFull { checked } else { Arc::new(Lenient { provider, chain: Some(checked) }) }
        };
        let config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }

    fn roots(&self) -> Result<RootCertStore, ConnectError> {
        let mut roots = RootCertStore::empty();
        match &self.root {
            Some(path) if path.as_os_str() != "system" => {
                let wrong = |message: String| ConnectError::RootCertificate { path: path.clone(), message };
                let certificates = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
                for certificate in certificates {
                    let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
                    roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
                }
                if roots.is_empty() {
                    return Err(wrong("it holds no certificate".to_owned()));
                }
            }
            _ => {
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        Ok(roots)
    }

    fn explain(&self, error: &tokio_postgres::Error) -> ConnectError {
        let server = self.server.clone();
        if let Some(refused) = error.as_db_error() {
            let message = refused.message().to_owned();
            return match refused.code() {
                code if *code == SqlState::INVALID_PASSWORD || *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
                    ConnectError::Authentication { server, message }
                }
                code if *code == SqlState::INVALID_CATALOG_NAME => ConnectError::NoDatabase { server, message },
                code if *code == SqlState::TOO_MANY_CONNECTIONS || code.code().starts_with("57P") => {
                    ConnectError::Busy { server, message }
                }
                _ => ConnectError::Other { server, message },
            };
        }
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            message = inner.to_string();
            if let Some(system) = inner.downcast_ref::<io::Error>() {
                if let Some(tls) = system.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                    return ConnectError::Certificate { server, mode: self.mode.words(), message: tls.to_string() };
                }
                return match system.kind() {
                    io::ErrorKind::TimedOut => ConnectError::TimedOut {
                        server,
                        seconds: self.config.get_connect_timeout().copied().unwrap_or(CONNECT_TIMEOUT).as_secs(),
                    },
                    io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound => ConnectError::Refused { server, message },
                    _ if message.contains("lookup") => ConnectError::UnknownHost { server },
                    _ => ConnectError::Refused { server, message },
                };
            }
            cause = inner.source();
        }
        if message.contains("TLS") {
            return ConnectError::NoTls { server, mode: self.mode.words() };
        }
        if message.contains("password") {
            return ConnectError::Authentication { server, message };
        }
        ConnectError::Other { server, message }
    }
}

/// `host:port/database` as messages say it.
fn server(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(tokio_postgres::config::Host::Tcp(host)) => host.clone(),
        #[cfg(unix)]
        Some(tokio_postgres::config::Host::Unix(path)) => path.display().to_string(),
        None => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let database = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("{host}:{port}/{database}")
}

/// Below verify-full: checks the chain and not the name (verify-ca), or asks nobody who they are,
/// as libpq does below that.
#[derive(Debug)]
struct Lenient {
    provider: Arc<CryptoProvider>,
    chain: Option<Arc<WebPkiServerVerifier>>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(certificate, intermediates, name, ocsp, now) {
            // The name is checked last: the chain is good.
            Err(rustls::Error::InvalidCertificate(
                rustls::CertificateError::NotValidForName | rustls::CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Target {
        Target::parse(url, |_| None).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What stands for a password: each run of letters would be seen in a message.
    const PARTS: [&str; 3] = ["Xylo", "Quiz", "Jabb"];

    /// Fails where a message or a description of a connection string holds a part of the password.
    fn assert_hidden(url: &str) {
        let shown = match Target::parse(url, |_| None) {
            Ok(target) => {
                let wrong = io::Error::other("refused");
                format!("{:?} {}", target, ConnectError::Refused { server: target.server.clone(), message: wrong.to_string() })
            }
            Err(error) => format!("{error} {error:?}"),
        };
        for part in PARTS {
            assert!(!shown.contains(part), "`{part}` of {url} is in: {shown}");
        }
    }

    #[test]
    fn passwords_are_never_shown() {
        // Between the parts whatever has a meaning in a URL or in a key-value string, alone and in pairs.
        let marks = [
            "@",
            ":",
            "/",
            "?",
            "#",
            "%",
            "&",
            "=",
            " ",
            "'",
            "\\",
            "[",
            "]",
            ",",
            "%4",
            "%zz",
            "://",
            "?sslmode=",
            "?host=",
            "\n",
        ];
        let mut passwords = vec![PARTS.concat()];
        for first in marks {
            passwords.push(format!("{}{first}{}", PARTS[0], PARTS[1]));
            for second in marks {
                passwords.push(format!("{}{first}{}{second}{}", PARTS[0], PARTS[1], PARTS[2]));
                passwords.push(format!("{first}{}{second}", PARTS[0]));
                passwords.push(format!("1{first}2{second}{}", PARTS[0]));
            }
        }
        let mut seen = 0;
        for password in &passwords {
            for url in [
                format!("postgres://ada:{password}@db:5432/app"),
                format!("postgres://ada:{password}@db:5432/app?sslmode=on"),
                format!("postgres://ada:{password}@db:port/app"),
                format!("postgres://ada:{password}@[::1/app"),
                format!("postgresql://ada:{password}@/app?host=db&sslmode=require"),
                format!("postgres://ada:{password}@%2Fvar%2Frun/app"),
                format!("postgres://db/app?password={password}&user=ada"),
                format!("postgres://db/app?user=ada&password={password}"),
                format!("postgres://db/app?passwort={password}"),
                format!("ada:{password}@db/app"),
                format!("mysql://ada:{password}@db/app"),
                format!("postgres:ada:{password}@db/app"),
                format!("host=db password={password} dbname=app"),
                format!("host=db dbname=app password={password}"),
                format!("host=db passwort={password} dbname=app"),
                format!("host=db password='{password}' dbname=app sslmode=on"),
                format!("host=db password='{password} dbname=app"),
                format!("host=db, password={password}"),
            ] {
                assert_hidden(&url);
                seen += 1;
            }
        }
        assert!(seen > 15_000, "{seen}");
    }

    #[test]
    fn what_was_understood_is_said() {
        let error = |text: &str| match Target::parse(text, |_| None) {
            Err(error) => error.to_string(),
            Ok(target) => panic!("{text} is valid: {target:?}"),
        };
        assert!(error("nonsense").starts_with("the connection string is not valid: it is neither a URL nor a list of name=value;"));
        assert!(error("postgres://ada:a@b@db/app").contains("more than one @"));
        assert!(error("postgres://ada:a/b@db/app").contains("a / or ? before the @"));
        assert!(error("postgres://ada:secret/app").contains("the value of `port` is not valid"));
        assert!(error("postgres://db/app?sslcert=x").contains("the parameter `sslcert` is not supported"));
        assert!(error("mysql://db/app").contains("it must begin with postgres://"));
        assert_eq!(parse("postgres://ada:a%40b@db:6/app").server, "db:6/app");
        assert_eq!(parse("host = db port=6 password = 's3 \\'cret' dbname=app").config.get_password(), Some(&b"s3 'cret"[..]));
        assert_eq!(parse("postgres://ada@%2Fvar%2Frun:6/app").server, "/var/run:6/app");
    }

    #[test]
    fn every_sslmode_of_libpq_is_known() {
        for mode in ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] {
            parse(&format!("postgres://db/app?sslmode={mode}"));
            parse(&format!("host=db sslmode={mode}"));
        }
        let Err(error) = Target::parse("postgres://db/app?sslmode=on", |_| None) else { panic!("`on` is no mode") };
        assert!(error.to_string().contains("sslmode is unknown; it is one of disable,"), "{error}");
    }

    #[test]
    fn the_environment_fills_what_the_url_leaves_out() {
        let environment = |name: &str| match name {
            "PGHOST" => Some("db.example".to_owned()),
            "PGPORT" => Some("6543".to_owned()),
            "PGDATABASE" => Some("app".to_owned()),
            "PGSSLROOTCERT" => Some("/ca.pem".to_owned()),
            _ => None,
        };
        let target = Target::parse("postgres://", environment).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(target.server, "db.example:6543/app");
        assert_eq!(target.root, Some(PathBuf::from("/ca.pem")));
        assert_eq!(Target::parse("postgres://h:1/d", environment).map(|target| target.server).ok().as_deref(), Some("h:1/d"));
    }
}
