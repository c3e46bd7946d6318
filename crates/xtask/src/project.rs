//! Where things lie.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The base name of the script, the wasm and the style sheet.
pub const OUTPUT_NAME: &str = "dealboard";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What somebody works on.
    Dev,
    /// As `Dev`, with a browser's half that is quick to fetch and start: tests do that hundreds of times.
    Test,
    Release,
}

impl Mode {
    /// The profile of the browser's half.
    pub fn wasm_profile(self) -> &'static str {
        match self {
            Mode::Dev => "dev",
            Mode::Test => "wasm-test",
            Mode::Release => "wasm-release",
        }
    }

    /// The profile of the server's half.
    pub fn server_profile(self) -> &'static str {
        match self {
            Mode::Dev | Mode::Test => "dev",
            Mode::Release => "release",
        }
    }
}

/// Cargo names the folder of the dev profile differently.
fn profile_folder(profile: &str) -> &str {
    if profile == "dev" { "debug" } else { profile }
}

pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    pub fn find() -> Result<Self> {
        // Looked for and not compiled in: the checkout may have moved since xtask was built.
        let here = std::env::current_dir()?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("crates/xtask/Cargo.toml").exists())
            .context("run xtask inside the repository")?
            .to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => here.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What cargo makes of `frontend`, before it is split and bound.
    pub fn raw_wasm(&self, mode: Mode) -> PathBuf {
        let profile = profile_folder(mode.wasm_profile());
        self.target
            .join("wasm32-unknown-unknown")
            .join(profile)
            .join("frontend.wasm")
    }

    /// The server's program.
    pub fn program(&self, mode: Mode) -> PathBuf {
        let name = format!("dealboard{}", std::env::consts::EXE_SUFFIX);
        self.target
            .join(profile_folder(mode.server_profile()))
            .join(name)
    }

    /// The finished site; the server finds it beside its program.
    pub fn site(&self, mode: Mode) -> PathBuf {
        self.target
            .join(profile_folder(mode.server_profile()))
            .join("site")
    }
}
