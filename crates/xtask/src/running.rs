//! A server that xtask started, and ends whatever happens.

use std::{
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};

use crate::cleanup;

const POLL: Duration = Duration::from_millis(50);

/// Which signal ends it in good order.
#[derive(Clone, Copy)]
pub enum Signal {
    Terminate,
    /// Postgres's fast shutdown, which does not wait for its clients.
    Interrupt,
}

/// Long enough for the server's own ten seconds of grace.
const STOP_TIMEOUT: Duration = Duration::from_secs(12);

pub struct Running {
    child: Arc<Mutex<Option<Child>>>,
    signal: Signal,
}

impl Running {
    pub fn start(command: &mut Command) -> Result<Self> {
        Self::start_with(command, Signal::Terminate)
    }

    pub fn start_with(command: &mut Command, signal: Signal) -> Result<Self> {
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
        let child = Arc::new(Mutex::new(Some(child)));
        let at_end = Arc::clone(&child);
        cleanup::at_end(move || end(&at_end, signal));
        Ok(Self { child, signal })
    }

    pub fn ended(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child
            .as_mut()
            .is_none_or(|child| !matches!(child.try_wait(), Ok(None)))
    }

    /// Until it ends by itself; true when it ended well.
    pub fn wait(&self) -> Result<bool> {
        loop {
            let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
            match child.as_mut().map(Child::try_wait).transpose()? {
                Some(Some(status)) => return Ok(status.success()),
                Some(None) => {}
                None => return Ok(true),
            }
            drop(child);
            thread::sleep(POLL);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        end(&self.child, self.signal);
    }
}

fn end(child: &Mutex<Option<Child>>, signal: Signal) {
    let Some(mut child) = child.lock().unwrap_or_else(PoisonError::into_inner).take() else {
        return;
    };
    let name = match signal {
        Signal::Terminate => "-TERM",
        Signal::Interrupt => "-INT",
    };
    let asked = Command::new("kill")
        .args([name, &child.id().to_string()])
        .stderr(Stdio::null())
        .status();
    let deadline = Instant::now() + STOP_TIMEOUT;
    while asked.is_ok() && Instant::now() < deadline {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        thread::sleep(POLL);
    }
    let _ = child.kill();
    let _ = child.wait();
}
