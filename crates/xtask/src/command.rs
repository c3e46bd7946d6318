//! Running other programs, with errors that name them.

use std::process::{Command, Output};

use anyhow::{Context as _, Result, bail};

pub trait CommandExt {
    /// Fails unless the program ends well; its output goes to the terminal.
    fn must_run(&mut self) -> Result<()>;
    /// True if the program ends well; its output goes to the terminal.
    fn succeeds(&mut self) -> Result<bool>;
    /// What the program prints, whether it ends well or not.
    fn capture(&mut self) -> Result<Output>;
    /// What a program that ends well prints on its standard output.
    fn read(&mut self) -> Result<String>;
}

impl CommandExt for Command {
    fn must_run(&mut self) -> Result<()> {
        if self.succeeds()? {
            Ok(())
        } else {
            bail!("{} failed", shown(self))
        }
    }

    fn succeeds(&mut self) -> Result<bool> {
        let status = self
            .status()
            .with_context(|| format!("cannot start {}", shown(self)))?;
        Ok(status.success())
    }

    fn capture(&mut self) -> Result<Output> {
        self.output()
            .with_context(|| format!("cannot start {}", shown(self)))
    }

    fn read(&mut self) -> Result<String> {
        let output = self.capture()?;
        if !output.status.success() {
            bail!(
                "{} failed: {}",
                shown(self),
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Set by the outer cargo for xtask itself; the inner one must not take them for its own.
    for name in [
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PKG_NAME",
        "CARGO_PKG_VERSION",
    ] {
        command.env_remove(name);
    }
    command
}
