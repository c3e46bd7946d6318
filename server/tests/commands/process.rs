//! The program as a process: run to its end, or serving until it is stopped or killed.

use std::{
    io::{BufRead as _, BufReader, Read},
    net::SocketAddr,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use crate::client::Client;

/// No test waits for as long as this; without it a fault would hang instead of failing.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// How a command ended.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What a command that did its work said.
    pub fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// What a command that refused said; it says nothing on its standard output then.
    pub fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        self.err
    }

    /// The token of the one-time link that it printed.
    pub fn token(self, folder: &str) -> String {
        token(&self.done(), folder)
    }
}

/// The token of the one link into that folder of the site.
pub fn token(text: &str, folder: &str) -> String {
    let (_, rest) = text.split_once(&format!("/{folder}/")).expect(text);
    let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(token.len(), 64, "{text}");
    token
}

/// A server that does not answer yet.
pub struct Starting {
    child: Child,
    lines: mpsc::Receiver<String>,
    log: Arc<Mutex<String>>,
}

impl Starting {
    pub fn spawn(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::default();
        let (said, lines) = mpsc::channel();
        read(child.stdout.take().unwrap(), &log, said.clone());
        read(child.stderr.take().unwrap(), &log, said);
        Self { child, lines, log }
    }

    /// Waits until it says where it listens.
    pub fn listening(mut self) -> Running {
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            let Some((_, address)) = line.split_once("listening on http://") else {
                continue;
            };
            let address = address.split_whitespace().next().unwrap();
            let address: SocketAddr = address.parse().unwrap();
            return Running {
                child: Some(self.child),
                address,
                lines: self.lines,
                log: self.log,
            };
        }
        let _ = self.child.kill();
        panic!("it never listened: {}", self.log.lock().unwrap());
    }
}

/// Takes what it says away, line by line, until it ends.
fn read(pipe: impl Read + Send + 'static, log: &Arc<Mutex<String>>, said: mpsc::Sender<String>) {
    let log = Arc::clone(log);
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let mut log = log.lock().unwrap();
            log.push_str(&line);
            log.push('\n');
            drop(log);
            // Nobody listens any more once it has started.
            let _ = said.send(line);
        }
    });
}

/// A server that listens. Dropped, it dies.
pub struct Running {
    child: Option<Child>,
    pub address: SocketAddr,
    lines: mpsc::Receiver<String>,
    log: Arc<Mutex<String>>,
}

impl Running {
    /// All that it has said so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The next line that holds that word; waits for it.
    pub fn says(&self, word: &str) -> String {
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            if line.contains(word) {
                return line;
            }
        }
        panic!("it never said {word}: {}", self.log());
    }

    /// Nobody who is signed in.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Forgets how much memory it had at most, where the system can.
    #[cfg(target_os = "linux")]
    pub fn forget_peak(&self) {
        // Elsewhere the peak is that of its whole life, which is as good for what must not grow.
        let _ = std::fs::write(self.kept_by_the_system("clear_refs"), "5");
    }

    /// How much memory it had at most, in megabytes.
    #[cfg(target_os = "linux")]
    pub fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(self.kept_by_the_system("status")).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = peak.unwrap().trim().trim_end_matches(" kB");
        kilobytes.parse::<u64>().unwrap() / 1024
    }

    #[cfg(target_os = "linux")]
    fn kept_by_the_system(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.child.as_ref().unwrap().id())
    }

    /// Dies at once, as when the power fails or the memory is gone.
    pub fn kill(mut self) {
        self.end();
    }

    /// Asks it to stop; gives how it ended, if it did within that time.
    pub fn stop_within(mut self, time: Duration) -> ExitStatus {
        let mut child = self.child.take().unwrap();
        let id = child.id().to_string();
        let signal = |name: &str| Command::new("kill").args([name, &id]).status().unwrap();
        assert!(signal("-TERM").success());
        let (ended, end) = mpsc::channel();
        thread::spawn(move || ended.send(child.wait()));
        let Ok(status) = end.recv_timeout(time) else {
            signal("-KILL");
            panic!("it did not stop within {time:?}: {}", self.log());
        };
        status.unwrap()
    }

    /// Stops it in good order.
    pub fn stop(self) {
        let log = Arc::clone(&self.log);
        let ended = self.stop_within(PATIENCE);
        assert!(ended.success(), "{ended}: {}", log.lock().unwrap());
    }

    /// The same, for a server that stands somewhere.
    pub fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
