//! A private Postgres cluster: in a temporary folder, on a free port, gone afterwards.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::{
    cleanup,
    command::CommandExt as _,
    running::{Running, Signal},
    tools,
};

const SUPERUSER: &str = "dealboard";
const START_TIMEOUT: Duration = Duration::from_secs(30);

pub struct Cluster {
    port: u16,
    server: Running,
    /// Removed with everything in it, after the server: fields are dropped in order.
    _folder: TempDir,
}

impl Cluster {
    pub fn start() -> Result<Self> {
        let programs = tools::postgres_programs()?;
        let folder = tempfile::Builder::new()
            .prefix("dealboard-postgres-")
            .tempdir()?;
        let data = folder.path().join("data");
        let owner = give_away(folder.path())?;

        let initdb = owner
            .command(&programs.join("initdb"))
            .args([
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions",
            ])
            .arg(format!("--username={SUPERUSER}"))
            .arg("--pgdata")
            .arg(&data)
            .current_dir(folder.path())
            .capture()?;
        if !initdb.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&initdb.stderr));
        }

        let port = free_port()?;
        let log_path = folder.path().join("log");
        let log = File::create(&log_path)?;
        let mut postgres = owner.command(&programs.join("postgres"));
        postgres
            .arg("-D")
            .arg(&data)
            .args(
                settings(port)
                    .iter()
                    .flat_map(|setting| ["-c", setting.as_str()]),
            )
            .current_dir(folder.path())
            .stdout(log.try_clone()?)
            .stderr(log);
        // Undone last first: an interrupt ends the server, then removes its folder.
        let path = folder.path().to_owned();
        cleanup::at_end(move || drop(fs::remove_dir_all(path)));
        let server = Running::start_with(&mut postgres, Signal::Interrupt)?;
        let cluster = Self {
            port,
            server,
            _folder: folder,
        };
        cluster.wait_until_it_answers(&log_path)?;
        Ok(cluster)
    }

    /// Tests make their own databases from here.
    pub fn url(&self) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_it_answers(&self, log: &Path) -> Result<()> {
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            let log = fs::read_to_string(log).unwrap_or_default();
            if log.contains("ready to accept connections")
                && TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok()
            {
                return Ok(());
            }
            if self.server.ended() || Instant::now() > deadline {
                bail!("postgres did not start: {log}");
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Durable as in production, small because nothing here is large.
fn settings(port: u16) -> Vec<String> {
    vec![
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        "unix_socket_directories=".to_owned(),
        "fsync=on".to_owned(),
        "shared_buffers=32MB".to_owned(),
        "max_connections=300".to_owned(),
        "autovacuum=off".to_owned(),
    ]
}

/// The port is free now; nobody else takes it in the moment until Postgres does.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// Whom the cluster belongs to: Postgres refuses to run as root.
enum Owner {
    Me,
    Other { user: String, group: String },
}

impl Owner {
    fn command(&self, program: &Path) -> Command {
        match self {
            Owner::Me => Command::new(program),
            Owner::Other { user, group } => {
                let mut command = Command::new("setpriv");
                command
                    .args(["--reuid", user, "--regid", group, "--clear-groups", "--"])
                    .arg(program)
                    .env_remove("HOME");
                command
            }
        }
    }
}

fn give_away(folder: &Path) -> Result<Owner> {
    if !tools::is_root() {
        return Ok(Owner::Me);
    }
    let name = ["postgres", "nobody"]
        .into_iter()
        .find(|name| Command::new("id").args(["-u", name]).read().is_ok())
        .context("no user but root to run Postgres as")?;
    let user = Command::new("id")
        .args(["-u", name])
        .read()?
        .trim()
        .to_owned();
    let group = Command::new("id")
        .args(["-g", name])
        .read()?
        .trim()
        .to_owned();
    Command::new("chown")
        .arg(format!("{user}:{group}"))
        .arg(PathBuf::from(folder))
        .must_run()?;
    Ok(Owner::Other { user, group })
}
