//! The program under measurement, on data of its own.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Instant,
};

use tempfile::TempDir;

pub struct Program {
    pub address: SocketAddr,
    pub folder: PathBuf,
    /// How long the demo data took.
    pub load_s: f64,
    child: Child,
    _data: TempDir,
}

/// Data that is loaded and not served yet: what else it is to hold can be written into it.
pub struct Loaded {
    pub folder: PathBuf,
    /// How long the demo data took.
    pub load_s: f64,
    database: Option<String>,
    data: TempDir,
}

impl Loaded {
    /// Loads that many deals into SQLite, or into the database of that address.
    pub fn load(database: Option<&str>, deals: usize) -> Self {
        let data = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mut loaded = Self {
            folder: data.path().to_owned(),
            load_s: 0.0,
            database: database.map(str::to_owned),
            data,
        };
        let start = Instant::now();
        let mut command = loaded.command(&["demo", "load", "--deals", &deals.to_string()]);
        assert!(
            command.status().unwrap().success(),
            "the demo data was not loaded"
        );
        loaded.load_s = start.elapsed().as_secs_f64();
        loaded
    }

    /// Serves it, with these flags.
    pub fn serve(self, settings: &[&str]) -> Program {
        let serve = [&["serve"], settings].concat();
        let mut child = self.command(&serve).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("listening on http://")?;
            rest.split_whitespace().next()?.parse().ok()
        });
        // Nobody reads its log, but somebody must take it away.
        std::thread::spawn(move || lines.for_each(drop));
        Program {
            address: address.expect("the program did not start"),
            folder: self.folder,
            load_s: self.load_s,
            child,
            _data: self.data,
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let program = std::env::var_os("DEALBOARD_PROGRAM").expect("run it by `cargo xtask bench`");
        let mut command = Command::new(program);
        command
            .args(args)
            .current_dir(&self.folder)
            .env_remove("DATABASE_URL")
            .env("DEALBOARD_DATA", &self.folder)
            .env("DEALBOARD_LISTEN", "127.0.0.1:0")
            .env("NO_COLOR", "1")
            .stdout(Stdio::null());
        if let Some(database) = &self.database {
            command.env("DATABASE_URL", database);
        }
        command
    }
}

impl Program {
    /// Loads that many deals into SQLite and serves them, with these flags.
    pub fn start(deals: usize, settings: &[&str]) -> Self {
        Loaded::load(None, deals).serve(settings)
    }

    /// What all its threads have used so far.
    pub fn cpu_ms(&self) -> f64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let nanoseconds: f64 = tasks
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("schedstat")).ok())
            .filter_map(|text| text.split_whitespace().next()?.parse::<f64>().ok())
            .sum();
        nanoseconds / 1e6
    }

    /// A line of its status, in megabytes: `VmRSS` now, `VmHWM` at most.
    pub fn memory(&self, line: &str) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kilobytes = status
            .lines()
            .find_map(|text| text.strip_prefix(line)?.strip_prefix(':'));
        let kilobytes =
            kilobytes.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap() / 1024.0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
