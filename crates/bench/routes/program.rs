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

impl Program {
    /// Loads that many deals into SQLite and serves them, with these flags.
    pub fn start(deals: usize, settings: &[&str]) -> Self {
        Self::start_on(None, deals, settings)
    }

    /// The same on the database of that address.
    pub fn start_on(database: Option<&str>, deals: usize, settings: &[&str]) -> Self {
        let program = std::env::var_os("DEALBOARD_PROGRAM").expect("run it by `cargo xtask bench`");
        let data = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let command = |args: &[&str]| {
            let mut command = Command::new(&program);
            command
                .args(args)
                .current_dir(data.path())
                .env_remove("DATABASE_URL")
                .env("DEALBOARD_DATA", data.path())
                .env("DEALBOARD_LISTEN", "127.0.0.1:0")
                .env("NO_COLOR", "1")
                .stdout(Stdio::null());
            if let Some(database) = database {
                command.env("DATABASE_URL", database);
            }
            command
        };
        let start = Instant::now();
        let loaded = command(&["demo", "load", "--deals", &deals.to_string()]).status();
        assert!(loaded.unwrap().success(), "the demo data was not loaded");
        let load_s = start.elapsed().as_secs_f64();
        let serve = [&["serve"], settings].concat();
        let mut child = command(&serve).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("listening on http://")?;
            rest.split_whitespace().next()?.parse().ok()
        });
        // Nobody reads its log, but somebody must take it away.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            address: address.expect("the program did not start"),
            folder: data.path().to_owned(),
            load_s,
            child,
            _data: data,
        }
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
